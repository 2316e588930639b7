//! From a checked configuration to a plan that the runtime can start: wiring and nothing else.

mod sider;

pub use sider::Sidevalg;

use crate::innlevert::{Bok, Pakker};
use crate::oppsett::{Oppsett, Rolle};
use adapter_epost::Brukerregister;
use adapter_operator::{Operator, Tjeneste};
use adapter_vigo::{Dialekt, Identitetsregler};
use anyhow::{Context, Result};
use bus::NatsConfig;
use flow::{Clock, Lesevalg, Source, TokenSource};
use hendelse::{Kildenavn, Tenant, Tenantnokkel};
use identitet::Politikk;
use kodeverk::Kommunenummer;
use liste::{Mottakerregler, Regelsett};
use runtime::{
    Grunnlag, Kart, Kilde, Lister, Mottaker, Mottakervalg, Omgivelse, Plan, Program, Register, Sammenheng, Varsling,
};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How long to wait for an answer from NATS.
const NATS_TIMEOUT: Duration = Duration::from_secs(10);

/// How NATS is reached.
pub fn nats(oppsett: &Oppsett) -> NatsConfig {
    let nats = &oppsett.hoved.nats;
    NatsConfig {
        url: nats.url.clone(),
        credentials: nats.credentials.clone(),
        root_certificates: nats.root_certificates.clone(),
        timeout: NATS_TIMEOUT,
    }
}

/// The name under which a receiver's code base stands among the sources that everyone shares.
fn kodeverksnavn(mottaker: &str) -> Result<Kildenavn> {
    Ok(format!("kodeverk-{mottaker}").parse()?)
}

/// The token source of each receiver and register, by its file.
pub fn tokens(oppsett: &Oppsett, clock: &Arc<dyn Clock>) -> Result<BTreeMap<String, Arc<dyn TokenSource>>> {
    let mut klienter = BTreeMap::new();
    for (navn, config) in &oppsett.maskinporten {
        let klient = config.clone().build(clock.clone()).with_context(|| format!("maskinporten-{navn}.toml"))?;
        klienter.insert(navn, klient.for_request(config.request()));
    }
    let mut ut = BTreeMap::new();
    let mottakere = oppsett.mottakere.iter().map(|(fil, m)| (fil, &m.maskinporten));
    let registre = oppsett.registre.iter().map(|(fil, r)| (fil, &r.maskinporten));
    for (fil, navn) in mottakere.chain(registre) {
        let klient = klienter.get(navn).context("the check has seen to it that the client exists")?;
        ut.insert(fil.clone(), klient.clone());
    }
    Ok(ut)
}

