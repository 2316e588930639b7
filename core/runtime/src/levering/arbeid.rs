//! One look at one list: what is to be done now, done, and written.

use super::bevis::legg_ved;
use super::bord::Papir;
use super::svar::{pause, svar};
use super::{DEL, Mottaker};
use crate::drift::Drift;
use crate::hovedbok::{self, Listesak, SakFeil};
use crate::sporing::{sett_forelder, spor_av};
use crate::trinn::Omgivelse;
use crate::{Maalere, Sammenheng, Stopp};
use elevliste::{Aktor, Handling, Innsendingspost, Listenokkel, Sending, Skolestatus, Utfall};
use flow::{Forsendelse, Oppdatering};
use hendelse::Spor;
use jiff::{SignedDuration, Timestamp};
use liste::{Listebilde, Steg};
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tracing::Instrument;
use uuid::Uuid;

/// Between two tries to write an answer.
const SKRIVEPAUSE: Duration = Duration::from_secs(1);
/// How many more when the program is to stop.
const SKRIVEFORSOK_VED_STOPP: u32 = 60;

/// What a look came to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Videre {
    /// Nothing more can come of this approval.
    Ferdig,
    /// Nothing, until something about the list changes.
    Hvil,
    /// The same, and at this moment whatever has changed.
    Ved(Timestamp),
    /// Nothing before this moment, whatever changes.
    Tidligst(Timestamp),
    /// Nothing, until somebody resumes what is paused, or something changes.
    Pauset,
}

/// Whether the receiver was asked on the way.
enum Spurt {
    Ja,
    Nei,
}

/// What a look needs.
pub(super) struct Arbeider {
    pub(super) om: Omgivelse,
    pub(super) drift: Drift,
    pub(super) mottaker: Mottaker,
    pub(super) rundt: Sammenheng,
    pub(super) stopp: CancellationToken,
}

impl Arbeider {
    /// Does what is to be done with a list. True with it while nobody knows what became of a delivery.
    pub(super) async fn se(&self, nokkel: &Listenokkel, papir: &Papir, forsok: u32) -> Result<(Videre, bool), SakFeil> {
        loop {
            // Round, list and ledger are read afresh each time: between this and the intent nothing else is waited for.
            let mut sak = hovedbok::hent(&self.om, nokkel).await?;
            if sak.poster.iter().any(|p| p.lopenr > papir.lopenr && matches!(p.handling, Handling::Godkjent { .. })) {
                return Ok((Videre::Ferdig, false));
            }
            // An intent without an answer, and the approval has come to us: the process that wrote it is gone, and nobody
            // knows whether the receiver has the list.
            if let Some(uavklart) = liste::start(&sak.poster) {
                tracing::error!(liste = %nokkel, "a delivery was cut off; it must be found out whether it arrived");
                hovedbok::skriv(&self.om, &mut sak, self.jeg(), uavklart, papir.spor.clone()).await?;
            }
            let na = self.om.clock.now();
            let bilde = self.rundt.bilde(&sak, na)?;
            if let Some(avklart) = liste::avklar_svar(&sak.poster, &bilde.mottaker)
                && hovedbok::er_skolens_eneste(&self.om, &sak.liste).await?
            {
                let avklart = super::bevis::med_bevis(&self.om, &self.rundt, &sak, avklart).await?;
                hovedbok::skriv(&self.om, &mut sak, self.jeg(), avklart, papir.spor.clone()).await?;
                continue;
            }
            let uavklart = bilde.status == Skolestatus::Uavklart;
            let videre = match liste::neste(&bilde, sak.runde.as_ref(), na) {
                // What was sent is asked about all the same.
                Steg::Send(_) if self.drift.liste_pauset(nokkel).await?.is_some() => Some(Videre::Pauset),
                Steg::Send(sending) => self.send(&mut sak, &bilde, sending, papir.spor.clone(), forsok).await?,
                Steg::LesTilbake => self.les_tilbake(&mut sak, papir.spor.clone(), forsok).await?,
                Steg::VentTil(tid) => Some(Videre::Ved(tid)),
                Steg::Ingenting | Steg::Godkjenn | Steg::Stengt if brukt(&bilde, &sak.poster, papir.lopenr) => {
                    Some(Videre::Ferdig)
                }
                Steg::Ingenting | Steg::Godkjenn | Steg::Stengt => Some(Videre::Hvil),
            };
            match videre {
                Some(videre @ Videre::Tidligst(_)) => {
                    let bilde = self.rundt.bilde(&sak, na)?;
                    return Ok((videre, bilde.status == Skolestatus::Uavklart));
                }
                Some(videre) => return Ok((videre, uavklart)),
                None => {}
            }
        }
    }

