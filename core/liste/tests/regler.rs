//! Every rule by two examples: one that breaks it and no other, and one that just does not.
#![allow(clippy::unwrap_used, reason = "all of it is a test")]

mod felles;

use felles::*;
use fint::tillegg::{Adressebeskyttelse, Registermerknad, Skolemerknad, Skoletillegg};
use hendelse::{Fintklasse, Fintnokkel, Fintobjekt};
use identitet::Politikk;
use liste::{Listebygger, Mottakerregler, Regelsett, for_merknad, regler};
use std::collections::BTreeSet;

const AR: &str = "2026-2027";
const ORGNR: &str = "974738368";

/// One pupil in order at one school, and what an example changes.
struct Verden {
    regelsett: Regelsett,
    skole: &'static str,
    orgnr: Option<&'static str>,
    nummer: Option<&'static str>,
    navn: [&'static str; 3],
    trinn: &'static str,
    klasser: Vec<(&'static str, &'static str)>,
    register: Option<Vec<Registermerknad>>,
    andre: Vec<Ressurs>,
}

impl Verden {
    fn ny() -> Self {
        Self {
            regelsett: Regelsett::ny(Politikk::VigoskoleSyntetisk).i_kommune("4601".parse().unwrap()),
            skole: "46505",
            orgnr: Some(ORGNR),
            nummer: Some("14851170031"),
            navn: ["Prøve", "", "Eksempel"],
            trinn: "10",
            klasser: vec![("46505", "10A")],
            register: None,
            andre: vec![],
        }
    }

    fn regler(self) -> Vec<String> {
        let mut bygger = Listebygger::ny("bergen".parse().unwrap(), nokkel(), self.regelsett);
        let del = |n: usize| Some(self.navn[n]).filter(|d| !d.is_empty());
        let mut ressurser = vec![skole(self.skole, self.orgnr)];
        ressurser.extend(elev("a", self.nummer, [del(0), del(1), del(2)]));
        let forhold = elevforhold("f", "a", self.skole, AR, &[self.trinn], None);
        ressurser.extend(med_register(forhold, Adressebeskyttelse::Ugradert, self.register));
        for (skole, navn) in self.klasser {
            ressurser.extend([klasse(skole, navn, "10", AR), medlemskap("f", skole, navn, None)]);
        }
        ressurser.extend(self.andre);
        for (nokkel, objekt) in ressurser {
            bygger.motta(nokkel, Some(objekt), None);
        }
        let mut lister = bygger.alle().into_iter().filter_map(|n| bygger.bygg(&n)).map(|b| b.liste);
        let liste = lister.find(|l| l.nokkel.skolear.to_string() == AR && l.skole.navn.ends_with(self.skole)).unwrap();
        let linjenes = liste.linjer.iter().filter(|l| l.elev == id("elev", "a")).flat_map(|l| &l.avvik);
        let alle: BTreeSet<_> = liste.avvik.iter().chain(linjenes).map(|a| a.regel.clone()).collect();
        alle.into_iter().collect()
    }

    /// Another pupil, with a number, at a school.
    fn annen(&mut self, navn: &str, nummer: &str, ved: &str, ar: &str) {
        self.andre.extend(elev(navn, Some(nummer), [Some("Annen"), None, Some("Eksempel")]));
        self.andre.extend(elevforhold(navn, navn, ved, ar, &["10"], None));
        if ar == AR {
            self.andre.extend([klasse(ved, "10A", "10", ar), medlemskap(navn, ved, "10A", None)]);
        }
    }

    fn merk(&mut self, merknad: Skolemerknad) {
        let tillegg = Skoletillegg {
            skole: id("skole", self.skole),
            merknader: vec![merknad],
            numre: vec!["46505".into(), "46506".into()],
            kildens: Some("12505".into()),
            valgt: Some("46999".into()),
        };
        let nokkel = Fintnokkel { klasse: Fintklasse::Skoletillegg, id: tillegg.skole };
        self.andre.push((nokkel, Fintobjekt::Skoletillegg(Box::new(tillegg))));
    }

