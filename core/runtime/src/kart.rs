//! The mapping as a step: KILDE → FINT, one per tenant.

use crate::trinn::{Fold, Onsket};
use crate::{Maalere, maalere::Slag, register::Sted};
use bus::Record;
use hendelse::{
    Bibliotek, Emne, FINT, Fintnokkel, Fintobjekt, Hode, KILDE, Kildemarkor, Kildenavn, SkjemaFeil, Tenant,
    Tenantnokkel,
};
use mapping::{Kartlegger, Opphav, Skolesvar};
use std::collections::{BTreeMap, BTreeSet};

/// One tenant's mapping.
#[derive(Debug, Clone)]
pub struct Kart {
    /// Whose.
    pub tenant: Tenant,
    /// The tenant's secret.
    pub nokkel: Tenantnokkel,
    /// Sources that must have been read whole before anything is derived.
    pub krever: Vec<(Tenant, Kildenavn)>,
    /// Which VIGO number a school has, where VIGO's code base does not tell.
    pub skolesvar: Skolesvar,
}

pub(crate) struct Kartfold {
    kart: Kart,
    kartlegger: Kartlegger,
    merker: BTreeMap<(Tenant, Kildenavn), bool>,
}

impl Kartfold {
    pub fn ny(kart: &Kart) -> Self {
        let kartlegger = Kartlegger::ny(kart.tenant.clone(), kart.nokkel.clone()).med_skolesvar(kart.skolesvar.clone());
        Self { kart: kart.clone(), kartlegger, merker: BTreeMap::new() }
    }

    /// Every resource that should be there.
    pub fn objekter(&mut self) -> Vec<(Fintnokkel, Fintobjekt)> {
        self.kartlegger.ta_berorte();
        let nokler = self.kartlegger.alle();
        nokler.into_iter().filter_map(|n| Some((n, self.kartlegger.onsket(&n)?.objekt))).collect()
    }
}

impl Fold for Kartfold {
    type Nokkel = Fintnokkel;
    const DEL: &'static str = "fint";
    const INN: &'static str = KILDE;
    const UT: &'static str = FINT;

    fn tenant(&self) -> &Tenant {
        &self.kart.tenant
    }

    fn innfiltre(&self) -> Vec<String> {
        let felles = Tenant::felles();
        [&self.kart.tenant, &felles]
            .into_iter()
            .flat_map(|t| [format!("kilde.{t}.>"), format!("kilde._cursor.{t}.*")])
            .collect()
    }

    fn utfiltre(&self) -> Vec<String> {
        vec![format!("fint.{}.>", self.kart.tenant)]
    }

    fn posisjon(&self) -> Emne {
        Emne::Fintposisjon(self.kart.tenant.clone())
    }

    fn gjenopprett(
        &mut self,
        emne: &Emne,
        hode: &Hode,
        record: &Record,
        b: &Bibliotek,
    ) -> Result<Option<Fintnokkel>, SkjemaFeil> {
        let Emne::Fint { klasse, id, .. } = emne else { return Ok(None) };
        let nokkel = Fintnokkel { klasse: *klasse, id: *id };
        if *klasse == hendelse::Fintklasse::Identitet
            && let Some(skjema) = hode.skjema
            && let Fintobjekt::Identitet(historikk) = b.les_fint(*klasse, skjema, &record.payload)?
        {
            self.kartlegger.gjenopprett(*historikk);
        }
        Ok(Some(nokkel))
    }

    fn motta(&mut self, emne: &Emne, hode: &Hode, record: &Record, b: &Bibliotek) -> Result<(), SkjemaFeil> {
        match emne {
            Emne::Kildemarkor { tenant, kilde } => {
                if let Some(skjema) = hode.skjema {
                    let markor: Kildemarkor = b.les(skjema, &record.payload)?;
                    if let Some(i_tvil) = markor.posisjon.as_deref().and_then(Sted::i_tvil) {
                        self.kartlegger.motta_tvil(kilde, hode.tid, &i_tvil, hode.spor.clone());
                    }
                    self.merker.insert((tenant.clone(), kilde.clone()), markor.hel);
                }
            }
            Emne::Kilde { kilde, typ, k, .. } => {
                let objekt = hode.skjema.map(|s| b.les_kilde(typ, s, &record.payload)).transpose()?;
                let opphav = Opphav { kilde: kilde.clone(), endret: None, sett: hode.tid, spor: hode.spor.clone() };
                self.kartlegger.motta(*k, typ, objekt, opphav);
            }
            _ => {}
        }
        Ok(())
    }

    fn konsistent(&self) -> bool {
        self.kart.krever.iter().all(|k| self.merker.contains_key(k)) && self.merker.values().all(|hel| *hel)
    }

    fn ta_berorte(&mut self) -> BTreeSet<Fintnokkel> {
        self.kartlegger.ta_berorte()
    }

    fn alle(&mut self) -> BTreeSet<Fintnokkel> {
        self.kartlegger.alle()
    }

    fn onsket(&self, nokkel: &Fintnokkel) -> Result<Option<Onsket>, SkjemaFeil> {
        let onsket = self.kartlegger.onsket(nokkel);
        onsket.map(|o| Ok(Onsket { data: o.objekt.kod()?, spor: o.spor })).transpose()
    }

    fn emne(&self, nokkel: &Fintnokkel) -> Emne {
        Emne::Fint { tenant: self.kart.tenant.clone(), klasse: nokkel.klasse, id: nokkel.id }
    }

    fn typ(&self, nokkel: &Fintnokkel) -> String {
        format!("fint.{}", nokkel.klasse.as_str())
    }

    fn rapporter(&self, maalere: &Maalere) {
        for (avvik, antall) in self.kartlegger.avvikstall() {
            let slag = Slag {
                del: Self::DEL,
                tenant: self.kart.tenant.to_string(),
                slag: format!("{} {}", avvik.regel, avvik.felt),
            };
            maalere.kartavvik.get_or_create(&slag).set(i64::try_from(antall).unwrap_or(i64::MAX));
            tracing::info!(tenant = %self.kart.tenant, regel = avvik.regel, felt = avvik.felt, antall, "mapping deviation");
        }
    }
}
