//! Everything that the streams hold about one pupil, found by ids and not by searching.
//!
//! The identity register names the pupil's users in the sources; a source's id and the tenant's secret give the subject
//! of the user, and what the user refers to gives the rest. Only the class is looked for: of its id in FINT nobody can
//! tell what the source calls it, and a source has few classes.

use super::versjon::{Historie, Leser};
use crate::Stopp;
use crate::trinn::Omgivelse;
use bus::Start;
use elevliste::Opphav;
use fint::tillegg::{FODSELSNUMMER, FOLKEREGISTERIDENTIFIKATOR, Identitetshistorikk, KILDE};
use fint::{Elevforhold, Klasse, Klassemedlemskap, Person, Skole};
use folkeregister::Registerperson;
use hendelse::{Emne, Fintklasse, Fintobjekt, Kildenavn, Kildeobjekt, Tenant, Tenantnokkel};
use kodeverk::Vigoskole;
use mapping::Identifikatorer;
use oneroster::{Class, Objekt, Org, User};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A source's object.
pub(super) struct Kildehistorie<T> {
    pub kilde: Kildenavn,
    pub typ: &'static str,
    pub historie: Historie<T>,
}

/// A pupil at a school.
pub(super) struct Skolegang {
    pub elevforhold: Historie<Elevforhold>,
    pub skole: Historie<Skole>,
    pub org: Kildehistorie<Org>,
}

pub(super) struct Mappe {
    pub tenant: Tenant,
    /// The Elev, and those that have turned out to be the same.
    pub elever: BTreeSet<Uuid>,
    /// Whether anything that is said of the pupil asks for care.
    pub beskyttet: bool,
    pub brukere: Vec<Kildehistorie<User>>,
    pub register: Vec<Kildehistorie<Registerperson>>,
    pub personer: Vec<Historie<Person>>,
    pub skolegang: Vec<Skolegang>,
}

/// The class that a line names.
#[derive(Default)]
pub(super) struct Klassegang {
    pub klasse: Option<Historie<Klasse>>,
    pub medlemskap: Option<Historie<Klassemedlemskap>>,
    pub class: Option<Kildehistorie<Class>>,
}

/// What is needed to find anything.
pub(super) struct Arkiv<'a> {
    pub om: &'a Omgivelse,
    pub tenant: &'a Tenant,
    pub nokkel: &'a Tenantnokkel,
    pub leser: Leser<'a>,
    ider: Identifikatorer,
}

impl<'a> Arkiv<'a> {
    pub fn ny(om: &'a Omgivelse, tenant: &'a Tenant, nokkel: &'a Tenantnokkel) -> Self {
        Self { om, tenant, nokkel, leser: Leser::ny(om), ider: Identifikatorer::ny(nokkel.clone()) }
    }

    /// What has identified a pupil; and the pupil that it is by now, where it is part of another. None: there is no such
    /// pupil.
    pub async fn identitet(&mut self, elev: Uuid) -> Result<Option<(Identitetshistorikk, Option<Uuid>)>, Stopp> {
        let historie = self.fint(Fintklasse::Identitet, elev).await?.kart(identitet);
        let Some(siste) = historie.versjoner.last() else { return Ok(None) };
        if let Some(historikk) = &siste.verdi {
            return Ok(Some((historikk.clone(), None)));
        }
        let alle = format!("fint.{}.{}.*", self.tenant, Fintklasse::Identitet.as_str());
        let alle = self.leser.fint_siste(Fintklasse::Identitet, alle).await?;
        let hel = alle.into_iter().filter_map(identitet).find(|h| h.slatt_sammen_med.contains(&elev));
        Ok(match hel {
            Some(hel) => {
                let id = hel.elev;
                Some((hel, Some(id)))
            }
            None => historie.sist().cloned().map(|historikk| (historikk, None)),
        })
    }

