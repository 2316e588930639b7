//! The source loop: one complete snapshot compared with what KILDE holds; the difference is published.
//!
//! A snapshot is staged whole before anything is written. What changed goes out in atomic batches together with the
//! source's mark; only the last batch says that the snapshot is whole, and nothing is derived before it does. What is
//! missing from one complete snapshot is remembered; missing from the next one too, it is looked up directly, and only
//! if the source agrees it is gone.

use crate::karantene::Karantene;
use crate::melding::{Avsender, hode, innholdsavtrykk};
use crate::sporing::spor_av;
use crate::trinn::Omgivelse;
use crate::{Maalere, Stopp, strommer};
use bus::{Batch, Expect, Message, Start};
use flow::{Cursor, Kildeobjekt, Observed, Page, Presence, Progress, Source, SourceError};
use hendelse::{
    Bibliotek, Emne, Fingeravtrykk, K, KILDE, Kildemarkor, Kildenavn, Savnet, SkjemaFeil, Tenant, Tenantnokkel, kod,
};
use oneroster::Status;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tracing::Instrument;

const DEL: &str = "kilde";

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
    /// Pause between two snapshots.
    pub intervall: Duration,
}

/// What one snapshot brought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Snapshotresultat {
    /// Objects seen for the first time, or again.
    pub nye: u64,
    /// Objects with other content.
    pub endret: u64,
    /// Objects that the source says are gone.
    pub fjernet: u64,
    /// Objects gone by two snapshots and a look-up.
    pub forsvunnet: u64,
    /// Objects missing for the first time.
    pub savnet: u64,
    /// Records put in quarantine.
    pub avvist: u64,
}

