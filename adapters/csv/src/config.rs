//! What a person writes to take in packages, and what can be wrong with it.

use crate::{BuildError, Csvkilde, Pakke};
use bytes::Bytes;
use flow::{Lesevalg, Problem, Terskler};
use kodeverk::Skolear;
use oneroster::Objekttype;
use serde::Deserialize;
use std::num::{NonZeroU32, NonZeroU64};
use std::time::Duration;

/// OneRoster packages of one municipality.
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
    /// Where the identity number is looked for in `users.csv`, in order. The first place that has one counts.
    #[serde(default = "nummersteder")]
    pub nummersteder: Vec<Nummersted>,
    /// Which rows of `classes.csv` are classes.
    #[serde(default)]
    pub klassefilter: Klassefilter,
    /// The school year of a package without `academicSessions.csv`, as in `2026-2027`. It is never guessed.
    pub skolear: Option<Skolear>,
    /// What is too much.
    #[serde(default)]
    pub grenser: Grenser,
    /// How much may change at once before a person is asked.
    #[serde(default)]
    pub masseendring: Terskler,
}

/// A place where a package may keep the identity number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nummersted {
    /// An entry of `userIds` whose type says that it is an identity number, as in `{fnr:…}`.
    UserIds,
    /// `identifier`.
    Identifier,
    /// `userMasterIdentifier` of 1.2.
    UserMasterIdentifier,
    /// A column `metadata.…` whose name says so.
    Metadata,
}

/// Which rows of `classes.csv` make up the list's classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Klassefilter {
    /// Only `classType` = `homeroom`; teaching groups are `scheduled`.
    #[default]
    Homeroom,
    /// Only `metadata.groupType` = `Class`, as Vigilo marks them.
    GroupType,
    /// All of them: for an export that holds classes only.
    Alle,
}

/// What is too much for a package. The defaults have room for the largest municipality many times over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Grenser {
    /// Most bytes of the upload.
    pub pakket_bytes: NonZeroU64,
    /// Most bytes of all files together when unpacked, counted while unpacking.
    pub utpakket_bytes: NonZeroU64,
    /// How many times its packed size a file may be when unpacked. Files under a mebibyte are not judged.
    pub forhold: NonZeroU32,
    /// Most files in the zip.
    pub filer: NonZeroU32,
    /// Most rows in one file.
    pub rader: NonZeroU32,
    /// Most bytes of one line.
    pub linje_bytes: NonZeroU32,
    /// Most bytes of one field.
    pub felt_bytes: NonZeroU32,
    /// Most rows read at a time.
    pub side: NonZeroU32,
}

const fn n32(tall: u32) -> NonZeroU32 {
    NonZeroU32::new(tall).expect("the defaults are not zero")
}

const fn n64(tall: u64) -> NonZeroU64 {
    NonZeroU64::new(tall).expect("the defaults are not zero")
}

impl Default for Grenser {
    fn default() -> Self {
        Self {
            pakket_bytes: n64(64 * 1024 * 1024),
            utpakket_bytes: n64(1024 * 1024 * 1024),
            forhold: n32(200),
            filer: n32(200),
            rader: n32(2_000_000),
            linje_bytes: n32(64 * 1024),
            felt_bytes: n32(8 * 1024),
            side: n32(500),
        }
    }
}

fn navn() -> String {
    "csv".to_owned()
}

fn nummersteder() -> Vec<Nummersted> {
    vec![Nummersted::UserIds, Nummersted::Identifier, Nummersted::Metadata]
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
        if self.kommunenummer.len() != 4 || !self.kommunenummer.bytes().all(|b| b.is_ascii_digit()) {
            problems.push(Problem::new("kommunenummer", "write four digits in quotes, for example \"4601\""));
        }
        let like = (1..self.nummersteder.len()).any(|i| self.nummersteder[..i].contains(&self.nummersteder[i]));
        if self.nummersteder.is_empty() || like {
            let message = "name each place once, for example [\"user_ids\", \"identifier\"]";
            problems.push(Problem::new("nummersteder", message));
        }
        if self.grenser.felt_bytes > self.grenser.linje_bytes {
            problems.push(Problem::new("grenser.felt_bytes", "a field is part of a line: write less than linje_bytes"));
        }
        if self.grenser.linje_bytes.get() > 16 * 1024 * 1024 {
            problems.push(Problem::new("grenser.linje_bytes", "a line is held in memory: write at most 16777216"));
        }
        self.masseendring.check("masseendring", &Objekttype::ALLE.map(Objekttype::as_str), &mut problems);
        problems
    }

    /// How the source is read. A package does not change, so it is read when it comes; the pause only says how often an
    /// object that is missing may be looked for again.
    pub fn lesevalg(&self) -> Lesevalg {
        Lesevalg { terskler: self.masseendring.clone(), ..Lesevalg::hver(Duration::from_secs(24 * 3600)) }
    }

    /// Opens a package as a source. It goes through all of the package: run it where blocking is allowed.
    pub fn build(self, bytes: Bytes) -> Result<Csvkilde, BuildError> {
        let problems = self.check();
        if !problems.is_empty() {
            return Err(BuildError::Config(problems));
        }
        let pakke = Pakke::apne(bytes, &self)?;
        Ok(Csvkilde::ny(self.navn, pakke))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENKEL: &str = "tenant = \"bergen\"\nkommunenummer = \"4601\"\n";

    #[test]
    fn little_needs_to_be_written() {
        let config = Config::parse(ENKEL).unwrap();
        assert_eq!(config.check(), []);
        assert_eq!((config.navn.as_str(), config.klassefilter), ("csv", Klassefilter::Homeroom));
        assert!(config.lesevalg().endringer.is_none());
    }

    #[test]
    fn every_mistake_is_named_at_once() {
        let toml = "tenant = \"Bergen\"\nkommunenummer = \"460\"\nnummersteder = []\n[grenser]\nfelt_bytes = 90000\n\
                    [masseendring]\nfjernet_andel = 3\n";
        let problems = Config::parse(toml).unwrap().check();
        let felt: Vec<_> = problems.iter().map(|p| p.field.as_str()).collect();
        assert_eq!(
            felt,
            ["tenant", "kommunenummer", "nummersteder", "grenser.felt_bytes", "masseendring.fjernet_andel"]
        );
        assert!(Config::parse(&format!("{ENKEL}klasser = 1")).is_err());
    }
}
