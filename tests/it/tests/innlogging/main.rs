//! Sign-in, from the first redirect to the last logout. A process of its own: the canary listens to every log.
#![expect(clippy::unwrap_used, reason = "tests")]

use adapter_operator as innlogging;

mod dansen;
mod kanari;
mod okter;
mod scene;
