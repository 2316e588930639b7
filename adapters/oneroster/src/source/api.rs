//! Reading a provider page by page.
//!
//! A collection ends with an empty page and nothing else: counts and links are missing or wrong at real providers, and
//! some give fewer rows than they are asked for. So the place moves by rows received, and a count that is given is only
//! used to find out that something changed while it was read.

use super::minne::{Gjensyn, Minne};
use super::posisjon::Posisjon;
use crate::client::{Hentet, Klient, Utsnitt};
use crate::config::Config;
use crate::error::System;
use crate::profil::Profil;
use crate::wire::{self, Utfall};
use flow::{Cursor, Finding, Kildeobjekt, Observed, Page, Progress, Refused, SourceError};
use oneroster::{Objekt, Objekttype};
use serde_json::value::RawValue;
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, PoisonError};

pub(super) struct Api {
    pub(super) system: System,
    pub(super) profil: Profil,
    pub(super) klient: Klient,
    /// Per collection: whether a look-up is known to find what is there.
    pub(super) oppslag_virker: [AtomicBool; 5],
    maks_rader: u64,
    minne: Mutex<Minne>,
}

impl Api {
    pub(super) fn new(config: &Config, klient: Klient) -> Self {
        Self {
            system: System(config.navn.clone()),
            profil: config.profil(),
            klient,
            oppslag_virker: Default::default(),
            maks_rader: config.maks_rader.get(),
            minne: Mutex::default(),
        }
    }

    /// A token and one row.
    pub(super) async fn probe(&self) -> Result<(), SourceError> {
        let samling = Objekttype::Org.samling();
        match self.klient.side(Objekttype::Org, Utsnitt { offset: 0, limit: 1, filter: None }).await? {
            Hentet::Svar { kropp, .. } => wire::liste(&kropp, Objekttype::Org, &mut Vec::new())
                .map(drop)
                .map_err(|wire::Uleselig(hint)| self.system.malformed(samling, hint)),
            Hentet::Mangler => Err(self.ingen_samling(samling)),
            Hentet::Forkastet { hint } => Err(self.system.malformed(samling, format!("status 400: {hint}"))),
        }
    }

    pub(super) async fn read(&self, after: &Cursor) -> Result<Page, SourceError> {
        let Some(mut posisjon) = Posisjon::les(after) else {
            return Err(self.system.torn("cursor", "the place was written by another version; start again"));
        };
        let samling = posisjon.objekttype.samling();
        let mut funn = None;
        loop {
            let filter = self.profil.filter(posisjon.objekttype).filter(|_| !posisjon.ufiltrert);
            let utsnitt = Utsnitt { offset: posisjon.offset, limit: self.profil.sidestorrelse.get(), filter };
            // A provider may refuse a filter it does not know, or answer it with nothing: ask for everything instead.
            let kan_uten = filter.is_some() && posisjon.offset == 0;
            match self.klient.side(posisjon.objekttype, utsnitt).await? {
                Hentet::Forkastet { .. } if kan_uten => {
                    funn = Some("filter-refused");
                    posisjon.ufiltrert = true;
                }
                Hentet::Svar { kropp, antall } => {
                    let mut findings = Vec::new();
                    let rader = wire::liste(&kropp, posisjon.objekttype, &mut findings)
                        .map_err(|wire::Uleselig(hint)| self.system.malformed(samling, hint))?;
                    if rader.is_empty() && kan_uten {
                        funn = Some("filter-empty");
                        posisjon.ufiltrert = true;
                        continue;
                    }
                    findings.extend(funn.filter(|_| !rader.is_empty()).map(|code| Finding { code, samling }));
                    return self.side(posisjon, &rader, antall, findings);
                }
                // Some providers have no page past the end. It is the end only where the count agrees.
                Hentet::Mangler | Hentet::Forkastet { .. } if posisjon.total == Some(posisjon.offset) => {
                    return self.slutt(posisjon, vec![Finding { code: "no-page-past-the-end", samling }]);
                }
                Hentet::Mangler if posisjon.offset == 0 => return Err(self.ingen_samling(samling)),
                Hentet::Mangler => {
                    let hint = format!("status 404 for the page at {samling}[{}]", posisjon.offset);
                    return Err(self.system.torn(samling, hint));
                }
                Hentet::Forkastet { hint } => {
                    let hint = format!("status 400 for the page at {}: {hint}", posisjon.offset);
                    return Err(self.system.malformed(samling, hint));
                }
            }
        }
    }

