//! Reading single fields, with the tolerances that apply to all of them.

use super::{tid, trinn};
use crate::profil::Profil;
use flow::Finding;
use jiff::{Timestamp, civil::Date};
use oneroster::{Kildeid, Status};
use serde_json::{Map, Value};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// A JSON object.
pub(super) type Objekt = Map<String, Value>;

/// Why a row is refused: a stable code, and the field's path inside the row.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Avvisning {
    pub(super) code: &'static str,
    pub(super) sti: String,
}

/// What a reference may say that it is to. It is the kind of thing, never what sort of school it is.
const REFERANSETYPER: [&str; 8] =
    ["org", "user", "class", "course", "academicSession", "resource", "student", "teacher"];

pub(super) fn avvis<T>(code: &'static str, sti: impl Into<String>) -> Result<T, Avvisning> {
    Err(Avvisning { code, sti: sti.into() })
}

/// Puts the place of an inner object before the path of what was refused in it.
pub(super) fn under<T>(sti: &str, lest: Result<T, Avvisning>) -> Result<T, Avvisning> {
    lest.map_err(|Avvisning { code, sti: indre }| Avvisning { code, sti: format!("{sti}.{indre}") })
}

/// Reads the rows of one collection and notes the tolerances used.
pub(super) struct Leser<'a> {
    pub(super) profil: &'a Profil,
    pub(super) samling: &'static str,
    pub(super) findings: &'a mut Vec<Finding>,
}

