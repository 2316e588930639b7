//! Delivery: one list at a time, intent before the request, outcome after it, and never blindly again.

use crate::hovedbok::{self, Listesak, SakFeil, les};
use crate::karantene::Karantene;
use crate::melding::hode;
use crate::sammenheng::Sammenheng;
use crate::sporing::{sett_forelder, spor_av};
use crate::trinn::Omgivelse;
use crate::{Maalere, Stopp, runder};
use bus::{Delivery, QueueSpec};
use elevliste::{Aktor, Handling, Innsamling, Innsendingspost, Listenokkel, Sending, Utfall};
use flow::{Avslag, Forsendelse, Outcome, Sink, SinkError};
use hendelse::{Emne, INNSENDING, Spor, Tenant};
use kodeverk::Fylkesnummer;
use liste::{Listebilde, Steg};
use std::{sync::Arc, time::Duration};
use tokio_util::sync::CancellationToken;
use tracing::Instrument;

const DEL: &str = "levering";
/// Longer than the longest request: work that is not answered for by then belongs to a process that is gone.
const ACK_WAIT: Duration = Duration::from_secs(300);
/// Waiting for a window to open may take weeks; it is looked at again this often.
const LENGSTE_VENT: Duration = Duration::from_secs(600);
/// Tries before a piece of work goes to quarantine. Waiting is not trying too often: a day of ten-minute waits is 144.
const FORSOK: u32 = 20_000;

/// A receiver and the counties that it serves.
#[derive(Clone)]
pub struct Mottaker {
    /// The adapter.
    pub sink: Arc<dyn Sink>,
    /// The counties.
    pub fylker: Vec<Fylkesnummer>,
}

/// What is to happen with the piece of work.
enum Videre {
    Ferdig,
    Vent(Duration),
}

/// Delivers until `stopp`. A request that is under way is finished first.
pub async fn kjor(
    om: Omgivelse,
    mottaker: Mottaker,
    runder: Arc<[Innsamling]>,
    rundt: Sammenheng,
    stopp: CancellationToken,
) {
    let levering = Levering { om, mottaker, runder, rundt };
    while !stopp.is_cancelled() {
        let Err(feil) = levering.folg(&stopp).await else { return };
        Maalere::tell(&levering.om.maalere.stopp, DEL, "", feil.kode());
        tracing::warn!(mottaker = levering.mottaker.sink.name(), error = %feil, "delivery starts again");
        tokio::select! {
            () = stopp.cancelled() => return,
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
        }
    }
}

struct Levering {
    om: Omgivelse,
    mottaker: Mottaker,
    runder: Arc<[Innsamling]>,
    rundt: Sammenheng,
}

impl Levering {
    async fn folg(&self, stopp: &CancellationToken) -> Result<(), Stopp> {
        let ko = QueueSpec {
            name: format!("levering-{}", self.mottaker.sink.name()),
            filters: self.mottaker.fylker.iter().map(|f| format!("innsending.{f}.>")).collect(),
            ack_wait: ACK_WAIT,
            max_deliver: FORSOK,
        };
        runder::overfor_runder(&self.om, &self.runder).await.map_err(runder::stopp)?;
        let mut ko = self.om.bus.queue(INNSENDING, &ko).await?;
        loop {
            let arbeid = tokio::select! {
                () = stopp.cancelled() => return Ok(()),
                arbeid = ko.next(Duration::from_secs(30)) => arbeid?,
            };
            let Some(arbeid) = arbeid else { continue };
            match self.arbeid(&*arbeid).await {
                Ok(Videre::Ferdig) => arbeid.ack().await?,
                Ok(Videre::Vent(_)) if arbeid.last() => self.gi_opp(&*arbeid, "for-mange-forsok").await?,
                Ok(Videre::Vent(vent)) => arbeid.nak(vent).await?,
                Err(SakFeil::Endret(_)) => arbeid.nak(Duration::from_millis(100)).await?,
                Err(SakFeil::Finnes(_) | SakFeil::Fremmed { .. }) => arbeid.ack().await?,
                Err(feil @ (SakFeil::Brutt { .. } | SakFeil::Runde(_))) => {
                    tracing::error!(error = %feil, "not delivered");
                    self.gi_opp(&*arbeid, "brutt-hovedbok").await?;
                }
                Err(SakFeil::Stopp(Stopp::Skjema(feil))) => {
                    tracing::error!(error = %feil, "not delivered");
                    self.gi_opp(&*arbeid, "uleselig").await?;
                }
                Err(SakFeil::Stopp(feil)) => return Err(feil),
            }
        }
    }

