//! Seeded stories of deliveries whose answers are lost, late or odd, of power cuts, and of somebody else who delivers too.
//!
//! However it goes: nothing has its effect twice, nothing is called accepted that the receiver does not have, and every
//! list ends where it is said what is to be done. `MELLOMLAG_CAMPAIGN` sets how many are played, `FROE` plays one alone.

use crate::avbrudd::{Brudd, Linje};
use crate::sted::{Dialekt, FRIST, Prosess, Sted, Verden, elev, fasit, ord};
use elevliste::{Avklaring, Elevlinje, Godkjenning, Handling, Skolestatus};
use flow::{Forsendelse, Sink};
use liste::{Listebilde, Oppgave};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng, seq::IndexedRandom as _};
use simulators::vigo::Feil;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

const VANLIG: u64 = 300;
/// Stories at once.
const SAMTIDIG: usize = 24;

/// The sinks that stories share.
struct Linjer {
    verden: Arc<Verden>,
    vigoskole: Arc<dyn Sink>,
    v1: Arc<dyn Sink>,
}

/// One story, as it was drawn.
struct Historie {
    sted: Sted,
    linje: Arc<Linje>,
    rng: StdRng,
    /// Nobody else delivers, and the configuration says so.
    eneste: bool,
    prosess: Option<Prosess>,
    hendt: BTreeMap<&'static str, u64>,
    /// Whether somebody else has delivered.
    annen: bool,
    /// Whether a person looked before the dust had settled.
    forhastet: bool,
}

impl Historie {
    async fn ny(linjer: &Linjer, froe: u64) -> Self {
        let mut rng = StdRng::seed_from_u64(froe);
        let dialekt = if rng.random_bool(0.5) { Dialekt::Vigoskole } else { Dialekt::V1 };
        let eneste = rng.random_bool(0.5);
        let godkjenning = if rng.random_bool(0.3) { Godkjenning::Automatisk } else { Godkjenning::Skole };
        let sink = if dialekt == Dialekt::V1 { &linjer.v1 } else { &linjer.vigoskole };
        let sted = Sted::med(&linjer.verden, dialekt, godkjenning, eneste, sink).await;
        let linje = Linje::ny(&sted, []);
        Self { sted, linje, rng, eneste, prosess: None, hendt: BTreeMap::new(), annen: false, forhastet: false }
    }

    fn tell(&mut self, hva: &'static str) {
        *self.hendt.entry(hva).or_default() += 1;
    }

    /// What VIGO and the line do to the next requests.
    fn forstyrr(&mut self) {
        let orgnr = self.sted.orgnr().to_owned();
        let vigo = &self.sted.verden.vigo;
        let mut brudd = vec![];
        for _ in 0..self.rng.random_range(0..=3) {
            let feil = match self.rng.random_range(0..14) {
                0 | 1 => Some(Feil::MistetForesporsel),
                2 | 3 => Some(Feil::MistetSvar),
                4 => Some(Feil::HalvtSvar),
                5 => Some(Feil::Status { status: *[500, 502, 503, 504].choose(&mut self.rng).unwrap() }),
                6 => Some(Feil::ForMangeKall { sekunder: 30 }),
                7 => Some(Feil::Html200),
                8 => Some(Feil::LukketVindu),
                9 if self.rng.random_bool(0.3) => Some(Feil::TregtSvar { millisekunder: 1_300 }),
                10 => Some(Feil::KodeverkNede),
                11 => {
                    brudd.push(Brudd::ForSending);
                    None
                }
                12 => {
                    brudd.push(Brudd::EtterSvar);
                    None
                }
                _ => {
                    brudd.push(if self.rng.random_bool(0.5) { Brudd::Forsinket } else { Brudd::Ingen });
                    None
                }
            };
            if let Some(feil) = feil {
                vigo.feil(feil.for_skole(&orgnr).ganger(1));
            }
        }
        self.linje.plan(brudd);
    }

    /// Somebody else delivers a list of the school: another one, or the same pupils.
    async fn annen_leverer(&mut self, linjer: &[Elevlinje]) {
        if self.eneste || !self.rng.random_bool(0.15) {
            return;
        }
        let linjer = if self.rng.random_bool(0.3) { linjer.to_vec() } else { vec![elev(250, "10X")] };
        let forsendelse = Forsendelse {
            skole: self.sted.skole.clone(),
            skolear: self.sted.nokkel.skolear,
            linjer,
            segl: "en annens".into(),
            idempotens: format!("en-annens-{}", self.rng.random::<u64>()),
            oppdatering: None,
        };
        for _ in 0..4 {
            // The other one meets the same faults as we, and is as stubborn as people are.
            _ = self.sted.sink.deliver(&forsendelse).await;
        }
        self.annen |= self.sted.hos_vigo().is_some();
        self.tell("en annen");
    }

