//! What people do on the pages, done by systems: lists and their acts, rounds, the audit log, operations. Pages and these
//! routes ask the same view ([`Utsnitt`]), which judges who may see and do what.
//!
//! An act names what the caller has looked at: `If-Match` with the `ETag` of it. Where somebody has acted since, nothing is
//! done.

pub(crate) mod brukere;
pub(crate) mod drift;
pub(crate) mod handling;
pub(crate) mod kontroll;
pub(crate) mod liste;
pub(crate) mod logg;
pub(crate) mod runde;
pub(crate) mod rundeinnhold;
mod rute;

pub(crate) use rute::rute;

use crate::config::Rett;
use crate::drift::Driver;
use crate::problem::Avslag;
use crate::sporring::merke;
use crate::tilgang::Innlogget;
use crate::valgt::Delt;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use elevliste::Listenokkel;
use runtime::adgang::{Adgangsfeil, Utsnitt};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The view of a caller.
pub(crate) struct Utsyn {
    pub(crate) ut: Utsnitt,
    pub(crate) delt: Delt,
    hvem: Innlogget,
}

/// The same and a list, from the path.
pub(crate) struct Liste {
    pub(crate) ut: Utsnitt,
    pub(crate) nokkel: Listenokkel,
}

/// The same, for a caller who may see pupils: the right `levere`.
pub(crate) struct Elever(pub(crate) Liste);

/// The same, for a caller who may act: the right `avgjore`.
pub(crate) struct Handler(pub(crate) Liste);

impl Utsyn {
    pub(crate) fn krev(&self, rett: Rett) -> Result<(), Avslag> {
        self.hvem.krev(rett)
    }

    /// The connections, for those who run them.
    pub(crate) fn driver(&self) -> Result<Driver<'_>, Avslag> {
        Ok(Driver::ny(&self.ut, &self.delt)?)
    }
}

impl FromRequestParts<Delt> for Utsyn {
    type Rejection = Avslag;

    async fn from_request_parts(deler: &mut Parts, delt: &Delt) -> Result<Self, Avslag> {
        let hvem = Innlogget::from_request_parts(deler, delt).await?;
        let sider = delt.sider.as_ref().ok_or_else(Avslag::ikke_apnet)?;
        Ok(Self { ut: Utsnitt::ny(&sider.utsikt, hvem.adgang()), delt: delt.clone(), hvem })
    }
}

async fn liste(deler: &mut Parts, delt: &Delt, rett: Rett) -> Result<Liste, Avslag> {
    let utsyn = Utsyn::from_request_parts(deler, delt).await?;
    let sti = RawPathParams::from_request_parts(deler, delt).await.map_err(|_| Avslag::ukjent_liste())?;
    let navn = sti.iter().find(|(navn, _)| *navn == "liste").map(|(_, verdi)| verdi);
    let nokkel: Listenokkel = navn.and_then(|navn| navn.parse().ok()).ok_or_else(Avslag::ukjent_liste)?;
    if utsyn.ut.sammendrag(&nokkel).is_none() {
        return Err(Avslag::ukjent_liste());
    }
    utsyn.krev(rett)?;
    Ok(Liste { ut: utsyn.ut, nokkel })
}

macro_rules! av_sti {
    ($type_:ty, $rett:expr, $av:expr) => {
        impl FromRequestParts<Delt> for $type_ {
            type Rejection = Avslag;

            async fn from_request_parts(deler: &mut Parts, delt: &Delt) -> Result<Self, Avslag> {
                liste(deler, delt, $rett).await.map($av)
            }
        }
    };
}
av_sti!(Liste, Rett::Lese, |liste| liste);
av_sti!(Elever, Rett::Levere, Elever);
av_sti!(Handler, Rett::Avgjore, Handler);

