//! Reading: a whole snapshot or a delta, compared page by page with what KILDE holds. Only differences are kept.
//!
//! A reading that contradicts itself begins again from the first page, at most three times. What counts as that: the
//! source or its adapter says so, one id is shown with two contents, the place does not move, or an enrollment names a
//! pupil or a class that was not shown. The last may be the source's own mistake: two readings that agree are believed.

use super::Kildelop;
use super::minne::Nokkel;
use super::rytme;
use super::utkast::{Endring, Hva, Utkast};
use crate::drift::tell_form;
use crate::melding::innholdsavtrykk;
use crate::{Maalere, Stopp};
use flow::{Cursor, Kildeobjekt, Observed, Page, Progress, SourceError, Vannmerker};
use oneroster::{Objekt, Status};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// How often a reading is begun before it is given up.
const FORSOK: u32 = 3;
/// The longest that a source is waited for in the middle of a reading: most quotas are counted by the minute.
const TALMOD: Duration = Duration::from_secs(90);
/// How often the clock is looked at meanwhile.
const BLUND: Duration = Duration::from_millis(100);
/// As often it is waited for in one reading.
const MAKS_VENTINGER: u32 = 30;

impl Kildelop {
    /// Reads a whole snapshot.
    pub(super) async fn les_helt(&mut self) -> Result<Utkast, Stopp> {
        let utkast = self.les(None).await?;
        utkast.ok_or_else(|| self.revet("snapshot", "the source says that it has no snapshots").into())
    }

    /// Reads what has changed since `merker`. None where the source cannot be asked so.
    pub(super) async fn les_endringer(&mut self, merker: &Vannmerker) -> Result<Option<Utkast>, Stopp> {
        self.les(Some(merker)).await
    }

    async fn les(&mut self, siden: Option<&Vannmerker>) -> Result<Option<Utkast>, Stopp> {
        let mut forsok = 1;
        loop {
            match self.ett_forsok(siden).await {
                Err(Stopp::Kilde(feil @ SourceError::Torn { .. })) if forsok < FORSOK => {
                    let (tenant, navn) = (&self.kilde.tenant, &self.kilde.navn);
                    tracing::info!(%tenant, kilde = %navn, forsok, error = %feil, "the reading begins again");
                    Maalere::tell(&self.om.maalere.stopp, super::DEL, tenant.as_str(), "kilde-revet-igjen");
                    forsok += 1;
                }
                lest => return lest,
            }
        }
    }

    async fn ett_forsok(&mut self, siden: Option<&Vannmerker>) -> Result<Option<Utkast>, Stopp> {
        self.minne.ny_lesning();
        self.ventet.store(0, Ordering::Relaxed);
        let mut utkast = Utkast { begynt: self.om.clock.now(), ..Utkast::default() };
        let mut cursor = Cursor::default();
        loop {
            let Some(side) = self.side(siden, &cursor).await? else { return Ok(None) };
            self.tell(&side, &mut utkast);
            for observert in side.observed {
                self.ta(observert, &mut utkast)?;
            }
            utkast.avviste.extend(side.refused);
            match side.progress {
                Progress::Complete(typer) => {
                    utkast.typer = typer;
                    break;
                }
                Progress::More if side.next == cursor => {
                    return Err(self.revet("cursor", "there is more, but the place does not move").into());
                }
                Progress::More => cursor = side.next,
            }
        }
        if siden.is_none() && utkast.alt_kunne_leses() && !self.kilde.source.finds_dangling() {
            self.kontroller_referanser(&mut utkast)?;
        }
        Ok(Some(utkast))
    }

    /// Asks for a page. At the first one there is nothing to lose by giving up: others are read meanwhile.
    async fn side(&self, siden: Option<&Vannmerker>, cursor: &Cursor) -> Result<Option<Page>, SourceError> {
        let side = self.spor_kilden(siden, cursor).await;
        match side {
            Err(feil) if *cursor != Cursor::default() && self.venter(&feil).await => {
                self.spor_kilden(siden, cursor).await
            }
            side => side,
        }
    }

    /// Gives the source the time that it asks for, where that is not too long or too often: a reading that is longer than
    /// the source's quota would never end otherwise. What is torn meanwhile is found as always.
    pub(super) async fn venter(&self, feil: &SourceError) -> bool {
        let SourceError::Throttled { wait, .. } = feil else { return false };
        if *wait > TALMOD || self.ventet.fetch_add(1, Ordering::Relaxed) >= MAKS_VENTINGER {
            return false;
        }
        let (tenant, navn) = (&self.kilde.tenant, &self.kilde.navn);
        tracing::debug!(%tenant, kilde = %navn, sekunder = wait.as_secs(), "the source asks us to wait in the middle of a reading");
        Maalere::tell(&self.om.maalere.stopp, super::DEL, tenant.as_str(), "kilde-brems-underveis");
        // By our clock, and no longer than that even if the clock is set back meanwhile.
        let (begynt, slutt) = (Instant::now(), rytme::pluss(self.om.clock.now(), *wait));
        loop {
            let igjen = rytme::til(self.om.clock.now(), slutt).min(wait.saturating_sub(begynt.elapsed()));
            if igjen.is_zero() {
                return true;
            }
            tokio::time::sleep(igjen.min(BLUND)).await;
        }
    }

    async fn spor_kilden(&self, siden: Option<&Vannmerker>, cursor: &Cursor) -> Result<Option<Page>, SourceError> {
        match siden {
            None => self.kilde.source.read(cursor).await.map(Some),
            Some(siden) => self.kilde.source.changes(siden, cursor).await,
        }
    }