    pub async fn mappe(&mut self, identitet: &Identitetshistorikk) -> Result<Mappe, Stopp> {
        let mut mappe = Mappe {
            tenant: self.tenant.clone(),
            elever: identitet.slatt_sammen_med.iter().copied().chain([identitet.elev]).collect(),
            beskyttet: false,
            brukere: vec![],
            register: vec![],
            personer: vec![],
            skolegang: vec![],
        };
        let kildens = |id: &fint::tillegg::DatertIdentifikator| {
            Some((id.type_.strip_prefix(KILDE)?.parse::<Kildenavn>().ok()?, id.verdi.clone()))
        };
        let brukere: BTreeSet<_> = identitet.identifikatorer.iter().filter_map(kildens).collect();
        for (kilde, id) in brukere {
            let historie = self.kilde(&kilde, "user", id.vis()).await?.kart(user);
            mappe.brukere.push(Kildehistorie { kilde, typ: "user", historie });
        }
        let registre: BTreeSet<Kildenavn> = identitet
            .identifikatorer
            .iter()
            .filter(|id| id.type_ == FOLKEREGISTERIDENTIFIKATOR)
            .filter_map(|id| id.kilde.parse().ok())
            .collect();
        let er_nummer = |type_: &str| [FODSELSNUMMER, FOLKEREGISTERIDENTIFIKATOR].contains(&type_);
        let mut numre: BTreeSet<Option<&str>> = identitet
            .identifikatorer
            .iter()
            .filter(|id| er_nummer(&id.type_))
            .map(|id| Some(id.verdi.vis().as_str()))
            .collect();
        for nummer in numre.iter().flatten() {
            for kilde in &registre {
                let historie = self.kilde(kilde, "registerperson", nummer).await?.kart(registerperson);
                if !historie.versjoner.is_empty() {
                    mappe.register.push(Kildehistorie { kilde: kilde.clone(), typ: "registerperson", historie });
                }
            }
        }
        // The Person of a number that is of no valid kind, or of none, is found by what the source said.
        let sagt = |bruker: &Kildehistorie<User>| -> Vec<Option<String>> {
            let users = bruker.historie.versjoner.iter().filter_map(|v| v.verdi.as_ref());
            users.map(|user| user.identifier.as_ref().map(|nummer| nummer.vis().clone())).collect()
        };
        let sagt: Vec<Option<String>> = mappe.brukere.iter().flat_map(sagt).collect();
        numre.extend(sagt.iter().map(Option::as_deref));
        let personer: BTreeSet<Uuid> = numre.iter().map(|nummer| self.ider.person(*nummer, identitet.elev)).collect();
        for id in personer {
            let historie = self.fint(Fintklasse::Person, id).await?.kart(person);
            if !historie.versjoner.is_empty() {
                mappe.personer.push(historie);
            }
        }
        self.skolegang(&mut mappe).await?;
        Ok(mappe)
    }

    /// Every school that a user of the pupil has had a role at.
    async fn skolegang(&mut self, mappe: &mut Mappe) -> Result<(), Stopp> {
        let mut steder = BTreeMap::new();
        for bruker in &mappe.brukere {
            let users = bruker.historie.versjoner.iter().filter_map(|v| v.verdi.as_ref());
            for (user, role) in users.flat_map(|user| user.roles.iter().map(move |role| (user, role))) {
                let id = self.ider.elevforhold(&bruker.kilde, user.sourced_id.vis(), role.org.vis());
                steder.insert(id, (bruker.kilde.clone(), role.org.clone()));
            }
        }
        for (id, (kilde, org_id)) in steder {
            let elevforhold = self.fint(Fintklasse::Elevforhold, id).await?.kart(elevforhold);
            if elevforhold.versjoner.is_empty() {
                continue;
            }
            let tillegg = self.fint(Fintklasse::Tillegg, id).await?.kart(tillegg);
            mappe.beskyttet |= tillegg.sist().is_some_and(|t| t.adressebeskyttelse.er_beskyttet());
            let skole = self.fint(Fintklasse::Skole, self.ider.skole(&kilde, org_id.vis())).await?.kart(skole);
            let historie = self.kilde(&kilde, "org", org_id.vis()).await?.kart(org);
            let org = Kildehistorie { kilde, typ: "org", historie };
            mappe.skolegang.push(Skolegang { elevforhold, skole, org });
        }
        Ok(())
    }

