//! What can be wrong before the first request, and what one request can end in.

use flow::{Problem, TokenError};
use std::path::PathBuf;
use std::time::Duration;

/// The name of this system in errors.
const SYSTEM: &str = "maskinporten";

/// Why a client could not be built from its configuration.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The configuration has mistakes; all of them are listed.
    #[error("the maskinporten configuration has {} mistake(s): {}", .0.len(), Problem::list(.0))]
    Config(Vec<Problem>),
    /// A file that the configuration names cannot be read.
    #[error("{field}: cannot read {}: {cause}; check that the path is right and the service's user may read it", path.display())]
    File {
        /// The field that names it.
        field: &'static str,
        /// The path in the configuration.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        cause: std::io::Error,
    },
    /// The private key cannot be used.
    #[error("key_file: {} holds no usable rsa private key; it must be pem, unencrypted, and of 2048 bits or more", path.display())]
    Key {
        /// The path in the configuration.
        path: PathBuf,
    },
    /// The certificate chain cannot be used.
    #[error("x5c_file: {} holds no readable certificate chain; it must be pem, the leaf first, without the private key", path.display())]
    Chain {
        /// The path in the configuration.
        path: PathBuf,
    },
    /// The HTTP client cannot be set up on this machine.
    #[error("the http client cannot be set up; check the machine's tls trust store")]
    Http(#[source] reqwest::Error),
}

/// How a request for a token failed. The same failure is told to everyone who waited for that request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Nobody answered, or the answer was of no use: try again later.
    Unreachable(String),
    /// Asked to wait.
    Throttled(Duration),
    /// A person must act.
    Denied(String),
}

impl From<Failure> for TokenError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Unreachable(hint) => Self::Unreachable { system: SYSTEM, hint },
            Failure::Throttled(wait) => Self::Throttled { system: SYSTEM, wait },
            Failure::Denied(hint) => Self::Denied { system: SYSTEM, hint },
        }
    }
}
