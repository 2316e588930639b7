//! From a query to one page of rows, with its headers.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use serde_json::Value;
use uuid::Uuid;

use super::{
    Samling, Utgave, filter,
    sporring::Sporring,
    tilstand::{Bruker, Tilstand},
    vis::Visning,
};
use crate::klokke::iso;

/// Selections that have been made, so that the pages of one pull do not filter the whole collection again and again.
#[derive(Debug, Default)]
pub(super) struct Utvalg(Mutex<HashMap<String, Husket>>);

#[derive(Debug)]
struct Husket {
    revisjon: u64,
    ider: Arc<Vec<Uuid>>,
}

/// No client has this many pulls going; beyond it, remembering starts anew.
const MAKS_HUSKET: usize = 256;

impl Utvalg {
    /// The ids of all rows that pass the query's filter, in its order.
    pub(super) fn velg(&self, t: &Tilstand, samling: Samling, s: &Sporring, v: &Visning) -> Arc<Vec<Uuid>> {
        let sortering = s.sortering.as_ref().map(|o| (o.felt.as_str(), o.synkende));
        let nokkel = format!("{} {sortering:?} {}", samling.sti(), s.filtertekst);
        let mut husket = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(valgt) = husket.get(&nokkel)
            && valgt.revisjon == t.revisjon
        {
            return Arc::clone(&valgt.ider);
        }
        let ider = Arc::new(gjor_utvalg(t, samling, s, v));
        if husket.len() >= MAKS_HUSKET {
            husket.clear();
        }
        husket.insert(nokkel, Husket { revisjon: t.revisjon, ider: Arc::clone(&ider) });
        ider
    }
}

fn gjor_utvalg(t: &Tilstand, samling: Samling, s: &Sporring, v: &Visning) -> Vec<Uuid> {
    let mut ider = t.ider(samling);
    let felt = |id: Uuid, sti: &str| {
        t.raskt(samling, id, sti, v.utgave)
            .unwrap_or_else(|| t.vis(samling, id, v).map(|rad| filter::verdier(&rad, sti)).unwrap_or_default())
    };
    if let Some(filter) = &s.filter {
        ider.retain(|id| filter.passer(|sti| felt(*id, sti)));
    }
    if let Some(sortering) = &s.sortering {
        if sortering.felt != "sourcedId" {
            // Rows are in order of sourcedId already, and a stable sort keeps that among equals.
            ider.sort_by_cached_key(|id| felt(*id, &sortering.felt));
        }
        if sortering.synkende {
            ider.reverse();
        }
    }
    ider
}

impl Tilstand {
    /// The values of the fields that clients filter on most, without writing out the row.
    fn raskt(&self, samling: Samling, id: Uuid, sti: &str, utgave: Utgave) -> Option<Vec<String>> {
        if sti == "sourcedId" {
            return Some(vec![id.to_string()]);
        }
        let (endret, slettet) = match samling.konvolutt() {
            "users" => self.brukere.get(&id).map(|r| (r.endret, r.slettet))?,
            "classes" => self.klasser.get(&id).map(|r| (r.endret, r.slettet))?,
            "enrollments" => self.paameldinger.get(&id).map(|r| (r.endret, r.slettet))?,
            _ => return None,
        };
        match (sti, samling.konvolutt(), utgave) {
            ("status", ..) => Some(vec![super::vis::status(slettet).to_owned()]),
            ("dateLastModified", ..) => Some(vec![iso(endret)]),
            ("roles.org.sourcedId", "users", Utgave::V1p2) | ("orgs.sourcedId", "users", Utgave::V1p1) => {
                Some(vec![self.brukere.get(&id)?.data.skole().to_string()])
            }
            ("roles.role", "users", Utgave::V1p2) => Some(vec![match &self.brukere.get(&id)?.data {
                Bruker::Foresatt(_) => "ext:primaryGuardian".to_owned(),
                annen => annen.rolle().to_owned(),
            }]),
            ("role", "users", Utgave::V1p1) => Some(vec![self.brukere.get(&id)?.data.rolle().to_owned()]),
            ("class.sourcedId", "enrollments", _) => Some(vec![self.paameldinger.get(&id)?.data.klasse.to_string()]),
            ("user.sourcedId", "enrollments", _) => Some(vec![self.paameldinger.get(&id)?.data.bruker.to_string()]),
            ("school.sourcedId", "enrollments", _) => Some(vec![self.paameldinger.get(&id)?.data.skole.to_string()]),
            ("school.sourcedId", "classes", _) => Some(vec![self.klasser.get(&id)?.data.skole.to_string()]),
            _ => None,
        }
    }
}

/// Keeps only the fields that were asked for.
pub(super) fn behold(rad: &mut Value, felter: Option<&Vec<String>>) {
    if let (Some(felter), Some(objekt)) = (felter, rad.as_object_mut()) {
        objekt.retain(|navn, _| felter.contains(navn));
    }
}

/// The `Link` header: `next`, `prev`, `first`, `last`, as absolute URLs.
pub(super) fn lenker(url: &str, s: &Sporring, total: usize) -> String {
    let total = u32::try_from(total).unwrap_or(u32::MAX);
    let siste = total.saturating_sub(1) / s.limit * s.limit;
    let mut deler = vec![("first", 0)];
    if s.offset > 0 {
        deler.push(("prev", s.offset.saturating_sub(s.limit)));
    }
    if s.offset.saturating_add(s.limit) < total {
        deler.push(("next", s.offset + s.limit));
    }
    deler.push(("last", siste));
    let mut resten = String::new();
    if let Some(sortering) = &s.sortering {
        let retning = if sortering.synkende { "desc" } else { "asc" };
        resten.push_str(&format!("&sort={}&orderBy={retning}", sortering.felt));
    }
    if !s.filtertekst.is_empty() {
        resten.push_str("&filter=");
        resten.push_str(&prosent(&s.filtertekst));
    }
    if let Some(felter) = &s.felter {
        resten.push_str(&format!("&fields={}", felter.join(",")));
    }
    let lenke =
        |(rel, offset): (&str, u32)| format!("<{url}?limit={}&offset={offset}{resten}>; rel=\"{rel}\"", s.limit);
    deler.into_iter().map(lenke).collect::<Vec<_>>().join(", ")
}

fn prosent(tekst: &str) -> String {
    tekst
        .bytes()
        .map(|b| match b {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(b).to_string(),
            _ => format!("%{b:02X}"),
        })
        .collect()
}
