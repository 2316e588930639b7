//! What owners, school systems and their states are called to people.

use crate::sprak::Sprak;
use jiff::Timestamp;
use runtime::utsikt::Sammendrag;
use runtime::{Arsak, Kildestatus, Kildetilstand, Typetall, Utlosning, Utlost};
use std::sync::Arc;

/// The lists of the newest school year that there is.
pub(crate) fn dette_aret(mut lister: Vec<Arc<Sammendrag>>) -> Vec<Arc<Sammendrag>> {
    let siste = lister.iter().map(|liste| liste.nokkel.skolear).max();
    lister.retain(|liste| Some(liste.nokkel.skolear) == siste);
    lister
}

/// How a school system is doing: a key, and a colour that says no more.
pub(super) fn tilstand(status: &Kildestatus, na: Timestamp) -> (&'static str, &'static str) {
    if status.pause.is_some() {
        return ("kommune-tilstand-pause", "neutral");
    }
    if status.stum(na) {
        return ("kommune-tilstand-stum", "danger");
    }
    match status.tilstand {
        Kildetilstand::Ny => ("kommune-tilstand-ny", "neutral"),
        Kildetilstand::Ok => ("kommune-tilstand-ok", "success"),
        Kildetilstand::Revet => ("kommune-tilstand-revet", "warning"),
        Kildetilstand::Borte => ("kommune-tilstand-borte", "warning"),
        Kildetilstand::Brems => ("kommune-tilstand-brems", "info"),
        Kildetilstand::Avviser => ("kommune-tilstand-avviser", "danger"),
        Kildetilstand::Uleselig => ("kommune-tilstand-uleselig", "danger"),
        Kildetilstand::Holdt => ("kommune-tilstand-holdt", "warning"),
        Kildetilstand::Forkastet => ("kommune-tilstand-forkastet", "warning"),
        Kildetilstand::Feil => ("kommune-tilstand-feil", "danger"),
    }
}

/// What a state means, and what to do about it: a key.
pub(super) fn hva_na(status: &Kildestatus) -> &'static str {
    if status.pause.is_some() {
        return "kommune-hva-pause";
    }
    match status.tilstand {
        Kildetilstand::Ny => "kommune-hva-ny",
        Kildetilstand::Ok => "kommune-hva-ok",
        Kildetilstand::Revet => "kommune-hva-revet",
        Kildetilstand::Borte => "kommune-hva-borte",
        Kildetilstand::Brems => "kommune-hva-brems",
        Kildetilstand::Avviser => "kommune-hva-avviser",
        Kildetilstand::Uleselig => "kommune-hva-uleselig",
        Kildetilstand::Holdt => "kommune-hva-holdt",
        Kildetilstand::Forkastet => "kommune-hva-forkastet",
        Kildetilstand::Feil => "kommune-hva-feil",
    }
}

/// What objects of a type are called, in the plural.
pub(super) fn typ(s: Sprak, typ: &str) -> String {
    let nokkel = match typ {
        "org" => "kommune-typ-org",
        "academicSession" => "kommune-typ-skolear",
        "class" => "kommune-typ-klasse",
        "user" => "kommune-typ-elev",
        "enrollment" => "kommune-typ-medlemskap",
        "vigoskole" => "kommune-typ-kodeverk",
        "registerperson" => "kommune-typ-register",
        annen => return annen.to_owned(),
    };
    s.t(nokkel).to_string()
}

/// What a mass change looks like: a title, and what to do.
pub(super) const fn arsak(arsak: Arsak) -> (&'static str, &'static str) {
    match arsak {
        Arsak::Skolearsskifte => ("kommune-arsak-skolear", "kommune-arsak-skolear-hva"),
        Arsak::Redatering => ("kommune-arsak-datoer", "kommune-arsak-datoer-hva"),
        Arsak::Krymping => ("kommune-arsak-krymping", "kommune-arsak-krymping-hva"),
        Arsak::Masseendring => ("kommune-arsak-masse", "kommune-arsak-masse-hva"),
    }
}

/// A threshold that was passed, as a sentence.
pub(super) fn utlost(s: Sprak, utlost: &Utlost, tall: Option<&Typetall>) -> String {
    let nokkel = match utlost.hva {
        Utlosning::Tom => "kommune-utlost-tom",
        Utlosning::Borte if utlost.grense == 0 => "kommune-utlost-borte-alle",
        Utlosning::Borte => "kommune-utlost-borte",
        Utlosning::Endret => "kommune-utlost-endret",
    };
    let hadde = tall.map_or(0, |tall| tall.hadde);
    let setning = s.t(nokkel).s("hva", typ(s, &utlost.typ)).n("antall", utlost.antall).n("hadde", hadde);
    setning.n("grense", utlost.grense).to_string()
}
