//! What could not be read, by cause.

use super::{krev, ord};
use crate::sider::besok::{Besok, Svar};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar};
use askama::Template;
use axum::extract::Query;
use runtime::drift::{Arsak, Arsakstall};
use serde::Deserialize;
use sha2::{Digest, Sha256};

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

/// Names a cause in an address: what it is made of may hold what an address cannot.
pub(super) fn id(arsak: &Arsak) -> String {
    let mut sum = Sha256::new();
    for del in [&arsak.trinn, arsak.tenant.as_str(), &arsak.kode, &arsak.felt] {
        sum.update(del);
        sum.update([0]);
    }
    sum.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The causes within reach.
pub(super) async fn arsaker(besok: &Besok) -> Result<Vec<Arsakstall>, Feilslag> {
    let mut alle = krev::drift(besok)?.arsaker().await.map_err(krev::stans)?;
    alle.retain(|tall| besok.ut.adgang().ser_tenant(&tall.arsak.tenant));
    Ok(alle)
}

#[derive(Deserialize)]
pub(super) struct Valg {
    #[serde(default)]
    lost: Option<u8>,
}

/// `GET /drift/karantene`.
pub(super) async fn vis(besok: Besok, Query(valg): Query<Valg>) -> Svar {
    let alle = arsaker(&besok).await?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_has_its_own_address() {
        let arsak = |kode: &str, felt: &str| Arsak {
            trinn: "kilde".into(),
            tenant: "voss".parse().unwrap(),
            kode: kode.into(),
            felt: felt.into(),
        };
        assert_eq!(id(&arsak("a", "b")), id(&arsak("a", "b")));
        assert_ne!(id(&arsak("a", "b")), id(&arsak("ab", "")), "where one part ends is part of it");
        assert!(id(&arsak("users[]", "x/y?z")).bytes().all(|b| b.is_ascii_hexdigit()));
    }
}
