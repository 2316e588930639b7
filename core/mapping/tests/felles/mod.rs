//! A small world of synthetic people to map.
#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test binary uses its own part of this, and all of it is a test"
)]

use folkeregister::{
    Identifikatorstatus, Identifikatortype, Personidentifikator, Personnavn, Personstatus, Registerperson,
};
use hendelse::{Fintklasse, Fintnokkel, Fintobjekt, K, Kildeobjekt, Tenantnokkel};
use identitet::{Grunnlag, tenor_nummer};
use jiff::Timestamp;
use kodeverk::{Skoletype, Vigoskole};
use mapping::{Kartlegger, Opphav};
use oneroster::{AcademicSession, Class, Enrollment, Objekt, Org, Role, User};
use std::collections::BTreeMap;

pub type Fint = BTreeMap<Fintnokkel, Fintobjekt>;

pub const ORGNR: &str = "974738368";

pub fn nokkel() -> Tenantnokkel {
    Tenantnokkel::fra_hex(&"0a".repeat(32)).unwrap()
}

pub fn kartlegger() -> Kartlegger {
    Kartlegger::ny("bergen".parse().unwrap(), nokkel())
}

/// The `n`-th of a row of valid synthetic numbers.
pub fn nummer(n: usize) -> String {
    let mut alle =
        (1..=28).flat_map(|dag| (500..1000).filter_map(move |i| tenor_nummer(Grunnlag::Fnr, 2011, 3, dag, i)));
    alle.nth(n).unwrap().verdi().vis().clone()
}

pub fn dag(n: i64) -> Timestamp {
    let start: Timestamp = "2026-11-02T08:00:00Z".parse().unwrap();
    start + jiff::SignedDuration::from_hours(24 * n)
}

pub fn opphav(kilde: &str, dagnr: i64) -> Opphav {
    Opphav { kilde: kilde.parse().unwrap(), endret: None, sett: dag(dagnr), spor: None }
}

/// The hash in the subject of a record. The mapping must not depend on how it is made.
pub fn k(kilde: &str, typ: &str, id: &str) -> K {
    nokkel().k(&["emne", kilde, typ, id])
}

pub fn motta(kart: &mut Kartlegger, kilde: &str, dagnr: i64, objekt: impl Into<Kildeobjekt>) {
    let objekt = objekt.into();
    let k = k(kilde, objekt.typenavn(), objekt.kildeid());
    kart.motta(k, objekt.typenavn(), Some(objekt), opphav(kilde, dagnr));
}

pub fn fjern(kart: &mut Kartlegger, kilde: &str, dagnr: i64, typ: &str, id: &str) {
    kart.motta(k(kilde, typ, id), typ, None, opphav(kilde, dagnr));
}

/// Everything that should be there.
pub fn alt(kart: &mut Kartlegger) -> Fint {
    kart.alle().into_iter().map(|n| (n, kart.onsket(&n).unwrap().objekt)).collect()
}

/// What a runtime does after each batch: publishes the difference.
pub fn publiser(kart: &mut Kartlegger, fint: &mut Fint) -> usize {
    let mut ulike = 0;
    for n in kart.ta_berorte() {
        let ny = kart.onsket(&n).map(|o| o.objekt);
        ulike += usize::from(fint.get(&n) != ny.as_ref());
        match ny {
            Some(ny) => _ = fint.insert(n, ny),
            None => _ = fint.remove(&n),
        }
    }
    ulike
}

macro_rules! plukk {
    ($navn:ident, $variant:ident, $type:ty) => {
        pub fn $navn(fint: &Fint) -> Vec<&$type> {
            fint.values().filter_map(|o| if let Fintobjekt::$variant(o) = o { Some(&**o) } else { None }).collect()
        }
    };
}
plukk!(skoler, Skole, fint::Skole);
plukk!(klasser, Klasse, fint::Klasse);
plukk!(elever, Elev, fint::Elev);
plukk!(personer, Person, fint::Person);
plukk!(elevforhold, Elevforhold, fint::Elevforhold);
plukk!(medlemskap, Klassemedlemskap, fint::Klassemedlemskap);
plukk!(tillegg, Tillegg, fint::tillegg::Elevtillegg);
plukk!(identiteter, Identitet, fint::tillegg::Identitetshistorikk);

