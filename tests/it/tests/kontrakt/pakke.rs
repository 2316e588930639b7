//! OneRoster packages of what a simulated school system serves.

use adapter_csv::Config;
use bytes::Bytes;
use serde_json::Value;
use simulators::vigilo::{Samling, Vigilo};
use std::io::Write as _;
use zip::write::SimpleFileOptions;

type Rader = Vec<Vec<String>>;

pub fn config(side: u32) -> Config {
    let toml =
        format!("tenant = \"litlevik\"\nnavn = \"kilden\"\nkommunenummer = \"4601\"\n[grenser]\nside = {side}\n");
    Config::parse(&toml).unwrap()
}

/// Everything, as bulk files.
pub fn hel(vigilo: &Vigilo, versjon: &str) -> Bytes {
    pakk(versjon, "bulk", &|samling| vigilo.rader(samling))
}

/// The rows that are other than they were, as delta files.
pub fn endringer(for_: &dyn Fn(Samling) -> Vec<Value>, vigilo: &Vigilo, versjon: &str) -> Bytes {
    pakk(versjon, "delta", &|samling| {
        let gamle = for_(samling);
        vigilo.rader(samling).into_iter().filter(|rad| !gamle.contains(rad)).collect()
    })
}

fn pakk(versjon: &str, modus: &str, rader: &dyn Fn(Samling) -> Vec<Value>) -> Bytes {
    let mut filer = vec![
        ("orgs", orgs(&rader(Samling::Orgs))),
        ("academicSessions", okter(&rader(Samling::AcademicSessions))),
        ("classes", klasser(&rader(Samling::Classes))),
        ("users", brukere(&rader(Samling::Users), versjon)),
        ("enrollments", tilknytninger(&rader(Samling::Enrollments))),
    ];
    if versjon == "1.2" {
        filer.push(("roles", roller(&rader(Samling::Users))));
    }
    let mut manifest = vec![rad(["propertyName", "value"]), rad(["manifest.version", "1.0"])];
    manifest.push(rad(["oneroster.version", versjon]));
    manifest.extend(filer.iter().map(|(navn, _)| vec![format!("file.{navn}"), modus.to_owned()]));
    filer.push(("manifest", manifest));
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (navn, rader) in filer {
        zip.start_file(format!("{navn}.csv"), SimpleFileOptions::default()).unwrap();
        for rad in rader {
            let felter: Vec<_> = rad.iter().map(|felt| format!("\"{}\"", felt.replace('"', "\"\""))).collect();
            zip.write_all((felter.join(",") + "\r\n").as_bytes()).unwrap();
        }
    }
    zip.finish().unwrap().into_inner().into()
}

fn rad<const N: usize>(felter: [&str; N]) -> Vec<String> {
    felter.map(str::to_owned).into()
}

/// A value as a field: lists separated by commas, references by their ids.
fn felt(verdi: &Value) -> String {
    match verdi {
        Value::String(tekst) => tekst.clone(),
        Value::Array(liste) => liste.iter().map(felt).collect::<Vec<_>>().join(","),
        Value::Object(objekt) => objekt.get("sourcedId").map(felt).unwrap_or_default(),
        _ => String::new(),
    }
}

/// The header, and a row for each object: where the standard's column is named after another field, both are given.
fn tabell(rader: &[Value], kolonner: &[(&str, &str)]) -> Rader {
    let hode = kolonner.iter().map(|(kolonne, _)| (*kolonne).to_owned()).collect();
    let linje = |rad: &Value| kolonner.iter().map(|(_, navn)| felt(&rad[*navn])).collect();
    std::iter::once(hode).chain(rader.iter().map(linje)).collect()
}

const FELLES: [(&str, &str); 3] =
    [("sourcedId", "sourcedId"), ("status", "status"), ("dateLastModified", "dateLastModified")];

fn med(resten: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    FELLES.iter().chain(resten).copied().collect()
}

