//! The fold: resources in, touched lists out, any list built on demand.

use crate::folkeregister::kan_sta_i_registeret;
use crate::skole::{Antall, antallsavvik, skoleavvik};
use crate::{Regelsett, indeks::Indeks, linje, linje::Opptelling, tilstand::Tilstand, utvalg::Utvalg};
use elevliste::{Elevliste, Listenokkel, Skolereferanse};
use hendelse::{Fintklasse, Fintnokkel, Fintobjekt, Spor, Tenant, Tenantnokkel};
use identitet::Skjermet;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A list, and what caused it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Byggd {
    /// The list.
    pub liste: Elevliste,
    /// The trace of the last change that touched it before the last call of [`Listebygger::ta_berorte`].
    pub spor: Option<Spor>,
}

/// Makes the lists of one tenant from its FINT.
#[derive(Debug)]
pub struct Listebygger {
    tenant: Tenant,
    nokkel: Tenantnokkel,
    regelsett: Regelsett,
    tilstand: Tilstand,
    /// Schools by what their lists are named by.
    skoler: Indeks<String>,
    berort: BTreeMap<Listenokkel, Option<Spor>>,
    arsak: BTreeMap<Listenokkel, Option<Spor>>,
}

impl Listebygger {
    /// A builder that has seen nothing.
    pub fn ny(tenant: Tenant, nokkel: Tenantnokkel, regelsett: Regelsett) -> Self {
        Self {
            tenant,
            nokkel,
            regelsett,
            tilstand: Tilstand::default(),
            skoler: Indeks::default(),
            berort: BTreeMap::new(),
            arsak: BTreeMap::new(),
        }
    }

    /// Takes in a resource as it is now; none means that it is gone.
    pub fn motta(&mut self, nokkel: Fintnokkel, objekt: Option<Fintobjekt>, spor: Option<Spor>) {
        if nokkel.klasse == Fintklasse::Identitet {
            return;
        }
        self.beror(nokkel, spor.as_ref());
        let skole = nokkel.klasse == Fintklasse::Skole;
        if skole {
            self.indekser(nokkel.id, false);
        }
        self.tilstand.sett(nokkel, objekt, &self.nokkel);
        if skole {
            self.indekser(nokkel.id, true);
        }
        self.beror(nokkel, spor.as_ref());
    }

    /// The lists that may have changed since the last call.
    pub fn ta_berorte(&mut self) -> BTreeSet<Listenokkel> {
        self.arsak = std::mem::take(&mut self.berort);
        self.arsak.keys().cloned().collect()
    }

    /// The list as it should be now; none if there is no pupil for it.
    pub fn bygg(&self, nokkel: &Listenokkel) -> Option<Byggd> {
        let utvalg = self.utvalg();
        // A school that two sources know is two in FINT and has one list.
        let skoler = self.skoler.ved(&nokkel.skolenr);
        let fjorarets = nokkel.skolear.forrige().map(|skolear| Listenokkel { skolear, ..nokkel.clone() });
        let (mut elevforhold, mut i_fjor) = (Vec::new(), 0);
        for e in skoler.flat_map(|skole| self.tilstand.ved_skole.ved(&skole)) {
            let liste = utvalg.pa_liste(e);
            if liste.as_ref() == Some(nokkel) {
                elevforhold.push(e);
            } else if liste.is_some() && liste == fjorarets {
                i_fjor += 1;
            }
        }
        elevforhold.sort_unstable();
        // Nothing of a protected pupil may be told from the lines of the others.
        let (skjermet, apne): (Vec<Uuid>, Vec<Uuid>) = elevforhold.iter().partition(|e| utvalg.er_skjermet(**e));
        let skjermede: BTreeSet<_> = skjermet.iter().filter_map(|e| self.tilstand.elevforhold.get(e)?.elev).collect();
        let tall = Opptelling::av(utvalg, &apne);
        let mut linjer: Vec<_> = apne.iter().filter_map(|e| linje::linje(utvalg, *e, nokkel, &tall)).collect();
        linjer.sort_by(|a, b| (&a.klasse, a.elev).cmp(&(&b.klasse, b.elev)));

        let skoler = elevforhold.iter().filter_map(|e| self.tilstand.elevforhold.get(e)?.skole);
        let skoler = skoler.filter_map(|id| Some((id, self.tilstand.skoler.get(&id)?)));
        let (id, skole) = skoler.min_by_key(|(id, skole)| (skole.orgnr.is_none(), *id))?;
        let antall = Antall { pa_listen: linjer.len() + skjermede.len(), i_fjor, apne: &apne };
        let mut avvik = skoleavvik(utvalg, id, skole, nokkel);
        avvik.extend(antallsavvik(utvalg, skole, nokkel, &antall));
        let liste = Elevliste {
            nokkel: nokkel.clone(),
            skole: Skolereferanse {
                organisasjonsnummer: skole.orgnr.clone(),
                skolenr: nokkel.skolenr.clone(),
                navn: skole.navn.clone(),
                kommunenr: self.regelsett.kommune.map(|k| k.to_string()),
            },
            tenant: self.tenant.to_string(),
            linjer,
            avvik,
            skjermede: skjermede.into_iter().collect(),
        };
        let arsak = self.arsak.get(nokkel).or_else(|| self.berort.get(nokkel));
        Some(Byggd { liste, spor: arsak.cloned().flatten() })
    }

