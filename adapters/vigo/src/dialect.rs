//! A receiver in whichever dialect it speaks.

use crate::elevliste_v1::ElevlisteV1Sink;
use crate::error::ProbeError;
use crate::sink::VigoskoleSink;
use async_trait::async_trait;
use elevliste::{Elevlinje, Skolereferanse};
use flow::{Egenskaper, Forsendelse, Mottattinnhold, Outcome, Sink, SinkError};
use kodeverk::Skolear;

/// A receiver of lists.
#[derive(Debug)]
pub enum VigoSink {
    /// One list per school and year, once.
    Vigoskole(VigoskoleSink),
    /// A list that can be updated and read back.
    ElevlisteV1(ElevlisteV1Sink),
}

impl VigoSink {
    /// Tries everything a delivery needs, without delivering: a token, an answer from the receiver, a row of the code
    /// base. Returns all that failed.
    pub async fn probe(&self) -> Vec<ProbeError> {
        match self {
            Self::Vigoskole(sink) => sink.probe().await,
            Self::ElevlisteV1(sink) => sink.probe().await,
        }
    }

    fn sink(&self) -> &dyn Sink {
        match self {
            Self::Vigoskole(sink) => sink,
            Self::ElevlisteV1(sink) => sink,
        }
    }
}

#[async_trait]
impl Sink for VigoSink {
    fn name(&self) -> &str {
        self.sink().name()
    }

    fn egenskaper(&self) -> Egenskaper {
        self.sink().egenskaper()
    }

    async fn deliver(&self, forsendelse: &Forsendelse) -> Result<Outcome, SinkError> {
        self.sink().deliver(forsendelse).await
    }

    async fn les(&self, skole: &Skolereferanse, skolear: Skolear) -> Result<Option<Mottattinnhold>, SinkError> {
        self.sink().les(skole, skolear).await
    }

    fn linjeavtrykk(&self, linje: &Elevlinje) -> Option<String> {
        self.sink().linjeavtrykk(linje)
    }

    fn forutsi(&self, forsendelse: &Forsendelse) -> Outcome {
        self.sink().forutsi(forsendelse)
    }
}
