//! `orgs`, `academicSessions`, `classes` and `enrollments`.

use super::felter::{Avvisning, Leser, Objekt, avvis};
use crate::profil::Klassefilter;
use oneroster::{AcademicSession, Class, Enrollment, Org};
use serde_json::Value;

impl Leser<'_> {
    pub(super) fn org(&mut self, rad: &Objekt) -> Result<Org, Avvisning> {
        let vigo_id = match self.metadata(rad, "vigoId") {
            None => None,
            Some(verdi) => self.som_tekst(verdi).map_or_else(|| avvis("wrong-type", "metadata.vigoId"), Ok)?,
        };
        Ok(Org {
            sourced_id: self.sourced_id(rad)?,
            name: self.tittel(rad, "name", "missing-name")?,
            r#type: self.krev(rad, "type", "missing-type")?,
            identifier: trimmet(self.tekst(rad, "identifier")?),
            vigo_id: trimmet(vigo_id),
            parent: self.referanse(rad, "parent")?,
        })
    }

    pub(super) fn academic_session(&mut self, rad: &Objekt) -> Result<AcademicSession, Avvisning> {
        Ok(AcademicSession {
            sourced_id: self.sourced_id(rad)?,
            title: self.tittel(rad, "title", "missing-title")?,
            r#type: self.krev(rad, "type", "missing-type")?,
            start_date: self.dato(rad, "startDate")?,
            end_date: self.dato(rad, "endDate")?,
            school_year: trimmet(self.tekst(rad, "schoolYear")?),
        })
    }

    /// A class, or `None` where it is another kind of group.
    pub(super) fn class(&mut self, rad: &Objekt) -> Result<Option<Class>, Avvisning> {
        let er_klasse = match self.profil.klassefilter {
            Klassefilter::GroupType => self.er_klasse_etter_group_type(rad)?,
            Klassefilter::Homeroom => self.er_klasse_etter_class_type(rad)?,
        };
        if !er_klasse {
            return Ok(None);
        }
        let class_code = self.skrift(rad, "classCode")?;
        let title = match (self.skrift(rad, "title")?, &class_code) {
            (Some(title), _) => title,
            (None, Some(kode)) => {
                self.funn("missing-title");
                kode.clone()
            }
            (None, None) => return avvis("missing-title", "title"),
        };
        Ok(Some(Class {
            sourced_id: self.sourced_id(rad)?,
            title,
            class_code,
            school: self.krev_referanse(rad, "school")?,
            terms: self.referanser(rad, "terms")?,
            grades: self.trinn(rad)?,
        }))
    }

    /// Without a `groupType` a homeroom is still a class; for any other, guessing could put pupils in an after-school
    /// group's list.
    fn er_klasse_etter_group_type(&mut self, rad: &Objekt) -> Result<bool, Avvisning> {
        match self.metadata(rad, "groupType") {
            Some(Value::String(slag)) => Ok(self.er(slag, "Class")),
            Some(_) => avvis("wrong-type", "metadata.groupType"),
            None => match self.tekst(rad, "classType")? {
                Some(slag) if self.er(&slag, "homeroom") => {
                    self.funn("missing-group-type");
                    Ok(true)
                }
                _ => avvis("missing-group-type", "metadata.groupType"),
            },
        }
    }

    fn er_klasse_etter_class_type(&mut self, rad: &Objekt) -> Result<bool, Avvisning> {
        match self.tekst(rad, "classType")? {
            Some(slag) => Ok(self.er(&slag, "homeroom")),
            None => {
                self.funn("missing-class-type");
                Ok(true)
            }
        }
    }

    /// A pupil's membership, or `None` where it is someone else's.
    pub(super) fn enrollment(&mut self, rad: &Objekt) -> Result<Option<Enrollment>, Avvisning> {
        let rolle = self.krev(rad, "role", "missing-role")?;
        if !self.er_elev(&rolle) {
            return Ok(None);
        }
        Ok(Some(Enrollment {
            sourced_id: self.sourced_id(rad)?,
            user: self.krev_referanse(rad, "user")?,
            class: self.krev_referanse(rad, "class")?,
            school: self.krev_referanse(rad, "school")?,
            begin_date: self.dato(rad, "beginDate")?,
            end_date: self.dato(rad, "endDate")?,
        }))
    }

    /// A label for people; nothing is decided by it, so it may be missing.
    fn tittel(&mut self, rad: &Objekt, felt: &'static str, code: &'static str) -> Result<String, Avvisning> {
        Ok(self.skrift(rad, felt)?.unwrap_or_else(|| {
            self.funn(code);
            String::new()
        }))
    }
}

fn trimmet(tekst: Option<String>) -> Option<String> {
    tekst.map(|tekst| tekst.trim().to_owned())
}
