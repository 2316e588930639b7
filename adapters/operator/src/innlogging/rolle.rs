//! `/hvem`: somebody who is several things chooses which to be.

use super::hjelp::{OKT, lokal, med_par};
use super::okt::Funn;
use super::sider::{Rolleknapp, Rollevalg};
use super::uttrekk::videre;
use super::{Avvist, Innlogging, csrf};
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Sporring {
    retur: String,
}

#[derive(Deserialize)]
pub(super) struct Valg {
    #[serde(default)]
    csrf: String,
    nr: usize,
    #[serde(default)]
    retur: String,
}

/// `GET /hvem`.
pub(super) async fn vis(
    State(innlogging): State<Innlogging>,
    hoder: HeaderMap,
    Query(Sporring { retur }): Query<Sporring>,
) -> Response {
    let retur = lokal(&retur, &innlogging.0.base).unwrap_or_else(|| "/".to_owned());
    let okt = match innlogging.hvem(&hoder).await {
        Ok((Funn::Inne(okt), _)) => okt,
        Ok(_) => return videre(&hoder, &med_par("/logg-inn", &[("retur", &retur)])),
        Err(avvist) => return innlogging.avvis(&hoder, avvist),
    };
    let knapp = |(nr, m): (usize, &super::okt::Mulighet)| Rolleknapp {
        nr,
        rolle: m.oppdrag.rolle,
        omfang: m.oppdrag.omfang.clone(),
        pa_vegne_av: m.oppdrag.pa_vegne_av.clone(),
        valgt: okt.valgt == Some(nr),
    };
    let valg = okt.muligheter.iter().enumerate().map(knapp).collect();
    innlogging.0.sider.hvem(&hoder, Rollevalg { valg, csrf: csrf::token(&okt.hemmelig()), retur })
}

/// `POST /hvem`.
pub(super) async fn velg(State(innlogging): State<Innlogging>, hoder: HeaderMap, Form(valg): Form<Valg>) -> Response {
    innlogging.bytt(&hoder, &valg).await.unwrap_or_else(|avvist| innlogging.avvis(&hoder, avvist))
}

impl Innlogging {
    async fn bytt(&self, hoder: &HeaderMap, valg: &Valg) -> Result<Response, Avvist> {
        csrf::samme_side(hoder, &self.0.base)?;
        let retur = lokal(&valg.retur, &self.0.base).unwrap_or_else(|| "/".to_owned());
        let (Funn::Inne(okt), id) = self.hvem(hoder).await? else {
            return Ok(videre(hoder, &med_par("/logg-inn", &[("retur", &retur)])));
        };
        if !csrf::gjelder(&valg.csrf, &okt.hemmelig()) {
            return Err(Avvist::Csrf);
        }
        let ny = self.0.okter.velg(&id, *okt, valg.nr).await?;
        let mut ut = videre(hoder, &retur);
        ut.headers_mut().append(header::SET_COOKIE, OKT.sett(&ny, None, self.0.sikker));
        Ok(ut)
    }
}
