//! Whole flows: a real nats-server, all roles, and simulators of the other systems.

mod endringer;
mod flyt;
mod kildefeil;
mod krasj;
mod mottakerfeil;
mod scene;
