//! Limits, and what errors say.

use super::falsk::{Falsk, elever, json_side, side, skolen, status};
use super::lesing::{Mot, ekte, feil, kilde, les_alt};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use flow::{Source, SourceError};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// A server that answers a token, then these bytes to everything else, and then says no more.
async fn raa(svar: &'static str) -> (String, tokio::task::JoinHandle<()>) {
    let lytter = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", lytter.local_addr().unwrap());
    let oppgave = tokio::spawn(async move {
        let mut aapne = Vec::new();
        loop {
            let (mut kobling, _) = lytter.accept().await.unwrap();
            let mut lest = [0; 8192];
            let antall = kobling.read(&mut lest).await.unwrap();
            let token = "HTTP/1.1 200 OK\r\ncontent-length: 20\r\nconnection: close\r\n\r\n{\"access_token\":\"t\"}";
            let er_token = lest[..antall].starts_with(b"POST");
            kobling.write_all(if er_token { token } else { svar }.as_bytes()).await.unwrap();
            if !er_token {
                aapne.push(kobling);
            }
        }
    });
    (url, oppgave)
}

async fn feil_mot_raa(svar: &'static str, resten: &str) -> SourceError {
    let (url, oppgave) = raa(svar).await;
    let (base_url, token_url) = (format!("{url}/v1p2"), format!("{url}/token"));
    let mot = Mot { base_url: &base_url, token_url: &token_url, hemmelighet: "h", resten };
    let svar = feil(&kilde(&mot, ekte())).await;
    oppgave.abort();
    svar
}

#[tokio::test]
async fn a_page_of_two_gigabytes_is_refused_by_its_length_alone() {
    let svar = feil_mot_raa("HTTP/1.1 200 OK\r\ncontent-length: 2147483648\r\n\r\n{\"orgs\":[", "").await;
    assert!(matches!(&svar, SourceError::Malformed { hint, .. } if hint.contains("maks_bytes")), "{svar:?}");
}

#[tokio::test]
async fn a_body_that_never_comes_is_given_up() {
    let svar =
        feil_mot_raa("HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{\"orgs\":[", "tidsgrense_sekunder = 1").await;
    assert!(matches!(&svar, SourceError::Unreachable { hint, .. } if hint.contains("in time")), "{svar:?}");
}

#[tokio::test]
async fn deep_nesting_is_refused_where_it_stands() {
    for dybde in [10_000, 1_000_000] {
        let falsk = Falsk::start(move |kall| {
            if kall.samling() != "users" || kall.tall("offset") > 0 {
                return skolen(kall, &elever(1));
            }
            let (inn, ut) = ("[".repeat(dybde), "]".repeat(dybde));
            let dyp = format!("{{\"sourcedId\":\"dyp\",\"metadata\":{inn}{ut}}}");
            format!("{{\"users\":[{dyp},{}],\"imsx\":{inn}{ut}}}", elever(1)[0]).into_response()
        })
        .await;
        let lesing = les_alt(&falsk.kilde("")).await.unwrap();
        let [avvist] = lesing.refused.as_slice() else { panic!("one refused") };
        assert_eq!((avvist.code, avvist.field.as_str(), lesing.av("user")), ("unreadable-record", "users[0]", 1));
    }
    let falsk = Falsk::start(|_| "[".repeat(1_000_000).into_response()).await;
    assert!(matches!(feil(&falsk.kilde("")).await, SourceError::Malformed { field, .. } if field == "orgs"));
}

