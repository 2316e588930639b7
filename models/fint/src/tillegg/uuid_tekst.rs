//! A UUID as text in every format.
//!
//! The uuid crate writes bytes wherever a format calls itself binary, Avro among them. Our schemas say text.

use serde::{Deserialize, Deserializer, Serializer, de::Error};
use uuid::Uuid;

pub(super) fn serialize<S: Serializer>(uuid: &Uuid, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(uuid)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Uuid, D::Error> {
    les(&String::deserialize(deserializer)?)
}

fn les<E: Error>(tekst: &str) -> Result<Uuid, E> {
    Uuid::try_parse(tekst).map_err(|_| E::custom("expected a UUID"))
}

/// The same for a list.
pub(super) mod liste {
    use super::{Deserialize, Deserializer, Serializer, Uuid, les};

    pub(in crate::tillegg) fn serialize<S: Serializer>(liste: &[Uuid], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(liste.iter().map(Uuid::to_string))
    }

    pub(in crate::tillegg) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Uuid>, D::Error> {
        Vec::<String>::deserialize(deserializer)?.iter().map(|tekst| les(tekst)).collect()
    }
}

/// The same for one that may be absent.
pub(super) mod valgfri {
    use super::{Deserialize, Deserializer, Serializer, Uuid, les};

    pub(in crate::tillegg) fn serialize<S: Serializer>(uuid: &Option<Uuid>, s: S) -> Result<S::Ok, S::Error> {
        match uuid {
            Some(uuid) => s.serialize_some(&uuid.to_string()),
            None => s.serialize_none(),
        }
    }

    pub(in crate::tillegg) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Uuid>, D::Error> {
        Option::<String>::deserialize(deserializer)?.map(|tekst| les(&tekst)).transpose()
    }
}
