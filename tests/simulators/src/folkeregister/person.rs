//! One person of the register: the document, and what can happen to it.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::{
    element::{annuller, avslutt, korriger, liste, nytt, sett},
    handling::Gradering,
};

/// Every property that holds an address.
const ADRESSER: [&str; 5] = ["bostedsadresse", "deltBosted", "oppholdsadresse", "postadresse", "postadresseIUtlandet"];

/// A person.
#[derive(Clone)]
pub(super) struct Person {
    pub(super) dokument: Map<String, Value>,
    nr: usize,
}

/// Nothing of a person is printed.
impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Person").field("nr", &self.nr).finish_non_exhaustive()
    }
}

/// A name as it is given; the register writes it in capitals.
pub(super) fn navn(fornavn: &str, mellomnavn: Option<&str>, etternavn: &str) -> Value {
    let mut navn = json!({"fornavn": fornavn.to_uppercase(), "etternavn": etternavn.to_uppercase()});
    if let Some(mellomnavn) = mellomnavn {
        navn["mellomnavn"] = json!(mellomnavn.to_uppercase());
    }
    navn
}

pub(super) fn er_dnummer(nummer: &str) -> bool {
    nummer.as_bytes().first().is_some_and(|b| (b'4'..=b'7').contains(b))
}

fn identifikator(nummer: &str) -> Value {
    let type_ = if er_dnummer(nummer) { "dNummer" } else { "foedselsnummer" };
    json!({"status": "iBruk", "foedselsEllerDNummer": nummer, "identifikatortype": type_})
}

impl Person {
    /// Somebody who lives in Norway, or who has a D-number. `nr` makes the address another one than everyone else's.
    pub(super) fn ny(nr: usize, nummer: &str, navn: &Value, fodt: Date, na: &str) -> Self {
        let status = if er_dnummer(nummer) { "midlertidig" } else { "bosatt" };
        let mut dokument = Map::new();
        for (egenskap, felter) in [
            ("identifikasjonsnummer", identifikator(nummer)),
            ("identitetsgrunnlag", json!({"status": "kontrollert"})),
            ("status", json!({ "status": status })),
            ("foedsel", json!({"foedselsdato": fodt.to_string(), "foedselsaar": fodt.year().to_string()})),
            ("navn", navn.clone()),
            ("sivilstand", json!({"sivilstand": "ugift"})),
        ] {
            dokument.insert(egenskap.to_owned(), json!([nytt(&felter, na)]));
        }
        let mut person = Self { dokument, nr };
        person.flytt("ugradert", na);
        person
    }

    /// The number in use.
    pub(super) fn gjeldende(&self) -> Option<&str> {
        let numre = self.dokument.get("identifikasjonsnummer")?.as_array()?;
        numre.iter().find(|n| n["erGjeldende"] == true)?["foedselsEllerDNummer"].as_str()
    }

    pub(super) fn fodselsaar(&self) -> i16 {
        let aar = self.dokument.get("foedsel").and_then(|f| f[0]["foedselsaar"].as_str()?.parse().ok());
        aar.unwrap_or(2010)
    }

    pub(super) fn sett_navn(&mut self, ny: &Value, na: &str) {
        sett(&mut self.dokument, "navn", ny, na);
    }

    pub(super) fn korriger_navn(&mut self, ny: &Value, na: &str) {
        korriger(&mut self.dokument, "navn", ny, na);
    }

    pub(super) fn annuller(&mut self, egenskap: &str) {
        annuller(&mut self.dokument, egenskap);
    }

    pub(super) fn sett_status(&mut self, status: &str, na: &str) {
        sett(&mut self.dokument, "status", &json!({ "status": status }), na);
    }

    /// A new number: the old ones are retired, and stay on the person.
    pub(super) fn nytt_nummer(&mut self, nummer: &str, na: &str) {
        let numre = liste(&mut self.dokument, "identifikasjonsnummer");
        for gammelt in numre.iter_mut() {
            gammelt["status"] = json!("opphoert");
            gammelt["erGjeldende"] = json!(false);
        }
        numre.insert(0, nytt(&identifikator(nummer), na));
    }

