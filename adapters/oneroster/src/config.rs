//! What a person writes to connect a school system, and what can be wrong with it.

mod sjekk;

use crate::error::BuildError;
use crate::profil::{Klientautentisering, Profil, Profilnavn, Versjon};
use crate::source::OneRosterSource;
use flow::{Clock, Lesevalg, Terskler, Vindu};
use kodeverk::Skolear;
use secrecy::SecretString;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::num::{NonZeroU32, NonZeroU64};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// One school system of one municipality: an API (`base_url` and the fields with it) or a file (`fil`).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Who the data belongs to: lower case ASCII letters, digits and `-`.
    pub tenant: String,
    /// The source's name in subjects, metrics and errors; the same alphabet.
    #[serde(default = "navn")]
    pub navn: String,
    /// The municipality, four digits.
    pub kommunenummer: String,
    /// Which supplier it is.
    #[serde(default)]
    pub profil: Profilnavn,
    /// Version of OneRoster, where it is not the profile's.
    pub versjon: Option<Versjon>,
    /// Address of the service. The standard's path is added unless it already ends in `v1p1` or `v1p2`.
    pub base_url: Option<Url>,
    /// Address of the OAuth2 token endpoint.
    pub token_url: Option<Url>,
    /// The client's id at the token endpoint.
    pub client_id: Option<String>,
    /// File that holds the client's secret, and nothing else.
    pub client_secret_file: Option<PathBuf>,
    /// Scope to ask for, where it is not the standard's; an empty text sends none.
    pub scope: Option<String>,
    /// The customer, where a token belongs to one: `tenant_id` of the token request.
    pub tenant_id: Option<String>,
    /// How the secret is shown, where it is not the profile's way.
    pub klientautentisering: Option<Klientautentisering>,
    /// Whether to ask the source for pupils only, where it is not as the profile says.
    pub rollefilter: Option<bool>,
    /// Rows per page, where it is not the profile's number.
    pub sidestorrelse: Option<NonZeroU32>,
    /// Seconds of pause between two complete readings.
    #[serde(default = "intervall")]
    pub intervall_sekunder: NonZeroU32,
    /// Seconds between two looks at what has changed since, where it is not the profile's number; 0 asks for complete
    /// readings only.
    pub endringer_sekunder: Option<u32>,
    /// How many seconds before the newest time of change such a look begins, since clocks differ and writes overlap.
    #[serde(default = "overlapp")]
    pub overlapp_sekunder: u32,
    /// The only hours, Norwegian time, in which a complete reading begins by itself.
    pub vindu: Option<Vindu>,
    /// How much may change at once before a person is asked.
    #[serde(default)]
    pub masseendring: Terskler,
    /// Most requests in a second, shared by all sources with the same host and `client_id`.
    #[serde(default = "maks_per_sekund")]
    pub maks_per_sekund: NonZeroU32,
    /// Header with the revision of the source's data, if it sends one: a reading in which it changes is begun again.
    pub revisjonshode: Option<String>,
    /// Seconds that one request may take.
    #[serde(default = "tidsgrense")]
    pub tidsgrense_sekunder: NonZeroU32,
    /// Largest answer or file that is read, in bytes.
    #[serde(default = "maks_bytes")]
    pub maks_bytes: NonZeroU64,
    /// Most rows that one complete reading may have.
    #[serde(default = "maks_rader")]
    pub maks_rader: NonZeroU64,
    /// The pilot's JSON file, instead of an API.
    pub fil: Option<PathBuf>,
    /// The school year that the file is for, `2026-2027`: the pilot's file does not say it, and it is never guessed.
    pub skolear: Option<Skolear>,
    /// Schools that the file names only by reference.
    #[serde(default)]
    pub skoler: BTreeMap<String, Skole>,
}

/// A school that a file names only by reference.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Skole {
    /// Its name.
    pub navn: Option<String>,
    /// Its organisation number, nine digits.
    pub organisasjonsnummer: Option<String>,
}

fn navn() -> String {
    "vigilo".to_owned()
}

const fn intervall() -> NonZeroU32 {
    NonZeroU32::new(900).expect("900 is not zero")
}

const fn overlapp() -> u32 {
    600
}

const fn maks_per_sekund() -> NonZeroU32 {
    NonZeroU32::new(5).expect("5 is not zero")
}

const fn tidsgrense() -> NonZeroU32 {
    NonZeroU32::new(60).expect("60 is not zero")
}

const fn maks_bytes() -> NonZeroU64 {
    NonZeroU64::new(32 * 1024 * 1024).expect("32 MiB is not zero")
}

const fn maks_rader() -> NonZeroU64 {
    NonZeroU64::new(2_000_000).expect("two million is not zero")
}

impl Config {
    /// Reads the text of a configuration file.
    pub fn parse(toml: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(toml)
    }

    /// The supplier's profile with what this configuration says otherwise.
    pub fn profil(&self) -> Profil {
        let profil = Profil::av(self.profil);
        Profil {
            versjon: self.versjon.unwrap_or(profil.versjon),
            sidestorrelse: self.sidestorrelse.unwrap_or(profil.sidestorrelse),
            rollefilter: self.rollefilter.unwrap_or(profil.rollefilter),
            klientautentisering: self.klientautentisering.unwrap_or(profil.klientautentisering),
            endringer: self.endringer_sekunder.map_or(profil.endringer, NonZeroU32::new),
            revisjonshode: self.revisjonshode.clone().or(profil.revisjonshode),
            ..profil
        }
    }

    /// Pause between two complete readings.
    pub fn intervall(&self) -> Duration {
        Duration::from_secs(self.intervall_sekunder.get().into())
    }

    /// When and how carefully the source is to be read. A file is small and has no changes to ask for.
    pub fn lesevalg(&self) -> Lesevalg {
        let endringer = self.profil().endringer.filter(|_| self.fil.is_none());
        let endringer = endringer.map(|sekunder| Duration::from_secs(sekunder.get().into()));
        Lesevalg {
            endringer: endringer.filter(|pause| *pause < self.intervall()),
            vindu: self.vindu,
            terskler: self.masseendring.clone(),
            ..Lesevalg::hver(self.intervall())
        }
    }

    /// The scope to ask for; none where the configuration says so.
    pub(crate) fn scope(&self) -> Option<String> {
        Some(self.scope.clone().unwrap_or_else(|| self.profil().scope())).filter(|scope| !scope.trim().is_empty())
    }

    /// Builds the source. Reads the secret's file; sends nothing.
    pub fn build(self, clock: Arc<dyn Clock>) -> Result<OneRosterSource, BuildError> {
        let problems = self.check();
        if problems.is_empty() { OneRosterSource::new(self, clock) } else { Err(BuildError::Config(problems)) }
    }

    /// The client's secret.
    pub(crate) fn secret(path: &Path) -> Result<SecretString, BuildError> {
        let text = std::fs::read_to_string(path)
            .map(SecretString::from)
            .map_err(|cause| BuildError::Secret { path: path.to_owned(), cause })?;
        match secrecy::ExposeSecret::expose_secret(&text).trim() {
            "" => Err(BuildError::EmptySecret { path: path.to_owned() }),
            secret => Ok(SecretString::from(secret)),
        }
    }
}
