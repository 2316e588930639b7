//! The life of a list in a world where anything may happen at any moment: a model of the whole loop, driven by seeds.
#![allow(clippy::unwrap_used, reason = "all of it is a test")]

mod felles;
#[path = "felles/hovedbok.rs"]
mod hovedbok;
#[path = "livslop/lofter.rs"]
mod lofter;
#[path = "livslop/mottaker.rs"]
mod mottaker;
#[path = "livslop/verden.rs"]
mod verden;

use elevliste::{Aktor, Ettermeldingstilstand, Godkjenning, Handling, Rolle, Skolestatus};
use felles::id;
use jiff::SignedDuration;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use verden::{Elev, FIKTIVE, NAVN, Nummer, Verden};

/// Histories in each of the four tests.
const HISTORIER: u64 = 25_000;

/// Says which history went wrong.
struct Fro(u64);

impl Drop for Fro {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("seed {}", self.0);
        }
    }
}

fn historier(del: u64) {
    for fro in del * HISTORIER..(del + 1) * HISTORIER {
        let vakt = Fro(fro);
        let mut v = Verden::ny(ChaCha8Rng::seed_from_u64(fro));
        for _ in 0..v.rng.random_range(3..12) {
            hendelse(&mut v);
            lofter::holder(&v);
            if v.rng.random() && v.kjor() {
                lofter::holder(&v);
            }
        }
        avslutt(&mut v);
        drop(vakt);
    }
}

#[test]
fn the_promises_hold_in_the_first_quarter() {
    historier(0);
}

#[test]
fn the_promises_hold_in_the_second_quarter() {
    historier(1);
}

#[test]
fn the_promises_hold_in_the_third_quarter() {
    historier(2);
}

#[test]
fn the_promises_hold_in_the_fourth_quarter() {
    historier(3);
}

/// Anything that may happen, at any moment.
fn hendelse(v: &mut Verden) {
    let av = v.noen();
    let elev = id("elev", NAVN[v.rng.random_range(0..NAVN.len())]);
    let grunn = || "avtalt med rektor".to_owned();
    match v.rng.random_range(0..26) {
        0..=3 => v.rediger(),
        4 => _ = v.prov(av, Handling::HoldtTilbake { elev, grunn: grunn() }),
        5 => _ = v.prov(av, Handling::RutetManuelt { elev, grunn: grunn() }),
        6 => _ = v.prov(av, Handling::Frigitt { elev }),
        7..=10 => {
            let segl = v.bilde().segl;
            let _ = v.prov(av, Handling::Godkjent { segl });
        }
        11 => {
            let gamle: Vec<_> = v.sett.keys().cloned().collect();
            let Some(segl) = gamle.get(v.rng.random_range(0..4)).cloned() else { return };
            let ny = segl == v.bilde().segl;
            assert!(v.prov(av, Handling::Godkjent { segl }).is_err() || ny, "an old seal was approved");
        }
        12 => {
            // Written by something that does not ask first, in a round that may be another by the time it is read.
            let bilde = v.bilde();
            let aktorer = [av, Aktor::policy("automatisk"), Aktor::policy("annen"), Aktor::system("x")];
            v.sett.insert(bilde.segl.clone(), v.blir(&bilde));
            let av = aktorer[v.rng.random_range(0..4)].clone();
            v.bok.post_av(av, v.na, Handling::Godkjent { segl: bilde.segl });
        }
        13 => _ = v.prov(av, Handling::Tilbakekalt { grunn: grunn() }),
        14 => {
            let nummer = FIKTIVE.get(v.rng.random_range(0..3)).map(|nummer| (*nummer).into());
            let _ = v.prov(av, Handling::FiktivtNummer { elev, nummer, kilde: "brev fra inntakskontoret".into() });
        }
        15 => {
            let ser = v.rng.random();
            v.undersok(av, ser);
        }
        16..=18 => ettermeldinger(v, &av),
        19 => {
            let (fra, til) = (v.na, SignedDuration::from_hours(v.rng.random_range(1..12)));
            let valg = v.rng.random_range(0..5);
            let policy = [Godkjenning::Skole, Godkjenning::Kommune, Godkjenning::Automatisk];
            v.runde_endres(|r| match valg {
                0 => r.stenger = fra.max(r.apner + SignedDuration::from_secs(1)),
                1 | 2 => (r.apner, r.stenger) = (r.apner.min(fra), fra + til),
                3 => r.godkjenning = policy[(til.as_hours() % 3) as usize],
                _ => r.stille_timer = (til.as_hours() % 4) as u32,
            });
        }
        20 => v.mottaker.stengt = !v.mottaker.stengt,
        21 => v.mottaker.kjenner_skolen = !v.mottaker.kjenner_skolen,
        22 if v.mottaker.har.is_none() && !v.mottaker.egenskaper.eneste_avsender => {
            let mut innhold = v.blir(&v.bilde());
            if v.rng.random() {
                innhold.retain(|annen, _| *annen != elev);
            }
            v.mottaker.fremmed(innhold);
        }
        // Where a version can be replaced, what is under way arrives before anybody is told what is there.
        23 if !v.mottaker.egenskaper.erstattbar => v.kommer_fram(),
        _ => v.na += SignedDuration::from_mins(v.rng.random_range(0..240)),
    }
}

