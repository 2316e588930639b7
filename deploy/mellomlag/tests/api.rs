//! The program with its API open, against a real nats-server: what people do by HTTP and by command, and that nothing of
//! it names a pupil in a log.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop here")]

mod felles;
#[path = "../src/prover/pakke.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod pakke;

use bus::local::LocalServer;
use felles::{mellomlag, tekst};
use pakke::{hel, nummer};
use reqwest::{Client, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const TOKEN: &str = "kari-kari-kari-kari-kari-kari-kari";
const HEMMELIG: &str = "0a0b0c0d0a0b0c0d0a0b0c0d0a0b0c0d0a0b0c0d0a0b0c0d0a0b0c0d0a0b0c0d";
/// Never reached when all is well: what is waited for is a state, not a time.
const FRIST: Duration = Duration::from_secs(60);

/// A running program, ended with the test however that ends.
struct Program {
    barn: Child,
    mappe: TempDir,
    kilder: String,
    http: Client,
    _nats: LocalServer,
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already, and then there is nothing to end.
        drop(self.barn.kill());
    }
}

fn skriv(mappe: &Path, nats: &str) {
    let fil = |navn: &str, innhold: &str| std::fs::write(mappe.join(navn), innhold).unwrap();
    fil(
        "mellomlag.toml",
        &format!("[nats]\nurl = {nats:?}\n[[tenant]]\nnavn = \"voss\"\nnokkelfil = \"voss.nokkel\"\n"),
    );
    fil("voss.nokkel", HEMMELIG);
    fil("kari.token", TOKEN);
    fil("csv-friskolen.toml", "tenant = \"voss\"\nnavn = \"friskolen\"\nkommunenummer = \"4621\"\n");
    fil(
        "operator.toml",
        "listen = \"127.0.0.1:0\"\n[[bruker]]\nnavn = \"kari\"\ntokenfil = \"kari.token\"\ntenanter = [\"voss\"]\n\
         rett = \"avgjore\"\n[[tastet]]\ntenant = \"voss\"\nnavn = \"fjellskolen\"\nskole = \"Fjellskolen\"\n\
         organisasjonsnummer = \"974738368\"\n",
    );
}

