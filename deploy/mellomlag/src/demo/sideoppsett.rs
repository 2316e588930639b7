//! What the pages need around them: a place to sign in, a place for letters, and Folkeregisteret.

use super::eksempel::{self, Eksempel, FRISKOLEN, SKOLER, TENANT, Vei};
use super::folk::{self, Folk, NIVA};
use super::omgivelser::{hemmelighet, skriv_hemmelig};
use anyhow::{Context, Result};
use simulators::folkeregister::{Folkeregister, FolkeregisterConfig, Gradering, Handling};
use simulators::maskinporten::Maskinporten;
use simulators::oidc::{Klient, Oidc, OidcConfig};
use simulators::server::Server;
use simulators::smtp::{Smtp, SmtpConfig};
use std::fmt::Write as _;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;

/// The scope of the register's package of rights.
pub const REGISTERSCOPE: &str = "folkeregister:deling/offentligmedhjemmel";

/// The pages' surroundings, running.
pub struct Sideoppsett {
    /// Where people reach the pages.
    pub adresse: String,
    /// Who can sign in.
    pub folk: Vec<Folk>,
    /// The municipality.
    pub eksempel: Eksempel,
    port: u16,
    oidc: Oidc,
    register: Folkeregister,
    smtp: Smtp,
    post: Server,
}

/// Somebody who is away for so many minutes must sign in again.
pub fn kort_okt(mappe: &Path, minutter: u32) -> Result<()> {
    let sti = mappe.join("operator.toml");
    let oppsett = std::fs::read_to_string(&sti)?;
    Ok(std::fs::write(sti, format!("{oppsett}\n[okt]\nubrukt_minutter = {minutter}\n"))?)
}

impl Sideoppsett {
    /// Starts them. The address of the pages must be known before the pages are: `port` 0 finds a free one.
    pub async fn start(eksempel: Eksempel, tenanter: &[String], port: u16, mp: &Maskinporten) -> Result<Self> {
        let port = ledig(port)?;
        let adresse = format!("http://127.0.0.1:{port}");
        let folk = folk::alle(tenanter)?;
        let klient = Klient {
            id: "mellomlag".to_owned(),
            hemmelighet: Some("liksom-hemmelighet".to_owned()),
            retur_urler: vec![format!("{adresse}/logg-inn/svar")],
            utlogging_retur: vec![format!("{adresse}/logg-ut/ferdig")],
            bak_url: Some(format!("{adresse}/logg-ut/bak")),
            ..Klient::default()
        };
        let oidc = Oidc::start(OidcConfig {
            klienter: vec![klient],
            personer: folk.iter().map(Folk::person).collect(),
            ..OidcConfig::default()
        })
        .await?;
        let register = FolkeregisterConfig::ny().for_maskinporten(mp).med_kommune(eksempel.sannhet.clone());
        let register = Folkeregister::start(register).await?;
        let (nummer, gradering) = (eksempel.skjermet.clone(), Gradering::StrengtFortrolig);
        register.utfor(&[Handling::Beskytt { nummer, gradering }]).context("the demo's own register")?;
        let smtp = Smtp::start(SmtpConfig::default()).await?;
        let post = Server::start(0, |_| smtp.rute()).await?;
        Ok(Self { adresse, folk, eksempel, port, oidc, register, smtp, post })
    }

    /// Writes what `run` would read of it.
    pub fn skriv(&self, mappe: &Path, hoved: &mut String) -> Result<()> {
        let smtp = self.smtp.adresse();
        write!(
            hoved,
            "\n[epost]\nvert = \"127.0.0.1\"\nport = {}\nkryptering = \"ingen\"\n\
             avsender = \"Mellomlag demo <ikke-svar@demo.example>\"\nadresse = \"{}/\"\n",
            smtp.port(),
            self.adresse
        )?;
        std::fs::write(mappe.join("operator.toml"), self.operator()?)?;
        write!(hoved, "\n[[tenant]]\nnavn = {FRISKOLEN:?}\nnokkelfil = \"{FRISKOLEN}.nokkel\"\n")?;
        skriv_hemmelig(&mappe.join(format!("{FRISKOLEN}.nokkel")), &hemmelighet())?;
        skriv_hemmelig(&mappe.join("innlogging.hemmelighet"), "liksom-hemmelighet")?;
        skriv_hemmelig(&mappe.join("demo.token"), &hemmelighet())?;
        for skole in SKOLER.iter().filter(|s| s.vei == Vei::Pakker) {
            std::fs::write(mappe.join(format!("csv-{}.toml", skole.kort)), eksempel::pakker(skole))?;
        }
        let register = format!(
            "tenant = {TENANT:?}\nprofil = \"skatteetaten\"\nmodus = \"test\"\nbase_url = {:?}\n\
             pakke = \"offentlig_med_hjemmel\"\nmaskinporten = \"freg\"\npoll_sekunder = 2\n",
            self.register.base_url()
        );
        Ok(std::fs::write(mappe.join("folkeregister-eksempel.toml"), register)?)
    }

    fn operator(&self) -> Result<String> {
        let mut ut = format!(
            "listen = \"127.0.0.1:{}\"\noffentlig_url = \"{}\"\n\n[[bruker]]\nnavn = \"demo\"\ntokenfil = \"demo.token\"\n\
             tenanter = [{TENANT:?}, {FRISKOLEN:?}]\nrett = \"avgjore\"\n\n[[innlogging]]\nnavn = \"liksom\"\n\
             visningsnavn = \"Liksom-innlogging\"\nutsteder = {:?}\nklient_id = \"mellomlag\"\n\
             hemmelighetfil = \"innlogging.hemmelighet\"\nacr_values = [{NIVA:?}]\nacr_krav = [{NIVA:?}]\n",
            self.port,
            self.adresse,
            self.oidc.utsteder()
        );
        for skole in SKOLER.iter().filter(|s| s.vei == Vei::Tastet) {
            let (kort, navn, orgnr) = (skole.kort, skole.navn, skole.organisasjonsnummer()?);
            write!(
                ut,
                "\n[[tastet]]\ntenant = {TENANT:?}\nnavn = {kort:?}\nskole = {navn:?}\norganisasjonsnummer = {orgnr:?}\n"
            )?;
        }
        ut += &folk::faste(&self.folk)?;
        Ok(ut)
    }

    /// Where the letters that were sent can be looked at.
    pub fn epost(&self) -> String {
        format!("{}/_sim/brev", self.post.base_url())
    }

    /// Where people sign in.
    pub fn oidc(&self) -> &str {
        self.oidc.utsteder()
    }

    /// Folkeregisteret.
    pub fn register(&self) -> String {
        self.register.base_url()
    }

    /// Stops everything.
    pub async fn stopp(self) {
        self.oidc.stop().await;
        self.post.stop().await;
        self.register.stop().await;
        self.eksempel.vigilo.stop().await;
    }
}

/// A port that nobody has now.
fn ledig(port: u16) -> Result<u16> {
    let lytter = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .with_context(|| format!("port {port} is taken; choose another, or leave --port out"))?;
    Ok(lytter.local_addr()?.port())
}
