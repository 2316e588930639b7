//! Whole flows: a real nats-server, all roles, and simulators of the other systems.

mod endringer;
mod flyt;
mod folkeregister;
mod kildefeil;
mod kildehold;
mod krasj;
mod mottakerfeil;
mod register;
mod scene;
