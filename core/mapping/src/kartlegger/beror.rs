//! Which keys a record touches. Each change is told before and after it is made, so that both the old neighbours and the
//! new are found; the work is that of the neighbours, not of the whole.

use super::{Arsak, Kartlegger};
use crate::vigo::Vigopost;
use hendelse::{Fintklasse, Fintnokkel, K};
use jiff::Timestamp;
use kodeverk::Vigoskole;
use oneroster::Objekttype;
use std::collections::BTreeSet;
use uuid::Uuid;

impl Kartlegger {
    /// Touches what depends on a record.
    pub(super) fn beror(&mut self, typ: Objekttype, id: Uuid, arsak: &Arsak) {
        match typ {
            Objekttype::Org => self.beror_skole(id, arsak),
            Objekttype::AcademicSession => self.beror_okt(id, arsak),
            Objekttype::Class => self.beror_klasse(id, arsak),
            Objekttype::User => self.beror_bruker(id, arsak),
            Objekttype::Enrollment => self.beror_innmelding(id, arsak),
        }
    }

    /// A school that comes, goes or changes: everything at it.
    fn beror_skole(&mut self, id: Uuid, arsak: &Arsak) {
        self.ror_skole(id, arsak);
        for klasse in self.t.klasser_ved_skole.ved(&id).to_vec() {
            self.beror_klasse(klasse, arsak);
        }
        for bruker in self.t.brukere_ved_skole.ved(&id).to_vec() {
            self.beror_bruker(bruker, arsak);
        }
    }

    /// A school year: the source has a few of them, and all classes and enrolments of the source go by them.
    fn beror_okt(&mut self, id: Uuid, arsak: &Arsak) {
        let Some(kilde) = self.t.okter.get(&id).map(|okt| okt.kilde) else { return };
        let klasser: Vec<_> = self.t.klasser.iter().filter(|(_, k)| k.kilde == kilde).map(|(id, _)| *id).collect();
        let forhold = self.t.brukere.values().filter(|b| b.kilde == kilde).flat_map(|b| &b.roller);
        let forhold: Vec<_> = forhold.map(|rolle| rolle.elevforhold).collect();
        for klasse in klasser {
            self.ror(Fintklasse::Klasse, klasse, arsak);
            for medlemskap in self.t.innmeldinger_i_klasse.ved(&klasse).to_vec() {
                self.ror(Fintklasse::Klassemedlemskap, medlemskap, arsak);
            }
        }
        for id in forhold {
            self.ror(Fintklasse::Elevforhold, id, arsak);
        }
    }

    fn beror_klasse(&mut self, id: Uuid, arsak: &Arsak) {
        self.ror(Fintklasse::Klasse, id, arsak);
        for innmelding in self.t.innmeldinger_i_klasse.ved(&id).to_vec() {
            self.beror_innmelding(innmelding, arsak);
        }
    }

    /// A membership, its class (whose grade its pupils may tell) and the enrolment (whose year its classes tell).
    fn beror_innmelding(&mut self, id: Uuid, arsak: &Arsak) {
        self.ror(Fintklasse::Klassemedlemskap, id, arsak);
        let Some((bruker, klasse)) = self.t.innmeldinger.get(&id).map(|i| (i.bruker, i.klasse)) else { return };
        self.ror(Fintklasse::Klasse, klasse, arsak);
        let skole = self.t.klasser.get(&klasse).map(|k| k.skole);
        let rolle = self.t.brukere.get(&bruker).zip(skole).and_then(|(b, skole)| b.rolle_ved(skole));
        if let Some(elevforhold) = rolle.map(|r| r.elevforhold) {
            self.ror(Fintklasse::Elevforhold, elevforhold, arsak);
        }
    }

    fn beror_bruker(&mut self, id: Uuid, arsak: &Arsak) {
        let brukerarsak = self.brukerarsak.entry(id).or_default();
        nyere(brukerarsak, arsak);
        for innmelding in self.t.innmeldinger_av_bruker.ved(&id).to_vec() {
            self.ror(Fintklasse::Klassemedlemskap, innmelding, arsak);
            let klasse = self.t.innmeldinger[&innmelding].klasse;
            self.ror(Fintklasse::Klasse, klasse, arsak);
        }
        self.ror_roller(id, arsak);
        if let Some(elev) = self.register.elev(id) {
            self.beror_elev(elev, arsak);
        }
    }

