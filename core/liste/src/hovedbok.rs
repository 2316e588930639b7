//! The ledger of a list, read from the first entry to the last.

mod forsok;
mod meldinger;

pub(crate) use forsok::{Forsok, Svar, ved_elev};
pub(crate) use meldinger::Meldinger;

use elevliste::{Aktor, Godkjenning, Handling, Innsamling, Innsendingspost, Rolle, Utfall};
use identitet::Skjermet;
use jiff::Timestamp;
use std::collections::HashMap;
use uuid::Uuid;

/// What a person decided about a pupil.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Valg<'a> {
    Holdt(&'a str),
    Manuelt(&'a str),
}

#[derive(Debug, Default)]
pub(crate) struct Hovedbok<'a> {
    pub(crate) valg: HashMap<Uuid, Valg<'a>>,
    /// Fictitious numbers that were entered by those who may.
    pub(crate) fiktive: HashMap<Uuid, &'a Skjermet<String>>,
    /// Changes that were reported to the intake office.
    pub(crate) meldinger: Meldinger<'a>,
    /// When a person acted last.
    pub(crate) sist_av_person: Option<Timestamp>,
    /// Whether a person has taken an approval back, and none has approved since: the policy keeps off until then.
    pub(crate) tilbakekalt: bool,
    godkjenninger: Vec<(&'a str, usize, &'a Aktor)>,
    forsok: Vec<Forsok<'a>>,
}

impl<'a> Hovedbok<'a> {
    /// Reads the ledger. An answer belongs to the last attempt with its seal, and replaces the answer before, unless that
    /// was an acceptance: what was unknown may be found out, but nobody can take an acceptance back.
    pub(crate) fn les(poster: &'a [Innsendingspost]) -> Self {
        let mut bok = Self::default();
        for (plass, post) in poster.iter().enumerate() {
            if post.av.slag == "person" {
                bok.sist_av_person = bok.sist_av_person.max(Some(post.tidspunkt));
            }
            bok.for_post(plass, post);
        }
        bok
    }

    fn for_post(&mut self, plass: usize, post: &'a Innsendingspost) {
        match &post.handling {
            Handling::Godkjent { segl } => {
                self.godkjenninger.push((segl, plass, &post.av));
                self.tilbakekalt &= post.av.slag != "person";
            }
            Handling::Tilbakekalt { .. } => {
                self.tilbakekalt = true;
                self.godkjenninger.clear();
            }
            Handling::HoldtTilbake { elev, grunn } => _ = self.valg.insert(*elev, Valg::Holdt(grunn)),
            Handling::RutetManuelt { elev, grunn } => _ = self.valg.insert(*elev, Valg::Manuelt(grunn)),
            Handling::Frigitt { elev } => _ = self.valg.remove(elev),
            // An entry by anybody else does not count, whatever let it in.
            Handling::FiktivtNummer { .. } if !kan_fore_fiktive(&post.av) => {}
            Handling::FiktivtNummer { elev, nummer: Some(nummer), .. } => _ = self.fiktive.insert(*elev, nummer),
            Handling::FiktivtNummer { elev, nummer: None, .. } => _ = self.fiktive.remove(elev),
            Handling::Intensjon { segl, linjer, oppdatering, idempotens, .. } => {
                let godkjenning = self.godkjenninger.iter().rev().find(|(godkjent, ..)| godkjent == segl);
                let mut forsok = Forsok::nytt(segl, linjer, *oppdatering, idempotens.as_deref());
                forsok.godkjenning = godkjenning.map(|(_, plass, _)| *plass);
                self.forsok.push(forsok);
            }
            Handling::Svar { segl, .. } | Handling::Avklart { segl, .. } => {
                if let Some(svar) = Svar::av(post, plass) {
                    self.besvar(segl, svar);
                }
            }
            Handling::Ettermeldt { id, elev, slag, .. } => self.meldinger.meld(*id, *elev, *slag),
            Handling::EttermeldingBehandlet { id, godtatt, grunn } => self.meldinger.behandle(*id, *godtatt, grunn),
            Handling::Eksportert { .. } => {}
        }
    }

