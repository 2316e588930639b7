//! Keyed-in pupils as a source.

use super::objekter::gravsteiner;
use super::{Tastet, Tastetelev, Tastetskole, observasjoner};
use crate::rapport::Kode;
use async_trait::async_trait;
use flow::{Cursor, Kildeobjekt, Observed, Page, Presence, Progress, Refused, Source, SourceError, Vannmerker};
use kodeverk::Skolear;
use oneroster::{Objekttype, Status};
use std::collections::{BTreeMap, HashMap};

/// A change of one pupil.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tastetendring {
    /// The pupil is new, or other than before.
    Lagret {
        /// The school.
        skole: Tastetskole,
        /// The school year.
        skolear: Skolear,
        /// The pupil as it is now.
        elev: Box<Tastetelev>,
    },
    /// The pupil is to be there no longer.
    Fjernet {
        /// The school.
        skole: Tastetskole,
        /// The school year.
        skolear: Skolear,
        /// The pupil as it was.
        elev: Box<Tastetelev>,
    },
}

/// Keyed-in pupils: everything that is keyed in for a tenant, or changes.
pub struct Tastetkilde {
    navn: String,
    observed: Vec<Observed>,
    refused: Vec<Refused>,
    hel: bool,
}

impl Tastetkilde {
    /// Everything that is keyed in for the tenant, all schools: what is not in it is gone. A pupil at two schools, or
    /// in two school years, is one pupil with a role at each school; where the two are keyed in differently, nothing says
    /// which is right, and both are refused.
    pub fn hel(navn: impl Into<String>, alle: &[Tastet]) -> Self {
        let mut kilde = Self { navn: navn.into(), observed: Vec::new(), refused: Vec::new(), hel: true };
        let mut sett: HashMap<(&'static str, String), usize> = HashMap::new();
        let mut i_strid = BTreeMap::new();
        for observed in alle.iter().flat_map(observasjoner) {
            let nokkel = (observed.objekt.typenavn(), observed.objekt.kildeid().to_owned());
            match sett.get(&nokkel).copied() {
                None => {
                    sett.insert(nokkel, kilde.observed.len());
                    kilde.observed.push(observed);
                }
                Some(plass) if !slatt_sammen(&mut kilde.observed[plass].objekt, &observed.objekt) => {
                    i_strid.insert(plass, observed.objekt.typenavn());
                }
                Some(_) => {}
            }
        }
        for (plass, typenavn) in i_strid.iter().rev() {
            kilde.observed.remove(*plass);
            let samling =
                Objekttype::ALLE.into_iter().find(|o| o.as_str() == *typenavn).map_or("users", |o| o.samling());
            let field = format!("{samling}[{plass}].sourcedId");
            kilde.refused.push(Refused { samling, code: Kode::TastetDobbel.as_str(), field, raw: Vec::new() });
        }
        kilde
    }

    /// Changes of single pupils. They say nothing of others.
    pub fn endringer(navn: impl Into<String>, endringer: &[Tastetendring]) -> Self {
        let observed = endringer.iter().flat_map(|endring| match endring {
            Tastetendring::Lagret { skole, skolear, elev } => {
                let elever = vec![Tastetelev::clone(elev)];
                observasjoner(&Tastet { skole: skole.clone(), skolear: *skolear, elever })
            }
            Tastetendring::Fjernet { skole, skolear, elev } => gravsteiner(skole, *skolear, elev),
        });
        Self { navn: navn.into(), observed: observed.collect(), refused: Vec::new(), hel: false }
    }

    fn side(&self) -> Page {
        Page {
            observed: self.observed.clone(),
            refused: self.refused.clone(),
            findings: Vec::new(),
            next: Cursor::default(),
            progress: Progress::Complete(Objekttype::ALLE.map(Objekttype::as_str).into()),
            expected: Some(self.observed.len() as u64),
        }
    }
}

/// Lets one object say what two say. Only a pupil's roles can be added to; anything else must be the same.
fn slatt_sammen(en: &mut Kildeobjekt, annen: &Kildeobjekt) -> bool {
    use oneroster::Objekt::User;
    if let (Kildeobjekt::Roster(User(en)), Kildeobjekt::Roster(User(annen))) = (&mut *en, annen) {
        let nye = annen.roles.iter().filter(|rolle| !en.roles.iter().any(|kjent| kjent.org == rolle.org));
        let nye: Vec<_> = nye.map(|rolle| oneroster::Role { primary: false, ..rolle.clone() }).collect();
        let alle = [en.roles.clone(), nye].concat();
        let likt = oneroster::User { roles: Vec::new(), ..en.clone() }
            == oneroster::User { roles: Vec::new(), ..annen.clone() };
        en.roles = alle;
        return likt;
    }
    en == annen
}

#[async_trait]
impl Source for Tastetkilde {
    fn name(&self) -> &str {
        &self.navn
    }

    /// All of it in one page: a person has keyed it in. Changes alone are complete for nothing.
    async fn read(&self, _after: &Cursor) -> Result<Page, SourceError> {
        if self.hel {
            return Ok(self.side());
        }
        let observed = Vec::new();
        Ok(Page { observed, progress: Progress::Complete(Vec::new()), expected: Some(0), ..self.side() })
    }

    async fn changes(&self, _since: &Vannmerker, _after: &Cursor) -> Result<Option<Page>, SourceError> {
        Ok((!self.hel).then(|| self.side()))
    }

    async fn look_up(&self, objekt: &Kildeobjekt) -> Result<Presence, SourceError> {
        let likt = |kjent: &&Observed| {
            kjent.objekt.typenavn() == objekt.typenavn() && kjent.objekt.kildeid() == objekt.kildeid()
        };
        match self.observed.iter().rfind(likt) {
            Some(kjent) if kjent.status == Status::Active => Ok(Presence::Present),
            Some(_) => Ok(Presence::Gone),
            None if self.hel && self.refused.is_empty() => Ok(Presence::Gone),
            None => Err(SourceError::Malformed {
                system: self.navn.clone(),
                field: objekt.typenavn().to_owned(),
                hint: "what is keyed in here does not say whether it exists".into(),
            }),
        }
    }
}
