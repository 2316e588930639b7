//! VIGO as a server, a school with a list, and processes that deliver it.

use bus::{Memory, Message};
use elevliste::{
    Aktor, Elevlinje, Elevliste, Godkjenning, Handling, Innsamling, Listenokkel, Skolereferanse, Skolestatus,
};
use flow::{Clock, ManualClock, Sink, SystemClock, TokenSource};
use hendelse::{Hode, Tenant, Tenantnokkel, kod};
use identitet::{Grunnlag, Skjermet, tenor_nummer};
use jiff::{SignedDuration, Timestamp, ToSpan, tz::TimeZone};
use kodeverk::Skolear;
use liste::Listebilde;
use runtime::{
    Listesak, Maalere, Mottaker, Mottakervalg, Omgivelse, Plan, Program, Rundeendring, Sammenheng, Utforfeil,
};
use simulators::generator::orgnr_med_kontrollsiffer;
use simulators::maskinporten::{Maskinporten, MaskinportenConfig, TestKlient};
use simulators::vigo::{Skoleoppforing, Vigo, VigoConfig};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};
use uuid::Uuid;

const SCOPES: [&str; 2] = ["novari:fakevigoskole", "novari:elevliste"];
const TENANT: &str = "litlevik";
/// Never reached when all is well: what is waited for is a state, not a time.
pub const FRIST: Duration = Duration::from_secs(60);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dialekt {
    Vigoskole,
    V1,
}

/// VIGO, for all the schools of a test.
pub struct Verden {
    pub vigo: Vigo,
    _maskinporten: Maskinporten,
    tokens: Arc<dyn TokenSource>,
    _mappe: TempDir,
    pub skolear: Skolear,
    neste: AtomicU32,
}

impl Verden {
    pub async fn ny() -> Arc<Self> {
        let klient = TestKlient::ny("mellomlag-livslop", "312701103", "l-1", &SCOPES).unwrap();
        let config = MaskinportenConfig { klienter: vec![klient.klient()], ..Default::default() };
        let maskinporten = Maskinporten::start(config).await.unwrap();
        let vigo = Vigo::start(VigoConfig::for_maskinporten(&maskinporten)).await.unwrap();
        let mappe = tempfile::tempdir().unwrap();
        let fil = mappe.path().join("maskinporten.pem");
        std::fs::write(&fil, klient.privat_pem()).unwrap();
        let config = adapter_maskinporten::Config::parse(&format!(
            "issuer = {:?}\ntoken_url = {:?}\nclient_id = {:?}\nkey_file = {fil:?}\nkid = {:?}\nscopes = {SCOPES:?}\n",
            maskinporten.utsteder(),
            maskinporten.token_url(),
            klient.client_id(),
            klient.kid()
        ))
        .unwrap();
        let request = config.request();
        let tokens = config.build(Arc::new(SystemClock)).unwrap().for_request(request);
        let idag = SystemClock.now().to_zoned(TimeZone::get("Europe/Oslo").unwrap()).date();
        let skolear = Skolear::try_from(idag).unwrap();
        let neste = AtomicU32::new(0);
        Arc::new(Self { vigo, _maskinporten: maskinporten, tokens, _mappe: mappe, skolear, neste })
    }

    pub fn config(&self, dialekt: Dialekt, eneste: bool) -> adapter_vigo::Config {
        let dialekt = match dialekt {
            Dialekt::Vigoskole => "vigoskole",
            Dialekt::V1 => "elevliste_v1",
        };
        adapter_vigo::Config::parse(&format!(
            "navn = \"vigo\"\ndialekt = {dialekt:?}\nbase_url = {0:?}\nkodeverk_url = {0:?}\nfylker = [\"46\"]\n\
             identitetsregler = \"vigoskole_syntetisk\"\nmaskinporten = \"vigo\"\neneste_avsender = {eneste}\n\
             tidsgrense_sekunder = 1\n",
            self.vigo.base_url()
        ))
        .unwrap()
    }

    pub fn sink(&self, dialekt: Dialekt) -> Arc<dyn Sink> {
        Arc::new(self.config(dialekt, false).build_sink(self.tokens.clone()).unwrap())
    }

    pub fn tokens(&self) -> Arc<dyn TokenSource> {
        self.tokens.clone()
    }

