//! What people do with a round. Moments are Norwegian time, as in 2026-11-13T23:59:59.

use super::{Hvem, Mappe};
use clap::{Args, Subcommand};
use elevliste::Rundenokkel;
use jiff::civil::DateTime;

/// What to do with rounds.
#[derive(Debug, Subcommand)]
pub enum Rundekommando {
    /// Show all rounds, or one with its history.
    Show {
        /// Where the configuration lies.
        #[command(flatten)]
        mappe: Mappe,
        /// One round, as in 46.2026-2027.1.
        runde: Option<Rundenokkel>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Let lists be sent from now, or from a moment.
    Open {
        /// Which round, who acts, and why.
        #[command(flatten)]
        valg: Rundevalg,
        /// The first moment, Norwegian time.
        #[arg(long, value_name = "TIME")]
        fra: Option<DateTime>,
    },
    /// Close later than was said. Opens again a round that is over.
    Extend {
        /// Which round, who acts, and why.
        #[command(flatten)]
        valg: Rundevalg,
        /// The first moment in which lists may not be sent any more, Norwegian time.
        #[arg(long, value_name = "TIME")]
        til: DateTime,
    },
    /// Close earlier than was said.
    Shorten {
        /// Which round, who acts, and why.
        #[command(flatten)]
        valg: Rundevalg,
        /// The first moment in which lists may not be sent any more, Norwegian time.
        #[arg(long, value_name = "TIME")]
        til: DateTime,
    },
    /// Close now.
    Close(Rundevalg),
}

/// Which round, who acts, and why.
#[derive(Debug, Args)]
pub struct Rundevalg {
    /// Where the configuration lies.
    #[command(flatten)]
    pub mappe: Mappe,
    /// The round, as in 46.2026-2027.1.
    pub runde: Rundenokkel,
    /// Who acts.
    #[command(flatten)]
    pub hvem: Hvem,
    /// Why, in words without personal data.
    #[arg(long)]
    pub grunn: String,
}
