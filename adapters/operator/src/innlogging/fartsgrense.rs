//! How often somebody may try.

use super::Avvist;
use axum::http::HeaderMap;
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Tries of one address in a minute.
const PER_ADRESSE: u32 = 60;
/// Addresses that are remembered at once; above that they are counted together.
const ADRESSER: usize = 10_000;

/// Counts tries by address and minute. The address is the last that the proxy before us has written down; without one,
/// everybody is counted together, and the limit is for all.
#[derive(Debug, Default)]
pub(crate) struct Fartsgrense(Mutex<(i64, HashMap<String, u32>)>);

impl Fartsgrense {
    pub(super) fn godta(&self, hoder: &HeaderMap, na: Timestamp) -> Result<(), Avvist> {
        if self.er_innenfor(hoder, na) { Ok(()) } else { Err(Avvist::ForMangeForsok) }
    }

    /// Counts a try, and says whether it is one too many.
    pub(crate) fn er_innenfor(&self, hoder: &HeaderMap, na: Timestamp) -> bool {
        let fra = hoder.get_all("x-forwarded-for").iter().next_back().and_then(|v| v.to_str().ok());
        let adresse =
            fra.and_then(|v| v.rsplit(',').next()).map(str::trim).filter(|a| a.len() <= 45).unwrap_or_default();
        let mut laast = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let minutt = na.as_second() / 60;
        if laast.0 != minutt {
            *laast = (minutt, HashMap::new());
        }
        let nokkel = if laast.1.len() < ADRESSER || laast.1.contains_key(adresse) { adresse } else { "" };
        let grense = if nokkel.is_empty() { PER_ADRESSE * 20 } else { PER_ADRESSE };
        let antall = laast.1.entry(nokkel.to_owned()).or_default();
        *antall += 1;
        *antall <= grense
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_is_slowed_down_and_others_are_not() {
        let grense = Fartsgrense::default();
        let na: Timestamp = "2026-11-21T08:00:00Z".parse().unwrap();
        let fra =
            |adresser: &str| HeaderMap::from_iter([("x-forwarded-for".parse().unwrap(), adresser.parse().unwrap())]);
        // What the client writes itself stands before what the proxy adds.
        assert!((0..60).all(|i| grense.godta(&fra(&format!("10.0.0.{i}, 192.0.2.1")), na).is_ok()));
        assert_eq!(grense.godta(&fra("192.0.2.1"), na), Err(Avvist::ForMangeForsok));
        assert_eq!(grense.godta(&fra("192.0.2.2"), na), Ok(()));
        assert_eq!(grense.godta(&fra("192.0.2.1"), na + jiff::SignedDuration::from_secs(60)), Ok(()));
    }
}
