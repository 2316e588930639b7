//! Maskinporten on its own, with clients registered on the command line.

use std::{path::PathBuf, str::FromStr, time::Duration};

use anyhow::{Context as _, bail};
use clap::Parser;
use simulators::{
    maskinporten::{Delegering, Maskinporten, MaskinportenConfig, Rsanokkel, TestKlient},
    program,
};

/// Issues Maskinporten access tokens on 127.0.0.1 to registered clients with a signed grant.
///
/// POST /token, GET /jwks and GET /.well-known/oauth-authorization-server are Maskinporten's;
/// POST /_sim/feil {"type": "status", "status": 500} makes it misbehave, DELETE /_sim/feil makes it well again,
/// GET /_sim/tilstand shows counts.
#[derive(Parser)]
#[command(name = "sim-maskinporten", version)]
struct Valg {
    /// Port on 127.0.0.1; 0 picks a free one.
    #[arg(long, default_value_t = 8082)]
    port: u16,
    /// A client: id=ID,orgnr=NINE_DIGITS,kid=KEY_ID,scope=SCOPE,key=FILE. May be given several times; scope may be
    /// repeated inside one. The private key is read from FILE (PEM); where there is none, a new one is written there,
    /// readable by its owner only.
    #[arg(long = "client", value_name = "CLIENT", required = true)]
    clients: Vec<Klientvalg>,
    /// A delegation: consumer=NINE_DIGITS,supplier=NINE_DIGITS,scope=SCOPE. May be given several times.
    #[arg(long = "delegation", value_name = "DELEGATION")]
    delegations: Vec<Delegeringsvalg>,
    /// The issuer; by default the address with a slash at the end.
    #[arg(long)]
    issuer: Option<String>,
    /// Seconds that an access token lives.
    #[arg(long, default_value_t = 120)]
    token_seconds: u64,
}

#[derive(Clone)]
struct Klientvalg {
    id: String,
    orgnr: String,
    kid: String,
    scopes: Vec<String>,
    nokkelfil: PathBuf,
}

impl FromStr for Klientvalg {
    type Err = anyhow::Error;

    fn from_str(tekst: &str) -> anyhow::Result<Self> {
        let par = les_par(tekst, &["id", "orgnr", "kid", "scope", "key"])?;
        let id = ett(&par, "id")?;
        Ok(Self {
            kid: ett(&par, "kid").unwrap_or_else(|_| format!("{id}-1")),
            id,
            orgnr: ett(&par, "orgnr")?,
            scopes: par.iter().filter(|(n, _)| n == "scope").map(|(_, v)| v.clone()).collect(),
            nokkelfil: ett(&par, "key")?.into(),
        })
    }
}

#[derive(Clone)]
struct Delegeringsvalg(Delegering);

impl FromStr for Delegeringsvalg {
    type Err = anyhow::Error;

    fn from_str(tekst: &str) -> anyhow::Result<Self> {
        let par = les_par(tekst, &["consumer", "supplier", "scope"])?;
        let (konsument, leverandor) = (ett(&par, "consumer")?, ett(&par, "supplier")?);
        Ok(Self(Delegering { konsument, leverandor, scope: ett(&par, "scope")? }))
    }
}

fn les_par(tekst: &str, lovlige: &[&str]) -> anyhow::Result<Vec<(String, String)>> {
    let mut par = Vec::new();
    for del in tekst.split(',') {
        match del.split_once('=') {
            Some((navn, verdi)) if lovlige.contains(&navn) && !verdi.is_empty() => {
                par.push((navn.to_owned(), verdi.to_owned()));
            }
            _ => bail!("expected NAME=VALUE with one of {}, separated by commas", lovlige.join(", ")),
        }
    }
    Ok(par)
}

fn ett(par: &[(String, String)], navn: &str) -> anyhow::Result<String> {
    par.iter().find(|(n, _)| n == navn).map(|(_, v)| v.clone()).with_context(|| format!("{navn}= is missing"))
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let valg = Valg::parse();
    program::logg();
    let mut klienter = Vec::new();
    for valgt in &valg.clients {
        let nokkel = nokkel(valgt)?;
        let scopes: Vec<&str> = valgt.scopes.iter().map(String::as_str).collect();
        klienter.push(TestKlient::med_nokkel(&valgt.id, &valgt.orgnr, &scopes, nokkel).klient());
    }
    let maskinporten = Maskinporten::start(MaskinportenConfig {
        port: valg.port,
        utsteder: valg.issuer,
        klienter,
        delegeringer: valg.delegations.into_iter().map(|d| d.0).collect(),
        levetid: Duration::from_secs(valg.token_seconds),
        ..MaskinportenConfig::default()
    })
    .await?;
    println!("issuer   {}", maskinporten.utsteder());
    println!("token    {}", maskinporten.token_url());
    println!("jwks     {}", maskinporten.jwks_url());
    for valgt in &valg.clients {
        println!("client   {} (kid {}, private key in {})", valgt.id, valgt.kid, valgt.nokkelfil.display());
    }
    program::vent_paa_stopp().await?;
    maskinporten.stop().await;
    Ok(())
}

/// The client's private key: from the file, or new and written to it.
fn nokkel(valgt: &Klientvalg) -> anyhow::Result<Rsanokkel> {
    let sti = valgt.nokkelfil.display();
    if valgt.nokkelfil.exists() {
        let pem = std::fs::read_to_string(&valgt.nokkelfil).with_context(|| format!("cannot read {sti}"))?;
        return Rsanokkel::fra_pem(&valgt.kid, &pem).with_context(|| format!("{sti}"));
    }
    let nokkel = Rsanokkel::lag(&valgt.kid)?;
    skriv_hemmelig(&valgt.nokkelfil, nokkel.pem()).with_context(|| format!("cannot write {sti}"))?;
    Ok(nokkel)
}

fn skriv_hemmelig(sti: &std::path::Path, innhold: &str) -> std::io::Result<()> {
    use std::{io::Write as _, os::unix::fs::OpenOptionsExt as _};
    let mut fil = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(sti)?;
    fil.write_all(innhold.as_bytes())
}
