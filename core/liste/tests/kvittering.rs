//! Receipts: what is issued, what it proves, and that nothing else proves it.
#![allow(clippy::unwrap_used, reason = "all of it is a test")]

mod felles;
#[path = "felles/hovedbok.rs"]
mod hovedbok;

use elevliste::{Aktor, Avklaring, Elevlinje, Elevliste, Linjeavtrykk, Rolle};
use felles::{id, nokkel};
use hendelse::Tenantnokkel;
use hovedbok::{linje, liste, merknad};
use liste::kvittering::*;
use proptest::prelude::*;
use serde_json::Value;
use sha2::{Digest, Sha256};

const OFFENTLIG: &str = include_str!("kvittering/offentlig.pem");
const PRIVAT: &str = include_str!("kvittering/privat.pem");

fn signerer() -> Signerer {
    let utsteder = Utsteder {
        navn: "Bergen kommune".into(),
        organisasjonsnummer: "964338531".parse().unwrap(),
        leverandor: Some("312701103".parse().unwrap()),
    };
    Signerer::fra_pem(PRIVAT, utsteder).unwrap()
}

fn ring() -> Nokkelring {
    let mut ring = Nokkelring::default();
    assert_eq!(ring.legg_til(OFFENTLIG), Ok(1));
    ring
}

fn skolen() -> Elevliste {
    let mut linjer = vec![linje("Ærlig", "10A", &[]), linje("Runa", "10B", &[]), linje("Đuoddar", "10B", &[])];
    linjer[1].mellomnavn = Some("\"Ø\"\n".into());
    liste(linjer)
}

fn avtrykk(linjer: &[Elevlinje]) -> Vec<Linjeavtrykk> {
    linjer.iter().map(|l| liste::avtrykk(l, &nokkel())).collect()
}

fn segl(liste: &Elevliste) -> String {
    liste::segl(liste, &avtrykk(&liste.linjer))
}

fn en_elev(bevis: &str, linjer: &[Elevlinje], nokkel: &Tenantnokkel, navn: &str) -> Result<String, Elevbevisfeil> {
    for_elev(bevis, (linjer, &avtrykk(linjer)), nokkel, id("elev", navn))
}

fn bevis(liste: &Elevliste) -> String {
    let (segl, avtrykk, nokkel) = (segl(liste), avtrykk(&liste.linjer), nokkel());
    let rektor = Aktor::med_rolle("rektor@fjellsiden", Rolle::Skole);
    let merknader = [merknad(2, "MISSING_NAME", false)];
    let grunnlag = Grunnlag {
        liste,
        linjer: &liste.linjer,
        avtrykk: &avtrykk,
        segl: &segl,
        nokkel: &nokkel,
        mottaker: "vigo",
        oppdatering: false,
        godkjent_av: &rektor,
        svar: Svar { kvittering: Some("0b5f7a1e-52cf-4a0e-9d4b-2f6f6c1a7a11"), merknader: &merknader, avklart: None },
        tidspunkt: "2026-11-09T09:42:07.5Z".parse().unwrap(),
    };
    utsted(&grunnlag, &signerer()).unwrap()
}

fn elevbevis(liste: &Elevliste, navn: &str) -> String {
    en_elev(&bevis(liste), &liste.linjer, &nokkel(), navn).unwrap()
}

/// The files that a county may have in a drawer: they must be readable, and written the same, for ever.
#[test]
fn receipts_are_what_they_were_letter_by_letter() {
    let skolen = skolen();
    assert_eq!(bevis(&skolen) + "\n", include_str!("kvittering/liste.json"));
    assert_eq!(elevbevis(&skolen, "Runa") + "\n", include_str!("kvittering/elev.json"));
}

