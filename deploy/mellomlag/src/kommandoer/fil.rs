//! Commands about files: receipts and their keys, and the file that VIGO took before.

use super::{Handlingsvalg, Mappe};
use adapter_vigo::fil::{Filform, Linjeskift, Navnerekkefolge, Tegnsett, Telling};
use clap::{Args, ValueEnum};
use elevliste::Listenokkel;
use std::path::PathBuf;
use uuid::Uuid;

/// What to check, and with which keys.
#[derive(Debug, Args)]
pub struct Verifiseringsvalg {
    /// The receipt.
    pub kvittering: PathBuf,
    /// A file with the issuer's public key, from a place that you trust: PEM, or JSON of kid and PEM. May be given again.
    #[arg(long, value_name = "FILE", required = true)]
    pub key: Vec<PathBuf>,
    /// Print the pupil's name and class.
    #[arg(long)]
    pub vis: bool,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// Whose receipt, and where to write it.
#[derive(Debug, Args)]
pub struct Kvitteringsvalg {
    /// Where the configuration lies.
    #[command(flatten)]
    pub mappe: Mappe,
    /// The list, as in 46.46503.2026-2027.1.
    pub liste: Listenokkel,
    /// The file to make. It must not exist.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// A pupil's receipt, which holds a name and a number: the id, as `list show` prints it.
    #[arg(long, value_name = "ELEV", requires = "av")]
    pub elev: Option<Uuid>,
    /// Who asks for a pupil's receipt: a user name, written to the audit trail.
    #[arg(long, value_name = "USER")]
    pub av: Option<String>,
}

/// Where to write a new key.
#[derive(Debug, Args)]
pub struct Nokkelvalg {
    /// The file of the private key. The public one is written beside it.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

/// The letters of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Tegnsettvalg {
    /// ISO-8859-1: what most old files have.
    #[value(name = "iso-8859-1", alias = "latin1")]
    Iso88591,
    /// The same on Windows, which also has Š and Ž.
    #[value(name = "windows-1252")]
    Windows1252,
    /// UTF-8.
    #[value(name = "utf-8", alias = "utf8")]
    Utf8,
    /// UTF-8 with a byte order mark.
    #[value(name = "utf-8-bom", alias = "utf8-bom")]
    Utf8Bom,
}

/// What the number on the last line counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Tellevalg {
    /// All lines but the last.
    #[value(name = "uten-eof")]
    UtenEof,
    /// All lines but the first.
    #[value(name = "uten-tof")]
    UtenTof,
    /// Pupils.
    #[value(name = "elever")]
    Elever,
}

/// The order of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Navnevalg {
    /// Given name first.
    #[value(name = "fornavn")]
    FornavnForst,
    /// Family name first.
    #[value(name = "etternavn")]
    EtternavnForst,
}

/// The end of each line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Linjeskiftvalg {
    /// As on Windows.
    Crlf,
    /// As everywhere else.
    Lf,
}

/// How the file is written.
#[derive(Debug, Clone, Copy, Args)]
pub struct Formvalg {
    /// The letters. `compare` looks at the file when it is left out, `export` writes ISO-8859-1.
    #[arg(long, value_enum)]
    pub encoding: Option<Tegnsettvalg>,
    /// What the number on the last line counts.
    #[arg(long, value_enum, default_value = "uten-eof")]
    pub eof: Tellevalg,
    /// Which name stands first.
    #[arg(long, value_enum, default_value = "fornavn")]
    pub navn: Navnevalg,
}

/// Which file, and which list.
#[derive(Debug, Args)]
pub struct Sammenligningsvalg {
    /// Where the configuration lies.
    #[command(flatten)]
    pub mappe: Mappe,
    /// The file, as the school system made it.
    #[arg(long, value_name = "FILE")]
    pub vigo_file: PathBuf,
    /// The list, as in 46.46503.2026-2027.1.
    pub liste: Listenokkel,
    /// How the file is written.
    #[command(flatten)]
    pub form: Formvalg,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// Which list to write, where, who wants it and why.
#[derive(Debug, Args)]
pub struct Eksportvalg {
    /// Which list, and who acts.
    #[command(flatten)]
    pub valg: Handlingsvalg,
    /// The file to make. It must not exist.
    #[arg(long, value_name = "FILE")]
    pub vigo_file: PathBuf,
    /// Why, in words without personal data.
    #[arg(long)]
    pub grunn: String,
    /// How the file is written.
    #[command(flatten)]
    pub form: Formvalg,
    /// The end of each line.
    #[arg(long, value_enum, default_value = "crlf")]
    pub newline: Linjeskiftvalg,
}

impl Formvalg {
    /// As the adapter has it; `ellers` are the letters where none were chosen.
    pub fn filform(self, ellers: Tegnsett, linjeskift: Linjeskiftvalg) -> Filform {
        Filform {
            tegnsett: match self.encoding {
                None => ellers,
                Some(Tegnsettvalg::Iso88591) => Tegnsett::Iso88591,
                Some(Tegnsettvalg::Windows1252) => Tegnsett::Windows1252,
                Some(Tegnsettvalg::Utf8) => Tegnsett::Utf8,
                Some(Tegnsettvalg::Utf8Bom) => Tegnsett::Utf8Bom,
            },
            linjeskift: match linjeskift {
                Linjeskiftvalg::Crlf => Linjeskift::Crlf,
                Linjeskiftvalg::Lf => Linjeskift::Lf,
            },
            telling: match self.eof {
                Tellevalg::UtenEof => Telling::UtenEof,
                Tellevalg::UtenTof => Telling::UtenTof,
                Tellevalg::Elever => Telling::Elever,
            },
            navn: match self.navn {
                Navnevalg::FornavnForst => Navnerekkefolge::FornavnForst,
                Navnevalg::EtternavnForst => Navnerekkefolge::EtternavnForst,
            },
        }
    }
}
