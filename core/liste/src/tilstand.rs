//! What the FINT stream has said, cut down to what a list needs, with the indexes that make one change cheap.

use crate::indeks::Indeks;
use fint::tillegg::{Adressebeskyttelse, Elevtillegg, Registermerknad, Skoletillegg};
use fint::{Lenke, Periode, Personnavn};
use hendelse::{Fintklasse, Fintnokkel, Fintobjekt, K, Tenantnokkel};
use identitet::{Skjermet, klassifiser};
use kodeverk::{Skolear, Skolenummer, Trinn};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

#[derive(Debug, PartialEq)]
pub(crate) struct Skole {
    pub(crate) navn: String,
    /// VIGO's number, if VIGO has one.
    pub(crate) vigonummer: Option<Skolenummer>,
    pub(crate) orgnr: Option<String>,
}

#[derive(Debug, PartialEq)]
pub(crate) struct Klasse {
    pub(crate) navn: String,
    pub(crate) skole: Option<Uuid>,
    pub(crate) trinn: Option<Trinn>,
    pub(crate) skolear: Option<Skolear>,
}

#[derive(Debug, PartialEq)]
pub(crate) struct Person {
    pub(crate) nummer: Option<Skjermet<String>>,
    /// Keyed hash of a number that is of some valid kind: what tells that two pupils are one person.
    pub(crate) samme: Option<K>,
    pub(crate) navn: Personnavn,
}

#[derive(Debug, PartialEq)]
pub(crate) struct Elevforhold {
    pub(crate) elev: Option<Uuid>,
    pub(crate) skole: Option<Uuid>,
    pub(crate) skolear: Option<Skolear>,
    pub(crate) periode: Option<Periode>,
}

#[derive(Debug, PartialEq)]
pub(crate) struct Medlemskap {
    pub(crate) elevforhold: Option<Uuid>,
    pub(crate) klasse: Option<Uuid>,
    pub(crate) periode: Option<Periode>,
}

/// What stands beside an Elevforhold.
#[derive(Debug, PartialEq)]
pub(crate) struct Tillegg {
    /// The grades among the source's words for the pupil's grades.
    pub(crate) trinn: Box<[Trinn]>,
    pub(crate) beskyttelse: Adressebeskyttelse,
    /// What Folkeregisteret remarks; none where it has not answered.
    pub(crate) register: Skjermet<Option<Box<[Registermerknad]>>>,
}

#[derive(Debug, Default)]
pub(crate) struct Tilstand {
    pub(crate) skoler: HashMap<Uuid, Skole>,
    pub(crate) klasser: HashMap<Uuid, Klasse>,
    personer: HashMap<Uuid, Person>,
    /// The two ids that the Person of an Elev may have.
    elever: HashMap<Uuid, [Uuid; 2]>,
    pub(crate) elevforhold: HashMap<Uuid, Elevforhold>,
    pub(crate) medlemskap: HashMap<Uuid, Medlemskap>,
    /// By Elevforhold.
    pub(crate) tillegg: HashMap<Uuid, Tillegg>,
    /// What came of looking schools up, by Skole.
    pub(crate) skoletillegg: HashMap<Uuid, Skoletillegg>,
    pub(crate) ved_skole: Indeks<Uuid>,
    pub(crate) klasser_ved: Indeks<Uuid>,
    pub(crate) ved_elev: Indeks<Uuid>,
    pub(crate) medlemskap_ved: Indeks<Uuid>,
    medlemmer: Indeks<Uuid>,
    er_person: Indeks<Uuid>,
    har_nummer: Indeks<K>,
}

