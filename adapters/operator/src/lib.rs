//! The API for people and their pages: how sources are doing, mass changes that wait for a decision, packages handed in,
//! and pupils keyed in by hand.
//!
//! It shows and asks; what follows from an act is decided by core. A caller is known by a bearer token and reaches only
//! the tenants and sources that the token is for. Answers that are errors are RFC 9457 problems; they name the field and
//! the way out, and never a person.
//!
//! Where to look: [`Config`] is what a person writes, `tilgang` who may what, `valgt` whom and what a request is about,
//! `kilder`, `pakker` and `elever` the routes, `problem` what is refused.

mod config;
mod elever;
mod kilder;
mod kropp;
mod pakker;
mod problem;
mod rute;
mod tilgang;
mod valgt;

pub use config::{Bruker, Config, Rett, Tastetskole};
pub use elever::{Elevbok, Innlagt};
pub use pakker::{Innlevert, Pakkeavslag, Pakkeleser};
pub use problem::Feltfeil;
pub use rute::{Operator, Tjeneste, Vekker};
pub use tilgang::Brukere;
