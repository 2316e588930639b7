//! What should be there, key by key.

use super::{Kartlegger, Onsket};
use crate::oppslag::Ar;
use crate::poster::{Brukerpost, Rolle};
use crate::regler::{self, Elevforholdsted, Kartavvik, Klassested, Mapped, Medlemskapssted};
use crate::tilstand::vigonummer;
use hendelse::{Fintklasse, Fintnokkel, Fintobjekt};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A key that names nothing.
const INGENTING: Mapped<Fintobjekt> = Mapped { verdi: None, avvik: Vec::new() };

impl Kartlegger {
    /// What should be at this key; none if nothing should.
    pub fn onsket(&self, nokkel: &Fintnokkel) -> Option<Onsket> {
        let objekt = self.kart(nokkel).verdi?;
        let arsak = self.arsak.get(nokkel).or_else(|| self.berort.get(nokkel));
        let spor = arsak.and_then(|a| a.as_ref()).map(|(_, spor)| spor.as_ref().clone());
        Some(Onsket { objekt, spor })
    }

    /// What was wrong with the source records that this key is made from, or would be.
    pub fn avvik(&self, nokkel: &Fintnokkel) -> Vec<Kartavvik> {
        self.kart(nokkel).avvik
    }

    /// How often each deviation occurs in everything that has been taken in.
    pub fn avvikstall(&self) -> BTreeMap<Kartavvik, usize> {
        let mut tall = BTreeMap::new();
        for avvik in self.mulige().flat_map(|nokkel| self.kart(&nokkel).avvik) {
            *tall.entry(avvik).or_default() += 1;
        }
        tall
    }

    /// Every key that a record could lead to.
    pub(super) fn mulige(&self) -> impl Iterator<Item = Fintnokkel> {
        let t = &self.t;
        let alle = |klasse| move |id: &Uuid| Self::nokkel(klasse, *id);
        t.orger
            .keys()
            .map(alle(Fintklasse::Skole))
            .chain(t.orger.keys().map(alle(Fintklasse::Skoletillegg)))
            .chain(t.klasser.keys().map(alle(Fintklasse::Klasse)))
            .chain(t.elevforhold.keys().map(alle(Fintklasse::Elevforhold)))
            .chain(t.elevforhold.keys().map(alle(Fintklasse::Tillegg)))
            .chain(t.innmeldinger.keys().map(alle(Fintklasse::Klassemedlemskap)))
            .chain(self.elev_til.keys().map(alle(Fintklasse::Person)))
            .chain(self.person_til.keys().map(alle(Fintklasse::Elev)))
            .chain(self.register.alle().map(|id| Self::nokkel(Fintklasse::Identitet, id)))
    }

    /// The rule for a key.
    pub(super) fn kart(&self, nokkel: &Fintnokkel) -> Mapped<Fintobjekt> {
        let id = nokkel.id;
        match nokkel.klasse {
            Fintklasse::Skole => self.skole(id),
            Fintklasse::Klasse => self.klasse(id),
            Fintklasse::Elevforhold => self.elevforhold(id),
            Fintklasse::Tillegg => self.tillegg(id),
            Fintklasse::Klassemedlemskap => self.klassemedlemskap(id),
            Fintklasse::Elev => self.elev(id),
            Fintklasse::Person => self.person(id),
            Fintklasse::Identitet => self.identitet(id),
            Fintklasse::Skoletillegg => self.skoletillegg(id),
        }
    }

    fn skole(&self, id: Uuid) -> Mapped<Fintobjekt> {
        let Some(post) = self.t.skole(id) else { return INGENTING };
        let vigo = self.t.vigo.oppslag(post.orgnr, vigonummer(post));
        regler::skole(id, post, vigo.nummer).map(|s| Fintobjekt::Skole(Box::new(s)))
    }

    fn skoletillegg(&self, id: Uuid) -> Mapped<Fintobjekt> {
        let Some(post) = self.t.skole(id) else { return INGENTING };
        let kildens = vigonummer(post);
        let vigo = self.t.vigo.oppslag(post.orgnr, kildens);
        regler::skoletillegg(id, kildens, vigo).map(|t| Fintobjekt::Skoletillegg(Box::new(t)))
    }

