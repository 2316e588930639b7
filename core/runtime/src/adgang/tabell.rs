//! What each role may ask for. A table, so that it can be read, and tested whole.
//!
//! It says what a role is for. What may be done with a list just now is judged by the list's own rules besides.

use super::Adgangsrolle;
use elevliste::Handling;
use serde::Serialize;
use std::fmt;

/// Something that a person can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gjoremal {
    /// Where lists stand, in numbers.
    SeStatus,
    /// The pupils of a list as it stands.
    SeListe,
    /// The pupils of a list as the receiver has accepted it.
    SeMottatt,
    /// The pupils who were handed to the intake office one by one.
    SeOverlevert,
    /// A list as it was, and what has changed.
    SeHistorikk,
    /// One pupil explained, with values.
    Forklar,
    /// One pupil explained, without.
    ForklarUten,
    /// A list's receipt: nobody is named in it.
    SeKvittering,
    /// A pupil's receipt.
    SeElevkvittering,
    /// Approve a list.
    Godkjenne,
    /// Hold a pupil back.
    HoldeTilbake,
    /// Route a pupil to the intake office by hand.
    RuteManuelt,
    /// Put such a pupil back on the list.
    Frigi,
    /// Take an approval back.
    Tilbakekalle,
    /// Enter a fictitious number that the intake office has issued.
    ForeFiktivt,
    /// Say what became of an attempt.
    Avklare,
    /// Report a change to the intake office.
    Ettermelde,
    /// Say what the office made of it.
    BehandleEttermelding,
    /// The rounds.
    SeRunder,
    /// Open, change and close them.
    EndreRunder,
    /// How sources are doing.
    SeKilder,
    /// What waits for a person's decision.
    SeHold,
    /// Decide about it.
    AvgjorHold,
    /// Read a source now.
    Hente,
    /// Give us pupils: key them in, change and remove them, hand in a file.
    Levere,
    /// The audit log.
    SeRevisjon,
    /// Pause and resume, attempts, quarantine.
    Drive,
    /// Who may sign in as what.
    SeBrukere,
    /// Invite, change, remove.
    EndreBrukere,
}

/// What the table says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tillatelse {
    /// Yes.
    Ja,
    /// Not for this person, who sees what it is about.
    BareSe,
    /// As if it did not exist.
    Nei,
}

/// Role by role, in the order of [`Adgangsrolle::ALLE`]: school, municipality, county, integrator, auditor.
pub const TABELL: [(Gjoremal, [Tillatelse; 5]); 29] = {
    use Gjoremal as G;
    use Tillatelse::{BareSe as S, Ja as J, Nei as N};
    [
        (G::SeStatus, [J, J, J, J, J]),
        (G::SeListe, [J, J, N, N, N]),
        (G::SeMottatt, [J, J, J, N, N]),
        (G::SeOverlevert, [J, J, J, N, N]),
        (G::SeHistorikk, [J, J, N, N, N]),
        (G::Forklar, [J, J, N, N, N]),
        (G::ForklarUten, [J, J, N, J, N]),
        (G::SeKvittering, [J, J, J, N, J]),
        (G::SeElevkvittering, [J, J, J, N, N]),
        (G::Godkjenne, [J, J, S, S, S]),
        (G::HoldeTilbake, [J, J, S, S, S]),
        (G::RuteManuelt, [J, J, S, S, S]),
        (G::Frigi, [J, J, S, S, S]),
        (G::Tilbakekalle, [J, J, S, S, S]),
        (G::ForeFiktivt, [J, J, J, S, S]),
        (G::Avklare, [J, J, J, S, S]),
        (G::Ettermelde, [J, J, S, S, S]),
        (G::BehandleEttermelding, [S, J, J, S, S]),
        (G::SeRunder, [J, J, J, J, J]),
        (G::EndreRunder, [S, S, J, S, S]),
        (G::SeKilder, [J, J, N, J, N]),
        (G::SeHold, [N, J, N, J, N]),
        (G::AvgjorHold, [S, J, N, S, N]),
        (G::Hente, [J, J, N, J, N]),
        (G::Levere, [J, J, N, S, N]),
        (G::SeRevisjon, [N, J, J, N, J]),
        (G::Drive, [N, N, N, J, N]),
        (G::SeBrukere, [N, J, J, N, J]),
        (G::EndreBrukere, [N, J, J, N, S]),
    ]
};

pub(super) const fn tillatelse(rolle: Adgangsrolle, hva: Gjoremal) -> Tillatelse {
    TABELL[hva as usize].1[rolle as usize]
}

impl Gjoremal {
    /// What an act on a list is; none for what only the program itself writes, and for the file of an emergency.
    pub const fn av(handling: &Handling) -> Option<Self> {
        Some(match handling {
            Handling::Godkjent { .. } => Self::Godkjenne,
            Handling::HoldtTilbake { .. } => Self::HoldeTilbake,
            Handling::RutetManuelt { .. } => Self::RuteManuelt,
            Handling::Frigitt { .. } => Self::Frigi,
            Handling::Tilbakekalt { .. } => Self::Tilbakekalle,
            Handling::FiktivtNummer { .. } => Self::ForeFiktivt,
            Handling::Avklart { .. } => Self::Avklare,
            Handling::Ettermeldt { .. } => Self::Ettermelde,
            Handling::EttermeldingBehandlet { .. } => Self::BehandleEttermelding,
            Handling::Intensjon { .. } | Handling::Svar { .. } | Handling::Eksportert { .. } => return None,
        })
    }

    /// Whether something is done, and not only seen.
    pub const fn er_handling(self) -> bool {
        use Gjoremal as G;
        matches!(
            self,
            G::Godkjenne
                | G::HoldeTilbake
                | G::RuteManuelt
                | G::Frigi
                | G::Tilbakekalle
                | G::ForeFiktivt
                | G::Avklare
                | G::Ettermelde
                | G::BehandleEttermelding
                | G::EndreRunder
                | G::AvgjorHold
                | G::Hente
                | G::Levere
                | G::Drive
                | G::EndreBrukere
        )
    }
}

impl fmt::Display for Gjoremal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_stands_in_the_order_that_it_is_read_in() {
        for (plass, (hva, roller)) in TABELL.iter().enumerate() {
            assert_eq!(*hva as usize, plass, "{hva}");
            for (rolle, svar) in Adgangsrolle::ALLE.into_iter().zip(roller) {
                assert_eq!(tillatelse(rolle, *hva), *svar, "{hva} {}", rolle.as_str());
                assert!(hva.er_handling() || *svar != Tillatelse::BareSe, "{hva}: what is seen is seen or not there");
            }
        }
    }

    #[test]
    fn who_sees_no_pupil_does_nothing_with_one() {
        use Gjoremal as G;
        let navn = [G::SeListe, G::SeMottatt, G::SeOverlevert, G::SeHistorikk, G::Forklar, G::SeElevkvittering];
        for rolle in [Adgangsrolle::Integrator, Adgangsrolle::Revisor] {
            assert!(navn.iter().all(|hva| tillatelse(rolle, *hva) == Tillatelse::Nei));
        }
        let handlinger = TABELL.iter().filter(|(hva, _)| hva.er_handling());
        for (hva, svar) in handlinger {
            assert_ne!(svar[4], Tillatelse::Ja, "an auditor who does {hva}");
        }
        assert_eq!(tillatelse(Adgangsrolle::Fylke, G::SeListe), Tillatelse::Nei, "a county sees what was sent");
    }
}