    /// A process that runs, and a new one when the power has gone.
    fn strom(&mut self) {
        if self.linje.stromlos.swap(false, Ordering::SeqCst)
            && let Some(prosess) = self.prosess.take()
        {
            prosess.drep();
            self.tell("strømbrudd");
        }
        if self.prosess.is_none() {
            self.prosess = Some(self.sted.kjor_med(self.linje.clone()));
        }
    }

    /// Plays until nothing more happens by itself and no person has anything to do.
    async fn til_ro(&mut self) -> Listebilde {
        let frist = Instant::now() + FRIST;
        let mut apnet = false;
        loop {
            self.strom();
            let sak = self.sted.sak().await;
            let bilde = self.sted.se(&sak);
            assert!(Instant::now() < frist, "nothing came to rest: {:?} {:?}", bilde.status, ord(&sak));
            let automatisk = sak.runde.as_ref().is_some_and(|r| r.godkjenning == Godkjenning::Automatisk);
            let pa_vei = self.linje.pa_vei.load(Ordering::SeqCst) > 0;
            match bilde.status {
                Skolestatus::Mottatt => return bilde,
                Skolestatus::Klar if !automatisk => self.godkjenn(&bilde).await,
                Skolestatus::Avvist | Skolestatus::Stengt if !apnet && !pa_vei => {
                    // Somebody has looked, and wants another try.
                    apnet = true;
                    self.godkjenn(&bilde).await;
                }
                Skolestatus::Avvist | Skolestatus::Stengt if !pa_vei => return bilde,
                // People look when the dust has settled, most of them.
                Skolestatus::Uavklart if !bilde.leses && (!pa_vei || self.rng.random_bool(0.1)) => {
                    let var = self.sted.hos_vigo() == fasit(&bilde.sendbare);
                    if bilde.oppgave == Some(Oppgave::AnnenHarLevert)
                        || (bilde.oppgave == Some(Oppgave::BekreftAtDetErVar) && !var)
                    {
                        self.tell("en annen har levert");
                        return bilde;
                    }
                    self.forhastet |= pa_vei;
                    self.finn_ut(&bilde, var).await;
                }
                _ => self.sted.ga(7),
            }
            tokio::time::sleep(Duration::from_millis(4)).await;
        }
    }

    async fn godkjenn(&mut self, bilde: &Listebilde) {
        let segl = bilde.segl.clone();
        // Somebody else may have acted in the meantime; then it is looked at again.
        _ = self.sted.gjor(|_| Handling::Godkjent { segl }).await;
    }

    /// A person looks in VIGO's own pages, and says what is there.
    async fn finn_ut(&mut self, bilde: &Listebilde, mottatt: bool) {
        let segl = bilde.uavklarte[0].clone();
        self.tell("person");
        let sagt = Handling::Avklart {
            segl,
            mottatt,
            hvordan: Avklaring::Person,
            grunn: "sett i VIGO".into(),
            kvittering: None,
            etag: None,
            bevis: None,
        };
        _ = self.sted.gjor(|_| sagt).await;
    }

    /// What must be true at every rest.
    async fn kontroller(&mut self, linjer: &[Elevlinje], bilde: &Listebilde, ventet: usize) {
        let sak = self.sted.sak().await;
        let ord = ord(&sak);
        assert!(bilde.avstemming.gar_opp(), "the counts add up");
        if bilde.status == Skolestatus::Mottatt {
            assert_eq!(self.sted.hos_vigo(), fasit(linjer), "what is called accepted is what VIGO has: {ord:?}");
            assert_eq!(bilde.avstemming.sendt as usize, linjer.len());
        } else {
            assert_eq!(bilde.avstemming.sendt, 0, "nobody is believed to have arrived: {ord:?}");
            if bilde.status == Skolestatus::Uavklart {
                assert!(self.annen && bilde.oppgave.is_some(), "only what somebody else did stays unknown: {ord:?}");
            }
        }
        let andres = usize::from(self.annen);
        assert!(self.sted.effekter() <= ventet.max(andres), "{} effects: {ord:?}", self.sted.effekter());
        if self.sted.dialekt == Dialekt::Vigoskole && !self.annen && !self.forhastet {
            assert_eq!(self.linje.dobbelt.load(Ordering::SeqCst), 0, "sent again what had arrived: {ord:?}");
        }
        for hva in ["Tilbakelest:true", "Tilbakelest:false", "Sammenlignet:true", "IkkeSendt", "Uavklart", "Stengt"] {
            let antall = ord.iter().filter(|o| *o == hva).count() as u64;
            *self.hendt.entry(hva).or_default() += antall;
        }
    }
}

