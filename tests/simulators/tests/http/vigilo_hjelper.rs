//! Vigilo: collections below an object, and the scopes they need.

use reqwest::StatusCode;
use serde_json::Value;
use simulators::{
    generator::{GeneratorConfig, Gruppetype, Kommune},
    vigilo::{Dialekt, Feil, Samling, Vigilo, VigiloConfig},
};

use crate::vigilo::Leser;

const ALT: &str = "https://purl.imsglobal.org/spec/or/v1p2/scope/roster.readonly";
const DEMOGRAFI: &str = "https://purl.imsglobal.org/spec/or/v1p2/scope/roster-demographics.readonly";

async fn start() -> (Vigilo, Leser) {
    let config = VigiloConfig::ny(Kommune::generer(&GeneratorConfig::voss(41)));
    let vigilo = Vigilo::start(config).await.unwrap();
    let leser = Leser::med_scope(&vigilo, ALT).await;
    (vigilo, leser)
}

async fn antall(leser: &Leser, sti: &str, nokkel: &str) -> usize {
    let svar = leser.hent(&format!("{sti}?limit=1")).await.error_for_status().unwrap();
    let total = svar.headers()["x-total-count"].to_str().unwrap().parse().unwrap();
    assert!(svar.json::<Value>().await.unwrap()[nokkel].is_array(), "{sti}");
    total
}

#[tokio::test]
async fn helper_endpoints_give_the_part_that_belongs_to_the_object() {
    let (vigilo, leser) = start().await;
    let kommune = vigilo.kommune();
    let skole = kommune.skoler_med_tiende().next().unwrap().id;
    let klasser: Vec<_> = kommune.klasser.iter().filter(|k| k.skole == skole).collect();
    let klasse = klasser.iter().find(|k| k.trinn == 10 && k.gruppetype == Gruppetype::Klasse).unwrap().id;
    let i_klassen = kommune.elever.iter().filter(|e| e.klasse == Some(klasse)).count();
    let elev = kommune.elever.iter().find(|e| e.klasse == Some(klasse)).unwrap();
    let paa_skolen: Vec<_> = kommune.elever.iter().filter(|e| e.skole == skole).collect();
    let laerere = kommune.laerere.iter().filter(|l| l.skole == skole).count();
    let medlemskap: usize = paa_skolen.iter().map(|e| usize::from(e.klasse.is_some()) + e.grupper.len()).sum();
    let termin = vigilo.rader(Samling::Terms)[0]["sourcedId"].as_str().unwrap().to_owned();
    let kurs = leser.json(&format!("classes/{klasse}")).await["class"]["course"]["sourcedId"].clone();
    for (sti, nokkel, ventet) in [
        (format!("schools/{skole}/students"), "users", paa_skolen.len()),
        (format!("schools/{skole}/teachers"), "users", laerere),
        (format!("schools/{skole}/classes"), "classes", klasser.len()),
        (format!("schools/{skole}/courses"), "courses", vigilo.antall(Samling::Courses)),
        (format!("schools/{skole}/terms"), "academicSessions", 2),
        (format!("schools/{skole}/enrollments"), "enrollments", medlemskap + laerere),
        (format!("schools/{skole}/classes/{klasse}/students"), "users", i_klassen),
        (format!("schools/{skole}/classes/{klasse}/teachers"), "users", 1),
        (format!("schools/{skole}/classes/{klasse}/enrollments"), "enrollments", i_klassen + 1),
        (format!("classes/{klasse}/students"), "users", i_klassen),
        (format!("users/{}/classes", elev.id), "classes", 1 + elev.grupper.len()),
        (format!("courses/{}/classes", kurs.as_str().unwrap()), "classes", {
            kommune.klasser.iter().filter(|k| k.trinn == 10).count()
        }),
        (format!("terms/{termin}/classes"), "classes", kommune.klasser.len()),
        (format!("terms/{termin}/gradingPeriods"), "academicSessions", 0),
    ] {
        assert_eq!(antall(&leser, &sti, nokkel).await, ventet, "{sti}");
    }
    let annen = kommune.skoler.iter().find(|s| s.id != skole).unwrap().id;
    assert_eq!(antall(&leser, &format!("schools/{annen}/classes/{klasse}/students"), "users").await, 0);
    for sti in [format!("schools/{klasse}/students"), format!("orgs/{skole}/students"), "schools/x/students".into()] {
        assert_eq!(leser.hent(&sti).await.status(), StatusCode::NOT_FOUND, "{sti}");
    }
}

#[tokio::test]
async fn a_helper_can_be_filtered_and_paged_and_links_to_itself() {
    let (vigilo, leser) = start().await;
    let skole = vigilo.kommune().skoler[0].id;
    let sti = format!("schools/{skole}/students?limit=5&filter=status%3D'active'");
    let svar = leser.hent(&sti).await;
    let lenker = svar.headers()["link"].to_str().unwrap().to_owned();
    let neste = lenker.split(", ").find(|l| l.ends_with("rel=\"next\"")).unwrap();
    let url = neste.trim_start_matches('<').split('>').next().unwrap();
    assert!(url.starts_with(&format!("{}/schools/{skole}/students?", leser.url)), "{url}");
    let side: Value = leser.http.get(url).bearer_auth(&leser.token).send().await.unwrap().json().await.unwrap();
    assert_eq!(side["users"].as_array().unwrap().len(), 5);
}

#[tokio::test]
async fn scopes_and_faults_close_them() {
    let (vigilo, leser) = start().await;
    let sti = format!("schools/{}/students", vigilo.kommune().skoler[0].id);
    assert_eq!(leser.hent(&sti).await.status(), StatusCode::OK);
    assert_eq!(leser.hent("demographics").await.status(), StatusCode::FORBIDDEN);
    assert_eq!(Leser::ny(&vigilo).await.hent(&sti).await.status(), StatusCode::FORBIDDEN, "core is not enough");
    for (feil, status) in [(Feil::HjelpereForbudt, 403), (Feil::HjelpereMangler, 404)] {
        vigilo.feil(feil);
        assert_eq!(leser.hent(&sti).await.status().as_u16(), status);
        assert_eq!(leser.hent("students").await.status(), StatusCode::OK, "the collections are open");
        vigilo.fjern_feil();
    }
}

#[tokio::test]
async fn birth_dates_need_a_scope_of_their_own() {
    let mut config = VigiloConfig::dialekt(simulators::generator::liten(42), Dialekt::Vigilo);
    config.scopes.push("roster-demographics.readonly".into());
    let vigilo = Vigilo::start(config).await.unwrap();
    let leser = Leser::med_scope(&vigilo, DEMOGRAFI).await;
    assert_eq!(leser.hent("users").await.status(), StatusCode::FORBIDDEN);
    let alle = leser.json("demographics?limit=500").await["demographics"].as_array().unwrap().clone();
    assert_eq!(alle.len(), vigilo.antall(Samling::Students));
    let elev = &vigilo.kommune().elever[0];
    let en = leser.json(&format!("demographics/{}", elev.id)).await;
    assert_eq!(en["demographics"]["birthDate"], elev.fodselsdato.to_string());
}
