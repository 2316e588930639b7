//! The loops that join sources, mapping, lists and sinks over the bus, and what a program needs around them.
//!
//! Decisions are made in `core/mapping` and `core/liste`; this crate reads, asks them, and writes. It never speaks the
//! language of a source or a receiver: those are adapters behind `core/flow`.

mod avstemming;
mod feil;
mod godkjenning;
mod helse;
mod hovedbok;
mod karantene;
mod kart;
mod kildelop;
mod levering;
mod listetrinn;
mod maalere;
mod melding;
mod program;
mod register;
mod revisjon;
mod runder;
mod sammenheng;
mod sporing;
mod strommer;
mod telemetri;
mod trinn;
mod vakt;

pub use avstemming::{Avstemming, avstem};
pub use feil::Stopp;
pub use helse::{Klar, server as helseserver};
pub use hovedbok::{Listesak, SakFeil, Tenantnokler, hent, hent_alle, skriv};
pub use kart::Kart;
pub use kildelop::{
    Arsak, Avgjorelse, Avgjorfeil, Avgjort, Avsluttet, Delta, Eksempel, Hold, Kilde, Kildelop, Kildestatus,
    Kildetilstand, Levering, Skoletall, Snapshotresultat, Typetall, Utfall, Utlosning, Utlost, alle_kildestatus,
    avgjor, holdt, holdte, kildestatus, les_kilde, lever,
};
pub use levering::Mottaker;
pub use listetrinn::Lister;
pub use maalere::{Alarmmerke, Del, Kildemerke, Maalere, Slag};
pub use program::{Plan, Program, Vekking};
pub use register::Register;
pub use revisjon::vist;
pub use runder::{Rundefeil, Rundesak, overfor_runder, runde, runder, skriv_runde};
pub use sammenheng::{Mottakervalg, Sammenheng};
pub use strommer::{CONFIG, KILDER, LEASE, klargjor, strommer};
pub use telemetri::{Format, Telemetri, TelemetriFeil, Vakt, eksport, loggfilter};
pub use trinn::Omgivelse;