/// Everything this process is to do.
pub fn plan(oppsett: &Oppsett, clock: &Arc<dyn Clock>) -> Result<Plan> {
    let felles = Tenant::felles();
    let mut plan = Plan {
        runder: oppsett.runder.clone(),
        godkjenn: oppsett.gjor(Rolle::Godkjenning),
        bare_mennesker: oppsett.tastede_skoler().map(|skole| skole.organisasjonsnummer.clone()).collect(),
        rundt: rundt(oppsett),
        varsling: oppsett.gjor(Rolle::Varsel).then(|| varsling(oppsett)).transpose()?,
        ..Plan::default()
    };
    let mut krever: BTreeMap<Tenant, Vec<(Tenant, Kildenavn)>> = BTreeMap::new();
    for (fil, config) in &oppsett.kilder {
        let tenant: Tenant = config.tenant.parse()?;
        let navn: Kildenavn = config.navn.parse()?;
        krever.entry(tenant.clone()).or_default().push((tenant.clone(), navn.clone()));
        if oppsett.gjor(Rolle::Kilde) {
            let nokkel = oppsett.nokler[&tenant].clone();
            let valg = config.lesevalg();
            let source: Arc<dyn Source> = Arc::new(config.clone().build(clock.clone()).with_context(|| fil.clone())?);
            plan.kilder.push(Kilde { tenant, nokkel, navn, source, valg });
        }
    }
    let mut kodeverk = vec![];
    for (fil, config) in &oppsett.mottakere {
        let navn = kodeverksnavn(&config.navn)?;
        kodeverk.push((felles.clone(), navn.clone()));
        if oppsett.gjor(Rolle::Kilde) {
            let source: Arc<dyn Source> = Arc::new(config.build_source().with_context(|| fil.clone())?);
            let nokkel = felles_nokkel();
            plan.kilder.push(Kilde {
                tenant: felles.clone(),
                nokkel,
                navn,
                source,
                valg: Lesevalg::hver(config.kodeverk_intervall()),
            });
        }
    }
    if oppsett.gjor(Rolle::Kilde) && !oppsett.registre.is_empty() {
        let tokens = tokens(oppsett, clock)?;
        for (fil, config) in &oppsett.registre {
            let tenant: Tenant = config.tenant.parse()?;
            let (pause, ferskhet) = (config.poll(), config.ferskhet_alarm());
            let register = config.clone().build(tokens[fil].clone()).with_context(|| fil.clone())?;
            let nokkel = oppsett.nokler[&tenant].clone();
            let navn = config.navn.parse()?;
            plan.registre.push(Register { tenant, nokkel, navn, register: Arc::new(register), pause, ferskhet });
        }
    }
    for (tenant, nokkel) in &oppsett.nokler {
        let mut krever = krever.remove(tenant).unwrap_or_default();
        krever.extend(kodeverk.iter().cloned());
        if oppsett.gjor(Rolle::Fint) {
            let svar = oppsett.hoved.skole.iter().filter_map(|s| Some((s.organisasjonsnummer, s.skolenr?)));
            let (tenant, nokkel) = (tenant.clone(), nokkel.clone());
            plan.kart.push(Kart { tenant, nokkel, krever, skolesvar: svar.collect() });
        }
        if oppsett.gjor(Rolle::Liste) {
            let kommune: Option<Kommunenummer> = oppsett.kommunenummer(tenant).and_then(|nummer| nummer.parse().ok());
            let ventet = oppsett.hoved.skole.iter().filter_map(|s| Some((s.organisasjonsnummer, s.ventet_antall?)));
            let regelsett = Regelsett::ny(politikk(oppsett, kommune))
                .hos(mottakerregler(oppsett, kommune))
                .med_fylker(oppsett.mottakere.iter().flat_map(|(_, m)| m.fylker.iter().copied()))
                .med_ventet(ventet.collect());
            let regelsett = kommune.map_or(regelsett.clone(), |k| regelsett.i_kommune(k));
            let har_register = oppsett.registre.iter().any(|(_, r)| r.tenant == tenant.as_str());
            let regelsett = if har_register { regelsett.med_register() } else { regelsett };
            plan.lister.push(Lister { tenant: tenant.clone(), nokkel: nokkel.clone(), regelsett });
        }
    }
    if oppsett.gjor(Rolle::Levering) {
        let tokens = tokens(oppsett, clock)?;
        for (fil, config) in &oppsett.mottakere {
            let sink = Arc::new(config.build_sink(tokens[fil].clone()).with_context(|| fil.clone())?);
            let samtidige = config.samtidige_leveringer.try_into().unwrap_or(Mottaker::SAMTIDIGE);
            plan.mottakere.push(Mottaker { samtidige, ..Mottaker::ny(sink, config.fylker.clone()) });
        }
    }
    Ok(plan)
}

/// What a reconciliation reads by: every role's part, whichever of them this process does.
pub fn grunnlag(oppsett: &Oppsett, clock: &Arc<dyn Clock>) -> Result<Grunnlag> {
    let mut alt = oppsett.clone();
    alt.hoved.roller = None;
    let plan = plan(&alt, clock)?;
    let mottakere = plan.mottakere.iter().flat_map(|m| m.fylker.iter().map(|fylke| (*fylke, m.sink.clone())));
    Ok(Grunnlag { mottakere: mottakere.collect(), rundt: plan.rundt, kart: plan.kart, lister: plan.lister })
}

/// The code bases that are read.
fn kodeverk(oppsett: &Oppsett) -> Result<Vec<Kildenavn>> {
    oppsett.mottakere.iter().map(|(_, m)| kodeverksnavn(&m.navn)).collect()
}

/// What is known of schools that a round names and that have no list.
fn varsling(oppsett: &Oppsett) -> Result<Varsling> {
    let mut kommuner: BTreeMap<Kommunenummer, Vec<&Tenant>> = BTreeMap::new();
    for tenant in oppsett.nokler.keys() {
        if let Some(kommune) = oppsett.kommunenummer(tenant).and_then(|nummer| nummer.parse().ok()) {
            kommuner.entry(kommune).or_default().push(tenant);
        }
    }
    // Where several owners of schools share a municipality, nobody knows which of them a school belongs to.
    let alene = kommuner.into_iter().filter(|(_, tenanter)| tenanter.len() == 1);
    let kodeverk = kodeverk(oppsett)?;
    Ok(Varsling { kommuner: alene.map(|(kommune, tenanter)| (kommune, tenanter[0].clone())).collect(), kodeverk })
}

/// Secrets and receivers.
pub fn rundt(oppsett: &Oppsett) -> Sammenheng {
    let valg = |m: &adapter_vigo::Config| Mottakervalg {
        egenskaper: m.egenskaper(),
        politikk: m.identitetsregler.politikk(),
        regler: dialektens(m.dialekt),
    };
    let mottakere = oppsett.mottakere.iter().flat_map(|(_, m)| m.fylker.iter().map(move |f| (*f, valg(m))));
    Sammenheng {
        nokler: Arc::new(oppsett.nokler.clone().into_iter().collect()),
        mottakere: Arc::new(mottakere.collect()),
        signerer: oppsett.signerer.clone(),
    }
}

