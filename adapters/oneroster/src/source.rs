//! The source as core sees it: an API or a file behind one contract.

mod api;
mod endringer;
mod kurs;
mod lesing;
mod minne;
mod oppslag;
mod posisjon;
mod rader;

use crate::client::Klient;
use crate::config::Config;
use crate::error::BuildError;
use crate::fil::Filkilde;
use api::Api;
use async_trait::async_trait;
use flow::{Clock, Cursor, Kildeobjekt, Page, Presence, Source, SourceError, Vannmerker};
pub(crate) use rader::skriv_innhold;
use std::sync::Arc;

/// A school system of one municipality.
pub struct OneRosterSource {
    navn: String,
    slag: Slag,
}

enum Slag {
    Api(Box<Api>),
    Fil(Filkilde),
}

impl OneRosterSource {
    /// Builds the source of a configuration that has no problems.
    pub(crate) fn new(config: Config, clock: Arc<dyn Clock>) -> Result<Self, BuildError> {
        let navn = config.navn.clone();
        let slag = match Klient::new(&config, Arc::clone(&clock))? {
            Some(klient) => Slag::Api(Box::new(Api::new(&config, klient, clock))),
            None => Slag::Fil(Filkilde::new(config)),
        };
        Ok(Self { navn, slag })
    }

    /// Tries the connection: a token and one row, or that the file can be read. Uses nothing of what it gets.
    pub async fn probe(&self) -> Result<(), SourceError> {
        match &self.slag {
            Slag::Api(api) => api.probe().await,
            Slag::Fil(fil) => fil.probe().await,
        }
    }
}

#[async_trait]
impl Source for OneRosterSource {
    fn name(&self) -> &str {
        &self.navn
    }

    async fn read(&self, after: &Cursor) -> Result<Page, SourceError> {
        match &self.slag {
            Slag::Api(api) => api.read(after).await,
            Slag::Fil(fil) => fil.read(after).await,
        }
    }

    async fn changes(&self, since: &Vannmerker, after: &Cursor) -> Result<Option<Page>, SourceError> {
        match &self.slag {
            Slag::Api(api) => api.changes(since, after).await,
            Slag::Fil(_) => Ok(None),
        }
    }

    fn finds_dangling(&self) -> bool {
        matches!(self.slag, Slag::Api(_))
    }

    async fn look_up(&self, objekt: &Kildeobjekt) -> Result<Presence, SourceError> {
        match &self.slag {
            Slag::Api(api) => api.look_up(objekt).await,
            Slag::Fil(fil) => fil.look_up(objekt).await,
        }
    }
}

impl std::fmt::Debug for OneRosterSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OneRosterSource").field("navn", &self.navn).finish_non_exhaustive()
    }
}
