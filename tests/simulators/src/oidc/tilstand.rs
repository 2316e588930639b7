//! What the provider remembers.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use jiff::Timestamp;
use jsonwebtoken::{Algorithm, Header};
use serde_json::Value;
use uuid::Uuid;

use super::{Feil, Klient, OidcConfig, Person, laas};
use crate::maskinporten::Rsanokkel;

/// A code that has been given to a browser.
#[derive(Clone, Debug)]
pub(super) struct Kode {
    pub klient: String,
    pub retur: String,
    pub utfordring: String,
    pub nonce: String,
    pub sub: String,
    pub sid: String,
    pub utstedt: Timestamp,
}

/// Somebody signed in at a client.
#[derive(Clone, Debug)]
pub(super) struct Okt {
    pub sid: String,
    pub sub: String,
    pub klient: String,
}

#[derive(Debug)]
pub(super) struct Indre {
    pub config: OidcConfig,
    pub utsteder: String,
    pub klienter: Mutex<Vec<Klient>>,
    /// The first one signs; the others are published.
    pub nokler: Mutex<Vec<Arc<Rsanokkel>>>,
    pub koder: Mutex<HashMap<String, Kode>>,
    pub okter: Mutex<Vec<Okt>>,
    pub brukte_jti: Mutex<HashSet<String>>,
    pub feil: Mutex<Option<Feil>>,
    pub nokkelkall: AtomicU64,
    teller: AtomicU64,
}

impl Indre {
    pub(super) fn ny(config: OidcConfig, base_url: &str, nokler: Vec<Arc<Rsanokkel>>) -> Self {
        Self {
            utsteder: base_url.to_owned(),
            klienter: Mutex::new(config.klienter.clone()),
            nokler: Mutex::new(nokler),
            koder: Mutex::default(),
            okter: Mutex::default(),
            brukte_jti: Mutex::default(),
            feil: Mutex::default(),
            nokkelkall: AtomicU64::new(0),
            teller: AtomicU64::new(1),
            config,
        }
    }

    pub(super) fn neste(&self) -> u64 {
        self.teller.fetch_add(1, Ordering::Relaxed)
    }

    pub(super) fn na(&self) -> Timestamp {
        self.config.klokke.na()
    }

    pub(super) fn feil(&self) -> Option<Feil> {
        laas(&self.feil).clone()
    }

    pub(super) fn klient(&self, id: &str) -> Option<Klient> {
        laas(&self.klienter).iter().find(|k| k.id == id).cloned()
    }

    pub(super) fn person(&self, sub: &str) -> Option<&Person> {
        self.config.personer.iter().find(|p| p.sub == sub)
    }

    /// Signs with the first key.
    pub(super) fn signer(&self, krav: &Value, typ: &str) -> jsonwebtoken::errors::Result<String> {
        let nokkel = laas(&self.nokler)[0].clone();
        let mut hode = Header::new(Algorithm::RS256);
        (hode.kid, hode.typ) = (Some(nokkel.kid().to_owned()), Some(typ.to_owned()));
        jsonwebtoken::encode(&hode, krav, nokkel.privat())
    }

    /// A new code for somebody who has chosen.
    pub(super) fn ny_kode(&self, kode: Kode) -> String {
        let verdi = Uuid::new_v4().simple().to_string();
        laas(&self.okter).push(Okt { sid: kode.sid.clone(), sub: kode.sub.clone(), klient: kode.klient.clone() });
        laas(&self.koder).insert(verdi.clone(), kode);
        verdi
    }
}
