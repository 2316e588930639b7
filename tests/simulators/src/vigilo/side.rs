//! From a query to the rows of one page.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use serde_json::Value;
use uuid::Uuid;

use super::{
    Feil, Samling, Utgave, filter,
    hjelper::Innenfor,
    sporring::Sporring,
    tilstand::{Bruker, Tilstand},
    vis::{Visning, status},
};
use crate::klokke::iso;

/// Which rows there are before anything is asked of them.
pub(super) struct Grunnlag<'a> {
    pub(super) samling: Samling,
    pub(super) innenfor: Innenfor,
    /// The path, which tells one basis from another.
    pub(super) sti: &'a str,
    /// Rows marked `tobedeleted` are left out.
    pub(super) uten_gravstein: bool,
    /// A school of which nothing is seen.
    pub(super) skjult_skole: Option<Uuid>,
}

impl<'a> Grunnlag<'a> {
    /// What the faults leave of a collection.
    pub(super) fn ny(samling: Samling, innenfor: Innenfor, sti: &'a str, t: &Tilstand, feil: &[Feil]) -> Self {
        let skjult_skole = feil.iter().find_map(|feil| match feil {
            Feil::SkoleUtenTilgang { nr } => t.skoler.keys().nth(nr % t.skoler.len().max(1)).copied(),
            _ => None,
        });
        Self { samling, innenfor, sti, uten_gravstein: feil.contains(&Feil::UtenGravstein), skjult_skole }
    }

    /// Whether a row that is there is seen.
    pub(super) fn ser(&self, t: &Tilstand, id: Uuid) -> bool {
        !(self.uten_gravstein && t.er_slettet(self.samling, id))
            && self.skjult_skole.is_none_or(|skjult| t.skole_til(self.samling, id) != Some(skjult))
    }

    fn ider(&self, t: &Tilstand) -> Vec<Uuid> {
        let mut ider = t.ider(self.samling);
        t.begrens(self.samling, &mut ider, &self.innenfor);
        if self.uten_gravstein || self.skjult_skole.is_some() {
            ider.retain(|id| self.ser(t, *id));
        }
        ider
    }
}

/// Selections that have been made, so that the pages of one pull do not filter and sort the whole collection again and
/// again. A change makes all of them stale.
#[derive(Debug, Default)]
pub(super) struct Utvalg(Mutex<Husket>);

#[derive(Debug, Default)]
struct Husket {
    revisjon: u64,
    valgt: HashMap<String, Arc<Vec<Uuid>>>,
}

/// No client has this many pulls going; beyond it, remembering starts anew.
const MAKS_HUSKET: usize = 256;

impl Utvalg {
    /// The ids of all rows that pass the query's filter, in its order; without a query all of them.
    pub(super) fn velg(&self, t: &Tilstand, g: &Grunnlag<'_>, s: Option<&Sporring>, v: &Visning) -> Arc<Vec<Uuid>> {
        let sortering = s.and_then(|s| s.sortering.as_ref()).map(|o| (o.felt.as_str(), o.synkende));
        let filter = s.map(|s| (s.tomt, s.filter.is_some().then_some(s.filtertekst.as_str())));
        let nokkel = format!("{} {} {:?} {sortering:?} {filter:?}", g.sti, g.uten_gravstein, g.skjult_skole);
        let mut husket = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if husket.revisjon != t.revisjon || husket.valgt.len() >= MAKS_HUSKET {
            *husket = Husket { revisjon: t.revisjon, valgt: HashMap::new() };
        }
        Arc::clone(husket.valgt.entry(nokkel).or_insert_with(|| Arc::new(gjor_utvalg(t, g, s, v))))
    }
}

fn gjor_utvalg(t: &Tilstand, g: &Grunnlag<'_>, s: Option<&Sporring>, v: &Visning) -> Vec<Uuid> {
    let mut ider = g.ider(t);
    let Some(s) = s else { return ider };
    if s.tomt {
        return Vec::new();
    }
    let felt = |id: Uuid, sti: &str| {
        t.raskt(g.samling, id, sti, v.utgave)
            .unwrap_or_else(|| t.vis(g.samling, id, v).map(|rad| filter::verdier(&rad, sti)).unwrap_or_default())
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
            ("status", ..) => Some(vec![status(slettet).to_owned()]),
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
