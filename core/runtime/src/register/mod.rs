//! The loop that follows a person register for one tenant.
//!
//! The register's feed tells that *something* happened to a number; what it says of the number is looked up, compared with
//! what KILDE holds, and published where it differs, together with the place in the feed. Only numbers on the tenant's
//! lists are asked about, and the other numbers of the same people are listened for; everything else in the feed is
//! forgotten as it is read. An event's type is never looked at.
//!
//! Answers about different people are independent of each other, so every batch is whole: the mark always says `hel`, and
//! nobody waits for a register. Who has not been answered for yet is unknown, and the lists fail closed on that.

mod fulgte;
mod last;
mod lop;
mod oppslag;
mod status;
mod sted;
mod tilsyn;

use crate::drift::Drift;
use crate::trinn::Omgivelse;
use crate::{Maalere, Stopp};
use flow::{Personregister, SourceError};
use hendelse::{Kildenavn, Tenant, Tenantnokkel};
use lop::{Etterpa, Registerlop};
use status::Status;
use std::{sync::Arc, time::Duration};
pub(crate) use sted::Sted;
use tilsyn::Tilsyn;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Name of the loop in metrics and quarantine.
const DEL: &str = "register";
/// Longest pause after something went wrong.
const LENGST: Duration = Duration::from_secs(300);
/// The longest wait that a register may ask for; after it we ask again whether we must wait.
const LENGSTE_VENTING: Duration = Duration::from_secs(3600);

/// A person register that is followed for one tenant.
#[derive(Clone)]
pub struct Register {
    /// Whose lists.
    pub tenant: Tenant,
    /// The tenant's secret.
    pub nokkel: Tenantnokkel,
    /// The register's name.
    pub navn: Kildenavn,
    /// The adapter.
    pub register: Arc<dyn Personregister>,
    /// Pause between two looks at the feed when there is nothing more in it. Skatteetaten asks for about a minute.
    pub pause: Duration,
    /// How old the newest update may be before a person should look.
    pub ferskhet: Duration,
}

impl Register {
    /// Looks at the feed once a minute, and misses updates after a day.
    pub fn ny(tenant: Tenant, nokkel: Tenantnokkel, navn: Kildenavn, register: Arc<dyn Personregister>) -> Self {
        let (pause, ferskhet) = (Duration::from_secs(60), Duration::from_secs(24 * 3600));
        Self { tenant, nokkel, navn, register, pause, ferskhet }
    }
}

/// Follows a register until `stopp`. `vekk` wakes it before its pause is over.
pub async fn kjor((om, drift): (Omgivelse, Drift), register: Register, vekk: Arc<Notify>, stopp: CancellationToken) {
    let mut tilsyn = Tilsyn::ny(&register, &om.maalere, om.clock.now());
    let mut status = Status::default();
    let mut lop: Option<Registerlop> = None;
    let mut feil_pa_rad = 0_u32;
    let mut spilt = None;
    loop {
        tokio::select! {
            biased;
            () = stopp.cancelled() => return,
            () = drift.vent_ut_pause(&register.tenant, &register.navn) => {}
        }
        // What the feed said that could not be read is found by asking about everybody.
        let spilles = drift.spilles(DEL, &register.tenant, &register.navn).await;
        let forfra = spilles.is_some() && spilles != spilt;
        let runde = tokio::select! {
            biased;
            () = stopp.cancelled() => return,
            runde = runde(&om, &register, &mut lop, &mut tilsyn, forfra) => runde,
        };
        if runde.is_ok() {
            spilt = spilles;
        }
        if let Some(avvist) = lop.as_mut().and_then(|lop| lop.avvist_av_alle.take()) {
            drift.etter_lesning(DEL, (&register.tenant, &register.navn), &avvist).await;
        }
        let feil = match runde {
            Ok(Etterpa::Mer) => {
                feil_pa_rad = 0;
                continue;
            }
            Ok(Etterpa::Hvil) => {
                feil_pa_rad = 0;
                let antall = lop.as_ref().map_or(0, |lop| lop.fulgte.antall());
                status.innhentet(&om, &register, antall, tilsyn.ajourhold()).await;
                let pause = spredt(register.pause);
                let hvil = async {
                    match &mut lop {
                        Some(lop) => lop.hvil(pause, &vekk).await,
                        None => Ok(()),
                    }
                };
                let hvilt = tokio::select! {
                    () = stopp.cancelled() => return,
                    hvilt = hvil => hvilt,
                };
                match hvilt {
                    Ok(()) => continue,
                    Err(feil) => feil,
                }
            }
            Err(feil) => feil,
        };
        feil_pa_rad += 1;
        meld(&om, &register, &mut tilsyn, &feil, feil_pa_rad);
        status.feilet(&om, &register, &feil).await;
        // The register's own errors leave memory as it was; after others only the streams know what is true.
        if !matches!(feil, Stopp::Kilde(_)) {
            lop = None;
        }
        let bremset = matches!(feil, Stopp::Kilde(SourceError::Throttled { .. }));
        tokio::select! {
            () = stopp.cancelled() => return,
            () = vekk.notified(), if !bremset => {}
            () = tokio::time::sleep(pause_etter(&feil, feil_pa_rad)) => {}
        }
    }
}

