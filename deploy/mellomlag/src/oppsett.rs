//! The configuration folder: one file per part, read, and checked as a whole before anything is opened.
//!
//! `mellomlag.toml` holds what is ours; `kilde-*.toml` a source each, `csv-*.toml` a source of handed-in packages each,
//! `folkeregister-*.toml` access to Folkeregisteret for a tenant, `mottaker-*.toml` a receiver each, and
//! `maskinporten-*.toml` a Maskinporten client each, named by what stands after the dash. `operator.toml` opens the API.

mod kontroll;
mod leser;
mod signering;

use adapter_operator::{Brukere, Klienter, Tastetskole, Webhooks};
use elevliste::{Godkjenning, Innsamling, Kontakt};
use hendelse::{Kildenavn, Tenant, Tenantnokkel};
use identitet::Organisasjonsnummer;
use jiff::civil::DateTime;
use kodeverk::{Fylkesnummer, Skolear, Skolenummer};
use leser::Leser;
use liste::kvittering::Signerer;
use runtime::Telemetri;
use serde::Deserialize;
pub use signering::Signering;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Something wrong in a configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feil {
    /// The file's name.
    pub fil: String,
    /// The field; empty when the file as a whole is wrong.
    pub felt: String,
    /// What is wrong, and the way out.
    pub hva: String,
}

impl fmt::Display for Feil {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.felt.as_str() {
            "" => write!(f, "{}: {}", self.fil, self.hva),
            felt => write!(f, "{}: {felt}: {}", self.fil, self.hva),
        }
    }
}

/// How NATS is reached.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nats {
    /// `nats://host:port`.
    pub url: String,
    /// A NATS credentials file.
    pub credentials: Option<PathBuf>,
    /// Authority of the server's certificate, PEM.
    pub root_certificates: Option<PathBuf>,
    /// Copies of each stream: 1, or 3 on a cluster.
    #[serde(default = "en")]
    pub replicas: usize,
}

const fn en() -> usize {
    1
}

/// The health and metrics server.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Http {
    /// Where it listens; port 0 takes a free one.
    pub listen: SocketAddr,
}

/// The old file, for an emergency.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nodeksport {
    /// Whether lists may be written to files.
    pub tillatt: bool,
}

/// One owner of data.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tenantoppsett {
    /// Its name.
    pub navn: String,
    /// File with its secret: 64 hexadecimal digits or more. Never change it: every id is made with it.
    pub nokkelfil: PathBuf,
    /// Where things are corrected in the owner's school system, by what they are about: `nummer = "Vigilo → Elev → …"`.
    #[serde(default)]
    pub rettested: BTreeMap<String, String>,
}

/// One round, as a person writes it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Runde {
    /// The county, two digits.
    pub fylke: Fylkesnummer,
    /// The school year, `2026-2027`.
    pub skolear: Skolear,
    /// First moment, Norwegian time.
    pub apner: DateTime,
    /// First moment after it, Norwegian time.
    pub stenger: DateTime,
    /// `skole`, `kommune` or `automatisk`.
    pub godkjenning: Godkjenning,
    /// Hours that a list must have been still before the policy `automatisk` approves it.
    #[serde(default)]
    pub stille_timer: u32,
    /// What the county asks of the schools.
    pub instruks: Option<String>,
    /// Whom to ask: the intake office.
    pub kontakt: Option<Kontakt>,
    /// VIGO's numbers of the schools that are in; all of the county's when it is left out.
    #[serde(default)]
    pub skoler: Vec<String>,
    /// Days before the closing day on which those who have not delivered are reminded.
    #[serde(default = "paminnelser")]
    pub paminnelser: Vec<u32>,
}

fn paminnelser() -> Vec<u32> {
    Innsamling::PAMINNELSER.into()
}

/// What a person knows of a school and no source tells.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Skoleoppsett {
    /// The school.
    pub organisasjonsnummer: Organisasjonsnummer,
    /// Its VIGO number, where VIGO's code base has several grunnskoler with the organisation number.
    pub skolenr: Option<Skolenummer>,
    /// How many tenth-graders the school itself says that it has.
    pub ventet_antall: Option<u32>,
}

/// What a process does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rolle {
    /// Reads sources.
    Kilde,
    /// Maps to FINT.
    Fint,
    /// Keeps lists.
    Liste,
    /// Approves where the round says so.
    Godkjenning,
    /// Delivers.
    Levering,
    /// Tells where lists stand, reminds, and calls webhooks.
    Varsel,
    /// Sends e-mail, where `[epost]` says how.
    Epost,
}

