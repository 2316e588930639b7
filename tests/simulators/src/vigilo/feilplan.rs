//! Where and how often a fault strikes.

use serde::{Deserialize, Serialize};

use super::{Feil, Indre, Samling};

/// A fault, and where and how often it strikes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feilplan {
    /// What happens.
    pub feil: Feil,
    /// Only in this collection, named as in the path; `users` covers `students` and `teachers`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub samling: Option<String>,
    /// Only on this page of a list; the first is 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<u32>,
    /// Only this many times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ganger: Option<u32>,
}

impl From<Feil> for Feilplan {
    fn from(feil: Feil) -> Self {
        Self { feil, samling: None, side: None, ganger: None }
    }
}

impl Feil {
    /// Only in one collection.
    pub fn i(self, samling: Samling) -> Feilplan {
        Feilplan::from(self).i(samling)
    }

    /// Only on one page.
    pub fn paa_side(self, side: u32) -> Feilplan {
        Feilplan::from(self).paa_side(side)
    }

    /// Only so many times.
    pub fn ganger(self, ganger: u32) -> Feilplan {
        Feilplan::from(self).ganger(ganger)
    }
}

impl Feilplan {
    /// Only in one collection.
    pub fn i(mut self, samling: Samling) -> Self {
        self.samling = Some(samling.sti().to_owned());
        self
    }

    /// Only on one page.
    pub fn paa_side(mut self, side: u32) -> Self {
        self.side = Some(side);
        self
    }

    /// Only so many times.
    pub fn ganger(mut self, ganger: u32) -> Self {
        self.ganger = Some(ganger);
        self
    }

    fn passer(&self, samling: Samling, side: Option<u32>) -> bool {
        !self.feil.gjelder_token()
            && self.samling.as_deref().is_none_or(|s| s == samling.sti() || s == samling.konvolutt())
            && self.side.is_none_or(|s| Some(s) == side)
    }
}

impl Indre {
    /// The faults that strike a request for `side` of `samling` (no page: a single object), used up as they are taken.
    /// The server's standing peculiarities come last.
    pub(super) fn treff(&self, samling: Samling, side: Option<u32>) -> Vec<Feil> {
        let mut tatt = ta(&mut self.feil(), |plan| plan.passer(samling, side));
        tatt.extend(self.config.saertrekk.iter().filter(|feil| !feil.gjelder_token()).cloned());
        tatt
    }

    /// The faults that strike a request for a token.
    pub(super) fn treff_token(&self) -> Vec<Feil> {
        let mut tatt = ta(&mut self.feil(), |plan| plan.feil.gjelder_token());
        tatt.extend(self.config.saertrekk.iter().filter(|feil| feil.gjelder_token()).cloned());
        tatt
    }

    /// The first answer that `se` gives among all faults in force, without using any of them up.
    pub(super) fn i_kraft<T>(&self, se: impl Fn(&Feil) -> Option<T>) -> Option<T> {
        let fra_planer = self.feil().iter().filter(|p| p.ganger != Some(0)).find_map(|p| se(&p.feil));
        fra_planer.or_else(|| self.config.saertrekk.iter().find_map(&se))
    }

    /// The largest page of a collection. A cut page is cut on every page.
    pub(super) fn maks_side(&self, samling: Samling) -> u32 {
        let kutt = |feil: &Feil| if let Feil::KuttetSide { rader } = feil { Some(*rader) } else { None };
        let planer = self.feil();
        let fra_planer = planer
            .iter()
            .filter(|plan| plan.ganger != Some(0))
            .filter(|plan| plan.passer(samling, plan.side))
            .filter_map(|plan| kutt(&plan.feil));
        fra_planer.chain(self.config.saertrekk.iter().filter_map(kutt)).fold(self.config.maks_side, u32::min)
    }

    /// What the server takes the time to be.
    pub(super) fn na(&self) -> jiff::Timestamp {
        let skjev = self.i_kraft(|feil| match feil {
            Feil::SkjevKlokke { sekunder } => Some(jiff::SignedDuration::from_secs(*sekunder)),
            _ => None,
        });
        let na = self.config.klokke.na();
        na.saturating_add(skjev.unwrap_or_default()).unwrap_or(na)
    }
}

fn ta(planer: &mut Vec<Feilplan>, passer: impl Fn(&Feilplan) -> bool) -> Vec<Feil> {
    let mut tatt = Vec::new();
    planer.retain_mut(|plan| {
        if !passer(plan) {
            return true;
        }
        match &mut plan.ganger {
            Some(0) => return false,
            Some(igjen) => *igjen -= 1,
            None => {}
        }
        tatt.push(plan.feil.clone());
        true
    });
    tatt
}
