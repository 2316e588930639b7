//! VIGO's code base as a source: against the simulator, and against answers that do not fit together.

#![allow(clippy::unwrap_used)] // The lint knows test functions, not their helpers.

mod support;

use adapter_vigo::{Config, Kodeverkskilde};
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Json, Router, routing::post};
use flow::{Cursor, Kildeobjekt, Page, Presence, Progress, Source, SourceError};
use serde_json::{Value, json};
use simulators::vigo::{Feil, Vigo, VigoConfig};
use std::collections::{BTreeSet, HashMap};
use std::num::NonZeroU32;

fn source(kodeverk_url: &str, size: u32) -> Kodeverkskilde {
    let mut config: Config = support::config("http://127.0.0.1:9/", kodeverk_url);
    config.kodeverk_sidestorrelse = NonZeroU32::new(size).unwrap();
    config.build_source().unwrap()
}

async fn vigo() -> Vigo {
    Vigo::start(VigoConfig::ny("https://test.maskinporten.no/", "http://127.0.0.1:9/jwks")).await.unwrap()
}

async fn read_all(source: &Kodeverkskilde) -> Result<Vec<Page>, SourceError> {
    let mut pages = Vec::new();
    let mut cursor = Cursor::default();
    loop {
        let page = source.read(&cursor).await?;
        cursor = page.next.clone();
        let more = page.progress == Progress::More;
        pages.push(page);
        if !more {
            return Ok(pages);
        }
    }
}

fn numbers(pages: &[Page]) -> Vec<String> {
    let objects = pages.iter().flat_map(|page| &page.observed).map(|observed| &observed.objekt);
    objects
        .map(|objekt| match objekt {
            Kildeobjekt::Vigoskole(skole) => skole.nummer.to_string(),
            Kildeobjekt::Roster(_) | Kildeobjekt::Registerperson(_) => panic!("the code base has schools only"),
        })
        .collect()
}

#[tokio::test]
async fn all_schools_come_whatever_the_page_size() {
    let vigo = vigo().await;
    let whole = read_all(&source(&vigo.kodeverk_url(), 2_000)).await.unwrap();
    assert_eq!(whole.len(), 1);
    assert_eq!(whole[0].progress, Progress::Complete(vec!["vigoskole"]));
    assert!(whole[0].refused.is_empty() && whole[0].findings.is_empty());
    let all = numbers(&whole);
    assert_eq!(Some(all.len() as u64), whole[0].expected);
    assert!(all.iter().any(|nummer| nummer == "03503"), "leading zeros are there");

    let pages = read_all(&source(&vigo.kodeverk_url(), 50)).await.unwrap();
    assert!(pages.len() > 2);
    assert!(pages.iter().rev().skip(1).all(|page| page.progress == Progress::More));
    assert_eq!(numbers(&pages), all);
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    assert_eq!(pages.last().unwrap().next, Cursor("0/0/".into()), "the next reading is a new one");
}

#[tokio::test]
async fn reading_the_same_page_again_gives_the_same() {
    let vigo = vigo().await;
    let source = source(&vigo.kodeverk_url(), 50);
    let cursor = source.read(&Cursor::default()).await.unwrap().next;
    let (first, second) = (source.read(&cursor).await.unwrap(), source.read(&cursor).await.unwrap());
    assert_eq!(numbers(&[first]), numbers(&[second]));
}

#[tokio::test]
async fn a_school_is_looked_up_by_its_number() {
    let vigo = vigo().await;
    let source = source(&vigo.kodeverk_url(), 2_000);
    assert_eq!(source.name(), "vigo-kodeverk");
    let mut known = kodeverk::vigoskole("46505".parse().unwrap()).unwrap().clone();
    assert_eq!(source.look_up(&known.clone().objekt()).await.unwrap(), Presence::Present);
    known.nummer = "46999".parse().unwrap();
    assert_eq!(source.look_up(&known.objekt()).await.unwrap(), Presence::Gone);
}

trait AsObject {
    fn objekt(self) -> Kildeobjekt;
}

impl AsObject for kodeverk::Vigoskole {
    fn objekt(self) -> Kildeobjekt {
        Kildeobjekt::Vigoskole(self)
    }
}

#[tokio::test]
async fn a_code_base_that_is_down_is_out_of_reach() {
    let vigo = vigo().await;
    let source = source(&vigo.kodeverk_url(), 2_000);
    vigo.feil(Feil::KodeverkNede);
    let error = source.read(&Cursor::default()).await.unwrap_err();
    assert!(matches!(&error, SourceError::Unreachable { hint, .. } if hint.contains("503")), "{error}");
    vigo.stop().await;
    assert!(matches!(source.read(&Cursor::default()).await, Err(SourceError::Unreachable { .. })));
}

