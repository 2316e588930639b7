//! The routes of what people do on the pages: lists and their acts, rounds, the audit log.

use super::ruter::{hode, kropp, maks, rute, skjema, sporring, sti};
use serde_json::{Map, Value, json};

fn en(id: &str, hva: &str, svar: &str) -> Value {
    rute(id, hva, &[(200, Some(svar))], json!({}))
}

/// What was looked at.
pub(super) fn if_match() -> Value {
    let mut hode = hode(
        "If-Match",
        "The ETag of what was looked at; `*` for whatever there is. 428 without it, 412 when somebody has acted since.",
    );
    hode["required"] = json!(true);
    hode
}

/// An act: what it takes, and what was looked at.
fn handling(id: &str, hva: &str, tar: &Value, svar: &str) -> Value {
    let rest = json!({ "parameters": [if_match()], "requestBody": kropp("application/json", tar.clone()) });
    rute(id, &format!("{hva}. Takes the right avgjore, and a role that may"), &[(200, Some(svar))], rest)
}

fn tekst() -> Value {
    json!({ "type": "string" })
}

/// Every path.
pub(super) fn stier() -> Map<String, Value> {
    let mut ut = Map::new();
    for (sti, metoder) in lister().into_iter().chain(runder_og_logg()) {
        ut.insert(sti.to_owned(), metoder);
    }
    ut
}

fn lister() -> Vec<(&'static str, Value)> {
    let liste = || sti("liste", "`46.46503.2026-2027.1`");
    let av = |metode: &str, rute: Value| json!({ metode: rute, "parameters": [liste()] });
    let elev =
        |metode: &str, rute: Value| json!({ metode: rute, "parameters": [liste(), sti("elev", "The pupil's id.")] });
    let siden = rute(
        "endringer",
        "What has changed, pupil by pupil. Takes the right levere, and a role that sees pupils",
        &[(200, Some("Endringer"))],
        json!({ "parameters": [sporring("siden", "Since the version of this moment; since the one before without it.", json!({ "type": "string", "format": "date-time" }))] }),
    );
    let gjor = |id, hva, tar| av("post", handling(id, hva, &skjema(tar), "Gjort"));
    let hva = json!({
        "name": "hva", "in": "path", "required": true, "description": "The act; `frigi` takes an empty body.",
        "schema": { "type": "string", "enum": ["hold", "manuelt", "frigi", "fiktivt", "ettermeld"] }
    });
    let tar = json!({ "anyOf": [skjema("Grunn"), skjema("Fiktivt"), skjema("Ettermeldt"), { "type": "object", "maxProperties": 0 }] });
    let elevens = handling(
        "elevhandling",
        "Holds a pupil back, routes by hand, puts back, enters a fictitious number, or tells of a late change",
        &tar,
        "Gjort",
    );
    let behandle =
        handling("behandle", "Says what the intake office made of a late change", &skjema("Behandlet"), "Gjort");
    vec![
        (
            "/api/v1/lister/{liste}/stand",
            av("get", en("stand", "Where a list stands; its ETag is what acts name", "Stand")),
        ),
        (
            "/api/v1/lister/{liste}/elever",
            av(
                "get",
                en(
                    "listeelever",
                    "The pupils of a list, numbers masked; noted as shown. Takes the right levere, and a role that sees pupils",
                    "Elevliste",
                ),
            ),
        ),
        (
            "/api/v1/lister/{liste}/mottatt",
            av(
                "get",
                en(
                    "mottatt",
                    "The list as the receiver has accepted it; noted as shown. Takes the right levere",
                    "Elevliste",
                ),
            ),
        ),
        (
            "/api/v1/lister/{liste}/kvittering",
            av("get", en("listekvittering", "The newest receipt of a list", "Kvittering")),
        ),
        (
            "/api/v1/lister/{liste}/versjoner",
            av("get", en("versjoner", "When the list changed, without names", "[]Versjon")),
        ),
        ("/api/v1/lister/{liste}/endringer", av("get", siden)),
        (
            "/api/v1/lister/{liste}/ettermeldinger",
            av(
                "get",
                en(
                    "ettermeldinger",
                    "Those who were handed to the intake office one by one; noted as shown. Takes the right levere",
                    "[]Overleverte",
                ),
            ),
        ),
        (
            "/api/v1/lister/{liste}/ettermeldinger/{id}",
            json!({ "post": behandle, "parameters": [liste(), sti("id", "The change.")] }),
        ),
        (
            "/api/v1/lister/{liste}/godkjenn",
            gjor("godkjenn", "Approves exactly the list that was looked at", "Godkjenning"),
        ),
        ("/api/v1/lister/{liste}/tilbakekall", gjor("tilbakekall", "Takes an approval back", "Grunn")),
        ("/api/v1/lister/{liste}/avklar", gjor("avklar", "Says whether an attempt arrived", "Avklart")),
        (
            "/api/v1/lister/{liste}/elever/{elev}/nummer",
            elev("get", en("nummer", "A pupil's whole number; noted as shown. Takes the right levere", "Nummer")),
        ),
        (
            "/api/v1/lister/{liste}/elever/{elev}/forklaring",
            elev(
                "get",
                en(
                    "forklaring",
                    "A pupil from the source to the receipt; noted as shown. Takes the right levere",
                    "Forklaring",
                ),
            ),
        ),
        (
            "/api/v1/lister/{liste}/elever/{elev}/kvittering",
            elev(
                "get",
                en(
                    "elevkvittering",
                    "The newest receipt of a pupil; noted as shown. Takes the right levere",
                    "Kvittering",
                ),
            ),
        ),
        (
            "/api/v1/lister/{liste}/elever/{elev}/{hva}",
            json!({ "post": elevens, "parameters": [liste(), sti("elev", "The pupil's id."), hva] }),
        ),
    ]
}

