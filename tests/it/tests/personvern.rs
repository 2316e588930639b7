//! A canary: no log at any level, no subject, no header and no metric names a person. A process of its own: the
//! subscriber is everybody's.
#![expect(clippy::unwrap_used, reason = "tests")]

#[path = "it/scene.rs"]
#[expect(dead_code, reason = "the other tests use the rest")]
mod scene;

use anyhow::Result;
use bus::Start;
use hendelse::{FINT, INNSAMLING, INNSENDING, KARANTENE, KILDE, LISTE, REVISJON, VARSEL};
use scene::{Kjoring, Scene, Valg};
use simulators::generator::Elev;
use simulators::vigilo::{Endring, Feil, Samling};
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tracing_subscriber::{Layer, layer::SubscriberExt};

/// Everything that anybody could ask for.
const FILTER: &str = "trace,async_nats::connection=trace";

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

/// Subjects and headers of everything that is stored.
async fn merkelapper(kjoring: &Kjoring) -> Result<String> {
    let mut ut = String::new();
    for stream in [KILDE, FINT, LISTE, INNSENDING, INNSAMLING, VARSEL, KARANTENE, REVISJON] {
        let mut reader = kjoring.om.bus.read(stream, &[">".to_owned()], Start::After(0)).await?;
        let mut igjen = reader.pending_at_start();
        while igjen > 0 {
            for record in reader.next(500, Duration::from_secs(10)).await? {
                igjen = record.pending;
                ut.push_str(&format!("{} {:?}\n", record.subject, record.headers));
            }
        }
    }
    Ok(ut)
}

/// The words of a text, where a name would stand alone.
fn har_ord(tekst: &str, ord: &str) -> bool {
    tekst.match_indices(ord).any(|(i, _)| {
        let for_ordet = tekst[..i].chars().next_back();
        let etter = tekst[i + ord.len()..].chars().next();
        !for_ordet.is_some_and(char::is_alphanumeric) && !etter.is_some_and(char::is_alphanumeric)
    })
}

/// The line that gives a pupil away.
fn avslort(tekst: &str, elever: &[Elev]) -> Option<String> {
    tekst.lines().find(|linje| elever.iter().any(|e| navngir(linje, e))).map(str::to_owned)
}

fn navngir(linje: &str, elev: &Elev) -> bool {
    linje.contains(&elev.id.to_string())
        || elev.nummer.as_ref().is_some_and(|n| linje.contains(n))
        || har_ord(linje, &elev.etternavn)
}

#[tokio::test]
async fn nobody_is_named_outside_the_data() -> Result<()> {
    let buffer = Buffer::default();
    let skriver = buffer.clone();
    let logg = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(move || skriver.clone());
    let abonnent = tracing_subscriber::registry().with(logg.with_filter(runtime::loggfilter(FILTER)?));
    tracing::subscriber::set_global_default(abonnent)?;

    let scene = Scene::ny(Valg::default()).await?;
    let kjoring = scene.kjor().await?;
    kjoring.ro(1).await?;
    scene.vigilo.feil(Feil::UgyldigJson.i(Samling::Users).ganger(1));
    kjoring.hent_na();
    kjoring.vent("broken JSON", || kjoring.stoppet("kilde", "kilde-uleselig") > 0).await?;
    scene.vigilo.fjern_feil();
    scene.vigilo.feil(Feil::UtenSourcedId.i(Samling::Users).paa_side(1).ganger(1));
    kjoring.les_igjen().await?;
    scene.vigilo.fjern_feil();
    let elev = scene.tiende()[2].id;
    scene.vigilo.endre(&[Endring::Slutter { elev, hardt: false }])?;
    kjoring.les_igjen().await?;

    let elever = &scene.vigilo.kommune().elever;
    let merkelapper = merkelapper(&kjoring).await?;
    let maalere = kjoring.om.maalere.tekst();
    kjoring.stopp().await;
    let logg = String::from_utf8_lossy(&buffer.0.lock().unwrap()).into_owned();
    for ventet in ["complete snapshot", "given up", "TRACE"] {
        assert!(logg.contains(ventet), "the log lacks {ventet:?}");
    }
    assert!(merkelapper.contains("karantene.kilde.") && merkelapper.contains("innsending."));
    assert!(maalere.contains("mellomlag_deliveries"));
    for (hva, tekst) in [("log", &logg), ("subjects", &merkelapper), ("metrics", &maalere)] {
        assert_eq!(avslort(tekst, elever), None, "{hva}");
    }
    let elev = &elever[0];
    for tekst in [format!("GET /users/{}", elev.id), format!("navn={}", elev.etternavn)] {
        assert!(avslort(&tekst, elever).is_some(), "the canary sings when it should");
    }
    Ok(())
}
