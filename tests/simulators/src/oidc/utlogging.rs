//! Logout: asked for by a client, and told to the others (RP-initiated, back-channel and front-channel logout).

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use axum::{
    Form,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{laas, side, tilstand::Indre};

const HENDELSE: &str = "http://schemas.openid.net/event/backchannel-logout";

/// The client asks that the person be signed out. Without a token that names the session nobody is.
pub(super) async fn endsession(
    State(indre): State<Arc<Indre>>,
    Form(spurt): Form<BTreeMap<String, String>>,
) -> Response {
    let hint = spurt.get("id_token_hint").and_then(|t| lest(&indre, t));
    let klient = spurt.get("client_id").cloned().or_else(|| Some(hint.as_ref()?["aud"].as_str()?.to_owned()));
    let retur = klient.and_then(|id| indre.klient(&id)).and_then(|k| {
        let onsket = spurt.get("post_logout_redirect_uri")?;
        k.utlogging_retur.contains(onsket).then(|| onsket.clone())
    });
    let sider: Vec<String> = hint.iter().filter_map(|krav| krav["sid"].as_str().map(str::to_owned)).collect();
    let rammer = front(&indre, &sider);
    laas(&indre.okter).retain(|o| !sider.contains(&o.sid));
    match retur {
        Some(retur) => {
            let hvor = match spurt.get("state") {
                Some(state) => format!("{retur}?state={}", side::prosent(state)),
                None => retur,
            };
            (StatusCode::SEE_OTHER, [(header::LOCATION, hvor)]).into_response()
        }
        None => side::ute(&rammer, None),
    }
}

/// The claims of a token of ours, expired or not.
fn lest(indre: &Indre, jwt: &str) -> Option<Value> {
    let (tekst, signatur) = jwt.rsplit_once('.')?;
    let nokler = laas(&indre.nokler).clone();
    let vart = nokler.iter().any(|n| {
        jsonwebtoken::DecodingKey::from_jwk(n.jwk()).is_ok_and(|nokkel| {
            let rs256 = jsonwebtoken::Algorithm::RS256;
            jsonwebtoken::crypto::verify(signatur, tekst.as_bytes(), &nokkel, rs256).unwrap_or(false)
        })
    });
    let krav = URL_SAFE_NO_PAD.decode(jwt.split('.').nth(1)?).ok()?;
    serde_json::from_slice(&krav).ok().filter(|_| vart)
}

/// The claims of a logout token.
pub(super) fn krav(indre: &Indre, klient: &str, sub: &str, sid: Option<&str>) -> Value {
    let na = indre.na().as_second();
    let mut krav = json!({
        "iss": indre.utsteder, "aud": klient, "iat": na, "exp": na + 120, "jti": Uuid::new_v4(), "sub": sub,
        "events": {HENDELSE: {}},
    });
    if let Some(sid) = sid {
        krav["sid"] = json!(sid);
    }
    krav
}

/// Ends the sessions, and sends each client its logout tokens.
pub(super) async fn bak(indre: &Indre, sider: &[String]) -> Vec<u16> {
    let okter: Vec<_> = {
        let mut alle = laas(&indre.okter);
        let (ut, igjen) = alle.drain(..).partition(|o| sider.contains(&o.sid));
        *alle = igjen;
        ut
    };
    let mut svar = Vec::new();
    let Ok(http) = reqwest::Client::builder().timeout(Duration::from_secs(5)).build() else { return svar };
    for okt in okter {
        let Some(url) = indre.klient(&okt.klient).and_then(|k| k.bak_url) else { continue };
        let krav = krav(indre, &okt.klient, &okt.sub, Some(&okt.sid));
        let Ok(token) = indre.signer(&krav, "logout+jwt") else { continue };
        let kall = http.post(url).form(&[("logout_token", token)]).send().await;
        svar.push(kall.map_or(0, |s| s.status().as_u16()));
    }
    svar
}

/// What a page would load to end the sessions.
pub(super) fn front(indre: &Indre, sider: &[String]) -> Vec<String> {
    let okter = laas(&indre.okter).clone();
    let gjelder = okter.iter().filter(|o| sider.contains(&o.sid));
    let adresse = |o: &super::tilstand::Okt| {
        let url = indre.klient(&o.klient)?.front_url?;
        Some(format!("{url}?iss={}&sid={}", side::prosent(&indre.utsteder), side::prosent(&o.sid)))
    };
    gjelder.filter_map(adresse).collect()
}