    /// None when the answer says all: look again.
    async fn send(
        &self,
        sak: &mut Listesak,
        bilde: &Listebilde,
        sending: Sending,
        spor: Option<Spor>,
        forsok: u32,
    ) -> Result<Option<Videre>, SakFeil> {
        let oppdatering = match sending {
            Sending::Liste => None,
            Sending::Oppdatering => match self.oppdatering(sak, bilde).await? {
                // While the receiver was asked the round may have closed, or the list have become another.
                Some((_, Spurt::Ja)) if !self.star(sak, bilde).await? => return Ok(None),
                Some((oppdatering, _)) => Some(oppdatering),
                None => return Ok(Some(self.senere(forsok, None))),
            },
        };
        let span = tracing::info_span!("lever", otel.name = "vigo.lever", liste = %bilde.nokkel);
        sett_forelder(&span, spor.as_ref());
        let spor = spor_av(&span).or(spor);
        let utfall = async {
            let idempotens = bilde.gjentas.clone().unwrap_or_else(|| Uuid::new_v4().to_string());
            let intensjon = bilde.intensjon(self.mottaker.sink.name(), sending, Some(idempotens.clone()));
            hovedbok::skriv(&self.om, sak, self.jeg(), intensjon, spor.clone()).await?;
            let forsendelse = Forsendelse {
                skole: sak.liste.skole.clone(),
                skolear: bilde.nokkel.skolear,
                linjer: bilde.sendbare.clone(),
                segl: bilde.segl.clone(),
                idempotens,
                oppdatering,
            };
            let pa_vei = self.om.maalere.pa_vei(self.mottaker.sink.name());
            pa_vei.inc();
            let begynt = self.om.clock.now();
            let utfall = self.mottaker.sink.deliver(&forsendelse).await;
            pa_vei.dec();
            self.noter_sending(&bilde.nokkel, begynt, &forsendelse, &utfall);
            Ok::<_, SakFeil>(utfall)
        };
        let utfall = utfall.instrument(span).await?;
        let (handling, vent) = svar(&bilde.segl, utfall);
        let handling = legg_ved(&self.om, &self.rundt, sak, (&sak.liste, &bilde.sendbare), handling);
        self.svar(sak, handling, spor).await?;
        Ok(vent.map(|vent| self.senere(forsok, Some(vent))))
    }

    /// Whether exactly this update is still to be sent now. `sak` is read anew.
    async fn star(&self, sak: &mut Listesak, sett: &Listebilde) -> Result<bool, SakFeil> {
        let na = self.om.clock.now();
        *sak = hovedbok::hent(&self.om, &sett.nokkel).await?;
        let bilde = self.rundt.bilde(sak, na)?;
        let sendes = liste::neste(&bilde, sak.runde.as_ref(), na) == Steg::Send(Sending::Oppdatering);
        Ok(sendes && bilde.segl == sett.segl && bilde.endringer == sett.endringer)
    }

    /// What an update says beside its lines, and whether the receiver was asked for it. None when the receiver's version cannot be named now.
    ///
    /// The ledger knows its tag. Where it does not, or something odd has happened since, the receiver is asked; if that
    /// shows something else than what the ledger says, the old tag is used, and the receiver's refusal says so in the
    /// ledger.
    async fn oppdatering(&self, sak: &Listesak, bilde: &Listebilde) -> Result<Option<(Oppdatering, Spurt)>, SakFeil> {
        let (mut etag, mut spurt) = (bilde.etag.clone(), Spurt::Nei);
        if let Some(mottatt) = bilde.mottatt.as_ref().filter(|_| etag.is_none() || tvil(&sak.poster)) {
            spurt = Spurt::Ja;
            match self.etag(sak, &mottatt.segl).await? {
                Ok(Some(ny)) => etag = Some(ny),
                Ok(None) => {
                    tracing::error!(liste = %bilde.nokkel, "the receiver's version is not the one in the ledger: a person must look at both");
                }
                Err(feil) => {
                    tracing::warn!(liste = %bilde.nokkel, error = %feil, "the receiver could not be asked what it has");
                    return Ok(None);
                }
            }
        }
        let endringer = bilde.endringer.iter().map(|e| (e.elev, e.slag)).collect();
        Ok(etag.map(|etag| (Oppdatering { etag, endringer }, spurt)))
    }

