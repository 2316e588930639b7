//! The demo as a newcomer meets it: signs in through the stand-in, sees what must be corrected, corrects it in the stand-in
//! for Vigilo, and sees the number turn. Browsers do the same with scripts; here it is plain HTTP, so the pages work
//! without.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop here")]

use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Client, Response, StatusCode, redirect::Policy};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Never reached when all is well: what is waited for is a state, not a time.
const FRIST: Duration = Duration::from_secs(120);

/// A running demo, ended with the test however that ends.
struct Demo {
    barn: Child,
    steder: Value,
}

impl Drop for Demo {
    fn drop(&mut self) {
        // Asked, and not killed: it has started a nats-server, and stops that too. It may have ended already.
        drop(Command::new("kill").args(["-TERM", &self.barn.id().to_string()]).status());
        drop(self.barn.wait());
    }
}

impl Demo {
    /// Ready when it has said where everything is.
    fn start() -> Self {
        let rot = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let mut barn = Command::new(env!("CARGO_BIN_EXE_mellomlag"))
            .args(["demo", "--sider", "--json"])
            .current_dir(rot)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut linje = String::new();
        let lest = BufReader::new(barn.stdout.take().unwrap()).read_line(&mut linje);
        let mut demo = Self { barn, steder: Value::Null };
        lest.unwrap();
        demo.steder = serde_json::from_str(&linje).unwrap_or_else(|_| panic!("no JSON: {linje:?}"));
        demo
    }

    fn sted(&self, navn: &str) -> &str {
        self.steder[navn].as_str().unwrap()
    }

    fn liste(&self, skole: &str) -> String {
        format!("{}/skole/{}", self.sted("sider"), self.steder["lister"][skole].as_str().unwrap())
    }
}

/// A browser without scripts: it keeps cookies, and follows where it is sent when told to.
struct Nettleser {
    http: Client,
    kaker: BTreeMap<String, String>,
}

impl Nettleser {
    fn ny() -> Self {
        let http = Client::builder().redirect(Policy::none()).build().unwrap();
        Self { http, kaker: BTreeMap::new() }
    }

    async fn hent(&mut self, url: &str) -> Response {
        let kaker: Vec<String> = self.kaker.iter().map(|(navn, verdi)| format!("{navn}={verdi}")).collect();
        let svar = self.http.get(url).header(COOKIE, kaker.join("; ")).header("accept", "text/html").send();
        let svar = svar.await.unwrap();
        for kake in svar.headers().get_all(SET_COOKIE) {
            let (navn, verdi) = kake.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.kaker.insert(navn.to_owned(), verdi.to_owned());
        }
        svar
    }

    /// A page, after as many redirects as it takes.
    async fn side(&mut self, url: &str) -> (StatusCode, String) {
        let mut url = reqwest::Url::parse(url).unwrap();
        for _ in 0..8 {
            let svar = self.hent(url.as_str()).await;
            if !svar.status().is_redirection() {
                return (svar.status(), svar.text().await.unwrap());
            }
            url = url.join(svar.headers()[LOCATION].to_str().unwrap()).unwrap();
        }
        panic!("sent on and on");
    }

    /// Chooses to be somebody, and comes back.
    async fn logg_inn(&mut self, demo: &Demo, hvem: &str) -> (StatusCode, String) {
        let svar = self.hent(&format!("{}/logg-inn/liksom", demo.sted("sider"))).await;
        assert!(svar.status().is_redirection(), "{}", svar.status());
        let hvor = svar.headers()[LOCATION].to_str().unwrap().to_owned();
        let (sted, foresporsel) = hvor.split_once('?').unwrap();
        assert!(sted.starts_with(demo.sted("oidc")), "{sted}");
        let valg = [("foresporsel", foresporsel), ("person", hvem)];
        let svar = self.http.post(sted).form(&valg).send().await.unwrap();
        let tilbake = svar.headers()[LOCATION].to_str().unwrap().to_owned();
        self.side(&tilbake).await
    }
}

/// The text of a page, without marks, and with ordinary spaces.
fn tekst(html: &str) -> String {
    let mut ut = String::new();
    let mut i_merke = false;
    for tegn in html.chars() {
        match tegn {
            '<' => i_merke = true,
            '>' => i_merke = false,
            // What marks direction is not seen.
            '\u{2066}'..='\u{2069}' => {}
            _ if i_merke => {}
            _ => ut.push(tegn),
        }
    }
    ut.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn a_newcomer_signs_in_corrects_a_pupil_and_sees_the_number_turn() {
    let demo = Demo::start();
    let mut nettleser = Nettleser::ny();
    let (status, _) = nettleser.logg_inn(&demo, "sekretar").await;
    assert_eq!(status, StatusCode::OK);

    let adresse = demo.liste("Eksempel ungdomsskole");
    let (status, side) = nettleser.side(&adresse).await;
    let vist = tekst(&side);
    assert_eq!(status, StatusCode::OK, "{vist}");
    assert!(vist.contains("112 elever") && vist.contains("3 må rettes"), "{vist}");
    // Another school's list is not there for her.
    let (status, _) = nettleser.side(&demo.liste("Granly ungdomsskole")).await;
    assert_eq!(status, StatusCode::NOT_FOUND);

    // In the stand-in for Vigilo: those who lack something, one by one, until one whose right number is known.
    let elevkort = demo.steder["elevkort"]["eksempel"].as_str().unwrap();
    let (_, sok) = nettleser.side(&format!("{elevkort}?mangler=ja&navn=")).await;
    let rot = elevkort.trim_end_matches("/_sim/elevkort");
    let mut rettet = false;
    for lenke in sok.split("href=\"").skip(1).filter_map(|del| del.split('"').next()) {
        let kort = format!("{rot}{lenke}");
        let (_, side) = nettleser.side(&kort).await;
        let Some((_, etter)) = side.split_once("det riktige nummeret ") else { continue };
        if !side.contains("Eksempel ungdomsskole") {
            continue;
        }
        let verdi = |navn: &str| {
            let (_, etter) = side.split_once(&format!("name=\"{navn}\" value=\"")).unwrap();
            etter.split('"').next().unwrap().to_owned()
        };
        let klasse = side.split_once("\" selected>").map_or("", |(for_, _)| for_.rsplit('"').next().unwrap());
        let skjema = [
            ("fornavn", verdi("fornavn")),
            ("mellomnavn", verdi("mellomnavn")),
            ("etternavn", verdi("etternavn")),
            ("nummer", etter[..11].to_owned()),
            ("klasse", klasse.to_owned()),
        ];
        let svar = nettleser.http.post(&kort).form(&skjema).send().await.unwrap();
        assert_eq!(svar.status(), StatusCode::SEE_OTHER);
        rettet = true;
        break;
    }
    assert!(rettet, "nobody at the school lacks a number");
    let frist = Instant::now() + FRIST;
    loop {
        let (_, side) = nettleser.side(&adresse).await;
        let vist = tekst(&side);
        if vist.contains("2 må rettes") {
            assert!(vist.contains("112 elever"), "{vist}");
            break;
        }
        assert!(Instant::now() < frist, "the page does not turn: {vist}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }

    // Who is not invited, or not known well enough, does not get in, and is told why.
    for hvem in ["ikke-invitert", "lavt-niva"] {
        let (status, side) = Nettleser::ny().logg_inn(&demo, hvem).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{hvem}: {}", tekst(&side));
    }
}
