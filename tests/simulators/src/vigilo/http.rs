//! The routes.

use std::sync::{Arc, atomic::Ordering};

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, Uri},
    middleware::map_response_with_state,
    response::Response,
    routing::{get, post},
};

use super::{
    Feil, Feilform, Indre, Samling, admin, elevkort, forstyrr,
    forvansk::forvansk,
    hjelper::Innenfor,
    hoder::{self, Sideinfo},
    imsx::Avslag,
    kropp, side,
    side::Grunnlag,
    sporring::Sporring,
    token::{self, Krav},
    vis::Visning,
};
use crate::server::json_som;

/// Everything the simulator answers.
pub(super) fn rute(indre: Arc<Indre>) -> Router {
    let sti = indre.config.utgave.sti();
    let ukjent =
        async || Avslag::Ukjent("no such path; the base path is /<orgId>/ims/oneroster/…").svar(Feilform::default());
    Router::new()
        .route(token::STI, post(token::token))
        .route(&format!("/{{org}}{sti}/{{*resten}}"), get(hent))
        .merge(admin::rute())
        .merge(elevkort::rute())
        .fallback(ukjent)
        .layer(map_response_with_state(Arc::clone(&indre), hoder::sett_dato))
        .with_state(indre)
}

/// What a path below the base asks for.
#[derive(Clone, Copy)]
enum Mal<'a> {
    Liste { samling: Samling, innenfor: Innenfor },
    Enkelt { samling: Samling, id: &'a str },
}

impl<'a> Mal<'a> {
    fn les(deler: &[&'a str]) -> Option<Self> {
        match *deler {
            [samling] => Some(Self::Liste { samling: Samling::fra_sti(samling)?, innenfor: Innenfor::default() }),
            [samling, id] => Some(Self::Enkelt { samling: Samling::fra_sti(samling)?, id }),
            _ => Innenfor::les(deler).map(|(samling, innenfor)| Self::Liste { samling, innenfor }),
        }
    }

    fn samling(&self) -> Samling {
        match self {
            Self::Liste { samling, .. } | Self::Enkelt { samling, .. } => *samling,
        }
    }
}

/// A request, and the faults that strike it.
struct Kall<'a> {
    indre: &'a Indre,
    hoder: &'a HeaderMap,
    uri: &'a Uri,
    org: &'a str,
    deler: &'a [&'a str],
    feil: Vec<Feil>,
}

async fn hent(
    State(indre): State<Arc<Indre>>,
    Path((org, resten)): Path<(String, String)>,
    hoder: HeaderMap,
    uri: Uri,
) -> Response {
    indre.kall.fetch_add(1, Ordering::Relaxed);
    let deler: Vec<&str> = resten.split('/').collect();
    let mal = Mal::les(&deler);
    let feil = match mal {
        Some(Mal::Liste { samling, .. }) => {
            let side = Sporring::side(&uri, indre.config.standard_side, indre.maks_side(samling));
            indre.treff(samling, Some(side))
        }
        Some(Mal::Enkelt { samling, .. }) => indre.treff(samling, None),
        None => Vec::new(),
    };
    if let Some(svar) = indre.forstyrr(&feil, deler.len() > 2).await {
        return svar;
    }
    let kall = Kall { indre: &indre, hoder: &hoder, uri: &uri, org: &org, deler: &deler, feil };
    kall.svar(mal).unwrap_or_else(|avslag| avslag.svar(forstyrr::form(&kall.feil)))
}

impl Kall<'_> {
    fn svar(&self, mal: Option<Mal<'_>>) -> Result<Response, Avslag> {
        let krav = match mal {
            Some(mal) if mal.samling() == Samling::Demographics => Krav::Demografi,
            _ if self.deler.len() > 2 => Krav::Hjelper,
            _ => Krav::Kjerne,
        };
        let Indre { config, tokens, .. } = self.indre;
        tokens.sjekk(self.hoder, self.indre.na(), config.utgave.scope_prefiks(), krav)?;
        if self.org != config.kommune.domene {
            return Err(Avslag::Forbudt("the token is for another tenant"));
        }
        match mal {
            None => Err(Avslag::Ukjent("no such collection")),
            Some(Mal::Liste { samling, innenfor }) => self.liste(samling, innenfor),
            Some(Mal::Enkelt { samling, id }) => self.enkelt(samling, id),
        }
    }

    fn visning(&self) -> Visning {
        let av = |feil: &Feil| if let Feil::Tidsform { form } = feil { Some(*form) } else { None };
        self.indre.visning(self.feil.iter().find_map(av).unwrap_or_default())
    }

    fn liste(&self, samling: Samling, innenfor: Innenfor) -> Result<Response, Avslag> {
        let Self { indre, feil, .. } = self;
        let sporring = Sporring::les(self.uri, samling, &indre.config, indre.maks_side(samling), feil)?;
        let v = self.visning();
        let tilstand = indre.tilstand();
        if !tilstand.finnes_over(self.deler) {
            return Err(Avslag::Ukjent("no such object to look below"));
        }
        let grunnlag = Grunnlag::ny(samling, innenfor, self.uri.path(), &tilstand, feil);
        let ider = indre.utvalg.velg(&tilstand, &grunnlag, Some(&sporring), &v);
        let alle = match feil.contains(&Feil::TotalForFilter) {
            true => indre.utvalg.velg(&tilstand, &grunnlag, None, &v).len(),
            false => ider.len(),
        };
        let fra = ider.len().min(sporring.offset as usize);
        let side = &ider[fra..ider.len().min(fra.saturating_add(sporring.limit as usize))];
        let mut rader: Vec<_> = side.iter().filter_map(|id| tilstand.vis(samling, *id, &v)).collect();
        let info = Sideinfo {
            sti: self.uri.path(),
            sporring: &sporring,
            valgt: ider.len(),
            alle,
            revisjon: tilstand.revisjon,
        };
        drop(tilstand);
        for rad in &mut rader {
            side::behold(rad, sporring.felter.as_ref());
        }
        forvansk(&mut rader, feil);
        let mut svar = kropp::liste(samling, rader, feil);
        indre.sett_hoder(&mut svar, &info, feil);
        for feil in feil {
            if let Feil::Underveis { hendelse } = feil {
                indre.underveis(hendelse, samling, side);
            }
        }
        Ok(svar)
    }

    fn enkelt(&self, samling: Samling, id: &str) -> Result<Response, Avslag> {
        let Self { indre, feil, .. } = self;
        let felter = Sporring::les_felter(self.uri, samling, &indre.config)?;
        let ukjent = Avslag::Ukjent("no such object");
        let Ok(id) = id.parse() else { return Err(ukjent) };
        let v = self.visning();
        let tilstand = indre.tilstand();
        let grunnlag = Grunnlag::ny(samling, Innenfor::default(), "", &tilstand, feil);
        if !tilstand.finnes(samling, id) || !grunnlag.ser(&tilstand, id) {
            return Err(ukjent);
        }
        let Some(rad) = tilstand.vis(samling, id, &v) else { return Err(ukjent) };
        drop(tilstand);
        let mut rader = vec![rad];
        side::behold(&mut rader[0], felter.as_ref());
        forvansk(&mut rader, feil);
        let Some(rad) = rader.pop() else { return Err(ukjent) };
        Ok(kropp::enkelt(samling, rad, feil))
    }
}

/// A JSON answer of the admin endpoints.
pub(super) fn ok(kropp: &serde_json::Value) -> Response {
    json_som(StatusCode::OK, "application/json", kropp)
}
