//! What is remarked on a pupil.

use std::collections::BTreeMap;

use serde::Serialize;
use uuid::Uuid;

use super::lager::Elev;
use crate::vigo::{Identitetsregler, Nummerstatus};

/// A remark on one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Merknad {
    /// The pupil; none where it is on the list as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elev_ref: Option<Uuid>,
    /// The field.
    pub felt: &'static str,
    /// What is wrong.
    pub kode: &'static str,
    /// `feil` or `advarsel`.
    pub alvor: &'static str,
}

impl Merknad {
    pub(super) fn feil(elev_ref: impl Into<Option<Uuid>>, felt: &'static str, kode: &'static str) -> Self {
        Self { elev_ref: elev_ref.into(), felt, kode, alvor: "feil" }
    }

    pub(super) fn er_feil(&self) -> bool {
        self.alvor == "feil"
    }
}

/// Remarks on `sendt`, each judged among all who are on the list then.
pub(super) fn vurder<'a>(
    regler: Identitetsregler,
    sendt: impl IntoIterator<Item = &'a Elev>,
    alle: &[Elev],
) -> Vec<Merknad> {
    let mut antall: BTreeMap<&str, usize> = BTreeMap::new();
    for nummer in alle.iter().filter_map(|elev| elev.identitetsnummer.as_deref()) {
        *antall.entry(nummer).or_default() += 1;
    }
    let mut merknader = Vec::new();
    for elev in sendt {
        let nummer = elev.identitetsnummer.as_deref().unwrap_or_default();
        let flere = antall.get(nummer).is_some_and(|antall| *antall > 1);
        en(regler.vurder_v1(nummer), flere, elev, &mut merknader);
    }
    merknader
}

fn en(status: Nummerstatus, flere: bool, elev: &Elev, merknader: &mut Vec<Merknad>) {
    let feil = |felt, kode| Merknad::feil(elev.elev_ref, felt, kode);
    let advarsel = |felt, kode| Merknad { alvor: "advarsel", ..feil(felt, kode) };
    match status {
        Nummerstatus::Ugyldig => merknader.push(feil("identitetsnummer", "ugyldig-nummer")),
        Nummerstatus::Fiktivt => merknader.push(advarsel("identitetsnummer", "fiktivt-nummer")),
        Nummerstatus::Fnr | Nummerstatus::Dnr => {}
    }
    if flere {
        merknader.push(feil("identitetsnummer", "duplikat-nummer"));
    }
    let klasse = elev.klassekode.as_deref().unwrap_or_default();
    if klasse.trim().is_empty() {
        merknader.push(feil("klassekode", "mangler-klassekode"));
    }
    if klasse.chars().count() > 40 {
        merknader.push(feil("klassekode", "for-lang-klassekode"));
    }
    for (felt, del, ma) in [
        ("navn.fornavn", &elev.navn.fornavn, true),
        ("navn.mellomnavn", &elev.navn.mellomnavn, false),
        ("navn.etternavn", &elev.navn.etternavn, true),
    ] {
        let del = del.as_deref().unwrap_or_default();
        if ma && del.trim().is_empty() {
            merknader.push(advarsel(felt, "mangler-navn"));
        }
        if del.chars().count() > 100 {
            merknader.push(feil(felt, "for-langt-navn"));
        }
    }
}
