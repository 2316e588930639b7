//! What lies in quarantine, and why. Never what is in it.

use super::Drift;
use crate::Stopp;
use crate::hovedbok::{alt, les};
use crate::melding::hode;
use bus::{Record, Start};
use hendelse::{Emne, K, KARANTENE, Karantenepost, Kildenavn, Tenant};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Code of what a newer program has put there.
const UKJENT: &str = "ukjent-skjema";

/// Which of what lies there. Nothing said is everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Karantenefilter {
    /// Where it was put there: `kilde`, `register`, `fint`, `liste`, `levering`.
    pub trinn: Option<String>,
    /// Whose.
    pub tenant: Option<Tenant>,
    /// Which code.
    pub kode: Option<String>,
}

/// One that lies there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Karanteneinfo {
    /// Where it was put there.
    pub trinn: String,
    /// Whose.
    pub tenant: Tenant,
    /// The source or register that showed it; none for a message of ours.
    pub kilde: Option<Kildenavn>,
    /// What it is called here: a hash.
    pub k: K,
    /// The cause.
    pub kode: String,
    /// The field at fault, a path without values.
    pub felt: String,
    /// When it was put there.
    pub nar: Timestamp,
    /// How large it is.
    pub bytes: usize,
    /// Stream and sequence, for a message of ours.
    pub opphav: Option<String>,
    /// Whether somebody has asked for it to be played again.
    pub bestilt: bool,
}

/// A cause: what has it is played again together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Arsak {
    /// Where it was put there.
    pub trinn: String,
    /// Whose.
    pub tenant: Tenant,
    /// The code.
    pub kode: String,
    /// The field, without the places in lists.
    pub felt: String,
}

/// How many have a cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arsakstall {
    /// The cause.
    pub arsak: Arsak,
    /// How many.
    pub antall: u64,
    /// The first of them.
    pub eldste: Timestamp,
    /// The last of them.
    pub nyeste: Timestamp,
}

impl Karanteneinfo {
    /// What it has in common with others.
    pub fn arsak(&self) -> Arsak {
        Arsak {
            trinn: self.trinn.clone(),
            tenant: self.tenant.clone(),
            kode: self.kode.clone(),
            felt: uten_plass(&self.felt),
        }
    }
}

/// A field's path without the places in lists: `users[17].sourcedId` is `users[].sourcedId`.
pub(super) fn uten_plass(felt: &str) -> String {
    let mut inne = false;
    let utenfor = |c: &char| {
        inne = (inne && *c != ']') || *c == '[';
        !(inne && *c != '[')
    };
    felt.chars().filter(utenfor).collect()
}

impl Drift {
    /// What lies in quarantine, the newest first.
    pub async fn karantene(&self, filter: &Karantenefilter) -> Result<Vec<Karanteneinfo>, Stopp> {
        let stjerne = || "*".to_owned();
        let trinn = filter.trinn.clone().unwrap_or_else(stjerne);
        let tenant = filter.tenant.as_ref().map_or_else(stjerne, ToString::to_string);
        let poster = alt(self.om(), KARANTENE, format!("karantene.{trinn}.{tenant}.*"), Start::LastPerSubject).await?;
        let bestilt = self.bestilte().await?;
        let mut ut = Vec::new();
        for record in poster.iter().rev().filter(|record| !record.payload.is_empty()) {
            let Some(mut info) = self.info(record).await? else { continue };
            info.bestilt = bestilt.iter().any(|b| b.gjelder(&info));
            if filter.kode.as_ref().is_none_or(|kode| *kode == info.kode) {
                ut.push(info);
            }
        }
        Ok(ut)
    }

    /// One that lies there; none when it does not, or does not any more.
    pub(super) async fn en(&self, trinn: &str, tenant: &Tenant, k: K) -> Result<Option<Karanteneinfo>, Stopp> {
        let emne = Emne::Karantene { trinn: trinn.to_owned(), tenant: tenant.clone(), k };
        match self.om().bus.last(KARANTENE, &emne.to_string()).await? {
            Some(record) if !record.payload.is_empty() => self.info(&record).await,
            _ => Ok(None),
        }
    }

    async fn info(&self, record: &Record) -> Result<Option<Karanteneinfo>, Stopp> {
        let Ok(Emne::Karantene { trinn, tenant, k }) = record.subject.parse() else { return Ok(None) };
        let Ok(hode) = hode(record) else { return Ok(None) };
        let post = match les::<Karantenepost>(self.om(), KARANTENE, record).await {
            Err(feil) if feil.er_en_posts() => None,
            post => post?,
        };
        let bytes = post.as_ref().map_or(record.payload.len(), |p| p.innhold.len());
        let (kode, felt, opphav) =
            post.map_or_else(|| (UKJENT.to_owned(), String::new(), None), |p| (p.kode, p.felt, p.opphav));
        // A message of ours was put there by the step itself.
        let komponent = hode.kilde.split_once(':').map(|(_, komponent)| komponent).filter(|k| *k != trinn);
        let kilde = komponent.and_then(|k| k.parse().ok());
        Ok(Some(Karanteneinfo { trinn, tenant, kilde, k, kode, felt, nar: hode.tid, bytes, opphav, bestilt: false }))
    }

    /// The causes, the most frequent first.
    pub async fn arsaker(&self) -> Result<Vec<Arsakstall>, Stopp> {
        let mut tall: BTreeMap<Arsak, Arsakstall> = BTreeMap::new();
        for info in self.karantene(&Karantenefilter::default()).await? {
            let (arsak, nar) = (info.arsak(), info.nar);
            let ny = || Arsakstall { arsak: arsak.clone(), antall: 0, eldste: nar, nyeste: nar };
            let tall = tall.entry(arsak.clone()).or_insert_with(ny);
            (tall.antall, tall.eldste, tall.nyeste) = (tall.antall + 1, tall.eldste.min(nar), tall.nyeste.max(nar));
        }
        let mut tall: Vec<_> = tall.into_values().collect();
        tall.sort_by_key(|t| std::cmp::Reverse(t.antall));
        Ok(tall)
    }

    /// Everything of one cause.
    pub(super) async fn av_arsak(&self, arsak: &Arsak) -> Result<Vec<Karanteneinfo>, Stopp> {
        let filter = Karantenefilter {
            trinn: Some(arsak.trinn.clone()),
            tenant: Some(arsak.tenant.clone()),
            kode: Some(arsak.kode.clone()),
        };
        let mut alle = self.karantene(&filter).await?;
        alle.retain(|info| uten_plass(&info.felt) == arsak.felt);
        Ok(alle)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn places_in_lists_do_not_make_causes() {
        assert_eq!(super::uten_plass("users[17].roles[0].org"), "users[].roles[].org");
        assert_eq!(super::uten_plass("data"), "data");
    }
}
