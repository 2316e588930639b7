//! Single stories of holds, moves, deltas and deliveries.

use crate::kilde::Feil;
use crate::{Scene, hva, les, liv};
use flow::Terskler;
use jiff::SignedDuration;
use oneroster::Objekt;
use runtime::{
    Arsak, Avgjorelse, Avgjorfeil, Avgjort, Delta, Kildelop, Kildetilstand, Levering, Stopp, Utfall, Utlosning,
};

const ELEVER: u16 = 40;

async fn skole(terskler: Terskler) -> Scene {
    let scene = Scene::ny(terskler).await;
    let mut t = scene.falsk.tilstand();
    t.ny_dag("2026-11-21T08:00:00Z".parse().unwrap(), 7);
    t.legg(liv::skolear(2027));
    t.legg(liv::org("s1", "Eksempel skole"));
    t.legg(liv::klasse("s1-10a", "s1", 10));
    (0..ELEVER).for_each(|nummer| liv::kommer(&mut t, nummer, "s1"));
    drop(t);
    scene
}

fn bort(scene: &Scene, fra: u16, til: u16) {
    let mut t = scene.falsk.tilstand();
    for nummer in fra..til {
        t.slett(&("enrollment", format!("m-{nummer}-s1")));
        t.slett(&("user", format!("elev-{nummer}")));
    }
}

fn siste(scene: &Scene, antall: usize) -> Vec<String> {
    let logg = scene.logg();
    logg[logg.len() - antall..].iter().map(|r| hva(r).to_owned()).collect()
}

async fn lest(scene: &Scene, lop: &mut Kildelop) -> Utfall {
    scene.ga(900);
    les(scene, lop).await.expect("the source is read")
}

#[tokio::test]
async fn a_mass_removal_waits_for_a_person_and_for_a_second_reading() {
    let scene = skole(Terskler::default()).await;
    let mut lop = scene.lop().await;
    lest(&scene, &mut lop).await;
    let for_dette = scene.logg().len();
    bort(&scene, 0, 15);
    let hold = lest(&scene, &mut lop).await.holdt.unwrap();
    assert_eq!((hold.arsak, hold.lesninger), (Arsak::Krymping, 1));
    assert!(hold.utlost.iter().all(|u| (u.hva, u.antall, u.grense) == (Utlosning::Borte, 15, 10)), "{:?}", hold.utlost);
    assert_eq!((hold.skoler.len(), hold.skoler[0].borte), (1, 15));
    assert_eq!(hold.skoler[0].navn.as_deref(), Some("Eksempel skole"));
    assert_eq!(hold.eksempler.len(), 10);
    let json = serde_json::to_string(&hold).unwrap();
    assert!(!json.contains("elev-") && !json.contains("Prøvesen"), "nothing personal in a hold: {json}");
    assert!(hold.forklaring.starts_with("15 av 40 elever er borte; grensen er 10."), "{}", hold.forklaring);

    assert!(matches!(lop.avgjort().await.unwrap(), Avgjort::Venter));
    assert!(scene.avgjor(true).await);
    assert!(matches!(lop.avgjort().await.unwrap(), Avgjort::LesIgjen), "missing once is not gone, whoever says so");
    assert_eq!(scene.logg().len(), for_dette, "nothing is published from a held reading");
    let utfall = lest(&scene, &mut lop).await;
    assert_eq!((utfall.resultat.forsvunnet, utfall.holdt), (30, None));
    assert_eq!(siste(&scene, 30), vec!["forsvunnet"; 30]);
    assert!(runtime::holdt(&scene.om, &scene.kilde.tenant, &scene.kilde.navn).await.unwrap().is_none());
    let revisjon = scene.bus.log("REVISJON", "revisjon.litlevik");
    assert_eq!(revisjon.len(), 1);
    let post: serde_json::Value = serde_json::from_slice(&revisjon[0].payload).unwrap();
    assert_eq!((&post["hvem"], &post["digest"]), (&"kari".into(), &hold.digest.into()));
}

