//! Values that do not live long: sessions, and what is under way to one. They are kept under hashes of what browsers hold,
//! and the bucket forgets them by itself; what is taken away before is made empty.

use crate::strommer::OKTER;
use crate::{Omgivelse, Stopp};
use bus::Expect;
use bytes::Bytes;

/// Values that do not live longer than the longest session.
#[derive(Clone)]
pub struct Korttid(Omgivelse);

impl std::fmt::Debug for Korttid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Korttid")
    }
}

impl Korttid {
    /// Over the bucket of sessions.
    pub const fn ny(om: Omgivelse) -> Self {
        Self(om)
    }

    /// A value and its revision. None when it is not there, or taken away.
    pub async fn les(&self, nokkel: &str) -> Result<Option<(Bytes, u64)>, Stopp> {
        let funnet = self.0.bus.entry(OKTER, nokkel).await?;
        Ok(funnet.filter(|e| !e.value.is_empty()).map(|e| (e.value, e.revision.0)))
    }

    /// Sets a value.
    pub async fn skriv(&self, nokkel: &str, verdi: Vec<u8>) -> Result<(), Stopp> {
        Ok(self.0.bus.put(OKTER, nokkel, Bytes::from(verdi)).await?)
    }

    /// Sets a value if it is as it was seen, `0` for one that has never been there. False when somebody else was first.
    pub async fn skriv_om(&self, nokkel: &str, verdi: Vec<u8>, sett: u64) -> Result<bool, Stopp> {
        Ok(self.0.bus.put_if(OKTER, nokkel, Bytes::from(verdi), Expect(sett)).await?)
    }

    /// Takes a value away.
    pub async fn fjern(&self, nokkel: &str) -> Result<(), Stopp> {
        self.skriv(nokkel, Vec::new()).await
    }
}
