//! The three programs, started as a new user would.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
};

use serde_json::{Value, json};
use simulators::maskinporten::{GRANT_TYPE, Rsanokkel, TestKlient};

/// A running program; killed when dropped.
struct Program {
    barn: Child,
    linjer: Vec<String>,
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.barn.kill();
        let _ = self.barn.wait();
    }
}

impl Program {
    /// Starts, and reads what is printed up to the line that begins with `siste`.
    fn start(sti: &str, flagg: &[&str], siste: &str) -> Self {
        let mut barn = Command::new(sti).args(flagg).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut linjer = Vec::new();
        for linje in BufReader::new(barn.stdout.take().unwrap()).lines() {
            linjer.push(linje.unwrap());
            if linjer.last().unwrap().starts_with(siste) {
                break;
            }
        }
        Self { barn, linjer }
    }

    fn verdi(&self, navn: &str) -> String {
        let linje = self.linjer.iter().find(|l| l.split_whitespace().next() == Some(navn));
        linje.unwrap_or_else(|| panic!("{navn} is not printed")).split_whitespace().last().unwrap().to_owned()
    }
}

#[tokio::test]
async fn all_three_by_hand() {
    let mappe = tempfile::tempdir().unwrap();
    let nokkelfil = mappe.path().join("klient.pem");
    let klient = format!("id=mellomlag,orgnr=964338531,scope=novari:fakevigoskole,key={}", nokkelfil.display());
    let maskinporten =
        Program::start(env!("CARGO_BIN_EXE_sim-maskinporten"), &["--port", "0", "--client", &klient], "client");
    let utsteder = maskinporten.verdi("issuer");
    let flagg = ["--port", "0", "--maskinporten", &utsteder, "--skoler", "liten", "--regler", "syntetisk"];
    let vigo = Program::start(env!("CARGO_BIN_EXE_sim-vigo"), &flagg, "submissions");
    let flagg = ["--port", "0", "--seed", "3", "--kommune", "liten"];
    let vigilo = Program::start(env!("CARGO_BIN_EXE_sim-vigilo"), &flagg, "school");

    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let svar = http.get(format!("{}/users", vigilo.verdi("oneroster"))).send().await.unwrap();
    assert_eq!(svar.status(), 401);

    let nokkel = Rsanokkel::fra_pem("mellomlag-1", &std::fs::read_to_string(&nokkelfil).unwrap()).unwrap();
    let klient = TestKlient::med_nokkel("mellomlag", "964338531", &[], nokkel);
    let krav = klient.krav(&utsteder, "novari:fakevigoskole", jiff::Timestamp::now());
    let pastand = klient.signer(&krav).unwrap();
    let svar = http
        .post(maskinporten.verdi("token"))
        .form(&[("grant_type", GRANT_TYPE), ("assertion", &pastand)])
        .send()
        .await
        .unwrap();
    let token = svar.json::<Value>().await.unwrap()["access_token"].as_str().unwrap().to_owned();
    let kropp = json!({
        "@context": {"vigoskole": "https://novari.no/ontology/vigoskole#"},
        "@type": "vigoskole:GraduatingStudentsSubmissionRequest",
        "school": {"orgNumber": "974738368"},
        "students": [{"classCode": "10A", "personalIdentityNumber": "05820998865",
            "name": {"firstName": "Åse", "middleName": "", "lastName": "Øvrebø"}}],
    });
    let svar = http
        .post(vigo.verdi("submissions"))
        .bearer_auth(token)
        .header("content-type", "application/ld+json")
        .body(kropp.to_string())
        .send()
        .await
        .unwrap();
    assert_eq!(svar.status(), 201);
}

#[test]
fn flags_that_cannot_be_read_say_what_is_expected() {
    let ut =
        Command::new(env!("CARGO_BIN_EXE_sim-maskinporten")).args(["--client", "id=x,farge=blå"]).output().unwrap();
    assert!(!ut.status.success());
    assert!(String::from_utf8(ut.stderr).unwrap().contains("id, orgnr, kid, scope, key"));
    let ut = Command::new(env!("CARGO_BIN_EXE_sim-vigilo")).args(["--kommune", "atlantis"]).output().unwrap();
    assert!(String::from_utf8(ut.stderr).unwrap().contains("bergen, voss, liten"));
}

#[cfg(unix)]
#[test]
fn a_new_private_key_is_readable_by_its_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let mappe = tempfile::tempdir().unwrap();
    let fil = mappe.path().join("ny.pem");
    let klient = format!("id=a,orgnr=964338531,scope=x:y,key={}", fil.display());
    let _program =
        Program::start(env!("CARGO_BIN_EXE_sim-maskinporten"), &["--port", "0", "--client", &klient], "client");
    assert_eq!(std::fs::metadata(&fil).unwrap().permissions().mode() & 0o777, 0o600);
}
