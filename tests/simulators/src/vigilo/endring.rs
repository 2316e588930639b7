//! What happens to people in a school system between two pulls.

use std::fmt;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Indre,
    tilstand::{Bruker, Rad, Tilstand},
};
use crate::generator::{Elev, Klasse};

/// A change. Each moves `dateLastModified` of the rows it touches to what the simulator's clock shows.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are named after the people and groups they change")]
pub enum Endring {
    /// A new tenth-grader, with or without a class and a number.
    Kommer {
        id: Uuid,
        skole: Uuid,
        klasse: Option<Uuid>,
        fornavn: String,
        mellomnavn: Option<String>,
        etternavn: String,
        nummer: Option<String>,
    },
    /// A pupil leaves: the row becomes `tobedeleted`, or is gone without a trace (`hardt`).
    Slutter { elev: Uuid, hardt: bool },
    /// From one class to another at the same school.
    BytterKlasse { elev: Uuid, klasse: Uuid },
    /// A new name.
    BytterNavn { elev: Uuid, fornavn: String, mellomnavn: Option<String>, etternavn: String },
    /// A new number, as when a D-number becomes a fødselsnummer.
    BytterNummer { elev: Uuid, nummer: String },
    /// A mistyped or missing number is put right.
    RettetNummer { elev: Uuid, nummer: String },
    /// A pupil without a class gets one.
    FaarKlasse { elev: Uuid, klasse: Uuid },
}

impl Endring {
    /// The pupil it concerns.
    pub fn elev(&self) -> Uuid {
        match self {
            Self::Kommer { id, .. } => *id,
            Self::Slutter { elev, .. }
            | Self::BytterKlasse { elev, .. }
            | Self::BytterNavn { elev, .. }
            | Self::BytterNummer { elev, .. }
            | Self::RettetNummer { elev, .. }
            | Self::FaarKlasse { elev, .. } => *elev,
        }
    }

    /// The kind, as the admin endpoint spells it.
    pub fn type_(&self) -> &'static str {
        match self {
            Self::Kommer { .. } => "kommer",
            Self::Slutter { .. } => "slutter",
            Self::BytterKlasse { .. } => "bytter_klasse",
            Self::BytterNavn { .. } => "bytter_navn",
            Self::BytterNummer { .. } => "bytter_nummer",
            Self::RettetNummer { .. } => "rettet_nummer",
            Self::FaarKlasse { .. } => "faar_klasse",
        }
    }
}

impl fmt::Debug for Endring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(self.type_()).field("elev", &self.elev()).finish_non_exhaustive()
    }
}

/// A change that cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Endringsfeil {
    /// No active pupil with that id.
    #[error("change {nr}: no active pupil with that sourcedId")]
    UkjentElev {
        /// Place in the list, from 1.
        nr: usize,
    },
    /// No such class at the pupil's school.
    #[error("change {nr}: no class with that sourcedId at the pupil's school")]
    UkjentKlasse {
        /// Place in the list, from 1.
        nr: usize,
    },
    /// No such school.
    #[error("change {nr}: no school with that sourcedId")]
    UkjentSkole {
        /// Place in the list, from 1.
        nr: usize,
    },
    /// A pupil who arrives has the id of someone who is there.
    #[error("change {nr}: the sourcedId is in use")]
    OpptattId {
        /// Place in the list, from 1.
        nr: usize,
    },
}

impl Indre {
    pub(super) fn endre(&self, endringer: &[Endring]) -> Result<(), Endringsfeil> {
        let mut tilstand = self.tilstand();
        for (i, endring) in endringer.iter().enumerate() {
            let na = self.config.klokke.na();
            tilstand.endre(endring, i + 1, na)?;
            tilstand.revisjon += 1;
        }
        tracing::info!(antall = endringer.len(), "changes made");
        Ok(())
    }
}

