//! The approval policy `automatisk`: a clean list of an automatic round is approved as soon as it stands.

use crate::hovedbok::{self, SakFeil, Tenantnokler};
use crate::sporing::{sett_forelder, spor_av};
use crate::trinn::Omgivelse;
use crate::{Maalere, Stopp};
use bus::{Record, Start};
use elevliste::{Aktor, Godkjenning, Handling, Innsamling, Listenokkel};
use hendelse::{Emne, INNSENDING, LISTE};
use liste::Steg;
use std::{collections::BTreeSet, sync::Arc, time::Duration};
use tokio_util::sync::CancellationToken;

const DEL: &str = "godkjenning";

/// Approves until `stopp`.
pub async fn kjor(om: Omgivelse, runder: Arc<[Innsamling]>, nokler: Tenantnokler, stopp: CancellationToken) {
    while !stopp.is_cancelled() {
        let resultat = tokio::select! {
            () = stopp.cancelled() => return,
            resultat = folg(&om, &runder, &nokler) => resultat,
        };
        if let Err(feil) = resultat {
            Maalere::tell(&om.maalere.stopp, DEL, "", feil.kode());
            tracing::warn!(error = %feil, "automatic approval starts again");
            tokio::select! {
                () = stopp.cancelled() => return,
                () = tokio::time::sleep(Duration::from_secs(1)) => {}
            }
        }
    }
}

async fn folg(om: &Omgivelse, runder: &[Innsamling], nokler: &Tenantnokler) -> Result<(), Stopp> {
    let mut lister = om.bus.read(LISTE, &["liste.*.*.*.*".to_owned()], Start::LastPerSubject).await?;
    let mut poster = om.bus.read(INNSENDING, &["innsending.>".to_owned()], Start::LastPerSubject).await?;
    loop {
        let records = tokio::select! {
            l = lister.next(100, Duration::from_secs(30)) => l?,
            p = poster.next(100, Duration::from_secs(30)) => p?,
        };
        let rort: BTreeSet<Listenokkel> = records.iter().filter_map(nokkel).collect();
        for nokkel in rort {
            vurder(om, runder, nokler, &nokkel).await?;
        }
    }
}

fn nokkel(record: &Record) -> Option<Listenokkel> {
    match record.subject.parse() {
        Ok(Emne::Liste(nokkel) | Emne::Innsending(nokkel)) => Some(nokkel),
        _ => None,
    }
}

async fn vurder(
    om: &Omgivelse,
    runder: &[Innsamling],
    nokler: &Tenantnokler,
    nokkel: &Listenokkel,
) -> Result<(), Stopp> {
    let Some(runde) = runder.iter().find(|r| r.gjelder(nokkel)) else { return Ok(()) };
    if runde.godkjenning != Godkjenning::Automatisk {
        return Ok(());
    }
    let resultat = async {
        let mut sak = hovedbok::hent(om, nokkel).await?;
        let bilde = sak.bilde(nokler)?;
        if liste::neste(&bilde, Some(runde), om.clock.now()) != Steg::Godkjenn {
            return Ok(());
        }
        let span = tracing::info_span!("godkjenn", otel.name = "liste.godkjenn", liste = %nokkel);
        sett_forelder(&span, sak.spor.as_ref());
        let spor = spor_av(&span).or_else(|| sak.spor.clone());
        let handling = Handling::Godkjent { segl: bilde.segl };
        hovedbok::skriv(om, &mut sak, Aktor::policy("automatisk"), handling, spor).await?;
        tracing::info!(liste = %nokkel, "approved by policy");
        Ok(())
    };
    match resultat.await {
        Ok(()) => Ok(()),
        // Somebody else acted at the same time: their act comes to us too.
        Err(SakFeil::Endret(_) | SakFeil::Finnes(_) | SakFeil::Fremmed { .. }) => Ok(()),
        Err(feil @ SakFeil::Brutt { .. }) => {
            tracing::error!(liste = %nokkel, error = %feil, "not approved");
            Ok(())
        }
        Err(SakFeil::Stopp(stopp)) => Err(stopp),
    }
}
