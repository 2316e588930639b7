//! What is true, in a form of the tests' own: rows as the simulator serves them, and objects as KILDE holds them, both
//! written as texts and compared.

use hendelse::Kildeobjekt;
use identitet::Skjermet;
use oneroster::Objekt;
use serde_json::Value;
use simulators::vigilo::{Samling, Vigilo};
use std::collections::BTreeMap;

/// Type and id, and what is said of it.
pub type Sannhet = BTreeMap<(&'static str, String), BTreeMap<&'static str, String>>;

/// A field that a source does not show at all, by type.
pub type Uten = &'static [(&'static str, &'static str)];

/// The same without what a source does not show.
pub fn uten(mut sannhet: Sannhet, felter: Uten) -> Sannhet {
    for ((typ, _), rad) in &mut sannhet {
        rad.retain(|felt, _| !felter.contains(&(*typ, *felt)));
    }
    sannhet
}

/// What differs, in words and without values: the first few.
pub fn avvik(har: &Sannhet, fasit: &Sannhet) -> Vec<String> {
    let tom = BTreeMap::new();
    let ulike = fasit.iter().filter(|(nokkel, rad)| har.get(nokkel) != Some(rad)).map(|((typ, id), rad)| {
        let denne = har.get(&(*typ, id.clone())).unwrap_or(&tom);
        let felter: Vec<_> = rad.iter().filter(|(felt, verdi)| denne.get(*felt) != Some(*verdi)).map(|f| f.0).collect();
        format!("{typ} differs in {felter:?}")
    });
    let for_mye = har.keys().filter(|nokkel| !fasit.contains_key(nokkel)).map(|(typ, _)| format!("{typ} is too much"));
    ulike.chain(for_mye).take(5).collect()
}

/// What the simulator serves when nothing is wrong: rows in use, and of people only pupils.
pub fn av_vigilo(vigilo: &Vigilo) -> Sannhet {
    let samlinger = [
        ("org", Samling::Orgs),
        ("academicSession", Samling::AcademicSessions),
        ("class", Samling::Classes),
        ("user", Samling::Users),
        ("enrollment", Samling::Enrollments),
    ];
    let rader =
        samlinger.into_iter().flat_map(|(typ, samling)| vigilo.rader(samling).into_iter().map(move |r| (typ, r)));
    rader
        .filter(|(typ, rad)| rad["status"] == "active" && er_vart(typ, rad))
        .map(|(typ, rad)| ((typ, tekst(&rad["sourcedId"])), felter(typ, &rad)))
        .collect()
}

fn er_vart(typ: &str, rad: &Value) -> bool {
    match typ {
        "class" => rad["classType"] == "homeroom",
        "enrollment" => rad["role"] == "student",
        "user" => rad["role"] == "student" || liste(&rad["roles"]).iter().any(|rolle| rolle["role"] == "student"),
        _ => true,
    }
}

fn tekst(verdi: &Value) -> String {
    verdi.as_str().unwrap_or_default().to_owned()
}

fn id(verdi: &Value) -> String {
    tekst(&verdi["sourcedId"])
}

fn liste(verdi: &Value) -> Vec<&Value> {
    verdi.as_array().into_iter().flatten().collect()
}

fn skoler(rad: &Value) -> String {
    let roller = liste(&rad["roles"]).into_iter().filter(|r| r["role"] == "student").map(|r| id(&r["org"]));
    roller.chain(liste(&rad["orgs"]).into_iter().map(id)).collect::<Vec<_>>().join(" ")
}

fn felter(typ: &str, rad: &Value) -> BTreeMap<&'static str, String> {
    let enkle = |navn: &[&'static str]| navn.iter().map(|felt| (*felt, tekst(&rad[felt]))).collect::<BTreeMap<_, _>>();
    let trinn = liste(&rad["grades"]).into_iter().map(tekst).collect::<Vec<_>>().join(" ");
    let mut ut = match typ {
        "org" => enkle(&["name", "type", "identifier"]),
        "academicSession" => enkle(&["title", "type", "startDate", "endDate", "schoolYear"]),
        "class" => enkle(&["title", "classCode"]),
        "user" => enkle(&["givenName", "middleName", "familyName", "identifier"]),
        _ => enkle(&["beginDate", "endDate"]),
    };
    match typ {
        "org" => drop(ut.insert("parent", id(&rad["parent"]))),
        "class" => {
            let okter = liste(&rad["terms"]).into_iter().map(id).collect::<Vec<_>>().join(" ");
            ut.extend([("school", id(&rad["school"])), ("terms", okter), ("grades", trinn)]);
        }
        "user" => ut.extend([("orgs", skoler(rad)), ("grades", trinn)]),
        "enrollment" => ut.extend(["user", "class", "school"].map(|felt| (felt, id(&rad[felt])))),
        _ => {}
    }
    ut
}

/// What KILDE holds, or a source shows.
pub fn av_objekter<'a>(objekter: impl IntoIterator<Item = &'a Kildeobjekt>) -> Sannhet {
    objekter.into_iter().map(|o| ((o.typenavn(), o.kildeid().to_owned()), av_objekt(o))).collect()
}

fn av_objekt(objekt: &Kildeobjekt) -> BTreeMap<&'static str, String> {
    let Kildeobjekt::Roster(objekt) = objekt else {
        let Kildeobjekt::Vigoskole(skole) = objekt else { return BTreeMap::new() };
        return [("navn", skole.navn.clone().unwrap_or_default()), ("nummer", skole.nummer.to_string())].into();
    };
    let skjult = |t: &Option<Skjermet<String>>| t.as_ref().map(|t| t.vis().clone()).unwrap_or_default();
    let dato = |d: &Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
    let ider = |ider: &[Skjermet<String>]| ider.iter().map(|i| i.vis().as_str()).collect::<Vec<_>>().join(" ");
    match objekt {
        Objekt::Org(o) => [
            ("name", o.name.clone()),
            ("type", o.r#type.clone()),
            ("identifier", o.identifier.clone().unwrap_or_default()),
            ("parent", skjult(&o.parent)),
        ]
        .into(),
        Objekt::AcademicSession(o) => [
            ("title", o.title.clone()),
            ("type", o.r#type.clone()),
            ("startDate", dato(&o.start_date)),
            ("endDate", dato(&o.end_date)),
            ("schoolYear", o.school_year.clone().unwrap_or_default()),
        ]
        .into(),
        Objekt::Class(o) => [
            ("title", o.title.clone()),
            ("classCode", o.class_code.clone().unwrap_or_default()),
            ("school", o.school.vis().clone()),
            ("terms", ider(&o.terms)),
            ("grades", o.grades.join(" ")),
        ]
        .into(),
        Objekt::User(o) => [
            ("givenName", skjult(&o.given_name)),
            ("middleName", skjult(&o.middle_name)),
            ("familyName", skjult(&o.family_name)),
            ("identifier", skjult(&o.identifier)),
            ("orgs", o.roles.iter().map(|r| r.org.vis().as_str()).collect::<Vec<_>>().join(" ")),
            ("grades", o.grades.join(" ")),
        ]
        .into(),
        Objekt::Enrollment(o) => [
            ("user", o.user.vis().clone()),
            ("class", o.class.vis().clone()),
            ("school", o.school.vis().clone()),
            ("beginDate", dato(&o.begin_date)),
            ("endDate", dato(&o.end_date)),
        ]
        .into(),
    }
}
