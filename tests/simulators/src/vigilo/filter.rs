//! OneRoster's filter language: `field op 'value'`, at most two clauses.

use jiff::Timestamp;
use serde_json::Value;

use super::{Samling, Utgave, imsx::Avslag};

/// A parsed filter.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Filter {
    ledd: Vec<Ledd>,
    eller: bool,
}

#[derive(Debug, PartialEq, Eq)]
struct Ledd {
    sti: String,
    op: Op,
    verdi: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Op {
    Lik,
    Ulik,
    Storre,
    StorreLik,
    Mindre,
    MindreLik,
    Inneholder,
}

const OPER: [(&str, Op); 7] = [
    ("!=", Op::Ulik),
    (">=", Op::StorreLik),
    ("<=", Op::MindreLik),
    ("=", Op::Lik),
    (">", Op::Storre),
    ("<", Op::Mindre),
    ("~", Op::Inneholder),
];

impl Filter {
    /// Reads a filter and checks its fields against the collection.
    pub(super) fn les(tekst: &str, samling: Samling, utgave: Utgave) -> Result<Self, Avslag> {
        let (forste, rest) = les_ledd(tekst, samling, utgave)?;
        let Some((eller, rest)) = rest else { return Ok(Self { ledd: vec![forste], eller: false }) };
        let (andre, rest) = les_ledd(rest, samling, utgave)?;
        if rest.is_some() {
            return Err(Avslag::UgyldigSporring("filter: at most two clauses, joined by one AND or OR".into()));
        }
        Ok(Self { ledd: vec![forste, andre], eller })
    }

    /// Whether a row passes; `felt` gives all values at a path.
    pub(super) fn passer(&self, felt: impl Fn(&str) -> Vec<String>) -> bool {
        let mut svar = self.ledd.iter().map(|ledd| ledd.passer(&felt(&ledd.sti)));
        if self.eller { svar.any(|s| s) } else { svar.all(|s| s) }
    }
}

/// What follows a clause: whether the joining word was OR, and the text after it.
type Videre<'a> = Option<(bool, &'a str)>;

/// One clause, and what follows it.
fn les_ledd(tekst: &str, samling: Samling, utgave: Utgave) -> Result<(Ledd, Videre<'_>), Avslag> {
    let feil = || Avslag::UgyldigSporring("filter: expected field, operator and a value in single quotes".into());
    let slutt = tekst.find(['!', '=', '>', '<', '~']).ok_or_else(feil)?;
    let (sti, rest) = tekst.split_at(slutt);
    if sti.is_empty() || !sti.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '_') {
        return Err(feil());
    }
    if !samling.kan_filtreres(sti, utgave) {
        return Err(Avslag::UkjentFilterfelt(format!("filter: no such field in {}", samling.konvolutt())));
    }
    let (op, rest) =
        OPER.iter().find_map(|(tegn, op)| rest.strip_prefix(tegn).map(|rest| (*op, rest))).ok_or_else(feil)?;
    let rest = rest.strip_prefix('\'').ok_or_else(feil)?;
    // A quote before a letter (O'Brien) is part of the value; the end is followed by nothing or by a joining word.
    for (i, _) in rest.match_indices('\'') {
        let etter = &rest[i + 1..];
        let videre = if etter.is_empty() {
            None
        } else if let Some(neste) = etter.strip_prefix(" AND ") {
            Some((false, neste))
        } else if let Some(neste) = etter.strip_prefix(" OR ") {
            Some((true, neste))
        } else if etter.starts_with(char::is_alphanumeric) {
            continue;
        } else {
            return Err(feil());
        };
        let ledd = Ledd { sti: sti.to_owned(), op, verdi: rest[..i].to_owned() };
        if sti == "dateLastModified" && ledd.verdi.parse::<Timestamp>().is_err() {
            return Err(Avslag::UgyldigSporring("filter: dateLastModified needs an ISO 8601 time with a zone".into()));
        }
        return Ok((ledd, videre));
    }
    Err(feil())
}

