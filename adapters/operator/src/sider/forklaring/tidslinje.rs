//! What happened to a pupil's data, in the order it happened, in sentences.

use crate::sider::skole::vis::uten_id;
use crate::sprak::{Melding, Sprak};
use elevliste::{Endringsslag, Ettermeldingstilstand, Rolle, Utfall};
use jiff::Timestamp;
use runtime::visning::forklaring::{Forklaring, Handlingsspor, Hendelse, Lag, Listedel};
use std::collections::BTreeSet;

/// One step of the way.
pub(super) struct Steg {
    pub(super) nar: String,
    /// Key of what part of the way it is: the school system, what we understood, the list, a decision, the delivery.
    pub(super) del: &'static str,
    pub(super) farge: &'static str,
    pub(super) hva: String,
    /// Why, in the words of whoever decided.
    pub(super) grunn: Option<String>,
    /// What the receiver said of the pupil's line: title and code.
    pub(super) merknader: Vec<(&'static str, String)>,
    /// Fields, classes and traces, for those who look into the program.
    pub(super) teknisk: Vec<String>,
}

/// When, what stands first of what is of one moment, and the step.
type Plassert = (Timestamp, u8, Steg);

/// The steps, the first one first.
pub(super) fn steg(s: Sprak, forklart: &Forklaring, na: Timestamp) -> Vec<Steg> {
    let mut alle: Vec<Plassert> = hendelser(s, &forklart.hendelser, na);
    for del in &forklart.lister {
        alle.extend(del.handlinger.iter().map(|h| (h.tid, 3, handling(s, h, na))));
        alle.extend(ettermeldinger(s, del));
    }
    alle.sort_by_key(|(tid, rang, _)| (*tid, *rang));
    alle.into_iter().map(|(.., steg)| steg).collect()
}

/// Changes of one moment in one place are one step: a reading changes a pupil, a class and a membership at once.
fn hendelser(s: Sprak, hendelser: &[Hendelse], na: Timestamp) -> Vec<Plassert> {
    let mut grupper: Vec<(Vec<&Hendelse>, (Lag, i64))> = Vec::new();
    for hendelse in hendelser {
        let hva = (hendelse.lag, hendelse.tid.as_second());
        match grupper.iter_mut().find(|(_, annen)| *annen == hva) {
            Some((gruppe, _)) => gruppe.push(hendelse),
            None => grupper.push((vec![hendelse], hva)),
        }
    }
    grupper.iter().map(|(gruppe, _)| gruppen(s, gruppe, na)).collect()
}

fn gruppen(s: Sprak, gruppe: &[&Hendelse], na: Timestamp) -> Plassert {
    let forste = gruppe[0];
    let (del, rang) = match forste.lag {
        Lag::Kilde => ("forklaring-del-kilde", 0),
        Lag::Fint => ("forklaring-del-fint", 1),
        Lag::Liste => ("forklaring-del-liste", 2),
    };
    let mut setninger: Vec<String> = Vec::new();
    for hendelse in gruppe {
        let setning = setning(s, hendelse);
        if !setninger.contains(&setning) {
            setninger.push(setning);
        }
    }
    let teknisk = gruppe.iter().map(|h| {
        let felter = if h.felter.is_empty() { String::new() } else { format!(" ({})", h.felter.join(", ")) };
        let spor = h.spor.as_deref().map(|spor| format!(" [{spor}]")).unwrap_or_default();
        format!("{}: {}{felter}{spor}", h.hvor, h.hva)
    });
    let steg = Steg {
        nar: s.nar(forste.tid, na).to_string(),
        del,
        farge: "neutral",
        hva: setninger.join(" "),
        grunn: None,
        merknader: vec![],
        teknisk: teknisk.collect(),
    };
    (forste.tid, rang, steg)
}

/// «Skolesystemet hadde endret klassen.»
fn setning(s: Sprak, hendelse: &Hendelse) -> String {
    let hvor = match hendelse.lag {
        Lag::Kilde => hendelse.hvor.rsplit(' ').next().unwrap_or_default(),
        Lag::Fint => &hendelse.hvor,
        Lag::Liste => "",
    };
    let nokkel = match (hendelse.lag, hendelse.hva.as_str()) {
        (Lag::Kilde, _) if hvor == "registerperson" => "forklaring-hendelse-register",
        (Lag::Kilde, "ny") => "forklaring-hendelse-kilde-ny",
        (Lag::Kilde, "flyttet") => "forklaring-hendelse-kilde-flyttet",
        (Lag::Kilde, "fjernet" | "forsvunnet") => "forklaring-hendelse-kilde-borte",
        (Lag::Kilde, _) => "forklaring-hendelse-kilde-endret",
        (Lag::Fint, "ny") => "forklaring-hendelse-fint-ny",
        (Lag::Fint, "fjernet" | "forsvunnet") => "forklaring-hendelse-fint-borte",
        (Lag::Fint, _) => "forklaring-hendelse-fint-endret",
        (Lag::Liste, "ny") => "forklaring-hendelse-liste-ny",
        (Lag::Liste, "fjernet" | "forsvunnet") => "forklaring-hendelse-liste-borte",
        (Lag::Liste, _) => "forklaring-hendelse-liste-endret",
    };
    let felter: BTreeSet<String> = match hendelse.lag {
        Lag::Liste => {
            hendelse.felter.iter().filter_map(|felt| linjefelt(felt)).map(|navn| s.t(navn).to_string()).collect()
        }
        Lag::Kilde | Lag::Fint => BTreeSet::new(),
    };
    let setning = s.t(nokkel).s("hva", s.t(ting(hvor))).to_string();
    if felter.is_empty() {
        return setning;
    }
    let felter = felter.into_iter().collect::<Vec<_>>().join(", ");
    format!("{setning} {}", s.t("forklaring-hendelse-felter").s("felter", felter))
}

/// What an object is called by people.
fn ting(hvor: &str) -> &'static str {
    match hvor {
        "org" | "vigoskole" | "Skole" => "forklaring-ting-skole",
        "class" | "Klasse" => "forklaring-ting-klasse",
        "enrollment" | "Klassemedlemskap" => "forklaring-ting-medlemskap",
        "Elevforhold" => "forklaring-ting-elevforhold",
        _ => "forklaring-ting-elev",
    }
}

