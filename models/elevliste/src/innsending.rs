//! The ledger: what people decided and what the receiver answered. It cannot be rebuilt, so it is chained.

use crate::Endringsslag;
use identitet::Skjermet;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// In what capacity a person acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rolle {
    /// At a school.
    Skole,
    /// At the municipality, or another owner of schools.
    Kommune,
    /// At the county's intake office.
    Fylke,
    /// At the supplier, on behalf of one of the others.
    Leverandor,
}

impl Rolle {
    /// The word for people and machines.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Skole => "skole",
            Self::Kommune => "kommune",
            Self::Fylke => "fylke",
            Self::Leverandor => "leverandor",
        }
    }
}

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aktor {
    /// `person`, `policy` or `system`.
    pub slag: String,
    /// The user id, or the policy's or component's name. Not an identity number.
    pub id: String,
    /// A person's capacity, where it is known.
    #[serde(default)]
    pub rolle: Option<Rolle>,
}

impl Aktor {
    /// A rule acted, such as the approval policy `automatisk`.
    pub fn policy(id: &str) -> Self {
        Self { slag: "policy".into(), id: id.into(), rolle: None }
    }

    /// A person acted.
    pub fn person(id: &str) -> Self {
        Self { slag: "person".into(), id: id.into(), rolle: None }
    }

    /// A person acted in this capacity.
    pub fn med_rolle(id: &str, rolle: Rolle) -> Self {
        Self { rolle: Some(rolle), ..Self::person(id) }
    }

    /// A part of Mellomlag acted.
    pub fn system(id: &str) -> Self {
        Self { slag: "system".into(), id: id.into(), rolle: None }
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

/// What is sent: a whole list, or what has changed in one that the receiver has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sending {
    /// The whole list.
    Liste,
    /// Single pupils, to a receiver that lets an accepted list be updated.
    Oppdatering,
}

/// How an unknown outcome was found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Avklaring {
    /// The receiver was asked what it has.
    Tilbakelest,
    /// The receiver said that it has a list, and by the ledger it can be no other than this one.
    Sammenlignet,
    /// A person found out.
    Person,
}

/// One act.
///
/// New ones are added last: their order is that of the schema's union.
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
        /// Everything that the receiver has when it accepts, line by line, in order: for an update the whole list too.
        linjer: Vec<Linjeavtrykk>,
        /// Only what has changed is sent, to a receiver that has the list: see [`Sending`].
        #[serde(default)]
        oppdatering: bool,
        /// What names this attempt at the receiver, where it has idempotency keys: the same for every repetition of it.
        #[serde(default)]
        idempotens: Option<String>,
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
        /// The receiver's tag of what it has now, which the next update must name.
        #[serde(default)]
        etag: Option<String>,
        /// Our signed receipt for the list, as it was issued: canonical JSON without personal data.
        #[serde(default)]
        bevis: Option<String>,
    },
    /// The approval is taken back. What has been sent stays sent.
    Tilbakekalt {
        /// Why.
        grunn: String,
    },
    /// The fictitious number that the intake office has issued to a pupil who has no other. Never made by us.
    FiktivtNummer {
        /// The pupil.
        elev: Uuid,
        /// The number; none takes it back.
        nummer: Option<Skjermet<String>>,
        /// Where it is known from, such as the office's letter and its date.
        kilde: String,
    },
    /// An unknown outcome was found out.
    Avklart {
        /// The seal of the intent.
        segl: String,
        /// Whether the receiver has it. If not, it may be sent again.
        mottatt: bool,
        /// How.
        hvordan: Avklaring,
        /// What was seen, in words without personal data.
        grunn: String,
        /// The receiver's id of the submission.
        kvittering: Option<String>,
        /// The receiver's tag of what it has now.
        etag: Option<String>,
        /// Our signed receipt, where it was received.
        bevis: Option<String>,
    },
    /// A change after the final acceptance was reported to the intake office.
    Ettermeldt {
        /// The change: see [`crate::Ettermelding`].
        id: Uuid,
        /// The pupil.
        elev: Uuid,
        /// What kind of change.
        slag: Endringsslag,
        /// How it was reported, in words without personal data.
        grunn: String,
    },
    /// The intake office has dealt with a reported change.
    EttermeldingBehandlet {
        /// The change.
        id: Uuid,
        /// Whether the office took it.
        godtatt: bool,
        /// What it says, in words without personal data.
        grunn: String,
    },
    /// The list was written to a file, in an emergency.
    Eksportert {
        /// The seal of what was written.
        segl: String,
        /// How many pupils.
        antall: u32,
        /// Why.
        grunn: String,
    },
}