    fn ingen_samling(&self, samling: &'static str) -> SourceError {
        self.system.malformed(samling, "status 404; check base_url and versjon")
    }

    fn side(
        &self,
        mut posisjon: Posisjon,
        rader: &[&RawValue],
        antall: Option<u64>,
        mut findings: Vec<Finding>,
    ) -> Result<Page, SourceError> {
        let samling = posisjon.objekttype.samling();
        let rekker_til = posisjon.offset + rader.len() as u64;
        self.kontroller_antall(&mut posisjon, antall, rekker_til, rader.is_empty())?;
        if rader.is_empty() {
            return self.slutt(posisjon, findings);
        }
        if posisjon.lest + rekker_til > self.maks_rader {
            let hint = format!("more than {} rows in one reading; raise maks_rader if that is right", self.maks_rader);
            return Err(self.system.malformed(samling, hint));
        }
        let Some((observed, refused)) = self.les_rader(&posisjon, rader, &mut findings)? else {
            // Every row of the page was on an earlier one.
            return if posisjon.total == Some(posisjon.offset) {
                findings.push(Finding { code: "offset-ignored", samling });
                self.slutt(posisjon, findings)
            } else {
                Err(self.system.torn(samling, "a page repeats rows of earlier pages; the source may ignore offset"))
            };
        };
        let (side, antall_rader, beholdt, avvist) = (posisjon.side, rader.len(), observed.len(), refused.len());
        tracing::debug!(kilde = %self.system.0, samling, side, rader = antall_rader, beholdt, avvist, "page read");
        Ok(Page {
            observed,
            refused,
            findings,
            next: posisjon.etter(rader.len() as u64).cursor(),
            progress: Progress::More,
            expected: posisjon.total.map(|total| posisjon.lest + total),
        })
    }

    /// A count that moves between pages, or does not fit what came, means that the collection changed under us.
    fn kontroller_antall(
        &self,
        posisjon: &mut Posisjon,
        antall: Option<u64>,
        rekker_til: u64,
        slutt: bool,
    ) -> Result<(), SourceError> {
        let samling = posisjon.objekttype.samling();
        if let (Some(for_), Some(na)) = (posisjon.total, antall)
            && for_ != na
        {
            return Err(self.system.torn(samling, format!("the count moved from {for_} to {na} between pages")));
        }
        posisjon.total = posisjon.total.or(antall);
        // Where the source ignores offset, it gives more than its count; that is found by its rows.
        match posisjon.total {
            Some(total) if slutt && rekker_til != total => {
                let filter = if self.profil.filter(posisjon.objekttype).is_some() && !posisjon.ufiltrert {
                    "; if the source counts before it filters, set rollefilter = false"
                } else {
                    ""
                };
                let hint = format!("it ended after {rekker_til} rows, but its count says {total}{filter}");
                Err(self.system.torn(samling, hint))
            }
            _ => Ok(()),
        }
    }

