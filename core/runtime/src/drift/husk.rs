//! One JSON value of the bucket `drift`, remembered for a moment: loops ask for it again and again.

use crate::trinn::Omgivelse;
use crate::{Stopp, strommer};
use bus::Expect;
use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::Instant;

/// So long is believed what was read. With the second that loops sleep, a change is honoured within two.
const LEVETID: Duration = Duration::from_secs(1);
/// So often is a change tried when others change the same.
const FORSOK: usize = 10;

pub(super) struct Husk<T> {
    nokkel: &'static str,
    lest: Mutex<Option<(Instant, Arc<T>)>>,
}

impl<T: Default + Serialize + DeserializeOwned> Husk<T> {
    pub fn ny(nokkel: &'static str) -> Self {
        Self { nokkel, lest: Mutex::new(None) }
    }

    /// As it stood a moment ago.
    pub async fn les(&self, om: &Omgivelse) -> Result<Arc<T>, Stopp> {
        if let Some((nar, verdi)) = &*super::las(&self.lest)
            && nar.elapsed() < LEVETID
        {
            return Ok(verdi.clone());
        }
        let verdi = Arc::new(self.hent(om).await?.0);
        *super::las(&self.lest) = Some((Instant::now(), verdi.clone()));
        Ok(verdi)
    }

    /// As it stood when it was last read, however long ago; none before.
    pub fn sist(&self) -> Option<Arc<T>> {
        super::las(&self.lest).as_ref().map(|(_, verdi)| verdi.clone())
    }

    async fn hent(&self, om: &Omgivelse) -> Result<(T, Expect), Stopp> {
        let Some(entry) = om.bus.entry(strommer::DRIFT, self.nokkel).await? else {
            return Ok((T::default(), Expect::NOTHING));
        };
        let verdi = serde_json::from_slice(&entry.value);
        let verdi = verdi.map_err(|_| Stopp::Uforstaelig { nokkel: self.nokkel.to_owned() })?;
        Ok((verdi, entry.revision))
    }

    /// Changes it, from what it is now. None when others were first again and again.
    pub async fn endre<U, F>(
        &self,
        om: &Omgivelse,
        endre: impl Fn(&mut T) -> Result<U, F> + Send + Sync,
    ) -> Result<Option<Result<U, F>>, Stopp> {
        for _ in 0..FORSOK {
            let (mut verdi, revisjon) = self.hent(om).await?;
            let svar = match endre(&mut verdi) {
                Ok(svar) => svar,
                Err(nei) => return Ok(Some(Err(nei))),
            };
            let bytes = serde_json::to_vec(&verdi).expect("texts and numbers always have a json form");
            if om.bus.put_if(strommer::DRIFT, self.nokkel, Bytes::from(bytes), revisjon).await? {
                *super::las(&self.lest) = Some((Instant::now(), Arc::new(verdi)));
                return Ok(Some(Ok(svar)));
            }
        }
        Ok(None)
    }
}