async fn historie(linjer: Arc<Linjer>, froe: u64) -> BTreeMap<&'static str, u64> {
    let mut h = Historie::ny(&linjer, froe).await;
    let mut pa_lista: Vec<Elevlinje> = (0..h.rng.random_range(1..=4)).map(|nr| elev(nr, "10A")).collect();
    h.forstyrr();
    h.annen_leverer(&pa_lista).await;
    h.sted.skriv(&pa_lista).await;
    let mut bilde = h.til_ro().await;
    h.kontroller(&pa_lista, &bilde, 1).await;
    let versjoner = if h.sted.dialekt == Dialekt::V1 { h.rng.random_range(0..=2) } else { 0 };
    for versjon in 1..=versjoner {
        if bilde.status != Skolestatus::Mottatt {
            break;
        }
        h.forstyrr();
        h.sted.ga(60);
        match versjon {
            1 => pa_lista[0] = elev(0, "10B"),
            _ => pa_lista.push(elev(100, "10C")),
        }
        h.sted.skriv(&pa_lista).await;
        bilde = h.til_ro().await;
        if bilde.status == Skolestatus::Mottatt {
            h.tell("oppdatert");
        }
        h.kontroller_oppdatering(&pa_lista, &bilde, versjon + 1).await;
    }
    if let Some(prosess) = h.prosess.take() {
        prosess.stopp().await;
    }
    h.tell(match bilde.status {
        Skolestatus::Mottatt => "mottatt",
        Skolestatus::Uavklart => "uavklart",
        Skolestatus::Avvist => "avvist",
        Skolestatus::Stengt => "stengt",
        annen => panic!("{annen:?} is no state to end in"),
    });
    h.hendt
}

impl Historie {
    /// After an update: what VIGO has is the last that is called accepted, and each version had its effect once.
    async fn kontroller_oppdatering(&mut self, linjer: &[Elevlinje], bilde: &Listebilde, versjoner: usize) {
        if bilde.status == Skolestatus::Mottatt {
            assert_eq!(self.sted.hos_vigo(), fasit(linjer), "{:?}", ord(&self.sted.sak().await));
        }
        assert!(self.sted.effekter() <= versjoner + usize::from(self.annen), "{} effects", self.sted.effekter());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_answer_never_becomes_a_second_list_or_a_false_receipt() {
    let verden = Verden::ny().await;
    let linjer = Arc::new(Linjer { vigoskole: verden.sink(Dialekt::Vigoskole), v1: verden.sink(Dialekt::V1), verden });
    if let Ok(froe) = std::env::var("FROE") {
        println!("{:?}", historie(linjer, froe.parse().unwrap()).await);
        return;
    }
    let antall = std::env::var("MELLOMLAG_CAMPAIGN").ok().and_then(|n| n.parse().ok()).unwrap_or(VANLIG);
    let mut sum: BTreeMap<&'static str, u64> = BTreeMap::new();
    let mut oppgaver = tokio::task::JoinSet::new();
    for froe in 0..antall {
        let linjer = linjer.clone();
        oppgaver.spawn(async move { (froe, tokio::spawn(historie(linjer, froe)).await) });
        while oppgaver.len() >= SAMTIDIG || (froe + 1 == antall && !oppgaver.is_empty()) {
            let (froe, spilt) = oppgaver.join_next().await.unwrap().unwrap();
            assert!(spilt.is_ok(), "story {froe} went wrong: play it alone with FROE={froe}");
            spilt.unwrap().into_iter().for_each(|(hva, n)| *sum.entry(hva).or_default() += n);
        }
    }
    println!("{sum:?}");
    let ofte = [
        "mottatt",
        "Uavklart",
        "IkkeSendt",
        "Tilbakelest:true",
        "Tilbakelest:false",
        "strømbrudd",
        "person",
        "oppdatert",
    ];
    for hva in ofte {
        assert!(
            sum.get(hva).is_some_and(|n| *n > antall / 30),
            "{hva} must happen often, or nothing is shown: {sum:?}"
        );
    }
    for hva in ["Sammenlignet:true", "en annen har levert"] {
        assert!(sum.contains_key(hva), "{hva} must happen, or nothing is shown: {sum:?}");
    }
}
