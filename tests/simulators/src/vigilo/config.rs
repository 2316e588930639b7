//! How a Vigilo is set up.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use uuid::Uuid;

use super::Feil;
use crate::{Klokke, generator::Kommune};

/// The version of OneRoster that is spoken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Utgave {
    /// 1.1: `role` and `orgs[]`.
    V1p1,
    /// 1.2: `roles[]` and `primaryOrg`.
    #[default]
    V1p2,
}

impl Utgave {
    /// The path below the tenant.
    pub fn sti(self) -> &'static str {
        match self {
            Self::V1p1 => "/ims/oneroster/v1p1",
            Self::V1p2 => "/ims/oneroster/rostering/v1p2",
        }
    }

    /// What every scope of the version begins with.
    pub fn scope_prefiks(self) -> &'static str {
        match self {
            Self::V1p1 => "https://purl.imsglobal.org/spec/or/v1p1/scope/",
            Self::V1p2 => "https://purl.imsglobal.org/spec/or/v1p2/scope/",
        }
    }
}

/// How `onedhub.*` metadata is written; Vigilo's documentation does not show which.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Metadataform {
    /// `{"onedhub.birthDate": …}`
    #[default]
    Flat,
    /// `{"onedhub": {"birthDate": …}}`
    Nestet,
}

/// Everything a Vigilo needs to start.
#[derive(Clone, Debug)]
pub struct VigiloConfig {
    /// Port on 127.0.0.1; 0 picks a free one.
    pub port: u16,
    /// The tenant and its people.
    pub kommune: Arc<Kommune>,
    /// OneRoster version.
    pub utgave: Utgave,
    /// Client id that may fetch tokens.
    pub klient_id: String,
    /// Its secret.
    pub hemmelighet: String,
    /// Scopes the client may ask for, without prefix.
    pub scopes: Vec<String>,
    /// How long a token lives.
    pub token_levetid: Duration,
    /// The page size when the client names none.
    pub standard_side: u32,
    /// A larger `limit` is cut to this, silently.
    pub maks_side: u32,
    /// Whether `X-Total-Count` is sent.
    pub med_total: bool,
    /// Whether `Link` is sent.
    pub med_link: bool,
    /// Whether `sort` without `orderBy` is refused, as some strict providers do.
    pub krev_orderby: bool,
    /// How metadata keys are written.
    pub metadataform: Metadataform,
    /// What the server always does: faults that are not removed with the others.
    pub saertrekk: Vec<Feil>,
    /// The right numbers of pupils whose number was planted as wrong or missing: the page for people suggests them.
    pub fasit: BTreeMap<Uuid, String>,
    /// The clock.
    pub klokke: Klokke,
}

impl VigiloConfig {
    /// A free port, OneRoster 1.2, client `mellomlag` with the secret `hemmelig`, pages of 100 and at most 1,000.
    pub fn ny(kommune: impl Into<Arc<Kommune>>) -> Self {
        Self {
            port: 0,
            kommune: kommune.into(),
            utgave: Utgave::default(),
            klient_id: "mellomlag".into(),
            hemmelighet: "hemmelig".into(),
            scopes: vec!["roster-core.readonly".into(), "roster.readonly".into()],
            token_levetid: Duration::from_secs(300),
            standard_side: 100,
            maks_side: 1_000,
            med_total: true,
            med_link: true,
            krev_orderby: false,
            metadataform: Metadataform::default(),
            saertrekk: Vec::new(),
            fasit: BTreeMap::new(),
            klokke: Klokke::ekte(),
        }
    }
}
