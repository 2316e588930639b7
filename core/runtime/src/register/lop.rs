//! What is remembered of a register, and one round of following it.

use super::fulgte::Fulgte;
use super::tilsyn::{Alarm, Tilsyn};
use super::{DEL, Register};
use crate::karantene::Karantene;
use crate::melding::Avsender;
use crate::trinn::Omgivelse;
use crate::{Maalere, Stopp};
use bus::{Batch, Reader};
use flow::{Feedside, RegisterError, SourceError};
use hendelse::{Bibliotek, K};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::Instant;
use uuid::Uuid;

/// How many records are taken from a reader at once.
pub(super) const PORSJON: usize = 500;
/// A new number on a list waits so long for more: a whole list is one question.
const SAMLING: Duration = Duration::from_secs(1);
/// An event that concerns us waits at most so long for more while the feed is read on.
const VENTETID: Duration = Duration::from_secs(5);
/// So many pages are read again after a crash, at most.
const SIDER: u32 = 100;
/// So long the place may stand still in the mark while nothing else is written.
const STED_ETTER: SignedDuration = SignedDuration::from_mins(10);
/// When those whose answers could not be used are asked about again.
pub(super) const IGJEN_ETTER: SignedDuration = SignedDuration::from_hours(1);
/// So often the feed must end before our place to be believed spooled anew: servers behind one address may differ a little.
const BAK_PA_RAD: u32 = 2;

/// What to do after a round.
pub(super) enum Etterpa {
    /// Go on.
    Mer,
    /// Everything is read.
    Hvil,
}

/// Memory of one register.
pub(super) struct Registerlop {
    pub om: Omgivelse,
    pub register: Register,
    pub avsender: Avsender,
    pub bibliotek: Bibliotek,
    pub lister: Box<dyn Reader>,
    pub fulgte: Fulgte,
    /// Those whose answers could not be used.
    pub ubesvart: BTreeSet<K>,
    /// When they are asked about again.
    pub igjen: Timestamp,
    /// Where reading goes on. None before a new place is found.
    pub neste: Option<i64>,
    /// The place that the mark holds. None while everyone is looked up.
    pub lagret: Option<i64>,
    pub lagret_tid: Timestamp,
    /// The mark's own sequence in the stream.
    pub vakt: u64,
    /// How often everyone has been looked up.
    pub snapshot: i64,
    /// Pages read since the place was stored.
    pub sider: u32,
    /// How often in a row the feed has ended before our place.
    pub bak: u32,
    /// Pupils with a protected address, by the list that counts them.
    pub skjermede: BTreeMap<String, Vec<Uuid>>,
    /// What could not be read since everyone was to be looked up.
    pub avvist: BTreeSet<K>,
    /// The same, once everyone has been.
    pub avvist_av_alle: Option<BTreeSet<K>>,
    /// Since when somebody has waited for an answer.
    pub eldste: Option<Instant>,
}

impl Registerlop {
    /// Rests, and gathers what the lists say meanwhile. Over early when it is woken, or when somebody new has waited for
    /// a little.
    pub async fn hvil(&mut self, pause: Duration, vekk: &Notify) -> Result<(), Stopp> {
        let mut slutt = Instant::now() + pause;
        loop {
            let igjen = slutt.saturating_duration_since(Instant::now());
            if igjen.is_zero() || self.fulgte.venter() >= self.maks() {
                return Ok(());
            }
            let mut nye = false;
            // Only the wait may be broken off: what has been read of the lists is taken whole.
            let porsjon = tokio::select! {
                () = vekk.notified() => return Ok(()),
                porsjon = self.lister.next(PORSJON, igjen) => porsjon?,
            };
            for record in porsjon {
                nye |= self.motta_liste(&record).await?;
            }
            if nye {
                slutt = slutt.min(Instant::now() + SAMLING);
            }
        }
    }

    /// One step: a new place in the feed, or a page of it; and the look-ups that are due.
    pub async fn runde(&mut self, tilsyn: &mut Tilsyn) -> Result<Etterpa, Stopp> {
        for record in self.lister.next(PORSJON, Duration::ZERO).await? {
            self.motta_liste(&record).await?;
        }
        self.sporr_igjen();
        let Some(neste) = self.neste else {
            self.nytt_sted(tilsyn).await?;
            return Ok(Etterpa::Mer);
        };
        if self.lagret.is_none() {
            self.sla_opp(tilsyn).await?;
            self.lagre_sted(tilsyn).await?;
            self.avvist_av_alle = Some(std::mem::take(&mut self.avvist));
            return Ok(Etterpa::Mer);
        }
        // Not after the page: a feed that is down must not keep anybody waiting for an answer.
        if self.eldste.is_some_and(|eldste| eldste.elapsed() >= VENTETID) {
            self.sla_opp(tilsyn).await?;
        }
        let side = match self.register.register.hendelser(neste).await {
            // Said again of a place at the end of the feed, it is no news but an error.
            Err(RegisterError::ForGammelt { .. }) if !tilsyn.har(Alarm::ForGammelt) => {
                tilsyn.los_ut(Alarm::ForGammelt);
                self.neste = None;
                return Ok(Etterpa::Mer);
            }
            side => side.map_err(stopp)?,
        };
        self.motta(neste, &side, tilsyn).await?;
        if side.hendelser.is_empty() && self.omspolt(tilsyn).await? {
            tilsyn.los_ut(Alarm::Omspolt);
            self.neste = None;
            return Ok(Etterpa::Mer);
        }
        // Once for each pause, not for each page of a long feed.
        if side.innhentet {
            self.motta_skjermede().await?;
        }
        if side.innhentet || self.sider >= SIDER || self.fulgte.venter() >= self.maks() {
            self.sla_opp(tilsyn).await?;
            if self.sted_forfalt() {
                self.lagre_sted(tilsyn).await?;
            }
        }
        if !side.innhentet {
            return Ok(Etterpa::Mer);
        }
        tilsyn.innhentet(self.om.clock.now());
        Ok(Etterpa::Hvil)
    }

