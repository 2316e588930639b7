//! How the page looks.

use std::fmt::Write as _;

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{MANGE, STI, Sok, navn};
use crate::{generator::Elev, vigilo::tilstand::Tilstand};

const STIL: &str = "body{font:1.125rem/1.5 sans-serif;max-width:46rem;margin:0 auto;padding:1rem;background:#fff;color:#1e2b3c}\
.varsel{border:3px solid #9c4a00;background:#fff4e0;padding:.5rem 1rem}.gjort{border:3px solid #0b6b3a;padding:.5rem 1rem}\
label{display:block;margin-top:.75rem;font-weight:bold}.rad label{display:inline;font-weight:normal}\
input:not([type=checkbox]),select{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;border:2px solid #1e2b3c;\
border-radius:4px}.hjelp{margin:0}button{font:inherit;margin-top:1rem;padding:.6rem 1.2rem;border:2px solid #004a8f;\
border-radius:4px;background:#004a8f;color:#fff;cursor:pointer}a{color:#004a8f}li{padding:.25rem 0}\
:focus-visible{outline:3px solid #000;outline-offset:2px}";

/// The search, and what it found.
pub(super) fn finn(tilstand: &Tilstand, sok: &Sok, funnet: &[&Elev], antall: Option<usize>) -> Response {
    let mut skoler: Vec<_> = tilstand.skoler.values().filter(|s| s.trinn_til == 10).collect();
    skoler.sort_by(|a, b| a.navn.cmp(&b.navn));
    let valg: String = skoler
        .iter()
        .map(|s| {
            let valgt = if s.id.to_string() == sok.skole { " selected" } else { "" };
            format!("<option value=\"{}\"{valgt}>{}</option>", s.id, html(&s.navn))
        })
        .collect();
    let mut treff = String::new();
    if let Some(antall) = antall {
        write!(treff, "<h2>{}</h2>", if antall == 1 { "1 elev".to_owned() } else { format!("{antall} elever") })
            .expect("a String takes everything");
        if antall > MANGE {
            write!(treff, "<p>De {MANGE} første vises. Skriv mer av navnet for å finne andre.</p>")
                .expect("a String takes everything");
        }
        treff.push_str("<ul>");
        for elev in funnet {
            let skole = tilstand.skoler.get(&elev.skole).map_or("", |s| s.navn.as_str());
            let klasse =
                elev.klasse.and_then(|k| tilstand.klasser.get(&k)).map_or("uten klasse", |k| k.data.kode.as_str());
            let (id, navn) = (elev.id, html(&navn(elev)));
            write!(treff, "<li><a href=\"{STI}/{id}\">{navn}</a>, {}, {}</li>", html(klasse), html(skole))
                .expect("a String takes everything");
        }
        treff.push_str("</ul>");
    }
    let avkrysset = if sok.mangler.is_some() { " checked" } else { "" };
    let kropp = format!(
        "<h1>Elevkort</h1>{VARSEL}<form method=\"get\" action=\"{STI}\"><label for=\"skole\">Skole</label>\
         <select id=\"skole\" name=\"skole\"><option value=\"\">Alle skoler</option>{valg}</select>\
         <label for=\"navn\">Navn, eller en del av det</label><input id=\"navn\" name=\"navn\" value=\"{}\" autocomplete=\"off\">\
         <p class=\"rad\"><input type=\"checkbox\" id=\"mangler\" name=\"mangler\" value=\"ja\"{avkrysset}> \
         <label for=\"mangler\">Bare elever som mangler noe eller har feil nummer</label></p>\
         <button>Finn elever</button></form>{treff}",
        html(&sok.navn)
    );
    side(StatusCode::OK, "Elevkort", &kropp)
}

/// One pupil.
pub(super) fn kort(tilstand: &Tilstand, elev: &Elev, riktig: Option<&str>, lagret: bool) -> Response {
    let hele = html(&navn(elev));
    let skole = tilstand.skoler.get(&elev.skole).map_or("", |s| s.navn.as_str());
    let mut klasser = String::new();
    if elev.klasse.is_none() {
        klasser.push_str("<option value=\"\">Ingen klasse</option>");
    }
    for klasse in tilstand.klasser_for(elev) {
        let valgt = if elev.klasse == Some(klasse.id) { " selected" } else { "" };
        write!(klasser, "<option value=\"{}\"{valgt}>{}</option>", klasse.id, html(&klasse.kode))
            .expect("a String takes everything");
    }
    let gjort = match lagret {
        true => "<p class=\"gjort\" role=\"status\">Lagret. Mellomlag leser endringen om noen sekunder.</p>",
        false => "",
    };
    let felt = |navn: &str, ledetekst: &str, verdi: &str, mer: &str| {
        format!(
            "<label for=\"{navn}\">{ledetekst}</label><input id=\"{navn}\" name=\"{navn}\" value=\"{}\" autocomplete=\"off\"{mer}>",
            html(verdi)
        )
    };
    let forslag = riktig.filter(|riktig| elev.nummer.as_deref() != Some(riktig)).map_or_else(String::new, |riktig| {
        format!("<p class=\"hjelp\" id=\"forslag\">I demonstrasjonen er det riktige nummeret {}.</p>", html(riktig))
    });
    let beskrevet = if forslag.is_empty() { "" } else { " aria-describedby=\"forslag\"" };
    let kropp = format!(
        "<p><a href=\"{STI}?skole={}\">Alle elever på skolen</a></p><h1>{hele}</h1>{gjort}{VARSEL}<p>{}</p>\
         <form method=\"post\" action=\"{STI}/{}\">{}{}{}{}{forslag}<label for=\"klasse\">Klasse</label>\
         <select id=\"klasse\" name=\"klasse\">{klasser}</select><button>Lagre</button></form>",
        elev.skole,
        html(skole),
        elev.id,
        felt("fornavn", "Fornavn", &elev.fornavn, ""),
        felt("mellomnavn", "Mellomnavn", elev.mellomnavn.as_deref().unwrap_or_default(), ""),
        felt("etternavn", "Etternavn", &elev.etternavn, ""),
        felt(
            "nummer",
            "Fødselsnummer eller D-nummer",
            elev.nummer.as_deref().unwrap_or_default(),
            &format!(" inputmode=\"numeric\"{beskrevet}")
        ),
    );
    side(StatusCode::OK, &hele, &kropp)
}

/// A page that says what is wrong.
pub(super) fn feil(status: StatusCode, hva: &str) -> Response {
    let kropp = format!("<h1>{}</h1>{VARSEL}<p><a href=\"{STI}\">Finn en annen elev</a></p>", html(hva));
    side(status, hva, &kropp)
}

const VARSEL: &str = "<p class=\"varsel\"><strong>Dette er en stedfortreder for Vigilo, laget for demonstrasjon.</strong> \
                      Ingen av elevene finnes.</p>";

fn side(status: StatusCode, tittel: &str, kropp: &str) -> Response {
    let html = format!(
        "<!DOCTYPE html><html lang=\"nb\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>{tittel} – stedfortreder for Vigilo</title><style>{STIL}</style></head>\
         <body><main>{kropp}</main></body></html>"
    );
    let hoder = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    (status, hoder, html).into_response()
}

fn html(tekst: &str) -> String {
    tekst.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}
