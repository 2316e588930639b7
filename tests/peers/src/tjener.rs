//! Their services, our adapter: everything that was put in comes out, by configuration alone.

use crate::datasett::{self, Datasett};
use crate::prosess;
use adapter_oneroster::Config;
use anyhow::{Context, Result, bail, ensure};
use flow::{Cursor, Kildeobjekt, Presence, Progress, Source, SystemClock};
use oneroster::Objekt;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

/// A service to read.
#[derive(Debug)]
pub struct Tjener {
    /// How it is called in what we print.
    pub navn: &'static str,
    versjon: &'static str,
    /// The largest page it gives, whatever is asked for.
    maks_side: &'static str,
    /// Whether it sends `X-Total-Count` and `Link`.
    hoder: bool,
    scope: &'static str,
}

/// Every service, each with habits of its own.
pub const TJENERE: &[Tjener] = &[
    Tjener {
        navn: "django + strongmind 1.1, no headers",
        versjon: "1.1",
        maks_side: "25",
        hoder: false,
        scope: "https://purl.imsglobal.org/spec/or/v1p1/scope/roster-core.readonly",
    },
    Tjener {
        navn: "django + timeback 1.2, headers",
        versjon: "1.2",
        maks_side: "1000",
        hoder: true,
        scope: "https://purl.imsglobal.org/spec/or/v1p2/scope/roster-core.readonly",
    },
];

/// What was read of a service.
#[derive(Debug, Default)]
pub struct Lest {
    antall: BTreeMap<&'static str, usize>,
    avvist: BTreeMap<(&'static str, String), usize>,
    funn: BTreeSet<&'static str>,
    elever: BTreeSet<[String; 4]>,
    sider: usize,
    /// One of the objects, to ask for again.
    en: Option<Kildeobjekt>,
}

impl Lest {
    /// In one line, without a value from a row.
    pub fn linje(&self) -> String {
        let mut linje = format!("{} pages", self.sider);
        for (samling, antall) in &self.antall {
            write!(linje, ", {antall} {samling}").expect("writing to a String cannot fail");
        }
        for ((samling, kode), antall) in &self.avvist {
            write!(linje, ", {antall} refused in {samling} ({kode})").expect("writing to a String cannot fail");
        }
        if !self.funn.is_empty() {
            let funn: Vec<_> = self.funn.iter().copied().collect();
            write!(linje, "; tolerated: {}", funn.join(", ")).expect("writing to a String cannot fail");
        }
        linje
    }
}

#[derive(Deserialize)]
struct Klar {
    port: u16,
}

/// Starts a service over a fresh school, reads it, and compares.
pub async fn prov(python: &Path, tjener: &Tjener) -> Result<String> {
    let datasett = datasett::lag()?;
    let mappe = tempfile::tempdir().context("cannot make a temporary folder")?;
    let hemmelighet = mappe.path().join("hemmelighet");
    let data = mappe.path().join("data.json");
    std::fs::write(&hemmelighet, "only-for-loopback").context("cannot write to the temporary folder")?;
    std::fs::write(&data, datasett.json.to_string()).context("cannot write to the temporary folder")?;

    let (sti, filer) = (mappe.path().display().to_string(), [&data, &hemmelighet].map(|f| f.display().to_string()));
    let mut argumenter = vec!["--versjon", tjener.versjon, "--maks-side", tjener.maks_side, "--mappe", &sti];
    argumenter.extend(["--data", &filer[0], "--hemmelighet", &filer[1]]);
    argumenter.extend(tjener.hoder.then_some("--hoder"));
    let program = prosess::start(python, "tjener.py", &argumenter).await?;
    let Klar { port } = serde_json::from_str(&program.linje).context("the service did not say its port")?;

    let config = format!(
        r#"
        tenant = "litlevik"
        navn = "peer"
        kommunenummer = "4601"
        profil = "generic"
        versjon = "{versjon}"
        base_url = "http://127.0.0.1:{port}/"
        token_url = "http://127.0.0.1:{port}/o/token/"
        client_id = "mellomlag"
        client_secret_file = "{fil}"
        scope = "{scope}"
        "#,
        versjon = tjener.versjon,
        fil = filer[1],
        scope = tjener.scope,
    );
    let lest = les(Config::parse(&config).context("the configuration cannot be read")?).await?;
    sammenlign(&datasett, &lest)?;
    Ok(lest.linje())
}

/// Reads every page of a service, and asks for one object that is there and one that is not.
pub async fn les(config: Config) -> Result<Lest> {
    let kilde = config.build(Arc::new(SystemClock)).context("the configuration is refused")?;
    let mut lest = Lest::default();
    let mut cursor = Cursor::default();
    loop {
        let side = kilde.read(&cursor).await.context("the service cannot be read")?;
        lest.sider += 1;
        for observert in side.observed {
            let Kildeobjekt::Roster(objekt) = &observert.objekt else { bail!("a school system gave no roster object") };
            *lest.antall.entry(objekt.objekttype().samling()).or_default() += 1;
            if let Objekt::User(elev) = objekt {
                let navn = [&elev.given_name, &elev.family_name, &elev.identifier]
                    .map(|felt| felt.as_ref().map(|verdi| verdi.vis().clone()).unwrap_or_default());
                let [fornavn, etternavn, nummer] = navn;
                lest.elever.insert([observert.objekt.kildeid().to_owned(), fornavn, etternavn, nummer]);
                lest.en.get_or_insert(observert.objekt);
            }
        }
        for avvist in side.refused {
            *lest.avvist.entry((avvist.samling, avvist.code.to_owned())).or_default() += 1;
        }
        lest.funn.extend(side.findings.iter().map(|funn| funn.code));
        if let Progress::Complete(_) = side.progress {
            break;
        }
        ensure!(side.next != cursor && lest.sider < 100_000, "the reading does not come further");
        cursor = side.next;
    }
    if let Some(en) = &lest.en {
        ensure!(kilde.look_up(en).await.context("look-up of a pupil")? == Presence::Present, "a pupil who is there");
        let Kildeobjekt::Roster(Objekt::User(mut ingen)) = en.clone() else { bail!("only users are kept") };
        ingen.sourced_id = "no-such-pupil".into();
        let ingen = Kildeobjekt::Roster(Objekt::User(ingen));
        let svar = kilde.look_up(&ingen).await.context("look-up of nobody")?;
        ensure!(svar == Presence::Gone, "somebody who is not there was found");
    }
    Ok(lest)
}

fn sammenlign(datasett: &Datasett, lest: &Lest) -> Result<()> {
    ensure!(lest.avvist.is_empty(), "refused: {:?}", lest.avvist);
    for (samling, ventet) in &datasett.antall {
        let fant = lest.antall.get(samling).copied().unwrap_or_default();
        ensure!(fant == *ventet, "{samling}: {ventet} were put in, {fant} came out");
    }
    let (mangler, ukjente) =
        (datasett.elever.difference(&lest.elever).count(), lest.elever.difference(&datasett.elever).count());
    ensure!(mangler == 0 && ukjente == 0, "{mangler} pupils were lost or changed, {ukjente} are not those put in");
    Ok(())
}
