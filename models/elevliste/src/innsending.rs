//! The ledger: what people decided and what the receiver answered. It cannot be rebuilt, so it is chained.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aktor {
    /// `person`, `policy` or `system`.
    pub slag: String,
    /// The user id, or the policy's or component's name. Not an identity number.
    pub id: String,
}

impl Aktor {
    /// A rule acted, such as the approval policy `automatisk`.
    pub fn policy(id: &str) -> Self {
        Self { slag: "policy".into(), id: id.into() }
    }

    /// A person acted.
    pub fn person(id: &str) -> Self {
        Self { slag: "person".into(), id: id.into() }
    }

    /// A part of Mellomlag acted.
    pub fn system(id: &str) -> Self {
        Self { slag: "system".into(), id: id.into() }
    }
}

/// A receiver's remark on one line of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merknad {
    /// Line number in what was sent; the first is 1.
    pub linje: u32,
    /// The receiver's name of the field.
    pub felt: String,
    /// The receiver's code.
    pub kode: String,
    /// Whether the line was refused for it.
    pub feil: bool,
}

/// What was sent about one pupil, as a fingerprint: tells later whether anything changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Linjeavtrykk {
    /// The pupil.
    pub elev: Uuid,
    /// Fingerprint of the line, keyed so that it cannot be guessed back.
    pub avtrykk: String,
}

/// What became of a delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Utfall {
    /// Accepted.
    Mottatt,
    /// Accepted, with warnings.
    MottattMedAdvarsler,
    /// Refused because of lines.
    Avvist,
    /// Refused: outside the receiver's window.
    Stengt,
    /// Refused: the receiver does not know the school.
    UkjentSkole,
    /// Refused: the receiver already has an accepted list.
    AlleredeLevert,
    /// Refused for a reason that the receiver did not make clear, or because our request was wrong.
    AvvistUtenGrunn,
    /// Certainly not delivered: may be sent again.
    IkkeSendt,
    /// It may or may not have arrived. A person finds out; it is never sent again by itself.
    Uavklart,
}

/// One act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Handling {
    /// Somebody approved exactly the list with this seal.
    Godkjent {
        /// The seal.
        segl: String,
    },
    /// A pupil is held back.
    HoldtTilbake {
        /// The pupil.
        elev: Uuid,
        /// Why.
        grunn: String,
    },
    /// A pupil goes to the intake office by hand.
    RutetManuelt {
        /// The pupil.
        elev: Uuid,
        /// Why.
        grunn: String,
    },
    /// A held or hand-routed pupil is back on the list.
    Frigitt {
        /// The pupil.
        elev: Uuid,
    },
    /// About to be sent. Written before the request.
    Intensjon {
        /// The seal.
        segl: String,
        /// The receiver.
        mottaker: String,
        /// What is sent, line by line, in order.
        linjer: Vec<Linjeavtrykk>,
    },
    /// What became of the last intent. Written after the request.
    Svar {
        /// The seal of the intent.
        segl: String,
        /// The outcome.
        utfall: Utfall,
        /// The receiver's id of the submission.
        kvittering: Option<String>,
        /// The receiver's remarks.
        merknader: Vec<Merknad>,
        /// What was seen, in words without personal data.
        forklaring: Option<String>,
    },
}

/// One entry of the ledger of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Innsendingspost {
    /// 1 for the first entry of the list, then one more each time.
    pub lopenr: i64,
    /// Digest of the entry before, empty for the first: breaking one breaks all that follow.
    pub forrige: String,
    /// When.
    pub tidspunkt: Timestamp,
    /// Who.
    pub av: Aktor,
    /// What.
    pub handling: Handling,
}

impl Innsendingspost {
    /// The entry that follows `forrige` (none for the first).
    pub fn etter(forrige: Option<&Self>, tidspunkt: Timestamp, av: Aktor, handling: Handling) -> Self {
        Self {
            lopenr: forrige.map_or(1, |p| p.lopenr + 1),
            forrige: forrige.map(Self::avtrykk).unwrap_or_default(),
            tidspunkt,
            av,
            handling,
        }
    }

    /// SHA-256 over the entry's JSON form, in hex.
    pub fn avtrykk(&self) -> String {
        let json = serde_json::to_vec(self).expect("an entry holds only strings, numbers and lists");
        Sha256::digest(json).iter().map(|b| format!("{b:02x}")).collect()
    }

    /// Whether `poster` is an unbroken chain from the first entry. Returns the number of the first entry that does not fit.
    pub fn sjekk_kjede(poster: &[Self]) -> Result<(), i64> {
        let mut forrige: Option<&Self> = None;
        for post in poster {
            let ventet = Self::etter(forrige, post.tidspunkt, post.av.clone(), post.handling.clone());
            if *post != ventet {
                return Err(ventet.lopenr);
            }
            forrige = Some(post);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_entry_breaks_the_chain() {
        let t = Timestamp::UNIX_EPOCH;
        let a = Innsendingspost::etter(None, t, Aktor::policy("automatisk"), Handling::Godkjent { segl: "s".into() });
        let b = Innsendingspost::etter(Some(&a), t, Aktor::person("kari"), Handling::Frigitt { elev: Uuid::nil() });
        let mut kjede = vec![a, b];
        assert_eq!(Innsendingspost::sjekk_kjede(&kjede), Ok(()));
        kjede[0].av.id = "andre".into();
        assert_eq!(Innsendingspost::sjekk_kjede(&kjede), Err(2));
        kjede.remove(0);
        assert_eq!(Innsendingspost::sjekk_kjede(&kjede), Err(1));
    }
}
