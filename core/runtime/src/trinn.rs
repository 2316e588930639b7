//! The transactional step: what should be true, compared with what is; the difference is published.
//!
//! A step reads its input in order, folds it into memory, and at every consistent point asks the fold which keys may
//! have changed, computes what they should be, and commits what differs together with its position in atomic batches.
//! The position's expected sequence is the only lock: a second worker, a zombie or a retry after a lost answer is
//! refused, throws its memory away and starts again from what is stored. At start everything is compared once, so
//! nothing depends on what happened before.

use crate::karantene::Karantene;
use crate::melding::{Avsender, hode, innholdsavtrykk};
use crate::sporing::{sett_forelder, spor_av};
use crate::{Maalere, Stopp, strommer, vakt};
use bus::{Batch, Bus, Expect, Message, Reader, Record, Start};
use flow::Clock;
use hendelse::{Bibliotek, Emne, Fingeravtrykk, Hode, Posisjon, SkjemaFeil, Spor, Tenant, kod};
use std::collections::{BTreeSet, HashMap};
use std::{hash::Hash, sync::Arc, time::Duration};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tracing::Span;

/// How many records are taken from the reader at once.
const PORSJON: usize = 500;
/// Distinct causes that get a span of their own in one round; further ones pass their context on.
const SPOR_PER_RUNDE: usize = 64;

/// What a key should be.
pub(crate) struct Onsket {
    pub data: (Fingeravtrykk, Vec<u8>),
    pub spor: Option<Spor>,
}

/// A pure fold with touched keys.
pub(crate) trait Fold: Send {
    /// What names an output.
    type Nokkel: Ord + Hash + Clone + Send + Sync;
    /// Name of the step in metrics, spans and quarantine.
    const DEL: &'static str;
    /// Stream that is read.
    const INN: &'static str;
    /// Stream that is written.
    const UT: &'static str;

    fn tenant(&self) -> &Tenant;
    fn innfiltre(&self) -> Vec<String>;
    fn utfiltre(&self) -> Vec<String>;
    fn posisjon(&self) -> Emne;
    /// An output of this step as stored: its key, if it is ours. May restore memory from it.
    fn gjenopprett(
        &mut self,
        emne: &Emne,
        hode: &Hode,
        record: &Record,
        b: &Bibliotek,
    ) -> Result<Option<Self::Nokkel>, SkjemaFeil>;
    /// Takes one input into memory.
    fn motta(&mut self, emne: &Emne, hode: &Hode, record: &Record, b: &Bibliotek) -> Result<(), SkjemaFeil>;
    /// Whether memory is a state that the sources were in as a whole.
    fn konsistent(&self) -> bool;
    fn ta_berorte(&mut self) -> BTreeSet<Self::Nokkel>;
    fn alle(&mut self) -> BTreeSet<Self::Nokkel>;
    fn onsket(&self, nokkel: &Self::Nokkel) -> Result<Option<Onsket>, SkjemaFeil>;
    fn emne(&self, nokkel: &Self::Nokkel) -> Emne;
    /// The event type's middle, for example `fint.person`.
    fn typ(&self, nokkel: &Self::Nokkel) -> String;
    /// Counts what was odd, after everything has been compared.
    fn rapporter(&self, _: &Maalere) {}
}

/// What every step needs.
#[derive(Clone)]
pub struct Omgivelse {
    /// The log.
    pub bus: Arc<dyn Bus>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Metrics.
    pub maalere: Maalere,
}

/// Why a step does not follow its input any longer.
enum Slutt {
    Stoppet,
    LesNytt,
}

struct Trinn<F: Fold> {
    om: Omgivelse,
    fold: F,
    avsender: Avsender,
    bibliotek: Bibliotek,
    /// Fingerprint of what stands on each output subject.
    aktuelt: HashMap<F::Nokkel, u128>,
    vakt: u64,
    hel: bool,
    sekvens: u64,
}