fn orgs(rader: &[Value]) -> Rader {
    tabell(
        rader,
        &med(&[("name", "name"), ("type", "type"), ("identifier", "identifier"), ("parentSourcedId", "parent")]),
    )
}

fn okter(rader: &[Value]) -> Rader {
    let kolonner = [
        ("title", "title"),
        ("type", "type"),
        ("startDate", "startDate"),
        ("endDate", "endDate"),
        ("parentSourcedId", "parent"),
        ("schoolYear", "schoolYear"),
    ];
    tabell(rader, &med(&kolonner))
}

fn klasser(rader: &[Value]) -> Rader {
    let kolonner = [
        ("title", "title"),
        ("grades", "grades"),
        ("courseSourcedId", ""),
        ("classCode", "classCode"),
        ("classType", "classType"),
        ("location", ""),
        ("schoolSourcedId", "school"),
        ("termSourcedIds", "terms"),
        ("subjects", ""),
        ("subjectCodes", ""),
        ("periods", ""),
    ];
    tabell(rader, &med(&kolonner))
}

fn rolle(bruker: &Value) -> &Value {
    &bruker["roles"][0]
}

fn brukere(rader: &[Value], versjon: &str) -> Rader {
    let rader: Vec<Value> = rader
        .iter()
        .map(|bruker| {
            let mut bruker = bruker.clone();
            bruker["role"] = rolle(&bruker)["role"].as_str().unwrap_or_default().trim_start_matches("ext:").into();
            bruker["org"] = rolle(&bruker)["org"].clone();
            // In a package the number stands in `identifier` alone.
            bruker["userIds"] = Value::Null;
            bruker
        })
        .collect();
    let en = [("enabledUser", "enabledUser"), ("orgSourcedIds", "org"), ("role", "role")];
    let felles = [
        ("username", "username"),
        ("userIds", "userIds"),
        ("givenName", "givenName"),
        ("familyName", "familyName"),
        ("middleName", "middleName"),
        ("identifier", "identifier"),
        ("email", ""),
        ("sms", ""),
        ("phone", ""),
        ("agentSourcedIds", ""),
        ("grades", "grades"),
        ("password", ""),
    ];
    let to = [("userMasterIdentifier", ""), ("primaryOrgSourcedId", "primaryOrg"), ("pronouns", "")];
    let kolonner = match versjon {
        "1.1" => med(&[&en[..], &felles[..]].concat()),
        _ => med(&[&en[..1], &felles[..], &to[..]].concat()),
    };
    tabell(&rader, &kolonner)
}

/// One row for each pupil and teacher; guardians of several children would need one for each.
fn roller(brukere: &[Value]) -> Rader {
    let rader: Vec<Value> = brukere
        .iter()
        .map(|bruker| {
            let mut rolle = rolle(bruker).clone();
            rolle["sourcedId"] = format!("rolle-{}", felt(&bruker["sourcedId"])).into();
            rolle["status"] = bruker["status"].clone();
            rolle["user"] = bruker["sourcedId"].clone();
            rolle["role"] = rolle["role"].as_str().unwrap_or_default().trim_start_matches("ext:").into();
            rolle
        })
        .collect();
    let kolonner = [
        ("userSourcedId", "user"),
        ("roleType", "roleType"),
        ("role", "role"),
        ("beginDate", "beginDate"),
        ("endDate", "endDate"),
        ("orgSourcedId", "org"),
        ("userProfileSourcedId", ""),
    ];
    tabell(&rader, &med(&kolonner))
}

fn tilknytninger(rader: &[Value]) -> Rader {
    let kolonner = [
        ("classSourcedId", "class"),
        ("schoolSourcedId", "school"),
        ("userSourcedId", "user"),
        ("role", "role"),
        ("primary", "primary"),
        ("beginDate", "beginDate"),
        ("endDate", "endDate"),
    ];
    tabell(rader, &med(&kolonner))
}
