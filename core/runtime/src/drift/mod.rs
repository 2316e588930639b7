//! What operators steer and look into: pauses, attempts, lag, quarantine, rates.
//!
//! A pause and an order to replay stand in the bucket `drift` and are honoured by whichever process does the work, within
//! a couple of seconds. What is told of attempts is shapes and counts: no value of anybody's record is kept here. Nobody's
//! access is judged here.

mod bestilling;
mod etterslep;
mod form;
mod forsok;
mod husk;
mod karantene;
mod pauser;
#[cfg(test)]
mod prover;
mod proveskudd;
mod rater;
mod ring;
mod spill;

pub use bestilling::Utvalg;
pub use etterslep::{Etterslep, Kildeetterslep, Mottakeretterslep, Trinnetterslep};
pub use form::{Felttall, Form};
pub use forsok::{Avvisttall, Kildeforsok, Kildeslag, Mottakerforsok, Mottakerslag};
pub use karantene::{Arsak, Arsakstall, Karantenefilter, Karanteneinfo};
pub use pauser::{Hva, Pause};
pub use proveskudd::Proveskudd;
pub use rater::Rate;

pub(crate) use bestilling::Bestilling;
pub(crate) use form::{linjer as linjeform, tell as tell_form};
pub(crate) use forsok::mellom;

use crate::trinn::Omgivelse;
use crate::{Kilde, Sammenheng, Stopp, Vekking};
use hendelse::{Kildenavn, Tenant};
use kodeverk::Fylkesnummer;
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// How often orders are looked for and attempts are stored.
const SLAG: Duration = Duration::from_secs(1);

/// Every so many of them rates are sampled.
const MALING: u64 = 5;

/// Who steers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hvem {
    /// Stable, from where the person signs in.
    pub id: String,
    /// The employee's name.
    pub navn: String,
}

/// Why something was not steered.
#[derive(Debug, thiserror::Error)]
pub enum Driftfeil {
    /// The reason is empty, too long, or holds what looks like an identity number.
    #[error("give a reason of 1 to 500 characters, without identity numbers")]
    Grunn,
    /// It is paused already.
    #[error("{} is paused already, since {}", .0.hva, .0.siden)]
    AlleredePauset(Box<Pause>),
    /// It is not paused.
    #[error("{0} is not paused")]
    IkkePauset(Hva),
    /// There is nothing of the kind in quarantine.
    #[error("there is nothing of this kind in quarantine; it may have been resolved")]
    Ingen,
    /// Somebody else wrote again and again at the same time.
    #[error("others are steering at the same time; try again")]
    Samtidig,
    /// The bus or the data.
    #[error(transparent)]
    Stopp(#[from] Stopp),
}

/// What this process runs of what can be steered.
#[derive(Default)]
pub(crate) struct Roller {
    /// Sources, each with what lets one reading of it go on at a time.
    pub kilder: Vec<(Kilde, Arc<tokio::sync::Mutex<()>>)>,
    pub registre: Vec<(Tenant, Kildenavn)>,
    /// Step, tenant, and what makes the step read everything anew.
    pub trinn: Vec<(&'static str, Tenant, Arc<Notify>)>,
    pub fylker: Vec<Fylkesnummer>,
    pub vekk: Vekking,
    pub rundt: Option<Sammenheng>,
}

/// Steers and looks into what runs. Cheap to clone.
#[derive(Clone)]
pub struct Drift(Arc<Indre>);

struct Indre {
    om: Omgivelse,
    roller: Roller,
    pauser: husk::Husk<pauser::Pausekart>,
    bestillinger: husk::Husk<Vec<Bestilling>>,
    forsok: Mutex<forsok::Ventende>,
    rater: Mutex<rater::Rater>,
}

impl Drift {
    /// A handle for a process that runs nothing of it: it can steer, and look at what is stored.
    pub fn ny(om: Omgivelse) -> Self {
        Self::med(om, Roller::default())
    }

    pub(crate) fn med(om: Omgivelse, roller: Roller) -> Self {
        Self(Arc::new(Indre {
            pauser: husk::Husk::ny(pauser::NOKKEL),
            bestillinger: husk::Husk::ny(bestilling::NOKKEL),
            forsok: Mutex::default(),
            rater: Mutex::default(),
            om,
            roller,
        }))
    }

    fn om(&self) -> &Omgivelse {
        &self.0.om
    }

    pub(crate) fn roller(&self) -> &Roller {
        &self.0.roller
    }

    /// Carries out orders, stores attempts and samples rates until `stopp`.
    pub(crate) async fn folg(self, stopp: CancellationToken) {
        let gang = async {
            let mut vekket = spill::Vekket::new();
            for slag in 0_u64.. {
                if let Err(feil) = self.utfor_bestillinger(&mut vekket).await {
                    tracing::debug!(error = %feil, "orders are looked for again");
                }
                self.skriv_forsok().await;
                if slag.is_multiple_of(MALING) {
                    self.mal_rater().await;
                }
                tokio::time::sleep(SLAG).await;
            }
        };
        tokio::select! {
            () = stopp.cancelled() => {}
            () = gang => {}
        }
    }
}

fn las<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
