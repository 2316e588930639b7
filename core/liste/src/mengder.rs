//! The four stores of a list side by side: what the source says, what the list holds, what was sent, and what the
//! receiver has. Sets of pupils are compared as digests first and pupil by pupil where the digests differ.
//!
//! A difference that somebody knows about (held back, open deviation, changed after acceptance) is explained; any other is
//! a fault of ours, of a store, or of somebody who has been in one.

use crate::{Listebilde, Plassering, hovedbok::Hovedbok};
use elevliste::{Elevliste, Innsendingspost, Linjeavtrykk};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The pupils of a list in one store, each with the fingerprints of the lines that are about the pupil.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mengde(BTreeMap<Uuid, BTreeSet<String>>);

/// A store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Lager {
    /// KILDE, mapped anew.
    Kilde,
    /// LISTE.
    Liste,
    /// INNSENDING: the lines of the accepted intent.
    Sendt,
    /// The receiver, read back.
    Mottaker,
}

/// How a pupil differs between two neighbouring stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Forskjellsslag {
    /// In the first and not in the second.
    Mangler,
    /// In the second and not in the first.
    Ekstra,
    /// In both, and not the same.
    Ulik,
}

/// Why a pupil may differ between the list and what was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grunn {
    /// Held back by somebody.
    Holdt,
    /// Routed by hand, or protected.
    Manuelt,
    /// Changed after acceptance, and shown as such.
    EndretEtterpa,
}

/// One pupil who is not the same in two neighbouring stores.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Forskjell {
    /// The pupil.
    pub elev: Uuid,
    /// The first of the two stores.
    pub fra: Lager,
    /// The second.
    pub til: Lager,
    /// How.
    pub slag: Forskjellsslag,
    /// Why, where that is known; a difference without a reason is a fault.
    pub grunn: Option<Grunn>,
}

impl FromIterator<(Uuid, String)> for Mengde {
    fn from_iter<I: IntoIterator<Item = (Uuid, String)>>(linjer: I) -> Self {
        let mut mengde = Self::default();
        for (elev, avtrykk) in linjer {
            mengde.0.entry(elev).or_default().insert(avtrykk);
        }
        mengde
    }
}

impl<'a> FromIterator<&'a Linjeavtrykk> for Mengde {
    fn from_iter<I: IntoIterator<Item = &'a Linjeavtrykk>>(linjer: I) -> Self {
        linjer.into_iter().map(|l| (l.elev, l.avtrykk.clone())).collect()
    }
}

impl Mengde {
    /// How many pupils.
    pub fn antall(&self) -> usize {
        self.0.len()
    }

    /// SHA-256, in hexadecimal, over every pupil and fingerprint in order of their ids: equal sets, equal digests.
    pub fn digest(&self) -> String {
        let mut sum = Sha256::new();
        for (elev, avtrykk) in &self.0 {
            sum.update(elev.as_bytes());
            // A pupil's fingerprints end where the next pupil's id begins, and no fingerprint is empty.
            sum.update((avtrykk.len() as u64).to_be_bytes());
            for avtrykk in avtrykk {
                sum.update((avtrykk.len() as u64).to_be_bytes());
                sum.update(avtrykk);
            }
        }
        sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The same, where the lines that would be sent now stand as they would be sent: with numbers that people entered.
    fn med(&self, bilde: &Listebilde) -> Self {
        let sendes: Self = bilde.avtrykk.iter().collect();
        let mut alle = self.0.clone();
        alle.extend(sendes.0);
        Self(alle)
    }

    /// Every pupil who is not the same in `annen`.
    pub fn ulike(&self, annen: &Self) -> Vec<(Uuid, Forskjellsslag)> {
        let alle: BTreeSet<&Uuid> = self.0.keys().chain(annen.0.keys()).collect();
        let slag = |elev: &Uuid| match (self.0.get(elev), annen.0.get(elev)) {
            (Some(_), None) => Some(Forskjellsslag::Mangler),
            (None, Some(_)) => Some(Forskjellsslag::Ekstra),
            (a, b) => (a != b).then_some(Forskjellsslag::Ulik),
        };
        alle.into_iter().filter_map(|elev| Some((*elev, slag(elev)?))).collect()
    }
}

/// The stores of one list. One that does not exist (nothing sent yet) or cannot be asked is absent.
#[derive(Debug, Clone, Default)]
pub struct Mengder {
    /// What the source says.
    pub kilde: Option<Mengde>,
    /// What the list holds.
    pub liste: Mengde,
    /// What was accepted, by the ledger.
    pub sendt: Option<Mengde>,
    /// The same as the receiver would digest it.
    pub sendt_hos_mottaker: Option<Mengde>,
    /// What the receiver has, by its own digests.
    pub mottaker: Option<Mengde>,
}

/// What the receiver has accepted last, by the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Godtatt<'a> {
    /// The seal of the intent.
    pub segl: &'a str,
    /// The lines that the receiver has since then.
    pub linjer: &'a [Linjeavtrykk],
}

/// What the receiver has accepted last; none while it has accepted nothing.
pub fn godtatt(poster: &[Innsendingspost]) -> Option<Godtatt<'_>> {
    let bok = Hovedbok::les(poster);
    bok.mottatt().map(|forsok| Godtatt { segl: forsok.segl, linjer: forsok.linjer })
}

/// Every difference between neighbouring stores, with its reason where the picture knows one.
pub fn forskjeller(mengder: &Mengder, liste: &Elevliste, bilde: &Listebilde) -> Vec<Forskjell> {
    let mut ut = Vec::new();
    let mut ta = |fra: (Lager, &Mengde), til: (Lager, &Mengde), grunn: &dyn Fn(&Uuid) -> Option<Grunn>| {
        for (elev, slag) in fra.1.ulike(til.1) {
            ut.push(Forskjell { elev, fra: fra.0, til: til.0, slag, grunn: grunn(&elev) });
        }
    };
    let ingen = |_: &Uuid| None;
    if let Some(kilde) = &mengder.kilde {
        ta((Lager::Kilde, kilde), (Lager::Liste, &mengder.liste), &ingen);
    }
    if let Some(sendt) = &mengder.sendt {
        let (grunner, virkende) = (grunner(liste, bilde), mengder.liste.med(bilde));
        ta((Lager::Liste, &virkende), (Lager::Sendt, sendt), &|elev| grunner.get(elev).copied());
    }
    if let (Some(sendt), Some(mottaker)) = (&mengder.sendt_hos_mottaker, &mengder.mottaker) {
        ta((Lager::Sendt, sendt), (Lager::Mottaker, mottaker), &ingen);
    }
    ut
}

/// Why pupils may differ between the list and what was accepted.
fn grunner(liste: &Elevliste, bilde: &Listebilde) -> BTreeMap<Uuid, Grunn> {
    let etter = &bilde.etter;
    let endret = etter.nye.iter().chain(&etter.endret).chain(&etter.borte);
    let mut ut: BTreeMap<Uuid, Grunn> = endret.map(|elev| (*elev, Grunn::EndretEtterpa)).collect();
    ut.extend(liste.skjermede.iter().map(|elev| (*elev, Grunn::Manuelt)));
    for plassert in &bilde.plasseringer {
        let grunn = match plassert.plassering {
            Plassering::Holdt { .. } => Grunn::Holdt,
            Plassering::Manuelt { .. } => Grunn::Manuelt,
            Plassering::Sendt | Plassering::Avvik | Plassering::Klar => continue,
        };
        ut.insert(liste.linjer[plassert.linje].elev, grunn);
    }
    ut
}