fn runder_og_logg() -> Vec<(&'static str, Value)> {
    let ny = json!({ "requestBody": kropp("application/json", skjema("Nyrunde")) });
    let ny = rute("nyrunde", "Makes a round. Takes the right avgjore, and the role fylke", &[(200, Some("Runde"))], ny);
    let tid = || json!({ "type": "string", "format": "date-time" });
    let valg = json!({ "parameters": [
        sporring("elev", "About this pupil.", json!({ "type": "string", "format": "uuid" })), sporring("liste", "About this list.", tekst()),
        sporring("typ", "Whose type begins so.", tekst()), sporring("fra", "Not before.", tid()), sporring("til", "Not after.", tid()),
        sporring("etter", "`neste` of the answer before.", tekst()), maks()
    ] });
    let mut logger = rute("logger", "The logs that the caller may read", &[], json!({}));
    logger["responses"]["200"] = json!({ "description": "Done.", "content": { "application/json": { "schema": { "type": "array", "items": tekst() } } } });
    let runde = || sti("runde", "`46.2026-2027.1`");
    let sprak = json!({ "parameters": [sporring("sprak", "`nb`, `nn` or `en`.", tekst())] });
    let kontroll = json!({ "requestBody": kropp("application/json", skjema("Kontrollert")) });
    let kontroll = rute(
        "kontrollerkvittering",
        "Whether a receipt is genuine; it is kept nowhere. Takes the role fylke",
        &[(200, Some("Kontrollsvar"))],
        kontroll,
    );
    let logg = || sti("logg", "A tenant, or `fylke-46`.");
    vec![
        ("/api/v1/runder", json!({ "get": en("runder", "The rounds that concern the caller", "[]Runde"), "post": ny })),
        (
            "/api/v1/runder/{runde}",
            json!({
                "get": en("runde", "A round", "Runde"),
                "put": handling("redigerrunde", "Changes what a round says and asks for", &skjema("Rundeinnhold"), "Runde"),
                "post": handling("endrerunde", "Opens, extends, shortens or closes a round", &skjema("Rundevalg"), "Runde"),
                "parameters": [runde()]
            }),
        ),
        (
            "/api/v1/runder/{runde}/brev",
            json!({ "get": rute("brev", "The letters of a round as they will go out. Takes the role fylke", &[(200, Some("Rundebrev"))], sprak), "parameters": [runde()] }),
        ),
        ("/api/v1/kvitteringer/kontroll", json!({ "post": kontroll })),
        ("/api/v1/logg", json!({ "get": logger })),
        (
            "/api/v1/logg/{logg}",
            json!({ "get": rute("logg", "Who was shown whom, and who did what, newest first", &[(200, Some("Loggside"))], valg), "parameters": [logg()] }),
        ),
        (
            "/api/v1/logg/{logg}/kjede",
            json!({ "get": en("kjede", "Whether the log is whole", "Kjede"), "parameters": [logg()] }),
        ),
    ]
}
