//! The audit log: chained, whoever writes, and read backwards.

use super::*;
use crate::Maalere;
use bus::{Bus as _, Memory, Message};
use bytes::Bytes;
use flow::ManualClock;
use hendelse::{Hode, REVISJON};
use serde_json::json;
use std::sync::Arc;

const EMNE: &str = "revisjon.voss";

async fn sted() -> (Memory, Omgivelse, Tenant) {
    let bus = Memory::default();
    crate::klargjor(&bus, 1).await.unwrap();
    let clock = Arc::new(ManualClock::new("2026-11-03T08:00:00Z".parse().unwrap()));
    let om = Omgivelse { bus: Arc::new(bus.clone()), clock, maalere: Maalere::default() };
    (bus, om, "voss".parse().unwrap())
}

/// As it was written before there was a chain.
async fn gammel(om: &Omgivelse, nr: u128) {
    let hode = Hode {
        id: Uuid::now_v7(),
        kilde: "voss:revisjon".into(),
        typ: "revisjon.elev.vist".into(),
        tid: om.clock.now(),
        skjema: None,
        spor: None,
    };
    let payload = Bytes::from(serde_json::to_vec(&json!({"elev": Uuid::from_u128(nr), "hvem": "kari"})).unwrap());
    om.bus.publish(vec![Message { subject: EMNE.into(), headers: hode.hoder(), payload }]).await.unwrap();
}

/// The same stream with a change.
async fn kopi(fra: &Memory, endre: impl Fn(usize, &mut bus::Record) -> bool) -> Omgivelse {
    let (bus, om, _) = sted().await;
    for (plass, mut record) in fra.log(REVISJON, "revisjon.>").into_iter().enumerate() {
        if endre(plass, &mut record) {
            let hoder = record.headers.iter();
            let headers = hoder.map(|(navn, verdi)| (&*navn.clone().leak(), verdi.clone())).collect();
            bus.publish(vec![Message { subject: record.subject, headers, payload: record.payload }]).await.unwrap();
        }
    }
    om
}

#[tokio::test]
async fn a_changed_a_missing_and_a_slipped_in_entry_are_found_and_old_ones_are_tolerated() {
    let (bus, om, voss) = sted().await;
    gammel(&om, 100).await;
    gammel(&om, 101).await;
    for nr in 0..6 {
        skriv(&om, &voss, "revisjon.vist.liste", &json!({"hvem": {"id": "k", "navn": "Kari"}, "nr": nr}))
            .await
            .unwrap();
    }
    let hel = Kjedesjekk { poster: 8, gamle: 2, brutt: None };
    assert_eq!(sjekk(&om, &voss).await.unwrap(), hel);
    assert_eq!(sjekk(&kopi(&bus, |_, _| true).await, &voss).await.unwrap(), hel, "a faithful copy is whole");
    for (nr, record) in bus.log(REVISJON, EMNE).into_iter().enumerate() {
        for byte in 0..record.payload.len() {
            let endret = kopi(&bus, |plass, record| {
                if plass == nr {
                    let mut bytes = record.payload.to_vec();
                    bytes[byte] ^= 1;
                    record.payload = bytes.into();
                }
                true
            });
            // The first old entry has nothing that could tell but the one that follows the old ones.
            let brutt = sjekk(&endret.await, &voss).await.unwrap().brutt;
            assert_eq!(brutt.is_some(), nr > 0, "byte {byte} of entry {nr}");
        }
        let borte = sjekk(&kopi(&bus, |plass, _| plass != nr).await, &voss).await.unwrap();
        // An entry from before the chain leaves no number behind, and the last one nobody who follows it.
        assert_eq!(borte.brutt.is_some(), (1..7).contains(&nr), "without entry {nr}");
    }
    gammel(&om, 102).await;
    assert_eq!(sjekk(&om, &voss).await.unwrap().brutt, Some(9), "nothing unchained after the chain has begun");
}

#[tokio::test]
async fn two_processes_write_one_chain() {
    let (_, om, voss) = sted().await;
    let mut oppgaver = tokio::task::JoinSet::new();
    for skriver in 0..2 {
        for nr in 0..40 {
            let (om, voss) = (om.clone(), voss.clone());
            oppgaver.spawn(async move {
                skriv(&om, &voss, "revisjon.prove", &json!({"skriver": skriver, "nr": nr})).await.unwrap();
            });
        }
    }
    // Another process has no lock in common with this one.
    for nr in 0..40 {
        let (om, voss) = (om.clone(), voss.clone());
        oppgaver.spawn(async move {
            kjede::skriv_uten_las(&om, &voss, "revisjon.prove", &json!({"fremmed": nr})).await.unwrap();
        });
    }
    oppgaver.join_all().await;
    assert_eq!(sjekk(&om, &voss).await.unwrap(), Kjedesjekk { poster: 120, gamle: 0, brutt: None });
}

#[tokio::test]
async fn the_log_is_read_backwards_page_by_page_whatever_lies_between() {
    let (_, om, voss) = sted().await;
    let bergen: Tenant = "bergen".parse().unwrap();
    gammel(&om, 102).await;
    for nr in 0..30 {
        for fremmed in 0..150 {
            skriv(&om, &bergen, "revisjon.prove", &json!({"nr": fremmed})).await.unwrap();
        }
        let elev = Uuid::from_u128(nr % 3);
        let data = json!({"hvem": {"id": "k", "navn": "Kari"}, "liste": "46.46503.2026-2027.1", "elever": [elev]});
        skriv(&om, &voss, "revisjon.vist.liste", &data).await.unwrap();
    }
    let alle = async |filter: Loggfilter| {
        let (mut fra, mut ut) = (None, vec![]);
        loop {
            let side = logg(&om, &voss, &filter, fra, 4).await.unwrap();
            assert!(side.poster.len() <= 4);
            ut.extend(side.poster);
            fra = side.neste;
            if fra.is_none() {
                return ut;
            }
        }
    };
    let hele = alle(Loggfilter::default()).await;
    assert_eq!(hele.len(), 31);
    assert!(hele.is_sorted_by(|a, b| a.sekvens > b.sekvens));
    assert_eq!(hele[0].hvem(), Some(("k", "Kari")));
    assert_eq!(hele[30].hvem(), Some(("kari", "kari")), "an old entry has its old words");
    assert!(hele.iter().all(|post| !post.data.contains_key("kjede")));
    let elev = Some(Uuid::from_u128(1));
    assert_eq!(alle(Loggfilter { elev, ..Loggfilter::default() }).await.len(), 10);
    let liste = Some("46.46503.2026-2027.1".parse().unwrap());
    assert_eq!(alle(Loggfilter { liste, ..Loggfilter::default() }).await.len(), 30);
    assert_eq!(alle(Loggfilter { hvem: Some("Kari".into()), ..Loggfilter::default() }).await.len(), 30);
    assert_eq!(alle(Loggfilter { typ: Some("revisjon.elev".into()), ..Loggfilter::default() }).await.len(), 1);
    let fra = Some("2026-11-04T00:00:00Z".parse().unwrap());
    assert_eq!(alle(Loggfilter { fra, ..Loggfilter::default() }).await, []);
}