impl Handling {
    /// The act's name in events.
    pub const fn navn(&self) -> &'static str {
        match self {
            Self::Godkjent { .. } => "godkjent",
            Self::HoldtTilbake { .. } => "holdt-tilbake",
            Self::RutetManuelt { .. } => "rutet-manuelt",
            Self::Frigitt { .. } => "frigitt",
            Self::Intensjon { .. } => "intensjon",
            Self::Svar { .. } => "svar",
            Self::Tilbakekalt { .. } => "tilbakekalt",
            Self::FiktivtNummer { .. } => "fiktivt-nummer",
            Self::Avklart { .. } => "avklart",
            Self::Ettermeldt { .. } => "ettermeldt",
            Self::EttermeldingBehandlet { .. } => "ettermelding-behandlet",
            Self::Eksportert { .. } => "eksportert",
        }
    }
}

/// Fields that were added later, as they are written when they say nothing. No text can hold these bytes: within a string
/// a quote is escaped.
pub(crate) const SENERE: [&str; 5] =
    [",\"rolle\":null", ",\"oppdatering\":false", ",\"idempotens\":null", ",\"etag\":null", ",\"bevis\":null"];

pub(crate) fn sha256(tekst: &str) -> String {
    Sha256::digest(tekst).iter().map(|b| format!("{b:02x}")).collect()
}

/// Defines an entry of a chained ledger. A macro and no generic type, because a schema knows a type by its name.
macro_rules! post {
    ($(#[$doc:meta])* $post:ident, $handling:ty) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub struct $post {
            /// 1 for the first entry, then one more each time.
            pub lopenr: i64,
            /// Digest of the entry before, empty for the first: breaking one breaks all that follow.
            pub forrige: String,
            /// When.
            pub tidspunkt: jiff::Timestamp,
            /// Who.
            pub av: $crate::Aktor,
            /// What.
            pub handling: $handling,
        }

        impl $post {
            /// The entry that follows `forrige` (none for the first).
            pub fn etter(
                forrige: Option<&Self>,
                tidspunkt: jiff::Timestamp,
                av: $crate::Aktor,
                handling: $handling,
            ) -> Self {
                Self {
                    lopenr: forrige.map_or(1, |p| p.lopenr + 1),
                    forrige: forrige.map(Self::avtrykk).unwrap_or_default(),
                    tidspunkt,
                    av,
                    handling,
                }
            }

            /// SHA-256 over the entry's JSON form, in hex. Fields that were added later are left out where they say
            /// nothing: the digests of older entries must stay what they were.
            pub fn avtrykk(&self) -> String {
                let json = serde_json::to_string(self).expect("an entry holds only strings, numbers and lists");
                $crate::innsending::sha256(&$crate::innsending::SENERE.iter().fold(json, |j, felt| j.replace(felt, "")))
            }

            /// Whether `poster` is an unbroken chain from the first entry. Returns the number of the first entry that does
            /// not fit.
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
    };
}
pub(crate) use post;

post!(
    /// One entry of the ledger of a list.
    Innsendingspost,
    Handling
);

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    /// As the first version of the program wrote it.
    #[test]
    fn the_digests_of_older_entries_stay_what_they_were() {
        let handling = Handling::Svar {
            segl: "s".into(),
            utfall: Utfall::Mottatt,
            kvittering: None,
            merknader: vec![],
            forklaring: Some(",\"etag\":null".into()),
            etag: None,
            bevis: None,
        };
        let post = Innsendingspost::etter(None, Timestamp::UNIX_EPOCH, Aktor::policy("automatisk"), handling);
        let da = concat!(
            r#"{"lopenr":1,"forrige":"","tidspunkt":"1970-01-01T00:00:00Z","av":{"slag":"policy","id":"automatisk"},"#,
            r#""handling":{"Svar":{"segl":"s","utfall":"Mottatt","kvittering":null,"merknader":[],"#,
            r#""forklaring":",\"etag\":null"}}}"#
        );
        assert_eq!(post.avtrykk(), sha256(da));
    }

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
