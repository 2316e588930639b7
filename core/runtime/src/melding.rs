//! Between events and messages.

use bus::{Message, Record};
use bytes::Bytes;
use hendelse::{Emne, Fingeravtrykk, Hode, HodeFeil, Spor};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Makes messages for one component of one tenant.
#[derive(Debug, Clone)]
pub struct Avsender(pub String);

impl Avsender {
    /// `<tenant>:<component>`, as it stands in `ce-source`.
    pub fn ny(tenant: &str, komponent: &str) -> Self {
        Self(format!("{tenant}:{komponent}"))
    }

    /// An event with data; without data it is a removal.
    pub fn melding(
        &self,
        emne: &Emne,
        typ: impl Into<String>,
        tid: Timestamp,
        data: Option<(Fingeravtrykk, Vec<u8>)>,
        spor: Option<Spor>,
    ) -> Message {
        self.melding_med_id(Uuid::now_v7(), emne, typ, tid, data, spor)
    }

    /// The same, for an event that names itself in its data too.
    pub fn melding_med_id(
        &self,
        id: Uuid,
        emne: &Emne,
        typ: impl Into<String>,
        tid: Timestamp,
        data: Option<(Fingeravtrykk, Vec<u8>)>,
        spor: Option<Spor>,
    ) -> Message {
        let (skjema, payload) = data.map_or((None, Bytes::new()), |(f, b)| (Some(f), Bytes::from(b)));
        let hode = Hode { id, kilde: self.0.clone(), typ: typ.into(), tid, skjema, spor };
        Message { subject: emne.to_string(), headers: hode.hoder(), payload }
    }
}

/// The event's context of a stored message.
pub fn hode(record: &Record) -> Result<Hode, HodeFeil> {
    Hode::les(|navn| record.header(navn))
}

/// Fingerprint of data with its schema: equal data, nothing to publish.
pub fn innholdsavtrykk(skjema: Fingeravtrykk, data: &[u8]) -> u128 {
    let mut sum = Sha256::new();
    sum.update(skjema.0.to_be_bytes());
    sum.update(data);
    let bytes = sum.finalize();
    bytes[..16].iter().fold(0, |n, b| n << 8 | u128::from(*b))
}
