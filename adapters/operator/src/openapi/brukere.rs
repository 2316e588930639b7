//! The routes of those who look after who may sign in.

use super::arbeid::if_match;
use super::ruter::{kropp, rute, skjema, sti};
use serde_json::{Map, Value, json};

/// Every path.
pub(super) fn stier() -> Map<String, Value> {
    let eier = || sti("eier", "`tenant.voss` or `fylke.46`.");
    let ser = |id: &str, hva: &str, svar: &str| rute(id, hva, &[(200, Some(svar))], json!({}));
    let gjor = |id: &str, hva: &str, godt: (u16, Option<&str>), tar: Value| {
        rute(id, &format!("{hva}. Takes the right avgjore, and the role kommune or fylke"), &[godt], tar)
    };
    let valg = || kropp("application/json", skjema("Brukervalg"));
    let ny = json!({ "requestBody": valg() });
    let endret = json!({ "requestBody": valg(), "parameters": [if_match()] });
    let en = rute("bruker", "One of them", &[(200, Some("Bruker")), (304, None)], json!({}));
    let alle = [
        (
            "/api/v1/brukere",
            json!({ "get": ser("eiere", "The owners whose people the caller may see", "[]Brukereier") }),
        ),
        (
            "/api/v1/brukere/{eier}",
            json!({
                "get": ser("brukere", "Who may sign in, and as what, by name", "[]Bruker"),
                "post": gjor("inviter", "Invites somebody; the code is said this once", (201, Some("Brukersvar")), ny),
                "parameters": [eier()]
            }),
        ),
        (
            "/api/v1/brukere/{eier}/{id}",
            json!({
                "get": en,
                "put": gjor(
                    "endrebruker",
                    "The person as he is to be. With another e-mail address it is another person, who is invited",
                    (200, Some("Brukersvar")),
                    endret
                ),
                "delete": gjor("fjernbruker", "Takes somebody out; sessions end with it", (204, None), json!({})),
                "parameters": [eier(), sti("id", "The person's id.")]
            }),
        ),
    ];
    alle.into_iter().map(|(sti, metoder)| (sti.to_owned(), metoder)).collect()
}