/// What a field of a line is called; none for what is our own about it.
fn linjefelt(felt: &str) -> Option<&'static str> {
    Some(match felt {
        "klasse" => "forklaring-felt-klasse",
        "identitetsnummer" => "forklaring-felt-nummer",
        "fornavn" => "forklaring-felt-fornavn",
        "mellomnavn" => "forklaring-felt-mellomnavn",
        "etternavn" => "forklaring-felt-etternavn",
        _ => return None,
    })
}

fn handling(s: Sprak, h: &Handlingsspor, na: Timestamp) -> Steg {
    let hvem = match (h.slag.as_str(), h.rolle) {
        ("person", Some(rolle)) => {
            s.t("forklaring-hvem").s("navn", uten_id(&h.av)).s("rolle", s.t(rollen(rolle))).to_string()
        }
        ("person", None) => uten_id(&h.av).to_owned(),
        ("policy", _) => s.t("forklaring-hvem-policy").to_string(),
        _ => "Mellomlag".to_owned(),
    };
    let (del, farge, nokkel) = hva(h);
    let mut hva = s.t(nokkel).s("hvem", hvem).to_string();
    let mut legg_til = |tekst: Melding| {
        hva.push(' ');
        hva.push_str(&tekst.to_string());
    };
    if h.bevis {
        legg_til(s.t("forklaring-med-bevis"));
    }
    let regel = |kode: &String| (s.av_tekst(runtime::visning::for_merknad(kode).tittel), kode.clone());
    let mut teknisk = vec![format!("#{} {}", h.lopenr, h.handling)];
    teknisk.extend(h.kvittering.as_ref().map(|nr| s.t("forklaring-teknisk-kvittering").s("nummer", nr).to_string()));
    teknisk.extend(h.linje.map(|nr| s.t("forklaring-teknisk-linje").n("nummer", nr).to_string()));
    Steg {
        nar: s.nar(h.tid, na).to_string(),
        del,
        farge,
        hva,
        grunn: h.grunn.clone().filter(|_| h.slag == "person"),
        merknader: h.merknader.iter().map(|m| regel(&m.kode)).collect(),
        teknisk,
    }
}

