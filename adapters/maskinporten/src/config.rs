//! What a person writes to get tokens, and what can be wrong with it.

use crate::error::BuildError;
use crate::source::Maskinporten;
use flow::{Clock, Problem};
use serde::Deserialize;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// One client of one Maskinporten environment.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The environment's issuer, with the slash at the end: it becomes the grant's `aud` letter by letter.
    pub issuer: Url,
    /// Where the grant is exchanged.
    pub token_url: Url,
    /// The client's id, as Digdir's self-service shows it.
    pub client_id: String,
    /// PEM file with the RSA private key (PKCS#8 or PKCS#1), and nothing else.
    pub key_file: PathBuf,
    /// The key's id, for a key registered on the client.
    pub kid: Option<String>,
    /// PEM file with the certificate chain, leaf first, for a business certificate. Instead of `kid`.
    pub x5c_file: Option<PathBuf>,
    /// What the token may be used for. Digdir advises one scope per token.
    pub scopes: Vec<String>,
    /// The organisation on whose behalf we ask, nine digits, where the right is delegated to us in Altinn.
    pub consumer_org: Option<String>,
    /// The addresses the token is limited to, for the services that ask for it.
    #[serde(default)]
    pub resource: Vec<String>,
    /// Seconds that one request may take.
    #[serde(default = "tidsgrense")]
    pub tidsgrense_sekunder: NonZeroU32,
}

/// What one kind of token is for. Tokens are kept apart by all of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TokenRequest {
    /// The scopes, as the service that is called names them.
    pub scopes: Vec<String>,
    /// The organisation on whose behalf we ask.
    pub consumer_org: Option<String>,
    /// The addresses the token is limited to.
    pub resource: Vec<String>,
}

const fn tidsgrense() -> NonZeroU32 {
    NonZeroU32::new(20).expect("20 is not zero")
}

impl Config {
    /// Reads the text of a configuration file.
    pub fn parse(toml: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(toml)
    }

    /// Everything that is wrong with the configuration. Opens nothing.
    pub fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        check_url("issuer", &self.issuer, &mut problems);
        check_url("token_url", &self.token_url, &mut problems);
        if !self.issuer.path().ends_with('/') {
            let message = "the issuer ends in a slash, for example \"https://maskinporten.no/\": add it";
            problems.push(Problem::new("issuer", message));
        }
        if self.token_url == self.issuer {
            let message = "write the token endpoint, for example \"https://maskinporten.no/token\", not the issuer";
            problems.push(Problem::new("token_url", message));
        }
        if self.client_id.is_empty() || self.client_id.contains(char::is_whitespace) {
            problems
                .push(Problem::new("client_id", "write the client's id from Digdir's self-service, without spaces"));
        }
        if self.key_file.as_os_str().is_empty() {
            problems.push(Problem::new("key_file", "write the path of the file that holds the private key"));
        }
        match (&self.kid, &self.x5c_file) {
            (Some(_), Some(_)) => {
                let message = "a client has either a registered key or a certificate: remove `kid` or `x5c_file`";
                problems.push(Problem::new("kid", message));
            }
            (None, None) => {
                let message = "write the key's id from Digdir's self-service, or `x5c_file` for a business certificate";
                problems.push(Problem::new("kid", message));
            }
            (Some(kid), None) if kid.trim().is_empty() => {
                problems.push(Problem::new("kid", "write the key's id from Digdir's self-service"));
            }
            (None, Some(path)) if path.as_os_str().is_empty() => {
                problems.push(Problem::new("x5c_file", "write the path of the file that holds the certificate chain"));
            }
            _ => {}
        }
        self.request().check(&mut problems);
        problems
    }

    /// The token that this configuration asks for.
    pub fn request(&self) -> TokenRequest {
        TokenRequest {
            scopes: self.scopes.clone(),
            consumer_org: self.consumer_org.clone(),
            resource: self.resource.clone(),
        }
    }

    /// Builds the client. Reads the key's file; sends nothing.
    pub fn build(self, clock: Arc<dyn Clock>) -> Result<Arc<Maskinporten>, BuildError> {
        Maskinporten::new(self, clock).map(Arc::new)
    }

    pub(crate) fn timeout(&self) -> Duration {
        Duration::from_secs(self.tidsgrense_sekunder.get().into())
    }
}

