//! Every kind of number, with its reason, rule, year and verdicts: `fixtures/numre.csv`, and any text at all.

use identitet::{Art, Identitetsnummer, Politikk, Regime, klassifiser};
use proptest::prelude::*;
use std::collections::HashSet;

const FIL: &str = include_str!("../fixtures/numre.csv");
const POLITIKKER: [(&str, Politikk); 5] = [
    ("produksjon", Politikk::Produksjon),
    ("test", Politikk::Test),
    ("kun_syntetisk", Politikk::KunSyntetisk),
    ("vigoskole", Politikk::Vigoskole),
    ("vigoskole_syntetisk", Politikk::VigoskoleSyntetisk),
];

fn saker() -> Vec<csv::StringRecord> {
    let mut leser = csv::ReaderBuilder::new().delimiter(b';').from_reader(FIL.as_bytes());
    let kolonner: Vec<_> = leser.headers().expect("the fixture has a header").iter().map(str::to_owned).collect();
    let ventet = ["hva", "nummer", "art", "grunn", "regime", "fodselsaar"].into_iter();
    assert!(kolonner.iter().map(String::as_str).eq(ventet.chain(POLITIKKER.map(|(navn, _)| navn))));
    leser.records().collect::<Result<_, _>>().expect("the fixture has as many fields in every row")
}

#[test]
fn every_case_comes_out_as_written() {
    for sak in saker() {
        let (hva, nummer) = (&sak[0], &sak[1]);
        let klasse = klassifiser(nummer);
        assert_eq!(klasse.art().as_str(), &sak[2], "{hva} ({nummer}): art");
        assert_eq!(klasse.ugyldig().map_or("", |grunn| grunn.as_str()), &sak[3], "{hva} ({nummer}): grunn");
        assert_eq!(klasse.regime().map_or("", Regime::as_str), &sak[4], "{hva} ({nummer}): regime");
        assert_eq!(klasse.fodselsaar().map_or_else(String::new, |ar| ar.to_string()), &sak[5], "{hva} ({nummer}): år");
        let (dnr, vigoskole) = (&sak[2] == "dnr", &sak[9]);
        assert_eq!(klasse.ligner_fiktivt(), dnr && vigoskole == "warn", "{hva} ({nummer}): ligner fiktivt");
        for (plass, (navn, politikk)) in POLITIKKER.iter().enumerate() {
            assert_eq!(politikk.vurder(&klasse).as_str(), &sak[6 + plass], "{hva} ({nummer}): {navn}");
        }
    }
}

#[test]
fn the_cases_cover_every_kind_and_the_policies_are_all_there() {
    let arter: HashSet<_> = saker().iter().map(|sak| sak[2].to_owned()).collect();
    for art in Art::GYLDIGE {
        assert!(arter.contains(art.as_str()), "{art} has no case");
    }
    assert!(arter.contains("invalid"));
    assert_eq!(POLITIKKER.map(|(_, politikk)| politikk), Politikk::ALLE);
}

#[test]
fn one_wrong_digit_never_gives_the_same_kind_by_the_rule_of_1964() {
    for sak in saker().iter().filter(|sak| &sak[4] == "1964" && &sak[2] != "invalid") {
        for (plass, nytt) in (0..11).flat_map(|plass| (b'0'..=b'9').map(move |nytt| (plass, nytt))) {
            let mut sifre = sak[1].as_bytes().to_vec();
            if sifre[plass] == nytt {
                continue;
            }
            sifre[plass] = nytt;
            let klasse = klassifiser(std::str::from_utf8(&sifre).unwrap());
            assert_ne!(klasse.regime(), Some(Regime::R1964), "{}: digit {plass}", &sak[1]);
        }
    }
}

/// Everything about a number that can be printed.
fn alt_som_skrives(verdi: &str) -> String {
    let klasse = klassifiser(verdi);
    let lest = verdi.parse::<Identitetsnummer>();
    let mut tekst = format!("{klasse:?} {klasse:#?} {} {lest:?} {lest:#?}", klasse.art());
    match &lest {
        Ok(nummer) => tekst += &format!(" {nummer} {:?} {}", nummer.verdi(), nummer.verdi()),
        Err(feil) => tekst += &format!(" {feil} {feil:?}"),
    }
    for politikk in Politikk::ALLE {
        let dom = politikk.vurder(&klasse);
        tekst += &format!(" {dom} {dom:?}");
        if let Some(grunn) = dom.grunn() {
            tekst += &format!(" {grunn} {grunn:?} {}", grunn.kode());
        }
    }
    tekst
}

/// Runs of digits in what is printed must be words of the messages (`11`, `R1964`), never a part of the number.
fn sifferrekker(tekst: &str) -> impl Iterator<Item = &str> {
    tekst.split(|c: char| !c.is_ascii_digit()).filter(|rekke| !rekke.is_empty())
}

const KJENTE_TALL: [&str; 7] = ["11", "10", "0", "9", "1964", "2032", "65"];

#[test]
fn nothing_that_is_printed_holds_the_number_or_its_year() {
    for sak in saker() {
        let tekst = alt_som_skrives(&sak[1]);
        for rekke in sifferrekker(&tekst) {
            assert!(KJENTE_TALL.contains(&rekke), "{}: {rekke} is printed", &sak[0]);
        }
    }
}

proptest! {
    #[test]
    fn any_text_has_one_answer_and_is_not_repeated(tekst in "\\PC*|[0-9]{9,13}|[ -~]{11}|[0-9 \u{a0}\u{200b}*]{11,14}") {
        let klasse = klassifiser(&tekst);
        prop_assert_eq!(klasse, klassifiser(&tekst));
        prop_assert_eq!(klasse.ugyldig().is_some(), tekst.parse::<Identitetsnummer>().is_err());
        for rekke in sifferrekker(&alt_som_skrives(&tekst)) {
            prop_assert!(KJENTE_TALL.contains(&rekke), "{} is printed", rekke);
        }
    }

    #[test]
    fn any_eleven_digits_are_of_one_kind_and_no_policy_takes_what_is_invalid(tekst in "[0-7][0-9][0-9][0-9]{8}") {
        let klasse = klassifiser(&tekst);
        let navn = klasse.art().as_str();
        prop_assert!(navn == "invalid" || navn.parse() == Ok(klasse.art()));
        if klasse.ugyldig().is_some() {
            prop_assert!(Politikk::ALLE.iter().all(|politikk| !politikk.vurder(&klasse).er_godtatt()));
        }
        let test = Politikk::Test.vurder(&klasse).er_godtatt();
        let syntetisk = Politikk::KunSyntetisk.vurder(&klasse).er_godtatt();
        let produksjon = Politikk::Produksjon.vurder(&klasse).er_godtatt();
        prop_assert_eq!(test, syntetisk || produksjon);
        prop_assert!(!(syntetisk && produksjon));
    }
}
