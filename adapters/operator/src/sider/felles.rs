//! Pages that belong to nobody in particular: the way in, the languages, accessibility.

use crate::rute::Operator;
use crate::sider::besok::{Besok, Svar};
use crate::sider::meny;
use crate::sider::ramme::{Ramme, svar, videre};
use crate::sprak::{KAKE, Sprak};
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use serde::Deserialize;
use std::sync::Arc;

/// `GET /`: to where this person begins.
pub(crate) async fn forside(besok: Besok) -> Response {
    videre(meny::forside(besok.rolle()))
}

#[derive(Deserialize)]
pub(crate) struct Sprakvalg {
    sprak: String,
    #[serde(default)]
    retur: String,
}

/// `POST /sprak`: from now on in this language. Changes nothing else, so it needs no session.
pub(crate) async fn sprak(Form(valg): Form<Sprakvalg>) -> Response {
    let mut svar = videre(lokal(&valg.retur));
    if let Some(sprak) = Sprak::av(&valg.sprak) {
        let kake = format!("{KAKE}={}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax", sprak.kode());
        svar.headers_mut().insert(header::SET_COOKIE, HeaderValue::from_str(&kake).expect("a tag of two letters"));
    }
    svar
}

/// An address of ours, or the front page.
fn lokal(adresse: &str) -> &str {
    // Browsers leave tabs and line breaks out of an address: what is left may be another's.
    let farlig = |c: char| c == '\\' || !c.is_ascii_graphic();
    let var = adresse.starts_with('/') && !adresse.starts_with("//") && !adresse.contains(farlig);
    if var { adresse } else { "/" }
}

#[derive(Template)]
#[template(path = "tilgjengelighet.html")]
struct Tilgjengelighet {
    ramme: Ramme,
}

impl Tilgjengelighet {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

/// `GET /tilgjengelighet`: what can be expected, and whom to tell when it does not hold.
pub(crate) async fn tilgjengelighet(State(operator): State<Arc<Operator>>, hoder: HeaderMap) -> Svar {
    let s = Sprak::av_hoder(&hoder, None);
    svar(&Tilgjengelighet {
        ramme: Ramme::utenfor(s, s.t("felles-tilgjengelighet"), "/tilgjengelighet", operator.demo()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_elsewhere() {
        for fremmed in [
            "//ond.example",
            "https://ond.example",
            "/\\ond.example",
            "",
            "javascript:alert(1)",
            "/a\r\nb",
            "/\t/ond.example",
            "\t//ond.example",
            "/ /ond.example",
            "/\u{a0}/ond.example",
        ] {
            assert_eq!(lokal(fremmed), "/", "{fremmed:?}");
        }
        assert_eq!(lokal("/skole/46.46503.2026-2027.1?klasse=10A"), "/skole/46.46503.2026-2027.1?klasse=10A");
    }
}
