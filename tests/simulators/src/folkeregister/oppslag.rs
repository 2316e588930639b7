//! Look-ups: which parts of a person are shown, and to whom.

use serde_json::{Value, json};

use super::{Feil, Fiksrolle, feil, person::Person, register::Register, svar::Avslag};

/// How many numbers one bulk look-up takes.
pub(super) const FLEST: usize = 1_000;

/// What is shown when no part is named.
const BASIS: [&str; 16] = [
    "identifikasjonsnummer",
    "identitetsgrunnlag",
    "status",
    "doedsfall",
    "sivilstand",
    "foedsel",
    "statsborgerskap",
    "kjoenn",
    "navn",
    "bostedsadresse",
    "oppholdsadresse",
    "deltBosted",
    "postadresse",
    "postadresseIUtlandet",
    "adressebeskyttelse",
    "kontaktinformasjonForDoedsbo",
];

/// Statuses that everyone may see; packages without legal basis see the others as one.
const APNE: [&str; 5] = ["bosatt", "utflyttet", "doed", "opphoert", "inaktiv"];

/// Which parts are shown, and how.
#[derive(Debug)]
pub(super) struct Visning {
    deler: Vec<String>,
    pub(super) med_hjemmel: bool,
}

impl Visning {
    /// `spurt` are the parts named; `rolle` is there at Fiks only, and never gives more than it has.
    pub(super) fn ny(spurt: Vec<String>, med_hjemmel: bool, rolle: Option<&Fiksrolle>) -> Result<Self, Avslag> {
        let mut deler: Vec<String> = Vec::new();
        if spurt.is_empty() {
            deler.extend(BASIS.map(str::to_owned));
        }
        for del in spurt {
            match del.as_str() {
                "person-basis" => deler.extend(BASIS.map(str::to_owned)),
                "historikk" => {}
                _ if del.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-') => deler.push(del),
                _ => return Err(Avslag(400, "Ugyldig part")),
            }
        }
        if rolle.is_some_and(|rolle| deler.iter().any(|del| !rolle.deler.contains(del))) {
            return Err(Avslag(403, "Rollen har ikke tilgang til forespurt part"));
        }
        deler.push("identifikasjonsnummer".to_owned());
        Ok(Self { deler, med_hjemmel })
    }

    /// The person as this caller sees it.
    pub(super) fn vis(&self, person: &Person, feil: &[Feil]) -> Value {
        let alle = feil.contains(&Feil::AlleDeler);
        let synlig = |egenskap: &String| alle || self.deler.contains(egenskap);
        let mut vist: Value =
            person.dokument.iter().filter(|(e, _)| synlig(e)).map(|(e, v)| (e.clone(), v.clone())).collect();
        if !self.med_hjemmel {
            for status in vist.get_mut("status").and_then(Value::as_array_mut).into_iter().flatten() {
                if status["status"].as_str().is_some_and(|s| !APNE.contains(&s)) {
                    status["status"] = json!("aktiv");
                }
            }
        }
        feil::forvansk_person(&mut vist, feil);
        vist
    }
}

/// The answers of a bulk look-up. As ordered: in the order of the numbers, doubles included, with a message for a number
/// that nobody has. Otherwise: each person once, and nothing about the rest.
pub(super) fn bulk(
    register: &Register,
    numre: &[String],
    som_bestilt: bool,
    visning: &Visning,
    feil: &[Feil],
) -> Vec<Value> {
    let mut svar: Vec<Value> = Vec::new();
    for nummer in numre {
        let utgaatt = |person: &Person| person.gjeldende() != Some(nummer);
        let melding = |tekst: &str| json!({"foedselsEllerDNummer": nummer, "feilmelding": {"feilmelding": tekst}});
        match register.finn(nummer) {
            None if som_bestilt => svar.push(melding("Identifikatoren finnes ikke")),
            None => {}
            Some(person) if som_bestilt && utgaatt(person) && feil.contains(&Feil::UtgaattSomMelding) => {
                svar.push(melding("Identifikatoren er utgått"));
            }
            Some(person) => {
                let vist = json!({"foedselsEllerDNummer": nummer, "folkeregisterperson": visning.vis(person, feil)});
                if som_bestilt || !svar.contains(&vist) {
                    svar.push(vist);
                }
            }
        }
    }
    for feil in feil {
        match (feil, svar.first_mut()) {
            (Feil::DobbeltSvar, Some(forste)) => {
                let forste = forste.clone();
                svar.push(forste);
            }
            (Feil::ManglerPerson, Some(_)) => {
                svar.remove(0);
            }
            (Feil::Melding { tekst }, Some(forste)) => {
                let nummer = forste["foedselsEllerDNummer"].clone();
                *forste = json!({"foedselsEllerDNummer": nummer, "feilmelding": {"feilmelding": tekst}});
            }
            _ => {}
        }
    }
    svar
}
