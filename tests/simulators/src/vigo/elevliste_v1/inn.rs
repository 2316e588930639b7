//! Bodies as they are sent. What the contract does not name is refused: nothing more than the agreed data is to leave a
//! municipality. What a pupil lacks is not refused here: it gets a remark.

use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::{lager::Elev, problem::Problem};

const VOKABULAR: &str = "https://novari.no/ontology/elevliste/v1#";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ramme {
    #[serde(rename = "@context")]
    kontekst: Value,
    #[serde(rename = "@type")]
    type_: String,
    skole: Skole,
    skolear: String,
    elever: Option<Vec<Value>>,
    endringer: Option<Vec<Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Skole {
    organisasjonsnummer: String,
}

#[derive(Deserialize)]
#[serde(tag = "handling", rename_all = "lowercase", deny_unknown_fields)]
enum EndringInn {
    Ny {
        elev: Value,
    },
    Endre {
        elev: Value,
    },
    Fjern {
        #[serde(rename = "elevRef")]
        elev_ref: Uuid,
    },
}

/// One change.
pub(super) enum Endring {
    Ny(Elev),
    Endre(Elev),
    Fjern(Uuid),
}

impl Endring {
    pub(super) fn elev_ref(&self) -> Uuid {
        match self {
            Self::Ny(elev) | Self::Endre(elev) => elev.elev_ref,
            Self::Fjern(elev_ref) => *elev_ref,
        }
    }

    pub(super) fn ord(&self) -> &'static str {
        match self {
            Self::Ny(_) => "ny",
            Self::Endre(_) => "endre",
            Self::Fjern(_) => "fjern",
        }
    }
}

/// What is asked for.
pub(super) enum Innhold {
    Liste(Vec<Elev>),
    Endringer(Vec<Endring>),
}

fn ulesbar(hva: &str) -> Problem {
    Problem::UgyldigForesporsel(hva.to_owned())
}

/// Reads a list, or changes to one, about the school and year of the address.
pub(super) fn les(kropp: &Value, liste: bool, orgnr: &str, skolear: &str) -> Result<Innhold, Problem> {
    // The parser's own text may quote values.
    let ramme: Ramme = serde_json::from_value(kropp.clone())
        .map_err(|_| ulesbar("innholdet har ikke feltene som kontrakten har, og bare dem"))?;
    if ramme.kontekst != serde_json::json!({"@vocab": VOKABULAR}) {
        return Err(ulesbar("@context er en annen"));
    }
    if ramme.skole.organisasjonsnummer != orgnr || ramme.skolear != skolear {
        return Err(ulesbar("skole og skolear må være de samme som i adressen"));
    }
    match (liste, ramme.type_.as_str(), ramme.elever, ramme.endringer) {
        (true, "Elevliste", Some(elever), None) => {
            elever.into_iter().map(elev).collect::<Result<_, _>>().map(Innhold::Liste)
        }
        (false, "Elevlisteendringer", None, Some(endringer)) if !endringer.is_empty() => {
            endringer.into_iter().map(endring).collect::<Result<_, _>>().map(Innhold::Endringer)
        }
        _ => Err(ulesbar("@type og innhold passer ikke til kallet")),
    }
}

fn elev(verdi: Value) -> Result<Elev, Problem> {
    Elev::les(verdi).ok_or_else(|| ulesbar("en elev har ikke feltene som kontrakten har, og bare dem"))
}

fn endring(verdi: Value) -> Result<Endring, Problem> {
    let endring = serde_json::from_value(verdi).map_err(|_| ulesbar("en endring kan ikke leses"))?;
    Ok(match endring {
        EndringInn::Ny { elev: e } => Endring::Ny(elev(e)?),
        EndringInn::Endre { elev: e } => Endring::Endre(elev(e)?),
        EndringInn::Fjern { elev_ref } => Endring::Fjern(elev_ref),
    })
}
