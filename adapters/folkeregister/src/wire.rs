//! How the register spells things. Everything here is a pure function of bytes.

pub(crate) mod bulk;
pub(crate) mod feed;
mod feilkropp;
pub(crate) mod fuzz;
mod gjeldende;
mod hendelsestyper;
pub(crate) mod person;

pub(crate) use feilkropp::Feilkropp;

/// Why a record is refused: a stable code, and the path inside the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Avvisning {
    pub(crate) code: &'static str,
    pub(crate) sti: &'static str,
}

/// What an answer is instead of JSON, as far as its first byte tells.
pub(crate) fn ikke_json(kropp: &[u8]) -> &'static str {
    match kropp.trim_ascii_start().first() {
        None => "an empty answer",
        Some(b'<') => "a web page or xml instead of json; check base_url, and what stands in front of the register",
        Some(_) => "no json of the expected shape, or only a part of it",
    }
}
