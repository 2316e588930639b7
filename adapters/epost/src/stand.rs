//! How far one recipient has come: kept in a bucket, changed only by whoever has seen the last change.

use jiff::Timestamp;
use jiff::civil::Date;
use runtime::{ABONNEMENT, Omgivelse, Stopp};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// A letter that is about to be sent: written before it goes, so that a second try tells the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum PaVei {
    /// What is told at once, up to here.
    Straks(u64),
    /// The letter of this day, up to here.
    Samlet(u64, Date),
}

/// How far one recipient has come.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Stand {
    /// What is told at once has been told up to here.
    pub straks: u64,
    /// What is told once a day has been told up to here.
    pub samlet: u64,
    /// The day of the last daily letter, sent or found empty.
    pub samlet_dag: Option<Date>,
    /// The letter that was on its way when this was written.
    pub pa_vei: Option<PaVei>,
    /// The rounds that have been told of: what was told of each, as a digest.
    pub runder: BTreeMap<String, String>,
    /// What has been told of school systems and is not over.
    pub kilder: BTreeSet<String>,
    /// Tells one address of this recipient from another, and nothing more.
    pub avtrykk: String,
    /// Since when the address takes no letters.
    pub avvist: Option<Timestamp>,
    /// Tries in a row that failed.
    pub forsok: u32,
    /// When it is tried again.
    pub neste: Option<Timestamp>,
    /// What went wrong the last time, as a stable word.
    pub feil: Option<String>,
}

/// One recipient's place.
#[derive(Debug)]
pub(crate) struct Plass {
    nokkel: String,
    /// What stands in the bucket, as it was last seen.
    lagret: Option<Vec<u8>>,
    /// The rounds have been told as they stood then; 0 when they have not.
    pub vurdert: u64,
    pub stand: Stand,
}

impl Plass {
    /// Reads a place; a new one begins as `ny` says.
    pub async fn les(om: &Omgivelse, id: &str, ny: Stand) -> Result<Self, Stopp> {
        let nokkel = format!("epost.{id}");
        let lagret = om.bus.get(ABONNEMENT, &nokkel).await?.map(|verdi| verdi.to_vec());
        let stand = match &lagret {
            Some(verdi) => serde_json::from_slice(verdi).map_err(|_| Stopp::Uforstaelig { nokkel: nokkel.clone() })?,
            None => ny,
        };
        Ok(Self { nokkel, lagret, vurdert: 0, stand })
    }

    /// Whether nothing is stored about it yet.
    pub const fn er_ny(&self) -> bool {
        self.lagret.is_none()
    }

    /// Stores it. False when somebody else has changed it: another process is at it.
    pub async fn lagre(&mut self, om: &Omgivelse) -> Result<bool, Stopp> {
        let verdi = serde_json::to_vec(&self.stand).expect("texts and numbers always have a json form");
        let entry = om.bus.entry(ABONNEMENT, &self.nokkel).await?;
        if entry.as_ref().map(|entry| &entry.value[..]) != self.lagret.as_deref() {
            return Ok(false);
        }
        match entry {
            Some(entry) => {
                if !om.bus.put_if(ABONNEMENT, &self.nokkel, verdi.clone().into(), entry.revision).await? {
                    return Ok(false);
                }
            }
            // The first word about a recipient: only whoever holds the subscription comes here.
            None => om.bus.put(ABONNEMENT, &self.nokkel, verdi.clone().into()).await?,
        }
        self.lagret = Some(verdi);
        Ok(true)
    }

    /// A letter was taken, or the address is another: the failures are forgotten.
    pub fn frisk(&mut self) {
        (self.stand.forsok, self.stand.neste, self.stand.feil) = (0, None, None);
    }
}

/// A digest of what names a letter or an address: 128 bits, in hexadecimal digits.
pub(crate) fn digest(deler: &[&str]) -> String {
    let mut sha = Sha256::new();
    for del in deler {
        sha.update((del.len() as u64).to_be_bytes());
        sha.update(del.as_bytes());
    }
    sha.finalize().iter().take(16).fold(String::new(), |mut ut, byte| {
        let _ = write!(ut, "{byte:02x}");
        ut
    })
}
