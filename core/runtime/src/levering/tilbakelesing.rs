//! Finding out what became of an attempt by asking the receiver what it has.

use super::arbeid::{Arbeider, Videre};
use super::bevis::med_bevis;
use crate::hovedbok::{self, Listesak, SakFeil};
use crate::tidsreise;
use elevliste::{Elevlinje, Handling};
use flow::{Mottattinnhold, SinkError};
use hendelse::Spor;
use jiff::SignedDuration;
use liste::Tilbakelest;
use uuid::Uuid;

/// From an unknown outcome to the first question.
const ETTER_SVAR: SignedDuration = SignedDuration::from_secs(2);

impl Arbeider {
    /// None when something was written: look again.
    pub(super) async fn les_tilbake(
        &self,
        sak: &mut Listesak,
        spor: Option<Spor>,
        forsok: u32,
    ) -> Result<Option<Videre>, SakFeil> {
        let nokkel = sak.liste.nokkel.clone();
        // A request that we have given up on may still arrive: the receiver is given a moment first.
        let svart = sak.poster.iter().rev().find(|p| matches!(p.handling, Handling::Svar { .. }));
        if let Some(tid) =
            svart.and_then(|p| p.tidspunkt.checked_add(ETTER_SVAR).ok()).filter(|t| *t > self.om.clock.now())
        {
            return Ok(Some(Videre::Ved(tid)));
        }
        let Some(uavklart) = liste::uavklart_forsok(&sak.poster) else { return Ok(Some(Videre::Hvil)) };
        let sendt = match tidsreise::versjon_med_segl(&self.om, &self.rundt, sak, uavklart.segl).await? {
            Some(forseglet) => self.linjeavtrykk(&forseglet.bilde.sendbare),
            None => vec![],
        };
        let begynt = self.om.clock.now();
        let lest = self.les(sak).await;
        let antall = lest.as_ref().ok().and_then(Option::as_ref).map_or(0, |innhold| innhold.linjer.len());
        let noter = |utfall| self.noter_tilbakelesing(&nokkel, begynt, utfall, antall);
        let innhold = match lest {
            Ok(innhold) => innhold,
            Err(feil) => {
                noter("borte");
                tracing::warn!(liste = %nokkel, error = %feil, "the receiver could not be asked what it has");
                return Ok(Some(self.senere(forsok, None)));
            }
        };
        let mottatt =
            innhold.as_ref().map(|i| Tilbakelest { id: i.id.as_deref(), etag: i.etag.as_deref(), linjer: &i.linjer });
        let egenskaper = self.rundt.mottaker(nokkel.fylke).egenskaper;
        let Some(handling) = liste::avklar_tilbakelest(&sak.poster, &egenskaper, &sendt, mottatt) else {
            noter("vet-ikke");
            tracing::error!(liste = %nokkel, "what the receiver has does not tell; a person must find out");
            return Ok(Some(self.senere(forsok, None)));
        };
        if let Handling::Avklart { mottatt, .. } = &handling {
            noter(if *mottatt { "mottatt" } else { "ikke-mottatt" });
            tracing::info!(liste = %nokkel, mottatt, "found out by reading back");
        }
        let handling = med_bevis(&self.om, &self.rundt, sak, handling).await?;
        hovedbok::skriv(&self.om, sak, self.jeg(), handling, spor).await?;
        // A receiver that takes nothing and says so is ill: it is tried again at once the first time only.
        let ganger = liste::ganger_borte(&sak.poster);
        Ok((ganger > 1).then(|| self.senere(ganger, None)))
    }

    /// The receiver's tag of the version that the ledger says it has; none if it has something else.
    pub(super) async fn etag(
        &self,
        sak: &Listesak,
        mottatt: &str,
    ) -> Result<Result<Option<String>, SinkError>, SakFeil> {
        let Some(forseglet) = tidsreise::versjon_med_segl(&self.om, &self.rundt, sak, mottatt).await? else {
            return Ok(Ok(None));
        };
        let ventet = self.linjeavtrykk(&forseglet.bilde.sendbare);
        let elever = sak.poster.iter().rev().find_map(|p| match &p.handling {
            Handling::Intensjon { segl, linjer, .. } if segl == mottatt => Some(linjer.iter().map(|l| l.elev)),
            _ => None,
        });
        let elever: Vec<Uuid> = sortert(elever.into_iter().flatten());
        Ok(self.les(sak).await.map(|innhold| {
            let innhold = innhold?;
            let samme = sortert(innhold.linjer.iter().map(|(elev, _)| *elev)) == elever
                && ventet.iter().all(|linje| innhold.linjer.contains(linje));
            innhold.etag.filter(|_| samme)
        }))
    }

    async fn les(&self, sak: &Listesak) -> Result<Option<Mottattinnhold>, SinkError> {
        self.mottaker.sink.les(&sak.liste.skole, sak.liste.nokkel.skolear).await
    }

    fn linjeavtrykk(&self, linjer: &[Elevlinje]) -> Vec<(Uuid, String)> {
        linjer.iter().filter_map(|l| Some((l.elev, self.mottaker.sink.linjeavtrykk(l)?))).collect()
    }
}

fn sortert(elever: impl IntoIterator<Item = Uuid>) -> Vec<Uuid> {
    let mut elever: Vec<Uuid> = elever.into_iter().collect();
    elever.sort_unstable();
    elever
}