    /// A school that nobody else uses.
    fn skole(&self) -> Skolereferanse {
        let (nr, orgnr) = loop {
            let nr = self.neste.fetch_add(1, Ordering::SeqCst);
            if let Some(orgnr) = orgnr_med_kontrollsiffer(90_000_000 + nr) {
                break (nr, orgnr);
            }
        };
        let skolenr = format!("46{nr:05}");
        self.vigo.registrer_skoler([Skoleoppforing {
            type_: "G".into(),
            org_nr: orgnr.clone(),
            name: "Eksempel skole".into(),
            municipality_nr: "4621".into(),
            county_nr: "46".into(),
            number: skolenr.clone(),
        }]);
        Skolereferanse {
            organisasjonsnummer: Some(orgnr),
            skolenr,
            navn: "Eksempel skole".into(),
            kommunenr: Some("4621".into()),
        }
    }
}

/// A school with its list, and everything that stands about it.
pub struct Sted {
    pub verden: Arc<Verden>,
    pub om: Omgivelse,
    pub klokke: Arc<ManualClock>,
    pub rundt: Sammenheng,
    pub skole: Skolereferanse,
    pub dialekt: Dialekt,
    pub sink: Arc<dyn Sink>,
    pub nokkel: Listenokkel,
    godkjenn: bool,
}

/// A process with its own threads, so that it can be cut off anywhere.
pub struct Prosess {
    program: Option<Program>,
    trader: Option<Runtime>,
}

impl Sted {
    pub async fn ny(verden: &Arc<Verden>, dialekt: Dialekt, godkjenning: Godkjenning) -> Self {
        Self::med(verden, dialekt, godkjenning, false, &verden.sink(dialekt)).await
    }

    pub async fn med(
        verden: &Arc<Verden>,
        dialekt: Dialekt,
        godkjenning: Godkjenning,
        eneste: bool,
        sink: &Arc<dyn Sink>,
    ) -> Self {
        let bus = Memory::default();
        runtime::klargjor(&bus, 1).await.unwrap();
        let klokke = Arc::new(ManualClock::new(SystemClock.now()));
        let clock: Arc<dyn Clock> = klokke.clone();
        let om = Omgivelse { bus: Arc::new(bus), clock, maalere: Maalere::default() };
        let skole = verden.skole();
        let config = verden.config(dialekt, eneste);
        let valg = Mottakervalg {
            egenskaper: config.egenskaper(),
            politikk: config.identitetsregler.politikk(),
            ..Default::default()
        };
        let nokkel: Listenokkel = format!("46.{}.{}.1", skole.skolenr, verden.skolear).parse().unwrap();
        let tenantnokkel = Tenantnokkel::fra_hex(&"7a".repeat(32)).unwrap();
        let rundt = Sammenheng {
            nokler: Arc::new([(tenant(), tenantnokkel)].into_iter().collect()),
            mottakere: Arc::new([(nokkel.fylke, valg)].into()),
            ..Sammenheng::default()
        };
        let godkjenn = godkjenning == Godkjenning::Automatisk;
        let sted =
            Self { verden: verden.clone(), om, klokke, rundt, skole, dialekt, sink: sink.clone(), nokkel, godkjenn };
        sted.runde(godkjenning, (-48.hours(), 720.hours())).await;
        sted
    }

    pub fn na(&self) -> Timestamp {
        self.om.clock.now()
    }

    pub fn om(&self, sekunder: i64) -> Timestamp {
        self.na() + SignedDuration::from_secs(sekunder)
    }

    pub fn ga(&self, sekunder: i64) {
        self.klokke.set(self.om(sekunder));
    }

    /// A round that opens and closes so long from now, as the configuration would have it.
    pub async fn runde(&self, godkjenning: Godkjenning, (apner, stenger): (jiff::Span, jiff::Span)) {
        let vindu = (self.na().checked_add(apner).unwrap(), self.na().checked_add(stenger).unwrap());
        let runde = Innsamling::ny(self.nokkel.fylke, self.nokkel.skolear, vindu, godkjenning);
        runtime::overfor_runder(&self.om, &[runde]).await.unwrap();
    }

    pub async fn stille_timer(&self, timer: u32) {
        let runder = runtime::runder(&self.om).await.unwrap();
        let runde = runder[&self.nokkel.runde()].runde().clone();
        let runde = Innsamling { stille_timer: timer, ..runde };
        runtime::overfor_runder(&self.om, &[runde]).await.unwrap();
    }