impl Tilstand {
    /// Takes in one resource, or takes it out.
    ///
    /// Subject ids: a Person is found by `("person", number)`, or by `("person", number, Elev.systemId)` where the number
    /// is of no valid kind and may be shared by chance; the mapping writes them so.
    pub(crate) fn sett(&mut self, nokkel: Fintnokkel, objekt: Option<Fintobjekt>, hash: &Tenantnokkel) {
        let id = nokkel.id;
        match nokkel.klasse {
            Fintklasse::Person => {
                self.indekser_person(id, false);
                let person =
                    objekt.and_then(|o| if let Fintobjekt::Person(p) = o { Some(les_person(*p, hash)) } else { None });
                legg(&mut self.personer, id, person);
                self.indekser_person(id, true);
            }
            Fintklasse::Elev => {
                self.indekser_elev(id, false);
                let person = objekt.and_then(|o| if let Fintobjekt::Elev(e) = o { Some(e.person) } else { None });
                let ider = |lenke: Lenke| {
                    let nummer = lenke.verdi();
                    [hash.uuid(&["person", nummer, &id.to_string()]), hash.uuid(&["person", nummer])]
                };
                legg(&mut self.elever, id, person.map(ider));
                self.indekser_elev(id, true);
            }
            Fintklasse::Elevforhold => {
                self.indekser_elevforhold(id, false);
                legg(&mut self.elevforhold, id, objekt.and_then(les_elevforhold));
                self.indekser_elevforhold(id, true);
            }
            Fintklasse::Klassemedlemskap => {
                self.indekser_medlemskap(id, false);
                legg(&mut self.medlemskap, id, objekt.and_then(les_medlemskap));
                self.indekser_medlemskap(id, true);
            }
            Fintklasse::Klasse => {
                self.indekser_klasse(id, false);
                legg(&mut self.klasser, id, objekt.and_then(les_klasse));
                self.indekser_klasse(id, true);
            }
            Fintklasse::Skole => legg(&mut self.skoler, id, objekt.and_then(les_skole)),
            Fintklasse::Tillegg => {
                let tillegg = objekt.and_then(|o| if let Fintobjekt::Tillegg(t) = o { Some(*t) } else { None });
                legg(&mut self.tillegg, id, tillegg.map(les_tillegg));
            }
            Fintklasse::Skoletillegg => {
                let tillegg = objekt.and_then(|o| if let Fintobjekt::Skoletillegg(t) = o { Some(*t) } else { None });
                legg(&mut self.skoletillegg, id, tillegg);
            }
            Fintklasse::Identitet => {}
        }
    }

    pub(crate) fn person(&self, elev: Uuid) -> Option<&Person> {
        self.elever.get(&elev)?.iter().find_map(|id| self.personer.get(id))
    }

    /// The id of the Person of an Elev, where there is one.
    pub(crate) fn person_id(&self, elev: Uuid) -> Option<Uuid> {
        self.elever.get(&elev)?.iter().find(|id| self.personer.contains_key(id)).copied()
    }

    /// The enrolments that a change of this resource may concern.
    pub(crate) fn naboer(&self, nokkel: Fintnokkel) -> BTreeSet<Uuid> {
        let id = nokkel.id;
        let egne: Vec<Uuid> = match nokkel.klasse {
            Fintklasse::Person => self.er_person.ved(&id).flat_map(|elev| self.ved_elev.ved(&elev)).collect(),
            Fintklasse::Elev => self.ved_elev.ved(&id).collect(),
            Fintklasse::Elevforhold | Fintklasse::Tillegg => vec![id],
            Fintklasse::Klassemedlemskap => self.medlemskap.get(&id).and_then(|m| m.elevforhold).into_iter().collect(),
            Fintklasse::Klasse => self.i_klassen(id).collect(),
            Fintklasse::Skole => {
                let i_klassene = self.klasser_ved.ved(&id).flat_map(|klasse| self.i_klassen(klasse));
                self.ved_skole.ved(&id).chain(i_klassene).collect()
            }
            Fintklasse::Skoletillegg => self.ved_skole.ved(&id).collect(),
            Fintklasse::Identitet => Vec::new(),
        };
        egne.into_iter().flat_map(|elevforhold| self.samme_person(elevforhold)).collect()
    }

    /// The enrolments with a membership in a class.
    fn i_klassen(&self, klasse: Uuid) -> impl Iterator<Item = Uuid> {
        self.medlemmer.ved(&klasse).filter_map(|m| self.medlemskap.get(&m)?.elevforhold)
    }

    /// This enrolment and all others of the same Elev or the same number.
    pub(crate) fn samme_person(&self, elevforhold: Uuid) -> BTreeSet<Uuid> {
        let mut alle = BTreeSet::from([elevforhold]);
        let Some(elev) = self.elevforhold.get(&elevforhold).and_then(|e| e.elev) else { return alle };
        alle.extend(self.ved_elev.ved(&elev));
        if let Some(nummer) = self.person(elev).and_then(|p| p.samme) {
            for person in self.har_nummer.ved(&nummer) {
                alle.extend(self.er_person.ved(&person).flat_map(|elev| self.ved_elev.ved(&elev)));
            }
        }
        alle
    }

