//! Whole flows: a real nats-server, all roles, and simulators of the other systems.

mod avstemming;
mod endringer;
mod flyt;
mod folkeregister;
mod forklaring;
mod kildefeil;
mod kildehold;
mod krasj;
mod mottakerfeil;
mod proveskudd;
mod register;
mod scene;
mod varsel;