#[test]
fn a_receipt_proves_what_was_delivered() {
    let skolen = skolen();
    let Verifisert::Liste(liste) = ring().verifiser(bevis(&skolen).as_bytes()).unwrap() else { panic!("a list") };
    assert_eq!((liste.antall, liste.liste.clone(), liste.kid()), (3, skolen.nokkel.clone(), signerer().kid()));
    assert_eq!((liste.svar.utfall, liste.svar.merknader), (Utfallsord::MottattMedAdvarsler, 1));
    for linje in &skolen.linjer {
        let fil = elevbevis(&skolen, linje.fornavn.vis()) + "\n";
        let Verifisert::Elev(elev) = ring().verifiser(fil.as_bytes()).unwrap() else { panic!("a pupil") };
        assert_eq!(elev.elev, Elev::from(linje));
        assert_eq!(elev.liste, liste);
    }
}

/// Every byte, every bit of it, and some other bytes in its place.
#[test]
fn one_changed_byte_anywhere_proves_nothing() {
    let (skolen, ring) = (skolen(), ring());
    for fil in [bevis(&skolen) + "\n", elevbevis(&skolen, "Runa") + "\n"] {
        ring.verifiser(fil.as_bytes()).unwrap();
        let mut bytes = fil.into_bytes();
        for plass in 0..bytes.len() {
            let riktig = bytes[plass];
            let bits = (0..8).map(|bit| riktig ^ 1 << bit);
            for feil in bits.chain([0, b' ', b'\n', b'"', 0xff, riktig.wrapping_add(1)]).filter(|b| *b != riktig) {
                bytes[plass] = feil;
                assert!(ring.verifiser(&bytes).is_err(), "byte {plass}: {riktig} became {feil}");
            }
            bytes[plass] = riktig;
        }
    }
}

#[test]
fn one_byte_more_or_less_proves_nothing() {
    let (skolen, ring) = (skolen(), ring());
    for fil in [bevis(&skolen), elevbevis(&skolen, "Runa")] {
        let bytes = fil.as_bytes();
        for plass in 0..bytes.len() {
            let (foran, bak) = bytes.split_at(plass);
            assert!(ring.verifiser(&[foran, &bak[1..]].concat()).is_err(), "without byte {plass}");
            for ny in [b" ", b"\n", b"\t", b"0", b"\""] {
                assert!(ring.verifiser(&[foran, ny, bak].concat()).is_err(), "{ny:?} before byte {plass}");
            }
        }
        assert!(ring.verifiser(&[bytes, b"\n"].concat()).is_ok());
        for hale in ["\n\n", "\r\n", " ", "{}"] {
            assert!(ring.verifiser(&[bytes, hale.as_bytes()].concat()).is_err(), "{hale:?}");
        }
    }
}

/// Whoever does not have the key cannot join true parts to something false.
#[test]
fn parts_of_true_receipts_make_no_false_one() {
    let (skolen, ring) = (skolen(), ring());
    let les = |fil: String| -> Value { serde_json::from_str(&fil).unwrap() };
    let sjekk = |fil: &Value| ring.verifiser(&serde_json_canonicalizer::to_vec(fil).unwrap()).map(drop);
    let (runa, duoddar) = (les(elevbevis(&skolen, "Runa")), les(elevbevis(&skolen, "Đuoddar")));
    assert_eq!(sjekk(&runa), Ok(()));
    for felt in ["bevis", "elev", "linje", "salt"] {
        let mut blandet = runa.clone();
        blandet[felt] = duoddar[felt].clone();
        assert_eq!(sjekk(&blandet), Err(Bevisfeil::Elev), "{felt}");
    }
    let mut annen = skolen.clone();
    annen.linjer.pop();
    let mut blandet = runa.clone();
    blandet["liste"] = les(bevis(&annen));
    assert_eq!(sjekk(&blandet), Err(Bevisfeil::Elev));
    for linje in [0, 1, 3, 4, u32::MAX] {
        let mut blandet = runa.clone();
        blandet["linje"] = linje.into();
        assert_eq!(sjekk(&blandet), Err(Bevisfeil::Elev), "line {linje}");
    }
    for (felt, verdi) in [("antall", 2.into()), ("segl", "a".into()), ("oppdatering", true.into())] {
        let mut falsk = les(bevis(&skolen));
        falsk[felt] = verdi;
        assert_eq!(sjekk(&falsk), Err(Bevisfeil::Signatur), "{felt}");
    }
    let mut versjon = les(bevis(&skolen));
    versjon["versjon"] = 2.into();
    assert_eq!(sjekk(&versjon), Err(Bevisfeil::Versjon(2)));
    let mut indre = runa.clone();
    indre["liste"]["versjon"] = 2.into();
    assert_eq!(sjekk(&indre), Err(Bevisfeil::Versjon(2)));
    for slag in ["mellomlag-elevkvittering", "noe annet"] {
        let mut falsk = les(bevis(&skolen));
        falsk["slag"] = slag.into();
        assert_eq!(sjekk(&falsk), Err(Bevisfeil::Ukjent), "{slag}");
    }
    let mut ekstra = les(bevis(&skolen));
    ekstra["merknad"] = "".into();
    assert_eq!(sjekk(&ekstra), Err(Bevisfeil::Ukjent));
    let mut usignert = les(bevis(&skolen));
    usignert.as_object_mut().unwrap().remove("signatur");
    assert_eq!(sjekk(&usignert), Err(Bevisfeil::Ukjent));
    let pen = serde_json::to_string_pretty(&les(bevis(&skolen))).unwrap();
    assert_eq!(ring.verifiser(pen.as_bytes()).map(drop), Err(Bevisfeil::IkkeKanonisk));
    assert_eq!(ring.verifiser(&vec![b' '; 1 << 20]).map(drop), Err(Bevisfeil::ForStor));
}