type Nokkel = (&'static str, K);

/// A change on its way to KILDE.
struct Endring {
    nokkel: Nokkel,
    hva: &'static str,
    data: Option<(Fingeravtrykk, Vec<u8>)>,
    avtrykk: Option<u128>,
}

/// The loop's memory: what KILDE holds of this source.
pub struct Kildelop {
    om: Omgivelse,
    kilde: Kilde,
    avsender: Avsender,
    aktuelt: HashMap<Nokkel, u128>,
    markor: Option<Kildemarkor>,
    vakt: u64,
}

/// Reads a source again and again until `stopp`. `vekk` wakes it before its interval is over.
pub async fn kjor(om: Omgivelse, kilde: Kilde, vekk: Arc<tokio::sync::Notify>, stopp: CancellationToken) {
    let (tenant, navn) = (kilde.tenant.clone(), kilde.navn.clone());
    let mut lop: Option<Kildelop> = None;
    let mut feil_pa_rad = 0_u32;
    while !stopp.is_cancelled() {
        let runde = async {
            let mut l = match lop.take() {
                Some(l) => l,
                None => Kildelop::last(om.clone(), kilde.clone()).await?,
            };
            let resultat = l.snapshot().await?;
            Ok::<_, Stopp>((l, resultat))
        };
        let runde = tokio::select! {
            () = stopp.cancelled() => return,
            runde = runde => runde,
        };
        let pause = match runde {
            Ok((l, r)) => {
                lop = Some(l);
                feil_pa_rad = 0;
                tracing::info!(
                    %tenant, kilde = %navn, nye = r.nye, endret = r.endret, fjernet = r.fjernet, forsvunnet = r.forsvunnet,
                    savnet = r.savnet, avvist = r.avvist, "complete snapshot"
                );
                kilde.intervall
            }
            Err(feil) => {
                Maalere::tell(&om.maalere.stopp, DEL, tenant.as_str(), feil.kode());
                if feil.avlost() {
                    tracing::info!(%tenant, kilde = %navn, "another worker reads this source");
                } else {
                    tracing::warn!(%tenant, kilde = %navn, error = %feil, "the snapshot was given up; the last complete one stays in force");
                }
                feil_pa_rad += 1;
                pause_etter(&feil, feil_pa_rad).min(kilde.intervall.max(Duration::from_secs(1)))
            }
        };
        tokio::select! {
            () = stopp.cancelled() => return,
            () = vekk.notified() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// The source's own wish where it has one, else doubling from a second to five minutes.
fn pause_etter(feil: &Stopp, pa_rad: u32) -> Duration {
    match feil {
        Stopp::Kilde(SourceError::Throttled { wait, .. }) => *wait,
        feil if feil.avlost() && pa_rad < 3 => Duration::ZERO,
        _ => Duration::from_secs(1 << pa_rad.min(8)).min(Duration::from_secs(300)),
    }
}

impl Kildelop {
    /// Reads what KILDE holds of the source.
    pub async fn last(om: Omgivelse, kilde: Kilde) -> Result<Self, Stopp> {
        let avsender = Avsender::ny(kilde.tenant.as_str(), kilde.navn.as_str());
        let mut lop = Self { om, kilde, avsender, aktuelt: HashMap::new(), markor: None, vakt: 0 };
        let merke = lop.markoremne().to_string();
        let filtre = [format!("kilde.{}.{}.>", lop.kilde.tenant, lop.kilde.navn)];
        let mut reader = lop.om.bus.read(KILDE, &filtre, Start::LastPerSubject).await?;
        let mut igjen = reader.pending_at_start();
        while igjen > 0 {
            for record in reader.next(500, Duration::from_secs(10)).await? {
                igjen = record.pending;
                let Ok(Emne::Kilde { typ, k, .. }) = record.subject.parse() else { continue };
                let skjema = hode(&record)
                    .map_err(|feil| Stopp::Fremmed { stream: KILDE, sekvens: record.sequence, feil })?
                    .skjema;
                let Some(typ) = kjent_type(&typ) else { continue };
                if let Some(skjema) = skjema {
                    lop.aktuelt.insert((typ, k), innholdsavtrykk(skjema, &record.payload));
                } else {
                    lop.aktuelt.remove(&(typ, k));
                }
            }
        }
        if let Some(record) = lop.om.bus.last(KILDE, &merke).await? {
            lop.vakt = record.sequence;
            let mut bibliotek = Bibliotek::default();
            if let Some(skjema) = hode(&record).ok().and_then(|h| h.skjema) {
                lop.markor = match bibliotek.les(skjema, &record.payload) {
                    Err(SkjemaFeil::Ukjent(f)) => {
                        if !strommer::hent_skjema(&*lop.om.bus, &mut bibliotek, f).await? {
                            return Err(Stopp::UkjentSkjema(f));
                        }
                        Some(bibliotek.les(skjema, &record.payload)?)
                    }
                    lest => Some(lest?),
                };
            }
        }
        Ok(lop)
    }

    fn markoremne(&self) -> Emne {
        Emne::Kildemarkor { tenant: self.kilde.tenant.clone(), kilde: self.kilde.navn.clone() }
    }

    fn nokkel(&self, objekt: &Kildeobjekt) -> Nokkel {
        let typ = objekt.typenavn();
        (typ, self.kilde.nokkel.k(&[self.kilde.navn.as_str(), typ, objekt.kildeid()]))
    }

    /// Reads one complete snapshot and publishes what differs.
    pub async fn snapshot(&mut self) -> Result<Snapshotresultat, Stopp> {
        let span = tracing::info_span!("snapshot", otel.name = "kilde.snapshot", tenant = %self.kilde.tenant, kilde = %self.kilde.navn);
        self.snapshot_i(&span).instrument(span.clone()).await
    }

    async fn snapshot_i(&mut self, span: &tracing::Span) -> Result<Snapshotresultat, Stopp> {
        let mut resultat = Snapshotresultat::default();
        let mut endringer = Vec::new();
        let mut sett = HashSet::new();
        let mut cursor = Cursor::default();
        let mut avviste = Vec::new();
        let typer = loop {
            let side = self.kilde.source.read(&cursor).await?;
            self.tell(&side);
            for observert in side.observed {
                self.vurder(observert, &mut sett, &mut endringer, &mut resultat)?;
            }
            avviste.extend(side.refused);
            cursor = side.next;
            if let Progress::Complete(typer) = side.progress {
                break typer;
            }
        };
        let karantene = Karantene::ny(&self.om, DEL, &self.kilde.tenant);
        for avvist in &avviste {
            karantene.avvist(&self.kilde.nokkel, self.kilde.navn.as_str(), avvist).await?;
        }
        resultat.avvist = avviste.len() as u64;
        // A record that could not be read may be any of those missing: then nothing is believed to be missing.
        let savnet = if avviste.is_empty() {
            self.savnede(&typer, &sett, &mut endringer, &mut resultat).await?
        } else {
            self.markor.as_ref().map(|m| m.savnet.clone()).unwrap_or_default()
        };
        self.lagre(endringer, savnet, span).await?;
        let tenant = self.kilde.tenant.as_str();
        Maalere::sett_sekvens(&self.om.maalere.sist_skrevet, DEL, tenant, self.vakt);
        Maalere::av(&self.om.maalere.snapshot, DEL, tenant).inc();
        Maalere::niva(&self.om.maalere.sist_hel, DEL, tenant).set(self.om.clock.now().as_second());
        Ok(resultat)
    }

    fn tell(&self, side: &Page) {
        let tenant = self.kilde.tenant.as_str();
        Maalere::av(&self.om.maalere.lest, DEL, tenant).inc_by((side.observed.len() + side.refused.len()) as u64);
        if let Some(ventet) = side.expected {
            Maalere::niva(&self.om.maalere.ventet, DEL, tenant).set(i64::try_from(ventet).unwrap_or(i64::MAX));
        }
        for funn in &side.findings {
            Maalere::tell(&self.om.maalere.funn, DEL, tenant, funn.code);
        }
    }

    /// Compares one object with what KILDE holds.
    fn vurder(
        &self,
        observert: Observed,
        sett: &mut HashSet<Nokkel>,
        endringer: &mut Vec<Endring>,
        resultat: &mut Snapshotresultat,
    ) -> Result<(), Stopp> {
        let nokkel = self.nokkel(&observert.objekt);
        if !sett.insert(nokkel) {
            return Ok(()); // the adapter refuses one id with two contents, so this is the same once more
        }
        let kjent = self.aktuelt.get(&nokkel).copied();
        if observert.status == Status::Tobedeleted {
            if kjent.is_some() {
                resultat.fjernet += 1;
                endringer.push(Endring { nokkel, hva: "fjernet", data: None, avtrykk: None });
            }
            return Ok(());
        }
        let mut data = observert.objekt.kod()?;
        let avtrykk = innholdsavtrykk(data.0, &data.1);
        let hva = match kjent {
            Some(kjent) if kjent == avtrykk => return Ok(()),
            Some(_) => {
                resultat.endret += 1;
                "endret"
            }
            None => {
                resultat.nye += 1;
                "ny"
            }
        };
        // A whole snapshot may wait here: it keeps no more room than it needs.
        data.1.shrink_to_fit();
        endringer.push(Endring { nokkel, hva, data: Some(data), avtrykk: Some(avtrykk) });
        Ok(())
    }

    /// What the snapshot does not show although KILDE has it. Gone is only what was missing last time too, and is
    /// denied by the source when asked directly. Returns what is missing now.
    async fn savnede(
        &self,
        typer: &[&'static str],
        sett: &HashSet<Nokkel>,
        endringer: &mut Vec<Endring>,
        resultat: &mut Snapshotresultat,
    ) -> Result<Vec<Savnet>, Stopp> {
        for typ in typer {
            let antall = self.aktuelt.keys().filter(|(t, _)| t == typ).count();
            if antall > 0 && !sett.iter().any(|(t, _)| t == typ) {
                return Err(Stopp::Tom { kilde: self.kilde.navn.to_string(), typ, antall });
            }
        }
        let mangler: BTreeSet<Nokkel> =
            self.aktuelt.keys().filter(|n| typer.contains(&n.0) && !sett.contains(*n)).copied().collect();
        let forrige: HashSet<(&str, &str)> =
            self.markor.iter().flat_map(|m| m.savnet.iter().map(|s| (s.typ.as_str(), s.k.as_str()))).collect();
        let mut savnet = Vec::new();
        for nokkel in mangler {
            let k = nokkel.1.to_string();
            if forrige.contains(&(nokkel.0, k.as_str())) && self.borte(&nokkel).await? {
                resultat.forsvunnet += 1;
                endringer.push(Endring { nokkel, hva: "forsvunnet", data: None, avtrykk: None });
            } else {
                savnet.push(Savnet { typ: nokkel.0.to_owned(), k });
            }
        }
        resultat.savnet = savnet.len() as u64;
        Ok(savnet)
    }

    /// Asks the source directly.
    async fn borte(&self, nokkel: &Nokkel) -> Result<bool, Stopp> {
        let emne = self.kildeemne(nokkel).to_string();
        let Some(record) = self.om.bus.last(KILDE, &emne).await? else { return Ok(true) };
        let Some(skjema) = hode(&record).ok().and_then(|h| h.skjema) else { return Ok(true) };
        let objekt = Bibliotek::default().les_kilde(nokkel.0, skjema, &record.payload)?;
        Ok(self.kilde.source.look_up(&objekt).await? == Presence::Gone)
    }

    fn kildeemne(&self, nokkel: &Nokkel) -> Emne {
        Emne::Kilde {
            tenant: self.kilde.tenant.clone(),
            kilde: self.kilde.navn.clone(),
            typ: nokkel.0.to_owned(),
            k: nokkel.1,
        }
    }

    /// Publishes the changes in atomic batches; the last one says that the snapshot is whole. Nothing changed, nothing
    /// published.
    async fn lagre(&mut self, endringer: Vec<Endring>, savnet: Vec<Savnet>, span: &tracing::Span) -> Result<(), Stopp> {
        let uendret = self.markor.as_ref().is_some_and(|m| m.hel && m.savnet == savnet);
        if endringer.is_empty() && uendret {
            return Ok(());
        }
        let spor = spor_av(span);
        let snapshot = self.markor.as_ref().map_or(1, |m| m.snapshot + 1);
        let lest = self.om.clock.now();
        let mut igjen = endringer.into_iter().peekable();
        loop {
            let porsjon: Vec<Endring> = igjen.by_ref().take(Batch::MAX - 1).collect();
            let hel = igjen.peek().is_none();
            let markor =
                Kildemarkor { snapshot, hel, lest, savnet: if hel { savnet.clone() } else { vec![] }, posisjon: None };
            let messages: Vec<Message> = porsjon
                .iter()
                .map(|e| {
                    let typ = format!("kilde.{}.{}", e.nokkel.0, e.hva);
                    self.avsender.melding(&self.kildeemne(&e.nokkel), typ, lest, e.data.clone(), spor.clone())
                })
                .collect();
            let data = Some(kod(&markor)?);
            let guard = self.avsender.melding(&self.markoremne(), "kilde.markor", lest, data, spor.clone());
            let antall = messages.len() as u64;
            let lagret = self.om.bus.commit(KILDE, Batch { guard, expect: Expect(self.vakt), messages }).await?;
            self.vakt = lagret.guard;
            self.markor = Some(markor);
            Maalere::av(&self.om.maalere.skrevet, DEL, self.kilde.tenant.as_str()).inc_by(antall);
            for endring in porsjon {
                match endring.avtrykk {
                    Some(avtrykk) => self.aktuelt.insert(endring.nokkel, avtrykk),
                    None => self.aktuelt.remove(&endring.nokkel),
                };
            }
            if hel {
                return Ok(());
            }
        }
    }
}

/// The static name of a type that this version knows.
fn kjent_type(typ: &str) -> Option<&'static str> {
    oneroster::Objekttype::ALLE.into_iter().map(oneroster::Objekttype::as_str).chain(["vigoskole"]).find(|t| *t == typ)
}
