//! The configuration folder: one file per part, read, and checked as a whole before anything is opened.
//!
//! `mellomlag.toml` holds what is ours; `kilde-*.toml` a source each, `mottaker-*.toml` a receiver each, and
//! `maskinporten-*.toml` a Maskinporten client each, named by what stands after the dash.

use elevliste::{Godkjenning, Innsamling, Overforing};
use hendelse::{Tenant, Tenantnokkel};
use jiff::{civil::DateTime, tz::TimeZone};
use kodeverk::{Fylkesnummer, Skolear};
use runtime::Telemetri;
use serde::{Deserialize, de::DeserializeOwned};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

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

/// One owner of data.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tenantoppsett {
    /// Its name.
    pub navn: String,
    /// File with its secret: 64 hexadecimal digits or more. Never change it: every id is made with it.
    pub nokkelfil: PathBuf,
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
    /// The owners of data.
    #[serde(default)]
    pub tenant: Vec<Tenantoppsett>,
    /// The rounds.
    #[serde(default)]
    pub innsamling: Vec<Runde>,
}

/// The whole folder, checked.
#[derive(Debug, Clone)]
pub struct Oppsett {
    /// `mellomlag.toml`.
    pub hoved: Hovedfil,
    /// The tenants' secrets.
    pub nokler: BTreeMap<Tenant, Tenantnokkel>,
    /// The sources, with the name of their file.
    pub kilder: Vec<(String, adapter_oneroster::Config)>,
    /// The receivers.
    pub mottakere: Vec<(String, adapter_vigo::Config)>,
    /// The Maskinporten clients, by name.
    pub maskinporten: BTreeMap<String, adapter_maskinporten::Config>,
    /// The rounds.
    pub runder: Vec<Innsamling>,
}

impl Oppsett {
    /// Whether this process does `rolle`.
    pub fn gjor(&self, rolle: Rolle) -> bool {
        self.hoved.roller.as_ref().is_none_or(|r| r.contains(&rolle))
    }

    /// Reads and checks a folder. Returns everything that is wrong, not the first thing.
    pub fn les(mappe: &Path) -> Result<Self, Vec<Feil>> {
        let mut leser = Leser { mappe: mappe.to_owned(), feil: vec![] };
        let hoved: Option<Hovedfil> = leser.fil("mellomlag.toml");
        let kilder: Vec<(String, adapter_oneroster::Config)> = leser.filer("kilde-");
        let mottakere: Vec<(String, adapter_vigo::Config)> = leser.filer("mottaker-");
        let klienter: Vec<(String, adapter_maskinporten::Config)> = leser.filer("maskinporten-");
        let (mut nokler, mut runder) = (BTreeMap::new(), vec![]);
        if let Some(hoved) = &hoved {
            nokler = leser.nokler(hoved);
            runder = leser.runder(hoved);
        }
        let kilder: Vec<_> = kilder.into_iter().map(|(fil, k)| (fil, flytt_kilde(mappe, k))).collect();
        let klienter: Vec<_> = klienter.into_iter().map(|(fil, k)| (fil, flytt_klient(mappe, k))).collect();
        for (fil, kilde) in &kilder {
            leser.ta(fil, kilde.check().into_iter().map(|p| (p.field, p.message)));
            if hoved.is_some() && !nokler.keys().any(|t| t.as_str() == kilde.tenant) {
                leser.si(fil, "tenant", "no [[tenant]] in mellomlag.toml has this name; add it, or correct the name");
            }
        }
        let navn = |fil: &str| fil.trim_start_matches("maskinporten-").trim_end_matches(".toml").to_owned();
        let maskinporten: BTreeMap<_, _> = klienter.iter().map(|(fil, k)| (navn(fil), k.clone())).collect();
        for (fil, klient) in &klienter {
            leser.ta(fil, klient.check().into_iter().map(|p| (p.field, p.message)));
        }
        for (fil, mottaker) in &mottakere {
            leser.ta(fil, mottaker.check().into_iter().map(|p| (p.field, p.message)));
            if !maskinporten.contains_key(&mottaker.maskinporten) {
                let hva = format!(
                    "there is no file maskinporten-{}.toml; write it, or correct the name",
                    mottaker.maskinporten
                );
                leser.si(fil, "maskinporten", hva);
            }
        }
        leser.unike("kilde", kilder.iter().map(|(fil, k)| (fil, format!("{}.{}", k.tenant, k.navn))));
        leser.unike("navn", mottakere.iter().map(|(fil, m)| (fil, m.navn.clone())));
        match hoved {
            Some(hoved) if leser.feil.is_empty() => Ok(Self { hoved, nokler, kilder, mottakere, maskinporten, runder }),
            _ => Err(leser.feil),
        }
    }
}

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

struct Leser {
    mappe: PathBuf,
    feil: Vec<Feil>,
}

impl Leser {
    fn si(&mut self, fil: &str, felt: impl Into<String>, hva: impl Into<String>) {
        self.feil.push(Feil { fil: fil.to_owned(), felt: felt.into(), hva: hva.into() });
    }

    fn ta(&mut self, fil: &str, problemer: impl Iterator<Item = (String, String)>) {
        for (felt, hva) in problemer {
            self.si(fil, felt, hva);
        }
    }

