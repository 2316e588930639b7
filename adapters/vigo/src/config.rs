//! What a person writes to connect a receiver, and what can be wrong with it.

use crate::dialect::VigoSink;
use crate::elevliste_v1::ElevlisteV1Sink;
use crate::error::BuildError;
use crate::sink::VigoskoleSink;
use crate::source::Kodeverkskilde;
use ::kodeverk::Fylkesnummer;
use flow::{Egenskaper, Problem, TokenSource};
use identitet::Politikk;
use serde::Deserialize;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// Most rows that the code base gives at a time.
pub(crate) const MAX_PAGE: u32 = 2_000;

/// One receiver of lists.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The receiver's name in the ledger, metrics and errors: lower case ASCII letters, digits and `-`.
    pub navn: String,
    /// How it is spoken to.
    pub dialekt: Dialekt,
    /// Address of the receiving service, without `/api`.
    pub base_url: Url,
    /// Address of VIGO's code base, without `/api`.
    pub kodeverk_url: Url,
    /// The counties whose lists it takes.
    pub fylker: Vec<Fylkesnummer>,
    /// Which identity numbers it takes. Read by the list's rules, not by this adapter.
    pub identitetsregler: Identitetsregler,
    /// The name of the Maskinporten client that gets its tokens.
    pub maskinporten: String,
    /// Whether nobody else delivers these schools' lists. Then the receiver's "I have one already" after an attempt of
    /// unknown outcome means that the attempt arrived; otherwise a person finds out.
    #[serde(default)]
    pub eneste_avsender: bool,
    /// Seconds that one delivery may take. Too short a time makes outcomes unknown that were good.
    #[serde(default = "tidsgrense")]
    pub tidsgrense_sekunder: NonZeroU32,
    /// How many lists may be on their way at once. Read by the delivery loop, not by this adapter.
    #[serde(default = "samtidige")]
    pub samtidige_leveringer: NonZeroU32,
    /// Rows to ask the code base for at a time.
    #[serde(default = "sidestorrelse")]
    pub kodeverk_sidestorrelse: NonZeroU32,
    /// Seconds of pause between two complete readings of the code base.
    #[serde(default = "intervall")]
    pub kodeverk_intervall_sekunder: NonZeroU32,
}

/// How a receiver is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dialekt {
    /// The pilot's receiving service: JSON-LD, one list per school and year, once.
    Vigoskole,
    /// The contract that we offer: a list that can be updated and read back until the window closes.
    ElevlisteV1,
}

/// Which identity numbers a receiver takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Identitetsregler {
    /// Real and fiktive numbers.
    Vigoskole,
    /// Tenor's synthetic people too: for demonstrations and test campaigns.
    VigoskoleSyntetisk,
}

impl Identitetsregler {
    /// The policy for the list's rules.
    pub const fn politikk(self) -> Politikk {
        match self {
            Self::Vigoskole => Politikk::Vigoskole,
            Self::VigoskoleSyntetisk => Politikk::VigoskoleSyntetisk,
        }
    }
}

const fn tidsgrense() -> NonZeroU32 {
    NonZeroU32::new(120).expect("120 is not zero")
}

const fn samtidige() -> NonZeroU32 {
    NonZeroU32::new(4).expect("4 is not zero")
}

const fn sidestorrelse() -> NonZeroU32 {
    NonZeroU32::new(MAX_PAGE).expect("2,000 is not zero")
}

const fn intervall() -> NonZeroU32 {
    NonZeroU32::new(86_400).expect("a day is not zero")
}

impl Config {
    /// Reads the text of a configuration file.
    pub fn parse(toml: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(toml)
    }