    /// The feed is followed from its newest event, after everybody has been looked up.
    async fn nytt_sted(&mut self, tilsyn: &mut Tilsyn) -> Result<(), Stopp> {
        let siste = self.register.register.siste().await.map_err(stopp)?;
        let na = self.om.clock.now();
        tilsyn.svarte(na);
        tilsyn.forfra(na);
        self.fulgte.sporr_alle();
        self.avvist.clear();
        (self.neste, self.lagret, self.sider, self.bak) = (Some(siste.max(0).saturating_add(1)), None, 0, 0);
        self.snapshot += 1;
        let Register { tenant, navn, .. } = &self.register;
        tracing::info!(%tenant, register = %navn, antall = self.fulgte.antall(), "everyone on a list is looked up");
        Ok(())
    }

    /// Takes a page: what concerns us waits for its look-up, the rest is forgotten.
    async fn motta(&mut self, neste: i64, side: &Feedside, tilsyn: &mut Tilsyn) -> Result<(), Stopp> {
        let (tenant, na) = (self.register.tenant.as_str(), self.om.clock.now());
        if side.neste < neste || (side.neste == neste && !side.innhentet) {
            return Err(Stopp::Kilde(SourceError::Malformed {
                system: self.register.register.name().to_owned(),
                field: "hendelser.sekvensnummer".to_owned(),
                hint: "the page does not lead on".to_owned(),
            }));
        }
        tilsyn.svarte(na);
        tilsyn.senk(Alarm::ForGammelt);
        if !side.hendelser.is_empty() {
            tilsyn.senk(Alarm::Omspolt);
        }
        let lest = side.hendelser.len() + side.refused.len();
        Maalere::av(&self.om.maalere.lest, DEL, tenant).inc_by(lest as u64);
        for funn in &side.findings {
            Maalere::tell(&self.om.maalere.funn, DEL, tenant, funn.code);
        }
        let karantene = Karantene::ny(&self.om, DEL, &self.register.tenant);
        for avvist in &side.refused {
            self.avvist.insert(karantene.avvist(&self.register.nokkel, self.register.navn.as_str(), avvist).await?);
        }
        let mut vare = false;
        for hendelse in &side.hendelser {
            vare |= self.fulgte.hendelse(&hendelse.nummer);
        }
        if vare {
            self.eldste.get_or_insert_with(Instant::now);
        }
        if let Some(nyeste) = side.hendelser.iter().filter_map(|h| h.ajourhold).max() {
            tilsyn.hendelse(nyeste, na);
        }
        self.neste = Some(side.neste);
        self.sider += u32::from(side.neste > neste);
        tilsyn.sted(side.neste);
        Ok(())
    }

    /// Whether the feed ends before our place in it, and has done so before.
    async fn omspolt(&mut self, tilsyn: &mut Tilsyn) -> Result<bool, Stopp> {
        let siste = self.register.register.siste().await.map_err(stopp)?;
        tilsyn.svarte(self.om.clock.now());
        let bak = self.neste.is_some_and(|neste| siste < neste.saturating_sub(1));
        self.bak = if bak { self.bak + 1 } else { 0 };
        if !bak {
            tilsyn.senk(Alarm::Omspolt);
        }
        Ok(self.bak >= BAK_PA_RAD)
    }

    /// Those whose answers could not be used are asked about again now and then.
    fn sporr_igjen(&mut self) {
        let na = self.om.clock.now();
        if na < self.igjen {
            return;
        }
        self.igjen = na.saturating_add(IGJEN_ETTER).unwrap_or(Timestamp::MAX);
        self.ubesvart.iter().for_each(|k| self.fulgte.sporr(*k));
    }

    fn sted_forfalt(&self) -> bool {
        let lenge = || self.om.clock.now().duration_since(self.lagret_tid) >= STED_ETTER;
        self.neste != self.lagret && (self.sider >= SIDER || lenge())
    }

    /// How many are looked up at once: their answers are one batch.
    pub fn maks(&self) -> usize {
        self.register.register.maks_oppslag().clamp(1, Batch::MAX - 1)
    }
}

/// A register's error where everyone is looked up already, or is about to be.
pub(super) fn stopp(feil: RegisterError) -> Stopp {
    Stopp::Kilde(match feil {
        RegisterError::Source(feil) => feil,
        RegisterError::ForGammelt { system } => SourceError::Malformed {
            system,
            field: "seq".to_owned(),
            hint: "it says that its newest events are too old".to_owned(),
        },
    })
}
