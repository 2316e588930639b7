//! Our rules held against the receiver's own judgement, over thousands of random lists.
//!
//! Each list is built by the real builder from FINT resources with random faults, and sent by the real adapter to the
//! simulator. What the receiver says of every line must be what our rules said beforehand: no more, and no less but for the
//! rules that are stricter on purpose, which `tabeller.rs` names. So a rule that drifts fails here.
#![allow(clippy::unwrap_used, reason = "all of it is a test")]

#[path = "../../../../core/liste/tests/felles/mod.rs"]
mod felles;
mod korpus;
mod mottaker;
mod tabeller;

use elevliste::{Avvik, Elevliste, Niva};
use futures_util::{StreamExt, stream};
use korpus::Korpus;
use liste::{Mottakerregler, regler};
use mottaker::{Dom, Merknad, Mottaker};
use std::collections::{BTreeMap, BTreeSet};

const RUNDER: u64 = 12;
const SKOLER: usize = 500;

/// What a corpus has shown.
#[derive(Debug, Default)]
struct Talt {
    lister: usize,
    rene: usize,
    brudd: BTreeMap<String, usize>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_receiver_says_what_our_rules_say() {
    let mottaker = Mottaker::start().await;
    let mut talt = Talt::default();
    for runde in 0..RUNDER {
        let korpus = Korpus::lag(runde, SKOLER, &mottaker.skolear);
        mottaker.tom(korpus.skoler.clone());
        let dommer = stream::iter(&korpus.lister).map(async |liste| (liste, mottaker.doem(liste).await));
        let dommer: Vec<_> = dommer.buffer_unordered(8).collect().await;
        for (liste, dom) in dommer {
            sammenlign(liste, &dom, &mut talt);
        }
    }
    assert!(talt.lister >= 5_000, "{talt:?}");
    assert!(talt.rene >= 500, "too few lists are in order to say much: {talt:?}");
    for regel in regler().iter().filter(|regel| regel.id.starts_with("EL-")) {
        let sted = tabeller::sted(regel.id);
        let antall = talt.brudd.get(regel.id).copied().unwrap_or_default();
        match sted {
            Some(tabeller::Sted::Utenfor) => {}
            Some(_) => assert!(antall > 0, "the corpus has no list that breaks {}", regel.id),
            None => panic!("{} is in no table: say whether the receiver says it too", regel.id),
        }
    }
}

fn sammenlign(liste: &Elevliste, dom: &Dom, talt: &mut Talt) {
    let regler = Mottakerregler::VIGOSKOLE;
    talt.lister += 1;
    let linjene = liste.linjer.iter().flat_map(|linje| &linje.avvik);
    let alle: Vec<&Avvik> = liste.avvik.iter().chain(linjene).collect();
    for avvik in &alle {
        *talt.brudd.entry(avvik.regel.clone()).or_default() += 1;
    }
    let hvem = || format!("{}: {:?} / {dom:?}", liste.nokkel, regelnavn(&alle));

    let skolen: Vec<_> = liste.avvik.iter().filter(|a| tabeller::UKJENT_SKOLE.contains(&a.regel.as_str())).collect();
    let Dom::Linjer { mottatt, merknader } = dom else {
        assert!(!skolen.is_empty(), "the receiver does not know a school that we think it knows: {}", hvem());
        return;
    };
    assert!(skolen.is_empty(), "the receiver knows a school that we think it does not: {}", hvem());

    let (mut ventet, mut kanskje) = (BTreeSet::new(), BTreeSet::new());
    for (nr, linje) in (1..).zip(&liste.linjer) {
        for avvik in &linje.avvik {
            let Some(speil) = regler.speiles(&avvik.regel) else { continue };
            let merknad =
                Merknad { linje: nr, felt: speil.felt.into(), kode: speil.kode.into(), feil: speil.niva == Niva::Feil };
            let strengere = tabeller::kan_vaere_strengere(avvik);
            if strengere { &mut kanskje } else { &mut ventet }.insert(merknad);
        }
    }
    let uventet: Vec<_> = merknader.iter().filter(|m| !ventet.contains(m) && !kanskje.contains(m)).collect();
    assert!(uventet.is_empty(), "the receiver remarks what we did not say, {uventet:?}: {}", hvem());
    let tause: Vec<_> = ventet.difference(merknader).collect();
    assert!(tause.is_empty(), "we say what the receiver does not, {tause:?}: {}", hvem());
    assert_eq!(*mottatt, !merknader.iter().any(|m| m.feil), "{}", hvem());

    let feil: Vec<_> = alle.iter().filter(|a| a.niva == Niva::Feil).collect();
    if feil.is_empty() {
        talt.rene += 1;
        assert!(mottatt, "a list that we call clean is refused: {}", hvem());
    }
    let bare_strengere = feil.iter().all(|a| tabeller::er_strengere(a));
    if bare_strengere {
        assert!(mottatt, "a rule that is called stricter is the receiver's too: {}", hvem());
    }
}

fn regelnavn(avvik: &[&Avvik]) -> Vec<String> {
    avvik.iter().map(|a| format!("{} {}", a.regel, a.detalj.as_deref().unwrap_or("-"))).collect()
}