    fn revet(&self, samling: &'static str, hint: impl Into<String>) -> SourceError {
        SourceError::Torn { system: self.kilde.navn.to_string(), samling, hint: hint.into() }
    }

    fn tell(&self, side: &Page, utkast: &mut Utkast) {
        let tenant = self.kilde.tenant.as_str();
        let rader = (side.observed.len() + side.refused.len()) as u64;
        utkast.rader += rader;
        Maalere::av(&self.om.maalere.lest, super::DEL, tenant).inc_by(rader);
        if let Some(ventet) = side.expected {
            Maalere::niva(&self.om.maalere.ventet, super::DEL, tenant).set(i64::try_from(ventet).unwrap_or(i64::MAX));
        }
        for funn in &side.findings {
            Maalere::tell(&self.om.maalere.funn, super::DEL, tenant, funn.code);
            *utkast.funn.entry(funn.code).or_default() += 1;
        }
    }

    /// Compares one object with what KILDE holds.
    fn ta(&mut self, observert: Observed, utkast: &mut Utkast) -> Result<(), Stopp> {
        let nokkel = self.nokkel(&observert.objekt)?;
        tell_form(&mut utkast.form, &observert.objekt);
        if let Some(modified) = observert.modified {
            // What changes behind our back while we read is older than the newest that we see, and is not to be passed by.
            let modified = modified.min(utkast.begynt);
            let merke = utkast.merker.entry(nokkel.typ()).or_insert(modified);
            *merke = modified.max(*merke);
        }
        let kjent = self.minne.se(&nokkel);
        let borte = observert.status == Status::Tobedeleted;
        let ny = if borte { None } else { Some(observert.objekt.kod()?) };
        let avtrykk = ny.as_ref().map(|(skjema, data)| innholdsavtrykk(*skjema, data));
        let vist_for = kjent.is_some_and(|k| k.igjen) || utkast.endringer.contains_key(&nokkel);
        if vist_for {
            let for_ = utkast.endringer.get(&nokkel).map_or_else(|| kjent.map(|k| k.avtrykk), |e| e.avtrykk);
            let samme = for_ == avtrykk;
            return if samme {
                Ok(())
            } else {
                Err(self.revet(nokkel.typ(), "one id is shown with two contents").into())
            };
        }
        utkast.vis(&nokkel);
        let hva = match (kjent.map(|k| k.avtrykk), avtrykk) {
            (None, None) => return Ok(()),
            (kjent, ny) if kjent == ny => {
                self.noter_referanser(&observert.objekt, utkast)?;
                return Ok(());
            }
            (Some(_), None) => Hva::Fjernet,
            (Some(_), Some(_)) => Hva::Endret,
            (None, Some(_)) => Hva::Ny,
        };
        if !borte {
            self.noter_referanser(&observert.objekt, utkast)?;
        }
        // A whole snapshot may wait here: it keeps no more room than it needs.
        let data = ny.map(|(skjema, mut data)| {
            data.shrink_to_fit();
            (skjema, data)
        });
        utkast.endringer.insert(nokkel, Endring { hva, kjent: kjent.is_some(), data, avtrykk });
        Ok(())
    }

    /// Notes what an enrollment names and the reading has not shown yet.
    fn noter_referanser(&self, objekt: &Kildeobjekt, utkast: &mut Utkast) -> Result<(), Stopp> {
        let Kildeobjekt::Roster(Objekt::Enrollment(e)) = objekt else { return Ok(()) };
        for (typ, id) in [("user", e.user.vis()), ("class", e.class.vis())] {
            let nokkel = self.nokkel_av(typ, id)?;
            if !utkast.viser(&self.minne, &nokkel) {
                utkast.referanser.push(nokkel);
            }
        }
        Ok(())
    }

    /// A pupil who is named but was not shown was perhaps on a page that slipped away. Two readings in a row that lack the
    /// same ones are believed: then the source itself is like that.
    fn kontroller_referanser(&mut self, utkast: &mut Utkast) -> Result<(), Stopp> {
        let hengende = utkast.hengende(&self.minne);
        let Some(forste) = hengende.first() else {
            self.hengende = None;
            return Ok(());
        };
        let samling = forste.typ();
        let avtrykk = super::hold::avtrykk(hengende.iter().map(|n| (n.typ(), "hengende", n.k)));
        let antall = hengende.len() as u64;
        if self.hengende.replace(avtrykk.clone()) == Some(avtrykk) {
            Maalere::tell(&self.om.maalere.funn, super::DEL, self.kilde.tenant.as_str(), "dangling-reference");
            utkast.funn.insert("dangling-reference", antall);
            return Ok(());
        }
        Err(self.revet(samling, format!("{antall} objects are named by enrollments, but were not shown")).into())
    }

    /// The key of an object.
    pub(super) fn nokkel(&self, objekt: &Kildeobjekt) -> Result<Nokkel, Stopp> {
        self.nokkel_av(objekt.typenavn(), objekt.kildeid())
    }

    /// The key of what a type and the source's own id name.
    pub(super) fn nokkel_av(&self, typ: &'static str, id: &str) -> Result<Nokkel, Stopp> {
        let k = self.kilde.nokkel.k(&[self.kilde.navn.as_str(), typ, id]);
        Nokkel::ny(typ, k).ok_or(Stopp::UkjentType { typ })
    }
}
