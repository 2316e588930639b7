//! A package as a source: its bulk files are a snapshot, its delta files are changes.

use crate::fil::Fil;
use crate::pakke::{Modus, Pakke, Utpakker};
use crate::rader::{Avvisning, Merknader, Utfall};
use crate::rapport::{Kode, Rapport, Rapportlinje};
use crate::tabell::{Hode, Rad, Tabell};
use async_trait::async_trait;
use flow::{
    Cursor, Finding, Kildeobjekt, Observed, Page, Presence, Progress, Refused, Source, SourceError, Vannmerker,
};
use oneroster::{Objekt, Objekttype, Status};
use serde::{Deserialize, Serialize};
use std::io;
use std::sync::{Mutex, PoisonError};

/// One package of one tenant.
pub struct Csvkilde {
    navn: String,
    pakke: Pakke,
    /// The file being read, and the cursor that goes on in it.
    holdt: Mutex<Option<(Cursor, Tabell<Utpakker>)>>,
}

/// Where a reading goes on.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Posisjon {
    /// The package's digest.
    pakke: String,
    /// Whether it is the changes that are read.
    delta: bool,
    /// Which of the files to read.
    fil: usize,
    /// Rows read in it.
    rad: u64,
}

impl Csvkilde {
    /// A package as the source with this name.
    pub fn ny(navn: impl Into<String>, pakke: Pakke) -> Self {
        Self { navn: navn.into(), pakke, holdt: Mutex::default() }
    }

    /// What a person should know of the package. It is whole from the start.
    pub const fn rapport(&self) -> &Rapport {
        self.pakke.rapport()
    }

    /// The package.
    pub const fn pakke(&self) -> &Pakke {
        &self.pakke
    }

    /// Whether it has changes to read, beside or instead of a snapshot.
    pub fn har_endringer(&self) -> bool {
        !self.pakke.plan(Modus::Delta).is_empty()
    }

    fn les(&self, modus: Modus, after: &Cursor) -> Result<Page, SourceError> {
        let plan = self.pakke.plan(modus);
        let (mut posisjon, forste) = self.posisjon(modus, after)?;
        let mut page = Page {
            observed: Vec::new(),
            refused: Vec::new(),
            findings: Vec::new(),
            next: Cursor::default(),
            progress: Progress::Complete(self.typer(modus)),
            expected: Some(plan.iter().filter_map(|fil| self.pakke.filer.get(fil)).map(|fil| fil.rader).sum()),
        };
        if forste {
            self.innledning(modus, &mut page);
        }
        let Some(fil) = plan.get(posisjon.fil).copied() else { return Ok(page) };
        let feil = |_: io::Error| self.malformed(fil.navn().to_owned(), "the file cannot be unpacked again");
        let mut tabell = match self.ta_holdt(after) {
            Some(tabell) => Some(tabell),
            None => self.fra_rad(fil, posisjon.rad).map_err(feil)?,
        };
        let mut igjen = self.pakke.side();
        while igjen > 0 {
            let Some(rad) = tabell.as_mut().map_or(Ok(None), Tabell::neste).map_err(feil)? else {
                tabell = None;
                break;
            };
            self.rad((fil, modus), tabell.as_ref().map(Tabell::hode), rad, &mut page);
            posisjon.rad += 1;
            igjen -= 1;
        }
        if tabell.is_none() {
            (posisjon.fil, posisjon.rad) = (posisjon.fil + 1, 0);
        }
        let (beholdt, avvist) = (page.observed.len(), page.refused.len());
        tracing::debug!(kilde = %self.navn, fil = fil.navn(), beholdt, avvist, "part of package read");
        if posisjon.fil < plan.len() {
            page.next = posisjon.cursor();
            page.progress = Progress::More;
            if let Some(tabell) = tabell {
                *self.holdt.lock().unwrap_or_else(PoisonError::into_inner) = Some((page.next.clone(), tabell));
            }
        }
        Ok(page)
    }