    /// Quarantine, and never again by itself.
    async fn gi_opp(&self, arbeid: &dyn Delivery, kode: &str) -> Result<(), Stopp> {
        Karantene::ny(&self.om, DEL, &Tenant::felles()).melding(INNSENDING, arbeid.record(), kode).await?;
        Ok(arbeid.term(kode).await?)
    }

    async fn arbeid(&self, arbeid: &dyn Delivery) -> Result<Videre, SakFeil> {
        let record = arbeid.record();
        let Ok(Emne::Innsending(nokkel)) = record.subject.parse() else { return Ok(Videre::Ferdig) };
        let post: Option<Innsendingspost> = les(&self.om, INNSENDING, record).await?;
        let spor = hode(record).ok().and_then(|h| h.spor);
        match post.map(|p| p.handling) {
            Some(Handling::Godkjent { .. }) => {
                let span = tracing::info_span!("lever", otel.name = "vigo.lever", liste = %nokkel);
                sett_forelder(&span, spor.as_ref());
                let spor = spor_av(&span).or(spor);
                self.lever(&nokkel, spor).instrument(span).await
            }
            _ => Ok(Videre::Ferdig),
        }
    }

    async fn lever(&self, nokkel: &Listenokkel, spor: Option<Spor>) -> Result<Videre, SakFeil> {
        let mut sak = hovedbok::hent(&self.om, nokkel).await?;
        // An intent without an answer: the process that wrote it is gone, and nobody knows whether VIGO has the list.
        if let Some(uavklart) = liste::start(&sak.poster) {
            tracing::error!(liste = %nokkel, "a delivery was cut off; a person must find out whether it arrived");
            self.svar(&mut sak, uavklart, spor).await?;
            return Ok(Videre::Ferdig);
        }
        let na = self.om.clock.now();
        let bilde = self.rundt.bilde(&sak, na)?;
        match liste::neste(&bilde, sak.runde.as_ref(), na) {
            Steg::Send(_) => {}
            Steg::VentTil(tid) => {
                let vent = Duration::try_from(tid.duration_since(na)).unwrap_or_default();
                return Ok(Videre::Vent(vent.clamp(Duration::from_millis(50), LENGSTE_VENT)));
            }
            Steg::Ingenting | Steg::Godkjenn | Steg::LesTilbake | Steg::Stengt => return Ok(Videre::Ferdig),
        }
        let navn = self.mottaker.sink.name().to_owned();
        hovedbok::skriv(&self.om, &mut sak, self.jeg(), bilde.intensjon(&navn, Sending::Liste, None), spor.clone())
            .await?;
        let forsendelse = Forsendelse {
            skole: sak.liste.skole.clone(),
            skolear: nokkel.skolear,
            linjer: bilde.sendbare.clone(),
            segl: bilde.segl.clone(),
            idempotens: bilde.segl.clone(),
            oppdatering: None,
        };
        let utfall = self.mottaker.sink.deliver(&forsendelse).await;
        let (svar, videre) = svar(&bilde, utfall);
        self.svar(&mut sak, svar, spor).await?;
        Ok(videre)
    }

    fn jeg(&self) -> Aktor {
        Aktor::system(&format!("levering:{}", self.mottaker.sink.name()))
    }

