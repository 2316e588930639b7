//! What one person reaches of all that can be paused.

use super::Nei;
use elevliste::Listenokkel;
use kodeverk::Fylkesnummer;
use runtime::adgang::Utsnitt;
use runtime::drift::Hva;
use std::collections::BTreeSet;

/// One person's reach.
pub(crate) struct Rekkevidde<'a> {
    ut: &'a Utsnitt,
    lister: BTreeSet<Listenokkel>,
}

impl<'a> Rekkevidde<'a> {
    pub(crate) fn av(ut: &'a Utsnitt) -> Self {
        Self { ut, lister: ut.lister().iter().map(|liste| liste.nokkel.clone()).collect() }
    }

    /// Whether the person may know of it.
    pub(crate) fn ser(&self, hva: &Hva) -> bool {
        match hva {
            Hva::Mottaker(fylke) => self.ser_fylke(*fylke),
            annet => self.styrer(annet),
        }
    }

    /// Whether the person may pause and resume it. A receiver is everybody's who sends there: only those who run the
    /// county's own connections stop it.
    pub(crate) fn styrer(&self, hva: &Hva) -> bool {
        let adgang = self.ut.adgang();
        match hva {
            Hva::Tenant(tenant) => adgang.ser_tenant(tenant),
            Hva::Kilde(tenant, kilde) => adgang.ser_kilde(tenant, kilde),
            Hva::Skole(liste) => self.lister.contains(liste),
            Hva::Mottaker(fylke) => adgang.ser_fylke(*fylke),
        }
    }

    /// Demands the same.
    pub(super) fn krev(&self, hva: &Hva) -> Result<(), Nei> {
        match (self.styrer(hva), self.ser(hva)) {
            (true, _) => Ok(()),
            (false, true) => Err(Nei::MaIkke),
            (false, false) => Err(Nei::Finnes),
        }
    }

    pub(crate) fn ser_liste(&self, liste: &Listenokkel) -> bool {
        self.lister.contains(liste)
    }

    pub(crate) fn ser_fylke(&self, fylke: Fylkesnummer) -> bool {
        self.ut.adgang().ser_fylke(fylke) || self.fylker().contains(&fylke)
    }

    /// The counties that lists within reach go to.
    pub(crate) fn fylker(&self) -> BTreeSet<Fylkesnummer> {
        self.lister.iter().map(|liste| liste.fylke).collect()
    }
}
