//! VIGO's code base as a source: all its schools.

use crate::config::Config;
use crate::error::BuildError;
use crate::kodeverk::{Kodeverk, malformed, torn};
use crate::wire::school::{self, Unusable};
use async_trait::async_trait;
use flow::{Cursor, Finding, Kildeobjekt, Observed, Page, Presence, Progress, Refused, Source, SourceError};
use oneroster::Status;
use std::num::NonZeroU32;
use std::str::FromStr;

/// The one collection that is read.
pub(crate) const SAMLING: &str = "vigoskole";

/// VIGO's code base, read as a complete snapshot of its schools.
#[derive(Debug)]
pub struct Kodeverkskilde {
    name: String,
    kodeverk: Kodeverk,
    size: NonZeroU32,
}

impl Kodeverkskilde {
    pub(crate) fn new(config: &Config) -> Result<Self, BuildError> {
        Ok(Self {
            name: format!("{}-kodeverk", config.navn),
            kodeverk: Kodeverk::new(config)?,
            size: config.kodeverk_sidestorrelse,
        })
    }
}

/// How far a reading has come. The code base says on every page how many rows there are: it must not change on the way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Place {
    page: u32,
    seen: u64,
    total: Option<u64>,
}

impl Place {
    fn cursor(self) -> Cursor {
        Cursor(format!(
            "{}/{}/{}",
            self.page,
            self.seen,
            self.total.map_or_else(String::new, |total| total.to_string())
        ))
    }
}

impl FromStr for Place {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        let mut parts = text.split('/');
        let mut next = || parts.next().ok_or(());
        let place = Self {
            page: next()?.parse().map_err(|_| ())?,
            seen: next()?.parse().map_err(|_| ())?,
            total: Some(next()?).filter(|t| !t.is_empty()).map(|t| t.parse().map_err(|_| ())).transpose()?,
        };
        if parts.next().is_some() { Err(()) } else { Ok(place) }
    }
}

#[async_trait]
impl Source for Kodeverkskilde {
    fn name(&self) -> &str {
        &self.name
    }

    async fn read(&self, after: &Cursor) -> Result<Page, SourceError> {
        // A cursor that we did not write cannot be continued: begin again, which loses nothing.
        let place: Place = after.0.parse().unwrap_or_default();
        let wire = self.kodeverk.page(place.page, self.size).await?;
        let total = wire.total_elements;
        if place.page > 0 && total != place.total {
            return Err(torn("the number of rows changed while it was read".into()));
        }
        let rows = wire.content.len() as u64;
        let seen = place.seen + rows;
        let done = match total {
            Some(total) if seen > total => {
                return Err(torn(format!("it gave more than the {total} rows it says it has")));
            }
            Some(total) if rows == 0 && seen < total => {
                return Err(torn(format!("page {} is empty with {seen} of {total} rows read", place.page)));
            }
            Some(total) => seen == total,
            None => rows < u64::from(self.size.get()),
        };
        if done && seen == 0 {
            return Err(torn("it has no schools at all, which cannot be".into()));
        }
        let next = if done { Place::default() } else { Place { page: place.page + 1, seen, total } };
        let mut page = Page {
            observed: Vec::with_capacity(wire.content.len()),
            refused: Vec::new(),
            findings: Vec::new(),
            next: next.cursor(),
            progress: if done { Progress::Complete(vec![SAMLING]) } else { Progress::More },
            expected: total,
        };
        for (row, at) in wire.content.iter().zip(place.seen..) {
            add(&mut page, row, at);
        }
        Ok(page)
    }

    async fn look_up(&self, objekt: &Kildeobjekt) -> Result<Presence, SourceError> {
        match objekt {
            Kildeobjekt::Vigoskole(skole) => {
                Ok(if self.kodeverk.has(skole.nummer).await? { Presence::Present } else { Presence::Gone })
            }
            Kildeobjekt::Roster(_) | Kildeobjekt::Registerperson(_) => {
                Err(malformed("look_up", "the code base has schools only; ask the school system or the register"))
            }
        }
    }
}

fn add(page: &mut Page, row: &serde_json::Value, at: u64) {
    match school::read(row) {
        Ok(read) => {
            let objekt = Kildeobjekt::Vigoskole(read.school);
            page.observed.push(Observed { status: Status::Active, modified: None, objekt });
            page.findings.extend(read.findings.into_iter().map(|code| Finding { code, samling: SAMLING }));
        }
        Err(Unusable::WithoutOrgnr) => page.findings.push(Finding { code: "without-org-nr", samling: SAMLING }),
        Err(Unusable::Field(field, code)) => {
            let field = if field.is_empty() { format!("schools[{at}]") } else { format!("schools[{at}].{field}") };
            page.refused.push(Refused { samling: SAMLING, code, field, raw: row.to_string().into_bytes() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back() {
        for place in
            [Place::default(), Place { page: 2, seen: 4_000, total: Some(3) }, Place { page: 1, seen: 7, total: None }]
        {
            assert_eq!(place.cursor().0.parse(), Ok(place));
        }
        for text in ["x", "1/2", "1/2/3/4", "-1/2/3", "1/2/x"] {
            assert_eq!(text.parse::<Place>(), Err(()), "{text}");
        }
    }
}
