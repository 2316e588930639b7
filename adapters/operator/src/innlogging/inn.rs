//! Signing in: choosing where, going there, and coming back.

use super::hjelp::{FORSOK, HINT, OKT, like, lokal, med_par, sum, tilfeldig_tekst};
use super::jwt::{Krav, Ventet};
use super::lager::nokkel;
use super::okt::{Funn, Mulighet, Nyinnlogget};
use super::sider::{Tilbyderknapp, Tilbydervalg};
use super::tilbyder::Tilbyder;
use super::{Avvist, Innlogging, csrf, krav};
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};
use runtime::brukere::Kobling;
use serde::{Deserialize, Serialize};
use serde_json::Value;

const ROM: &str = "forsok";
/// How long a sign-in may take.
const FRIST: SignedDuration = SignedDuration::from_mins(10);
/// Largest ID token that the browser is given to keep; cookies have a limit of 4 kB.
const MAKS_HINT: usize = 3000;

/// What the person came with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Onsket {
    retur: String,
    fortsett: String,
    kode: String,
    utlopt: String,
}

/// What the service sends back.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Svar {
    code: String,
    state: String,
    iss: Option<String>,
    error: Option<String>,
}

/// A sign-in under way.
#[derive(Serialize, Deserialize)]
struct Forsok {
    tilbyder: String,
    nonce: String,
    verifier: String,
    nettleser: String,
    videre: String,
    kode: String,
    utloper: Timestamp,
}

/// `GET /logg-inn`.
pub(super) async fn velg(
    State(innlogging): State<Innlogging>,
    hoder: HeaderMap,
    Query(onsket): Query<Onsket>,
) -> Response {
    if let Ok((Funn::Inne(_), _)) = innlogging.hvem(&hoder).await {
        return super::uttrekk::videre(&hoder, &innlogging.mal(&onsket));
    }
    let par = [("retur", onsket.retur.as_str()), ("fortsett", &onsket.fortsett), ("kode", &onsket.kode)];
    let knapp = |t: &Tilbyder| Tilbyderknapp {
        navn: t.oppsett.navn.clone(),
        visningsnavn: t.oppsett.visningsnavn.clone(),
        href: med_par(&format!("/logg-inn/{}", t.oppsett.navn), &par),
    };
    let side = Tilbydervalg {
        tilbydere: innlogging.0.tilbydere.iter().map(knapp).collect(),
        utlopt: !onsket.utlopt.is_empty(),
        skjema_venter: !onsket.fortsett.is_empty(),
        kode: (!onsket.kode.is_empty()).then_some(onsket.kode),
    };
    innlogging.0.sider.tilbydere(&hoder, side)
}

/// `GET /logg-inn/{navn}`.
pub(super) async fn start(
    State(innlogging): State<Innlogging>,
    hoder: HeaderMap,
    Path(navn): Path<String>,
    Query(onsket): Query<Onsket>,
) -> Response {
    innlogging.begynn(&hoder, &navn, onsket).await.unwrap_or_else(|avvist| innlogging.avvis(&hoder, avvist))
}

/// `POST /logg-inn/{navn}`: with the code of an invitation, which then stands in no address.
pub(super) async fn start_med_kode(
    State(innlogging): State<Innlogging>,
    hoder: HeaderMap,
    Path(navn): Path<String>,
    Query(onsket): Query<Onsket>,
    Form(skjema): Form<Onsket>,
) -> Response {
    let onsket = if skjema.kode.is_empty() { onsket } else { Onsket { kode: skjema.kode, ..onsket } };
    let svar = match csrf::samme_side(&hoder, &innlogging.0.base) {
        Ok(()) => innlogging.begynn(&hoder, &navn, onsket).await,
        Err(avvist) => Err(avvist),
    };
    svar.unwrap_or_else(|avvist| innlogging.avvis(&hoder, avvist))
}

