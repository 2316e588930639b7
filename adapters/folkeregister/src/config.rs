//! What a person writes to connect the register, and what can be wrong with it.

use crate::error::BuildError;
use crate::register::Folkeregister;
use flow::{Problem, TokenSource};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use std::num::{NonZeroU32, NonZeroU64};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// Hosts that serve real people.
const EKTE: [&str; 2] = ["folkeregisteret.api.skatteetaten.no", "api.fiks.ks.no"];
/// Hosts that serve synthetic people, and what such hosts end in.
const PROVE: [&str; 2] = ["api.fiks.test.ks.no", ".sits.no"];

/// Access to the register for one tenant.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Who asks: lower case ASCII letters, digits and `-`.
    pub tenant: String,
    /// The register's name in subjects, metrics and errors; the same alphabet.
    #[serde(default = "navn")]
    pub navn: String,
    /// Whom we speak to.
    pub profil: Profil,
    /// Whether real or synthetic people are taken. The other kind is refused.
    pub modus: Modus,
    /// The environment's address, without a path.
    pub base_url: Url,
    /// The package of rights; for `skatteetaten`.
    pub pakke: Option<Pakke>,
    /// The role's id; for `fiks`.
    pub rolle: Option<String>,
    /// The integration's id; for `fiks`.
    pub integrasjon_id: Option<String>,
    /// File that holds the integration's password, and nothing else; for `fiks`.
    pub integrasjon_passord_file: Option<PathBuf>,
    /// The name of the Maskinporten client that gets its tokens. The scope is the client's.
    pub maskinporten: String,
    /// Seconds of pause when there is nothing new.
    #[serde(default = "poll")]
    pub poll_sekunder: NonZeroU32,
    /// Hours that the newest event may be old before an alarm is raised.
    #[serde(default = "ferskhet")]
    pub ferskhet_alarm_timer: NonZeroU32,
    /// Seconds that one request may take.
    #[serde(default = "tidsgrense")]
    pub tidsgrense_sekunder: NonZeroU32,
    /// Largest answer that is read, in bytes.
    #[serde(default = "maks_bytes")]
    pub maks_bytes: NonZeroU64,
}

/// Whom we speak to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Profil {
    /// Skatteetaten itself.
    Skatteetaten,
    /// KS Fiks, which passes the same interface on and adds a role.
    Fiks,
}

/// Which people are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modus {
    /// Real people.
    Produksjon,
    /// Synthetic people.
    Test,
}

/// The package of rights. Packages that do not name people by number cannot be used, and are not here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pakke {
    /// "Offentlig med hjemmel".
    OffentligMedHjemmel,
    /// "Offentlig uten hjemmel": some statuses are seen as `aktiv`.
    OffentligUtenHjemmel,
}

fn navn() -> String {
    "folkeregisteret".to_owned()
}

const fn poll() -> NonZeroU32 {
    NonZeroU32::new(60).expect("60 is not zero")
}

const fn ferskhet() -> NonZeroU32 {
    NonZeroU32::new(24).expect("24 is not zero")
}

const fn tidsgrense() -> NonZeroU32 {
    NonZeroU32::new(60).expect("60 is not zero")
}

const fn maks_bytes() -> NonZeroU64 {
    NonZeroU64::new(32 * 1024 * 1024).expect("32 MiB is not zero")
}

impl Config {
    /// Reads the text of a configuration file.
    pub fn parse(toml: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(toml)
    }

