//! What the tests of the register's loop stand on: a store, a clock that stands still, lists, and what came of them.

use super::falsk::Falsk;
use crate::scene::{TENANT, innhold, tenant};
use anyhow::{Context, Result, ensure};
use bus::{Bus, Message, Nats, NatsConfig, Record, Start, local::LocalServer};
use elevliste::{Elevlinje, Elevliste, Skolereferanse};
use flow::ManualClock;
use folkeregister::Registerperson;
use hendelse::{Bibliotek, Hode, KILDE, Kildemarkor, Tenantnokkel, kod};
use identitet::{Grunnlag, tenor_nummer};
use jiff::{Timestamp, ToSpan};
use runtime::{
    Alarmmerke, Kildemerke, Kildestatus, Kildetilstand, Maalere, Omgivelse, Plan, Program, Register, Slag, kildestatus,
};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use uuid::Uuid;

const REGISTER: &str = "freg";
/// Never reached when all is well: what is waited for is a state, not a time.
const FRIST: Duration = Duration::from_secs(60);

/// A store, a clock that stands still, and a register.
pub struct Sted {
    _mappe: TempDir,
    pub nats: LocalServer,
    pub clock: Arc<ManualClock>,
    pub falsk: Falsk,
}

/// The loop, running.
pub struct Kjoring {
    pub om: Omgivelse,
    program: Program,
}

impl Sted {
    /// A list with `antall` pupils, whom the register knows.
    pub async fn ny(antall: usize) -> Result<(Self, Vec<String>)> {
        let mappe = tempfile::Builder::new().prefix("mellomlag-register-").tempdir()?;
        let nats = LocalServer::start(&LocalServer::find().await?, mappe.path()).await?;
        let clock = Arc::new(ManualClock::new("2026-11-21T08:00:00Z".parse()?));
        let sted = Self { _mappe: mappe, nats, clock, falsk: Falsk::ny("test/uten-hjemmel") };
        let numre = numre(Grunnlag::Fnr, antall);
        for nummer in &numre {
            sted.falsk.person(nummer, 1, &[]);
        }
        let om = sted.om().await?;
        liste(&om, "46503", &numre).await?;
        Ok((sted, numre))
    }

    pub async fn om(&self) -> Result<Omgivelse> {
        let config = NatsConfig { timeout: Duration::from_secs(5), ..NatsConfig::local(&self.nats.url()) };
        let bus: Arc<dyn Bus> = Arc::new(Nats::connect(&config).await?);
        runtime::klargjor(&*bus, 1).await?;
        Ok(Omgivelse { bus, clock: self.clock.clone(), maalere: Maalere::default() })
    }

    pub async fn kjor(&self) -> Result<Kjoring> {
        self.kjor_med(&self.falsk).await
    }

    pub async fn kjor_med(&self, falsk: &Falsk) -> Result<Kjoring> {
        let om = self.om().await?;
        let nokkel = Tenantnokkel::fra_hex(&"7a".repeat(32))?;
        let mut register = Register::ny(tenant(), nokkel, REGISTER.parse()?, Arc::new(falsk.clone()));
        register.pause = Duration::from_millis(20);
        let program = Program::start(om.clone(), Plan { registre: vec![register], ..Plan::default() });
        Ok(Kjoring { om, program })
    }

    pub fn na(&self) -> Timestamp {
        flow::Clock::now(&*self.clock)
    }

    pub fn timer(&self, timer: i64) {
        self.clock.set(self.na().checked_add(timer.hours()).expect("a time"));
    }
}

