//! From an answer to a page: what a reading of either kind has in common.

use super::api::Api;
use super::minne::{Dom, Minne};
use super::posisjon::Posisjon;
use crate::client::Hentet;
use crate::wire;
use flow::{Cursor, Finding, Page, Progress, SourceError};
use jiff::Timestamp;
use oneroster::Objekttype;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::sync::{MutexGuard, PoisonError};

/// What one reading asks for: everything, or what has changed after a moment.
pub(super) struct Runde {
    typer: Vec<Objekttype>,
    endret_etter: BTreeMap<Objekttype, Timestamp>,
}

impl Runde {
    /// Everything.
    pub(super) fn hel() -> Self {
        Self { typer: Objekttype::ALLE.to_vec(), endret_etter: BTreeMap::new() }
    }

    /// What has changed in these collections.
    pub(super) fn endringer(endret_etter: BTreeMap<Objekttype, Timestamp>) -> Self {
        let typer = Objekttype::ALLE.into_iter().filter(|o| endret_etter.contains_key(o)).collect();
        Self { typer, endret_etter }
    }

    /// The collections, in the order they are read.
    pub(super) fn typer(&self) -> &[Objekttype] {
        &self.typer
    }

    /// The moment after which a collection is asked about.
    pub(super) fn etter(&self, objekttype: Objekttype) -> Option<Timestamp> {
        self.endret_etter.get(&objekttype).copied()
    }
}

/// How a page was asked for.
pub(super) struct Spurt<'a> {
    pub(super) runde: &'a Runde,
    /// Only pupils were asked for.
    pub(super) filtrert: bool,
    /// What the page's asking found out, if it has rows.
    pub(super) funn: Option<&'static str>,
}

impl Api {
    /// Reads an answer. `None` where the first page of a filtered collection is empty: perhaps the filter was not
    /// understood.
    pub(super) async fn tolk(
        &self,
        mut posisjon: Posisjon,
        hentet: Hentet,
        spurt: &Spurt<'_>,
    ) -> Result<Option<Page>, SourceError> {
        let samling = posisjon.objekttype.samling();
        match hentet {
            Hentet::Svar { kropp, antall, revisjon } => {
                let mut findings = Vec::new();
                let rader = wire::liste(&kropp, posisjon.objekttype, &mut findings)
                    .map_err(|wire::Uleselig(hint)| self.system.malformed(samling, hint))?;
                if rader.is_empty() && spurt.filtrert && posisjon.offset == 0 {
                    return Ok(None);
                }
                findings.extend(spurt.funn.filter(|_| !rader.is_empty()).map(|code| Finding { code, samling }));
                self.kontroller_revisjon(&mut posisjon, revisjon)?;
                self.side(posisjon, &rader, antall, spurt, findings).await.map(Some)
            }
            // Some providers have no page past the end. It is the end only where the count agrees.
            Hentet::Mangler | Hentet::Forkastet { .. }
                if posisjon.offset > 0 && posisjon.total == Some(posisjon.offset) =>
            {
                self.slutt(posisjon, spurt, vec![Finding { code: "no-page-past-the-end", samling }]).await.map(Some)
            }
            Hentet::Mangler if posisjon.offset == 0 => Err(self.ingen_samling(samling)),
            Hentet::Mangler => {
                let hint = format!("status 404 for the page at {samling}[{}]", posisjon.offset);
                Err(self.system.torn(samling, hint))
            }
            Hentet::Forkastet { hint } => {
                Err(self.system.malformed(samling, format!("{hint}, for the page at {}", posisjon.offset)))
            }
        }
    }

    async fn side(
        &self,
        mut posisjon: Posisjon,
        rader: &[&RawValue],
        antall: Option<u64>,
        spurt: &Spurt<'_>,
        mut findings: Vec<Finding>,
    ) -> Result<Page, SourceError> {
        let samling = posisjon.objekttype.samling();
        let rekker_til = posisjon.offset + rader.len() as u64;
        self.kontroller_antall(&mut posisjon, antall)?;
        if rader.is_empty() {
            return match posisjon.total {
                Some(total) if total != rekker_til => self.for_kort(posisjon, total, spurt).await,
                _ => self.slutt(posisjon, spurt, findings).await,
            };
        }
        if posisjon.lest + rekker_til > self.maks_rader {
            let hint = format!("more than {} rows in one reading; raise maks_rader if that is right", self.maks_rader);
            return Err(self.system.malformed(samling, hint));
        }
        let Some(mut lest) = self.les_rader(&posisjon, rader, spurt, &mut findings)? else {
            // Every row of the page was on an earlier one.
            return if posisjon.total == Some(posisjon.offset) {
                findings.push(Finding { code: "offset-ignored", samling });
                self.slutt(posisjon, spurt, findings).await
            } else {
                Err(self.system.torn(samling, "a page repeats rows of earlier pages; the source may ignore offset"))
            };
        };
        self.fyll_trinn(&mut lest, &mut findings).await?;
        let (side, antall_rader) = (posisjon.side, rader.len());
        let (beholdt, avvist) = (lest.observed.len(), lest.refused.len());
        tracing::debug!(kilde = %self.system.0, samling, side, rader = antall_rader, beholdt, avvist, "page read");
        Ok(Page {
            observed: lest.observed,
            refused: lest.refused,
            findings,
            next: posisjon.etter(rader.len() as u64).cursor(),
            progress: Progress::More,
            expected: posisjon.total.map(|total| posisjon.lest + total),
        })
    }

