//! Looks at what has changed since.

use super::falsk::{Falsk, Kall, elev, elever, json_side, med_antall, side, skolen, status};
use super::lesing::{feil, les_alt, les_endringer};
use axum::response::Response;
use flow::{Cursor, Source, SourceError, Vannmerker};
use jiff::{SignedDuration, Timestamp};
use oneroster::Status;
use serde_json::{Value, json};

fn merker(typer: &[&'static str]) -> Vannmerker {
    typer.iter().map(|typ| (*typ, "2026-11-02T08:00:00Z".parse().unwrap())).collect()
}

/// The rows that a filter on time leaves, as an obedient server gives them.
fn endret(kall: &Kall, rader: &[Value]) -> Response {
    let etter = kall.filter().and_then(|f| f.strip_prefix("dateLastModified>'")?.strip_suffix("'")).map(str::to_owned);
    let etter: Timestamp = etter.unwrap().parse().unwrap();
    let treff = |rad: &&Value| rad["dateLastModified"].as_str().unwrap().parse::<Timestamp>().unwrap() > etter;
    let rader: Vec<Value> = rader.iter().filter(treff).cloned().collect();
    json_side(kall.samling(), &side(kall, &rader))
}

fn elev_endret(nr: usize, tid: &str) -> Value {
    let mut rad = elev(nr);
    rad["dateLastModified"] = json!(tid);
    rad
}

#[tokio::test]
async fn only_what_is_newer_than_the_mark_less_the_overlap_is_asked_for() {
    let falsk = Falsk::start(|kall| {
        let mut rader = vec![
            elev_endret(0, "2026-11-02T07:49:00Z"),
            elev_endret(1, "2026-11-02T07:51:00Z"),
            elev_endret(2, "2026-11-02T08:01:00Z"),
            elev_endret(3, "2026-11-02T08:02:00Z"),
        ];
        rader[2]["status"] = json!("tobedeleted");
        rader[3]["status"] = json!("inactive");
        endret(kall, if kall.samling() == "users" { &rader } else { &[] })
    })
    .await;
    let kilde = falsk.kilde("sidestorrelse = 2");
    let lesing = les_endringer(&kilde, &merker(&["user", "org"])).await.unwrap().unwrap();
    assert_eq!(lesing.komplett, ["org", "user"], "only what there is a mark for");
    let status: Vec<_> = lesing.observed.iter().map(|o| o.status).collect();
    assert_eq!(status, [Status::Active, Status::Tobedeleted, Status::Tobedeleted]);
    for kall in falsk.kall() {
        assert_eq!(kall.filter(), Some("dateLastModified>'2026-11-02T07:50:00.000Z'"), "one clause, none on status");
    }
    let steg: Vec<_> = falsk.kall().iter().map(|k| (k.samling().to_owned(), k.tall("offset"))).collect();
    let ventet = [("orgs", 0), ("users", 0), ("users", 2), ("users", 3)];
    assert_eq!(steg, ventet.map(|(samling, offset)| (samling.to_owned(), offset)), "by rows received");

    // The same cursor gives the same page.
    for cursor in &lesing.cursors {
        let side = async || kilde.changes(&merker(&["user", "org"]), cursor).await.unwrap().unwrap();
        let (en, to) = (side().await, side().await);
        assert_eq!((en.observed.len(), en.next, en.progress), (to.observed.len(), to.next, to.progress));
    }
    let uten_overlapp = falsk.kilde("overlapp_sekunder = 0");
    assert_eq!(les_endringer(&uten_overlapp, &merker(&["user"])).await.unwrap().unwrap().av("user"), 2);
}

#[tokio::test]
async fn who_is_not_to_be_asked_is_not_asked() {
    let falsk = Falsk::start(|kall| json_side(kall.samling(), &[])).await;
    for resten in ["profil = \"generic\"", "profil = \"fint_bridge\"", "endringer_sekunder = 0"] {
        assert!(les_endringer(&falsk.kilde(resten), &merker(&["user"])).await.unwrap().is_none(), "{resten}");
    }
    assert!(les_endringer(&falsk.kilde(""), &Vannmerker::new()).await.unwrap().is_none(), "it gives no times");
    assert!(falsk.kall().is_empty());
    let generic = falsk.kilde("profil = \"generic\"\nendringer_sekunder = 60");
    assert!(les_endringer(&generic, &merker(&["user"])).await.unwrap().is_some());
}

#[tokio::test]
async fn a_source_that_refuses_to_filter_by_time_is_asked_once() {
    for kode in [400, 422] {
        let falsk = Falsk::start(move |_| status(kode)).await;
        let kilde = falsk.kilde("");
        for _ in 0..3 {
            assert!(les_endringer(&kilde, &merker(&["org", "user"])).await.unwrap().is_none());
        }
        assert_eq!(falsk.kall().len(), 1);
    }
}

#[tokio::test]
async fn a_filter_that_is_ignored_is_seen_and_harmless() {
    let falsk = Falsk::start(|kall| {
        let rader = [elev_endret(0, "2025-01-01T00:00:00Z"), elev_endret(1, "2026-11-02T08:01:00Z")];
        json_side("users", &side(kall, &rader))
    })
    .await;
    let lesing = les_endringer(&falsk.kilde(""), &merker(&["user"])).await.unwrap().unwrap();
    assert_eq!((lesing.av("user"), lesing.antall_funn("filter-ignored")), (2, 1));
}

#[tokio::test]
async fn a_source_that_dates_everything_anew_gives_everything() {
    let falsk = Falsk::start(|kall| {
        let rader: Vec<_> = (0..5).map(|nr| elev_endret(nr, "2026-11-02T09:00:00Z")).collect();
        endret(kall, &rader)
    })
    .await;
    let lesing = les_endringer(&falsk.kilde("sidestorrelse = 2"), &merker(&["user"])).await.unwrap().unwrap();
    assert_eq!((lesing.av("user"), lesing.findings.len()), (5, 0));
}

#[tokio::test]
async fn a_count_of_everything_does_not_hinder_a_look_at_changes() {
    let falsk = Falsk::start(|kall| med_antall("users", &side(kall, &elever(1)), 5_000)).await;
    let lesing = les_endringer(&falsk.kilde(""), &merker(&["user"])).await.unwrap().unwrap();
    assert_eq!((lesing.av("user"), lesing.antall_funn("count-before-filter")), (1, 1));
}

#[tokio::test]
async fn a_mark_in_the_future_does_not_hide_what_is_now() {
    let falsk = Falsk::start(|kall| json_side(kall.samling(), &[])).await;
    let framtid = Vannmerker::from([("user", "2199-01-01T00:00:00Z".parse().unwrap())]);
    les_endringer(&falsk.kilde(""), &framtid).await.unwrap().unwrap();
    let filter = falsk.kall()[0].filter().unwrap().to_owned();
    let etter: Timestamp = filter.trim_start_matches("dateLastModified>'").trim_end_matches('\'').parse().unwrap();
    assert!(etter < Timestamp::now() - SignedDuration::from_secs(599));
}

#[tokio::test]
async fn a_place_in_a_snapshot_is_no_place_among_changes() {
    let falsk = Falsk::start(|kall| skolen(kall, &elever(3))).await;
    let kilde = falsk.kilde("");
    let i_snapshot = les_alt(&kilde).await.unwrap().cursors[1].clone();
    let svar = kilde.changes(&merker(&["org", "academicSession"]), &i_snapshot).await;
    assert!(matches!(svar, Err(SourceError::Torn { .. })));
    let blant_endringer = kilde.changes(&merker(&["org", "user"]), &Cursor::default()).await.unwrap().unwrap().next;
    assert!(matches!(kilde.read(&blant_endringer).await, Err(SourceError::Torn { .. })));
}

#[tokio::test]
async fn a_server_that_ignores_offset_is_not_read_for_ever() {
    let falsk = Falsk::start(|_| json_side("users", &[elev_endret(0, "2026-11-02T09:00:00Z")])).await;
    let svar = les_endringer(&falsk.kilde(""), &merker(&["user"])).await.err();
    assert!(matches!(&svar, Some(SourceError::Torn { .. })), "{svar:?}");
    // And a look at changes leaves a snapshot that is under way alone.
    let falsk = Falsk::start(|kall| skolen(kall, &elever(4))).await;
    let kilde = falsk.kilde("sidestorrelse = 2");
    let (mut cursor, mut elever) = (Cursor::default(), 0);
    loop {
        let page = kilde.read(&cursor).await.unwrap();
        elever += page.observed.iter().filter(|o| o.objekt.typenavn() == "user").count();
        les_endringer(&kilde, &merker(&["user"])).await.unwrap().unwrap();
        cursor = page.next;
        if cursor == Cursor::default() {
            break;
        }
    }
    assert_eq!(elever, 4);
    assert!(matches!(feil(&Falsk::start(|_| status(500)).await.kilde("")).await, SourceError::Unreachable { .. }));
}
