//! A store in memory, a clock that the simulators share, and the loop of one source, running as it does in the program.

use crate::sannhet::{Sannhet, av_objekter};
use bus::{Bus, Memory, Record, StreamSpec};
use flow::{Clock, Lesevalg, Source};
use hendelse::{KILDE, Kildenavn, Tenant, Tenantnokkel};
use jiff::{SignedDuration, Timestamp};
use runtime::{
    Avgjorelse, Kilde, Kildelop, Kildestatus, Kildetilstand, Maalere, Omgivelse, Plan, Program, kildestatus,
};
use simulators::Klokke;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Never reached when all is well: what is waited for is a state, not a time.
const FRIST: Duration = Duration::from_secs(60);
/// Longer than any wait that the simulators ask for, and than the minute that they count requests in.
const MELLOM: SignedDuration = SignedDuration::from_secs(61);

/// The simulators' clock as the product sees it: both live in the same time.
pub struct Ur(pub Klokke);

impl Clock for Ur {
    fn now(&self) -> Timestamp {
        self.0.na()
    }
}

/// A clock that stands still on a day in November.
pub fn klokke() -> Klokke {
    Klokke::stoppet("2026-11-21T08:00:00Z".parse().expect("a time"))
}

/// One source and its store.
pub struct Sted {
    pub om: Omgivelse,
    bus: Memory,
    pub kilde: Kilde,
    klokke: Klokke,
}

impl Sted {
    pub async fn ny(klokke: &Klokke, source: Arc<dyn Source>) -> Self {
        let bus = Memory::default();
        // The whole log is kept, and not only the last versions: what was ever published is looked at.
        let alt = runtime::strommer(1).map(|strom| StreamSpec { keep_per_subject: 0, ..strom });
        bus.ensure(&alt, &runtime::botter(1)).await.unwrap();
        let clock: Arc<dyn Clock> = Arc::new(Ur(klokke.clone()));
        let om = Omgivelse { bus: Arc::new(bus.clone()), clock, maalere: Maalere::default() };
        let kilde = Kilde {
            tenant: "litlevik".parse::<Tenant>().unwrap(),
            nokkel: Tenantnokkel::fra_hex(&"7a".repeat(32)).unwrap(),
            navn: "kilden".parse::<Kildenavn>().unwrap(),
            source,
            valg: Lesevalg::hver(Duration::from_secs(86_400)),
        };
        Self { om, bus, kilde, klokke: klokke.clone() }
    }

    /// The same store, read through another source object.
    pub fn med(&self, source: Arc<dyn Source>) -> Kilde {
        Kilde { source, ..self.kilde.clone() }
    }

    /// The loop's memory, new.
    pub async fn lop(&self, source: Arc<dyn Source>) -> Kildelop {
        Kildelop::last(self.om.clone(), self.med(source)).await.unwrap()
    }

    /// What KILDE holds.
    pub async fn innhold(&self) -> Sannhet {
        av_objekter(&runtime::les_kilde(&self.om, &self.kilde.tenant, &self.kilde.navn).await.unwrap())
    }

    /// Everything that was ever published of the source's objects, in order.
    pub fn logg(&self) -> Vec<Record> {
        self.bus.log(KILDE, "kilde.litlevik.kilden.>")
    }

    /// What was published, by what it says has happened.
    pub fn hendt(&self) -> BTreeMap<String, usize> {
        self.logg().iter().fold(BTreeMap::new(), |mut ut, record| {
            *ut.entry(hva(record).to_owned()).or_default() += 1;
            ut
        })
    }

    /// The subjects' tails of these objects.
    pub fn emner(&self, sannhet: &Sannhet) -> BTreeSet<String> {
        let navn = self.kilde.navn.as_str();
        sannhet.keys().map(|(typ, id)| format!("{typ}.{}", self.kilde.nokkel.k(&[navn, typ, id]))).collect()
    }