fn ettermeldinger(v: &mut Verden, av: &Aktor) {
    for melding in v.bilde().ettermeldinger {
        let (id, elev, slag, grunn) = (melding.id, melding.elev, melding.slag, "ringt".to_owned());
        let handling = if v.rng.random() {
            Handling::Ettermeldt { id, elev, slag, grunn }
        } else {
            Handling::EttermeldingBehandlet { id, godtatt: v.rng.random(), grunn }
        };
        let _ = v.prov(av.clone(), handling);
    }
}

/// People correct, approve and find out everything inside the window: then the list ends with the receiver.
fn avslutt(v: &mut Verden) {
    let kommune = Aktor::med_rolle("kommunen", Rolle::Kommune);
    v.kommer_fram();
    for _ in 0..40 {
        while v.kjor() {
            lofter::holder(v);
        }
        let bilde = v.bilde();
        if bilde.status == Skolestatus::Mottatt {
            break;
        }
        (v.mottaker.stengt, v.mottaker.kjenner_skolen) = (false, true);
        let na = v.na;
        if !v.runde.apen(na) {
            v.runde_endres(|r| (r.apner, r.stenger) = (na, na + SignedDuration::from_hours(100)));
        }
        v.kilde.values_mut().for_each(|elev| (elev.klasse, elev.nummer) = (elev.klasse % 2, Nummer::Godt));
        if v.kilde.values().all(|elev| elev.skjermet) {
            v.kilde.insert(0, Elev { klasse: 0, nummer: Nummer::Godt, skjermet: false });
        }
        v.kilden_er_endret();
        if bilde.sendbare.is_empty() {
            for elev in bilde.tatt_ut {
                v.prov(kommune.clone(), Handling::Frigitt { elev }).unwrap();
            }
        }
        // What is there without our doing, somebody else has delivered: the office removes it.
        if bilde.status == Skolestatus::Uavklart && v.mottaker.virkninger.is_empty() {
            v.mottaker.har = None;
        }
        v.undersok(kommune.clone(), true);
        let segl = v.bilde().segl;
        let _ = v.prov(kommune.clone(), Handling::Godkjent { segl });
        v.na += SignedDuration::from_hours(1);
    }
    let bilde = v.bilde();
    assert_eq!(bilde.status, Skolestatus::Mottatt, "{:?} {:?}", bilde.oppgave, bilde.avvik);
    for melding in bilde.ettermeldinger {
        let (id, elev, slag, grunn) = (melding.id, melding.elev, melding.slag, "ringt".to_owned());
        if melding.tilstand != Ettermeldingstilstand::Godtatt {
            if melding.tilstand != Ettermeldingstilstand::Meldt {
                v.prov(kommune.clone(), Handling::Ettermeldt { id, elev, slag, grunn: grunn.clone() }).unwrap();
            }
            v.prov(kommune.clone(), Handling::EttermeldingBehandlet { id, godtatt: true, grunn }).unwrap();
        }
    }
    lofter::holder(v);
    assert_eq!(v.bilde().avstemming.avvik, 0, "everybody is dealt with");
}
