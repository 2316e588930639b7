//! Errors as RFC 9457 problems. `detail` says what to do; nothing here holds a value about a person.

use crate::config::Rett;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use flow::SourceError;
use runtime::{Avgjorfeil, Stopp};
use serde::Serialize;

/// A refusal, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Avslag {
    status: StatusCode,
    kode: &'static str,
    tittel: &'static str,
    detalj: String,
    felt: Vec<Feltfeil>,
}

/// One field at fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Feltfeil {
    /// The field, as JSON spells it.
    pub felt: String,
    /// What is wrong and what to do. Never the value.
    pub hva: String,
}

#[derive(Serialize)]
struct Kropp<'a> {
    r#type: String,
    title: &'a str,
    status: u16,
    detail: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    felt: &'a [Feltfeil],
}

impl Avslag {
    /// The stable word for what was refused.
    pub(crate) const fn kode(&self) -> &'static str {
        self.kode
    }

    /// The fields at fault.
    pub(crate) fn feltfeil(&self) -> &[Feltfeil] {
        &self.felt
    }

    fn ny(status: StatusCode, kode: &'static str, tittel: &'static str, detalj: impl Into<String>) -> Self {
        Self { status, kode, tittel, detalj: detalj.into(), felt: Vec::new() }
    }

    pub(crate) fn ikke_innlogget() -> Self {
        let detalj = "send hodet Authorization: Bearer med tokenet du har fått";
        Self::ny(StatusCode::UNAUTHORIZED, "ikke-innlogget", "Du er ikke logget inn", detalj)
    }

    pub(crate) fn ikke_rett(rett: Rett) -> Self {
        let hva = match rett {
            Rett::Lese => "lese",
            Rett::Levere => "levere",
            Rett::Avgjore => "avgjore",
        };
        let detalj = format!("tokenet gir ikke retten «{hva}»; be den som har satt opp Mellomlag om den");
        Self::ny(StatusCode::FORBIDDEN, "ikke-rett", "Du har ikke rett til dette", detalj)
    }

    pub(crate) fn ukjent_sti() -> Self {
        Self::ny(StatusCode::NOT_FOUND, "ukjent-sti", "Siden finnes ikke", "begynn med GET /api/v1/kilder")
    }

    pub(crate) fn feil_metode() -> Self {
        let detalj = "hodet Allow sier hva som kan gjøres her";
        Self::ny(StatusCode::METHOD_NOT_ALLOWED, "feil-metode", "Det kan ikke gjøres her", detalj)
    }

    /// The source is not there, or not for this user: the answer is the same.
    pub(crate) fn ukjent_kilde() -> Self {
        let detalj = "kilden finnes ikke, eller tokenet gjelder ikke for den; GET /api/v1/kilder viser dem du når";
        Self::ny(StatusCode::NOT_FOUND, "ukjent-kilde", "Kilden finnes ikke", detalj)
    }

    pub(crate) fn ukjent_elev() -> Self {
        let detalj = "ingen elev her har denne id-en; GET …/elever viser dem som er tastet inn";
        Self::ny(StatusCode::NOT_FOUND, "ukjent-elev", "Eleven finnes ikke", detalj)
    }

    /// The list is not there, or not for this caller: the answer is the same.
    pub(crate) fn ukjent_liste() -> Self {
        let detalj = "listen finnes ikke, eller tokenet gjelder ikke for den; GET /api/v1/lister viser dem du når";
        Self::ny(StatusCode::NOT_FOUND, "ukjent-liste", "Listen finnes ikke", detalj)
    }

    /// The cursor is none of ours, or from a store that has been replaced.
    pub(crate) fn ukjent_markor() -> Self {
        let detalj =
            "markøren er ikke herfra; hent GET /api/v1/lister på nytt, og les videre fra markøren som står der";
        Self::ny(StatusCode::GONE, "ukjent-markor", "Det går ikke an å lese videre herfra", detalj)
    }

    /// The webhook is not there, or not for this caller: the answer is the same.
    pub(crate) fn ukjent_webhook() -> Self {
        let detalj = "webhooken finnes ikke, eller tokenet gjelder ikke for den; GET /api/v1/webhooks viser dem du når";
        Self::ny(StatusCode::NOT_FOUND, "ukjent-webhook", "Webhooken finnes ikke", detalj)
    }

    /// There is no such thing, or not for this caller: the answer is the same.
    pub(crate) fn finnes_ikke() -> Self {
        let detalj = "det finnes ikke, eller tokenet gjelder ikke for det";
        Self::ny(StatusCode::NOT_FOUND, "finnes-ikke", "Det finnes ikke", detalj)
    }

    /// Lists are followed only where pages are opened.
    pub(crate) fn ikke_apnet() -> Self {
        let detalj = "dette finnes bare der offentlig_url står i operator.toml";
        Self::ny(StatusCode::NOT_FOUND, "ikke-apnet", "Det er ikke åpnet for dette", detalj)
    }

    /// The caller's role may see it, and not do this.
    pub(crate) fn ma_ikke() -> Self {
        let detalj = "rollen til denne brukeren kan se dette, men ikke gjøre det; rolle og rett står i operator.toml";
        Self::ny(StatusCode::FORBIDDEN, "ma-ikke", "Du kan ikke gjøre dette", detalj)
    }

    pub(crate) fn mangler_if_match() -> Self {
        let detalj = "send hodet If-Match med ETag-en fra det du så på, så gjøres ingenting med noe annet enn det";
        Self::ny(StatusCode::PRECONDITION_REQUIRED, "mangler-if-match", "Hva du så på, mangler", detalj)
    }

    /// Somebody has acted since the caller looked.
    pub(crate) fn endret() -> Self {
        let detalj = "det er endret siden du så på det, og ingenting er gjort; hent det på nytt, og se om det fortsatt er riktig";
        Self::ny(StatusCode::PRECONDITION_FAILED, "endret", "Det er endret", detalj)
    }

    /// What a rule says against it now.
    pub(crate) fn lov(kode: &'static str, detalj: impl Into<String>) -> Self {
        Self::ny(StatusCode::CONFLICT, kode, "Det kan ikke gjøres nå", detalj)
    }

    /// Too many tries from one place.
    pub(crate) fn for_mange() -> Self {
        let detalj = "det er spurt for ofte herfra; vent ett minutt, og bruk tokenet til det går ut";
        Self::ny(StatusCode::TOO_MANY_REQUESTS, "for-mange", "For mange forsøk", detalj)
    }

    /// A form was sent with the id of another pupil.
    pub(crate) fn annen_elev() -> Self {
        let detalj = "id-en er en annen elevs; begynn på nytt med et tomt skjema";
        Self::ny(StatusCode::CONFLICT, "annen-elev", "Det er en annen elev", detalj)
    }

    /// A package, or the source that it goes to, has schools that are not the caller's.
    pub(crate) fn andres() -> Self {
        let detalj =
            "filen eller kilden har skoler som ikke er dine; lever bare din egen skole, eller la kommunen levere";
        Self::ny(StatusCode::FORBIDDEN, "andres-skoler", "Det gjelder andre skoler også", detalj)
    }

    pub(crate) fn tar_ikke_filer() -> Self {
        let detalj = "denne kilden tar ikke imot filer; GET /api/v1/kilder sier hvilke som gjør det";
        Self::ny(StatusCode::CONFLICT, "feil-slag", "Kilden tar ikke imot filer", detalj)
    }

    pub(crate) fn tastes_ikke() -> Self {
        let detalj = "elevene i denne kilden rettes i skolesystemet; GET /api/v1/kilder sier hvilke som tastes inn";
        Self::ny(StatusCode::CONFLICT, "feil-slag", "Elevene tastes ikke inn her", detalj)
    }

    pub(crate) fn leses_annet_sted() -> Self {
        let detalj = "kilden leses ikke av denne prosessen; den leses når intervallet er over";
        Self::ny(StatusCode::CONFLICT, "leses-annet-sted", "Kilden leses et annet sted", detalj)
    }

    pub(crate) fn leses_ikke() -> Self {
        let detalj = "ingen leser denne kilden av seg selv; lever en fil, eller tast inn elevene";
        Self::ny(StatusCode::CONFLICT, "feil-slag", "Kilden leses ikke", detalj)
    }

    /// What is delivered still shows what a person has discarded.
    pub(crate) fn forkastet() -> Self {
        let detalj = "leveransen viser det samme som er forkastet, og det er ikke tatt inn; GET …/hold sier hva og hvorfor. \
                      Rett det i skolesystemet, og eksporter på nytt";
        Self::ny(StatusCode::CONFLICT, "forkastet", "Endringen er forkastet", detalj)
    }

    pub(crate) fn for_stor() -> Self {
        let detalj = "det som ble sendt, er større enn det som tas imot; grensen for pakker er maks_opplasting_bytes \
                      i operator.toml";
        Self::ny(StatusCode::PAYLOAD_TOO_LARGE, "for-stor", "For mye på én gang", detalj)
    }

    pub(crate) fn avbrutt() -> Self {
        let detalj = "forbindelsen ble brutt før alt var kommet; send en gang til";
        Self::ny(StatusCode::BAD_REQUEST, "avbrutt", "Ikke alt kom fram", detalj)
    }

    pub(crate) fn klokken() -> Self {
        Self::ny(StatusCode::SERVICE_UNAVAILABLE, "klokken", "Klokken er feil", "still klokken på maskinen riktig")
    }

    pub(crate) fn uventet() -> Self {
        let detalj = "det er en feil i Mellomlag; meld fra til den som drifter det";
        Self::ny(StatusCode::INTERNAL_SERVER_ERROR, "uventet", "Noe gikk galt", detalj)
    }

    pub(crate) fn felt(felt: Vec<Feltfeil>) -> Self {
        let detalj = "rett feltene som er nevnt, og send en gang til; ingenting er lagret";
        Self { felt, ..Self::ny(StatusCode::UNPROCESSABLE_ENTITY, "feil-i-felt", "Noe må rettes", detalj) }
    }

    pub(crate) fn ett_felt(felt: impl Into<String>, hva: impl Into<String>) -> Self {
        Self::felt(vec![Feltfeil { felt: felt.into(), hva: hva.into() }])
    }
}