pub fn av_klasse(fint: &Fint, klasse: Fintklasse) -> usize {
    fint.keys().filter(|n| n.klasse == klasse).count()
}

pub fn vigoskole(nummer: &str, orgnr: &str, typ: Option<&str>) -> Kildeobjekt {
    Kildeobjekt::Vigoskole(Vigoskole {
        nummer: nummer.parse().unwrap(),
        organisasjonsnummer: orgnr.parse().unwrap(),
        navn: None,
        kommunenummer: None,
        fylkesnummer: None,
        skoletype: typ.map(|t| Skoletype::from(t.to_owned())),
    })
}

/// What Folkeregisteret says of a number: the person's numbers, and whether each is in use.
pub fn svar(nummer: &str, numre: &[(&str, bool)]) -> Registerperson {
    let identifikator = |(nummer, i_bruk): &(&str, bool)| Personidentifikator {
        foedsels_eller_d_nummer: (*nummer).into(),
        identifikatortype: Identifikatortype::Foedselsnummer,
        status: if *i_bruk { Identifikatorstatus::IBruk } else { Identifikatorstatus::Opphoert },
    };
    Registerperson {
        funnet: true,
        identifikasjonsnummer: numre.iter().map(identifikator).collect(),
        status: Personstatus::Bosatt,
        navn: Some(registernavn("PRØVE", "EKSEMPEL")),
        ..Registerperson::ukjent(nummer.into())
    }
}

pub fn registernavn(fornavn: &str, etternavn: &str) -> Personnavn {
    Personnavn { fornavn: Some(fornavn.into()), mellomnavn: None, etternavn: Some(etternavn.into()) }
}

pub fn registerperson(person: Registerperson) -> Kildeobjekt {
    Kildeobjekt::Registerperson(Box::new(person))
}

pub fn skole(id: &str, orgnr: Option<&str>) -> Objekt {
    Objekt::Org(Org {
        sourced_id: id.into(),
        name: format!("Skole {id}"),
        r#type: "school".into(),
        identifier: orgnr.map(str::to_owned),
        vigo_id: None,
        parent: None,
    })
}

pub fn skolear(id: &str, slutt: &str) -> Objekt {
    Objekt::AcademicSession(AcademicSession {
        sourced_id: id.into(),
        title: id.into(),
        r#type: "schoolYear".into(),
        start_date: None,
        end_date: None,
        school_year: Some(slutt.into()),
    })
}

pub fn klasse(id: &str, skole: &str, okter: &[&str], trinn: &[&str]) -> Objekt {
    Objekt::Class(Class {
        sourced_id: id.into(),
        title: format!("Klasse {id}"),
        class_code: Some(id.to_owned()),
        school: skole.into(),
        terms: okter.iter().map(|o| (*o).into()).collect(),
        grades: trinn.iter().map(|t| (*t).to_owned()).collect(),
    })
}

pub fn rolle(skole: &str) -> Role {
    Role { org: skole.into(), primary: false, begin_date: None, end_date: None }
}

pub fn user(id: &str, nummer: Option<&str>, trinn: &[&str], skoler: &[&str]) -> User {
    User {
        sourced_id: id.into(),
        given_name: Some("Prøve".into()),
        middle_name: None,
        family_name: Some("Eksempel".into()),
        identifier: nummer.map(Into::into),
        grades: trinn.iter().map(|t| (*t).to_owned()).collect(),
        roles: skoler.iter().map(|s| rolle(s)).collect(),
    }
}

pub fn elev(id: &str, nummer: Option<&str>, skoler: &[&str]) -> Objekt {
    Objekt::User(user(id, nummer, &["10"], skoler))
}

pub fn innmelding(id: &str, user: &str, klasse: &str, skole: &str) -> Objekt {
    Objekt::Enrollment(Enrollment {
        sourced_id: id.into(),
        user: user.into(),
        class: klasse.into(),
        school: skole.into(),
        begin_date: None,
        end_date: None,
    })
}
