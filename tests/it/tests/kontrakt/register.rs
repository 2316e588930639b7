//! What of the contract applies to Folkeregisteret: its feed resumes from any place, a page repeats, pages of any kind give
//! the same events, and the order of what is asked about is the order of the answers.

use adapter_folkeregister::Config;
use async_trait::async_trait;
use flow::{AccessToken, Personregister, TokenError, TokenSource};
use identitet::Skjermet;
use simulators::folkeregister::{Feil, Folkeregister, FolkeregisterConfig, Handling};
use simulators::generator::liten;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

struct Tokens;

#[async_trait]
impl TokenSource for Tokens {
    async fn token(&self) -> Result<AccessToken, TokenError> {
        Ok(AccessToken { value: "token".into(), expires: jiff::Timestamp::MAX })
    }

    async fn reject(&self, _: &AccessToken) {}
}

fn adapter(sim: &Folkeregister) -> impl Personregister + use<> {
    let toml = format!(
        "tenant = \"litlevik\"\nprofil = \"skatteetaten\"\nmodus = \"test\"\nbase_url = {:?}\nmaskinporten = \"m\"\n\
         pakke = \"offentlig_med_hjemmel\"\n",
        sim.base_url()
    );
    Config::parse(&toml).unwrap().build(Arc::new(Tokens)).unwrap()
}

/// A register in which something has happened to everybody, with gaps and strangers in between.
async fn register() -> (Folkeregister, i64) {
    let config = FolkeregisterConfig::ny();
    let forste = config.forste_sekvens;
    let sim = Folkeregister::start(config.med_kommune(liten(7))).await.unwrap();
    let mut numre = sim.numre();
    numre.sort();
    for (nr, nummer) in numre.iter().take(40).enumerate() {
        let nummer = nummer.clone();
        let hendt = match nr % 4 {
            0 => Handling::Flytt { nummer },
            1 => Handling::NyttNummer { nummer, nytt: None },
            2 => Handling::UkjentHendelse { nummer },
            _ => Handling::Hull { antall: 300 },
        };
        sim.utfor(&[hendt, Handling::Stoey { antall: 70 }]).unwrap();
    }
    (sim, forste)
}

/// The events from a place to the end, and the places of the pages.
async fn les_fra(register: &impl Personregister, fra: i64) -> (BTreeMap<i64, String>, Vec<i64>) {
    let (mut sett, mut steder, mut fra) = (BTreeMap::new(), vec![], fra);
    loop {
        let side = register.hendelser(fra).await.unwrap();
        steder.push(fra);
        sett.extend(side.hendelser.into_iter().map(|h| (h.sekvens, h.nummer.vis().clone())));
        if side.innhentet {
            return (sett, steder);
        }
        assert!(side.neste > fra, "a reading advances");
        fra = side.neste;
    }
}

#[tokio::test]
async fn the_feed_resumes_from_any_place_and_repeats_itself() {
    let (sim, forste) = register().await;
    let (alle, steder) = les_fra(&adapter(&sim), forste).await;
    assert!(alle.len() > 2_000 && steder.len() > 2, "{} events in {} pages", alle.len(), steder.len());
    let ellers: Vec<i64> = alle.keys().copied().step_by(alle.len() / 5).collect();
    for fra in steder.into_iter().chain(ellers) {
        // Two objects, and the second asks twice.
        for register in [adapter(&sim), adapter(&sim)] {
            for _ in 0..2 {
                let (resten, _) = les_fra(&register, fra).await;
                assert!(resten.iter().eq(alle.range(fra..)), "from {fra}");
            }
        }
    }
    for feil in [Feil::Uordnet, Feil::Gjentatt, Feil::Hendelsestype] {
        sim.feil(feil.clone());
        assert!(les_fra(&adapter(&sim), forste).await.0 == alle, "{feil:?}");
        sim.fjern_feil();
    }
}

#[tokio::test]
async fn answers_come_in_the_order_of_the_questions() {
    let (sim, _) = register().await;
    let register = adapter(&sim);
    let mut numre: Vec<Skjermet<String>> = sim.numre().iter().map(|n| n.as_str().into()).collect();
    numre.sort_by(|a, b| a.vis().cmp(b.vis()));
    let mut fasit = BTreeMap::new();
    for nummer in &numre {
        let svar = register.personer(std::slice::from_ref(nummer)).await.unwrap().remove(0).unwrap();
        assert!(svar.nummer == *nummer && svar.funnet);
        fasit.insert(nummer.vis().clone(), svar);
    }
    numre.reverse();
    numre.push(numre[3].clone());
    for feil in [None, Some(Feil::Stokket), Some(Feil::DobbeltSvar), Some(Feil::AlleDeler)] {
        feil.clone().into_iter().for_each(|feil| sim.feil(feil));
        let svar = register.personer(&numre).await.unwrap();
        assert_eq!(svar.len(), numre.len(), "{feil:?}");
        for (spurt, svar) in numre.iter().zip(svar) {
            assert!(svar.unwrap() == fasit[spurt.vis()], "{feil:?}");
        }
        sim.fjern_feil();
    }
}

#[tokio::test]
async fn a_look_up_that_hangs_is_let_go_of() {
    let (sim, _) = register().await;
    sim.feil(Feil::Treg { millisekunder: 600_000 });
    let register = adapter(&sim);
    let start = Instant::now();
    let svar = tokio::time::timeout(Duration::from_millis(200), register.siste()).await;
    assert!(svar.is_err() && start.elapsed() < Duration::from_secs(10), "it is dropped where it stands");
    sim.fjern_feil();
    assert_eq!(register.siste().await.unwrap(), sim.siste(), "and asked again");
}
