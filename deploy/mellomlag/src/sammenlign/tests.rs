//! What a secretary sees, of made-up people.
#![allow(clippy::unwrap_used, reason = "all of it is a test")]

use super::*;
use crate::kommandoer::{Kommando, Kommandolinje};
use clap::Parser as _;
use elevliste::{Aktor, Egenskaper, Handling, Innsendingspost, Skolereferanse};
use hendelse::Tenantnokkel;
use identitet::Politikk;
use jiff::Timestamp;
use liste::Omstendigheter;
use uuid::Uuid;

const LISTEN: &str = "46.46503.2026-2027.1";

fn valg(flere: &[&str]) -> Sammenligningsvalg {
    let fast = ["mellomlag", "compare", "--config", ".", "--vigo-file", "fil.txt", LISTEN];
    match Kommandolinje::try_parse_from(fast.iter().chain(flere)).unwrap().kommando {
        Kommando::Compare(valg) => valg,
        annet => panic!("{annet:?}"),
    }
}

fn linje(nr: u128, klasse: &str, nummer: &str, fornavn: &str) -> Elevlinje {
    Elevlinje {
        elev: Uuid::from_u128(nr),
        klasse: Some(klasse.into()),
        identitetsnummer: Some(nummer.into()),
        fornavn: fornavn.into(),
        mellomnavn: None,
        etternavn: "Syntetisk".into(),
        avvik: vec![],
        opphav: None,
    }
}

fn listen() -> Elevliste {
    Elevliste {
        nokkel: LISTEN.parse().unwrap(),
        skole: Skolereferanse {
            organisasjonsnummer: Some("974738473".into()),
            skolenr: "46503".into(),
            navn: "Fjellsiden ungdomsskole".into(),
            kommunenr: None,
        },
        tenant: "bergen".into(),
        linjer: vec![
            linje(1, "10A", "05911099839", "Ærlig"),
            linje(2, "10A", "17851099980", "Runa"),
            linje(3, "10B", "14851170031", "Ola"),
        ],
        avvik: vec![],
        skjermede: vec![Uuid::from_u128(9)],
    }
}

fn bildet(liste: &Elevliste, holdt: &[u128]) -> Listebilde {
    let mut poster: Vec<Innsendingspost> = vec![];
    for nr in holdt {
        let handling = Handling::HoldtTilbake { elev: Uuid::from_u128(*nr), grunn: "flytter".into() };
        poster.push(Innsendingspost::etter(poster.last(), Timestamp::UNIX_EPOCH, Aktor::person("kari"), handling));
    }
    let rundt = Omstendigheter {
        na: Timestamp::UNIX_EPOCH,
        endret: Timestamp::UNIX_EPOCH,
        runde: None,
        runde_endret: None,
        mottaker: Egenskaper::default(),
        politikk: Politikk::VigoskoleSyntetisk,
        regler: liste::Mottakerregler::VIGO,
    };
    liste::bilde(liste, &poster, &Tenantnokkel::fra_hex(&"0b".repeat(32)).unwrap(), &rundt)
}

const LIK: &str = "TOF;1.3.8.0;20261109;Vigilo;46;46503;;\n$AV;46503;10A;05911099839;Ærlig Syntetisk;\n\
    $AV;46503;10A;17851099980;Runa Syntetisk;\n$AV;46503;10B;14851170031;Ola Syntetisk;\nEOF;4;\n";

#[test]
fn equal_is_said_in_one_line() {
    let liste = listen();
    let bilde = bildet(&liste, &[]);
    for fil in [LIK.as_bytes().to_vec(), LIK.chars().map(|c| u8::try_from(c).unwrap()).collect()] {
        let funn = finn(&fil, &liste, &bilde, &valg(&[]));
        assert!(funn.er_like());
        assert!(visning::tekst(&funn).contains("\nAlle 3 elever er like i filen og på listen.\n"));
    }
    let feil_tegn = finn(LIK.as_bytes(), &liste, &bilde, &valg(&["--encoding", "iso-8859-1"]));
    assert!(!feil_tegn.er_like(), "Ã†rlig is not Ærlig");
    let etternavn = finn(LIK.as_bytes(), &liste, &bilde, &valg(&["--navn", "etternavn"]));
    assert!(etternavn.er_like() && visning::tekst(&etternavn).contains("Navn i annen rekkefølge: 3 elever."));
    let elever = finn(LIK.as_bytes(), &liste, &bilde, &valg(&["--eof", "elever"]));
    assert!(elever.er_like() && visning::tekst(&elever).contains("linje 5: antall stemmer ikke"));
}

#[test]
fn every_difference_is_said_and_nobody_is_named() {
    let liste = listen();
    let bilde = bildet(&liste, &[3]);
    let fil = LIK
        .replace("10A;05911099839", "10C;05911099839")
        .replace("$AV;46503;10A;17851099980;Runa Syntetisk;\n", "$AV;46503;10A;27851099911;Kari Syntetisk;\n")
        .replace("EOF;4;", "$AV;46503;;14851170031;Ola Syntetisk;\nEOF;4;");
    let funn = finn(fil.as_bytes(), &liste, &bilde, &valg(&[]));
    let (tekst, json) = (visning::tekst(&funn), visning::json(&funn));
    for ord in [
        "Fjellsiden ungdomsskole, liste 46.46503.2026-2027.1",
        "0 av 4 elever er like i filen og på listen.",
        "Bare i filen: 1 elev. De sendes ikke herfra.",
        "adressebeskyttelse",
        "  linje 3\n",
        "I filen, men tatt ut her: 1 elev.",
        "linje 4 = 00000000-0000-0000-0000-000000000003",
        "Bare på listen: 1 elev.",
        "  00000000-0000-0000-0000-000000000002\n",
        "Ulik klasse: 1 elev.",
        "linje 2 = 00000000-0000-0000-0000-000000000001",
        "Samme nummer to ganger i filen: 1 elev.",
        "linje 5: klasse mangler",
        "linje 5: fødselsnummer står på linje 4 også",
        "linje 6: antall stemmer ikke; etter regelen som er valgt, skal tallet være 5",
    ] {
        assert!(tekst.contains(ord), "{ord} is not in\n{tekst}");
    }
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["sammenligning"]["kun_i_fil"], serde_json::json!([3]));
    assert_eq!(
        json["problemer"][1],
        serde_json::json!({"linje": 5, "felt": "nummer", "hva": {"dobbelt": {"linje": 4}}})
    );
    for ord in ["0591", "1785", "2785", "1485", "Ærlig", "Runa", "Kari", "Ola", "Syntetisk"] {
        assert!(!tekst.contains(ord) && !json.to_string().contains(ord), "{ord}");
    }
}

#[test]
fn a_foreign_file_is_seen() {
    let liste = listen();
    let bilde = bildet(&liste, &[]);
    let fremmed = finn(LIK.replace("46503", "46505").as_bytes(), &liste, &bilde, &valg(&[]));
    assert!(!fremmed.er_like() && visning::tekst(&fremmed).contains("er en annen skole enn listen gjelder"));
    let tom = finn(b"", &liste, &bilde, &valg(&[]));
    assert!(!tom.er_like() && visning::tekst(&tom).contains("Det er ikke lest noen elever i filen."));
}
