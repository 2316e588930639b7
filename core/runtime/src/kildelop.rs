//! The source loop: what a source shows, compared with what KILDE holds; the difference is published.
//!
//! A reading is staged whole before anything is written ([`lesning`]), judged ([`gate`], [`dom`]), and what differs goes
//! out in atomic batches together with the source's mark ([`publiser`]); only the last batch says that it is whole, and
//! nothing is derived before it does. What is missing from one complete snapshot is remembered; missing from the next one
//! too, it is looked up directly, and only if the source agrees it is gone ([`savn`]). What changes too much at once waits
//! for a person ([`hold`]). [`rytme`] says when to read, [`puls`] and [`status`] whether a source is alive.

mod dom;
mod flytting;
mod forklaring;
mod gate;
mod hold;
mod innhold;
mod lesning;
mod levert;
mod minne;
mod publiser;
mod puls;
mod rapport;
mod rom;
mod rytme;
mod savn;
mod sloyfe;
mod status;
mod utkast;

use crate::drift::Form;
use crate::melding::{Avsender, hode, innholdsavtrykk};
use crate::trinn::Omgivelse;
use crate::{Stopp, strommer};
use flow::{Lesevalg, Source, Vannmerker};
use hendelse::{Bibliotek, Emne, K, KILDE, Kildemarkor, Kildenavn, SkjemaFeil, Tenant, Tenantnokkel};
use innhold::Innhold;
use jiff::Timestamp;
use minne::{Minne, Nokkel};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::AtomicU32;
use tracing::Instrument;

pub use dom::Avgjort;
pub use gate::{Typetall, Utlosning, Utlost};
pub use hold::{Arsak, Avgjorelse, Avgjorfeil, Eksempel, Hold, Skoletall, avgjor, holdt, holdte};
pub use innhold::les_kilde;
pub use levert::{Levering, lever};
pub(crate) use rom::Rom;
pub(crate) use sloyfe::kjor;
pub use status::{Avsluttet, Kildestatus, Kildetilstand, alle_kildestatus, kildestatus};

const DEL: &str = "kilde";
/// Code of a reading that waits for a person.
const HOLDT: &str = "kilde-holdt";
/// Code of a reading that a person has discarded.
const FORKASTET: &str = "kilde-forkastet";

/// One source of one tenant.
#[derive(Clone)]
pub struct Kilde {
    /// Whose.
    pub tenant: Tenant,
    /// The tenant's secret.
    pub nokkel: Tenantnokkel,
    /// The source's name.
    pub navn: Kildenavn,
    /// The adapter.
    pub source: Arc<dyn Source>,
    /// When and how carefully it is read.
    pub valg: Lesevalg,
}

/// What one reading brought to KILDE.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Snapshotresultat {
    /// Objects seen for the first time, or again.
    pub nye: u64,
    /// Objects with other content.
    pub endret: u64,
    /// Pupils at another school than before.
    pub flyttet: u64,
    /// Objects that the source says are gone.
    pub fjernet: u64,
    /// Objects gone by two snapshots and a look-up, or by a person's approval.
    pub forsvunnet: u64,
    /// Objects missing and still kept.
    pub savnet: u64,
    /// Records put in quarantine.
    pub avvist: u64,
}

impl Snapshotresultat {
    /// Whether KILDE was changed.
    pub const fn endret_noe(&self) -> bool {
        self.nye + self.endret + self.flyttet + self.fjernet + self.forsvunnet > 0
    }
}

/// What came of one complete reading.
#[derive(Debug, Clone, Default)]
pub struct Utfall {
    /// What was published.
    pub resultat: Snapshotresultat,
    /// What was not, because a person must decide, or has discarded it.
    pub holdt: Option<Hold>,
    /// Tolerances used, by code.
    pub funn: BTreeMap<&'static str, u64>,
    /// Records that could not be read: code and field.
    pub avvist: Vec<(&'static str, String)>,
    /// What they are called in quarantine.
    pub(crate) karantene: BTreeSet<K>,
    /// The shape of what was read.
    pub form: Form,
    /// Rows read.
    pub rader: u64,
    /// The source's newest time of change.
    pub merke: Option<Timestamp>,
}

impl Utfall {
    fn av(utkast: &utkast::Utkast) -> Self {
        let avvist: Vec<_> = utkast.avviste.iter().map(|a| (a.code, a.field.clone())).collect();
        Self {
            resultat: Snapshotresultat { avvist: avvist.len() as u64, ..Snapshotresultat::default() },
            holdt: None,
            funn: utkast.funn.clone(),
            avvist,
            karantene: utkast.karantene.clone(),
            form: utkast.form.clone(),
            rader: utkast.rader,
            merke: utkast.nyeste(),
        }
    }
}

/// What the source's mark in KILDE says.
#[derive(Debug, Clone, Default)]
struct Merke {
    snapshot: i64,
    hel: bool,
    posisjon: Option<String>,
}

/// The loop's memory: what KILDE holds of this source.
pub struct Kildelop {
    om: Omgivelse,
    kilde: Kilde,
    avsender: Avsender,
    rom: Rom,
    minne: Minne,
    merke: Option<Merke>,
    /// What was missing from the last complete snapshot.
    savnet: BTreeSet<Nokkel>,
    vakt: u64,
    /// Whether it was handed in: then there is nobody to ask.
    levert: bool,
    har_hold: bool,
    sist_hold: Option<Hold>,
    ventende: Option<dom::Ventende>,
    /// How often the source has been waited for in this reading.
    ventet: AtomicU32,
    /// What the last reading referred to without showing it.
    hengende: Option<String>,
    /// Missing pupils who are known to be at another school.
    flyttet_bort: BTreeSet<Nokkel>,
    /// The source's newest times of change; none before a complete snapshot.
    merker: Option<Vannmerker>,
}

impl Kildelop {
    /// Reads what KILDE holds of the source.
    pub async fn last(om: Omgivelse, kilde: Kilde) -> Result<Self, Stopp> {
        Self::last_i(om, kilde, Rom::default()).await
    }

