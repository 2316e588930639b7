//! People who may sign in, for those who look after them: what pages and routes both ask. Who may give what is judged by
//! [`Brukerbok`], which writes the audit log, too.

mod skjema;

pub(crate) use skjema::{Feltfeil, Skjema, roller, verdi};

use crate::problem::Avslag;
use crate::rute::Operator;
use crate::sprak::Sprak;
use hendelse::Tenant;
use kodeverk::{Fylkesnummer, Kommunenummer};
use runtime::adgang::{Gjoremal, Omfang, Skolevalg, Utsnitt};
use runtime::brukere::{Bruker, Brukerbok, Brukerfeil, Eier};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Why people were not shown, or not changed.
#[derive(Debug)]
pub(crate) enum Nei {
    /// They are not there, or not for this person.
    Finnes,
    /// They may be seen, and not be changed.
    MaIkke,
    /// What was entered makes nobody.
    Felt(Feltfeil),
    /// What the core says against it.
    Bok(Brukerfeil),
}

impl From<Brukerfeil> for Nei {
    fn from(feil: Brukerfeil) -> Self {
        Self::Bok(feil)
    }
}

impl From<Feltfeil> for Nei {
    fn from(feil: Feltfeil) -> Self {
        Self::Felt(feil)
    }
}

impl From<Nei> for Avslag {
    fn from(nei: Nei) -> Self {
        let rolle = "velg minst én av rollene som eieren har å gi: skole, kommune og revisor, eller fylke og revisor";
        match nei {
            Nei::Finnes | Nei::Bok(Brukerfeil::UkjentBruker) => Self::finnes_ikke(),
            Nei::MaIkke | Nei::Bok(Brukerfeil::IkkeLov | Brukerfeil::ForMye) => Self::ma_ikke(),
            Nei::Felt(Feltfeil::Rolle) | Nei::Bok(Brukerfeil::Ugyldig("oppdrag")) => Self::ett_felt("roller", rolle),
            Nei::Felt(Feltfeil::Skole) => {
                Self::ett_felt("skoler", "velg skoler som eieren har lister for: organisasjonsnummeret, ni sifre")
            }
            Nei::Bok(Brukerfeil::Ugyldig(felt)) => Self::ett_felt(felt, "mangler, eller kan ikke være slik"),
            Nei::Bok(Brukerfeil::Finnes) => {
                Self::lov("finnes-allerede", "noen her har denne e-postadressen fra før; endre den personen")
            }
            Nei::Bok(Brukerfeil::FastBruker) => {
                Self::lov("fast-bruker", "personen står i operator.toml og endres bare der")
            }
            Nei::Bok(Brukerfeil::Opptatt) => Self::lov("samtidig", "noen andre endret de samme; prøv igjen"),
            Nei::Bok(Brukerfeil::Stopp(stopp)) => stopp.into(),
            Nei::Bok(feil @ Brukerfeil::Uleselig(_)) => {
                tracing::warn!(error = %feil, "people could not be read or changed");
                Self::uventet()
            }
        }
    }
}

/// Somebody who asks about people.
#[derive(Clone, Copy)]
pub(crate) struct Brukerstell<'a> {
    ut: &'a Utsnitt,
    operator: &'a Operator,
    bok: &'a Brukerbok,
    sprak: Sprak,
}

impl<'a> Brukerstell<'a> {
    /// In `sprak` it is written on whose behalf a supplier acts.
    pub(crate) fn ny(ut: &'a Utsnitt, operator: &'a Operator, sprak: Sprak) -> Result<Self, Nei> {
        let bok = &operator.sider.as_ref().ok_or(Nei::Finnes)?.brukere;
        Ok(Self { ut, operator, bok, sprak })
    }

    /// Whether this person changes people at all. Whose is judged when it is done.
    pub(crate) fn kan_endre(&self) -> bool {
        self.ut.ma(Gjoremal::EndreBrukere) && self.ut.adgang().pa_vegne_av.is_none()
    }

    /// The owners whose people this person may see.
    pub(crate) fn eiere(&self) -> Vec<Eier> {
        self.bok.eiere_for(self.ut.adgang())
    }

    /// One of them. Anybody else's people are none, and that it was asked for is noted.
    pub(crate) async fn eier(&self, eier: &str, hva: Gjoremal) -> Result<Eier, Nei> {
        let eier: Eier = eier.parse().map_err(|_| Nei::Finnes)?;
        if self.eiere().contains(&eier) {
            return Ok(eier);
        }
        if let Eier::Tenant(tenant) = &eier
            && self.operator.nokler.contains_key(tenant)
        {
            self.ut.nektet(tenant, &hva.to_string()).await;
        }
        Err(Nei::Finnes)
    }

