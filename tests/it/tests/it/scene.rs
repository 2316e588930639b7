//! One municipality with one school, everything around it, and all roles in this process.

use adapter_oneroster::Config as Kildeconfig;
use anyhow::{Context, Result, ensure};
use bus::{Bus, Nats, NatsConfig, Record, Start, local::LocalServer};
use elevliste::{Egenskaper, Godkjenning, Handling, Innsamling, Skolestatus};
use flow::{Clock, Lesevalg, Source, SystemClock, TokenSource};
use hendelse::{Kildenavn, Tenant, Tenantnokkel};
use identitet::Politikk;
use jiff::{ToSpan, tz::TimeZone};
use kodeverk::Skolear;
use liste::Regelsett;
use runtime::{
    Avstemming, Del, Kart, Kilde, Lister, Listesak, Maalere, Mottaker, Mottakervalg, Omgivelse, Plan, Program,
    Register, Sammenheng, Slag, Tenantnokler,
};
use simulators::folkeregister::{Folkeregister, FolkeregisterConfig};
use simulators::generator::{Elev, GeneratorConfig, Kommune};
use simulators::maskinporten::{Maskinporten, MaskinportenConfig, TestKlient};
use simulators::vigilo::{Vigilo, VigiloConfig};
use simulators::vigo::{Identitetsregler, Skoleoppforing, Vigo, VigoConfig};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const SCOPE: &str = "novari:fakevigoskole";
const V1SCOPE: &str = "novari:elevliste";
const REGISTERSCOPE: &str = "folkeregister:deling/offentligmedhjemmel";
const LEVERANDOR: &str = "312701103";
/// Never reached when all is well: what is waited for is a state, not a time.
const FRIST: Duration = Duration::from_secs(60);
pub const TENANT: &str = "litlevik";

/// What a test wants otherwise than usual.
pub struct Valg {
    pub kommune: GeneratorConfig,
    pub regler: Identitetsregler,
    /// Whether VIGO knows the school from its code base.
    pub registrert: bool,
    /// Whether the round is open.
    pub apen: bool,
    pub side: u32,
    /// Whether the tenant has Folkeregisteret.
    pub register: bool,
    /// Whether VIGO takes updates: dialect `elevliste_v1` instead of `vigoskole`.
    pub oppdaterbar: bool,
}

impl Default for Valg {
    fn default() -> Self {
        Self {
            kommune: GeneratorConfig::liten(7),
            regler: Identitetsregler::MedSyntetiske,
            registrert: true,
            apen: true,
            side: 1000,
            register: false,
            oppdaterbar: false,
        }
    }
}

pub struct Scene {
    pub mappe: TempDir,
    pub nats: LocalServer,
    maskinporten: Maskinporten,
    klient: TestKlient,
    pub vigo: Vigo,
    pub vigilo: Vigilo,
    register: Option<Folkeregister>,
    pub skolear: Skolear,
    pub nokler: Tenantnokler,
    runde: Innsamling,
    side: u32,
    oppdaterbar: bool,
}

/// The roles, running.
pub struct Kjoring {
    pub om: Omgivelse,
    program: Program,
    rundt: Sammenheng,
    automatisk: bool,
}

pub fn tenant() -> Tenant {
    TENANT.parse().expect("a tenant")
}