    fn posisjon(&self, modus: Modus, after: &Cursor) -> Result<(Posisjon, bool), SourceError> {
        let delta = modus == Modus::Delta;
        if after.0.is_empty() {
            let posisjon = Posisjon { pakke: self.pakke.avtrykk().to_owned(), delta, fil: 0, rad: 0 };
            return Ok((posisjon, true));
        }
        match serde_json::from_str::<Posisjon>(&after.0) {
            Ok(posisjon) if posisjon.pakke == self.pakke.avtrykk() && posisjon.delta == delta => Ok((posisjon, false)),
            _ => Err(SourceError::Torn {
                system: self.navn.clone(),
                samling: "package",
                hint: "the place is in another package; start again".into(),
            }),
        }
    }

    /// What is told with the first page: what was odd about the files, files that cannot be read, and the school year
    /// where the package has none.
    fn innledning(&self, modus: Modus, page: &mut Page) {
        // That a row is a repetition is seen when all have been read, so it is told here too.
        let forst = |linje: &&Rapportlinje| linje.rad.is_none_or(|rad| rad == 1) || linje.kode == Kode::DuplikatRad;
        for linje in self.rapport().linjer.iter().filter(forst) {
            let samling = Fil::les(linje.fil).map_or("manifest", Fil::samling);
            page.findings.push(Finding { code: linje.kode.as_str(), samling });
        }
        for (fil, pakkefil) in self.pakke.filer.iter().filter(|(_, pakkefil)| pakkefil.modus == modus) {
            if let Some((kode, kolonne)) = pakkefil.hindring {
                let field = format!("{}:1:{kolonne}", fil.navn());
                page.refused.push(Refused { samling: fil.samling(), code: kode.as_str(), field, raw: Vec::new() });
            }
        }
        if modus == Modus::Bulk && !self.pakke.komplett().is_empty() {
            page.observed.extend(self.pakke.skolearet());
        }
    }

    fn ta_holdt(&self, after: &Cursor) -> Option<Tabell<Utpakker>> {
        let holdt = self.holdt.lock().unwrap_or_else(PoisonError::into_inner).take();
        holdt.filter(|(cursor, _)| cursor == after).map(|(_, tabell)| tabell)
    }

    fn fra_rad(&self, fil: Fil, rad: u64) -> io::Result<Option<Tabell<Utpakker>>> {
        let Some(mut tabell) = self.pakke.tabell(fil)? else { return Ok(None) };
        for _ in 0..rad {
            if tabell.neste()?.is_none() {
                return Ok(None);
            }
        }
        Ok(Some(tabell))
    }

    fn rad(&self, (fil, modus): (Fil, Modus), hode: Option<&Hode>, rad: Rad, page: &mut Page) {
        let Some(hode) = hode else { return };
        let mut merknader = Merknader::new();
        let lest = self.pakke.leser().les((fil, modus), hode, &rad, &mut merknader).and_then(|utfall| match utfall {
            Utfall::Objekt(observed) if self.pakke.indeks.i_konflikt(fil, observed.objekt.kildeid()) => {
                Err(Avvisning { kode: Kode::Konflikt, kolonne: Some("sourcedId") })
            }
            utfall => Ok(utfall),
        });
        // What concerns the whole file was told with the first page.
        let merknader = merknader.into_iter().filter(|(kode, _)| !kode.per_fil());
        page.findings.extend(merknader.map(|(kode, _)| Finding { code: kode.as_str(), samling: fil.samling() }));
        match lest {
            Ok(Utfall::Objekt(observed)) => page.observed.push(observed),
            Ok(Utfall::Kurs(..) | Utfall::Rolle(..) | Utfall::Utenfor) => {}
            Err(Avvisning { kode, kolonne }) => {
                let kolonne = kolonne.map(|kolonne| format!(":{kolonne}")).unwrap_or_default();
                let field = format!("{}:{}{kolonne}", fil.navn(), rad.nummer);
                let raw = rad.raw.into_bytes();
                page.refused.push(Refused { samling: fil.samling(), code: kode.as_str(), field, raw });
            }
        }
    }

