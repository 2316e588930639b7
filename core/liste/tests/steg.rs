//! Every status against every moment of a round.
#![allow(clippy::unwrap_used, reason = "all of it is a test")]

mod felles;
#[path = "felles/hovedbok.rs"]
mod hovedbok;

use elevliste::{Godkjenning, Innsamling, Sending, Skolestatus, Utfall};
use hovedbok::*;
use jiff::Timestamp;
use liste::{Listebilde, Steg, neste};

fn tid(tekst: &str) -> Timestamp {
    tekst.parse().unwrap()
}

fn runde(godkjenning: Godkjenning) -> Innsamling {
    Innsamling::ny(
        "46".parse().unwrap(),
        "2026-2027".parse().unwrap(),
        (tid("2026-11-01T07:00:00Z"), tid("2026-12-01T23:00:00Z")),
        godkjenning,
    )
}

/// A picture of each status, reached the way it is reached.
fn bilde(status: Skolestatus) -> Listebilde {
    let ren = liste(vec![linje("a", "10A", &[])]);
    let feil = liste(vec![linje("a", "10A", &["EL-001"])]);
    let mut bok = Bok::default();
    let bilde = match status {
        Skolestatus::Samles => unreachable!("there is no list then"),
        Skolestatus::Avvik => bok.bilde(&feil),
        Skolestatus::Klar => bok.bilde(&ren),
        Skolestatus::Godkjent => bok.godkjenn(&ren).bilde(&ren),
        Skolestatus::Sendes => bok.godkjenn(&ren).intensjon(&ren).bilde(&ren),
        Skolestatus::Mottatt => bok.send(&ren, Utfall::Mottatt, vec![]).bilde(&ren),
        Skolestatus::Avvist => bok.send(&ren, Utfall::Avvist, vec![]).bilde(&ren),
        Skolestatus::Uavklart => bok.send(&ren, Utfall::Uavklart, vec![]).bilde(&ren),
        Skolestatus::Stengt => bok.send(&ren, Utfall::Stengt, vec![]).bilde(&ren),
    };
    assert_eq!(bilde.status, status);
    bilde
}

#[test]
fn every_status_in_every_part_of_the_round() {
    use Skolestatus as S;
    let apner = runde(Godkjenning::Skole).apner;
    let (ingen, vent) = (Steg::Ingenting, Steg::VentTil(apner));
    // The columns: before the round, its first moment, its last moment, its end.
    let tabell = [
        (S::Avvik, Godkjenning::Automatisk, [ingen, ingen, ingen, Steg::Stengt]),
        (S::Klar, Godkjenning::Automatisk, [Steg::Godkjenn, Steg::Godkjenn, Steg::Godkjenn, Steg::Stengt]),
        (S::Klar, Godkjenning::Skole, [ingen, ingen, ingen, Steg::Stengt]),
        (S::Klar, Godkjenning::Kommune, [ingen, ingen, ingen, Steg::Stengt]),
        (
            S::Godkjent,
            Godkjenning::Automatisk,
            [vent, Steg::Send(Sending::Liste), Steg::Send(Sending::Liste), Steg::Stengt],
        ),
        (S::Godkjent, Godkjenning::Skole, [vent, Steg::Send(Sending::Liste), Steg::Send(Sending::Liste), Steg::Stengt]),
        (S::Sendes, Godkjenning::Automatisk, [ingen; 4]),
        (S::Mottatt, Godkjenning::Automatisk, [ingen; 4]),
        (S::Uavklart, Godkjenning::Automatisk, [ingen; 4]),
        (S::Avvist, Godkjenning::Automatisk, [ingen, ingen, ingen, Steg::Stengt]),
        (S::Stengt, Godkjenning::Automatisk, [Steg::Stengt; 4]),
    ];
    let na =
        ["2026-11-01T06:59:59Z", "2026-11-01T07:00:00Z", "2026-12-01T22:59:59.999Z", "2026-12-01T23:00:00Z"].map(tid);
    for (status, godkjenning, ventet) in tabell {
        let bilde = bilde(status);
        let fant = na.map(|na| neste(&bilde, Some(&runde(godkjenning)), na));
        assert_eq!(fant, ventet, "{status:?} {godkjenning:?}");
    }
}

#[test]
fn without_a_round_for_this_list_nothing_happens() {
    let na = tid("2026-11-15T12:00:00Z");
    let andre: [fn(&mut Innsamling); 3] = [
        |r| r.fylke = "11".parse().unwrap(),
        |r| r.skolear = "2025-2026".parse().unwrap(),
        |r| r.overforing = elevliste::Overforing::Standpunkt,
    ];
    for status in [Skolestatus::Klar, Skolestatus::Godkjent, Skolestatus::Stengt] {
        let bilde = bilde(status);
        assert_eq!(neste(&bilde, None, na), Steg::Ingenting);
        for annen in andre {
            let mut runde = runde(Godkjenning::Automatisk);
            annen(&mut runde);
            assert_eq!(neste(&bilde, Some(&runde), na), Steg::Ingenting);
        }
    }
}

#[test]
fn a_list_walks_to_the_end_by_itself_and_is_sent_once() {
    let ren = liste(vec![linje("a", "10A", &[]), linje("b", "10A", &[])]);
    let (mut bok, runde, na) = (Bok::default(), runde(Godkjenning::Automatisk), tid("2026-11-15T12:00:00Z"));
    let mut sendt = 0;
    for _ in 0..10 {
        match neste(&bok.bilde(&ren), Some(&runde), na) {
            Steg::Godkjenn => _ = bok.godkjenn(&ren),
            Steg::Send(Sending::Liste) => {
                bok.intensjon(&ren);
                assert_eq!(neste(&bok.bilde(&ren), Some(&runde), na), Steg::Ingenting);
                bok.svar(if sendt == 0 { Utfall::IkkeSendt } else { Utfall::Mottatt }, vec![]);
                sendt += 1;
            }
            Steg::Ingenting => break,
            annet => panic!("{annet:?}"),
        }
    }
    assert_eq!((bok.bilde(&ren).status, sendt), (Skolestatus::Mottatt, 2));
}
