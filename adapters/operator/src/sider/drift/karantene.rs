//! What could not be read, by cause.

use super::ord;
use crate::drift::id;
use crate::sider::besok::{Besok, Svar};
use crate::sider::ramme::{Ramme, svar};
use askama::Template;
use axum::extract::Query;
use runtime::drift::Arsakstall;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "drift/karantene.html")]
struct Karanteneside {
    ramme: Ramme,
    rader: Vec<Rad>,
    ialt: u64,
    /// Everything of a cause has gone well.
    lost: bool,
}

struct Rad {
    adresse: String,
    hva: String,
    tenant: String,
    felt: String,
    kode: String,
    antall: u64,
    eldste: String,
    nyeste: String,
}

impl Karanteneside {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

#[derive(Deserialize)]
pub(super) struct Valg {
    #[serde(default)]
    lost: Option<u8>,
}

/// `GET /drift/karantene`.
pub(super) async fn vis(besok: Besok, Query(valg): Query<Valg>) -> Svar {
    let alle = besok.driver()?.arsaker().await?;
    let (s, na) = (besok.sprak, besok.na());
    let rad = |tall: &Arsakstall| Rad {
        adresse: format!("/drift/karantene/{}", id(&tall.arsak)),
        hva: ord::trinn(s, &tall.arsak.trinn),
        tenant: tall.arsak.tenant.to_string(),
        felt: tall.arsak.felt.clone(),
        kode: tall.arsak.kode.clone(),
        antall: tall.antall,
        eldste: s.nar(tall.eldste, na).to_string(),
        nyeste: s.nar(tall.nyeste, na).to_string(),
    };
    let side = Karanteneside {
        ramme: besok.ramme(s.t("drift-karantene-tittel")).levende("/levende"),
        ialt: alle.iter().map(|tall| tall.antall).sum(),
        rader: alle.iter().map(rad).collect(),
        lost: valg.lost.is_some(),
    };
    svar(&side)
}
