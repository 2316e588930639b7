//! Source adapter for OneRoster CSV packages, and for pupils that a school without a system keys in.
//!
//! A package is opened from the bytes of an upload and read as observations; nothing of it is written to disk. Opening
//! goes through the whole package once: it is then known to be whole, its [`Rapport`] is complete before anything is
//! published, and only small indexes stay in memory beside the packed bytes. Reading inflates a page of rows at a time.
//!
//! The reader forgives what spreadsheets and exports do to files, and says so: each tolerance is a finding and a line in
//! the report. What cannot be understood without guessing is refused, with file, row and column.
//!
//! # Whole and partial
//!
//! The manifest says of each file whether it is `bulk` (everything there is) or `delta` (what has changed). A package may
//! mix them. [`Csvkilde`] reads the bulk files as a snapshot (`read`) and the delta files as changes (`changes`), and calls
//! a type complete only where its file is bulk, could be read, and holds at least one object that is kept. A package
//! that lacks a file, or has an empty one, therefore says nothing about what is gone.
//!
//! Where to look: [`Config`] is what a person writes, `pakke` the zip and its manifest, `tabell` rows out of bytes, `rader`
//! objects out of rows, `source` the paging, [`rapport`] what is told to people, [`tastet`] the keyed-in pupils.

mod config;
mod error;
mod fil;
mod fuzz;
mod indeks;
mod pakke;
mod rader;
pub mod rapport;
mod source;
mod tabell;
pub mod tastet;

pub use config::{Config, Grenser, Klassefilter, Nummersted};
pub use error::{BuildError, Forklaring, Pakkefeil};
pub use flow::Problem;
#[doc(hidden)]
pub use fuzz::{fuzz, fuzz_users};
pub use pakke::{Modus, Pakke, Versjon};
pub use rapport::Rapport;
pub use source::Csvkilde;
