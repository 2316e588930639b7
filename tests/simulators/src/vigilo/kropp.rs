//! Bodies, whole or spoiled.

use axum::{
    body::{Body, Bytes},
    http::header,
    response::{IntoResponse, Response},
};
use futures_util::{StreamExt as _, stream};
use serde_json::Value;

use super::{Feil, Samling, vis::objekt};

const JSON: (header::HeaderName, &str) = (header::CONTENT_TYPE, "application/json");
/// Bytes in one piece of a body that has no end.
const BIT: u64 = 64 * 1024;

/// A list in its envelope.
pub(super) fn liste(samling: Samling, rader: Vec<Value>, feil: &[Feil]) -> Response {
    for feil in feil {
        match feil {
            Feil::Enorm { byte } => return enorm(samling, *byte),
            Feil::Dyp { niva } => return dyp(samling, *niva),
            _ => {}
        }
    }
    let rader = Value::Array(rader);
    let verdi = if feil.contains(&Feil::BarListe) {
        rader
    } else if feil.contains(&Feil::StiSomKonvolutt) {
        objekt([(samling.sti(), rader)])
    } else {
        objekt([(samling.konvolutt(), rader)])
    };
    tekst(verdi.to_string(), feil)
}

/// A single object in its envelope.
pub(super) fn enkelt(samling: Samling, rad: Value, feil: &[Feil]) -> Response {
    let verdi = if feil.contains(&Feil::ListeForEnkelt) {
        objekt([(samling.konvolutt(), Value::Array(vec![rad]))])
    } else {
        objekt([(samling.entall(), rad)])
    };
    tekst(verdi.to_string(), feil)
}

fn tekst(tekst: String, feil: &[Feil]) -> Response {
    if feil.contains(&Feil::HalvtSvar) {
        // The pause makes the server send what it has before it meets the error.
        let brudd = async {
            tokio::task::yield_now().await;
            Err(std::io::Error::new(std::io::ErrorKind::ConnectionAborted, "cut by the simulator"))
        };
        let deler = stream::iter([Ok::<Bytes, _>(halvdel(&tekst))]).chain(stream::once(brudd));
        return ([JSON], [(header::CONTENT_LENGTH, tekst.len().to_string())], Body::from_stream(deler)).into_response();
    }
    if feil.contains(&Feil::UgyldigJson) {
        return ([JSON], halvdel(&tekst)).into_response();
    }
    ([JSON], tekst).into_response()
}

/// The first half of a body, cut at a byte.
fn halvdel(kropp: &str) -> Bytes {
    Bytes::copy_from_slice(&kropp.as_bytes()[..kropp.len() / 2])
}

/// Well-formed rows without end in sight; made piece by piece, so that the simulator itself holds only one.
fn enorm(samling: Samling, byte: u64) -> Response {
    let rad = format!("{{\"sourcedId\":\"{}\"}},", "x".repeat(96));
    let bit = Bytes::from(rad.repeat(usize::try_from(BIT).expect("a small number") / rad.len()));
    let antall = byte.div_ceil(bit.len() as u64);
    let start = Bytes::from(format!("{{\"{}\":[", samling.konvolutt()));
    let biter = (0..antall).map(move |_| bit.clone());
    let alt = std::iter::once(start).chain(biter).chain([Bytes::from_static(b"{\"sourcedId\":\"x\"}]}")]);
    ([JSON], Body::from_stream(stream::iter(alt.map(Ok::<_, std::convert::Infallible>)))).into_response()
}

fn dyp(samling: Samling, niva: u32) -> Response {
    let niva = niva as usize;
    let (inn, ut) = ("[".repeat(niva), "]".repeat(niva));
    let kropp = format!("{{\"{}\":[{{\"sourcedId\":\"x\",\"metadata\":{inn}{ut}}}]}}", samling.konvolutt());
    ([JSON], kropp).into_response()
}
