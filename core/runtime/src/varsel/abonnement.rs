//! How far each subscriber has come, and who is at it: kept in a bucket, changed only by whoever has seen the last change.

use crate::Stopp;
use crate::strommer::ABONNEMENT;
use crate::trinn::Omgivelse;
use bus::Expect;
use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How a subscriber is doing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Abonnementsstand {
    /// Everything up to here is delivered, or was not asked for.
    pub posisjon: u64,
    /// How many have been delivered.
    pub levert: u64,
    /// When something was last delivered.
    pub sist_levert: Option<Timestamp>,
    /// Tries in a row that failed.
    pub forsok: u32,
    /// When the first of them failed.
    pub feilet_siden: Option<Timestamp>,
    /// When it is tried again.
    pub neste: Option<Timestamp>,
    /// What went wrong the last time, as a stable word.
    pub feil: Option<String>,
    /// Nothing is tried before a person has seen to it.
    pub pauset: bool,
    /// Which process is at it.
    pub holder: Option<Uuid>,
    /// Until when, unless it says so again.
    pub holdes_til: Option<Timestamp>,
}

/// One subscriber's place, held by this process.
#[derive(Debug)]
pub struct Abonnement {
    navn: String,
    prosess: Uuid,
    revisjon: Expect,
    /// How it is doing. Stored by [`Abonnement::lagre`].
    pub stand: Abonnementsstand,
}

impl Abonnement {
    /// How a subscriber is doing; none when it has never been seen.
    pub async fn stand(om: &Omgivelse, navn: &str) -> Result<Option<Abonnementsstand>, Stopp> {
        Ok(les(om, navn).await?.map(|(stand, _)| stand))
    }

    /// Takes a subscriber for so long, a new one at the place `ny`. None while another process has it, or was faster.
    pub async fn ta(
        om: &Omgivelse,
        navn: &str,
        prosess: Uuid,
        sa_lenge: SignedDuration,
        ny: u64,
    ) -> Result<Option<Self>, Stopp> {
        let (stand, revisjon) = match les(om, navn).await? {
            Some(funnet) => funnet,
            None => (Abonnementsstand { posisjon: ny, ..Abonnementsstand::default() }, Expect::NOTHING),
        };
        let annen = stand.holder.is_some_and(|holder| holder != prosess);
        if annen && stand.holdes_til.is_some_and(|til| til > om.clock.now()) {
            return Ok(None);
        }
        let mut abonnement = Self { navn: navn.to_owned(), prosess, revisjon, stand };
        Ok(abonnement.lagre(om, sa_lenge).await?.then_some(abonnement))
    }

    /// Stores how it is doing, and holds on for so long. False when another has changed it: it must be taken again.
    pub async fn lagre(&mut self, om: &Omgivelse, sa_lenge: SignedDuration) -> Result<bool, Stopp> {
        self.stand.holder = Some(self.prosess);
        self.stand.holdes_til = om.clock.now().checked_add(sa_lenge).ok();
        skriv(om, &self.navn, &self.stand, self.revisjon).await.map(|ny| match ny {
            Some(revisjon) => {
                self.revisjon = revisjon;
                true
            }
            None => false,
        })
    }

    /// A person has seen to a subscriber that was paused: it is tried again now. False when there is none, or somebody
    /// changed it at the same moment.
    pub async fn gjenoppta(om: &Omgivelse, navn: &str) -> Result<bool, Stopp> {
        let Some((stand, revisjon)) = les(om, navn).await? else { return Ok(false) };
        let stand = Abonnementsstand {
            pauset: false,
            forsok: 0,
            feilet_siden: None,
            neste: None,
            feil: None,
            holder: None,
            holdes_til: None,
            ..stand
        };
        Ok(skriv(om, navn, &stand, revisjon).await?.is_some())
    }
}

async fn les(om: &Omgivelse, navn: &str) -> Result<Option<(Abonnementsstand, Expect)>, Stopp> {
    let Some(entry) = om.bus.entry(ABONNEMENT, navn).await? else { return Ok(None) };
    let stand = serde_json::from_slice(&entry.value).map_err(|_| Stopp::Uforstaelig { nokkel: navn.to_owned() })?;
    Ok(Some((stand, entry.revision)))
}

/// The new revision, or none when somebody else was first.
async fn skriv(
    om: &Omgivelse,
    navn: &str,
    stand: &Abonnementsstand,
    revisjon: Expect,
) -> Result<Option<Expect>, Stopp> {
    let verdi = Bytes::from(serde_json::to_vec(stand).expect("texts and numbers always have a json form"));
    if !om.bus.put_if(ABONNEMENT, navn, verdi.clone(), revisjon).await? {
        return Ok(None);
    }
    // The revision is not told; what stands there now is ours if it is what we wrote.
    let entry = om.bus.entry(ABONNEMENT, navn).await?;
    Ok(entry.filter(|entry| entry.value == verdi).map(|entry| entry.revision))
}
