//! Rows, good and bad, out of whole files.

use super::*;
use proptest::prelude::*;

fn les(tekst: &str) -> Vec<(u64, Result<Vec<String>, &'static str>)> {
    let mut finner = Tegnsettfinner::default();
    finner.se(tekst.as_bytes());
    let grenser = Grenser::default();
    let tabell = Tabell::apne(Fil::Manifest, tekst.as_bytes(), finner.svar(), &grenser).unwrap();
    let Some(mut tabell) = tabell else { return Vec::new() };
    let mut ut = Vec::new();
    while let Some(rad) = tabell.neste().unwrap() {
        ut.push((rad.nummer, rad.felter.map_err(|(kode, _)| kode.as_str())));
    }
    ut
}

fn rad(nummer: u64, navn: &str, verdi: &str) -> (u64, Result<Vec<String>, &'static str>) {
    (nummer, Ok(vec![navn.to_owned(), verdi.to_owned()]))
}

#[test]
fn rows_have_the_numbers_that_a_spreadsheet_shows() {
    let ventet = vec![rad(2, "a", "1"), rad(4, "b", "to\nlinjer"), rad(5, "c", "3")];
    assert_eq!(les("propertyName,value\na,1\n\nb,\"to\nlinjer\"\nc,3\n"), ventet);
    assert_eq!(les("sep=;\r\npropertyName;value\r\na;1\r\n;;;\r\nb;\"to\r\nlinjer\"\r\nc;3;;\r\n"), ventet);
}

#[test]
fn a_bad_row_takes_no_other_with_it() {
    let tekst = format!("propertyName,value\na,\"1\nb,2\nc\nd,4,5\ne,5\nf,\0\ng,{}\nh,8\ni,\"9", "x".repeat(9000));
    let ventet = vec![
        (2, Err("unclosed-quote")),
        rad(3, "b", "2"),
        (4, Err("too-few-fields")),
        (5, Err("too-many-fields")),
        rad(6, "e", "5"),
        (7, Err("nul-byte")),
        (8, Err("field-too-long")),
        rad(9, "h", "8"),
        (10, Err("unclosed-quote")),
    ];
    assert_eq!(les(&tekst), ventet);
}

#[test]
fn two_stray_quotes_do_not_swallow_what_stands_between() {
    let lest = les("propertyName,value\na,\"1\nb,2\nc,3\nd,\"4\ne,5\n");
    assert_eq!(
        lest,
        [(2, Err("unclosed-quote")), rad(3, "b", "2"), rad(4, "c", "3"), (5, Err("unclosed-quote")), rad(6, "e", "5")]
    );
}

proptest! {
    #[test]
    fn never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = les(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn every_good_row_comes_out_whatever_stands_around_it(
        rader in proptest::collection::vec(
            prop_oneof![
                "[a-zæøå]{1,8},[0-9]{1,8}".prop_map(|rad| (true, rad)),
                prop_oneof!["[a-z]{1,5}", "[a-z]{1,5},[a-z]{0,3},[a-z]{1,3}", "x,\0", "[a-z]{1,3},\"[a-z]{0,4}"].prop_map(|rad| (false, rad)),
            ],
            1..40,
        )
    ) {
        let tekst = rader.iter().fold("propertyName,value\n".to_owned(), |alt, (_, rad)| alt + rad + "\n");
        let gode = rader.iter().filter(|(god, _)| *god).filter_map(|(_, rad)| rad.split_once(','));
        // Two bad rows may meet and look like one good row: nothing in the file says otherwise.
        let lest: Vec<_> = les(&tekst).into_iter().filter_map(|(_, felter)| felter.ok()).collect();
        for (navn, verdi) in gode {
            prop_assert!(lest.contains(&vec![navn.to_owned(), verdi.to_owned()]), "{} in {:?}", navn, lest);
        }
    }
}
