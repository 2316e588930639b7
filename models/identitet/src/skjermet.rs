//! A value about a person that must never reach a log, a metric, an error text or a panic message.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Holds a personal value and prints as `***`.
///
/// It serialises as the value itself: payloads carry it, everything that formats does not. Read it with
/// [`Skjermet::vis`], and only where the value is about to enter a payload or a comparison.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Skjermet<T>(T);

impl<T> Skjermet<T> {
    /// Wraps a personal value.
    pub const fn new(verdi: T) -> Self {
        Self(verdi)
    }

    /// The value itself. Every call is a place where personal data may leave: keep them few.
    pub const fn vis(&self) -> &T {
        &self.0
    }

    /// Takes the value out.
    pub fn inn(self) -> T {
        self.0
    }
}

impl<T> From<T> for Skjermet<T> {
    fn from(verdi: T) -> Self {
        Self(verdi)
    }
}

impl From<&str> for Skjermet<String> {
    fn from(verdi: &str) -> Self {
        Self(verdi.to_owned())
    }
}

impl<T> fmt::Debug for Skjermet<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl<T> fmt::Display for Skjermet<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

#[cfg(test)]
mod tests {
    use super::Skjermet;

    #[test]
    fn prints_stars_and_serialises_the_value() {
        let navn: Skjermet<String> = Skjermet::from("Kari");
        assert_eq!(format!("{navn} {navn:?} {:?}", Some(&navn)), "*** *** Some(***)");
        assert_eq!(serde_json::to_string(&navn).unwrap(), "\"Kari\"");
    }
}