impl Ledd {
    fn passer(&self, verdier: &[String]) -> bool {
        match self.op {
            Op::Ulik => verdier.iter().all(|v| *v != self.verdi),
            _ => verdier.iter().any(|v| self.passer_en(v)),
        }
    }

    fn passer_en(&self, verdi: &str) -> bool {
        use std::cmp::Ordering::{Equal, Greater, Less};
        if self.op == Op::Inneholder {
            return verdi.contains(&self.verdi);
        }
        let orden = match (verdi.parse::<Timestamp>(), self.verdi.parse::<Timestamp>()) {
            (Ok(a), Ok(b)) => a.cmp(&b),
            _ => verdi.cmp(self.verdi.as_str()),
        };
        match self.op {
            Op::Lik => orden == Equal,
            Op::Storre => orden == Greater,
            Op::StorreLik => orden != Less,
            Op::Mindre => orden == Less,
            Op::MindreLik => orden != Greater,
            Op::Ulik | Op::Inneholder => false,
        }
    }
}

/// All values at a dotted path; lists are walked through, and a key may itself contain dots.
pub(super) fn verdier(rad: &Value, sti: &str) -> Vec<String> {
    match rad {
        Value::Array(liste) => liste.iter().flat_map(|v| verdier(v, sti)).collect(),
        _ if sti.is_empty() => match rad {
            Value::String(s) => vec![s.clone()],
            Value::Null | Value::Object(_) => Vec::new(),
            annen => vec![annen.to_string()],
        },
        Value::Object(felter) => {
            if let Some(verdi) = felter.get(sti) {
                return verdier(verdi, "");
            }
            sti.split_once('.')
                .and_then(|(forste, rest)| felter.get(forste).map(|verdi| verdier(verdi, rest)))
                .unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn passer(filter: &str, rad: &Value) -> bool {
        let filter = Filter::les(filter, Samling::Users, Utgave::V1p2).unwrap();
        filter.passer(|sti| verdier(rad, sti))
    }

    #[test]
    fn dotted_paths_walk_lists() {
        let rad = json!({
            "familyName": "O'Brien", "dateLastModified": "2026-09-01T10:00:00.000Z",
            "roles": [{"role": "student", "org": {"sourcedId": "s1"}}],
            "metadata": {"onedhub.gender": "female"},
        });
        assert!(passer("roles.org.sourcedId='s1' AND roles.role='student'", &rad));
        assert!(!passer("roles.org.sourcedId='s1' AND roles.role='teacher'", &rad));
        assert!(passer("roles.org.sourcedId='s2' OR familyName='O'Brien'", &rad));
        assert!(passer("familyName~'Bri'", &rad));
        assert!(passer("familyName!='Hansen'", &rad));
        assert!(passer("metadata.onedhub.gender='female'", &rad));
        assert!(passer("dateLastModified>'2026-09-01T11:59:59+02:00'", &rad));
        assert!(!passer("dateLastModified>'2026-09-01T10:00:00Z'", &rad));
        assert!(passer("dateLastModified>='2026-09-01T10:00:00Z'", &rad));
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        for filter in [
            "",
            "role",
            "status=active",
            "status='active",
            "status='a' XOR status='b'",
            "a b='x'",
            "status='a' AND status='b' AND status='c'",
            "dateLastModified>'yesterday'",
        ] {
            let svar = Filter::les(filter, Samling::Users, Utgave::V1p2);
            assert!(matches!(svar, Err(Avslag::UgyldigSporring(_))), "{filter}: {svar:?}");
        }
        for filter in ["role='student'", "shoeSize='44'", "familyName.x='y'"] {
            let svar = Filter::les(filter, Samling::Users, Utgave::V1p2);
            assert!(matches!(svar, Err(Avslag::UkjentFilterfelt(_))), "{filter}: {svar:?}");
        }
        assert!(Filter::les("role='student'", Samling::Users, Utgave::V1p1).is_ok());
    }
}
