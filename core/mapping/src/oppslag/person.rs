//! What is known of a person from Folkeregisteret.

use super::Oppslag;
use crate::navn;
use crate::personregister::Svar;
use crate::poster::Brukerpost;
use crate::regler::Registersvar;
use fint::tillegg::{Adressebeskyttelse, Registermerknad};
use folkeregister::{Graderingsnivaa, Personnavn, Personstatus};
use hendelse::K;
use identitet::Skjermet;
use std::collections::BTreeSet;
use uuid::Uuid;

impl<'a> Oppslag<'a> {
    /// The number that a user's Person has: the one that has replaced the school system's, else the school system's own.
    pub(crate) fn identitetsnummer(self, post: &'a Brukerpost) -> Option<&'a Skjermet<String>> {
        let erstatning = post.nummer.and_then(|nummer| self.t.personregister.erstatning(nummer));
        erstatning.map(|(_, verdi)| verdi).or(post.user.identifier.as_ref())
    }

    /// The name that Folkeregisteret has, if it is a full one.
    pub(crate) fn registernavn(self, post: &Brukerpost) -> Option<&'a Personnavn> {
        let svar = self.gjeldende_svar(post.nummer?)?;
        svar.person.navn.as_ref().filter(|registerets| navn::er_navn(registerets))
    }

    /// What Folkeregisteret's answers mean for a user of an Elev.
    pub(crate) fn registersvar(self, elev: Uuid, post: &Brukerpost) -> Registersvar {
        if self.t.personregister.er_tomt() {
            return Registersvar::default();
        }
        let talspersonens = || self.talsperson(elev).and_then(|post| post.nummer);
        Registersvar {
            adressebeskyttelse: self.adressebeskyttelse(elev),
            merknader: post.nummer.or_else(talspersonens).and_then(|nummer| self.merknader(nummer, post)),
        }
    }

    /// Fails closed: of all that is answered about a person the strictest holds. Numbers that a pupil has had count too, as
    /// long as none of today's is answered, and after that where the register's name is the pupil's: a mistyped number lifts
    /// no protection, and gives none that is somebody else's.
    fn adressebeskyttelse(self, elev: Uuid) -> Adressebeskyttelse {
        let brukere = || self.register.brukere(elev).filter_map(|b| self.t.brukere.get(&b));
        let na: BTreeSet<K> = brukere().filter_map(|post| post.nummer).collect();
        let mut tidligere = self.register.numre(elev, self.ider);
        tidligere.retain(|nummer| !na.contains(nummer));
        let funnet = |numre: BTreeSet<K>| -> Vec<&Svar> {
            let svar = numre.into_iter().flat_map(|nummer| self.t.personregister.omtaler(nummer));
            svar.filter(|svar| svar.person.funnet).collect()
        };
        let (na, mut tidligere) = (funnet(na), funnet(tidligere));
        if !na.is_empty() {
            let er_en_annens = |svar: &Svar| {
                brukere().all(|post| navn::er_et_annet(svar.person.navn.as_ref(), &navn::skolens(&post.user)))
            };
            tidligere.retain(|svar| !er_en_annens(svar));
        }
        match na.iter().chain(&tidligere).map(|svar| svar.person.graderingsnivaa).max() {
            None => Adressebeskyttelse::Ukjent,
            Some(Graderingsnivaa::Ugradert) => Adressebeskyttelse::Ugradert,
            Some(Graderingsnivaa::Klientadresse) => Adressebeskyttelse::Klientadresse,
            Some(Graderingsnivaa::Fortrolig) => Adressebeskyttelse::Fortrolig,
            Some(Graderingsnivaa::StrengtFortrolig) => Adressebeskyttelse::StrengtFortrolig,
        }
    }

    fn merknader(self, nummer: K, post: &Brukerpost) -> Option<Vec<Registermerknad>> {
        let register = &self.t.personregister;
        if register.er_i_tvil(nummer) {
            return None;
        }
        let Some(svar) = self.gjeldende_svar(nummer) else {
            return register.svar(nummer).map(|_| vec![Registermerknad::UkjentNummer]);
        };
        let status = svar.person.status;
        let annet_navn = || navn::er_et_annet(svar.person.navn.as_ref(), &navn::skolens(&post.user));
        let merknader = [
            (Registermerknad::UkjentNummer, register.svar(nummer).is_some_and(|svar| !svar.person.funnet)),
            (Registermerknad::GammeltNummer, post.nummer.is_some_and(|egen| register.erstatning(egen).is_some())),
            (Registermerknad::UtenNummer, register.er_bortfalt(nummer)),
            (Registermerknad::DodEllerForsvunnet, matches!(status, Personstatus::Doed | Personstatus::Forsvunnet)),
            (Registermerknad::Utflyttet, status == Personstatus::Utflyttet),
            (Registermerknad::AnnetNavn, annet_navn()),
        ];
        Some(merknader.into_iter().filter(|(_, gjelder)| *gjelder).map(|(merknad, _)| merknad).collect())
    }

    /// The newest answer about the person that a number is of.
    fn gjeldende_svar(self, nummer: K) -> Option<&'a Svar> {
        let alle = self.t.personregister.alle_svar(nummer).into_iter();
        alle.filter(|svar| svar.person.funnet).max_by_key(|svar| svar.rang())
    }
}
