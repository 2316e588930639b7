//! OneRoster packages made in memory. All people in them are synthetic.

use identitet::{Grunnlag, tenor_nummer};
use std::fmt::Write as _;
use std::io::Write as _;
use zip::write::SimpleFileOptions;

/// A synthetic identity number, another for each `i`.
pub fn nummer(i: u16) -> String {
    let dag = u8::try_from(i % 28 + 1).unwrap();
    let mut individ = (500..1000).filter_map(|individ| tenor_nummer(Grunnlag::Fnr, 2010, 3, dag, individ));
    individ.nth(usize::from(i / 28)).unwrap().verdi().vis().clone()
}

pub fn zip(filer: &[(&str, String)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (navn, innhold) in filer {
        zip.start_file(*navn, SimpleFileOptions::default()).unwrap();
        zip.write_all(innhold.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn manifest(filer: &[(&str, &str)]) -> String {
    let mut ut = "propertyName,value\r\nmanifest.version,1.0\r\noneroster.version,1.1\r\n".to_owned();
    for (navn, modus) in filer {
        write!(ut, "file.{navn},{modus}\r\n").unwrap();
    }
    ut
}

fn brukere(elever: &[u16], fornavn: &str, status: &str) -> String {
    let mut ut = "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,givenName,familyName,identifier,grades\r\n".to_owned();
    for i in elever {
        write!(ut, "u{i},{status},,true,s1,student,b{i},{fornavn},Kanarifugl,{},10\r\n", nummer(*i)).unwrap();
    }
    ut
}

fn tilknytninger(elever: &[u16]) -> String {
    let mut ut = "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\r\n".to_owned();
    for i in elever {
        write!(ut, "m{i},,,c1,s1,u{i},student,,,\r\n").unwrap();
    }
    ut
}

/// The school, its year and its class: the same in every package.
fn rammer(orgnr: &str, startar: i16) -> [(&'static str, String); 3] {
    let slutt = startar + 1;
    [
        ("orgs.csv", format!("sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\r\ns1,,,Prøveskolen,school,{orgnr},\r\n")),
        (
            "academicSessions.csv",
            format!("sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\r\ny1,,,{startar}-{slutt},schoolYear,{startar}-08-01,{slutt}-08-01,,{slutt}\r\n"),
        ),
        (
            "classes.csv",
            "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\r\nc1,,,10A,10,,10A,homeroom,,s1,y1,,,\r\n".to_owned(),
        ),
    ]
}

const HELE: [&str; 3] = ["orgs", "academicSessions", "classes"];

/// Everything there is at one school: these pupils.
pub fn hel_ved(orgnr: &str, startar: i16, elever: &[u16]) -> Vec<u8> {
    let modus: Vec<_> = HELE.into_iter().chain(["users", "enrollments"]).map(|f| (f, "bulk")).collect();
    let mut filer = vec![("manifest.csv", manifest(&modus))];
    filer.extend(rammer(orgnr, startar));
    filer.extend([("users.csv", brukere(elever, "Åse", "")), ("enrollments.csv", tilknytninger(elever))]);
    zip(&filer)
}

/// The same at a school of the tests' own.
pub fn hel(elever: &[u16]) -> Vec<u8> {
    hel_ved("974738368", 2026, elever)
}

/// Schools and classes whole, and of the pupils only those that have changed: another given name.
pub fn blandet(endret: &[u16]) -> Vec<u8> {
    let modus: Vec<_> = HELE.into_iter().map(|f| (f, "bulk")).chain([("users", "delta")]).collect();
    let mut filer = vec![("manifest.csv", manifest(&modus))];
    filer.extend(rammer("974738368", 2026));
    filer.push(("users.csv", brukere(endret, "Kari", "active")));
    zip(&filer)
}
