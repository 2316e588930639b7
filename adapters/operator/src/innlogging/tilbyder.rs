//! One sign-in service: where it is, its keys, and what is asked of it.

use super::config::Innloggingsoppsett;
use super::hjelp::{s256, tilfeldig_tekst};
use super::jwt::{self, Krav, Lesefeil};
use super::{Avvist, http};
use flow::Problem;
use identitet::Skjermet;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use reqwest::Client;
use serde::Deserialize;
use serde_json::json;
use std::path::Path;
use std::sync::Arc;
use tokio::sync::Mutex;
use url::Url;

/// How long what a service says of itself is believed.
const GYLDIG: SignedDuration = SignedDuration::from_hours(12);
/// How often keys may be fetched because a token names one that we do not have.
const NOKKELPAUSE: SignedDuration = SignedDuration::from_mins(1);
/// How we say that an assertion is one.
const ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// What a service says of itself.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Metadata {
    issuer: String,
    authorization_endpoint: Url,
    token_endpoint: Url,
    jwks_uri: Url,
    pub end_session_endpoint: Option<Url>,
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
}

enum Bevis {
    Hemmelighet(Skjermet<String>),
    Nokkel { kid: String, nokkel: Box<EncodingKey> },
}

/// What has been fetched.
struct Hentet {
    metadata: Metadata,
    nokler: JwkSet,
    hentet: Timestamp,
    nokler_hentet: Timestamp,
}

/// A sign-in service.
pub(super) struct Tilbyder {
    pub oppsett: Innloggingsoppsett,
    bevis: Bevis,
    http: Client,
    hentet: Mutex<Option<Arc<Hentet>>>,
}

#[derive(Deserialize)]
struct Tokensvar {
    id_token: Option<String>,
}

impl Tilbyder {
    /// Reads the secret or the key. Asks the service for nothing yet.
    pub(super) fn ny(oppsett: &Innloggingsoppsett, mappe: &Path, http: Client) -> Result<Self, Problem> {
        let les = |fil: &Path| {
            std::fs::read_to_string(mappe.join(fil)).map_err(|feil| format!("it cannot be read ({})", feil.kind()))
        };
        let bevis = match (&oppsett.hemmelighetfil, &oppsett.privatnokkelfil) {
            (Some(fil), _) => match les(fil).map(|tekst| tekst.trim().to_owned()) {
                Ok(tekst) if !tekst.is_empty() => Ok(Bevis::Hemmelighet(tekst.into())),
                Ok(_) => Err(("hemmelighetfil", "it is empty".to_owned())),
                Err(hva) => Err(("hemmelighetfil", hva)),
            },
            (None, Some(fil)) => les(fil)
                .and_then(|pem| {
                    let nokkel = EncodingKey::from_rsa_pem(pem.as_bytes());
                    nokkel.map_err(|_| "it holds no RSA private key in PEM".to_owned())
                })
                .map(|nokkel| Bevis::Nokkel {
                    kid: oppsett.nokkel_id.clone().unwrap_or_default(),
                    nokkel: Box::new(nokkel),
                })
                .map_err(|hva| ("privatnokkelfil", hva)),
            (None, None) => Err(("hemmelighetfil", "write either hemmelighetfil or privatnokkelfil".to_owned())),
        };
        let bevis = bevis.map_err(|(felt, hva)| Problem::new(format!("innlogging {}: {felt}", oppsett.navn), hva))?;
        Ok(Self { oppsett: oppsett.clone(), bevis, http, hentet: Mutex::new(None) })
    }

    /// Where it is, fetched when it is not known or old.
    pub(super) async fn metadata(&self, na: Timestamp) -> Result<Metadata, Avvist> {
        Ok(self.kjent(na, None).await?.metadata.clone())
    }

    /// What the service has said of itself. `eldre` are the keys that lacked one: newer ones are fetched, but not often.
    async fn kjent(&self, na: Timestamp, eldre: Option<Timestamp>) -> Result<Arc<Hentet>, Avvist> {
        let mut laast = self.hentet.lock().await;
        let funnet = laast.as_ref().filter(|h| na.duration_since(h.hentet) < GYLDIG).cloned();
        let ny = match (funnet, eldre) {
            (Some(h), None) => return Ok(h),
            (Some(h), Some(eldre)) if h.nokler_hentet > eldre => return Ok(h),
            (Some(h), Some(_)) if na.duration_since(h.nokler_hentet) < NOKKELPAUSE => return Ok(h),
            (Some(h), Some(_)) => {
                let nokler = http::json(self.http.get(h.metadata.jwks_uri.clone())).await?;
                Hentet { metadata: h.metadata.clone(), nokler, hentet: h.hentet, nokler_hentet: na }
            }
            (None, _) => {
                let adresse =
                    format!("{}/.well-known/openid-configuration", self.oppsett.utsteder.trim_end_matches('/'));
                let metadata: Metadata = http::json(self.http.get(adresse)).await?;
                if metadata.issuer != self.oppsett.utsteder {
                    tracing::warn!(
                        tilbyder = self.oppsett.navn,
                        "the service calls itself by another issuer than utsteder"
                    );
                    return Err(Avvist::UtstederFeil);
                }
                if !self.trygge(&metadata) {
                    return Err(Avvist::TilbyderNede);
                }
                let nokler = http::json(self.http.get(metadata.jwks_uri.clone())).await?;
                Hentet { metadata, nokler, hentet: na, nokler_hentet: na }
            }
        };
        let ny = Arc::new(ny);
        *laast = Some(ny.clone());
        Ok(ny)
    }