#[tokio::test]
async fn a_sample_that_is_still_there_undoes_an_approval() {
    let scene = skole(Terskler::default()).await;
    let mut lop = scene.lop().await;
    lest(&scene, &mut lop).await;
    let mistet = (0..15).map(|n| ("enrollment", format!("m-{n}-s1"))).collect();
    scene.falsk.tilstand().feil.push(Feil::Mistet(mistet));
    let digest = lest(&scene, &mut lop).await.holdt.unwrap().digest;
    assert!(scene.avgjor(true).await);
    let hold = lest(&scene, &mut lop).await.holdt.unwrap();
    assert_eq!((hold.digest, hold.avgjorelse), (digest, None));
    assert!(hold.forklaring.contains("fantes minst én"), "{}", hold.forklaring);
    assert!(scene.logg().iter().all(|r| hva(r) == "ny"));
    liv::rolig(&scene.falsk, scene.om.clock.now());
    assert_eq!(lest(&scene, &mut lop).await.holdt, None, "within the thresholds again, it is over");
}

#[tokio::test]
async fn a_change_that_is_approved_is_published_at_once_and_a_discarded_one_never() {
    let scene = skole(Terskler::default()).await;
    let mut lop = scene.lop().await;
    lest(&scene, &mut lop).await;
    let alle_heter = |navn: &str| {
        let mut t = scene.falsk.tilstand();
        (0..ELEVER).for_each(|n| t.legg(Objekt::User(liv::elev(n, "s1", 10, navn)).into()));
    };
    alle_heter("Feil");
    let hold = lest(&scene, &mut lop).await.holdt.unwrap();
    assert_eq!(hold.arsak, Arsak::Masseendring);
    assert!(scene.avgjor(false).await);
    liv::kommer(&mut scene.falsk.tilstand(), 100, "s1");
    for _ in 0..2 {
        let utfall = lest(&scene, &mut lop).await;
        assert_eq!(utfall.holdt.unwrap().avgjorelse.map(|a| a.godkjent), Some(false));
        assert_eq!(utfall.resultat.endret, 0);
    }
    assert_eq!(siste(&scene, 2), ["ny", "ny"], "what has nothing to do with it flows");

    scene.falsk.tilstand().slett(&("user", "elev-39".to_owned()));
    scene.falsk.tilstand().slett(&("enrollment", "m-39-s1".to_owned()));
    let hold = lest(&scene, &mut lop).await.holdt.unwrap();
    assert!(hold.forklaring.contains("ikke det samme som ble forkastet sist"), "{}", hold.forklaring);
    assert!(scene.avgjor(true).await);
    let Avgjort::Publisert(utfall) = lop.avgjort().await.unwrap() else { panic!("it waits in memory") };
    assert_eq!(utfall.resultat.endret, 39);
}

#[tokio::test]
async fn a_decision_is_for_exactly_what_was_looked_at() {
    let scene = skole(Terskler::default()).await;
    let mut lop = scene.lop().await;
    let (om, tenant, navn) = (scene.om.clone(), scene.kilde.tenant.clone(), scene.kilde.navn.clone());
    let ja = || Avgjorelse { godkjent: true, hvem: "kari".into(), hvorfor: "sett".into(), nar: om.clock.now() };
    let feil = runtime::avgjor(&om, &tenant, &navn, "x", ja()).await;
    assert!(matches!(feil, Err(Avgjorfeil::Ingen(_))), "{feil:?}");
    lest(&scene, &mut lop).await;
    bort(&scene, 0, 15);
    let digest = lest(&scene, &mut lop).await.holdt.unwrap().digest;
    let feil = runtime::avgjor(&om, &tenant, &navn, "x", ja()).await.unwrap_err();
    assert!(feil.to_string().contains(&digest) && matches!(feil, Avgjorfeil::AnnenDigest { .. }));
    runtime::avgjor(&om, &tenant, &navn, &digest, ja()).await.unwrap();
    let feil = runtime::avgjor(&om, &tenant, &navn, &digest, ja()).await;
    assert!(matches!(feil, Err(Avgjorfeil::Avgjort { .. })), "{feil:?}");
}

