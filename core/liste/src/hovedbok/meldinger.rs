//! Changes that were reported to the intake office, and what it said of them.

use elevliste::{Endringsslag, Ettermeldingstilstand};
use std::collections::HashMap;
use uuid::Uuid;

/// One reported change.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Melding<'a> {
    pub(crate) id: Uuid,
    pub(crate) slag: Endringsslag,
    /// The report about the same pupil that the office had been given before, and had not refused.
    pub(crate) etter: Option<Uuid>,
    svar: Option<(bool, &'a str)>,
}

#[derive(Debug, Default)]
pub(crate) struct Meldinger<'a> {
    alle: HashMap<Uuid, Melding<'a>>,
    /// By pupil, since the receiver's present version.
    rekke: HashMap<Uuid, Vec<Uuid>>,
}

impl<'a> Meldinger<'a> {
    pub(super) fn meld(&mut self, id: Uuid, elev: Uuid, slag: Endringsslag) {
        let rekke = self.rekke.entry(elev).or_default();
        // A refused change may be reported again: it then comes after what stands now.
        rekke.retain(|tidligere| *tidligere != id);
        let etter = self.siste(elev).map(|melding| melding.id);
        self.alle.insert(id, Melding { id, slag, etter, svar: None });
        self.rekke.entry(elev).or_default().push(id);
    }

    pub(super) fn behandle(&mut self, id: Uuid, godtatt: bool, grunn: &'a str) {
        if let Some(melding) = self.alle.get_mut(&id) {
            melding.svar = Some((godtatt, grunn));
        }
    }

    /// The receiver has taken something newer about these pupils: what the office was told before does not count any more.
    pub(super) fn glem(&mut self, om: impl Fn(&Uuid) -> bool) {
        self.rekke.retain(|elev, _| !om(elev));
    }

    /// What the office was last told about a pupil and has not refused.
    pub(crate) fn siste(&self, elev: Uuid) -> Option<&Melding<'a>> {
        let rekke = self.rekke.get(&elev)?;
        rekke.iter().rev().map(|id| &self.alle[id]).find(|melding| melding.svar.is_none_or(|(godtatt, _)| godtatt))
    }

    /// Every pupil about whom the office has been told something.
    pub(crate) fn elever(&self) -> impl Iterator<Item = Uuid> {
        self.rekke.keys().copied()
    }

    pub(crate) fn tilstand(&self, id: Uuid) -> Ettermeldingstilstand {
        match self.alle.get(&id).map(|melding| melding.svar) {
            None => Ettermeldingstilstand::Apen,
            Some(None) => Ettermeldingstilstand::Meldt,
            Some(Some((true, _))) => Ettermeldingstilstand::Godtatt,
            Some(Some((false, _))) => Ettermeldingstilstand::Avvist,
        }
    }

    /// What the office said of a change.
    pub(crate) fn svar(&self, id: Uuid) -> Option<&'a str> {
        self.alle.get(&id)?.svar.map(|(_, grunn)| grunn)
    }
}
