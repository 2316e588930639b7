//! A configuration folder, the API opened by it, and callers.

use super::mappe::skriv;
use crate::kobling::{self, Sidevalg};
use crate::oppsett::Oppsett;
use adapter_operator::Operator;
use bus::{Memory, Record};
use flow::ManualClock;
use hendelse::{KILDE, Kildeobjekt, REVISJON};
use reqwest::{Client, Method, RequestBuilder};
use runtime::{Maalere, Omgivelse, Plan, Program};
use serde_json::Value;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio_util::sync::{CancellationToken, DropGuard};

/// Decides in Voss.
pub const KARI: &str = "kari-kari-kari-kari-kari-kari-kari";
/// Hands in, for two of Voss' sources.
pub const OLA: &str = "ola-ola-ola-ola-ola-ola-ola-ola-ola";
/// Reads in Voss.
pub const PER: &str = "per-per-per-per-per-per-per-per-per";
/// Decides in Bergen.
pub const LIV: &str = "liv-liv-liv-liv-liv-liv-liv-liv-liv";

/// Sees to Fjellskolen, as its own people do.
pub const FJELL: &str = "fjell-fjell-fjell-fjell-fjell-fjell-fjell";
/// Sees to another school in Voss.
pub const DAL: &str = "dal-dal-dal-dal-dal-dal-dal-dal-dal";
/// Receives for the county.
pub const FYLKET: &str = "fylket-fylket-fylket-fylket-fylket-fylket";
/// Runs the connections of Voss.
pub const DRIFT: &str = "drift-drift-drift-drift-drift-drift-drift";
/// Checks what is done in Voss.
pub const REVISOR: &str = "revisor-revisor-revisor-revisor-revisor";

/// The secret of the system of Fjellskolen in Voss.
pub const VIGILO_HEMMELIG: &str = "vigilo-vigilo-vigilo-vigilo-vigilo";
/// The secret of the system of Friskolen in Voss.
pub const ANNEN_HEMMELIG: &str = "annen-annen-annen-annen-annen-annen";
/// The secret of every webhook.
pub const WEBHOOK_HEMMELIG: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

pub const KILDER: &str = "/api/v1/kilder";
pub const FRISKOLEN: &str = "/api/v1/kilder/voss/friskolen";
pub const FJELLSKOLEN: &str = "/api/v1/kilder/voss/fjellskolen";
pub const VIGILO: &str = "/api/v1/kilder/voss/vigilo";

/// Packages larger than this are refused.
pub const MAKS: usize = 100_000;

pub struct Sted {
    pub om: Omgivelse,
    pub bus: Memory,
    pub klokke: Arc<ManualClock>,
    pub adresse: SocketAddr,
    pub oppsett: Oppsett,
    program: Option<Program>,
    http: Client,
    _mappe: TempDir,
    _stopp: DropGuard,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Svar {
    pub status: u16,
    pub hoder: reqwest::header::HeaderMap,
    pub tekst: String,
}

impl Svar {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.tekst).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    pub fn hode(&self, navn: &str) -> &str {
        self.hoder.get(navn).map_or("", |v| v.to_str().unwrap())
    }

    /// Its code, after seeing that it is a problem as it should be.
    pub fn problem(&self) -> String {
        assert_eq!(self.hode("content-type"), "application/problem+json", "{self:?}");
        let json = self.json();
        assert_eq!(json["status"], self.status, "{self:?}");
        for felt in ["title", "detail"] {
            assert!(!json[felt].as_str().unwrap().is_empty(), "{self:?}");
        }
        json["type"].as_str().unwrap().trim_start_matches("urn:mellomlag:problem:").to_owned()
    }

    /// The fields that a problem names.
    pub fn felt(&self) -> Vec<String> {
        let json = self.json();
        json["felt"].as_array().unwrap().iter().map(|f| f["felt"].as_str().unwrap().to_owned()).collect()
    }
}

impl Sted {
    pub async fn nytt() -> Self {
        Self::med(|operator| operator).await
    }

    /// The same, with the API changed a little before it is opened.
    pub async fn med(endre: impl FnOnce(Operator) -> Operator) -> Self {
        Self::bygg(&[], None, endre).await
    }

    /// The same with webhooks: name, address, and what else stands about each.
    pub async fn med_webhooks(webhooks: &[(&str, &str, &str)]) -> Self {
        Self::bygg(webhooks, None, |operator| operator).await
    }

    /// The same where people sign in: what pages do can be done by the API. All of it runs; where it is to be
    /// `stille`, the sources are those that people deliver to.
    pub async fn med_sider(stille: bool) -> Self {
        Self::bygg(&[], Some(stille), |operator| operator).await
    }

