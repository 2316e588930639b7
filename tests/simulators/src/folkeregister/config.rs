//! How a Folkeregister is set up.

use std::sync::Arc;

use crate::{Klokke, generator::Kommune, maskinporten::Maskinporten};

/// Everything a Folkeregister needs to start.
#[derive(Clone, Debug)]
pub struct FolkeregisterConfig {
    /// Port on 127.0.0.1; 0 picks a free one.
    pub port: u16,
    /// Whose tokens are taken. None: any bearer token.
    pub utsteder: Option<Utsteder>,
    /// The role at Fiks.
    pub rolle: Fiksrolle,
    /// The municipalities whose pupils are in the register, from the start.
    pub kommuner: Vec<Arc<Kommune>>,
    /// The first sequence number. The default needs more than 32 bits.
    pub forste_sekvens: i64,
    /// For everything that is drawn: which faults strike, how a page is shuffled.
    pub seed: u64,
    /// The clock.
    pub klokke: Klokke,
}

/// An issuer of tokens.
#[derive(Clone, Debug)]
pub struct Utsteder {
    /// Its name, letter by letter.
    pub utsteder: String,
    /// Where its keys are.
    pub jwks_url: String,
}

/// A role at Fiks, and the integration that may use it.
#[derive(Clone, Debug)]
pub struct Fiksrolle {
    /// The role's id, as it stands in the path.
    pub id: String,
    /// `IntegrasjonId`.
    pub integrasjon_id: String,
    /// `IntegrasjonPassord`.
    pub passord: String,
    /// The parts that may be asked for.
    pub deler: Vec<String>,
}

impl FolkeregisterConfig {
    /// A free port, any bearer token, and nobody in the register. The role has the parts that a list of pupils needs.
    pub fn ny() -> Self {
        let deler = ["identifikasjonsnummer", "status", "navn", "foedsel", "adressebeskyttelse"];
        Self {
            port: 0,
            utsteder: None,
            rolle: Fiksrolle {
                id: "8f2f8b9e-3f0c-4c39-9d2a-2f1f5d6f0b11".into(),
                integrasjon_id: "b1c0ff33-0000-4000-8000-5eed00000001".into(),
                passord: "hemmelig".into(),
                deler: deler.map(str::to_owned).into(),
            },
            kommuner: Vec::new(),
            forste_sekvens: 5_000_000_000,
            seed: 1,
            klokke: Klokke::ekte(),
        }
    }

    /// Takes tokens from a Maskinporten that runs in the same process, and shares its clock.
    #[must_use]
    pub fn for_maskinporten(mut self, maskinporten: &Maskinporten) -> Self {
        self.utsteder =
            Some(Utsteder { utsteder: maskinporten.utsteder().to_owned(), jwks_url: maskinporten.jwks_url() });
        self.klokke = maskinporten.klokke().clone();
        self
    }

    /// Adds a municipality's pupils to the register. One whose number was planted as wrong is not there.
    #[must_use]
    pub fn med_kommune(mut self, kommune: impl Into<Arc<Kommune>>) -> Self {
        self.kommuner.push(kommune.into());
        self
    }
}

impl Default for FolkeregisterConfig {
    fn default() -> Self {
        Self::ny()
    }
}
