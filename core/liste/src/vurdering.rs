//! Acts are judged before they are written: may this be done now, by this actor?
//!
//! The ledger cannot be unwritten, so what makes no sense is refused with a text that says what to do instead. What an act
//! comes to once it is written is decided by the picture, which trusts no entry further than its actor may go.

mod feil;
mod grunn;

pub use feil::Handlingsfeil;

use crate::{Listebilde, fiktiv, hovedbok};
use elevliste::{Aktor, Avklaring, Elevliste, Ettermeldingstilstand, Godkjenning, Handling, Innsamling, Skolestatus};
use identitet::klassifiser;
use jiff::Timestamp;
use uuid::Uuid;

/// Whether `av` may do this to the list at `na`. `bilde` is the picture of `liste` at that moment.
///
/// Protected pupils are answered for like pupils who are not on the list.
pub fn vurder(
    bilde: &Listebilde,
    liste: &Elevliste,
    handling: &Handling,
    av: &Aktor,
    innsamling: Option<&Innsamling>,
    na: Timestamp,
) -> Result<(), Handlingsfeil> {
    let sak = Sak { bilde, liste, av, runde: innsamling.filter(|runde| runde.gjelder(&bilde.nokkel)), na };
    match handling {
        Handling::Godkjent { segl } => sak.godkjenn(segl),
        Handling::Tilbakekalt { grunn } => sak.tilbakekall(grunn),
        Handling::HoldtTilbake { elev, grunn } | Handling::RutetManuelt { elev, grunn } => sak.ta_ut(*elev, grunn),
        Handling::Frigitt { elev } => sak.frigi(*elev),
        Handling::FiktivtNummer { elev, nummer, kilde } => {
            sak.fiktivt(*elev, nummer.as_ref().map(|nummer| nummer.vis().as_str()), kilde)
        }
        Handling::Avklart { segl, mottatt, hvordan, grunn, kvittering, .. } => {
            kvittering.as_deref().map_or(Ok(()), |nummer| kvitteringsnummer(nummer, *mottatt))?;
            sak.avklar(segl, *mottatt, *hvordan, grunn)
        }
        Handling::Ettermeldt { id, elev, grunn, .. } => sak.ettermeld(*id, *elev, grunn),
        Handling::EttermeldingBehandlet { id, grunn, .. } => sak.behandle(*id, grunn),
        Handling::Eksportert { grunn, .. } => sak.menneske().and_then(|()| grunn::sjekk(grunn)),
        Handling::Intensjon { segl, .. } => sak.send(segl),
        Handling::Svar { .. } => sak.maskin(),
    }
}

struct Sak<'s> {
    bilde: &'s Listebilde,
    liste: &'s Elevliste,
    av: &'s Aktor,
    runde: Option<&'s Innsamling>,
    na: Timestamp,
}

type Dom = Result<(), Handlingsfeil>;

const fn krev(ja: bool, feil: Handlingsfeil) -> Dom {
    if ja { Ok(()) } else { Err(feil) }
}

/// Longer is no receipt's number.
const LENGSTE_KVITTERING: usize = 100;

/// Whether this can be the receiver's number of a delivery that it has: one word, and no pupil's number.
fn kvitteringsnummer(nummer: &str, mottatt: bool) -> Dom {
    let tegn = |c: char| c.is_ascii_alphanumeric() || "-_./:".contains(c);
    let lengde = (1..=LENGSTE_KVITTERING).contains(&nummer.len());
    let elevs = klassifiser(nummer).ugyldig().is_none();
    krev(mottatt && lengde && nummer.chars().all(tegn) && !elevs, Handlingsfeil::Kvitteringsnummer)
}

