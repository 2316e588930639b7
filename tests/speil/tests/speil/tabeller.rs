//! Which of our rules the receiver does not have, and why we have them all the same.

use elevliste::{Avvik, Niva};
use liste::{Mottakerregler, regel};

/// Where a rule's counterpart is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sted {
    /// The receiver says the same of the same line.
    Speiles,
    /// The receiver refuses the list, for the school's sake.
    Skolen,
    /// Only we say it.
    Egen,
    /// It is about the ledger, which a list alone does not tell, or goes with a receiver of another kind.
    Utenfor,
}

/// The receiver does not know the school.
pub const UKJENT_SKOLE: [&str; 3] = ["EL-020", "EL-021", "EL-022"];

/// Errors of ours that the receiver takes, and why we do not send them.
const STRENGERE: [(&str, &str); 16] = [
    ("EL-004", "it takes the same pupil twice, and there would be two applicants"),
    ("EL-005", "it sees one school at a time, and a pupil leaves one school only"),
    ("EL-010", "it takes any class; which one, would be a guess"),
    ("EL-012", "it does not ask Folkeregisteret"),
    ("EL-013", "it does not ask Folkeregisteret"),
    ("EL-014", "it does not ask Folkeregisteret"),
    ("EL-017", "it does not ask Folkeregisteret, so address protection is ours to look after"),
    ("EL-023", "it goes by organisation number; the county must know which school it is"),
    ("EL-024", "the configuration is wrong, whatever the receiver takes"),
    ("EL-026", "the receiver is another county's"),
    ("EL-027", "a stand-in is no school"),
    ("EL-040", "VIGO behind it has 40 characters"),
    ("EL-041", "it takes what nobody can see"),
    ("EL-043", "VIGO behind it has 100 characters"),
    ("EL-044", "it takes what nobody can see"),
    ("EL-045", "it would take the leak, and show it"),
];

/// Said of a fictitious number, where the receiver takes those.
const DER_FIKTIVE_TAS_IMOT: &str = "EL-051";

/// Warnings that only we give.
const EGNE_ADVARSLER: [&str; 10] =
    ["EL-006", "EL-009", "EL-011", "EL-015", "EL-016", "EL-025", "EL-046", "EL-060", "EL-061", "EL-062"];

pub fn sted(id: &str) -> Option<Sted> {
    if Mottakerregler::VIGOSKOLE.speiles(id).is_some() {
        Some(Sted::Speiles)
    } else if UKJENT_SKOLE.contains(&id) {
        Some(Sted::Skolen)
    } else if STRENGERE.iter().any(|(strengere, _)| *strengere == id) || EGNE_ADVARSLER.contains(&id) {
        Some(Sted::Egen)
    } else {
        (id.starts_with("EL-03") || DER_FIKTIVE_TAS_IMOT == id).then_some(Sted::Utenfor)
    }
}

/// Whether the receiver takes it.
pub fn er_strengere(avvik: &Avvik) -> bool {
    STRENGERE.iter().any(|(id, _)| *id == avvik.regel)
}

/// Whether the receiver may take it: it looks at a day as a number from 1 to 31.
pub fn kan_vaere_strengere(avvik: &Avvik) -> bool {
    avvik.detalj.as_deref() == Some("ID-DATO")
}

#[test]
fn the_tables_agree_with_the_rules() {
    for (id, hvorfor) in STRENGERE {
        assert_eq!(regel(id).map(|r| r.niva), Some(Niva::Feil), "{id}");
        assert!(hvorfor.len() > 20, "{id} says why");
        assert_eq!(Mottakerregler::VIGOSKOLE.speiles(id), None, "{id} is the receiver's too");
    }
    for id in EGNE_ADVARSLER {
        assert_eq!(regel(id).map(|r| r.niva), Some(Niva::Advarsel), "{id}");
    }
}
