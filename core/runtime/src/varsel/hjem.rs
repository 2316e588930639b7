//! Whose a school is that a round names and that has no list: nobody's source has said so.

use super::Varsling;
use crate::Stopp;
use crate::kildelop::les_kilde;
use crate::trinn::Omgivelse;
use hendelse::{Kildeobjekt, Tenant};
use jiff::{Timestamp, ToSpan as _};
use kodeverk::Kommunenummer;
use std::collections::HashMap;

/// The school numbers of the code bases, read when somebody asks, and again after a while when one is not there.
pub(super) struct Hjem<'a> {
    om: &'a Omgivelse,
    varsling: &'a Varsling,
    skoler: HashMap<String, Kommunenummer>,
    lest: Option<Timestamp>,
}

impl<'a> Hjem<'a> {
    pub fn ny(om: &'a Omgivelse, varsling: &'a Varsling) -> Self {
        Self { om, varsling, skoler: HashMap::new(), lest: None }
    }

    /// The tenant that is the school's municipality; `felles` when there is none.
    pub async fn av(&mut self, skolenr: &str) -> Result<Tenant, Stopp> {
        let na = self.om.clock.now();
        let gammelt = self.lest.is_none_or(|lest| lest + 1.hour() <= na);
        if !self.varsling.kommuner.is_empty() && !self.skoler.contains_key(skolenr) && gammelt {
            self.les().await?;
            self.lest = Some(na);
        }
        let kommune = self.skoler.get(skolenr).and_then(|kommune| self.varsling.kommuner.get(kommune));
        Ok(kommune.cloned().unwrap_or_else(Tenant::felles))
    }

    async fn les(&mut self) -> Result<(), Stopp> {
        for kodeverk in &self.varsling.kodeverk {
            for objekt in les_kilde(self.om, &Tenant::felles(), kodeverk).await? {
                if let Kildeobjekt::Vigoskole(skole) = objekt
                    && let Some(kommune) = skole.kommunenummer
                {
                    self.skoler.insert(skole.nummer.as_str().to_owned(), kommune);
                }
            }
        }
        Ok(())
    }
}