#[tokio::test]
async fn every_shape_of_error_gives_a_hint_and_no_value() {
    let minor =
        json!({"imsx_codeMinorField": [{"imsx_codeMinorFieldName": "x", "imsx_codeMinorFieldValue": "forbidden"}]});
    let kropper = [
        (
            json!({"imsx_codeMajor": "failure", "imsx_description": "Kanari", "imsx_CodeMinor": minor}).to_string(),
            "forbidden",
        ),
        (json!({"imsx_StatusInfo": {"imsx_description": "Kanari", "imsx_CodeMinor": minor}}).to_string(), "forbidden"),
        (json!({"imsx_codeMajor": "failure", "imsx_codeMinor": "invalid_data"}).to_string(), "invalid_data"),
        (json!({"statusInfoSet": [{"imsx_description": "Kanari", "imsx_CodeMinor": minor}]}).to_string(), "forbidden"),
        (json!({"error": "insufficient_scope", "error_description": "Kanari"}).to_string(), "insufficient_scope"),
        ("<html>Kanari</html>".to_owned(), "a web page"),
    ];
    for (kropp, ventet) in kropper {
        for kode in [400, 403, 500, 503, 418] {
            let kropp = kropp.clone();
            let falsk =
                Falsk::start(move |_| (StatusCode::from_u16(kode).unwrap(), kropp.clone()).into_response()).await;
            let tekst = feil(&falsk.kilde("")).await.to_string();
            assert!(tekst.contains(ventet) && tekst.contains(&kode.to_string()), "{tekst}");
            assert!(!tekst.contains("Kanari"), "{tekst}");
        }
    }
}

#[tokio::test]
async fn a_collection_that_is_forbidden_is_named_with_the_scope() {
    let falsk = Falsk::start(|kall| match kall.samling() {
        "enrollments" => status(403),
        _ => skolen(kall, &elever(1)),
    })
    .await;
    for (resten, scope) in [("", "scope/roster-core.readonly"), ("scope = \"bare.dette\"", "asked for was bare.dette")]
    {
        let svar = feil(&falsk.kilde(resten)).await;
        let SourceError::Denied { hint, .. } = svar else { panic!("{svar:?}") };
        assert!(hint.contains("403 for enrollments") && hint.contains(scope), "{hint}");
    }
    let svar = feil(&falsk.kilde("scope = \"\"")).await;
    assert!(svar.to_string().contains("no scope was asked for"), "{svar}");
}

#[tokio::test]
async fn a_gateway_that_says_when_is_believed() {
    for kode in [429, 502, 503, 504] {
        let falsk = Falsk::start(move |_| {
            (StatusCode::from_u16(kode).unwrap(), [("retry-after", "31")], "<h1>wait</h1>").into_response()
        })
        .await;
        let svar = feil(&falsk.kilde("")).await;
        assert!(matches!(&svar, SourceError::Throttled { wait, .. } if wait.as_secs() == 31), "{kode}: {svar:?}");
        let falsk = Falsk::start(move |_| status(kode)).await;
        let svar = feil(&falsk.kilde("")).await;
        assert_eq!(matches!(svar, SourceError::Throttled { .. }), kode == 429, "{svar:?}");
    }
}

#[tokio::test]
async fn all_who_read_one_provider_take_turns() {
    // The server is busy with a request until it has answered it; two at a time would be seen.
    let (naa, flest) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (n, f) = (Arc::clone(&naa), Arc::clone(&flest));
    let falsk = Falsk::start(move |kall| {
        let samtidig = n.fetch_add(1, Ordering::SeqCst) + 1;
        f.fetch_max(samtidig, Ordering::SeqCst);
        let svar = json_side(kall.samling(), &side(kall, &[]));
        let (n, deler) = (Arc::clone(&n), svar.into_body());
        let strom = futures_util::stream::once(async move {
            let bytes = axum::body::to_bytes(deler, 100_000).await;
            tokio::task::yield_now().await;
            n.fetch_sub(1, Ordering::SeqCst);
            bytes
        });
        axum::body::Body::from_stream(strom).into_response()
    })
    .await;
    let kilder = [falsk.kilde(""), falsk.kilde("navn = \"annen\""), falsk.kilde("navn = \"tredje\"")];
    let lesinger = futures_util::future::join_all(kilder.iter().map(les_alt)).await;
    assert!(lesinger.into_iter().all(|l| l.is_ok()));
    assert_eq!(flest.load(Ordering::SeqCst), 1);
    assert!(falsk.kall().len() >= 15, "and all of them came through");
    assert_eq!(kilder[1].name(), "annen");
}