    /// Ends a collection, and the reading after the last.
    fn slutt(&self, posisjon: Posisjon, findings: Vec<Finding>) -> Result<Page, SourceError> {
        let samling = posisjon.objekttype.samling();
        tracing::debug!(kilde = %self.system.0, samling, sider = posisjon.side, rader = posisjon.offset, "collection read");
        let (next, progress) = match posisjon.neste_samling() {
            Some(neste) => (neste.cursor(), Progress::More),
            None => {
                self.minne.lock().unwrap_or_else(PoisonError::into_inner).glem();
                tracing::info!(kilde = %self.system.0, rader = posisjon.lest + posisjon.offset, "snapshot read");
                (Cursor::default(), Progress::Complete(Objekttype::ALLE.map(Objekttype::as_str).to_vec()))
            }
        };
        let expected = Some(posisjon.lest + posisjon.offset);
        Ok(Page { observed: Vec::new(), refused: Vec::new(), findings, next, progress, expected })
    }

    /// Reads the rows of a page. `None` where all of them were on earlier pages.
    #[expect(clippy::type_complexity, reason = "two lists that go straight into a page")]
    fn les_rader(
        &self,
        posisjon: &Posisjon,
        rader: &[&RawValue],
        findings: &mut Vec<Finding>,
    ) -> Result<Option<(Vec<Observed>, Vec<Refused>)>, SourceError> {
        let (objekttype, samling) = (posisjon.objekttype, posisjon.objekttype.samling());
        let filtrert = self.profil.filter(objekttype).is_some() && !posisjon.ufiltrert;
        let (mut observed, mut refused, mut gjentatt) = (Vec::new(), Vec::new(), 0);
        let mut minne = self.minne.lock().unwrap_or_else(PoisonError::into_inner);
        minne.begynn(objekttype, posisjon.offset);
        for (nummer, raw) in (posisjon.offset..).zip(rader) {
            let rad = wire::les_rad(&self.profil, objekttype, nummer, raw, findings);
            let mut funn = |code| findings.push(Finding { code, samling });
            let innhold = match &rad.utfall {
                Utfall::Beholdt(o) => Some(innhold(o)),
                Utfall::Utenfor | Utfall::Avvist(_) => None,
            };
            let gjensyn = rad.id.as_deref().map_or(Gjensyn::Nytt, |id| minne.se(nummer, id, innhold.as_deref()));
            match gjensyn {
                Gjensyn::Nytt => {}
                Gjensyn::AnnenRolle => funn("sourced-id-in-several-rows"),
                Gjensyn::Likt(forste) => {
                    let paa_tidligere_side = forste < posisjon.offset;
                    gjentatt += usize::from(paa_tidligere_side);
                    funn(if paa_tidligere_side { "row-repeated-across-pages" } else { "duplicate-row" });
                    if matches!(rad.utfall, Utfall::Beholdt(_)) {
                        continue;
                    }
                }
                Gjensyn::Ulikt(forste) => {
                    let hint =
                        format!("{samling}[{forste}] and {samling}[{nummer}] have one sourcedId and two contents");
                    return Err(self.system.torn(samling, hint));
                }
            }
            match rad.utfall {
                Utfall::Beholdt(o) => observed.push(o),
                Utfall::Avvist(r) => refused.push(r),
                Utfall::Utenfor if filtrert => funn("filter-ignored"),
                Utfall::Utenfor => {}
            }
        }
        Ok((gjentatt < rader.len()).then_some((observed, refused)))
    }
}

/// What is compared between two rows with one id: what we keep of them, so that a dialect's own noise does not count.
pub(crate) fn innhold(observed: &Observed) -> Vec<u8> {
    let Kildeobjekt::Roster(objekt) = &observed.objekt else { return Vec::new() };
    let json = match objekt {
        Objekt::Org(o) => serde_json::to_vec(&(observed.status, o)),
        Objekt::AcademicSession(o) => serde_json::to_vec(&(observed.status, o)),
        Objekt::Class(o) => serde_json::to_vec(&(observed.status, o)),
        Objekt::User(o) => serde_json::to_vec(&(observed.status, o)),
        Objekt::Enrollment(o) => serde_json::to_vec(&(observed.status, o)),
    };
    json.expect("texts, dates and lists always have a json form")
}
