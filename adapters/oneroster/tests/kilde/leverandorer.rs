//! What is special about each supplier.

use super::falsk::{Falsk, Kall, elever, json_side, klasse, med_antall, side, skolen, status};
use super::lesing::{Lesing, les_alt};
use axum::response::{IntoResponse, Response};
use flow::{Kildeobjekt, Presence, Source, SourceError};
use oneroster::Objekt;
use serde_json::{Value, json};

#[tokio::test]
async fn visma_flyt_names_its_customer_to_the_token_endpoint() {
    let falsk = Falsk::start(|kall| skolen(kall, &elever(2))).await;
    let lesing = les_alt(&falsk.kilde("profil = \"visma_flyt\"\ntenant_id = \"kunde-1\"")).await.unwrap();
    assert_eq!(lesing.av("user"), 2);
    let skjema = falsk.tokenkall().pop().unwrap();
    assert!(!skjema.starts_with("basic"), "the secret is in the form");
    let scope =
        "scope=one-roster-api%3Ahttps%3A%2F%2Fpurl.imsglobal.org%2Fspec%2For%2Fv1p2%2Fscope%2Froster-core.readonly";
    for del in ["grant_type=client_credentials", "tenant_id=kunde-1", "client_secret=h", scope] {
        assert!(skjema.split('&').any(|par| par == del), "{del}");
    }
    assert!(falsk.kall().iter().all(|k| k.filter().is_none() && k.sporring.contains_key("limit")));

    let vanlig = Falsk::start(|kall| skolen(kall, &[])).await;
    les_alt(&vanlig.kilde("")).await.unwrap();
    let skjema = vanlig.tokenkall().pop().unwrap();
    assert!(skjema.starts_with("basic") && !skjema.contains("tenant_id") && !skjema.contains("client_secret"));
}

/// A FINT bridge: 1.1, booleans, no grades, a person who is pupil and teacher is two rows, one id gives a list.
fn fint(kall: &Kall) -> Response {
    let elev = |nr: usize, rolle: &str| {
        json!({"sourcedId": format!("e{nr}"), "status": "active", "dateLastModified": "2026-11-02T08:00:00.777Z",
            "username": "x", "enabledUser": true, "givenName": "Åse", "familyName": "Prøve", "role": rolle,
            "userIds": [{"type": "Feide", "identifier": "aase@prove.no"}], "grades": null,
            "orgs": [{"href": "x", "sourcedId": "s1", "type": "org"}]})
    };
    let alle = [elev(1, "student"), elev(2, "student"), elev(2, "teacher")];
    match kall.sti.strip_prefix("/v1p1/users/") {
        Some("e2") => json_side("users", &alle[1..]),
        Some("e1") => json_side("users", &alle[..1]),
        Some(_) => status(404),
        None if kall.samling() == "users" => med_antall("users", &side(kall, &alle), 3),
        None => skolen(kall, &[]),
    }
}

#[tokio::test]
async fn a_fint_bridge_is_read_without_filters_and_its_lists_looked_up() {
    let falsk = Falsk::start(fint).await;
    let kilde = falsk.kilde("profil = \"fint_bridge\"");
    let lesing = les_alt(&kilde).await.unwrap();
    assert_eq!(lesing.av("user"), 2);
    assert!(lesing.elever().all(|e| e.identifier.is_none() && e.grades.is_empty()));
    for code in ["boolean-for-text", "null-for-absent", "grades-empty"] {
        assert_eq!(lesing.antall_funn(code), 2, "{code}");
    }
    assert_eq!(lesing.antall_funn("sourced-id-in-several-rows"), 1);
    assert!(falsk.kall().iter().all(|k| k.filter().is_none()));
    let av = |objekt: &Objekt, id: &str| *objekt.sourced_id().vis() == id;
    for observed in &lesing.observed {
        if let Kildeobjekt::Roster(objekt @ Objekt::User(_)) = &observed.objekt {
            assert!(av(objekt, "e1") || av(objekt, "e2"));
            assert_eq!(kilde.look_up(&observed.objekt).await.unwrap(), Presence::Present);
        }
    }
}

