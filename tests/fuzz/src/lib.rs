//! What every fuzz target does with its bytes: each parser of something that comes from outside.
//!
//! An entry may not panic, whatever the bytes are; what is read is otherwise not looked at, as that is for the adapters'
//! own tests. The file is also a module of `tests/peers`, where a plain `cargo test` sends the whole kept corpus through
//! the same entries, without libFuzzer.

mod kvittering;
mod vigo;
mod vigo_fil;

pub use kvittering::kvittering;
pub use vigo::{vigo_kodeverk, vigo_svar};
pub use vigo_fil::vigo_fil;

use hendelse::{Bibliotek, Fingeravtrykk, Fintklasse};
use std::sync::LazyLock;

/// An entry, under the name that its target and its corpus have.
pub type Inngang = (&'static str, fn(&[u8]));

/// Every entry.
pub const INNGANGER: [Inngang; 13] = [
    ("oneroster_side", oneroster_side),
    ("oneroster_pilotfil", oneroster_pilotfil),
    ("oneroster_feilsvar", oneroster_feilsvar),
    ("csv_pakke", csv_pakke),
    ("csv_users", csv_users),
    ("folkeregister_feed", folkeregister_feed),
    ("folkeregister_bulk", folkeregister_bulk),
    ("folkeregister_feilkropp", folkeregister_feilkropp),
    ("vigo_svar", vigo_svar),
    ("vigo_kodeverk", vigo_kodeverk),
    ("vigo_fil", vigo_fil),
    ("kvittering", kvittering),
    ("avro_hendelse", avro_hendelse),
];

/// A page of a collection, and a single object, for every collection and supplier.
pub fn oneroster_side(data: &[u8]) {
    adapter_oneroster::fuzz::side(data);
}

/// The pilot's file.
pub fn oneroster_pilotfil(data: &[u8]) {
    adapter_oneroster::fuzz::pilotfil(data);
}

/// An error from a school system: status, `Retry-After`, `Date` and body, see [`Svar`].
pub fn oneroster_feilsvar(data: &[u8]) {
    let svar = Svar::les(data);
    let tekst = adapter_oneroster::fuzz::feilsvar(svar.status, svar.retry_after, svar.dato, svar.kropp);
    assert!(tekst.is_none_or(|tekst| tekst.len() < 2_000), "a person can read it");
}

/// A zip as it is uploaded.
pub fn csv_pakke(data: &[u8]) {
    adapter_csv::fuzz(data);
}

/// The users of a package.
pub fn csv_users(data: &[u8]) {
    adapter_csv::fuzz_users(data);
}

/// A page of the register's feed.
pub fn folkeregister_feed(data: &[u8]) {
    adapter_folkeregister::fuzz::feedside(data);
}

/// The answer to a bulk look-up.
pub fn folkeregister_bulk(data: &[u8]) {
    adapter_folkeregister::fuzz::bulksvar(data);
}

/// The body of the register's errors.
pub fn folkeregister_feilkropp(data: &[u8]) {
    adapter_folkeregister::fuzz::feilkropp(data);
}

/// The names of what a source can say, in the order that the first byte of an event chooses by.
pub const KILDETYPER: [&str; 7] =
    ["org", "academicSession", "class", "user", "enrollment", "vigoskole", "registerperson"];

static PUBLISERTE: LazyLock<Vec<Fingeravtrykk>> =
    LazyLock::new(|| hendelse::publiserte().map(|(avtrykk, _)| avtrykk).collect());

/// An event's data: the first byte chooses what it is said to be, the next eight are the fingerprint of the schema that it
/// is said to be written with, or choose one where no published schema has that fingerprint.
pub fn avro_hendelse(data: &[u8]) {
    let Some(([hva, skjema @ ..], data)) = data.split_first_chunk::<9>() else { return };
    let nevnt = Fingeravtrykk(skjema.iter().fold(0, |tall, byte| tall << 8 | u64::from(*byte)));
    let valgt = PUBLISERTE[usize::from(skjema[0]) % PUBLISERTE.len()];
    let avtrykk = if PUBLISERTE.contains(&nevnt) { nevnt } else { valgt };
    let hva = usize::from(*hva) % (KILDETYPER.len() + Fintklasse::ALLE.len());
    let bibliotek = Bibliotek::default();
    match KILDETYPER.get(hva) {
        Some(typ) => drop(bibliotek.les_kilde(typ, avtrykk, data)),
        None => drop(bibliotek.les_fint(Fintklasse::ALLE[hva - KILDETYPER.len()], avtrykk, data)),
    }
}

/// An HTTP answer as the corpora spell it: a line each for status, `Retry-After` and `Date`, then the body.
#[derive(Debug, Clone, Copy)]
pub struct Svar<'a> {
    /// The status; 500 where the line is no number.
    pub status: u16,
    /// May be empty, and may be nonsense.
    pub retry_after: &'a [u8],
    /// May be empty, and may be nonsense.
    pub dato: &'a [u8],
    /// The rest.
    pub kropp: &'a [u8],
}

impl<'a> Svar<'a> {
    /// Takes the lines apart. Any bytes are an answer.
    pub fn les(data: &'a [u8]) -> Self {
        let mut deler = data.splitn(4, |byte| *byte == b'\n');
        let mut neste = || deler.next().unwrap_or_default();
        let status = str::from_utf8(neste()).ok().and_then(|tekst| tekst.parse().ok()).unwrap_or(500);
        Self { status, retry_after: neste(), dato: neste(), kropp: neste() }
    }
}