    fn fil<T: DeserializeOwned>(&mut self, navn: &str) -> Option<T> {
        let tekst = match std::fs::read_to_string(self.mappe.join(navn)) {
            Ok(tekst) => tekst,
            Err(feil) => {
                self.si(navn, "", format!("cannot be read ({}); the folder is {}", feil.kind(), self.mappe.display()));
                return None;
            }
        };
        match toml::from_str(&tekst) {
            Ok(verdi) => Some(verdi),
            Err(feil) => {
                let linje = feil.span().map_or(0, |s| tekst[..s.start.min(tekst.len())].matches('\n').count() + 1);
                self.si(navn, format!("line {linje}"), feil.message().to_owned());
                None
            }
        }
    }

    fn filer<T: DeserializeOwned>(&mut self, foran: &str) -> Vec<(String, T)> {
        let Ok(mappe) = std::fs::read_dir(&self.mappe) else { return vec![] };
        let navn: BTreeSet<String> = mappe
            .filter_map(|e| e.ok()?.file_name().into_string().ok())
            .filter(|n| n.starts_with(foran) && n.ends_with(".toml"))
            .collect();
        navn.into_iter().filter_map(|n| self.fil(&n).map(|verdi| (n, verdi))).collect()
    }

    fn nokler(&mut self, hoved: &Hovedfil) -> BTreeMap<Tenant, Tenantnokkel> {
        const FIL: &str = "mellomlag.toml";
        let mut nokler = BTreeMap::new();
        for (i, oppsett) in hoved.tenant.iter().enumerate() {
            let tenant: Option<Tenant> = match oppsett.navn.parse() {
                Ok(t) if t == Tenant::felles() => {
                    self.si(FIL, format!("tenant[{i}].navn"), "`felles` is Mellomlag's own; choose another name");
                    None
                }
                Ok(tenant) => Some(tenant),
                Err(feil) => {
                    self.si(FIL, format!("tenant[{i}].navn"), feil.to_string());
                    None
                }
            };
            let felt = format!("tenant[{i}].nokkelfil");
            let nokkel = match std::fs::read_to_string(self.mappe.join(&oppsett.nokkelfil)) {
                Ok(tekst) => Tenantnokkel::fra_hex(&tekst).map_err(|e| e.to_string()),
                Err(feil) => Err(format!("cannot be read ({}); make it with `openssl rand -hex 32`", feil.kind())),
            };
            match (tenant, nokkel) {
                (_, Err(hva)) => self.si(FIL, felt, hva),
                (Some(tenant), Ok(nokkel)) => {
                    if nokler.insert(tenant, nokkel).is_some() {
                        self.si(FIL, format!("tenant[{i}].navn"), "the tenant is named twice; remove one");
                    }
                }
                (None, Ok(_)) => {}
            }
        }
        if hoved.tenant.is_empty() {
            self.si(FIL, "tenant", "name at least one [[tenant]] with navn and nokkelfil");
        }
        if hoved.nats.replicas != 1 && hoved.nats.replicas != 3 && hoved.nats.replicas != 5 {
            self.si(FIL, "nats.replicas", "write 1, or 3 or 5 on a cluster");
        }
        nokler
    }

    fn runder(&mut self, hoved: &Hovedfil) -> Vec<Innsamling> {
        const FIL: &str = "mellomlag.toml";
        let oslo = TimeZone::get("Europe/Oslo").expect("the time zone database is part of the program");
        let mut ut: Vec<Innsamling> = vec![];
        for (i, runde) in hoved.innsamling.iter().enumerate() {
            let mut tid = |felt, t: DateTime| match t.to_zoned(oslo.clone()) {
                Ok(z) => Some(z.timestamp()),
                Err(_) => {
                    self.si(FIL, format!("innsamling[{i}].{felt}"), "there is no such time; write 2026-11-13T23:59:59");
                    None
                }
            };
            let (Some(apner), Some(stenger)) = (tid("apner", runde.apner), tid("stenger", runde.stenger)) else {
                continue;
            };
            if kodeverk::fylke(runde.fylke).is_none() {
                self.si(FIL, format!("innsamling[{i}].fylke"), "no county has this number");
            }
            if stenger <= apner {
                self.si(
                    FIL,
                    format!("innsamling[{i}].stenger"),
                    "the round closes before it opens; correct one of them",
                );
            }
            let ny = Innsamling {
                fylke: runde.fylke,
                skolear: runde.skolear,
                overforing: Overforing::Elevliste,
                apner,
                stenger,
                godkjenning: runde.godkjenning,
            };
            if ut.iter().any(|r| r.fylke == ny.fylke && r.skolear == ny.skolear) {
                self.si(FIL, format!("innsamling[{i}]"), "the county has two rounds for this school year; remove one");
            }
            ut.push(ny);
        }
        ut
    }

    fn unike<'a>(&mut self, felt: &str, navn: impl Iterator<Item = (&'a String, String)>) {
        let mut sett = BTreeSet::new();
        for (fil, navn) in navn {
            if !sett.insert(navn.clone()) {
                self.si(fil, felt, format!("{navn} is used by two files; give one of them another name"));
            }
        }
    }
}
