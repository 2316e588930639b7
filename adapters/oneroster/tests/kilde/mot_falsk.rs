//! Against a server that breaks the rules in ways that have been seen.

use super::falsk::{Falsk, Kall, elev, elever, json_side, med_antall, side, status};
use super::lesing::{feil, les_alt};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use flow::{Cursor, Kildeobjekt, Presence, Source, SourceError};
use oneroster::{Objekt, User};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Answers `users` with `svar`, and says that there is nothing of the rest.
async fn brukere(svar: impl Fn(&Kall) -> Response + Send + Sync + 'static) -> Falsk {
    Falsk::start(move |kall| if kall.samling() == "users" { svar(kall) } else { json_side(kall.samling(), &[]) }).await
}

fn antall_kall(falsk: &Falsk) -> usize {
    falsk.kall().iter().filter(|k| k.samling() == "users").count()
}

#[tokio::test]
async fn every_page_is_asked_for_in_the_order_of_ids() {
    let falsk = brukere(|kall| json_side("users", &side(kall, &elever(5)))).await;
    assert_eq!(les_alt(&falsk.kilde("sidestorrelse = 2")).await.unwrap().av("user"), 5);
    let kall: Vec<_> = falsk.kall().into_iter().filter(|k| k.samling() == "users").collect();
    assert_eq!(kall.iter().map(|k| k.tall("offset")).collect::<Vec<_>>(), [0, 2, 4, 5], "by rows received");
    for k in &kall {
        assert_eq!((k.sporring["sort"].as_str(), k.sporring["orderBy"].as_str()), ("sourcedId", "asc"));
        assert_eq!(k.sporring["filter"], "roles.role='student'");
    }
    let rekke: Vec<_> = falsk.kall().iter().map(|k| k.samling().to_owned()).collect();
    let forste = |navn: &str| rekke.iter().position(|s| s == navn).unwrap();
    let plasser = ["orgs", "academicSessions", "classes", "users", "enrollments"].map(forste);
    assert!(plasser.is_sorted(), "{rekke:?}");
}

#[tokio::test]
async fn a_filter_that_is_refused_or_answered_with_nothing_is_left_out() {
    for kode in [Some(400), Some(422), None] {
        let falsk = brukere(move |kall| match (kall.sporring.contains_key("filter"), kode) {
            (true, Some(kode)) => status(kode),
            (true, None) => json_side("users", &[]),
            (false, _) => json_side("users", &side(kall, &elever(5))),
        })
        .await;
        let lesing = les_alt(&falsk.kilde("sidestorrelse = 2")).await.unwrap();
        assert_eq!(lesing.av("user"), 5);
        let ventet = if kode.is_some() { "filter-refused" } else { "filter-empty" };
        assert_eq!(lesing.findings.iter().filter(|f| f.code == ventet).count(), 1);
        assert_eq!(antall_kall(&falsk), 5, "the filter is tried once per collection");
    }
}

#[tokio::test]
async fn a_filter_that_is_ignored_is_seen_and_only_pupils_are_kept() {
    let mut rader = elever(3);
    rader[1]["roles"][0]["role"] = json!("teacher");
    let falsk = brukere(move |kall| json_side("users", &side(kall, &rader))).await;
    let lesing = les_alt(&falsk.kilde("")).await.unwrap();
    assert_eq!(lesing.av("user"), 2);
    assert!(lesing.funn().contains("filter-ignored"));
}

#[tokio::test]
async fn counts_that_move_or_lie_tear_the_reading() {
    for (antall, ventet) in
        [([4, 5], "moved from 4 to 5"), ([2, 2], "ended after 4 rows, but its count says 2"), ([9, 9], "says 9")]
    {
        let falsk = brukere(move |kall| {
            let forste = usize::from(kall.tall("offset") > 0);
            med_antall("users", &side(kall, &elever(4)), antall[forste])
        })
        .await;
        let svar = feil(&falsk.kilde("sidestorrelse = 2")).await;
        assert!(matches!(&svar, SourceError::Torn { hint, .. } if hint.contains(ventet)), "{svar:?}");
    }
}