impl Kjoring {
    /// Waits until KILDE holds exactly what the register says of these numbers, and the register has been read to its end.
    pub async fn har(&self, falsk: &Falsk, numre: &[String]) -> Result<()> {
        let fasit: BTreeMap<String, Registerperson> = numre.iter().map(|n| (n.clone(), falsk.sier(n))).collect();
        let frist = Instant::now() + FRIST;
        while svar(&self.om).await? != fasit {
            ensure!(Instant::now() < frist, "KILDE never came to hold what the register says\n{}", self.maalt());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        self.innhentet(falsk).await
    }

    /// Waits until the feed has been read to its end, and looked at again.
    pub async fn innhentet(&self, falsk: &Falsk) -> Result<()> {
        for _ in 0..2 {
            let for_dette = falsk.tomme();
            self.vent("the end of the feed", || falsk.tomme() > for_dette).await?;
        }
        Ok(())
    }

    pub async fn vent(&self, hva: &str, sant: impl Fn() -> bool) -> Result<()> {
        let frist = Instant::now() + FRIST;
        while !sant() {
            ensure!(Instant::now() < frist, "{hva} did not happen\n{}", self.maalt());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Ok(())
    }

    pub fn maalt(&self) -> String {
        self.om.maalere.tekst()
    }

    pub fn alarm(&self, grunn: &'static str) -> bool {
        let merke = Alarmmerke { tenant: TENANT.to_owned(), kilde: REGISTER.to_owned(), reason: grunn };
        self.om.maalere.register_alarm.get_or_create(&merke).get() == 1
    }

    /// The newest update, the last answer, and the place.
    pub fn niva(&self) -> [i64; 3] {
        let (m, merke) = (&self.om.maalere, Kildemerke { tenant: TENANT.to_owned(), kilde: REGISTER.to_owned() });
        [&m.register_hendelse, &m.register_kontakt, &m.register_sted].map(|niva| niva.get_or_create(&merke).get())
    }

    /// Waits until the register's status, told where the other sources tell theirs, is this.
    pub async fn status(&self, ventet: Kildetilstand) -> Result<Kildestatus> {
        let (navn, frist) = (REGISTER.parse()?, Instant::now() + FRIST);
        loop {
            match kildestatus(&self.om, &tenant(), &navn).await? {
                Some(status) if status.tilstand == ventet => return Ok(status),
                status => ensure!(Instant::now() < frist, "the status stayed {status:?}"),
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    pub fn stoppet(&self, kode: &str) -> u64 {
        let slag = Slag { del: "register", tenant: TENANT.to_owned(), slag: kode.to_owned() };
        self.om.maalere.stopp.get_or_create(&slag).get()
    }

    /// Answers written by this run.
    pub fn skrevet(&self) -> u64 {
        Maalere::av(&self.om.maalere.skrevet, "register", TENANT).get()
    }

    pub async fn stopp(self) {
        assert!(self.program.stopp(Duration::from_secs(30)).await, "the loop stops");
    }
}

/// What KILDE holds, by number.
pub async fn svar(om: &Omgivelse) -> Result<BTreeMap<String, Registerperson>> {
    let filter = format!("kilde.{TENANT}.{REGISTER}.registerperson.*");
    innhold(om, KILDE, &filter).await?.iter().map(|r| person(r).map(|p| (p.nummer.vis().clone(), p))).collect()
}

/// Every version of every answer, in order.
pub async fn historikk(om: &Omgivelse) -> Result<Vec<Registerperson>> {
    let filter = format!("kilde.{TENANT}.{REGISTER}.registerperson.*");
    let mut reader = om.bus.read(KILDE, &[filter], Start::After(0)).await?;
    let mut igjen = reader.pending_at_start();
    let mut ut = vec![];
    while igjen > 0 {
        for record in reader.next(500, Duration::from_secs(10)).await? {
            igjen = record.pending;
            ut.push(person(&record)?);
        }
    }
    Ok(ut)
}

pub fn person(record: &Record) -> Result<Registerperson> {
    let skjema = Hode::les(|navn| record.header(navn))?.skjema.context("data")?;
    Ok(Bibliotek::default().les(skjema, &record.payload)?)
}

/// The place in the mark.
pub async fn merke(om: &Omgivelse) -> Result<Option<serde_json::Value>> {
    let Some(record) = om.bus.last(KILDE, &format!("kilde._cursor.{TENANT}.{REGISTER}")).await? else {
        return Ok(None);
    };
    let skjema = Hode::les(|navn| record.header(navn))?.skjema.context("data")?;
    let markor: Kildemarkor = Bibliotek::default().les(skjema, &record.payload)?;
    assert!(markor.hel, "nobody waits for a register");
    Ok(markor.posisjon.map(|p| serde_json::from_str(&p)).transpose()?)
}

/// Writes a list, as the step before would.
pub async fn liste(om: &Omgivelse, skolenr: &str, numre: &[String]) -> Result<()> {
    liste_av(om, TENANT, skolenr, numre).await
}

pub async fn liste_av(om: &Omgivelse, tenant: &str, skolenr: &str, numre: &[String]) -> Result<()> {
    let linje = |nummer: &String| Elevlinje {
        elev: Uuid::now_v7(),
        klasse: Some("10A".into()),
        identitetsnummer: Some(nummer.as_str().into()),
        fornavn: "Prøve".into(),
        mellomnavn: None,
        etternavn: "Prøvesen".into(),
        avvik: vec![],
        opphav: None,
    };
    let liste = Elevliste {
        nokkel: format!("46.{skolenr}.2026-2027.1").parse()?,
        skole: Skolereferanse {
            organisasjonsnummer: None,
            skolenr: skolenr.into(),
            navn: "Eksempel".into(),
            kommunenr: None,
        },
        tenant: tenant.to_owned(),
        linjer: numre.iter().map(linje).collect(),
        avvik: vec![],
        skjermede: vec![],
    };
    let (skjema, data) = kod(&liste)?;
    let hode = Hode {
        id: Uuid::now_v7(),
        kilde: format!("{tenant}:liste"),
        typ: "liste.elevliste.ny".into(),
        tid: om.clock.now(),
        skjema: Some(skjema),
        spor: None,
    };
    let subject = format!("liste.{}", liste.nokkel);
    Ok(om.bus.publish(vec![Message { subject, headers: hode.hoder(), payload: data.into() }]).await?)
}

/// Numbers of synthetic people born in 2011.
pub fn numre(grunnlag: Grunnlag, antall: usize) -> Vec<String> {
    let dager = (1..=12).flat_map(|maned| (1..=28).map(move |dag| (maned, dag)));
    let alle = dager.flat_map(|(maned, dag)| {
        (500..=999).step_by(20).filter_map(move |individ| tenor_nummer(grunnlag, 2011, maned, dag, individ))
    });
    alle.map(|n| n.verdi().vis().clone()).take(antall).collect()
}

/// Numbers of people on nobody's list.
pub fn fremmede(antall: usize) -> Vec<String> {
    numre(Grunnlag::Fnr, 1000 + antall).split_off(1000)
}
