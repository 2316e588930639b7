//! Rows as OneRoster writes them (all but users).

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{
    Metadataform, Samling, Tidsform, Utgave,
    tilstand::{Rad, Tilstand},
};
use crate::{
    generator::{Gruppetype, Klasse},
    klokke::iso,
};

/// An object of values that are moved into it; `json!` would copy each, and a page is a thousand rows.
pub(super) fn objekt<const N: usize>(felter: [(&str, Value); N]) -> Value {
    Value::Object(felter.into_iter().map(|(navn, verdi)| (navn.to_owned(), verdi)).collect())
}

/// How rows are to be written.
pub(super) struct Visning {
    /// The OneRoster base URL, for `href`.
    pub(super) url: String,
    pub(super) utgave: Utgave,
    pub(super) metadataform: Metadataform,
    pub(super) tidsform: Tidsform,
}

impl Visning {
    /// A time in the way that is asked for.
    pub(super) fn tid(&self, tid: Timestamp) -> String {
        match self.tidsform {
            Tidsform::Millis => iso(tid),
            Tidsform::Sekunder => tid.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            // Winter time all year: an offset need not be the one that people live by.
            Tidsform::Forskjov => {
                format!("{}+01:00", jiff::tz::offset(1).to_datetime(tid).strftime("%Y-%m-%dT%H:%M:%S.%3f"))
            }
            Tidsform::UtenSone => tid.strftime("%Y-%m-%dT%H:%M:%S.%3f").to_string(),
            Tidsform::Dato => tid.strftime("%Y-%m-%d").to_string(),
        }
    }

    /// A GUIDRef.
    pub(super) fn ref_til(&self, samling: Samling, id: Uuid) -> Value {
        objekt([
            ("href", Value::String(format!("{}/{}/{id}", self.url, samling.sti()))),
            ("sourcedId", Value::String(id.to_string())),
            ("type", json!(samling.entall())),
        ])
    }

    /// Metadata keys below `onedhub`, flat or nested.
    pub(super) fn onedhub<const N: usize>(&self, par: [(&str, Value); N]) -> Value {
        match self.metadataform {
            Metadataform::Flat => Value::Object(par.into_iter().map(|(n, v)| (format!("onedhub.{n}"), v)).collect()),
            Metadataform::Nestet => {
                json!({"onedhub": par.into_iter().map(|(n, v)| (n.to_owned(), v)).collect::<Map<_, _>>()})
            }
        }
    }
}

impl Tilstand {
    /// One row, if the collection's entity has it.
    pub(super) fn vis(&self, samling: Samling, id: Uuid, v: &Visning) -> Option<Value> {
        match samling {
            Samling::Orgs | Samling::Schools => self.vis_org(id, v),
            Samling::AcademicSessions | Samling::Terms | Samling::GradingPeriods => self.vis_periode(id, v),
            Samling::Courses => self.vis_kull(id, v),
            Samling::Classes => Some(self.vis_klasse(self.klasser.get(&id)?, v)),
            Samling::Users | Samling::Students | Samling::Teachers => self.vis_bruker(id, v),
            Samling::Enrollments => self.vis_paamelding(id, v),
            Samling::Demographics => self.vis_demografi(id, v),
        }
    }

    fn vis_org(&self, id: Uuid, v: &Visning) -> Option<Value> {
        let dato = v.tid(self.eier.endret);
        if id == self.eier.id {
            let barn: Vec<Value> = self.skoler.keys().map(|s| v.ref_til(Samling::Orgs, *s)).collect();
            return Some(json!({
                "sourcedId": id, "status": "active", "dateLastModified": dato,
                "name": self.eier.navn, "type": "district", "identifier": self.eier.orgnr,
                "children": barn, "metadata": {"key": self.eier.domene},
            }));
        }
        let skole = self.skoler.get(&id)?;
        let mut metadata = json!({
            "key": self.eier.domene, "ownership": "Offentlig", "shortName": skole.navn, "city": self.eier.navn,
        });
        // The older interface carried VIGO's number; today's documentation of 1.2 does not name it.
        if v.utgave == Utgave::V1p1
            && let Some(nummer) = &skole.skolenummer
        {
            metadata["vigoId"] = json!(nummer);
        }
        Some(json!({
            "sourcedId": id, "status": "active", "dateLastModified": dato,
            "name": skole.navn, "type": "school", "identifier": skole.orgnr,
            "parent": v.ref_til(Samling::Orgs, self.eier.id), "metadata": metadata,
        }))
    }