    /// Writes the answer. It must be written: only if NATS stays away is the outcome left to be found at the next start.
    async fn svar(&self, sak: &mut Listesak, svar: Handling, spor: Option<Spor>) -> Result<(), SakFeil> {
        if let Handling::Svar { utfall, .. } = &svar {
            Maalere::tell(&self.om.maalere.utfall, DEL, &sak.liste.tenant, format!("{utfall:?}"));
            tracing::info!(liste = %sak.liste.nokkel, ?utfall, "answer");
        }
        let mut forsok = 0;
        loop {
            match hovedbok::skriv(&self.om, sak, self.jeg(), svar.clone(), spor.clone()).await {
                // Somebody held back a pupil while the request was under way: their act stands, the answer comes after it.
                Err(SakFeil::Endret(nokkel)) => *sak = hovedbok::hent(&self.om, &nokkel).await?,
                Err(SakFeil::Stopp(feil)) if forsok < 10 => {
                    forsok += 1;
                    tracing::warn!(error = %feil, "the answer could not be written yet");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                    *sak = hovedbok::hent(&self.om, &sak.liste.nokkel.clone()).await?;
                    if liste::start(&sak.poster).is_none() {
                        return Ok(()); // the lost commit was stored after all
                    }
                }
                resultat => return resultat,
            }
        }
    }
}

/// The receiver's outcome as an entry of the ledger, and what follows.
fn svar(bilde: &Listebilde, utfall: Result<Outcome, SinkError>) -> (Handling, Videre) {
    let post = |utfall, kvittering, merknader, forklaring| Handling::Svar {
        segl: bilde.segl.clone(),
        utfall,
        kvittering,
        merknader,
        forklaring,
        etag: None,
        bevis: None,
    };
    let uten = |utfall| post(utfall, None, vec![], None);
    match utfall {
        Ok(Outcome::Delivered(s)) => {
            let utfall = if s.merknader.is_empty() { Utfall::Mottatt } else { Utfall::MottattMedAdvarsler };
            (post(utfall, s.id, s.merknader, None), Videre::Ferdig)
        }
        Ok(Outcome::Rejected(avslag)) => {
            let handling = match avslag {
                Avslag::Linjer(s) => post(Utfall::Avvist, s.id, s.merknader, None),
                Avslag::Stengt => uten(Utfall::Stengt),
                Avslag::UkjentSkole => uten(Utfall::UkjentSkole),
                Avslag::AlleredeLevert => uten(Utfall::AlleredeLevert),
                Avslag::EndretHosMottaker => {
                    post(Utfall::AvvistUtenGrunn, None, vec![], Some("the receiver's version is another".into()))
                }
                Avslag::UkjentSkolear => post(
                    Utfall::AvvistUtenGrunn,
                    None,
                    vec![],
                    Some("the receiver has not opened the school year".into()),
                ),
                Avslag::Uforklart { kode } | Avslag::Ugyldig { kode } => {
                    post(Utfall::AvvistUtenGrunn, None, vec![], Some(kode))
                }
            };
            (handling, Videre::Ferdig)
        }
        Ok(Outcome::Later { wait, hint }) => {
            (post(Utfall::IkkeSendt, None, vec![], Some(hint)), Videre::Vent(wait.max(Duration::from_secs(1))))
        }
        Ok(Outcome::Unknown { hint }) => (post(Utfall::Uavklart, None, vec![], Some(hint)), Videre::Ferdig),
        Err(feil) => {
            let vent = match feil {
                SinkError::Denied { .. } => Duration::from_secs(300),
                SinkError::Unreachable { .. } => Duration::from_secs(10),
            };
            tracing::warn!(error = %feil, "not delivered");
            (post(Utfall::IkkeSendt, None, vec![], Some(feil.to_string())), Videre::Vent(vent))
        }
    }
}