    /// The class of a line, in FINT and in its source.
    pub async fn klassegang(&mut self, opphav: &Opphav, kilder: &BTreeSet<Kildenavn>) -> Result<Klassegang, Stopp> {
        let mut ut = Klassegang::default();
        if let Some(id) = opphav.medlemskap {
            ut.medlemskap = Some(self.fint(Fintklasse::Klassemedlemskap, id).await?.kart(medlemskap));
        }
        let Some(id) = opphav.klasse else { return Ok(ut) };
        ut.klasse = Some(self.fint(Fintklasse::Klasse, id).await?.kart(klasse));
        for start in [Start::LastPerSubject, Start::After(0)] {
            for kilde in kilder {
                let filter = format!("kilde.{}.{kilde}.class.*", self.tenant);
                let er_den = |objekt: &Kildeobjekt| self.ider.klasse(kilde, objekt.kildeid()) == id;
                if let Some(emne) = self.leser.finn_kilde((filter, "class"), start, er_den).await? {
                    let historie = self.leser.kilde(emne).await?.kart(class);
                    ut.class = Some(Kildehistorie { kilde: kilde.clone(), typ: "class", historie });
                    return Ok(ut);
                }
            }
        }
        Ok(ut)
    }

    /// A school in VIGO's code base, by each copy of it that there is.
    pub async fn vigoskole(&mut self, skolenr: &str) -> Result<Vec<Kildehistorie<Vigoskole>>, Stopp> {
        let felles = Tenant::felles();
        let merker =
            crate::hovedbok::alt(self.om, hendelse::KILDE, format!("kilde._cursor.{felles}.*"), Start::LastPerSubject);
        let mut ut = Vec::new();
        for record in merker.await? {
            let Ok(Emne::Kildemarkor { kilde, .. }) = record.subject.parse() else { continue };
            let emne = kildeemne(&felles, &Tenantnokkel::felles(), &kilde, "vigoskole", skolenr);
            let historie = self.leser.kilde(emne).await?.kart(vigoskole);
            if !historie.versjoner.is_empty() {
                ut.push(Kildehistorie { kilde, typ: "vigoskole", historie });
            }
        }
        Ok(ut)
    }

    async fn kilde(&mut self, kilde: &Kildenavn, typ: &str, id: &str) -> Result<Historie<Kildeobjekt>, Stopp> {
        self.leser.kilde(kildeemne(self.tenant, self.nokkel, kilde, typ, id)).await
    }

    async fn fint(&mut self, klasse: Fintklasse, id: Uuid) -> Result<Historie<Fintobjekt>, Stopp> {
        self.leser.fint(Emne::Fint { tenant: self.tenant.clone(), klasse, id }).await
    }
}

/// The subject of what a source calls so.
fn kildeemne(tenant: &Tenant, nokkel: &Tenantnokkel, kilde: &Kildenavn, typ: &str, id: &str) -> Emne {
    let k = nokkel.k(&[kilde.as_str(), typ, id]);
    Emne::Kilde { tenant: tenant.clone(), kilde: kilde.clone(), typ: typ.to_owned(), k }
}

macro_rules! som {
    ($($navn:ident: $inn:ident, $monster:pat => $ut:expr, $type:ty;)+) => {$(
        fn $navn(objekt: $inn) -> Option<$type> {
            match objekt {
                $monster => Some($ut),
                _ => None,
            }
        }
    )+};
}

som! {
    user: Kildeobjekt, Kildeobjekt::Roster(Objekt::User(o)) => o, User;
    org: Kildeobjekt, Kildeobjekt::Roster(Objekt::Org(o)) => o, Org;
    class: Kildeobjekt, Kildeobjekt::Roster(Objekt::Class(o)) => o, Class;
    registerperson: Kildeobjekt, Kildeobjekt::Registerperson(o) => *o, Registerperson;
    vigoskole: Kildeobjekt, Kildeobjekt::Vigoskole(o) => o, Vigoskole;
    person: Fintobjekt, Fintobjekt::Person(o) => *o, Person;
    elevforhold: Fintobjekt, Fintobjekt::Elevforhold(o) => *o, Elevforhold;
    klasse: Fintobjekt, Fintobjekt::Klasse(o) => *o, Klasse;
    medlemskap: Fintobjekt, Fintobjekt::Klassemedlemskap(o) => *o, Klassemedlemskap;
    skole: Fintobjekt, Fintobjekt::Skole(o) => *o, Skole;
    tillegg: Fintobjekt, Fintobjekt::Tillegg(o) => *o, fint::tillegg::Elevtillegg;
    identitet: Fintobjekt, Fintobjekt::Identitet(o) => *o, Identitetshistorikk;
}
