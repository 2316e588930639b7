//! A ring of attempts as one value of the bucket: bounded in number and in size.

use super::{Form, Kildeforsok, Mottakerforsok};
use crate::trinn::Omgivelse;
use crate::{Stopp, strommer};
use bus::Expect;
use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, VecDeque};

/// So many are kept.
const FLEST: usize = 100;
/// The shapes of a value are not larger than this together: the oldest are let go of first.
const MAKS_BYTES: usize = 64 * 1024;
/// So often is it tried when another process writes the same.
const SKRIVEFORSOK: usize = 5;

/// What the ring does with an attempt.
pub(super) trait Forsok: Serialize + DeserializeOwned + Clone + Send + Sync {
    /// Takes a later one into this one, if it came to the same nothing.
    fn sla_sammen(&mut self, _: &Self) -> bool {
        false
    }
    fn form(&mut self) -> &mut Form;
}

impl Forsok for Kildeforsok {
    fn sla_sammen(&mut self, ny: &Self) -> bool {
        let tomt = |f: &Self| f.rader == 0 && f.avvist.is_empty() && !f.resultat.endret_noe();
        let samme = tomt(self) && tomt(ny) && (self.slag, &self.kode, &self.funn) == (ny.slag, &ny.kode, &ny.funn);
        if samme {
            self.ganger = self.ganger.saturating_add(ny.ganger);
            (self.varighet_ms, self.sist) = (ny.varighet_ms, ny.sist);
        }
        samme
    }

    fn form(&mut self) -> &mut Form {
        &mut self.form
    }
}

impl Forsok for Mottakerforsok {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }
}

/// Adds one to what waits to be stored.
pub(super) fn legg<T>(i: &mut BTreeMap<String, VecDeque<T>>, nokkel: String, forsok: T) {
    let ko = i.entry(nokkel).or_default();
    ko.push_back(forsok);
    if ko.len() > FLEST {
        ko.pop_front();
    }
}

/// A ring that cannot be read is a new one: nothing depends on it.
pub(super) async fn les<T: Forsok>(om: &Omgivelse, nokkel: &str) -> Result<(VecDeque<T>, Expect), Stopp> {
    let Some(entry) = om.bus.entry(strommer::DRIFT, nokkel).await? else {
        return Ok((VecDeque::new(), Expect::NOTHING));
    };
    Ok((serde_json::from_slice(&entry.value).unwrap_or_default(), entry.revision))
}

/// Adds attempts to what is stored.
pub(super) async fn skriv<T: Forsok>(om: &Omgivelse, nokkel: &str, nye: VecDeque<T>) -> Result<(), Stopp> {
    for _ in 0..SKRIVEFORSOK {
        let (mut ring, revisjon) = les::<T>(om, nokkel).await?;
        for ny in &nye {
            if !ring.back_mut().is_some_and(|siste| siste.sla_sammen(ny)) {
                ring.push_back(ny.clone());
            }
        }
        while ring.len() > FLEST {
            ring.pop_front();
        }
        if om.bus.put_if(strommer::DRIFT, nokkel, Bytes::from(liten(&mut ring)), revisjon).await? {
            return Ok(());
        }
    }
    Ok(())
}

/// The ring as it is stored: without the oldest shapes, where there is not room for all.
fn liten<T: Forsok>(ring: &mut VecDeque<T>) -> Vec<u8> {
    let mut igjen = MAKS_BYTES;
    for forsok in ring.iter_mut().rev() {
        let bytes = json(forsok.form()).len();
        if bytes > igjen {
            forsok.form().clear();
            igjen = 0;
        } else {
            igjen -= bytes;
        }
    }
    json(ring)
}

fn json(verdi: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(verdi).expect("texts and numbers always have a json form")
}
