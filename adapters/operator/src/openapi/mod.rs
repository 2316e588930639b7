//! The API described: OpenAPI 3.1, made from the types that are sent and the routes that are written down beside them.
//!
//! `openapi.json` in this crate's folder is what this gives; a test sees to it that it is, and that every route is in it.

mod arbeid;
mod brukere;
mod drift;
mod ruter;
mod skjemaer;

use axum::Json;
use serde_json::{Value, json};

/// The whole description.
pub fn openapi() -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Mellomlag",
            "version": "1",
            "summary": "Fra skolesystem til inntak, og tilbake",
            "description": "Every answer may be extended by new fields. Errors are RFC 9457 problems, whose `type` ends in a \
                            stable word; `/oauth2/token` answers as RFC 6749. No answer may be kept (`no-store`).",
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" }
        },
        "servers": [{ "url": "/" }],
        "security": [{ "oauth2": ["lese"] }, { "token": [] }],
        "paths": ruter::stier(),
        "webhooks": ruter::webhooks(),
        "components": {
            "schemas": skjemaer::alle(),
            "responses": ruter::svar(),
            "securitySchemes": {
                "oauth2": {
                    "type": "oauth2",
                    "description": "For systems: client credentials, by client_secret_basic or client_secret_post.",
                    "flows": { "clientCredentials": { "tokenUrl": "/oauth2/token", "scopes": { "lese": "Read." } } }
                },
                "token": { "type": "http", "scheme": "bearer", "description": "For people: the token of a [[bruker]]." }
            }
        }
    })
}

/// `GET /api/v1/openapi.json`. Open to everybody: it says nothing of anybody.
pub(crate) async fn vis() -> Json<Value> {
    Json(openapi())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const FIL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");

    /// Method and path of every route, as the two `rute.rs` write them.
    fn ruter() -> BTreeSet<(String, String)> {
        let kode = [include_str!("../rute.rs"), include_str!("../api/rute.rs")].concat();
        let mut ut = BTreeSet::new();
        for rute in kode.split(".route(").skip(1) {
            let sti = rute.split('"').nth(1).unwrap();
            let foran = if sti.starts_with("/api") || sti.starts_with("/oauth2") {
                ""
            } else {
                "/api/v1/kilder/{tenant}/{kilde}"
            };
            let hele = format!("{foran}{}", if foran.is_empty() { sti } else { sti.trim_end_matches('/') });
            let slutt = rute.find("\n").unwrap_or(rute.len());
            for metode in ["get", "post", "put", "delete"] {
                if rute[..slutt].contains(&format!("{metode}(")) {
                    ut.insert((metode.to_owned(), hele.clone()));
                }
            }
        }
        ut
    }

    #[test]
    fn every_route_is_described_and_nothing_else() {
        let (json, ruter) = (openapi(), ruter());
        let mut beskrevet = BTreeSet::new();
        for (sti, metoder) in json["paths"].as_object().unwrap() {
            for metode in metoder.as_object().unwrap().keys().filter(|m| *m != "parameters") {
                beskrevet.insert((metode.clone(), sti.clone()));
            }
        }
        assert!(ruter.len() > 15, "{ruter:?}");
        assert_eq!(beskrevet, ruter);
    }

    #[test]
    fn every_reference_leads_somewhere() {
        fn ga(json: &Value, alt: &Value, sett: &mut usize) {
            match json {
                Value::Object(felt) => {
                    if let Some(Value::String(til)) = felt.get("$ref") {
                        *sett += 1;
                        let plass = til.strip_prefix('#').and_then(|p| alt.pointer(p));
                        assert!(plass.is_some(), "{til} leads nowhere");
                    }
                    felt.values().for_each(|v| ga(v, alt, sett));
                }
                Value::Array(verdier) => verdier.iter().for_each(|v| ga(v, alt, sett)),
                _ => {}
            }
        }
        let (json, mut sett) = (openapi(), 0);
        ga(&json, &json, &mut sett);
        assert!(sett > 30, "{sett}");
    }

    /// `SKRIV=1 cargo test -p adapter-operator openapi` writes it anew.
    #[test]
    fn the_file_is_what_the_program_says() {
        let ventet = format!("{}\n", serde_json::to_string_pretty(&openapi()).unwrap());
        if std::env::var_os("SKRIV").is_some() {
            std::fs::write(FIL, &ventet).unwrap();
        }
        assert!(
            std::fs::read_to_string(FIL).unwrap() == ventet,
            "write it anew: SKRIV=1 cargo test -p adapter-operator openapi"
        );
    }
}
