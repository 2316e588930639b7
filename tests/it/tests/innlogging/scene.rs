//! Sign-in over real HTTP: the routes on one port, the provider on another, and a browser that keeps its cookies.

use crate::innlogging::{
    Avvist, Innlogget, Innlogging, Innloggingsoppsett, Innloggingssider, Innloggingsvalg, Oktoppsett, Rollevalg,
    Skjema, Tilbydervalg,
};
use axum::extract::{FromRef, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use bus::Memory;
use flow::ManualClock;
use jiff::{SignedDuration, Timestamp};
use reqwest::redirect;
use runtime::adgang::{Adgangsrolle, Omfang};
use runtime::brukere::{Bruker, Brukerbok, Eier, Oppdrag};
use runtime::{Maalere, Omgivelse, klargjor};
use simulators::Klokke;
use simulators::oidc::{Klient, Oidc, OidcConfig, Person};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;

/// When it begins.
pub const START: &str = "2026-11-21T08:00:00Z";
/// What must stand in no log.
pub const KANARI: [&str; 4] = ["sub-kari-kanari", "kari.kanari@voss.example", "Kari Kanari", "hemmelig-kanari"];

#[derive(Clone)]
struct Tilstand {
    innlogging: Innlogging,
    gjort: Arc<AtomicU64>,
}

impl FromRef<Tilstand> for Innlogging {
    fn from_ref(t: &Tilstand) -> Self {
        t.innlogging.clone()
    }
}

struct Sider;

impl Innloggingssider for Sider {
    fn tilbydere(&self, _: &HeaderMap, side: Tilbydervalg) -> Response {
        format!("velg {} utlopt={} venter={}", side.tilbydere[0].href, side.utlopt, side.skjema_venter).into_response()
    }

    fn hvem(&self, _: &HeaderMap, side: Rollevalg) -> Response {
        format!("hvem {} csrf={}", side.valg.len(), side.csrf).into_response()
    }

    fn avvist(&self, _: &HeaderMap, avvist: &Avvist) -> Response {
        (avvist.status(), format!("avvist {}", avvist.kode())).into_response()
    }

    fn logget_ut(&self, _: &HeaderMap) -> Response {
        "ute".into_response()
    }
}

pub struct Scene {
    pub base: String,
    pub oidc: Oidc,
    pub bus: Arc<Memory>,
    pub bok: Brukerbok,
    klokke: Arc<ManualClock>,
    gjort: Arc<AtomicU64>,
}

async fn side(Innlogget(okt): Innlogget) -> String {
    format!("inne {} csrf={}", okt.adgang.rolle.as_str(), okt.csrf())
}

async fn gjor(State(t): State<Tilstand>, Skjema(_, felter): Skjema<BTreeMap<String, String>>) -> String {
    t.gjort.fetch_add(1, Ordering::Relaxed);
    format!("gjort {}", felter.len())
}

async fn fortsett(State(t): State<Tilstand>, Innlogget(okt): Innlogget, Path(id): Path<String>) -> Response {
    match t.innlogging.fortsett(&okt, &id).await {
        Some(f) => Json(serde_json::json!({"sti": f.sti, "felter": f.felter})).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn person(sub: &str, navn: &str, epost: &str, acr: &str) -> Person {
    let epost = Some(epost.to_owned());
    Person { sub: sub.into(), navn: navn.into(), epost, acr: acr.into(), ..Person::default() }
}

fn oppdrag(rolle: Adgangsrolle, tenant: &str) -> Oppdrag {
    let omfang = Omfang::Tenanter(BTreeSet::from([tenant.parse().unwrap()]));
    Oppdrag { rolle, omfang, pa_vegne_av: None, bare_lese: false }
}

/// With a client that proves itself by a key when `nokkel`, and by a secret otherwise.
pub async fn scene(nokkel: bool) -> Scene {
    let start: Timestamp = START.parse().unwrap();
    let bus = Arc::new(Memory::default());
    klargjor(bus.as_ref(), 1).await.unwrap();
    let klokke = Arc::new(ManualClock::new(start));
    let om = Omgivelse { bus: bus.clone(), clock: klokke.clone(), maalere: Maalere::default() };
    let lytter = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", lytter.local_addr().unwrap());
    let rsa = simulators::maskinporten::Rsanokkel::lag("klient-1").unwrap();
    let klient = Klient {
        id: "mellomlag".into(),
        hemmelighet: (!nokkel).then(|| KANARI[3].to_owned()),
        jwk: nokkel.then(|| rsa.jwk().clone()),
        retur_urler: vec![format!("{base}/logg-inn/svar")],
        utlogging_retur: vec![format!("{base}/logg-ut/ferdig")],
        bak_url: Some(format!("{base}/logg-ut/bak")),
        front_url: Some(format!("{base}/logg-ut/front")),
    };
    let (hoy, lav) = ("idporten-loa-substantial", "idporten-loa-low");
    let personer = vec![
        person(KANARI[0], KANARI[2], KANARI[1], hoy),
        person("to-roller", "Liv Li", "liv@voss.example", hoy),
        person("lav", "Lav Lie", KANARI[1], lav),
        person("ukjent", "Ukjent Ås", "ukjent@voss.example", hoy),
    ];
    let config =
        OidcConfig { klienter: vec![klient], personer, klokke: Klokke::stoppet(start), ..OidcConfig::default() };
    let oidc = Oidc::start(config).await.unwrap();
    let mappe = tempfile::tempdir().unwrap();
    std::fs::write(mappe.path().join("hemmelig"), KANARI[3]).unwrap();
    std::fs::write(mappe.path().join("pem"), rsa.pem()).unwrap();
    let bevis = if nokkel { "privatnokkelfil = 'pem'\nnokkel_id = 'klient-1'" } else { "hemmelighetfil = 'hemmelig'" };
    let oppsett: Innloggingsoppsett = toml::from_str(&format!(
        "navn = 'test'\nvisningsnavn = 'Test'\nprofil = 'idporten'\nutsteder = '{}'\nklient_id = 'mellomlag'\n{bevis}",
        oidc.utsteder()
    ))
    .unwrap();
    let voss: Eier = "tenant.voss".parse().unwrap();
    let roller = vec![oppdrag(Adgangsrolle::Kommune, "voss"), oppdrag(Adgangsrolle::Revisor, "voss")];
    let faste = vec![
        (voss.clone(), Bruker::fast(&voss, "Kari K", KANARI[1], roller[..1].to_vec())),
        (voss.clone(), Bruker::fast(&voss, "Liv L", "liv@voss.example", roller)),
    ];
    let bok = Brukerbok::ny(om.clone(), [voss], faste);
    let valg = Innloggingsvalg {
        offentlig_url: base.parse().unwrap(),
        okt: Oktoppsett::default(),
        tilbydere: vec![oppsett],
        tidsgrense: Some(Duration::from_millis(700)),
    };
    let innlogging = Innlogging::ny(&valg, mappe.path(), om, bok.clone(), Arc::new(Sider)).unwrap();
    let gjort = Arc::new(AtomicU64::new(0));
    let tilstand = Tilstand { innlogging: innlogging.clone(), gjort: gjort.clone() };
    let rute = Router::new()
        .route("/side", get(side))
        .route("/gjor", post(gjor))
        .route("/fortsett/{id}", get(fortsett))
        .merge(innlogging.rute())
        .with_state(tilstand);
    tokio::spawn(async move { axum::serve(lytter, rute).await });
    Scene { base, oidc, bus, bok, klokke, gjort }
}

impl Scene {
    pub fn gjort(&self) -> u64 {
        self.gjort.load(Ordering::Relaxed)
    }

    /// Time passes, here and at the provider.
    pub fn ga(&self, minutter: i64) {
        let na = self.oidc.klokke().na() + SignedDuration::from_mins(minutter);
        self.oidc.klokke().sett(na);
        self.klokke.set(na);
    }

    pub fn nettleser(&self) -> Nettleser {
        let http = reqwest::Client::builder().redirect(redirect::Policy::none()).build().unwrap();
        Nettleser { http, base: self.base.clone(), kapsler: Mutex::default() }
    }
}

/// A browser that does not follow by itself.
pub struct Nettleser {
    http: reqwest::Client,
    base: String,
    pub kapsler: Mutex<BTreeMap<String, String>>,
}

/// Status, where it leads, and the text.
pub struct Vist {
    pub status: u16,
    pub videre: String,
    pub tekst: String,
}

impl Vist {
    /// The form's token on the page.
    pub fn csrf(&self) -> String {
        self.tekst.split_once("csrf=").expect("a token on the page").1.to_owned()
    }
}

impl Nettleser {
    async fn send(&self, spor: reqwest::RequestBuilder, var: bool) -> Vist {
        let kapsler =
            self.kapsler.lock().unwrap().iter().map(|(n, v)| format!("{n}={v}")).collect::<Vec<_>>().join("; ");
        let svar = if var { spor.header("cookie", kapsler) } else { spor }.send().await.unwrap();
        for satt in svar.headers().get_all("set-cookie").iter().filter(|_| var) {
            let (navn, verdi) = satt.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            match verdi {
                "" => self.kapsler.lock().unwrap().remove(navn),
                verdi => self.kapsler.lock().unwrap().insert(navn.to_owned(), verdi.to_owned()),
            };
        }
        let hode = |navn| svar.headers().get(navn).map_or("", |v| v.to_str().unwrap()).to_owned();
        let videre = hode("location") + &hode("hx-redirect");
        Vist { status: svar.status().as_u16(), videre, tekst: svar.text().await.unwrap() }
    }

    fn full(&self, hvor: &str) -> (String, bool) {
        let adresse = if hvor.starts_with('/') { format!("{}{hvor}", self.base) } else { hvor.to_owned() };
        let var = adresse.starts_with(&self.base);
        (adresse, var)
    }

    pub async fn hent(&self, hvor: &str) -> Vist {
        let (adresse, var) = self.full(hvor);
        self.send(self.http.get(adresse), var).await
    }

    pub async fn hent_med(&self, hvor: &str, hoder: &[(&str, &str)]) -> Vist {
        let (adresse, var) = self.full(hvor);
        let mut spor = self.http.get(adresse);
        for (navn, verdi) in hoder {
            spor = spor.header(*navn, *verdi);
        }
        self.send(spor, var).await
    }

    pub async fn post(&self, hvor: &str, felter: &[(&str, &str)], hoder: &[(&str, &str)]) -> Vist {
        let (adresse, var) = self.full(hvor);
        let mut spor = self.http.post(adresse).form(felter);
        for (navn, verdi) in hoder {
            spor = spor.header(*navn, *verdi);
        }
        self.send(spor, var).await
    }

    /// Begins, and chooses somebody at the provider. Returns where the provider sends the browser.
    pub async fn velg(&self, hvem: &str, query: &str) -> String {
        let start = self.hent(&format!("/logg-inn/test{query}")).await;
        assert_eq!(start.status, 303, "{}", start.tekst);
        let side = self.hent(&start.videre).await;
        assert_eq!(side.status, 200, "{}", side.tekst);
        let (tilbyder, foresporsel) = start.videre.split_once('?').unwrap();
        self.post(tilbyder, &[("foresporsel", foresporsel), ("person", hvem)], &[]).await.videre
    }

    /// The whole dance.
    pub async fn logg_inn(&self, hvem: &str, query: &str) -> Vist {
        let tilbake = self.velg(hvem, query).await;
        self.hent(&tilbake).await
    }
}