impl Scene {
    pub async fn ny(valg: Valg) -> Result<Self> {
        let mappe = tempfile::Builder::new().prefix("mellomlag-it-").tempdir()?;
        let nats = mappe.path().join("nats");
        std::fs::create_dir(&nats)?;
        let nats = LocalServer::start(&LocalServer::find().await?, &nats).await?;
        let idag = SystemClock.now().to_zoned(TimeZone::get("Europe/Oslo")?);
        let skolear = Skolear::try_from(idag.date()).context("the clock")?;
        let mut kommune = valg.kommune;
        kommune.skolear = skolear.startar();
        let mut config = VigiloConfig::ny(Kommune::generer(&kommune));
        config.standard_side = valg.side;
        let vigilo = Vigilo::start(config).await?;
        let klient = TestKlient::ny("mellomlag-it", LEVERANDOR, "it-1", &[SCOPE, V1SCOPE, REGISTERSCOPE])?;
        let maskinporten =
            Maskinporten::start(MaskinportenConfig { klienter: vec![klient.klient()], ..Default::default() }).await?;
        let mut config = VigoConfig::for_maskinporten(&maskinporten);
        config.regler = valg.regler;
        if valg.registrert {
            config.skoler = Skoleoppforing::fra_kommune(vigilo.kommune());
        }
        let vigo = Vigo::start(config).await?;
        let register = if valg.register {
            let config = FolkeregisterConfig::ny().for_maskinporten(&maskinporten);
            Some(Folkeregister::start(config.med_kommune(vigilo.kommune().clone())).await?)
        } else {
            None
        };
        let na = SystemClock.now();
        let stenger = if valg.apen { na.checked_add(720.hours())? } else { na.checked_sub(1.hours())? };
        let vindu = (na.checked_sub(720.hours())?, stenger);
        let runde = Innsamling::ny("46".parse()?, skolear, vindu, Godkjenning::Automatisk);
        std::fs::write(mappe.path().join("vigilo.hemmelighet"), "hemmelig")?;
        std::fs::write(mappe.path().join("maskinporten.pem"), klient.privat_pem())?;
        let nokkel = Tenantnokkel::fra_hex(&"7a".repeat(32))?;
        let nokler = Arc::new([(tenant(), nokkel)].into_iter().collect());
        Ok(Self {
            mappe,
            nats,
            maskinporten,
            klient,
            vigo,
            vigilo,
            register,
            skolear,
            nokler,
            runde,
            side: valg.side,
            oppdaterbar: valg.oppdaterbar,
        })
    }

    /// A connection of one's own, with the streams in place.
    pub async fn omgivelse(&self) -> Result<Omgivelse> {
        let config = NatsConfig { timeout: Duration::from_secs(5), ..NatsConfig::local(&self.nats.url()) };
        let bus: Arc<dyn Bus> = Arc::new(Nats::connect(&config).await?);
        runtime::klargjor(&*bus, 1).await?;
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        Ok(Omgivelse { bus, clock, maalere: Maalere::default() })
    }

    fn kilde(&self) -> Result<Arc<dyn Source>> {
        let toml = format!(
            "tenant = {TENANT:?}\nnavn = \"vigilo\"\nkommunenummer = {:?}\nprofil = \"vigilo\"\nbase_url = {:?}\n\
             token_url = {:?}\nclient_id = \"mellomlag\"\nclient_secret_file = {:?}\nsidestorrelse = {}\nmaks_per_sekund = 10000\n\
             intervall_sekunder = 3600\n",
            self.vigilo.kommune().kommunenummer,
            self.vigilo.oneroster_url(),
            self.vigilo.token_url(),
            self.mappe.path().join("vigilo.hemmelighet"),
            self.side,
        );
        Ok(Arc::new(Kildeconfig::parse(&toml)?.build(Arc::new(SystemClock))?))
    }

    /// The tenant's register, if it has one.
    fn registre(&self, nokkel: &Tenantnokkel) -> Result<Vec<Register>> {
        let Some(register) = &self.register else { return Ok(vec![]) };
        let config = adapter_folkeregister::Config::parse(&format!(
            "tenant = {TENANT:?}\nprofil = \"skatteetaten\"\nmodus = \"test\"\nbase_url = {:?}\nmaskinporten = \"freg\"\n\
             pakke = \"offentlig_med_hjemmel\"\n",
            register.base_url()
        ))?;
        let adapter = Arc::new(config.clone().build(self.tokens(REGISTERSCOPE)?)?);
        let pause = Duration::from_millis(20);
        Ok(vec![Register { pause, ..Register::ny(tenant(), nokkel.clone(), config.navn.parse()?, adapter) }])
    }

    fn tokens(&self, scope: &str) -> Result<Arc<dyn TokenSource>> {
        let token = format!(
            "issuer = {:?}\ntoken_url = {:?}\nclient_id = {:?}\nkey_file = {:?}\nkid = {:?}\nscopes = [{scope:?}]\n",
            self.maskinporten.utsteder(),
            self.maskinporten.token_url(),
            self.klient.client_id(),
            self.mappe.path().join("maskinporten.pem"),
            self.klient.kid()
        );
        let token = adapter_maskinporten::Config::parse(&token)?;
        let request = token.request();
        Ok(token.build(Arc::new(SystemClock))?.for_request(request))
    }

