//! Where each value is from, and which of them stand otherwise now than they were sent.

use crate::sider::skole::vis::uten_id;
use crate::sprak::Sprak;
use elevliste::Elevlinje;
use identitet::Skjermet;
use runtime::visning::forklaring::{Feltspor, Forklaring};
use runtime::visning::{Tekst, kartregel};

/// One field of a line.
pub(super) struct Felt {
    /// Key of what it is called.
    pub(super) navn: &'static str,
    /// What stands in it; none where it may not be shown, or is empty.
    pub(super) verdi: Option<String>,
    pub(super) tom: bool,
    /// Where it is from, in a sentence.
    pub(super) fra: String,
    /// Where it stands with those who sent it and in FINT: technical information.
    pub(super) teknisk: String,
    /// The rules that carried it: text and id.
    pub(super) regler: Vec<(&'static str, &'static str)>,
}

/// A value that was sent, and what stands there now.
pub(super) struct Forskjell {
    pub(super) navn: &'static str,
    pub(super) sendt: Option<String>,
    pub(super) na: Option<String>,
    /// Whether `na` is known.
    pub(super) kjent: bool,
}

/// What a field is called.
fn navnet(felt: &str) -> &'static str {
    match felt {
        "organisasjonsnummer" => "forklaring-felt-orgnr",
        "skolenummer" => "forklaring-felt-skolenummer",
        "klassekode" => "forklaring-felt-klasse",
        "identitetsnummer" => "forklaring-felt-nummer",
        "fornavn" => "forklaring-felt-fornavn",
        "mellomnavn" => "forklaring-felt-mellomnavn",
        "etternavn" => "forklaring-felt-etternavn",
        _ => "forklaring-felt-annet",
    }
}

impl Felt {
    pub(super) fn av(s: Sprak, spor: &Feltspor) -> Self {
        let fra = match (&spor.fiktivt, &spor.kilde) {
            (Some(f), _) => {
                s.t("forklaring-fra-fiktivt").s("hvem", uten_id(&f.av)).s("nar", s.tid(f.nar)).s("kilde", &f.kilde)
            }
            (None, Some(k)) if k.objekt == "registerperson" => s.t("forklaring-fra-register").s("nar", s.tid(k.sett)),
            (None, Some(k)) if k.objekt == "vigoskole" => s.t("forklaring-fra-vigo").s("nar", s.tid(k.sett)),
            (None, Some(k)) => s.t("forklaring-fra-kilde").s("kilde", &k.kilde).s("nar", s.tid(k.sett)),
            (None, None) if spor.tom => s.t("forklaring-fra-ingen"),
            (None, None) => s.t("forklaring-fra-ukjent"),
        };
        let kilde = spor.kilde.as_ref().map(|k| format!("{} {}.{} → ", k.kilde, k.objekt, k.felt)).unwrap_or_default();
        let regel = |id: &&'static str| {
            let tekst = kartregel(id).map(|r| s.av_tekst(Tekst { nb: r.nb, nn: r.nn, en: r.en }));
            (tekst.unwrap_or_default(), *id)
        };
        Self {
            navn: navnet(spor.felt),
            verdi: verdi(spor),
            tom: spor.tom,
            fra: fra.to_string(),
            teknisk: format!("{kilde}{}", spor.fint),
            regler: spor.regler.iter().map(regel).collect(),
        }
    }
}

fn verdi(spor: &Feltspor) -> Option<String> {
    spor.verdi.as_ref().map(|verdi| verdi.vis().clone()).filter(|verdi| !verdi.is_empty())
}

/// The pupil's name as it stands in what is explained.
pub(super) fn navn(forklart: &Forklaring) -> Option<String> {
    let felter = &forklart.lister.iter().find(|del| !del.felter.is_empty())?.felter;
    let del = |navn: &str| felter.iter().find(|felt| felt.felt == navn).and_then(verdi);
    let deler: Vec<String> = ["fornavn", "mellomnavn", "etternavn"].into_iter().filter_map(del).collect();
    (!deler.is_empty()).then(|| deler.join(" "))
}

/// What has been changed since it was sent. `na` is the line as it stands, for those who may see it.
pub(super) fn forskjeller(felter: &[Feltspor], na: Option<&Elevlinje>) -> Vec<Forskjell> {
    let apen = |verdi: &Skjermet<String>| verdi.vis().clone();
    let na_verdi = |linje: &Elevlinje, felt: &str| match felt {
        "klassekode" => Some(linje.klasse.clone()),
        "identitetsnummer" => Some(linje.identitetsnummer.as_ref().map(apen)),
        "fornavn" => Some(Some(apen(&linje.fornavn))),
        "mellomnavn" => Some(linje.mellomnavn.as_ref().map(apen)),
        "etternavn" => Some(Some(apen(&linje.etternavn))),
        _ => None,
    };
    let en = |spor: &Feltspor| {
        let na = na.and_then(|linje| na_verdi(linje, spor.felt));
        Forskjell { navn: navnet(spor.felt), sendt: verdi(spor), kjent: na.is_some(), na: na.flatten() }
    };
    felter.iter().filter(|spor| spor.endret_etter).map(en).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use elevliste::Elevlinje;
    use uuid::Uuid;

    fn spor(felt: &'static str, verdi: Option<&str>, endret_etter: bool) -> Feltspor {
        Feltspor {
            felt,
            verdi: verdi.map(Into::into),
            tom: false,
            fint: "Person.navn",
            kilde: None,
            regler: vec!["KA-060"],
            fiktivt: None,
            endret_etter,
        }
    }

    #[test]
    fn what_was_sent_stands_beside_what_is_there_now() {
        let linje = Elevlinje {
            elev: Uuid::from_u128(1),
            klasse: Some("10B".into()),
            identitetsnummer: None,
            fornavn: "Kari".into(),
            mellomnavn: None,
            etternavn: "Nordmann".into(),
            avvik: vec![],
            opphav: None,
        };
        let felter = [spor("klassekode", Some("10A"), true), spor("fornavn", Some("Kari"), false)];
        let ulike = forskjeller(&felter, Some(&linje));
        let sett: Vec<_> = ulike.iter().map(|f| (f.sendt.as_deref(), f.na.as_deref(), f.kjent)).collect();
        assert_eq!(sett, [(Some("10A"), Some("10B"), true)]);
        assert!(!forskjeller(&felter, None)[0].kjent, "who may not see the list is not told that the field is empty");
    }

    #[test]
    fn a_value_that_may_not_be_shown_is_not() {
        let felt = Felt::av(Sprak::Engelsk, &spor("fornavn", None, false));
        assert!(felt.verdi.is_none() && !felt.tom);
        assert!(felt.regler[0].0.starts_with("Users who are the same person"), "rules are told in English too");
    }
}
