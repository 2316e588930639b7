//! From a sealed list to what is sent: a pure function that refuses rather than sends something incomplete.

use crate::error::LagFeil;
use crate::wire::{Name, Payload, Student};
use elevliste::Elevlinje;
use flow::Forsendelse;

/// Makes the payload of a list: the lines as they were sealed, in that order.
///
/// # Errors
/// The first thing that the receiver requires and the list lacks, with line number and field.
pub fn lag(forsendelse: &Forsendelse) -> Result<Payload, LagFeil> {
    let orgnr = forsendelse
        .skole
        .organisasjonsnummer
        .as_deref()
        .and_then(|nummer| nummer.parse().ok())
        .ok_or(LagFeil::Skole)?;
    if forsendelse.linjer.is_empty() {
        return Err(LagFeil::Tom);
    }
    let students =
        forsendelse.linjer.iter().zip(1..).map(|(linje, nr)| student(linje, nr)).collect::<Result<_, _>>()?;
    Ok(Payload::new(orgnr, students))
}

fn student(linje: &Elevlinje, nr: usize) -> Result<Student, LagFeil> {
    let mangler = |felt| LagFeil::Linje { linje: nr, felt };
    let klasse = linje.klasse.as_ref().filter(|kode| !kode.trim().is_empty()).ok_or(mangler("classCode"))?;
    let nummer = linje.identitetsnummer.as_ref().filter(|nummer| {
        let nummer = nummer.vis();
        nummer.len() == 11 && nummer.bytes().all(|b| b.is_ascii_digit())
    });
    Ok(Student {
        class_code: klasse.clone(),
        personal_identity_number: nummer.ok_or(mangler("personalIdentityNumber"))?.clone(),
        name: Name {
            first_name: linje.fornavn.clone(),
            middle_name: linje.mellomnavn.clone().unwrap_or_default(),
            last_name: linje.etternavn.clone(),
        },
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use elevliste::Skolereferanse;
    use uuid::Uuid;

    /// Two synthetic pupils of one school.
    pub(crate) fn forsendelse() -> Forsendelse {
        let linje = |klasse: &str, nummer: &str, navn: [&str; 3]| Elevlinje {
            elev: Uuid::nil(),
            klasse: Some(klasse.into()),
            identitetsnummer: Some(nummer.into()),
            fornavn: navn[0].into(),
            mellomnavn: Some(navn[1]).filter(|n| !n.is_empty()).map(Into::into),
            etternavn: navn[2].into(),
            avvik: vec![],
            opphav: None,
        };
        Forsendelse {
            skole: Skolereferanse {
                organisasjonsnummer: Some("974738368".into()),
                skolenr: "46505".into(),
                navn: "Fjellsiden ungdomsskole".into(),
                kommunenr: Some("4601".into()),
            },
            skolear: "2026-2027".parse().unwrap(),
            linjer: vec![
                linje("10B", "05911099839", ["Ærlig", "", "Ågotnes"]),
                linje("10A", "17851099980", ["Runa", "Đuoddar", "O'Syntetisk"]),
            ],
            segl: "segl".into(),
            idempotens: "segl".into(),
            oppdatering: None,
        }
    }

    #[test]
    fn the_payload_is_as_documented_letter_by_letter() {
        let json = serde_json::to_string_pretty(&lag(&forsendelse()).unwrap()).unwrap();
        assert_eq!(json, include_str!("../fixtures/payload.json").trim_end());
    }

    #[test]
    fn a_payload_prints_no_pupil() {
        let text = format!("{:?}", lag(&forsendelse()).unwrap());
        for secret in ["05911099839", "Ærlig", "Ågotnes", "Đuoddar"] {
            assert!(!text.contains(secret), "{text}");
        }
        assert!(text.contains("974738368") && text.contains("***"));
    }

    #[test]
    fn an_incomplete_line_is_never_sent() {
        type Change = fn(&mut Elevlinje);
        let changes: [(Change, &str); 6] = [
            (|l| l.klasse = None, "classCode"),
            (|l| l.klasse = Some(" ".into()), "classCode"),
            (|l| l.identitetsnummer = None, "personalIdentityNumber"),
            (|l| l.identitetsnummer = Some("".into()), "personalIdentityNumber"),
            (|l| l.identitetsnummer = Some("0591109983".into()), "personalIdentityNumber"),
            (|l| l.identitetsnummer = Some("059110 99839".into()), "personalIdentityNumber"),
        ];
        for (change, felt) in changes {
            let mut forsendelse = forsendelse();
            change(&mut forsendelse.linjer[1]);
            let error = lag(&forsendelse).unwrap_err();
            assert_eq!(error, LagFeil::Linje { linje: 2, felt });
            assert!(error.to_string().starts_with(&format!("line 2: {felt} ")));
        }
    }

    #[test]
    fn a_school_without_a_valid_number_or_pupils_is_never_sent() {
        for nummer in [None, Some("974738369"), Some("46505"), Some("")] {
            let mut forsendelse = forsendelse();
            forsendelse.skole.organisasjonsnummer = nummer.map(Into::into);
            assert_eq!(lag(&forsendelse).unwrap_err(), LagFeil::Skole);
        }
        let mut tom = forsendelse();
        tom.linjer.clear();
        assert_eq!(lag(&tom).unwrap_err(), LagFeil::Tom);
    }

    #[test]
    fn a_missing_name_is_sent_as_it_is() {
        let mut forsendelse = forsendelse();
        forsendelse.linjer[0].fornavn = "".into();
        let json = serde_json::to_value(lag(&forsendelse).unwrap()).unwrap();
        assert_eq!(json["students"][0]["name"]["firstName"], "");
        assert_eq!(json["students"][0]["name"]["middleName"], "");
    }
}
