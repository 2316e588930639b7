//! What is sent and received. Made from the types, but for those that belong to the runtime or to whoever opens a package:
//! of these it is said what they are, and not each field.

use crate::hendelser::{self, Hendelse};
use crate::klient::Token;
use crate::webhook::Webhookbilde;
use crate::{api, avvik, lister};
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

/// Every schema, by name.
pub(super) fn alle() -> Value {
    let mut settings = SchemaSettings::draft2020_12();
    settings.definitions_path = "/components/schemas".into();
    let mut generator = settings.into_generator();
    generator.subschema_for::<lister::Lister>();
    generator.subschema_for::<lister::Listedetalj>();
    generator.subschema_for::<avvik::Avviksside>();
    generator.subschema_for::<hendelser::Hendelsesside>();
    generator.subschema_for::<Hendelse>();
    generator.subschema_for::<Webhookbilde>();
    generator.subschema_for::<Token>();
    generator.subschema_for::<api::liste::Stand>();
    generator.subschema_for::<api::liste::Elevliste>();
    generator.subschema_for::<api::liste::Nummer>();
    generator.subschema_for::<api::liste::Versjon>();
    generator.subschema_for::<api::liste::Endringer>();
    generator.subschema_for::<api::liste::Overleverte>();
    generator.subschema_for::<api::brukere::Brukereier>();
    generator.subschema_for::<api::brukere::Brukervalg>();
    generator.subschema_for::<api::brukere::Bruker>();
    generator.subschema_for::<api::brukere::Brukersvar>();
    generator.subschema_for::<api::drift::stand::Driftsstand>();
    generator.subschema_for::<api::drift::forsok::Kildeforsok>();
    generator.subschema_for::<api::drift::forsok::Mottakerforsok>();
    generator.subschema_for::<api::drift::karantene::Arsak>();
    generator.subschema_for::<api::drift::karantene::Arsaksside>();
    generator.subschema_for::<api::drift::karantene::Prove>();
    generator.subschema_for::<api::drift::karantene::Spilling>();
    generator.subschema_for::<api::drift::karantene::Bestilt>();
    generator.subschema_for::<api::drift::pauser::Pause>();
    generator.subschema_for::<api::drift::pauser::Nypause>();
    generator.subschema_for::<api::handling::Gjort>();
    generator.subschema_for::<api::handling::Godkjenning>();
    generator.subschema_for::<api::handling::Grunn>();
    generator.subschema_for::<api::handling::Avklart>();
    generator.subschema_for::<api::handling::Fiktivt>();
    generator.subschema_for::<api::handling::Ettermeldt>();
    generator.subschema_for::<api::handling::Behandlet>();
    generator.subschema_for::<api::runde::Runde>();
    generator.subschema_for::<api::runde::Nyrunde>();
    generator.subschema_for::<api::runde::Rundevalg>();
    generator.subschema_for::<api::rundeinnhold::Rundeinnhold>();
    generator.subschema_for::<api::rundeinnhold::Rundebrev>();
    generator.subschema_for::<api::kontroll::Kontrollert>();
    generator.subschema_for::<api::kontroll::Kontrollsvar>();
    generator.subschema_for::<api::logg::Loggside>();
    generator.subschema_for::<api::logg::Kjede>();
    let mut ut: Map<String, Value> = generator.take_definitions(true);
    for (navn, skjema) in skrevne() {
        ut.insert(navn.to_owned(), skjema);
    }
    Value::Object(ut)
}

fn objekt(hva: &str, felt: Value, kreves: &[&str]) -> Value {
    json!({ "type": "object", "description": hva, "properties": felt, "required": kreves })
}

fn skrevne() -> [(&'static str, Value); 12] {
    let tekst = || json!({ "type": "string" });
    let ord = |ord: &[&str]| json!({ "type": "string", "enum": ord });
    let fritt = |hva: &str| json!({ "type": "object", "description": hva });
    [
        (
            "Problem",
            objekt(
                "What was refused, and the way out (RFC 9457).",
                json!({
                    "type": { "type": "string", "description": "`urn:mellomlag:problem:` and a stable word." },
                    "title": tekst(), "status": { "type": "integer" }, "detail": tekst(),
                    "felt": { "type": "array", "items": objekt("A field at fault.", json!({ "felt": tekst(), "hva": tekst() }), &["felt", "hva"]) }
                }),
                &["type", "title", "status", "detail"],
            ),
        ),
        (
            "Oauthfeil",
            objekt(
                "What was refused (RFC 6749, section 5.2).",
                json!({
                    "error": ord(&["invalid_request", "invalid_client", "invalid_scope", "unsupported_grant_type"]),
                    "error_description": tekst()
                }),
                &["error"],
            ),
        ),
        (
            "Tokenskjema",
            objekt(
                "The request for a token. A client that uses Basic leaves out its id and its secret.",
                json!({
                    "grant_type": { "const": "client_credentials" }, "scope": { "const": "lese" },
                    "client_id": tekst(), "client_secret": tekst()
                }),
                &["grant_type"],
            ),
        ),
        (
            "Kilde",
            objekt(
                "A source and how it is doing.",
                json!({
                    "tenant": tekst(), "kilde": tekst(), "slag": ord(&["lest", "pakker", "tastet"]),
                    "status": { "type": ["object", "null"], "description": "When it was read, and how that went." },
                    "holdt": { "type": "boolean", "description": "Whether a mass change waits for a decision." }
                }),
                &["tenant", "kilde", "slag", "status", "holdt"],
            ),
        ),
        ("Hold", fritt("The report on a mass change: what would happen, why it is held, and its `digest`.")),
        (
            "Avgjorelse",
            objekt(
                "What a person decides about a mass change.",
                json!({
                    "digest": { "type": "string", "description": "The report's: the decision is for exactly what was seen." },
                    "godkjent": { "type": "boolean" }, "hvorfor": { "type": "string", "maxLength": 500 }
                }),
                &["digest", "godkjent", "hvorfor"],
            ),
        ),
        (
            "Pakkesvar",
            objekt(
                "What became of a package.",
                json!({
                    "utfall": ord(&["lagret", "holdt", "kontrollert"]), "resultat": { "type": "array", "items": { "type": "object" } },
                    "hold": { "$ref": "#/components/schemas/Hold" },
                    "rapport": { "type": "object", "description": "What a person should know and put right." }
                }),
                &["utfall", "rapport"],
            ),
        ),
        ("Forklaring", fritt("Everything that is known of a pupil, from the source to the receipt. Personal.")),
        ("Kvittering", fritt("A signed receipt, to be kept byte by byte: `mellomlag verify` checks it.")),
        ("Innelev", fritt("A pupil as keyed in. Personal.")),
        ("Elev", fritt("A keyed-in pupil with its `id`. Personal.")),
        (
            "Elevsvar",
            objekt(
                "What became of a keyed-in pupil.",
                json!({
                    "id": { "type": "string", "format": "uuid" }, "utfall": ord(&["lagret", "fjernet", "holdt"]),
                    "merknader": { "type": "array", "items": { "type": "object" } },
                    "hold": { "$ref": "#/components/schemas/Hold" }
                }),
                &["id", "utfall", "merknader"],
            ),
        ),
    ]
}
