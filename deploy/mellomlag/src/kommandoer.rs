//! The commands as a user sees them.

use clap::{Args, Parser, Subcommand};
use elevliste::Listenokkel;
use std::path::PathBuf;
use uuid::Uuid;

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
    /// Show what Mellomlag does: a NATS server, simulated school systems and VIGO, two municipalities.
    #[cfg(feature = "demo")]
    Demo(Demovalg),
    /// Look at lists, and act on them.
    List {
        /// What to do with lists.
        #[command(subcommand)]
        kommando: Listekommando,
    },
    /// See how the sources are doing, and decide about mass changes.
    Source {
        /// What to do with sources.
        #[command(subcommand)]
        kommando: Kildekommando,
    },
    /// Handle OneRoster CSV packages.
    Csv {
        /// What to do with a package.
        #[command(subcommand)]
        kommando: Csvkommando,
    },
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

/// Choices of the demo.
#[derive(Debug, Args)]
pub struct Demovalg {
    /// End by itself when everything is reconciled.
    #[arg(long)]
    pub once: bool,
    /// Print the reconciliation as JSON.
    #[arg(long)]
    pub json: bool,
    /// A file of pupils from Vigilo, instead of the two municipalities.
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
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Approve exactly the list as it stands.
    Approve(Handlingsvalg),
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
}

/// Which list, and who acts.
#[derive(Debug, Args)]
pub struct Handlingsvalg {
    /// Where the configuration lies.
    #[command(flatten)]
    pub mappe: Mappe,
    /// The list, as in 46.46503.2026-2027.1.
    pub liste: Listenokkel,
    /// Who acts: a user name, written to the ledger.
    #[arg(long, value_name = "USER")]
    pub av: String,
    /// Act only if the list still has this seal, as `list show` printed it.
    #[arg(long, value_name = "SEAL")]
    pub segl: Option<String>,
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
