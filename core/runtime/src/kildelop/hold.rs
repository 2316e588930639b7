//! Holds: a reading that changes too much waits for a person. What the person sees, and what was decided.
//!
//! A hold stands in the bucket `kilde` under `hold.<tenant>.<source>`; an empty value is no hold. It holds nothing
//! personal: schools are named, pupils are keyed hashes. A decision is for exactly one digest, and goes to the audit
//! stream too.

use super::gate::{Typetall, Utlost};
use crate::trinn::Omgivelse;
use crate::{Stopp, revisjon, strommer};
use bus::Expect;
use bytes::Bytes;
use hendelse::{K, Kildenavn, Tenant};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Longest reason, in characters.
const MAKS_HVORFOR: usize = 500;

/// What the change looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Arsak {
    /// A new school year: memberships or classes are replaced, or most pupils move up a grade, and the pupils stay.
    Skolearsskifte,
    /// Nearly all that changed are dates.
    Redatering,
    /// Much is gone, and nothing has come instead.
    Krymping,
    /// None of these.
    Masseendring,
}

/// How many pupils of one school are concerned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skoletall {
    /// The school's name as the source spells it; none when the source does not say which school.
    pub navn: Option<String>,
    /// Its organisation number, or VIGO's school number, where the source gives one.
    pub nummer: Option<String>,
    /// New pupils.
    pub nye: u64,
    /// Changed pupils.
    pub endret: u64,
    /// Pupils that are gone in one way or the other.
    pub borte: u64,
}

/// One object as an example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Eksempel {
    /// The type.
    pub typ: String,
    /// Keyed hash of its id: find it by its subject in KILDE.
    pub k: String,
    /// `endret`, `fjernet` or `savnet`.
    pub hva: String,
    /// The school's name, where it is known.
    pub skole: Option<String>,
}

/// What a person has decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Avgjorelse {
    /// Published, or never published.
    pub godkjent: bool,
    /// Who: a name or a user's id from where people log in.
    pub hvem: String,
    /// Why, in the person's own words. Nothing about pupils.
    pub hvorfor: String,
    /// When.
    pub nar: Timestamp,
}

/// A reading that waits for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// What exactly is held: a digest over type, what happens and key of everything that was too much.
    pub digest: String,
    /// When it was first seen.
    pub opprettet: Timestamp,
    /// How many complete readings have shown exactly this.
    pub lesninger: u32,
    /// What the reading means for each type.
    pub typer: BTreeMap<String, Typetall>,
    /// The thresholds that were passed.
    pub utlost: Vec<Utlost>,
    /// The schools whose pupils are concerned.
    pub skoler: Vec<Skoletall>,
    /// A few of each type.
    pub eksempler: Vec<Eksempel>,
    /// What it looks like.
    pub arsak: Arsak,
    /// What has happened and what to do, in bokmål.
    pub forklaring: String,
    /// What was decided, if anything.
    pub avgjorelse: Option<Avgjorelse>,
}

