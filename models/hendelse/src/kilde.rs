//! Data of the events around a source.

use folkeregister::Registerperson;
use jiff::Timestamp;
use kodeverk::Vigoskole;
use oneroster::Objekt;
use serde::{Deserialize, Serialize};

/// What a source can observe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kildeobjekt {
    /// An object of a school system.
    Roster(Objekt),
    /// A school of VIGO's code base.
    Vigoskole(Vigoskole),
    /// What Folkeregisteret says of one number.
    Registerperson(Box<Registerperson>),
}

impl Kildeobjekt {
    /// The type's name in subjects and event types.
    pub const fn typenavn(&self) -> &'static str {
        match self {
            Self::Roster(o) => o.objekttype().as_str(),
            Self::Vigoskole(_) => "vigoskole",
            Self::Registerperson(_) => "registerperson",
        }
    }

    /// What the source calls the object. Personal: hash it before it leaves a payload.
    pub fn kildeid(&self) -> &str {
        match self {
            Self::Roster(o) => o.sourced_id().vis(),
            Self::Vigoskole(s) => s.nummer.as_str(),
            Self::Registerperson(p) => p.nummer.vis(),
        }
    }
}

impl From<Objekt> for Kildeobjekt {
    fn from(objekt: Objekt) -> Self {
        Self::Roster(objekt)
    }
}

/// An object that was in the source's snapshot before last, but not in the last one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Savnet {
    /// The object's type.
    pub typ: String,
    /// Keyed hash of its id, in hexadecimal.
    pub k: String,
}

/// How far a source has been read. The last message of a batch says `hel`; the batches before it do not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kildemarkor {
    /// Number of the snapshot, 1 for the first.
    pub snapshot: i64,
    /// Whether everything up to here is one complete snapshot. Nothing is derived while it is not.
    pub hel: bool,
    /// When the snapshot was complete at the source.
    pub lest: Timestamp,
    /// Objects missing for the first time: gone for good if they are missing next time too and a look-up agrees.
    pub savnet: Vec<Savnet>,
    /// Where a source that is a feed of events goes on: the adapter's own text, nothing personal.
    pub posisjon: Option<String>,
}

/// How far a step has come in the stream that it reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posisjon {
    /// Last sequence of the input stream that is accounted for.
    pub sekvens: i64,
    /// Whether what has been written is consistent: nothing is derived while it is not.
    pub hel: bool,
}

/// Something that could not be read or handled, kept until a person has resolved it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Karantenepost {
    /// A stable code of the cause.
    pub kode: String,
    /// Where in the input: a path without values.
    pub felt: String,
    /// Stream and sequence of the message, where it was one of ours.
    pub opphav: Option<String>,
    /// The bytes as received. Personal.
    #[serde(with = "bytes")]
    pub innhold: Vec<u8>,
}

impl std::fmt::Debug for Karantenepost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Karantenepost").field("kode", &self.kode).field("felt", &self.felt).finish_non_exhaustive()
    }
}

/// Bytes as Avro `bytes`, not as an array of numbers.
mod bytes {
    use serde::{Deserializer, Serializer, de::Visitor};

    pub fn serialize<S: Serializer>(bytes: &[u8], s: S) -> Result<S::Ok, S::Error> {
        s.serialize_bytes(bytes)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<u8>, D::Error> {
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = Vec<u8>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E>(self, v: &[u8]) -> Result<Vec<u8>, E> {
                Ok(v.to_vec())
            }

            fn visit_byte_buf<E>(self, v: Vec<u8>) -> Result<Vec<u8>, E> {
                Ok(v)
            }
        }
        d.deserialize_byte_buf(Bytes)
    }
}
