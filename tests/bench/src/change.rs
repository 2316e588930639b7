//! One change among 50,000 open pupils: what it costs to say what the list is now, what is wrong with it and where it
//! stands. The pure part of the list step and of everything that looks at a list, on one thread.

use crate::people;
use crate::scene::TENANT;
use anyhow::{Context, Result};
use elevliste::Egenskaper;
use fint::tillegg::{Adressebeskyttelse, Elevtillegg};
use fint::{Arstrinn, Elev, Elevforhold, Identifikator, Klasse, Klassemedlemskap, Lenke, Person, Personnavn, Skole};
use hendelse::{Fintklasse, Fintnokkel, Fintobjekt, Tenantnokkel, kod};
use identitet::Politikk;
use jiff::Timestamp;
use kodeverk::Skolear;
use liste::{Listebygger, Mottakerregler, Omstendigheter, Regelsett};
use uuid::Uuid;

/// Pupils at a school.
const PER_SCHOOL: usize = 62;
/// Changes that are measured.
const CHANGES: usize = 2_000;

/// What one change costs, in milliseconds of processor.
pub struct Cost {
    pupils: usize,
    schools: usize,
    median: f64,
    p99: f64,
    worst: f64,
}

impl Cost {
    /// For people.
    pub fn text(&self) -> String {
        format!(
            "one change among {} pupils at {} schools → list, deviations and picture: median {:.3} ms, p99 {:.3} ms, \
             worst {:.3} ms of processor ({CHANGES} changes)",
            self.pupils, self.schools, self.median, self.p99, self.worst
        )
    }

    /// For machines.
    pub fn json(&self) -> serde_json::Value {
        serde_json::json!({
            "pupils": self.pupils, "schools": self.schools, "changes": CHANGES, "median_ms": self.median,
            "p99_ms": self.p99, "worst_ms": self.worst,
        })
    }
}

struct Town {
    key: Tenantnokkel,
    builder: Listebygger,
    /// The Person's key and number of each pupil.
    people: Vec<(Fintnokkel, String)>,
}

/// Measures with about so many pupils.
pub fn measure(pupils: usize) -> Result<Cost> {
    let now = Timestamp::now();
    let year = people::year(now)?;
    let mut town = Town::new(year, pupils.div_ceil(PER_SCHOOL))?;
    town.builder.ta_berorte();
    let mut costs = Vec::with_capacity(CHANGES);
    for change in 0..CHANGES {
        let (key, number) = town.people[change * 7_919 % town.people.len()].clone();
        let start = thread_nanoseconds();
        town.builder.motta(key, Some(person(&number, &format!("Endret {change}"))), None);
        for list in town.builder.ta_berorte() {
            let built = town.builder.bygg(&list).context("a list of somebody who is there")?;
            kod(&built.liste)?;
            let around = Omstendigheter {
                na: now,
                endret: now,
                runde: None,
                runde_endret: None,
                mottaker: Egenskaper::default(),
                politikk: Politikk::VigoskoleSyntetisk,
                regler: Mottakerregler::VIGOSKOLE,
            };
            std::hint::black_box(liste::bilde(&built.liste, &[], &town.key, &around));
        }
        costs.push(thread_nanoseconds() - start);
    }
    costs.sort_unstable();
    let ms = |i: usize| costs[i.min(costs.len() - 1)] as f64 / 1e6;
    Ok(Cost {
        pupils: town.people.len(),
        schools: town.people.len() / PER_SCHOOL,
        median: ms(CHANGES / 2),
        p99: ms(CHANGES * 99 / 100),
        worst: ms(CHANGES - 1),
    })
}

/// Nanoseconds of processor that this thread has used so far.
fn thread_nanoseconds() -> u128 {
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    u128::from(used.tv_sec.unsigned_abs()) * 1_000_000_000 + u128::from(used.tv_nsec.unsigned_abs())
}

impl Town {
    fn new(year: Skolear, schools: usize) -> Result<Self> {
        let key = Tenantnokkel::fra_hex(&"5a".repeat(32))?;
        let rules = Regelsett::ny(Politikk::VigoskoleSyntetisk).i_kommune("4601".parse()?);
        let builder = Listebygger::ny(TENANT.parse()?, key.clone(), rules);
        let mut town = Self { key, builder, people: Vec::new() };
        let mut numbers = people::numbers(year);
        for school in people::schools(schools) {
            town.school(&school, year, &mut numbers);
        }
        Ok(town)
    }

