//! Asking directly for one object before its absence is believed.

use super::api::Api;
use crate::client::{Hentet, Utsnitt};
use crate::wire::{self, Utfall};
use flow::{Kildeobjekt, Presence, SourceError};
use oneroster::{Objekt, Objekttype, Status};
use std::sync::atomic::{AtomicBool, Ordering};

impl Api {
    /// Whether an object still exists. Gone is only said when it is certain.
    pub(super) async fn look_up(&self, objekt: &Kildeobjekt) -> Result<Presence, SourceError> {
        let Kildeobjekt::Roster(objekt) = objekt else {
            return Err(self.system.malformed("vigoskole", "a school system does not answer for VIGO's code base"));
        };
        let (objekttype, id) = (objekt.objekttype(), objekt.sourced_id().vis());
        match self.klient.enkelt(objekttype, id).await? {
            Hentet::Svar { kropp, .. } => self.tolk_oppslag(objekt, &kropp),
            Hentet::Mangler => {
                self.kontroller_oppslag(objekttype).await?;
                Ok(Presence::Gone)
            }
            Hentet::Forkastet { hint } => Err(self.system.malformed(objekttype.samling(), format!("look-up: {hint}"))),
        }
    }

    fn tolk_oppslag(&self, objekt: &Objekt, kropp: &[u8]) -> Result<Presence, SourceError> {
        let (objekttype, id) = (objekt.objekttype(), objekt.sourced_id().vis());
        let uklart = |hint: &str| self.system.malformed(objekttype.samling(), format!("look-up: {hint}"));
        let rader = wire::enkelt(kropp, objekttype).map_err(|wire::Uleselig(hint)| uklart(&hint))?;
        let mut funnet = false;
        for raw in rader {
            let mut findings = Vec::new();
            let rad = wire::les_rad(&self.profil, objekttype, 0, raw, &mut findings);
            if rad.id.as_ref() != Some(id) {
                continue;
            }
            funnet = true;
            let oppgitt = || wire::oppgitt(&self.profil, objekttype, raw);
            match rad.utfall {
                Utfall::Beholdt(observed) if observed.status == Status::Active => return Ok(Presence::Present),
                Utfall::Beholdt(_) => {}
                Utfall::Utenfor if findings.iter().all(|f| f.code != "unknown-role") => {}
                Utfall::Utenfor | Utfall::Avvist(_) if oppgitt() => {}
                Utfall::Utenfor => return Err(uklart("a role that we do not know")),
                Utfall::Avvist(avvist) => return Err(uklart(avvist.code)),
            }
        }
        if funnet { Ok(Presence::Gone) } else { Err(uklart("the answer holds another object than the one asked for")) }
    }

    /// A provider without look-ups answers 404 to all of them, and one with some may lose them. So before the first 404 of a
    /// collection after each snapshot is believed, a row that certainly exists is looked up.
    async fn kontroller_oppslag(&self, objekttype: Objekttype) -> Result<(), SourceError> {
        let kjent = self.oppslag_virker(objekttype);
        if kjent.load(Ordering::Relaxed) {
            return Ok(());
        }
        let samling = objekttype.samling();
        let usikkert = |hint: &str| self.system.malformed(samling, format!("look-up: {hint}"));
        let en = Utsnitt { offset: 0, limit: 1, filter: None };
        let Hentet::Svar { kropp, .. } = self.klient.side(samling, en).await? else {
            return Err(usikkert("status 404, and no row to check it with"));
        };
        let mut funn = Vec::new();
        let rader = wire::liste(&kropp, objekttype, &mut funn).map_err(|wire::Uleselig(hint)| usikkert(&hint))?;
        let Some(id) = rader.first().and_then(|raw| wire::les_rad(&self.profil, objekttype, 0, raw, &mut funn).id)
        else {
            return Err(usikkert("status 404, and no row to check it with"));
        };
        match self.klient.enkelt(objekttype, &id).await? {
            Hentet::Svar { .. } => {
                kjent.store(true, Ordering::Relaxed);
                Ok(())
            }
            Hentet::Mangler | Hentet::Forkastet { .. } => {
                Err(usikkert("status 404 also for a row that exists; this source has no look-ups"))
            }
        }
    }

    fn oppslag_virker(&self, objekttype: Objekttype) -> &AtomicBool {
        &self.oppslag_virker[objekttype as usize]
    }
}
