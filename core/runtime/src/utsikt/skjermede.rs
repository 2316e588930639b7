//! Who is protected: by what lists say now, and by the last word that a list has had about somebody who has left it.

use super::Utsikt;
use crate::trinn::Omgivelse;
use crate::{Stopp, hovedbok};
use bus::Start;
use elevliste::{Elevliste, Listenokkel};
use hendelse::{Emne, LISTE};
use jiff::Timestamp;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

/// Which version of a list something was worked out at.
type Versjon = (u64, Timestamp);

/// Lists' last words, each with the version that it is of.
type Siste = HashMap<Listenokkel, (Versjon, Arc<BTreeSet<Uuid>>)>;

/// What lists have had as their last word, until they have another.
#[derive(Default)]
pub(super) struct Husket(Mutex<Siste>);

impl Utsikt {
    /// Everybody who is protected on any list now, or was when this one last named them: they are shown to nobody, wherever
    /// they stood before.
    pub(crate) async fn skjermede_pa(&self, nokkel: &Listenokkel) -> Result<BTreeSet<Uuid>, Stopp> {
        let mut ut = self.skjermede();
        ut.extend(self.husket_ord(nokkel).await?.iter());
        Ok(ut)
    }

    async fn husket_ord(&self, nokkel: &Listenokkel) -> Result<Arc<BTreeSet<Uuid>>, Stopp> {
        // What is read below is as new as this, or newer.
        let versjon = self.oppslag(nokkel).map(|o| (o.sammendrag.liste_sekvens, o.sammendrag.endret));
        if let Some(versjon) = versjon
            && let Some((_, husket)) = self.husket().get(nokkel).filter(|(da, _)| *da == versjon)
        {
            return Ok(husket.clone());
        }
        let ut = Arc::new(siste_ord(self.omgivelse(), nokkel).await?);
        if let Some(versjon) = versjon {
            self.husket().insert(nokkel.clone(), (versjon, ut.clone()));
        }
        Ok(ut)
    }

    fn husket(&self) -> MutexGuard<'_, Siste> {
        self.0.skjermede.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whoever a list had as protected when it last named them.
pub(crate) async fn siste_ord(om: &Omgivelse, nokkel: &Listenokkel) -> Result<BTreeSet<Uuid>, Stopp> {
    let mut ut = BTreeSet::new();
    for post in hovedbok::alt(om, LISTE, Emne::Liste(nokkel.clone()).to_string(), Start::After(0)).await? {
        match hovedbok::les::<Elevliste>(om, LISTE, &post).await {
            Ok(Some(liste)) => {
                for linje in &liste.linjer {
                    ut.remove(&linje.elev);
                }
                ut.extend(liste.skjermede);
            }
            Ok(None) => {}
            // What cannot be read here cannot be read, and shown, anywhere else.
            Err(feil) if feil.er_en_posts() => {
                tracing::error!(liste = %nokkel, error = %feil, "a version of a list is unreadable");
            }
            Err(feil) => return Err(feil),
        }
    }
    Ok(ut)
}