/// The school, with a class that does not say its grade, and these courses.
async fn kurs(kurs: impl Fn(&Kall) -> Response + Send + Sync + 'static) -> Falsk {
    Falsk::start(move |kall| match kall.samling() {
        "courses" => kurs(kall),
        "classes" => {
            let mut uten = klasse();
            uten["grades"] = json!([]);
            json_side("classes", &side(kall, &[uten]))
        }
        _ => skolen(kall, &elever(1)),
    })
    .await
}

fn klassens_trinn(lesing: &Lesing) -> Vec<String> {
    let mut trinn = lesing.observed.iter().filter_map(|o| match &o.objekt {
        Kildeobjekt::Roster(Objekt::Class(klasse)) => Some(klasse.grades.clone()),
        _ => None,
    });
    trinn.next().unwrap()
}

#[tokio::test]
async fn a_class_without_a_grade_has_that_of_its_course() {
    let rad = |resten: Value| {
        let mut rad = json!({"sourcedId": "kurs1", "status": "active", "title": "Kull", "courseCode": "x"});
        rad.as_object_mut().unwrap().extend(resten.as_object().unwrap().clone());
        rad
    };
    let cases = [
        (rad(json!({"grades": ["010"]})), &["10"][..], "grade-from-course"),
        (rad(json!({"grades": [], "metadata": {"onedhub.initialYear": 2017}})), &["10"], "grade-from-initial-year"),
        (rad(json!({"metadata": {"onedhub": {"initialYear": "2018"}}})), &["9"], "grade-from-initial-year"),
        (rad(json!({"metadata": {"onedhub.initialYear": "2016"}})), &[], ""),
        (rad(json!({"metadata": {"onedhub.initialYear": "i fjor"}})), &[], ""),
        (json!({"sourcedId": "et annet", "grades": ["10"]}), &[], ""),
    ];
    for (rad, ventet, code) in cases {
        let falsk = kurs({
            let rad = rad.clone();
            move |kall| json_side("courses", &side(kall, &[json!({"sourcedId": null}), rad.clone()]))
        })
        .await;
        let lesing = les_alt(&falsk.kilde("sidestorrelse = 1")).await.unwrap();
        assert_eq!(klassens_trinn(&lesing), ventet, "{rad}");
        assert_eq!(lesing.funn().iter().find(|f| f.starts_with("grade-")).copied().unwrap_or_default(), code, "{rad}");
    }
}

#[tokio::test]
async fn courses_are_read_only_when_needed_and_may_be_missing() {
    let falsk = Falsk::start(|kall| skolen(kall, &elever(1))).await;
    les_alt(&falsk.kilde("")).await.unwrap();
    assert!(falsk.kall().iter().all(|k| k.samling() != "courses"));

    for kode in [400, 403, 404] {
        let falsk = kurs(move |_| status(kode)).await;
        let kilde = falsk.kilde("");
        for _ in 0..2 {
            let lesing = les_alt(&kilde).await.unwrap();
            assert!(klassens_trinn(&lesing).is_empty() && lesing.antall_funn("courses-unavailable") == 1);
        }
        assert_eq!(falsk.kall().iter().filter(|k| k.samling() == "courses").count(), 2, "once in a reading");
    }
    let falsk = kurs(|_| status(500)).await;
    assert!(matches!(les_alt(&falsk.kilde("")).await.err(), Some(SourceError::Unreachable { .. })));
    let falsk =
        kurs(|_| json!({"courses": [{"sourcedId": "kurs1", "grades": ["10"]}]}).to_string().into_response()).await;
    assert_eq!(klassens_trinn(&les_alt(&falsk.kilde("")).await.unwrap()), ["10"], "also where offset is ignored");
}
