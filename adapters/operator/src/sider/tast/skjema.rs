//! The form for a pupil: its fields, and what is wrong with them said at each.

use super::lest::Tastet;
use crate::problem::Feltfeil;
use crate::sprak::Sprak;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

/// What somebody has written. Personal.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Skjema {
    /// Chosen by us when the form was made: sent twice, it is one pupil.
    pub(super) id: Option<Uuid>,
    pub(super) fornavn: String,
    pub(super) mellomnavn: String,
    pub(super) etternavn: String,
    pub(super) klasse: String,
    pub(super) nummer: String,
}

/// A field as it is shown.
pub(super) struct Felt {
    pub(super) navn: &'static str,
    pub(super) etikett: String,
    pub(super) verdi: String,
    pub(super) hjelp: Option<String>,
    pub(super) feil: Option<String>,
    pub(super) kreves: bool,
    pub(super) tall: bool,
}

impl Skjema {
    /// A pupil who is there. The number is not among what is shown: whoever changes it writes it whole.
    pub(super) fn av(elev: &Tastet) -> Self {
        Self {
            id: Some(elev.id),
            fornavn: elev.fornavn.vis().clone(),
            mellomnavn: elev.mellomnavn.as_ref().map_or_else(String::new, |navn| navn.vis().clone()),
            etternavn: elev.etternavn.vis().clone(),
            klasse: elev.klasse.clone(),
            nummer: String::new(),
        }
    }

    /// As the service takes it. `for_endring` is the pupil as it was: an empty number leaves that one.
    pub(super) fn json(&self, for_endring: Option<&Tastet>) -> Vec<u8> {
        let skrevet: String = self.nummer.chars().filter(|tegn| !tegn.is_whitespace()).collect();
        let nummer = Some(skrevet).filter(|nummer| !nummer.is_empty());
        let gammelt = || for_endring.and_then(|elev| elev.identitetsnummer.as_ref()).map(|nummer| nummer.vis().clone());
        let mellomnavn = Some(&self.mellomnavn).filter(|navn| !navn.trim().is_empty());
        let json: Value = json!({
            "identitetsnummer": nummer.or_else(gammelt), "fornavn": self.fornavn, "mellomnavn": mellomnavn,
            "etternavn": self.etternavn, "klasse": self.klasse,
            "trinn": for_endring.map_or("10", |elev| elev.trinn.as_str()),
        });
        json.to_string().into_bytes()
    }

    /// The fields with what was written, and what is wrong with it. `har` is the number that is kept, masked.
    pub(super) fn felter(&self, s: Sprak, feil: &[Feltfeil], har: Option<&str>) -> [Felt; 5] {
        let nummerhjelp = match har {
            Some(nummer) => s.t("tast-nummer-har").s("nummer", nummer),
            None => s.t("tast-nummer-hjelp"),
        };
        let felt = |navn: &'static str, api: &str, etikett, verdi: &str| {
            let feil = feil.iter().any(|feil| feil.felt == api);
            let hva = if verdi.trim().is_empty() { s.t("tast-feil-tom") } else { s.t("tast-feil-tegn") };
            Felt {
                navn,
                etikett: s.t(etikett).to_string(),
                verdi: verdi.to_owned(),
                hjelp: None,
                feil: feil.then(|| hva.to_string()),
                kreves: true,
                tall: false,
            }
        };
        let valgfri = |felt| Felt { kreves: false, ..felt };
        [
            felt("fornavn", "fornavn", "tast-fornavn", &self.fornavn),
            valgfri(felt("mellomnavn", "mellomnavn", "tast-mellomnavn", &self.mellomnavn)),
            felt("etternavn", "etternavn", "tast-etternavn", &self.etternavn),
            felt("klasse", "klasse", "tast-klasse", &self.klasse),
            Felt {
                hjelp: Some(nummerhjelp.to_string()),
                tall: true,
                ..valgfri(felt("nummer", "identitetsnummer", "tast-nummer", &self.nummer))
            },
        ]
    }
}

/// What is odd about a number, as it stands in an address: never the number.
pub(super) fn merknad(merknader: &[Value]) -> &'static str {
    match merknader.first().and_then(|merknad| merknad["kode"].as_str()) {
        None => "",
        Some("missing-identity-number") => "mangler",
        Some(_) => "nummer",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skjema(nummer: &str) -> Skjema {
        Skjema {
            fornavn: "Åse".into(),
            etternavn: " ".into(),
            klasse: "10A".into(),
            nummer: nummer.into(),
            ..Skjema::default()
        }
    }

    fn elev() -> Tastet {
        let json = json!({
            "id": Uuid::nil(), "identitetsnummer": "05911099839", "fornavn": "Åse", "etternavn": "Ås", "klasse": "10A",
            "trinn": "9", "skolear": "2026-2027"
        });
        serde_json::from_value(json).unwrap()
    }

    fn sendt(skjema: &Skjema, for_endring: Option<&Tastet>) -> Value {
        serde_json::from_slice(&skjema.json(for_endring)).unwrap()
    }

    #[test]
    fn an_empty_number_keeps_the_one_there_is_and_a_written_one_replaces_it() {
        assert_eq!(sendt(&skjema(""), None)["identitetsnummer"], Value::Null);
        assert_eq!(sendt(&skjema(" "), Some(&elev()))["identitetsnummer"], "05911099839");
        assert_eq!(sendt(&skjema("059110 99840"), Some(&elev()))["identitetsnummer"], "05911099840");
        assert_eq!(sendt(&skjema(""), Some(&elev()))["trinn"], "9", "what is not in the form stays");
        assert_eq!(sendt(&skjema(""), None)["trinn"], "10");
    }

    #[test]
    fn what_is_wrong_stands_at_its_field_with_what_was_written_kept() {
        let feil = ["etternavn", "klasse"].map(|felt| Feltfeil { felt: felt.into(), hva: "hva".into() });
        let felter = skjema("1").felter(Sprak::Bokmal, &feil, None);
        let med_feil: Vec<_> = felter.iter().filter(|f| f.feil.is_some()).map(|f| f.navn).collect();
        assert_eq!(med_feil, ["etternavn", "klasse"]);
        assert_eq!(felter[0].verdi, "Åse");
        assert_ne!(felter[2].feil, felter[3].feil, "what is missing and what cannot be used are told apart");
    }
}