    /// Everything that is wrong with the configuration. Opens nothing.
    pub fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (field, value) in [("navn", &self.navn), ("maskinporten", &self.maskinporten)] {
            if value.is_empty() || !value.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
                problems.push(Problem::new(field, "use lower case letters a-z, digits and -, for example \"vigo\""));
            }
        }
        check_url("base_url", &self.base_url, &mut problems);
        check_url("kodeverk_url", &self.kodeverk_url, &mut problems);
        if self.fylker.is_empty() {
            problems.push(Problem::new("fylker", "name at least one county, for example [\"46\"]"));
        }
        for (i, nummer) in self.fylker.iter().enumerate() {
            if ::kodeverk::fylke(*nummer).is_none() {
                problems.push(Problem::new(
                    format!("fylker[{i}]"),
                    "no county has this number; write two digits, for example \"46\"",
                ));
            }
            if self.fylker[..i].contains(nummer) {
                problems.push(Problem::new(format!("fylker[{i}]"), "the county is named twice; remove one"));
            }
        }
        if self.kodeverk_sidestorrelse.get() > MAX_PAGE {
            problems.push(Problem::new(
                "kodeverk_sidestorrelse",
                format!("the code base gives {MAX_PAGE} rows at most; write that or less"),
            ));
        }
        problems
    }

    /// Builds the sink. Sends nothing.
    pub fn build_sink(&self, tokens: Arc<dyn TokenSource>) -> Result<VigoSink, BuildError> {
        self.checked()?;
        Ok(match self.dialekt {
            Dialekt::Vigoskole => VigoSink::Vigoskole(VigoskoleSink::new(self, tokens)?),
            Dialekt::ElevlisteV1 => VigoSink::ElevlisteV1(ElevlisteV1Sink::new(self, tokens)?),
        })
    }

    /// Builds the source that reads the code base. Sends nothing.
    pub fn build_source(&self) -> Result<Kodeverkskilde, BuildError> {
        self.checked()?;
        Kodeverkskilde::new(self)
    }

    /// What the receiver can do, by its dialect.
    pub const fn egenskaper(&self) -> Egenskaper {
        let v1 = matches!(self.dialekt, Dialekt::ElevlisteV1);
        Egenskaper { erstattbar: v1, tilbakelesing: v1, idempotent: v1, eneste_avsender: self.eneste_avsender }
    }

    /// Pause between two complete readings of the code base.
    pub fn kodeverk_intervall(&self) -> Duration {
        Duration::from_secs(self.kodeverk_intervall_sekunder.get().into())
    }

    pub(crate) fn timeout(&self) -> Duration {
        Duration::from_secs(self.tidsgrense_sekunder.get().into())
    }

    fn checked(&self) -> Result<(), BuildError> {
        let problems = self.check();
        if problems.is_empty() { Ok(()) } else { Err(BuildError::Config(problems)) }
    }
}

fn check_url(field: &str, url: &Url, problems: &mut Vec<Problem>) {
    Problem::check_url(field, url, "; access is by token", "; we add what is needed", problems);
    if url.path().trim_end_matches('/').ends_with("/api") {
        problems.push(Problem::new(field, "remove /api at the end; we add it"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("../fixtures/vigo.toml");

    #[test]
    fn the_example_is_correct() {
        let config = Config::parse(EXAMPLE).unwrap();
        assert_eq!(config.check(), []);
        assert_eq!(config.identitetsregler.politikk(), Politikk::Vigoskole);
        assert_eq!(config.timeout(), Duration::from_secs(120));
    }

    #[test]
    fn all_mistakes_are_reported_at_once() {
        let config = Config::parse(
            r#"
            navn = "VIGO Vestland"
            dialekt = "vigoskole"
            base_url = "http://vigoskole.example/api"
            kodeverk_url = "https://user@kodeverk.vigo.no/?page=0"
            fylker = ["99", "46", "46"]
            identitetsregler = "vigoskole_syntetisk"
            maskinporten = ""
            kodeverk_sidestorrelse = 5000
            "#,
        )
        .unwrap();
        let fields: Vec<_> = config.check().into_iter().map(|p| p.field).collect();
        let expected = [
            "navn",
            "maskinporten",
            "base_url",
            "base_url",
            "kodeverk_url",
            "kodeverk_url",
            "fylker[0]",
            "fylker[2]",
            "kodeverk_sidestorrelse",
        ];
        assert_eq!(fields, expected);
    }

    #[test]
    fn a_county_as_a_number_would_lose_its_zero() {
        let error = Config::parse(&EXAMPLE.replace("[\"46\"]", "[3]")).unwrap_err().to_string();
        assert!(error.contains("fylker") || error.contains("line"), "{error}");
    }

    #[test]
    fn an_unknown_dialect_or_field_is_named_with_its_line() {
        let error =
            Config::parse(&EXAMPLE.replace("dialekt = \"vigoskole\"", "dialekt = \"vigo\"")).unwrap_err().to_string();
        assert!(error.contains("elevliste_v1") && error.contains("vigoskole") && error.contains("line"), "{error}");
        let error = Config::parse(&EXAMPLE.replace("maskinporten =", "token =")).unwrap_err().to_string();
        assert!(error.contains("token"), "{error}");
    }
}