impl TokenRequest {
    /// A token for one scope, on our own behalf.
    pub fn scope(scope: &str) -> Self {
        Self { scopes: vec![scope.to_owned()], consumer_org: None, resource: Vec::new() }
    }

    /// The same request, however its lists are ordered.
    pub(crate) fn normalised(mut self) -> Self {
        self.scopes.sort();
        self.scopes.dedup();
        self.resource.sort();
        self.resource.dedup();
        self
    }

    fn check(&self, problems: &mut Vec<Problem>) {
        if self.scopes.is_empty() {
            problems.push(Problem::new("scopes", "name at least one scope, for example [\"novari:fakevigoskole\"]"));
        }
        for (i, scope) in self.scopes.iter().enumerate() {
            if scope.is_empty() || scope.contains(char::is_whitespace) {
                problems.push(Problem::new(
                    format!("scopes[{i}]"),
                    "write one scope, without spaces; each is an entry of its own",
                ));
            }
        }
        if self.consumer_org.as_deref().is_some_and(|org| org.len() != 9 || !org.bytes().all(|b| b.is_ascii_digit())) {
            problems.push(Problem::new("consumer_org", "write nine digits in quotes, without spaces or \"0192:\""));
        }
        for (i, resource) in self.resource.iter().enumerate() {
            if Url::parse(resource).is_err() {
                problems
                    .push(Problem::new(format!("resource[{i}]"), "write the full address that the service asks for"));
            }
        }
    }
}

fn check_url(field: &str, url: &Url, problems: &mut Vec<Problem>) {
    Problem::check_url(field, url, ": the signed grant is the credential", "", problems);
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("../fixtures/maskinporten.toml");

    #[test]
    fn the_example_is_correct() {
        let config = Config::parse(EXAMPLE).unwrap();
        assert_eq!(config.check(), []);
        assert_eq!(config.issuer.as_str(), "https://test.maskinporten.no/");
        assert_eq!(config.timeout(), Duration::from_secs(20));
    }

    #[test]
    fn all_mistakes_are_reported_at_once() {
        let config = Config::parse(
            r#"
            issuer = "http://maskinporten.example/v1"
            token_url = "https://user:pass@maskinporten.example/token?x=1"
            client_id = " "
            key_file = ""
            kid = "a"
            x5c_file = "b.pem"
            scopes = ["one two", ""]
            consumer_org = "0192:974603268"
            resource = ["not an address"]
            "#,
        )
        .unwrap();
        let fields: Vec<_> = config.check().into_iter().map(|p| p.field).collect();
        let expected = [
            "issuer",
            "token_url",
            "token_url",
            "issuer",
            "client_id",
            "key_file",
            "kid",
            "scopes[0]",
            "scopes[1]",
            "consumer_org",
            "resource[0]",
        ];
        assert_eq!(fields, expected);
    }

    #[test]
    fn a_key_or_a_certificate_not_neither() {
        let config = Config::parse(&EXAMPLE.replace("kid =", "#")).unwrap();
        assert_eq!(config.check().first().map(|p| p.field.as_str()), Some("kid"));
    }

    #[test]
    fn a_misspelled_field_is_named_with_its_line() {
        let error = Config::parse(&EXAMPLE.replace("client_id", "clientid")).unwrap_err().to_string();
        assert!(error.contains("clientid") && error.contains("line"), "{error}");
    }

    #[test]
    fn order_and_repetition_do_not_make_another_request() {
        let ab = TokenRequest { scopes: vec!["a".into(), "b".into()], consumer_org: None, resource: vec![] };
        let bab =
            TokenRequest { scopes: vec!["b".into(), "a".into(), "b".into()], consumer_org: None, resource: vec![] };
        assert_eq!(ab.normalised(), bab.normalised());
    }
}
