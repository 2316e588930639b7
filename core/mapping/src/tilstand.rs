//! Everything the sources have said, as it is now, with the indexes that make one change cheap.

use crate::indeks::Indeks;
use crate::personregister::Personregister;
use crate::poster::{Brukerpost, Innmelding, Klassepost, Okt, Orgpost};
use crate::vigo::Vigokode;
use hendelse::K;
use identitet::Organisasjonsnummer;
use kodeverk::Skolenummer;
use std::collections::HashMap;
use uuid::Uuid;

/// All keys are our own ids; what FINT does not have is not among the keys that others see.
#[derive(Debug, Default)]
pub(crate) struct Tilstand {
    pub(crate) orger: HashMap<Uuid, Orgpost>,
    pub(crate) okter: HashMap<Uuid, Okt>,
    pub(crate) klasser: HashMap<Uuid, Klassepost>,
    pub(crate) brukere: HashMap<Uuid, Brukerpost>,
    pub(crate) innmeldinger: HashMap<Uuid, Innmelding>,
    pub(crate) vigo: Vigokode,
    pub(crate) personregister: Personregister,
    /// The user of an Elevforhold.
    pub(crate) elevforhold: HashMap<Uuid, Uuid>,
    pub(crate) brukere_ved_skole: Indeks<Uuid>,
    pub(crate) klasser_ved_skole: Indeks<Uuid>,
    pub(crate) innmeldinger_i_klasse: Indeks<Uuid>,
    pub(crate) innmeldinger_av_bruker: Indeks<Uuid>,
    pub(crate) brukere_med_nummer: Indeks<K>,
    pub(crate) orger_med_orgnr: Indeks<Organisasjonsnummer>,
    pub(crate) orger_med_vigonummer: Indeks<Skolenummer>,
}

impl Tilstand {
    pub(crate) fn sett_org(&mut self, id: Uuid, ny: Option<Orgpost>) {
        if let Some(gammel) = bytt(&mut self.orger, id, ny) {
            gammel.orgnr.iter().for_each(|nr| self.orger_med_orgnr.ut(nr, id));
            vigonummer(&gammel).iter().for_each(|nr| self.orger_med_vigonummer.ut(nr, id));
        }
        if let Some(post) = self.orger.get(&id) {
            post.orgnr.iter().for_each(|nr| self.orger_med_orgnr.inn(*nr, id));
            vigonummer(post).iter().for_each(|nr| self.orger_med_vigonummer.inn(*nr, id));
        }
    }

    pub(crate) fn sett_okt(&mut self, id: Uuid, ny: Option<Okt>) {
        bytt(&mut self.okter, id, ny);
    }

    pub(crate) fn sett_klasse(&mut self, id: Uuid, ny: Option<Klassepost>) {
        if let Some(gammel) = bytt(&mut self.klasser, id, ny) {
            self.klasser_ved_skole.ut(&gammel.skole, id);
        }
        if let Some(post) = self.klasser.get(&id) {
            self.klasser_ved_skole.inn(post.skole, id);
        }
    }

    pub(crate) fn sett_bruker(&mut self, id: Uuid, ny: Option<Brukerpost>) {
        if let Some(gammel) = bytt(&mut self.brukere, id, ny) {
            for rolle in &gammel.roller {
                self.brukere_ved_skole.ut(&rolle.skole, id);
                self.elevforhold.remove(&rolle.elevforhold);
            }
            gammel.nummer.iter().for_each(|nr| self.brukere_med_nummer.ut(nr, id));
        }
        if let Some(post) = self.brukere.get(&id) {
            for rolle in &post.roller {
                self.brukere_ved_skole.inn(rolle.skole, id);
                self.elevforhold.insert(rolle.elevforhold, id);
            }
            post.nummer.iter().for_each(|nr| self.brukere_med_nummer.inn(*nr, id));
        }
    }

    pub(crate) fn sett_innmelding(&mut self, id: Uuid, ny: Option<Innmelding>) {
        if let Some(gammel) = bytt(&mut self.innmeldinger, id, ny) {
            self.innmeldinger_i_klasse.ut(&gammel.klasse, id);
            self.innmeldinger_av_bruker.ut(&gammel.bruker, id);
        }
        if let Some(post) = self.innmeldinger.get(&id) {
            self.innmeldinger_i_klasse.inn(post.klasse, id);
            self.innmeldinger_av_bruker.inn(post.bruker, id);
        }
    }

    /// The school with this id, if it is one.
    pub(crate) fn skole(&self, id: Uuid) -> Option<&Orgpost> {
        self.orger.get(&id).filter(|post| post.er_skole())
    }
}

/// The number that the source itself says VIGO has for the school.
pub(crate) fn vigonummer(post: &Orgpost) -> Option<Skolenummer> {
    post.org.vigo_id.as_deref()?.trim().parse().ok()
}

fn bytt<T>(kart: &mut HashMap<Uuid, T>, id: Uuid, ny: Option<T>) -> Option<T> {
    match ny {
        Some(ny) => kart.insert(id, ny),
        None => kart.remove(&id),
    }
}