/// `mellomlag.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hovedfil {
    /// NATS.
    pub nats: Nats,
    /// Health and metrics; without it there are none.
    pub http: Option<Http>,
    /// Logs and traces.
    #[serde(default)]
    pub telemetri: Telemetri,
    /// What this process does; everything when it is left out.
    pub roller: Option<BTreeSet<Rolle>>,
    /// Who signs receipts; without it none are issued.
    pub signering: Option<Signering>,
    /// Whether lists may be written to files; not, when it is left out.
    #[serde(default)]
    pub nodeksport: Nodeksport,
    /// E-mail; without it none is sent.
    pub epost: Option<adapter_epost::Config>,
    /// The owners of data.
    #[serde(default)]
    pub tenant: Vec<Tenantoppsett>,
    /// The rounds.
    #[serde(default)]
    pub innsamling: Vec<Runde>,
    /// What people know of schools.
    #[serde(default)]
    pub skole: Vec<Skoleoppsett>,
}

/// The whole folder, checked.
#[derive(Debug, Clone)]
pub struct Oppsett {
    /// The folder: what files are named by.
    pub mappe: PathBuf,
    /// `mellomlag.toml`.
    pub hoved: Hovedfil,
    /// The tenants' secrets.
    pub nokler: BTreeMap<Tenant, Tenantnokkel>,
    /// The sources, with the name of their file.
    pub kilder: Vec<(String, adapter_oneroster::Config)>,
    /// The sources of handed-in packages, with the name of their file.
    pub pakker: Vec<(String, adapter_csv::Config)>,
    /// Folkeregisteret, with the name of its file: at most one for a tenant.
    pub registre: Vec<(String, adapter_folkeregister::Config)>,
    /// The API, where it is to be open.
    pub operator: Option<adapter_operator::Config>,
    /// Who may use the API.
    pub brukere: Brukere,
    /// Which systems may use the API.
    pub klienter: Klienter,
    /// Where events are sent.
    pub webhooks: Webhooks,
    /// How e-mail is sent, where it is.
    pub epost: Option<adapter_epost::Epost>,
    /// The receivers.
    pub mottakere: Vec<(String, adapter_vigo::Config)>,
    /// The Maskinporten clients, by name.
    pub maskinporten: BTreeMap<String, adapter_maskinporten::Config>,
    /// The rounds.
    pub runder: Vec<Innsamling>,
    /// Who signs receipts.
    pub signerer: Option<Arc<Signerer>>,
}

impl Oppsett {
    /// Whether this process does `rolle`.
    pub fn gjor(&self, rolle: Rolle) -> bool {
        self.hoved.roller.as_ref().is_none_or(|r| r.contains(&rolle))
    }

    /// The municipality of a tenant, where one of its sources names it.
    pub fn kommunenummer(&self, tenant: &Tenant) -> Option<&str> {
        let lest = self.kilder.iter().map(|(_, k)| (&k.tenant, &k.kommunenummer));
        let levert = self.pakker.iter().map(|(_, k)| (&k.tenant, &k.kommunenummer));
        lest.chain(levert).find(|(t, _)| *t == tenant.as_str()).map(|(_, nummer)| nummer.as_str())
    }

    /// Every source that people may ask about, by tenant and name.
    pub fn kildenavn(&self) -> BTreeSet<(Tenant, Kildenavn)> {
        self.navngitte().filter_map(|(.., tenant, navn)| Some((tenant.parse().ok()?, navn.parse().ok()?))).collect()
    }

    /// The schools whose pupils are keyed in.
    pub fn tastede_skoler(&self) -> impl Iterator<Item = &Tastetskole> {
        self.operator.iter().flat_map(|operator| &operator.tastet)
    }

    /// Every source: its file, the place of its fields in the file, its tenant and its name.
    fn navngitte(&self) -> impl Iterator<Item = (&str, String, &str, &str)> {
        let lest = self.kilder.iter().map(|(fil, k)| (fil.as_str(), String::new(), k.tenant.as_str(), k.navn.as_str()));
        let levert =
            self.pakker.iter().map(|(fil, k)| (fil.as_str(), String::new(), k.tenant.as_str(), k.navn.as_str()));
        let register =
            self.registre.iter().map(|(fil, k)| (fil.as_str(), String::new(), k.tenant.as_str(), k.navn.as_str()));
        let skoler = self.tastede_skoler().enumerate();
        let tastet = skoler.map(|(i, s)| (OPERATORFIL, format!("tastet[{i}]."), s.tenant.as_str(), s.navn.as_str()));
        lest.chain(levert).chain(register).chain(tastet)
    }

