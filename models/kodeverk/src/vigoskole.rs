//! Schools as VIGO's code base knows them, and the extract that is built in.

use crate::{Fylkesnummer, Kommunenummer, Skolenummer};
use identitet::Organisasjonsnummer;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// A school in VIGO's code base: the link between its VIGO number and its organisation number.
///
/// The built-in extract knows the two numbers only; a live look-up fills the rest. A school without an organisation
/// number cannot be addressed by a list and has no place here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vigoskole {
    /// VIGO's number for the school.
    pub nummer: Skolenummer,
    /// The school's organisation number. Several VIGO numbers may share one.
    pub organisasjonsnummer: Organisasjonsnummer,
    /// The school's name.
    #[serde(default)]
    pub navn: Option<String>,
    /// The municipality that the school lies in.
    #[serde(default)]
    pub kommunenummer: Option<Kommunenummer>,
    /// The county that the school lies in; unknown for the private upper-secondary schools that are numbered across
    /// counties.
    #[serde(default)]
    pub fylkesnummer: Option<Fylkesnummer>,
    /// What kind of school VIGO says it is.
    #[serde(default, rename = "type")]
    pub skoletype: Option<Skoletype>,
}

/// VIGO's type of a school: an open code list, of which one value is documented.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Skoletype {
    /// `G`: grunnskole, the only type that sends lists of tenth-graders.
    Grunnskole,
    /// `V`: upper secondary; seen in VIGO's test material only.
    Videregaende,
    /// Any other code, as VIGO spells it.
    Annen(String),
}

impl From<String> for Skoletype {
    fn from(kode: String) -> Self {
        match kode.as_str() {
            "G" => Self::Grunnskole,
            "V" => Self::Videregaende,
            _ => Self::Annen(kode),
        }
    }
}

impl From<Skoletype> for String {
    fn from(skoletype: Skoletype) -> Self {
        match skoletype {
            Skoletype::Grunnskole => "G".into(),
            Skoletype::Videregaende => "V".into(),
            Skoletype::Annen(kode) => kode,
        }
    }
}

/// What a look-up by organisation number came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Skolevalg<'a> {
    /// No grunnskole among the hits.
    Ingen,
    /// Exactly one.
    En(&'a Vigoskole),
    /// Several that nothing tells apart: a person must choose.
    Flere(Vec<&'a Vigoskole>),
}

/// Chooses the grunnskole among schools that share an organisation number.
pub fn velg_grunnskole<'a>(treff: impl IntoIterator<Item = &'a Vigoskole>) -> Skolevalg<'a> {
    let valg = grunnskoler(treff);
    match valg[..] {
        [] => Skolevalg::Ingen,
        [skole] => Skolevalg::En(skole),
        _ => Skolevalg::Flere(valg),
    }
}

/// The grunnskoler among schools that share an organisation number: what a person may choose from.
///
/// Schools of type `G` go first. Only when there is none, those whose type is unknown are considered: schools of another
/// type never are, nor are VIGO's stand-ins, and the number series is not asked, since what it means is an inference.
pub fn grunnskoler<'a>(treff: impl IntoIterator<Item = &'a Vigoskole>) -> Vec<&'a Vigoskole> {
    let (mut kjente, mut ukjente) = (Vec::new(), Vec::new());
    for skole in treff.into_iter().filter(|skole| !skole.nummer.er_uspesifisert()) {
        match skole.skoletype {
            Some(Skoletype::Grunnskole) => kjente.push(skole),
            None => ukjente.push(skole),
            Some(_) => {}
        }
    }
    if kjente.is_empty() { ukjente } else { kjente }
}

static SKOLER: LazyLock<Vec<Vigoskole>> = LazyLock::new(|| {
    crate::tabell::rader::<2>(include_str!("../data/vigoskoler.csv"))
        .map(|[nummer, orgnr]| {
            let nummer: Skolenummer = nummer.parse().expect("the embedded table is checked by a test");
            Vigoskole {
                nummer,
                organisasjonsnummer: orgnr.parse().expect("the embedded table is checked by a test"),
                navn: None,
                kommunenummer: None,
                fylkesnummer: crate::fylke(nummer.fylke()).map(|fylke| fylke.nummer),
                skoletype: None,
            }
        })
        .collect()
});

/// The built-in extract of VIGO's schools, by number. Not all schools: see `data/README.md`.
pub fn vigoskoler() -> &'static [Vigoskole] {
    &SKOLER
}

