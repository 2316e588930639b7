//! Who may ask for what.

use std::time::Duration;

use jiff::Timestamp;
use jsonwebtoken::jwk::Jwk;

use crate::Klokke;

/// Everything a Maskinporten needs to start.
#[derive(Clone, Debug)]
pub struct MaskinportenConfig {
    /// Port on 127.0.0.1; 0 picks a free one.
    pub port: u16,
    /// The issuer; by default the base URL with a slash.
    pub utsteder: Option<String>,
    /// Registered clients.
    pub klienter: Vec<Klient>,
    /// Delegations from Altinn.
    pub delegeringer: Vec<Delegering>,
    /// System users from Altinn.
    pub systembrukere: Vec<Systembruker>,
    /// What `delegation_source` says.
    pub delegeringskilde: String,
    /// How long an access token lives.
    pub levetid: Duration,
    /// The clock.
    pub klokke: Klokke,
}

impl Default for MaskinportenConfig {
    fn default() -> Self {
        Self {
            port: 0,
            utsteder: None,
            klienter: Vec::new(),
            delegeringer: Vec::new(),
            systembrukere: Vec::new(),
            delegeringskilde: "https://tt02.altinn.no/".into(),
            levetid: Duration::from_secs(120),
            klokke: Klokke::ekte(),
        }
    }
}

/// A registered client.
#[derive(Clone, Debug)]
pub struct Klient {
    /// `iss` in its grants.
    pub client_id: String,
    /// The organisation that owns it.
    pub orgnr: String,
    /// Its public keys.
    pub nokler: Vec<Klientnokkel>,
    /// Scopes that the client is set up with.
    pub scopes: Vec<String>,
    /// Scopes that the API owner has granted the organisation.
    pub tildelt: Vec<String>,
}

/// A public key that a client has posted.
#[derive(Clone, Debug)]
pub struct Klientnokkel {
    /// Key id; unique among all customers.
    pub kid: String,
    /// The public part.
    pub jwk: Jwk,
    /// When the key stops being valid; keys live a year.
    pub utloper: Option<Timestamp>,
}

/// `konsument` lets `leverandor` use `scope` on its behalf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegering {
    /// Organisation number that gives.
    pub konsument: String,
    /// Organisation number that receives.
    pub leverandor: String,
    /// The scope.
    pub scope: String,
}

/// A system user: a customer has let a vendor's system act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Systembruker {
    /// The customer's organisation number.
    pub orgnr: String,
    /// The system's id.
    pub system_id: String,
    /// The system user's id.
    pub id: String,
}