    pub fn plan(&self) -> Result<Plan> {
        let (tenant, felles) = (tenant(), Tenant::felles());
        let nokkel = self.nokler[&tenant].clone();
        let (vigilo, kodeverk): (Kildenavn, Kildenavn) = ("vigilo".parse()?, "kodeverk-vigo".parse()?);
        let valg = Lesevalg::hver(Duration::from_secs(3600));
        let tokens = self.tokens(if self.oppdaterbar { V1SCOPE } else { SCOPE })?;
        let dialekt = if self.oppdaterbar { "elevliste_v1" } else { "vigoskole" };
        let mottaker = adapter_vigo::Config::parse(&format!(
            "navn = \"vigo\"\ndialekt = {dialekt:?}\nbase_url = {0:?}\nkodeverk_url = {0:?}\nfylker = [\"46\"]\n\
             identitetsregler = \"vigoskole_syntetisk\"\nmaskinporten = \"vigo\"\n",
            self.vigo.base_url()
        ))?;
        let kommune = self.vigilo.kommune().kommunenummer.parse()?;
        let regelsett = Regelsett::ny(Politikk::VigoskoleSyntetisk).i_kommune(kommune);
        Ok(Plan {
            kilder: vec![
                Kilde {
                    tenant: tenant.clone(),
                    nokkel: nokkel.clone(),
                    navn: vigilo.clone(),
                    source: self.kilde()?,
                    valg: valg.clone(),
                },
                Kilde {
                    tenant: felles.clone(),
                    nokkel: Tenantnokkel::fra_hex(&"0".repeat(64))?,
                    navn: kodeverk.clone(),
                    source: Arc::new(mottaker.build_source()?),
                    valg,
                },
            ],
            registre: self.registre(&nokkel)?,
            samtidige_kilder: 0,
            kart: vec![Kart {
                tenant: tenant.clone(),
                nokkel: nokkel.clone(),
                krever: vec![(tenant.clone(), vigilo), (felles, kodeverk)],
                skolesvar: Default::default(),
            }],
            lister: vec![Lister {
                tenant,
                nokkel,
                regelsett: if self.register.is_some() { regelsett.med_register() } else { regelsett },
            }],
            mottakere: vec![Mottaker::ny(Arc::new(mottaker.build_sink(tokens)?), mottaker.fylker.clone())],
            runder: vec![self.runde.clone()],
            godkjenn: true,
            bare_mennesker: Default::default(),
            varsling: Some(runtime::Varsling::default()),
            rundt: self.rundt(),
        })
    }

    /// Secrets, and the receiver of the scene.
    pub fn rundt(&self) -> Sammenheng {
        let (erstattbar, tilbakelesing, idempotent) = (self.oppdaterbar, self.oppdaterbar, self.oppdaterbar);
        let egenskaper = Egenskaper { erstattbar, tilbakelesing, idempotent, eneste_avsender: false };
        let valg = Mottakervalg { egenskaper, politikk: Politikk::VigoskoleSyntetisk, ..Default::default() };
        Sammenheng {
            nokler: self.nokler.clone(),
            mottakere: Arc::new([(self.runde.fylke, valg)].into()),
            signerer: None,
        }
    }

    /// Starts all roles.
    pub async fn kjor(&self) -> Result<Kjoring> {
        let om = self.omgivelse().await?;
        let program = Program::start(om.clone(), self.plan()?);
        let automatisk = self.runde.stenger > om.clock.now();
        Ok(Kjoring { om, program, rundt: self.rundt(), automatisk })
    }

    /// Folkeregisteret, in a scene that has it.
    pub fn folkeregister(&self) -> &Folkeregister {
        self.register.as_ref().expect("the scene has a register")
    }

    pub fn orgnr(&self) -> String {
        self.vigilo.kommune().skoler_med_tiende().next().expect("a school").orgnr.clone()
    }

    pub fn tiende(&self) -> Vec<&Elev> {
        self.vigilo.kommune().tiende().collect()
    }

    /// The identity numbers of the list that VIGO has accepted, in order.
    pub fn hos_vigo(&self) -> Vec<String> {
        let (orgnr, skolear) = (self.orgnr(), self.skolear.to_string());
        let mut numre: Vec<_> = if self.oppdaterbar {
            let liste = self.vigo.elevliste(&orgnr, &skolear);
            liste.iter().flat_map(|l| l.elever.iter().filter_map(|e| e.identitetsnummer.clone())).collect()
        } else {
            let godkjent = self.vigo.godkjent(&orgnr, &skolear);
            godkjent.iter().flat_map(|g| g.lines.iter().map(|l| l.personal_identity_number.clone())).collect()
        };
        numre.sort();
        numre
    }
}

