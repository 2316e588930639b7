//! Vigilo: what happens to people, rarer than on an ordinary morning, and random histories of it.

use std::collections::{BTreeMap, HashSet};

use jiff::SignedDuration;
use serde_json::{Value, json};
use simulators::{
    Klokke,
    generator::{GeneratorConfig, Kommune, liten},
    vigilo::{
        Endring, Endringsfeil, Feil, Feilplan, Hendelse, Kampanje, Kampanjesteg, Samling, Vigilo, VigiloConfig,
        Virkning,
    },
};
use uuid::Uuid;

use crate::vigilo::Leser;

const NA: &str = "2026-11-02T07:00:00.000Z";

async fn voss(seed: u64) -> (Vigilo, Klokke) {
    let klokke = Klokke::stoppet(NA.parse().unwrap());
    let kommune = Kommune::generer(&GeneratorConfig::voss(seed));
    let config = VigiloConfig { klokke: klokke.clone(), ..VigiloConfig::ny(kommune) };
    (Vigilo::start(config).await.unwrap(), klokke)
}

fn rad(vigilo: &Vigilo, samling: Samling, id: Uuid) -> Option<Value> {
    vigilo.rader(samling).into_iter().find(|rad| rad["sourcedId"] == json!(id))
}

fn medlemskap(vigilo: &Vigilo, elev: Uuid) -> Vec<Value> {
    let rader = vigilo.rader(Samling::Enrollments);
    rader.into_iter().filter(|r| r["user"]["sourcedId"] == json!(elev) && r["status"] == "active").collect()
}

fn aktive(vigilo: &Vigilo, samling: Samling) -> Vec<Value> {
    vigilo.rader(samling).into_iter().filter(|rad| rad["status"] == "active").collect()
}

#[tokio::test]
async fn ids_numbers_and_schools_change() {
    let (vigilo, _) = voss(81).await;
    let elever: Vec<_> =
        vigilo.kommune().tiende().filter(|e| e.klasse.is_some() && e.nummer.is_some()).cloned().collect();
    let annen = vigilo.kommune().skoler_med_tiende().find(|s| s.id != elever[0].skole).unwrap().id;
    let klasse = vigilo.kommune().klasser.iter().find(|k| k.skole == annen && k.kode == "10A").unwrap().id;
    let [ny_a, ny_b, ny_c] = [1, 2, 3].map(|n| Uuid::from_u128(0xA000 + n));
    vigilo
        .endre(&[
            Endring::BytterSkole { elev: elever[0].id, skole: annen, klasse: Some(klasse) },
            Endring::ToSkoler { elev: elever[1].id, skole: annen, ny: ny_a },
            Endring::BytterId { elev: elever[2].id, ny: ny_b, hardt: true },
            Endring::BytterId { elev: elever[3].id, ny: ny_c, hardt: false },
            Endring::GjenbrukerId {
                elev: elever[4].id,
                fornavn: "Åse".into(),
                mellomnavn: None,
                etternavn: "Ny".into(),
                nummer: "05820998865".into(),
            },
            Endring::MisterNummer { elev: elever[5].id },
        ])
        .unwrap();
    let elev = |id| rad(&vigilo, Samling::Students, id);
    let flyttet = elev(elever[0].id).unwrap();
    assert_eq!((&flyttet["primaryOrg"]["sourcedId"], &flyttet["status"]), (&json!(annen), &json!("active")));
    let steder: Vec<_> = medlemskap(&vigilo, elever[0].id).iter().map(|m| m["class"]["sourcedId"].clone()).collect();
    assert_eq!(steder, [json!(klasse)]);
    let dobbel = elev(ny_a).unwrap();
    assert_eq!(dobbel["identifier"], elev(elever[1].id).unwrap()["identifier"]);
    assert_eq!(medlemskap(&vigilo, ny_a).len(), 1);
    assert!(elev(elever[2].id).is_none() && medlemskap(&vigilo, elever[2].id).is_empty());
    assert_eq!(elev(ny_b).unwrap()["identifier"], json!(elever[2].nummer));
    assert_eq!(elev(elever[3].id).unwrap()["status"], "tobedeleted");
    assert_eq!(medlemskap(&vigilo, ny_c).len(), 1 + elever[3].grupper.len());
    let gjenbrukt = elev(elever[4].id).unwrap();
    assert_eq!((&gjenbrukt["givenName"], &gjenbrukt["identifier"]), (&json!("Åse"), &json!("05820998865")));
    assert_eq!(gjenbrukt["metadata"]["onedhub.birthDate"], "2009-02-05");
    assert!(elev(elever[5].id).unwrap().get("identifier").is_none());

    for (endring, feil) in [
        (Endring::BytterTrinn { elev: elever[6].id, trinn: 11 }, Endringsfeil::UgyldigTrinn { nr: 1 }),
        (Endring::BytterId { elev: elever[6].id, ny: elever[7].id, hardt: true }, Endringsfeil::OpptattId { nr: 1 }),
        (Endring::BytterSkole { elev: elever[6].id, skole: klasse, klasse: None }, Endringsfeil::UkjentSkole { nr: 1 }),
        (Endring::Skjermes { elev: elever[2].id }, Endringsfeil::UkjentElev { nr: 1 }),
    ] {
        assert_eq!(vigilo.endre(&[endring]), Err(feil));
    }
}