/// The tree as the RFC has it, written once more, and the salts.
#[test]
fn the_root_is_that_of_rfc_6962() {
    fn rot(blader: &[Vec<u8>]) -> Vec<u8> {
        match blader {
            [blad] => Sha256::digest([&[0], blad.as_slice()].concat()).to_vec(),
            _ => {
                let (venstre, hoyre) = blader.split_at(blader.len().next_power_of_two() / 2);
                Sha256::digest([vec![1], rot(venstre), rot(hoyre)].concat()).to_vec()
            }
        }
    }
    for antall in [1_usize, 2, 3, 4, 7, 8, 9, 112] {
        let navn: Vec<String> = (0..antall).map(|nr| format!("Elev{nr}")).collect();
        let skolen = liste(navn.iter().map(|n| linje(n, "10A", &[])).collect());
        let bevis: Value = serde_json::from_str(&bevis(&skolen)).unwrap();
        let blad = |linje: &Elevlinje| {
            let salt = nokkel().k(&["kvitteringssalt", &segl(&skolen), &linje.elev.to_string()]);
            let Elevlinje { identitetsnummer, fornavn, etternavn, .. } = linje;
            let (nummer, fornavn, etternavn) =
                (identitetsnummer.as_ref().unwrap().vis(), fornavn.vis(), etternavn.vis());
            let elev = format!(
                r#"{{"etternavn":"{etternavn}","fornavn":"{fornavn}","identitetsnummer":"{nummer}","klasse":"10A"}}"#
            );
            format!(r#"{{"elev":{elev},"salt":"{salt}"}}"#).into_bytes()
        };
        let ventet = rot(&skolen.linjer.iter().map(blad).collect::<Vec<_>>());
        let ventet: String = ventet.iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(bevis["rot"], ventet.as_str(), "{antall}");
        for navn in &navn {
            assert!(ring().verifiser(elevbevis(&skolen, navn).as_bytes()).is_ok());
        }
    }
}

#[test]
fn only_what_was_sealed_gets_a_receipt() {
    let skolen = skolen();
    let (nokkel, rektor, segl) = (nokkel(), Aktor::policy("automatisk"), segl(&skolen));
    let avtrykk = avtrykk(&skolen.linjer);
    let grunnlag = Grunnlag {
        liste: &skolen,
        linjer: &skolen.linjer,
        avtrykk: &avtrykk,
        segl: &segl,
        nokkel: &nokkel,
        mottaker: "vigo",
        oppdatering: true,
        godkjent_av: &rektor,
        svar: Svar { kvittering: None, merknader: &[], avklart: Some(Avklaring::Tilbakelest) },
        tidspunkt: "2026-11-09T09:42:07Z".parse().unwrap(),
    };
    let fil = utsted(&grunnlag, &signerer()).unwrap();
    assert!(ring().verifiser(fil.as_bytes()).is_ok());
    for felt in [r#""avklart":"tilbakelest""#, r#""oppdatering":true"#, r#""utfall":"mottatt""#] {
        assert!(fil.contains(felt), "{felt}");
    }
    let utsted = |g: Grunnlag<'_>| utsted(&g, &signerer()).unwrap_err();
    assert_eq!(utsted(Grunnlag { linjer: &skolen.linjer[1..], ..grunnlag }), Utstedelsesfeil::AnnetSegl);
    assert_eq!(utsted(Grunnlag { segl: "annet", ..grunnlag }), Utstedelsesfeil::AnnetSegl);
    assert_eq!(utsted(Grunnlag { avtrykk: &avtrykk[1..], ..grunnlag }), Utstedelsesfeil::AnnetSegl);
    assert_eq!(utsted(Grunnlag { linjer: &[], avtrykk: &[], ..grunnlag }), Utstedelsesfeil::Tom);
}

/// An update that leaves one pupil as the receiver had him.
#[test]
fn whoever_is_left_as_he_was_is_counted_and_hidden() {
    let skolen = skolen();
    let (sendes, alle) = (&skolen.linjer[..2], avtrykk(&skolen.linjer));
    let (nokkel, rektor, segl) = (nokkel(), Aktor::person("rektor"), segl(&skolen));
    let grunnlag = Grunnlag {
        liste: &skolen,
        linjer: sendes,
        avtrykk: &alle,
        segl: &segl,
        nokkel: &nokkel,
        mottaker: "vigo",
        oppdatering: true,
        godkjent_av: &rektor,
        svar: Svar { kvittering: None, merknader: &[], avklart: None },
        tidspunkt: "2026-11-09T09:42:07Z".parse().unwrap(),
    };
    let bevis = utsted(&grunnlag, &signerer()).unwrap();
    assert_eq!(ring().verifiser(bevis.as_bytes()).unwrap().liste().antall, 3);
    let elev = |navn| for_elev(&bevis, (sendes, &alle), &nokkel, id("elev", navn));
    for navn in ["Ærlig", "Runa"] {
        assert!(ring().verifiser(elev(navn).unwrap().as_bytes()).is_ok());
    }
    assert_eq!(elev("Đuoddar"), Err(Elevbevisfeil::Uendret));
    assert_eq!(elev("Ola"), Err(Elevbevisfeil::IkkePaListen));
}

#[test]
fn a_pupil_receipt_is_only_made_from_what_was_sent() {
    let (skolen, bevis) = (skolen(), bevis(&skolen()));
    let mut rettet = skolen.linjer.clone();
    rettet[0].klasse = Some("10C".into());
    assert_eq!(en_elev(&bevis, &rettet, &nokkel(), "Runa"), Err(Elevbevisfeil::AndreLinjer));
    let annen_nokkel = Tenantnokkel::fra_hex(&"0c".repeat(32)).unwrap();
    assert_eq!(en_elev(&bevis, &skolen.linjer, &annen_nokkel, "Runa"), Err(Elevbevisfeil::AndreLinjer));
    assert_eq!(en_elev(&bevis, &skolen.linjer, &nokkel(), "Ola"), Err(Elevbevisfeil::IkkePaListen));
    assert_eq!(en_elev("{}", &skolen.linjer, &nokkel(), "Runa"), Err(Elevbevisfeil::Bevis(Bevisfeil::Ukjent)));
}

#[test]
fn a_receipt_tells_no_more_than_it_must() {
    let skolen = skolen();
    let hemmelig = ["Ærlig", "Đuoddar", "Eksempel", "14851170031"];
    let avtrykk: Vec<String> = avtrykk(&skolen.linjer).into_iter().map(|a| a.avtrykk).collect();
    let (liste, runa) = (bevis(&skolen), elevbevis(&skolen, "Runa"));
    for ord in hemmelig.into_iter().chain(avtrykk.iter().map(String::as_str)).chain(["Runa"]) {
        assert!(!liste.contains(ord), "{ord}");
    }
    assert!(!runa.contains("Ærlig") && !runa.contains("Đuoddar"));
    let lest = format!("{:?}", ring().verifiser(runa.as_bytes()).unwrap());
    assert!(lest.contains("***"));
    for ord in hemmelig.into_iter().chain(["Runa"]) {
        assert!(!lest.contains(ord), "{ord}");
    }
    let signerer = signerer();
    let nokkel = format!("{signerer:?} {:?}", Signerer::fra_pem("tull", utsteder()).unwrap_err());
    assert!(nokkel.contains("***") && !PRIVAT.lines().any(|linje| nokkel.contains(linje)));
}

fn utsteder() -> Utsteder {
    Utsteder { navn: "X".into(), organisasjonsnummer: "964338531".parse().unwrap(), leverandor: None }
}

#[test]
fn keys_are_read_as_people_have_them() {
    let ny = Nokkelpar::fra(&[7; 32]);
    let signerer = Signerer::fra_pem(&ny.privat, utsteder()).unwrap();
    assert_eq!((signerer.kid(), signerer.offentlig_pem()), (ny.kid.clone(), ny.offentlig.clone()));

    let mut begge = Nokkelring::default();
    assert_eq!(begge.legg_til(&format!("Bergen\r\n{OFFENTLIG}\nVoss\n{}", ny.offentlig)), Ok(2));
    let json = serde_json::json!({ ny.kid.clone(): ny.offentlig, self::signerer().kid(): OFFENTLIG }).to_string();
    assert_eq!(begge.legg_til(&json), Ok(2));
    assert!(begge.verifiser(bevis(&skolen()).as_bytes()).is_ok());

    let mut feil = Nokkelring::default();
    let bytt = serde_json::json!({ ny.kid: OFFENTLIG }).to_string();
    let svak = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n-----END PUBLIC KEY-----\n";
    for (fil, hva) in [
        ("", Nokkelfeil::IkkeOffentlig),
        ("{}", Nokkelfeil::IkkeOffentlig),
        (PRIVAT, Nokkelfeil::Privat),
        (&bytt, Nokkelfeil::FeilKid),
        (svak, Nokkelfeil::Svak),
    ] {
        assert_eq!(feil.legg_til(fil), Err(hva), "{fil}");
    }
    assert_eq!(feil.legg_til(&ny.offentlig), Ok(1));
    let ukjent = feil.verifiser(bevis(&skolen()).as_bytes()).unwrap_err();
    assert_eq!(ukjent, Bevisfeil::UkjentNokkel { kid: self::signerer().kid() });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever names hold, a receipt reads back; and no random change of several bytes survives.
    #[test]
    fn any_list_has_receipts_that_only_themselves_prove(
        navn in prop::collection::vec("\\PC{0,12}", 1..20),
        hvem in any::<prop::sample::Index>(),
        endringer in prop::collection::vec((any::<prop::sample::Index>(), 1_u8..), 1..4),
    ) {
        let linjer = navn.iter().enumerate().map(|(nr, navn)| Elevlinje {
            fornavn: navn.as_str().into(),
            ..linje(&nr.to_string(), "10A", &[])
        });
        let skolen = liste(linjer.collect());
        let fil = elevbevis(&skolen, &hvem.index(navn.len()).to_string());
        let ring = ring();
        prop_assert!(ring.verifiser(fil.as_bytes()).is_ok());
        let mut bytes = fil.clone().into_bytes();
        for (plass, med) in &endringer {
            let plass = plass.index(bytes.len());
            bytes[plass] ^= med;
        }
        prop_assert!(bytes == fil.as_bytes() || ring.verifiser(&bytes).is_err());
    }

    #[test]
    fn any_bytes_are_refused_calmly(bytes in prop::collection::vec(any::<u8>(), 0..200), navn in "\\PC{0,60}") {
        prop_assert!(ring().verifiser(&bytes).is_err());
        prop_assert!(Nokkelring::default().legg_til(&navn).is_err());
    }
}
