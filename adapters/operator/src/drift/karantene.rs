//! What could not be read, by cause.

use super::{Driver, Nei};
use hendelse::K;
use runtime::drift::{Arsak, Arsakstall, Karantenefilter, Karanteneinfo, Proveskudd, Utvalg};
use sha2::{Digest, Sha256};

/// Names a cause in an address: what it is made of may hold what an address cannot.
pub(crate) fn id(arsak: &Arsak) -> String {
    let mut sum = Sha256::new();
    for del in [&arsak.trinn, arsak.tenant.as_str(), &arsak.kode, &arsak.felt] {
        sum.update(del);
        sum.update([0]);
    }
    sum.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

impl Driver<'_> {
    /// The causes within reach.
    pub(crate) async fn arsaker(&self) -> Result<Vec<Arsakstall>, Nei> {
        let mut alle = self.drift.arsaker().await?;
        alle.retain(|tall| self.ut.adgang().ser_tenant(&tall.arsak.tenant));
        Ok(alle)
    }

    /// One of them, by what names it in addresses.
    pub(crate) async fn arsak(&self, navn: &str) -> Result<Option<Arsakstall>, Nei> {
        Ok(self.arsaker().await?.into_iter().find(|tall| id(&tall.arsak) == navn))
    }

    /// What has a cause, the newest first.
    pub(crate) async fn poster(&self, arsak: &Arsak) -> Result<Vec<Karanteneinfo>, Nei> {
        let filter = Karantenefilter {
            trinn: Some(arsak.trinn.clone()),
            tenant: Some(arsak.tenant.clone()),
            kode: Some(arsak.kode.clone()),
        };
        let mut poster = self.drift.karantene(&filter).await?;
        poster.retain(|info| info.arsak() == *arsak);
        Ok(poster)
    }

    /// What playing a cause again would come to. Changes nothing.
    pub(crate) async fn prov(&self, arsak: &Arsak) -> Result<Proveskudd, Nei> {
        Ok(self.drift.proveskudd(arsak).await?)
    }

    /// Orders a cause to be played again, or one thing of it. Says how many that is.
    pub(crate) async fn spill(&self, arsak: &Arsak, en: Option<K>) -> Result<u64, Nei> {
        let utvalg = match en {
            Some(k) => Utvalg::En { trinn: arsak.trinn.clone(), tenant: arsak.tenant.clone(), k },
            None => Utvalg::Arsak(arsak.clone()),
        };
        Ok(self.drift.spill_igjen(&utvalg, self.hvem()).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_has_its_own_address() {
        let arsak = |kode: &str, felt: &str| Arsak {
            trinn: "kilde".into(),
            tenant: "voss".parse().unwrap(),
            kode: kode.into(),
            felt: felt.into(),
        };
        assert_eq!(id(&arsak("a", "b")), id(&arsak("a", "b")));
        assert_ne!(id(&arsak("a", "b")), id(&arsak("ab", "")), "where one part ends is part of it");
        assert!(id(&arsak("users[]", "x/y?z")).bytes().all(|b| b.is_ascii_hexdigit()));
    }
}
