//! Everything around Mellomlag: a real nats-server, and simulators of the other systems.

use super::{fil, kommuner};
use crate::nokkel;
use anyhow::{Context, Result};
use bus::local::LocalServer;
use flow::{Clock, SystemClock};
use jiff::{ToSpan, tz::TimeZone};
use kodeverk::Skolear;
use simulators::maskinporten::{Maskinporten, MaskinportenConfig, TestKlient};
use simulators::vigilo::Vigilo;
use simulators::vigo::{Skoleoppforing, Vigo, VigoConfig};
use std::fmt::Write as _;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use tempfile::TempDir;
use uuid::Uuid;

const SCOPE: &str = "novari:fakevigoskole";
/// Mellomlag as the supplier that sends on behalf of municipalities; a number of Tenor's series, nobody's.
const LEVERANDOR: &str = "312701103";

/// The running surroundings.
pub struct Omgivelser {
    mappe: TempDir,
    nats: LocalServer,
    maskinporten: Maskinporten,
    pub(super) vigo: Vigo,
    pub(super) vigilo: Vec<(String, Vigilo)>,
}

/// A source's tenant and the rest of its configuration file.
pub(super) struct Kilde {
    pub tenant: String,
    pub toml: String,
}

impl Omgivelser {
    /// Bergen and Voss.
    pub async fn to_kommuner(seed: u64) -> Result<Self> {
        let vigilo = kommuner::start(seed, skolear()?).await?;
        let skoler = vigilo.iter().flat_map(|(_, v)| Skoleoppforing::fra_kommune(v.kommune())).collect();
        let kilder = vigilo.iter().map(|(tenant, v)| kommuner::kilde(tenant, v)).collect();
        Self::start(vigilo, skoler, kilder).await
    }

    /// A file from Vigilo.
    pub async fn fra_fil(sti: &Path) -> Result<Self> {
        let (skoler, kilde) = fil::les(sti, skolear()?)?;
        Self::start(vec![], skoler, vec![kilde]).await
    }

    async fn start(vigilo: Vec<(String, Vigilo)>, skoler: Vec<Skoleoppforing>, kilder: Vec<Kilde>) -> Result<Self> {
        let mappe = tempfile::Builder::new().prefix("mellomlag-demo-").tempdir()?;
        let binary = LocalServer::find().await?;
        let nats = LocalServer::start(&binary, &mappe_i(mappe.path(), "nats")?).await?;
        let klient = TestKlient::ny("mellomlag-demo", LEVERANDOR, "demo-1", &[SCOPE])?;
        let maskinporten = Maskinporten::start(MaskinportenConfig {
            klienter: vec![klient.klient()],
            ..MaskinportenConfig::default()
        })
        .await?;
        let mut config = VigoConfig::for_maskinporten(&maskinporten);
        config.skoler = skoler;
        let vigo = Vigo::start(config).await?;
        let omgivelser = Self { mappe, nats, maskinporten, vigo, vigilo };
        omgivelser.skriv(&klient, &kilder)?;
        Ok(omgivelser)
    }