impl Leser<'_> {
    pub(super) fn funn(&mut self, code: &'static str) {
        self.findings.push(Finding { code, samling: self.samling });
    }

    /// The field's value; null is the same as absent.
    fn verdi<'v>(&mut self, objekt: &'v Objekt, felt: &str) -> Option<&'v Value> {
        match objekt.get(felt) {
            Some(Value::Null) => {
                self.funn("null-for-absent");
                None
            }
            verdi => verdi,
        }
    }

    /// A text as the source spells it. A text of nothing but spaces is absent. Numbers are taken with their digits as
    /// they stand: a leading zero that is lost is lost, and found later.
    pub(super) fn tekst(&mut self, objekt: &Objekt, felt: &str) -> Result<Option<String>, Avvisning> {
        match self.verdi(objekt, felt) {
            None => Ok(None),
            Some(verdi) => self.som_tekst(verdi).map_or_else(|| avvis("wrong-type", felt), Ok),
        }
    }

    /// A text for people: names, titles, class codes. One letter has one form here, whatever the source's keyboard made of
    /// it; an id is never touched.
    pub(super) fn skrift(&mut self, objekt: &Objekt, felt: &str) -> Result<Option<String>, Avvisning> {
        let tekst = self.tekst(objekt, felt)?;
        Ok(tekst.map(|tekst| {
            if is_nfc(&tekst) {
                return tekst;
            }
            self.funn("not-nfc");
            tekst.nfc().collect()
        }))
    }

    /// Grades, written as ours where they are numbers and as the source has them where not.
    pub(super) fn trinn(&mut self, objekt: &Objekt) -> Result<Vec<String>, Avvisning> {
        let mut grades = self.tekster(objekt, "grades")?;
        for grade in &mut grades {
            let lest = trinn::les(grade).map(|tall| tall.to_string());
            if let Some(lest) = lest.filter(|lest| lest != grade) {
                self.funn("grade-spelling");
                *grade = lest;
            }
        }
        Ok(grades)
    }

    /// `None`: not a text. `Some(None)`: a text without content.
    pub(super) fn som_tekst(&mut self, verdi: &Value) -> Option<Option<String>> {
        match verdi {
            Value::String(tekst) if tekst.trim().is_empty() => Some(None),
            Value::String(tekst) => Some(Some(tekst.clone())),
            Value::Number(tall) => {
                self.funn("number-for-text");
                Some(Some(tall.to_string()))
            }
            _ => None,
        }
    }

    /// A text that must be there.
    pub(super) fn krev(
        &mut self,
        objekt: &Objekt,
        felt: &'static str,
        code: &'static str,
    ) -> Result<String, Avvisning> {
        self.tekst(objekt, felt)?.map_or_else(|| avvis(code, felt), Ok)
    }

    /// The row's own id.
    pub(super) fn sourced_id(&mut self, objekt: &Objekt) -> Result<Kildeid, Avvisning> {
        self.krev(objekt, "sourcedId", "missing-sourced-id").map(Kildeid::new)
    }

    /// The elements of a list; one value without a list around it is a list of one.
    pub(super) fn liste<'v>(&mut self, objekt: &'v Objekt, felt: &str) -> &'v [Value] {
        match self.verdi(objekt, felt) {
            None => &[],
            Some(Value::Array(liste)) => liste,
            Some(en) => {
                self.funn("single-for-list");
                std::slice::from_ref(en)
            }
        }
    }

    /// A list of texts; elements without content are left out.
    pub(super) fn tekster(&mut self, objekt: &Objekt, felt: &str) -> Result<Vec<String>, Avvisning> {
        let mut tekster = Vec::new();
        for (i, verdi) in self.liste(objekt, felt).iter().enumerate() {
            match self.som_tekst(verdi) {
                Some(tekst) => tekster.extend(tekst),
                None if verdi.is_null() => self.funn("null-for-absent"),
                None => return avvis("wrong-type", format!("{felt}[{i}]")),
            }
        }
        Ok(tekster)
    }

    /// A reference to another object.
    pub(super) fn referanse(&mut self, objekt: &Objekt, felt: &str) -> Result<Option<Kildeid>, Avvisning> {
        match self.verdi(objekt, felt) {
            None => Ok(None),
            Some(verdi) => self.som_referanse(verdi, felt).map(Some),
        }
    }

    /// A reference that must be there.
    pub(super) fn krev_referanse(&mut self, objekt: &Objekt, felt: &str) -> Result<Kildeid, Avvisning> {
        self.referanse(objekt, felt)?.map_or_else(|| avvis("missing-reference", felt), Ok)
    }

    /// A list of references.
    pub(super) fn referanser(&mut self, objekt: &Objekt, felt: &str) -> Result<Vec<Kildeid>, Avvisning> {
        let liste = self.liste(objekt, felt);
        liste.iter().enumerate().map(|(i, verdi)| self.som_referanse(verdi, &format!("{felt}[{i}]"))).collect()
    }

    /// References come with `href`, `sourcedId` and `type`; only the id is needed, and any `type` will do.
    fn som_referanse(&mut self, verdi: &Value, sti: &str) -> Result<Kildeid, Avvisning> {
        let Value::Object(referanse) = verdi else {
            self.funn("reference-as-text");
            return self.som_tekst(verdi).flatten().map_or_else(|| avvis("missing-reference", sti), |id| Ok(id.into()));
        };
        if !matches!(referanse.get("href"), Some(Value::String(_))) {
            self.funn("reference-without-href");
        }
        if referanse.get("type").and_then(Value::as_str).is_some_and(|t| !REFERANSETYPER.contains(&t)) {
            self.funn("reference-type");
        }
        under(sti, self.krev(referanse, "sourcedId", "missing-reference")).map(Kildeid::new)
    }

    /// A day. An end day that cannot be read would make a pupil who has left look like one who has not: refused.
    pub(super) fn dato(&mut self, objekt: &Objekt, felt: &str) -> Result<Option<Date>, Avvisning> {
        let Some(tekst) = self.tekst(objekt, felt)? else { return Ok(None) };
        match tid::dato(tekst.trim()) {
            Some((dato, funn)) => {
                funn.into_iter().for_each(|code| self.funn(code));
                Ok(Some(dato))
            }
            None => avvis("unreadable-date", felt),
        }
    }

    /// A moment that is only a hint: absent where it cannot be read.
    pub(super) fn tidspunkt(&mut self, objekt: &Objekt, felt: &str) -> Option<Timestamp> {
        let tekst = self.tekst(objekt, felt).ok().flatten()?;
        let lest = tid::tidspunkt(tekst.trim());
        match &lest {
            Some((_, funn)) => funn.iter().for_each(|code| self.funn(code)),
            None => self.funn("unreadable-timestamp"),
        }
        lest.map(|(tid, _)| tid)
    }

    /// Whether a word of a vocabulary is this one; capitals and spaces around it are forgiven.
    pub(super) fn er(&mut self, tekst: &str, ordet: &str) -> bool {
        let likt = tekst.trim().eq_ignore_ascii_case(ordet);
        if likt && tekst != ordet {
            self.funn("vocabulary-spelling");
        }
        likt
    }

    /// `status`. Absent is in use; OneRoster 1.0's `inactive` is to be deleted; anything else is not guessed at.
    pub(super) fn status(&mut self, objekt: &Objekt) -> Result<Status, Avvisning> {
        match self.tekst(objekt, "status")? {
            None => {
                self.funn("missing-status");
                Ok(Status::Active)
            }
            Some(status) if self.er(&status, "active") => Ok(Status::Active),
            Some(status) if self.er(&status, "tobedeleted") => Ok(Status::Tobedeleted),
            Some(status) if self.er(&status, "inactive") => {
                self.funn("status-inactive");
                Ok(Status::Tobedeleted)
            }
            Some(_) => avvis("unknown-status", "status"),
        }
    }

    /// A supplier's own field: `metadata` with the key as it is, with OnEdHub's prefix, or nested under that prefix.
    pub(super) fn metadata<'v>(&mut self, objekt: &'v Objekt, felt: &str) -> Option<&'v Value> {
        let Some(Value::Object(metadata)) = self.verdi(objekt, "metadata") else { return None };
        let nostet = || metadata.get("onedhub").and_then(Value::as_object).and_then(|o| o.get(felt));
        metadata
            .get(&format!("onedhub.{felt}"))
            .or_else(|| metadata.get(felt))
            .or_else(nostet)
            .filter(|verdi| !verdi.is_null())
    }
}
