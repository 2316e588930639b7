//! What browsers fetch besides pages: styles and scripts, vendored and hashed.
//!
//! A file's address holds the hash of its content, so a browser keeps it for good and never has an old one. Nothing is
//! fetched from anybody else. What others have written stands in `ressurser/LEVERT.toml`.

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};
use std::io::Write;
use std::sync::LazyLock;

/// A file that browsers fetch.
struct Ressurs {
    navn: &'static str,
    type_: &'static str,
    hel: &'static [u8],
    gzip: Vec<u8>,
    adresse: String,
}

macro_rules! fil {
    ($navn:literal, $type_:literal) => {
        Ressurs::ny($navn, $type_, include_bytes!(concat!("../../ressurser/", $navn)))
    };
}

static RESSURSER: LazyLock<[Ressurs; 7]> = LazyLock::new(|| {
    [
        fil!("designsystemet.css", "text/css; charset=utf-8"),
        fil!("designsystemet-tema.css", "text/css; charset=utf-8"),
        fil!("mellomlag.css", "text/css; charset=utf-8"),
        fil!("htmx.js", "text/javascript; charset=utf-8"),
        fil!("htmx-sse.js", "text/javascript; charset=utf-8"),
        fil!("mellomlag.js", "text/javascript; charset=utf-8"),
        fil!("merke.svg", "image/svg+xml"),
    ]
});

impl Ressurs {
    fn ny(navn: &'static str, type_: &'static str, hel: &'static [u8]) -> Self {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(hel).expect("a vector takes everything");
        let sum: String = Sha256::digest(hel)[..8].iter().map(|b| format!("{b:02x}")).collect();
        let gzip = gzip.finish().expect("a vector takes everything");
        Self { navn, type_, hel, gzip, adresse: format!("/ressurser/{sum}/{navn}") }
    }
}

/// The address of a file. Panics for one that is not there: a test asks for all that templates name.
pub(crate) fn adresse(navn: &str) -> &'static str {
    let funnet = RESSURSER.iter().find(|r| r.navn == navn);
    &funnet.expect("templates name only files that are there; a test renders them all").adresse
}

/// `GET /ressurser/{sum}/{navn}`.
pub(crate) async fn vis(Path((sum, navn)): Path<(String, String)>, hoder: HeaderMap) -> Response {
    let adresse = format!("/ressurser/{sum}/{navn}");
    let Some(fil) = RESSURSER.iter().find(|r| r.adresse == adresse) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let gzip = hoder.get_all(header::ACCEPT_ENCODING).iter().any(|v| v.to_str().unwrap_or_default().contains("gzip"));
    let felles = [
        (header::CONTENT_TYPE, fil.type_),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::VARY, "accept-encoding"),
    ];
    match gzip {
        true => (felles, [(header::CONTENT_ENCODING, "gzip")], fil.gzip.clone()).into_response(),
        false => (felles, fil.hel).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Deserialize)]
    struct Levert {
        fil: Vec<Levertfil>,
    }

    #[derive(Deserialize)]
    struct Levertfil {
        navn: String,
        sha256: String,
    }

    #[test]
    fn what_others_have_written_is_unchanged() {
        let levert: Levert = toml::from_str(include_str!("../../ressurser/LEVERT.toml")).unwrap();
        for fil in &levert.fil {
            let ressurs = RESSURSER.iter().find(|r| r.navn == fil.navn).unwrap();
            let sum: String = Sha256::digest(ressurs.hel).iter().map(|b| format!("{b:02x}")).collect();
            assert_eq!(sum, fil.sha256, "{}", fil.navn);
        }
        let vare = ["mellomlag.css", "mellomlag.js", "merke.svg"];
        assert_eq!(RESSURSER.len(), levert.fil.len() + vare.len());
    }

    #[test]
    fn nothing_is_fetched_from_anybody_else() {
        for fil in RESSURSER.iter().filter(|fil| fil.navn.ends_with(".css") || fil.navn == "mellomlag.js") {
            let tekst = std::str::from_utf8(fil.hel).unwrap().replace("http://www.w3.org/", "");
            assert!(!tekst.contains("http:") && !tekst.contains("https:") && !tekst.contains("url(//"), "{}", fil.navn);
        }
    }
}
