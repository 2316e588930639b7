//! The routes of those who run the connections.

use super::ruter::{kropp, maks, rute, skjema, sporring, sti};
use serde_json::{Map, Value, json};

/// Every path.
pub(super) fn stier() -> Map<String, Value> {
    let en = |id: &str, hva: &str, svar: &str| {
        rute(id, &format!("{hva}. Takes the role integrator"), &[(200, Some(svar))], json!({}))
    };
    let gjor = |id: &str, hva: &str, godt: (u16, Option<&str>), tar: Option<&str>| {
        let tar = tar.map_or_else(|| json!({}), |tar| json!({ "requestBody": kropp("application/json", skjema(tar)) }));
        rute(id, &format!("{hva}. Takes the right avgjore, and the role integrator"), &[godt], tar)
    };
    let arsak = || sti("arsak", "The cause's id.");
    let mut poster = en("arsak", "A cause, and what has it: never what is in it", "Arsaksside");
    let etter = sporring("etter", "`neste` of the answer before.", json!({ "type": "string" }));
    poster["parameters"] = json!([etter, maks()]);
    let prov = "What playing it again would come to; changes nothing. Takes the right levere, and the role integrator";
    let alle = [
        ("/api/v1/drift", json!({ "get": en("drift", "How far behind everything is", "Driftsstand") })),
        (
            "/api/v1/drift/kilder/{tenant}/{kilde}/forsok",
            json!({
                "get": en("kildeforsok", "The last attempts to read a source, newest first", "[]Kildeforsok"),
                "parameters": [sti("tenant", "Whose."), sti("kilde", "The source.")]
            }),
        ),
        (
            "/api/v1/drift/mottakere/{fylke}/forsok",
            json!({
                "get": en("mottakerforsok", "The last requests to a county's receiver, newest first", "[]Mottakerforsok"),
                "parameters": [sti("fylke", "The county's number.")]
            }),
        ),
        ("/api/v1/drift/karantene", json!({ "get": en("karantene", "What could not be read, by cause", "[]Arsak") })),
        ("/api/v1/drift/karantene/{arsak}", json!({ "get": poster, "parameters": [arsak()] })),
        (
            "/api/v1/drift/karantene/{arsak}/prov",
            json!({ "post": rute("prov", prov, &[(200, Some("Prove"))], json!({})), "parameters": [arsak()] }),
        ),
        (
            "/api/v1/drift/karantene/{arsak}/spill",
            json!({
                "post": gjor("spill", "Plays a cause again, or one thing of it", (202, Some("Bestilt")), Some("Spilling")),
                "parameters": [arsak()]
            }),
        ),
        (
            "/api/v1/drift/pauser",
            json!({
                "get": en("pauser", "What stands still because a person says so", "[]Pause"),
                "post": gjor("pause", "Pauses an owner, a source, a school or a receiver", (201, Some("Pause")), Some("Nypause"))
            }),
        ),
        (
            "/api/v1/drift/pauser/{hva}",
            json!({
                "delete": gjor("fortsett", "Sets it going again", (204, None), None),
                "parameters": [sti("hva", "What is paused: `kilde.voss.vigilo`.")]
            }),
        ),
    ];
    alle.into_iter().map(|(sti, metoder)| (sti.to_owned(), metoder)).collect()
}
