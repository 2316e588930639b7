//! The feed: a page is a JSON list of events, each read on its own. One that cannot be read is refused, and the place
//! moves on past it.

use super::{Avvisning, hendelsestyper, ikke_json};
use flow::{Feedside, Finding, Refused, Registerhendelse};
use identitet::Skjermet;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::HashSet;

/// The collection, in findings and refusals.
pub(crate) const SAMLING: &str = "hendelser";
/// The register's page has a thousand events. A longer one is read, within reason.
const FLEST: usize = 10_000;

/// Why a page cannot be used as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sidefeil(pub(crate) &'static str);

#[derive(Deserialize)]
struct Innslag<'a> {
    #[serde(borrow)]
    sekvensnummer: Option<&'a RawValue>,
    #[serde(borrow)]
    hendelse: Option<Hendelse<'a>>,
}

/// The documents that an event points to are not read: what counts is the person as it is now.
#[derive(Deserialize)]
struct Hendelse<'a> {
    #[serde(borrow)]
    folkeregisteridentifikator: Option<&'a RawValue>,
    #[serde(borrow)]
    hendelsetype: Option<&'a RawValue>,
    /// As the event's own document spells it.
    #[serde(borrow)]
    hendelsestype: Option<&'a RawValue>,
    #[serde(borrow)]
    ajourholdstidspunkt: Option<&'a RawValue>,
}

/// Reads the page that was asked for from `fra`.
pub(crate) fn side(kropp: &[u8], fra: i64) -> Result<Feedside, Sidefeil> {
    let innslag: Vec<&RawValue> = serde_json::from_slice(kropp).map_err(|_| Sidefeil(ikke_json(kropp)))?;
    if innslag.len() > FLEST {
        return Err(Sidefeil("more than ten thousand events in one page"));
    }
    let mut leser = Leser { fra, hoyeste: None, sett: HashSet::with_capacity(innslag.len()), findings: Vec::new() };
    let mut hendelser = Vec::with_capacity(innslag.len());
    let mut refused = Vec::new();
    for (i, raw) in innslag.iter().enumerate() {
        match leser.les(raw) {
            Ok(hendelse) => hendelser.extend(hendelse),
            Err(Avvisning { code, sti }) => refused.push(Refused {
                samling: SAMLING,
                code,
                field: format!("{SAMLING}[{i}].{sti}"),
                raw: raw.get().as_bytes().to_vec(),
            }),
        }
    }
    let neste = match leser.hoyeste {
        _ if innslag.is_empty() => fra,
        // Neither can be passed: the same page would come again for ever, and the feed would stand still in silence.
        None => return Err(Sidefeil("no event of the page has a sequence number")),
        Some(hoyeste) if hoyeste < fra => {
            return Err(Sidefeil("all events of the page come before the place asked for"));
        }
        Some(hoyeste) => hoyeste + 1,
    };
    Ok(Feedside { hendelser, refused, findings: leser.findings, neste, innhentet: innslag.is_empty() })
}

struct Leser {
    fra: i64,
    hoyeste: Option<i64>,
    sett: HashSet<i64>,
    findings: Vec<Finding>,
}

impl Leser {
    fn funn(&mut self, code: &'static str) {
        self.findings.push(Finding { code, samling: SAMLING });
    }

