//! What was put right a short while ago, so that whoever did it sees that it was seen.

use super::sammendrag::Rettet;
use elevliste::{Eier, Elevliste};
use jiff::{SignedDuration, Timestamp};
use liste::{Alvor, Sak};
use std::collections::BTreeSet;
use uuid::Uuid;

/// How long it is told.
const HUSKES: SignedDuration = SignedDuration::from_hours(12);

/// What the school had in its way when a list was last looked at, and has not any more.
#[derive(Default)]
pub(super) struct Rettelser {
    i_veien: BTreeSet<(Uuid, String)>,
    rettet: Vec<Rettet>,
}

impl Rettelser {
    /// What was put right before `na`, newest first, after a look at what needs work now. Who has left the list has not been
    /// put right; nor is what somebody took out of the way by a decision.
    pub fn etter(&mut self, saker: &[Sak], liste: &Elevliste, na: Timestamp) -> Vec<Rettet> {
        let par = |sak: &Sak| sak.elever.iter().map(|elev| (*elev, sak.avvik.regel.clone())).collect::<Vec<_>>();
        let alle: BTreeSet<(Uuid, String)> = saker.iter().flat_map(par).collect();
        let pa_listen: BTreeSet<Uuid> = liste.linjer.iter().map(|linje| linje.elev).collect();
        let borte = self.i_veien.iter().filter(|par| !alle.contains(par) && pa_listen.contains(&par.0));
        let nye: Vec<Rettet> =
            borte.map(|(elev, regel)| Rettet { elev: *elev, regel: regel.clone(), nar: na }).collect();
        self.rettet.splice(0..0, nye);
        self.rettet.retain(|r| {
            let igjen = alle.contains(&(r.elev, r.regel.clone()));
            !igjen && pa_listen.contains(&r.elev) && na.duration_since(r.nar) < HUSKES
        });
        self.i_veien = saker
            .iter()
            .filter(|sak| sak.alvor != Alvor::TilOrientering && sak.eier == Eier::Skole)
            .flat_map(par)
            .collect();
        self.rettet.clone()
    }
}
