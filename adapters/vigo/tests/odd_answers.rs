//! Answers that the published service does not give: each must end in the outcome that cannot lose or double a list.

#![allow(clippy::unwrap_used)] // The lint knows test functions, not their helpers.

mod support;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Router, routing::any};
use flow::{Avslag, Outcome, Sink as _, SinkError};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use support::{ORGNR, Tokens, assert_nothing_personal, forsendelse};

/// Answers every request the same way, and remembers what it got.
#[derive(Clone)]
struct Server {
    answer: Arc<dyn Fn() -> Response + Send + Sync>,
    calls: Arc<AtomicUsize>,
    last: Arc<Mutex<Option<(HeaderMap, Bytes)>>>,
}

impl Server {
    async fn start(answer: impl Fn() -> Response + Send + Sync + 'static) -> (Self, String) {
        let server = Self { answer: Arc::new(answer), calls: Arc::default(), last: Arc::default() };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let app = Router::new().fallback(any(Self::take)).with_state(server.clone());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        (server, base)
    }

    async fn take(State(server): State<Self>, headers: HeaderMap, body: Bytes) -> Response {
        server.calls.fetch_add(1, Ordering::SeqCst);
        *server.last.lock().unwrap() = Some((headers, body));
        (server.answer)()
    }
}

/// What a delivery to such a server comes to. There is one request, whatever the answer.
async fn deliver(answer: impl Fn() -> Response + Send + Sync + 'static) -> Result<Outcome, SinkError> {
    let (server, base) = Server::start(answer).await;
    let sink = support::sink(&base, "http://127.0.0.1:9/", &Tokens::new(["token".to_owned()]));
    let result = sink.deliver(&forsendelse("2026-2027")).await;
    assert_eq!(server.calls.load(Ordering::SeqCst), 1);
    assert_nothing_personal(&format!("{result:?}"));
    result
}

fn accepted() -> Value {
    json!({
        "submissionId": "3f1c3e0a-55a1-4c6e-9d3f-0d2b8c3b7f11", "schoolYear": "2026-2027", "status": "ACCEPTED",
        "school": {"orgNumber": ORGNR},
        "validationResults": [
            {"lineNumber": 1, "name": "Ærlig Ågotnes", "messages": []},
            {"lineNumber": 2, "name": "Runa O'Syntetisk", "messages": []},
        ],
    })
}

async fn unknown(answer: impl Fn() -> Response + Send + Sync + 'static) -> String {
    match deliver(answer).await {
        Ok(Outcome::Unknown { hint }) => hint,
        other => panic!("expected unknown, got {other:?}"),
    }
}

#[tokio::test]
async fn the_request_is_as_documented() {
    let (server, base) = Server::start(|| (StatusCode::CREATED, accepted().to_string()).into_response()).await;
    let sink = support::sink(&base, "http://127.0.0.1:9/", &Tokens::new(["token".to_owned()]));
    assert!(matches!(sink.deliver(&forsendelse("2026-2027")).await, Ok(Outcome::Delivered(_))));
    let (headers, body) = server.last.lock().unwrap().take().unwrap();
    assert_eq!(headers[header::CONTENT_TYPE], "application/ld+json");
    assert_eq!(headers[header::ACCEPT], "application/ld+json");
    assert_eq!(headers[header::AUTHORIZATION], "Bearer token");
    let body: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(body["@type"], "vigoskole:GraduatingStudentsSubmission");
    assert_eq!(body["students"][1]["personalIdentityNumber"], support::SECRETS[1]);
}

#[tokio::test]
async fn an_answer_about_another_list_is_unknown() {
    let about = |change: fn(&mut Value)| {
        let mut body = accepted();
        change(&mut body);
        unknown(move || (StatusCode::CREATED, body.to_string()).into_response())
    };
    assert!(about(|b| b["school"]["orgNumber"] = json!("974738473")).await.contains("another school than"));
    assert!(about(|b| b["schoolYear"] = json!("2025-2026")).await.contains("another school year"));
    assert!(about(|b| drop(b["validationResults"].as_array_mut().unwrap().pop())).await.contains("lines"));
}

