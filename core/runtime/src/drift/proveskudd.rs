//! A dry run of playing a cause again: how many could be read now, by this version and as the source is. Changes nothing.

use super::karantene::uten_plass;
use super::{Arsak, Drift, Karanteneinfo};
use crate::hovedbok::{self, SakFeil};
use crate::melding::hode;
use crate::{Kilde, Stopp, strommer};
use bus::Record;
use elevliste::{Innsendingspost, Listenokkel};
use flow::{Cursor, Progress};
use hendelse::{Bibliotek, Emne, Fingeravtrykk, Kildemarkor, Kildenavn, Posisjon, SkjemaFeil};
use std::collections::BTreeMap;

/// A reading with more pages does not end.
const SIDER: usize = 100_000;

/// How many of a cause.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Proveskudd {
    /// Can be read now, or are gone from the source.
    pub lesbare: u64,
    /// Still cannot be read.
    pub uleselige: u64,
    /// It cannot be told from here: the source is read elsewhere, is paused or does not answer, or the message is not
    /// kept any more.
    pub ukjent: u64,
}

impl Drift {
    /// Tries what playing a cause again would come to.
    ///
    /// Of a source's records: reads the source whole, and counts what it still shows of the cause. Of messages: reads
    /// each.
    pub async fn proveskudd(&self, arsak: &Arsak) -> Result<Proveskudd, Stopp> {
        let mut svar = Proveskudd::default();
        let mut per_kilde: BTreeMap<Option<Kildenavn>, u64> = BTreeMap::new();
        for info in self.av_arsak(arsak).await? {
            if info.opphav.is_none() {
                *per_kilde.entry(info.kilde).or_default() += 1;
                continue;
            }
            *match self.kan_leses(&info).await? {
                Some(true) => &mut svar.lesbare,
                Some(false) => &mut svar.uleselige,
                None => &mut svar.ukjent,
            } += 1;
        }
        for (kilde, antall) in per_kilde {
            let vist = match kilde {
                Some(kilde) => self.avvises_na(arsak, &kilde).await?,
                None => None,
            };
            match vist.map(|vist| vist.min(antall)) {
                Some(vist) => {
                    svar.uleselige += vist;
                    svar.lesbare += antall - vist;
                }
                None => svar.ukjent += antall,
            }
        }
        Ok(svar)
    }

    /// How many records of the cause the source shows now. None where it cannot be asked.
    async fn avvises_na(&self, arsak: &Arsak, navn: &Kildenavn) -> Result<Option<u64>, Stopp> {
        let kilder = &self.roller().kilder;
        let vart = |k: &&Kilde| arsak.trinn == "kilde" && k.tenant == arsak.tenant && k.navn == *navn;
        let Some(kilde) = kilder.iter().map(|(kilde, _)| kilde).find(vart) else { return Ok(None) };
        if self.kilde_pauset(&kilde.tenant, navn).await?.is_some() {
            return Ok(None);
        }
        let _alene = self.las_kilde(&kilde.tenant, navn).await;
        let (mut vist, mut cursor) = (0, Cursor::default());
        for _ in 0..SIDER {
            let side = match kilde.source.read(&cursor).await {
                Ok(side) => side,
                Err(feil) => {
                    tracing::info!(tenant = %kilde.tenant, kilde = %navn, error = %feil, "no dry run");
                    return Ok(None);
                }
            };
            let av_arsak = |r: &&flow::Refused| r.code == arsak.kode && uten_plass(&r.field) == arsak.felt;
            vist += side.refused.iter().filter(av_arsak).count() as u64;
            match side.progress {
                Progress::Complete(_) => return Ok(Some(vist)),
                Progress::More if side.next == cursor => return Ok(None),
                Progress::More => cursor = side.next,
            }
        }
        Ok(None)
    }

    /// Whether a message of ours can be handled now. None where that cannot be told.
    async fn kan_leses(&self, info: &Karanteneinfo) -> Result<Option<bool>, Stopp> {
        let Some(record) = self.melding(info.opphav.as_deref().unwrap_or_default()).await? else { return Ok(None) };
        match record.subject.parse() {
            Ok(Emne::Innsending(nokkel)) => self.kan_leveres(&nokkel, &record).await,
            Ok(emne) => self.kan_tolkes(&emne, &record).await.map(Some),
            Err(_) => Ok(Some(false)),
        }
    }

    async fn kan_leveres(&self, nokkel: &Listenokkel, record: &Record) -> Result<Option<bool>, Stopp> {
        match hovedbok::les::<Innsendingspost>(self.om(), hendelse::INNSENDING, record).await {
            Err(feil) if feil.er_en_posts() => return Ok(Some(false)),
            post => post?,
        };
        match (hovedbok::hent(self.om(), nokkel).await, &self.roller().rundt) {
            (Ok(sak), Some(rundt)) => Ok(Some(rundt.nokkel(&sak).is_ok())),
            (Ok(_), None) => Ok(None),
            (Err(SakFeil::Stopp(feil)), _) if !feil.er_en_posts() => Err(feil),
            (Err(_), _) => Ok(Some(false)),
        }
    }

    async fn kan_tolkes(&self, emne: &Emne, record: &Record) -> Result<bool, Stopp> {
        let Ok(hode) = hode(record) else { return Ok(false) };
        let Some(skjema) = hode.skjema else { return Ok(true) };
        let mut bibliotek = Bibliotek::default();
        loop {
            match tolk(&bibliotek, emne, skjema, &record.payload) {
                Err(SkjemaFeil::Ukjent(f)) if strommer::hent_skjema(&*self.om().bus, &mut bibliotek, f).await? => {}
                lest => return Ok(lest.is_ok()),
            }
        }
    }
}

fn tolk(b: &Bibliotek, emne: &Emne, skjema: Fingeravtrykk, data: &[u8]) -> Result<(), SkjemaFeil> {
    match emne {
        Emne::Kilde { typ, .. } => b.les_kilde(typ, skjema, data).map(drop),
        Emne::Fint { klasse, .. } => b.les_fint(*klasse, skjema, data).map(drop),
        Emne::Kildemarkor { .. } => b.les::<Kildemarkor>(skjema, data).map(drop),
        Emne::Fintposisjon(_) | Emne::Listeposisjon(_) => b.les::<Posisjon>(skjema, data).map(drop),
        _ => Ok(()),
    }
}