    fn vis_periode(&self, id: Uuid, v: &Visning) -> Option<Value> {
        let (ar, neste) = (self.eier.skolear, self.eier.skolear + 1);
        let (tittel, fra, til, type_) = if id == self.skolear_id() {
            (format!("Skoleåret {ar}/{neste}"), format!("{ar}-08-01"), format!("{neste}-08-01"), "schoolYear")
        } else if id == self.termin_id(1) {
            (format!("1. termin {ar}/{neste}"), format!("{ar}-08-01"), format!("{neste}-01-15"), "term")
        } else if id == self.termin_id(2) {
            (format!("2. termin {ar}/{neste}"), format!("{neste}-01-15"), format!("{neste}-08-01"), "term")
        } else {
            return None;
        };
        let mut periode = json!({
            "sourcedId": id, "status": "active", "dateLastModified": v.tid(self.eier.endret),
            "title": tittel, "startDate": fra, "endDate": til, "type": type_, "schoolYear": neste.to_string(),
            "metadata": v.onedhub([("org", json!(self.eier.id)), ("status", json!("active"))]),
        });
        if type_ == "term" {
            periode["parent"] = v.ref_til(Samling::AcademicSessions, self.skolear_id());
        } else {
            let terminer = [1, 2].map(|nr| v.ref_til(Samling::AcademicSessions, self.termin_id(nr)));
            periode["children"] = json!(terminer);
        }
        Some(periode)
    }

    /// A course is a cohort: all who began first grade the same year.
    fn vis_kull(&self, id: Uuid, v: &Visning) -> Option<Value> {
        let trinn = (1..=10u8).find(|t| self.kull_id(*t) == id)?;
        let forste_ar = self.eier.skolear - i16::from(trinn) + 1;
        Some(json!({
            "sourcedId": id, "status": "active", "dateLastModified": v.tid(self.eier.endret),
            "title": format!("Kull {forste_ar}"), "courseCode": forste_ar.to_string(), "grades": [trinn.to_string()],
            "schoolYear": v.ref_til(Samling::AcademicSessions, self.skolear_id()),
            "org": v.ref_til(Samling::Orgs, self.eier.id),
            "metadata": v.onedhub([("initialYear", json!(forste_ar))]),
        }))
    }

    fn vis_klasse(&self, rad: &Rad<Klasse>, v: &Visning) -> Value {
        let klasse = &rad.data;
        let terminer = [1, 2].map(|nr| v.ref_til(Samling::AcademicSessions, self.termin_id(nr)));
        let er_klasse = klasse.gruppetype == Gruppetype::Klasse;
        json!({
            "sourcedId": klasse.id, "status": status(rad.slettet), "dateLastModified": v.tid(rad.endret),
            "title": klasse.kode, "classCode": klasse.kode,
            "classType": if er_klasse { "homeroom" } else { "scheduled" },
            "grades": [klasse.trinn.to_string()],
            "course": v.ref_til(Samling::Courses, self.kull_id(klasse.trinn)),
            "school": v.ref_til(Samling::Orgs, klasse.skole),
            "terms": terminer,
            "metadata": {"groupType": klasse.gruppetype.vigilo(), "parentGroups": []},
        })
    }

    fn vis_paamelding(&self, id: Uuid, v: &Visning) -> Option<Value> {
        let rad = self.paameldinger.get(&id)?;
        let p = &rad.data;
        let mut paamelding = objekt([
            ("sourcedId", Value::String(id.to_string())),
            ("status", json!(status(rad.slettet))),
            ("dateLastModified", Value::String(v.tid(rad.endret))),
            ("user", v.ref_til(Samling::Users, p.bruker)),
            ("class", v.ref_til(Samling::Classes, p.klasse)),
            ("school", v.ref_til(Samling::Orgs, p.skole)),
            ("role", json!(p.rolle)),
            ("beginDate", Value::String(p.fra.to_string())),
            ("endDate", Value::String(p.til.to_string())),
        ]);
        if p.rolle == "teacher" {
            paamelding["primary"] = json!("true");
        }
        Some(paamelding)
    }
}

pub(super) fn status(slettet: bool) -> &'static str {
    if slettet { "tobedeleted" } else { "active" }
}
