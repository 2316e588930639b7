//! The helper endpoints: a collection below one object, such as the pupils of a school.

use std::collections::HashSet;

use uuid::Uuid;

use super::{
    Samling,
    tilstand::{Bruker, Tilstand},
};

/// What is asked for below an object. None of it set: the whole collection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Innenfor {
    skole: Option<Uuid>,
    klasse: Option<Uuid>,
    kurs: Option<Uuid>,
    bruker: Option<Uuid>,
    /// Holds every class, and no grading period.
    termin: Option<Uuid>,
}

impl Innenfor {
    /// Reads the parts of a path below the base: `schools`, id, `students`. Only what OneRoster lists is an endpoint.
    pub(super) fn les(deler: &[&str]) -> Option<(Samling, Self)> {
        use Samling::{Classes, Courses, Enrollments, GradingPeriods, Students, Teachers, Terms};
        let id = |tekst: &str| tekst.parse().ok();
        let (under, tillatt, innenfor): (&str, &[Samling], Self) = match *deler {
            ["schools", skole, under] => (
                under,
                &[Students, Teachers, Classes, Courses, Enrollments, Terms],
                Self { skole: id(skole), ..Self::default() },
            ),
            ["schools", skole, "classes", klasse, under] => (
                under,
                &[Students, Teachers, Enrollments],
                Self { skole: id(skole), klasse: id(klasse), ..Self::default() },
            ),
            ["classes", klasse, under] => {
                (under, &[Students, Teachers], Self { klasse: id(klasse), ..Self::default() })
            }
            ["courses", kurs, under] => (under, &[Classes], Self { kurs: id(kurs), ..Self::default() }),
            ["students" | "teachers" | "users", bruker, under] => {
                (under, &[Classes], Self { bruker: id(bruker), ..Self::default() })
            }
            ["terms", termin, under] => {
                (under, &[Classes, GradingPeriods], Self { termin: id(termin), ..Self::default() })
            }
            _ => return None,
        };
        let samling = Samling::fra_sti(under).filter(|samling| tillatt.contains(samling))?;
        Some((samling, innenfor))
    }
}

impl Tilstand {
    /// Whether the object that is asked below is there, as the kind of object the path says.
    pub(super) fn finnes_over(&self, deler: &[&str]) -> bool {
        deler.chunks_exact(2).all(|par| {
            let samling = Samling::fra_sti(par[0]);
            samling.zip(par[1].parse().ok()).is_some_and(|(samling, id)| self.finnes(samling, id))
        })
    }

    /// Removes what does not lie within.
    pub(super) fn begrens(&self, samling: Samling, ider: &mut Vec<Uuid>, innenfor: &Innenfor) {
        if *innenfor == Innenfor::default() {
            return;
        }
        let aktive = || self.paameldinger.values().filter(|rad| !rad.slettet).map(|rad| &rad.data);
        let i_klassen: Option<HashSet<Uuid>> =
            innenfor.klasse.map(|k| aktive().filter(|p| p.klasse == k).map(|p| p.bruker).collect());
        let brukerens: Option<HashSet<Uuid>> =
            innenfor.bruker.map(|b| aktive().filter(|p| p.bruker == b).map(|p| p.klasse).collect());
        ider.retain(|id| {
            let riktig_skole =
                innenfor.skole.is_none_or(|s| self.skole_til(samling, *id).is_none_or(|annen| annen == s));
            riktig_skole
                && match samling.konvolutt() {
                    "users" => i_klassen.as_ref().is_none_or(|brukere| brukere.contains(id)),
                    "enrollments" => innenfor
                        .klasse
                        .is_none_or(|k| self.paameldinger.get(id).is_some_and(|rad| rad.data.klasse == k)),
                    "classes" => {
                        brukerens.as_ref().is_none_or(|klasser| klasser.contains(id))
                            && innenfor.kurs.is_none_or(|kurs| {
                                self.klasser.get(id).is_some_and(|rad| self.kull_id(rad.data.trinn) == kurs)
                            })
                    }
                    _ => true,
                }
        });
    }

    /// The school that a row belongs to, where it belongs to one.
    pub(super) fn skole_til(&self, samling: Samling, id: Uuid) -> Option<Uuid> {
        match samling.konvolutt() {
            "orgs" => self.skoler.contains_key(&id).then_some(id),
            "users" | "demographics" => self.brukere.get(&id).map(|rad| rad.data.skole()),
            "classes" => self.klasser.get(&id).map(|rad| rad.data.skole),
            "enrollments" => self.paameldinger.get(&id).map(|rad| rad.data.skole),
            _ => None,
        }
    }

    /// Whether a row is marked `tobedeleted`.
    pub(super) fn er_slettet(&self, samling: Samling, id: Uuid) -> bool {
        match samling.konvolutt() {
            "users" | "demographics" => self.brukere.get(&id).is_some_and(|rad| rad.slettet),
            "classes" => self.klasser.get(&id).is_some_and(|rad| rad.slettet),
            "enrollments" => self.paameldinger.get(&id).is_some_and(|rad| rad.slettet),
            _ => false,
        }
    }

    /// Whether a user is a pupil.
    pub(super) fn er_elev(&self, id: Uuid) -> bool {
        matches!(self.brukere.get(&id).map(|rad| &rad.data), Some(Bruker::Elev(_)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_endpoints_of_the_specification() {
        let id = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
        let les = |sti: &str| Innenfor::les(&sti.replace('#', id).split('/').collect::<Vec<_>>()).map(|(s, _)| s);
        for under in ["students", "teachers", "classes", "courses", "enrollments", "terms"] {
            assert_eq!(les(&format!("schools/#/{under}")), Samling::fra_sti(under), "{under}");
        }
        assert_eq!(les("schools/#/classes/#/enrollments"), Some(Samling::Enrollments));
        assert_eq!(les("terms/#/gradingPeriods"), Some(Samling::GradingPeriods));
        for sti in ["schools/#/users", "orgs/#/students", "classes/#/enrollments", "users/#/students", "schools/#"] {
            assert_eq!(les(sti), None, "{sti}");
        }
    }
}
