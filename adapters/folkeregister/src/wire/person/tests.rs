//! What is chosen of a person, and what never is.

use super::*;
use serde_json::{Value, json};

const NR: &str = "05821099880";
const GAMMELT: &str = "45821099793";

fn e(felt: &str, verdi: impl Into<Value>, gjeldende: impl Into<Option<bool>>) -> Value {
    let mut e = json!({felt: verdi.into(), "kilde": "Synutopia", "aarsak": "Historisk",
        "ajourholdstidspunkt": "2026-02-24T09:46:34.982112068+01:00"});
    if let Some(gjeldende) = gjeldende.into() {
        e["erGjeldende"] = gjeldende.into();
    }
    e
}

fn ident(nummer: &str, type_: &str, status: &str, gjeldende: bool) -> Value {
    let mut e = e("foedselsEllerDNummer", nummer, gjeldende);
    e["identifikatortype"] = type_.into();
    e["status"] = status.into();
    e
}

fn navn(fornavn: &str, etternavn: &str, gjeldende: bool) -> Value {
    let mut e = e("fornavn", fornavn, gjeldende);
    e["etternavn"] = etternavn.into();
    e
}

/// An ordinary pupil, with a history and an address.
fn elev() -> Value {
    json!({
        "identifikasjonsnummer": [ident(GAMMELT, "dNummer", "opphoert", false), ident(NR, "foedselsnummer", "iBruk", true)],
        "status": [e("status", "midlertidig", false), e("status", "bosatt", true)],
        "navn": [navn("GAMMELT", "NAVN", false), navn("GOLBMA ČIEHKA", "ØVREBØ", true)],
        "foedsel": [e("foedselsdato", "2010-02-05", true)],
        "bostedsadresse": [{"erGjeldende": true, "vegadresse": {"adressenavn": "Hemmeligveien"}}],
    })
}

fn les_i(verdi: &Value, modus: Modus) -> (Result<Registerperson, Avvisning>, Vec<&'static str>) {
    let tekst = verdi.to_string();
    let person: Person<'_> = serde_json::from_str(&tekst).unwrap();
    let mut funn = Vec::new();
    (person.les(&GAMMELT.into(), modus, &mut funn), funn)
}

fn les(verdi: &Value) -> (Registerperson, Vec<&'static str>) {
    let (person, funn) = les_i(verdi, Modus::Test);
    (person.unwrap(), funn)
}

fn med(felt: &str, verdi: Value) -> (Registerperson, Vec<&'static str>) {
    let mut elev = elev();
    elev[felt] = verdi;
    les(&elev)
}

#[test]
fn an_old_number_gives_the_person_that_goes_on() {
    let (person, funn) = les(&elev());
    assert_eq!(funn, Vec::<&str>::new());
    assert_eq!((person.nummer.vis().as_str(), person.funnet), (GAMMELT, true));
    assert_eq!(person.gjeldende().unwrap().vis(), NR);
    assert_eq!(person.status, Personstatus::Bosatt);
    let navn = person.navn.unwrap();
    assert_eq!(navn.fornavn.unwrap().vis(), "GOLBMA ČIEHKA");
    assert_eq!((navn.mellomnavn, navn.etternavn.unwrap().vis().as_str()), (None, "ØVREBØ"));
    assert_eq!(person.foedselsdato, Some("2010-02-05".parse().unwrap()));
    assert!(person.graderingsnivaa == Graderingsnivaa::Ugradert);
}