#[tokio::test]
async fn a_server_that_ignores_offset_is_not_read_for_ever() {
    let falsk = brukere(|_| json_side("users", &elever(4))).await;
    let svar = feil(&falsk.kilde("sidestorrelse = 4")).await;
    assert!(matches!(&svar, SourceError::Torn { hint, .. } if hint.contains("ignore offset")), "{svar:?}");
    assert_eq!(antall_kall(&falsk), 2);
    // With a count that agrees there is no doubt: this was all.
    let falsk = brukere(|_| med_antall("users", &elever(4), 4)).await;
    let lesing = les_alt(&falsk.kilde("sidestorrelse = 2")).await.unwrap();
    assert!(lesing.av("user") == 4 && lesing.funn().contains("offset-ignored"));
}

#[tokio::test]
async fn a_server_without_a_page_past_the_end_is_believed_where_its_count_agrees() {
    for kode in [404, 400] {
        let falsk = brukere(move |kall| match side(kall, &elever(4)) {
            rader if rader.is_empty() => status(kode),
            rader => med_antall("users", &rader, 4),
        })
        .await;
        let lesing = les_alt(&falsk.kilde("sidestorrelse = 2")).await.unwrap();
        assert!(lesing.av("user") == 4 && lesing.funn().contains("no-page-past-the-end"));
    }
}

#[tokio::test]
async fn the_same_row_twice_is_one_and_one_id_with_two_contents_tears() {
    let mut rader = elever(4);
    rader.insert(1, elev(0));
    let like = rader.clone();
    let falsk = brukere(move |kall| json_side("users", &side(kall, &like))).await;
    let lesing = les_alt(&falsk.kilde("sidestorrelse = 3")).await.unwrap();
    assert!(lesing.av("user") == 4 && lesing.funn().contains("duplicate-row"));
    let lesing = les_alt(&falsk.kilde("sidestorrelse = 1\nrollefilter = false")).await;
    assert!(matches!(lesing.err(), Some(SourceError::Torn { .. })), "a whole page that repeats may hide another");

    rader[1]["familyName"] = json!("Annen");
    let falsk = brukere(move |kall| json_side("users", &side(kall, &rader))).await;
    for sidestorrelse in [1, 3] {
        let svar = feil(&falsk.kilde(&format!("sidestorrelse = {sidestorrelse}"))).await;
        let SourceError::Torn { hint, .. } = svar else { panic!("{svar:?}") };
        assert!(hint.contains("users[0] and users[1]"), "{hint}");
    }
}

#[tokio::test]
async fn one_person_who_is_pupil_and_teacher_under_one_id_is_the_pupil() {
    let mut rader = elever(2);
    rader[0]["roles"][0]["role"] = json!("administrator");
    rader[0]["sourcedId"] = rader[1]["sourcedId"].clone();
    let falsk = brukere(move |kall| json_side("users", &side(kall, &rader))).await;
    let lesing = les_alt(&falsk.kilde("rollefilter = false")).await.unwrap();
    assert!(lesing.av("user") == 1 && lesing.funn().contains("sourced-id-in-several-rows"));
}

#[tokio::test]
async fn retry_after_may_be_a_date() {
    let falsk = brukere(|_| {
        let hoder = [("date", "Mon, 02 Nov 2026 08:00:00 GMT"), ("retry-after", "Mon, 02 Nov 2026 08:02:00 GMT")];
        (StatusCode::TOO_MANY_REQUESTS, hoder, "<h1>too many</h1>").into_response()
    })
    .await;
    let svar = feil(&falsk.kilde("")).await;
    assert!(matches!(&svar, SourceError::Throttled { wait, .. } if wait.as_secs() == 120), "{svar:?}");
}

#[tokio::test]
async fn a_body_without_a_length_is_cut_off_at_the_limit() {
    let sendt = std::sync::Arc::new(AtomicUsize::new(0));
    let teller = std::sync::Arc::clone(&sendt);
    let falsk = brukere(move |_| {
        let teller = std::sync::Arc::clone(&teller);
        let evig = std::iter::repeat_with(move || {
            teller.fetch_add(1024, Ordering::Relaxed);
            Ok::<_, std::convert::Infallible>("[".repeat(1024))
        });
        axum::body::Body::from_stream(futures_util::stream::iter(evig.take(200_000))).into_response()
    })
    .await;
    let svar = feil(&falsk.kilde("maks_bytes = 100000")).await;
    assert!(matches!(&svar, SourceError::Malformed { hint, .. } if hint.contains("100000 bytes")), "{svar:?}");
    assert!(sendt.load(Ordering::Relaxed) < 150_000_000, "most of it was never taken in");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let annen = Falsk::start(|_| json_side("orgs", &[])).await;
    let mal = annen.url.clone();
    let falsk = Falsk::start(move |_| (StatusCode::FOUND, [("location", mal.clone())]).into_response()).await;
    let svar = feil(&falsk.kilde("")).await;
    assert!(matches!(&svar, SourceError::Malformed { hint, .. } if hint.contains("302")), "{svar:?}");
    assert!(annen.kall().is_empty());
}