impl From<Adgangsfeil> for Avslag {
    fn from(feil: Adgangsfeil) -> Self {
        match feil {
            Adgangsfeil::Finnes => Self::finnes_ikke(),
            Adgangsfeil::MaIkke { .. } => Self::ma_ikke(),
            Adgangsfeil::Lov(feil) => Self::lov(feil.kode(), feil.tekst().nb),
            Adgangsfeil::Endret => Self::endret(),
            Adgangsfeil::Brutt => Self::lov(
                "brutt",
                "historikken kan ikke leses slik den skal, og ingenting gjøres før noen har sett på den",
            ),
            Adgangsfeil::Grunn => Self::ett_felt("grunn", "si hvorfor, med 1 til 500 tegn og uten fødselsnummer"),
            Adgangsfeil::FinnesAllerede => Self::lov("finnes-allerede", "det er en slik runde fra før; endre den"),
            Adgangsfeil::Runde(feil) => Self::lov("runde", feil.to_string()),
            Adgangsfeil::Kvittering(_) => Self::finnes_ikke(),
            Adgangsfeil::Hold(feil) => feil.into(),
            Adgangsfeil::Stopp(stopp) => stopp.into(),
        }
    }
}

/// The sequence in `If-Match`: what the caller looked at. Of a tag with several numbers the first one counts, since that is
/// what acts follow upon.
pub(crate) fn sett(hoder: &HeaderMap) -> Result<Option<u64>, Avslag> {
    let verdi = hoder.get(header::IF_MATCH).ok_or_else(Avslag::mangler_if_match)?;
    let merke = verdi.to_str().map(str::trim).unwrap_or_default();
    if merke == "*" {
        return Ok(None);
    }
    let inni = merke.strip_prefix('"').and_then(|m| m.strip_suffix('"'));
    let tall = inni.and_then(|m| m.split('-').next()).and_then(|tall| tall.parse().ok());
    // A tag that is none of ours is that of nothing there is.
    tall.map(Some).ok_or_else(Avslag::endret)
}

/// What the caller looked at, where it has no sequence: `If-Match` with the tag of exactly what stands there.
pub(crate) fn uendret(hoder: &HeaderMap, verdi: &impl Serialize) -> Result<(), Avslag> {
    let sett = hoder.get(header::IF_MATCH).ok_or_else(Avslag::mangler_if_match)?;
    let sett = sett.to_str().map(str::trim).unwrap_or_default();
    let kropp = serde_json::to_vec(verdi).map_err(|_| Avslag::uventet())?;
    if sett == "*" || sett == merke(&kropp) { Ok(()) } else { Err(Avslag::endret()) }
}

/// JSON with the tag of what it says.
pub(crate) fn merket(merke: &str, verdi: &impl Serialize) -> Result<Response, Avslag> {
    let kropp = serde_json::to_vec(verdi).map_err(|_| Avslag::uventet())?;
    let hoder = [(header::ETAG, format!("\"{merke}\"")), (header::CONTENT_TYPE, "application/json".to_owned())];
    Ok((hoder, kropp).into_response())
}

/// A body, by what it should have been. The parser's own words may quote what was written, so they are not passed on.
pub(crate) fn les<T: DeserializeOwned>(json: &[u8], form: &str) -> Result<T, Avslag> {
    let json = if json.is_empty() { b"{}".as_slice() } else { json };
    serde_json::from_slice(json).map_err(|_| Avslag::ett_felt("kropp", format!("send {form}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_looked_at_is_named_by_its_sequence() {
        let hode = |verdi: &str| HeaderMap::from_iter([(header::IF_MATCH, verdi.parse().unwrap())]);
        for (verdi, ventet) in [("\"7\"", Ok(Some(7))), ("\"7-31\"", Ok(Some(7))), ("*", Ok(None))] {
            assert_eq!(sett(&hode(verdi)), ventet, "{verdi}");
        }
        for galt in ["7", "W/\"7\"", "\"x\"", "", "\"-\""] {
            assert_eq!(sett(&hode(galt)), Err(Avslag::endret()), "{galt}");
        }
        assert_eq!(sett(&HeaderMap::new()), Err(Avslag::mangler_if_match()));
    }
}
