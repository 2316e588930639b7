//! The languages: catalogues, dates, numbers.
//!
//! Texts stand in `tekster/<language>/*.ftl` (Project Fluent), one file for each part of the pages and the same names in
//! every language. A test holds them against each other and against what templates and code ask for.

mod dato;
mod katalog;
#[cfg(test)]
mod prover;

pub(crate) use katalog::Melding;

use axum::http::{HeaderMap, header};
use axum_extra::extract::CookieJar;
use runtime::visning::Tekst;

/// The cookie that holds what the reader has chosen.
pub(crate) const KAKE: &str = "sprak";

/// A language that pages are shown in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Sprak {
    /// Bokmål.
    #[default]
    Bokmal,
    /// Nynorsk.
    Nynorsk,
    /// English.
    Engelsk,
}

impl Sprak {
    /// Every language, in the order in which they are offered.
    pub const ALLE: [Self; 3] = [Self::Bokmal, Self::Nynorsk, Self::Engelsk];

    /// Its tag: `nb`, `nn` or `en`.
    pub const fn kode(self) -> &'static str {
        match self {
            Self::Bokmal => "nb",
            Self::Nynorsk => "nn",
            Self::Engelsk => "en",
        }
    }

    /// What it calls itself.
    pub const fn navn(self) -> &'static str {
        match self {
            Self::Bokmal => "Bokmål",
            Self::Nynorsk => "Nynorsk",
            Self::Engelsk => "English",
        }
    }

    /// The language with this tag.
    pub fn av(kode: &str) -> Option<Self> {
        Self::ALLE.into_iter().find(|s| s.kode() == kode)
    }

    /// The text with this key: `{{ s.t("skole-frist").n("dager", 4) }}` in a template.
    pub(crate) const fn t(self, nokkel: &'static str) -> Melding {
        Melding::ny(self, nokkel)
    }

    /// A text that stands in all three languages, such as those of the rules.
    pub(crate) fn av_tekst<S>(self, tekst: Tekst<S>) -> S {
        match self {
            Self::Bokmal => tekst.nb,
            Self::Nynorsk => tekst.nn,
            Self::Engelsk => tekst.en,
        }
    }

    /// The language of a request: what the reader has chosen, else what the browser asks for, else bokmål.
    pub(crate) fn av_hoder(hoder: &HeaderMap, valgt: Option<&str>) -> Self {
        let kake = || CookieJar::from_headers(hoder).get(KAKE).and_then(|k| Self::av(k.value()));
        let nettleser = || {
            let onsket = hoder.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
            onsket.split(',').find_map(|del| match del.trim().get(..2)?.to_ascii_lowercase().as_str() {
                "no" => Some(Self::Bokmal),
                kode => Self::av(kode),
            })
        };
        kake().or_else(|| valgt.and_then(Self::av)).or_else(nettleser).unwrap_or_default()
    }
}
