//! What every adapter's configuration check says, in one shape.

use std::fmt;
use url::{Host, Url};

/// One thing to correct in a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The field at fault, as it stands in the file.
    pub field: String,
    /// What is wrong and what to write instead.
    pub message: String,
}

impl Problem {
    /// What is wrong with a field, and what to write instead.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }

    /// All of them in one line.
    pub fn list(problems: &[Self]) -> String {
        problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    }

    /// What is wrong with the address of a service: plain http beyond this machine, credentials in it (`credentials` says
    /// where they belong), or a query (`query` says why not).
    pub fn check_url(field: &str, url: &Url, credentials: &str, query: &str, problems: &mut Vec<Self>) {
        let loopback = match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(ip)) => ip.is_loopback(),
            Some(Host::Ipv6(ip)) => ip.is_loopback(),
            None => false,
        };
        if url.scheme() != "https" && !(url.scheme() == "http" && loopback) {
            problems.push(Self::new(field, "use https; plain http is for this machine only"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            problems.push(Self::new(field, format!("remove the user name and password{credentials}")));
        }
        if url.query().is_some() || url.fragment().is_some() {
            problems.push(Self::new(field, format!("remove everything from ? or # on{query}")));
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.message)
    }
}
