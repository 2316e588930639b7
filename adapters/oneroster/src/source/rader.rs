//! The rows of one page.

use super::api::Api;
use super::lesing::Spurt;
use super::minne::{Gjensyn, Minne};
use super::posisjon::Posisjon;
use crate::wire::{self, Utfall};
use flow::{Finding, Kildeobjekt, Observed, Refused, SourceError};
use oneroster::{Objekt, Objekttype, Status};
use serde_json::value::RawValue;
use std::hash::Hasher;
use std::io;

/// What the rows of a page became.
#[derive(Default)]
pub(super) struct Lest {
    pub(super) observed: Vec<Observed>,
    pub(super) refused: Vec<Refused>,
    /// Classes without a grade: their place in `observed`, and the id of their course.
    pub(super) uten_trinn: Vec<(usize, String)>,
}

impl Api {
    /// Reads the rows of a page. `None` where all of them were on earlier pages.
    pub(super) fn les_rader(
        &self,
        posisjon: &Posisjon,
        rader: &[&RawValue],
        spurt: &Spurt<'_>,
        findings: &mut Vec<Finding>,
    ) -> Result<Option<Lest>, SourceError> {
        let (objekttype, samling) = (posisjon.objekttype, posisjon.objekttype.samling());
        let etter = spurt.runde.etter(objekttype);
        let (mut lest, mut gjentatt) = (Lest::default(), 0);
        let mut minne = self.minne(posisjon);
        minne.begynn(objekttype, posisjon.offset);
        for (nummer, raw) in (posisjon.offset..).zip(rader) {
            let rad = wire::les_rad(&self.profil, objekttype, nummer, raw, findings);
            let mut funn = |code| findings.push(Finding { code, samling });
            let innhold = match &rad.utfall {
                Utfall::Beholdt(o) => Some(avtrykk(&minne, o)),
                Utfall::Utenfor | Utfall::Avvist(_) => None,
            };
            if rad.id.is_none() && minne.uten_id_igjen(nummer, posisjon.offset, raw.get()) {
                gjentatt += 1;
            }
            match minne.se(nummer, rad.id.as_deref(), innhold) {
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
                Utfall::Beholdt(o) => {
                    if etter.is_some_and(|etter| o.modified.is_some_and(|endret| endret < etter)) {
                        funn("filter-ignored");
                    }
                    noter_referanser(&mut minne, nummer, &o);
                    lest.uten_trinn.extend(rad.kurs.map(|kurs| (lest.observed.len(), kurs)));
                    lest.observed.push(o);
                }
                Utfall::Avvist(r) => lest.refused.push(r),
                Utfall::Utenfor if spurt.filtrert => funn("filter-ignored"),
                Utfall::Utenfor => {}
            }
        }
        Ok((gjentatt < rader.len()).then_some(lest))
    }
}

/// What a membership in use refers to. One that is on its way out may well outlive its pupil.
fn noter_referanser(minne: &mut Minne, nummer: u64, observed: &Observed) {
    if let Kildeobjekt::Roster(Objekt::Enrollment(medlemskap)) = &observed.objekt
        && observed.status == Status::Active
    {
        let id = medlemskap.sourced_id.vis();
        minne.viser_til(nummer, id, Objekttype::Class, medlemskap.class.vis());
        minne.viser_til(nummer, id, Objekttype::User, medlemskap.user.vis());
    }
}

fn avtrykk(minne: &Minne, observed: &Observed) -> u64 {
    let mut hasher = Hashet(minne.hasher());
    skriv_innhold(observed, &mut hasher);
    hasher.0.finish()
}

/// What is compared between two rows with one id: what we keep of them, so that a dialect's own noise does not count.
pub(crate) fn skriv_innhold(observed: &Observed, ut: impl io::Write) {
    let Kildeobjekt::Roster(objekt) = &observed.objekt else { return };
    let skrevet = match objekt {
        Objekt::Org(o) => serde_json::to_writer(ut, &(observed.status, o)),
        Objekt::AcademicSession(o) => serde_json::to_writer(ut, &(observed.status, o)),
        Objekt::Class(o) => serde_json::to_writer(ut, &(observed.status, o)),
        Objekt::User(o) => serde_json::to_writer(ut, &(observed.status, o)),
        Objekt::Enrollment(o) => serde_json::to_writer(ut, &(observed.status, o)),
    };
    skrevet.expect("texts, dates and lists always have a json form, and memory takes it");
}

/// Hashes what is written to it.
struct Hashet<H>(H);

impl<H: Hasher> io::Write for Hashet<H> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
