//! Carrying out changes to pupils.

use jiff::{Timestamp, civil::Date};
use uuid::Uuid;

use super::{
    Endring, Endringsfeil, Feil, Indre,
    tilstand::{Bruker, Paamelding, Rad, Tilstand, avledet},
};
use crate::generator::{Elev, Gruppetype, Klasse};

/// When a change happens, and in what way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tid {
    pub(super) na: Timestamp,
    /// Dates are not moved.
    stille: bool,
    /// A user is a person at one school.
    per_skole: bool,
}

impl Tid {
    /// An ordinary change.
    pub(super) fn ved(na: Timestamp) -> Self {
        Self { na, stille: false, per_skole: false }
    }

    /// Moves a row's date, unless it is to stand still.
    fn merk(self, endret: &mut Timestamp) {
        if !self.stille {
            *endret = self.na;
        }
    }

    /// The date of a new row; one that nobody has heard of may as well be old.
    fn ny(self) -> Timestamp {
        if self.stille { Timestamp::UNIX_EPOCH } else { self.na }
    }
}

impl Indre {
    pub(super) fn endre(&self, endringer: &[Endring]) -> Result<(), Endringsfeil> {
        let per_skole = self.i_kraft(|feil| matches!(feil, Feil::BrukerPerSkole).then_some(())).is_some();
        let na = self.na();
        let mut tilstand = self.tilstand();
        for (i, endring) in endringer.iter().enumerate() {
            let tid = Tid { na, stille: false, per_skole };
            let svar = tilstand.endre(endring, i + 1, tid);
            tilstand.revisjon += 1;
            svar?;
        }
        tracing::info!(antall = endringer.len(), "changes made");
        Ok(())
    }
}

