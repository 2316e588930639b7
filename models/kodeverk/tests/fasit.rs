//! Comparison with the tables of the shared fact collection, where that lies beside the project.

use std::collections::BTreeSet;
use std::path::Path;

/// Two columns of a shared table as a set of rows, or `None` with a message where the table is absent.
fn rader(fil: &str, kolonner: [&str; 2]) -> Option<BTreeSet<[String; 2]>> {
    let sti = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(fil);
    let Ok(tekst) = std::fs::read_to_string(sti) else {
        eprintln!("skipped: no shared fact collection beside the project ({fil})");
        return None;
    };
    let mut leser = csv::Reader::from_reader(tekst.as_bytes());
    let hode = leser.headers().expect("the table has a header").clone();
    let plasser = kolonner.map(|navn| hode.iter().position(|k| k == navn).expect("the table has the column"));
    let rader: BTreeSet<_> = leser
        .records()
        .map(|rad| rad.expect("the table is whole"))
        .map(|rad| plasser.map(|plass| rad[plass].to_owned()))
        .collect();
    assert!(!rader.is_empty(), "{fil} is empty");
    Some(rader)
}

#[test]
fn counties_are_those_of_the_collection() {
    let Some(ventet) = rader("fylker.csv", ["fylkesnummer", "navn_alle_sprak"]) else { return };
    let vare = kodeverk::fylker().iter().map(|f| [f.nummer.to_string(), f.navneformer.join(" - ")]).collect();
    assert_eq!(ventet, vare);
}

#[test]
fn municipalities_are_those_of_the_collection() {
    let Some(ventet) = rader("kommuner.csv", ["kommunenummer", "navn_alle_sprak"]) else { return };
    let vare = kodeverk::kommuner().iter().map(|k| [k.nummer.to_string(), k.navn.to_owned()]).collect();
    assert_eq!(ventet, vare);
}

#[test]
fn schools_are_those_of_the_collection() {
    let Some(ventet) = rader("vigo_skolenummer_utvalg.csv", ["vigo_skolenummer", "organisasjonsnummer"]) else {
        return;
    };
    let vare =
        kodeverk::vigoskoler().iter().map(|s| [s.nummer.to_string(), s.organisasjonsnummer.to_string()]).collect();
    assert_eq!(ventet, vare);
}