    pub async fn endre_runde(&self, endring: Rundeendring) {
        let av = Aktor::med_rolle("liv", elevliste::Rolle::Fylke);
        runtime::endre_runde(&self.om, self.nokkel.runde(), av, "avtalt", endring).await.unwrap();
    }

    /// The list, as the step before would write it.
    pub async fn skriv(&self, linjer: &[Elevlinje]) {
        let liste = Elevliste {
            nokkel: self.nokkel.clone(),
            skole: self.skole.clone(),
            tenant: TENANT.into(),
            linjer: linjer.to_vec(),
            avvik: vec![],
            skjermede: vec![],
        };
        let (skjema, data) = kod(&liste).unwrap();
        let hode = Hode {
            id: Uuid::now_v7(),
            kilde: format!("{TENANT}:liste"),
            typ: "liste.elevliste.endret".into(),
            tid: self.na(),
            skjema: Some(skjema),
            spor: None,
        };
        let subject = format!("liste.{}", self.nokkel);
        self.om.bus.publish(vec![Message { subject, headers: hode.hoder(), payload: data.into() }]).await.unwrap();
    }

    pub async fn sak(&self) -> Listesak {
        runtime::hent(&self.om, &self.nokkel).await.unwrap()
    }

    pub fn se(&self, sak: &Listesak) -> Listebilde {
        self.rundt.bilde(sak, self.na()).unwrap()
    }

    pub async fn bilde(&self) -> Listebilde {
        self.se(&self.sak().await)
    }

    pub async fn status(&self) -> Skolestatus {
        self.bilde().await.status
    }

    /// A person at the school does something with the list as it stands now.
    pub async fn gjor(&self, handling: impl FnOnce(&Listebilde) -> Handling) -> Result<(), Utforfeil> {
        self.gjor_som(Aktor::med_rolle("kari", elevliste::Rolle::Skole), handling).await
    }

    pub async fn gjor_som(&self, av: Aktor, handling: impl FnOnce(&Listebilde) -> Handling) -> Result<(), Utforfeil> {
        let mut sak = self.sak().await;
        let handling = handling(&self.se(&sak));
        runtime::utfor(&self.om, &self.rundt, &mut sak, av, handling).await
    }

    pub async fn godkjenn(&self) {
        self.gjor(|bilde| Handling::Godkjent { segl: bilde.segl.clone() }).await.unwrap();
    }

    pub fn kjor(&self) -> Prosess {
        self.kjor_med(self.sink.clone())
    }

    pub fn kjor_med(&self, sink: Arc<dyn Sink>) -> Prosess {
        let samtidige = NonZeroUsize::new(2).unwrap();
        self.kjor_plan(Mottaker {
            samtidige,
            taushet: Duration::from_millis(600),
            ..Mottaker::ny(sink, vec![self.nokkel.fylke])
        })
    }

    pub fn kjor_plan(&self, mottaker: Mottaker) -> Prosess {
        let trader = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let plan =
            Plan { mottakere: vec![mottaker], godkjenn: self.godkjenn, rundt: self.rundt.clone(), ..Plan::default() };
        let program = {
            let _inne = trader.enter();
            Program::start(self.om.clone(), plan)
        };
        Prosess { program: Some(program), trader: Some(trader) }
    }

