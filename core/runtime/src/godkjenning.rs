//! The approval policy `automatisk`: a clean list of an automatic round is approved when it has been still for as long as
//! the round asks for. When the list, its ledger or its round changes, it is judged anew.

use crate::drift::{Drift, Hva};
use crate::hovedbok::{self, SakFeil};
use crate::runder;
use crate::sammenheng::Sammenheng;
use crate::sporing::{sett_forelder, spor_av};
use crate::trinn::Omgivelse;
use crate::vekker::Vekker;
use crate::{Maalere, Stopp};
use elevliste::{Aktor, Godkjenning, Handling, Innsamling, Listenokkel};
use jiff::{SignedDuration, Timestamp};
use liste::Steg;
use std::{collections::BTreeSet, sync::Arc, time::Duration};
use tokio_util::sync::CancellationToken;

const DEL: &str = "godkjenning";
/// When a paused school is looked at again.
const PAUSET: SignedDuration = SignedDuration::from_secs(2);

/// What may be approved without a person.
pub struct Policy {
    /// The rounds of the configuration.
    pub runder: Arc<[Innsamling]>,
    /// Secrets and receivers.
    pub rundt: Sammenheng,
    /// Organisation numbers of schools whose lists are never approved so.
    pub bare_mennesker: BTreeSet<String>,
    /// What is paused.
    pub drift: Drift,
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
    let mut vekker = Vekker::ny(om, None).await?;
    loop {
        for nokkel in vekker.neste().await? {
            if let Some(tid) = vurder(om, policy, &nokkel).await? {
                vekker.ved(&nokkel, tid);
            }
        }
    }
}

/// Approves the list if it is to be approved now. Otherwise when it may be, where that is known.
async fn vurder(om: &Omgivelse, policy: &Policy, nokkel: &Listenokkel) -> Result<Option<Timestamp>, Stopp> {
    if policy.drift.er_pauset(&Hva::Skole(nokkel.clone())).await?.is_some() {
        return Ok(om.clock.now().checked_add(PAUSET).ok());
    }
    if runder::runde(om, nokkel).await?.is_none_or(|(r, _)| r.godkjenning != Godkjenning::Automatisk) {
        return Ok(None);
    }
    let resultat = async {
        let mut sak = hovedbok::hent(om, nokkel).await?;
        if sak.liste.skole.organisasjonsnummer.as_ref().is_some_and(|nummer| policy.bare_mennesker.contains(nummer)) {
            return Ok(None);
        }
        let na = om.clock.now();
        let bilde = policy.rundt.bilde(&sak, na)?;
        match liste::neste(&bilde, sak.runde.as_ref(), na) {
            Steg::Godkjenn => {}
            Steg::VentTil(tid) => return Ok(Some(tid)),
            _ => return Ok(None),
        }
        let span = tracing::info_span!("godkjenn", otel.name = "liste.godkjenn", liste = %nokkel);
        sett_forelder(&span, sak.spor.as_ref());
        let spor = spor_av(&span).or_else(|| sak.spor.clone());
        let handling = Handling::Godkjent { segl: bilde.segl };
        hovedbok::skriv(om, &mut sak, Aktor::policy("automatisk"), handling, spor).await?;
        tracing::info!(liste = %nokkel, "approved by policy");
        Ok(None)
    };
    match resultat.await {
        // Somebody else acted at the same time: their act comes to us too.
        Err(SakFeil::Endret(_) | SakFeil::Finnes(_) | SakFeil::Fremmed { .. }) => Ok(None),
        Err(SakFeil::Stopp(stopp)) if !stopp.er_en_posts() => Err(stopp),
        // One list that cannot be read does not keep the others waiting.
        Err(feil) => {
            Maalere::tell(&om.maalere.stopp, DEL, "", "hovedbok");
            tracing::error!(liste = %nokkel, error = %feil, "not approved");
            Ok(None)
        }
        Ok(tid) => Ok(tid),
    }
}
