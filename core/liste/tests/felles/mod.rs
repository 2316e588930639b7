//! Resources of FINT as the mapping publishes them, of synthetic people.
#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test binary uses its own part of this, and all of it is a test"
)]

use fint::tillegg::{Adressebeskyttelse, Elevtillegg, Registermerknad};
use fint::{Arstrinn, Elev, Elevforhold, Identifikator, Klasse, Klassemedlemskap, Lenke, Periode, Person, Personnavn};
use fint::{Skole, Skolear};
use hendelse::{Fintklasse, Fintnokkel, Fintobjekt, Tenantnokkel};
use identitet::{Politikk, klassifiser};
use jiff::Timestamp;
use liste::{Listebygger, Regelsett};
use std::sync::LazyLock;
use uuid::Uuid;

pub type Ressurs = (Fintnokkel, Fintobjekt);

pub fn nokkel() -> Tenantnokkel {
    static NOKKEL: LazyLock<Tenantnokkel> = LazyLock::new(|| Tenantnokkel::fra_hex(&"0b".repeat(32)).unwrap());
    NOKKEL.clone()
}

pub fn bygger(politikk: Politikk) -> Listebygger {
    let regelsett = Regelsett::ny(politikk).i_kommune("4601".parse().unwrap());
    Listebygger::ny("bergen".parse().unwrap(), nokkel(), regelsett)
}

/// The same for a tenant that has Folkeregisteret.
pub fn bygger_med_register(politikk: Politikk) -> Listebygger {
    let regelsett = Regelsett::ny(politikk).i_kommune("4601".parse().unwrap()).med_register();
    Listebygger::ny("bergen".parse().unwrap(), nokkel(), regelsett)
}

/// Our id of what a test calls `navn`.
pub fn id(slag: &str, navn: &str) -> Uuid {
    nokkel().uuid(&["test", slag, navn])
}

fn ident(slag: &str, navn: &str) -> Identifikator {
    Identifikator::ny(id(slag, navn).to_string())
}

fn ressurs(klasse: Fintklasse, id: Uuid, objekt: Fintobjekt) -> Ressurs {
    (Fintnokkel { klasse, id }, objekt)
}

/// A school, called by its VIGO number; one that VIGO does not know is called something else.
pub fn skole(navn: &str, orgnr: Option<&str>) -> Ressurs {
    let vigo = Some(navn).filter(|n| n.len() == 5 && n.bytes().all(|b| b.is_ascii_digit()));
    let id = id("skole", navn);
    let nummer = Skole::skolenummer_av(vigo, &id.to_string());
    let mut skole = Skole::ny(Identifikator::ny(id.to_string()), nummer, format!("Skole {navn}"));
    skole.organisasjonsnummer = orgnr.map(Identifikator::ny);
    ressurs(Fintklasse::Skole, id, Fintobjekt::Skole(Box::new(skole)))
}

pub fn klasse(skole: &str, navn: &str, trinn: &str, ar: &str) -> Ressurs {
    let kalt = format!("{skole}/{navn}");
    let trinn = Lenke::til::<Arstrinn>(trinn);
    let mut klasse =
        Klasse::ny(ident("klasse", &kalt), navn, trinn, Lenke::til::<Skole>(id("skole", skole).to_string()));
    klasse.skolear = Some(Lenke::til::<Skolear>(ar));
    ressurs(Fintklasse::Klasse, id("klasse", &kalt), Fintobjekt::Klasse(Box::new(klasse)))
}

/// The Elev and the Person, keyed as the mapping keys them.
pub fn elev(navn: &str, nummer: Option<&str>, personnavn: [Option<&str>; 3]) -> [Ressurs; 2] {
    let elev = id("elev", navn);
    let fnr = Person::fodselsnummer_av(nummer, &elev.to_string());
    let person_id = match nummer.filter(|n| klassifiser(n).ugyldig().is_none()) {
        Some(n) => nokkel().uuid(&["person", n]),
        None => nokkel().uuid(&["person", fnr.verdi(), &elev.to_string()]),
    };
    let lenke = Lenke::til::<Person>(fnr.verdi());
    let person = Person::ny(fnr, Personnavn::av(personnavn[0], personnavn[1], personnavn[2]));
    [
        ressurs(Fintklasse::Elev, elev, Fintobjekt::Elev(Box::new(Elev::ny(ident("elev", navn), lenke)))),
        ressurs(Fintklasse::Person, person_id, Fintobjekt::Person(Box::new(person))),
    ]
}

pub fn periode(fra: &str, til: Option<&str>) -> Periode {
    let tid = |dag: &str| format!("{dag}T12:00:00Z").parse::<Timestamp>().unwrap();
    Periode { beskrivelse: None, start: tid(fra), slutt: til.map(tid) }
}

/// A pupil at a school, and what the source says of the pupil's grade.
pub fn elevforhold(navn: &str, elev: &str, skole: &str, ar: &str, trinn: &[&str], p: Option<Periode>) -> [Ressurs; 2] {
    let forhold_id = id("elevforhold", navn);
    let elevlenke = Lenke::til::<Elev>(id("elev", elev).to_string());
    let skolelenke = Lenke::til::<Skole>(id("skole", skole).to_string());
    let mut forhold = Elevforhold::ny(ident("elevforhold", navn), "elev", elevlenke, skolelenke);
    (forhold.skolear, forhold.gyldighetsperiode) = (Some(Lenke::til::<Skolear>(ar)), p);
    let tillegg = Elevtillegg {
        elevforhold: forhold_id,
        elev: id("elev", elev),
        trinn: trinn.iter().map(|t| (*t).to_owned()).collect(),
        kilde: "vigilo".into(),
        kilde_endret: None,
        adressebeskyttelse: Adressebeskyttelse::Ukjent,
        register: None,
    };
    [
        ressurs(Fintklasse::Elevforhold, forhold_id, Fintobjekt::Elevforhold(Box::new(forhold))),
        ressurs(Fintklasse::Tillegg, forhold_id, Fintobjekt::Tillegg(Box::new(tillegg))),
    ]
}

/// The same enrolment with Folkeregisteret's word on the pupil.
pub fn med_register(
    [forhold, (nokkel, tillegg)]: [Ressurs; 2],
    adressebeskyttelse: Adressebeskyttelse,
    register: Option<Vec<Registermerknad>>,
) -> [Ressurs; 2] {
    let Fintobjekt::Tillegg(mut tillegg) = tillegg else { unreachable!() };
    (tillegg.adressebeskyttelse, tillegg.register) = (adressebeskyttelse, register);
    [forhold, (nokkel, Fintobjekt::Tillegg(tillegg))]
}

pub fn medlemskap(elevforhold: &str, skole: &str, klasse: &str, p: Option<Periode>) -> Ressurs {
    let klasse = format!("{skole}/{klasse}");
    let kalt = format!("{elevforhold}/{klasse}");
    let forhold = Lenke::til::<Elevforhold>(id("elevforhold", elevforhold).to_string());
    let mut medlemskap = Klassemedlemskap::ny(
        ident("medlemskap", &kalt),
        forhold,
        Lenke::til::<Klasse>(id("klasse", &klasse).to_string()),
    );
    medlemskap.gyldighetsperiode = p;
    ressurs(Fintklasse::Klassemedlemskap, id("medlemskap", &kalt), Fintobjekt::Klassemedlemskap(Box::new(medlemskap)))
}
