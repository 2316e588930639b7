//! The approval policy `automatisk`: a clean list of an automatic round is approved as soon as it stands.

use crate::hovedbok::{self, SakFeil};
use crate::runder;
use crate::sammenheng::Sammenheng;
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

/// What may be approved without a person.
pub struct Policy {
    /// The rounds of the configuration.
    pub runder: Arc<[Innsamling]>,
    /// Secrets and receivers.
    pub rundt: Sammenheng,
    /// Organisation numbers of schools whose lists are never approved so.
    pub bare_mennesker: BTreeSet<String>,
}

/// Approves until `stopp`.
pub async fn kjor(om: Omgivelse, policy: Policy, stopp: CancellationToken) {
    while !stopp.is_cancelled() {
        let resultat = tokio::select! {
            () = stopp.cancelled() => return,
            resultat = folg(&om, &policy) => resultat,
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

async fn folg(om: &Omgivelse, policy: &Policy) -> Result<(), Stopp> {
    runder::overfor_runder(om, &policy.runder).await.map_err(runder::stopp)?;
    let mut lister = om.bus.read(LISTE, &["liste.*.*.*.*".to_owned()], Start::LastPerSubject).await?;
    let mut poster = om.bus.read(INNSENDING, &["innsending.>".to_owned()], Start::LastPerSubject).await?;
    loop {
        let records = tokio::select! {
            l = lister.next(100, Duration::from_secs(30)) => l?,
            p = poster.next(100, Duration::from_secs(30)) => p?,
        };
        let rort: BTreeSet<Listenokkel> = records.iter().filter_map(nokkel).collect();
        for nokkel in rort {
            vurder(om, policy, &nokkel).await?;
        }
    }
}

fn nokkel(record: &Record) -> Option<Listenokkel> {
    match record.subject.parse() {
        Ok(Emne::Liste(nokkel) | Emne::Innsending(nokkel)) => Some(nokkel),
        _ => None,
    }
}

async fn vurder(om: &Omgivelse, policy: &Policy, nokkel: &Listenokkel) -> Result<(), Stopp> {
    if runder::runde(om, nokkel).await?.is_none_or(|(r, _)| r.godkjenning != Godkjenning::Automatisk) {
        return Ok(());
    }
    let resultat = async {
        let mut sak = hovedbok::hent(om, nokkel).await?;
        if sak.liste.skole.organisasjonsnummer.as_ref().is_some_and(|nummer| policy.bare_mennesker.contains(nummer)) {
            return Ok(());
        }
        let bilde = policy.rundt.bilde(&sak, om.clock.now())?;
        if liste::neste(&bilde, sak.runde.as_ref(), om.clock.now()) != Steg::Godkjenn {
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
        Err(feil @ SakFeil::Runde(_)) => {
            tracing::error!(liste = %nokkel, error = %feil, "not approved");
            Ok(())
        }
        Err(SakFeil::Stopp(stopp)) => Err(stopp),
    }
}