    /// The types that a reading is about.
    fn typer(&self, modus: Modus) -> Vec<&'static str> {
        match modus {
            Modus::Bulk => self.pakke.komplett().to_vec(),
            Modus::Delta => {
                let plan = self.pakke.plan(modus).into_iter();
                plan.filter_map(Fil::objekttype).map(Objekttype::as_str).collect()
            }
        }
    }

    fn malformed(&self, field: String, hint: &str) -> SourceError {
        SourceError::Malformed { system: self.navn.clone(), field, hint: hint.to_owned() }
    }

    /// Looks through a file for an id that stands in it.
    fn sok(&self, fil: Fil, id: &str) -> Result<Presence, SourceError> {
        let feil = |_: io::Error| self.malformed(fil.navn().to_owned(), "the file cannot be unpacked again");
        let Some(mut tabell) = self.pakke.tabell(fil).map_err(feil)? else { return Ok(Presence::Gone) };
        let Some(plass) = tabell.hode().plass("sourcedId") else { return Ok(Presence::Gone) };
        let leser = self.pakke.leser();
        while let Some(rad) = tabell.neste().map_err(feil)? {
            if !rad.felter.as_ref().is_ok_and(|felter| felter[plass].trim() == id) {
                continue;
            }
            match leser.les((fil, Modus::Bulk), tabell.hode(), &rad, &mut Merknader::new()) {
                Ok(Utfall::Objekt(Observed { status: Status::Active, .. })) => return Ok(Presence::Present),
                Ok(_) => {}
                Err(avvisning) => {
                    let field = format!("{}:{}", fil.navn(), rad.nummer);
                    return Err(self.malformed(field, avvisning.kode.as_str()));
                }
            }
        }
        Ok(Presence::Gone)
    }
}

impl Posisjon {
    fn cursor(&self) -> Cursor {
        Cursor(serde_json::to_string(self).expect("texts and numbers always have a json form"))
    }
}

#[async_trait]
impl Source for Csvkilde {
    fn name(&self) -> &str {
        &self.navn
    }

    async fn read(&self, after: &Cursor) -> Result<Page, SourceError> {
        self.les(Modus::Bulk, after)
    }

    /// The delta files. They say what has changed since the package before, whatever the marks are.
    async fn changes(&self, _since: &Vannmerker, after: &Cursor) -> Result<Option<Page>, SourceError> {
        if self.har_endringer() { self.les(Modus::Delta, after).map(Some) } else { Ok(None) }
    }

    /// Only a file that has everything can say that something is not there.
    async fn look_up(&self, objekt: &Kildeobjekt) -> Result<Presence, SourceError> {
        let Kildeobjekt::Roster(objekt) = objekt else {
            return Err(self.malformed(objekt.typenavn().to_owned(), "a package does not answer for this"));
        };
        let (objekttype, id) = (objekt.objekttype(), objekt.sourced_id().vis());
        let fil = Fil::av(objekttype);
        if !self.pakke.komplett().contains(&objekttype.as_str()) {
            let hint = "the package does not carry all of this collection, so it does not say what exists";
            return Err(self.malformed(objekttype.samling().to_owned(), hint));
        }
        if let Some(Observed { objekt: Kildeobjekt::Roster(Objekt::AcademicSession(okt)), .. }) = self.pakke.skolearet()
            && objekttype == Objekttype::AcademicSession
        {
            return Ok(if okt.sourced_id.vis() == id { Presence::Present } else { Presence::Gone });
        }
        if self.pakke.indeks.i_konflikt(fil, id) {
            return Err(self.malformed(fil.navn().to_owned(), Kode::Konflikt.as_str()));
        }
        if self.pakke.indeks.kjenner(fil, id) {
            return self.sok(fil, id);
        }
        if self.pakke.indeks.har_uten_id(fil) {
            let hint = "rows whose id cannot be read may be any; correct them first";
            return Err(self.malformed(fil.navn().to_owned(), hint));
        }
        Ok(Presence::Gone)
    }
}
