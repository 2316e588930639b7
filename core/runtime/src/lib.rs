//! The loops that join sources, mapping, lists and sinks over the bus, and what a program needs around them.
//!
//! Decisions are made in `core/mapping` and `core/liste`; this crate reads, asks them, and writes. It never speaks the
//! language of a source or a receiver: those are adapters behind `core/flow`.

pub mod adgang;
mod avstemming;
pub mod brukere;
pub mod drift;
mod feil;
mod forklaring;
mod gjennomgang;
mod godkjenning;
mod handling;
mod helse;
mod hovedbok;
mod karantene;
mod kart;
mod kildelop;
mod kvittering;
mod levering;
mod listetrinn;
mod maalere;
mod melding;
mod program;
mod register;
pub mod revisjon;
mod runder;
mod sammenheng;
mod sporing;
mod strommer;
mod telemetri;
mod tidsreise;
mod trinn;
pub mod utsikt;
mod vakt;
mod varsel;
mod vekker;
pub mod visning;

pub use avstemming::{Avstemming, avstem};
pub use feil::Stopp;
pub use forklaring::{Innsyn, forklar, proveskudd};
pub use gjennomgang::{Gjennomgang, Grunnlag, Lagerbilde, Spurt, gjennomga};
pub use handling::{Utforfeil, utfor};
pub use helse::{Klar, server as helseserver};
pub use hovedbok::{Listesak, SakFeil, Tenantnokler, hent, hent_alle, skriv};
pub use kart::Kart;
pub use kildelop::{
    Arsak, Avgjorelse, Avgjorfeil, Avgjort, Avsluttet, Delta, Eksempel, Hold, Kilde, Kildelop, Kildestatus,
    Kildetilstand, Levering, Skoletall, Snapshotresultat, Typetall, Utfall, Utlosning, Utlost, alle_kildestatus,
    avgjor, holdt, holdte, kildestatus, les_kilde, lever,
};
pub use kvittering::{Kvitteringsfeil, elevkvittering, listekvittering};
pub use levering::{Mottaker, med_bevis};
pub use liste::{Regel, Tekst, regel, regler};
pub use listetrinn::Lister;
pub use maalere::{Alarmmerke, Del, Kildemerke, Maalere, Mottakermerke, Slag, Webhookmerke};
pub use program::{Plan, Program, Vekking};
pub use register::Register;
pub use revisjon::vist;
pub use runder::{
    Endringsfeil, Rundeendring, Rundefeil, Runderedigering, Rundesak, endre_runde, overfor_runder, runde, runder,
    rundesak, skriv_runde,
};
pub use sammenheng::{Mottakervalg, Sammenheng};
pub use strommer::{ABONNEMENT, BRUKERE, CONFIG, DRIFT, KILDER, LEASE, LENGSTE_OKT, OKTER, botter, klargjor, strommer};
pub use telemetri::{Format, Telemetri, TelemetriFeil, Vakt, eksport, loggfilter};
pub use tidsreise::{Forseglet, Listeversjon, hent_ved, runde_ved, versjon_med_segl, versjoner};
pub use trinn::Omgivelse;
pub use varsel::{
    Abonnement, Abonnementsstand, Statuser, Varselside, Varsling, kildeider, listens_skole, listestatus, listestatuser,
    siste_varsel, skjermede_hos, uten_skjermede, varsler,
};