    async fn bygg(
        webhooks: &[(&str, &str, &str)],
        sider: Option<bool>,
        endre: impl FnOnce(Operator) -> Operator,
    ) -> Self {
        let mappe = tempfile::tempdir().unwrap();
        skriv(mappe.path(), webhooks, sider.is_some());
        let oppsett = Oppsett::les(mappe.path()).unwrap();
        let bus = Memory::default();
        runtime::klargjor(&bus, 1).await.unwrap();
        let klokke = Arc::new(ManualClock::new("2026-11-21T08:00:00Z".parse().unwrap()));
        let om = Omgivelse { bus: Arc::new(bus.clone()), clock: klokke.clone(), maalere: Maalere::default() };
        let stopp = CancellationToken::new();
        let plan = sider.map_or_else(Plan::default, |stille| {
            let mut oppsett = oppsett.clone();
            oppsett.kilder.retain(|_| !stille);
            kobling::plan(&oppsett, &om.clock).unwrap()
        });
        let program = Program::start(om.clone(), plan);
        let valg = Sidevalg { demo: false, stopp: stopp.clone() };
        let operator = kobling::operator(&oppsett, &om, &program, &valg).unwrap().unwrap();
        let listen = oppsett.operator.as_ref().unwrap().listen;
        let (adresse, tjeneste) = endre(operator).server(listen, stopp.clone()).await.unwrap();
        tokio::spawn(tjeneste);
        let http = Client::new();
        let program = sider.map(|_| program);
        Self { om, bus, klokke, adresse, oppsett, program, http, _mappe: mappe, _stopp: stopp.drop_guard() }
    }

    /// Starts mapping, lists and what is told about them; the sources are those that people deliver to.
    pub fn start(&mut self) {
        let mut oppsett = self.oppsett.clone();
        oppsett.kilder.clear();
        self.program = Some(Program::start(self.om.clone(), kobling::plan(&oppsett, &self.om.clock).unwrap()));
    }

    pub async fn stopp(self) {
        assert!(self.program.unwrap().stopp(Duration::from_secs(30)).await, "all roles stop");
    }

    /// A request of a caller; none is nobody.
    pub fn sporr(&self, token: &str, metode: &str, sti: &str) -> RequestBuilder {
        let metode = Method::from_bytes(metode.as_bytes()).unwrap();
        let sporsmal = self.http.request(metode, format!("http://{}{sti}", self.adresse));
        if token.is_empty() { sporsmal } else { sporsmal.bearer_auth(token) }
    }

    pub async fn send(&self, sporsmal: RequestBuilder) -> Svar {
        let svar = sporsmal.send().await.unwrap();
        let (status, hoder) = (svar.status().as_u16(), svar.headers().clone());
        let svar = Svar { status, hoder, tekst: svar.text().await.unwrap() };
        assert_eq!(svar.hode("cache-control"), "no-store", "{svar:?}");
        assert_eq!(svar.hode("x-content-type-options"), "nosniff", "{svar:?}");
        svar
    }

    pub async fn hent(&self, token: &str, sti: &str) -> Svar {
        self.send(self.sporr(token, "GET", sti)).await
    }

    pub async fn json(&self, token: &str, metode: &str, sti: &str, json: &Value) -> Svar {
        self.send(self.sporr(token, metode, sti).json(json)).await
    }

    /// Hands in a package for the school that hands in files.
    pub async fn lever(&self, pakke: Vec<u8>) -> Svar {
        self.send(self.sporr(OLA, "PUT", &format!("{FRISKOLEN}/oneroster-csv")).body(pakke)).await
    }

    /// How many messages KILDE has ever been given by a source.
    pub fn skrevet(&self, kilde: &str) -> usize {
        self.bus.log(KILDE, &format!("kilde.voss.{kilde}.>")).len()
    }

    /// What KILDE holds of a type.
    pub async fn holder(&self, kilde: &str, typ: &str) -> Vec<Kildeobjekt> {
        let (tenant, navn) = ("voss".parse().unwrap(), kilde.parse().unwrap());
        let mut alt = runtime::les_kilde(&self.om, &tenant, &navn).await.unwrap();
        alt.retain(|objekt| objekt.typenavn() == typ);
        alt
    }

    pub fn revisjon(&self) -> Vec<Record> {
        self.bus.log(REVISJON, "revisjon.>")
    }

    /// What the audit stream says that begins so.
    pub fn revidert(&self, typ: &str) -> Vec<Value> {
        let alle = self.revisjon().into_iter().map(|post| serde_json::from_slice(&post.payload).unwrap());
        alle.filter(|post: &Value| post["kjede"]["typ"].as_str().unwrap().starts_with(typ)).collect()
    }
}