/// Runs a step until `stopp`. `ny` makes an empty fold; it is called again whenever memory is thrown away.
///
/// `nytt` asks it to read everything anew: what could not be read then is tried once more.
pub(crate) async fn kjor<F: Fold>(om: Omgivelse, ny: impl Fn() -> F, nytt: Arc<Notify>, stopp: CancellationToken) {
    let mut pause = Duration::from_millis(200);
    while !stopp.is_cancelled() {
        let fold = ny();
        let tenant = fold.tenant().clone();
        let runde = Trinn::last(om.clone(), fold);
        let resultat = tokio::select! {
            () = stopp.cancelled() => return,
            runde = runde => match runde {
                Ok((mut trinn, reader)) => {
                    pause = Duration::from_millis(200);
                    trinn.folg(reader, &nytt, &stopp).await
                }
                Err(feil) => Err(feil),
            },
        };
        let feil = match resultat {
            Ok(Slutt::Stoppet) => return,
            Ok(Slutt::LesNytt) => continue,
            Err(feil) => feil,
        };
        Maalere::tell(&om.maalere.stopp, F::DEL, tenant.as_str(), feil.kode());
        if feil.avlost() {
            tracing::info!(trinn = F::DEL, %tenant, "another worker was first; reading the state again");
            continue;
        }
        tracing::warn!(trinn = F::DEL, %tenant, error = %feil, "the step starts again");
        tokio::select! {
            () = stopp.cancelled() => return,
            () = tokio::time::sleep(pause) => pause = (pause * 2).min(Duration::from_secs(30)),
        }
    }
}

/// A fold with everything in it that its input says now. Writes nothing but quarantine.
pub(crate) async fn les<F: Fold>(om: Omgivelse, fold: F) -> Result<F, Stopp> {
    let (trinn, _) = Trinn::last(om, fold).await?;
    Ok(trinn.fold)
}

impl<F: Fold> Trinn<F> {
    /// Reads what stands in the output, then the input's present state, and makes the two agree.
    async fn last(om: Omgivelse, fold: F) -> Result<(Self, Box<dyn Reader>), Stopp> {
        let avsender = Avsender::ny(fold.tenant().as_str(), F::DEL);
        let mut trinn = Self {
            om,
            fold,
            avsender,
            bibliotek: Bibliotek::default(),
            aktuelt: HashMap::new(),
            vakt: 0,
            hel: false,
            sekvens: 0,
        };
        trinn.last_aktuelt().await?;
        let bus = trinn.om.bus.clone();
        let mut reader = bus.read(F::INN, &trinn.fold.innfiltre(), Start::LastPerSubject).await?;
        let mut igjen = reader.pending_at_start();
        while igjen > 0 {
            let porsjon = reader.next(PORSJON, Duration::from_secs(10)).await?;
            for record in &porsjon {
                igjen = record.pending;
                trinn.motta(record).await?;
            }
        }
        if trinn.fold.konsistent() {
            trinn.avstem().await?;
        }
        Ok((trinn, reader))
    }

    async fn last_aktuelt(&mut self) -> Result<(), Stopp> {
        let posisjon = self.fold.posisjon().to_string();
        let bus = self.om.bus.clone();
        // The position first: who writes after it was read moves it, and we are refused before we act on what is old.
        if let Some(record) = bus.last(F::UT, &posisjon).await? {
            self.vakt = record.sequence;
            let skjema = hode(&record).ok().and_then(|h| h.skjema);
            self.hel =
                skjema.and_then(|s| self.bibliotek.les::<Posisjon>(s, &record.payload).ok()).is_some_and(|p| p.hel);
        }
        let mut reader = bus.read(F::UT, &self.fold.utfiltre(), Start::LastPerSubject).await?;
        let mut igjen = reader.pending_at_start();
        while igjen > 0 {
            for record in reader.next(PORSJON, Duration::from_secs(10)).await? {
                igjen = record.pending;
                if record.subject == posisjon {
                    continue;
                }
                let Some((emne, hode)) = Self::tolk(F::UT, &record)? else { continue };
                let Some(skjema) = hode.skjema else { continue };
                let nokkel = loop {
                    match self.fold.gjenopprett(&emne, &hode, &record, &self.bibliotek) {
                        Err(SkjemaFeil::Ukjent(f)) => self.hent_skjema(f).await?,
                        // What we wrote ourselves and cannot read any more is written anew.
                        Err(_) => break None,
                        Ok(nokkel) => break nokkel,
                    }
                };
                if let Some(nokkel) = nokkel {
                    self.aktuelt.insert(nokkel, innholdsavtrykk(skjema, &record.payload));
                }
            }
        }
        Ok(())
    }