    /// A count that moves between pages means that the collection changed under us.
    fn kontroller_antall(&self, posisjon: &mut Posisjon, antall: Option<u64>) -> Result<(), SourceError> {
        let samling = posisjon.objekttype.samling();
        match (posisjon.total, antall) {
            (Some(for_), Some(na)) if for_ != na && posisjon.offset == 0 => {
                self.teller_for_filter(posisjon).store(false, Ordering::Relaxed);
                let hint = format!("fewer pupils came than its count of {for_}, and without the filter it counts {na}");
                Err(self.system.torn(samling, hint))
            }
            (Some(for_), Some(na)) if for_ != na => {
                Err(self.system.torn(samling, format!("the count moved from {for_} to {na} between pages")))
            }
            _ => {
                posisjon.total = posisjon.total.or(antall);
                Ok(())
            }
        }
    }

    /// The collection ended, but not at its count. A source that counts before it filters gives fewer rows than it counts:
    /// then the collection is read again without our filter, where the count must be right.
    async fn for_kort(&self, posisjon: Posisjon, total: u64, spurt: &Spurt<'_>) -> Result<Page, SourceError> {
        let samling = posisjon.objekttype.samling();
        let funn = vec![Finding { code: "count-before-filter", samling }];
        if posisjon.offset < total && posisjon.endring {
            return self.slutt(posisjon, spurt, funn).await;
        }
        if posisjon.offset < total && spurt.filtrert {
            tracing::debug!(kilde = %self.system.0, samling, "fewer rows than counted; reading it again without the filter");
            self.teller_for_filter(&posisjon).store(true, Ordering::Relaxed);
            return Ok(Page {
                observed: Vec::new(),
                refused: Vec::new(),
                findings: funn,
                next: posisjon.uten_filter().cursor(),
                progress: Progress::More,
                expected: Some(posisjon.lest + total),
            });
        }
        let hint = format!("it ended after {} rows, but its count says {total}", posisjon.offset);
        Err(self.system.torn(samling, hint))
    }

    /// A revision that changes while a collection is read means that the data did.
    fn kontroller_revisjon(&self, posisjon: &mut Posisjon, revisjon: Option<u64>) -> Result<(), SourceError> {
        if posisjon.revisjon.is_some() && revisjon.is_some() && posisjon.revisjon != revisjon {
            let hint = "the revision of its data changed between pages";
            return Err(self.system.torn(posisjon.objekttype.samling(), hint));
        }
        posisjon.revisjon = posisjon.revisjon.or(revisjon);
        Ok(())
    }

    /// Ends a collection, and the reading after the last.
    async fn slutt(
        &self,
        posisjon: Posisjon,
        spurt: &Spurt<'_>,
        mut findings: Vec<Finding>,
    ) -> Result<Page, SourceError> {
        let (samling, rader) = (posisjon.objekttype.samling(), posisjon.lest + posisjon.offset);
        tracing::debug!(kilde = %self.system.0, samling, sider = posisjon.side, rader = posisjon.offset, "collection read");
        let typer = spurt.runde.typer();
        let neste = posisjon.neste_samling(typer);
        let dom = {
            let mut minne = self.minne(&posisjon);
            minne.avslutt(posisjon.objekttype, posisjon.offset);
            neste.is_none().then(|| {
                let dom = minne.dom();
                minne.glem();
                dom
            })
        };
        let (next, progress) = match neste {
            Some(neste) => (neste.cursor(), Progress::More),
            None => {
                *self.kurs.lock().await = None;
                tracing::info!(kilde = %self.system.0, rader, endringer = posisjon.endring, "reading complete");
                (Cursor::default(), Progress::Complete(typer.iter().map(|o| o.as_str()).collect()))
            }
        };
        match dom {
            Some(Dom::Revet(objekttype, antall)) => {
                let hint = format!(
                    "{antall} rows refer to objects that never came; if the same ones do next time, the source is like that"
                );
                return Err(self.system.torn(objekttype.samling(), hint));
            }
            Some(Dom::Slik(lose)) => findings.extend(lose.into_iter().flat_map(|(objekttype, antall)| {
                let funn = Finding { code: "dangling-reference", samling: objekttype.samling() };
                std::iter::repeat_n(funn, usize::try_from(antall).unwrap_or(usize::MAX))
            })),
            None => {}
        }
        let expected = Some(rader);
        Ok(Page { observed: Vec::new(), refused: Vec::new(), findings, next, progress, expected })
    }

    /// The memory of the reading that a place is in.
    pub(super) fn minne(&self, posisjon: &Posisjon) -> MutexGuard<'_, Minne> {
        self.minner[usize::from(posisjon.endring)].lock().unwrap_or_else(PoisonError::into_inner)
    }
}
