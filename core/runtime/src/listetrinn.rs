//! The lists as a step: FINT → LISTE, one per tenant.

use crate::trinn::{Fold, Onsket};
use bus::Record;
use elevliste::Listenokkel;
use hendelse::{Bibliotek, Emne, FINT, Fintnokkel, Hode, LISTE, Posisjon, SkjemaFeil, Tenant, Tenantnokkel, kod};
use liste::{Listebygger, Regelsett};
use std::collections::BTreeSet;

/// One tenant's lists.
#[derive(Debug, Clone)]
pub struct Lister {
    /// Whose.
    pub tenant: Tenant,
    /// The tenant's secret.
    pub nokkel: Tenantnokkel,
    /// The rules of the receiver.
    pub regelsett: Regelsett,
}

pub(crate) struct Listefold {
    lister: Lister,
    bygger: Listebygger,
    hel: bool,
}

impl Listefold {
    pub fn ny(lister: &Lister) -> Self {
        let bygger = Listebygger::ny(lister.tenant.clone(), lister.nokkel.clone(), lister.regelsett.clone());
        Self { lister: lister.clone(), bygger, hel: false }
    }
}

impl Fold for Listefold {
    type Nokkel = Listenokkel;
    const DEL: &'static str = "liste";
    const INN: &'static str = FINT;
    const UT: &'static str = LISTE;

    fn tenant(&self) -> &Tenant {
        &self.lister.tenant
    }

    fn innfiltre(&self) -> Vec<String> {
        vec![format!("fint.{}.>", self.lister.tenant), format!("fint._pos.{}", self.lister.tenant)]
    }

    fn utfiltre(&self) -> Vec<String> {
        vec!["liste.*.*.*.*".to_owned()]
    }

    fn posisjon(&self) -> Emne {
        Emne::Listeposisjon(self.lister.tenant.clone())
    }

    /// The stream holds every tenant's lists; the event's source says whose.
    fn gjenopprett(
        &mut self,
        emne: &Emne,
        hode: &Hode,
        _: &Record,
        _: &Bibliotek,
    ) -> Result<Option<Listenokkel>, SkjemaFeil> {
        let Emne::Liste(nokkel) = emne else { return Ok(None) };
        let min = hode.kilde == format!("{}:{}", self.lister.tenant, Self::DEL);
        Ok(min.then(|| nokkel.clone()))
    }

    fn motta(&mut self, emne: &Emne, hode: &Hode, record: &Record, b: &Bibliotek) -> Result<(), SkjemaFeil> {
        match emne {
            Emne::Fintposisjon(_) => {
                if let Some(skjema) = hode.skjema {
                    self.hel = b.les::<Posisjon>(skjema, &record.payload)?.hel;
                }
            }
            Emne::Fint { klasse, id, .. } => {
                let objekt = hode.skjema.map(|s| b.les_fint(*klasse, s, &record.payload)).transpose()?;
                self.bygger.motta(Fintnokkel { klasse: *klasse, id: *id }, objekt, hode.spor.clone());
            }
            _ => {}
        }
        Ok(())
    }

    fn konsistent(&self) -> bool {
        self.hel
    }

    fn ta_berorte(&mut self) -> BTreeSet<Listenokkel> {
        self.bygger.ta_berorte()
    }

    fn alle(&mut self) -> BTreeSet<Listenokkel> {
        self.bygger.alle()
    }

    fn onsket(&self, nokkel: &Listenokkel) -> Result<Option<Onsket>, SkjemaFeil> {
        let byggd = self.bygger.bygg(nokkel);
        byggd.map(|b| Ok(Onsket { data: kod(&b.liste)?, spor: b.spor })).transpose()
    }

    fn emne(&self, nokkel: &Listenokkel) -> Emne {
        Emne::Liste(nokkel.clone())
    }

    fn typ(&self, _: &Listenokkel) -> String {
        "liste.elevliste".to_owned()
    }
}