#[test]
fn protection_is_the_strictest_that_may_be_in_force() {
    use Graderingsnivaa::{Fortrolig, Klientadresse, StrengtFortrolig, Ugradert};
    let g = |nivaa: &str, gjeldende: Option<bool>| e("graderingsnivaa", nivaa, gjeldende);
    let (ja, nei) = (Some(true), Some(false));
    let mut slutt = g("fortrolig", None);
    slutt["opphoerstidspunkt"] = json!("2025-06-01T00:00:00+02:00");
    for (verdi, ventet) in [
        (json!([]), Ugradert),
        (json!(null), Ugradert),
        (json!([g("ugradert", ja)]), Ugradert),
        (json!([g("klientadresse", ja)]), Klientadresse),
        (json!([g("fortrolig", ja)]), Fortrolig),
        (json!([g("strengtFortrolig", ja)]), StrengtFortrolig),
        // Lifted: only history left.
        (json!([g("strengtFortrolig", nei)]), Ugradert),
        (json!([g("ugradert", ja), g("strengtFortrolig", nei)]), Ugradert),
        // It cannot be told: the strictest counts, in any order, end or no end.
        (json!([g("ugradert", ja), g("fortrolig", None)]), Fortrolig),
        (json!([g("strengtFortrolig", None), g("ugradert", ja)]), StrengtFortrolig),
        (json!([g("fortrolig", ja), g("strengtFortrolig", ja)]), StrengtFortrolig),
        (json!([slutt]), Fortrolig),
        (json!([{"erGjeldende": "nei", "graderingsnivaa": "fortrolig"}]), Fortrolig),
        // It cannot be read.
        (json!([g("hemmelig", ja)]), StrengtFortrolig),
        (json!([g("Fortrolig", ja)]), StrengtFortrolig),
        (json!([e("annet", "x", true)]), StrengtFortrolig),
        (json!([e("graderingsnivaa", Value::Null, true)]), StrengtFortrolig),
        (json!([e("graderingsnivaa", 7, None)]), StrengtFortrolig),
        (json!(["fortrolig"]), StrengtFortrolig),
        (json!([null]), StrengtFortrolig),
        (json!("fortrolig"), StrengtFortrolig),
        (json!(g("fortrolig", ja)), Fortrolig),
        (json!([g("hemmelig", nei)]), Ugradert),
    ] {
        assert!(med("adressebeskyttelse", verdi.clone()).0.graderingsnivaa == ventet, "{verdi}");
    }
}

#[test]
fn a_contradiction_hides_one_value_and_never_the_protection() {
    let mut elev = elev();
    elev["adressebeskyttelse"] = json!([e("graderingsnivaa", "fortrolig", true)]);
    elev["navn"] = json!([navn("A", "B", true), navn("A", "C", true)]);
    elev["status"] = json!([e("status", "bosatt", true), e("status", "utflyttet", true)]);
    elev["foedsel"] = json!([e("foedselsdato", "2010-02-05", true), e("foedselsdato", "2010-02-06", true)]);
    let (person, funn) = les(&elev);
    assert_eq!((person.navn, person.foedselsdato, person.status), (None, None, Personstatus::Ukjent));
    assert!(person.graderingsnivaa == Graderingsnivaa::Fortrolig);
    assert_eq!(funn, ["two-statuses", "two-names", "two-births"]);
}

#[test]
fn a_newborn_has_no_name() {
    for navnet in [navn("KARI*PIKE", "X", true), navn("OLA", "NORDMANN*GUTT", true)] {
        let (person, funn) = med("navn", json!([navnet]));
        assert_eq!((person.navn, funn), (None, vec!["newborn-name"]));
    }
    for uten in [
        json!([]),
        json!(null),
        json!([navn(" ", "", true)]),
        json!([navn("A", "B", false)]),
        json!([e("fornavn", 7, true)]),
    ] {
        assert_eq!(med("navn", uten).0.navn, None);
    }
}

#[test]
fn values_are_open() {
    assert_eq!(med("status", json!([e("status", "pauset", true)])).0.status, Personstatus::Ukjent);
    assert_eq!(med("status", json!([e("status", "inaktiv", true)])).0.status, Personstatus::Inaktiv);
    assert_eq!(med("foedsel", json!([e("foedselsdato", "2010", true)])).0.foedselsdato, None);
    let (person, _) = med("identifikasjonsnummer", json!([ident(NR, "eidNummer", "paaVent", true)]));
    let nummer = &person.identifikasjonsnummer[0];
    assert_eq!((nummer.identifikatortype, nummer.status), (Identifikatortype::Annen, Identifikatorstatus::Annen));
    let mut elev = elev();
    elev["identitetsgrunnlag"] = json!([e("status", "unik", true)]);
    assert!(les(&elev).0 == les(&self::elev()).0);
}