    fn klasse(&self, id: Uuid) -> Mapped<Fintobjekt> {
        if !self.t.klasser.contains_key(&id) {
            return INGENTING;
        }
        let oppslag = self.oppslag();
        let Some(post) = oppslag.klasse(id) else { return Mapped::ingen("KA-024", "school") };
        let elevenes_trinn = if post.trinn.len() == 1 { None } else { oppslag.elevenes_trinn(id) };
        let om = Klassested { id, ar: oppslag.klassens_ar(post), elevenes_trinn };
        regler::klasse(post, &om).map(|k| Fintobjekt::Klasse(Box::new(k)))
    }

    fn elevforhold(&self, id: Uuid) -> Mapped<Fintobjekt> {
        self.ved_rolle(id, |post, rolle, om| {
            regler::elevforhold(post.role(rolle), om).map(|e| Fintobjekt::Elevforhold(Box::new(e)))
        })
    }

    fn tillegg(&self, id: Uuid) -> Mapped<Fintobjekt> {
        let oppslag = self.oppslag();
        // What is wrong with the role is told of the Elevforhold, once.
        let mut ut = self.ved_rolle(id, |post, _, om| {
            let kilde = &self.kilder[usize::from(post.kilde)];
            let svar = oppslag.registersvar(om.elev, post);
            regler::tillegg(post, om, kilde, svar).map(|t| Fintobjekt::Tillegg(Box::new(t)))
        });
        ut.avvik.clear();
        ut
    }

    fn ved_rolle(
        &self,
        id: Uuid,
        regel: impl FnOnce(&Brukerpost, &Rolle, &Elevforholdsted<'_>) -> Mapped<Fintobjekt>,
    ) -> Mapped<Fintobjekt> {
        let Some(bruker) = self.t.elevforhold.get(&id) else { return INGENTING };
        let post = &self.t.brukere[bruker];
        let rolle = post.roller.iter().find(|r| r.elevforhold == id);
        let (Some(rolle), Some(elev)) = (rolle, self.register.elev(*bruker)) else { return INGENTING };
        let Some(skole) = self.t.skole(rolle.skole) else { return Mapped::ingen("KA-031", "roles") };
        let oppslag = self.oppslag();
        let (ar, klasse) = oppslag.elevens_ar(*bruker, post, rolle.skole);
        let om = Elevforholdsted {
            id,
            elev,
            skole: rolle.skole,
            skolens_navn: &skole.org.name,
            klasse,
            ar,
            hovedskole: oppslag.hovedskole(elev, id),
        };
        regel(post, rolle, &om)
    }

    fn klassemedlemskap(&self, id: Uuid) -> Mapped<Fintobjekt> {
        let Some(innmelding) = self.t.innmeldinger.get(&id) else { return INGENTING };
        let oppslag = self.oppslag();
        let klasse = oppslag.klasse(innmelding.klasse);
        let bruker = self.t.brukere.get(&innmelding.bruker);
        let rolle = klasse.zip(bruker).and_then(|(k, b)| b.rolle_ved(k.skole));
        let svar = match (klasse, rolle) {
            (Some(klasse), Some(rolle)) => {
                let ar: Ar = oppslag.klassens_ar(klasse);
                regler::klassemedlemskap(innmelding, &Medlemskapssted { id, elevforhold: rolle.elevforhold, ar })
            }
            _ => regler::manglende_medlemskap(klasse.is_some(), bruker.is_some()),
        };
        svar.map(|m| Fintobjekt::Klassemedlemskap(Box::new(m)))
    }

    fn elev(&self, id: Uuid) -> Mapped<Fintobjekt> {
        let oppslag = self.oppslag();
        match oppslag.talsperson(id).filter(|_| oppslag.er_elev(id)) {
            Some(post) => regler::elev(id, oppslag.identitetsnummer(post)).map(|e| Fintobjekt::Elev(Box::new(e))),
            None => INGENTING,
        }
    }

    fn person(&self, id: Uuid) -> Mapped<Fintobjekt> {
        let oppslag = self.oppslag();
        let Some(elev) = self.elev_til.get(&id).filter(|elev| oppslag.er_elev(**elev)) else { return INGENTING };
        match oppslag.talsperson(*elev) {
            Some(post) => {
                let (nummer, navn) = (oppslag.identitetsnummer(post), oppslag.registernavn(post));
                regler::person(*elev, post, nummer, navn).map(|p| Fintobjekt::Person(Box::new(p)))
            }
            None => INGENTING,
        }
    }

    fn identitet(&self, id: Uuid) -> Mapped<Fintobjekt> {
        match self.register.historikk(id) {
            Some(historikk) => Mapped::ren(Fintobjekt::Identitet(Box::new(historikk))),
            None => INGENTING,
        }
    }
}
