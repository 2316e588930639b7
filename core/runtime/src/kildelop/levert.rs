//! Sources that are handed in: an upload or what a person has keyed in, read once.
//!
//! There is nobody to look anything up with, so whoever is missing from a whole delivery waits for a person; the same
//! delivery once more, after approval, removes them.

use super::puls::Puls;
use super::{Kilde, Kildelop, Utfall};
use crate::drift::{Drift, Kildeforsok, Kildeslag};
use crate::trinn::Omgivelse;
use crate::{Maalere, Stopp};
use flow::Vannmerker;
use tracing::Instrument;

/// What a delivery is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Levering {
    /// Everything: what is not in it is missing.
    Helt,
    /// Only what has changed: what is not in it stays as it was. The source is asked for its changes.
    Endringer,
}

/// Reads a handed-in source once, judges it and publishes what may be.
pub async fn lever(om: &Omgivelse, kilde: Kilde, slag: Levering) -> Result<Utfall, Stopp> {
    let drift = Drift::ny(om.clone());
    if drift.kilde_pauset(&kilde.tenant, &kilde.navn).await?.is_some() {
        return Err(Stopp::Pauset { kilde: kilde.navn });
    }
    let puls = Puls::last(om, &kilde, true).await?;
    let (tenant, navn, begynt) = (kilde.tenant.clone(), kilde.navn.clone(), om.clock.now());
    let lest = match les(om, kilde, slag).await {
        Ok((utfall, sist)) => {
            puls.lest(&utfall, slag == Levering::Helt, sist).await;
            if slag == Levering::Helt {
                drift.etter_lesning(super::DEL, (&tenant, &navn), &utfall.karantene).await;
            }
            Ok(utfall)
        }
        Err(feil) => {
            Maalere::tell(&om.maalere.stopp, super::DEL, tenant.as_str(), feil.kode());
            puls.feilet(&feil, None).await;
            Err(feil)
        }
    };
    let (tilstand, kode) = puls.ord();
    let tid = (begynt, om.clock.now());
    let forsok = Kildeforsok::av(tid, Kildeslag::Levert, (tilstand, &kode), lest.as_ref().ok());
    drift.noter_kilde(&tenant, &navn, forsok);
    drift.skriv_forsok().await;
    lest
}

async fn les(om: &Omgivelse, kilde: Kilde, slag: Levering) -> Result<(Utfall, Option<super::Hold>), Stopp> {
    let navn = kilde.navn.clone();
    let mut lop = Kildelop::last(om.clone(), kilde).await?;
    lop.levert = true;
    let utfall = match slag {
        Levering::Helt => lop.snapshot().await,
        Levering::Endringer => lop.levert_endring().await,
    };
    match utfall {
        Ok(utfall) => Ok((utfall, lop.sist_hold)),
        Err(feil) if feil.avlost() => Err(Stopp::Samtidig { kilde: navn }),
        Err(feil) => Err(feil),
    }
}

impl Kildelop {
    async fn levert_endring(&mut self) -> Result<Utfall, Stopp> {
        let span = self.span();
        let utfall = async {
            let utkast = self.les_endringer(&Vannmerker::new()).await?;
            let utkast = utkast.ok_or_else(|| Stopp::IngenEndringer { kilde: self.kilde.navn.clone() })?;
            self.dom(utkast, false, &span).await
        };
        utfall.instrument(span.clone()).await
    }
}
