//! Quarantine: what it tells, what a dry run says, and what playing it again comes to.

use super::*;

#[tokio::test]
async fn what_can_be_read_again_leaves_the_quarantine_and_the_rest_stays() {
    let sted = Sted::nytt().await;
    *las(&sted.manus.uleselige) = (0..4).collect();
    let program = sted.start();
    let drift = program.drift();
    til("they are in quarantine", async || i_karantene(&drift).await == 4 && sted.elever().await == 2).await;
    let arsaker = drift.arsaker().await.unwrap();
    assert_eq!((arsaker.len(), arsaker[0].antall, arsaker[0].arsak.felt.as_str()), (1, 4, "users[].sourcedId"));
    let arsak = arsaker[0].arsak.clone();
    let ingen = Proveskudd { lesbare: 0, uleselige: 4, ukjent: 0 };
    assert_eq!(drift.proveskudd(&arsak).await.unwrap(), ingen);

    // Three are put right. Nothing has happened by that alone, and the dry run changes nothing.
    *las(&sted.manus.uleselige) = [3].into();
    let skrevet = sted.bus.log(KILDE, ">").len();
    assert_eq!(drift.proveskudd(&arsak).await.unwrap(), Proveskudd { lesbare: 3, uleselige: 1, ukjent: 0 });
    let utenfra = Drift::ny(sted.om.clone());
    assert_eq!(utenfra.proveskudd(&arsak).await.unwrap(), Proveskudd { lesbare: 0, uleselige: 0, ukjent: 4 });
    assert_eq!((i_karantene(&drift).await, sted.bus.log(KILDE, ">").len()), (4, skrevet));

    // Ordered from another process, carried out by this one.
    assert_eq!(utenfra.spill_igjen(&Utvalg::Arsak(arsak.clone()), kari()).await.unwrap(), 4);
    til("three are out, and here", async || i_karantene(&drift).await == 1 && sted.elever().await == 5).await;
    til("nothing is ordered any more", async || drift.bestilte().await.unwrap().is_empty()).await;
    let igjen = drift.karantene(&Karantenefilter::default()).await.unwrap().remove(0);
    assert_eq!(
        (igjen.felt.as_str(), igjen.bestilt, igjen.kilde.as_ref()),
        ("users[3].sourcedId", false, Some(&kilde()))
    );
    assert_eq!((sted.revisjon("revisjon.karantene.bestilt"), sted.revisjon("revisjon.karantene.lukket")), (1, 1));

    // The last one alone; and once more it is not there.
    las(&sted.manus.uleselige).clear();
    let en = Utvalg::En { trinn: igjen.trinn, tenant: igjen.tenant, k: igjen.k };
    assert_eq!(drift.spill_igjen(&en, kari()).await.unwrap(), 1);
    til("all are here", async || i_karantene(&drift).await == 0 && sted.elever().await == 6).await;
    assert!(matches!(drift.spill_igjen(&en, kari()).await, Err(Driftfeil::Ingen)));

    // What comes again after it was closed is there again.
    las(&sted.manus.uleselige).insert(2);
    program.hent_na();
    til("it is back", async || i_karantene(&drift).await == 1).await;
    assert!(program.stopp(Duration::from_secs(10)).await);
}

#[tokio::test]
async fn a_step_tries_again_and_what_it_still_cannot_read_is_put_back() {
    let sted = Sted::nytt().await;
    let hode = crate::melding::Avsender::ny(tenant().as_str(), "manus");
    let k = hendelse::K([7; 16]);
    let emne = hendelse::Emne::Kilde { tenant: tenant(), kilde: kilde(), typ: "user".into(), k };
    let (skjema, _) = elev(1).kod().unwrap();
    let na = sted.om.clock.now();
    let uleselig = hode.melding(&emne, "kilde.user.ny", na, Some((skjema, b"\xff\xff".to_vec())), None);
    sted.bus.publish(vec![uleselig]).await.unwrap();

    let nokkel = Tenantnokkel::fra_hex(&"7a".repeat(32)).unwrap();
    let skolesvar = mapping::Skolesvar::default();
    let kart = crate::Kart { tenant: tenant(), nokkel, krever: vec![], skolesvar };
    let program = Program::start(sted.om.clone(), Plan { kart: vec![kart], ..Plan::default() });
    let drift = program.drift();
    til("it is in quarantine", async || i_karantene(&drift).await == 1).await;
    let arsak = drift.arsaker().await.unwrap().remove(0).arsak;
    assert_eq!((arsak.trinn.as_str(), arsak.kode.as_str()), ("fint", "uleselig"));
    assert_eq!(drift.proveskudd(&arsak).await.unwrap(), Proveskudd { lesbare: 0, uleselige: 1, ukjent: 0 });
    let antall = || sted.revisjon("revisjon.karantene.lukket");
    drift.spill_igjen(&Utvalg::Arsak(arsak.clone()), kari()).await.unwrap();
    til("the step put it back", async || antall() == 1 && i_karantene(&drift).await == 1).await;

    // The source shows something that can be read: the old message is not what counts any more.
    let rett = hode.melding(&emne, "kilde.user.endret", na, Some(elev(1).kod().unwrap()), None);
    sted.bus.publish(vec![rett]).await.unwrap();
    drift.spill_igjen(&Utvalg::Arsak(arsak), kari()).await.unwrap();
    til("it is resolved", async || antall() == 2 && i_karantene(&drift).await == 0).await;
    assert!(program.stopp(Duration::from_secs(10)).await);
}