/// A code base that answers a page so.
async fn odd(answer: impl Fn(u64) -> Response + Clone + Send + Sync + 'static) -> Result<Vec<Page>, SourceError> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let handler = async move |Query(query): Query<HashMap<String, String>>| answer(query["page"].parse().unwrap());
    let app = Router::new().route("/api/schools", post(handler));
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    read_all(&source(&base, 2)).await
}

fn row(number: u32) -> Value {
    json!({"type": "G", "orgNr": "974738368", "name": "Skole", "municipalityNr": "4601", "countyNr": "46", "number": format!("{number:05}")})
}

fn rows(rows: &[Value], total: impl Into<Value>) -> Response {
    Json(json!({"content": rows, "totalElements": total.into()})).into_response()
}

#[tokio::test]
async fn pages_that_do_not_fit_together_are_a_torn_snapshot() {
    let torn = |result: Result<Vec<Page>, SourceError>| match result {
        Err(SourceError::Torn { samling: "vigoskole", hint, .. }) => hint,
        other => panic!("expected a torn snapshot, got {other:?}"),
    };
    assert!(torn(odd(|page| rows(&[row(46_501), row(46_502)], 5 + page)).await).contains("changed"));
    let missing = |page| if page == 0 { rows(&[row(46_501), row(46_502)], 3) } else { rows(&[], 3) };
    assert!(torn(odd(missing).await).contains("2 of 3"));
    assert!(torn(odd(|_| rows(&[row(46_501), row(46_502)], 1)).await).contains("more than"));
    assert!(torn(odd(|_| rows(&[], 0)).await).contains("no schools"));
    assert!(torn(odd(|_| rows(&[], Value::Null)).await).contains("no schools"));
}

#[tokio::test]
async fn without_a_total_a_short_page_is_the_last() {
    let page = |page| {
        if page == 0 { rows(&[row(46_501), row(46_502)], Value::Null) } else { rows(&[row(46_503)], Value::Null) }
    };
    assert_eq!(numbers(&odd(page).await.unwrap()), ["46501", "46502", "46503"]);
}

#[tokio::test]
async fn a_row_that_cannot_be_read_is_refused_with_its_place_and_its_bytes() {
    let page = |page| match page {
        0 => rows(&[row(46_501), json!({"orgNr": "974738368", "number": "465O2"})], 4),
        _ => rows(&[json!({"number": "46503", "orgNr": ""}), json!({"orgNr": 974_738_368, "number": 3_503})], 4),
    };
    let pages = odd(page).await.unwrap();
    assert_eq!(numbers(&pages), ["46501", "03503"]);
    let refused = &pages[0].refused[0];
    assert_eq!((refused.code, refused.field.as_str()), ("malformed-number", "schools[1].number"));
    assert!(String::from_utf8_lossy(&refused.raw).contains("465O2"));
    let findings: Vec<_> = pages[1].findings.iter().map(|f| f.code).collect();
    assert_eq!(findings, ["without-org-nr", "number-not-text"]);
}

#[tokio::test]
async fn what_is_no_page_is_named() {
    let field = |result: Result<Vec<Page>, SourceError>| match result {
        Err(SourceError::Malformed { field, .. }) => field,
        other => panic!("expected malformed, got {other:?}"),
    };
    assert_eq!(field(odd(|_| Json(json!({"content": {}})).into_response()).await), "schools.content");
    assert_eq!(field(odd(|_| rows(&[row(46_501)], "1")).await), "schools.totalElements");
    assert_eq!(field(odd(|_| "<html>".into_response()).await), "schools");
}

#[tokio::test]
async fn each_kind_of_failure_has_its_consequence() {
    let status = |status: StatusCode| odd(move |_| (status, [("retry-after", "7")]).into_response());
    assert!(
        matches!(status(StatusCode::TOO_MANY_REQUESTS).await, Err(SourceError::Throttled { wait, .. }) if wait.as_secs() == 7)
    );
    assert!(matches!(status(StatusCode::BAD_GATEWAY).await, Err(SourceError::Unreachable { .. })));
    for code in [StatusCode::FOUND, StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND] {
        assert!(matches!(status(code).await, Err(SourceError::Denied { hint, .. }) if hint.contains("kodeverk_url")));
    }
}
