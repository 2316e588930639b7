//! A form that was sent when the session had run out is kept for a while, for the same person alone. Nothing is done with
//! it until the person presses once more. What the form says, identity numbers among it, is closed with the id that the
//! person comes back with, and taken away when it is sent: what nobody comes back for is nothing that can be read.

use super::hjelp::tilfeldig_tekst;
use super::lager::nokkel;
use super::okt::{Lagret, Okt};
use super::{Avvist, Innlogging};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

const ROM: &str = "fortsett";
/// How long it is kept.
const HOLDES: SignedDuration = SignedDuration::from_mins(15);

/// A form that waits to be sent.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fortsett {
    /// Where it was sent: path and query.
    pub sti: String,
    /// The fields, without the token.
    pub felter: Vec<(String, String)>,
}

impl std::fmt::Debug for Fortsett {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fortsett").field("felter", &self.felter.len()).finish_non_exhaustive()
    }
}

#[derive(Serialize, Deserialize)]
struct Ventende {
    person: String,
    utloper: Timestamp,
    skjema: Fortsett,
}

impl Innlogging {
    /// Keeps a form for the person whose session ran out. Returns what it is fetched by.
    pub(super) async fn hold(&self, okt: &Lagret, skjema: Fortsett) -> Result<String, Avvist> {
        let okter = &self.0.okter;
        let id = tilfeldig_tekst();
        let ventende = Ventende { person: okt.person.clone(), utloper: okter.om.clock.now() + HOLDES, skjema };
        okter.lager.skriv_lukket(ROM, &id, &ventende).await?;
        Ok(id)
    }

    /// The form that waits for this person. None when there is none, it is too old, or it is somebody else's.
    pub async fn fortsett(&self, okt: &Okt, id: &str) -> Option<Fortsett> {
        let okter = &self.0.okter;
        let (ventende, _) = okter.lager.les_lukket::<Ventende>(ROM, id).await.ok()??;
        if okter.om.clock.now() >= ventende.utloper {
            // What nobody came back for is not left lying.
            okter.lager.fjern(&nokkel(ROM, id)).await.ok()?;
            return None;
        }
        (ventende.person == okt.person).then_some(ventende.skjema)
    }

    /// The form that waited has been sent.
    pub(super) async fn sendt(&self, okt: &Okt, id: &str) {
        if self.fortsett(okt, id).await.is_some() {
            // What cannot be taken away now waits until its time is over.
            let _ = self.0.okter.lager.fjern(&nokkel(ROM, id)).await;
        }
    }
}
