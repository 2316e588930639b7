//! Objects out of rows: their spelling on one side, the normalised model on the other.
//!
//! Every tolerance that is used leaves a remark. What cannot be understood without guessing is refused with its column.
//! Nothing here panics, whatever arrives, and no text made here holds a value from a row.

mod bruker;
mod dato;
mod felter;

pub(crate) use bruker::nummerfeil;
pub(crate) use felter::{Avvisning, Merknader};

use crate::config::{Klassefilter, Nummersted};
use crate::fil::Fil;
use crate::indeks::{Indeks, Rolle};
use crate::pakke::Modus;
use crate::rapport::Kode;
use crate::tabell::{Hode, Rad};
use felter::{Felter, avvis};
use flow::Observed;
use identitet::Organisasjonsnummer;
use oneroster::{AcademicSession, Class, Enrollment, Kildeid, Objekt, Org, Status};

/// What is needed to read rows, beside the rows.
pub(crate) struct Leser<'a> {
    pub(crate) nummersteder: &'a [Nummersted],
    pub(crate) klassefilter: Klassefilter,
    /// Whether roles stand in `roles.csv`.
    pub(crate) roller_i_fil: bool,
    pub(crate) indeks: &'a Indeks,
}

/// What became of one row.
#[derive(Debug)]
pub(crate) enum Utfall {
    /// An object of ours.
    Objekt(Observed),
    /// The grades of a course.
    Kurs(Vec<String>),
    /// A role, by the user's id.
    Rolle(String, Rolle),
    /// It is readable and not ours: a teacher, a group that is no class.
    Utenfor,
}