impl Kjoring {
    pub fn stoppet(&self, del: &'static str, kode: &str) -> u64 {
        let slag = Slag { del, tenant: TENANT.to_owned(), slag: kode.to_owned() };
        self.om.maalere.stopp.get_or_create(&slag).get()
    }

    pub fn snapshot(&self) -> u64 {
        Maalere::av(&self.om.maalere.snapshot, "kilde", TENANT).get()
    }

    /// Whether mapping and lists have done what the source wrote.
    fn innhentet(&self, snapshots: u64) -> bool {
        let m = &self.om.maalere;
        let niva = |familie, del, tenant| Maalere::niva(familie, del, tenant).get();
        let kilde = niva(&m.sist_skrevet, "kilde", TENANT).max(niva(&m.sist_skrevet, "kilde", "felles"));
        let fint = niva(&m.sist_skrevet, "fint", TENANT);
        let felles = Del { del: "kilde", tenant: "felles".to_owned() };
        m.snapshot.get_or_create(&felles).get() > 0
            && self.snapshot() >= snapshots
            && niva(&m.behandlet, "fint", TENANT) >= kilde
            && fint > 0
            && niva(&m.behandlet, "liste", TENANT) >= fint
    }

    /// Waits until the source has been read whole `snapshots` times and all that machines do after it is done.
    pub async fn ro(&self, snapshots: u64) -> Result<Avstemming> {
        let frist = Instant::now() + FRIST;
        loop {
            if self.innhentet(snapshots) {
                // While NATS is away nothing can be read; that is no reason to give up before the deadline.
                if let Ok(avstemming) = runtime::avstem(&self.om, &self.rundt).await {
                    let venter = |s| self.automatisk && s == Skolestatus::Klar;
                    let noe = !avstemming.linjer.is_empty();
                    if noe && avstemming.i_ro() && avstemming.linjer.values().all(|l| !venter(l.status)) {
                        return Ok(avstemming);
                    }
                }
            }
            ensure!(
                Instant::now() < frist,
                "nothing came to rest; {} snapshots\n{}",
                self.snapshot(),
                self.om.maalere.tekst()
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Reads the source once more, and waits for all that follows.
    pub async fn les_igjen(&self) -> Result<Avstemming> {
        let for_dette = self.snapshot();
        self.program.hent_na();
        self.ro(for_dette + 1).await
    }

    pub fn hent_na(&self) {
        self.program.hent_na();
    }

    /// Waits until a state is there.
    pub async fn vent(&self, hva: &str, sant: impl Fn() -> bool) -> Result<()> {
        let frist = Instant::now() + FRIST;
        while !sant() {
            ensure!(Instant::now() < frist, "{hva} did not happen\n{}", self.om.maalere.tekst());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    /// The only list.
    pub async fn sak(&self) -> Result<Listesak> {
        let mut saker = runtime::hent_alle(&self.om).await?;
        ensure!(saker.len() == 1, "{} lists instead of one", saker.len());
        Ok(saker.pop_first().context("one list")?.1)
    }

    pub async fn stopp(self) {
        assert!(self.program.stopp(Duration::from_secs(30)).await, "all roles stop");
    }
}

/// What stands in a stream: the last message of each subject.
pub async fn innhold(om: &Omgivelse, stream: &str, filter: &str) -> Result<Vec<Record>> {
    let mut reader = om.bus.read(stream, &[filter.to_owned()], Start::LastPerSubject).await?;
    let mut igjen = reader.pending_at_start();
    let mut ut = vec![];
    while igjen > 0 {
        for record in reader.next(500, Duration::from_secs(10)).await? {
            igjen = record.pending;
            ut.push(record);
        }
    }
    Ok(ut)
}

/// The acts of a ledger, in words.
pub fn ord(sak: &Listesak) -> Vec<String> {
    let ord = |handling: &Handling| match handling {
        Handling::Svar { utfall, .. } => format!("{utfall:?}"),
        Handling::HoldtTilbake { .. } => "holdt".to_owned(),
        Handling::RutetManuelt { .. } => "manuelt".to_owned(),
        handling => handling.navn().to_owned(),
    };
    sak.poster.iter().map(|p| ord(&p.handling)).collect()
}