#[test]
fn a_number_stands_once_as_its_element_in_force_has_it() {
    let status = |liste: Value| {
        let (person, _) = med("identifikasjonsnummer", liste);
        person.identifikasjonsnummer.iter().map(|n| n.status).collect::<Vec<_>>()
    };
    use Identifikatorstatus::{Annen, IBruk, Opphoert};
    let i = |status, gjeldende| ident(NR, "foedselsnummer", status, gjeldende);
    assert_eq!(status(json!([i("iBruk", false), i("opphoert", true)])), [Opphoert]);
    assert_eq!(status(json!([i("iBruk", true), i("opphoert", false)])), [IBruk]);
    assert_eq!(status(json!([i("iBruk", true), i("opphoert", true)])), [Annen]);
    assert_eq!(status(json!([i("iBruk", false)])), [Annen], "only history");
    let (person, funn) = med("identifikasjonsnummer", json!([i("iBruk", true), {"status": "iBruk"}]));
    assert_eq!((person.identifikasjonsnummer, funn), (vec![], vec!["unreadable-identifier"]));
}

#[test]
fn a_retired_person_is_little_but_enough() {
    let (person, funn) = les(&json!({
        "identifikasjonsnummer": [ident(NR, "foedselsnummer", "opphoert", true)],
        "sivilstand": [e("sivilstand", "uoppgitt", true)],
        "status": [e("status", "opphoert", true)],
    }));
    assert_eq!(person.gjeldende(), None);
    assert_eq!((person.funnet, person.status, person.navn, funn.len()), (true, Personstatus::Opphoert, None, 0));
}

#[test]
fn silence_about_everything_proves_nothing() {
    let mut uten = elev();
    uten.as_object_mut().unwrap().remove("status");
    let avvist = les_i(&uten, Modus::Test).0.unwrap_err();
    assert_eq!(avvist.code, "missing-status");
    uten["adressebeskyttelse"] = json!([e("graderingsnivaa", "fortrolig", true)]);
    assert!(les(&uten).0.graderingsnivaa == Graderingsnivaa::Fortrolig, "but protection that is told is believed");
    assert_eq!(les_i(&json!({}), Modus::Test).0.unwrap_err().code, "missing-status");
}

#[test]
fn real_and_synthetic_people_are_kept_apart() {
    // Nobody's: the register's own example of a number under the rule of 2032, for somebody born that year.
    let ingens = "02013299997";
    assert!(serie(NR) == Some(Serie::Tenor) && serie(ingens) == Some(Serie::Ekte));
    assert_eq!(les_i(&elev(), Modus::Produksjon).0.unwrap_err().code, "synthetic-person");
    let mut bare_kilde = json!({"status": [e("status", "bosatt", true)]});
    assert_eq!(les_i(&bare_kilde, Modus::Produksjon).0.unwrap_err().code, "synthetic-person");
    bare_kilde["status"][0]["kilde"] = json!("KILDE_DSF");
    assert!(les_i(&bare_kilde, Modus::Produksjon).0.is_ok());
    let mut elev = elev();
    elev["identifikasjonsnummer"] = json!([ident(ingens, "foedselsnummer", "iBruk", true)]);
    assert_eq!(les_i(&elev, Modus::Test).0.unwrap_err().code, "real-person");
}

#[test]
fn a_refusal_keeps_only_what_was_asked_for() {
    let tekst = elev().to_string();
    assert!(tekst.contains("Hemmeligveien"));
    let person: Person<'_> = serde_json::from_str(&tekst).unwrap();
    let utdrag = serde_json::to_string(&person).unwrap();
    assert!(utdrag.contains("GAMMELT") && !utdrag.contains("Hemmelig") && !utdrag.contains("adresse"), "{utdrag}");
}