/// The school of the extract with this number.
pub fn vigoskole(nummer: Skolenummer) -> Option<&'static Vigoskole> {
    SKOLER.binary_search_by_key(&nummer, |skole| skole.nummer).ok().map(|plass| &SKOLER[plass])
}

/// All schools of the extract with this organisation number: there may be several, see [`velg_grunnskole`].
pub fn vigoskoler_med_orgnr(orgnr: Organisasjonsnummer) -> Vec<&'static Vigoskole> {
    SKOLER.iter().filter(|skole| skole.organisasjonsnummer == orgnr).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn orgnr(tekst: &str) -> Organisasjonsnummer {
        tekst.parse().unwrap()
    }

    #[test]
    fn the_extract_is_sorted_and_has_each_number_once() {
        assert_eq!(vigoskoler().len(), 169);
        assert!(vigoskoler().is_sorted_by(|a, b| a.nummer < b.nummer));
    }

    #[test]
    fn a_school_is_found_by_either_number() {
        let skole = vigoskole("46505".parse().unwrap()).unwrap();
        assert_eq!(skole.organisasjonsnummer, orgnr("974738368"));
        assert_eq!(skole.fylkesnummer, Some("46".parse().unwrap()));
        assert_eq!(vigoskoler_med_orgnr(orgnr("974738368")), [skole]);
        assert_eq!(velg_grunnskole(vigoskoler_med_orgnr(orgnr("974738368"))), Skolevalg::En(skole));
        assert_eq!(vigoskole("99999".parse().unwrap()), None);
    }

    #[test]
    fn leading_zeros_are_kept_and_no_county_is_invented() {
        assert_eq!(vigoskole("03503".parse().unwrap()).unwrap().fylkesnummer.unwrap().as_str(), "03");
        assert_eq!(vigoskole("00102".parse().unwrap()).unwrap().fylkesnummer, None);
    }

    #[test]
    fn shared_organisation_numbers_give_all_hits() {
        let treff = vigoskoler_med_orgnr(orgnr("974616777"));
        assert_eq!(treff.iter().map(|s| s.nummer.to_string()).collect::<Vec<_>>(), ["15573", "15588"]);
        assert_eq!(velg_grunnskole(treff.clone()), Skolevalg::Flere(treff));
        assert_eq!(velg_grunnskole(vigoskoler_med_orgnr(orgnr("312701103"))), Skolevalg::Ingen);
    }

    #[test]
    fn the_type_decides_when_it_is_known() {
        let mut skoler: Vec<_> = vigoskoler_med_orgnr(orgnr("973616870")).into_iter().cloned().collect();
        skoler[0].skoletype = Some(Skoletype::Videregaende);
        assert_eq!(velg_grunnskole(&skoler), Skolevalg::En(&skoler[1]));
        skoler[1].skoletype = Some(Skoletype::Grunnskole);
        assert_eq!(velg_grunnskole(&skoler), Skolevalg::En(&skoler[1]));
        skoler[0].skoletype = Some(Skoletype::Grunnskole);
        assert!(matches!(velg_grunnskole(&skoler), Skolevalg::Flere(treff) if treff.len() == 2));
        let mut uspesifisert = skoler[0].clone();
        uspesifisert.nummer = Skolenummer::USPESIFISERT_GRUNNSKOLE;
        assert_eq!(velg_grunnskole([&uspesifisert]), Skolevalg::Ingen, "a stand-in is no school");
        skoler.iter_mut().for_each(|s| s.skoletype = Some(Skoletype::Annen("K".into())));
        assert_eq!(velg_grunnskole(&skoler), Skolevalg::Ingen);
    }

    #[test]
    fn json_has_the_numbers_as_text_and_null_for_what_is_unknown() {
        let json = serde_json::to_value(vigoskole("03503".parse().unwrap()).unwrap()).unwrap();
        assert_eq!(json["nummer"], "03503");
        assert!(json["navn"].is_null() && json["type"].is_null());
        let skole: Vigoskole = serde_json::from_str(
            r#"{"nummer":"46505","organisasjonsnummer":"974738368","navn":"Testskulen","kommunenummer":"4601","type":"G"}"#,
        )
        .unwrap();
        assert_eq!(skole.skoletype, Some(Skoletype::Grunnskole));
        assert_eq!(serde_json::to_value(&skole).unwrap()["type"], "G");
    }
}