impl Leser<'_> {
    /// Reads one row.
    pub(crate) fn les(
        &self,
        (fil, modus): (Fil, Modus),
        hode: &Hode,
        rad: &Rad,
        merknader: &mut Merknader,
    ) -> Result<Utfall, Avvisning> {
        for (er, kode) in
            [(rad.tomme_rader > 0, Kode::TomRad), (rad.tomme_felt, Kode::TommeFelt), (rad.rart_sitat, Kode::Sitattegn)]
        {
            if er {
                merknader.push((kode, None));
            }
        }
        let felter = match &rad.felter {
            Ok(felter) => felter,
            Err((kode, plass)) => {
                let kolonne = plass.and_then(|plass| fil.kolonner().find(|navn| hode.plass(navn) == Some(plass)));
                return Err(Avvisning { kode: *kode, kolonne });
            }
        };
        let f = &mut Felter { modus, hode, felter, merknader };
        let objekt = match fil {
            Fil::Manifest => return Ok(Utfall::Utenfor),
            Fil::Courses => {
                f.sourced_id()?;
                return Ok(Utfall::Kurs(f.liste("grades")?.into_iter().map(String::from).collect()));
            }
            Fil::Roles => return self.rolle(f),
            Fil::Orgs => Some(Objekt::Org(self.org(f)?)),
            Fil::AcademicSessions => Some(Objekt::AcademicSession(okt(f)?)),
            Fil::Classes => self.class(f)?.map(Objekt::Class),
            Fil::Users => self.user(f)?.map(Objekt::User),
            Fil::Enrollments => self.enrollment(f)?.map(Objekt::Enrollment),
        };
        let Some(objekt) = objekt else { return Ok(Utfall::Utenfor) };
        Ok(Utfall::Objekt(Observed { status: f.status()?, modified: f.endret(), objekt: objekt.into() }))
    }

    fn org(&self, f: &mut Felter<'_>) -> Result<Org, Avvisning> {
        let sourced_id = f.sourced_id()?;
        let r#type = match f.tekst("type")? {
            None => return avvis(Kode::ManglerType, "type"),
            Some(slag) if f.er(slag, "school", "type") => "school".to_owned(),
            Some(slag) => slag.to_owned(),
        };
        let name = f.komponert("name")?;
        if name.is_none() {
            f.merk(Kode::ManglerNavn, "name");
        }
        let vigo_id = f.metadata(|navn| matches!(navn.rsplit('.').next(), Some("vigoid" | "skolenummer")))?;
        if vigo_id.is_some_and(|id| id.len() < 5 && id.bytes().all(|b| b.is_ascii_digit())) {
            f.merk(Kode::SkolenummerNuller, "metadata");
        }
        let identifier = f.tekst("identifier")?;
        if let Some(id) = identifier.filter(|_| r#type == "school") {
            let bare_sifre = id.bytes().all(|b| b.is_ascii_digit());
            if bare_sifre && id.len() < 5 {
                f.merk(Kode::SkolenummerNuller, "identifier");
            } else if !(bare_sifre && id.len() == 5) && id.parse::<Organisasjonsnummer>().is_err() {
                f.merk(Kode::UgyldigOrgnr, "identifier");
            }
        }
        let parent = f.referanse("parentSourcedId")?;
        Ok(Org {
            sourced_id,
            name: name.unwrap_or_default(),
            r#type,
            identifier: identifier.map(String::from),
            vigo_id: vigo_id.map(String::from),
            parent,
        })
    }

    /// A class, or `None` where it is another kind of group.
    fn class(&self, f: &mut Felter<'_>) -> Result<Option<Class>, Avvisning> {
        if !self.er_klasse(f)? {
            return Ok(None);
        }
        let class_code = f.komponert("classCode")?;
        let title = match (f.komponert("title")?, &class_code) {
            (Some(title), _) => title,
            (None, Some(kode)) => kode.clone(),
            (None, None) => return avvis(Kode::ManglerTittel, "title"),
        };
        let mut grades: Vec<String> = f.liste("grades")?.into_iter().map(String::from).collect();
        if grades.is_empty()
            && let Some(kurs) = f.tekst("courseSourcedId")?
        {
            grades = self.indeks.kurstrinn(kurs).to_vec();
        }
        let school = f.krev_referanse("schoolSourcedId")?;
        self.sjekk_skole(f, &school, "schoolSourcedId");
        let terms: Vec<Kildeid> = f.liste("termSourcedIds")?.into_iter().map(Kildeid::from).collect();
        for okt in &terms {
            self.sjekk(f, Fil::AcademicSessions, okt, "termSourcedIds");
        }
        Ok(Some(Class { sourced_id: f.sourced_id()?, title, class_code, school, terms, grades }))
    }

    fn er_klasse(&self, f: &mut Felter<'_>) -> Result<bool, Avvisning> {
        match self.klassefilter {
            Klassefilter::Alle => Ok(true),
            Klassefilter::Homeroom => match f.tekst("classType")? {
                Some(slag) => Ok(f.er(slag, "homeroom", "classType")),
                None => {
                    f.merk(Kode::ManglerKlassetype, "classType");
                    Ok(true)
                }
            },
            Klassefilter::GroupType => match f.metadata(|navn| navn.rsplit('.').next() == Some("grouptype"))? {
                Some(slag) => Ok(f.er(slag, "Class", "metadata")),
                None => avvis(Kode::ManglerGruppetype, "metadata"),
            },
        }
    }

    /// A pupil's membership, or `None` where it is someone else's.
    fn enrollment(&self, f: &mut Felter<'_>) -> Result<Option<Enrollment>, Avvisning> {
        match f.tekst("role")? {
            Some(rolle) if bruker::er_elev(f, rolle, "role") => {}
            Some(_) => return Ok(None),
            None => return avvis(Kode::ManglerRolle, "role"),
        }
        let sourced_id = f.sourced_id()?;
        let user = f.krev_referanse("userSourcedId")?;
        let class = f.krev_referanse("classSourcedId")?;
        let school = f.krev_referanse("schoolSourcedId")?;
        self.sjekk(f, Fil::Users, &user, "userSourcedId");
        self.sjekk(f, Fil::Classes, &class, "classSourcedId");
        self.sjekk_skole(f, &school, "schoolSourcedId");
        let (begin_date, end_date) = (f.dato("beginDate")?, f.dato("endDate")?);
        Ok(Some(Enrollment { sourced_id, user, class, school, begin_date, end_date }))
    }

    fn rolle(&self, f: &mut Felter<'_>) -> Result<Utfall, Avvisning> {
        let bruker = f.krev_referanse("userSourcedId")?.inn();
        let er_elev = match f.tekst("role")? {
            None => return avvis(Kode::ManglerRolle, "role"),
            Some(rolle) => bruker::er_elev(f, rolle, "role"),
        };
        if f.modus == Modus::Delta && !self.indeks.kjenner(Fil::Users, &bruker) {
            return avvis(Kode::DeltaUtenBruker, "userSourcedId");
        }
        let borte = f.status()? == Status::Tobedeleted;
        if !er_elev {
            return Ok(Utfall::Rolle(bruker, Rolle::Andre));
        }
        if borte {
            return Ok(Utfall::Rolle(bruker, Rolle::Oppgitt));
        }
        let org = f.krev_referanse("orgSourcedId")?;
        self.sjekk_skole(f, &org, "orgSourcedId");
        let primary = match f.tekst("roleType")? {
            None => true,
            Some(slag) => f.er(slag, "primary", "roleType"),
        };
        let (begin_date, end_date) = (f.dato("beginDate")?, f.dato("endDate")?);
        Ok(Utfall::Rolle(bruker, Rolle::Elev(oneroster::Role { org, primary, begin_date, end_date })))
    }

    fn sjekk_skole(&self, f: &mut Felter<'_>, org: &Kildeid, kolonne: &'static str) {
        self.sjekk(f, Fil::Orgs, org, kolonne);
    }

    /// Notes a reference to what is not in the package, where the package should have all there is.
    fn sjekk(&self, f: &mut Felter<'_>, til: Fil, id: &Kildeid, kolonne: &'static str) {
        if f.modus == Modus::Bulk && self.indeks.mangler(til, id.vis()) {
            f.merk(Kode::UkjentReferanse, kolonne);
        }
    }
}

fn okt(f: &mut Felter<'_>) -> Result<AcademicSession, Avvisning> {
    let sourced_id = f.sourced_id()?;
    let r#type = match f.tekst("type")? {
        None => return avvis(Kode::ManglerType, "type"),
        Some(slag) if f.er(slag, "schoolYear", "type") => "schoolYear".to_owned(),
        Some(slag) => slag.to_owned(),
    };
    Ok(AcademicSession {
        sourced_id,
        title: f.komponert("title")?.unwrap_or_default(),
        r#type,
        start_date: f.dato("startDate")?,
        end_date: f.dato("endDate")?,
        school_year: f.tekst("schoolYear")?.map(String::from),
    })
}
