//! What people do with a list. Every act is judged before it is written.

use super::Mappe;
use clap::{Args, Subcommand};
use elevliste::{Aktor, Listenokkel, Rolle};
use std::path::PathBuf;
use uuid::Uuid;

/// An act on a list.
#[derive(Debug, Subcommand)]
pub enum Listehandling {
    /// Approve exactly the list as it stands.
    Approve(Handlingsvalg),
    /// Take the approval back. What has been sent stays sent.
    Recall {
        /// Which list, and who acts.
        #[command(flatten)]
        valg: Handlingsvalg,
        /// Why, in words without personal data.
        #[arg(long)]
        grunn: String,
    },
    /// Hold a pupil back, with a reason.
    Hold(Elevvalg),
    /// Send a pupil to the intake office by hand, with a reason.
    Route(Elevvalg),
    /// Put a held or hand-routed pupil back on the list.
    Release {
        /// Which list, and who acts.
        #[command(flatten)]
        valg: Handlingsvalg,
        /// The pupil's id, as `list show` prints it.
        elev: Uuid,
    },
    /// Enter the fictitious number that the intake office has issued to a pupil who has no other.
    Fictitious {
        /// Which list, and who acts.
        #[command(flatten)]
        valg: Handlingsvalg,
        /// The pupil's id, as `list show` prints it.
        elev: Uuid,
        /// The file that the number stands in, or - for standard input. A number on the command line would be seen by
        /// everybody on the machine.
        #[arg(long, value_name = "FILE", required_unless_present = "fjern")]
        nummer_fil: Option<PathBuf>,
        /// Take back the number that was entered.
        #[arg(long, conflicts_with = "nummer_fil")]
        fjern: bool,
        /// Where it is known from, such as the office's letter and its date.
        #[arg(long, value_name = "TEXT")]
        kilde: String,
    },
    /// Say what became of a delivery whose answer was lost, after looking in the receiver's own pages.
    Resolve {
        /// Which list, and who acts.
        #[command(flatten)]
        valg: Handlingsvalg,
        /// The receiver has the list.
        #[arg(long, conflicts_with = "ikke_mottatt", required_unless_present = "ikke_mottatt")]
        mottatt: bool,
        /// The receiver does not have it: it may be sent again.
        #[arg(long)]
        ikke_mottatt: bool,
        /// The receiver's id of the submission, where it shows one.
        #[arg(long, value_name = "ID")]
        kvittering: Option<String>,
        /// What was seen, in words without personal data.
        #[arg(long)]
        grunn: String,
    },
    /// What has changed after the list was accepted for good, and is the intake office's to take.
    Late {
        /// What to do with it.
        #[command(subcommand)]
        kommando: Senkommando,
    },
}

/// What to do with changes that come after acceptance.
#[derive(Debug, Subcommand)]
pub enum Senkommando {
    /// Show them.
    Show {
        /// Where the configuration lies.
        #[command(flatten)]
        mappe: Mappe,
        /// The list, as in 46.46503.2026-2027.1.
        liste: Listenokkel,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write down that the intake office has been told.
    Report {
        /// Which list, and who acts.
        #[command(flatten)]
        valg: Handlingsvalg,
        /// The change's id, as `list late show` prints it.
        id: Uuid,
        /// How it was told, in words without personal data.
        #[arg(long)]
        grunn: String,
    },
    /// Write down what the intake office says.
    Settle {
        /// Which list, and who acts.
        #[command(flatten)]
        valg: Handlingsvalg,
        /// The change's id, as `list late show` prints it.
        id: Uuid,
        /// The office has taken it.
        #[arg(long, conflicts_with = "avvist", required_unless_present = "avvist")]
        godtatt: bool,
        /// The office has refused it.
        #[arg(long)]
        avvist: bool,
        /// What it says, in words without personal data.
        #[arg(long)]
        grunn: String,
    },
}

/// Which list, and who acts.
#[derive(Debug, Args)]
pub struct Handlingsvalg {
    /// Where the configuration lies.
    #[command(flatten)]
    pub mappe: Mappe,
    /// The list, as in 46.46503.2026-2027.1.
    pub liste: Listenokkel,
    /// Who acts.
    #[command(flatten)]
    pub hvem: Hvem,
    /// Act only if the list still has this seal, as `list show` printed it.
    #[arg(long, value_name = "SEAL")]
    pub segl: Option<String>,
}

/// Who acts, and in what capacity.
#[derive(Debug, Args)]
pub struct Hvem {
    /// Who acts: a user name, written to the ledger.
    #[arg(long, value_name = "USER")]
    pub av: String,
    /// In what capacity: skole, kommune, fylke or leverandor.
    #[arg(long, value_name = "ROLE", value_parser = rolle)]
    pub rolle: Option<Rolle>,
}

/// Which pupil, and why.
#[derive(Debug, Args)]
pub struct Elevvalg {
    /// Which list, and who acts.
    #[command(flatten)]
    pub valg: Handlingsvalg,
    /// The pupil's id, as `list show` prints it.
    pub elev: Uuid,
    /// Why, in words without personal data.
    #[arg(long)]
    pub grunn: String,
}

impl Hvem {
    /// As the ledger has it.
    pub fn aktor(&self) -> Aktor {
        Aktor { rolle: self.rolle, ..Aktor::person(&self.av) }
    }
}

fn rolle(ord: &str) -> Result<Rolle, String> {
    let roller = [Rolle::Skole, Rolle::Kommune, Rolle::Fylke, Rolle::Leverandor];
    let funnet = roller.into_iter().find(|rolle| rolle.as_str() == ord);
    funnet.ok_or_else(|| format!("write one of {}", roller.map(Rolle::as_str).join(", ")))
}