const fn rollen(rolle: Rolle) -> &'static str {
    match rolle {
        Rolle::Skole => "forklaring-rolle-skole",
        Rolle::Kommune => "forklaring-rolle-kommune",
        Rolle::Fylke => "forklaring-rolle-fylke",
        Rolle::Leverandor => "forklaring-rolle-leverandor",
    }
}

/// What part of the way an act is, a colour that says no more, and the key of its sentence.
fn hva(h: &Handlingsspor) -> (&'static str, &'static str, &'static str) {
    const VALG: &str = "forklaring-del-valg";
    const SENDT: &str = "forklaring-del-sendt";
    const SVAR: &str = "forklaring-del-svar";
    match (h.handling, h.ja) {
        ("godkjent", _) => (VALG, "info", "forklaring-gjort-godkjent"),
        ("holdt-tilbake", _) => (VALG, "warning", "forklaring-gjort-holdt"),
        ("rutet-manuelt", _) => (VALG, "warning", "forklaring-gjort-manuelt"),
        ("frigitt", _) => (VALG, "info", "forklaring-gjort-frigitt"),
        ("tilbakekalt", _) => (VALG, "warning", "forklaring-gjort-tilbakekalt"),
        ("fiktivt-nummer", Some(true)) => (VALG, "info", "forklaring-gjort-fiktivt"),
        ("fiktivt-nummer", _) => (VALG, "info", "forklaring-gjort-fiktivt-bort"),
        ("intensjon", _) => (SENDT, "info", "forklaring-gjort-sendt"),
        ("eksportert", _) => (SENDT, "info", "forklaring-gjort-eksportert"),
        ("svar", _) => {
            let (farge, nokkel) = svaret(h.utfall.as_ref());
            (SVAR, farge, nokkel)
        }
        ("avklart", Some(true)) => (SVAR, "success", "forklaring-gjort-avklart-ja"),
        ("avklart", _) => (SVAR, "warning", "forklaring-gjort-avklart-nei"),
        ("ettermeldt", _) => (VALG, "info", "forklaring-gjort-ettermeldt"),
        ("ettermelding-behandlet", Some(true)) => (SVAR, "success", "forklaring-gjort-behandlet-ja"),
        ("ettermelding-behandlet", _) => (SVAR, "warning", "forklaring-gjort-behandlet-nei"),
        _ => (VALG, "neutral", "forklaring-gjort-annet"),
    }
}

/// What the receiver answered.
const fn svaret(utfall: Option<&Utfall>) -> (&'static str, &'static str) {
    match utfall {
        Some(Utfall::Mottatt) => ("success", "forklaring-svar-mottatt"),
        Some(Utfall::MottattMedAdvarsler) => ("success", "forklaring-svar-advarsler"),
        Some(Utfall::Avvist) => ("warning", "forklaring-svar-avvist"),
        Some(Utfall::AvvistUtenGrunn) => ("danger", "forklaring-svar-uten-grunn"),
        Some(Utfall::Stengt) => ("warning", "forklaring-svar-stengt"),
        Some(Utfall::UkjentSkole) => ("danger", "forklaring-svar-ukjent-skole"),
        Some(Utfall::AlleredeLevert) => ("warning", "forklaring-svar-allerede"),
        Some(Utfall::IkkeSendt) => ("warning", "forklaring-svar-ikke-sendt"),
        Some(Utfall::Uavklart) | None => ("danger", "forklaring-svar-uavklart"),
    }
}