    async fn last_i(om: Omgivelse, kilde: Kilde, rom: Rom) -> Result<Self, Stopp> {
        let mut lop = Self {
            avsender: Avsender::ny(kilde.tenant.as_str(), kilde.navn.as_str()),
            har_hold: holdt(&om, &kilde.tenant, &kilde.navn).await?.is_some(),
            om,
            kilde,
            rom,
            minne: Minne::default(),
            merke: None,
            savnet: BTreeSet::new(),
            vakt: 0,
            levert: false,
            sist_hold: None,
            ventende: None,
            ventet: AtomicU32::new(0),
            hengende: None,
            flyttet_bort: BTreeSet::new(),
            merker: None,
        };
        // The mark first: who writes after it was read moves it, and we are refused before we act on what is old.
        lop.les_merke().await?;
        lop.les_innhold().await?;
        Ok(lop)
    }

    async fn les_innhold(&mut self) -> Result<(), Stopp> {
        let Self { om, kilde, minne, .. } = self;
        Innhold::av(om, &kilde.tenant, &kilde.navn)
            .poster(">", |nokkel, hode, record| match hode.skjema {
                Some(skjema) => minne.inn(nokkel, innholdsavtrykk(skjema, &record.payload)),
                None => minne.ut(&nokkel),
            })
            .await?;
        minne.krymp();
        Ok(())
    }

    async fn les_merke(&mut self) -> Result<(), Stopp> {
        let Some(record) = self.om.bus.last(KILDE, &self.markoremne().to_string()).await? else { return Ok(()) };
        self.vakt = record.sequence;
        let Some(skjema) = hode(&record).ok().and_then(|h| h.skjema) else { return Ok(()) };
        let mut bibliotek = Bibliotek::default();
        let markor: Kildemarkor = loop {
            match bibliotek.les(skjema, &record.payload) {
                Err(SkjemaFeil::Ukjent(f)) if strommer::hent_skjema(&*self.om.bus, &mut bibliotek, f).await? => {}
                Err(SkjemaFeil::Ukjent(f)) => return Err(Stopp::UkjentSkjema(f)),
                lest => break lest?,
            }
        };
        self.savnet = markor.savnet.iter().filter_map(|s| Nokkel::ny(&s.typ, s.k.parse().ok()?)).collect();
        self.merke = Some(Merke { snapshot: markor.snapshot, hel: markor.hel, posisjon: markor.posisjon });
        Ok(())
    }

    fn markoremne(&self) -> Emne {
        Emne::Kildemarkor { tenant: self.kilde.tenant.clone(), kilde: self.kilde.navn.clone() }
    }

    fn span(&self) -> tracing::Span {
        tracing::info_span!("snapshot", otel.name = "kilde.snapshot", tenant = %self.kilde.tenant, kilde = %self.kilde.navn)
    }

    /// Reads one complete snapshot, and publishes what differs and may be.
    ///
    /// After an error that is not the source's own, load the memory anew: something may be stored that it does not know.
    pub async fn snapshot(&mut self) -> Result<Utfall, Stopp> {
        self.ventende = None;
        let span = self.span();
        let utfall = async {
            let utkast = self.les_helt().await?;
            self.dom(utkast, true, &span).await
        };
        utfall.instrument(span.clone()).await
    }

    /// Reads what has changed since the last complete reading, and publishes it. What it does not show means nothing.
    pub async fn endringer(&mut self) -> Result<Delta, Stopp> {
        let Some(merker) = self.merker.clone().filter(|_| !self.har_hold) else { return Ok(Delta::Ikke) };
        if merker.is_empty() {
            return Ok(Delta::KanIkke);
        }
        let span = self.span();
        let delta = async {
            let Some(utkast) = self.les_endringer(&merker).await? else { return Ok(Delta::KanIkke) };
            let Some(sak) = self.liten_nok(utkast).await? else { return Ok(Delta::ForMye) };
            Ok(Delta::Lest(Box::new(self.publiser(sak, publiser::Omfang::Alt, &span).await?)))
        };
        delta.instrument(span.clone()).await
    }
}

/// What came of asking for changes.
#[derive(Debug)]
pub enum Delta {
    /// They were read, and what differs is published.
    Lest(Box<Utfall>),
    /// It is not the time: no complete snapshot has been read, or something is held.
    Ikke,
    /// The source cannot be asked so.
    KanIkke,
    /// It is too much to be believed without a complete snapshot.
    ForMye,
}