    /// The same, of an owner whose people this person changes.
    pub(crate) async fn min(&self, eier: &str) -> Result<Eier, Nei> {
        let eier = self.eier(eier, Gjoremal::EndreBrukere).await?;
        if self.kan_endre() { Ok(eier) } else { Err(Nei::MaIkke) }
    }

    /// Everyone of an owner, by name.
    pub(crate) async fn alle(&self, eier: &Eier) -> Result<Vec<Bruker>, Nei> {
        Ok(self.bok.synlige(self.ut.adgang(), eier).await?)
    }

    /// One of them.
    pub(crate) async fn en(&self, eier: &Eier, id: Uuid) -> Result<Bruker, Nei> {
        self.alle(eier).await?.into_iter().find(|bruker| bruker.id == id).ok_or(Nei::Finnes)
    }

    /// The schools that can be chosen: those of the owner's lists, and those that the person has already.
    pub(crate) fn skolene(&self, eier: &Eier, har: Option<&Bruker>) -> Vec<Skolevalg> {
        let Eier::Tenant(tenant) = eier else { return vec![] };
        let lister = self.ut.lister();
        let av_lister = lister.iter().filter(|liste| liste.tenant == tenant.as_str()).map(|liste| {
            let org = liste.skole.organisasjonsnummer.clone();
            let skolenr = org.is_none().then(|| liste.skole.skolenr.clone());
            Skolevalg { tenant: tenant.clone(), organisasjonsnummer: org.unwrap_or_default(), skolenr }
        });
        let hans = har.into_iter().flat_map(|bruker| &bruker.oppdrag).flat_map(|oppdrag| match &oppdrag.omfang {
            Omfang::Skoler(skoler) => skoler.iter().cloned().collect(),
            _ => vec![],
        });
        let alle: BTreeMap<String, Skolevalg> = av_lister.chain(hans).map(|skole| (verdi(&skole), skole)).collect();
        alle.into_values().collect()
    }

    /// Invites somebody. The code is shown once, and not kept.
    pub(crate) async fn inviter(&self, eier: &Eier, skjema: &Skjema) -> Result<(Bruker, String), Nei> {
        let ny = skjema.ny(eier, &self.skolene(eier, None), &eiernavn(self.ut, self.sprak, eier))?;
        Ok(self.bok.inviter(self.ut.adgang(), eier, ny).await?)
    }

    /// Changes somebody. With another e-mail address it may be another person, who is invited.
    pub(crate) async fn endre(
        &self,
        eier: &Eier,
        har: &Bruker,
        skjema: &Skjema,
    ) -> Result<(Bruker, Option<String>), Nei> {
        let for_hvem = har.oppdrag.iter().find_map(|oppdrag| oppdrag.pa_vegne_av.clone());
        let for_hvem = for_hvem.unwrap_or_else(|| eiernavn(self.ut, self.sprak, eier));
        let til = skjema.ny(eier, &self.skolene(eier, Some(har)), &for_hvem)?;
        Ok(self.bok.endre(self.ut.adgang(), eier, har.id, til).await?)
    }

    /// Takes somebody out.
    pub(crate) async fn fjern(&self, eier: &Eier, id: Uuid) -> Result<(), Nei> {
        Ok(self.bok.fjern(self.ut.adgang(), eier, id).await?)
    }
}

/// Whose people they are, in words.
pub(crate) fn eiernavn(ut: &Utsnitt, s: Sprak, eier: &Eier) -> String {
    match eier {
        Eier::Tenant(tenant) => tenantnavn(ut, s, tenant),
        Eier::Fylke(fylke) => fylkesnavn(s, *fylke),
    }
}

/// An owner's name: the municipality that all its schools lie in, else what it is called in the configuration.
pub(crate) fn tenantnavn(ut: &Utsnitt, s: Sprak, tenant: &Tenant) -> String {
    let lister = ut.lister();
    let mine = lister.iter().filter(|liste| liste.tenant == tenant.as_str());
    let numre: BTreeSet<&str> = mine.filter_map(|liste| liste.skole.kommunenr.as_deref()).collect();
    let nummer = numre.first().filter(|_| numre.len() == 1).and_then(|nr| nr.parse::<Kommunenummer>().ok());
    match nummer.and_then(kodeverk::kommune) {
        Some(kommune) => s.t("kommune-navn").s("navn", kommune.navn).to_string(),
        None => tenant.to_string(),
    }
}

/// A county's name.
pub(crate) fn fylkesnavn(s: Sprak, nummer: Fylkesnummer) -> String {
    let navn = kodeverk::fylke(nummer).map_or_else(|| nummer.to_string(), |fylke| fylke.navn.to_owned());
    s.t("bruker-fylkesnavn").s("navn", navn).to_string()
}
