//! What only a person can do.

use crate::hovedbok::Hovedbok;
use elevliste::{Egenskaper, Skolestatus, Utfall};

/// What a person must find out or do before the list can go on, and cannot be done by machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Oppgave {
    /// Nobody knows whether the receiver has it: look in the receiver's own pages, and say what is there.
    FinnUtOmMottatt,
    /// The receiver says that it has a list. By our ledger an attempt of ours can be it, unless somebody else has delivered.
    BekreftAtDetErVar,
    /// The receiver says that it has a list, and nothing of ours can be it: somebody else has delivered.
    AnnenHarLevert,
}

pub(super) fn oppgave(bok: &Hovedbok<'_>, status: Skolestatus, mottaker: Egenskaper) -> Option<Oppgave> {
    if status != Skolestatus::Uavklart {
        return None;
    }
    let forsok = bok.uvisst()?;
    match forsok.utfall()? {
        // It was read back, and is not what this attempt sent.
        Utfall::AlleredeLevert if forsok.var_ukjent => Some(Oppgave::AnnenHarLevert),
        Utfall::AlleredeLevert if bok.tvilsomme().next().is_some() => Some(Oppgave::BekreftAtDetErVar),
        Utfall::AlleredeLevert => Some(Oppgave::AnnenHarLevert),
        _ if mottaker.tilbakelesing && mottaker.idempotent => None,
        _ => Some(Oppgave::FinnUtOmMottatt),
    }
}
