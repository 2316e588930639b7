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

/// What may be approved without a person.
pub struct Policy {
    /// The rounds.
    pub runder: Arc<[Innsamling]>,
    /// The tenants' secrets.
    pub nokler: Tenantnokler,
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
    let Some(runde) = policy.runder.iter().find(|r| r.gjelder(nokkel)) else { return Ok(()) };
    if runde.godkjenning != Godkjenning::Automatisk {
        return Ok(());
    }
    let resultat = async {
        let mut sak = hovedbok::hent(om, nokkel).await?;
        if sak.liste.skole.organisasjonsnummer.as_ref().is_some_and(|nummer| policy.bare_mennesker.contains(nummer)) {
            return Ok(());
        }
        let bilde = sak.bilde(&policy.nokler)?;
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
