//! What a file holds, and how it is written.

use encoding_rs::WINDOWS_1252;
use identitet::Skjermet;
use jiff::civil::Date;
use std::borrow::Cow;

/// The letters of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tegnsett {
    /// ISO-8859-1, in its strict meaning: what it has is the same in windows-1252.
    Iso88591,
    /// windows-1252, which also has Š and Ž.
    Windows1252,
    /// UTF-8.
    Utf8,
    /// UTF-8 with a byte order mark.
    Utf8Bom,
}

pub(super) const BOM: &[u8] = b"\xef\xbb\xbf";

impl Tegnsett {
    /// The letters that a file most likely has: UTF-8 where it says so or cannot well be anything else.
    pub fn gjett(fil: &[u8]) -> Self {
        match std::str::from_utf8(fil) {
            Ok(_) if fil.starts_with(BOM) => Self::Utf8Bom,
            Ok(tekst) if !tekst.is_ascii() => Self::Utf8,
            _ => Self::Windows1252,
        }
    }

    /// The name that it is known by.
    pub const fn navn(self) -> &'static str {
        match self {
            Self::Iso88591 => "ISO-8859-1",
            Self::Windows1252 => "windows-1252",
            Self::Utf8 => "UTF-8",
            Self::Utf8Bom => "UTF-8 (BOM)",
        }
    }

    pub(super) const fn er_utf8(self) -> bool {
        matches!(self, Self::Utf8 | Self::Utf8Bom)
    }

    /// None where a byte means nothing.
    pub(super) fn les(self, felt: &[u8]) -> Option<Cow<'_, str>> {
        match self {
            Self::Iso88591 => Some(encoding_rs::mem::decode_latin1(felt)),
            Self::Windows1252 => WINDOWS_1252.decode_without_bom_handling_and_without_replacement(felt),
            Self::Utf8 | Self::Utf8Bom => std::str::from_utf8(felt).ok().map(Cow::Borrowed),
        }
    }

    /// None where it has no such letter.
    pub(super) fn skriv(self, felt: &str) -> Option<Cow<'_, [u8]>> {
        match self {
            Self::Iso88591 => felt.chars().map(|c| u8::try_from(c).ok()).collect::<Option<Vec<u8>>>().map(Cow::Owned),
            Self::Windows1252 => match WINDOWS_1252.encode(felt) {
                (bytes, _, false) => Some(bytes),
                _ => None,
            },
            Self::Utf8 | Self::Utf8Bom => Some(Cow::Borrowed(felt.as_bytes())),
        }
    }
}

/// The end of each line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linjeskift {
    /// As on Windows.
    Crlf,
    /// As everywhere else.
    Lf,
}

/// What the number on the last line counts. The first two come to the same; no source says which of them is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// All lines but the last.
    UtenEof,
    /// All lines but the first.
    UtenTof,
    /// Pupils.
    Elever,
}

impl Telling {
    /// The number of a file with so many pupils.
    pub const fn antall(self, elever: usize) -> usize {
        match self {
            Self::UtenEof | Self::UtenTof => elever.saturating_add(1),
            Self::Elever => elever,
        }
    }
}

/// Which name stands first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Navnerekkefolge {
    /// Given name, middle name, family name: as in the one example that is known.
    FornavnForst,
    /// Family name, given name, middle name: as VIGO's other files want it.
    EtternavnForst,
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filform {
    /// The letters.
    pub tegnsett: Tegnsett,
    /// The end of each line. A reader takes either.
    pub linjeskift: Linjeskift,
    /// What the number on the last line counts.
    pub telling: Telling,
    /// Which name stands first.
    pub navn: Navnerekkefolge,
}

impl Default for Filform {
    /// As the one example that is known, in the letters that its neighbours use.
    fn default() -> Self {
        Self {
            tegnsett: Tegnsett::Iso88591,
            linjeskift: Linjeskift::Crlf,
            telling: Telling::UtenEof,
            navn: Navnerekkefolge::FornavnForst,
        }
    }
}

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filhode {
    /// Version of the interface.
    pub versjon: String,
    /// The file's date.
    pub dato: Option<Date>,
    /// The system that made it.
    pub melding: String,
    /// The county's number.
    pub fylke: String,
    /// VIGO's number of the school, where the whole file is one school's.
    pub skolenr: String,
    /// The sender's own id of the file.
    pub avgiverid: String,
}

impl Filhode {
    /// The version that the example has.
    pub const VERSJON: &'static str = "1.3.8.0";
}

/// One pupil.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filelev {
    /// Number of the line in the file; the first is 1.
    pub linje: u32,
    /// VIGO's number of the school.
    pub skolenr: String,
    /// The class.
    pub klasse: String,
    /// The identity number.
    pub nummer: Skjermet<String>,
    /// The name.
    pub navn: Skjermet<String>,
}
