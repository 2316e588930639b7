//! Configurations of sources, the register and the API: what `check` says of wrong ones, and that the examples are right.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop here")]

mod felles;
#[path = "../src/prover/pakke.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod pakke;

use felles::{mellomlag, tekst};
use serde_json::Value;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const HOVED: &str = "[nats]\nurl = \"nats://127.0.0.1:1\"\n[[tenant]]\nnavn = \"voss\"\nnokkelfil = \"voss.nokkel\"\n";
const FREG: &str = "profil = \"skatteetaten\"\nmodus = \"test\"\nbase_url = \"http://127.0.0.1:1/\"\n\
                    pakke = \"offentlig_med_hjemmel\"\nmaskinporten = \"freg\"\n";

fn mappe(filer: &[(&str, &str)]) -> TempDir {
    let mappe = tempfile::tempdir().unwrap();
    std::fs::write(mappe.path().join("voss.nokkel"), "0a".repeat(32)).unwrap();
    for (navn, innhold) in filer {
        std::fs::write(mappe.path().join(navn), innhold).unwrap();
    }
    mappe
}

fn sti(mappe: &TempDir) -> &str {
    mappe.path().to_str().unwrap()
}

/// File and field of everything that `check` finds, without trying connections.
fn funn(mappe: &TempDir) -> Vec<(String, String)> {
    let ut = mellomlag(&["check", "--offline", "--json", "--config", sti(mappe)], "");
    let svar: Value = serde_json::from_slice(&ut.stdout).unwrap();
    let feil = svar["feil"].as_array().unwrap();
    assert_eq!(ut.status.code(), Some(i32::from(!feil.is_empty())));
    feil.iter().map(|f| (f["fil"].as_str().unwrap().to_owned(), f["felt"].as_str().unwrap().to_owned())).collect()
}

#[test]
fn what_is_wrong_between_files_is_told_all_at_once() {
    let csv = "tenant = \"voss\"\nnavn = \"skolen\"\nkommunenummer = \"4621\"\n";
    let operator = "listen = \"127.0.0.1:0\"\n\
        [[bruker]]\nnavn = \"kari\"\ntokenfil = \"kari.token\"\ntenanter = [\"voss\", \"oslo\"]\nkilder = [\"ukjent\"]\nrett = \"lese\"\n\
        [[bruker]]\nnavn = \"ola\"\ntokenfil = \"ola.token\"\ntenanter = [\"voss\"]\nkilder = [\"skolen\"]\nrett = \"lese\"\n\
        [[tastet]]\ntenant = \"voss\"\nnavn = \"skolen\"\nskole = \"Skolen\"\norganisasjonsnummer = \"974738368\"\n\
        [[tastet]]\ntenant = \"bergen\"\nnavn = \"annen\"\nskole = \"Annen\"\norganisasjonsnummer = \"974738368\"\n";
    let register = |navn: &str| format!("tenant = \"voss\"\nnavn = {navn:?}\n{FREG}");
    let (en, to) = (register("en"), register("to"));
    let mappe = mappe(&[
        ("mellomlag.toml", HOVED),
        ("csv-a.toml", csv),
        ("operator.toml", operator),
        ("ola.token", "kort"),
        ("folkeregister-a.toml", &en),
        ("folkeregister-b.toml", &to),
    ]);
    let mut funn = funn(&mappe);
    funn.sort();
    let ventet = [
        ("folkeregister-a.toml", "maskinporten"),
        ("folkeregister-b.toml", "maskinporten"),
        ("folkeregister-b.toml", "tenant"),
        ("operator.toml", "bruker[0].kilder[0]"),
        ("operator.toml", "bruker[0].tenanter[1]"),
        ("operator.toml", "bruker[0].tokenfil"),
        ("operator.toml", "bruker[1].tokenfil"),
        ("operator.toml", "tastet[0].navn"),
        ("operator.toml", "tastet[1].tenant"),
    ];
    assert_eq!(funn, ventet.map(|(fil, felt)| (fil.to_owned(), felt.to_owned())));
    let ut = mellomlag(&["check", "--offline", "--config", sti(&mappe)], "");
    let ord = tekst(&ut.stdout);
    assert!(ord.contains("voss skolen is used in csv-a.toml too") && ord.contains("openssl rand -hex 32"), "{ord}");
    assert!(!ord.contains("kort"), "{ord}");
}