    /// Everything that should be or is, compared once.
    async fn avstem(&mut self) -> Result<(), Stopp> {
        self.fold.ta_berorte();
        let mut nokler = self.fold.alle();
        nokler.extend(self.aktuelt.keys().cloned());
        self.skriv(nokler).await?;
        self.fold.rapporter(&self.om.maalere);
        Ok(())
    }

    async fn folg(
        &mut self,
        mut reader: Box<dyn Reader>,
        nytt: &Notify,
        stopp: &CancellationToken,
    ) -> Result<Slutt, Stopp> {
        let mut avstemt = self.fold.konsistent();
        loop {
            let porsjon = tokio::select! {
                () = stopp.cancelled() => return Ok(Slutt::Stoppet),
                () = nytt.notified() => return Ok(Slutt::LesNytt),
                porsjon = reader.next(PORSJON, Duration::from_secs(5)) => porsjon?,
            };
            for record in &porsjon {
                // Every batch ends with a mark, so memory is whole there and nowhere else.
                let merke = self.motta(record).await?;
                if !merke || !self.fold.konsistent() {
                    continue;
                }
                if avstemt {
                    let berorte = self.fold.ta_berorte();
                    self.skriv(berorte).await?;
                } else {
                    self.avstem().await?;
                    avstemt = true;
                }
            }
        }
    }

    fn tolk(stream: &'static str, record: &Record) -> Result<Option<(Emne, Hode)>, Stopp> {
        let Ok(emne) = record.subject.parse() else { return Ok(None) };
        match hode(record) {
            Ok(hode) => Ok(Some((emne, hode))),
            Err(feil) => Err(Stopp::Fremmed { stream, sekvens: record.sequence, feil }),
        }
    }

    /// Takes one record into memory. True for the mark that ends a batch.
    async fn motta(&mut self, record: &Record) -> Result<bool, Stopp> {
        self.sekvens = self.sekvens.max(record.sequence);
        Maalere::av(&self.om.maalere.lest, F::DEL, self.fold.tenant().as_str()).inc();
        let Some((emne, hode)) = Self::tolk(F::INN, record)? else { return Ok(false) };
        let merke = matches!(emne, Emne::Kildemarkor { .. } | Emne::Fintposisjon(_) | Emne::Listeposisjon(_));
        loop {
            match self.fold.motta(&emne, &hode, record, &self.bibliotek) {
                Ok(()) => return Ok(merke),
                Err(SkjemaFeil::Ukjent(f)) => self.hent_skjema(f).await?,
                Err(feil) => {
                    // What was known of it before stays in force; a person looks at the quarantine.
                    let tenant = self.fold.tenant().clone();
                    tracing::error!(trinn = F::DEL, %tenant, sekvens = record.sequence, error = %feil, "put in quarantine");
                    Karantene::ny(&self.om, F::DEL, &tenant).melding(F::INN, record, "uleselig").await?;
                    return Ok(merke);
                }
            }
        }
    }

    async fn hent_skjema(&mut self, avtrykk: Fingeravtrykk) -> Result<(), Stopp> {
        if strommer::hent_skjema(&*self.om.bus, &mut self.bibliotek, avtrykk).await? {
            return Ok(());
        }
        Err(Stopp::UkjentSkjema(avtrykk))
    }

