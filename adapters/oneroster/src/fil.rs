//! The file that the pilot got from Vigilo, read through the same reader as the API.
//!
//! The file is read whole when a reading starts and held until it ends, so that a file that is replaced in the meantime
//! cannot mix two days. A cursor carries the file's digest: after a restart the same file goes on, another is refused.

mod innhold;

use crate::config::{Config, Skole};
use crate::error::System;
use crate::profil::Profil;
use flow::{Cursor, Kildeobjekt, Page, Presence, Progress, SourceError};
pub(crate) use innhold::Innhold;
use kodeverk::Skolear;
use oneroster::Status;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::AsyncReadExt;

/// A file as a source.
pub(crate) struct Filkilde {
    system: System,
    profil: Profil,
    sti: PathBuf,
    skoler: BTreeMap<String, Skole>,
    skolear: Option<Skolear>,
    maks_bytes: u64,
    maks_rader: u64,
    holdt: Mutex<Option<Arc<Innhold>>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Posisjon {
    fil: String,
    offset: usize,
}

impl Filkilde {
    /// The source of a checked configuration.
    pub(crate) fn new(config: Config) -> Self {
        Self {
            profil: config.profil(),
            system: System(config.navn),
            sti: config.fil.unwrap_or_default(),
            skoler: config.skoler,
            skolear: config.skolear,
            maks_bytes: config.maks_bytes.get(),
            maks_rader: config.maks_rader.get(),
            holdt: Mutex::default(),
        }
    }

    /// Whether the file is there and can be read.
    pub(crate) async fn probe(&self) -> Result<(), SourceError> {
        self.les_fil().await.map(drop)
    }

    pub(crate) async fn read(&self, after: &Cursor) -> Result<Page, SourceError> {
        let (innhold, offset) = self.finn(after).await?;
        let slutt = offset.saturating_add(self.profil.sidestorrelse.get() as usize).min(innhold.linjer.len());
        let ferdig = slutt == innhold.linjer.len();
        let mut page = Page {
            observed: Vec::new(),
            refused: Vec::new(),
            findings: if offset == 0 { innhold.findings.clone() } else { Vec::new() },
            next: Cursor::default(),
            progress: Progress::Complete(innhold.samlinger.clone()),
            expected: Some(innhold.linjer.len() as u64),
        };
        for linje in innhold.linjer.get(offset..slutt).unwrap_or_default() {
            page.observed.extend(linje.observed.clone());
            page.refused.extend(linje.refused.clone());
            page.findings.extend(linje.findings.iter().cloned());
        }
        let (beholdt, avvist) = (page.observed.len(), page.refused.len());
        tracing::debug!(kilde = %self.system.0, offset, beholdt, avvist, "part of file read");
        if ferdig {
            self.hold(None);
            tracing::info!(kilde = %self.system.0, rader = innhold.linjer.len(), "file read");
        } else {
            page.next = Posisjon { fil: innhold.avtrykk.clone(), offset: slutt }.cursor();
            page.progress = Progress::More;
        }
        Ok(page)
    }

    /// Reads the file again: a file is small, and what it says now is what counts.
    pub(crate) async fn look_up(&self, objekt: &Kildeobjekt) -> Result<Presence, SourceError> {
        let Kildeobjekt::Roster(objekt) = objekt else {
            return Err(self.system.malformed("vigoskole", "a school system does not answer for VIGO's code base"));
        };
        let (objekttype, id) = (objekt.objekttype(), objekt.sourced_id().vis());
        let innhold = self.last().await?;
        if !innhold.samlinger.contains(&objekttype.as_str()) {
            let hint = "the file does not carry this collection, so it does not say what exists";
            return Err(self.system.malformed(objekttype.samling(), hint));
        }
        let mut linjer = innhold.linjer.iter().filter(|l| l.objekttype == objekttype && l.id.as_ref() == Some(id));
        match linjer.next() {
            Some(linje) => match (&linje.observed, &linje.refused) {
                (Some(observed), _) if observed.status == Status::Active => Ok(Presence::Present),
                (None, Some(refused)) => Err(self.system.malformed(refused.field.clone(), refused.code)),
                _ => Ok(Presence::Gone),
            },
            None => Ok(Presence::Gone),
        }
    }

    async fn finn(&self, after: &Cursor) -> Result<(Arc<Innhold>, usize), SourceError> {
        if after.0.is_empty() {
            let innhold = self.last().await?;
            self.hold(Some(Arc::clone(&innhold)));
            return Ok((innhold, 0));
        }
        let Ok(posisjon) = serde_json::from_str::<Posisjon>(&after.0) else {
            return Err(self.system.torn("cursor", "the place was written by another version; start again"));
        };
        let holdt = self.holdt.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(innhold) = holdt.filter(|innhold| innhold.avtrykk == posisjon.fil) {
            return Ok((innhold, posisjon.offset));
        }
        let innhold = self.last().await?;
        if innhold.avtrykk != posisjon.fil {
            return Err(self.system.torn("fil", "the file was replaced while it was read; start again"));
        }
        self.hold(Some(Arc::clone(&innhold)));
        Ok((innhold, posisjon.offset))
    }

    fn hold(&self, innhold: Option<Arc<Innhold>>) {
        *self.holdt.lock().unwrap_or_else(PoisonError::into_inner) = innhold;
    }

    async fn last(&self) -> Result<Arc<Innhold>, SourceError> {
        let kropp = self.les_fil().await?;
        let innhold = Innhold::les(&kropp, &self.profil, &self.skoler, self.skolear)
            .map_err(|crate::wire::Uleselig(hint)| self.system.malformed("fil", hint))?;
        if innhold.linjer.len() as u64 > self.maks_rader {
            let hint = format!("more than {} rows; raise maks_rader if that is right", self.maks_rader);
            return Err(self.system.malformed("fil", hint));
        }
        Ok(Arc::new(innhold))
    }

    async fn les_fil(&self) -> Result<Vec<u8>, SourceError> {
        let feil = |feil: std::io::Error| match feil.kind() {
            ErrorKind::PermissionDenied => self.system.denied("the service's user may not read the file in `fil`"),
            ErrorKind::NotFound => self.system.unreachable("the file in `fil` does not exist; check the path"),
            slag => self.system.unreachable(format!("the file in `fil` cannot be read: {slag}")),
        };
        let fil = tokio::fs::File::open(&self.sti).await.map_err(feil)?;
        let mut kropp = Vec::new();
        fil.take(self.maks_bytes.saturating_add(1)).read_to_end(&mut kropp).await.map_err(feil)?;
        if kropp.len() as u64 > self.maks_bytes {
            let hint = format!("larger than {} bytes; raise maks_bytes if that is right", self.maks_bytes);
            return Err(self.system.malformed("fil", hint));
        }
        Ok(kropp)
    }
}

impl Posisjon {
    fn cursor(&self) -> Cursor {
        Cursor(serde_json::to_string(self).expect("a text and a number always have a json form"))
    }
}
