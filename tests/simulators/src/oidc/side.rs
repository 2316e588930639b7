//! The provider's pages: plain HTML, no script, and nobody could take them for the real thing.

use std::fmt::Write as _;

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use super::tilstand::Indre;

const STIL: &str = "body{font:1.125rem/1.5 sans-serif;max-width:40rem;margin:0 auto;padding:1rem;background:#fff;color:#1e2b3c}\
.varsel{border:3px solid #9c4a00;background:#fff4e0;padding:.5rem 1rem}ul{list-style:none;padding:0}li{margin:.75rem 0}\
button{font:inherit;text-align:left;width:100%;padding:.75rem 1rem;border:2px solid #0062ba;border-radius:4px;background:#fff;\
color:#004a8f;cursor:pointer}button:hover{background:#e6f0f8}:focus-visible{outline:3px solid #000;outline-offset:2px}\
.navn{display:block;font-weight:bold}.om{display:block;color:#1e2b3c}";

/// The page where somebody is chosen.
pub(super) fn velg(indre: &Indre, foresporsel: &str) -> Response {
    let mut personer = String::new();
    for person in &indre.config.personer {
        write!(
            personer,
            "<li><button name=\"person\" value=\"{}\"><span class=\"navn\">{}</span><span class=\"om\">{}</span></button></li>",
            html(&person.sub),
            html(&person.navn),
            html(&person.beskrivelse)
        )
        .expect("a String takes everything");
    }
    let navn = html(indre.config.navn.as_deref().unwrap_or("Liksom-innlogging"));
    let kropp = format!(
        "<h1>{navn}</h1><p class=\"varsel\"><strong>Dette er en liksom-innlogging for demonstrasjon.</strong> \
         Ingen av personene finnes, og det er ikke noe passord. Bruk den aldri til ekte data.</p>\
         <form method=\"post\" action=\"/authorize\"><input type=\"hidden\" name=\"foresporsel\" value=\"{}\">\
         <h2 id=\"hvem\">Hvem vil du være?</h2><ul aria-labelledby=\"hvem\">{personer}</ul>\
         <p><button name=\"avbryt\" value=\"ja\">Avbryt innloggingen</button></p></form>",
        html(foresporsel)
    );
    side(StatusCode::OK, "Velg hvem du vil være", &kropp)
}

/// A page that says what is wrong.
pub(super) fn feil(status: StatusCode, hva: &str) -> Response {
    side(status, "Innloggingen stoppet", &format!("<h1>Innloggingen stoppet</h1><p>{}.</p>", html(hva)))
}

/// The page after a logout; it loads `rammer`, and goes on to `videre` where there is a place to go.
pub(super) fn ute(rammer: &[String], videre: Option<&str>) -> Response {
    let mut kropp = String::from("<h1>Du er logget ut</h1><p>Dette var en liksom-innlogging for demonstrasjon.</p>");
    for ramme in rammer {
        write!(kropp, "<iframe title=\"Utlogging\" hidden src=\"{}\"></iframe>", html(ramme))
            .expect("a String takes everything");
    }
    if let Some(videre) = videre {
        write!(kropp, "<p><a href=\"{}\">Gå tilbake</a></p>", html(videre)).expect("a String takes everything");
    }
    side(StatusCode::OK, "Du er logget ut", &kropp)
}

fn side(status: StatusCode, tittel: &str, kropp: &str) -> Response {
    let html = format!(
        "<!DOCTYPE html><html lang=\"nb\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>{tittel} – liksom-innlogging</title><style>{STIL}</style></head>\
         <body><main>{kropp}</main></body></html>"
    );
    let hoder = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    (status, hoder, html).into_response()
}

fn html(tekst: &str) -> String {
    tekst.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

/// A value in a query.
pub(super) fn prosent(tekst: &str) -> String {
    tekst.bytes().fold(String::new(), |mut ut, b| {
        match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => ut.push(char::from(b)),
            _ => write!(ut, "%{b:02X}").expect("a String takes everything"),
        }
        ut
    })
}
