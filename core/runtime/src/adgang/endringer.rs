//! What changes while somebody looks.

use super::{Gjoremal, Utsnitt};
use crate::utsikt::{Hending, Sammendrag};
use elevliste::{Listenokkel, Rundenokkel};
use std::sync::Arc;
use tokio::sync::broadcast::{Receiver, error::RecvError};

/// Something has changed that the person sees, or saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Endring {
    /// A list.
    Liste(Listenokkel),
    /// A round.
    Runde(Rundenokkel),
    /// Possibly anything: look at all of it again.
    Alt,
}

/// What changes from now on.
pub struct Endringer {
    utsnitt: Utsnitt,
    hendinger: Receiver<Hending>,
}

impl Utsnitt {
    /// What changes from now on. Ask for it before you look: then nothing falls between.
    pub fn endringer(&self) -> Endringer {
        Endringer { utsnitt: self.clone(), hendinger: self.utsikt.hendinger() }
    }
}

impl Endringer {
    /// The next change; waits for it. Nothing is lost when the future is dropped. None: the program stops.
    pub async fn neste(&mut self) -> Option<Endring> {
        loop {
            match self.hendinger.recv().await {
                Ok(hending) => {
                    if let Some(endring) = self.sett(hending) {
                        return Some(endring);
                    }
                }
                Err(RecvError::Lagged(_)) => return Some(Endring::Alt),
                Err(RecvError::Closed) => return None,
            }
        }
    }

    fn sett(&self, hending: Hending) -> Option<Endring> {
        let utsnitt = &self.utsnitt;
        let ser = |liste: &Arc<Sammendrag>| utsnitt.ma(Gjoremal::SeStatus) && utsnitt.adgang.ser_liste(liste);
        match hending {
            // Whoever no longer sees it must know as well.
            Hending::Liste(nokkel, for_og_na) => for_og_na.iter().flatten().any(ser).then_some(Endring::Liste(nokkel)),
            Hending::Runde(nokkel) => utsnitt.runde(nokkel).map(|_| Endring::Runde(nokkel)),
            Hending::Alt => Some(Endring::Alt),
        }
    }
}