impl Tilstand {
    fn endre(&mut self, endring: &Endring, nr: usize, na: Timestamp) -> Result<(), Endringsfeil> {
        match endring {
            Endring::Kommer { id, skole, klasse, fornavn, mellomnavn, etternavn, nummer } => {
                if self.brukere.contains_key(id) {
                    return Err(Endringsfeil::OpptattId { nr });
                }
                if !self.skoler.contains_key(skole) {
                    return Err(Endringsfeil::UkjentSkole { nr });
                }
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
                self.brukere.insert(*id, Rad { data: Bruker::Elev(elev), endret: na, slettet: false });
                if let Some(klasse) = klasse {
                    self.meld_paa(*id, *klasse, *skole, "student", na);
                }
            }
            Endring::Slutter { elev, hardt } => {
                self.elev(*elev, nr)?;
                self.avslutt(*elev, None, *hardt, na);
                if *hardt {
                    self.brukere.remove(elev);
                } else if let Some(rad) = self.brukere.get_mut(elev) {
                    rad.slettet = true;
                    rad.endret = na;
                }
            }
            Endring::BytterKlasse { elev, klasse } | Endring::FaarKlasse { elev, klasse } => {
                let (skole, gammel) = {
                    let elev = self.elev(*elev, nr)?;
                    (elev.skole, elev.klasse)
                };
                self.klasse_ved(*klasse, skole, nr)?;
                if gammel.is_some() {
                    self.avslutt(*elev, gammel, false, na);
                }
                self.meld_paa(*elev, *klasse, skole, "student", na);
                self.endre_elev(*elev, nr, na, |elev| elev.klasse = Some(*klasse))?;
            }
            Endring::BytterNavn { elev, fornavn, mellomnavn, etternavn } => {
                self.endre_elev(*elev, nr, na, |elev| {
                    elev.fornavn = fornavn.clone().into();
                    elev.mellomnavn = mellomnavn.clone().map(Into::into);
                    elev.etternavn = etternavn.clone().into();
                })?;
            }
            Endring::BytterNummer { elev, nummer } | Endring::RettetNummer { elev, nummer } => {
                self.endre_elev(*elev, nr, na, |elev| {
                    if let Some((dato, jente)) = les_nummer(nummer) {
                        elev.fodselsdato = dato;
                        elev.jente = jente;
                    }
                    elev.nummer = Some(nummer.clone());
                })?;
            }
        }
        Ok(())
    }

    fn elev(&self, id: Uuid, nr: usize) -> Result<&Elev, Endringsfeil> {
        match self.brukere.get(&id) {
            Some(Rad { data: Bruker::Elev(elev), slettet: false, .. }) => Ok(elev),
            _ => Err(Endringsfeil::UkjentElev { nr }),
        }
    }

    fn endre_elev(
        &mut self,
        id: Uuid,
        nr: usize,
        na: Timestamp,
        endre: impl FnOnce(&mut Elev),
    ) -> Result<(), Endringsfeil> {
        match self.brukere.get_mut(&id) {
            Some(Rad { data: Bruker::Elev(elev), slettet: false, endret }) => {
                endre(elev);
                *endret = na;
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
    fn avslutt(&mut self, bruker: Uuid, klasse: Option<Uuid>, hardt: bool, na: Timestamp) {
        let gjelder = |p: &super::tilstand::Paamelding| p.bruker == bruker && klasse.is_none_or(|k| p.klasse == k);
        if hardt {
            self.paameldinger.retain(|_, rad| !gjelder(&rad.data));
            return;
        }
        for rad in self.paameldinger.values_mut().filter(|rad| gjelder(&rad.data)) {
            rad.slettet = true;
            rad.endret = na;
        }
    }
}

/// Date of birth and sex of a Tenor-style number of someone born after 1999.
fn les_nummer(nummer: &str) -> Option<(Date, bool)> {
    let del = |fra: usize, til: usize| nummer.get(fra..til)?.parse::<i16>().ok();
    let dag = i8::try_from(del(0, 2)? % 40).ok()?;
    let maned = i8::try_from(del(2, 4)? % 20).ok()?;
    Some((Date::new(2000 + del(4, 6)?, maned, dag).ok()?, del(8, 9)? % 2 == 0))
}
