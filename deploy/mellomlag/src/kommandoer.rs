//! The commands as a user sees them.

mod drift;
mod fil;
mod handlinger;
mod innsyn;
mod runder;

pub use drift::{Gjenopptavalg, Karantenekommando, Pausevalg};
pub use handlinger::{Elevvalg, Handlingsvalg, Hvem, Listehandling, Senkommando};
pub use innsyn::{Forklarvalg, Proveskuddvalg};
pub use runder::{Rundekommando, Rundevalg};

use clap::{Args, Parser, Subcommand};
use elevliste::Listenokkel;
use jiff::Timestamp;
use kodeverk::Fylkesnummer;
use std::path::PathBuf;

pub use fil::{Eksportvalg, Kvitteringsvalg, Linjeskiftvalg, Nokkelvalg, Sammenligningsvalg, Verifiseringsvalg};

/// Mellomlag: pupils from the school system to VIGO, without a file in between.
#[derive(Debug, Parser)]
#[command(name = "mellomlag", version, propagate_version = true)]
pub struct Kommandolinje {
    /// What to do.
    #[command(subcommand)]
    pub kommando: Kommando,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Kommando {
    /// Run the roles that the configuration names, until told to stop.
    Run(Mappe),
    /// Find everything that is wrong with a configuration, then try every connection.
    Check {
        /// Where the configuration lies.
        #[command(flatten)]
        mappe: Mappe,
        /// Do not try the connections.
        #[arg(long)]
        offline: bool,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show what Mellomlag does: a NATS server, simulated school systems and VIGO, three municipalities, pages.
    #[cfg(feature = "demo")]
    Demo(Demovalg),
    /// Look at lists, and act on them.
    List {
        /// What to do with lists.
        #[command(subcommand)]
        kommando: Listekommando,
    },
    /// See when lists may be sent, and change it.
    Round {
        /// What to do with rounds.
        #[command(subcommand)]
        kommando: Rundekommando,
    },
    /// See how the sources are doing, and decide about mass changes.
    Source {
        /// What to do with sources.
        #[command(subcommand)]
        kommando: Kildekommando,
    },
    /// Stop reading a source or a tenant, or sending to a school or a county, until somebody resumes.
    Pause(Pausevalg),
    /// Go on with what is paused.
    Resume(Gjenopptavalg),
    /// Show everything that is paused, by whom and why.
    Paused(Mappe),
    /// See what could not be read, and have it tried again.
    Quarantine {
        /// What to do with the quarantine.
        #[command(subcommand)]
        kommando: Karantenekommando,
    },
    /// Handle OneRoster CSV packages.
    Csv {
        /// What to do with a package.
        #[command(subcommand)]
        kommando: Csvkommando,
    },
    /// Compare source, list, ledger and receiver, and name every pupil that is not the same in all.
    Reconcile(Gjennomgangsvalg),
    /// Write a receipt to a file: a list's, or a pupil's.
    Receipt(Kvitteringsvalg),
    /// Check a receipt, without a network: what was delivered, when, and who has signed for it.
    Verify(Verifiseringsvalg),
    /// Make a key for signing receipts.
    Keygen(Nokkelvalg),
    /// Compare a list with the file that the school system makes for VIGO.
    Compare(Sammenligningsvalg),
    /// Write a list to a file for VIGO, in an emergency. Must be allowed in the configuration.
    Export(Eksportvalg),
    /// Explain a pupil: from what the source said, through rules and decisions, to the receipt.
    Explain(Forklarvalg),
    /// Say what the receiver would get and answer if lists were sent now. Nothing is written or sent.
    DryRun(Proveskuddvalg),
    /// Show every rule that a list is held against.
    Rules(Regelvalg),
    /// Classify identity numbers from standard input, one a line, without ever printing one.
    Identity,
    /// Print the version.
    Version,
}

/// Where the configuration lies.
#[derive(Debug, Args)]
pub struct Mappe {
    /// The configuration folder.
    #[arg(long, value_name = "DIR")]
    pub config: PathBuf,
}

/// How rules are shown: a line for each, unless told otherwise.
#[derive(Debug, Args)]
pub struct Regelvalg {
    /// Print the handbook's page, in Markdown.
    #[arg(long, conflicts_with = "json")]
    pub md: bool,
    /// Print JSON, with all texts.
    #[arg(long)]
    pub json: bool,
}

/// Choices of the demo.
#[derive(Debug, Args)]
pub struct Demovalg {
    /// End by itself when everything is reconciled: two municipalities, and no pages.
    #[arg(long)]
    pub once: bool,
    /// Start only the municipality that has pages: ready in seconds.
    #[arg(long, conflicts_with_all = ["once", "users"])]
    pub sider: bool,
    /// Where the pages are opened on this machine; a free port when it is left out.
    #[arg(long, default_value_t = 0, conflicts_with_all = ["once", "users"])]
    pub port: u16,
    /// Minutes that somebody who is signed in may be away; as anywhere else when it is left out.
    #[arg(long, value_name = "MINUTES", conflicts_with_all = ["once", "users"])]
    pub okt_minutter: Option<u32>,
    /// Print the reconciliation, and where the pages are, as JSON: a line each.
    #[arg(long)]
    pub json: bool,
    /// A file of pupils from Vigilo, instead of the municipalities.
    #[arg(long, value_name = "FILE")]
    pub users: Option<PathBuf>,
    /// Another set of people: the same number gives the same people.
    #[arg(long, default_value_t = 2026)]
    pub seed: u64,
}

/// What to do with lists.
#[derive(Debug, Subcommand)]
pub enum Listekommando {
    /// Show all lists, or one with its deviations.
    Show {
        /// Where the configuration lies.
        #[command(flatten)]
        mappe: Mappe,
        /// One list, as in 46.46503.2026-2027.1.
        liste: Option<Listenokkel>,
        /// The list as it was at this moment: 2026-11-13T12:00 by Norwegian clocks, or with an offset.
        #[arg(long, value_name = "TIME", requires = "liste", value_parser = innsyn::tidspunkt)]
        at: Option<Timestamp>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Act on a list.
    #[command(flatten)]
    Handling(Listehandling),
}

/// What to reconcile.
#[derive(Debug, Args)]
pub struct Gjennomgangsvalg {
    /// Where the configuration lies.
    #[command(flatten)]
    pub mappe: Mappe,
    /// Only lists of this county, two digits.
    #[arg(long, value_name = "NN")]
    pub fylke: Option<Fylkesnummer>,
    /// Only lists of this municipality, four digits.
    #[arg(long, value_name = "NNNN")]
    pub kommune: Option<String>,
    /// Only lists of the school with this VIGO number.
    #[arg(long, value_name = "NNNNN")]
    pub skole: Option<String>,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// What to do with sources.
#[derive(Debug, Subcommand)]
pub enum Kildekommando {
    /// Show all sources, or one with what is held.
    Show {
        /// Where the configuration lies.
        #[command(flatten)]
        mappe: Mappe,
        /// One source: its tenant and its name.
        #[arg(num_args = 2, value_names = ["TENANT", "SOURCE"])]
        kilde: Option<Vec<String>>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Let a mass change through: exactly the one that was shown.
    Approve(Avgjorvalg),
    /// Never let a mass change through.
    Discard(Avgjorvalg),
}

/// Which mass change, who decides, and why.
#[derive(Debug, Args)]
pub struct Avgjorvalg {
    /// Where the configuration lies.
    #[command(flatten)]
    pub mappe: Mappe,
    /// The source's tenant.
    pub tenant: String,
    /// The source's name.
    pub kilde: String,
    /// What `source show` printed.
    pub digest: String,
    /// Who decides: a user name, written to the audit trail.
    #[arg(long, value_name = "USER")]
    pub av: String,
    /// Why, in words without personal data.
    #[arg(long)]
    pub grunn: String,
}

/// What to do with a package.
#[derive(Debug, Subcommand)]
pub enum Csvkommando {
    /// Read a package to its end, and say what must be put right. Nothing is stored or sent.
    Check {
        /// Where the configuration lies.
        #[command(flatten)]
        mappe: Mappe,
        /// The source's tenant.
        tenant: String,
        /// The source's name.
        kilde: String,
        /// The package, a zip file.
        fil: PathBuf,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
}