impl Program {
    async fn start() -> Self {
        let mappe = tempfile::tempdir().unwrap();
        let lager = mappe.path().join("nats");
        std::fs::create_dir(&lager).unwrap();
        let nats = LocalServer::start(&LocalServer::find().await.unwrap(), &lager).await.unwrap();
        skriv(mappe.path(), &nats.url());
        let logg = std::fs::File::create(mappe.path().join("logg")).unwrap();
        let barn = Command::new(env!("CARGO_BIN_EXE_mellomlag"))
            .args(["run", "--config", mappe.path().to_str().unwrap()])
            .env("RUST_LOG", "trace")
            .stdin(Stdio::null())
            .stdout(logg.try_clone().unwrap())
            .stderr(logg)
            .spawn()
            .unwrap();
        let mut program = Self { barn, mappe, kilder: String::new(), http: Client::new(), _nats: nats };
        let frist = Instant::now() + FRIST;
        while program.kilder.is_empty() {
            let logg = program.logg();
            let linje = logg
                .lines()
                .find(|linje| linje.contains("the api for people") && linje.ends_with(|c: char| c.is_ascii_digit()));
            if let Some(adresse) = linje.and_then(|linje| linje.split("127.0.0.1:").nth(1)) {
                program.kilder = format!("http://127.0.0.1:{adresse}/api/v1/kilder/voss");
            }
            assert!(Instant::now() < frist, "the api was not opened:\n{logg}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        program
    }

    fn logg(&self) -> String {
        let logg = std::fs::read(self.mappe.path().join("logg")).unwrap();
        // Colours aside.
        let mut ut = String::new();
        for (i, del) in String::from_utf8_lossy(&logg).split("\u{1b}[").enumerate() {
            ut.push_str(if i == 0 { del } else { del.split_once('m').map_or("", |(_, rest)| rest) });
        }
        ut
    }

    async fn send(&self, sporsmal: RequestBuilder) -> (StatusCode, Value) {
        let svar = sporsmal.bearer_auth(TOKEN).send().await.unwrap();
        (svar.status(), svar.json().await.unwrap())
    }

    async fn lever(&self, elever: &[u16]) -> (u16, Value) {
        let (status, svar) =
            self.send(self.http.put(format!("{}/friskolen/oneroster-csv", self.kilder)).body(hel(elever))).await;
        (status.as_u16(), svar)
    }

    /// `mellomlag source …`: how it ends, what it prints, and what it complains about.
    fn source(&self, args: &[&str]) -> (i32, String, String) {
        let (hva, rest) = args.split_first().unwrap();
        let config = self.mappe.path().to_str().unwrap();
        let ut = mellomlag(&[&["source", hva, "--config", config], rest].concat(), "");
        (ut.status.code().unwrap(), tekst(&ut.stdout), tekst(&ut.stderr))
    }

    /// Asks it to stop, as a service manager does, and waits for it.
    fn stopp(mut self) -> String {
        let pid = self.barn.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        assert!(self.barn.wait().unwrap().success());
        self.logg()
    }
}

#[tokio::test]
async fn people_decide_by_command_about_what_was_handed_in_by_http() {
    let program = Program::start().await;
    assert_eq!(program.lever(&[1, 2, 3]).await.0, 200);
    let (kode, ut, _) = program.source(&["show"]);
    assert!(kode == 0 && ut.contains("voss friskolen") && ut.contains("voss fjellskolen"), "{ut}");
    assert_eq!(program.lever(&[1, 2]).await.0, 202);

    let (kode, ut, _) = program.source(&["show"]);
    assert!(kode == 0 && ut.contains("holdt") && ut.contains("venter på en avgjørelse"), "{ut}");
    let (_, json, _) = program.source(&["show", "voss", "friskolen", "--json"]);
    let digest = serde_json::from_str::<Value>(&json).unwrap()["hold"]["digest"].as_str().unwrap().to_owned();
    let (kode, ut, _) = program.source(&["show", "voss", "friskolen"]);
    assert!(kode == 0 && ut.contains(&format!("Avgjøres med digest {digest}")) && ut.contains("Prøveskolen"), "{ut}");

    let valg = |kilde: &'static str, digest: &str, grunn: &'static str| {
        ["voss", kilde, digest, "--av", "kari", "--grunn", grunn].map(str::to_owned)
    };
    for (valg, feil) in [
        (valg("friskolen", &digest, " "), "--grunn is empty"),
        (valg("friskolen", &"0".repeat(64), "flyttet"), "look at it again"),
        (valg("ukjent", &digest, "flyttet"), "no source voss ukjent is configured"),
        (valg("fjellskolen", &digest, "flyttet"), "nothing is held from fjellskolen"),
    ] {
        let args: Vec<&str> = std::iter::once("approve").chain(valg.iter().map(String::as_str)).collect();
        let (kode, _, sagt) = program.source(&args);
        assert!(kode == 1 && sagt.contains(feil), "{sagt}");
    }
    let avgjor = |hva: &str, digest: &str| {
        let valg = valg("friskolen", digest, "flyttet");
        program.source(&std::iter::once(hva).chain(valg.iter().map(String::as_str)).collect::<Vec<_>>())
    };
    let (kode, ut, _) = avgjor("approve", &digest);
    assert!(kode == 0 && ut.contains("hand the package in again"), "{ut}");
    let (kode, _, feil) = avgjor("discard", &digest);
    assert!(kode == 1 && feil.contains("decided already"), "{feil}");
    assert_eq!(program.lever(&[1, 2]).await.0, 200);

    let (status, svar) = program.lever(&[1]).await;
    assert_eq!(status, 202);
    let (kode, ut, _) = avgjor("discard", svar["hold"]["digest"].as_str().unwrap());
    assert!(kode == 0 && ut.contains("never published"), "{ut}");
    assert_eq!(program.lever(&[1]).await.0, 409);
    let (_, ut, _) = program.source(&["show", "voss", "friskolen"]);
    assert!(ut.contains("forkastet") && ut.contains("Forkastet av kari") && ut.contains("flyttet"), "{ut}");
    program.stopp();
}

#[tokio::test]
async fn no_log_names_a_pupil_or_a_secret() {
    let program = Program::start().await;
    let elever = format!("{}/fjellskolen/elever", program.kilder);
    program.lever(&[1, 2, 3]).await;
    program.lever(&[1, 2]).await;
    let elev = json!({"identitetsnummer": nummer(7), "fornavn": "Kanarifugl", "etternavn": "Prøve", "klasse": "10A", "trinn": "10"});
    let (status, svar) = program.send(program.http.post(&elever).json(&elev)).await;
    assert_eq!(status, 201);
    let id = svar["id"].as_str().unwrap().to_owned();
    let mut galt = elev.clone();
    galt["trinn"] = json!("Kanarifugl");
    assert_eq!(program.send(program.http.post(&elever).json(&galt)).await.0, 422);
    assert_eq!(program.send(program.http.post(&elever).body("{\"Kanarifugl\": ")).await.0, 422);
    assert_eq!(program.send(program.http.put(format!("{elever}/{id}")).json(&elev)).await.0, 200);
    let (_, vist) = program.send(program.http.get(&elever)).await;
    assert_eq!(vist[0]["fornavn"], "Kanarifugl");
    assert_eq!(program.send(program.http.delete(format!("{elever}/{id}"))).await.0, 200);

    let logg = program.stopp();
    for ventet in ["DEBUG", "pupil keyed in", "package handed in", "the source changes too much at once"] {
        assert!(logg.contains(ventet), "the log lacks {ventet:?}");
    }
    let numre = [1, 2, 3, 7].map(nummer);
    for hemmelig in ["Kanarifugl", TOKEN, HEMMELIG, &id].into_iter().chain(numre.iter().map(String::as_str)) {
        let linje = logg.lines().find(|linje| linje.contains(hemmelig));
        assert_eq!(linje, None, "the log holds {hemmelig}");
    }
}