    /// Published as gone since `fra`, although it was there before and after.
    pub fn falskt_fjernet(&self, fra: usize, for_: &Sannhet, etter: &Sannhet) -> Vec<String> {
        let (for_, etter) = (self.emner(for_), self.emner(etter));
        let borte = self.logg().into_iter().skip(fra).filter(|r| matches!(hva(r), "fjernet" | "forsvunnet"));
        let haler = borte.filter_map(|r| r.subject.splitn(4, '.').last().map(str::to_owned));
        haler.filter(|hale| for_.contains(hale) && etter.contains(hale)).collect()
    }

    /// Starts the loop, as the program does. It reads once by itself.
    pub async fn start(&self) -> (Lop<'_>, Kildestatus) {
        self.klokke.flytt(MELLOM);
        let program = Program::start(self.om.clone(), Plan { kilder: vec![self.kilde.clone()], ..Plan::default() });
        let lop = Lop { sted: self, program };
        let status = lop.ferdig().await;
        (lop, status)
    }
}

fn hva(record: &Record) -> &str {
    record.header("ce-type").and_then(|t| t.rsplit('.').next()).unwrap_or_default()
}

/// The loop, running.
pub struct Lop<'a> {
    sted: &'a Sted,
    program: Program,
}

impl Lop<'_> {
    /// A minute later: reads once more.
    pub async fn les(&self) -> Kildestatus {
        self.sted.klokke.flytt(MELLOM);
        self.program.hent_na();
        self.ferdig().await
    }

    /// Asks for a reading, and does not wait.
    pub fn be_om(&self) {
        self.sted.klokke.flytt(MELLOM);
        self.program.hent_na();
    }

    async fn ferdig(&self) -> Kildestatus {
        let (om, kilde) = (&self.sted.om, &self.sted.kilde);
        let (na, begynt) = (om.clock.now(), Instant::now());
        let frist = begynt + FRIST;
        loop {
            match kildestatus(om, &kilde.tenant, &kilde.navn).await.unwrap() {
                Some(status) if status.sist_forsok >= Some(na) => return status,
                status => assert!(Instant::now() < frist, "the source was not read; {status:?}"),
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
            // The source may have asked for time: it passes.
            if begynt.elapsed() > Duration::from_millis(250) {
                self.sted.klokke.flytt(jiff::SignedDuration::from_secs(1));
            }
        }
    }

    /// Reads until all is well and nothing moves, with a person who approves what is held. Whoever is
    /// missing for good, because rows cannot be read or nothing can be looked up, stays so.
    pub async fn til_ro(&self) -> Kildestatus {
        let (om, kilde) = (&self.sted.om, &self.sted.kilde);
        let (mut forrige, mut stille) = (usize::MAX, 0);
        for _ in 0..12 {
            let status = self.les().await;
            if status.tilstand == Kildetilstand::Holdt {
                let hold = runtime::holdt(om, &kilde.tenant, &kilde.navn).await.unwrap().unwrap();
                let nar = om.clock.now();
                let ja = Avgjorelse { godkjent: true, hvem: "Kari Prøvesen".into(), hvorfor: "sett på".into(), nar };
                runtime::avgjor(om, &kilde.tenant, &kilde.navn, &hold.digest, ja).await.unwrap();
                continue;
            }
            let antall = self.sted.logg().len();
            stille = if status.tilstand == Kildetilstand::Ok && antall == forrige { stille + 1 } else { 0 };
            let savnet = status.resultat.savnet > 0 && status.resultat.avvist == 0;
            if stille >= if savnet { 5 } else { 1 } {
                return status;
            }
            forrige = antall;
        }
        panic!("nothing came to rest; {:?}", kildestatus(om, &kilde.tenant, &kilde.navn).await.unwrap());
    }

    pub async fn stopp(self, frist: Duration) -> bool {
        self.program.stopp(frist).await
    }
}
