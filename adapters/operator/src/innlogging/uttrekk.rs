//! What handlers ask for to know who it is: [`Innlogget`] for pages, [`Skjema`] for forms, [`Opplasting`] for files.

use super::fortsett::Fortsett;
use super::hjelp::{OKT, lokal, med_par};
use super::okt::{Funn, Lagret, Okt};
use super::{Avvist, Innlogging, csrf};
use axum::Form;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRef, FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;

/// Largest form, in bytes.
const MAKS_SKJEMA: usize = 64 * 1024;
/// Fields of every form, which are not the handler's: the token, and the id of a form that has waited.
const VARE: [&str; 2] = ["csrf", "fortsett"];
/// The header that carries a form's token where there is no form.
const TOKENHODE: &str = "x-csrf-token";

/// Somebody who is signed in and asks to see something. Who is not, is sent to sign in and back. Asked for where
/// something is done, it demands a form's token in `X-CSRF-Token`.
#[derive(Debug, Clone)]
pub struct Innlogget(pub Okt);

/// A form that was sent by a page of ours, by somebody who is signed in. Where the session has run out, the form waits.
#[derive(Debug, Clone)]
pub struct Skjema<T>(pub Okt, pub T);

/// Somebody who is signed in and sends a file. The token stands in the body: the handler must call
/// [`Okt::sjekk_csrf`] with the field `csrf` before it uses anything of it.
#[derive(Debug, Clone)]
pub struct Opplasting(pub Okt);

impl<S> FromRequestParts<S> for Innlogget
where
    Innlogging: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Response;

    async fn from_request_parts(deler: &mut Parts, tilstand: &S) -> Result<Self, Response> {
        let innlogging = Innlogging::from_ref(tilstand);
        let okt = innlogging.krev(deler, None).await?;
        if !matches!(deler.method, Method::GET | Method::HEAD) {
            let token = deler.headers.get(TOKENHODE).and_then(|v| v.to_str().ok()).unwrap_or_default();
            let sjekket = csrf::samme_side(&deler.headers, &innlogging.0.base).and_then(|()| okt.sjekk_csrf(token));
            sjekket.map_err(|avvist| innlogging.avvis(&deler.headers, avvist))?;
        }
        Ok(Self(okt))
    }
}

impl<S> FromRequestParts<S> for Opplasting
where
    Innlogging: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Response;

    async fn from_request_parts(deler: &mut Parts, tilstand: &S) -> Result<Self, Response> {
        let innlogging = Innlogging::from_ref(tilstand);
        let samme = csrf::samme_side(&deler.headers, &innlogging.0.base);
        samme.map_err(|avvist| innlogging.avvis(&deler.headers, avvist))?;
        Ok(Self(innlogging.krev(deler, None).await?))
    }
}

impl<S, T> FromRequest<S> for Skjema<T>
where
    Innlogging: FromRef<S>,
    S: Send + Sync,
    T: DeserializeOwned,
{
    type Rejection = Response;

    async fn from_request(foresporsel: Request, tilstand: &S) -> Result<Self, Response> {
        let innlogging = Innlogging::from_ref(tilstand);
        let (deler, kropp) = foresporsel.into_parts();
        let avvis = |avvist| innlogging.avvis(&deler.headers, avvist);
        csrf::samme_side(&deler.headers, &innlogging.0.base).map_err(avvis)?;
        let kropp = lest(&deler.headers, kropp).await.map_err(avvis)?;
        let par: Vec<(String, String)> = url::form_urlencoded::parse(&kropp).into_owned().collect();
        let (vare, felter): (Vec<_>, Vec<_>) = par.into_iter().partition(|(navn, _)| VARE.contains(&navn.as_str()));
        let vart = |felt: &str| vare.iter().find(|(navn, _)| navn == felt).map(|(_, verdi)| verdi.as_str());
        let hode = || deler.headers.get(TOKENHODE).and_then(|v| v.to_str().ok());
        let token = vart("csrf").or_else(hode).unwrap_or_default();
        let okt = innlogging.krev(&deler, Some((token, &felter))).await?;
        okt.sjekk_csrf(token).map_err(avvis)?;
        if let Some(id) = vart("fortsett") {
            innlogging.sendt(&okt, id).await;
        }
        let uten_token = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&felter).finish();
        let slag = (header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let igjen = Request::post("/").header(slag.0, slag.1).body(Body::from(uten_token));
        let igjen = igjen.expect("a fixed address and a fixed header make a request");
        let Form(verdi) = Form::<T>::from_request(igjen, &()).await.map_err(|_| avvis(Avvist::SkjemaUgyldig))?;
        Ok(Self(okt, verdi))
    }
}

