//! The fold: source records in, touched FINT keys out, any FINT resource made on demand.

mod beror;
mod svar;

use crate::identifikatorer::Identifikatorer;
use crate::personregister::Svar;
use crate::poster::{Brukerpost, Innmelding, Kildenr, Klassepost, Okt, Orgpost};
use crate::{oppslag::Oppslag, register::Register, tilstand::Tilstand, vigo::Skolesvar};
use fint::tillegg::Identitetshistorikk;
use folkeregister::Registerperson;
use hendelse::{Fintklasse, Fintnokkel, Fintobjekt, K, Kildenavn, Kildeobjekt, Spor, Tenant, Tenantnokkel};
use jiff::Timestamp;
use oneroster::{Objekt, Objekttype};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use uuid::Uuid;

/// Where a source record comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opphav {
    /// The source.
    pub kilde: Kildenavn,
    /// When the source says that it last changed the record.
    pub endret: Option<Timestamp>,
    /// When we saw the record as it is. Dates in the identity register are these.
    pub sett: Timestamp,
    /// The trace of the observation.
    pub spor: Option<Spor>,
}

/// A resource that should be there.
#[derive(Debug, Clone, PartialEq)]
pub struct Onsket {
    /// The resource.
    pub objekt: Fintobjekt,
    /// The trace of the last record that touched it before the last call of [`Kartlegger::ta_berorte`].
    pub spor: Option<Spor>,
}

/// What touched a key last: when it was seen, and its trace.
type Arsak = Option<(Timestamp, Arc<Spor>)>;

/// Maps the sources of one tenant to FINT.
#[derive(Debug)]
pub struct Kartlegger {
    tenant: Tenant,
    ider: Identifikatorer,
    kilder: Vec<Kildenavn>,
    /// When each source was last heard of, by its number.
    sist: Vec<Timestamp>,
    /// Our id of what a source's hash names.
    kjente: HashMap<(Kildenr, Objekttype, K), Uuid>,
    t: Tilstand,
    register: Register,
    /// The subject id of the Person of each Elev, and back.
    person_til: HashMap<Uuid, Uuid>,
    elev_til: HashMap<Uuid, Uuid>,
    berort: BTreeMap<Fintnokkel, Arsak>,
    arsak: BTreeMap<Fintnokkel, Arsak>,
    /// Why users that wait for the register's decision changed.
    brukerarsak: HashMap<Uuid, Arsak>,
}

impl Kartlegger {
    /// A mapper that has seen nothing.
    pub fn ny(tenant: Tenant, nokkel: Tenantnokkel) -> Self {
        Self {
            tenant,
            ider: Identifikatorer(nokkel),
            kilder: Vec::new(),
            sist: Vec::new(),
            kjente: HashMap::new(),
            t: Tilstand::default(),
            register: Register::default(),
            person_til: HashMap::new(),
            elev_til: HashMap::new(),
            berort: BTreeMap::new(),
            arsak: BTreeMap::new(),
            brukerarsak: HashMap::new(),
        }
    }

    /// The same, with people's answers to which VIGO number a school has.
    pub fn med_skolesvar(mut self, svar: Skolesvar) -> Self {
        self.t.vigo.sett_valg(svar);
        self
    }

    /// The tenant whose sources are mapped.
    pub const fn tenant(&self) -> &Tenant {
        &self.tenant
    }

    /// Takes in a part of the identity register as it was published. Call it at start, before [`Self::motta`].
    pub fn gjenopprett(&mut self, historikk: Identitetshistorikk) {
        self.register.gjenopprett(historikk, &self.ider);
    }

    /// Takes in a source record as it is now; none means that it is gone.
    ///
    /// `k` is the hash by which the source's subject names the record, `typ` the type in that subject. A type that is not
    /// mapped is ignored.
    pub fn motta(&mut self, k: K, typ: &str, objekt: Option<Kildeobjekt>, opphav: Opphav) {
        let kilde = self.kildenr(&opphav.kilde, opphav.sett);
        let arsak = opphav.spor.clone().map(|spor| (opphav.sett, Arc::new(spor)));
        match objekt {
            Some(Kildeobjekt::Vigoskole(skole)) => self.motta_vigoskole((kilde, k), Some(skole), &arsak),
            Some(Kildeobjekt::Registerperson(person)) => {
                self.motta_registerperson((kilde, k), Some(*person), &opphav, &arsak)
            }
            Some(Kildeobjekt::Roster(objekt)) => self.motta_objekt(kilde, k, objekt, &opphav, &arsak),
            None if typ == "registerperson" => self.motta_registerperson((kilde, k), None, &opphav, &arsak),
            None if typ == "vigoskole" => self.motta_vigoskole((kilde, k), None, &arsak),
            None => {
                if let Some(typ) = Objekttype::ALLE.into_iter().find(|t| t.as_str() == typ)
                    && let Some(id) = self.kjente.remove(&(kilde, typ, k))
                {
                    self.fjern(typ, id, opphav.sett, &arsak);
                }
            }
        }
    }

    /// Takes in which of a register's records are in doubt now: those whose newest answers could not be used. What such a
    /// record says still protects, and else the person is as one of whom there is no answer.
    pub fn motta_tvil(&mut self, kilde: &Kildenavn, sett: Timestamp, poster: &BTreeSet<K>, spor: Option<Spor>) {
        let kilde = self.kildenr(kilde, sett);
        let numre = self.t.personregister.sett_i_tvil(kilde, poster);
        let omtalte = numre.into_iter().flat_map(|nummer| self.t.personregister.omtalte(nummer)).collect();
        self.beror_numre(&omtalte, &spor.map(|spor| (sett, Arc::new(spor))));
    }