/// Changes after acceptance have no time of their own before somebody reports them: they stand last.
fn ettermeldinger(s: Sprak, del: &Listedel) -> impl Iterator<Item = Plassert> {
    let apne = del.ettermeldinger.iter().filter(|m| m.tilstand == Ettermeldingstilstand::Apen);
    apne.map(move |melding| {
        let hva = match melding.slag {
            Endringsslag::Ny => "forklaring-etter-ny",
            Endringsslag::Endret => "forklaring-etter-endret",
            Endringsslag::Borte => "forklaring-etter-borte",
        };
        let steg = Steg {
            nar: s.t("forklaring-na").to_string(),
            del: "forklaring-del-valg",
            farge: "warning",
            hva: s.t(hva).to_string(),
            grunn: None,
            merknader: vec![],
            teknisk: vec![melding.id.to_string()],
        };
        (Timestamp::MAX, 4, steg)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn hendelse(tid: i64, lag: Lag, hvor: &str, hva: &str, felter: &[&str]) -> Hendelse {
        let tid = Timestamp::from_second(tid).unwrap();
        let felter = felter.iter().map(|f| (*f).to_owned()).collect();
        Hendelse { tid, lag, hvor: hvor.into(), hva: hva.into(), felter, spor: None }
    }

    fn alt(hendelser: Vec<Hendelse>) -> Vec<Steg> {
        let forklart = Forklaring {
            elev: Uuid::from_u128(1),
            del_av: None,
            tenant: "voss".into(),
            handteres_manuelt: false,
            lister: vec![],
            hendelser,
        };
        steg(Sprak::Bokmal, &forklart, Timestamp::from_second(1_000).unwrap())
    }

    #[test]
    fn one_reading_is_one_step_and_the_source_speaks_first() {
        let alle = alt(vec![
            hendelse(10, Lag::Liste, "46.46503.2026-2027.1", "ny", &[]),
            hendelse(10, Lag::Fint, "Person", "ny", &[]),
            hendelse(10, Lag::Kilde, "vigilo user", "ny", &[]),
            hendelse(10, Lag::Kilde, "vigilo class", "ny", &[]),
            hendelse(99, Lag::Liste, "46.46503.2026-2027.1", "endret", &["klasse", "opphav"]),
        ]);
        let deler: Vec<&str> = alle.iter().map(|steg| steg.del).collect();
        let (kilde, fint, liste) = ("forklaring-del-kilde", "forklaring-del-fint", "forklaring-del-liste");
        assert_eq!(deler, [kilde, fint, liste, liste]);
        assert_eq!(alle[0].teknisk.len(), 2, "both objects of the reading are there");
        assert!(alle[3].hva.contains("Klasse") && !alle[3].hva.contains("opphav"), "{}", alle[3].hva);
    }

    #[test]
    fn every_act_has_a_sentence_of_its_own() {
        let spor = |handling, ja| Handlingsspor {
            lopenr: 1,
            tid: Timestamp::UNIX_EPOCH,
            av: "Kari [0a1b2c3d]".into(),
            slag: "person".into(),
            rolle: Some(Rolle::Skole),
            handling,
            om_eleven: true,
            grunn: Some("syk".into()),
            utfall: None,
            ja,
            kvittering: None,
            bevis: false,
            linje: None,
            merknader: vec![],
        };
        for handling in [
            "godkjent",
            "holdt-tilbake",
            "rutet-manuelt",
            "frigitt",
            "tilbakekalt",
            "fiktivt-nummer",
            "intensjon",
            "eksportert",
            "svar",
            "avklart",
            "ettermeldt",
            "ettermelding-behandlet",
        ] {
            for (s, ja) in Sprak::ALLE.into_iter().zip([None, Some(true), Some(false)]) {
                let steg = super::handling(s, &spor(handling, ja), Timestamp::UNIX_EPOCH);
                assert!(!steg.hva.starts_with("forklaring-") && steg.hva.ends_with('.'), "{handling}: {}", steg.hva);
                assert!(!steg.hva.contains("0a1b2c3d"), "{}", steg.hva);
                assert_ne!(hva(&spor(handling, ja)).2, "forklaring-gjort-annet", "{handling}");
            }
        }
    }
}
