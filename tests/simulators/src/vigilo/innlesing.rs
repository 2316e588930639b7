//! From a generated municipality to the rows of a school system on its first day.

use std::sync::{Mutex, atomic::AtomicU64};

use jiff::{SignedDuration, civil::date};
use uuid::Uuid;

use super::{
    Indre, VigiloConfig,
    forstyrr::Trafikk,
    side, tilstand,
    tilstand::{Bruker, Eier, Paamelding, Rad, Tilstand},
    token,
};
use crate::generator::Kommune;

impl Indre {
    pub(super) fn ny(config: VigiloConfig, base_url: &str) -> Self {
        Self {
            tilstand: Mutex::new(Tilstand::fra(&config.kommune)),
            feil: Mutex::default(),
            tokens: token::Tokens::default(),
            utvalg: side::Utvalg::default(),
            kall: AtomicU64::new(0),
            trafikk: Trafikk::default(),
            base_url: base_url.to_owned(),
            config,
        }
    }
}

impl Tilstand {
    fn fra(kommune: &Kommune) -> Self {
        let mut tilstand = Self {
            eier: Eier {
                id: kommune.id,
                orgnr: kommune.orgnr.clone(),
                navn: kommune.navn.clone(),
                domene: kommune.domene.clone(),
                skolear: kommune.skolear,
                forste_skolear: kommune.skolear,
                opprettet: kommune.opprettet,
                endret: kommune.opprettet,
            },
            skoler: kommune.skoler.iter().map(|s| (s.id, s.clone())).collect(),
            klasser: Default::default(),
            brukere: Default::default(),
            paameldinger: Default::default(),
            nummerserie: kommune.nummerserie.clone(),
            revisjon: 0,
        };
        for klasse in &kommune.klasser {
            let endret = tilstand.innlest(klasse.id);
            tilstand.klasser.insert(klasse.id, Rad { data: klasse.clone(), endret, slettet: false });
        }
        for elev in &kommune.elever {
            for klasse in elev.klasse.iter().chain(&elev.grupper) {
                tilstand.meld_paa(elev.id, *klasse, elev.skole, "student", tilstand.innlest(elev.id));
            }
            tilstand.ta_inn(elev.id, Bruker::Elev(elev.clone()));
        }
        for laerer in &kommune.laerere {
            if let Some(klasse) = laerer.klasse {
                tilstand.meld_paa(laerer.id, klasse, laerer.skole, "teacher", tilstand.innlest(laerer.id));
            }
            tilstand.ta_inn(laerer.id, Bruker::Laerer(laerer.clone()));
        }
        for foresatt in &kommune.foresatte {
            tilstand.ta_inn(foresatt.id, Bruker::Foresatt(foresatt.clone()));
        }
        tilstand
    }

    fn ta_inn(&mut self, id: Uuid, data: Bruker) {
        let endret = self.innlest(id);
        self.brukere.insert(id, Rad { data, endret, slettet: false });
    }

    /// Rows were typed in over some weeks: the time follows from the id, so it is the same each time.
    fn innlest(&self, id: Uuid) -> jiff::Timestamp {
        let sekunder = i64::from(id.as_fields().0 % (30 * 86_400));
        self.eier.opprettet + SignedDuration::from_secs(sekunder)
    }

    /// Adds a membership, or takes up one that had ended.
    pub(super) fn meld_paa(
        &mut self,
        bruker: Uuid,
        klasse: Uuid,
        skole: Uuid,
        rolle: &'static str,
        endret: jiff::Timestamp,
    ) {
        let skolear = self.eier.skolear;
        let data = Paamelding { bruker, klasse, skole, rolle, fra: date(skolear, 8, 17), til: date(skolear + 1, 8, 1) };
        let id = tilstand::avledet(bruker, klasse.as_u128());
        self.paameldinger.insert(id, Rad { data, endret, slettet: false });
    }
}