/// `GET /logg-inn/svar`.
pub(super) async fn svar(State(innlogging): State<Innlogging>, hoder: HeaderMap, Query(svar): Query<Svar>) -> Response {
    innlogging.ta_imot(&hoder, svar).await.unwrap_or_else(|avvist| {
        tracing::info!(kode = avvist.kode(), "a sign-in was refused");
        innlogging.avvis(&hoder, avvist)
    })
}

impl Innlogging {
    /// Where the person is going.
    fn mal(&self, onsket: &Onsket) -> String {
        let trygt = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        match onsket.fortsett.as_str() {
            "" => lokal(&onsket.retur, &self.0.base).unwrap_or_else(|| "/".to_owned()),
            id if id.len() <= 64 && id.chars().all(trygt) => format!("/fortsett/{id}"),
            _ => "/".to_owned(),
        }
    }

    async fn begynn(&self, hoder: &HeaderMap, navn: &str, onsket: Onsket) -> Result<Response, Avvist> {
        let okter = &self.0.okter;
        let na = okter.om.clock.now();
        self.0.fart.godta(hoder, na)?;
        let tilbyder = self.tilbyder(navn)?;
        let (state, nonce, verifier) = (tilfeldig_tekst(), tilfeldig_tekst(), tilfeldig_tekst());
        // Tabs of one browser may sign in at the same time.
        let kjent = FORSOK.les(hoder, self.0.sikker).filter(|v| v.len() == 43);
        let nettleser = kjent.unwrap_or_else(tilfeldig_tekst);
        let adresse = tilbyder.adresse(na, &self.0.retur, &state, &nonce, &verifier).await?;
        let forsok = Forsok {
            tilbyder: navn.to_owned(),
            nonce,
            verifier,
            nettleser: sum(&[&nettleser]),
            videre: self.mal(&onsket),
            kode: onsket.kode.chars().take(100).collect(),
            utloper: na + FRIST,
        };
        okter.lager.skriv_lukket(ROM, &state, &forsok).await?;
        let kapsel = FORSOK.sett(&nettleser, Some(FRIST.as_secs()), self.0.sikker);
        let hvor = HeaderValue::from_str(adresse.as_str()).map_err(|_| Avvist::TilbyderNede)?;
        Ok((StatusCode::SEE_OTHER, [(header::LOCATION, hvor), (header::SET_COOKIE, kapsel)]).into_response())
    }

    async fn ta_imot(&self, hoder: &HeaderMap, svar: Svar) -> Result<Response, Avvist> {
        let okter = &self.0.okter;
        let na = okter.om.clock.now();
        self.0.fart.godta(hoder, na)?;
        let (forsok, sett) = okter.lager.les_lukket::<Forsok>(ROM, &svar.state).await?.ok_or(Avvist::StateUkjent)?;
        let nettleser = FORSOK.les(hoder, self.0.sikker).ok_or(Avvist::NettleserUkjent)?;
        if !like(sum(&[&nettleser]).as_bytes(), forsok.nettleser.as_bytes()) {
            return Err(Avvist::NettleserUkjent);
        }
        // Whatever comes of it, it is used once.
        if !okter.lager.ta(&nokkel(ROM, &svar.state), sett).await? {
            return Err(Avvist::StateUkjent);
        }
        if na >= forsok.utloper {
            return Err(Avvist::Utlopt);
        }
        let tilbyder = self.tilbyder(&forsok.tilbyder)?;
        let metadata = tilbyder.metadata(na).await?;
        match &svar.iss {
            Some(iss) if *iss != tilbyder.oppsett.utsteder => return Err(Avvist::UtstederFeil),
            None if metadata.authorization_response_iss_parameter_supported => return Err(Avvist::UtstederFeil),
            _ => {}
        }
        match svar.error.as_deref() {
            Some("access_denied") => return Err(Avvist::Avbrutt),
            Some(_) => return Err(Avvist::TilbyderAvviste),
            None => {}
        }
        let token = tilbyder.bytt(na, &svar.code, &forsok.verifier, &self.0.retur).await?;
        let krav = tilbyder.les(na, &token, &["JWT"]).await?;
        let ventet = Ventet {
            utsteder: &tilbyder.oppsett.utsteder,
            klient_id: &tilbyder.oppsett.klient_id,
            nonce: &forsok.nonce,
            acr: &tilbyder.acr_krav(),
            amr: &tilbyder.oppsett.amr_krav,
            na,
        };
        let sub = ventet.sjekk(&krav)?;
        let ny = self.hvem_er(tilbyder, &krav, &sub, &forsok.kode).await?;
        self.slipp_inn(hoder, ny, &forsok.videre, &token).await
    }

