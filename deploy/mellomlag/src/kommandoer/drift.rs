//! What those who run Mellomlag steer.

use super::Mappe;
use clap::{Args, Subcommand};
use hendelse::Tenant;
use runtime::drift::Hva;

/// What to pause, who does it, and why.
#[derive(Debug, Args)]
pub struct Pausevalg {
    /// Where the configuration lies.
    #[command(flatten)]
    pub mappe: Mappe,
    /// tenant.TENANT, kilde.TENANT.SOURCE, skole.LIST or mottaker.NN, as in skole.46.46503.2026-2027.1.
    pub hva: Hva,
    /// Who acts: a user name, written to the audit trail.
    #[arg(long, value_name = "USER")]
    pub av: String,
    /// Why, in words without personal data.
    #[arg(long)]
    pub grunn: String,
}

/// What to go on with, and who does it.
#[derive(Debug, Args)]
pub struct Gjenopptavalg {
    /// Where the configuration lies.
    #[command(flatten)]
    pub mappe: Mappe,
    /// As it was paused: `paused` shows it.
    pub hva: Hva,
    /// Who acts: a user name, written to the audit trail.
    #[arg(long, value_name = "USER")]
    pub av: String,
}

/// What to do with the quarantine.
#[derive(Debug, Subcommand)]
pub enum Karantenekommando {
    /// Show the causes, and how many have each. Never what is in it.
    Show(Mappe),
    /// Have everything of one cause tried again. What runs carries it out; what still cannot be read stays.
    Replay {
        /// Where the configuration lies.
        #[command(flatten)]
        mappe: Mappe,
        /// Where it was put there, as `quarantine show` prints it.
        trinn: String,
        /// Whose it is, as `quarantine show` prints it.
        tenant: Tenant,
        /// The cause's code, as `quarantine show` prints it.
        kode: String,
        /// The field at fault, as `quarantine show` prints it.
        felt: String,
        /// Who acts: a user name, written to the audit trail.
        #[arg(long, value_name = "USER")]
        av: String,
    },
}
