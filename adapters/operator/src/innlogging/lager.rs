//! Values that do not live long, as JSON. A failure is told in the log here, once, and to the person as trouble of ours.

use super::hjelp::sum;
use super::{Avvist, segl};
use jiff::Timestamp;
use runtime::Stopp;
use runtime::brukere::Korttid;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Reads and writes them.
pub(super) struct Lager(pub Korttid);

impl Lager {
    /// A value and its revision.
    pub(super) async fn les<T: DeserializeOwned>(&self, nokkel: &str) -> Result<Option<(T, u64)>, Avvist> {
        let funnet = self.0.les(nokkel).await.map_err(logg)?;
        // What another version has written is as if it were not there: the person signs in again.
        Ok(funnet.and_then(|(verdi, sett)| serde_json::from_slice(&verdi).ok().map(|verdi| (verdi, sett))))
    }

    /// A value that is closed with its name, and its revision.
    pub(super) async fn les_lukket<T: DeserializeOwned>(
        &self,
        rom: &str,
        navn: &str,
    ) -> Result<Option<(T, u64)>, Avvist> {
        let Some((lukket, sett)) = self.0.les(&nokkel(rom, navn)).await.map_err(logg)? else { return Ok(None) };
        let apnet = segl::apne(rom, navn, &lukket).and_then(|apnet| serde_json::from_slice(&apnet).ok());
        Ok(apnet.map(|verdi| (verdi, sett)))
    }

    /// Keeps a value that only whoever has its name can read.
    pub(super) async fn skriv_lukket(
        &self,
        rom: &str,
        navn: &str,
        verdi: &(impl Serialize + Sync),
    ) -> Result<(), Avvist> {
        let lukket = segl::lukk(rom, navn, json(verdi)).ok_or(Avvist::Intern)?;
        self.0.skriv(&nokkel(rom, navn), lukket).await.map_err(logg)
    }

    pub(super) async fn skriv(&self, nokkel: &str, verdi: &(impl Serialize + Sync)) -> Result<(), Avvist> {
        self.0.skriv(nokkel, json(verdi)).await.map_err(logg)
    }

    /// False when somebody else was first.
    pub(super) async fn skriv_om(
        &self,
        nokkel: &str,
        verdi: &(impl Serialize + Sync),
        sett: u64,
    ) -> Result<bool, Avvist> {
        self.0.skriv_om(nokkel, json(verdi), sett).await.map_err(logg)
    }

    /// Takes a value that may be used once. False when somebody else took it.
    pub(super) async fn ta(&self, nokkel: &str, sett: u64) -> Result<bool, Avvist> {
        self.0.skriv_om(nokkel, Vec::new(), sett).await.map_err(logg)
    }

    /// Notes that something has happened. False when it was noted before.
    pub(super) async fn forste_gang(&self, nokkel: &str, na: Timestamp) -> Result<bool, Avvist> {
        self.0.skriv_om(nokkel, json(&Tid { tid: na }), 0).await.map_err(logg)
    }

    pub(super) async fn fjern(&self, nokkel: &str) -> Result<(), Avvist> {
        self.0.fjern(nokkel).await.map_err(logg)
    }
}

/// Where a value stands that is known by a name: under a hash of the name.
pub(super) fn nokkel(rom: &str, navn: &str) -> String {
    format!("{rom}.{}", sum(&[navn]))
}

/// A moment, as a value.
#[derive(Serialize, Deserialize)]
pub(super) struct Tid {
    pub tid: Timestamp,
}

fn json(verdi: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(verdi).expect("texts and numbers always have a json form")
}

fn logg(error: Stopp) -> Avvist {
    tracing::warn!(%error, "sessions cannot be read or written");
    Avvist::Intern
}