    /// The keys that may have changed since the last call.
    pub fn ta_berorte(&mut self) -> BTreeSet<Fintnokkel> {
        self.avgjor();
        self.arsak = std::mem::take(&mut self.berort);
        self.arsak.keys().copied().collect()
    }

    /// Every key that should be there: what a start compares with what is there. Call it when all records are in.
    ///
    /// Users that the register has and the sources have not any more are let go of here.
    pub fn alle(&mut self) -> BTreeSet<Fintnokkel> {
        let sist = self.kilder.iter().map(Kildenavn::as_str).zip(self.sist.iter().copied()).collect();
        self.register.merk_savnede(&self.t, &self.ider, &sist);
        self.avgjor();
        self.mulige().filter(|nokkel| self.kart(nokkel).verdi.is_some()).collect()
    }

    fn motta_objekt(&mut self, kilde: Kildenr, k: K, objekt: Objekt, opphav: &Opphav, arsak: &Arsak) {
        let typ = objekt.objekttype();
        let navn = &opphav.kilde;
        let kildeid = objekt.sourced_id().vis();
        let id = match typ {
            Objekttype::Org => self.ider.skole(navn, kildeid),
            Objekttype::AcademicSession => self.ider.okt(navn, kildeid),
            Objekttype::Class => self.ider.klasse(navn, kildeid),
            Objekttype::User => self.ider.bruker(navn.as_str(), kildeid),
            Objekttype::Enrollment => self.ider.klassemedlemskap(navn, kildeid),
        };
        if let Some(forrige) = self.kjente.insert((kilde, typ, k), id).filter(|forrige| *forrige != id) {
            self.fjern(typ, forrige, opphav.sett, arsak);
        }
        self.beror(typ, id, arsak);
        match objekt {
            Objekt::Org(org) => self.t.sett_org(id, Some(Orgpost::av(org))),
            Objekt::AcademicSession(okt) => self.t.sett_okt(id, Some(Okt::av(&okt, kilde))),
            Objekt::Class(class) => {
                let post = Klassepost::av(class, kilde, navn, opphav.sett, &self.ider);
                self.t.sett_klasse(id, Some(post));
            }
            Objekt::User(user) => {
                let post = Brukerpost::av(user, kilde, navn, (opphav.endret, opphav.sett), &self.ider);
                self.t.sett_bruker(id, Some(post));
                self.register.bruker_endret(id, None);
            }
            Objekt::Enrollment(enrollment) => {
                self.t.sett_innmelding(id, Some(Innmelding::av(&enrollment, navn, &self.ider)));
            }
        }
        self.beror(typ, id, arsak);
    }

    /// What Folkeregisteret says of one number; one of no valid kind is nobody's.
    fn motta_registerperson(
        &mut self,
        post: (Kildenr, K),
        person: Option<Registerperson>,
        opphav: &Opphav,
        arsak: &Arsak,
    ) {
        let ny = person.and_then(|person| {
            let nummer = self.ider.nummer(person.nummer.vis())?;
            Some((nummer, Svar::av(person, post, &opphav.kilde, opphav.sett, &self.ider)))
        });
        let register = &self.t.personregister;
        let numre = register.nummer(post).into_iter().chain(ny.as_ref().map(|(nummer, _)| *nummer));
        let mut omtalte: BTreeSet<K> = numre.flat_map(|nummer| register.omtalte(nummer)).collect();
        omtalte.extend(ny.iter().flat_map(|(_, svar)| svar.numre().map(|(k, ..)| k)));
        self.beror_numre(&omtalte, arsak);
        self.t.personregister.ta_ut(post);
        if let Some((nummer, svar)) = ny {
            self.t.personregister.sett_inn(nummer, svar);
        }
        self.beror_numre(&omtalte, arsak);
    }

    fn fjern(&mut self, typ: Objekttype, id: Uuid, sett: Timestamp, arsak: &Arsak) {
        self.beror(typ, id, arsak);
        match typ {
            Objekttype::Org => self.t.sett_org(id, None),
            Objekttype::AcademicSession => self.t.sett_okt(id, None),
            Objekttype::Class => self.t.sett_klasse(id, None),
            Objekttype::User => {
                self.t.sett_bruker(id, None);
                self.register.bruker_endret(id, Some(sett));
            }
            Objekttype::Enrollment => self.t.sett_innmelding(id, None),
        }
    }

    fn kildenr(&mut self, navn: &Kildenavn, sett: Timestamp) -> Kildenr {
        let nr = self.kilder.iter().position(|k| k == navn).unwrap_or_else(|| {
            self.kilder.push(navn.clone());
            self.sist.push(sett);
            self.kilder.len() - 1
        });
        self.sist[nr] = self.sist[nr].max(sett);
        Kildenr::try_from(nr).expect("a tenant has a handful of sources, not 65,536")
    }

    const fn oppslag(&self) -> Oppslag<'_> {
        Oppslag { t: &self.t, register: &self.register, ider: &self.ider }
    }

    fn nokkel(klasse: Fintklasse, id: Uuid) -> Fintnokkel {
        Fintnokkel { klasse, id }
    }
}
