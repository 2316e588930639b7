//! Who can be chosen, and who may ask.

use jsonwebtoken::jwk::Jwk;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::Klokke;

/// Everything a provider needs to start.
#[derive(Clone, Debug, Default)]
pub struct OidcConfig {
    /// Port on 127.0.0.1; 0 picks a free one.
    pub port: u16,
    /// What the page calls the provider.
    pub navn: Option<String>,
    /// Registered clients.
    pub klienter: Vec<Klient>,
    /// People who can be chosen.
    pub personer: Vec<Person>,
    /// The clock.
    pub klokke: Klokke,
}

/// A registered client.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Klient {
    /// `client_id`.
    pub id: String,
    /// `client_secret`, where the client has one.
    #[serde(default)]
    pub hemmelighet: Option<String>,
    /// The public key of a client that signs an assertion instead.
    #[serde(default)]
    pub jwk: Option<Jwk>,
    /// `redirect_uri`s, compared letter by letter.
    pub retur_urler: Vec<String>,
    /// `post_logout_redirect_uri`s.
    #[serde(default)]
    pub utlogging_retur: Vec<String>,
    /// Where a logout token is sent.
    #[serde(default)]
    pub bak_url: Option<String>,
    /// What a page loads to end a session.
    #[serde(default)]
    pub front_url: Option<String>,
}

/// Somebody who does not exist.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// What the provider calls the person.
    pub sub: String,
    /// The name.
    pub navn: String,
    /// What the person is, for the page: `Sekretær ved Eksempel ungdomsskole`.
    #[serde(default)]
    pub beskrivelse: String,
    /// The e-mail address, said to be verified.
    #[serde(default)]
    pub epost: Option<String>,
    /// How well the person is known: `idporten-loa-substantial`.
    pub acr: String,
    /// By what: `BankID`.
    #[serde(default)]
    pub amr: Vec<String>,
    /// Other claims.
    #[serde(default)]
    pub krav: Map<String, Value>,
}