#[tokio::test]
async fn an_empty_collection_is_held_and_a_new_school_year_is_explained() {
    let scene = skole(Terskler::default()).await;
    let mut lop = scene.lop().await;
    lest(&scene, &mut lop).await;
    scene.falsk.tilstand().feil.push(Feil::Tom("class"));
    // Every enrollment names a class that is not shown: the first reading is taken for torn, the second is believed.
    let hold = lest(&scene, &mut lop).await.holdt.unwrap();
    assert_eq!(hold.utlost[0].hva, Utlosning::Tom);
    liv::rolig(&scene.falsk, scene.om.clock.now());
    {
        let mut t = scene.falsk.tilstand();
        t.legg(liv::skolear(2028));
        t.legg(liv::klasse("s1-10a-28", "s1", 10));
        for n in 0..ELEVER {
            t.slett(&("enrollment", format!("m-{n}-s1")));
            t.legg(liv::medlemskap(&format!("m28-{n}"), &format!("elev-{n}"), "s1-10a-28", "s1"));
        }
    }
    let hold = lest(&scene, &mut lop).await.holdt.unwrap();
    assert_eq!(hold.arsak, Arsak::Skolearsskifte, "{}", hold.forklaring);
    assert!(hold.forklaring.contains("skoleårsskifte"));
}

#[tokio::test]
async fn moves_are_moves_in_both_kinds_of_systems() {
    let scene = skole(Terskler { minste: 1, ..Terskler::default() }).await;
    let mut lop = scene.lop().await;
    scene.falsk.tilstand().legg(liv::org("s2", "Annen skole"));
    lest(&scene, &mut lop).await;
    {
        let mut t = scene.falsk.tilstand();
        t.legg(Objekt::User(liv::elev(0, "s2", 10, "Ny")).into());
        for n in 1..11 {
            let mut user = liv::elev(n, "s2", 10, "Ny");
            user.sourced_id = format!("ny-{n}").into();
            t.slett(&("user", format!("elev-{n}")));
            t.legg(Objekt::User(user).into());
            t.legg(liv::medlemskap(&format!("m-{n}-s1"), &format!("ny-{n}"), "s1-10a", "s1"));
        }
    }
    let utfall = lest(&scene, &mut lop).await;
    assert_eq!(utfall.holdt, None, "ten of forty are missing, but none has left");
    assert_eq!((utfall.resultat.flyttet, utfall.resultat.nye, utfall.resultat.savnet), (11, 0, 10));
    assert_eq!(
        scene.logg().iter().filter(|r| r.header("ce-type") == Some("no.mellomlag.kilde.user.flyttet")).count(),
        11
    );
    let utfall = lest(&scene, &mut lop).await;
    assert_eq!((utfall.holdt, utfall.resultat.forsvunnet), (None, 10), "the old users go the ordinary way");
}

#[tokio::test]
async fn changes_come_between_snapshots_and_absence_means_nothing() {
    let scene = skole(Terskler::default()).await;
    let mut lop = scene.lop().await;
    assert!(matches!(lop.endringer().await.unwrap(), Delta::Ikke), "no snapshot yet");
    lest(&scene, &mut lop).await;
    {
        let mut t = scene.falsk.tilstand();
        t.na += SignedDuration::from_secs(60);
        t.legg(Objekt::User(liv::elev(3, "s1", 10, "Annet")).into());
        t.merk_slettet(&("enrollment", "m-4-s1".to_owned()));
        t.slett(&("user", "elev-5".to_owned()));
    }
    let Delta::Lest(utfall) = lop.endringer().await.unwrap() else { panic!("it is read") };
    assert_eq!((utfall.resultat.endret, utfall.resultat.fjernet, utfall.resultat.savnet), (1, 1, 0));
    scene.falsk.tilstand().redater();
    let Delta::Lest(utfall) = lop.endringer().await.unwrap() else { panic!("it is read") };
    assert!(!utfall.resultat.endret_noe(), "new dates are no changes");
    {
        let mut t = scene.falsk.tilstand();
        (0..ELEVER).filter(|n| *n != 5).for_each(|n| t.legg(Objekt::User(liv::elev(n, "s1", 10, "Alle")).into()));
    }
    assert!(matches!(lop.endringer().await.unwrap(), Delta::ForMye));
}

