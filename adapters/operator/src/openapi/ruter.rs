//! The routes: what each does, takes and answers.

use serde_json::{Map, Value, json};

/// What a route answers when all is well: status, and the schema of its body.
pub(super) type Godt<'a> = (u16, Option<&'a str>);

pub(super) fn skjema(navn: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{navn}") })
}

fn liste(navn: &str) -> Value {
    json!({ "type": "array", "items": skjema(navn) })
}

pub(super) fn kropp(type_: &str, skjema: Value) -> Value {
    json!({ "required": true, "content": { type_: { "schema": skjema } } })
}

/// A route with what it may answer besides the problems that every route may.
pub(super) fn rute(id: &str, hva: &str, godt: &[Godt<'_>], rest: Value) -> Value {
    let mut svar: Map<String, Value> = Map::new();
    for (status, navn) in godt {
        let mut ett = json!({ "description": if *status == 304 { "You have it already." } else { "Done." } });
        if let Some(navn) = navn {
            let innhold = navn.strip_prefix("[]").map_or_else(|| skjema(navn), liste);
            ett["content"] = json!({ "application/json": { "schema": innhold } });
        }
        svar.insert(status.to_string(), ett);
    }
    svar.insert("default".into(), json!({ "$ref": "#/components/responses/Problem" }));
    let mut ut = json!({ "operationId": id, "summary": hva, "responses": svar });
    let felt = ut.as_object_mut().expect("an object was made just now");
    felt.extend(rest.as_object().cloned().unwrap_or_default());
    ut
}

pub(super) fn sporring(navn: &str, hva: &str, skjema: Value) -> Value {
    json!({ "name": navn, "in": "query", "description": hva, "schema": skjema })
}

pub(super) fn sti(navn: &str, hva: &str) -> Value {
    json!({ "name": navn, "in": "path", "required": true, "description": hva, "schema": { "type": "string" } })
}

pub(super) fn hode(navn: &str, hva: &str) -> Value {
    json!({ "name": navn, "in": "header", "description": hva, "schema": { "type": "string" } })
}

pub(super) fn maks() -> Value {
    let skjema = json!({ "type": "integer", "minimum": 1, "maximum": 500, "default": 100 });
    sporring("maks", "How many at most.", skjema)
}

/// What many routes may answer.
pub(super) fn svar() -> Value {
    let feil = |hva: &str, type_: &str, navn: &str| json!({ "description": hva, "content": { type_: { "schema": skjema(navn) } } });
    json!({
        "Problem": feil("What was refused, and the way out.", "application/problem+json", "Problem"),
        "Oauthfeil": feil("No token.", "application/json", "Oauthfeil")
    })
}

/// Every path.
pub(super) fn stier() -> Value {
    let mut ut = tilbake();
    let kilder = kilder();
    let stier = ut.as_object_mut().expect("an object was made just now");
    stier.extend(kilder.as_object().cloned().unwrap_or_default());
    stier.extend(super::arbeid::stier());
    stier.extend(super::drift::stier());
    stier.extend(super::brukere::stier());
    ut
}

/// Back to the school system.
fn tilbake() -> Value {
    let tekst = || json!({ "type": "string" });
    let tenant = || sporring("tenant", "Only this tenant's.", tekst());
    let merke = || hode("If-None-Match", "The ETag of what you have: 304 when it is what there is.");
    let token = json!({
        "security": [],
        "requestBody": kropp("application/x-www-form-urlencoded", skjema("Tokenskjema")),
        "responses": {
            "200": { "description": "A token.", "content": { "application/json": { "schema": skjema("Token") } } },
            "400": { "$ref": "#/components/responses/Oauthfeil" }, "401": { "$ref": "#/components/responses/Oauthfeil" },
            "default": { "$ref": "#/components/responses/Problem" }
        }
    });
    let eier = json!({ "type": "string", "enum": ["skole", "kommune", "leverandor", "fylke"] });
    let vent = json!({ "type": "integer", "minimum": 0, "maximum": 30, "default": 0 });
    json!({
        "/oauth2/token": { "post": rute("token", "A token for a system, good for ten minutes. 429 with Retry-After to whoever asks too often", &[], token) },
        "/api/v1/lister": {
            "get": rute("lister", "Where the lists stand", &[(200, Some("Lister")), (304, None)], json!({ "parameters": [
                tenant(), sporring("etter", "`neste` of the answer before.", tekst()), maks(), merke()
            ] }))
        },
        "/api/v1/lister/{liste}": {
            "get": rute("liste", "One list, and everything that is open on it", &[(200, Some("Listedetalj")), (304, None)],
                json!({ "parameters": [sti("liste", "`46.46503.2026-2027.1`"), merke()] }))
        },
        "/api/v1/avvik": {
            "get": rute("avvik", "What is open, list by list", &[(200, Some("Avviksside"))], json!({ "parameters": [
                tenant(), sporring("eier", "Only what these put right.", eier), sporring("regel", "Only this rule.", tekst()),
                sporring("etter", "`neste` of the answer before.", tekst()), maks()
            ] }))
        },
        "/api/v1/hendelser": {
            "get": rute("hendelser", "What has happened, oldest first", &[(200, Some("Hendelsesside"))], json!({ "parameters": [
                sporring("etter", "`markor` of the answer before, or of `/api/v1/lister`; everything without it. 410 when it is from another store.", tekst()),
                maks(), sporring("vent", "Seconds to wait when nothing has happened.", vent)
            ] }))
        },
        "/api/v1/webhooks": { "get": rute("webhooks", "How webhooks are doing", &[(200, Some("[]Webhookbilde"))], json!({})) },
        "/api/v1/webhooks/{navn}/gjenoppta": {
            "post": rute("gjenoppta", "Sets a webhook going again. Takes the right avgjore", &[(202, None)],
                json!({ "parameters": [sti("navn", "The webhook.")] }))
        },
        "/api/v1/openapi.json": {
            "get": rute("openapi", "This description", &[], json!({
                "security": [], "responses": { "200": { "description": "OpenAPI 3.1.", "content": { "application/json": {} } } }
            }))
        }
    })
}

/// Sources, packages and keyed-in pupils.
fn kilder() -> Value {
    let en = |mut metoder: Value| {
        metoder["parameters"] = json!([sti("tenant", "Whose."), sti("kilde", "The source.")]);
        metoder
    };
    let elev = |metoder: Value| {
        let mut metoder = en(metoder);
        if let Some(alle) = metoder["parameters"].as_array_mut() {
            alle.push(sti("elev", "The pupil's id."));
        }
        metoder
    };
    let pakke = || json!({ "requestBody": kropp("application/zip", json!({ "type": "string", "format": "binary" })) });
    let med = |navn: &str| json!({ "requestBody": kropp("application/json", skjema(navn)) });
    let under = |hale: &str| format!("/api/v1/kilder/{{tenant}}/{{kilde}}{hale}");
    json!({
        "/api/v1/kilder": { "get": rute("kilder", "How the sources are doing", &[(200, Some("[]Kilde"))], json!({})) },
        under(""): en(json!({ "get": rute("kilde", "How one source is doing", &[(200, Some("Kilde"))], json!({})) })),
        under("/hent"): en(json!({ "post": rute("hent", "Reads the source now. Takes the right levere", &[(202, None)], json!({})) })),
        under("/hold"): en(json!({
            "get": rute("hold", "The report on a mass change", &[(200, Some("Hold")), (204, None)], json!({}))
        })),
        under("/hold/avgjorelse"): en(json!({
            "post": rute("avgjor", "Decides about a mass change. Takes the right avgjore", &[(204, None)], med("Avgjorelse"))
        })),
        under("/oneroster-csv"): en(json!({
            "put": rute("lever", "Takes a package: 202 when it waits for a decision", &[(200, Some("Pakkesvar")), (202, Some("Pakkesvar"))], pakke())
        })),
        under("/oneroster-csv/kontroll"): en(json!({
            "post": rute("kontroller", "Goes through a package and stores nothing", &[(200, Some("Pakkesvar"))], pakke())
        })),
        under("/elever"): en(json!({
            "get": rute("elever", "The keyed-in pupils. Written to the audit trail", &[(200, Some("[]Elev"))], json!({})),
            "post": rute("nyElev", "Keys in a pupil", &[(201, Some("Elevsvar"))], med("Innelev"))
        })),
        under("/elever/{elev}"): elev(json!({
            "put": rute("endreElev", "The pupil as it is now", &[(200, Some("Elevsvar"))], med("Innelev")),
            "delete": rute("fjernElev", "Takes the pupil away", &[(200, Some("Elevsvar"))], json!({}))
        }))
    })
}

/// What is sent to those who want to be called.
pub(super) fn webhooks() -> Value {
    let hoder = [
        hode("webhook-id", "The event's id: the same for every time that it is sent."),
        hode("webhook-timestamp", "When it was sent, in seconds since 1970."),
        hode("webhook-signature", "`v1,` and HMAC-SHA-256 over `id.timestamp.body` in base64 (Standard Webhooks)."),
    ];
    json!({
        "hendelse": { "post": {
            "operationId": "webhook",
            "summary": "Something has happened. At least once, in order; answer 2xx within 15 seconds, and 410 never to be called again",
            "security": [],
            "parameters": hoder,
            "requestBody": kropp("application/cloudevents+json", skjema("Hendelse")),
            "responses": { "204": { "description": "Taken." } }
        } }
    })
}
