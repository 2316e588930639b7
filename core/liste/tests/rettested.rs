//! Where things are corrected: every rule has a place in every system, or says that there is none.
#![allow(clippy::unwrap_used, reason = "all of it is a test")]

use liste::{Egnestier, Rettefelt, Skolesystem, Stifeil, Tekst, regel, regler, rettefelt, rettested, stier};
use std::collections::{BTreeMap, BTreeSet};

/// What no school system can put right: what is waited for, what stands in our settings, what people decide here.
const UTEN_STED: [&str; 8] = ["EL-017", "EL-024", "EL-030", "EL-031", "EL-032", "EL-033", "EL-034", "VI-999"];

#[test]
fn every_rule_has_a_place_in_every_system_or_none_in_any() {
    for regel in regler() {
        for system in Skolesystem::ALLE {
            let sted = rettested(system, &regel.brudd(None), &Egnestier::default());
            // Where pupils are keyed in, the school's own numbers are in our settings.
            let oppsett = system == Skolesystem::Tastet && rettefelt(regel.id) == Rettefelt::Skole;
            assert_eq!(sted.sti.is_none(), oppsett || UTEN_STED.contains(&regel.id), "{} in {system:?}", regel.id);
            assert_eq!(sted.hvem, regel.eier);
        }
    }
}

#[test]
fn every_field_is_once_in_the_table_of_every_system() {
    let mut sett = BTreeSet::new();
    for sti in stier() {
        assert!(sett.insert((sti.system, sti.felt)), "{:?} {:?} stands twice", sti.system, sti.felt);
        assert!(sti.sti.nb.contains(" → ") || sti.felt == Rettefelt::Skole, "{}", sti.sti.nb);
        let leverandor = matches!(sti.system, Skolesystem::Vigilo | Skolesystem::VismaFlyt);
        assert!(
            !leverandor || sti.antatt,
            "a vendor's menu that somebody has confirmed? say where, and change this test"
        );
    }
    assert!(!sett.contains(&(Skolesystem::Tastet, Rettefelt::Skole)), "our form has no such field");
    assert_eq!(sett.len(), Skolesystem::ALLE.len() * (Rettefelt::ALLE.len() - 1) - 1);
    for felt in Rettefelt::ALLE {
        assert_eq!(Rettefelt::av_kode(felt.kode()), Some(felt));
    }
    for system in Skolesystem::ALLE {
        assert_eq!(Skolesystem::av_kode(system.kode()), Some(system));
    }
}

#[test]
fn the_place_is_the_one_of_the_system() {
    let avvik = regel("EL-001").unwrap().brudd(None);
    let sti = |system| rettested(system, &avvik, &Egnestier::default()).sti.unwrap();
    assert_eq!(sti(Skolesystem::Vigilo).nb, "Vigilo → Elev → Personalia → Fødselsnummer");
    assert_eq!(sti(Skolesystem::Pakke).en, "The file users.csv → the column identifier");
    let tastet = rettested(Skolesystem::Tastet, &avvik, &Egnestier::default());
    for system in Skolesystem::ALLE {
        let sted = rettested(system, &avvik, &Egnestier::default());
        assert_eq!(sted.hvordan == tastet.hvordan, system == Skolesystem::Tastet, "{system:?}");
    }
    assert!(!tastet.hvordan.nb.contains("skolesystem"), "there is no school system where pupils are keyed in");
}

#[test]
fn a_rule_that_nobody_here_knows_has_words_and_no_place() {
    let mut avvik = regel("EL-001").unwrap().brudd(None);
    avvik.regel = "EL-998".to_owned();
    let sted = rettested(Skolesystem::Vigilo, &avvik, &Egnestier::default());
    assert_eq!((rettefelt("EL-998"), &sted.sti, sted.antatt), (Rettefelt::Ingen, &None, false));
    assert!(sted.hvordan.nb.contains("oppdatere"));
}

fn tabell(par: &[(&str, &str)]) -> BTreeMap<String, String> {
    par.iter().map(|(felt, sti)| ((*felt).to_owned(), (*sti).to_owned())).collect()
}

#[test]
fn a_municipality_has_its_own_words_for_it() {
    let egne =
        Egnestier::ny(&tabell(&[("nummer", " Vigilo → Barn → Person "), ("skole", "Oppvekstkontoret")])).unwrap();
    let sted = |id: &str| rettested(Skolesystem::Vigilo, &regel(id).unwrap().brudd(None), &egne);
    let egen = Some(Tekst {
        nb: "Vigilo → Barn → Person", nn: "Vigilo → Barn → Person", en: "Vigilo → Barn → Person"
    });
    assert_eq!(sted("EL-001").sti, egen.map(|t| t.map(str::to_owned)));
    assert!(!sted("EL-001").antatt && sted("EL-003").antatt, "what they say is not assumed");
    assert_eq!(sted("EL-020").sti.unwrap().nn, "Oppvekstkontoret");
    let tastet = rettested(Skolesystem::Tastet, &regel("EL-001").unwrap().brudd(None), &egne).sti.unwrap();
    assert!(tastet.nb.starts_with("Mellomlag"), "a school of theirs that keys in has our form: {}", tastet.nb);
    assert_eq!(sted("EL-030").sti, None, "nothing is corrected there, whatever they say");
}

#[test]
fn all_that_is_wrong_with_their_table_is_said_at_once() {
    let lang = "a".repeat(121);
    let feil = Egnestier::ny(&tabell(&[
        ("adresse", "Vigilo → Elev"),
        ("dobbelt", "to\nlinjer"),
        ("ingen", "Vigilo → Elev"),
        ("klasse", &lang),
        ("navn", "  "),
        ("nummer", "Vigilo → Elev"),
    ]));
    let av = |felt: &str| felt.to_owned();
    assert_eq!(
        feil.unwrap_err(),
        [
            Stifeil::UkjentFelt(av("adresse")),
            Stifeil::Usynlig(av("dobbelt")),
            Stifeil::UkjentFelt(av("ingen")),
            Stifeil::Lang(av("klasse")),
            Stifeil::Tom(av("navn")),
        ]
    );
    assert_eq!(Egnestier::ny(&BTreeMap::new()), Ok(Egnestier::default()));
}
