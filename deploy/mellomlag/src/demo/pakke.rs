//! A package for the school that hands in packages: what its school system would have written, for a person to hand in.

use super::eksempel::{self, Demoskole};
use anyhow::{Context, Result};
use simulators::generator::Kommune;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

/// What the package holds, each file whole.
const FILER: [&str; 5] = ["orgs", "academicSessions", "classes", "users", "enrollments"];

/// OneRoster CSV 1.1 with everything there is at the school, zipped.
pub fn hel(sannhet: &Kommune, skole: &Demoskole) -> Result<Vec<u8>> {
    let mut manifest = vec![rad(["propertyName", "value"]), rad(["manifest.version", "1.0"])];
    manifest.push(rad(["oneroster.version", "1.1"]));
    manifest.extend(FILER.map(|fil| vec![format!("file.{fil}"), "bulk".to_owned()]));
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (navn, rader) in [("manifest", manifest)].into_iter().chain(FILER.into_iter().zip(filer(sannhet, skole)?)) {
        zip.start_file(format!("{navn}.csv"), SimpleFileOptions::default())?;
        let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        for rad in rader {
            csv.write_record(rad)?;
        }
        zip.write_all(&csv.into_inner().context("a package is written to memory")?)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The rows of each file, in the order of [`FILER`].
fn filer(sannhet: &Kommune, skole: &Demoskole) -> Result<[Vec<Vec<String>>; 5]> {
    let id = sannhet.skoler.iter().find(|s| s.navn == skole.navn).context("the demo has the school")?.id.to_string();
    let (start, slutt) = (sannhet.skolear.to_string(), (sannhet.skolear + 1).to_string());
    let mut orgs = kolonner("name,type,identifier,parentSourcedId");
    orgs.push(rad([&id, "", "", skole.navn, "school", &skole.organisasjonsnummer()?, ""]));
    let mut ar = kolonner("title,type,startDate,endDate,parentSourcedId,schoolYear");
    let (fra, til) = (format!("{start}-08-01"), format!("{slutt}-08-01"));
    ar.push(rad(["skolear", "", "", &format!("{start}-{slutt}"), "schoolYear", &fra, &til, "", &slutt]));
    let mut klasser = kolonner(
        "title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,\
         subjectCodes,periods",
    );
    for klasse in sannhet.klasser.iter().filter(|k| k.skole.to_string() == id) {
        let (egen, kode) = (klasse.id.to_string(), klasse.kode.as_str());
        klasser.push(rad([&egen, "", "", kode, "10", "", kode, "homeroom", "", &id, "skolear", "", "", ""]));
    }
    let mut brukere =
        kolonner("enabledUser,orgSourcedIds,role,username,givenName,middleName,familyName,identifier,grades");
    let mut innmeldinger = kolonner("classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate");
    for (nr, elev) in eksempel::ved(sannhet, skole.navn).into_iter().enumerate() {
        let (bruker, brukernavn, trinn) = (elev.id.to_string(), format!("elev{nr}"), elev.trinn.to_string());
        let (mellom, nummer) = (elev.mellomnavn.as_deref().unwrap_or(""), elev.nummer.as_deref().unwrap_or(""));
        let felter = [&bruker, "", "", "true", &id, "student", &brukernavn];
        brukere.push([&rad(felter)[..], &rad([&elev.fornavn, mellom, &elev.etternavn, nummer, &trinn])].concat());
        if let Some(klasse) = elev.klasse {
            let (egen, klasse) = (format!("i{nr}"), klasse.to_string());
            innmeldinger.push(rad([&egen, "", "", &klasse, &id, &bruker, "student", "", "", ""]));
        }
    }
    Ok([orgs, ar, klasser, brukere, innmeldinger])
}

/// The first row of a file: what every object has, and these.
fn kolonner(egne: &str) -> Vec<Vec<String>> {
    let felles = ["sourcedId", "status", "dateLastModified"];
    vec![felles.into_iter().chain(egne.split(',')).map(str::to_owned).collect()]
}

fn rad<const N: usize>(felter: [&str; N]) -> Vec<String> {
    felter.map(str::to_owned).to_vec()
}