#[tokio::test]
async fn a_protected_pupil_leaves_no_trace() {
    let (vigilo, _) = voss(82).await;
    let elev = vigilo.kommune().elever.iter().find(|e| !e.foresatte.is_empty()).unwrap();
    vigilo.endre(&[Endring::Skjermes { elev: elev.id }]).unwrap();
    let alt: String = [Samling::Users, Samling::Enrollments, Samling::Demographics]
        .into_iter()
        .flat_map(|samling| vigilo.rader(samling))
        .map(|rad| rad.to_string())
        .collect();
    assert!(!alt.contains(&elev.id.to_string()) && !alt.contains(elev.nummer.as_deref().unwrap()));
}

#[tokio::test]
async fn dates_that_stand_still_and_dates_that_all_move() {
    let (vigilo, klokke) = voss(83).await;
    let elev = vigilo.kommune().tiende().next().unwrap().id;
    let dato = |samling, id| rad(&vigilo, samling, id).unwrap()["dateLastModified"].as_str().unwrap().to_owned();
    let for_ = dato(Samling::Users, elev);
    let trinn = Endring::BytterTrinn { elev, trinn: 9 };
    vigilo.endre(&[Endring::UtenDato { endring: Box::new(trinn) }]).unwrap();
    assert_eq!(dato(Samling::Users, elev), for_);
    assert_eq!(rad(&vigilo, Samling::Users, elev).unwrap()["grades"], json!(["9"]));
    vigilo.endre(&[Endring::BytterTrinn { elev, trinn: 10 }]).unwrap();
    assert_eq!(dato(Samling::Users, elev), NA);

    klokke.flytt(SignedDuration::from_mins(1));
    vigilo.endre(&[Endring::Omstart]).unwrap();
    let samlinger = [Samling::Orgs, Samling::AcademicSessions, Samling::Courses, Samling::Users, Samling::Enrollments];
    for samling in samlinger {
        let like = |rad: &Value| rad["dateLastModified"] == "2026-11-02T07:01:00.000Z";
        assert!(vigilo.rader(samling).iter().all(like), "{samling:?}");
    }
}

#[tokio::test]
async fn marked_rows_are_cleared_away() {
    let (vigilo, _) = voss(84).await;
    let elev = vigilo.kommune().tiende().next().unwrap().id;
    let for_ = vigilo.antall(Samling::Users);
    vigilo.endre(&[Endring::Slutter { elev, hardt: false }]).unwrap();
    assert_eq!(vigilo.antall(Samling::Users), for_);
    vigilo.endre(&[Endring::Rydding]).unwrap();
    assert_eq!(vigilo.antall(Samling::Users), for_ - 1);
    assert!(vigilo.rader(Samling::Enrollments).iter().all(|rad| rad["status"] == "active"));
}