impl Sak<'_> {
    fn er_menneske(&self) -> bool {
        self.av.slag == "person"
    }

    fn menneske(&self) -> Dom {
        krev(self.er_menneske(), Handlingsfeil::BareMennesker)
    }

    fn maskin(&self) -> Dom {
        krev(self.av.slag == "system", Handlingsfeil::BareMaskinen)
    }

    /// Nothing is under way, and nothing is unknown.
    fn i_ro(&self) -> Dom {
        match self.bilde.status {
            Skolestatus::Sendes => Err(Handlingsfeil::Sendes),
            Skolestatus::Uavklart => Err(Handlingsfeil::Uavklart),
            _ => Ok(()),
        }
    }

    fn rett_rolle(&self) -> Dom {
        let krever = match self.runde.map(|runde| runde.godkjenning) {
            Some(Godkjenning::Kommune) => Handlingsfeil::KommunenGodkjenner,
            _ => Handlingsfeil::SkolenGodkjenner,
        };
        krev(hovedbok::kan_godkjenne(self.av, self.runde), krever)
    }

    fn godkjenn(&self, segl: &str) -> Dom {
        self.rett_rolle()?;
        let (bilde, policy) = (self.bilde, !self.er_menneske());
        self.i_ro()?;
        krev(bilde.status != Skolestatus::Mottatt, Handlingsfeil::AlleredeMottatt)?;
        krev(!Listebilde::over(self.runde, self.na), Handlingsfeil::RundenErOver)?;
        krev(segl == bilde.segl, Handlingsfeil::GammeltSegl)?;
        krev(!bilde.feil, Handlingsfeil::HarAvvik)?;
        krev(bilde.status != Skolestatus::Godkjent, Handlingsfeil::AlleredeGodkjent)?;
        // What the receiver has refused, and what a person has taken back, a person must have looked at.
        let stille = || bilde.godkjennes.is_some_and(|tid| tid <= self.na);
        krev(!policy || (bilde.status == Skolestatus::Klar && stille()), Handlingsfeil::BareMennesker)
    }

    fn tilbakekall(&self, grunn: &str) -> Dom {
        self.menneske()?;
        self.rett_rolle()?;
        grunn::sjekk(grunn)?;
        self.i_ro()?;
        let virker = self.bilde.godkjent.is_some() && self.bilde.status != Skolestatus::Mottatt;
        krev(virker, Handlingsfeil::IkkeGodkjent)
    }

    fn pa_lista(&self, elev: Uuid) -> Dom {
        krev(self.liste.linjer.iter().any(|linje| linje.elev == elev), Handlingsfeil::UkjentElev)
    }

    fn ta_ut(&self, elev: Uuid, grunn: &str) -> Dom {
        self.menneske()?;
        self.pa_lista(elev)?;
        grunn::sjekk(grunn)
    }

    fn frigi(&self, elev: Uuid) -> Dom {
        self.menneske()?;
        if self.bilde.tatt_ut.contains(&elev) {
            return Ok(());
        }
        self.pa_lista(elev)?;
        Err(Handlingsfeil::IkkeTattUt)
    }

    fn fiktivt(&self, elev: Uuid, nummer: Option<&str>, kilde: &str) -> Dom {
        krev(hovedbok::kan_fore_fiktive(self.av), Handlingsfeil::FiktivtRolle)?;
        let Some(nummer) = nummer else {
            if !self.bilde.fiktive.contains(&elev) {
                self.pa_lista(elev)?;
                return Err(Handlingsfeil::UtenFiktivt);
            }
            return grunn::sjekk(kilde);
        };
        self.pa_lista(elev)?;
        grunn::sjekk(kilde)?;
        krev(fiktiv::er_fiktivt(nummer), Handlingsfeil::IkkeFiktivt)?;
        let mut egne = self.liste.linjer.iter().filter(|linje| linje.elev == elev);
        krev(!egne.any(|linje| fiktiv::er_brukbart(linje, self.bilde.politikk)), Handlingsfeil::HarNummer)?;
        let mut andre = self.liste.linjer.iter().chain(&self.bilde.sendbare).filter(|linje| linje.elev != elev);
        let brukt = andre.any(|linje| linje.identitetsnummer.as_ref().is_some_and(|n| n.vis() == nummer));
        krev(!brukt, Handlingsfeil::FiktivtBrukt)
    }

    fn avklar(&self, segl: &str, mottatt: bool, hvordan: Avklaring, grunn: &str) -> Dom {
        match hvordan {
            Avklaring::Person => self.menneske()?,
            Avklaring::Tilbakelest | Avklaring::Sammenlignet => self.maskin()?,
        }
        grunn::sjekk(grunn)?;
        krev(self.bilde.status != Skolestatus::Sendes, Handlingsfeil::Sendes)?;
        krev(!self.bilde.uavklarte.is_empty(), Handlingsfeil::IngentingUavklart)?;
        krev(self.bilde.uavklarte.iter().any(|uavklart| uavklart == segl), Handlingsfeil::AnnetForsok)?;
        // Somebody who was told that it had not arrived, and finds it there after all, may say so. The other way round there
        // is nothing left to say.
        krev(mottatt || self.bilde.status == Skolestatus::Uavklart, Handlingsfeil::IngentingUavklart)
    }

    fn ettermeldingens(&self, id: Uuid) -> Result<Ettermeldingstilstand, Handlingsfeil> {
        let melding = self.bilde.ettermeldinger.iter().find(|melding| melding.id == id);
        melding.map(|melding| melding.tilstand).ok_or(Handlingsfeil::UkjentEttermelding)
    }

    fn ettermeld(&self, id: Uuid, elev: Uuid, grunn: &str) -> Dom {
        self.menneske()?;
        grunn::sjekk(grunn)?;
        self.i_ro()?;
        let tilstand = self.ettermeldingens(id)?;
        let hans = self.bilde.ettermeldinger.iter().any(|melding| (melding.id, melding.elev) == (id, elev));
        krev(hans, Handlingsfeil::UkjentEttermelding)?;
        let kan_meldes = matches!(tilstand, Ettermeldingstilstand::Apen | Ettermeldingstilstand::Avvist);
        krev(kan_meldes, Handlingsfeil::AlleredeMeldt)
    }

    fn behandle(&self, id: Uuid, grunn: &str) -> Dom {
        self.menneske()?;
        grunn::sjekk(grunn)?;
        krev(self.ettermeldingens(id)? == Ettermeldingstilstand::Meldt, Handlingsfeil::IkkeMeldt)
    }

    fn send(&self, segl: &str) -> Dom {
        self.maskin()?;
        self.i_ro()?;
        krev(segl == self.bilde.segl, Handlingsfeil::GammeltSegl)?;
        krev(!Listebilde::over(self.runde, self.na), Handlingsfeil::RundenErOver)?;
        krev(self.bilde.status == Skolestatus::Godkjent, Handlingsfeil::IkkeGodkjent)
    }
}
