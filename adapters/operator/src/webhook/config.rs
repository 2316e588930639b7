//! A webhook as a person writes it, and its secret.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flow::Problem;
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use sha2::Sha256;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use url::{Host, Url};

/// The kinds of events.
pub(super) const HENDELSER: [&str; 5] =
    ["avvik.apnet", "avvik.lukket", "liste.status", "innsamling.paminnelse", "innsamling.ikke-levert"];

/// What a secret begins with, and the way out when it does not.
const FORAN: &str = "whsec_";
const LAG: &str = "make one with `echo whsec_$(openssl rand -base64 32)`";

/// Where a tenant's events are sent.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Webhookoppsett {
    /// Its name. Do not change it: how far it has come is kept by it.
    pub navn: String,
    /// Whose events. `felles`: of schools that no tenant has.
    pub tenant: String,
    /// Where to: `https`, or `http` on this machine.
    pub url: Url,
    /// File with the secret that signs them: `whsec_` and 24 to 64 bytes in base64.
    pub hemmelighetfil: PathBuf,
    /// Only these kinds; all when it is left out.
    pub hendelser: Option<BTreeSet<String>>,
}

impl Webhookoppsett {
    /// Everything that is wrong with the webhooks. Opens nothing.
    pub(crate) fn sjekk(webhooks: &[Self]) -> Vec<Problem> {
        let mut ut = Vec::new();
        for (i, webhook) in webhooks.iter().enumerate() {
            let mut si = |felt: &str, hva: &str| ut.push(Problem::new(format!("webhook[{i}].{felt}"), hva));
            if webhook.navn.parse::<hendelse::Kildenavn>().is_err() {
                si("navn", "use lower case letters a-z, digits and -, and a letter first");
            }
            if webhooks[..i].iter().any(|w| w.navn == webhook.navn) {
                si("navn", "two webhooks have this name; give one of them another");
            }
            if !trygg(&webhook.url) {
                si("url", "write an https address; plain http is taken for 127.0.0.1 only");
            }
            if !webhook.url.username().is_empty() || webhook.url.password().is_some() {
                si("url", "leave user and password out: what is sent is signed with the secret");
            }
            let ukjent = |kjent: &BTreeSet<String>| kjent.iter().any(|h| !HENDELSER.contains(&h.as_str()));
            if webhook.hendelser.as_ref().is_some_and(|h| h.is_empty() || ukjent(h)) {
                si("hendelser", &format!("name some of {}, or leave it out for all", HENDELSER.join(", ")));
            }
        }
        ut
    }
}

fn trygg(url: &Url) -> bool {
    let har = matches!(url.host(), Some(Host::Ipv4(ip)) if ip.is_loopback());
    url.has_host() && (url.scheme() == "https" || (url.scheme() == "http" && har))
}

/// The secret that signs what is sent. Prints as `***`.
#[derive(Clone)]
pub(super) struct Hemmelighet(Hmac<Sha256>);

impl std::fmt::Debug for Hemmelighet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Hemmelighet(***)")
    }
}

impl Hemmelighet {
    /// Reads a secret.
    pub(super) fn les(fil: &Path) -> Result<Self, String> {
        let tekst =
            std::fs::read_to_string(fil).map_err(|feil| format!("it cannot be read ({}); {LAG}", feil.kind()))?;
        let bytes = tekst.trim().strip_prefix(FORAN).and_then(|kodet| STANDARD.decode(kodet).ok());
        let bytes = bytes.filter(|bytes| (24..=64).contains(&bytes.len()));
        let bytes = bytes.ok_or_else(|| format!("it must hold {FORAN} and 24 to 64 bytes in base64; {LAG}"))?;
        Ok(Self(Hmac::new_from_slice(&bytes).expect("HMAC takes a key of any length")))
    }

    /// The header `webhook-signature` by Standard Webhooks: over the id, the time and the body, as they are sent.
    pub(super) fn signer(&self, id: &str, tid: i64, kropp: &[u8]) -> String {
        let mut mac = self.0.clone();
        mac.update(format!("{id}.{tid}.").as_bytes());
        mac.update(kropp);
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hemmelighet(tekst: &str) -> Result<Hemmelighet, String> {
        let fil = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(fil.path(), tekst).unwrap();
        Hemmelighet::les(fil.path())
    }

    /// The example of the specification, by its reference implementations.
    #[test]
    fn a_signature_is_that_of_standard_webhooks() {
        let hemmelighet = hemmelighet("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n").unwrap();
        let signatur = hemmelighet.signer("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, br#"{"test": 2432232314}"#);
        assert_eq!(signatur, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assert_eq!(format!("{hemmelighet:?}"), "Hemmelighet(***)");
    }

    #[test]
    fn a_weak_secret_is_refused_without_being_told() {
        for tekst in ["", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_aGVtbWVsaWc=", "whsec_???"] {
            let feil = hemmelighet(tekst).unwrap_err();
            assert!(feil.contains("openssl") && !feil.contains("aGVt"), "{feil}");
        }
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let webhook = |navn: &str, url: &str, hendelser: Option<&str>| Webhookoppsett {
            navn: navn.into(),
            tenant: "voss".into(),
            url: url.parse().unwrap(),
            hemmelighetfil: "x".into(),
            hendelser: hendelser.map(|h| [h.to_owned()].into()),
        };
        let webhooks = [
            webhook("a", "https://vigilo.example/hook", Some("avvik.apnet")),
            webhook("a", "http://vigilo.example/hook", None),
            webhook("B", "http://127.0.0.1:9/hook", Some("avvik")),
            webhook("c", "https://kari:ord@vigilo.example/", None),
            webhook("d", "http://localhost/", None),
        ];
        let felt: Vec<_> = Webhookoppsett::sjekk(&webhooks).into_iter().map(|p| p.field).collect();
        let ventet = ["webhook[1].navn", "webhook[1].url", "webhook[2].navn", "webhook[2].hendelser"];
        assert_eq!(felt[..4], ventet);
        assert_eq!(felt[4..], ["webhook[3].url", "webhook[4].url"]);
    }
}
