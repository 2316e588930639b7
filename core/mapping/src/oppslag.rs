//! What the rules look up around a record.

mod person;

use crate::identifikatorer::Identifikatorer;
use crate::poster::{Brukerpost, Kildenr, Klassepost, skolear_da};
use crate::{register::Register, tilstand::Tilstand};
use jiff::Timestamp;
use kodeverk::{Skolear, Trinn};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A school year, and how it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ar {
    /// The record's own terms or classes say so.
    Sagt(Skolear),
    /// It is the school year that the source has, or else that of the day on which the record was seen.
    Antatt(Option<Skolear>),
}

impl Ar {
    pub(crate) const fn skolear(self) -> Option<Skolear> {
        match self {
            Self::Sagt(ar) => Some(ar),
            Self::Antatt(ar) => ar,
        }
    }
}

/// The state and the register, for asking.
#[derive(Clone, Copy)]
pub(crate) struct Oppslag<'a> {
    pub(crate) t: &'a Tilstand,
    pub(crate) register: &'a Register,
    pub(crate) ider: &'a Identifikatorer,
}

impl<'a> Oppslag<'a> {
    /// A class at a school that exists.
    pub(crate) fn klasse(self, id: Uuid) -> Option<&'a Klassepost> {
        self.t.klasser.get(&id).filter(|k| self.t.skole(k.skole).is_some())
    }

    pub(crate) fn klassens_ar(self, post: &Klassepost) -> Ar {
        let sagt: BTreeSet<_> = post.okter.iter().filter_map(|okt| self.t.okter.get(okt)?.skolear).collect();
        velg(&sagt, post.sett).map_or_else(|| self.antatt(post.kilde, post.sett), Ar::Sagt)
    }

    /// The grade that all pupils of a class share.
    pub(crate) fn elevenes_trinn(self, klasse: Uuid) -> Option<Trinn> {
        let innmeldinger = self.t.innmeldinger_i_klasse.ved(&klasse).iter();
        let mut trinn = innmeldinger
            .filter_map(|i| self.t.brukere.get(&self.t.innmeldinger[i].bruker))
            .flat_map(|bruker| bruker.trinn());
        let forste = trinn.next()?;
        trinn.all(|t| t == forste).then_some(forste)
    }

    /// The school year of a user's time at a school, and the first of the classes there in that year.
    pub(crate) fn elevens_ar(self, bruker: Uuid, post: &Brukerpost, skole: Uuid) -> (Ar, Option<&'a str>) {
        let innmeldinger = self.t.innmeldinger_av_bruker.ved(&bruker).iter();
        let klasser: Vec<_> = innmeldinger
            .filter_map(|i| self.klasse(self.t.innmeldinger[i].klasse))
            .filter(|klasse| klasse.skole == skole)
            .filter_map(|klasse| Some((self.klassens_ar(klasse).skolear()?, klasse.navn.as_str())))
            .collect();
        let ar = velg(&klasser.iter().map(|(ar, _)| *ar).collect(), post.sett);
        let klasse = klasser.iter().filter(|(a, _)| Some(*a) == ar).map(|(_, navn)| *navn).min();
        (ar.map_or_else(|| self.antatt(post.kilde, post.sett), Ar::Sagt), klasse)
    }

    /// Whether a role is at the pupil's main school: the only school, or the only one called primary.
    pub(crate) fn hovedskole(self, elev: Uuid, elevforhold: Uuid) -> Option<bool> {
        let roller: Vec<_> = self
            .register
            .brukere(elev)
            .filter_map(|b| self.t.brukere.get(&b))
            .flat_map(|post| post.roller.iter().map(|rolle| (rolle, post.role(rolle).primary)))
            .filter(|(rolle, _)| self.t.skole(rolle.skole).is_some())
            .collect();
        let mut primaere = roller.iter().filter(|(_, primaer)| *primaer);
        match (&*roller, primaere.next(), primaere.next()) {
            ([(eneste, _)], _, _) => Some(eneste.elevforhold == elevforhold),
            (_, Some((eneste, _)), None) => Some(eneste.elevforhold == elevforhold),
            _ => None,
        }
    }

    /// The user whose word counts for an Elev: with a valid number before without, then the last changed.
    pub(crate) fn talsperson(self, elev: Uuid) -> Option<&'a Brukerpost> {
        let rang = |(id, post): &(Uuid, &Brukerpost)| (post.nummer.is_some(), post.ferskhet(), std::cmp::Reverse(*id));
        let brukere = self.register.brukere(elev).filter_map(|b| Some((b, self.t.brukere.get(&b)?)));
        brukere.max_by_key(rang).map(|(_, post)| post)
    }

    /// Whether an Elev is a pupil anywhere.
    pub(crate) fn er_elev(self, elev: Uuid) -> bool {
        let brukere = self.register.brukere(elev).filter_map(|b| self.t.brukere.get(&b));
        brukere.flat_map(|post| &post.roller).any(|rolle| self.t.skole(rolle.skole).is_some())
    }

    fn antatt(self, kilde: Kildenr, sett: Timestamp) -> Ar {
        let kildens = self.t.okter.values().filter(|o| o.kilde == kilde && o.er_skolear).filter_map(|o| o.skolear);
        Ar::Antatt(velg(&kildens.collect(), sett).or_else(|| skolear_da(sett)))
    }
}

/// Of several school years the one in which the record was seen, else the last.
fn velg(ar: &BTreeSet<Skolear>, sett: Timestamp) -> Option<Skolear> {
    skolear_da(sett).filter(|da| ar.contains(da)).or_else(|| ar.last().copied())
}
