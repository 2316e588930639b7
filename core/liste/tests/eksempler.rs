//! The cases in `cases/`: a person at the county can read one and add one. `cases/LESMEG.md` says how.
#![allow(clippy::unwrap_used, reason = "all of it is a test")]

mod felles;

use elevliste::Avvik;
use felles::*;
use fint::tillegg::{Adressebeskyttelse, Registermerknad};
use identitet::Politikk;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

const AR: &str = "2026-2027";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Eksempel {
    om: String,
    politikk: Option<String>,
    #[serde(default)]
    krever_register: bool,
    #[serde(default)]
    skole: Vec<Skole>,
    elev: Vec<Elev>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Skole {
    nr: String,
    orgnr: String,
    #[serde(default)]
    venter: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Elev {
    id: String,
    fnr: Option<String>,
    navn: Option<Vec<String>>,
    skole: String,
    trinn: Option<Vec<String>>,
    klasser: Option<Vec<String>>,
    fra: Option<String>,
    til: Option<String>,
    #[serde(default)]
    beskyttelse: Adressebeskyttelse,
    register: Option<Vec<Registermerknad>>,
    #[serde(default)]
    venter: Vec<String>,
    #[serde(default)]
    skjermet: bool,
    #[serde(default = "ja")]
    pa_listen: bool,
}

const fn ja() -> bool {
    true
}

impl Elev {
    fn klasser(&self) -> Vec<&str> {
        self.klasser.as_ref().map_or_else(|| vec!["10A"], |k| k.iter().map(String::as_str).collect())
    }
}

#[test]
fn every_case_comes_out_as_it_says() {
    let mappe = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let mut antall = 0;
    for fil in std::fs::read_dir(mappe).unwrap().map(|f| f.unwrap().path()) {
        if fil.extension().is_some_and(|e| e == "toml") {
            let navn = fil.file_stem().unwrap().to_string_lossy().into_owned();
            let eksempel: Eksempel = toml::from_str(&std::fs::read_to_string(&fil).unwrap())
                .unwrap_or_else(|feil| panic!("{navn} cannot be read: {feil}"));
            sjekk(&navn, &eksempel);
            antall += 1;
        }
    }
    assert!(antall >= 20, "only {antall} cases were found");
}

fn sjekk(navn: &str, eksempel: &Eksempel) {
    assert!(!eksempel.om.is_empty(), "{navn} does not say what it shows");
    let politikk = match eksempel.politikk.as_deref() {
        None | Some("vigoskole-syntetisk") => Politikk::VigoskoleSyntetisk,
        Some("vigoskole") => Politikk::Vigoskole,
        Some(annen) => panic!("{navn}: no policy is called {annen}"),
    };
    let mut bygger = if eksempel.krever_register { bygger_med_register(politikk) } else { bygger(politikk) };
    for (nokkel, objekt) in ressurser(eksempel) {
        bygger.motta(nokkel, Some(objekt), None);
    }
    let lister: Vec<_> = bygger.ta_berorte().iter().filter_map(|n| bygger.bygg(n)).map(|b| b.liste).collect();
    let skolens = |skole: &str| lister.iter().find(|l| l.skole.navn == format!("Skole {skole}"));

    for skole in &eksempel.skole {
        let liste = skolens(&skole.nr).unwrap_or_else(|| panic!("{navn}: {} has no list", skole.nr));
        assert_eq!(koder(&liste.avvik, &skole.venter), sortert(&skole.venter), "{navn}: {}", skole.nr);
    }
    let mut ventet: BTreeMap<(&str, &str), Vec<Vec<String>>> = BTreeMap::new();
    for elev in &eksempel.elev {
        let linjer = ventet.entry((elev.skole.as_str(), elev.id.as_str())).or_default();
        linjer.extend((elev.pa_listen && !elev.skjermet).then(|| sortert(&elev.venter)));
        let er_skjermet = skolens(&elev.skole).is_some_and(|l| l.skjermede.contains(&id("elev", &elev.id)));
        assert_eq!(er_skjermet, elev.skjermet, "{navn}: {} at {}", elev.id, elev.skole);
    }
    let mut antall = 0;
    for ((skole, elev), venter) in ventet {
        let linjer = skolens(skole).into_iter().flat_map(|l| &l.linjer).filter(|l| l.elev == id("elev", elev));
        let fant: Vec<_> = linjer.map(|l| koder(&l.avvik, venter.first().map_or(&[], Vec::as_slice))).collect();
        assert_eq!(fant, venter, "{navn}: {elev} at {skole}");
        antall += fant.len();
    }
    assert_eq!(antall, lister.iter().map(|l| l.linjer.len()).sum::<usize>(), "{navn}: lines that nobody expected");
    let liste = lister.iter().find(|l| l.skole.navn == "Skole 46505");
    assert!(liste.is_none_or(|l| l.nokkel.to_string() == "46.46505.2026-2027.1"));
}

/// The deviations as the case writes them: with the detail where the case names one.
fn koder(avvik: &[Avvik], venter: &[String]) -> Vec<String> {
    let med_detalj = |a: &Avvik| format!("{} {}", a.regel, a.detalj.as_deref().unwrap_or("-"));
    let kode = |a: &Avvik| Some(med_detalj(a)).filter(|k| venter.contains(k)).unwrap_or_else(|| a.regel.clone());
    sortert(&avvik.iter().map(kode).collect::<Vec<_>>())
}

fn sortert(koder: &[String]) -> Vec<String> {
    let mut koder = koder.to_vec();
    koder.sort();
    koder
}

fn ressurser(eksempel: &Eksempel) -> Vec<Ressurs> {
    let mut ut = Vec::new();
    for elev in &eksempel.elev {
        if !eksempel.skole.iter().any(|s| s.nr == elev.skole) {
            ut.push(skole(&elev.skole, Some("974738368")));
        }
    }
    for s in &eksempel.skole {
        ut.push(skole(&s.nr, Some(s.orgnr.as_str()).filter(|nr| !nr.is_empty())));
    }
    for (nr, e) in eksempel.elev.iter().enumerate() {
        let standard = ["Prøve", "", "Eksempel"].map(str::to_owned).to_vec();
        let navn = e.navn.clone().unwrap_or(standard);
        let del = |n: usize| navn.get(n).map(String::as_str).filter(|d| !d.is_empty());
        ut.extend(elev(&e.id, e.fnr.as_deref(), [del(0), del(1), del(2)]));

        let forhold = nr.to_string();
        let trinn = e.trinn.clone().unwrap_or_else(|| vec!["10".to_owned()]);
        let trinn: Vec<_> = trinn.iter().map(String::as_str).collect();
        let p = e.fra.as_deref().map(|fra| periode(fra, e.til.as_deref()));
        let forholdet = elevforhold(&forhold, &e.id, &e.skole, AR, &trinn, p);
        ut.extend(med_register(forholdet, e.beskyttelse, e.register.clone()));
        for k in e.klasser() {
            let tall: String = k.chars().take_while(char::is_ascii_digit).collect();
            let trinn = if k.contains('-') { "ukjent" } else { tall.as_str() };
            ut.push(klasse(&e.skole, k, trinn, AR));
            ut.push(medlemskap(&forhold, &e.skole, k, None));
        }
    }
    ut
}
