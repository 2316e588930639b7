//! What is to be done next with a list: approve, send, find out, wait, or nothing.

use crate::{Listebilde, hovedbok::Hovedbok};
use elevliste::{Godkjenning, Handling, Innsamling, Innsendingspost, Sending, Skolestatus, Utfall};
use jiff::{SignedDuration, Timestamp};

/// The next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Steg {
    /// Nothing, until the list, the ledger or the round changes.
    Ingenting,
    /// The policy `automatisk` approves the list.
    Godkjenn,
    /// Write the intent, and send this.
    Send(Sending),
    /// Ask the receiver what it has: an attempt of unknown outcome is found out so.
    LesTilbake,
    /// Not yet: look again at this moment. The round opens then, or the list has been still for long enough.
    VentTil(Timestamp),
    /// The round is over and the receiver does not have the list: somebody must know.
    Stengt,
}

/// What is to be done with a list at `na`.
///
/// Sends only an approved list, with its seal intact, inside the window; never after an intent whose outcome is unknown,
/// and never the same twice. Without a round for this list nothing happens, but for finding out what happened before.
pub fn neste(bilde: &Listebilde, innsamling: Option<&Innsamling>, na: Timestamp) -> Steg {
    if bilde.status == Skolestatus::Uavklart && bilde.leses {
        return Steg::LesTilbake;
    }
    let Some(runde) = innsamling.filter(|runde| runde.gjelder(&bilde.nokkel)) else { return Steg::Ingenting };
    match bilde.status {
        Skolestatus::Mottatt | Skolestatus::Sendes | Skolestatus::Uavklart => Steg::Ingenting,
        Skolestatus::Stengt => Steg::Stengt,
        // What has changed since the version that the receiver has is for the intake office now.
        _ if runde.stenger <= na && bilde.mottatt.is_some() => Steg::Ingenting,
        _ if runde.stenger <= na => Steg::Stengt,
        Skolestatus::Klar => match policyens_tid(bilde, runde) {
            None => Steg::Ingenting,
            Some(tid) if tid <= na => Steg::Godkjenn,
            Some(tid) => Steg::VentTil(tid.min(runde.stenger)),
        },
        Skolestatus::Samles | Skolestatus::Avvik | Skolestatus::Avvist => Steg::Ingenting,
        Skolestatus::Godkjent if !runde.apen(na) => Steg::VentTil(runde.apner),
        Skolestatus::Godkjent if bilde.mottatt.is_some() => Steg::Send(Sending::Oppdatering),
        Skolestatus::Godkjent => Steg::Send(Sending::Liste),
    }
}

/// When the policy approves what the picture shows: it has been still for so many hours then. None if it never does.
pub(crate) fn policyens_tid(bilde: &Listebilde, runde: &Innsamling) -> Option<Timestamp> {
    let policyens = runde.godkjenning == Godkjenning::Automatisk && bilde.status == Skolestatus::Klar;
    let stille = SignedDuration::from_hours(runde.stille_timer.into());
    (policyens && !bilde.tilbakekalt).then(|| bilde.rort.checked_add(stille).unwrap_or(Timestamp::MAX))
}

/// What to write in the ledger when a program starts: an intent without an answer is of unknown outcome.
///
/// One entry for one call; a ledger in order never has more than one such intent.
pub fn start(poster: &[Innsendingspost]) -> Option<Handling> {
    let bok = Hovedbok::les(poster);
    bok.apent().map(|forsok| Handling::Svar {
        segl: forsok.segl.to_owned(),
        utfall: Utfall::Uavklart,
        kvittering: None,
        merknader: Vec::new(),
        forklaring: Some("stopped between request and answer; the list may have arrived".to_owned()),
        etag: None,
        bevis: None,
    })
}