/// Why a decision was not taken.
#[derive(Debug, thiserror::Error)]
pub enum Avgjorfeil {
    /// There is nothing to decide.
    #[error("nothing is held from {0}; it may have been decided, or the source shows something else now")]
    Ingen(Kildenavn),
    /// What is held is something else than what was looked at.
    #[error("{kilde} is held for {har}, not for {ventet}; look at it again before deciding")]
    AnnenDigest {
        /// The source.
        kilde: Kildenavn,
        /// What the decision was about.
        ventet: String,
        /// What is held.
        har: String,
    },
    /// Somebody has decided already.
    #[error("this was decided already, at {nar}; a decision is not changed, the source's next answer gives a new one")]
    Avgjort {
        /// When.
        nar: Timestamp,
    },
    /// Why is missing, too long, or holds an identity number.
    #[error("say why, in 1 to 500 letters without an identity number")]
    Grunn,
    /// The bus or the data.
    #[error(transparent)]
    Stopp(#[from] Stopp),
}

/// SHA-256 of types, words and keys, in hexadecimal. The order counts: give them sorted.
pub(super) fn avtrykk(linjer: impl Iterator<Item = (&'static str, &'static str, K)>) -> String {
    let mut sum = Sha256::new();
    for (typ, hva, k) in linjer {
        sum.update(typ);
        sum.update([0]);
        sum.update(hva);
        sum.update([0]);
        sum.update(k.0);
    }
    sum.finalize().iter().fold(String::with_capacity(64), |tekst, byte| tekst + &format!("{byte:02x}"))
}

fn nokkel(tenant: &Tenant, kilde: &Kildenavn) -> String {
    format!("hold.{tenant}.{kilde}")
}

/// A hold with the revision that it was read at.
///
/// One that cannot be read, because a newer program wrote it or somebody's hand, is none: the next reading holds the same
/// again if it must, and whatever was decided is decided anew.
pub(super) async fn les(om: &Omgivelse, tenant: &Tenant, kilde: &Kildenavn) -> Result<(Option<Hold>, Expect), Stopp> {
    let nokkel = nokkel(tenant, kilde);
    let Some(entry) = om.bus.entry(strommer::KILDER, &nokkel).await? else { return Ok((None, Expect::NOTHING)) };
    if entry.value.is_empty() {
        return Ok((None, entry.revision));
    }
    let hold = serde_json::from_slice(&entry.value).ok();
    if hold.is_none() {
        tracing::error!(%tenant, %kilde, nokkel, "a hold cannot be read; the source is judged anew");
    }
    Ok((hold, entry.revision))
}

/// Stores a hold, or none. False when somebody else has written since it was read.
pub(super) async fn skriv(
    om: &Omgivelse,
    (tenant, kilde): (&Tenant, &Kildenavn),
    hold: Option<&Hold>,
    expect: Expect,
) -> Result<bool, Stopp> {
    let value = match hold {
        Some(hold) => Bytes::from(serde_json::to_vec(hold).expect("texts and numbers always have a json form")),
        None => Bytes::new(),
    };
    Ok(om.bus.put_if(strommer::KILDER, &nokkel(tenant, kilde), value, expect).await?)
}

/// What is held from a source, decided or not.
pub async fn holdt(om: &Omgivelse, tenant: &Tenant, kilde: &Kildenavn) -> Result<Option<Hold>, Stopp> {
    Ok(les(om, tenant, kilde).await?.0)
}

/// What is held from any of the sources.
pub async fn holdte(
    om: &Omgivelse,
    kilder: impl IntoIterator<Item = (Tenant, Kildenavn)>,
) -> Result<BTreeMap<(Tenant, Kildenavn), Hold>, Stopp> {
    let mut ut = BTreeMap::new();
    for (tenant, kilde) in kilder {
        if let Some(hold) = holdt(om, &tenant, &kilde).await? {
            ut.insert((tenant, kilde), hold);
        }
    }
    Ok(ut)
}

/// Decides about exactly what was looked at: the digest says which. Why is said in words without personal data.
pub async fn avgjor(
    om: &Omgivelse,
    tenant: &Tenant,
    kilde: &Kildenavn,
    digest: &str,
    mut avgjorelse: Avgjorelse,
) -> Result<(), Avgjorfeil> {
    avgjorelse.hvorfor = avgjorelse.hvorfor.trim().to_owned();
    let hvorfor = &avgjorelse.hvorfor;
    if hvorfor.is_empty() || hvorfor.chars().count() > MAKS_HVORFOR || liste::holder_nummer(hvorfor) {
        return Err(Avgjorfeil::Grunn);
    }
    loop {
        let (hold, revisjon) = les(om, tenant, kilde).await?;
        let mut hold = hold.ok_or_else(|| Avgjorfeil::Ingen(kilde.clone()))?;
        if hold.digest != digest {
            let (kilde, ventet, har) = (kilde.clone(), digest.to_owned(), hold.digest);
            return Err(Avgjorfeil::AnnenDigest { kilde, ventet, har });
        }
        if let Some(tatt) = hold.avgjorelse {
            return Err(Avgjorfeil::Avgjort { nar: tatt.nar });
        }
        hold.avgjorelse = Some(avgjorelse.clone());
        // The source may have been read in between, and counted one reading more of the same.
        if skriv(om, (tenant, kilde), Some(&hold), revisjon).await? {
            let godkjent = avgjorelse.godkjent;
            tracing::info!(%tenant, %kilde, digest, godkjent, "a person has decided about a hold");
            return Ok(revisjon::holdavgjorelse(om, tenant, kilde, &hold, &avgjorelse).await?);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_tells_what_happens_to_whom() {
        let k = |i| K([i; 16]);
        let linjer = [("user", "savnet", k(1)), ("user", "savnet", k(2))];
        assert_eq!(avtrykk(linjer.into_iter()), avtrykk(linjer.into_iter()));
        assert_eq!(avtrykk(linjer.into_iter()).len(), 64);
        for andre in [[("user", "endret", k(1)), linjer[1]], [("class", "savnet", k(1)), linjer[1]], [linjer[0]; 2]] {
            assert_ne!(avtrykk(linjer.into_iter()), avtrykk(andre.into_iter()));
        }
    }
}
