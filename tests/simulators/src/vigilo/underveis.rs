//! What happens to the people between two pages of a pull.

use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

use super::{Indre, Samling, Underveis, tilstand::Tilstand, utfor::Tid};

impl Indre {
    /// Carries out what was to happen once `side` had been read.
    pub(super) fn underveis(&self, hendelse: &Underveis, samling: Samling, side: &[Uuid]) {
        let tid = Tid::ved(self.na());
        match hendelse {
            Underveis::SletterForan { antall } => {
                let mut tilstand = self.tilstand();
                tilstand.slett_foran(samling, side, *antall as usize, tid);
                tilstand.revisjon += 1;
            }
            Underveis::SetterInnForan => {
                let mut tilstand = self.tilstand();
                tilstand.sett_inn_foran(tid);
                tilstand.revisjon += 1;
            }
            Underveis::Endringer { endringer } => {
                if let Err(feil) = self.endre(endringer) {
                    tracing::warn!(%feil, "a change between two pages cannot be made");
                }
            }
        }
    }
}

impl Tilstand {
    fn slett_foran(&mut self, samling: Samling, side: &[Uuid], antall: usize, tid: Tid) {
        if samling == Samling::Enrollments {
            for id in side.iter().take(antall) {
                self.paameldinger.remove(id);
            }
            return;
        }
        let elever: Vec<Uuid> = side.iter().copied().filter(|id| self.er_elev(*id)).take(antall).collect();
        elever.into_iter().for_each(|elev| self.slutt(elev, true, tid));
    }

    fn sett_inn_foran(&mut self, tid: Tid) {
        let Some(skole) = self.skoler.values().find(|s| s.trinn_til == 10).map(|s| s.id) else { return };
        // Ids that begin with zeros sort before those drawn at random; the revision keeps them apart.
        let lav = |del: u8| {
            let tall = u128::from(self.revisjon) << 8 | u128::from(del);
            uuid::Builder::from_random_bytes(tall.to_be_bytes()).into_uuid()
        };
        let (id, medlemskap) = (lav(1), lav(2));
        let klasse = self.klasse_paa(skole, 10);
        let mut rng = ChaCha8Rng::seed_from_u64(self.revisjon);
        let elev = self.ny_elev(skole, klasse, 10, id, &mut rng);
        self.ta_inn_ny(elev, tid);
        let sitt = self.paameldinger.iter().find(|(_, rad)| rad.data.bruker == id).map(|(id, rad)| (*id, rad.clone()));
        if let Some((gammel, rad)) = sitt {
            self.paameldinger.remove(&gammel);
            self.paameldinger.insert(medlemskap, rad);
        }
    }
}
