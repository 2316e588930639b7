//! Packages made in memory, and readings of them to the end. All people in them are synthetic.
#![allow(dead_code, clippy::unwrap_used, reason = "each test file uses its part; a failure here is a failed test")]

use adapter_csv::{Config, Csvkilde, Pakke};
use flow::{Cursor, Kildeobjekt, Observed, Page, Progress, Refused, Source, Vannmerker};
use oneroster::{Objekt, User};
use std::io::Write;
use zip::write::SimpleFileOptions;

/// Files of a package, by name.
pub type Filer = Vec<(String, Vec<u8>)>;

pub fn config() -> Config {
    Config::parse("tenant = \"bergen\"\nkommunenummer = \"4601\"").unwrap()
}

pub fn zip(filer: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (navn, innhold) in filer {
        zip.start_file(navn.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(innhold).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub fn fil(navn: &str, innhold: &str) -> (String, Vec<u8>) {
    (navn.to_owned(), innhold.as_bytes().to_vec())
}

/// Replaces a file's content, or adds the file.
pub fn med(mut filer: Filer, navn: &str, innhold: impl AsRef<[u8]>) -> Filer {
    let innhold = innhold.as_ref().to_vec();
    match filer.iter_mut().find(|(n, _)| n == navn) {
        Some((_, gammelt)) => *gammelt = innhold,
        None => filer.push((navn.to_owned(), innhold)),
    }
    filer
}

pub fn uten(mut filer: Filer, navn: &str) -> Filer {
    filer.retain(|(n, _)| n != navn);
    filer
}

/// Replaces text in a file; it must be there.
pub fn bytt(filer: Filer, navn: &str, fra: &str, til: &str) -> Filer {
    let gammelt = String::from_utf8(filer.iter().find(|(n, _)| n == navn).unwrap().1.clone()).unwrap();
    assert!(gammelt.contains(fra), "{fra} in {navn}");
    med(filer, navn, gammelt.replacen(fra, til, 1))
}

pub fn manifest(versjon: &str, filer: &[(&str, &str)]) -> String {
    let hode = format!("propertyName,value\r\nmanifest.version,1.0\r\noneroster.version,{versjon}\r\n");
    let rader = filer.iter().map(|(navn, modus)| format!("file.{navn},{modus}\r\n"));
    hode + &rader.collect::<String>() + "source.systemName,Prøvesystemet\r\n"
}

const BULK: [(&str, &str); 6] = [
    ("orgs", "bulk"),
    ("academicSessions", "bulk"),
    ("courses", "bulk"),
    ("classes", "bulk"),
    ("users", "bulk"),
    ("enrollments", "bulk"),
];

const ORGS: &str = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\r\n\
    s1,,,Prøveskolen,school,974738368,k1\r\n\
    k1,,,Prøve kommune,district,,\r\n";
const OKTER: &str = "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\r\n\
    y1,,,2026-2027,schoolYear,2026-08-01,2027-08-01,,2027\r\n";
const KURS: &str = "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes\r\n\
    t10,,,y1,10. trinn,T10,10,s1,,\r\n";
const KLASSER: &str = "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\r\n\
    c1,,,10A,,t10,10A,homeroom,,s1,y1,,,\r\n\
    c2,,,Norsk 10A,10,t10,NOR,scheduled,,s1,y1,,,\r\n";
const TILKNYTNINGER: &str = "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\r\n\
    m1,,,c1,s1,u1,student,,2026-08-01,2027-08-01\r\n\
    m2,,,c1,s1,u2,student,,,\r\n\
    m3,,,c1,s1,u3,teacher,true,,\r\n";

pub const BRUKERE_1P1: &str = "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\r\n\
    u1,,,true,s1,student,asepro,{LDAP:12},Åse,Prøve,Bjørk,05820998865,,,,,10,\r\n\
    u2,,,true,\"s1,k1\",student,olapro,{FNR:14821150036},Ola,Prøve,,,,,,,10,\r\n\
    u3,,,true,s1,teacher,larpro,,Lærer,Prøve,,,,,,,,\r\n";

pub fn ren_1p1() -> Filer {
    vec![
        fil("manifest.csv", &manifest("1.1", &BULK)),
        fil("orgs.csv", ORGS),
        fil("academicSessions.csv", OKTER),
        fil("courses.csv", KURS),
        fil("classes.csv", KLASSER),
        fil("users.csv", BRUKERE_1P1),
        fil("enrollments.csv", TILKNYTNINGER),
    ]
}

pub fn ren_1p2() -> Filer {
    let brukere = "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns\r\n\
        u1,,,true,asepro,{LDAP:12},Åse,Prøve,Bjørk,05820998865,,,,,10,,,,,,s1,\r\n\
        u2,,,true,olapro,{FNR:14821150036},Ola,Prøve,,,,,,,10,,,,,,s1,\r\n\
        u3,,,true,larpro,,Lærer,Prøve,,,,,,,,,,,,,s1,\r\n";
    let roller = "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId\r\n\
        r1,,,u1,primary,student,2026-08-01,2027-08-01,s1,\r\n\
        r2,,,u2,primary,student,,,s1,\r\n\
        r3,,,u2,secondary,student,,,k1,\r\n\
        r4,,,u3,primary,teacher,,,s1,\r\n";
    let filer = [&BULK[..], &[("roles", "bulk")]].concat();
    let filer = med(ren_1p1(), "manifest.csv", manifest("1.2", &filer));
    med(med(filer, "users.csv", brukere), "roles.csv", roller)
}

pub fn apne(filer: &[(String, Vec<u8>)]) -> Csvkilde {
    Csvkilde::ny("csv", Pakke::apne(zip(filer), &config()).unwrap())
}

/// A reading to the end.
#[derive(Default, Debug)]
pub struct Lest {
    pub observed: Vec<Observed>,
    pub refused: Vec<Refused>,
    pub findings: Vec<&'static str>,
    pub typer: Vec<&'static str>,
    pub sider: usize,
}

impl Lest {
    fn ta_imot(&mut self, page: Page) -> Option<Cursor> {
        self.sider += 1;
        self.observed.extend(page.observed);
        self.refused.extend(page.refused);
        self.findings.extend(page.findings.into_iter().map(|f| f.code));
        match page.progress {
            Progress::More => Some(page.next),
            Progress::Complete(typer) => {
                self.typer = typer;
                None
            }
        }
    }

    pub fn brukere(&self) -> Vec<&User> {
        let bruker = |observed: &'_ Observed| matches!(&observed.objekt, Kildeobjekt::Roster(Objekt::User(_)));
        self.observed
            .iter()
            .filter(|o| bruker(o))
            .filter_map(|o| match &o.objekt {
                Kildeobjekt::Roster(Objekt::User(user)) => Some(user),
                _ => None,
            })
            .collect()
    }

    pub fn av_type(&self, typ: &str) -> Vec<&Observed> {
        self.observed.iter().filter(|o| o.objekt.typenavn() == typ).collect()
    }

    pub fn avvist(&self) -> Vec<(&str, &str)> {
        self.refused.iter().map(|r| (r.code, r.field.as_str())).collect()
    }
}

pub async fn les(kilde: &Csvkilde) -> Lest {
    let (mut lest, mut cursor) = (Lest::default(), Cursor::default());
    while let Some(neste) = lest.ta_imot(kilde.read(&cursor).await.unwrap()) {
        assert_ne!(neste, cursor, "a reading advances");
        cursor = neste;
    }
    lest
}

pub async fn endringer(kilde: &Csvkilde) -> Option<Lest> {
    let (mut lest, mut cursor) = (Lest::default(), Cursor::default());
    while let Some(neste) = lest.ta_imot(kilde.changes(&Vannmerker::new(), &cursor).await.unwrap()?) {
        cursor = neste;
    }
    Some(lest)
}

/// Codes of the report, each once, in order.
pub fn koder(kilde: &Csvkilde) -> Vec<&'static str> {
    kilde.rapport().antall.keys().copied().collect()
}