    /// Everything that is wrong with the configuration. Opens nothing.
    pub fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (field, value) in [("tenant", &self.tenant), ("navn", &self.navn), ("maskinporten", &self.maskinporten)] {
            if value.is_empty() || !value.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
                problems.push(Problem::new(field, "use lower case letters a-z, digits and -, for example \"bergen\""));
            }
        }
        self.check_url(&mut problems);
        match self.profil {
            Profil::Skatteetaten => self.check_skatteetaten(&mut problems),
            Profil::Fiks => self.check_fiks(&mut problems),
        }
        if self.tidsgrense_sekunder.get() < 10 {
            problems.push(Problem::new("tidsgrense_sekunder", "a look-up may take ten seconds; write 10 or more"));
        }
        problems
    }

    fn check_url(&self, problems: &mut Vec<Problem>) {
        let url = &self.base_url;
        Problem::check_url("base_url", url, "; access is by token", "; we add what is needed", problems);
        if url.path() != "/" {
            problems.push(Problem::new("base_url", "remove the path; we add it"));
        }
        let vert = url.host_str().unwrap_or_default();
        let er = |kjente: &[&str]| {
            kjente.iter().any(|kjent| vert == *kjent || (kjent.starts_with('.') && vert.ends_with(kjent)))
        };
        match self.modus {
            Modus::Test if er(&EKTE) => {
                problems.push(Problem::new(
                    "modus",
                    "base_url serves real people; write \"produksjon\", or the test environment's address",
                ));
            }
            Modus::Produksjon if er(&PROVE) => {
                problems.push(Problem::new(
                    "modus",
                    "base_url serves synthetic people; write \"test\", or the production address",
                ));
            }
            _ => {}
        }
    }

    fn check_skatteetaten(&self, problems: &mut Vec<Problem>) {
        if self.pakke.is_none() {
            let message =
                "write the package that you were granted: \"offentlig_med_hjemmel\" or \"offentlig_uten_hjemmel\"";
            problems.push(Problem::new("pakke", message));
        }
        let fiks = [
            ("rolle", self.rolle.is_some()),
            ("integrasjon_id", self.integrasjon_id.is_some()),
            ("integrasjon_passord_file", self.integrasjon_passord_file.is_some()),
        ];
        for (field, _) in fiks.into_iter().filter(|(_, given)| *given) {
            problems.push(Problem::new(field, "this is for the profile \"fiks\"; remove it"));
        }
    }

    fn check_fiks(&self, problems: &mut Vec<Problem>) {
        if self.pakke.is_some() {
            problems.push(Problem::new("pakke", "at fiks the role decides the package; remove this"));
        }
        for (field, value) in [("rolle", &self.rolle), ("integrasjon_id", &self.integrasjon_id)] {
            let ok = |id: &str| !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            if !value.as_deref().is_some_and(ok) {
                problems.push(Problem::new(field, "write the id from fiks: letters, digits and -"));
            }
        }
        if self.integrasjon_passord_file.as_deref().is_none_or(|path| path.as_os_str().is_empty()) {
            let message = "write the path of a file that holds the integration's password";
            problems.push(Problem::new("integrasjon_passord_file", message));
        }
    }

    /// Pause when there is nothing new.
    pub fn poll(&self) -> Duration {
        Duration::from_secs(self.poll_sekunder.get().into())
    }

    /// How old the newest event may be before an alarm is raised.
    pub fn ferskhet_alarm(&self) -> Duration {
        Duration::from_secs(u64::from(self.ferskhet_alarm_timer.get()) * 3_600)
    }

    /// Builds the register. Reads the password's file; sends nothing.
    pub fn build(self, tokens: Arc<dyn TokenSource>) -> Result<Folkeregister, BuildError> {
        let problems = self.check();
        if problems.is_empty() { Folkeregister::new(&self, tokens) } else { Err(BuildError::Config(problems)) }
    }

    /// The integration's id and password, where the profile has them.
    pub(crate) fn integrasjon(&self) -> Result<Option<(String, SecretString)>, BuildError> {
        match (&self.integrasjon_id, &self.integrasjon_passord_file) {
            (Some(id), Some(path)) => Ok(Some((id.clone(), secret(path)?))),
            _ => Ok(None),
        }
    }
}

fn secret(path: &Path) -> Result<SecretString, BuildError> {
    let text = std::fs::read_to_string(path)
        .map(SecretString::from)
        .map_err(|cause| BuildError::Secret { path: path.to_owned(), cause })?;
    match text.expose_secret().trim() {
        "" => Err(BuildError::EmptySecret { path: path.to_owned() }),
        secret if !secret.bytes().all(|b| (b' '..=b'~').contains(&b)) => {
            Err(BuildError::UnusableSecret { path: path.to_owned() })
        }
        secret => Ok(SecretString::from(secret)),
    }
}

#[cfg(test)]
mod tests;
