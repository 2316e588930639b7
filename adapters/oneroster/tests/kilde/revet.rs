//! A reading that contradicts itself is begun again; a source that is always like that is believed.

use super::falsk::{Falsk, elever, json_side, klasse, med_antall, medlemskap, side, skolen, status};
use super::lesing::{Lesing, feil, les_alt};
use axum::response::{IntoResponse, Response};
use flow::{Cursor, Source, SourceError};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// The school with three pupils, and these memberships besides.
async fn skole_med(ekstra: Arc<Mutex<Vec<Value>>>) -> Falsk {
    Falsk::start(move |kall| {
        if kall.samling() != "enrollments" {
            return skolen(kall, &elever(3));
        }
        let mut rader = vec![medlemskap("elev-000", "k1")];
        rader.extend(ekstra.lock().unwrap().iter().cloned());
        json_side("enrollments", &side(kall, &rader))
    })
    .await
}

fn lose(lesing: &Lesing) -> usize {
    lesing.antall_funn("dangling-reference")
}

#[tokio::test]
async fn references_to_what_never_came_are_believed_when_they_come_again() {
    let ekstra = Arc::new(Mutex::new(vec![medlemskap("borte", "k1"), medlemskap("elev-001", "borte")]));
    let falsk = skole_med(Arc::clone(&ekstra)).await;
    let kilde = falsk.kilde("sidestorrelse = 2");
    let svar = feil(&kilde).await;
    assert!(
        matches!(&svar, SourceError::Torn { samling: "enrollments", hint, .. } if hint.contains("2 rows")),
        "{svar:?}"
    );
    for _ in 0..2 {
        let lesing = les_alt(&kilde).await.unwrap();
        assert_eq!((lose(&lesing), lesing.av("enrollment")), (2, 3), "nothing is left out: core judges");
    }
    *ekstra.lock().unwrap() = vec![medlemskap("en annen", "k1")];
    assert!(matches!(feil(&kilde).await, SourceError::Torn { .. }));
    *ekstra.lock().unwrap() = vec![];
    assert_eq!(lose(&les_alt(&kilde).await.unwrap()), 0);
}

#[tokio::test]
async fn what_came_and_is_not_ours_is_no_loose_end() {
    // A group for after-school care and a teacher came; a row on its way out may refer to what is gone.
    let ekstra = vec![medlemskap("laerer", "sfo"), {
        let mut ut = medlemskap("borte", "borte");
        ut["status"] = json!("tobedeleted");
        ut
    }];
    let falsk = Falsk::start(move |kall| {
        let mut rader = match kall.samling() {
            "classes" => vec![klasse(), klasse()],
            "users" => elever(2),
            "enrollments" => ekstra.clone(),
            _ => return skolen(kall, &[]),
        };
        match kall.samling() {
            "classes" => {
                rader[1]["sourcedId"] = json!("sfo");
                rader[1]["metadata"] = json!({"onedhub.groupType": "SfoGroup"});
            }
            "users" => {
                rader[1]["sourcedId"] = json!("laerer");
                rader[1]["roles"][0]["role"] = json!("teacher");
            }
            _ => {}
        }
        json_side(kall.samling(), &side(kall, &rader))
    })
    .await;
    let lesing = les_alt(&falsk.kilde("rollefilter = false")).await.unwrap();
    assert_eq!((lesing.av("class"), lesing.av("user"), lose(&lesing)), (1, 1, 0));
}

#[tokio::test]
async fn a_reading_that_is_taken_up_in_the_middle_draws_no_conclusion() {
    let falsk = skole_med(Arc::new(Mutex::new(vec![medlemskap("borte", "k1")]))).await;
    let forste = falsk.kilde("");
    let mut cursor = Cursor::default();
    while !cursor.0.contains("enrollments") {
        cursor = forste.read(&cursor).await.unwrap().next;
    }
    let etter_omstart = falsk.kilde("");
    for _ in 0..2 {
        cursor = etter_omstart.read(&cursor).await.unwrap().next;
    }
    assert_eq!(cursor, Cursor::default(), "complete");
    assert!(matches!(feil(&etter_omstart).await, SourceError::Torn { .. }), "the next one, whole, finds it");
}

#[tokio::test]
async fn a_revision_that_changes_between_pages_tears_the_reading() {
    let teller = Arc::new(AtomicUsize::new(0));
    let uro = Arc::clone(&teller);
    let falsk = Falsk::start(move |kall| {
        let revisjon = if kall.samling() == "users" { uro.load(Ordering::Relaxed) * kall.tall("offset") } else { 7 };
        ([("x-perm-rev", format!("rev {revisjon}"))], skolen(kall, &elever(5))).into_response()
    })
    .await;
    let kilde = falsk.kilde("sidestorrelse = 2\nrevisjonshode = \"X-Perm-Rev\"");
    assert_eq!(les_alt(&kilde).await.unwrap().av("user"), 5);
    teller.store(1, Ordering::Relaxed);
    let svar = feil(&kilde).await;
    assert!(matches!(&svar, SourceError::Torn { samling: "users", hint, .. } if hint.contains("revision")), "{svar:?}");
    assert_eq!(les_alt(&falsk.kilde("sidestorrelse = 2")).await.unwrap().av("user"), 5, "nobody asked for it");
}

#[tokio::test]
async fn a_count_from_before_the_filter_is_told_from_rows_that_are_lost() {
    // Three pupils and two teachers; the count is of all five, with the filter or without.
    let svar = |filtrert: bool, lost: bool, kall: &super::falsk::Kall| -> Response {
        let mut rader = elever(5);
        rader[3]["roles"][0]["role"] = json!("teacher");
        rader[4]["roles"][0]["role"] = json!("teacher");
        if filtrert {
            rader.truncate(3);
        }
        let antall = if lost && filtrert { 4 } else { 5 };
        med_antall("users", &side(kall, &rader), antall)
    };
    for lost in [false, true] {
        let falsk = Falsk::start(move |kall| match kall.samling() {
            "users" => svar(kall.filter().is_some(), lost, kall),
            samling => json_side(samling, &[]),
        })
        .await;
        let kilde = falsk.kilde("sidestorrelse = 2");
        if lost {
            let svar = feil(&kilde).await;
            assert!(matches!(&svar, SourceError::Torn { hint, .. } if hint.contains("count of 4")), "{svar:?}");
            continue;
        }
        for _ in 0..2 {
            let lesing = les_alt(&kilde).await.unwrap();
            let unike: std::collections::BTreeSet<_> = lesing.elever().map(|e| e.sourced_id.vis().clone()).collect();
            assert_eq!((unike.len(), lesing.antall_funn("count-before-filter")), (3, 1));
        }
        let med_filter = falsk.kall().iter().filter(|k| k.samling() == "users" && k.filter().is_some()).count();
        assert_eq!(med_filter, 3, "only the first reading tried it");
    }
}

#[tokio::test]
async fn a_header_named_link_changes_nothing() {
    let innenfor = Falsk::start(|_| status(200)).await;
    let mal = innenfor.url.clone();
    let falsk = Falsk::start(move |kall| {
        let link = format!(
            "<{mal}/admin>; rel=\"next\", </v1p2/users?offset=0>; rel=\"prev\", <http://169.254.169.254/>; rel=\"last\""
        );
        ([("link", link)], skolen(kall, &elever(5))).into_response()
    })
    .await;
    assert_eq!(les_alt(&falsk.kilde("sidestorrelse = 2")).await.unwrap().av("user"), 5);
    assert!(innenfor.kall().is_empty());
    assert!(falsk.kall().iter().all(|k| k.sporring.len() >= 4), "every address is one that we made");
}
