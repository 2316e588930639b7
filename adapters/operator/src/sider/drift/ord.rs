//! What states, attempts and steps are called here.

use crate::sprak::{Melding, Sprak};
use jiff::Timestamp;
use kodeverk::Fylkesnummer;
use runtime::drift::{Hva, Kildeslag, Mottakerslag, Pause};
use runtime::{Kildestatus, Kildetilstand};
use std::collections::BTreeMap;

/// A state: the key of its words, and a colour that says no more than they do.
pub(in crate::sider) type Tilstand = (&'static str, &'static str);

/// How a source is doing.
pub(super) fn kilde(status: &Kildestatus, pauset: bool, na: Timestamp) -> Tilstand {
    if pauset {
        ("drift-tilstand-pauset", "neutral")
    } else if status.frist.is_some_and(|frist| na > frist) {
        ("drift-tilstand-stum", "danger")
    } else {
        lesning(status.tilstand)
    }
}

/// What came of a reading.
pub(super) const fn lesning(tilstand: Kildetilstand) -> Tilstand {
    match tilstand {
        Kildetilstand::Ny => ("drift-tilstand-ny", "neutral"),
        Kildetilstand::Ok => ("drift-tilstand-ok", "success"),
        Kildetilstand::Revet => ("drift-tilstand-revet", "warning"),
        Kildetilstand::Borte => ("drift-tilstand-borte", "danger"),
        Kildetilstand::Brems => ("drift-tilstand-brems", "info"),
        Kildetilstand::Avviser => ("drift-tilstand-avviser", "danger"),
        Kildetilstand::Uleselig => ("drift-tilstand-uleselig", "danger"),
        Kildetilstand::Holdt => ("drift-tilstand-holdt", "warning"),
        Kildetilstand::Forkastet => ("drift-tilstand-forkastet", "warning"),
        Kildetilstand::Feil => ("drift-tilstand-feil", "danger"),
    }
}

/// How a source was read.
pub(super) const fn kildeslag(slag: Kildeslag) -> &'static str {
    match slag {
        Kildeslag::Snapshot => "drift-slag-snapshot",
        Kildeslag::Delta => "drift-slag-delta",
        Kildeslag::Levert => "drift-slag-levert",
    }
}

/// What was done at a receiver.
pub(super) const fn mottakerslag(slag: Mottakerslag) -> &'static str {
    match slag {
        Mottakerslag::Liste => "drift-slag-liste",
        Mottakerslag::Oppdatering => "drift-slag-oppdatering",
        Mottakerslag::Tilbakelesing => "drift-slag-tilbakelesing",
    }
}

/// What came of a request to a receiver.
pub(super) fn utfall(utfall: &str) -> Tilstand {
    match utfall {
        "mottatt" => ("drift-utfall-mottatt", "success"),
        "mottatt-med-advarsler" => ("drift-utfall-advarsler", "success"),
        "avvist" => ("drift-utfall-avvist", "warning"),
        "stengt" => ("drift-utfall-stengt", "warning"),
        "ukjent-skole" => ("drift-utfall-ukjent-skole", "danger"),
        "ukjent-skolear" => ("drift-utfall-ukjent-skolear", "danger"),
        "allerede-levert" => ("drift-utfall-allerede", "warning"),
        "endret-hos-mottaker" => ("drift-utfall-endret", "warning"),
        "avvist-uten-grunn" => ("drift-utfall-uten-grunn", "danger"),
        "ikke-sendt" => ("drift-utfall-ikke-sendt", "warning"),
        "uavklart" => ("drift-utfall-uavklart", "danger"),
        "nektet" => ("drift-utfall-nektet", "danger"),
        "borte" => ("drift-utfall-borte", "danger"),
        "ikke-mottatt" => ("drift-utfall-ikke-mottatt", "info"),
        "vet-ikke" => ("drift-utfall-vet-ikke", "warning"),
        _ => ("drift-utfall-annet", "neutral"),
    }
}