    /// Waits until the list stands so.
    pub async fn vent(&self, hva: &str, sant: impl Fn(&Listebilde) -> bool) -> Listebilde {
        let frist = Instant::now() + FRIST;
        loop {
            let sak = self.sak().await;
            let bilde = self.se(&sak);
            if sant(&bilde) {
                return bilde;
            }
            assert!(Instant::now() < frist, "{hva} did not happen: {:?} {:?}", bilde.status, ord(&sak));
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    pub async fn vent_pa(&self, status: Skolestatus) -> Listebilde {
        self.vent(status.as_str(), |bilde| bilde.status == status).await
    }

    /// The same while time goes, ten seconds at a time: for what waits for a pause to be over.
    pub async fn vent_lenge(&self, hva: &str, sant: impl Fn(&Listebilde) -> bool) -> Listebilde {
        self.vent(hva, |bilde| {
            let ja = sant(bilde);
            if !ja {
                self.ga(10);
            }
            ja
        })
        .await
    }

    /// The pupils that VIGO has accepted: number and class, sorted. None if it has no list.
    pub fn hos_vigo(&self) -> Option<Vec<(String, String)>> {
        let (orgnr, skolear) = (self.orgnr(), self.verden.skolear.to_string());
        let mut elever: Vec<_> = match self.dialekt {
            Dialekt::Vigoskole => {
                let liste = self.verden.vigo.godkjent(orgnr, &skolear)?;
                liste.lines.into_iter().map(|l| (l.personal_identity_number, l.class_code)).collect()
            }
            Dialekt::V1 => {
                let liste = self.verden.vigo.elevliste(orgnr, &skolear)?;
                let elev = |e: simulators::vigo::elevliste_v1::Elev| Some((e.identitetsnummer?, e.klassekode?));
                liste.elever.into_iter().map(elev).collect::<Option<_>>().unwrap()
            }
        };
        elever.sort();
        Some(elever)
    }

    /// How many writes VIGO has accepted for the school.
    pub fn effekter(&self) -> usize {
        let mine = |orgnr: &str| orgnr == self.orgnr();
        match self.dialekt {
            Dialekt::Vigoskole => {
                let alle = self.verden.vigo.innsendinger();
                alle.iter().filter(|i| i.er_godkjent() && mine(&i.school.org_nr)).count()
            }
            Dialekt::V1 => self.verden.vigo.skrivinger().iter().filter(|s| mine(&s.orgnr)).count(),
        }
    }

    pub fn orgnr(&self) -> &str {
        self.skole.organisasjonsnummer.as_deref().unwrap()
    }
}

impl Prosess {
    /// As a power cut: nothing that is under way comes further.
    pub fn drep(mut self) {
        self.slipp();
    }

    /// As it should be: what is under way is finished.
    pub async fn stopp(mut self) {
        let program = self.program.take().unwrap();
        let ferdig = self.trader.as_ref().unwrap().spawn(program.stopp(Duration::from_secs(30))).await.unwrap();
        assert!(ferdig, "all roles stop");
        self.slipp();
    }

    fn slipp(&mut self) {
        if let Some(trader) = self.trader.take() {
            trader.shutdown_background();
        }
    }
}

impl Drop for Prosess {
    fn drop(&mut self) {
        self.slipp();
    }
}

pub fn tenant() -> Tenant {
    TENANT.parse().unwrap()
}

/// Synthetic pupils, as many as are asked for; the same number is always the same pupil.
pub fn elever(antall: usize) -> Vec<Elevlinje> {
    (0..antall).map(|nr| elev(nr, "10A")).collect()
}

pub fn elev(nr: usize, klasse: &str) -> Elevlinje {
    let dager = (1..=12).flat_map(|maned| (1..=28).map(move |dag| (maned, dag)));
    let mut alle = dager.filter_map(|(maned, dag)| tenor_nummer(Grunnlag::Fnr, 2011, maned, dag, 500));
    let nummer = alle.nth(nr).unwrap().verdi().vis().clone();
    Elevlinje {
        elev: Uuid::from_u128(0xe1e0_0000 + nr as u128),
        klasse: Some(klasse.into()),
        identitetsnummer: Some(Skjermet::new(nummer)),
        fornavn: format!("Elev{nr}").as_str().into(),
        mellomnavn: None,
        etternavn: "Prøvesen".into(),
        avvik: vec![],
        opphav: None,
    }
}

/// What VIGO should have of these pupils.
pub fn fasit(linjer: &[Elevlinje]) -> Option<Vec<(String, String)>> {
    let linje = |l: &Elevlinje| (l.identitetsnummer.as_ref().unwrap().vis().clone(), l.klasse.clone().unwrap());
    let mut elever: Vec<_> = linjer.iter().map(linje).collect();
    elever.sort();
    Some(elever)
}

/// The acts of a ledger, in words.
pub fn ord(sak: &Listesak) -> Vec<String> {
    let ord = |handling: &Handling| match handling {
        Handling::Svar { utfall, .. } => format!("{utfall:?}"),
        Handling::Avklart { mottatt, hvordan, .. } => format!("{hvordan:?}:{mottatt}"),
        Handling::Intensjon { oppdatering: true, .. } => "oppdatering".to_owned(),
        handling => handling.navn().to_owned(),
    };
    sak.poster.iter().map(|p| ord(&p.handling)).collect()
}
