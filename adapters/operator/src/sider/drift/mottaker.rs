//! One county's receiver: what waits for it, and the last requests to it.

use super::forsok::Forsok;
use super::ord::{self, Pausevist};
use super::pauser::skolenavn;
use crate::drift::{Husket, Rekkevidde};
use crate::sider::besok::{Besok, Svar};
use crate::sider::ramme::{Ramme, svar};
use askama::Template;
use axum::Extension;
use axum::extract::Path;
use runtime::drift::Hva;

#[derive(Template)]
#[template(path = "drift/mottaker.html")]
struct Mottakerside {
    ramme: Ramme,
    navn: String,
    venter: u64,
    eldste: Option<String>,
    pause: Option<Pausevist>,
    kan_pause: bool,
    /// What a form pauses.
    hva: String,
    forsok: Vec<Forsok>,
    /// Requests about other people's schools are left out.
    bare_egne: bool,
}

impl Mottakerside {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

/// `GET /drift/mottaker/{fylke}`.
pub(super) async fn vis(besok: Besok, Path(fylke): Path<String>, Extension(husket): Extension<Husket>) -> Svar {
    let driver = besok.driver()?;
    let fylke = driver.fylke(&fylke)?;
    let rekker = Rekkevidde::av(&besok.ut);
    let pauser = driver.pauser(&rekker).await?;
    let etterslep = driver.etterslep(&husket).await?;
    let stand = etterslep.mottakere.iter().find(|m| m.fylke == fylke);
    let (s, na, hva) = (besok.sprak, besok.na(), Hva::Mottaker(fylke));
    let skoler = skolenavn(&besok);
    let alle = driver.forsok_mottaker(fylke, &rekker).await?;
    let forsok = alle.iter().map(|f| Forsok::av_mottaker(s, f, skoler.get(&f.liste.to_string()), na)).collect();
    let kan_pause = rekker.styrer(&hva);
    let side = Mottakerside {
        ramme: besok.ramme(s.t("drift-mottaker-tittel").s("navn", ord::fylke(fylke))).levende("/levende"),
        navn: ord::fylke(fylke),
        venter: stand.map_or(0, |m| m.ventende),
        eldste: stand.and_then(|m| m.eldste).map(|nar| s.nar(nar, na).to_string()),
        pause: pauser.iter().find(|p| p.hva == hva).map(|p| Pausevist::av(s, p, na, kan_pause, &skoler)),
        kan_pause,
        hva: hva.to_string(),
        forsok,
        bare_egne: driver.bare_egne(fylke),
    };
    svar(&side)
}
