//! Grades of classes that do not say theirs.
//!
//! A class belongs to a course. Some school systems hold the grade there, and OnEdHub the year in which the pupils of the
//! course started school: the grade is then how many school years ago that was. Courses are read whole, once in a
//! reading, and only when a class needs them; a source that does not show them leaves the class without a grade.

use super::api::Api;
use super::rader::Lest;
use crate::client::{Hentet, Utsnitt};
use crate::wire::{self, Utfall};
use flow::{Finding, Kildeobjekt, SourceError};
use kodeverk::{Skolear, Trinn};
use oneroster::{Class, Objekt, Objekttype};
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::sync::Arc;

const SAMLING: &str = "courses";

/// What the courses say.
#[derive(Default)]
pub(super) struct Kurs {
    /// `None` where the source does not show its courses.
    kurs: Option<HashMap<String, wire::Kurs>>,
    /// The year in which each school year or term's school year begins.
    startar: HashMap<String, i16>,
}

impl Api {
    /// Gives the classes of a page the grades of their courses.
    pub(super) async fn fyll_trinn(&self, lest: &mut Lest, findings: &mut Vec<Finding>) -> Result<(), SourceError> {
        if lest.uten_trinn.is_empty() {
            return Ok(());
        }
        let kurs = self.alle_kurs().await?;
        for (plass, id) in std::mem::take(&mut lest.uten_trinn) {
            let Kildeobjekt::Roster(Objekt::Class(klasse)) = &mut lest.observed[plass].objekt else { continue };
            let code = kurs.gi_trinn(klasse, &id);
            findings.extend(code.map(|code| Finding { code, samling: Objekttype::Class.samling() }));
        }
        Ok(())
    }

    async fn alle_kurs(&self) -> Result<Arc<Kurs>, SourceError> {
        let mut holdt = self.kurs.lock().await;
        if let Some(kurs) = &*holdt {
            return Ok(Arc::clone(kurs));
        }
        let mut lest = Kurs::default();
        let mut kurs = HashMap::new();
        let vises = self.hver_rad(SAMLING, |raw| kurs.extend(wire::les_kurs(raw).map(|k| (k.id.clone(), k)))).await?;
        lest.kurs = vises.then_some(kurs);
        if vises {
            let okter = Objekttype::AcademicSession.samling();
            self.hver_rad(okter, |raw| lest.startar.extend(self.startar(raw))).await?;
        }
        tracing::debug!(kilde = %self.system.0, kurs = lest.kurs.as_ref().map_or(0, HashMap::len), vises, "courses read");
        Ok(Arc::clone(holdt.insert(Arc::new(lest))))
    }

    /// Every row of a collection that we can do without; whether the source shows it.
    async fn hver_rad(&self, samling: &'static str, mut ta: impl FnMut(&RawValue)) -> Result<bool, SourceError> {
        let mut offset = 0;
        let mut forrige = Vec::new();
        loop {
            let utsnitt = Utsnitt { offset, limit: self.profil.sidestorrelse.get(), filter: None };
            let kropp = match self.klient.side(samling, utsnitt).await {
                Ok(Hentet::Svar { kropp, .. }) => kropp,
                Ok(Hentet::Mangler | Hentet::Forkastet { .. }) | Err(SourceError::Denied { .. }) => {
                    return Ok(offset > 0);
                }
                Err(feil) => return Err(feil),
            };
            // A source that ignores offset would give the same page for ever.
            if kropp == forrige {
                return Ok(true);
            }
            let rader =
                wire::navngitt(&kropp, samling).map_err(|wire::Uleselig(hint)| self.system.malformed(samling, hint))?;
            if rader.is_empty() {
                return Ok(true);
            }
            offset += rader.len() as u64;
            if offset > self.maks_rader {
                let hint = format!("more than {} rows; raise maks_rader if that is right", self.maks_rader);
                return Err(self.system.malformed(samling, hint));
            }
            rader.into_iter().for_each(&mut ta);
            forrige = kropp;
        }
    }

    fn startar(&self, raw: &RawValue) -> Option<(String, i16)> {
        let rad = wire::les_rad(&self.profil, Objekttype::AcademicSession, 0, raw, &mut Vec::new());
        let Utfall::Beholdt(observed) = rad.utfall else { return None };
        let Kildeobjekt::Roster(Objekt::AcademicSession(okt)) = observed.objekt else { return None };
        let sagt = okt.school_year.and_then(|ar| Skolear::fra_oneroster(&ar).ok());
        let skolear = sagt.or_else(|| Skolear::try_from(okt.start_date?).ok())?;
        Some((okt.sourced_id.vis().clone(), skolear.startar()))
    }
}

impl Kurs {
    /// Gives a class its grade where its course knows it, and says where it came from or why not.
    fn gi_trinn(&self, klasse: &mut Class, kurs: &str) -> Option<&'static str> {
        let Some(alle) = &self.kurs else { return Some("courses-unavailable") };
        let kurs = alle.get(kurs)?;
        if !kurs.trinn.is_empty() {
            klasse.grades = kurs.trinn.clone();
            return Some("grade-from-course");
        }
        let trinn = self.trinn_av_kull(kurs.kull?, klasse, kurs)?;
        klasse.grades = vec![trinn.to_string()];
        Some("grade-from-initial-year")
    }

    /// The first school year is the first grade. Terms of two school years tell no grade.
    fn trinn_av_kull(&self, kull: i16, klasse: &Class, kurs: &wire::Kurs) -> Option<Trinn> {
        let mut startar: Vec<i16> =
            klasse.terms.iter().filter_map(|okt| self.startar.get(okt.vis()).copied()).collect();
        if startar.is_empty() {
            startar.extend(kurs.skolear.as_ref().and_then(|okt| self.startar.get(okt)));
        }
        startar.dedup();
        let [startar] = startar.as_slice() else { return None };
        Trinn::new(u8::try_from(startar.checked_sub(kull)?.checked_add(1)?).ok()?).ok()
    }
}
