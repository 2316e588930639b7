//! The house that is visited: a real nats-server with a country's lists, a provider with people, and the pages.

use super::client::Visitor;
use crate::people;
use crate::scene::TENANT;
use adapter_operator::{Brukere, Config, Innlogging, Klienter, Operator, Sider, Siderinnlogging, Skolebok, Webhooks};
use anyhow::{Context, Result};
use bus::local::LocalServer;
use bus::{Bus, Nats, NatsConfig};
use elevliste::{Avvik, Elevliste, Godkjenning, Innsamling, Niva};
use flow::SystemClock;
use hendelse::{Tenant, Tenantnokkel};
use identitet::Politikk;
use jiff::ToSpan as _;
use kodeverk::Fylkesnummer;
use reqwest::Url;
use runtime::brukere::{Brukerbok, Eier};
use runtime::drift::Drift;
use runtime::utsikt::{Utsikt, Utsiktsvalg};
use runtime::{Maalere, Mottakervalg, Omgivelse, Sammenheng};
use simulators::Klokke;
use simulators::oidc::{Klient, Oidc, OidcConfig, Person};
use std::collections::BTreeMap;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Instant;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// The pages of a school, after the list's address. `{pupil}` is one of its pupils.
pub const SCHOOL_PAGES: [(&str, &str); 6] = [
    ("school: front page", ""),
    ("school: whole list", "/elever"),
    ("school: changes", "/endringer"),
    ("school: summary to approve", "/godkjenn"),
    ("school: receipt and history", "/kvittering"),
    ("school: one pupil", "/elev/{pupil}"),
];

/// The pages of the others. `{list}` is a list of the county's, `{round}` its round.
pub const OTHERS: &[(&str, &[&str])] = &[
    ("kommune", &["/kommune", "/kommune/skole/{list}", "/kommune/kilder", "/brukere", "/innsyn"]),
    (
        "fylke",
        &[
            "/fylke",
            "/fylke/liste/{list}",
            "/fylke/runder",
            "/fylke/runder/{round}",
            "/fylke/ettermeldinger",
            "/fylke/kvitteringer",
            "/fylke/fiktive",
        ],
    ),
    ("integrator", &["/drift", "/drift/karantene", "/drift/pauser", "/drift/topologi"]),
    ("revisor", &["/innsyn"]),
];

/// Whose people come.
const COUNTY: &str = "46";

/// Everything that runs.
pub struct House {
    base: Url,
    /// The lists' keys, in the order of the schools.
    pub keys: Vec<String>,
    /// A pupil of each.
    pub pupils: Vec<String>,
    /// Seconds that went before the lists began to be read.
    pub filled_s: f64,
    stopp: CancellationToken,
    server: JoinHandle<()>,
    oidc: Oidc,
    bus: Arc<dyn Bus>,
    _nats: LocalServer,
    _folder: tempfile::TempDir,
}

impl House {
    /// Fills a store with so many lists, and opens the pages for as many schools' people as asked for, and the others.
    pub async fn start(lists: usize, per_list: usize, people_count: usize) -> Result<Self> {
        let start = Instant::now();
        let folder = tempfile::Builder::new().prefix("mellomlag-bench-").tempdir()?;
        let store = folder.path().join("nats");
        std::fs::create_dir(&store)?;
        let nats = LocalServer::start(&LocalServer::find().await?, &store).await?;
        let bus: Arc<dyn Bus> = Arc::new(Nats::connect(&NatsConfig::local(&nats.url())).await?);
        runtime::klargjor(&*bus, 1).await?;
        let om = Omgivelse { bus: bus.clone(), clock: Arc::new(SystemClock), maalere: Maalere::default() };
        let schools = people::schools(lists);
        let year = people::year(om.clock.now())?;
        let mut numbers = people::numbers(year);
        let all: Vec<Elevliste> = schools
            .iter()
            .enumerate()
            .map(|(i, school)| flawed(i, people::list(school, year, TENANT, per_list, &mut numbers)))
            .collect();
        people::publish(&om, &all).await?;
        let counties = people::COUNTIES.iter().map(|c| c.parse()).collect::<Result<Vec<Fylkesnummer>, _>>()?;
        let window = (om.clock.now().checked_sub(72.hours())?, om.clock.now().checked_add(72.hours())?);
        let rounds: Vec<_> = counties.iter().map(|c| Innsamling::ny(*c, year, window, Godkjenning::Skole)).collect();
        runtime::overfor_runder(&om, &rounds).await?;

        let (tenant, key): (Tenant, _) = (TENANT.parse()?, Tenantnokkel::fra_hex(&"5a".repeat(32))?);
        let receiver = Mottakervalg { politikk: Politikk::VigoskoleSyntetisk, ..Mottakervalg::default() };
        let around = Sammenheng {
            nokler: Arc::new([(tenant.clone(), key.clone())].into_iter().collect()),
            mottakere: Arc::new(counties.iter().map(|c| (*c, receiver)).collect()),
            ..Sammenheng::default()
        };
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let base = Url::parse(&format!("http://127.0.0.1:{port}"))?;
        let persons =
            schools.iter().take(people_count).enumerate().map(|(i, s)| {
                person(&format!("skole-{i}"), serde_json::json!({"orgnr": s.orgnr, "roller": ["skole"]}))
            });
        let others = OTHERS.iter().map(|(who, _)| person(who, serde_json::json!({"roller": [who]})));
        let client = Klient {
            id: "mellomlag".into(),
            hemmelighet: Some("hemmelig-for-maaling".into()),
            retur_urler: vec![format!("http://127.0.0.1:{port}/logg-inn/svar")],
            ..Klient::default()
        };
        let config = OidcConfig {
            port: 0,
            navn: None,
            klienter: vec![client],
            personer: persons.chain(others).collect(),
            klokke: Klokke::default(),
        };
        let oidc = Oidc::start(config).await?;
        std::fs::write(folder.path().join("hemmelig"), "hemmelig-for-maaling")?;
        let config = Config::parse(&toml(port, oidc.utsteder()))?;
        let login = config.innlogging().context("the configuration has sign-in")?;
        let owners = [Eier::Tenant(tenant.clone()), Eier::Fylke(counties[0])];
        let users = Brukerbok::ny(om.clone(), owners, vec![]);
        let look = Arc::new(Siderinnlogging { demo: true });
        let login = Innlogging::ny(&login, folder.path(), om.clone(), users.clone(), look)
            .map_err(|problems| anyhow::anyhow!("{problems:?}"))?;
        let stopp = CancellationToken::new();
        let filled_s = start.elapsed().as_secs_f64();
        let utsikt = Utsikt::start(om.clone(), around, Utsiktsvalg::default(), stopp.clone());
        utsikt.til_klar().await;
        let sider = Sider {
            utsikt,
            drift: Drift::ny(om.clone()),
            brukere: users,
            innlogging: login,
            tilbydere: vec![],
            skolesystemer: BTreeMap::new(),
            tastet: BTreeMap::new(),
            egnestier: BTreeMap::new(),
            brevskriver: None,
            skolebok: Skolebok::default(),
            demo: true,
        };
        let operator = Operator {
            om,
            brukere: Brukere::default(),
            klienter: Klienter::default(),
            webhooks: Webhooks::default(),
            stopp: stopp.clone(),
            nokler: [(tenant, key)].into_iter().collect(),
            kilder: BTreeMap::new(),
            vekk: Arc::new(|_, _| false),
            maks_opplasting: 1 << 20,
            sider: Some(sider),
        };
        let (_, server) = operator.server(([127, 0, 0, 1], port).into(), stopp.clone()).await?;
        Ok(Self {
            keys: all.iter().map(|list| list.nokkel.to_string()).collect(),
            pupils: all.iter().filter_map(|list| Some(list.linjer.last()?.elev.to_string())).collect(),
            base,
            filled_s,
            stopp,
            server: tokio::spawn(server),
            oidc,
            bus,
            _nats: nats,
            _folder: folder,
        })
    }