    /// None: an event that the page has shown already.
    fn les(&mut self, raw: &RawValue) -> Result<Option<Registerhendelse>, Avvisning> {
        let avvis = |code, sti| Err(Avvisning { code, sti });
        let Ok(innslag) = serde_json::from_str::<Innslag<'_>>(raw.get()) else {
            // Its number can often be read all the same, and then the place can move past it.
            #[derive(Deserialize)]
            struct Bare<'a> {
                #[serde(borrow)]
                sekvensnummer: Option<&'a RawValue>,
            }
            if let Ok(Bare { sekvensnummer: Some(tall) }) = serde_json::from_str(raw.get())
                && let Ok(sekvens) = self.sekvens(tall)
            {
                self.plass(sekvens);
            }
            return avvis("unreadable-event", "hendelse");
        };
        let Some(tall) = innslag.sekvensnummer else { return avvis("missing-sequence", "sekvensnummer") };
        let sekvens = self.sekvens(tall)?;
        let gjentatt = self.plass(sekvens);
        let Some(hendelse) = innslag.hendelse else { return avvis("missing-event", "hendelse") };
        self.hendelsetype(&hendelse);
        let Some(nummer) = hendelse.folkeregisteridentifikator else {
            return avvis("missing-identifier", "hendelse.folkeregisteridentifikator");
        };
        let Some(nummer) = tekst(nummer).filter(|n| n.len() == 11 && n.bytes().all(|b| b.is_ascii_digit())) else {
            return avvis("unreadable-identifier", "hendelse.folkeregisteridentifikator");
        };
        let ajourhold = self.ajourhold(hendelse.ajourholdstidspunkt);
        if gjentatt {
            self.funn("repeated-sequence");
        }
        Ok(Some(Registerhendelse { sekvens, nummer: Skjermet::new(nummer.into_owned()), ajourhold }))
    }

    /// A 64-bit number that has a successor; written as a text, it is still one.
    fn sekvens(&mut self, tall: &RawValue) -> Result<i64, Avvisning> {
        let som_tekst = tekst(tall);
        if som_tekst.is_some() {
            self.funn("number-as-text");
        }
        let sifre = som_tekst.as_deref().unwrap_or(tall.get());
        match sifre.parse() {
            Ok(sekvens) if (0..i64::MAX).contains(&sekvens) => Ok(sekvens),
            _ => Err(Avvisning { code: "unreadable-sequence", sti: "sekvensnummer" }),
        }
    }

    /// Notes the place, and says whether it has been seen.
    fn plass(&mut self, sekvens: i64) -> bool {
        if sekvens < self.fra {
            self.funn("before-the-place");
        }
        match self.hoyeste {
            Some(hoyeste) if sekvens < hoyeste => self.funn("out-of-order"),
            _ => self.hoyeste = Some(sekvens),
        }
        !self.sett.insert(sekvens)
    }

    fn hendelsetype(&mut self, hendelse: &Hendelse<'_>) {
        let type_ = match (hendelse.hendelsetype, hendelse.hendelsestype) {
            (Some(type_), _) => Some(type_),
            (None, Some(type_)) => {
                self.funn("event-type-spelling");
                Some(type_)
            }
            (None, None) => None,
        };
        match type_.map(tekst) {
            Some(Some(type_)) if hendelsestyper::kjent(&type_) => {}
            Some(Some(_)) => self.funn("unknown-event-type"),
            Some(None) | None => self.funn("missing-event-type"),
        }
    }

    fn ajourhold(&mut self, tid: Option<&RawValue>) -> Option<Timestamp> {
        let lest = tid.and_then(tekst).and_then(|tid| tid.parse().ok());
        if lest.is_none() {
            self.funn("unreadable-timestamp");
        }
        lest
    }
}

/// The newest sequence number: a bare number, as documented; the object that was announced and withdrawn is taken too.
pub(crate) fn siste(kropp: &[u8]) -> Result<i64, Sidefeil> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Siste {
        Tall(i64),
        Objekt { sekvensnummer: i64 },
    }
    match serde_json::from_slice(kropp) {
        Ok(Siste::Tall(n) | Siste::Objekt { sekvensnummer: n }) if n >= 0 => Ok(n),
        Ok(_) => Err(Sidefeil("a number that is not negative was expected")),
        Err(_) => Err(Sidefeil(ikke_json(kropp))),
    }
}

fn tekst(raw: &RawValue) -> Option<Cow<'_, str>> {
    // A borrowed text where there is nothing to unescape.
    serde_json::from_str::<&str>(raw.get())
        .map(Cow::Borrowed)
        .or_else(|_| serde_json::from_str::<String>(raw.get()).map(Cow::Owned))
        .ok()
}

#[cfg(test)]
mod tests;