/// The API for people, where it is to be open, and the pages, where people sign in.
pub fn operator(oppsett: &Oppsett, om: &Omgivelse, program: &Program, valg: &Sidevalg) -> Result<Option<Operator>> {
    let Some(config) = &oppsett.operator else { return Ok(None) };
    let sider = sider::sider(oppsett, om, program, valg)?;
    let vekk = program.vekking();
    let mut kilder = BTreeMap::new();
    for (_, kilde) in &oppsett.kilder {
        kilder.insert((kilde.tenant.parse()?, kilde.navn.parse()?), Tjeneste::Lest);
    }
    for (_, register) in &oppsett.registre {
        kilder.insert((register.tenant.parse()?, register.navn.parse()?), Tjeneste::Lest);
    }
    for (_, pakker) in &oppsett.pakker {
        let tjeneste = Tjeneste::Pakker { leser: Arc::new(Pakker(pakker.clone())), valg: pakker.lesevalg() };
        kilder.insert((pakker.tenant.parse()?, pakker.navn.parse()?), tjeneste);
    }
    for skole in oppsett.tastede_skoler() {
        let bok = Bok::av(skole);
        kilder.insert((skole.tenant.parse()?, skole.navn.parse()?), Tjeneste::Tastet(Arc::new(bok)));
    }
    Ok(Some(Operator {
        om: om.clone(),
        brukere: oppsett.brukere.clone(),
        klienter: oppsett.klienter.clone(),
        webhooks: oppsett.webhooks.clone(),
        stopp: CancellationToken::new(),
        nokler: oppsett.nokler.clone(),
        kilder,
        vekk: Arc::new(move |tenant, navn| vekk.vekk(tenant, navn)),
        maks_opplasting: usize::try_from(config.maks_opplasting_bytes.get())?,
        sider,
    }))
}

/// The sending of e-mail, where this process does it: to the users of every owner of data and of every county that has a
/// receiver, and to those whom the configuration names.
pub fn epost(
    oppsett: &Oppsett,
    om: &Omgivelse,
    stopp: CancellationToken,
) -> Option<impl Future<Output = ()> + Send + 'static> {
    let epost = oppsett.epost.clone().filter(|_| oppsett.gjor(Rolle::Epost))?;
    let bok = sider::brukerbok(oppsett, om);
    let register = Brukerregister::ny(bok, sider::eiere(oppsett).into_iter().collect());
    let kilder = sider::alle_kilder(oppsett).expect("names are checked when the configuration is read");
    Some(epost.kjor(om.clone(), Arc::new(register), kilder, stopp))
}

/// Which identity numbers a tenant's lists may hold: what the receiver of its county takes. Where several receivers could
/// be meant, synthetic numbers are taken only if all of them take them.
fn politikk(oppsett: &Oppsett, kommune: Option<Kommunenummer>) -> Politikk {
    let fylkets = |m: &adapter_vigo::Config| kommune.is_none_or(|k| m.fylker.contains(&k.fylke()));
    let mut regler = oppsett.mottakere.iter().filter(|(_, m)| fylkets(m)).map(|(_, m)| m.identitetsregler).peekable();
    let syntetisk = regler.peek().is_some() && regler.all(|r| r == Identitetsregler::VigoskoleSyntetisk);
    if syntetisk { Politikk::VigoskoleSyntetisk } else { Politikk::Vigoskole }
}

/// What else the receiver of a tenant's county is particular about; of several the strictest, and VIGO's own documentation
/// where there is none.
fn mottakerregler(oppsett: &Oppsett, kommune: Option<Kommunenummer>) -> Mottakerregler {
    let fylkets = |m: &&adapter_vigo::Config| kommune.is_none_or(|k| m.fylker.contains(&k.fylke()));
    let dialekter: Vec<_> = oppsett.mottakere.iter().map(|(_, m)| m).filter(fylkets).map(|m| m.dialekt).collect();
    let strengest = dialekter.iter().find(|dialekt| **dialekt == Dialekt::Vigoskole).or(dialekter.first());
    strengest.map_or(Mottakerregler::VIGO, |dialekt| dialektens(*dialekt))
}

const fn dialektens(dialekt: Dialekt) -> Mottakerregler {
    match dialekt {
        Dialekt::Vigoskole => Mottakerregler::VIGOSKOLE,
        Dialekt::ElevlisteV1 => Mottakerregler::ELEVLISTE_V1,
    }
}

/// What everyone shares is public, so its key protects nothing: school numbers are hashed only to make subjects alike.
pub fn felles_nokkel() -> Tenantnokkel {
    Tenantnokkel::felles()
}
