//! What is to be done next with a list: approve, send, wait, or nothing.

use crate::{Listebilde, hovedbok::Hovedbok};
use elevliste::{Godkjenning, Handling, Innsamling, Innsendingspost, Sending, Skolestatus, Utfall};
use jiff::Timestamp;

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
/// and never twice. Without a round for this list nothing happens.
pub fn neste(bilde: &Listebilde, innsamling: Option<&Innsamling>, na: Timestamp) -> Steg {
    let Some(runde) = innsamling.filter(|runde| runde.gjelder(&bilde.nokkel)) else { return Steg::Ingenting };
    let over = runde.stenger <= na;
    match bilde.status {
        Skolestatus::Mottatt | Skolestatus::Sendes | Skolestatus::Uavklart => Steg::Ingenting,
        Skolestatus::Stengt => Steg::Stengt,
        _ if over => Steg::Stengt,
        Skolestatus::Klar if runde.godkjenning == Godkjenning::Automatisk => Steg::Godkjenn,
        Skolestatus::Samles | Skolestatus::Klar | Skolestatus::Avvik | Skolestatus::Avvist => Steg::Ingenting,
        Skolestatus::Godkjent if runde.apen(na) => Steg::Send(Sending::Liste),
        Skolestatus::Godkjent => Steg::VentTil(runde.apner),
    }
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
