//! Which answer belongs to whom.

use super::*;
use serde_json::{Value, json};

const A: &str = "05821099880";
const B: &str = "14821150036";
const GAMMELT: &str = "45821099793";

fn person(nummer: &str, andre: &[&str]) -> Value {
    let ident = |nummer: &str| json!({"foedselsEllerDNummer": nummer, "erGjeldende": true, "status": "iBruk", "identifikatortype": "foedselsnummer"});
    let numre: Vec<_> = [nummer].iter().chain(andre).map(|n| ident(n)).collect();
    json!({"identifikasjonsnummer": numre, "status": [{"status": "bosatt", "erGjeldende": true}],
        "navn": [{"fornavn": nummer, "etternavn": "X", "erGjeldende": true}],
        "bostedsadresse": [{"vegadresse": {"adressenavn": "Hemmeligveien"}}]})
}

fn oppslag(nummer: &str, person: Value) -> Value {
    json!({"foedselsEllerDNummer": nummer, "folkeregisterperson": person})
}

fn melding(nummer: &str, tekst: &str) -> Value {
    json!({"foedselsEllerDNummer": nummer, "feilmelding": {"feilmelding": tekst}})
}

fn les(oppslag: &[Value], spurt: &[&str]) -> Vec<String> {
    let spurt: Vec<Skjermet<String>> = spurt.iter().map(|n| (*n).into()).collect();
    let kropp = json!({ "oppslag": oppslag }).to_string();
    let utfall = svar(kropp.as_bytes(), &spurt.iter().collect::<Vec<_>>(), Modus::Test, &mut Vec::new()).unwrap();
    utfall
        .into_iter()
        .map(|utfall| match utfall {
            Utfall::Person(p) => format!("{}={}", p.nummer.vis(), p.navn.unwrap().fornavn.unwrap().vis()),
            Utfall::Ukjent => "ukjent".to_owned(),
            Utfall::Utgaatt(_) => "utgaatt".to_owned(),
            Utfall::Avvist(refused) => {
                assert!(!String::from_utf8(refused.raw).unwrap().contains("Hemmelig"));
                refused.code.to_owned()
            }
        })
        .collect()
}

#[test]
fn answers_are_matched_by_number() {
    let (a, b) = (oppslag(A, person(A, &[])), oppslag(B, person(B, &[])));
    let begge = [format!("{A}={A}"), format!("{B}={B}")];
    assert_eq!(les(&[a.clone(), b.clone()], &[A, B]), begge);
    assert_eq!(les(&[b.clone(), a.clone()], &[A, B]), begge);
    assert_eq!(les(&[b.clone(), a.clone(), b.clone()], &[A, B]), begge, "answered twice alike");
    assert_eq!(les(std::slice::from_ref(&b), &[A, B]), ["missing-answer", begge[1].as_str()]);
    let annen = oppslag(A, person(B, &[]));
    assert_eq!(les(&[a, annen, b], &[A, B]), ["contradicting-answers", begge[1].as_str()]);
}

#[test]
fn an_old_number_may_be_answered_under_the_new_one() {
    assert_eq!(les(&[oppslag(A, person(A, &[GAMMELT]))], &[GAMMELT]), [format!("{GAMMELT}={A}")]);
    let to = [oppslag(A, person(A, &[GAMMELT])), oppslag(B, person(B, &[GAMMELT]))];
    assert_eq!(les(&to, &[GAMMELT]), ["contradicting-answers"]);
    assert_eq!(les(&[oppslag(A, person(A, &[]))], &[GAMMELT]), ["missing-answer"]);
}

#[test]
fn only_unknown_means_unknown() {
    for (tekst, ventet) in [
        ("Identifikatoren finnes ikke", "ukjent"),
        ("Fant ikke person", "ukjent"),
        ("Identifikatoren er utgått", "utgaatt"),
        ("Personen finnes ikke lenger", "utgaatt"),
        ("Midlertidig feil, prøv igjen", "register-message"),
        ("", "register-message"),
    ] {
        assert_eq!(les(&[melding(A, tekst)], &[A]), [ventet], "{tekst}");
    }
    let uten = json!({"foedselsEllerDNummer": A});
    assert_eq!(les(&[uten], &[A]), ["missing-person"]);
    let feil = oppslag(A, json!("person"));
    assert_eq!(les(&[feil], &[A]), ["unreadable-person"]);
    let taus = oppslag(A, json!({"bostedsadresse": [{"vegadresse": {"adressenavn": "Hemmeligveien"}}]}));
    assert_eq!(les(&[taus], &[A]), ["missing-status"]);
}

#[test]
fn an_answer_that_is_none_is_an_error() {
    for kropp in ["", "[]", "{}", "{\"oppslag\":null}", "<html>", "{\"oppslag\":[{"] {
        assert!(svar(kropp.as_bytes(), &[], Modus::Test, &mut Vec::new()).is_err(), "{kropp}");
    }
    let mut funn = Vec::new();
    let kropp = json!({"oppslag": [7, {"feilmelding": {}}, oppslag(B, person(B, &[]))]}).to_string();
    let nummer: Skjermet<String> = A.into();
    let utfall = svar(kropp.as_bytes(), &[&nummer], Modus::Test, &mut funn).unwrap();
    assert!(matches!(&utfall[..], [Utfall::Avvist(r)] if r.code == "missing-answer"));
    assert_eq!(funn, ["unreadable-answer", "answer-without-number", "answer-not-asked-for"]);
}
