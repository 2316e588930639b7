//! Signing out: by the person, and by the service behind the person's back or in a frame.

use super::hjelp::{HINT, OKT, sum};
use super::okt::Funn;
use super::{Avvist, Innlogging, csrf, jwt};
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use runtime::brukere::Kobling;
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Skjema {
    csrf: String,
}

#[derive(Deserialize)]
pub(super) struct Utloggingstoken {
    logout_token: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Ramme {
    iss: String,
    sid: String,
}

/// `POST /logg-ut`. The session ends here first; then the person is sent to the service, to end it there.
pub(super) async fn ut(State(innlogging): State<Innlogging>, hoder: HeaderMap, Form(skjema): Form<Skjema>) -> Response {
    innlogging.slutt(&hoder, &skjema.csrf).await.unwrap_or_else(|avvist| innlogging.avvis(&hoder, avvist))
}

/// `GET /logg-ut/ferdig`.
pub(super) async fn ferdig(State(innlogging): State<Innlogging>, hoder: HeaderMap) -> Response {
    innlogging.0.sider.logget_ut(&hoder)
}

/// `POST /logg-ut/bak`: the service tells us (OpenID Connect Back-Channel Logout 1.0).
pub(super) async fn bak(
    State(innlogging): State<Innlogging>,
    hoder: HeaderMap,
    Form(sendt): Form<Utloggingstoken>,
) -> Response {
    match innlogging.ta_bort(&hoder, &sendt.logout_token).await {
        Ok(()) => StatusCode::OK.into_response(),
        Err(avvist) => {
            tracing::info!(kode = avvist.kode(), "a logout token was refused");
            let status =
                if avvist == Avvist::Intern { StatusCode::INTERNAL_SERVER_ERROR } else { StatusCode::BAD_REQUEST };
            let kropp = serde_json::json!({"error": "invalid_request", "error_description": avvist.kode()});
            (status, axum::Json(kropp)).into_response()
        }
    }
}

/// `GET /logg-ut/front`: a page of the service loads this in a frame (OpenID Connect Front-Channel Logout 1.0). Our cookie
/// is not sent there, so the session is found by what the service calls it, which nobody else knows.
pub(super) async fn front(
    State(innlogging): State<Innlogging>,
    hoder: HeaderMap,
    Query(ramme): Query<Ramme>,
) -> Response {
    let na = innlogging.0.okter.om.clock.now();
    if innlogging.0.fart.godta(&hoder, na).is_ok()
        && let Some(tilbyder) = innlogging.0.tilbydere.iter().find(|t| t.oppsett.utsteder == ramme.iss)
        && innlogging.0.okter.avslutt_sid(&tilbyder.oppsett.navn, &sum(&[&ramme.sid])).await.is_err()
    {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    // It is shown in the service's frame, and says nothing of whether there was a session.
    let origin =
        |t: &super::tilbyder::Tilbyder| url::Url::parse(&t.oppsett.utsteder).map(|u| u.origin().ascii_serialization());
    let rammer: Vec<_> = innlogging.0.tilbydere.iter().filter_map(|t| origin(t).ok()).collect();
    let csp = format!("default-src 'none'; frame-ancestors {}", rammer.join(" "));
    let csp = HeaderValue::from_str(&csp).expect("origins are ASCII");
    let deles = HeaderValue::from_static("cross-origin");
    let hoder = [
        (header::CONTENT_SECURITY_POLICY, csp),
        (header::HeaderName::from_static("cross-origin-resource-policy"), deles),
    ];
    (hoder, StatusCode::OK).into_response()
}

impl Innlogging {
    async fn slutt(&self, hoder: &HeaderMap, token: &str) -> Result<Response, Avvist> {
        csrf::samme_side(hoder, &self.0.base)?;
        let hint = HINT.les(hoder, self.0.sikker).filter(|h| !h.is_empty());
        let ferdig = format!("{}/logg-ut/ferdig", self.0.base.origin().ascii_serialization());
        let mut hvor = "/logg-ut/ferdig".to_owned();
        if let (Funn::Inne(okt) | Funn::Utlopt(okt), id) = self.hvem(hoder).await? {
            if !csrf::gjelder(token, &okt.hemmelig()) {
                return Err(Avvist::Csrf);
            }
            self.0.okter.avslutt(&id, &okt).await?;
            let tilbyder = self.tilbyder(&okt.tilbyder)?;
            // A service that cannot be reached does not keep anybody signed in here.
            let metadata = tilbyder.metadata(self.0.okter.om.clock.now()).await.ok();
            if let Some(mut url) = metadata.and_then(|m| m.end_session_endpoint) {
                url.query_pairs_mut()
                    .extend_pairs(hint.iter().map(|h| ("id_token_hint", h)))
                    .append_pair("client_id", &tilbyder.oppsett.klient_id)
                    .append_pair("post_logout_redirect_uri", &ferdig);
                hvor = url.into();
            }
        }
        let mut ut = super::uttrekk::videre(hoder, &hvor);
        for kapsel in [OKT.fjern(self.0.sikker), HINT.fjern(self.0.sikker)] {
            ut.headers_mut().append(header::SET_COOKIE, kapsel);
        }
        Ok(ut)
    }

    /// Ends what a logout token names, everywhere.
    async fn ta_bort(&self, hoder: &HeaderMap, token: &str) -> Result<(), Avvist> {
        let okter = &self.0.okter;
        let na = okter.om.clock.now();
        self.0.fart.godta(hoder, na)?;
        // Whose it says that it is decides whose keys it is read with; then it must be.
        let iss = jwt::utsteder(token).ok_or(Avvist::TokenUgyldig)?;
        let tilbyder = self.0.tilbydere.iter().find(|t| t.oppsett.utsteder == iss).ok_or(Avvist::UtstederFeil)?;
        let krav = tilbyder.les(na, token, &["logout+jwt", "JWT"]).await?;
        let oppsett = &tilbyder.oppsett;
        let utlogging = jwt::utlogging(&krav, &oppsett.utsteder, &oppsett.klient_id, na)?;
        let brukt = format!("brukt.{}", sum(&[&oppsett.navn, &utlogging.jti]));
        if !okter.lager.forste_gang(&brukt, na).await? {
            return Err(Avvist::TokenUgyldig);
        }
        match (&utlogging.sid, &utlogging.sub) {
            (Some(sid), _) => okter.avslutt_sid(&oppsett.navn, &sum(&[sid])).await.map(|_| ()),
            (None, Some(sub)) => okter.avslutt_person(&Kobling::av(&oppsett.utsteder, sub).avtrykk).await,
            (None, None) => Err(Avvist::TokenUgyldig),
        }
    }
}
