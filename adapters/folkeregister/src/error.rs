//! What can be wrong before the first request. What can go wrong after is `flow::RegisterError`.

use flow::{Problem, SourceError, TokenError};
use std::path::PathBuf;

/// Why the register could not be built from its configuration.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The configuration has mistakes; all of them are listed.
    #[error("the folkeregister configuration has {} mistake(s): {}", .0.len(), Problem::list(.0))]
    Config(Vec<Problem>),
    /// The file with the integration's password cannot be read.
    #[error("integrasjon_passord_file: cannot read {}: {cause}; check that the path is right and the service's user may read it", path.display())]
    Secret {
        /// The path in the configuration.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        cause: std::io::Error,
    },
    /// The file with the integration's password holds nothing.
    #[error("integrasjon_passord_file: {} is empty; put the integration's password in it, on one line", path.display())]
    EmptySecret {
        /// The path in the configuration.
        path: PathBuf,
    },
    /// The password cannot stand in a header.
    #[error("integrasjon_passord_file: {} holds more than one line of ascii text; put only the password in it", path.display())]
    UnusableSecret {
        /// The path in the configuration.
        path: PathBuf,
    },
    /// The HTTP client cannot be set up on this machine.
    #[error("the http client cannot be set up; check the machine's tls trust store")]
    Http(#[source] reqwest::Error),
}

/// Makes the errors of one register, so that every one of them names it the same way.
#[derive(Debug, Clone)]
pub(crate) struct System(pub(crate) String);

impl System {
    pub(crate) fn unreachable(&self, hint: impl Into<String>) -> SourceError {
        SourceError::Unreachable { system: self.0.clone(), hint: hint.into() }
    }

    pub(crate) fn denied(&self, hint: impl Into<String>) -> SourceError {
        SourceError::Denied { system: self.0.clone(), hint: hint.into() }
    }

    pub(crate) fn malformed(&self, field: impl Into<String>, hint: impl Into<String>) -> SourceError {
        SourceError::Malformed { system: self.0.clone(), field: field.into(), hint: hint.into() }
    }

    /// The issuer of tokens is a system of its own, and is named as such.
    pub(crate) fn token(error: TokenError) -> SourceError {
        match error {
            TokenError::Unreachable { system, hint } => SourceError::Unreachable { system: system.into(), hint },
            TokenError::Throttled { system, wait } => SourceError::Throttled { system: system.into(), wait },
            TokenError::Denied { system, hint } => SourceError::Denied { system: system.into(), hint },
        }
    }
}
