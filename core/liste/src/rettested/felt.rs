//! What has to be corrected, by the place where a school system has it: many rules share a place.

use crate::Tekst;

/// A kind of field, as a school system has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rettefelt {
    /// The pupil's identity number.
    Nummer,
    /// The pupil's name.
    Navn,
    /// Which class the pupil is in.
    Medlemskap,
    /// The class itself: its name.
    Klasse,
    /// The grade of pupil and class.
    Trinn,
    /// That the pupil is a pupil of the school.
    Elevforhold,
    /// Two entries of one pupil.
    Dobbelt,
    /// The school's numbers.
    Skole,
    /// Nothing in a school system.
    Ingen,
}

impl Rettefelt {
    /// All of them.
    pub const ALLE: [Self; 9] = [
        Self::Nummer,
        Self::Navn,
        Self::Medlemskap,
        Self::Klasse,
        Self::Trinn,
        Self::Elevforhold,
        Self::Dobbelt,
        Self::Skole,
        Self::Ingen,
    ];

    /// A stable code, for configuration.
    pub const fn kode(self) -> &'static str {
        match self {
            Self::Nummer => "nummer",
            Self::Navn => "navn",
            Self::Medlemskap => "medlemskap",
            Self::Klasse => "klasse",
            Self::Trinn => "trinn",
            Self::Elevforhold => "elevforhold",
            Self::Dobbelt => "dobbelt",
            Self::Skole => "skole",
            Self::Ingen => "ingen",
        }
    }

    /// The field with this code.
    pub fn av_kode(kode: &str) -> Option<Self> {
        Self::ALLE.into_iter().find(|felt| felt.kode() == kode)
    }

    /// What to do where the pupils are keyed in here. The rules speak of a school system, and there is none.
    pub(super) const fn tastet(self) -> Option<Tekst> {
        Some(match self {
            Self::Nummer => Tekst {
                nb: "Kontroller nummeret på eleven, og skriv det inn på nytt her. Har eleven ikke noe nummer, ber dere inntakskontoret om et fiktivt nummer.",
                nn: "Kontroller nummeret på eleven, og skriv det inn på nytt her. Har eleven ikkje noko nummer, ber de inntakskontoret om eit fiktivt nummer.",
                en: "Check the pupil's number, and enter it again here. If the pupil has no number, ask the intake office for a temporary one.",
            },
            Self::Navn => Tekst {
                nb: "Kontroller navnet på eleven, og skriv det inn på nytt her.",
                nn: "Kontroller namnet på eleven, og skriv det inn på nytt her.",
                en: "Check the pupil's name, and enter it again here.",
            },
            Self::Medlemskap | Self::Klasse => Tekst {
                nb: "Skriv inn klassen på nytt på hver av elevene her. Bruk et kort navn, for eksempel 10A.",
                nn: "Skriv inn klassen på nytt på kvar av elevane her. Bruk eit kort namn, til dømes 10A.",
                en: "Enter the class again for each of the pupils here. Use a short name, for example 10A.",
            },
            Self::Trinn => Tekst {
                nb: "Kontroller hvem som er skrevet inn her. Alle som skrives inn, regnes som elever på tiende trinn. Ta bort dem som ikke er det, og legg til dem som mangler.",
                nn: "Kontroller kven som er skrivne inn her. Alle som blir skrivne inn, blir rekna som elevar på tiande trinn. Ta bort dei som ikkje er det, og legg til dei som manglar.",
                en: "Check who has been entered here. Everybody who is entered counts as being in tenth grade. Remove those who are not, and add those who are missing.",
            },
            Self::Elevforhold => Tekst {
                nb: "Finn ut om eleven går på skolen. Går eleven et annet sted, tar dere bort eleven her.",
                nn: "Finn ut om eleven går på skulen. Går eleven ein annan stad, tek de bort eleven her.",
                en: "Find out whether the pupil attends the school. If the pupil goes elsewhere, remove the pupil here.",
            },
            Self::Dobbelt => Tekst {
                nb: "Eleven er skrevet inn to ganger. Ta bort den ene her.",
                nn: "Eleven er skriven inn to gonger. Ta bort den eine her.",
                en: "The pupil has been entered twice. Remove one of the two here.",
            },
            Self::Skole => Tekst {
                nb: "Skolens organisasjonsnummer står i oppsettet av Mellomlag. Ta kontakt med den som drifter Mellomlag. Er nummeret riktig, tar dere kontakt med fylket.",
                nn: "Organisasjonsnummeret til skulen står i oppsettet av Mellomlag. Ta kontakt med den som driftar Mellomlag. Er nummeret rett, tek de kontakt med fylket.",
                en: "The school's organisation number is in the settings of Mellomlag. Contact those who run Mellomlag. If the number is right, contact the county.",
            },
            Self::Ingen => return None,
        })
    }
}

/// What has to be corrected for this rule. Nothing in a school system, for a rule that is not known.
pub fn rettefelt(regel: &str) -> Rettefelt {
    match regel {
        "EL-001" | "EL-006" | "EL-007" | "EL-008" | "EL-011" | "EL-012" | "EL-013" | "EL-047" | "EL-048" | "EL-049"
        | "EL-050" | "EL-051" | "VI-001" | "VI-004" | "VI-005" => Rettefelt::Nummer,
        "EL-003" | "EL-016" | "EL-043" | "EL-044" | "EL-045" | "EL-046" | "VI-003" | "VI-007" => Rettefelt::Navn,
        "EL-002" | "EL-010" | "EL-018" | "EL-062" | "VI-002" => Rettefelt::Medlemskap,
        "EL-040" | "EL-041" | "EL-042" | "VI-006" => Rettefelt::Klasse,
        "EL-009" | "EL-060" | "EL-061" => Rettefelt::Trinn,
        "EL-005" | "EL-014" | "EL-015" => Rettefelt::Elevforhold,
        "EL-004" => Rettefelt::Dobbelt,
        "EL-020" | "EL-021" | "EL-022" | "EL-023" | "EL-025" | "EL-026" | "EL-027" => Rettefelt::Skole,
        _ => Rettefelt::Ingen,
    }
}