    /// Somebody who is signed in.
    pub async fn sign_in(&self, who: &str) -> Result<Visitor> {
        Visitor::sign_in(&self.base, "maaling", who).await
    }

    /// The address that is meant: `path` with a list of the county's and its round.
    pub fn address(&self, path: &str) -> Result<String> {
        let list = self.keys.iter().find(|key| key.starts_with(COUNTY)).context("the county has a list")?;
        let [county, _, year, transfer] = list.split('.').collect::<Vec<_>>()[..] else {
            anyhow::bail!("{list} is no list's key")
        };
        Ok(path.replace("{list}", list).replace("{round}", &format!("{county}.{year}.{transfer}")))
    }

    /// Stops everything.
    pub async fn stop(self) -> Result<()> {
        self.stopp.cancel();
        self.server.await?;
        self.bus.close().await;
        self.oidc.stop().await;
        Ok(())
    }
}

/// Every third list has three pupils without a number, and every school one pupil to look at.
fn flawed(i: usize, mut list: Elevliste) -> Elevliste {
    let wrong = |rule: &str, level| Avvik {
        regel: rule.into(),
        niva: level,
        eier: elevliste::Eier::Skole,
        felt: Some("identitetsnummer".into()),
        detalj: None,
    };
    for line in list.linjer.iter_mut().take(if i.is_multiple_of(3) { 3 } else { 0 }) {
        line.identitetsnummer = None;
        line.avvik.push(wrong("EL-001", Niva::Feil));
    }
    list
}

fn person(sub: &str, claims: serde_json::Value) -> Person {
    Person {
        sub: sub.to_owned(),
        navn: format!("Målt {sub}"),
        beskrivelse: String::new(),
        epost: None,
        acr: "hoy".into(),
        amr: vec![],
        krav: claims.as_object().cloned().unwrap_or_default(),
    }
}

fn toml(port: u16, issuer: &str) -> String {
    let rule = |role: &str, scope: &str| format!("[[innlogging.tilgang]]\nhar = {role:?}\nrolle = {role:?}\n{scope}\n");
    let tenant = format!("tenanter = [{TENANT:?}]");
    let counties = format!("fylker = [{COUNTY:?}]");
    format!(
        "listen = \"127.0.0.1:{port}\"\noffentlig_url = \"http://127.0.0.1:{port}\"\nbruker = []\n\
         [[innlogging]]\nnavn = \"maaling\"\nvisningsnavn = \"Måling\"\nprofil = \"annet\"\nutsteder = {issuer:?}\n\
         klient_id = \"mellomlag\"\nhemmelighetfil = \"hemmelig\"\norgnr_krav = [\"/orgnr\"]\nrolle_krav = [\"/roller/*\"]\n{}{}{}{}{}",
        rule("skole", &tenant),
        rule("kommune", &tenant),
        rule("fylke", &counties),
        rule("integrator", &tenant),
        rule("revisor", &tenant),
    )
}