impl Tilstand {
    fn endre(&mut self, endring: &Endring, nr: usize, tid: Tid) -> Result<(), Endringsfeil> {
        match endring {
            Endring::Kommer { id, skole, klasse, fornavn, mellomnavn, etternavn, nummer } => {
                self.ledig(*id, nr)?;
                self.skolen(*skole, nr)?;
                let trinn = match klasse {
                    Some(klasse) => self.klasse_ved(*klasse, *skole, nr)?.trinn,
                    None => 10,
                };
                let sist = jiff::civil::date(self.eier.skolear - 15, 6, 15);
                let (fodselsdato, jente) = nummer.as_deref().and_then(les_nummer).unwrap_or((sist, true));
                let elev = Elev {
                    id: *id,
                    fornavn: fornavn.clone().into(),
                    mellomnavn: mellomnavn.clone().map(Into::into),
                    etternavn: etternavn.clone().into(),
                    nummer: nummer.clone(),
                    fodselsdato,
                    jente,
                    nynorsk: false,
                    trinn,
                    skole: *skole,
                    klasse: *klasse,
                    grupper: Vec::new(),
                    foresatte: Vec::new(),
                };
                self.ta_inn_ny(elev, tid);
            }
            Endring::Slutter { elev, hardt } => {
                self.elev(*elev, nr)?;
                self.slutt(*elev, *hardt, tid);
            }
            Endring::BytterKlasse { elev, klasse } | Endring::FaarKlasse { elev, klasse } => {
                let (skole, gammel) = {
                    let elev = self.elev(*elev, nr)?;
                    (elev.skole, elev.klasse)
                };
                self.klasse_ved(*klasse, skole, nr)?;
                if gammel.is_some() {
                    self.avslutt(*elev, gammel, false, tid);
                }
                self.meld_paa(*elev, *klasse, skole, "student", tid.ny());
                self.endre_elev(*elev, nr, tid, |elev| elev.klasse = Some(*klasse))?;
            }
            Endring::BytterNavn { elev, fornavn, mellomnavn, etternavn } => {
                self.endre_elev(*elev, nr, tid, |elev| {
                    elev.fornavn = fornavn.clone().into();
                    elev.mellomnavn = mellomnavn.clone().map(Into::into);
                    elev.etternavn = etternavn.clone().into();
                })?;
            }
            Endring::BytterNummer { elev, nummer } | Endring::RettetNummer { elev, nummer } => {
                self.endre_elev(*elev, nr, tid, |elev| {
                    if let Some((dato, jente)) = les_nummer(nummer) {
                        elev.fodselsdato = dato;
                        elev.jente = jente;
                    }
                    elev.nummer = Some(nummer.clone());
                })?;
            }
            Endring::BytterSkole { elev, skole, klasse } => self.bytt_skole(*elev, *skole, *klasse, nr, tid)?,
            Endring::ToSkoler { elev, skole, ny } => {
                self.ledig(*ny, nr)?;
                self.skolen(*skole, nr)?;
                let mut kopi = Elev { id: *ny, skole: *skole, ..self.elev(*elev, nr)?.clone() };
                (kopi.grupper, kopi.foresatte) = (Vec::new(), Vec::new());
                kopi.klasse = self.klasse_paa(*skole, kopi.trinn);
                self.ta_inn_ny(kopi, tid);
            }
            Endring::BytterId { elev, ny, hardt } => {
                self.ledig(*ny, nr)?;
                let kopi = Elev { id: *ny, ..self.elev(*elev, nr)?.clone() };
                self.slutt(*elev, *hardt, tid);
                self.ta_inn_ny(kopi, tid);
            }
            Endring::GjenbrukerId { elev, fornavn, mellomnavn, etternavn, nummer } => {
                self.endre_elev(*elev, nr, tid, |elev| {
                    if let Some((dato, jente)) = les_nummer(nummer) {
                        elev.fodselsdato = dato;
                        elev.jente = jente;
                    }
                    elev.fornavn = fornavn.clone().into();
                    elev.mellomnavn = mellomnavn.clone().map(Into::into);
                    elev.etternavn = etternavn.clone().into();
                    elev.nummer = Some(nummer.clone());
                    elev.foresatte.clear();
                })?;
            }
            Endring::MisterNummer { elev } => self.endre_elev(*elev, nr, tid, |elev| elev.nummer = None)?,
            Endring::BytterTrinn { trinn: 0 | 11.., .. } => return Err(Endringsfeil::UgyldigTrinn { nr }),
            Endring::BytterTrinn { elev, trinn } => self.endre_elev(*elev, nr, tid, |elev| elev.trinn = *trinn)?,
            Endring::Skjermes { elev } => {
                self.elev(*elev, nr)?;
                self.slutt(*elev, true, tid);
                self.uten_barn(*elev);
            }
            Endring::UtenDato { endring } => self.endre(endring, nr, Tid { stille: true, ..tid })?,
            Endring::Rydding => self.rydd(),
            Endring::Omstart => self.dater_alt(tid.na),
            Endring::Terminskifte => self.skift_termin(tid.na),
            Endring::Rullering => self.rull(tid.na),
        }
        Ok(())
    }

    fn bytt_skole(
        &mut self,
        id: Uuid,
        skole: Uuid,
        klasse: Option<Uuid>,
        nr: usize,
        tid: Tid,
    ) -> Result<(), Endringsfeil> {
        self.skolen(skole, nr)?;
        let trinn = match klasse {
            Some(klasse) => self.klasse_ved(klasse, skole, nr)?.trinn,
            None => self.elev(id, nr)?.trinn,
        };
        let flyttet = Elev { skole, klasse, trinn, grupper: Vec::new(), ..self.elev(id, nr)?.clone() };
        if tid.per_skole {
            let ny = avledet(id, skole.as_u128());
            self.slutt(id, false, tid);
            self.ta_inn_ny(Elev { id: ny, ..flyttet }, tid);
            return Ok(());
        }
        self.avslutt(id, None, false, tid);
        if let Some(klasse) = klasse {
            self.meld_paa(id, klasse, skole, "student", tid.ny());
        }
        self.endre_elev(id, nr, tid, |elev| *elev = flyttet)
    }

    /// A pupil who is not there, with memberships.
    pub(super) fn ta_inn_ny(&mut self, elev: Elev, tid: Tid) {
        for klasse in elev.klasse.iter().chain(&elev.grupper) {
            self.meld_paa(elev.id, *klasse, elev.skole, "student", tid.ny());
        }
        self.brukere.insert(elev.id, Rad { data: Bruker::Elev(elev), endret: tid.ny(), slettet: false });
    }