    fn register(&mut self, merknader: &[Registermerknad]) {
        self.register = Some(merknader.to_vec());
    }
}

type Endring = fn(&mut Verden);

/// Rule, what breaks it, what just does not.
const EKSEMPLER: &[(&str, Endring, Endring)] = &[
    ("EL-001", |v| v.nummer = Some("14851170013"), |v| v.nummer = Some("14851170112")),
    ("EL-002", |v| v.klasser = vec![("46505", " ")], |v| v.klasser = vec![("46505", " 10 ")]),
    ("EL-003", |v| v.navn = ["Prøve", "Mellom", " "], |v| v.navn = ["P", "", "E"]),
    ("EL-004", |v| v.annen("b", "14851170031", "46505", AR), |v| v.annen("b", "14851170112", "46505", AR)),
    (
        "EL-005",
        |v| {
            v.andre.push(skole("46506", None));
            v.annen("b", "14851170031", "46506", AR);
        },
        |v| {
            v.andre.push(skole("46506", None));
            v.annen("b", "14851170031", "46506", "2025-2026");
        },
    ),
    ("EL-006", |v| v.nummer = Some(A_2009), |v| v.nummer = Some("14851170112")),
    ("EL-007", |v| v.nummer = None, |_| {}),
    ("EL-008", |v| v.nummer = Some("54051199146"), |v| v.nummer = Some("54851150180")),
    ("EL-009", |v| v.trinn = "9", |v| v.trinn = "010"),
    (
        "EL-010",
        |v| v.klasser = vec![("46505", "10A"), ("46505", "10B")],
        |v| v.klasser = vec![("46505", "10A"), ("46505", "10A")],
    ),
    ("EL-011", |v| v.register(&[Registermerknad::GammeltNummer]), |v| v.register(&[])),
    (
        "EL-012",
        |v| v.register(&[Registermerknad::UkjentNummer]),
        // Of a number that nobody has asked about, nothing is known.
        |v| v.register = None,
    ),
    ("EL-013", |v| v.register(&[Registermerknad::UtenNummer]), |v| v.register(&[])),
    ("EL-014", |v| v.register(&[Registermerknad::DodEllerForsvunnet]), |v| v.register(&[])),
    ("EL-015", |v| v.register(&[Registermerknad::Utflyttet]), |v| v.register(&[])),
    ("EL-016", |v| v.register(&[Registermerknad::AnnetNavn]), |v| v.register(&[])),
    (
        "EL-017",
        |v| v.regelsett = v.regelsett.clone().med_register(),
        |v| {
            v.regelsett = v.regelsett.clone().med_register();
            v.register(&[]);
        },
    ),
    (
        "EL-018",
        |v| v.klasser = vec![("46506", "10A")],
        // A group that does not exist is no matter where there is a class.
        |v| v.andre.push(medlemskap("f", "46505", "finnes ikke", None)),
    ),
    ("EL-020", |v| (v.skole, v.klasser) = ("Nyskolen", vec![("Nyskolen", "10A")]), |_| {}),
    ("EL-021", |v| v.orgnr = None, |_| {}),
    ("EL-022", |v| v.merk(Skolemerknad::IkkeGrunnskole), |_| {}),
    ("EL-023", |v| v.merk(Skolemerknad::FlereGrunnskoler), |_| {}),
    ("EL-024", |v| v.merk(Skolemerknad::UkjentValg), |_| {}),
    ("EL-025", |v| v.merk(Skolemerknad::AnnetNummer), |_| {}),
    (
        "EL-026",
        |v| v.regelsett = v.regelsett.clone().med_fylker(["03".parse().unwrap()]),
        |v| v.regelsett = v.regelsett.clone().med_fylker(["03".parse().unwrap(), "46".parse().unwrap()]),
    ),
    (
        "EL-027",
        |v| (v.skole, v.klasser) = ("24999", vec![("24999", "10A")]),
        |v| (v.skole, v.klasser) = ("24998", vec![("24998", "10A")]),
    ),
    ("EL-040", |v| v.klasser = vec![("46505", LANG_41)], |v| v.klasser = vec![("46505", &LANG_41[1..])]),
    ("EL-041", |v| v.klasser = vec![("46505", "10\u{200b}A")], |v| v.klasser = vec![("46505", "10\u{a0}Å")]),
    ("EL-042", |v| v.klasser = vec![("46505", "148511 70031")], |v| v.klasser = vec![("46505", "10A 2026-2027")]),
    ("EL-043", |v| v.navn = [LANG_41, LANG_41, LANG_41], |v| v.navn = [LANG_41, LANG_41, "Eksempel-Eksempe"]),
    ("EL-044", |v| v.navn = ["Prø\nve", "", "Eksempel"], |v| v.navn = ["Đuoddar Š.", "", "O'Eksempel-Næss"]),
    ("EL-045", |v| v.navn = ["Prøve", "14851170031", "Eksempel"], |v| v.navn = ["Prøve", "III", "Eksempel"]),
    ("EL-046", |v| v.navn = ["Prøve", "", "Eksempel 2"], |v| v.navn = ["Prøve", "", "Eksempel II"]),
    ("EL-047", |v| v.nummer = Some("200012345678"), |v| v.nummer = Some("14851170112")),
    ("EL-048", |v| v.nummer = Some(MAANED_PLUSS_40), |v| v.nummer = Some("14851170112")),
    ("EL-049", |v| v.nummer = Some("148511AB031"), |v| v.nummer = Some("14851170112")),
    (
        "EL-050",
        |v| {
            v.regelsett = v.regelsett.clone().hos(Mottakerregler::VIGOSKOLE);
            v.nummer = Some("54051199146");
        },
        |v| v.regelsett = v.regelsett.clone().hos(Mottakerregler::VIGOSKOLE),
    ),
    ("EL-060", |v| i_fjor(v, 16), |v| i_fjor(v, 15)),
    ("EL-061", |v| ventet(v, 4), |v| ventet(v, 3)),
    (
        "EL-062",
        |v| v.andre.push(klasse("46505", "10C", "10", AR)),
        |v| {
            v.andre.push(klasse("46505", "9C", "9", AR));
            v.andre.push(klasse("46505", "10C", "10", "2025-2026"));
        },
    ),
];

/// Rules that come together with another: with it, and the other alone.
const SAMMEN: &[(&str, &str, Endring, Endring)] =
    &[("EL-051", "EL-008", |v| v.nummer = Some("54051199119"), |v| v.nummer = Some("54051199112"))];

/// Rules about the ledger, and the tests that have their examples.
const I_HOVEDBOKEN: &[(&str, &str)] = &[
    ("EL-030", include_str!("bilde.rs")),
    ("EL-031", include_str!("bilde.rs")),
    ("EL-032", include_str!("bilde.rs")),
    ("EL-033", include_str!("bilde.rs")),
    ("EL-034", include_str!("etterpa.rs")),
];

const KODER: &[(&str, &str)] = &[
    ("VI-001", "INVALID_IDENTITY_NUMBER"),
    ("VI-002", "MISSING_CLASS_CODE"),
    ("VI-003", "MISSING_NAME"),
    ("VI-004", "SYNTHETIC_IDENTITY_NUMBER"),
    ("VI-001", "ugyldig-nummer"),
    ("VI-002", "mangler-klassekode"),
    ("VI-003", "mangler-navn"),
    ("VI-004", "fiktivt-nummer"),
    ("VI-005", "duplikat-nummer"),
    ("VI-006", "for-lang-klassekode"),
    ("VI-007", "for-langt-navn"),
    ("VI-999", "SOMETHING_ELSE"),
];

const LANG_41: &str = "Tiende trinn den store klassen i gamlebyg";
const A_2009: &str = "05820998865";
const MAANED_PLUSS_40: &str = "14511150001";

fn i_fjor(v: &mut Verden, antall: usize) {
    for n in 0..antall {
        // Nobody's, but different.
        v.annen(&format!("i fjor {n}"), &format!("ugyldig {n}"), "46505", "2025-2026");
    }
}

fn ventet(v: &mut Verden, antall: u32) {
    v.regelsett = v.regelsett.clone().med_ventet([(ORGNR.parse().unwrap(), antall)].into());
}

fn etter(endring: Endring) -> Vec<String> {
    let mut verden = Verden::ny();
    endring(&mut verden);
    verden.regler()
}

#[test]
fn each_rule_is_broken_by_its_example_and_not_by_what_is_next_to_it() {
    assert_eq!(etter(|_| {}), [""; 0]);
    for (regel, bryter, holder) in EKSEMPLER {
        assert_eq!(etter(*bryter), [*regel], "{regel}");
        assert_eq!(etter(*holder), [""; 0], "next to {regel}");
    }
    for (regel, annen, bryter, holder) in SAMMEN {
        assert_eq!(etter(*bryter), [*annen, *regel], "{regel}");
        assert_eq!(etter(*holder), [*annen], "next to {regel}");
    }
    for (regel, kode) in KODER {
        assert_eq!(for_merknad(kode).id, *regel);
    }
    for (regel, test) in I_HOVEDBOKEN {
        assert!(test.contains(&format!("\"{regel}\"")), "{regel} has no example there any more");
    }
}

#[test]
fn every_rule_has_examples() {
    let med: BTreeSet<_> = (EKSEMPLER.iter().map(|(id, ..)| *id))
        .chain(SAMMEN.iter().map(|(id, ..)| *id))
        .chain(KODER.iter().map(|(id, _)| *id))
        .chain(I_HOVEDBOKEN.iter().map(|(id, _)| *id))
        .collect();
    let alle: BTreeSet<_> = regler().iter().map(|regel| regel.id).collect();
    assert_eq!(med, alle, "a rule without example, or an example without rule");
}

#[test]
fn no_text_holds_a_number_or_a_word_of_english() {
    const ENGELSK: [&str; 9] = ["the", "list", "school", "pupil", "number", "receiver", "is", "not", "error"];
    for regel in regler() {
        for tekst in [regel.tittel, regel.hva, regel.rett, regel.videre] {
            for form in [tekst.nb, tekst.nn] {
                assert!(!liste::holder_nummer(form), "{}: {form}", regel.id);
                let mut ord = form.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase);
                assert!(!ord.any(|o| ENGELSK.contains(&o.as_str())), "{}: {form}", regel.id);
            }
        }
    }
}