    pub(super) fn jeg(&self) -> Aktor {
        Aktor::system(&format!("levering:{}", self.mottaker.sink.name()))
    }

    /// After a pause: what was asked for, and longer each time that it did not help.
    pub(super) fn senere(&self, forsok: u32, bedt_om: Option<Duration>) -> Videre {
        let vent = pause(forsok).max(bedt_om.unwrap_or_default());
        let vent = SignedDuration::try_from(vent).unwrap_or(SignedDuration::MAX);
        Videre::Tidligst(self.om.clock.now().saturating_add(vent).unwrap_or(Timestamp::MAX))
    }

    /// Writes the answer to our intent. It must be written: only if NATS stays away until the program has stopped is the
    /// outcome left to be found out.
    async fn svar(&self, sak: &mut Listesak, svar: Handling, spor: Option<Spor>) -> Result<(), SakFeil> {
        if let Handling::Svar { utfall, .. } = &svar {
            Maalere::tell(&self.om.maalere.utfall, DEL, &sak.liste.tenant, format!("{utfall:?}"));
            tracing::info!(liste = %sak.liste.nokkel, ?utfall, "answer");
        }
        let mut igjen = SKRIVEFORSOK_VED_STOPP;
        loop {
            let feil = match self.skriv_svar(sak, &svar, spor.clone()).await {
                Ok(true) => return Ok(()),
                Ok(false) => continue,
                Err(SakFeil::Stopp(feil @ (Stopp::Bus(_) | Stopp::Commit(_)))) if igjen > 0 => feil,
                Err(feil) => return Err(feil),
            };
            tracing::warn!(error = %feil, "the answer could not be written yet");
            igjen -= u32::from(self.stopp.is_cancelled());
            tokio::time::sleep(SKRIVEPAUSE).await;
        }
    }

    /// One try. Somebody may have held back a pupil while the request was under way: their act stands, the answer comes
    /// after it. And a commit without an answer may have been stored.
    async fn skriv_svar(&self, sak: &mut Listesak, svar: &Handling, spor: Option<Spor>) -> Result<bool, SakFeil> {
        let feil = match hovedbok::skriv(&self.om, sak, self.jeg(), svar.clone(), spor).await {
            Ok(()) => return Ok(true),
            Err(SakFeil::Endret(_)) => None,
            Err(SakFeil::Stopp(feil @ (Stopp::Bus(_) | Stopp::Commit(_)))) => Some(feil),
            Err(feil) => return Err(feil),
        };
        (sak.poster, sak.sekvens) = hovedbok::bok(&self.om, &sak.liste.nokkel).await?;
        let mut siden = sak.poster.iter().rev().take_while(|p| !matches!(p.handling, Handling::Intensjon { .. }));
        match feil {
            _ if siden.any(|p| p.handling == *svar && p.av == self.jeg()) => Ok(true),
            Some(feil) => Err(feil.into()),
            None => Ok(false),
        }
    }
}

/// Whether the receiver may have got another tag since it last gave us one: an attempt was doubtful after that.
fn tvil(poster: &[Innsendingspost]) -> bool {
    for post in poster.iter().rev() {
        match &post.handling {
            Handling::Svar { etag: Some(_), .. } | Handling::Avklart { etag: Some(_), .. } => return false,
            Handling::Svar { utfall: Utfall::Uavklart | Utfall::AlleredeLevert, .. } => return true,
            _ => {}
        }
    }
    false
}

/// Whether nothing more can come of the approval: it was taken back, or the receiver has what it was for.
fn brukt(bilde: &Listebilde, poster: &[Innsendingspost], lopenr: i64) -> bool {
    if matches!(bilde.status, Skolestatus::Uavklart | Skolestatus::Sendes) {
        return false;
    }
    let tilbakekalt = |p: &Innsendingspost| p.lopenr > lopenr && matches!(p.handling, Handling::Tilbakekalt { .. });
    let godkjent = poster.iter().find(|p| p.lopenr == lopenr).and_then(|p| match &p.handling {
        Handling::Godkjent { segl } => Some(segl),
        _ => None,
    });
    let mottatt = bilde.mottatt.as_ref().is_some_and(|m| !bilde.mottaker.erstattbar || Some(&m.segl) == godkjent);
    mottatt || poster.iter().any(tilbakekalt)
}