#[tokio::test]
async fn nobody_there_is_out_of_reach() {
    let falsk = Falsk::start(|_| status(500)).await;
    let borte = falsk.kilde("");
    drop(falsk);
    assert!(matches!(feil(&borte).await, SourceError::Unreachable { .. }));
}

#[tokio::test]
async fn a_missing_collection_points_at_the_address() {
    let falsk = Falsk::start(|_| status(404)).await;
    let svar = feil(&falsk.kilde("")).await;
    assert!(
        matches!(&svar, SourceError::Malformed { field, hint, .. } if field == "orgs" && hint.contains("base_url"))
    );
    assert!(falsk.kilde("").probe().await.is_err());
}

#[tokio::test]
async fn a_cursor_of_another_version_starts_again() {
    let falsk = Falsk::start(|kall| json_side(kall.samling(), &[])).await;
    let svar = falsk.kilde("").read(&Cursor("{\"v\":0}".into())).await;
    assert!(matches!(svar, Err(SourceError::Torn { .. })));
    assert!(falsk.kall().is_empty());
}

fn objekt(id: &str) -> Kildeobjekt {
    let user = User {
        sourced_id: id.into(),
        given_name: None,
        middle_name: None,
        family_name: None,
        identifier: None,
        grades: vec![],
        roles: vec![],
    };
    Objekt::User(user).into()
}

#[tokio::test]
async fn a_provider_without_look_ups_never_says_gone() {
    let falsk = brukere(|kall| match kall.sti.as_str() {
        "/v1p2/users" => json_side("users", &side(kall, &elever(1))),
        _ => status(404),
    })
    .await;
    let svar = falsk.kilde("").look_up(&objekt("borte")).await;
    assert!(matches!(&svar, Err(SourceError::Malformed { hint, .. }) if hint.contains("no look-ups")), "{svar:?}");
    let tom = brukere(|kall| if kall.sti == "/v1p2/users" { json_side("users", &[]) } else { status(404) }).await;
    assert!(tom.kilde("").look_up(&objekt("borte")).await.is_err(), "no row to check with");
}

#[tokio::test]
async fn a_look_ups_answer_is_read_with_care() {
    let cases: [(Value, Option<Presence>); 8] = [
        (json!({"user": elev(1)}), Some(Presence::Present)),
        (json!({"users": [elev(1)]}), Some(Presence::Present)),
        (json!({"users": [med(elev(1), "/roles/0/role", "teacher"), elev(1)]}), Some(Presence::Present)),
        (json!({"user": med(elev(1), "/roles/0/role", "teacher")}), Some(Presence::Gone)),
        (json!({"user": {"sourcedId": "elev-001", "status": "inactive"}}), Some(Presence::Gone)),
        (json!({"user": med(elev(1), "/roles/0/role", "wizard")}), None),
        (json!({"user": elev(2)}), None),
        (json!({"users": []}), None),
    ];
    for (kropp, ventet) in cases {
        let tekst = kropp.to_string();
        let falsk = Falsk::start(move |_| tekst.clone().into_response()).await;
        let svar = falsk.kilde("").look_up(&objekt("elev-001")).await;
        assert_eq!(svar.ok(), ventet, "{kropp}");
    }
}

fn med(mut rad: Value, peker: &str, verdi: &str) -> Value {
    *rad.pointer_mut(peker).unwrap() = json!(verdi);
    rad
}

#[tokio::test]
async fn an_id_cannot_lead_the_look_up_elsewhere() {
    let falsk = Falsk::start(|_| status(500)).await;
    for id in ["../../admin?x=1#y", "a/b", "å b", "%2e%2e"] {
        assert!(falsk.kilde("").look_up(&objekt(id)).await.is_err());
    }
    assert!(falsk.kall().iter().all(|k| k.sti.starts_with("/v1p2/users/") && k.sti.matches('/').count() == 3));
    assert!(falsk.kall().iter().all(|k| k.sporring.is_empty()));
    assert_eq!(falsk.kall().len(), 4);
    assert!(falsk.kilde("").look_up(&objekt("..")).await.is_err());
    assert_eq!(falsk.kall().len(), 4, "nothing was asked");
}