    /// Reads and checks a folder. Returns everything that is wrong, not the first thing.
    pub fn les(mappe: &Path) -> Result<Self, Vec<Feil>> {
        let mut leser = Leser { mappe: mappe.to_owned(), feil: vec![] };
        let hoved: Option<Hovedfil> = leser.fil("mellomlag.toml");
        let (mut nokler, mut runder, mut signerer) = (BTreeMap::new(), vec![], None);
        if let Some(hoved) = &hoved {
            nokler = leser.nokler(hoved);
            runder = leser.runder(hoved);
            signerer = leser.signerer(hoved.signering.as_ref());
        }
        let kilder: Vec<(String, adapter_oneroster::Config)> = leser.filer("kilde-");
        let registre: Vec<(String, adapter_folkeregister::Config)> = leser.filer("folkeregister-");
        let klienter: Vec<(String, adapter_maskinporten::Config)> = leser.filer("maskinporten-");
        let navn = |fil: &str| fil.trim_start_matches("maskinporten-").trim_end_matches(".toml").to_owned();
        let mut oppsett = Self {
            mappe: mappe.to_owned(),
            brukere: Brukere::default(),
            klienter: Klienter::default(),
            webhooks: Webhooks::default(),
            epost: None,
            kilder: kilder.into_iter().map(|(fil, k)| (fil, flytt_kilde(mappe, k))).collect(),
            pakker: leser.filer("csv-"),
            registre: registre.into_iter().map(|(fil, r)| (fil, flytt_register(mappe, r))).collect(),
            operator: mappe.join(OPERATORFIL).exists().then(|| leser.fil(OPERATORFIL)).flatten(),
            mottakere: leser.filer("mottaker-"),
            maskinporten: klienter.into_iter().map(|(fil, k)| (navn(&fil), flytt_klient(mappe, k))).collect(),
            nokler,
            runder,
            signerer,
            hoved: match hoved {
                Some(hoved) => hoved,
                None => return Err(leser.feil),
            },
        };
        oppsett.kontroller(&mut leser);
        oppsett.les_epost(&mut leser);
        if let Some(operator) = &oppsett.operator {
            match Brukere::les(&operator.bruker, mappe) {
                Ok(brukere) => oppsett.brukere = brukere,
                Err(problemer) => leser.ta(OPERATORFIL, problemer),
            }
            match Klienter::les(&operator.klient, operator.tokennokkelfil.as_deref(), mappe) {
                Ok(klienter) => oppsett.klienter = klienter,
                Err(problemer) => leser.ta(OPERATORFIL, problemer),
            }
            match Webhooks::les(&operator.webhook, mappe) {
                Ok(webhooks) => oppsett.webhooks = webhooks,
                Err(problemer) => leser.ta(OPERATORFIL, problemer),
            }
        }
        if leser.feil.is_empty() { Ok(oppsett) } else { Err(leser.feil) }
    }
}

/// The file that opens the API.
const OPERATORFIL: &str = "operator.toml";

/// Paths in a file are meant from the folder it lies in.
fn flytt_kilde(mappe: &Path, mut kilde: adapter_oneroster::Config) -> adapter_oneroster::Config {
    kilde.client_secret_file = kilde.client_secret_file.filter(|p| !p.as_os_str().is_empty()).map(|p| mappe.join(p));
    kilde.fil = kilde.fil.filter(|p| !p.as_os_str().is_empty()).map(|p| mappe.join(p));
    kilde
}

fn flytt_klient(mappe: &Path, mut klient: adapter_maskinporten::Config) -> adapter_maskinporten::Config {
    if !klient.key_file.as_os_str().is_empty() {
        klient.key_file = mappe.join(&klient.key_file);
    }
    klient.x5c_file = klient.x5c_file.map(|p| mappe.join(p));
    klient
}

fn flytt_register(mappe: &Path, mut register: adapter_folkeregister::Config) -> adapter_folkeregister::Config {
    register.integrasjon_passord_file = register.integrasjon_passord_file.map(|p| mappe.join(p));
    register
}
