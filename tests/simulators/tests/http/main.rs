//! The simulators over real HTTP.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

mod maskinporten;
mod program;
mod vigilo;
mod vigilo_elevkort;
mod vigilo_endring;
mod vigilo_feil;
mod vigilo_hjelper;
mod vigilo_skjema;
mod vigilo_sprik;
mod vigo;
mod vigo_elevliste_v1;
mod vigo_tilgang;
