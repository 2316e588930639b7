//! Policies: what a given use may accept of each kind of number.

use crate::{Art, Grunnlag, Klassifisering, Serie, Ugyldig};
use std::fmt;

/// A use of identity numbers, and so a rule for which kinds it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Politikk {
    /// Real people only: fødselsnummer and D-nummer.
    Produksjon,
    /// Real or synthetic people.
    Test,
    /// Synthetic people only: for environments that must never hold a real one.
    KunSyntetisk,
    /// What VIGO documents for a school's list: real numbers, and fiktive with a warning.
    Vigoskole,
    /// The same for a VIGO that takes Tenor's synthetic people, in demonstrations and test campaigns.
    VigoskoleSyntetisk,
}

/// A policy's answer on one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dom {
    /// Take it.
    Godta,
    /// Take it, and tell someone.
    Advar(Grunn),
    /// Do not take it.
    Avvis(Grunn),
}

/// Why a policy did not simply accept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Grunn {
    /// The number is invalid.
    #[error("{0}")]
    Ugyldig(#[source] Ugyldig),
    /// A synthetic number where only real ones belong, or one of a series that the use does not take.
    #[error("the number is synthetic or a help number, and this use does not take its series")]
    Syntetisk,
    /// A real number where only synthetic ones belong.
    #[error("the number may be a real person's, and this use takes synthetic ones only")]
    Ekte,
    /// A fiktivt fødselsnummer of VIGO.
    #[error("the number is a fiktivt fødselsnummer, made by a county and unknown to Folkeregisteret")]
    Fiktivt,
    /// A D-number that could as well be a fiktivt fødselsnummer.
    #[error("the D-number has the form of a fiktivt fødselsnummer, and the receiver may take it for one")]
    LignerFiktivt,
    /// A number that NAV uses internally.
    #[error("the number is internal to NAV and unknown to Folkeregisteret")]
    NavIntern,
    /// A help number of the health services.
    #[error("the number is a help number of the health services and unknown to Folkeregisteret")]
    Helse,
}

impl Grunn {
    /// A stable code for reports and texts.
    pub const fn kode(self) -> &'static str {
        match self {
            Self::Ugyldig(Ugyldig::Format(_)) => "ID-FORMAT",
            Self::Ugyldig(Ugyldig::Dato) => "ID-DATO",
            Self::Ugyldig(Ugyldig::Kontrollsiffer) => "ID-KONTROLLSIFFER",
            Self::Ugyldig(Ugyldig::DatoOgKontrollsiffer) => "ID-DATO-KONTROLLSIFFER",
            Self::Syntetisk => "ID-SYNTETISK",
            Self::Ekte => "ID-EKTE",
            Self::Fiktivt => "ID-FIKTIVT",
            Self::LignerFiktivt => "ID-LIGNER-FIKTIVT",
            Self::NavIntern => "ID-NAV",
            Self::Helse => "ID-HELSE",
        }
    }
}

impl Dom {
    /// `accept`, `warn` or `refuse`.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Godta => "accept",
            Self::Advar(_) => "warn",
            Self::Avvis(_) => "refuse",
        }
    }

    /// The reason, unless it is a plain yes.
    pub const fn grunn(&self) -> Option<Grunn> {
        match self {
            Self::Godta => None,
            Self::Advar(grunn) | Self::Avvis(grunn) => Some(*grunn),
        }
    }

    /// Whether the number is taken, with or without a warning.
    pub const fn er_godtatt(&self) -> bool {
        !matches!(self, Self::Avvis(_))
    }
}

impl fmt::Display for Dom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Politikk {
    /// All policies, in a fixed order.
    pub const ALLE: [Self; 5] =
        [Self::Produksjon, Self::Test, Self::KunSyntetisk, Self::Vigoskole, Self::VigoskoleSyntetisk];

    /// Judges a number by its kind.
    pub const fn vurder(&self, nummer: &Klassifisering) -> Dom {
        match nummer.art() {
            Art::Ugyldig(grunn) => Dom::Avvis(Grunn::Ugyldig(grunn)),
            Art::Fh => Dom::Avvis(Grunn::Helse),
            Art::VigoFiktiv if self.er_vigo() => Dom::Advar(Grunn::Fiktivt),
            Art::VigoFiktiv => Dom::Avvis(Grunn::Fiktivt),
            Art::Dato(grunnlag, Serie::Ekte) => self.vurder_ekte(grunnlag, nummer.ligner_fiktivt()),
            Art::Dato(_, Serie::NavNpid | Serie::NavNpidSynt) => Dom::Avvis(Grunn::NavIntern),
            Art::Dato(_, Serie::Tenor) => match self {
                Self::Test | Self::KunSyntetisk | Self::VigoskoleSyntetisk => Dom::Godta,
                Self::Produksjon | Self::Vigoskole => Dom::Avvis(Grunn::Syntetisk),
            },
            Art::Dato(_, Serie::NavDollyEllerH | Serie::Nhn65) => match self {
                Self::Test | Self::KunSyntetisk => Dom::Godta,
                Self::Produksjon | Self::Vigoskole | Self::VigoskoleSyntetisk => Dom::Avvis(Grunn::Syntetisk),
            },
        }
    }

    const fn er_vigo(self) -> bool {
        matches!(self, Self::Vigoskole | Self::VigoskoleSyntetisk)
    }

    const fn vurder_ekte(self, grunnlag: Grunnlag, ligner_fiktivt: bool) -> Dom {
        match (self, grunnlag) {
            (Self::KunSyntetisk, _) => Dom::Avvis(Grunn::Ekte),
            (Self::Vigoskole | Self::VigoskoleSyntetisk, Grunnlag::Dnr) if ligner_fiktivt => {
                Dom::Advar(Grunn::LignerFiktivt)
            }
            _ => Dom::Godta,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_have_codes_of_their_own() {
        let grunner = [
            Grunn::Ugyldig(Ugyldig::Dato),
            Grunn::Ugyldig(Ugyldig::Kontrollsiffer),
            Grunn::Ugyldig(Ugyldig::DatoOgKontrollsiffer),
            Grunn::Ugyldig(Ugyldig::Format(crate::Formatfeil::Tom)),
            Grunn::Syntetisk,
            Grunn::Ekte,
            Grunn::Fiktivt,
            Grunn::LignerFiktivt,
            Grunn::NavIntern,
            Grunn::Helse,
        ];
        let mut koder: Vec<_> = grunner.iter().map(|g| g.kode()).collect();
        koder.sort_unstable();
        koder.dedup();
        assert_eq!(koder.len(), grunner.len());
    }

    #[test]
    fn a_verdict_knows_its_reason() {
        assert_eq!((Dom::Godta.as_str(), Dom::Godta.grunn()), ("accept", None));
        let advarsel = Dom::Advar(Grunn::Fiktivt);
        assert_eq!((advarsel.as_str(), advarsel.grunn()), ("warn", Some(Grunn::Fiktivt)));
        assert!(advarsel.er_godtatt() && !Dom::Avvis(Grunn::Helse).er_godtatt());
    }
}