    /// An ordinary configuration folder, such as `run` and `check` read.
    fn skriv(&self, klient: &TestKlient, kilder: &[Kilde]) -> Result<()> {
        let mappe = self.mappe();
        let (apner, stenger) = vindu()?;
        let skolear = skolear()?;
        let mut hoved = format!("[nats]\nurl = {:?}\n\n[http]\nlisten = \"127.0.0.1:0\"\n", self.nats.url());
        for kilde in kilder {
            let tenant = &kilde.tenant;
            write!(hoved, "\n[[tenant]]\nnavn = {tenant:?}\nnokkelfil = \"{tenant}.nokkel\"\n")?;
            let nokkel = format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
            skriv_hemmelig(&mappe.join(format!("{tenant}.nokkel")), &nokkel)?;
            std::fs::write(mappe.join(format!("kilde-{tenant}.toml")), &kilde.toml)?;
        }
        write!(
            hoved,
            "\n[[innsamling]]\nfylke = \"46\"\nskolear = \"{skolear}\"\napner = {apner:?}\nstenger = {stenger:?}\n\
             godkjenning = \"automatisk\"\n"
        )?;
        write!(
            hoved,
            "\n[signering]\nnokkelfil = \"signering.pem\"\nnavn = \"Mellomlag (demo)\"\norganisasjonsnummer = {LEVERANDOR:?}\n"
        )?;
        let signering = nokkel::nytt()?;
        skriv_hemmelig(&mappe.join("signering.pem"), &signering.privat)?;
        std::fs::write(mappe.join("signering.offentlig.pem"), signering.offentlig)?;
        std::fs::write(mappe.join("mellomlag.toml"), hoved)?;
        skriv_hemmelig(&mappe.join("maskinporten.pem"), klient.privat_pem())?;
        skriv_hemmelig(&mappe.join("vigilo.hemmelighet"), "hemmelig")?;
        let maskinporten = format!(
            "issuer = {:?}\ntoken_url = {:?}\nclient_id = {:?}\nkey_file = \"maskinporten.pem\"\nkid = {:?}\nscopes = [{SCOPE:?}]\n",
            self.maskinporten.utsteder(),
            self.maskinporten.token_url(),
            klient.client_id(),
            klient.kid()
        );
        std::fs::write(mappe.join("maskinporten-vigo.toml"), maskinporten)?;
        let mottaker = format!(
            "navn = \"vigo\"\ndialekt = \"vigoskole\"\nbase_url = {0:?}\nkodeverk_url = {0:?}\nfylker = [\"46\"]\n\
             identitetsregler = \"vigoskole_syntetisk\"\nmaskinporten = \"vigo\"\n",
            self.vigo.base_url()
        );
        std::fs::write(mappe.join("mottaker-vigo.toml"), mottaker)?;
        Ok(())
    }

    /// The configuration folder.
    pub fn mappe(&self) -> &Path {
        self.mappe.path()
    }

    /// The sources, in words.
    pub fn kildetekst(&self) -> String {
        match self.vigilo.len() {
            0 => "filen".to_owned(),
            _ => self
                .vigilo
                .iter()
                .map(|(_, v)| format!("Vigilo i {}", v.kommune().navn))
                .collect::<Vec<_>>()
                .join(" og "),
        }
    }

    /// Where everything listens.
    pub fn adresser(&self) -> Vec<String> {
        let mut ut = vec![
            format!("nats         {}", self.nats.url()),
            format!("maskinporten {}", self.maskinporten.base_url()),
            format!("vigo         {}", self.vigo.base_url()),
        ];
        ut.extend(self.vigilo.iter().map(|(_, v)| format!("vigilo       {}", v.oneroster_url())));
        ut
    }

    /// Stops everything.
    pub async fn stopp(self) {
        for (_, vigilo) in self.vigilo {
            vigilo.stop().await;
        }
        self.vigo.stop().await;
        self.maskinporten.stop().await;
    }
}

fn mappe_i(mappe: &Path, navn: &str) -> Result<std::path::PathBuf> {
    let sti = mappe.join(navn);
    std::fs::create_dir(&sti)?;
    Ok(sti)
}

/// A file that only this user may read.
fn skriv_hemmelig(sti: &Path, innhold: &str) -> Result<()> {
    let mut fil = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(sti)?;
    Ok(fil.write_all(innhold.as_bytes())?)
}

fn na_i_oslo() -> Result<jiff::Zoned> {
    Ok(SystemClock.now().to_zoned(TimeZone::get("Europe/Oslo")?))
}

/// The school year of today: VIGO's simulator opens the same.
fn skolear() -> Result<Skolear> {
    Skolear::try_from(na_i_oslo()?.date()).context("the clock")
}

/// A round that is open around today.
fn vindu() -> Result<(String, String)> {
    let na = na_i_oslo()?.datetime();
    let (fra, til) = (na.checked_sub(30.days())?, na.checked_add(30.days())?);
    Ok((fra.strftime("%FT%T").to_string(), til.strftime("%FT%T").to_string()))
}