/// The body of a form.
async fn lest(hoder: &HeaderMap, kropp: Body) -> Result<Bytes, Avvist> {
    let slag = hoder.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if !slag.split(';').next().is_some_and(|s| s.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded")) {
        return Err(Avvist::SkjemaUgyldig);
    }
    to_bytes(kropp, MAKS_SKJEMA).await.map_err(|_| Avvist::ForStort)
}

impl Innlogging {
    /// The page that says why.
    pub(super) fn avvis(&self, hoder: &HeaderMap, avvist: Avvist) -> Response {
        self.0.sider.avvist(hoder, &avvist)
    }

    /// Who asks, if anyone. The id comes along.
    pub(super) async fn hvem(&self, hoder: &HeaderMap) -> Result<(Funn, String), Avvist> {
        match OKT.les(hoder, self.0.sikker) {
            Some(id) => Ok((self.0.okter.finn(&id, !av_seg_selv(hoder)).await?, id)),
            None => Ok((Funn::Ingen, String::new())),
        }
    }

    /// The session, or the answer that leads to one. A form, with its token, is kept for who was signed in.
    async fn krev(&self, deler: &Parts, skjema: Option<(&str, &[(String, String)])>) -> Result<Okt, Response> {
        let hoder = &deler.headers;
        let (funn, _) = self.hvem(hoder).await.map_err(|avvist| self.avvis(hoder, avvist))?;
        let sti = deler.uri.path_and_query().map_or("/", |p| p.as_str());
        let leser = matches!(deler.method, Method::GET | Method::HEAD);
        let her = if leser && !er_htmx(hoder) { lokal(sti, &self.0.base) } else { self.siden(hoder) };
        let her = her.unwrap_or_default();
        let hvor = match funn {
            Funn::Inne(okt) => match self.0.okter.vis(&okt) {
                Some(okt) => return Ok(okt),
                None => med_par("/hvem", &[("retur", &her)]),
            },
            Funn::Utlopt(okt) => {
                let venter = match skjema {
                    Some((token, felter)) => self.vent(&okt, sti, token, felter).await,
                    None => None,
                };
                med_par("/logg-inn", &[("utlopt", "1"), ("fortsett", &venter.unwrap_or_default()), ("retur", &her)])
            }
            Funn::Ingen => med_par("/logg-inn", &[("retur", &her)]),
        };
        Err(videre(hoder, &hvor))
    }

    /// Keeps the form, if the one who sent it had it from us.
    async fn vent(&self, okt: &Lagret, sti: &str, token: &str, felter: &[(String, String)]) -> Option<String> {
        let sti = lokal(sti, &self.0.base).filter(|_| csrf::gjelder(token, &okt.hemmelig()))?;
        self.hold(okt, Fortsett { sti, felter: felter.to_vec() }).await.ok()
    }

    /// The page that a form or a part of a page was asked from.
    fn siden(&self, hoder: &HeaderMap) -> Option<String> {
        let adresse = hoder.get("hx-current-url").or_else(|| hoder.get(header::REFERER))?.to_str().ok()?;
        let url = url::Url::parse(adresse).ok().filter(|url| url.origin() == self.0.base.origin())?;
        lokal(&url[url::Position::BeforePath..url::Position::AfterQuery], &self.0.base)
    }
}

fn er_htmx(hoder: &HeaderMap) -> bool {
    hoder.get("hx-request").is_some_and(|v| v == "true")
}

/// Whether a page asks by itself because something has happened: nobody has done anything for that.
fn av_seg_selv(hoder: &HeaderMap) -> bool {
    let strom =
        hoder.get(header::ACCEPT).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains("text/event-stream"));
    strom || er_htmx(hoder)
}

/// On to another page, also for who asked for a part of one.
pub(super) fn videre(hoder: &HeaderMap, hvor: &str) -> Response {
    let verdi = HeaderValue::from_str(hvor).expect("addresses are encoded");
    if er_htmx(hoder) {
        return (StatusCode::OK, [("hx-redirect", verdi)]).into_response();
    }
    (StatusCode::SEE_OTHER, [(header::LOCATION, verdi)]).into_response()
}
