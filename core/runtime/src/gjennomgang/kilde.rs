//! The lists as they would be if everything were made anew from KILDE.

use super::Grunnlag;
use crate::Stopp;
use crate::kart::Kartfold;
use crate::trinn::{self, Fold as _, Omgivelse};
use elevliste::{Elevliste, Listenokkel};
use liste::Listebygger;
use std::collections::{BTreeMap, BTreeSet};

pub(super) struct Kildelister {
    /// Every list.
    pub lister: BTreeMap<Listenokkel, Elevliste>,
    /// Tenants whose sources have been read whole: of the others nothing is known.
    pub lest: BTreeSet<String>,
}

/// Maps and lists every tenant. The identity register is the one that FINT holds: what a pupil is called cannot be made
/// anew.
pub(super) async fn les(om: &Omgivelse, grunnlag: &Grunnlag) -> Result<Kildelister, Stopp> {
    let mut ut = Kildelister { lister: BTreeMap::new(), lest: BTreeSet::new() };
    for kart in &grunnlag.kart {
        let Some(lister) = grunnlag.lister.iter().find(|l| l.tenant == kart.tenant) else { continue };
        let mut fold = trinn::les(om.clone(), Kartfold::ny(kart)).await?;
        if !fold.konsistent() {
            continue;
        }
        let mut bygger = Listebygger::ny(lister.tenant.clone(), lister.nokkel.clone(), lister.regelsett.clone());
        for (nokkel, objekt) in fold.objekter() {
            bygger.motta(nokkel, Some(objekt), None);
        }
        for nokkel in bygger.alle() {
            // Two tenants may have pupils at one school: the first one's list is the one that LISTE has.
            if let Some(byggd) = bygger.bygg(&nokkel) {
                ut.lister.entry(nokkel).or_insert(byggd.liste);
            }
        }
        ut.lest.insert(kart.tenant.to_string());
    }
    Ok(ut)
}
