//! The ways in which the service can misbehave; each has been seen in a real program.

use axum::body::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Samling;

/// A fault. New ones are added here, and in the one place in `http.rs`, `token.rs` or below where they act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Feil {
    /// The answer comes late.
    Treg {
        /// How late.
        millisekunder: u64,
    },
    /// 302 to another address.
    Omdirigering {
        /// The address.
        til: String,
    },
    /// 401, whatever the token.
    Avvis401,
    /// Every token is withdrawn when the page is asked for; a new one works.
    TokenUtloper,
    /// 429 with `Retry-After`.
    ForMange {
        /// Seconds in `Retry-After`.
        vent_sekunder: u32,
        /// An HTML page instead of JSON.
        html: bool,
    },
    /// This status instead of a page: 502, 503 and 504 with HTML as a proxy gives it, others in imsx shape.
    Status {
        /// The HTTP status.
        status: u16,
    },
    /// A web page with status 200.
    Html200,
    /// Status 200, and JSON that stops in the middle.
    UgyldigJson,
    /// The connection breaks in the middle of the body.
    HalvtSvar,
    /// Status 200 and no rows.
    TomSamling,
    /// The first row has no sourcedId.
    UtenSourcedId,
    /// The second row has the sourcedId of the first.
    DobbelSourcedId,
    /// The first row has a status no version of OneRoster knows.
    UkjentEnum,
    /// The first row has `null` for its names.
    NullNavn,
    /// Every optional object is `null`: metadata and middle name.
    NullFelter,
    /// `enabledUser` is a JSON boolean.
    BoolskEnabledUser,
    /// The list is wrapped in the name of the path (`schools`, `students`) instead of the entity.
    StiSomKonvolutt,
    /// `X-Total-Count` is the number before filtering.
    TotalForFilter,
    /// Neither `X-Total-Count` nor `Link`.
    UtenHoder,
    /// The token endpoint answers 503.
    TokenNede,
    /// The token endpoint refuses the credentials.
    TokenAvvist,
}

/// A fault, and where and how often it strikes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feilplan {
    /// What happens.
    pub feil: Feil,
    /// Only in this collection, named as in the path; `users` covers `students` and `teachers`.
    #[serde(default)]
    pub samling: Option<String>,
    /// Only on this page of a list; the first is 1.
    #[serde(default)]
    pub side: Option<u32>,
    /// Only this many times.
    #[serde(default)]
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

    fn gjelder_token(&self) -> bool {
        matches!(self, Self::TokenNede | Self::TokenAvvist)
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
}

/// The faults that strike a request for `side` of `samling` (no page: a single object), used up as they are taken.
pub(super) fn treff(planer: &mut Vec<Feilplan>, samling: Samling, side: Option<u32>) -> Vec<Feil> {
    ta(planer, |plan| {
        !plan.feil.gjelder_token()
            && plan.samling.as_deref().is_none_or(|s| s == samling.sti() || s == samling.konvolutt())
            && plan.side.is_none_or(|s| Some(s) == side)
    })
}

/// The faults that strike a request for a token.
pub(super) fn treff_token(planer: &mut Vec<Feilplan>) -> Vec<Feil> {
    ta(planer, |plan| plan.feil.gjelder_token())
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

/// Spoils the rows of a page.
pub(super) fn forvansk(rader: &mut Vec<Value>, feil: &[Feil]) {
    for feil in feil {
        match (feil, rader.as_mut_slice()) {
            (Feil::TomSamling, _) => rader.clear(),
            (Feil::UtenSourcedId, [forste, ..]) => {
                forste.as_object_mut().map(|o| o.remove("sourcedId"));
            }
            (Feil::DobbelSourcedId, [forste, andre, ..]) => andre["sourcedId"] = forste["sourcedId"].clone(),
            (Feil::UkjentEnum, [forste, ..]) => forste["status"] = json!("paused"),
            (Feil::NullNavn, [forste, ..]) => {
                for navn in ["givenName", "familyName", "name", "title"] {
                    if let Some(verdi) = forste.get_mut(navn) {
                        *verdi = Value::Null;
                    }
                }
            }
            (Feil::NullFelter, rader) => {
                for rad in rader {
                    rad["metadata"] = Value::Null;
                    rad["middleName"] = Value::Null;
                }
            }
            (Feil::BoolskEnabledUser, rader) => {
                for verdi in rader.iter_mut().filter_map(|rad| rad.get_mut("enabledUser")) {
                    *verdi = json!(verdi == "true");
                }
            }
            _ => {}
        }
    }
}

/// The first half of a body, cut at a byte.
pub(super) fn halvdel(kropp: &str) -> Bytes {
    Bytes::copy_from_slice(&kropp.as_bytes()[..kropp.len() / 2])
}