    /// Ends a pupil and every membership.
    pub(super) fn slutt(&mut self, elev: Uuid, hardt: bool, tid: Tid) {
        self.avslutt(elev, None, hardt, tid);
        if hardt {
            self.brukere.remove(&elev);
        } else if let Some(rad) = self.brukere.get_mut(&elev) {
            rad.slettet = true;
            tid.merk(&mut rad.endret);
        }
    }

    /// Guardians no longer point to a child; who has no other is gone too.
    fn uten_barn(&mut self, barn: Uuid) {
        self.brukere.retain(|_, rad| match &mut rad.data {
            Bruker::Foresatt(foresatt) => {
                foresatt.barn.retain(|b| *b != barn);
                !foresatt.barn.is_empty()
            }
            _ => true,
        });
    }

    fn ledig(&self, id: Uuid, nr: usize) -> Result<(), Endringsfeil> {
        if self.brukere.contains_key(&id) { Err(Endringsfeil::OpptattId { nr }) } else { Ok(()) }
    }

    fn skolen(&self, skole: Uuid, nr: usize) -> Result<(), Endringsfeil> {
        if self.skoler.contains_key(&skole) { Ok(()) } else { Err(Endringsfeil::UkjentSkole { nr }) }
    }

    /// The first class of a grade at a school.
    pub(super) fn klasse_paa(&self, skole: Uuid, trinn: u8) -> Option<Uuid> {
        let mut klasser = self.klasser.values().filter(|rad| !rad.slettet).map(|rad| &rad.data);
        let er_klasse = |k: &&Klasse| k.skole == skole && k.trinn == trinn && k.gruppetype == Gruppetype::Klasse;
        klasser.find(er_klasse).map(|k| k.id)
    }

    fn elev(&self, id: Uuid, nr: usize) -> Result<&Elev, Endringsfeil> {
        match self.brukere.get(&id) {
            Some(Rad { data: Bruker::Elev(elev), slettet: false, .. }) => Ok(elev),
            _ => Err(Endringsfeil::UkjentElev { nr }),
        }
    }

    fn endre_elev(&mut self, id: Uuid, nr: usize, tid: Tid, endre: impl FnOnce(&mut Elev)) -> Result<(), Endringsfeil> {
        match self.brukere.get_mut(&id) {
            Some(Rad { data: Bruker::Elev(elev), slettet: false, endret }) => {
                endre(elev);
                tid.merk(endret);
                Ok(())
            }
            _ => Err(Endringsfeil::UkjentElev { nr }),
        }
    }

    fn klasse_ved(&self, klasse: Uuid, skole: Uuid, nr: usize) -> Result<&Klasse, Endringsfeil> {
        let rad = self.klasser.get(&klasse).filter(|rad| rad.data.skole == skole);
        rad.map(|rad| &rad.data).ok_or(Endringsfeil::UkjentKlasse { nr })
    }

    /// Ends someone's memberships, all or those of one class.
    fn avslutt(&mut self, bruker: Uuid, klasse: Option<Uuid>, hardt: bool, tid: Tid) {
        let gjelder = |p: &Paamelding| p.bruker == bruker && klasse.is_none_or(|k| p.klasse == k);
        if hardt {
            self.paameldinger.retain(|_, rad| !gjelder(&rad.data));
            return;
        }
        for rad in self.paameldinger.values_mut().filter(|rad| gjelder(&rad.data)) {
            rad.slettet = true;
            tid.merk(&mut rad.endret);
        }
    }
}

/// Date of birth and sex of a Tenor-style number of someone born after 1999.
pub(super) fn les_nummer(nummer: &str) -> Option<(Date, bool)> {
    let del = |fra: usize, til: usize| nummer.get(fra..til)?.parse::<i16>().ok();
    let dag = i8::try_from(del(0, 2)? % 40).ok()?;
    let maned = i8::try_from(del(2, 4)? % 20).ok()?;
    Some((Date::new(2000 + del(4, 6)?, maned, dag).ok()?, del(8, 9)? % 2 == 0))
}
