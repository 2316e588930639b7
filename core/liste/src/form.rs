//! The canonical form of a list: what a fingerprint and a seal are made from.
//!
//! A line's fingerprint is a keyed hash (tenant key, 128 bits, hexadecimal) of class, number, given, middle and family
//! name, in this order, where what is absent differs from what is empty. Our own remarks and ids are not in it: they are
//! not sent.
//!
//! A seal is SHA-256, in hexadecimal, over this JSON without white space, fields in this order:
//!
//! ```json
//! {"skole":"974738368","skolear":"2026-2027","overforing":1,"linjer":["<fingerprint>", …]}
//! ```
//!
//! `skole` is the organisation number or `null`. Lines stand in the order they are sent. That the lines enter as keyed
//! fingerprints says just as exactly what was approved, and keeps the seal of a short list, which is shown and sent, from
//! being guessed back to an identity number.
//!
//! The form of an update is the same: the seal is over everything that the receiver has when it has taken the update, not
//! over what changes. First stand the lines of the list as they are now, in order; then, in the order they were accepted,
//! the accepted fingerprints of pupils about whom nothing is sent (held back, routed by hand, or protected since).
//!
//! JSON is written as RFC 8259 has it, in UTF-8, with no escapes but the necessary ones: what enters are digits, letters and
//! hyphens, so that there is one way to write it. Fingerprints and the seal are in lower case.

use elevliste::{Elevlinje, Elevliste, Linjeavtrykk};
use hendelse::Tenantnokkel;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// The fingerprint of a line.
pub fn avtrykk(linje: &Elevlinje, nokkel: &Tenantnokkel) -> Linjeavtrykk {
    let felter = [
        linje.klasse.as_deref(),
        linje.identitetsnummer.as_ref().map(|n| n.vis().as_str()),
        Some(linje.fornavn.vis().as_str()),
        linje.mellomnavn.as_ref().map(|n| n.vis().as_str()),
        Some(linje.etternavn.vis().as_str()),
    ];
    let mut deler = vec!["linje"];
    for felt in felter {
        deler.extend(felt.map_or(["-", ""], |verdi| ["+", verdi]));
    }
    Linjeavtrykk { elev: linje.elev, avtrykk: nokkel.k(&deler).to_string() }
}

#[derive(Serialize)]
struct Kanonisk<'a> {
    skole: Option<&'a str>,
    skolear: String,
    overforing: u8,
    linjer: Vec<&'a str>,
}

/// The seal of exactly these lines of this list, in this order.
pub fn segl(liste: &Elevliste, avtrykk: &[Linjeavtrykk]) -> String {
    let json = serde_json::to_vec(&Kanonisk {
        skole: liste.skole.organisasjonsnummer.as_deref(),
        skolear: liste.nokkel.skolear.to_string(),
        overforing: liste.nokkel.overforing.nummer(),
        linjer: avtrykk.iter().map(|a| a.avtrykk.as_str()).collect(),
    })
    .expect("strings, a number and a list always serialise");
    Sha256::digest(json).iter().map(|byte| format!("{byte:02x}")).collect()
}
