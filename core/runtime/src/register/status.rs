//! How the register is doing, told where the other sources tell it: see [`Kildestatus`].

use super::Register;
use super::tilsyn::UTEN_KONTAKT;
use crate::trinn::Omgivelse;
use crate::{Kildestatus, Kildetilstand, Stopp, strommer};
use bytes::Bytes;
use flow::SourceError;
use jiff::{SignedDuration, Timestamp};

/// So often it is told while nothing is different.
const IGJEN: SignedDuration = SignedDuration::from_mins(1);

/// What was told last.
#[derive(Default)]
pub(super) struct Status {
    status: Kildestatus,
    skrevet: Option<Timestamp>,
}

impl Status {
    /// The feed has been read to its end, and everybody who waited is answered for.
    pub async fn innhentet(&mut self, om: &Omgivelse, register: &Register, rader: usize, merke: Option<Timestamp>) {
        let na = om.clock.now();
        let om_litt = |tid| na.saturating_add(tid).unwrap_or(Timestamp::MAX);
        let pause = SignedDuration::try_from(register.pause).unwrap_or(SignedDuration::MAX);
        let status = &mut self.status;
        (status.sist_forsok, status.sist_lest, status.sist_hel) = (Some(na), Some(na), Some(na));
        status.ventet = Some(om_litt(pause));
        status.frist = Some(om_litt(pause.saturating_add(UTEN_KONTAKT)));
        (status.rader, status.merke) = (rader as u64, merke);
        self.fortell(om, register, Kildetilstand::Ok, "ok").await;
    }

    /// A round was given up.
    pub async fn feilet(&mut self, om: &Omgivelse, register: &Register, feil: &Stopp) {
        self.status.sist_forsok = Some(om.clock.now());
        let tilstand = match feil {
            Stopp::Kilde(SourceError::Unreachable { .. }) => Kildetilstand::Borte,
            Stopp::Kilde(SourceError::Throttled { .. }) => Kildetilstand::Brems,
            Stopp::Kilde(SourceError::Denied { .. }) => Kildetilstand::Avviser,
            Stopp::Kilde(SourceError::Malformed { .. } | SourceError::Torn { .. }) => Kildetilstand::Uleselig,
            _ => Kildetilstand::Feil,
        };
        self.fortell(om, register, tilstand, feil.kode()).await;
    }

    async fn fortell(&mut self, om: &Omgivelse, register: &Register, tilstand: Kildetilstand, kode: &str) {
        let na = om.clock.now();
        let nytt = self.status.tilstand != tilstand || self.status.kode != kode;
        if !nytt && self.skrevet.is_some_and(|skrevet| na.duration_since(skrevet) < IGJEN) {
            return;
        }
        (self.status.tilstand, self.status.kode) = (tilstand, kode.to_owned());
        self.skrevet = Some(na);
        let Register { tenant, navn, .. } = register;
        let verdi = serde_json::to_vec(&self.status).expect("texts and numbers always have a json form");
        let nokkel = format!("status.{tenant}.{navn}");
        // A status is no state that anything depends on: without it the next one tells.
        if let Err(error) = om.bus.put(strommer::KILDER, &nokkel, Bytes::from(verdi)).await {
            tracing::warn!(%tenant, register = %navn, %error, "the status could not be stored");
        }
    }
}
