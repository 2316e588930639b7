//! A canary: whatever a source is, and whatever goes wrong with it, no log at any level names a person, a number or an id.
//! A process of its own: the subscriber is everybody's.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop here")]
#![allow(dead_code, reason = "the contract tests use the rest")]

#[path = "kontrakt/omveier.rs"]
mod omveier;
#[path = "kontrakt/pakke.rs"]
mod pakke;
#[path = "kontrakt/prover.rs"]
mod prover;
#[path = "kontrakt/sannhet.rs"]
mod sannhet;
#[path = "kontrakt/sted.rs"]
mod sted;

use flow::Cursor;
use sannhet::Sannhet;
use simulators::vigilo::{Endring, Feil};
use std::collections::BTreeSet;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use sted::Sted;
use tracing_subscriber::{Layer, layer::SubscriberExt};

#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl io::Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What may stand in no log: names, numbers and ids of pupils. Schools and classes are nobody.
fn hemmelig(sannhet: &Sannhet) -> BTreeSet<String> {
    let felter = ["familyName", "givenName", "identifier", "user"];
    let brukere = sannhet.iter().filter(|((typ, _), _)| matches!(*typ, "user" | "enrollment"));
    let ord = brukere.flat_map(|((_, id), rad)| {
        let verdier = felter.iter().filter_map(|felt| rad.get(felt)).cloned();
        verdier.chain([id.clone()]).collect::<Vec<_>>()
    });
    // Very short names are parts of other words.
    ord.filter(|ord| ord.chars().count() > 3).collect()
}

/// The words of schools' names: some are family names too, and a school is nobody.
fn skoleord(sannhet: &Sannhet) -> Vec<String> {
    let navn = sannhet.values().flat_map(|rad| rad.get("name").into_iter().chain(rad.get("navn")));
    navn.flat_map(|navn| navn.split(|c: char| !c.is_alphanumeric()).map(str::to_owned)).collect()
}

/// The secret words that stand alone in a text.
fn avslort<'a>(tekst: &str, hemmelig: &'a BTreeSet<String>) -> Vec<&'a str> {
    let ord: BTreeSet<&str> = tekst.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
    let funnet = |hemmelig: &&String| {
        let sifre = hemmelig.len() == 11 && hemmelig.bytes().all(|b| b.is_ascii_digit());
        let id = hemmelig.len() == 36;
        if sifre || id { tekst.contains(hemmelig.as_str()) } else { ord.contains(hemmelig.as_str()) }
    };
    hemmelig.iter().filter(funnet).map(String::as_str).collect()
}

#[tokio::test]
async fn no_source_names_anybody_in_a_log() {
    let buffer = Buffer::default();
    let skriver = buffer.clone();
    let logg = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(move || skriver.clone());
    let abonnent = tracing_subscriber::registry().with(logg.with_filter(runtime::loggfilter("trace").unwrap()));
    tracing::subscriber::set_global_default(abonnent).unwrap();

    let (mut ord, mut skoler) = (BTreeSet::new(), vec![]);
    for prove in prover::alle().await {
        ord.extend(hemmelig(&prove.fasit()));
        let source = prove.ny_kilde();
        let lest = omveier::les_fra(&*source, &Cursor::default()).await.unwrap();
        for objekt in lest.observed.iter().map(|o| &o.objekt) {
            tracing::trace!(objekt = ?objekt, "as anybody could write it");
            if lest.observed.len() < 40 {
                drop(source.look_up(objekt).await);
            }
        }
        skoler.extend(skoleord(&sannhet::av_objekter(lest.observed.iter().map(|o| &o.objekt))));
        let sted = Sted::ny(&prove.klokke, prove.ny_kilde()).await;
        let (lop, _) = sted.start().await;
        if let Some(vigilo) = &prove.vigilo {
            let elever: Vec<_> = vigilo.kommune().elever.iter().take(2).map(|e| e.id).collect();
            vigilo.endre(&[Endring::Slutter { elev: elever[0], hardt: true }]).unwrap();
            for feil in Feil::alle() {
                if prove.navn.starts_with("vigilo") {
                    vigilo.feil(feil.ganger(2));
                    lop.les().await;
                    vigilo.fjern_feil();
                }
            }
            lop.til_ro().await;
        }
        assert!(lop.stopp(Duration::from_secs(10)).await);
    }
    let logg = String::from_utf8_lossy(&buffer.0.lock().unwrap()).into_owned();
    for ventet in ["TRACE", "complete snapshot", "given up", "as anybody could write it"] {
        assert!(logg.contains(ventet), "the log lacks {ventet:?}");
    }
    skoler.iter().for_each(|skole| _ = ord.remove(skole));
    assert!(ord.len() > 100);
    assert_eq!(avslort(&logg, &ord), Vec::<&str>::new());
    let kanari = ord.iter().find(|o| o.len() == 36).unwrap();
    assert_eq!(avslort(&format!("GET /users/{kanari}?x"), &ord), [kanari.as_str()], "the canary sings when it should");
}
