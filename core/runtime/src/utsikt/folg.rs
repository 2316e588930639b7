//! The loop: reads what there is, then what comes, and looks again when a moment has come.

use super::minne::{Minne, Oppslag, Rort};
use super::{Hending, Utsikt, Vist};
use crate::{Maalere, Stopp};
use bus::{Reader, Record, Start};
use elevliste::{Listenokkel, Rundenokkel};
use hendelse::{INNSAMLING, INNSENDING, LISTE, VARSEL};
use std::{collections::BTreeSet, time::Duration};
use tokio_util::sync::CancellationToken;

const DEL: &str = "utsikt";
/// Records that are taken at once.
const PORSJON: usize = 500;
/// How long a reader waits for something new before it is asked again.
const LENGE: Duration = Duration::from_secs(30);
/// The clock may be set while we sleep: it is looked at again at least so often.
const LENGSTE_SOVN: Duration = Duration::from_millis(250);

/// Follows until `stopp`. What was shown last stays while it starts again.
pub(super) async fn kjor(utsikt: Utsikt, stopp: CancellationToken) {
    loop {
        let resultat = tokio::select! {
            () = stopp.cancelled() => return,
            resultat = folg(&utsikt) => resultat,
        };
        if let Err(feil) = resultat {
            Maalere::tell(&utsikt.0.om.maalere.stopp, DEL, "", feil.kode());
            tracing::warn!(error = %feil, "what is shown of lists is read again");
        }
        tokio::select! {
            () = stopp.cancelled() => return,
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
        }
    }
}

/// Returns only with an error.
async fn folg(utsikt: &Utsikt) -> Result<(), Stopp> {
    let om = &utsikt.0.om;
    let apne = async |stream, filter: &str, start| om.bus.read(stream, &[filter.to_owned()], start).await;
    let mut rundene = apne(INNSAMLING, "innsamling.>", Start::After(0)).await?;
    let mut lister = apne(LISTE, "liste.*.*.*.*", Start::LastPerSubject).await?;
    let mut poster = apne(INNSENDING, "innsending.>", Start::After(0)).await?;
    let mut statuser = apne(VARSEL, "status.>", Start::LastPerSubject).await?;
    let (mut minne, mut rort) = (Minne::default(), Rort::default());
    for reader in [&mut rundene, &mut lister, &mut poster, &mut statuser] {
        hittil(utsikt, &mut **reader, &mut minne, &mut rort).await?;
    }
    alt(utsikt, &mut minne, rort).await;
    loop {
        let na = om.clock.now();
        let igjen = minne.neste().map(|tid| Duration::try_from(tid.duration_since(na)).unwrap_or_default());
        let records: Vec<Record> = tokio::select! {
            r = rundene.next(PORSJON, LENGE) => r?,
            l = lister.next(PORSJON, LENGE) => l?,
            p = poster.next(PORSJON, LENGE) => p?,
            s = statuser.next(PORSJON, LENGE) => s?,
            () = tokio::time::sleep(igjen.unwrap_or(LENGE).min(LENGSTE_SOVN)), if igjen.is_some() => vec![],
        };
        let mut rort = Rort::default();
        for record in &records {
            minne.ta(om, record, &mut rort).await?;
        }
        rort.lister.extend(minne.forfalte(om.clock.now()));
        vis_runder(utsikt, &minne, rort.runder);
        vis(utsikt, &mut minne, rort.lister).await;
    }
}

/// Takes what was there when the reader was opened.
async fn hittil(utsikt: &Utsikt, reader: &mut dyn Reader, minne: &mut Minne, rort: &mut Rort) -> Result<(), Stopp> {
    let mut igjen = reader.pending_at_start();
    while igjen > 0 {
        for record in reader.next(PORSJON, Duration::from_secs(10)).await? {
            igjen = record.pending;
            minne.ta(&utsikt.0.om, &record, rort).await?;
        }
    }
    Ok(())
}

/// Shows everything anew, at once.
async fn alt(utsikt: &Utsikt, minne: &mut Minne, rort: Rort) {
    let mut vist = Vist { runder: minne.runder.clone(), ..Vist::default() };
    for nokkel in rort.lister {
        if let Some(oppslag) = minne.oppslag(&utsikt.0.rundt, &nokkel, utsikt.0.om.clock.now()) {
            vist.lister.insert(nokkel, oppslag);
        }
        tokio::task::yield_now().await;
    }
    *utsikt.skriv() = vist;
    utsikt.0.klar.send_replace(true);
    // Nobody may be listening.
    _ = utsikt.0.hendinger.send(Hending::Alt);
}

fn vis_runder(utsikt: &Utsikt, minne: &Minne, runder: BTreeSet<Rundenokkel>) {
    for nokkel in runder {
        if let Some(runde) = minne.runder.get(&nokkel) {
            utsikt.skriv().runder.insert(nokkel, runde.clone());
            utsikt.0.klar.send_replace(true);
            _ = utsikt.0.hendinger.send(Hending::Runde(nokkel));
        }
    }
}

/// Shows the lists that may have changed, one after the other: no reader waits longer than for one of them.
async fn vis(utsikt: &Utsikt, minne: &mut Minne, lister: BTreeSet<Listenokkel>) {
    for nokkel in lister {
        let ny = minne.oppslag(&utsikt.0.rundt, &nokkel, utsikt.0.om.clock.now());
        let na = ny.as_ref().map(|o| o.sammendrag.clone());
        let for_ = {
            let mut vist = utsikt.skriv();
            let for_: Option<Oppslag> = match ny {
                Some(ny) => vist.lister.insert(nokkel.clone(), ny),
                None => vist.lister.remove(&nokkel),
            };
            for_.map(|o| o.sammendrag)
        };
        utsikt.0.klar.send_replace(true);
        if for_.is_some() || na.is_some() {
            _ = utsikt.0.hendinger.send(Hending::Liste(nokkel, [for_, na]));
        }
        tokio::task::yield_now().await;
    }
}
