//! The configuration folder of the tests.

use super::sted::*;
use std::path::Path;

/// Sees to the schools of Voss.
pub const VOSS: &str = "voss-voss-voss-voss-voss-voss-voss-voss";
/// Sees to the schools of Bergen.
pub const BERGEN: &str = "bergen-bergen-bergen-bergen-bergen-bergen";
/// Runs the connections of Bergen.
pub const BERGENDRIFT: &str = "bergendrift-bergendrift-bergendrift";
/// Runs the connections of Voss, and has a token for looking.
pub const DRIFTLESER: &str = "driftleser-driftleser-driftleser-drift";
/// Receives for another county.
pub const ROGALAND: &str = "rogaland-rogaland-rogaland-rogaland-roga";

/// Writes it. With pages it has people of more roles besides, and a file that a source is read from.
pub fn skriv(mappe: &Path, webhooks: &[(&str, &str, &str)], sider: bool) {
    let fil = |navn: &str, innhold: &str| std::fs::write(mappe.join(navn), innhold).unwrap();
    let tenant = |navn: &str| format!("[[tenant]]\nnavn = {navn:?}\nnokkelfil = \"{navn}.nokkel\"\n");
    let epost = if sider { EPOST } else { "" };
    let hoved = format!("[nats]\nurl = \"nats://127.0.0.1:1\"\n{epost}{}{}", tenant("voss"), tenant("bergen"));
    fil("mellomlag.toml", &hoved);
    fil("voss.nokkel", &"0a".repeat(32));
    fil("bergen.nokkel", &"0b".repeat(32));
    fil("kilde-voss.toml", "tenant = \"voss\"\nkommunenummer = \"4621\"\nfil = \"x.json\"\nskolear = \"2026-2027\"\n");
    fil("csv-friskolen.toml", "tenant = \"voss\"\nnavn = \"friskolen\"\nkommunenummer = \"4621\"\n");
    fil("csv-bergen.toml", "tenant = \"bergen\"\nkommunenummer = \"4601\"\n");
    let skolens =
        |org: &str| format!("rolle = \"skole\"\nskoler = [{{ tenant = \"voss\", organisasjonsnummer = {org:?} }}]");
    let mut operator = format!("listen = \"127.0.0.1:0\"\nmaks_opplasting_bytes = {MAKS}\n");
    for (navn, token, rett, rest) in [
        ("kari", KARI, "avgjore", "tenanter = [\"voss\"]"),
        ("ola", OLA, "levere", "tenanter = [\"voss\"]\nkilder = [\"friskolen\", \"fjellskolen\"]"),
        ("per", PER, "lese", "tenanter = [\"voss\"]"),
        ("liv", LIV, "avgjore", "tenanter = [\"bergen\"]"),
        ("fjell", FJELL, "avgjore", skolens("974738368").as_str()),
        ("dal", DAL, "avgjore", skolens("312701103").as_str()),
        ("fylket", FYLKET, "avgjore", "rolle = \"fylke\"\nfylker = [\"46\"]"),
        ("drift", DRIFT, "avgjore", "rolle = \"integrator\"\ntenanter = [\"voss\"]"),
        ("revisor", REVISOR, "avgjore", "rolle = \"revisor\"\ntenanter = [\"voss\"]"),
    ] {
        fil(&format!("{navn}.token"), &format!("{token}\n"));
        operator += &format!("[[bruker]]\nnavn = {navn:?}\ntokenfil = \"{navn}.token\"\nrett = {rett:?}\n{rest}\n");
    }
    operator += "[[tastet]]\ntenant = \"voss\"\nnavn = \"fjellskolen\"\nskole = \"Fjellskolen\"\n\
                 organisasjonsnummer = \"974738368\"\n";
    fil("token.nokkel", &"0c".repeat(32));
    operator = format!("tokennokkelfil = \"token.nokkel\"\n{operator}");
    for (id, hemmelighet, kilde) in [("vigilo", VIGILO_HEMMELIG, "fjellskolen"), ("annen", ANNEN_HEMMELIG, "friskolen")]
    {
        fil(&format!("{id}.klient"), hemmelighet);
        operator += &format!(
            "[[klient]]\nid = {id:?}\nhemmelighetfil = \"{id}.klient\"\ntenanter = [\"voss\"]\nkilder = [{kilde:?}]\n"
        );
    }
    fil("webhook.hemmelighet", WEBHOOK_HEMMELIG);
    for (navn, url, rest) in webhooks {
        operator += &format!(
            "[[webhook]]\nnavn = {navn:?}\ntenant = \"voss\"\nurl = {url:?}\nhemmelighetfil = \"webhook.hemmelighet\"\n{rest}\n"
        );
    }
    if sider {
        operator = format!("offentlig_url = \"https://mellomlag.example/\"\n{operator}{}", flere(&fil));
    }
    fil("operator.toml", &operator);
}

/// Who sends letters. Nothing is sent in these tests.
const EPOST: &str = "[epost]\nvert = \"127.0.0.1\"\nport = 1\nkryptering = \"ingen\"\n\
                     avsender = \"Mellomlag <ikke-svar@mellomlag.example>\"\nadresse = \"https://mellomlag.example/\"\n";

/// Two that a source cannot read, and one that it can: the file of Vigilo in Voss.
const VIGILO_FIL: &str = r#"{"users": [
    {"sourcedId": "u1", "givenName": "Åse", "familyName": "Kanarifugl", "role": "student", "grades": ["10"]},
    {"givenName": "Uten", "familyName": "Kanarifugl", "role": "student"},
    {"givenName": "Annen", "familyName": "Kanarifugl", "role": "student"}
]}"#;

/// More people, one of each role that the others are not.
fn flere(fil: &impl Fn(&str, &str)) -> String {
    fil("x.json", VIGILO_FIL);
    let mut ut = String::new();
    for (navn, token, rett, rest) in [
        ("voss", VOSS, "avgjore", "rolle = \"kommune\"\ntenanter = [\"voss\"]"),
        ("bergen", BERGEN, "avgjore", "rolle = \"kommune\"\ntenanter = [\"bergen\"]"),
        ("bergendrift", BERGENDRIFT, "avgjore", "rolle = \"integrator\"\ntenanter = [\"bergen\"]"),
        ("driftleser", DRIFTLESER, "lese", "rolle = \"integrator\"\ntenanter = [\"voss\"]"),
        ("rogaland", ROGALAND, "avgjore", "rolle = \"fylke\"\nfylker = [\"11\"]"),
    ] {
        fil(&format!("{navn}.token"), token);
        ut += &format!("[[bruker]]\nnavn = {navn:?}\ntokenfil = \"{navn}.token\"\nrett = {rett:?}\n{rest}\n");
    }
    ut
}