#[tokio::test]
async fn a_delivery_lacks_nobody_without_a_person() {
    let scene = skole(Terskler::default()).await;
    let lever = |slag| runtime::lever(&scene.om, scene.kilde.clone(), slag);
    let forste = lever(Levering::Helt).await.unwrap();
    assert_eq!((forste.resultat.nye, forste.holdt), (83, None));
    scene.ga(60);
    bort(&scene, 0, 1);
    let hold = lever(Levering::Helt).await.unwrap().holdt.unwrap();
    assert_eq!(hold.typer["user"].savnet, 1);
    let status = runtime::kildestatus(&scene.om, &scene.kilde.tenant, &scene.kilde.navn).await.unwrap().unwrap();
    assert_eq!((status.tilstand, status.frist, status.rader), (Kildetilstand::Holdt, None, 81));
    assert!(scene.avgjor(true).await);
    let utfall = lever(Levering::Helt).await.unwrap();
    assert_eq!((utfall.resultat.forsvunnet, utfall.holdt), (2, None));
    let status = runtime::kildestatus(&scene.om, &scene.kilde.tenant, &scene.kilde.navn).await.unwrap().unwrap();
    assert_eq!(status.sist.unwrap().digest, hold.digest);
    assert!(matches!(status.tilstand, Kildetilstand::Ok));

    liv::kommer(&mut scene.falsk.tilstand(), 200, "s1");
    bort(&scene, 1, 2);
    let utfall = lever(Levering::Endringer).await.unwrap();
    assert_eq!((utfall.resultat.nye, utfall.resultat.forsvunnet, utfall.holdt), (2, 0, None));
    assert!(!scene.om.maalere.alarm(&scene.kilde.tenant, &scene.kilde.navn, "stum"), "nothing is expected of it");
}

#[tokio::test]
async fn three_torn_readings_are_enough_and_the_last_good_one_stays() {
    let scene = skole(Terskler::default()).await;
    let mut lop = scene.lop().await;
    lest(&scene, &mut lop).await;
    let for_dette = scene.logg().len();
    liv::kommer(&mut scene.falsk.tilstand(), 100, "s1");
    scene.falsk.tilstand().feil.push(Feil::Revet(4));
    assert!(matches!(lop.snapshot().await, Err(Stopp::Kilde(_))));
    assert_eq!(scene.logg().len(), for_dette);
    let utfall = lop.snapshot().await.unwrap();
    assert_eq!(utfall.resultat.nye, 2, "the fourth time it holds, and the next try finds it");
}

#[tokio::test]
async fn a_row_lost_at_a_page_border_is_seen_by_who_names_it() {
    let scene = skole(Terskler::default()).await;
    let mut lop = scene.lop().await;
    lest(&scene, &mut lop).await;
    scene.falsk.tilstand().feil.push(Feil::Mistet([("user", "elev-7".to_owned())].into()));
    let utfall = lest(&scene, &mut lop).await;
    assert_eq!(utfall.funn.get("dangling-reference"), Some(&1), "two readings agree: it is the source's own");
    assert_eq!(utfall.resultat.savnet, 1);
    let utfall = lest(&scene, &mut lop).await;
    assert_eq!((utfall.resultat.forsvunnet, utfall.resultat.savnet), (0, 1), "and it is there when asked for");
}

