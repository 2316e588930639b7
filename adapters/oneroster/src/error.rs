//! What can be wrong before the first request. What can go wrong while reading is `flow::SourceError`.

use flow::{Problem, SourceError};
use std::path::PathBuf;

/// Why a source could not be built from its configuration.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The configuration has mistakes; all of them are listed.
    #[error("the oneroster configuration has {} mistake(s): {}", .0.len(), Problem::list(.0))]
    Config(Vec<Problem>),
    /// The file with the client's secret cannot be read.
    #[error("client_secret_file: cannot read {}: {cause}; check that the path is right and the service's user may read it", path.display())]
    Secret {
        /// The path in the configuration.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        cause: std::io::Error,
    },
    /// The file with the client's secret holds nothing.
    #[error("client_secret_file: {} is empty; put the client's secret in it, on one line", path.display())]
    EmptySecret {
        /// The path in the configuration.
        path: PathBuf,
    },
    /// The HTTP client cannot be set up on this machine.
    #[error("the http client cannot be set up; check the machine's tls trust store")]
    Http(#[source] reqwest::Error),
}

/// Makes the errors of one source, so that every one of them names the source the same way.
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

    pub(crate) fn torn(&self, samling: &'static str, hint: impl Into<String>) -> SourceError {
        SourceError::Torn { system: self.0.clone(), samling, hint: hint.into() }
    }
}
