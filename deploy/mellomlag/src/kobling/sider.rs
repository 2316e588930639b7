//! The pages: what they show, who signs in, and what each source is to people.

use crate::oppsett::Oppsett;
use adapter_epost::{Adressat, Brev, Skolelinje};
use adapter_oneroster::Profilnavn;
use adapter_operator::{
    Brevbestilling, Brevskriver, Brevslag, Brevtil, Innlogging, Sider, Siderinnlogging, Skolebok, Sprak,
};
use anyhow::{Result, bail};
use hendelse::{Kildenavn, Tenant};
use runtime::brukere::{Brukerbok, Eier};
use runtime::utsikt::{Utsikt, Utsiktsvalg};
use runtime::visning::{Egnestier, Skolesystem};
use runtime::{Omgivelse, Program};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use url::Url;

/// What the configuration does not say of the pages.
pub struct Sidevalg {
    /// Whether all people are made up.
    pub demo: bool,
    /// Stops what follows the streams for the pages.
    pub stopp: CancellationToken,
}

/// Owners of users: those of data, and the counties that have a receiver.
pub fn eiere(oppsett: &Oppsett) -> BTreeSet<Eier> {
    let fylker = oppsett.mottakere.iter().flat_map(|(_, m)| m.fylker.iter().copied()).map(Eier::Fylke);
    oppsett.nokler.keys().cloned().map(Eier::Tenant).chain(fylker).collect()
}

/// Who may sign in.
pub fn brukerbok(oppsett: &Oppsett, om: &Omgivelse) -> Brukerbok {
    let faste = oppsett.operator.as_ref().map(adapter_operator::Config::faste).unwrap_or_default();
    Brukerbok::ny(om.clone(), eiere(oppsett), faste)
}

/// What the pages need. None where nobody signs in.
pub(super) fn sider(oppsett: &Oppsett, om: &Omgivelse, program: &Program, valg: &Sidevalg) -> Result<Option<Sider>> {
    let Some(config) = &oppsett.operator else { return Ok(None) };
    let Some(innlogging) = config.innlogging() else { return Ok(None) };
    let brukere = brukerbok(oppsett, om);
    let tegner = Arc::new(Siderinnlogging { demo: valg.demo });
    let innlogging = match Innlogging::ny(&innlogging, &oppsett.mappe, om.clone(), brukere.clone(), tegner) {
        Ok(innlogging) => innlogging,
        Err(problemer) => {
            let alle: Vec<String> = problemer.iter().map(ToString::to_string).collect();
            bail!("operator.toml: {}", alle.join("; "));
        }
    };
    let skolesystemer = skolesystemer(oppsett)?;
    let utsiktsvalg = Utsiktsvalg { kilder: alle_kilder(oppsett)?, vekking: program.vekking() };
    let tastet = oppsett
        .tastede_skoler()
        .map(|skole| Ok(((skole.tenant.parse()?, skole.organisasjonsnummer.clone()), skole.navn.parse()?)));
    Ok(Some(Sider {
        utsikt: Utsikt::start(om.clone(), super::rundt(oppsett), utsiktsvalg, valg.stopp.clone()),
        drift: program.drift(),
        brukere,
        innlogging,
        tilbydere: config
            .innlogging
            .iter()
            .filter_map(|t| Some(Url::parse(&t.utsteder).ok()?.origin().ascii_serialization()))
            .collect(),
        skolesystemer,
        tastet: tastet.collect::<Result<_>>()?,
        egnestier: egnestier(oppsett)?,
        brevskriver: oppsett.hoved.epost.as_ref().map(|epost| brevskriver(epost.adresse.clone())),
        skolebok: Skolebok::ny(super::kodeverk(oppsett)?),
        demo: valg.demo,
    }))
}

/// What kind of school system each source of pupils is.
fn skolesystemer(oppsett: &Oppsett) -> Result<BTreeMap<(Tenant, Kildenavn), Skolesystem>> {
    let mut ut = BTreeMap::new();
    for (_, kilde) in &oppsett.kilder {
        let system = match kilde.profil {
            Profilnavn::Vigilo => Skolesystem::Vigilo,
            Profilnavn::VismaFlyt => Skolesystem::VismaFlyt,
            Profilnavn::FintBridge | Profilnavn::Generic => Skolesystem::OneRoster,
        };
        ut.insert((kilde.tenant.parse()?, kilde.navn.parse()?), system);
    }
    for (_, pakker) in &oppsett.pakker {
        ut.insert((pakker.tenant.parse()?, pakker.navn.parse()?), Skolesystem::Pakke);
    }
    for skole in oppsett.tastede_skoler() {
        ut.insert((skole.tenant.parse()?, skole.navn.parse()?), Skolesystem::Tastet);
    }
    Ok(ut)
}

/// Every source of a tenant's own.
pub(super) fn alle_kilder(oppsett: &Oppsett) -> Result<Vec<(Tenant, Kildenavn)>> {
    let mut ut: Vec<(Tenant, Kildenavn)> = skolesystemer(oppsett)?.into_keys().collect();
    for (_, register) in &oppsett.registre {
        ut.push((register.tenant.parse()?, register.navn.parse()?));
    }
    Ok(ut)
}

/// The menus as municipalities themselves have said.
fn egnestier(oppsett: &Oppsett) -> Result<BTreeMap<Tenant, Egnestier>> {
    let mut ut = BTreeMap::new();
    for tenant in &oppsett.hoved.tenant {
        match Egnestier::ny(&tenant.rettested) {
            Ok(stier) => drop(ut.insert(tenant.navn.parse()?, stier)),
            Err(feil) => {
                let alle: Vec<String> = feil.iter().map(ToString::to_string).collect();
                bail!("[[tenant]] {}: rettested: {}", tenant.navn, alle.join("; "));
            }
        }
    }
    Ok(ut)
}

fn brevskriver(adresse: Url) -> Brevskriver {
    Arc::new(move |bestilt: &Brevbestilling<'_>| {
        let runde = bestilt.runde;
        let til = match bestilt.til {
            Brevtil::Skole => Adressat::Skole,
            Brevtil::Kommune => Adressat::Kommune,
            Brevtil::Fylke => Adressat::Fylke,
        };
        let skoler = bestilt.skoler.iter().map(|skole| Skolelinje {
            skole: skole.navn.clone(),
            status: skole.status,
            kilde: skole.elever,
            avvik: skole.ma_rettes,
        });
        let skoler: Vec<Skolelinje> = skoler.collect();
        let sprak = match bestilt.sprak {
            Sprak::Bokmal => adapter_epost::Sprak::Nb,
            Sprak::Nynorsk => adapter_epost::Sprak::Nn,
            Sprak::Engelsk => adapter_epost::Sprak::En,
        };
        let Brev { emne, tekst, .. } = match bestilt.slag {
            Brevslag::Instruks => adapter_epost::brev(runde, til, sprak, &adresse),
            Brevslag::Paminnelse(dager) => adapter_epost::paminnelse(runde, til, &skoler, dager, sprak, &adresse),
            Brevslag::IkkeLevert => adapter_epost::ikke_levert(runde, til, &skoler, sprak, &adresse),
        };
        (emne, tekst)
    })
}
