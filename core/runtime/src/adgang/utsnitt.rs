//! One person's view.

use super::{Adgang, Adgangsfeil, Gjoremal, Tillatelse};
use crate::sammenheng::Sammenheng;
use crate::trinn::Omgivelse;
use crate::utsikt::{Oppslag, Sammendrag, Utsikt};
use elevliste::{Aktor, Listenokkel};
use hendelse::Tenant;
use jiff::Timestamp;
use kodeverk::Fylkesnummer;
use std::sync::Arc;

/// What one person sees and can do. Cheap to clone.
#[derive(Clone)]
pub struct Utsnitt {
    pub(super) utsikt: Utsikt,
    pub(super) adgang: Arc<Adgang>,
}

impl Utsnitt {
    /// The view of somebody.
    pub fn ny(utsikt: &Utsikt, adgang: Adgang) -> Self {
        Self { utsikt: utsikt.clone(), adgang: Arc::new(adgang) }
    }

    /// Whose view it is.
    pub fn adgang(&self) -> &Adgang {
        &self.adgang
    }

    /// The moment.
    pub fn na(&self) -> Timestamp {
        self.om().clock.now()
    }

    /// Whether everything has been read since the program started.
    pub fn klar(&self) -> bool {
        self.utsikt.klar()
    }

    /// Whether this may be asked for at all: for menus and buttons. Whether it may be done just now is another question.
    pub fn ma(&self, hva: Gjoremal) -> bool {
        self.adgang.ma(hva) == Tillatelse::Ja
    }

    /// Whether this person may approve this list, as its round has it: for buttons, and for who is told that it waits for
    /// them. What bars it just now is another question.
    pub fn kan_godkjenne(&self, liste: &Sammendrag) -> bool {
        let egen = self.adgang.egen_rolle().map(|rolle| Aktor::med_rolle(&self.adgang.hvem.id, rolle));
        let teller = |av: &Aktor| liste::kan_godkjenne(av, liste.runde.as_deref());
        // A supplier may no more than whoever it acts for.
        let begge = [egen, self.adgang.aktor()].iter().all(|av| av.as_ref().is_some_and(teller));
        begge && self.ma(Gjoremal::Godkjenne) && self.adgang.ser_liste(liste)
    }

    /// Whether a county is within reach: its own people, and whoever runs the connections of a list of it.
    pub fn ser_fylke(&self, fylke: Fylkesnummer) -> bool {
        self.adgang.ser_fylke(fylke) || self.lister().iter().any(|liste| liste.nokkel.fylke == fylke)
    }

    /// The lists in numbers, of every school year, in the order of their keys.
    pub fn lister(&self) -> Vec<Arc<Sammendrag>> {
        let mut alle = self.utsikt.alle();
        alle.retain(|liste| self.ma(Gjoremal::SeStatus) && self.adgang.ser_liste(liste));
        alle
    }

    /// One list in numbers.
    pub fn sammendrag(&self, nokkel: &Listenokkel) -> Option<Arc<Sammendrag>> {
        self.oppslag(nokkel, Gjoremal::SeStatus).ok().map(|oppslag| oppslag.sammendrag)
    }

    /// The same where nobody has asked for it: that it is out of reach is no refusal.
    pub(super) fn ser(&self, nokkel: &Listenokkel) -> Option<Arc<Sammendrag>> {
        let liste = self.utsikt.oppslag(nokkel)?.sammendrag;
        (self.ma(Gjoremal::SeStatus) && self.adgang.ser_liste(&liste)).then_some(liste)
    }

    pub(super) fn om(&self) -> &Omgivelse {
        self.utsikt.omgivelse()
    }

    pub(super) fn rundt(&self) -> &Sammenheng {
        self.utsikt.sammenheng()
    }

    /// A list within reach, for something that the role may ask for.
    pub(super) fn oppslag(&self, nokkel: &Listenokkel, hva: Gjoremal) -> Result<Oppslag, Adgangsfeil> {
        let Some(oppslag) = self.utsikt.oppslag(nokkel) else { return Err(Adgangsfeil::Finnes) };
        let tenant = oppslag.sammendrag.tenant.parse().ok();
        if !self.adgang.ser_liste(&oppslag.sammendrag) {
            return Err(self.avvis(tenant, Some(nokkel), Adgangsfeil::Finnes, hva));
        }
        self.krev(hva, tenant, Some(nokkel))?;
        Ok(oppslag)
    }

    /// Whether the role may do this at all. What is refused stands in the audit log.
    pub(super) fn krev(
        &self,
        hva: Gjoremal,
        tenant: Option<Tenant>,
        liste: Option<&Listenokkel>,
    ) -> Result<(), Adgangsfeil> {
        let feil = match self.adgang.ma(hva) {
            Tillatelse::Ja => return Ok(()),
            Tillatelse::BareSe => Adgangsfeil::MaIkke { hva },
            Tillatelse::Nei => Adgangsfeil::Finnes,
        };
        Err(self.avvis(tenant, liste, feil, hva))
    }

    /// A source, or what else is a tenant's.
    pub(super) fn krev_tenant(&self, tenant: &Tenant, hva: Gjoremal) -> Result<(), Adgangsfeil> {
        if !self.adgang.ser_tenant(tenant) {
            let kjent = self.rundt().nokler.contains_key(tenant).then(|| tenant.clone());
            return Err(self.avvis(kjent, None, Adgangsfeil::Finnes, hva));
        }
        self.krev(hva, Some(tenant.clone()), None)
    }
}