#[tokio::test]
async fn a_new_term_replaces_every_membership() {
    let (vigilo, _) = voss(85).await;
    let ider = |rader: &[Value]| rader.iter().map(|r| r["sourcedId"].to_string()).collect::<HashSet<_>>();
    let for_ = aktive(&vigilo, Samling::Enrollments);
    vigilo.endre(&[Endring::Terminskifte]).unwrap();
    let etter = aktive(&vigilo, Samling::Enrollments);
    assert_eq!(for_.len(), etter.len());
    assert!(ider(&for_).is_disjoint(&ider(&etter)));
    assert!(etter.iter().all(|rad| rad["beginDate"] == "2027-01-15"));
    let par = |rader: &[Value]| -> HashSet<String> {
        rader.iter().map(|r| format!("{} {}", r["user"]["sourcedId"], r["class"]["sourcedId"])).collect()
    };
    assert_eq!(par(&for_), par(&etter), "the same people in the same classes");
}

#[tokio::test]
async fn a_new_school_year() {
    for kommune in [Kommune::generer(&GeneratorConfig::voss(86)), liten(86)] {
        let vigilo = Vigilo::start(VigiloConfig::ny(kommune)).await.unwrap();
        let per_trinn = |vigilo: &Vigilo| {
            let mut antall: BTreeMap<u8, usize> = BTreeMap::new();
            for elev in aktive(vigilo, Samling::Students) {
                *antall.entry(elev["grades"][0].as_str().unwrap().parse().unwrap()).or_default() += 1;
            }
            antall
        };
        let for_ = per_trinn(&vigilo);
        let tiende: Vec<Uuid> = vigilo.kommune().tiende().map(|e| e.id).collect();
        let niende = vigilo.kommune().elever.iter().find(|e| e.trinn == 9 && e.klasse.is_some()).unwrap().clone();
        let niendeklassen = rad(&vigilo, Samling::Classes, niende.klasse.unwrap()).unwrap();
        vigilo.endre(&[Endring::Rullering]).unwrap();
        let etter = per_trinn(&vigilo);
        for trinn in for_.keys().filter(|trinn| ![7, 10].contains(*trinn)) {
            assert_eq!(etter[&(trinn + 1)], for_[trinn], "grade {trinn} moves up");
        }
        // Where no primary school sends its pupils to a lower-secondary school, others begin there.
        assert!(etter[&8] >= for_.get(&7).copied().unwrap_or(1));
        let laveste = for_.keys().min().unwrap();
        assert_eq!(etter[laveste], for_[laveste], "as many begin");
        let rader: BTreeMap<String, Value> = vigilo
            .rader(Samling::Students)
            .into_iter()
            .map(|rad| (rad["sourcedId"].as_str().unwrap().to_owned(), rad))
            .collect();
        assert!(tiende.iter().all(|id| rader[&id.to_string()]["status"] == "tobedeleted"));
        assert_eq!(rader[&niende.id.to_string()]["grades"], json!(["10"]));

        let nye = medlemskap(&vigilo, niende.id);
        let ny = nye[0]["class"]["sourcedId"].as_str().unwrap().parse().unwrap();
        let tiendeklassen = rad(&vigilo, Samling::Classes, ny).unwrap();
        assert_eq!(tiendeklassen["course"], niendeklassen["course"], "the cohort is the same");
        assert_eq!(tiendeklassen["title"], niendeklassen["title"].as_str().unwrap().replace('9', "10"));
        assert_ne!(tiendeklassen["terms"], niendeklassen["terms"]);
        let perioder = vigilo.rader(Samling::AcademicSessions);
        assert!(perioder.iter().all(|rad| rad["schoolYear"] == "2028"));

        // Every reference of what is active leads to something active.
        let finnes =
            |samling| aktive(&vigilo, samling).iter().map(|r| r["sourcedId"].to_string()).collect::<HashSet<_>>();
        let (brukere, klasser) = (finnes(Samling::Users), finnes(Samling::Classes));
        let (kurs, terminer) = (finnes(Samling::Courses), finnes(Samling::Terms));
        for rad in aktive(&vigilo, Samling::Enrollments) {
            assert!(brukere.contains(&rad["user"]["sourcedId"].to_string()));
            assert!(klasser.contains(&rad["class"]["sourcedId"].to_string()));
            assert_eq!(rad["beginDate"], "2027-08-17");
        }
        for rad in aktive(&vigilo, Samling::Classes) {
            assert!(kurs.contains(&rad["course"]["sourcedId"].to_string()));
            assert!(terminer.contains(&rad["terms"][0]["sourcedId"].to_string()));
        }
        let numre: Vec<_> = rader.values().filter_map(|rad| rad["identifier"].as_str()).collect();
        let dobbelt = vigilo.kommune().plantet.iter().filter(|p| p.dobbelt.is_some()).count();
        assert_eq!(numre.iter().collect::<HashSet<_>>().len(), numre.len() - dobbelt, "newcomers have their own");
    }
}

