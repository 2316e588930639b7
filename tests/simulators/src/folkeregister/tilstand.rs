//! What the register knows and has told.

use jiff::{Timestamp, tz};

use super::{FolkeregisterConfig, feed::Feed, register::Register};

/// People and feed.
#[derive(Debug)]
pub(super) struct Tilstand {
    pub(super) register: Register,
    pub(super) feed: Feed,
}

impl Tilstand {
    pub(super) fn ny(config: &FolkeregisterConfig) -> Self {
        let na = tidspunkt(config.klokke.na());
        let mut register = Register::ny(config.seed);
        for kommune in &config.kommuner {
            register.fyll(kommune, &na);
        }
        Self { register, feed: Feed::ny(config.forste_sekvens) }
    }
}

/// As the register writes it: nanoseconds and an offset.
pub(super) fn tidspunkt(na: Timestamp) -> String {
    tz::offset(1).to_datetime(na).strftime("%Y-%m-%dT%H:%M:%S.%9f+01:00").to_string()
}