    /// Every list that should exist.
    pub fn alle(&self) -> BTreeSet<Listenokkel> {
        let utvalg = self.utvalg();
        self.tilstand.elevforhold.keys().filter_map(|e| utvalg.pa_liste(*e)).collect()
    }

    /// The numbers of everybody on a list that Folkeregisteret may know, those of protected pupils among them: whom it is to
    /// be asked about.
    pub fn registernumre(&self) -> BTreeSet<Skjermet<String>> {
        let utvalg = self.utvalg();
        let pa_liste = self.tilstand.elevforhold.iter().filter(|(e, _)| utvalg.pa_liste(**e).is_some());
        let personer = pa_liste.filter_map(|(_, forhold)| self.tilstand.person(forhold.elev?));
        personer.filter_map(|p| p.nummer.clone()).filter(|nummer| kan_sta_i_registeret(nummer.vis())).collect()
    }

    fn utvalg(&self) -> Utvalg<'_> {
        Utvalg { tilstand: &self.tilstand, regelsett: &self.regelsett }
    }

    /// Puts a school under the name of its lists, or takes it away.
    fn indekser(&mut self, skole: Uuid, inn: bool) {
        let Some(skolenr) = self.utvalg().skolenr(skole) else { return };
        self.skoler.sett(skolenr, skole, inn);
    }

    /// Whether somebody is at the school in the year of a list.
    fn har_elever(&self, liste: &Listenokkel) -> bool {
        let skoler = self.skoler.ved(&liste.skolenr);
        let mut elevforhold = skoler.flat_map(|skole| self.tilstand.ved_skole.ved(&skole));
        elevforhold.any(|e| self.tilstand.elevforhold.get(&e).is_some_and(|e| e.skolear == Some(liste.skolear)))
    }

    fn beror(&mut self, nokkel: Fintnokkel, spor: Option<&Spor>) {
        let naboer = self.tilstand.naboer(nokkel);
        let utvalg = self.utvalg();
        let mut lister: BTreeSet<_> = naboer.into_iter().filter_map(|e| utvalg.liste_for(e)).collect();
        lister.extend(self.tilstand.klasser.get(&nokkel.id).and_then(|k| utvalg.listenokkel(k.skole?, k.skolear?)));
        // A list is compared with that of the year before.
        let neste = |liste: &Listenokkel| Some(Listenokkel { skolear: liste.skolear.neste()?, ..liste.clone() });
        let neste: Vec<_> = lister.iter().filter_map(neste).filter(|liste| self.har_elever(liste)).collect();
        lister.extend(neste);
        for liste in lister {
            let arsak = self.berort.entry(liste).or_default();
            if spor.is_some() {
                *arsak = spor.cloned();
            }
        }
    }
}
