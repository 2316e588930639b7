//! What each receiver is particular about, as data: which of our rules say beforehand what it would remark, which level a
//! fictitious number has with it, and how long its fields are.

use elevliste::Niva;

/// The rules of one receiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mottakerregler {
    /// Its dialect.
    pub navn: &'static str,
    /// Our rule about a fictitious number, and with it the level: `EL-008` where it is taken with a remark, `EL-050` where
    /// it is refused.
    pub fiktivt: &'static str,
    /// Most characters in the name of a class.
    pub klasse_maks: usize,
    /// Most characters in a pupil's name, its parts joined by blanks.
    pub navn_maks: usize,
    /// Its remarks.
    pub merknader: &'static [Speil],
}

/// One remark of a receiver, and what we say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Speil {
    /// Its code.
    pub kode: &'static str,
    /// Its name of the field.
    pub felt: &'static str,
    /// How bad it is: a list with an error is refused as a whole.
    pub niva: Niva,
    /// Our rules that say it beforehand, any of which is enough.
    pub egne: &'static [&'static str],
    /// What the remark becomes if it is made all the same.
    pub regel: &'static str,
}

const fn speil(kode: &'static str, felt: &'static str, niva: Niva, regel: &'static str) -> Speil {
    Speil { kode, felt, niva, egne: &[], regel }
}

/// The published receiver takes no fictitious number whose control digits do not fit, and the documented kind never fits.
const VIGOSKOLE_MERKNADER: &[Speil] = &[
    Speil {
        egne: &["EL-001", "EL-007", "EL-047", "EL-048", "EL-049", "EL-050"],
        ..speil("INVALID_IDENTITY_NUMBER", "personalIdentityNumber", Niva::Feil, "VI-001")
    },
    Speil { egne: &["EL-002", "EL-018", "EL-042"], ..speil("MISSING_CLASS_CODE", "classCode", Niva::Feil, "VI-002") },
    Speil { egne: &["EL-003"], ..speil("MISSING_NAME", "name", Niva::Advarsel, "VI-003") },
    Speil {
        egne: &["EL-008"],
        ..speil("SYNTHETIC_IDENTITY_NUMBER", "personalIdentityNumber", Niva::Advarsel, "VI-004")
    },
];

/// Our own specification names its fields and codes in Norwegian, and takes the fictitious numbers that counties issue.
const ELEVLISTE_V1_MERKNADER: &[Speil] = &[
    Speil {
        egne: &["EL-001", "EL-007", "EL-047", "EL-048", "EL-049"],
        ..speil("ugyldig-nummer", "identitetsnummer", Niva::Feil, "VI-001")
    },
    Speil { egne: &["EL-002", "EL-018", "EL-042"], ..speil("mangler-klassekode", "klassekode", Niva::Feil, "VI-002") },
    Speil { egne: &["EL-003"], ..speil("mangler-navn", "navn", Niva::Advarsel, "VI-003") },
    Speil { egne: &["EL-008"], ..speil("fiktivt-nummer", "identitetsnummer", Niva::Advarsel, "VI-004") },
    Speil { egne: &["EL-004"], ..speil("duplikat-nummer", "identitetsnummer", Niva::Feil, "VI-005") },
    Speil { egne: &["EL-040"], ..speil("for-lang-klassekode", "klassekode", Niva::Feil, "VI-006") },
    Speil { egne: &["EL-043"], ..speil("for-langt-navn", "navn", Niva::Feil, "VI-007") },
];

impl Mottakerregler {
    /// VIGO's own documentation, which the file follows too: a fictitious number is taken with a remark.
    pub const VIGO: Self =
        Self { navn: "vigo", fiktivt: "EL-008", klasse_maks: 40, navn_maks: 100, merknader: VIGOSKOLE_MERKNADER };

    /// The receiving service as it has been published. It has no limits of its own; behind it stands VIGO.
    pub const VIGOSKOLE: Self = Self { navn: "vigoskole", fiktivt: "EL-050", ..Self::VIGO };

    /// Our own specification, which does as VIGO documents.
    pub const ELEVLISTE_V1: Self = Self { navn: "elevliste_v1", merknader: ELEVLISTE_V1_MERKNADER, ..Self::VIGO };

    /// All of them.
    pub const ALLE: [Self; 3] = [Self::VIGO, Self::VIGOSKOLE, Self::ELEVLISTE_V1];

    /// The rules of a dialect.
    pub fn for_dialekt(navn: &str) -> Option<Self> {
        Self::ALLE.into_iter().find(|regler| regler.navn == navn)
    }

    /// What it remarks under this code.
    pub fn merknad(&self, kode: &str) -> Option<&'static Speil> {
        self.merknader.iter().find(|speil| speil.kode == kode)
    }

    /// Which remark one of our rules says beforehand, if any.
    pub fn speiles(&self, regel: &str) -> Option<&'static Speil> {
        self.merknader.iter().find(|speil| speil.egne.contains(&regel))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regel;

    #[test]
    fn every_rule_in_the_tables_exists_and_has_the_level_of_the_remark() {
        for mottaker in Mottakerregler::ALLE {
            assert_eq!(Mottakerregler::for_dialekt(mottaker.navn), Some(mottaker));
            assert!(regel(mottaker.fiktivt).is_some());
            for speil in mottaker.merknader {
                assert_eq!(regel(speil.regel).map(|r| r.niva), Some(speil.niva), "{}", speil.kode);
                for egen in speil.egne {
                    assert_eq!(regel(egen).map(|r| r.niva), Some(speil.niva), "{egen}");
                    assert_eq!(mottaker.speiles(egen), Some(speil), "{egen} says two remarks");
                }
            }
        }
        assert_eq!(Mottakerregler::for_dialekt("teapot"), None);
        assert_eq!(Mottakerregler::VIGOSKOLE.merknad("TEAPOT"), None);
    }
}