    fn school(&mut self, school: &people::School, year: Skolear, numbers: &mut impl Iterator<Item = String>) {
        let id = self.key.uuid(&["bench", "school", &school.number]);
        let ident = Identifikator::ny(id.to_string());
        let number = Skole::skolenummer_av(Some(school.number.as_str()), &id.to_string());
        let mut fint = Skole::ny(ident, number, school.name.clone());
        fint.organisasjonsnummer = Some(Identifikator::ny(school.orgnr.as_str()));
        self.add(Fintklasse::Skole, id, Fintobjekt::Skole(Box::new(fint)));
        for class in ["10A", "10B", "10C"] {
            let class_id = self.class(&school.number, class);
            let (grade, at) = (Lenke::til::<Arstrinn>("10"), Lenke::til::<Skole>(id.to_string()));
            let mut fint = Klasse::ny(Identifikator::ny(class_id.to_string()), class, grade, at);
            fint.skolear = Some(Lenke::til::<fint::Skolear>(year.to_string()));
            self.add(Fintklasse::Klasse, class_id, Fintobjekt::Klasse(Box::new(fint)));
        }
        for (i, number) in numbers.take(PER_SCHOOL).enumerate() {
            self.pupil(id, self.class(&school.number, ["10A", "10B", "10C"][i % 3]), year, &number);
        }
    }

    fn class(&self, school: &str, class: &str) -> Uuid {
        self.key.uuid(&["bench", "class", school, class])
    }

    fn pupil(&mut self, school: Uuid, class: Uuid, year: Skolear, number: &str) {
        let [elev, forhold, medlemskap] =
            ["elev", "forhold", "medlemskap"].map(|k| self.key.uuid(&["bench", k, number]));
        let person_key = Fintnokkel { klasse: Fintklasse::Person, id: self.key.uuid(&["person", number]) };
        self.builder.motta(person_key, Some(person(number, "Målt")), None);
        let fint = Elev::ny(Identifikator::ny(elev.to_string()), Lenke::til::<Person>(number));
        self.add(Fintklasse::Elev, elev, Fintobjekt::Elev(Box::new(fint)));
        let (to_elev, to_school) = (Lenke::til::<Elev>(elev.to_string()), Lenke::til::<Skole>(school.to_string()));
        let mut fint = Elevforhold::ny(Identifikator::ny(forhold.to_string()), "elev", to_elev, to_school);
        fint.skolear = Some(Lenke::til::<fint::Skolear>(year.to_string()));
        self.add(Fintklasse::Elevforhold, forhold, Fintobjekt::Elevforhold(Box::new(fint)));
        let tillegg = Elevtillegg {
            elevforhold: forhold,
            elev,
            trinn: vec!["10".into()],
            kilde: "bench".into(),
            kilde_endret: None,
            adressebeskyttelse: Adressebeskyttelse::Ukjent,
            register: None,
        };
        self.add(Fintklasse::Tillegg, forhold, Fintobjekt::Tillegg(Box::new(tillegg)));
        let (to_forhold, to_class) =
            (Lenke::til::<Elevforhold>(forhold.to_string()), Lenke::til::<Klasse>(class.to_string()));
        let fint = Klassemedlemskap::ny(Identifikator::ny(medlemskap.to_string()), to_forhold, to_class);
        self.add(Fintklasse::Klassemedlemskap, medlemskap, Fintobjekt::Klassemedlemskap(Box::new(fint)));
        self.people.push((person_key, number.to_owned()));
    }

    fn add(&mut self, klasse: Fintklasse, id: Uuid, objekt: Fintobjekt) {
        self.builder.motta(Fintnokkel { klasse, id }, Some(objekt), None);
    }
}

fn person(number: &str, name: &str) -> Fintobjekt {
    let ident = Person::fodselsnummer_av(Some(number), number);
    Fintobjekt::Person(Box::new(Person::ny(ident, Personnavn::av(Some(name), None, Some("Prøvesen")))))
}
