//! Slow callers over raw TCP. The bounds are short here; what is waited for is an event, never a time.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop here")]

use super::*;
use axum::body::Bytes;
use axum::routing::post;
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Far longer than anything takes.
const LENGE: Duration = Duration::from_secs(60);
const KORT: Duration = Duration::from_millis(200);

struct Server {
    adresse: SocketAddr,
    stopp: Option<oneshot::Sender<()>>,
    kjorer: JoinHandle<()>,
}

async fn server(grenser: Grenser) -> Server {
    let app = Router::new().route(
        "/",
        post(|kropp: Result<Bytes, axum::extract::rejection::BytesRejection>| async move {
            kropp.map_or_else(|_| "brutt".to_owned(), |kropp| format!("fikk {}", kropp.len()))
        }),
    );
    let lytter = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let adresse = lytter.local_addr().unwrap();
    let (stopp, ferdig) = oneshot::channel();
    let kjorer = tokio::spawn(kjor(lytter, app, grenser, async move {
        let _ = ferdig.await;
    }));
    Server { adresse, stopp: Some(stopp), kjorer }
}

async fn ring(adresse: SocketAddr, sagt: &str) -> TcpStream {
    let mut strom = TcpStream::connect(adresse).await.unwrap();
    strom.write_all(sagt.as_bytes()).await.unwrap();
    strom
}

/// Everything until the server hangs up.
async fn resten(strom: &mut TcpStream) -> String {
    let mut ut = Vec::new();
    let lest = tokio::time::timeout(LENGE, strom.read_to_end(&mut ut)).await.expect("the server hangs up");
    lest.unwrap();
    String::from_utf8(ut).unwrap()
}

#[tokio::test]
async fn who_never_ends_the_head_is_hung_up_on() {
    let server = server(Grenser { hode: KORT, kropp: LENGE, samtidige: 10 }).await;
    let mut treg = ring(server.adresse, "POST / HTTP/1.1\r\nhost: x\r\nx-treg: ").await;
    let svar = resten(&mut treg).await;
    assert!(!svar.starts_with("HTTP/1.1 200"), "{svar}");
}

#[tokio::test]
async fn who_never_ends_the_body_is_answered_and_hung_up_on() {
    let server = server(Grenser { hode: LENGE, kropp: KORT, samtidige: 10 }).await;
    let mut treg = ring(server.adresse, "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalv").await;
    let svar = resten(&mut treg).await;
    assert!(svar.ends_with("brutt"), "{svar}");
}

#[tokio::test]
async fn who_is_slow_and_gets_on_is_served() {
    let server = server(Grenser { hode: LENGE, kropp: LENGE, samtidige: 10 }).await;
    let mut treg =
        ring(server.adresse, "POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 10\r\n\r\n").await;
    for _ in 0..10 {
        treg.write_all(b"x").await.unwrap();
        tokio::task::yield_now().await;
    }
    assert!(resten(&mut treg).await.ends_with("fikk 10"));
}

#[tokio::test]
async fn who_holds_a_connection_keeps_no_more_than_its_place() {
    let server = server(Grenser { hode: KORT, kropp: LENGE, samtidige: 1 }).await;
    let _treg = ring(server.adresse, "POST / HT").await;
    let neste = "POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
    let mut neste = ring(server.adresse, neste).await;
    assert!(resten(&mut neste).await.ends_with("fikk 0"), "the place is free when the slow one is hung up on");
}

#[tokio::test]
async fn who_is_being_served_when_it_stops_is_answered() {
    let mut server = server(Grenser { hode: LENGE, kropp: LENGE, samtidige: 10 }).await;
    let begynt = "POST / HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\n";
    let mut midt_i = ring(server.adresse, begynt).await;
    let mut gaa_videre = [0; 25];
    tokio::time::timeout(LENGE, midt_i.read_exact(&mut gaa_videre)).await.unwrap().unwrap();
    assert!(gaa_videre.starts_with(b"HTTP/1.1 100"), "the handler is reading");
    server.stopp.take().unwrap().send(()).unwrap();
    midt_i.write_all(b"ok").await.unwrap();
    assert!(resten(&mut midt_i).await.ends_with("fikk 2"));
    tokio::time::timeout(LENGE, server.kjorer).await.expect("it stops").unwrap();
}
