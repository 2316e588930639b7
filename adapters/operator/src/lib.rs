//! The API for people, their pages and their systems: how sources are doing, mass changes that wait for a decision,
//! packages handed in, pupils keyed in by hand; and back to the school system, where lists stand and what is open on them.
//!
//! It shows and asks; what follows from an act is decided by core. A caller is known by a bearer token and reaches only
//! the tenants and sources that the token is for. Answers that are errors are RFC 9457 problems; they name the field and
//! the way out, and never a person.
//!
//! Where to look: [`Config`] is what a person writes, `tilgang` who may what, `valgt` whom and what a request is about,
//! `kilder`, `pakker` and `elever` the routes, `problem` what is refused. `sider` and `api` are the same things for
//! people and for programs; what both ask stands in `drift`, `brukerstell` and `inntak`. Back to the school system: `lister`,
//! `avvik` and `hendelser` are read, `webhook` calls, `klient` gives tokens to systems.

mod api;
mod avvik;
mod brukerstell;
mod config;
mod drift;
mod elever;
mod hendelser;
mod innlogging;
mod inntak;
mod kilder;
mod klient;
mod kropp;
mod lister;
mod openapi;
mod pakker;
mod problem;
mod rekkevidde;
mod ressurser;
mod rute;
mod sider;
mod skolebok;
mod sporring;
mod sprak;
mod tilgang;
mod tjener;
mod valgt;
mod webhook;

pub use config::{Bruker, Config, Rett, Tastetskole};
pub use elever::{Elevbok, Innlagt};
pub use innlogging::{
    Avvist, Fortsett, Innlogget, Innlogging, Innloggingsoppsett, Innloggingssider, Innloggingsvalg, Invitert, Okt,
    Oktoppsett, Opplasting, Profil, Rolleknapp, Rollevalg, Skjema, Tilbyderknapp, Tilbydervalg, Tilgangsregel,
};
pub use klient::{Klient, Klienter};
pub use openapi::openapi;
pub use pakker::{Innlevert, Pakkeavslag, Pakkeleser};
pub use problem::Feltfeil;
pub use rute::{Brevbestilling, Brevskole, Brevskriver, Brevslag, Brevtil, Operator, Sider, Tjeneste, Vekker};
pub use sider::Siderinnlogging;
pub use skolebok::Skolebok;
pub use sprak::Sprak;
pub use tilgang::Brukere;
pub use webhook::{Webhookoppsett, Webhooks};
