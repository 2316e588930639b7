//! CloudEvents context attributes as headers, in binary mode.

use crate::Fingeravtrykk;
use jiff::Timestamp;
use std::fmt;
use uuid::Uuid;

/// Header names. Lower case: NATS header names are case-sensitive.
pub mod hodenavn {
    /// CloudEvents version, `1.0`.
    pub const SPECVERSION: &str = "ce-specversion";
    /// The event's id, unique within its source.
    pub const ID: &str = "ce-id";
    /// Who made the event: `urn:mellomlag:<tenant>:<component>`.
    pub const SOURCE: &str = "ce-source";
    /// What happened: `no.mellomlag.<domain>.<type>.<what>`.
    pub const TYPE: &str = "ce-type";
    /// When it was made.
    pub const TIME: &str = "ce-time";
    /// Schema of the data: `urn:mellomlag:skjema:<fingerprint>`; absent where there is no data.
    pub const DATASCHEMA: &str = "ce-dataschema";
    /// `application/avro`; absent where there is no data.
    pub const CONTENT_TYPE: &str = "content-type";
    /// W3C trace context.
    pub const TRACEPARENT: &str = "traceparent";
}

const SKJEMA_URN: &str = "urn:mellomlag:skjema:";

/// W3C trace context of what caused an event: the text of a `traceparent` header.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Spor(String);

impl Spor {
    /// A well-formed `traceparent` (version 00), or nothing: tracing never hinders an event.
    pub fn les(tekst: &str) -> Option<Self> {
        let deler: Vec<&str> = tekst.split('-').collect();
        let lengder = [2, 32, 16, 2];
        let riktig = deler.len() == 4
            && deler.iter().zip(lengder).all(|(d, n)| d.len() == n && d.bytes().all(|b| b.is_ascii_hexdigit()))
            && deler[1].bytes().any(|b| b != b'0')
            && deler[2].bytes().any(|b| b != b'0');
        riktig.then(|| Self(tekst.to_owned()))
    }

    /// The header text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Spor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The context attributes of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hode {
    /// The event's id.
    pub id: Uuid,
    /// Who made it, without the `urn:mellomlag:` before it.
    pub kilde: String,
    /// What happened, without the `no.mellomlag.` before it: `kilde.user.endret`.
    pub typ: String,
    /// When it was made.
    pub tid: Timestamp,
    /// The writer's schema; none where the event has no data (a removal).
    pub skjema: Option<Fingeravtrykk>,
    /// What caused it.
    pub spor: Option<Spor>,
}

/// Why headers are not those of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the message is no CloudEvent of Mellomlag: header {felt} is missing or cannot be read")]
pub struct HodeFeil {
    /// Which header.
    pub felt: &'static str,
}

impl Hode {
    /// The headers to write.
    pub fn hoder(&self) -> Vec<(&'static str, String)> {
        let mut hoder = vec![
            (hodenavn::SPECVERSION, "1.0".to_owned()),
            (hodenavn::ID, self.id.to_string()),
            (hodenavn::SOURCE, format!("urn:mellomlag:{}", self.kilde)),
            (hodenavn::TYPE, format!("no.mellomlag.{}", self.typ)),
            (hodenavn::TIME, self.tid.to_string()),
        ];
        if let Some(skjema) = self.skjema {
            hoder.push((hodenavn::DATASCHEMA, format!("{SKJEMA_URN}{skjema}")));
            hoder.push((hodenavn::CONTENT_TYPE, "application/avro".to_owned()));
        }
        if let Some(spor) = &self.spor {
            hoder.push((hodenavn::TRACEPARENT, spor.as_str().to_owned()));
        }
        hoder
    }

    /// Reads headers through a look-up function.
    pub fn les<'a>(hent: impl Fn(&str) -> Option<&'a str>) -> Result<Self, HodeFeil> {
        let krev = |felt| hent(felt).ok_or(HodeFeil { felt });
        if krev(hodenavn::SPECVERSION)? != "1.0" {
            return Err(HodeFeil { felt: hodenavn::SPECVERSION });
        }
        let skjema = hent(hodenavn::DATASCHEMA)
            .map(|s| {
                s.strip_prefix(SKJEMA_URN).and_then(|s| s.parse().ok()).ok_or(HodeFeil { felt: hodenavn::DATASCHEMA })
            })
            .transpose()?;
        Ok(Self {
            id: krev(hodenavn::ID)?.parse().map_err(|_| HodeFeil { felt: hodenavn::ID })?,
            kilde: uten(krev(hodenavn::SOURCE)?, "urn:mellomlag:", hodenavn::SOURCE)?,
            typ: uten(krev(hodenavn::TYPE)?, "no.mellomlag.", hodenavn::TYPE)?,
            tid: krev(hodenavn::TIME)?.parse().map_err(|_| HodeFeil { felt: hodenavn::TIME })?,
            skjema,
            spor: hent(hodenavn::TRACEPARENT).and_then(Spor::les),
        })
    }
}

fn uten(verdi: &str, foran: &str, felt: &'static str) -> Result<String, HodeFeil> {
    verdi.strip_prefix(foran).map(str::to_owned).ok_or(HodeFeil { felt })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn headers_read_back() {
        let hode = Hode {
            id: Uuid::nil(),
            kilde: "bergen:vigilo".into(),
            typ: "kilde.user.endret".into(),
            tid: "2026-11-21T08:00:00Z".parse().unwrap(),
            skjema: Some(Fingeravtrykk(7)),
            spor: Spor::les("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
        };
        let kart: HashMap<_, _> = hode.hoder().into_iter().collect();
        assert_eq!(kart["ce-type"], "no.mellomlag.kilde.user.endret");
        assert_eq!(kart["ce-source"], "urn:mellomlag:bergen:vigilo");
        assert_eq!(Hode::les(|n| kart.get(n).map(String::as_str)), Ok(hode));
    }

    #[test]
    fn a_foreign_message_names_the_header() {
        assert_eq!(Hode::les(|_| None), Err(HodeFeil { felt: "ce-specversion" }));
        assert_eq!(Spor::les("00-00000000000000000000000000000000-b7ad6b7169203331-01"), None);
        assert_eq!(Spor::les("nonsense"), None);
    }
}
