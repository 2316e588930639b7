//! Random histories of a school system, people and faults both, and what is known at the end of each.
//!
//! `MELLOMLAG_CAMPAIGN=1000` plays so many instead of the ordinary few; `MELLOMLAG_CAMPAIGN_SEED=7` plays one alone.

use crate::prover::API;
use crate::sannhet::{avvik, uten};
use crate::sted::Sted;
use runtime::Kildetilstand;
use simulators::vigilo::Kampanje;
use std::collections::BTreeMap;
use std::time::Duration;

/// Histories in the ordinary test.
const VANLIG: u64 = 30;
/// Pulls in each, the last one quiet.
const STEG: usize = 8;

type Hendt = BTreeMap<String, usize>;

async fn spill(seed: u64) -> Hendt {
    let oppsett = API[usize::try_from(seed % 4).unwrap()];
    let prove = oppsett.start(seed, if oppsett.navn == "like ed-fi" { 500 } else { 20 }).await;
    let hva = format!("campaign {seed} of {}", prove.navn);
    let sted = Sted::ny(&prove.klokke, prove.ny_kilde()).await;
    let mut hendt = Hendt::new();
    let (mut lop, _) = sted.start().await;
    for (nr, steg) in Kampanje::trekk(seed, STEG).steg.iter().enumerate() {
        prove.vigilo().spill(steg).unwrap();
        let (fra, for_) = (sted.logg().len(), prove.fasit());
        if nr % 5 == 4 {
            // Another process goes on from what is stored.
            assert!(lop.stopp(Duration::from_secs(10)).await, "{hva}: it stops");
            lop = sted.start().await.0;
        }
        let status = lop.les().await;
        let falskt = sted.falskt_fjernet(fra, &for_, &prove.fasit());
        assert!(falskt.is_empty(), "{hva}, step {nr}: published as gone while there: {falskt:?}");
        *hendt
            .entry(if status.tilstand == Kildetilstand::Ok { "lest" } else { "ikke lest" }.to_owned())
            .or_default() += 1;
    }
    prove.vigilo().fjern_feil();
    let (fra, for_) = (sted.logg().len(), prove.fasit());
    lop.til_ro().await;
    let falskt = sted.falskt_fjernet(fra, &for_, &prove.fasit());
    assert!(falskt.is_empty(), "{hva}, at rest: published as gone while there: {falskt:?}");
    let avvik = avvik(&uten(sted.innhold().await, prove.uten), &prove.fasit());
    assert!(avvik.is_empty(), "{hva}: KILDE is not what is true: {avvik:?}");
    let antall = sted.logg().len();
    lop.les().await;
    assert_eq!(sted.logg().len(), antall, "{hva}: nothing changed, nothing published");
    assert!(lop.stopp(Duration::from_secs(10)).await, "{hva}: it stops");
    for (hva, n) in sted.hendt() {
        *hendt.entry(hva).or_default() += n;
    }
    hendt
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kilde_ends_as_the_source_whatever_happened() {
    let tall = |navn: &str| std::env::var(navn).ok().and_then(|n| n.parse::<u64>().ok());
    if let Some(seed) = tall("MELLOMLAG_CAMPAIGN_SEED") {
        println!("{:?}", spill(seed).await);
        return;
    }
    let antall = tall("MELLOMLAG_CAMPAIGN").unwrap_or(VANLIG);
    let mut sum = Hendt::new();
    let mut oppgaver = tokio::task::JoinSet::new();
    for seed in 0..antall {
        oppgaver.spawn(async move { (seed, tokio::spawn(spill(seed)).await) });
        while oppgaver.len() >= 4 || (seed + 1 == antall && !oppgaver.is_empty()) {
            let (seed, spilt) = oppgaver.join_next().await.unwrap().unwrap();
            assert!(spilt.is_ok(), "campaign {seed} went wrong: play it alone with MELLOMLAG_CAMPAIGN_SEED={seed}");
            spilt.unwrap().into_iter().for_each(|(hva, n)| *sum.entry(hva).or_default() += n);
        }
    }
    println!("{sum:?}");
    for hva in ["ny", "endret", "fjernet", "forsvunnet", "lest", "ikke lest"] {
        assert!(sum.get(hva).is_some_and(|n| *n > 5), "{hva} must happen, or nothing is shown: {sum:?}");
    }
}
