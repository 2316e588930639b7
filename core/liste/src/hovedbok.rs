//! The ledger of a list, read from the first entry to the last.

use elevliste::{Handling, Innsendingspost, Linjeavtrykk, Merknad, Utfall};
use identitet::Skjermet;
use std::collections::HashMap;
use uuid::Uuid;

/// What a person decided about a pupil.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Valg<'a> {
    Holdt(&'a str),
    Manuelt(&'a str),
}

/// One attempt to send, and what became of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Forsok<'a> {
    pub(crate) segl: &'a str,
    pub(crate) linjer: &'a [Linjeavtrykk],
    pub(crate) oppdatering: bool,
    pub(crate) svar: Option<Svar<'a>>,
}

/// The last answer to an attempt.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Svar<'a> {
    pub(crate) utfall: &'a Utfall,
    pub(crate) merknader: &'a [Merknad],
    pub(crate) etag: Option<&'a str>,
    plass: usize,
}

#[derive(Debug, Default)]
pub(crate) struct Hovedbok<'a> {
    pub(crate) valg: HashMap<Uuid, Valg<'a>>,
    /// Fictitious numbers that were entered.
    pub(crate) fiktive: HashMap<Uuid, &'a Skjermet<String>>,
    /// Changes that were reported, and what the intake office said of them.
    pub(crate) meldt: HashMap<Uuid, Option<bool>>,
    godkjent: Option<(&'a str, usize)>,
    forsok: Vec<Forsok<'a>>,
}

impl<'a> Hovedbok<'a> {
    /// Reads the ledger. An answer belongs to the last attempt with its seal, and replaces the answer before, unless that
    /// was an acceptance: a person may resolve what was unknown, but nobody can take an acceptance back.
    pub(crate) fn les(poster: &'a [Innsendingspost]) -> Self {
        let mut bok = Self::default();
        for (plass, post) in poster.iter().enumerate() {
            bok.for_post(plass, &post.handling);
        }
        bok
    }

    fn for_post(&mut self, plass: usize, handling: &'a Handling) {
        match handling {
            Handling::Godkjent { segl } => self.godkjent = Some((segl, plass)),
            Handling::HoldtTilbake { elev, grunn } => _ = self.valg.insert(*elev, Valg::Holdt(grunn)),
            Handling::RutetManuelt { elev, grunn } => _ = self.valg.insert(*elev, Valg::Manuelt(grunn)),
            Handling::Frigitt { elev } => _ = self.valg.remove(elev),
            Handling::Tilbakekalt { .. } => self.godkjent = None,
            Handling::FiktivtNummer { elev, nummer: Some(nummer), .. } => _ = self.fiktive.insert(*elev, nummer),
            Handling::FiktivtNummer { elev, nummer: None, .. } => _ = self.fiktive.remove(elev),
            Handling::Intensjon { segl, linjer, oppdatering, .. } => {
                self.forsok.push(Forsok { segl, linjer, oppdatering: *oppdatering, svar: None });
            }
            Handling::Svar { segl, utfall, merknader, etag, .. } => {
                self.besvar(segl, Svar { utfall, merknader, etag: etag.as_deref(), plass });
            }
            Handling::Avklart { segl, mottatt, etag, .. } => {
                let utfall = if *mottatt { &Utfall::Mottatt } else { &Utfall::IkkeSendt };
                self.besvar(segl, Svar { utfall, merknader: &[], etag: etag.as_deref(), plass });
            }
            Handling::Ettermeldt { id, .. } => _ = self.meldt.insert(*id, None),
            Handling::EttermeldingBehandlet { id, godtatt, .. } => _ = self.meldt.insert(*id, Some(*godtatt)),
            Handling::Eksportert { .. } => {}
        }
    }

    fn besvar(&mut self, segl: &str, svar: Svar<'a>) {
        if let Some(forsok) = self.forsok.iter_mut().rev().find(|f| f.segl == segl)
            && !forsok.er_mottatt()
        {
            forsok.svar = Some(svar);
        }
    }

    /// The seal that was last approved.
    pub(crate) fn godkjent(&self) -> Option<&'a str> {
        self.godkjent.map(|(segl, _)| segl)
    }

    /// The last attempt that was answered.
    pub(crate) fn besvart(&self) -> Option<&Forsok<'a>> {
        self.forsok.iter().rev().find(|f| f.svar.is_some())
    }

    /// An attempt without an answer.
    pub(crate) fn apent(&self) -> Option<&Forsok<'a>> {
        self.forsok.iter().find(|f| f.svar.is_none())
    }

    /// An attempt of which nobody knows whether it arrived. That the receiver already has a list which we did not see
    /// accepted is the same: somebody must find out.
    pub(crate) fn uavklart(&self) -> bool {
        self.forsok.iter().any(|f| matches!(f.utfall(), Some(Utfall::Uavklart | Utfall::AlleredeLevert)))
    }

    /// The attempt that the receiver accepted.
    pub(crate) fn mottatt(&self) -> Option<&Forsok<'a>> {
        self.forsok.iter().find(|f| f.er_mottatt())
    }

    /// Whether this seal was approved, and after that answer: somebody has looked at the answer and wants another try.
    pub(crate) fn godkjent_etter(&self, segl: &str, svar: &Svar<'_>) -> bool {
        self.godkjent.is_some_and(|(godkjent, plass)| godkjent == segl && plass > svar.plass)
    }
}

impl Forsok<'_> {
    fn utfall(&self) -> Option<&Utfall> {
        self.svar.map(|s| s.utfall)
    }

    fn er_mottatt(&self) -> bool {
        matches!(self.utfall(), Some(Utfall::Mottatt | Utfall::MottattMedAdvarsler))
    }
}