#[tokio::test]
async fn random_histories_can_be_played_and_are_the_same_again() {
    // What a server says of itself differs by its port only.
    let rader = |vigilo: &Vigilo, samling| {
        Value::Array(vigilo.rader(samling)).to_string().replace(&vigilo.base_url(), "http://vigilo")
    };
    for seed in 0..3 {
        let (a, klokke_a) = voss(87).await;
        let (b, klokke_b) = voss(87).await;
        let kampanje = Kampanje::trekk(seed, 12);
        let skrevet = serde_json::to_string(&kampanje).unwrap();
        assert_eq!(serde_json::from_str::<Kampanje>(&skrevet).unwrap(), kampanje);
        for steg in &kampanje.steg {
            klokke_a.flytt(SignedDuration::from_hours(24));
            klokke_b.flytt(SignedDuration::from_hours(24));
            assert_eq!(a.spill(steg).unwrap(), b.spill(steg).unwrap());
        }
        assert_eq!(kampanje.steg.last().unwrap().virkning(), Virkning::Rett);
        for samling in [Samling::Users, Samling::Classes, Samling::Enrollments] {
            assert!(rader(&a, samling) == rader(&b, samling), "{seed} {samling:?}");
        }
    }
}

#[test]
fn what_is_drawn_covers_everything() {
    let planer = Feilplan::trekk(5, 5_000);
    assert_eq!(planer, Feilplan::trekk(5, 5_000));
    assert_ne!(planer, Feilplan::trekk(6, 5_000));
    for feil in Feil::alle() {
        assert!(planer.iter().any(|plan| plan.feil == feil), "{feil:?} is never drawn");
    }
    let hendelser = Kampanje::trekk(5, 500).steg;
    let typer: HashSet<_> = hendelser.iter().map(|steg| std::mem::discriminant(&steg.hendelse)).collect();
    assert_eq!(typer.len(), 6, "all but a new school year");
    let verst = |steg: &[Kampanjesteg]| steg.iter().map(Kampanjesteg::virkning).collect::<HashSet<_>>();
    assert_eq!(verst(&hendelser).len(), 3);
}

#[tokio::test]
async fn unrest_has_every_rare_change_and_can_be_driven_over_http() {
    let (vigilo, _) = voss(88).await;
    let leser = Leser::ny(&vigilo).await;
    let steg = Kampanjesteg {
        hendelse: Hendelse::Uro { seed: 3, antall: 120 },
        feil: vec![Feil::Html200.i(Samling::Orgs).ganger(1)],
    };
    let svar = leser.http.post(format!("{}/_sim/kampanje", vigilo.base_url())).json(&steg).send().await.unwrap();
    let svar: Value = svar.error_for_status().unwrap().json().await.unwrap();
    let typer: HashSet<_> = svar["endringer"].as_array().unwrap().iter().map(|e| e["type"].as_str().unwrap()).collect();
    let ventet = [
        "bytter_skole",
        "to_skoler",
        "bytter_id",
        "gjenbruker_id",
        "bytter_nummer",
        "mister_nummer",
        "skjermes",
        "uten_dato",
        "slutter",
    ];
    assert_eq!(typer, HashSet::from(ventet));
    assert!(leser.hent("orgs").await.text().await.unwrap().starts_with("<!DOCTYPE html>"));
    leser.json("orgs").await;
}
