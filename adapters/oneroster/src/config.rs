//! What a person writes to connect a school system, and what can be wrong with it.

use crate::error::BuildError;
use crate::profil::{Klientautentisering, Profil, Profilnavn, Versjon};
use crate::source::OneRosterSource;
use flow::{Clock, Problem};
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
    /// How the secret is shown, where it is not the profile's way.
    pub klientautentisering: Option<Klientautentisering>,
    /// Whether to ask the source for pupils only, where it is not as the profile says.
    pub rollefilter: Option<bool>,
    /// Rows per page, where it is not the profile's number.
    pub sidestorrelse: Option<NonZeroU32>,
    /// Seconds of pause between two complete readings.
    #[serde(default = "intervall")]
    pub intervall_sekunder: NonZeroU32,
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

    /// Everything that is wrong with the configuration. Opens nothing.
    pub fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (field, value) in [("tenant", &self.tenant), ("navn", &self.navn)] {
            if value.is_empty() || !value.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
                problems.push(Problem::new(field, "use lower case letters a-z, digits and -, for example \"bergen\""));
            }
        }
        if !digits(&self.kommunenummer, 4) {
            problems.push(Problem::new("kommunenummer", "write four digits in quotes, for example \"4601\""));
        }
        if self.fil.is_some() {
            self.check_file(&mut problems)
        } else {
            self.check_api(&mut problems)
        }
        for (reference, skole) in &self.skoler {
            if skole.organisasjonsnummer.as_deref().is_some_and(|nummer| !digits(nummer, 9)) {
                let field = format!("skoler.{reference}.organisasjonsnummer");
                problems.push(Problem::new(field, "write nine digits in quotes, without spaces"));
            }
        }
        problems
    }

    fn check_file(&self, problems: &mut Vec<Problem>) {
        let api = [
            ("base_url", self.base_url.is_some()),
            ("token_url", self.token_url.is_some()),
            ("client_id", self.client_id.is_some()),
            ("client_secret_file", self.client_secret_file.is_some()),
        ];
        for (field, _) in api.into_iter().filter(|(_, given)| *given) {
            problems.push(Problem::new(field, "a source is either an api or a file: remove this field or `fil`"));
        }
        if self.skolear.is_none() {
            let message = "write the school year that the file is for, for example \"2026-2027\"";
            problems.push(Problem::new("skolear", message));
        }
        if self.fil.as_deref() == Some(Path::new("")) {
            problems.push(Problem::new("fil", "write the path of the file"));
        }
    }

    fn check_api(&self, problems: &mut Vec<Problem>) {
        const EXAMPLE: &str = "https://api.onedhub.io/<orgId>/ims/oneroster/rostering/v1p2/";
        match &self.base_url {
            None => problems
                .push(Problem::new("base_url", format!("write the service's address, as in {EXAMPLE}, or give `fil`"))),
            Some(url) => {
                check_url("base_url", url, problems);
                let other = match self.profil().versjon {
                    Versjon::V1p1 => Versjon::V1p2,
                    Versjon::V1p2 => Versjon::V1p1,
                };
                if url.path().trim_end_matches('/').ends_with(other.sti()) {
                    let message =
                        format!("the address ends in {}, but `versjon` says another; correct one of them", other.sti());
                    problems.push(Problem::new("base_url", message));
                }
            }
        }
        match &self.token_url {
            None => problems.push(Problem::new("token_url", "write the address of the supplier's token endpoint")),
            Some(url) => check_url("token_url", url, problems),
        }
        if self.client_id.as_deref().is_none_or(|id| id.trim().is_empty()) {
            problems.push(Problem::new("client_id", "write the client id that the supplier gave you"));
        }
        if self.client_secret_file.as_deref().is_none_or(|path| path.as_os_str().is_empty()) {
            problems
                .push(Problem::new("client_secret_file", "write the path of a file that holds the client's secret"));
        }
        if self.skolear.is_some() {
            problems.push(Problem::new("skolear", "this is for `fil`; an api says its school year itself: remove it"));
        }
        if !self.skoler.is_empty() {
            problems
                .push(Problem::new("skoler", "this table is for `fil`; an api names its schools itself: remove it"));
        }
    }

    /// The supplier's profile with what this configuration says otherwise.
    pub fn profil(&self) -> Profil {
        let profil = Profil::av(self.profil);
        Profil {
            versjon: self.versjon.unwrap_or(profil.versjon),
            sidestorrelse: self.sidestorrelse.unwrap_or(profil.sidestorrelse),
            rollefilter: self.rollefilter.unwrap_or(profil.rollefilter),
            klientautentisering: self.klientautentisering.unwrap_or(profil.klientautentisering),
            ..profil
        }
    }

    /// Pause between two complete readings.
    pub fn intervall(&self) -> Duration {
        Duration::from_secs(self.intervall_sekunder.get().into())
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

fn digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|b| b.is_ascii_digit())
}

fn check_url(field: &str, url: &Url, problems: &mut Vec<Problem>) {
    Problem::check_url(field, url, "; use client_id and client_secret_file", "; we add what is needed", problems);
}