/// The register is tried like everything else that `run` would use.
#[test]
fn check_tries_the_register() {
    let freg = format!("tenant = \"voss\"\n{FREG}");
    let klient = "issuer = \"http://127.0.0.1:1/\"\ntoken_url = \"http://127.0.0.1:1/token\"\nclient_id = \"m\"\nkid = \"1\"\n\
                  key_file = \"freg.pem\"\nscopes = [\"folkeregister:deling/offentligmedhjemmel\"]\n";
    let pem = simulators::maskinporten::TestKlient::ny("m", "312701103", "1", &["x"]).unwrap().privat_pem().to_owned();
    let mappe = mappe(&[
        ("mellomlag.toml", HOVED),
        ("folkeregister-voss.toml", &freg),
        ("maskinporten-freg.toml", klient),
        ("freg.pem", &pem),
    ]);
    assert_eq!(funn(&mappe), []);
    let ut = mellomlag(&["check", "--config", sti(&mappe)], "");
    assert_eq!(ut.status.code(), Some(1));
    let ord = tekst(&ut.stdout);
    assert!(ord.contains("✗ folkeregister-voss.toml: the register: "), "{ord}");
}

#[test]
fn csv_check_says_what_must_be_put_right_and_stores_nothing() {
    let mappe = mappe(&[
        ("mellomlag.toml", HOVED),
        ("csv-a.toml", "tenant = \"voss\"\nnavn = \"skolen\"\nkommunenummer = \"4621\"\n"),
    ]);
    let fil = mappe.path().join("pakke.zip");
    let fil_sti = fil.to_str().unwrap();
    let sjekk = |mer: &[&str]| {
        let args = [&["csv", "check", "--config", sti(&mappe)], mer].concat();
        let ut = mellomlag(&args, "");
        (ut.status.code(), tekst(&ut.stdout), tekst(&ut.stderr))
    };
    std::fs::write(&fil, pakke::hel(&[1, 2])).unwrap();
    let (kode, ut, _) = sjekk(&["voss", "skolen", fil_sti]);
    assert_eq!(kode, Some(0), "{ut}");
    assert!(ut.contains("users.csv") && ut.contains("Brukes"), "{ut}");
    let (kode, ut, _) = sjekk(&["voss", "skolen", fil_sti, "--json"]);
    let rapport: Value = serde_json::from_str(&ut).unwrap();
    assert_eq!((kode, rapport["filer"].as_array().unwrap().len()), (Some(0), 5));

    // Without its manifest nobody can tell a whole package from changes.
    std::fs::write(&fil, pakke::zip(&[("users.csv", "sourcedId,givenName\r\nu1,Kanarifugl\r\n".to_owned())])).unwrap();
    let (kode, ut, _) = sjekk(&["voss", "skolen", fil_sti]);
    assert!(kode == Some(1) && ut.starts_with("✗ ") && ut.contains("manifest.csv"), "{ut}");
    assert!(!ut.contains("Kanarifugl"), "{ut}");
    let (kode, ut, _) = sjekk(&["voss", "skolen", fil_sti, "--json"]);
    assert!(kode == Some(1) && serde_json::from_str::<Value>(&ut).unwrap()["kode"].is_string(), "{ut}");

    let (kode, _, feil) = sjekk(&["voss", "ukjent", fil_sti]);
    assert!(kode == Some(1) && feil.contains("no csv-*.toml has tenant = \"voss\" and navn = \"ukjent\""), "{feil}");
    let (kode, _, feil) = sjekk(&["voss", "skolen", "finnes-ikke.zip"]);
    assert!(kode == Some(1) && feil.contains("finnes-ikke.zip cannot be read"), "{feil}");
}

/// Every example is read and checked, those that must be renamed before they count among them.
#[test]
fn the_examples_are_right() {
    let eksempel = Path::new(env!("CARGO_MANIFEST_DIR")).join("../eksempel");
    let mappe = mappe(&[]);
    let alle: Vec<PathBuf> = std::fs::read_dir(eksempel).unwrap().map(|fil| fil.unwrap().path()).collect();
    let mut antall = 0;
    for fil in alle {
        let navn = fil.file_name().unwrap().to_str().unwrap().trim_end_matches(".eksempel");
        if navn.ends_with(".toml") {
            std::fs::copy(&fil, mappe.path().join(navn)).unwrap();
            antall += 1;
        }
    }
    assert_eq!(antall, 8, "a new example must be one that the program reads");
    for fil in ["kari.token", "token.nokkel", "vigilo-klient.hemmelighet"] {
        std::fs::write(mappe.path().join(fil), "k".repeat(64)).unwrap();
    }
    let signering = mappe.path().join("signering.pem");
    assert!(felles::mellomlag(&["keygen", "--out", signering.to_str().unwrap()], "").status.success());
    assert_eq!(funn(&mappe), []);
}
