//! Avro schemas, fingerprints, and reading any version.
//!
//! Every published schema version is a file `schemas/<name>.v<n>.avsc` and stays there. A writer always writes the
//! newest; a reader finds the writer's schema by the fingerprint in the event's header and resolves it to its own. A
//! fingerprint that is not among the files belongs to a newer program: its schema is fetched from the `config` bucket
//! and given to [`les_med`].

use crate::{Karantenepost, Kildemarkor, Posisjon};
use apache_avro::{Schema, rabin::Rabin, reader::datum::GenericDatumReader, writer::datum::GenericDatumWriter};
use serde::{Serialize, de::DeserializeOwned};
use std::{collections::HashMap, fmt, str::FromStr, sync::LazyLock};

/// Rabin fingerprint (CRC-64-AVRO) of a schema; as text 16 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingeravtrykk(pub u64);

impl fmt::Display for Fingeravtrykk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for Fingeravtrykk {
    type Err = std::num::ParseIntError;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        u64::from_str_radix(s, 16).map(Self)
    }
}

/// Why data cannot be written or read. Never holds a value: Avro's own messages may.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SkjemaFeil {
    /// A value does not fit its schema: a fault in the program.
    #[error("a value does not fit the schema {skjema}; this is a fault in Mellomlag")]
    PasserIkke {
        /// Name of the schema.
        skjema: &'static str,
    },
    /// The writer's schema is not among ours: fetch it and use [`les_med`].
    #[error("the data was written with schema {0}, which this version does not have; it is newer than this program")]
    Ukjent(Fingeravtrykk),
    /// The schema or the data cannot be read as what they should be.
    #[error("the data cannot be read as {skjema}: it is damaged, or its schema is outside the compatibility window")]
    Uleselig {
        /// Name of the schema.
        skjema: &'static str,
    },
}

/// A type that events carry.
pub trait Data: Serialize + DeserializeOwned {
    /// Name of its schema: the file name without version.
    const SKJEMA: &'static str;
}

