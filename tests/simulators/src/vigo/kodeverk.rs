//! VIGO's code base: schools, counties and municipalities, open for all, by a list of filters.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Router,
    body::Bytes,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::post,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Feil, Indre, feil, laas};
use crate::{
    generator::{GeneratorConfig, Kommune},
    server::{html, json_som, mediatype},
};

/// No answer has more rows.
const MAKS_RADER: usize = 2_000;

/// A school in the code base.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Skoleoppforing {
    /// `G` is a school for compulsory education, the only kind that sends lists.
    #[serde(rename = "type")]
    pub type_: String,
    /// Nine digits.
    pub org_nr: String,
    /// Name.
    pub name: String,
    /// Four digits.
    pub municipality_nr: String,
    /// Two digits.
    pub county_nr: String,
    /// VIGO's school number, five digits.
    pub number: String,
}

impl Skoleoppforing {
    /// The schools of a generated municipality that have a VIGO number.
    pub fn fra_kommune(kommune: &Kommune) -> Vec<Self> {
        let skoler = kommune.skoler.iter();
        let nr = &kommune.kommunenummer;
        skoler.filter_map(|s| Self::grunnskole(nr, &s.orgnr, &s.navn, s.skolenummer.as_deref())).collect()
    }

    /// The same, of a municipality that has not been filled with people.
    pub fn fra_oppsett(oppsett: &GeneratorConfig) -> Vec<Self> {
        let skoler = oppsett.skoler.iter();
        let nr = &oppsett.kommunenummer;
        skoler.filter_map(|s| Self::grunnskole(nr, &s.orgnr, &s.navn, s.skolenummer.as_deref())).collect()
    }

    fn grunnskole(kommunenummer: &str, orgnr: &str, navn: &str, skolenummer: Option<&str>) -> Option<Self> {
        Some(Self {
            type_: "G".into(),
            org_nr: orgnr.to_owned(),
            name: navn.to_owned(),
            municipality_nr: kommunenummer.to_owned(),
            county_nr: kommunenummer.get(..2)?.to_owned(),
            number: skolenummer?.to_owned(),
        })
    }

    /// The built-in extract says no more than the two numbers, so the rest follows from VIGO's number series.
    fn fra_utvalg(skole: &kodeverk::Vigoskole) -> Self {
        let nummer = skole.nummer.as_str();
        let grunnskole = !nummer.starts_with("00") && nummer.as_bytes()[2] >= b'5';
        let fylke = if nummer.starts_with("00") { "" } else { &nummer[..2] };
        Self {
            type_: if grunnskole { "G" } else { "V" }.into(),
            org_nr: skole.organisasjonsnummer.as_str().to_owned(),
            name: format!("Skole {nummer}"),
            municipality_nr: String::new(),
            county_nr: fylke.to_owned(),
            number: nummer.to_owned(),
        }
    }
}

/// All schools, by number.
#[derive(Debug)]
pub(super) struct Kodeverk {
    skoler: BTreeMap<String, Skoleoppforing>,
}

impl Kodeverk {
    pub(super) fn ny(egne: &[Skoleoppforing]) -> Self {
        let utvalg = kodeverk::vigoskoler().iter().map(Skoleoppforing::fra_utvalg);
        let mut kodeverk = Self { skoler: utvalg.map(|s| (s.number.clone(), s)).collect() };
        kodeverk.registrer(egne.iter().cloned());
        kodeverk
    }

    pub(super) fn registrer(&mut self, skoler: impl IntoIterator<Item = Skoleoppforing>) {
        self.skoler.extend(skoler.into_iter().map(|s| (s.number.clone(), s)));
    }

    /// The school of type G with this organisation number; where VIGO has two, the first by number.
    pub(super) fn grunnskole(&self, orgnr: &str) -> Option<&Skoleoppforing> {
        self.skoler.values().find(|s| s.org_nr == orgnr && s.type_ == "G")
    }
}

/// One condition; all must hold.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Filter {
    key: String,
    value: String,
    operation: String,
}

#[derive(Deserialize)]
struct Sidevalg {
    #[serde(default)]
    page: usize,
    #[serde(default = "standard_size")]
    size: usize,
}

fn standard_size() -> usize {
    20
}

pub(super) fn rute() -> Router<Arc<Indre>> {
    Router::new()
        .route("/api/schools", post(skoler))
        .route("/api/counties", post(fylker))
        .route("/api/municipalities", post(kommuner))
}

async fn skoler(State(indre): State<Arc<Indre>>, side: Query<Sidevalg>, hoder: HeaderMap, kropp: Bytes) -> Response {
    if !feil::treff(&mut laas(&indre.feil), None, |f| *f == Feil::KodeverkNede).is_empty() {
        return html(StatusCode::SERVICE_UNAVAILABLE);
    }
    let alle: Vec<Value> = laas(&indre.kodeverk).skoler.values().map(|s| json!(s)).collect();
    svar(alle, &side, &hoder, &kropp)
}

async fn fylker(side: Query<Sidevalg>, hoder: HeaderMap, kropp: Bytes) -> Response {
    let alle = kodeverk::fylker().iter().map(|f| json!({"countyNr": f.nummer.as_str(), "shortName": f.navn}));
    svar(alle.collect(), &side, &hoder, &kropp)
}

async fn kommuner(side: Query<Sidevalg>, hoder: HeaderMap, kropp: Bytes) -> Response {
    let rad = |k: &kodeverk::Kommune| json!({"municipalityNr": k.nummer.as_str(), "name": k.navn.to_uppercase()});
    svar(kodeverk::kommuner().iter().map(rad).collect(), &side, &hoder, &kropp)
}

fn svar(mut rader: Vec<Value>, side: &Sidevalg, hoder: &HeaderMap, kropp: &[u8]) -> Response {
    if mediatype(hoder).as_deref() != Some("application/json") {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    }
    let Ok(filtre) = serde_json::from_slice::<Vec<Filter>>(kropp) else {
        return ugyldig("expected a list of filters with key, value and operation; [] for all");
    };
    if filtre.iter().any(|f| f.operation != "EQUAL") {
        return ugyldig("operation: only EQUAL is known");
    }
    if rader.first().is_some_and(|rad| filtre.iter().any(|f| rad.get(&f.key).is_none())) {
        return ugyldig("key: no such field");
    }
    if side.size == 0 {
        return ugyldig("size: at least 1");
    }
    rader.retain(|rad| filtre.iter().all(|f| rad[&f.key] == f.value));
    let size = side.size.min(MAKS_RADER);
    let antall = rader.len();
    let utvalg: Vec<_> = rader.into_iter().skip(side.page.saturating_mul(size)).take(size).collect();
    let kropp = json!({
        "content": utvalg, "totalElements": antall, "totalPages": antall.div_ceil(size),
        "number": side.page, "size": size,
    });
    json_som(StatusCode::OK, "application/json", &kropp)
}

fn ugyldig(tekst: &str) -> Response {
    json_som(
        StatusCode::BAD_REQUEST,
        "application/json",
        &json!({"status": 400, "error": "Bad Request", "message": tekst}),
    )
}