/// A step, where something could not be read.
pub(super) fn trinn(s: Sprak, trinn: &str) -> String {
    let nokkel = match trinn {
        "kilde" => "drift-trinn-kilde",
        "register" => "drift-trinn-register",
        "fint" => "drift-trinn-fint",
        "liste" => "drift-trinn-liste",
        "levering" => "drift-trinn-levering",
        annet => return annet.to_owned(),
    };
    s.t(nokkel).to_string()
}

/// A county by name, or by number where it is not one in force.
pub(super) fn fylke(fylke: Fylkesnummer) -> String {
    kodeverk::fylke(fylke).map_or_else(|| fylke.to_string(), |f| f.navn.to_owned())
}

/// «340 ms», «1,2 s», «3 min»
pub(super) fn varighet(s: Sprak, ms: u64) -> Melding {
    match ms {
        0..1_000 => s.t("drift-ms").n("antall", ms),
        1_000..120_000 => {
            let komma = if s == Sprak::Engelsk { '.' } else { ',' };
            s.t("drift-s").s("antall", format!("{}{komma}{}", ms / 1_000, ms % 1_000 / 100))
        }
        _ => s.t("drift-min").n("antall", ms / 60_000),
    }
}

/// What is paused, in words. `skoler` names lists.
pub(super) fn hva(s: Sprak, hva: &Hva, skoler: &BTreeMap<String, String>) -> String {
    match hva {
        Hva::Tenant(tenant) => s.t("drift-hva-tenant").s("navn", tenant).to_string(),
        Hva::Kilde(tenant, kilde) => s.t("drift-hva-kilde").s("navn", kilde).s("tenant", tenant).to_string(),
        Hva::Skole(liste) => {
            let navn = skoler.get(&liste.to_string()).cloned().unwrap_or_else(|| liste.to_string());
            s.t("drift-hva-skole").s("navn", navn).to_string()
        }
        Hva::Mottaker(nr) => s.t("drift-hva-mottaker").s("navn", fylke(*nr)).to_string(),
    }
}

/// A pause as it is shown.
pub(super) struct Pausevist {
    pub(super) hva: String,
    /// For forms.
    pub(super) id: String,
    pub(super) hvem: String,
    pub(super) hvorfor: String,
    pub(super) siden: String,
    /// Whether this person may resume it.
    pub(super) kan: bool,
}

impl Pausevist {
    pub(super) fn av(s: Sprak, pause: &Pause, na: Timestamp, kan: bool, skoler: &BTreeMap<String, String>) -> Self {
        Self {
            hva: hva(s, &pause.hva, skoler),
            id: pause.hva.to_string(),
            hvem: pause.hvem.navn.clone(),
            hvorfor: pause.hvorfor.clone(),
            siden: s.nar(pause.siden, na).to_string(),
            kan,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_something_took_is_said_as_people_say_it() {
        let sagt = |s: Sprak, ms| varighet(s, ms).to_string();
        assert_eq!(sagt(Sprak::Bokmal, 340), "340 ms");
        assert_eq!(sagt(Sprak::Nynorsk, 1_290), "1,2 s");
        assert_eq!(sagt(Sprak::Engelsk, 1_290), "1.2 s");
        assert_eq!(sagt(Sprak::Bokmal, 180_000), "3 min");
    }

    #[test]
    fn a_source_that_is_paused_is_not_called_silent() {
        let na = Timestamp::from_second(1_000).unwrap();
        let sen = Timestamp::from_second(900).ok();
        let status = Kildestatus { frist: sen, tilstand: Kildetilstand::Ok, ..Kildestatus::default() };
        assert_eq!(kilde(&status, true, na).0, "drift-tilstand-pauset");
        assert_eq!(kilde(&status, false, na).0, "drift-tilstand-stum");
        assert_eq!(kilde(&status, false, Timestamp::from_second(900).unwrap()).0, "drift-tilstand-ok");
    }
}