#[tokio::test]
async fn garbage_is_unknown() {
    for body in ["", "Ærlig Ågotnes 05911099839", "{\"status\": \"ACCEPTED\"", "[[[[[[[["] {
        unknown(move || (StatusCode::CREATED, body).into_response()).await;
    }
    let deep = "[".repeat(100_000);
    unknown(move || (StatusCode::CREATED, deep.clone()).into_response()).await;
}

#[tokio::test]
async fn an_answer_without_end_is_not_read_to_its_end() {
    let hint = unknown(|| {
        let chunk = || Ok::<_, std::io::Error>(Bytes::from(vec![b' '; 1 << 20]));
        // Two gigabytes, had anyone read them.
        (StatusCode::CREATED, Body::from_stream(Endless(2_048, chunk))).into_response()
    })
    .await;
    assert!(hint.contains("larger"), "{hint}");
}

/// A stream of so many chunks, made as they are asked for.
struct Endless<F>(usize, F);

impl<F: Fn() -> T + Unpin, T> futures_util::Stream for Endless<F> {
    type Item = T;

    fn poll_next(mut self: std::pin::Pin<&mut Self>, _: &mut std::task::Context<'_>) -> std::task::Poll<Option<T>> {
        let left = self.0.checked_sub(1);
        self.0 = left.unwrap_or_default();
        std::task::Poll::Ready(left.map(|_| (self.1)()))
    }
}

#[tokio::test]
async fn a_list_never_follows_a_redirect() {
    let redirect = |status: StatusCode| move || (status, [(header::LOCATION, "/elsewhere")]).into_response();
    for status in [StatusCode::MOVED_PERMANENTLY, StatusCode::FOUND, StatusCode::SEE_OTHER] {
        unknown(redirect(status)).await;
    }
    for status in [StatusCode::TEMPORARY_REDIRECT, StatusCode::PERMANENT_REDIRECT] {
        let error = deliver(redirect(status)).await.unwrap_err();
        assert!(matches!(&error, SinkError::Denied { hint, .. } if hint.contains("base_url")), "{error}");
    }
}

#[tokio::test]
async fn busy_with_a_time_is_later() {
    for status in [StatusCode::TOO_MANY_REQUESTS, StatusCode::SERVICE_UNAVAILABLE] {
        let outcome = deliver(move || (status, [(header::RETRY_AFTER, "7")]).into_response()).await.unwrap();
        assert!(matches!(outcome, Outcome::Later { wait, .. } if wait.as_secs() == 7));
    }
}

#[tokio::test]
async fn a_refusal_in_the_servers_words_is_not_repeated() {
    let body = json!({"errorCode": "FORBIDDEN", "message": "Elev Runa O'Syntetisk (17851099980) er allerede med i en innsending"});
    let outcome = deliver(move || (StatusCode::FORBIDDEN, body.to_string()).into_response()).await.unwrap();
    assert_eq!(outcome, Outcome::Rejected(Avslag::AlleredeLevert));
    let body = json!({"errorCode": "Runa 17851099980", "message": "Runa"});
    let outcome = deliver(move || (StatusCode::BAD_REQUEST, body.to_string()).into_response()).await.unwrap();
    assert_eq!(outcome, Outcome::Rejected(Avslag::Ugyldig { kode: "UNREADABLE".into() }));
}

#[tokio::test]
async fn a_gateway_that_refuses_us_stops_the_sink() {
    let error = deliver(|| (StatusCode::FORBIDDEN, "<html>").into_response()).await.unwrap_err();
    assert!(matches!(&error, SinkError::Denied { hint, .. } if hint.contains("gateway")), "{error}");
}
