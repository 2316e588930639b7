//! What is wrong with a file: where, and what, never with which value.

use serde::Serialize;

/// A field of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Felt {
    /// The line, or the file, as a whole.
    Linje,
    /// The version of the interface.
    Versjon,
    /// The file's date.
    Dato,
    /// The system that made it.
    Melding,
    /// The county.
    Fylke,
    /// VIGO's number of the school.
    Skolenr,
    /// The sender's own id.
    Avgiverid,
    /// The class.
    Klasse,
    /// The identity number.
    Nummer,
    /// The name.
    Navn,
    /// The number on the last line.
    Antall,
}

impl Felt {
    /// The field in words, in bokmål.
    pub const fn tekst(self) -> &'static str {
        match self {
            Self::Linje => "linjen",
            Self::Versjon => "versjon",
            Self::Dato => "dato",
            Self::Melding => "melding",
            Self::Fylke => "fylke",
            Self::Skolenr => "skolenummer",
            Self::Avgiverid => "avgiver-id",
            Self::Klasse => "klasse",
            Self::Nummer => "fødselsnummer",
            Self::Navn => "navn",
            Self::Antall => "antall",
        }
    }

    /// How many characters VIGO takes.
    pub(super) const fn plass(self) -> usize {
        match self {
            Self::Linje => 0,
            Self::Fylke => 2,
            Self::Skolenr => 5,
            Self::Versjon => 7,
            Self::Dato => 8,
            Self::Antall => 9,
            Self::Nummer => 11,
            Self::Klasse => 40,
            Self::Melding | Self::Avgiverid => 80,
            Self::Navn => 100,
        }
    }
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hva {
    /// The file is larger than any such file.
    ForStor,
    /// It has more lines than any such file: the rest was not read.
    ForMange,
    /// It says that its letters are UTF-8, and other letters were asked for.
    ErUtf8,
    /// It does not begin with `TOF`.
    UtenTof,
    /// It does not end in `EOF`.
    UtenEof,
    /// Something follows `EOF`, or another `TOF` comes.
    Etter,
    /// A line that begins with something else than `TOF`, `$AV` or `EOF`.
    UkjentLinje,
    /// An empty line.
    TomLinje,
    /// Too few or too many fields: a semicolon is missing, or one too many.
    Felter,
    /// The last semicolon of the line is missing.
    UtenSemikolon,
    /// Bytes that are no letters in the letters that were asked for, or that steer a machine.
    Tegn,
    /// Longer than VIGO takes.
    ForLang,
    /// Empty.
    Tomt,
    /// Not of the right form.
    Form,
    /// Of another school than was asked for.
    FremmedSkole,
    /// Of another county than was asked for.
    FeilFylke,
    /// The identity number stands on an earlier line too.
    Dobbelt {
        /// The earlier line.
        linje: u32,
    },
    /// The number on the last line is another than the rule gives.
    FeilAntall {
        /// What the rule gives.
        ventet: usize,
    },
}

impl Hva {
    /// Whether VIGO would take it, as far as anybody knows.
    pub const fn er_advarsel(self) -> bool {
        matches!(self, Self::FeilAntall { .. } | Self::TomLinje | Self::UtenSemikolon)
    }

    /// In words, in bokmål, for a person at a school.
    pub fn tekst(self) -> String {
        match self {
            Self::ForStor => "filen er for stor til å være en slik fil".into(),
            Self::ForMange => "filen har for mange linjer; resten er ikke lest".into(),
            Self::ErUtf8 => "filen er i UTF-8, ikke i tegnsettet som er valgt".into(),
            Self::UtenTof => "filen begynner ikke med TOF".into(),
            Self::UtenEof => "filen slutter ikke med EOF; den kan være avkuttet".into(),
            Self::Etter => "står etter slutten på filen, eller er et nytt hode".into(),
            Self::UkjentLinje => "begynner verken med TOF, $AV eller EOF".into(),
            Self::TomLinje => "er tom".into(),
            Self::Felter => "har feil antall felter; et semikolon mangler eller er til overs".into(),
            Self::UtenSemikolon => "mangler semikolon til slutt".into(),
            Self::Tegn => "har tegn som ikke hører til i tegnsettet".into(),
            Self::ForLang => "er lengre enn VIGO tar imot".into(),
            Self::Tomt => "mangler".into(),
            Self::Form => "er ikke skrevet slik det skal".into(),
            Self::FremmedSkole => "er en annen skole enn listen gjelder".into(),
            Self::FeilFylke => "er et annet fylke enn listen gjelder".into(),
            Self::Dobbelt { linje } => format!("står på linje {linje} også"),
            Self::FeilAntall { ventet } => {
                format!("stemmer ikke; etter regelen som er valgt, skal tallet være {ventet}")
            }
        }
    }
}

/// One problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Filproblem {
    /// Number of the line; the first is 1, and 0 is the file as a whole.
    pub linje: u32,
    /// The field.
    pub felt: Felt,
    /// What is wrong.
    pub hva: Hva,
}
