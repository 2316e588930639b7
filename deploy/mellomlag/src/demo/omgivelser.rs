//! Everything around Mellomlag: a real nats-server, and simulators of the other systems.

use super::eksempel::{self, FYLKE};
use super::sideoppsett::{REGISTERSCOPE, Sideoppsett};
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
    pub(super) sider: Option<Sideoppsett>,
}

/// A source's tenant and the rest of its configuration file.
pub(super) struct Kilde {
    pub tenant: String,
    pub toml: String,
}

/// What is read, before anything around it has been started.
#[derive(Default)]
struct Innhold {
    vigilo: Vec<(String, Vigilo)>,
    skoler: Vec<Skoleoppforing>,
    kilder: Vec<Kilde>,
}

impl Omgivelser {
    /// Bergen and Voss; `port`: and Eksempel with pages there.
    pub async fn kommuner(seed: u64, port: Option<u16>) -> Result<Self> {
        let vigilo = kommuner::start(seed, skolear()?).await?;
        let skoler = vigilo.iter().flat_map(|(_, v)| Skoleoppforing::fra_kommune(v.kommune())).collect();
        let kilder = vigilo.iter().map(|(tenant, v)| kommuner::kilde(tenant, v)).collect();
        Self::start(Innhold { vigilo, skoler, kilder }, seed, port).await
    }

    /// Eksempel alone, with pages.
    pub async fn eksempel(seed: u64, port: u16) -> Result<Self> {
        Self::start(Innhold::default(), seed, Some(port)).await
    }

    /// A file from Vigilo.
    pub async fn fra_fil(sti: &Path) -> Result<Self> {
        let (skoler, kilde) = fil::les(sti, skolear()?)?;
        Self::start(Innhold { vigilo: vec![], skoler, kilder: vec![kilde] }, 0, None).await
    }

    async fn start(innhold: Innhold, seed: u64, port: Option<u16>) -> Result<Self> {
        let Innhold { vigilo, mut skoler, mut kilder } = innhold;
        let mappe = tempfile::Builder::new().prefix("mellomlag-demo-").tempdir()?;
        let binary = LocalServer::find().await?;
        let nats = LocalServer::start(&binary, &mappe_i(mappe.path(), "nats")?).await?;
        let klient = TestKlient::ny("mellomlag-demo", LEVERANDOR, "demo-1", &[SCOPE, REGISTERSCOPE])?;
        let maskinporten = Maskinporten::start(MaskinportenConfig {
            klienter: vec![klient.klient()],
            ..MaskinportenConfig::default()
        })
        .await?;
        let mut runder = String::new();
        if !kilder.is_empty() {
            runder += &automatisk()?;
        }
        let sider = match port {
            None => None,
            Some(port) => {
                let eksempel = eksempel::start(seed, skolear()?).await?;
                skoler.extend(eksempel.skoler());
                kilder.push(eksempel.kilde());
                runder += &av_skolen()?;
                let tenanter: Vec<String> = kilder.iter().map(|k| k.tenant.clone()).collect();
                Some(Sideoppsett::start(eksempel, &tenanter, port, &maskinporten).await?)
            }
        };
        let mut config = VigoConfig::for_maskinporten(&maskinporten);
        config.skoler = skoler;
        let vigo = Vigo::start(config).await?;
        let omgivelser = Self { mappe, nats, maskinporten, vigo, vigilo, sider };
        omgivelser.skriv(&klient, &kilder, &runder)?;
        Ok(omgivelser)
    }

    /// An ordinary configuration folder, such as `run` and `check` read.
    fn skriv(&self, klient: &TestKlient, kilder: &[Kilde], runder: &str) -> Result<()> {
        let mappe = self.mappe();
        let mut hoved = format!("[nats]\nurl = {:?}\n\n[http]\nlisten = \"127.0.0.1:0\"\n", self.nats.url());
        for kilde in kilder {
            let tenant = &kilde.tenant;
            write!(hoved, "\n[[tenant]]\nnavn = {tenant:?}\nnokkelfil = \"{tenant}.nokkel\"\n")?;
            skriv_hemmelig(&mappe.join(format!("{tenant}.nokkel")), &hemmelighet())?;
            std::fs::write(mappe.join(format!("kilde-{tenant}.toml")), &kilde.toml)?;
        }
        hoved += runder;
        write!(
            hoved,
            "\n[signering]\nnokkelfil = \"signering.pem\"\nnavn = \"Mellomlag (demo)\"\norganisasjonsnummer = {LEVERANDOR:?}\n"
        )?;
        if let Some(sider) = &self.sider {
            sider.skriv(mappe, &mut hoved)?;
            std::fs::write(mappe.join("maskinporten-freg.toml"), self.klientfil(klient, REGISTERSCOPE))?;
        }
        let signering = nokkel::nytt()?;
        skriv_hemmelig(&mappe.join("signering.pem"), &signering.privat)?;
        std::fs::write(mappe.join("signering.offentlig.pem"), signering.offentlig)?;
        std::fs::write(mappe.join("mellomlag.toml"), hoved)?;
        skriv_hemmelig(&mappe.join("maskinporten.pem"), klient.privat_pem())?;
        skriv_hemmelig(&mappe.join("vigilo.hemmelighet"), "hemmelig")?;
        std::fs::write(mappe.join("maskinporten-vigo.toml"), self.klientfil(klient, SCOPE))?;
        let fylker: Vec<&str> = [("46", self.sider.is_none() || kilder.len() > 1), (FYLKE, self.sider.is_some())]
            .into_iter()
            .filter_map(|(fylke, med)| med.then_some(fylke))
            .collect();
        let mottaker = format!(
            "navn = \"vigo\"\ndialekt = \"vigoskole\"\nbase_url = {0:?}\nkodeverk_url = {0:?}\nfylker = {fylker:?}\n\
             identitetsregler = \"vigoskole_syntetisk\"\nmaskinporten = \"vigo\"\n",
            self.vigo.base_url()
        );
        std::fs::write(mappe.join("mottaker-vigo.toml"), mottaker)?;
        Ok(())
    }

