//! The commands that look at what was, and at what would be.

use super::Mappe;
use clap::Args;
use elevliste::{Listenokkel, oslo};
use jiff::{Timestamp, civil::DateTime};
use uuid::Uuid;

/// Which pupil to explain.
#[derive(Debug, Args)]
pub struct Forklarvalg {
    /// Where the configuration lies.
    #[command(flatten)]
    pub mappe: Mappe,
    /// The pupil's id, as `list show` prints it.
    pub elev: Uuid,
    /// Show names and numbers too. It is written to the audit trail first.
    #[arg(long, requires = "av")]
    pub vis: bool,
    /// Who asks: a user name, written to the audit trail.
    #[arg(long, value_name = "USER")]
    pub av: Option<String>,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// Which lists to try.
#[derive(Debug, Args)]
pub struct Proveskuddvalg {
    /// Where the configuration lies.
    #[command(flatten)]
    pub mappe: Mappe,
    /// One list, as in 46.46503.2026-2027.1; all when it is left out.
    pub liste: Option<Listenokkel>,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// A moment: with an offset, or by Norwegian clocks.
pub(super) fn tidspunkt(tekst: &str) -> Result<Timestamp, String> {
    let norsk = |tid: DateTime| tid.to_zoned(oslo()).map(|tid| tid.timestamp()).ok();
    tekst
        .parse()
        .ok()
        .or_else(|| norsk(tekst.parse().ok()?))
        .ok_or_else(|| "write a moment as 2026-11-13T12:00, or with an offset as 2026-11-13T12:00:00+01:00".to_owned())
}

#[cfg(test)]
mod tests {
    use super::tidspunkt;

    #[test]
    fn a_moment_is_by_norwegian_clocks_unless_it_says_otherwise() {
        for (tekst, ventet) in [
            ("2026-11-13T12:00", "2026-11-13T11:00:00Z"),
            ("2026-07-01 12:00:30", "2026-07-01T10:00:30Z"),
            ("2026-11-13T12:00:00+03:00", "2026-11-13T09:00:00Z"),
            ("2026-11-13", "2026-11-12T23:00:00Z"),
        ] {
            assert_eq!(tidspunkt(tekst).unwrap().to_string(), ventet, "{tekst}");
        }
        assert!(tidspunkt("i går").unwrap_err().contains("2026-11-13T12:00"));
    }
}
