//! What a client must come to under each fault, for tests that go through all of them.

use super::{Feil, Feilform, Feilplan, Filtersvar, Tidsform, Underveis};

/// What a client must end with while a fault is in force everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Virkning {
    /// Every row is there and can be read: the client ends with the truth, perhaps later or with a finding.
    Rett,
    /// No whole snapshot can be had: the client keeps what it had, and says what is wrong.
    SisteGode,
    /// What comes is poorer than the truth, and looks well enough: rows may be refused or the snapshot held back, and
    /// the client must say so. No pupil may be taken away because of it.
    IngenFjernes,
}

impl Feil {
    /// What a client must come to while this is in force, on every page and every time.
    pub fn virkning(&self) -> Virkning {
        match self {
            Self::Omdirigering { .. }
            | Self::Avvis401
            | Self::TokenUtloper
            | Self::ForMange { .. }
            | Self::ForMangeDato { .. }
            | Self::Status { .. }
            | Self::Html200
            | Self::TomSamling
            | Self::DobbelSourcedId
            | Self::UgyldigJson
            | Self::HalvtSvar
            | Self::Enorm { .. }
            | Self::Dyp { .. }
            | Self::TotalVakler
            | Self::Underveis { .. }
            | Self::TokenNede
            | Self::TokenAvvist => Virkning::SisteGode,
            Self::UtenSourcedId
            | Self::UkjentEnum
            | Self::NullNavn
            | Self::UtenNummer
            | Self::SkoleUtenTilgang { .. }
            | Self::Revisjonshode { skifter: true } => Virkning::IngenFjernes,
            Self::Treg { .. }
            | Self::Grense { .. }
            | Self::HjelpereForbudt
            | Self::HjelpereMangler
            | Self::Feilform { .. }
            | Self::KuttetSide { .. }
            | Self::IgnorererOrderBy
            | Self::DarligFilter { .. }
            | Self::UtenGravstein
            | Self::NullFelter
            | Self::BoolskEnabledUser
            | Self::UtenBrukernavn
            | Self::UtenTrinn
            | Self::BrukerPerSkole
            | Self::Tidsform { .. }
            | Self::Nfd
            | Self::StiSomKonvolutt
            | Self::BarListe
            | Self::ListeForEnkelt
            | Self::TotalForFilter
            | Self::UtenHoder
            | Self::UtenTotal
            | Self::UtenLink
            | Self::LinkTil { .. }
            | Self::Revisjonshode { skifter: false }
            | Self::SkjevKlokke { .. } => Virkning::Rett,
        }
    }

    /// Every fault with values that strike a municipality of any size: each variant at least once.
    pub fn alle() -> Vec<Self> {
        let mut alle = vec![
            Self::Treg { millisekunder: 20 },
            Self::Omdirigering { til: "https://example.invalid/".into() },
            Self::Omdirigering { til: "http://169.254.169.254/latest/".into() },
            Self::Avvis401,
            Self::TokenUtloper,
            Self::ForMange { vent_sekunder: 7, html: false },
            Self::ForMange { vent_sekunder: 31, html: true },
            Self::ForMangeDato { vent_sekunder: 12 },
            Self::Grense { per_minutt: 20 },
            Self::Status { status: 403 },
            Self::Status { status: 404 },
            Self::Status { status: 500 },
            Self::Status { status: 502 },
            Self::Html200,
            Self::HjelpereForbudt,
            Self::HjelpereMangler,
            Self::KuttetSide { rader: 9 },
            Self::IgnorererOrderBy,
            Self::UtenGravstein,
            Self::SkoleUtenTilgang { nr: 0 },
            Self::Underveis { hendelse: Underveis::SletterForan { antall: 3 } },
            Self::Underveis { hendelse: Underveis::SetterInnForan },
            Self::TomSamling,
            Self::UtenSourcedId,
            Self::DobbelSourcedId,
            Self::UkjentEnum,
            Self::NullNavn,
            Self::NullFelter,
            Self::BoolskEnabledUser,
            Self::UtenBrukernavn,
            Self::UtenNummer,
            Self::UtenTrinn,
            Self::BrukerPerSkole,
            Self::Nfd,
            Self::UgyldigJson,
            Self::HalvtSvar,
            Self::Enorm { byte: 200_000_000 },
            Self::Dyp { niva: 10_000 },
            Self::StiSomKonvolutt,
            Self::BarListe,
            Self::ListeForEnkelt,
            Self::TotalForFilter,
            Self::TotalVakler,
            Self::UtenHoder,
            Self::UtenTotal,
            Self::UtenLink,
            Self::LinkTil { vert: String::new() },
            Self::LinkTil { vert: "https://example.invalid".into() },
            Self::LinkTil { vert: "http://169.254.169.254".into() },
            Self::Revisjonshode { skifter: false },
            Self::Revisjonshode { skifter: true },
            Self::SkjevKlokke { sekunder: 600 },
            Self::SkjevKlokke { sekunder: -600 },
            Self::TokenNede,
            Self::TokenAvvist,
        ];
        alle.extend(Feilform::ALLE.map(|form| Self::Feilform { form }));
        alle.extend(Tidsform::ALLE.map(|form| Self::Tidsform { form }));
        alle.extend(
            [Filtersvar::Avvis, Filtersvar::Tom, Filtersvar::Ufiltrert].map(|svar| Self::DarligFilter { svar }),
        );
        alle
    }
}

impl Feilplan {
    /// What a client must come to. A fault that strikes only so many times has passed after that, and what the people
    /// are then is the truth; until then the client keeps what it had.
    pub fn virkning(&self) -> Virkning {
        if self.ganger.is_some() { Virkning::Rett } else { self.feil.virkning() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The name in JSON, which tells variants apart.
    fn navn(feil: &Feil) -> String {
        serde_json::to_value(feil).unwrap()["type"].as_str().unwrap().to_owned()
    }

    #[test]
    fn every_fault_is_in_the_list_and_can_be_written_and_read() {
        let alle = Feil::alle();
        // The names that serde knows stand in its message about one it does not.
        let ukjent = serde_json::from_str::<Feil>(r#"{"type": "jordskjelv"}"#).unwrap_err().to_string();
        let kjente: Vec<&str> = ukjent.split('`').skip(3).step_by(2).collect();
        assert!(kjente.len() > 40, "{ukjent}");
        for kjent in kjente {
            assert!(alle.iter().any(|feil| navn(feil) == kjent), "{kjent} is not in Feil::alle");
        }
        for feil in alle {
            let plan = Feilplan::from(feil).paa_side(2);
            assert_eq!(serde_json::from_value::<Feilplan>(serde_json::to_value(&plan).unwrap()).unwrap(), plan);
        }
    }

    #[test]
    fn what_passes_ends_with_the_truth() {
        assert_eq!(Feil::Html200.virkning(), Virkning::SisteGode);
        assert_eq!(Feil::Html200.ganger(3).virkning(), Virkning::Rett);
        assert_eq!(Feil::UtenNummer.paa_side(1).virkning(), Virkning::IngenFjernes);
    }
}
