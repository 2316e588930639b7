//! What every test needs: a source from its configuration, and a whole reading of it.

use adapter_oneroster::{Config, OneRosterSource};
use flow::{
    Clock, Cursor, Finding, Kildeobjekt, Observed, Page, Progress, Refused, Source, SourceError, SystemClock,
    Vannmerker,
};
use oneroster::{Objekt, User};
use std::collections::BTreeSet;
use std::io::Write;
use std::sync::Arc;

/// Where a source is to connect.
pub struct Mot<'a> {
    pub base_url: &'a str,
    pub token_url: &'a str,
    pub hemmelighet: &'a str,
    /// More lines of the configuration.
    pub resten: &'a str,
}

/// A source built the way a person's configuration builds it.
pub fn kilde(mot: &Mot<'_>, clock: Arc<dyn Clock>) -> OneRosterSource {
    let mut fil = tempfile::NamedTempFile::new().unwrap();
    writeln!(fil, "{}", mot.hemmelighet).unwrap();
    // Tests ask as fast as they can, but for those that say otherwise.
    let tempo = if mot.resten.contains("maks_per_sekund") { "" } else { "maks_per_sekund = 100000\n" };
    let toml = format!(
        "{tempo}tenant = \"t\"\nkommunenummer = \"4601\"\nbase_url = \"{}\"\ntoken_url = \"{}\"\nclient_id = \"mellomlag\"\n\
         client_secret_file = \"{}\"\n{}",
        mot.base_url,
        mot.token_url,
        fil.path().display(),
        mot.resten
    );
    Config::parse(&toml).unwrap().build(clock).unwrap()
}

/// The machine's clock.
pub fn ekte() -> Arc<dyn Clock> {
    Arc::new(SystemClock)
}

/// A whole reading.
#[derive(Default)]
pub struct Lesing {
    pub observed: Vec<Observed>,
    pub refused: Vec<Refused>,
    pub findings: Vec<Finding>,
    pub komplett: Vec<&'static str>,
    pub cursors: Vec<Cursor>,
    pub expected: Option<u64>,
}

impl Lesing {
    fn ta(&mut self, page: Page) {
        self.observed.extend(page.observed);
        self.refused.extend(page.refused);
        self.findings.extend(page.findings);
        self.expected = page.expected;
    }

    pub fn av(&self, type_: &str) -> usize {
        self.observed.iter().filter(|o| o.objekt.typenavn() == type_).count()
    }

    /// The newest times of change, as the runtime keeps them.
    pub fn merker(&self) -> Vannmerker {
        let mut merker = Vannmerker::new();
        for observed in &self.observed {
            let Some(endret) = observed.modified else { continue };
            let merke = merker.entry(observed.objekt.typenavn()).or_insert(endret);
            *merke = endret.max(*merke);
        }
        merker
    }

    /// How often a tolerance was used.
    pub fn antall_funn(&self, code: &str) -> usize {
        self.findings.iter().filter(|f| f.code == code).count()
    }

    pub fn elever(&self) -> impl Iterator<Item = &User> {
        self.observed.iter().filter_map(|o| match &o.objekt {
            Kildeobjekt::Roster(Objekt::User(user)) => Some(user),
            _ => None,
        })
    }

    pub fn funn(&self) -> BTreeSet<&'static str> {
        self.findings.iter().map(|f| f.code).collect()
    }
}

/// Reads until the snapshot is complete. A reading that never ends is a fault.
pub async fn les_alt(kilde: &OneRosterSource) -> Result<Lesing, SourceError> {
    let mut lesing = Lesing::default();
    let mut cursor = Cursor::default();
    for _ in 0..1_000 {
        let page = kilde.read(&cursor).await?;
        lesing.cursors.push(std::mem::replace(&mut cursor, page.next.clone()));
        let progress = page.progress.clone();
        lesing.ta(page);
        if let Progress::Complete(typer) = progress {
            assert_eq!(cursor, Cursor::default(), "after a complete reading comes a new one");
            lesing.komplett = typer;
            return Ok(lesing);
        }
    }
    panic!("a reading that does not end");
}

/// Reads what has changed since. `None` where the source cannot be asked so.
pub async fn les_endringer(kilde: &OneRosterSource, since: &Vannmerker) -> Result<Option<Lesing>, SourceError> {
    let mut lesing = Lesing::default();
    let mut cursor = Cursor::default();
    for _ in 0..1_000 {
        let Some(page) = kilde.changes(since, &cursor).await? else { return Ok(None) };
        lesing.cursors.push(std::mem::replace(&mut cursor, page.next.clone()));
        let progress = page.progress.clone();
        lesing.ta(page);
        if let Progress::Complete(typer) = progress {
            assert_eq!(cursor, Cursor::default(), "after a complete reading comes a new one");
            lesing.komplett = typer;
            return Ok(Some(lesing));
        }
    }
    panic!("a reading that does not end");
}

/// The error that a reading must end in.
pub async fn feil(kilde: &OneRosterSource) -> SourceError {
    les_alt(kilde).await.err().expect("the reading must not succeed")
}