async fn runde(
    om: &Omgivelse,
    register: &Register,
    lop: &mut Option<Registerlop>,
    tilsyn: &mut Tilsyn,
    forfra: bool,
) -> Result<Etterpa, Stopp> {
    if lop.is_none() {
        *lop = Some(Registerlop::last(om.clone(), register.clone(), tilsyn).await?);
    }
    match lop {
        Some(lop) => {
            if forfra {
                lop.neste = None;
            }
            lop.runde(tilsyn).await
        }
        None => Ok(Etterpa::Mer),
    }
}

/// Says that a round was given up: the first time aloud, then the alarms take over.
fn meld(om: &Omgivelse, register: &Register, tilsyn: &mut Tilsyn, feil: &Stopp, pa_rad: u32) {
    let Register { tenant, navn, .. } = register;
    Maalere::tell(&om.maalere.stopp, DEL, tenant.as_str(), feil.kode());
    if let Stopp::Kilde(feil) = feil {
        tilsyn.feil(feil, om.clock.now());
    }
    if feil.avlost() {
        tracing::info!(%tenant, register = %navn, "another worker follows this register; reading the state again");
    } else if pa_rad == 1 {
        tracing::warn!(%tenant, register = %navn, error = %feil, "the register is tried again; what was known stays in force");
    } else {
        tracing::debug!(%tenant, register = %navn, error = %feil, pa_rad, "the register is tried again");
    }
}

/// The register's own wish where it has one, else doubling from a second to five minutes.
fn pause_etter(feil: &Stopp, pa_rad: u32) -> Duration {
    match feil {
        Stopp::Kilde(SourceError::Throttled { wait, .. }) => (*wait).min(LENGSTE_VENTING),
        feil if feil.avlost() && pa_rad < 3 => Duration::ZERO,
        _ => spredt(Duration::from_secs(1 << (pa_rad - 1).min(8)).min(LENGST)),
    }
}

/// Three to five quarters of a pause: many tenants that begin at once do not come back at once.
fn spredt(pause: Duration) -> Duration {
    let tilfeldig = u32::from(Uuid::new_v4().as_bytes()[0]);
    pause * 3 / 4 + pause * tilfeldig / 510
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_five_minutes_and_are_spread() {
        let borte = Stopp::Kilde(SourceError::Unreachable { system: "register".into(), hint: "no answer".into() });
        for (pa_rad, sekunder) in [(1, 1), (2, 2), (5, 16), (9, 256), (40, 256)] {
            let pause = pause_etter(&borte, pa_rad).as_secs_f64();
            assert!((0.75 * f64::from(sekunder)..=1.26 * f64::from(sekunder)).contains(&pause), "{pa_rad}: {pause}");
        }
        let wait = Duration::from_millis(1500);
        let bremset = Stopp::Kilde(SourceError::Throttled { system: "register".into(), wait });
        assert_eq!(pause_etter(&bremset, 7), wait);
        let for_alltid = SourceError::Throttled { system: "register".into(), wait: Duration::MAX };
        assert_eq!(pause_etter(&Stopp::Kilde(for_alltid), 1), LENGSTE_VENTING);
        let pauser: std::collections::BTreeSet<_> = (0..50).map(|_| spredt(Duration::from_secs(60))).collect();
        assert!(pauser.len() > 10);
    }
}
