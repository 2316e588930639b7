//! The line between us and VIGO, where a test can cut: the power before a request or after its answer, or the answer
//! alone while the request is still on its way.

use crate::sted::{Dialekt, Sted, Verden};
use async_trait::async_trait;
use elevliste::{Egenskaper, Elevlinje, Skolereferanse};
use flow::{Forsendelse, Mottattinnhold, Outcome, Sink, SinkError};
use kodeverk::Skolear;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What happens to one delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Brudd {
    /// Nothing.
    Ingen,
    /// The power goes after the intent is written and before the request is sent.
    ForSending,
    /// The power goes after the receiver has answered and before the answer is written.
    EtterSvar,
    /// We give up waiting, and the request arrives only then.
    Forsinket,
}

/// A line with what is to happen on it, one delivery after the other.
pub struct Linje {
    indre: Arc<dyn Sink>,
    verden: Arc<Verden>,
    dialekt: Dialekt,
    brudd: Mutex<VecDeque<Brudd>>,
    /// Set when the power is to go.
    pub stromlos: AtomicBool,
    /// Requests that are on their way although we have given up on them.
    pub pa_vei: Arc<AtomicUsize>,
    /// How often a list was sent that the receiver had already as it was sent.
    pub dobbelt: AtomicUsize,
    /// Deliveries that were begun.
    pub begynt: AtomicUsize,
    nett: tokio::runtime::Handle,
}

impl Linje {
    pub fn ny(sted: &Sted, brudd: impl IntoIterator<Item = Brudd>) -> Arc<Self> {
        Arc::new(Self {
            indre: sted.sink.clone(),
            verden: sted.verden.clone(),
            dialekt: sted.dialekt,
            brudd: Mutex::new(brudd.into_iter().collect()),
            stromlos: AtomicBool::new(false),
            pa_vei: Arc::default(),
            dobbelt: AtomicUsize::new(0),
            begynt: AtomicUsize::new(0),
            nett: tokio::runtime::Handle::current(),
        })
    }

    /// What happens to the next deliveries.
    pub fn plan(&self, brudd: impl IntoIterator<Item = Brudd>) {
        *self.brudd.lock().unwrap() = brudd.into_iter().collect();
    }

    async fn strombrudd(&self) -> Result<Outcome, SinkError> {
        self.stromlos.store(true, Ordering::SeqCst);
        std::future::pending().await
    }

    /// Whether the receiver has exactly this list.
    fn har(&self, f: &Forsendelse) -> bool {
        let (orgnr, skolear) = (f.skole.organisasjonsnummer.as_deref().unwrap(), f.skolear.to_string());
        let nummer = |l: &Elevlinje| (l.identitetsnummer.as_ref().unwrap().vis().clone(), l.klasse.clone().unwrap());
        let mut sendes: Vec<_> = f.linjer.iter().map(nummer).collect();
        let mut har: Vec<_> = match self.dialekt {
            Dialekt::Vigoskole => {
                let Some(liste) = self.verden.vigo.godkjent(orgnr, &skolear) else { return false };
                liste.lines.into_iter().map(|l| (l.personal_identity_number, l.class_code)).collect()
            }
            Dialekt::V1 => {
                let Some(liste) = self.verden.vigo.elevliste(orgnr, &skolear) else { return false };
                liste.elever.into_iter().filter_map(|e| Some((e.identitetsnummer?, e.klassekode?))).collect()
            }
        };
        sendes.sort();
        har.sort();
        sendes == har
    }
}

#[async_trait]
impl Sink for Linje {
    fn name(&self) -> &str {
        self.indre.name()
    }

    fn egenskaper(&self) -> Egenskaper {
        self.indre.egenskaper()
    }

    async fn deliver(&self, f: &Forsendelse) -> Result<Outcome, SinkError> {
        self.begynt.fetch_add(1, Ordering::SeqCst);
        if self.har(f) {
            self.dobbelt.fetch_add(1, Ordering::SeqCst);
        }
        let brudd = self.brudd.lock().unwrap().pop_front().unwrap_or(Brudd::Ingen);
        match brudd {
            Brudd::Ingen => self.indre.deliver(f).await,
            Brudd::ForSending => self.strombrudd().await,
            Brudd::EtterSvar => {
                let (indre, f) = (self.indre.clone(), f.clone());
                // On threads of its own: the power that goes is ours, not the receiver's.
                _ = self.nett.spawn(async move { indre.deliver(&f).await }).await;
                self.strombrudd().await
            }
            Brudd::Forsinket => {
                let (indre, f, pa_vei) = (self.indre.clone(), f.clone(), self.pa_vei.clone());
                pa_vei.fetch_add(1, Ordering::SeqCst);
                self.nett.spawn(async move {
                    tokio::time::sleep(Duration::from_millis(150)).await;
                    _ = indre.deliver(&f).await;
                    pa_vei.fetch_sub(1, Ordering::SeqCst);
                });
                Ok(Outcome::Unknown { hint: "no answer in time".into() })
            }
        }
    }

    async fn les(&self, skole: &Skolereferanse, skolear: Skolear) -> Result<Option<Mottattinnhold>, SinkError> {
        self.indre.les(skole, skolear).await
    }

    fn linjeavtrykk(&self, linje: &Elevlinje) -> Option<String> {
        self.indre.linjeavtrykk(linje)
    }

    fn forutsi(&self, forsendelse: &Forsendelse) -> Outcome {
        self.indre.forutsi(forsendelse)
    }
}

/// The same line under another name: a worker with a queue of its own.
pub fn med_navn(linje: Arc<Linje>, navn: &'static str) -> Arc<dyn Sink> {
    Arc::new(Navngitt { linje, navn })
}

struct Navngitt {
    linje: Arc<Linje>,
    navn: &'static str,
}

#[async_trait]
impl Sink for Navngitt {
    fn name(&self) -> &str {
        self.navn
    }

    fn egenskaper(&self) -> Egenskaper {
        self.linje.egenskaper()
    }

    async fn deliver(&self, forsendelse: &Forsendelse) -> Result<Outcome, SinkError> {
        self.linje.deliver(forsendelse).await
    }

    fn forutsi(&self, forsendelse: &Forsendelse) -> Outcome {
        self.linje.forutsi(forsendelse)
    }
}