macro_rules! skjemaer {
    ($($navn:literal => $type:ty, [$($versjon:literal),+];)+) => {
        $(impl Data for $type { const SKJEMA: &'static str = $navn; })+

        /// Every published version: name, version, text; versions of a name rise.
        const FILER: &[(&str, u32, &str)] =
            &[$($(($navn, $versjon, include_str!(concat!("../schemas/", $navn, ".v", $versjon, ".avsc"))),)+)+];
    };
}

skjemaer! {
    "kilde-org" => oneroster::Org, [1];
    "kilde-academicsession" => oneroster::AcademicSession, [1];
    "kilde-class" => oneroster::Class, [1];
    "kilde-user" => oneroster::User, [1];
    "kilde-enrollment" => oneroster::Enrollment, [1];
    "kilde-vigoskole" => kodeverk::Vigoskole, [1];
    "kilde-registerperson" => folkeregister::Registerperson, [1];
    "kildemarkor" => Kildemarkor, [1, 2];
    "posisjon" => Posisjon, [1];
    "karantenepost" => Karantenepost, [1];
    "fint-person" => fint::Person, [1];
    "fint-elev" => fint::Elev, [1];
    "fint-elevforhold" => fint::Elevforhold, [1];
    "fint-klasse" => fint::Klasse, [1];
    "fint-klassemedlemskap" => fint::Klassemedlemskap, [1];
    "fint-skole" => fint::Skole, [1];
    "tillegg-elevforhold" => fint::tillegg::Elevtillegg, [1, 2];
    "tillegg-skole" => fint::tillegg::Skoletillegg, [1];
    "identitet-elev" => fint::tillegg::Identitetshistorikk, [1, 2];
    "elevliste" => elevliste::Elevliste, [1, 2, 3];
    "innsendingspost" => elevliste::Innsendingspost, [1, 2];
    "innsamlingspost" => elevliste::Innsamlingspost, [1];
    "listestatus" => elevliste::Listestatus, [1];
    "varsel" => elevliste::Varsel, [1];
}

struct Gjeldende {
    avtrykk: Fingeravtrykk,
    skjema: &'static Schema,
    skriver: GenericDatumWriter<'static>,
    leser: GenericDatumReader<'static>,
}

struct Register {
    gjeldende: HashMap<&'static str, Gjeldende>,
    alle: HashMap<Fingeravtrykk, &'static Schema>,
}

static REGISTER: LazyLock<Register> = LazyLock::new(|| {
    let mut register = Register { gjeldende: HashMap::new(), alle: HashMap::new() };
    for (navn, _, tekst) in FILER {
        let skjema: &'static Schema =
            Box::leak(Box::new(Schema::parse_str(tekst).expect("the published schemas are checked by tests")));
        let avtrykk = avtrykk(skjema);
        let skriver = GenericDatumWriter::builder(skjema).human_readable(true).build();
        let leser = GenericDatumReader::builder(skjema).human_readable(true).build();
        register.alle.insert(avtrykk, skjema);
        register.gjeldende.insert(
            navn,
            Gjeldende {
                avtrykk,
                skjema,
                skriver: skriver.expect("the published schemas are checked by tests"),
                leser: leser.expect("the published schemas are checked by tests"),
            },
        );
    }
    register
});

fn avtrykk(skjema: &Schema) -> Fingeravtrykk {
    let bytes = skjema.fingerprint::<Rabin>().bytes;
    Fingeravtrykk(bytes.iter().rev().fold(0, |n, b| n << 8 | u64::from(*b)))
}

fn gjeldende<T: Data>() -> &'static Gjeldende {
    REGISTER.gjeldende.get(T::SKJEMA).expect("the macro that names a type's schema also registers it")
}

/// Every published schema version with its fingerprint: what the `config` bucket is filled with.
pub fn publiserte() -> impl Iterator<Item = (Fingeravtrykk, &'static str)> {
    FILER.iter().map(|(_, _, tekst)| {
        (avtrykk(&Schema::parse_str(tekst).expect("the published schemas are checked by tests")), *tekst)
    })
}

/// Writes a value with the newest version of its schema.
pub fn kod<T: Data>(verdi: &T) -> Result<(Fingeravtrykk, Vec<u8>), SkjemaFeil> {
    let g = gjeldende::<T>();
    let bytes = g.skriver.write_ser_to_vec(verdi).map_err(|_| SkjemaFeil::PasserIkke { skjema: T::SKJEMA })?;
    Ok((g.avtrykk, bytes))
}

/// Reads a value that was written with any published version.
pub fn les<T: Data>(skriver: Fingeravtrykk, data: &[u8]) -> Result<T, SkjemaFeil> {
    let g = gjeldende::<T>();
    if skriver == g.avtrykk {
        return helt(data, |mut d| {
            let verdi = g.leser.read_deser(&mut d).ok();
            (verdi, d)
        })
        .ok_or(SkjemaFeil::Uleselig { skjema: T::SKJEMA });
    }
    let skjema = REGISTER.alle.get(&skriver).ok_or(SkjemaFeil::Ukjent(skriver))?;
    oversett(skjema, data)
}

/// Reads a value with the writer's schema given as text, for writers newer than this program.
pub fn les_med<T: Data>(skjema: &str, data: &[u8]) -> Result<T, SkjemaFeil> {
    let skjema = Schema::parse_str(skjema).map_err(|_| SkjemaFeil::Uleselig { skjema: T::SKJEMA })?;
    oversett(&skjema, data)
}

/// Resolves through Avro's dynamic value: the typed reader does not resolve versions.
fn oversett<T: Data>(skriver: &Schema, data: &[u8]) -> Result<T, SkjemaFeil> {
    let g = gjeldende::<T>();
    let uleselig = SkjemaFeil::Uleselig { skjema: T::SKJEMA };
    let leser = GenericDatumReader::builder(skriver)
        .reader_schema(g.skjema)
        .human_readable(true)
        .build()
        .map_err(|_| uleselig.clone())?;
    let verdi = helt(data, |mut d| {
        let verdi = leser.read_value(&mut d).ok();
        (verdi, d)
    });
    let bytes = verdi.and_then(|v| g.skriver.write_value_to_vec(v).ok()).ok_or(uleselig)?;
    les(g.avtrykk, &bytes)
}

/// A value only if it used all of the data.
fn helt<'a, T>(data: &'a [u8], les: impl FnOnce(&'a [u8]) -> (Option<T>, &'a [u8])) -> Option<T> {
    let (verdi, rest) = les(data);
    verdi.filter(|_| rest.is_empty())
}