    fn indekser_person(&mut self, id: Uuid, inn: bool) {
        if let Some(nummer) = self.personer.get(&id).and_then(|p| p.samme) {
            self.har_nummer.sett(nummer, id, inn);
        }
    }

    fn indekser_elev(&mut self, id: Uuid, inn: bool) {
        for person in self.elever.get(&id).copied().into_iter().flatten() {
            self.er_person.sett(person, id, inn);
        }
    }

    fn indekser_elevforhold(&mut self, id: Uuid, inn: bool) {
        if let Some(forhold) = self.elevforhold.get(&id) {
            forhold.elev.into_iter().for_each(|elev| self.ved_elev.sett(elev, id, inn));
            forhold.skole.into_iter().for_each(|skole| self.ved_skole.sett(skole, id, inn));
        }
    }

    fn indekser_klasse(&mut self, id: Uuid, inn: bool) {
        if let Some(skole) = self.klasser.get(&id).and_then(|klasse| klasse.skole) {
            self.klasser_ved.sett(skole, id, inn);
        }
    }

    fn indekser_medlemskap(&mut self, id: Uuid, inn: bool) {
        if let Some(medlemskap) = self.medlemskap.get(&id) {
            medlemskap.elevforhold.into_iter().for_each(|e| self.medlemskap_ved.sett(e, id, inn));
            medlemskap.klasse.into_iter().for_each(|k| self.medlemmer.sett(k, id, inn));
        }
    }
}

fn legg<T>(kart: &mut HashMap<Uuid, T>, id: Uuid, verdi: Option<T>) {
    match verdi {
        Some(verdi) => _ = kart.insert(id, verdi),
        None => _ = kart.remove(&id),
    }
}

fn id(lenke: &Lenke) -> Option<Uuid> {
    Uuid::try_parse(lenke.verdi()).ok()
}

fn skolear(lenke: Option<&Lenke>) -> Option<Skolear> {
    lenke?.verdi().parse().ok()
}

fn les_person(person: fint::Person, hash: &Tenantnokkel) -> Person {
    let nummer = person.kildens_nummer().filter(|n| !n.vis().trim().is_empty()).cloned();
    let gyldig = nummer.as_ref().map(|n| n.vis()).filter(|n| klassifiser(n).ugyldig().is_none());
    Person { samme: gyldig.map(|n| hash.k(&["nummer", n])), nummer, navn: person.navn }
}

fn les_tillegg(tillegg: Elevtillegg) -> Tillegg {
    Tillegg {
        trinn: tillegg.trinn.iter().filter_map(|trinn| trinn.trim().parse().ok()).collect(),
        beskyttelse: tillegg.adressebeskyttelse,
        register: tillegg.register.map(Vec::into_boxed_slice).into(),
    }
}

fn les_elevforhold(objekt: Fintobjekt) -> Option<Elevforhold> {
    let Fintobjekt::Elevforhold(e) = objekt else { return None };
    Some(Elevforhold {
        elev: id(&e.elev),
        skole: id(&e.skole),
        skolear: skolear(e.skolear.as_ref()),
        periode: e.gyldighetsperiode,
    })
}

fn les_medlemskap(objekt: Fintobjekt) -> Option<Medlemskap> {
    let Fintobjekt::Klassemedlemskap(m) = objekt else { return None };
    Some(Medlemskap { elevforhold: id(&m.elevforhold), klasse: id(&m.klasse), periode: m.gyldighetsperiode })
}

fn les_klasse(objekt: Fintobjekt) -> Option<Klasse> {
    let Fintobjekt::Klasse(k) = objekt else { return None };
    let (trinn, skolear) = (k.trinn.verdi().parse().ok(), skolear(k.skolear.as_ref()));
    Some(Klasse { trinn, skolear, skole: id(&k.skole), navn: k.navn })
}

fn les_skole(objekt: Fintobjekt) -> Option<Skole> {
    let Fintobjekt::Skole(s) = objekt else { return None };
    Some(Skole {
        vigonummer: s.vigonummer().and_then(|nummer| nummer.parse().ok()),
        orgnr: s.organisasjonsnummer.as_ref().map(|n| n.verdi().to_owned()),
        navn: s.navn,
    })
}