    /// Publishes what differs, in batches; the last one says that the whole is consistent.
    async fn skriv(&mut self, nokler: BTreeSet<F::Nokkel>) -> Result<(), Stopp> {
        let mut spor = Sporer::default();
        let mut porsjon: Vec<(F::Nokkel, Option<u128>, Message)> = Vec::new();
        for nokkel in nokler {
            let onsket = self.fold.onsket(&nokkel)?;
            let avtrykk = onsket.as_ref().map(|o| innholdsavtrykk(o.data.0, &o.data.1));
            if avtrykk == self.aktuelt.get(&nokkel).copied() {
                continue;
            }
            if porsjon.len() == Batch::MAX - 1 {
                self.lagre(std::mem::take(&mut porsjon), false).await?;
            }
            let hva = match (&onsket, self.aktuelt.contains_key(&nokkel)) {
                (None, _) => "fjernet",
                (Some(_), true) => "endret",
                (Some(_), false) => "ny",
            };
            let typ = format!("{}.{hva}", self.fold.typ(&nokkel));
            let (data, arsak) = onsket.map_or((None, None), |o| (Some(o.data), o.spor));
            let spor = spor.folg(F::DEL, self.fold.tenant(), arsak);
            let melding = self.avsender.melding(&self.fold.emne(&nokkel), typ, self.om.clock.now(), data, spor);
            porsjon.push((nokkel, avtrykk, melding));
        }
        if !porsjon.is_empty() || !self.hel {
            self.lagre(porsjon, true).await?;
        } else {
            // There is nothing to do only if the output still is what memory says.
            vakt::star(&*self.om.bus, F::UT, &self.fold.posisjon(), self.vakt).await?;
        }
        let (maalere, tenant) = (&self.om.maalere, self.fold.tenant().as_str());
        Maalere::sett_sekvens(&maalere.sist_skrevet, F::DEL, tenant, self.vakt);
        Maalere::sett_sekvens(&maalere.behandlet, F::DEL, tenant, self.sekvens);
        Ok(())
    }

    async fn lagre(&mut self, porsjon: Vec<(F::Nokkel, Option<u128>, Message)>, hel: bool) -> Result<(), Stopp> {
        let posisjon = Posisjon { sekvens: i64::try_from(self.sekvens).unwrap_or(i64::MAX), hel };
        let emne = self.fold.posisjon();
        let typ = format!("{}.posisjon", F::DEL);
        let guard = self.avsender.melding(&emne, typ, self.om.clock.now(), Some(kod(&posisjon)?), None);
        let mut nye = Vec::with_capacity(porsjon.len());
        let mut messages = Vec::with_capacity(porsjon.len());
        for (nokkel, avtrykk, melding) in porsjon {
            nye.push((nokkel, avtrykk));
            messages.push(melding);
        }
        let antall = messages.len() as u64;
        let lagret = self.om.bus.commit(F::UT, Batch { guard, expect: Expect(self.vakt), messages }).await?;
        self.vakt = lagret.guard;
        self.hel = hel;
        for (nokkel, avtrykk) in nye {
            match avtrykk {
                Some(avtrykk) => self.aktuelt.insert(nokkel, avtrykk),
                None => self.aktuelt.remove(&nokkel),
            };
        }
        Maalere::av(&self.om.maalere.skrevet, F::DEL, self.fold.tenant().as_str()).inc_by(antall);
        Ok(())
    }
}

/// One span per cause, for as long as a round lasts.
#[derive(Default)]
struct Sporer(HashMap<Spor, (Span, Option<Spor>)>);

impl Sporer {
    fn folg(&mut self, del: &'static str, tenant: &Tenant, arsak: Option<Spor>) -> Option<Spor> {
        let arsak = arsak?;
        if let Some((_, spor)) = self.0.get(&arsak) {
            return spor.clone();
        }
        if self.0.len() >= SPOR_PER_RUNDE {
            return Some(arsak);
        }
        let span = tracing::info_span!("trinn", otel.name = del, %tenant);
        sett_forelder(&span, Some(&arsak));
        let spor = spor_av(&span).or_else(|| Some(arsak.clone()));
        self.0.insert(arsak, (span, spor.clone()));
        spor
    }
}