    fn besvar(&mut self, segl: &str, svar: Svar<'a>) {
        let forrige = self.mottatt().map(|f| ved_elev(f.tatt())).unwrap_or_default();
        let Some(forsok) = self.forsok.iter_mut().rev().find(|f| f.segl == segl) else { return };
        if !forsok.er_mottatt() {
            forsok.besvar(svar);
            if forsok.er_mottatt() {
                let na = ved_elev(forsok.tatt());
                self.meldinger.glem(|elev| forrige.get(elev) != na.get(elev));
            }
        }
    }

    /// The seal that was last approved by somebody who may under this round, and where in the ledger.
    pub(crate) fn godkjent(&self, runde: Option<&Innsamling>) -> Option<(&'a str, usize)> {
        let teller = self.godkjenninger.iter().rev().find(|(_, _, av)| kan_godkjenne(av, runde));
        teller.map(|(segl, plass, _)| (*segl, *plass))
    }

    /// Every attempt, in order.
    pub(crate) fn forsokene(&self) -> &[Forsok<'a>] {
        &self.forsok
    }

    /// The key of the last attempt, where it was for this seal and did not arrive.
    pub(crate) fn gjentas(&self, segl: &str) -> Option<&'a str> {
        let siste = self.forsok.last().filter(|f| f.segl == segl && !f.ble_besvart)?;
        siste.idempotens.filter(|_| siste.utfall() == Some(&Utfall::IkkeSendt))
    }

    /// The last attempt that was answered.
    pub(crate) fn besvart(&self) -> Option<&Forsok<'a>> {
        self.forsok.iter().rev().find(|f| f.svar.is_some())
    }

    /// An attempt without an answer.
    pub(crate) fn apent(&self) -> Option<&Forsok<'a>> {
        self.forsok.iter().find(|f| f.svar.is_none())
    }

    /// The version that the receiver has: the attempt that it accepted last.
    pub(crate) fn mottatt(&self) -> Option<&Forsok<'a>> {
        self.forsok.iter().rev().find(|f| f.er_mottatt())
    }

    /// Whether nobody knows what this attempt has come to. That the receiver already has a list which we did not see
    /// accepted is the same: somebody must find out.
    pub(crate) fn er_uvisst(&self, forsok: &Forsok<'_>) -> bool {
        match forsok.utfall() {
            Some(Utfall::Uavklart) => true,
            Some(Utfall::AlleredeLevert) => forsok.var_ukjent || self.mottatt().is_none(),
            _ => false,
        }
    }

    /// The attempt of which nobody knows what it has come to.
    pub(crate) fn uvisst(&self) -> Option<&Forsok<'a>> {
        self.forsok.iter().rev().find(|f| self.er_uvisst(f))
    }

    /// Attempts since the last acceptance that were of unknown outcome once, and may be what the receiver has.
    pub(crate) fn tvilsomme(&self) -> impl Iterator<Item = &Forsok<'a>> {
        let siste = self.forsok.iter().rposition(Forsok::er_mottatt).map_or(0, |plass| plass + 1);
        self.forsok[siste..].iter().filter(|f| f.var_ukjent)
    }
}

/// Whether an approval by this actor counts in this round.
pub fn kan_godkjenne(av: &Aktor, runde: Option<&Innsamling>) -> bool {
    let person = av.slag == "person";
    match runde.map(|runde| runde.godkjenning) {
        None => true,
        Some(Godkjenning::Automatisk) => person || (av.slag == "policy" && av.id == "automatisk"),
        Some(Godkjenning::Skole) => person && av.rolle != Some(Rolle::Fylke),
        Some(Godkjenning::Kommune) => person && matches!(av.rolle, Some(Rolle::Kommune | Rolle::Leverandor)),
    }
}

/// Whether this actor may enter the numbers that the intake office issues: whoever is known to act for the school, the
/// municipality or the office.
pub(crate) fn kan_fore_fiktive(av: &Aktor) -> bool {
    av.slag == "person" && av.rolle.is_some()
}
