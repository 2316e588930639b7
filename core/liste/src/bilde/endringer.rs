//! What has happened since the receiver accepted the list: what an update can carry, and what it cannot.

use super::ettermelding;
use crate::hovedbok::{Forsok, Hovedbok, ved_elev};
use elevliste::{Elevliste, Endringsslag, Ettermelding, Linjeavtrykk};
use hendelse::Tenantnokkel;
use std::collections::BTreeSet;
use uuid::Uuid;

/// One pupil's part in an update of a list that the receiver has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linjeendring {
    /// The pupil.
    pub elev: Uuid,
    /// What happens to the pupil's line.
    pub slag: Endringsslag,
}

/// What has happened since the receiver accepted the list. Empty while it has not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Etterendringer {
    /// Pupils on the list now and not then.
    pub nye: Vec<Uuid>,
    /// Pupils whose line is another now.
    pub endret: Vec<Uuid>,
    /// Pupils on the list then and not now.
    pub borte: Vec<Uuid>,
    /// How many were accepted and are protected now. Who is not said here.
    pub skjermet: usize,
}

impl Etterendringer {
    /// Whether nothing has happened.
    pub const fn er_tom(&self) -> bool {
        self.nye.is_empty() && self.endret.is_empty() && self.borte.is_empty() && self.skjermet == 0
    }
}

/// How one set of lines differs from another, pupil by pupil. The order of the lines does not matter.
pub fn forskjell(da: &[Linjeavtrykk], na: &[Linjeavtrykk]) -> Vec<Linjeendring> {
    let (da, na) = (ved_elev(da), ved_elev(na));
    let alle: BTreeSet<&Uuid> = da.keys().chain(na.keys()).collect();
    let slag = |elev| slag(da.get(elev), na.get(elev));
    alle.into_iter().filter_map(|elev| Some(Linjeendring { elev: *elev, slag: slag(elev)? })).collect()
}

fn slag<L: PartialEq>(da: Option<&L>, na: Option<&L>) -> Option<Endringsslag> {
    match (da, na) {
        (None, Some(_)) => Some(Endringsslag::Ny),
        (Some(_), None) => Some(Endringsslag::Borte),
        (da, na) => (da != na).then_some(Endringsslag::Endret),
    }
}

#[derive(Debug, Default)]
pub(super) struct Etterpa {
    pub(super) etter: Etterendringer,
    pub(super) endringer: Vec<Linjeendring>,
    pub(super) ettermeldinger: Vec<Ettermelding>,
}

/// What differs from the accepted list, and which way it goes.
///
/// A pupil who is held back or routed by hand is somebody's business already: neither new nor changed. That such a pupil
/// is gone is for the office, since no update touches the pupil.
pub(super) fn etterpa(
    liste: &Elevliste,
    avtrykk: &[Linjeavtrykk],
    bok: &Hovedbok<'_>,
    nokkel: &Tenantnokkel,
    oppdaterbar: bool,
) -> Etterpa {
    let mut ut = Etterpa::default();
    let Some(mottatt) = bok.mottatt() else { return ut };
    let (da, na) = (ved_elev(Forsok::tatt(mottatt)), ved_elev(avtrykk));
    let alle: BTreeSet<Uuid> = da.keys().chain(na.keys()).copied().chain(bok.meldinger.elever()).collect();
    let skjermede: BTreeSet<&Uuid> = liste.skjermede.iter().collect();
    for elev in alle {
        if skjermede.contains(&elev) {
            ut.etter.skjermet += usize::from(da.contains_key(&elev));
            continue;
        }
        let fri = !bok.valg.contains_key(&elev);
        let mot_mottaker = slag(da.get(&elev), na.get(&elev));
        match mot_mottaker {
            Some(Endringsslag::Borte) => ut.etter.borte.push(elev),
            Some(Endringsslag::Ny) if fri => ut.etter.nye.push(elev),
            Some(Endringsslag::Endret) if fri => ut.etter.endret.push(elev),
            _ => {}
        }
        if let Some(slag) = mot_mottaker.filter(|_| oppdaterbar && fri) {
            ut.endringer.push(Linjeendring { elev, slag });
            continue;
        }
        let naa = na.get(&elev).map_or(&[][..], Vec::as_slice);
        let melding = ettermelding::ettermelding((elev, naa), mot_mottaker, (liste, bok, nokkel));
        ut.ettermeldinger.extend(melding.filter(|melding| fri || melding.slag == Endringsslag::Borte));
    }
    ut
}
