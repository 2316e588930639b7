//! Acts upon a whole list that are no approval.

use crate::sider::besok::{Sendt, Svar, nokkel};
use crate::sider::ramme::videre;
use axum::extract::Path;
use elevliste::{Avklaring, Handling};
use runtime::adgang::Adgangsrolle;
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Grunn {
    grunn: String,
    #[serde(default)]
    sekvens: Option<u64>,
}

/// `POST /skole/{liste}/tilbakekall`: the approval is taken back.
pub(super) async fn tilbakekall(Path(liste): Path<String>, Sendt(besok, valg): Sendt<Grunn>) -> Svar {
    let nokkel = nokkel(&liste)?;
    let handling = Handling::Tilbakekalt { grunn: valg.grunn.trim().to_owned() };
    besok.ut.utfor(&nokkel, valg.sekvens, handling).await?;
    Ok(videre(&format!("/skole/{nokkel}")))
}

#[derive(Deserialize)]
pub(super) struct Svaret {
    segl: String,
    mottatt: Mottatt,
    grunn: String,
    #[serde(default)]
    kvittering: String,
    #[serde(default)]
    sekvens: Option<u64>,
}

#[derive(Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Mottatt {
    Ja,
    Nei,
}

/// `POST /skole/{liste}/avklar`: a person has found out whether the list arrived.
pub(super) async fn avklar(Path(liste): Path<String>, Sendt(besok, valg): Sendt<Svaret>) -> Svar {
    let nokkel = nokkel(&liste)?;
    let kvittering = Some(valg.kvittering.trim().to_owned()).filter(|k| !k.is_empty());
    let handling = Handling::Avklart {
        segl: valg.segl,
        mottatt: valg.mottatt == Mottatt::Ja,
        hvordan: Avklaring::Person,
        grunn: valg.grunn.trim().to_owned(),
        kvittering,
        etag: None,
        bevis: None,
    };
    besok.ut.utfor(&nokkel, valg.sekvens, handling).await?;
    // A county has a page of its own for the list.
    Ok(videre(&match besok.rolle() {
        Adgangsrolle::Fylke => format!("/fylke/liste/{nokkel}"),
        _ => format!("/skole/{nokkel}"),
    }))
}
