//! Moves: a pupil who changes school inside the municipality is no pupil gone and no pupil come.
//!
//! Some school systems keep one user for a person and only change the school; others make one user per person and school,
//! so that a move looks like one missing and one new. The identity number tells; it is compared here and kept nowhere.

use super::innhold::Innhold;
use super::minne::{Nokkel, USER};
use super::utkast::Hva;
use super::{Kildelop, dom::Sak};
use crate::Stopp;
use hendelse::{Bibliotek, Kildeobjekt};
use oneroster::{Objekt, User};
use std::collections::{BTreeMap, BTreeSet};

/// With more than this on one side it is no day of ordinary moves: then the reading is judged as it is.
const MANGE: usize = 5_000;

impl Kildelop {
    /// Finds who has moved, and says so in the staged difference.
    pub(super) async fn finn_flyttede(&mut self, sak: &mut Sak) -> Result<(), Stopp> {
        let er_user = |n: &&Nokkel| n.typ() == USER;
        let med = |hva: Hva| {
            let endringer = sak.utkast.endringer.iter().filter(move |(n, e)| n.typ() == USER && e.hva == hva);
            endringer.map(|(n, _)| *n).collect::<BTreeSet<Nokkel>>()
        };
        let (nye, endret, fjernet) = (med(Hva::Ny), med(Hva::Endret), med(Hva::Fjernet));
        let borte: BTreeSet<Nokkel> = sak.mangler.iter().filter(er_user).copied().chain(fjernet).collect();
        sak.flyttet_bort = borte.intersection(&self.flyttet_bort).copied().collect();
        let ubekreftet: BTreeSet<Nokkel> = borte.difference(&self.flyttet_bort).copied().collect();
        let mut innhold = Innhold::av(&self.om, &self.kilde.tenant, &self.kilde.navn);
        if !ubekreftet.is_empty() && !nye.is_empty() && ubekreftet.len().max(nye.len()) <= MANGE {
            let for_ = brukere(innhold.noen(&ubekreftet).await?);
            let kom_fra: BTreeMap<&str, Nokkel> = for_.iter().filter_map(|(n, u)| Some((nummer(u)?, *n))).collect();
            for nokkel in nye {
                let Some(user) = sak.user(&nokkel)? else { continue };
                let Some(gammel) = nummer(&user).and_then(|nummer| kom_fra.get(nummer)) else { continue };
                sak.flyttet_bort.insert(*gammel);
                sak.sett_hva(&nokkel, Hva::Flyttet);
            }
        }
        if !endret.is_empty() && endret.len() <= MANGE {
            for (nokkel, for_) in brukere(innhold.noen(&endret).await?) {
                if let Some(na) = sak.user(&nokkel)?
                    && skoler(&na) != skoler(&for_)
                {
                    sak.sett_hva(&nokkel, Hva::Flyttet);
                }
            }
        }
        Ok(())
    }
}

impl Sak {
    /// A staged pupil.
    pub fn user(&self, nokkel: &Nokkel) -> Result<Option<User>, Stopp> {
        match self.objekt(nokkel)? {
            Some(Kildeobjekt::Roster(Objekt::User(user))) => Ok(Some(user)),
            _ => Ok(None),
        }
    }

    /// A staged object.
    pub fn objekt(&self, nokkel: &Nokkel) -> Result<Option<Kildeobjekt>, Stopp> {
        let data = self.utkast.endringer.get(nokkel).and_then(|e| e.data.as_ref());
        let les = |(skjema, data): &(_, Vec<u8>)| Bibliotek::default().les_kilde(nokkel.typ(), *skjema, data);
        Ok(data.map(les).transpose()?)
    }

    fn sett_hva(&mut self, nokkel: &Nokkel, hva: Hva) {
        if let Some(endring) = self.utkast.endringer.get_mut(nokkel) {
            endring.hva = hva;
        }
    }
}

fn brukere(objekter: BTreeMap<Nokkel, Kildeobjekt>) -> BTreeMap<Nokkel, User> {
    let user = |(nokkel, objekt)| match objekt {
        Kildeobjekt::Roster(Objekt::User(user)) => Some((nokkel, user)),
        _ => None,
    };
    objekter.into_iter().filter_map(user).collect()
}

fn nummer(user: &User) -> Option<&str> {
    user.identifier.as_ref().map(|i| i.vis().trim()).filter(|i| !i.is_empty())
}

/// Where somebody is a pupil.
pub(super) fn skoler(user: &User) -> BTreeSet<&str> {
    user.roles.iter().map(|r| r.org.vis().as_str()).collect()
}
