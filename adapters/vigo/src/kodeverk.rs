//! VIGO's code base over HTTP: which schools there are. Open for all, and no contract: everything is checked.

use crate::client::{Client, Request, Sent, below};
use crate::config::Config;
use crate::error::BuildError;
use ::kodeverk::{Skolenummer, Skoletype};
use flow::SourceError;
use identitet::Organisasjonsnummer;
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use std::num::NonZeroU32;
use std::time::Duration;
use url::Url;

/// Two thousand schools are some 400 kilobytes.
const MAX_ANSWER: usize = 16 * 1024 * 1024;
/// The code base is small and fast; a longer wait means that it is down.
const TIMEOUT: Duration = Duration::from_secs(30);
/// When it asks to wait without saying how long.
const WAIT: Duration = Duration::from_secs(60);
/// The name of this system in errors.
const SYSTEM: &str = "vigo-kodeverk";

/// A client of the code base.
#[derive(Debug)]
pub(crate) struct Kodeverk {
    client: Client,
    url: Url,
}

/// One page of a table, its rows as they came.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Page {
    pub(crate) content: Vec<Value>,
    #[serde(default)]
    pub(crate) total_elements: Option<u64>,
}

impl Kodeverk {
    pub(crate) fn new(config: &Config) -> Result<Self, BuildError> {
        let client = Client::new(config.timeout().min(TIMEOUT), MAX_ANSWER, true)?;
        Ok(Self { client, url: below(&config.kodeverk_url, &["api", "schools"]) })
    }

    /// All schools, a page at a time, in a fixed order so that pages fit together.
    pub(crate) async fn page(&self, page: u32, size: NonZeroU32) -> Result<Page, SourceError> {
        self.ask(&[("page", page.to_string()), ("size", size.to_string()), ("sort", "number,asc".into())], json!([]))
            .await
    }

    /// Whether the organisation is a grunnskole there. Several numbers may share an organisation; one of type G is enough.
    pub(crate) async fn is_grunnskole(&self, orgnr: Organisasjonsnummer) -> Result<bool, SourceError> {
        let rows = self.find("orgNr", orgnr.as_str()).await?;
        Ok(rows.iter().any(|row| {
            crate::wire::school::text(row, "orgNr").as_deref() == Some(orgnr.as_str())
                && crate::wire::school::text(row, "type").map(Skoletype::from) == Some(Skoletype::Grunnskole)
        }))
    }

    /// Whether there is a school with the number.
    pub(crate) async fn has(&self, nummer: Skolenummer) -> Result<bool, SourceError> {
        let rows = self.find("number", nummer.as_str()).await?;
        Ok(rows.iter().any(|row| crate::wire::school::text(row, "number").as_deref() == Some(nummer.as_str())))
    }

    async fn find(&self, key: &str, value: &str) -> Result<Vec<Value>, SourceError> {
        let filter = json!([{"key": key, "value": value, "operation": "EQUAL"}]);
        self.ask(&[("page", "0".into()), ("size", "10".into())], filter).await.map(|page| page.content)
    }

    async fn ask(&self, query: &[(&str, String)], filter: Value) -> Result<Page, SourceError> {
        let mut url = self.url.clone();
        url.query_pairs_mut().extend_pairs(query);
        let body = filter.to_string().into_bytes();
        let request = Request::with_body(Method::POST, url, "application/json", body);
        let reply = match self.client.send(request, None).await {
            Sent::Answered(reply) => reply,
            Sent::Never(hint) | Sent::Lost(hint) => return Err(unreachable(hint)),
        };
        let status = reply.status.as_u16();
        match status {
            200 => {}
            429 => {
                return Err(SourceError::Throttled { system: SYSTEM.into(), wait: reply.retry_after.unwrap_or(WAIT) });
            }
            300..=499 => {
                let hint = format!("it answered status {status} to a look-up that is open for all; check kodeverk_url");
                return Err(SourceError::Denied { system: SYSTEM.into(), hint });
            }
            _ => return Err(unreachable(format!("it answered status {status}"))),
        }
        let body = reply.body.map_err(unreachable)?;
        let mut reader = serde_json::Deserializer::from_slice(&body);
        serde_path_to_error::deserialize(&mut reader).map_err(|error| {
            let what = if reply.html {
                "a web page came; a proxy may stand in between"
            } else {
                "expected `content` with rows and `totalElements`"
            };
            let path = error.path().to_string();
            malformed(if path == "." { "" } else { &path }, what)
        })
    }
}

fn unreachable(hint: impl Into<String>) -> SourceError {
    SourceError::Unreachable { system: SYSTEM.into(), hint: hint.into() }
}

pub(crate) fn malformed(field: &str, hint: &str) -> SourceError {
    let field = ["schools", field].join(if field.is_empty() { "" } else { "." });
    SourceError::Malformed { system: SYSTEM.into(), field, hint: hint.into() }
}

pub(crate) fn torn(hint: String) -> SourceError {
    SourceError::Torn { system: SYSTEM.into(), samling: crate::source::SAMLING, hint }
}
