//! Doors for the fuzzing targets: every reader of bytes from outside, without a network. None of them may panic.

use crate::client::{Sporsmal, feil};
use crate::error::System;
use crate::fil::Innhold;
use crate::profil::{Profil, Profilnavn};
use crate::wire;
use jiff::Timestamp;
use oneroster::Objekttype;
use reqwest::StatusCode;
use reqwest::header::{DATE, HeaderMap, HeaderValue, RETRY_AFTER};
use std::collections::BTreeMap;

const PROFILER: [Profilnavn; 4] =
    [Profilnavn::Vigilo, Profilnavn::VismaFlyt, Profilnavn::FintBridge, Profilnavn::Generic];

/// A page, and the answer to a look-up, of every collection for every supplier. Returns how many rows were kept.
pub fn side(kropp: &[u8]) -> usize {
    let mut beholdt = 0;
    for objekttype in Objekttype::ALLE {
        let mut findings = Vec::new();
        let mut rader = wire::liste(kropp, objekttype, &mut findings).unwrap_or_default();
        rader.extend(wire::enkelt(kropp, objekttype).unwrap_or_default());
        for profil in PROFILER.map(Profil::av) {
            for (nummer, raw) in (0..).zip(&rader) {
                let rad = wire::les_rad(&profil, objekttype, nummer, raw, &mut findings);
                beholdt += usize::from(matches!(rad.utfall, wire::Utfall::Beholdt(_)));
                wire::oppgitt(&profil, objekttype, raw);
            }
        }
    }
    for raw in wire::navngitt(kropp, "courses").unwrap_or_default() {
        beholdt += usize::from(wire::les_kurs(raw).is_some());
    }
    beholdt
}

/// The pilot's file. Returns whether it could be read as one.
pub fn pilotfil(kropp: &[u8]) -> bool {
    let les = |profil| Innhold::les(kropp, &Profil::av(profil), &BTreeMap::new(), None).is_ok();
    PROFILER.map(les).contains(&true)
}

/// An error's status, `Retry-After`, `Date` and body. Returns the text that a person would see, if it is an error.
pub fn feilsvar(status: u16, retry_after: &[u8], dato: &[u8], kropp: &[u8]) -> Option<String> {
    let status = StatusCode::from_u16(status).ok()?;
    let mut hoder = HeaderMap::new();
    for (navn, verdi) in [(RETRY_AFTER, retry_after), (DATE, dato)] {
        hoder.extend(HeaderValue::from_bytes(verdi).ok().map(|verdi| (navn, verdi)));
    }
    let om = Sporsmal {
        system: &System("fuzz".to_owned()),
        samling: Objekttype::User.samling(),
        scope: None,
        revisjonshode: None,
        maks_bytes: 0,
        naa: Timestamp::UNIX_EPOCH,
    };
    feil(status, &hoder, kropp, &om).err().map(|feil| feil.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_doors_lead_to_the_readers() {
        assert!(side(include_bytes!("../fixtures/vigilo-flat.json")) > 0);
        assert!(pilotfil(include_bytes!("../fixtures/pilot.json")) && !pilotfil(b"{}"));
        let tekst = feilsvar(403, b"", b"", br#"{"error":"insufficient_scope","hint":"Kanari"}"#).unwrap();
        assert!(tekst.contains("insufficient_scope") && !tekst.contains("Kanari"), "{tekst}");
        assert!(feilsvar(429, b"3", b"", b"").unwrap().contains("wait 3 s"));
        assert_eq!(feilsvar(404, b"", b"", b""), None);
    }
}
