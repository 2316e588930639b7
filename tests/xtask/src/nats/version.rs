//! A server's version, as `nats-server --version` prints it.

use std::fmt;

/// Major, minor and patch; a pre-release counts as the release it leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub u32, pub u32, pub u32);

impl Version {
    /// Reads `nats-server: v2.15.1`.
    pub fn parse(text: &str) -> Option<Self> {
        let version = text.trim().strip_prefix("nats-server:")?.trim().trim_start_matches('v');
        let release = version.split(['-', '+']).next()?;
        let mut parts = release.split('.').map(|part| part.parse().ok());
        let version = Self(parts.next()??, parts.next()??, parts.next()??);
        parts.next().is_none().then_some(version)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.0, self.1, self.2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_servers_print_is_read() {
        assert_eq!(Version::parse("nats-server: v2.15.1\n"), Some(Version(2, 15, 1)));
        assert_eq!(Version::parse("nats-server: v2.9.10"), Some(Version(2, 9, 10)));
        assert_eq!(Version::parse("nats-server: v2.16.0-preview.1"), Some(Version(2, 16, 0)));
    }

    #[test]
    fn anything_else_is_not_a_version() {
        for text in ["", "v2.15.1", "nats-server: ", "nats-server: v2.15", "nats-server: v2.15.1.0", "nats: v2.15.1"] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
    }

    #[test]
    fn versions_compare_as_numbers() {
        assert!(Version(2, 9, 10) < Version(2, 14, 0));
        assert!(Version(2, 14, 0) <= Version(2, 14, 0));
        assert!(Version(10, 0, 0) > Version(2, 14, 0));
    }
}