    /// What somebody whom the service knows is here.
    async fn hvem_er(&self, tilbyder: &Tilbyder, krav: &Krav, sub: &str, kode: &str) -> Result<Nyinnlogget, Avvist> {
        let (okter, utsteder) = (&self.0.okter, &tilbyder.oppsett.utsteder);
        let tekst = |navn: &str| krav.get(navn).and_then(Value::as_str).filter(|v| !v.is_empty());
        let bekreftet = krav.get("email_verified") == Some(&Value::Bool(true));
        let epost = tekst("email").filter(|_| bekreftet);
        let kode = Some(kode).filter(|k| !k.is_empty());
        let brukere = okter.brukere.finn(utsteder, sub, epost, kode).await.map_err(|error| {
            tracing::warn!(%error, "people cannot be read");
            Avvist::Intern
        })?;
        let mut muligheter: Vec<Mulighet> = Vec::new();
        for (eier, bruker) in &brukere {
            let nye = bruker.oppdrag.iter().cloned();
            muligheter.extend(nye.map(|oppdrag| Mulighet { oppdrag, bruker: Some((eier.clone(), bruker.id)) }));
        }
        for oppdrag in krav::oppdrag(&tilbyder.oppsett, krav) {
            if !muligheter.iter().any(|m| m.oppdrag == oppdrag) {
                muligheter.push(Mulighet { oppdrag, bruker: None });
            }
        }
        let person = Kobling::av(utsteder, sub).avtrykk;
        if muligheter.is_empty() {
            let hvorfor = if kode.is_some() { Avvist::InvitasjonUgyldig } else { Avvist::IkkeInvitert };
            okter.nektet(&person, &tilbyder.oppsett.navn, hvorfor).await?;
            return Err(hvorfor);
        }
        let navn = brukere.first().map(|(_, b)| b.navn.as_str()).or_else(|| tekst("name")).unwrap_or("Ukjent navn");
        Ok(Nyinnlogget {
            navn: navn.chars().filter(|c| !c.is_control()).take(200).collect(),
            tilbyder: tilbyder.oppsett.navn.clone(),
            sid: tekst("sid").filter(|s| s.len() <= 255).map(|s| sum(&[s])),
            sprak: brukere.iter().find_map(|(_, b)| b.sprak.clone()),
            person,
            muligheter,
        })
    }

    /// A new session; one that was there ends.
    async fn slipp_inn(
        &self,
        hoder: &HeaderMap,
        ny: Nyinnlogget,
        videre: &str,
        token: &str,
    ) -> Result<Response, Avvist> {
        if let Ok((Funn::Inne(gammel), id)) = self.hvem(hoder).await {
            self.0.okter.avslutt(&id, &gammel).await?;
        }
        let ma_velge = ny.muligheter.len() > 1;
        let id = self.0.okter.ny(ny).await?;
        let hvor = if ma_velge { med_par("/hvem", &[("retur", videre)]) } else { videre.to_owned() };
        let mut ut = super::uttrekk::videre(hoder, &hvor);
        let hint =
            if token.len() <= MAKS_HINT { HINT.sett(token, None, self.0.sikker) } else { HINT.fjern(self.0.sikker) };
        for kapsel in [OKT.sett(&id, None, self.0.sikker), FORSOK.fjern(self.0.sikker), hint] {
            ut.headers_mut().append(header::SET_COOKIE, kapsel);
        }
        Ok(ut)
    }
}