#[tokio::test]
async fn missing_twice_is_missing_twice_in_a_row() {
    let scene = skole(Terskler::default()).await;
    let mut lop = scene.lop().await;
    lest(&scene, &mut lop).await;
    let borte = || Feil::Mistet([("enrollment", "m-7-s1".to_owned())].into());
    scene.falsk.tilstand().feil.push(borte());
    assert_eq!(lest(&scene, &mut lop).await.resultat.savnet, 1);
    // It is shown again, first by a delta, then by a snapshot in which another row cannot be read.
    for feil in [None, Some(Feil::Uleselig(("user", "elev-30".to_owned())))] {
        liv::rolig(&scene.falsk, scene.om.clock.now());
        match feil {
            None => {
                let na = scene.om.clock.now();
                scene.falsk.tilstand().dater(&("enrollment", "m-7-s1".to_owned()), na);
                assert!(matches!(lop.endringer().await.unwrap(), Delta::Lest(_)));
            }
            Some(feil) => {
                scene.falsk.tilstand().feil.push(feil);
                assert_eq!(lest(&scene, &mut lop).await.resultat.avvist, 1);
            }
        }
        // A new process remembers no more than the old one.
        lop = scene.lop().await;
        liv::rolig(&scene.falsk, scene.om.clock.now());
        scene.falsk.tilstand().feil.push(borte());
        lest(&scene, &mut lop).await;
        let antall = scene.falsk.slatt_opp();
        assert_eq!(antall, 0, "missing once is not asked about");
    }
}

#[tokio::test]
async fn a_date_in_the_future_hides_no_change() {
    let scene = skole(Terskler::default()).await;
    let mut lop = scene.lop().await;
    let framtid = scene.om.clock.now() + SignedDuration::from_hours(24 * 365);
    scene.falsk.tilstand().dater(&("user", "elev-3".to_owned()), framtid);
    lest(&scene, &mut lop).await;
    for navn in ["Først", "Sist"] {
        scene.ga(60);
        let na = scene.om.clock.now();
        {
            let mut t = scene.falsk.tilstand();
            t.na = na;
            t.legg(Objekt::User(liv::elev(7, "s1", 10, navn)).into());
        }
        let Delta::Lest(utfall) = lop.endringer().await.unwrap() else { panic!("the source gives changes") };
        assert_eq!(utfall.resultat.endret, 1, "{navn}");
        assert!(utfall.merke.unwrap() <= na);
    }
}

#[tokio::test]
async fn what_nobody_can_read_in_the_bucket_stops_no_source() {
    let scene = skole(Terskler::default()).await;
    let mut lop = scene.lop().await;
    lest(&scene, &mut lop).await;
    bort(&scene, 0, 15);
    let hold = lest(&scene, &mut lop).await.holdt.unwrap();
    for nokkel in ["hold.litlevik.vigilo", "status.litlevik.vigilo"] {
        scene.om.bus.put(runtime::KILDER, nokkel, r#"{"tilstand":"en ny","digest":7}"#.into()).await.unwrap();
    }
    let mut lop = scene.lop().await;
    let igjen = lest(&scene, &mut lop).await.holdt.unwrap();
    assert_eq!((igjen.digest, igjen.lesninger, igjen.avgjorelse), (hold.digest, 1, None), "held anew");
    runtime::lever(&scene.om, scene.kilde.clone(), Levering::Helt).await.unwrap();
    let status = runtime::kildestatus(&scene.om, &scene.kilde.tenant, &scene.kilde.navn).await.unwrap().unwrap();
    assert_eq!(status.tilstand, Kildetilstand::Holdt, "the status begins anew");
}

#[tokio::test]
async fn a_reading_longer_than_the_quota_comes_to_its_end() {
    let scene = skole(Terskler::default()).await;
    scene.falsk.tilstand().feil.push(Feil::Kvote((1..20).collect()));
    let mut lop = scene.lop().await;
    let utfall = lest(&scene, &mut lop).await;
    assert_eq!(utfall.resultat.nye, u64::from(ELEVER) * 2 + 3);
    // At the first page there is nothing to lose: the loop waits, and others are read meanwhile.
    scene.falsk.tilstand().feil.push(Feil::Kvote([0].into()));
    scene.ga(900);
    let Err(feil) = lop.snapshot().await else { panic!("the source asked us to wait") };
    assert_eq!(feil.kode(), "kilde-brems");
}