    /// A Maskinporten client for one scope.
    fn klientfil(&self, klient: &TestKlient, scope: &str) -> String {
        format!(
            "issuer = {:?}\ntoken_url = {:?}\nclient_id = {:?}\nkey_file = \"maskinporten.pem\"\nkid = {:?}\nscopes = [{scope:?}]\n",
            self.maskinporten.utsteder(),
            self.maskinporten.token_url(),
            klient.client_id(),
            klient.kid()
        )
    }

    /// The configuration folder.
    pub fn mappe(&self) -> &Path {
        self.mappe.path()
    }

    /// The sources, in words.
    pub fn kildetekst(&self) -> String {
        let eksempel = self.sider.iter().map(|s| &s.eksempel.vigilo);
        let alle = self.vigilo.iter().map(|(_, v)| v).chain(eksempel);
        let navn: Vec<String> = alle.map(|v| format!("Vigilo i {}", v.kommune().navn)).collect();
        match navn.split_last() {
            None => "filen".to_owned(),
            Some((siste, [])) => siste.clone(),
            Some((siste, forst)) => format!("{} og {siste}", forst.join(", ")),
        }
    }

    /// Where everything listens.
    pub fn adresser(&self) -> Vec<String> {
        let mut ut = vec![
            format!("nats         {}", self.nats.url()),
            format!("maskinporten {}", self.maskinporten.base_url()),
            format!("vigo         {}", self.vigo.base_url()),
        ];
        let eksempel = self.sider.iter().map(|s| &s.eksempel.vigilo);
        ut.extend(
            self.vigilo.iter().map(|(_, v)| v).chain(eksempel).map(|v| format!("vigilo       {}", v.oneroster_url())),
        );
        ut
    }

    /// Stops everything.
    pub async fn stopp(self) {
        for (_, vigilo) in self.vigilo {
            vigilo.stop().await;
        }
        if let Some(sider) = self.sider {
            sider.stopp().await;
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

/// 64 hexadecimal digits that nobody else has.
pub(super) fn hemmelighet() -> String {
    format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple())
}

/// A file that only this user may read.
pub(super) fn skriv_hemmelig(sti: &Path, innhold: &str) -> Result<()> {
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

/// Vestland's round: what is clean is sent, without anybody saying so.
fn automatisk() -> Result<String> {
    let (apner, stenger) = vindu(30, 30)?;
    let skolear = skolear()?;
    Ok(format!(
        "\n[[innsamling]]\nfylke = \"46\"\nskolear = \"{skolear}\"\napner = {apner:?}\nstenger = {stenger:?}\n\
         godkjenning = \"automatisk\"\n"
    ))
}

/// Rogaland's round: the school approves, and the deadline is near.
fn av_skolen() -> Result<String> {
    let (apner, stenger) = vindu(20, 5)?;
    let skolear = skolear()?;
    Ok(format!(
        "\n[[innsamling]]\nfylke = {FYLKE:?}\nskolear = \"{skolear}\"\napner = {apner:?}\nstenger = {stenger:?}\n\
         godkjenning = \"skole\"\ninstruks = \"\"\"\nSe over listen og rett det som mangler i skolesystemet. Godkjenn listen innen fristen.\n\n\
         Elever som ikke har fått fødselsnummer eller D-nummer, meldes til inntakskontoret.\"\"\"\n\
         kontakt = {{ navn = \"Inntakskontoret (demo)\", epost = \"inntak@demo.example\", telefon = \"00 00 00 00\" }}\n"
    ))
}

/// From so many days ago until the end of the day that is so many days ahead.
fn vindu(for_: i64, etter: i64) -> Result<(String, String)> {
    let na = na_i_oslo()?.datetime();
    let dagen_etter = na.date().checked_add((etter + 1).days())?;
    let (fra, til) = (na.checked_sub(for_.days())?, dagen_etter.at(0, 0, 0, 0));
    Ok((fra.strftime("%FT%T").to_string(), til.strftime("%FT%T").to_string()))
}
