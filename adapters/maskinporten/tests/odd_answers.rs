//! Answers that no Maskinporten gives, but that stand between us and it.

#![allow(clippy::unwrap_used)] // The lint knows test functions, not their helpers.

use adapter_maskinporten::Config;
use axum::http::{HeaderMap, StatusCode, header};
use axum::{Router, response::IntoResponse, routing::post};
use flow::{AccessToken, ManualClock, TokenError, TokenSource as _};
use std::sync::Arc;

/// What a client gets from a server that always answers so.
async fn ask<R>(answer: R) -> Result<AccessToken, TokenError>
where
    R: IntoResponse + Clone + Send + Sync + 'static,
{
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let app = Router::new().route("/token", post(async move || answer));
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    let key = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/throwaway-key.pem");
    let config = format!(
        "issuer = \"{base}/\"\ntoken_url = \"{base}/token\"\nclient_id = \"a\"\nkid = \"b\"\nkey_file = \"{key}\"\nscopes = [\"c\"]"
    );
    let clock = ManualClock::new("2026-11-21T08:00:00Z".parse().unwrap());
    Config::parse(&config).unwrap().build(Arc::new(clock)).unwrap().token().await
}

#[tokio::test]
async fn an_answer_without_end_is_not_read_to_its_end() {
    let error = ask((StatusCode::OK, "x".repeat(65 * 1024))).await.unwrap_err();
    assert!(matches!(&error, TokenError::Unreachable { hint, .. } if hint.contains("larger")), "{error}");
}

#[tokio::test]
async fn a_grant_never_follows_a_redirect() {
    for status in [StatusCode::FOUND, StatusCode::TEMPORARY_REDIRECT] {
        let error = ask((status, [(header::LOCATION, "https://elsewhere.example/token")], "")).await.unwrap_err();
        assert!(matches!(&error, TokenError::Denied { hint, .. } if hint.contains("token_url")), "{error}");
    }
}

#[tokio::test]
async fn a_refusal_points_out_that_the_clocks_differ() {
    let mut headers = HeaderMap::new();
    headers.insert(header::DATE, "Sat, 21 Nov 2026 08:05:00 GMT".parse().unwrap());
    let body = r#"{"error":"invalid_grant","error_description":"iat"}"#;
    let error = ask((StatusCode::BAD_REQUEST, headers, body)).await.unwrap_err();
    assert!(matches!(&error, TokenError::Denied { hint, .. } if hint.contains("300 s behind")), "{error}");
}

#[tokio::test]
async fn a_refusal_that_cannot_be_read_names_token_url() {
    let error = ask((StatusCode::NOT_FOUND, "<html>")).await.unwrap_err();
    assert!(
        matches!(&error, TokenError::Denied { hint, .. } if hint.contains("404") && hint.contains("token_url")),
        "{error}"
    );
}

#[tokio::test]
async fn busy_with_a_time_is_a_wait() {
    for status in [StatusCode::TOO_MANY_REQUESTS, StatusCode::SERVICE_UNAVAILABLE] {
        let error = ask((status, [(header::RETRY_AFTER, "7")], "")).await.unwrap_err();
        assert!(matches!(error, TokenError::Throttled { wait, .. } if wait.as_secs() == 7), "{error}");
    }
}

#[tokio::test]
async fn the_server_may_not_put_its_own_text_into_our_errors() {
    let body = r#"{"error":"evil-canary","error_description":"evil-canary","error_uri":"evil-canary"}"#;
    for status in [StatusCode::BAD_REQUEST, StatusCode::UNAUTHORIZED, StatusCode::INTERNAL_SERVER_ERROR, StatusCode::OK]
    {
        let error = ask((status, body)).await.unwrap_err();
        assert!(!format!("{error} {error:?}").contains("canary"), "{error}");
    }
}
