//! The last attempts of each source and of each county's receiver: when, how long, what came of it, and the shape of what
//! was read or sent.
//!
//! They are gathered in memory and stored once a second, as one value per source or county. Nothing depends on them: what
//! cannot be stored is forgotten.

use super::ring::{legg, les, skriv};
use super::{Drift, Form, las};
use crate::Stopp;
use crate::kildelop::{Kildetilstand, Snapshotresultat, Utfall};
use elevliste::Listenokkel;
use hendelse::{Kildenavn, Tenant};
use jiff::Timestamp;
use kodeverk::Fylkesnummer;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};

/// Codes of one attempt that are told apart.
const FLEST_KODER: usize = 50;

/// How a source was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kildeslag {
    /// All of it.
    Snapshot,
    /// What had changed.
    Delta,
    /// It was handed in.
    Levert,
}

/// Records that could not be read, of one cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Avvisttall {
    /// The cause.
    pub kode: String,
    /// The field, without the places in lists.
    pub felt: String,
    /// How many.
    pub antall: u64,
}

/// One attempt to read a source, or several that came to the same nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kildeforsok {
    /// When it began.
    pub start: Timestamp,
    /// How long it took, the last one if they are several.
    pub varighet_ms: u64,
    /// How it was read.
    pub slag: Kildeslag,
    /// What came of it.
    pub tilstand: Kildetilstand,
    /// A stable code for it.
    pub kode: String,
    /// Rows read.
    pub rader: u64,
    /// What it brought.
    pub resultat: Snapshotresultat,
    /// Tolerances used, by code.
    pub funn: BTreeMap<String, u64>,
    /// What could not be read.
    pub avvist: Vec<Avvisttall>,
    /// The shape of what was read.
    #[serde(default, skip_serializing_if = "Form::is_empty")]
    pub form: Form,
    /// How many attempts in a row this is.
    pub ganger: u32,
    /// When the last of them ended.
    pub sist: Timestamp,
}

/// What was done at a receiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mottakerslag {
    /// A whole list was sent.
    Liste,
    /// Changes of a list were sent.
    Oppdatering,
    /// It was asked what it has.
    Tilbakelesing,
}

/// One request to a receiver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mottakerforsok {
    /// When it began.
    pub start: Timestamp,
    /// How long it took.
    pub varighet_ms: u64,
    /// About which list.
    pub liste: Listenokkel,
    /// What was done.
    pub slag: Mottakerslag,
    /// What came of it: the ledger's word, or `mottatt`, `ikke-mottatt`, `vet-ikke` and `borte` of a read-back.
    pub utfall: String,
    /// The class of the answer's HTTP status, where the outcome tells it.
    pub http: Option<String>,
    /// Lines sent, or found.
    pub linjer: u64,
    /// The receiver's remarks, by code.
    pub merknader: BTreeMap<String, u64>,
    /// The shape of what was sent.
    #[serde(default, skip_serializing_if = "Form::is_empty")]
    pub form: Form,
}

/// Not stored yet, by key.
#[derive(Default)]
pub(super) struct Ventende {
    kilder: BTreeMap<String, VecDeque<Kildeforsok>>,
    mottakere: BTreeMap<String, VecDeque<Mottakerforsok>>,
}

fn kildenokkel(tenant: &Tenant, kilde: &Kildenavn) -> String {
    format!("forsok.kilde.{tenant}.{kilde}")
}

fn mottakernokkel(fylke: Fylkesnummer) -> String {
    format!("forsok.mottaker.{fylke}")
}

impl Kildeforsok {
    /// What a reading came to. `ende` is what its status says of it: state and code.
    pub(crate) fn av(
        (start, sist): (Timestamp, Timestamp),
        slag: Kildeslag,
        (tilstand, kode): (Kildetilstand, &str),
        utfall: Option<&Utfall>,
    ) -> Self {
        let mut avvist: BTreeMap<(String, String), u64> = BTreeMap::new();
        for (kode, felt) in utfall.map(|u| &*u.avvist).unwrap_or_default() {
            *avvist.entry(((*kode).to_owned(), super::karantene::uten_plass(felt))).or_default() += 1;
        }
        let avvist = avvist.into_iter().map(|((kode, felt), antall)| Avvisttall { kode, felt, antall });
        Self {
            start,
            varighet_ms: mellom(start, sist),
            slag,
            tilstand,
            kode: kode.to_owned(),
            rader: utfall.map_or(0, |u| u.rader),
            resultat: utfall.map(|u| u.resultat).unwrap_or_default(),
            funn: utfall.iter().flat_map(|u| &u.funn).map(|(kode, n)| ((*kode).to_owned(), *n)).collect(),
            avvist: avvist.take(FLEST_KODER).collect(),
            form: utfall.map(|u| u.form.clone()).unwrap_or_default(),
            ganger: 1,
            sist,
        }
    }
}

/// Milliseconds from one moment to another.
pub(crate) fn mellom(start: Timestamp, slutt: Timestamp) -> u64 {
    slutt.duration_since(start).as_millis().try_into().unwrap_or(0)
}

impl Drift {
    /// Notes what came of reading a source.
    pub(crate) fn noter_kilde(&self, tenant: &Tenant, kilde: &Kildenavn, forsok: Kildeforsok) {
        legg(&mut las(&self.0.forsok).kilder, kildenokkel(tenant, kilde), forsok);
    }

    /// Notes what came of a request to a receiver.
    pub(crate) fn noter_mottaker(&self, mut forsok: Mottakerforsok) {
        while forsok.merknader.len() > FLEST_KODER {
            forsok.merknader.pop_last();
        }
        legg(&mut las(&self.0.forsok).mottakere, mottakernokkel(forsok.liste.fylke), forsok);
    }

    /// Stores what has been noted.
    pub(crate) async fn skriv_forsok(&self) {
        let Ventende { kilder, mottakere } = std::mem::take(&mut *las(&self.0.forsok));
        let mut feil = None;
        for (nokkel, nye) in kilder {
            feil = skriv(self.om(), &nokkel, nye).await.err().or(feil);
        }
        for (nokkel, nye) in mottakere {
            feil = skriv(self.om(), &nokkel, nye).await.err().or(feil);
        }
        if let Some(error) = feil {
            tracing::debug!(%error, "some attempts could not be noted");
        }
    }

    /// The last attempts to read a source, the newest first.
    pub async fn forsok_kilde(&self, tenant: &Tenant, kilde: &Kildenavn) -> Result<Vec<Kildeforsok>, Stopp> {
        self.skriv_forsok().await;
        Ok(les(self.om(), &kildenokkel(tenant, kilde)).await?.0.into_iter().rev().collect())
    }

    /// The last requests to a county's receiver, the newest first.
    pub async fn forsok_mottaker(&self, fylke: Fylkesnummer) -> Result<Vec<Mottakerforsok>, Stopp> {
        self.skriv_forsok().await;
        Ok(les(self.om(), &mottakernokkel(fylke)).await?.0.into_iter().rev().collect())
    }
}