/// What stopped core. The text names no person: that holds for every [`Stopp`].
impl From<Stopp> for Avslag {
    fn from(stopp: Stopp) -> Self {
        match &stopp {
            Stopp::Samtidig { .. } => {
                let detalj = "noen andre leverte til samme kilde samtidig; se hva som står der nå, og send en gang til";
                Self::ny(StatusCode::CONFLICT, "samtidig", "Noen andre var først", detalj)
            }
            Stopp::Kilde(SourceError::Torn { samling, .. }) => {
                let hva = "den samme raden står to ganger med ulikt innhold; eksporter på nytt fra skolesystemet";
                Self::ett_felt(*samling, hva)
            }
            Stopp::Kilde(SourceError::Malformed { field, .. }) => {
                Self::ett_felt(field, "kan ikke leses; eksporter på nytt fra skolesystemet")
            }
            _ => {
                let kode = stopp.kode();
                tracing::warn!(kode, error = %stopp, "the api could not do what was asked");
                let detalj = format!("se hva som står der, og prøv igjen om litt (kode {kode})");
                Self::ny(StatusCode::SERVICE_UNAVAILABLE, "utilgjengelig", "Mellomlag får det ikke til nå", detalj)
            }
        }
    }
}

impl From<Avgjorfeil> for Avslag {
    fn from(feil: Avgjorfeil) -> Self {
        let (kode, tittel, detalj) = match feil {
            Avgjorfeil::Stopp(stopp) => return stopp.into(),
            Avgjorfeil::Grunn => {
                let hva = "skriv hvorfor, med høyst 500 tegn og uten personopplysninger";
                return Self::ett_felt("hvorfor", hva);
            }
            Avgjorfeil::Ingen(_) => {
                ("ingenting-holdt", "Ingenting venter", "det kan være avgjort, eller kilden viser noe annet nå")
            }
            Avgjorfeil::AnnenDigest { .. } => {
                ("annet-holdt", "Noe annet venter nå", "hent GET …/hold på nytt, og se på det før du avgjør")
            }
            Avgjorfeil::Avgjort { .. } => {
                ("avgjort", "Det er avgjort", "en avgjørelse endres ikke; GET …/hold sier hvem som avgjorde og hvorfor")
            }
        };
        Self::ny(StatusCode::CONFLICT, kode, tittel, detalj)
    }
}

impl IntoResponse for Avslag {
    fn into_response(self) -> Response {
        let kropp = Kropp {
            r#type: format!("urn:mellomlag:problem:{}", self.kode),
            title: self.tittel,
            status: self.status.as_u16(),
            detail: &self.detalj,
            felt: &self.felt,
        };
        let kropp = serde_json::to_vec(&kropp).expect("texts and numbers always have a json form");
        let mut svar = (self.status, [(header::CONTENT_TYPE, "application/problem+json")], kropp).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            svar.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if self.status == StatusCode::TOO_MANY_REQUESTS {
            svar.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
        }
        svar
    }
}
