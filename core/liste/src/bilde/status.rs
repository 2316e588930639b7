//! Where a list stands: what the ledger says for certain comes first, the state of the list last.

use crate::hovedbok::Hovedbok;
use elevliste::{Innsamling, Skolestatus, Utfall};
use jiff::Timestamp;

/// What the status hangs on beside the ledger.
pub(super) struct Grunnlag<'g> {
    /// The seal of what would be sent now.
    pub(super) segl: &'g str,
    /// Whether anything bars sending.
    pub(super) feil: bool,
    /// Whether the round is over.
    pub(super) stengt: bool,
    pub(super) runde: Option<&'g Innsamling>,
    pub(super) runde_endret: Option<Timestamp>,
    /// Whether there is something to update the receiver's version with.
    pub(super) endret: bool,
    /// Whether the receiver lets a list that it has be replaced.
    pub(super) erstattbar: bool,
}

pub(super) fn status(bok: &Hovedbok<'_>, grunnlag: &Grunnlag<'_>) -> Skolestatus {
    if bok.apent().is_some() {
        return Skolestatus::Sendes;
    }
    if bok.uvisst().is_some() {
        return Skolestatus::Uavklart;
    }
    if bok.mottatt().is_some() && !grunnlag.endret {
        return Skolestatus::Mottatt;
    }
    if grunnlag.stengt { Skolestatus::Stengt } else { apen(bok, grunnlag) }
}

/// There is something to send, the round is not over, and every attempt has a known outcome.
fn apen(bok: &Hovedbok<'_>, g: &Grunnlag<'_>) -> Skolestatus {
    let godkjent = bok.godkjent(g.runde).filter(|(segl, _)| *segl == g.segl);
    let av_lista = match godkjent {
        _ if g.feil => Skolestatus::Avvik,
        Some(_) => Skolestatus::Godkjent,
        None => Skolestatus::Klar,
    };
    let Some((forsok, svar)) = bok.besvart().and_then(|f| Some((f, f.svar?))) else { return av_lista };
    // Somebody has looked at the answer and wants another try.
    let ny_godkjenning = !g.feil && godkjent.is_some_and(|(_, plass)| plass > svar.plass);
    match svar.utfall {
        Utfall::Stengt if !ny_godkjenning && g.runde_endret.is_none_or(|endret| endret <= svar.tidspunkt) => {
            Skolestatus::Stengt
        }
        Utfall::Avvist | Utfall::UkjentSkole | Utfall::AvvistUtenGrunn | Utfall::AlleredeLevert
            if forsok.segl == g.segl && !ny_godkjenning =>
        {
            Skolestatus::Avvist
        }
        // Somebody else's list stands there, and this receiver takes one: another try needs somebody who wants it.
        Utfall::IkkeSendt if forsok.annen_har && !g.erstattbar && forsok.segl == g.segl && !ny_godkjenning => {
            Skolestatus::Avvist
        }
        _ => av_lista,
    }
}
