//! Reading a provider page by page.
//!
//! A collection ends with an empty page and nothing else: counts and links are missing or wrong at real providers, and
//! some give fewer rows than they are asked for. So the place moves by rows received, and a count that is given is only
//! used to find out that something changed while it was read.

use super::kurs::Kurs;
use super::lesing::{Runde, Spurt};
use super::minne::Minne;
use super::posisjon::Posisjon;
use crate::client::{Hentet, Klient, Utsnitt};
use crate::config::Config;
use crate::error::System;
use crate::profil::Profil;
use crate::wire;
use flow::{Clock, Cursor, Page, SourceError};
use jiff::SignedDuration;
use oneroster::Objekttype;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

pub(super) struct Api {
    pub(super) system: System,
    pub(super) profil: Profil,
    pub(super) klient: Klient,
    pub(super) clock: Arc<dyn Clock>,
    /// Per collection: whether a look-up is known to find what is there, since the last snapshot began.
    pub(super) oppslag_virker: [AtomicBool; 5],
    /// Per collection: whether the source counts before it filters, so that its count tells nothing of a filtered reading.
    pub(super) teller_for_filter: [AtomicBool; 5],
    pub(super) endringer_avvist: AtomicBool,
    pub(super) overlapp: SignedDuration,
    pub(super) maks_rader: u64,
    /// Of the running snapshot, and of the running look at changes.
    pub(super) minner: [Mutex<Minne>; 2],
    /// The courses, while a reading that needs them is running.
    pub(super) kurs: tokio::sync::Mutex<Option<Arc<Kurs>>>,
}

impl Api {
    pub(super) fn new(config: &Config, klient: Klient, clock: Arc<dyn Clock>) -> Self {
        Self {
            system: System(config.navn.clone()),
            profil: config.profil(),
            klient,
            clock,
            oppslag_virker: Default::default(),
            teller_for_filter: Default::default(),
            endringer_avvist: AtomicBool::default(),
            overlapp: SignedDuration::from_secs(config.overlapp_sekunder.into()),
            maks_rader: config.maks_rader.get(),
            minner: Default::default(),
            kurs: tokio::sync::Mutex::default(),
        }
    }

    /// A token and one row.
    pub(super) async fn probe(&self) -> Result<(), SourceError> {
        let samling = Objekttype::Org.samling();
        match self.klient.side(samling, Utsnitt { offset: 0, limit: 1, filter: None }).await? {
            Hentet::Svar { kropp, .. } => wire::liste(&kropp, Objekttype::Org, &mut Vec::new())
                .map(drop)
                .map_err(|wire::Uleselig(hint)| self.system.malformed(samling, hint)),
            Hentet::Mangler => Err(self.ingen_samling(samling)),
            Hentet::Forkastet { hint } => Err(self.system.malformed(samling, hint)),
        }
    }

    /// A page of a snapshot. A filter that the source refuses, or answers with nothing, is left out for that collection.
    pub(super) async fn read(&self, after: &Cursor) -> Result<Page, SourceError> {
        let runde = Runde::hel();
        let mut posisjon = Posisjon::les(after, runde.typer(), false).ok_or_else(|| self.fremmed_cursor())?;
        if after.0.is_empty() {
            // A reading that was given up may have left its courses behind. And look-ups that worked yesterday may not today.
            *self.kurs.lock().await = None;
            self.oppslag_virker.iter().for_each(|virker| virker.store(false, Ordering::Relaxed));
        }
        let mut funn = None;
        if posisjon.offset == 0 && !posisjon.ufiltrert && self.teller_for_filter(&posisjon).load(Ordering::Relaxed) {
            (posisjon.ufiltrert, funn) = (true, Some("count-before-filter"));
        }
        loop {
            let filter = self.profil.filter(posisjon.objekttype).filter(|_| !posisjon.ufiltrert);
            let hentet = self.klient.side(posisjon.objekttype.samling(), self.utsnitt(&posisjon, filter)).await?;
            let filtrert = filter.is_some();
            match hentet {
                Hentet::Forkastet { .. } if filtrert && posisjon.offset == 0 => funn = Some("filter-refused"),
                hentet => match self.tolk(posisjon, hentet, &Spurt { runde: &runde, filtrert, funn }).await? {
                    Some(page) => return Ok(page),
                    None => funn = Some("filter-empty"),
                },
            }
            posisjon.ufiltrert = true;
        }
    }

    pub(super) fn utsnitt<'a>(&self, posisjon: &Posisjon, filter: Option<&'a str>) -> Utsnitt<'a> {
        Utsnitt { offset: posisjon.offset, limit: self.profil.sidestorrelse.get(), filter }
    }

    pub(super) fn teller_for_filter(&self, posisjon: &Posisjon) -> &AtomicBool {
        &self.teller_for_filter[posisjon.objekttype as usize]
    }

    pub(super) fn fremmed_cursor(&self) -> SourceError {
        self.system.torn("cursor", "the place is of another version or another reading; start again")
    }

    pub(super) fn ingen_samling(&self, samling: &'static str) -> SourceError {
        self.system.malformed(samling, "status 404; check base_url and versjon")
    }
}