    /// An Elev and all its enrolments: whether one is at the main school depends on the others.
    fn beror_elev(&mut self, elev: Uuid, arsak: &Arsak) {
        self.ror(Fintklasse::Elev, elev, arsak);
        self.ror(Fintklasse::Identitet, elev, arsak);
        if let Some(person) = self.person_til.get(&elev) {
            self.ror(Fintklasse::Person, *person, arsak);
        }
        for bruker in self.register.brukere(elev).collect::<Vec<_>>() {
            self.ror_roller(bruker, arsak);
        }
    }

    /// A school and what stands beside it.
    fn ror_skole(&mut self, id: Uuid, arsak: &Arsak) {
        self.ror(Fintklasse::Skole, id, arsak);
        self.ror(Fintklasse::Skoletillegg, id, arsak);
    }

    fn ror_roller(&mut self, bruker: Uuid, arsak: &Arsak) {
        let roller = self.t.brukere.get(&bruker).map(|b| b.roller.iter().map(|r| r.elevforhold).collect::<Vec<_>>());
        for elevforhold in roller.into_iter().flatten() {
            self.ror(Fintklasse::Elevforhold, elevforhold, arsak);
            self.ror(Fintklasse::Tillegg, elevforhold, arsak);
        }
    }

    pub(super) fn motta_vigoskole(&mut self, post: Vigopost, ny: Option<Vigoskole>, arsak: &Arsak) {
        let gammel = self.t.vigo.sett(post, ny.clone());
        for skole in gammel.into_iter().chain(ny) {
            let med_orgnr = self.t.orger_med_orgnr.ved(&skole.organisasjonsnummer);
            let med_vigonummer = self.t.orger_med_vigonummer.ved(&skole.nummer);
            for org in [med_orgnr, med_vigonummer].concat() {
                self.ror_skole(org, arsak);
            }
        }
    }

    /// What is said of numbers: everybody who has one, or has had it, or has another of the same person.
    pub(super) fn beror_numre(&mut self, numre: &BTreeSet<K>, arsak: &Arsak) {
        for nummer in numre {
            for bruker in self.register.nummer_endret(*nummer, &self.t) {
                nyere(self.brukerarsak.entry(bruker).or_default(), arsak);
            }
        }
    }

    /// Lets the register decide, and touches what that moves.
    pub(super) fn avgjor(&mut self) {
        let arsaker = std::mem::take(&mut self.brukerarsak);
        let avgjort = self.register.avgjor(&self.t, &self.ider, &self.kilder);
        let mut felles = None;
        for arsak in arsaker.values() {
            nyere(&mut felles, arsak);
        }
        for bruker in &avgjort.brukere {
            let arsak = arsaker.get(bruker).unwrap_or(&felles);
            if let Some(elev) = self.register.elev(*bruker) {
                self.beror_elev(elev, arsak);
            }
        }
        for elev in avgjort.elever {
            let arsak = self.register.brukere(elev).find_map(|b| arsaker.get(&b)).unwrap_or(&felles);
            self.beror_elev(elev, arsak);
            self.flytt_person(elev, arsak);
        }
    }

    /// The Person of an Elev may be another now: a new number is a new Person.
    fn flytt_person(&mut self, elev: Uuid, arsak: &Arsak) {
        let oppslag = self.oppslag();
        let nummer = |post| oppslag.identitetsnummer(post).map(|n| n.vis().as_str());
        let ny = oppslag.talsperson(elev).map(|post| self.ider.person(nummer(post), elev));
        let gammel = match ny {
            Some(ny) => self.person_til.insert(elev, ny),
            None => self.person_til.remove(&elev),
        };
        if let Some(gammel) = gammel.filter(|gammel| self.elev_til.get(gammel) == Some(&elev)) {
            self.elev_til.remove(&gammel);
            self.ror(Fintklasse::Person, gammel, arsak);
        }
        if let Some(ny) = ny {
            self.elev_til.insert(ny, elev);
            self.ror(Fintklasse::Person, ny, arsak);
        }
    }

    fn ror(&mut self, klasse: Fintklasse, id: Uuid, arsak: &Arsak) {
        nyere(self.berort.entry(Fintnokkel { klasse, id }).or_default(), arsak);
    }
}

/// Keeps the later of two causes, whichever came first.
fn nyere(har: &mut Arsak, ny: &Arsak) {
    fn rang(arsak: &Arsak) -> Option<(Timestamp, &str)> {
        arsak.as_ref().map(|(sett, spor)| (*sett, spor.as_str()))
    }
    if rang(ny) > rang(har) {
        har.clone_from(ny);
    }
}