    /// A service with https does not send us anywhere without it.
    fn trygge(&self, metadata: &Metadata) -> bool {
        let adresser = [&metadata.authorization_endpoint, &metadata.token_endpoint, &metadata.jwks_uri];
        let mut alle = adresser.into_iter().chain(&metadata.end_session_endpoint);
        alle.all(|url| url.scheme() == "https" || self.oppsett.utsteder.starts_with("http://"))
    }

    /// Where the browser is sent to sign in.
    pub(super) async fn adresse(
        &self,
        na: Timestamp,
        retur: &str,
        state: &str,
        nonce: &str,
        verifier: &str,
    ) -> Result<Url, Avvist> {
        let standard = self.oppsett.profil.standard();
        let liste = |satt: &Option<Vec<String>>, standard: &[&str]| {
            satt.as_ref().map_or_else(|| standard.join(" "), |satt| satt.join(" "))
        };
        let mut url = self.metadata(na).await?.authorization_endpoint;
        let mut par = url.query_pairs_mut();
        par.append_pair("response_type", "code")
            .append_pair("client_id", &self.oppsett.klient_id)
            .append_pair("redirect_uri", retur)
            .append_pair("scope", &liste(&self.oppsett.scopes, standard.scopes))
            .append_pair("state", state)
            .append_pair("nonce", nonce)
            .append_pair("code_challenge", &s256(verifier))
            .append_pair("code_challenge_method", "S256");
        let acr = liste(&self.oppsett.acr_values, standard.acr_values);
        if !acr.is_empty() {
            par.append_pair("acr_values", &acr);
        }
        if let Some(detaljer) = &self.oppsett.authorization_details {
            par.append_pair("authorization_details", detaljer);
        }
        drop(par);
        Ok(url)
    }

    /// The ID token for a code.
    pub(super) async fn bytt(&self, na: Timestamp, kode: &str, verifier: &str, retur: &str) -> Result<String, Avvist> {
        let adresse = self.metadata(na).await?.token_endpoint;
        let mut skjema = vec![
            ("grant_type", "authorization_code".to_owned()),
            ("code", kode.to_owned()),
            ("redirect_uri", retur.to_owned()),
            ("code_verifier", verifier.to_owned()),
            ("client_id", self.oppsett.klient_id.clone()),
        ];
        let mut spor = self.http.post(adresse);
        match &self.bevis {
            Bevis::Hemmelighet(hemmelig) => {
                // Both halves are form-encoded before they are joined (RFC 6749, section 2.3.1).
                let kodet = |del: &str| url::form_urlencoded::byte_serialize(del.as_bytes()).collect::<String>();
                spor = spor.basic_auth(kodet(&self.oppsett.klient_id), Some(kodet(hemmelig.vis())));
            }
            Bevis::Nokkel { kid, nokkel } => {
                let (id, iat) = (&self.oppsett.klient_id, na.as_second());
                let krav = json!({
                    "iss": id, "sub": id, "aud": self.oppsett.utsteder, "iat": iat, "exp": iat + 60,
                    "jti": tilfeldig_tekst(),
                });
                let hode = Header { kid: Some(kid.clone()), ..Header::new(Algorithm::RS256) };
                let assertion = encode(&hode, &krav, nokkel).map_err(|_| Avvist::Intern)?;
                skjema.push(("client_assertion_type", ASSERTION.to_owned()));
                skjema.push(("client_assertion", assertion));
            }
        }
        http::json::<Tokensvar>(spor.form(&skjema)).await?.id_token.ok_or(Avvist::TokenUgyldig)
    }

    /// The claims of a token that the service has signed. Keys are fetched again when it names a new one.
    pub(super) async fn les(&self, na: Timestamp, token: &str, slag: &[&str]) -> Result<Krav, Avvist> {
        let kjent = self.kjent(na, None).await?;
        let lest = match jwt::les(token, &kjent.nokler, slag) {
            Err(Lesefeil::UkjentNokkel) => {
                let nyere = self.kjent(na, Some(kjent.nokler_hentet)).await?;
                jwt::les(token, &nyere.nokler, slag)
            }
            lest => lest,
        };
        lest.map_err(|feil| match feil {
            Lesefeil::UkjentNokkel => Avvist::SignaturFeil,
            Lesefeil::Avvist(avvist) => avvist,
        })
    }

    /// The levels that are accepted.
    pub(super) fn acr_krav(&self) -> Vec<String> {
        let standard = || self.oppsett.profil.standard().acr_krav.iter().map(|a| (*a).to_owned()).collect();
        self.oppsett.acr_krav.clone().unwrap_or_else(standard)
    }
}
