//! A canary: the loop that follows a person register names nobody in a log or a metric, whatever goes wrong. A process of
//! its own: the subscriber is everybody's.

#[path = "it/register/falsk.rs"]
#[expect(dead_code, reason = "the other tests use the rest")]
mod falsk;
#[path = "it/register/oppstilling.rs"]
#[expect(dead_code, reason = "the other tests use the rest")]
mod oppstilling;
#[path = "it/scene.rs"]
#[expect(dead_code, reason = "the other tests use the rest")]
mod scene;

use anyhow::Result;
use falsk::Nede;
use identitet::Grunnlag;
use oppstilling::{Sted, fremmede};
use runtime::loggfilter;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use tracing_subscriber::{Layer, layer::SubscriberExt};

#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl io::Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_number_and_no_name_is_logged_at_any_level() -> Result<()> {
    let buffer = Buffer::default();
    let skriver = buffer.clone();
    let logg = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(move || skriver.clone());
    let abonnent = tracing_subscriber::registry().with(logg.with_filter(loggfilter("trace")?));
    tracing::subscriber::set_global_default(abonnent)?;

    let (sted, numre) = Sted::ny(4).await?;
    let (d, fremmed) = (&oppstilling::numre(Grunnlag::Dnr, 1)[0], fremmede(1).remove(0));
    sted.falsk.t().uleselige = [numre[3].clone()].into();
    let kjoring = sted.kjor().await?;
    kjoring.har(&sted.falsk, &numre[..3]).await?;
    sted.falsk.t().nede = Some(Nede::Avviser);
    kjoring.vent("the alarm", || kjoring.alarm("denied")).await?;
    sted.falsk.t().nede = None;
    sted.falsk.person(&numre[0], 2, &[d]);
    sted.falsk.hendelse(1, &numre[0], None);
    sted.falsk.hendelse(2, &fremmed, None);
    kjoring.har(&sted.falsk, &numre[..3]).await?;
    let maalere = kjoring.maalt();
    kjoring.stopp().await;
    tracing::trace!("this far down");
    let logg = String::from_utf8_lossy(&buffer.0.lock().unwrap_or_else(PoisonError::into_inner)).into_owned();
    for ventet in ["this far down", "is looked up", "the register refuses us", "the alarm is over"] {
        assert!(logg.contains(ventet), "the log lacks {ventet:?}");
    }
    for tekst in [&logg, &maalere] {
        let hemmelig = numre.iter().chain([d, &fremmed]).find(|n| tekst.contains(n.as_str()));
        assert!(hemmelig.is_none() && !tekst.contains("VERSJON"), "a person is named");
    }
    Ok(())
}
