//! Attempts to send, and what became of them.

use elevliste::{Handling, Innsendingspost, Linjeavtrykk, Merknad, Utfall};
use jiff::Timestamp;
use std::collections::BTreeMap;
use uuid::Uuid;

/// One attempt to send, and what became of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Forsok<'a> {
    pub(crate) segl: &'a str,
    pub(crate) linjer: &'a [Linjeavtrykk],
    pub(crate) oppdatering: bool,
    pub(crate) idempotens: Option<&'a str>,
    /// Where in the ledger it was approved.
    pub(crate) godkjenning: Option<usize>,
    pub(crate) svar: Option<Svar<'a>>,
    /// Whether the outcome was unknown at some time, whatever was found out since.
    pub(crate) var_ukjent: bool,
    /// Whether the receiver has said at some time that it has another list already.
    pub(crate) annen_har: bool,
    /// Whether the receiver has answered it at some time: a repetition would get the same answer.
    pub(crate) ble_besvart: bool,
}

/// The last answer to an attempt.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Svar<'a> {
    pub(crate) utfall: &'a Utfall,
    pub(crate) merknader: &'a [Merknad],
    pub(crate) kvittering: Option<&'a str>,
    pub(crate) etag: Option<&'a str>,
    pub(crate) bevis: Option<&'a str>,
    pub(crate) tidspunkt: Timestamp,
    pub(crate) plass: usize,
}

impl<'a> Svar<'a> {
    /// The answer that an entry gives; none if it is about something else.
    pub(super) fn av(post: &'a Innsendingspost, plass: usize) -> Option<Self> {
        let (utfall, merknader, kvittering, etag, bevis) = match &post.handling {
            Handling::Svar { utfall, merknader, kvittering, etag, bevis, .. } => {
                (utfall, merknader.as_slice(), kvittering, etag, bevis)
            }
            Handling::Avklart { mottatt, kvittering, etag, bevis, .. } => {
                let utfall = if *mottatt { &Utfall::Mottatt } else { &Utfall::IkkeSendt };
                (utfall, &[][..], kvittering, etag, bevis)
            }
            _ => return None,
        };
        Some(Self {
            utfall,
            merknader,
            kvittering: kvittering.as_deref(),
            etag: etag.as_deref(),
            bevis: bevis.as_deref(),
            tidspunkt: post.tidspunkt,
            plass,
        })
    }
}

impl<'a> Forsok<'a> {
    pub(super) fn nytt(
        segl: &'a str,
        linjer: &'a [Linjeavtrykk],
        oppdatering: bool,
        idempotens: Option<&'a str>,
    ) -> Self {
        Self {
            segl,
            linjer,
            oppdatering,
            idempotens,
            godkjenning: None,
            svar: None,
            var_ukjent: false,
            annen_har: false,
            ble_besvart: false,
        }
    }

    pub(super) fn besvar(&mut self, svar: Svar<'a>) {
        self.var_ukjent |= *svar.utfall == Utfall::Uavklart;
        self.annen_har |= *svar.utfall == Utfall::AlleredeLevert;
        self.ble_besvart |= !matches!(svar.utfall, Utfall::Uavklart | Utfall::IkkeSendt);
        self.svar = Some(svar);
    }

    pub(crate) fn utfall(&self) -> Option<&'a Utfall> {
        self.svar.map(|s| s.utfall)
    }

    pub(crate) fn er_mottatt(&self) -> bool {
        matches!(self.utfall(), Some(Utfall::Mottatt | Utfall::MottattMedAdvarsler))
    }

    /// The lines that the receiver took: all, but for those that it refused in a list which it accepted.
    pub(crate) fn tatt(&self) -> impl Iterator<Item = &'a Linjeavtrykk> + use<'a> {
        let merknader = self.svar.map_or(&[][..], |s| s.merknader);
        let nektet = move |nr: u32| merknader.iter().any(|m| m.linje == nr && m.feil);
        (1..).zip(self.linjer).filter(move |(nr, _)| !nektet(*nr)).map(|(_, linje)| linje)
    }
}

/// Fingerprints by pupil, sorted: a pupil may stand twice.
pub(crate) type VedElev<'a> = BTreeMap<Uuid, Vec<&'a str>>;

pub(crate) fn ved_elev<'a>(linjer: impl IntoIterator<Item = &'a Linjeavtrykk>) -> VedElev<'a> {
    let mut ved = VedElev::new();
    for linje in linjer {
        ved.entry(linje.elev).or_default().push(linje.avtrykk.as_str());
    }
    ved.values_mut().for_each(|avtrykk| avtrykk.sort_unstable());
    ved
}