    /// The numbers of a double that is merged into this person.
    pub(super) fn ta_over(&mut self, dublett: &Self) {
        let overtatt = dublett.dokument.get("identifikasjonsnummer").and_then(Value::as_array).cloned();
        for mut nummer in overtatt.unwrap_or_default() {
            nummer["status"] = json!("opphoert");
            nummer["erGjeldende"] = json!(false);
            liste(&mut self.dokument, "identifikasjonsnummer").push(nummer);
        }
    }

    /// The merge is undone: these numbers are another's.
    pub(super) fn gi_fra_seg(&mut self, numre: &[String]) {
        let er_andres = |n: &Value| n["foedselsEllerDNummer"].as_str().is_some_and(|n| numre.iter().any(|m| m == n));
        liste(&mut self.dokument, "identifikasjonsnummer").retain(|n| !er_andres(n));
    }

    pub(super) fn numre(&self) -> Vec<String> {
        let numre = self.dokument.get("identifikasjonsnummer").and_then(Value::as_array);
        let tekst = |n: &Value| n["foedselsEllerDNummer"].as_str().map(str::to_owned);
        numre.into_iter().flatten().filter_map(tekst).collect()
    }

    pub(super) fn doed(&mut self, dato: Date, na: &str) {
        self.sett_status("doed", na);
        self.dokument.insert("doedsfall".into(), nytt(&json!({"doedsdato": dato.to_string()}), na));
        self.uten_bosted(na);
    }

    pub(super) fn ikke_doed(&mut self, na: &str) {
        self.annuller("status");
        self.dokument.remove("doedsfall");
        self.flytt("ugradert", na);
    }

    pub(super) fn uten_bosted(&mut self, na: &str) {
        avslutt(&mut self.dokument, "bostedsadresse", na);
    }

    /// Moves to a new address with this level.
    pub(super) fn flytt(&mut self, gradering: &str, na: &str) {
        let adresse = json!({
            "adressegradering": gradering, "flyttedato": na[..10],
            "vegadresse": {
                "kommunenummer": "4601", "adressenavn": format!("LØYNDVEGEN {}", self.nr),
                "adressenummer": {"husnummer": (self.nr % 99 + 1).to_string()},
                "poststed": {"poststedsnavn": "GØYMESTAD", "postnummer": "5998"},
            },
        });
        sett(&mut self.dokument, "bostedsadresse", &adresse, na);
    }

    /// A level of protection: under the strictest no address is left but an open one that somebody else runs.
    pub(super) fn beskytt(&mut self, gradering: Gradering, na: &str) {
        let nivaa = gradering.som_register();
        sett(&mut self.dokument, "adressebeskyttelse", &json!({ "graderingsnivaa": nivaa }), na);
        match gradering {
            Gradering::StrengtFortrolig => {
                ADRESSER.iter().for_each(|adresse| _ = self.dokument.remove(*adresse));
                let apen = json!({"adressegradering": "ugradert", "postboksadresse": {
                    "postboks": "9998", "poststed": {"poststedsnavn": "OSLO", "postnummer": "0031"}}});
                sett(&mut self.dokument, "postadresse", &apen, na);
            }
            Gradering::Fortrolig => {
                let adresser = ADRESSER.iter().filter_map(|adresse| self.dokument.get(*adresse)?.as_array().cloned());
                if adresser.count() == 0 {
                    self.flytt(nivaa, na);
                }
                for adresse in ADRESSER {
                    for element in self.dokument.get_mut(adresse).and_then(Value::as_array_mut).into_iter().flatten() {
                        element["adressegradering"] = json!(nivaa);
                    }
                }
            }
            Gradering::Klientadresse => self.flytt(nivaa, na),
        }
    }

    pub(super) fn opphev_beskyttelse(&mut self, na: &str) {
        avslutt(&mut self.dokument, "adressebeskyttelse", na);
        self.dokument.remove("postadresse");
        self.flytt("ugradert", na);
    }

    /// The number turns out to be nobody's: hardly anything is left.
    pub(super) fn opphor(&mut self, na: &str) {
        self.dokument.retain(|egenskap, _| matches!(egenskap.as_str(), "identifikasjonsnummer" | "sivilstand"));
        for nummer in liste(&mut self.dokument, "identifikasjonsnummer") {
            nummer["status"] = json!("opphoert");
        }
        self.sett_status("opphoert", na);
    }
}
