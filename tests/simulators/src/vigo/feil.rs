//! The ways in which the receiver can misbehave.

use serde::{Deserialize, Serialize};

/// A fault. New ones are added here and act in `forstyrr.rs`, or in the routes of a dialect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Feil {
    /// This status with an HTML body; nothing is stored.
    Status {
        /// The HTTP status.
        status: u16,
    },
    /// A web page with status 200; nothing is stored.
    Html200,
    /// 401, whatever the token.
    Avvis401,
    /// The window is closed.
    LukketVindu,
    /// The list is judged and stored, and the connection closes before the answer is written.
    MistetSvar,
    /// The connection closes before the list is read; nothing is stored.
    MistetForesporsel,
    /// The list is judged and stored, and the answer comes late.
    TregtSvar {
        /// How late.
        millisekunder: u64,
    },
    /// The code base is down: look-ups answer 503, and submissions 403 since the school cannot be verified.
    KodeverkNede,
    /// The list is judged and stored, and the connection closes half-way through the answer.
    HalvtSvar,
    /// 429: come back later; nothing is stored.
    ForMangeKall {
        /// How much later.
        sekunder: u32,
    },
    /// 403: the sender has no right to this school's list; nothing is stored.
    IkkeTilgang,
    /// Somebody else writes the list that there is, just before the request is judged. Dialect `elevliste_v1` only.
    EndretUtenfra,
}

/// A fault, and where and how often it strikes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feilplan {
    /// What happens.
    pub feil: Feil,
    /// Only lists of this school (organisation number).
    #[serde(default)]
    pub orgnr: Option<String>,
    /// Only this many times.
    #[serde(default)]
    pub ganger: Option<u32>,
}

impl From<Feil> for Feilplan {
    fn from(feil: Feil) -> Self {
        Self { feil, orgnr: None, ganger: None }
    }
}

impl Feil {
    /// Only lists of one school.
    pub fn for_skole(self, orgnr: &str) -> Feilplan {
        Feilplan { orgnr: Some(orgnr.to_owned()), ..self.into() }
    }

    /// Only so many times.
    pub fn ganger(self, ganger: u32) -> Feilplan {
        Feilplan { ganger: Some(ganger), ..self.into() }
    }
}

impl Feilplan {
    /// Only so many times.
    #[must_use]
    pub fn ganger(mut self, ganger: u32) -> Self {
        self.ganger = Some(ganger);
        self
    }
}

/// The faults of some kinds that strike a request (about a school, if known), used up as they are taken.
pub(super) fn treff(planer: &mut Vec<Feilplan>, orgnr: Option<&str>, slag: impl Fn(&Feil) -> bool) -> Vec<Feil> {
    let mut tatt = Vec::new();
    planer.retain_mut(|plan| {
        if !slag(&plan.feil) || plan.orgnr.as_deref().is_some_and(|o| Some(o) != orgnr) {
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
