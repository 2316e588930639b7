//! A county with schools, everything that happens to their lists, and the post that goes out about it.

use adapter_epost::{Config, Epost, Mottaker, Mottakerregister};
use async_trait::async_trait;
use bus::{Memory, Message};
use elevliste::{
    Aktor, Avvik, Eier, Elevlinje, Elevliste, Godkjenning, Handling, Innsamling, Kontakt, Listenokkel, Listestatus,
    Niva, Rundeversjon, Sending, Skolereferanse, Skolestatus, Utfall,
};
use flow::ManualClock;
use hendelse::{Hode, Kildenavn, Tenant, Tenantnokkel, kod};
use jiff::Timestamp;
use runtime::{Kildestatus, Maalere, Omgivelse, Plan, Program, Sammenheng, Stopp, Varsling};
use serde_json::{Value, json};
use simulators::smtp::{Mottatt, Smtp, SmtpConfig};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Never reached when all is well: what is waited for is a state, not a time.
const FRIST: Duration = Duration::from_secs(60);
/// What must stand nowhere but on the list.
pub const NAVN: &str = "Kanarifugl";
pub const NUMMER: &str = "05820998865";

/// School number, organisation number and name.
pub type Skole = (&'static str, &'static str, &'static str);
pub const A: Skole = ("46503", "974564882", "Åsen skule");
pub const B: Skole = ("46505", "974564904", "Bø <ungdomsskole>");

pub fn t(tekst: &str) -> Timestamp {
    tekst.parse().unwrap()
}

pub fn liste(skole: Skole) -> Listenokkel {
    format!("46.{}.2026-2027.1", skole.0).parse().unwrap()
}

/// The municipality's school system.
pub fn kilde() -> (Tenant, Kildenavn) {
    ("voss".parse().unwrap(), "vigilo".parse().unwrap())
}

/// Nobody has a user.
struct Ingen;

#[async_trait]
impl Mottakerregister for Ingen {
    async fn alle(&self, _: &Omgivelse) -> Result<Vec<Mottaker>, Stopp> {
        Ok(vec![])
    }
}

/// The school A in nynorsk, the municipality in bokmål, the county in English.
pub fn alle() -> Vec<Value> {
    vec![
        json!({"navn": "skolen", "epost": "a@skole.example", "rolle": "skole", "skole": A.1, "sprak": "nn"}),
        json!({"navn": "kommunen", "epost": "skole@kommune.example", "rolle": "kommune", "tenant": "voss"}),
        json!({"navn": "fylket", "epost": "inntak@fylke.example", "rolle": "fylke", "fylke": "46", "sprak": "en"}),
    ]
}

pub struct Sted {
    pub om: Omgivelse,
    klokke: Arc<ManualClock>,
    rundt: Sammenheng,
    program: Program,
    pub smtp: Smtp,
    mottakere: Vec<Value>,
    post: Option<(CancellationToken, JoinHandle<()>)>,
}

impl Sted {
    /// Opens at ten o'clock on a Monday, with a round that closes on Saturday the 31st.
    pub async fn nytt(mottakere: Vec<Value>) -> Self {
        let bus = Memory::default();
        runtime::klargjor(&bus, 1).await.unwrap();
        let klokke = Arc::new(ManualClock::new(t("2026-10-05T10:00:00+02")));
        let om = Omgivelse { bus: Arc::new(bus), clock: klokke.clone(), maalere: Maalere::default() };
        let nokkel = Tenantnokkel::fra_hex(&"0a".repeat(32)).unwrap();
        let tenant: Tenant = "voss".parse().unwrap();
        let rundt = Sammenheng { nokler: Arc::new([(tenant, nokkel)].into_iter().collect()), ..Sammenheng::default() };
        let plan = Plan { varsling: Some(Varsling::default()), rundt: rundt.clone(), ..Plan::default() };
        let program = Program::start(om.clone(), plan);
        let smtp = Smtp::start(SmtpConfig::default()).await.unwrap();
        let mut sted = Self { om, klokke, rundt, program, smtp, mottakere, post: None };
        sted.start();
        sted
    }

    pub fn start(&mut self) {
        let config: Config = serde_json::from_value(json!({
            "vert": "127.0.0.1", "port": self.smtp.adresse().port(), "kryptering": "ingen",
            "avsender": "Mellomlag <ikke-svar@mellomlag.example>", "adresse": "https://mellomlag.example/",
            "mottaker": self.mottakere,
        }))
        .unwrap();
        assert_eq!(config.check(), vec![]);
        let (stopp, mappe) = (CancellationToken::new(), std::path::Path::new("."));
        let epost = Epost::les(&config, mappe).unwrap();
        let oppgave = tokio::spawn(epost.kjor(self.om.clone(), Arc::new(Ingen), vec![kilde()], stopp.clone()));
        self.post = Some((stopp, oppgave));
    }

    pub async fn stopp(&mut self) {
        if let Some((stopp, oppgave)) = self.post.take() {
            stopp.cancel();
            oppgave.await.unwrap();
        }
    }

    pub async fn slutt(mut self) {
        self.stopp().await;
        assert!(self.program.stopp(Duration::from_secs(10)).await);
    }

    pub fn ga_til(&self, na: &str) {
        self.klokke.set(t(na));
    }

    /// A list whose pupils each break these rules.
    pub async fn skriv(&self, skole: Skole, elever: &[&[&str]]) {
        let avvik = |regel: &&str| Avvik {
            regel: (*regel).to_owned(),
            niva: Niva::Feil,
            eier: Eier::Skole,
            felt: None,
            detalj: Some(NAVN.into()),
        };
        let linje = |(nr, regler): (usize, &&[&str])| Elevlinje {
            elev: Uuid::from_u128(nr as u128 + 1),
            klasse: Some("10A".into()),
            identitetsnummer: Some(NUMMER.into()),
            fornavn: NAVN.into(),
            mellomnavn: None,
            etternavn: NAVN.into(),
            avvik: regler.iter().map(avvik).collect(),
            opphav: None,
        };
        let referanse = Skolereferanse {
            organisasjonsnummer: Some(skole.1.into()),
            skolenr: skole.0.into(),
            navn: skole.2.into(),
            kommunenr: None,
        };
        let liste = Elevliste {
            nokkel: liste(skole),
            skole: referanse,
            tenant: "voss".into(),
            linjer: elever.iter().enumerate().map(linje).collect(),
            avvik: vec![],
            skjermede: vec![],
        };
        let (skjema, data) = kod(&liste).unwrap();
        let (id, kilde, typ) = (Uuid::now_v7(), "voss:liste".to_owned(), "liste.endret".to_owned());
        let hode = Hode { id, kilde, typ, tid: self.om.clock.now(), skjema: Some(skjema), spor: None };
        let melding =
            Message { subject: format!("liste.{}", liste.nokkel), headers: hode.hoder(), payload: data.into() };
        self.om.bus.publish(vec![melding]).await.unwrap();
    }

    /// How the school system is doing from now on.
    pub async fn kilde_er(&self, status: &Kildestatus) {
        let (tenant, navn) = kilde();
        let verdi = serde_json::to_vec(status).unwrap();
        self.om.bus.put(runtime::KILDER, &format!("status.{tenant}.{navn}"), verdi.into()).await.unwrap();
    }

    /// The round as the county wants it from now on.
    pub async fn runde(&self, endre: impl FnOnce(&mut Innsamling)) {
        let runder = runtime::runder(&self.om).await.unwrap();
        let vindu = (t("2026-10-01T00:00:00+02"), t("2026-10-31T23:59:59+01"));
        let mut runde = Innsamling::ny("46".parse().unwrap(), "2026-2027".parse().unwrap(), vindu, Godkjenning::Skole);
        runde.kontakt =
            Some(Kontakt { navn: "Inntak Vestland".into(), epost: None, telefon: Some("55 00 00 00".into()) });
        let sak = runder.get(&runde.nokkel());
        let mut runde = sak.map_or(runde, |sak| sak.runde().clone());
        endre(&mut runde);
        let versjon = Rundeversjon { runde, grunn: None };
        runtime::skriv_runde(&self.om, sak, Aktor::person("liv"), versjon).await.unwrap();
    }

    /// The list is sent, and this becomes of it.
    pub async fn send(&self, skole: Skole, utfall: Utfall) {
        let mut sak = runtime::hent(&self.om, &liste(skole)).await.unwrap();
        let bilde = self.rundt.bilde(&sak, self.om.clock.now()).unwrap();
        let svar = Handling::Svar {
            segl: bilde.segl.clone(),
            utfall,
            kvittering: None,
            merknader: vec![],
            forklaring: None,
            etag: None,
            bevis: None,
        };
        for handling in [bilde.intensjon("vigo", Sending::Liste, None), svar] {
            runtime::skriv(&self.om, &mut sak, Aktor::system("levering"), handling, None).await.unwrap();
        }
    }

    /// Waits until a list stands so.
    pub async fn star(&self, skole: Skole, sant: impl Fn(&Listestatus) -> bool) {
        let slutt = Instant::now() + FRIST;
        loop {
            let status = runtime::listestatus(&self.om, &liste(skole)).await.unwrap();
            if status.as_ref().is_some_and(&sant) {
                return;
            }
            assert!(Instant::now() < slutt, "it never came: {status:?}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    pub async fn har_status(&self, skole: Skole, onsket: Skolestatus) {
        self.star(skole, |status| status.status == onsket).await;
    }

    /// How far a recipient has come, when it has come so far.
    pub async fn stand(&self, navn: &str, sant: impl Fn(&Value) -> bool) -> Value {
        let slutt = Instant::now() + FRIST;
        loop {
            let verdi = self.om.bus.get(runtime::ABONNEMENT, &format!("epost.oppsett-{navn}")).await.unwrap();
            let stand = verdi.map_or(Value::Null, |verdi| serde_json::from_slice(&verdi).unwrap());
            if sant(&stand) {
                return stand;
            }
            assert!(Instant::now() < slutt, "it never came: {stand}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Waits until everybody is known and has come to the end of what was told.
    pub async fn kjent(&self) {
        for mottaker in &self.mottakere {
            self.stand(mottaker["navn"].as_str().unwrap(), |stand| !stand.is_null()).await;
        }
    }

    /// Waits until so many letters have come, and takes them.
    pub async fn post(&self, antall: usize) -> Vec<Mottatt> {
        let slutt = Instant::now() + FRIST;
        while self.smtp.brev().len() < antall {
            let emner: Vec<_> = self.smtp.brev().iter().map(|b| (b.til.clone(), b.emne().to_owned())).collect();
            assert!(Instant::now() < slutt, "there were {emner:?}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let mut brev = self.smtp.brev();
        self.smtp.glem();
        assert_eq!(brev.len(), antall, "{:?}", brev.iter().map(Mottatt::emne).collect::<Vec<_>>());
        brev.sort_by(|a, b| a.til.cmp(&b.til));
        brev
    }
}
