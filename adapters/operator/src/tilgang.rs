//! Who may do what: a bearer token names a user, the user's tenants and sources, and what may be done.

use crate::config::{Bruker, Rett};
use crate::problem::Avslag;
use axum::http::{HeaderMap, header::AUTHORIZATION};
use hendelse::{Kildenavn, Tenant};
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

/// Fewest characters of a token.
const MINST: usize = 32;

/// Why the users cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Tilgangsfeil {
    /// A token file cannot be read.
    #[error("{fil} cannot be read ({arsak}); make it with `openssl rand -hex 32`")]
    Fil {
        /// The file.
        fil: String,
        /// What the operating system says.
        arsak: std::io::ErrorKind,
    },
    /// A token is too short to be a secret.
    #[error("{fil} holds fewer than {MINST} characters; make it with `openssl rand -hex 32`")]
    ForKort {
        /// The file.
        fil: String,
    },
    /// Two users have one token, so that nobody could tell who acted.
    #[error("{fil} holds another user's token; make one of its own with `openssl rand -hex 32`")]
    Delt {
        /// The file.
        fil: String,
    },
}

/// A user who has shown a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Innlogget {
    pub(crate) navn: String,
    tenanter: BTreeSet<String>,
    kilder: Option<BTreeSet<String>>,
    rett: Rett,
}

impl Innlogget {
    /// Whether a source may be seen at all. What may not be seen is not said to exist.
    pub(crate) fn ser(&self, tenant: &Tenant, kilde: &Kildenavn) -> bool {
        self.tenanter.contains(tenant.as_str()) && self.kilder.as_ref().is_none_or(|k| k.contains(kilde.as_str()))
    }

    /// Whether the user may do what takes `rett`.
    pub(crate) fn krev(&self, rett: Rett) -> Result<(), Avslag> {
        if self.rett >= rett { Ok(()) } else { Err(Avslag::ikke_rett(rett)) }
    }
}

/// Everybody who may use the API, by the hash of their tokens.
#[derive(Clone, Default)]
pub struct Brukere(Arc<HashMap<[u8; 32], Innlogget>>);

impl std::fmt::Debug for Brukere {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Brukere").field(&self.0.len()).finish()
    }
}

impl Brukere {
    /// Reads the token files, whose paths are meant from `mappe`.
    pub fn les(brukere: &[Bruker], mappe: &Path) -> Result<Self, Tilgangsfeil> {
        let mut kart = HashMap::new();
        for bruker in brukere {
            let fil = bruker.tokenfil.display().to_string();
            let token = std::fs::read_to_string(mappe.join(&bruker.tokenfil))
                .map_err(|feil| Tilgangsfeil::Fil { fil: fil.clone(), arsak: feil.kind() })?;
            let token = token.trim();
            if token.len() < MINST {
                return Err(Tilgangsfeil::ForKort { fil });
            }
            let innlogget = Innlogget {
                navn: bruker.navn.clone(),
                tenanter: bruker.tenanter.iter().cloned().collect(),
                kilder: bruker.kilder.as_ref().map(|k| k.iter().cloned().collect()),
                rett: bruker.rett,
            };
            if kart.insert(sum(token), innlogget).is_some() {
                return Err(Tilgangsfeil::Delt { fil });
            }
        }
        Ok(Self(Arc::new(kart)))
    }

    /// The user of a request. Tokens are looked up by their hash, so the time it takes says nothing of them.
    pub(crate) fn finn(&self, hoder: &HeaderMap) -> Result<Innlogget, Avslag> {
        let verdi = hoder.get(AUTHORIZATION).and_then(|v| v.to_str().ok());
        let token = verdi.and_then(|v| v.split_once(' ')).filter(|(slag, _)| slag.eq_ignore_ascii_case("bearer"));
        token.and_then(|(_, token)| self.0.get(&sum(token.trim()))).cloned().ok_or_else(Avslag::ikke_innlogget)
    }
}

fn sum(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bruker(navn: &str, kilder: Option<&[&str]>) -> Bruker {
        Bruker {
            navn: navn.into(),
            tokenfil: format!("{navn}.token").into(),
            tenanter: vec!["voss".into()],
            kilder: kilder.map(|k| k.iter().map(|k| (*k).to_owned()).collect()),
            rett: Rett::Levere,
        }
    }

    #[test]
    fn a_token_opens_its_own_sources_and_no_others() {
        let mappe = tempfile::tempdir().unwrap();
        std::fs::write(mappe.path().join("kari.token"), "k".repeat(40) + "\n").unwrap();
        let brukere = Brukere::les(&[bruker("kari", Some(&["tastet"]))], mappe.path()).unwrap();
        let hode = |verdi: &str| HeaderMap::from_iter([(AUTHORIZATION, verdi.parse().unwrap())]);
        let kari = brukere.finn(&hode(&format!("Bearer {}", "k".repeat(40)))).unwrap();
        let (voss, bergen) = ("voss".parse().unwrap(), "bergen".parse().unwrap());
        let (tastet, vigilo) = ("tastet".parse().unwrap(), "vigilo".parse().unwrap());
        assert!(kari.ser(&voss, &tastet) && !kari.ser(&voss, &vigilo) && !kari.ser(&bergen, &tastet));
        assert!(kari.krev(Rett::Lese).is_ok() && kari.krev(Rett::Levere).is_ok() && kari.krev(Rett::Avgjore).is_err());
        for galt in ["Bearer ", "Bearer k", "Basic abc", ""] {
            assert!(brukere.finn(&hode(galt)).is_err(), "{galt}");
        }
        assert!(brukere.finn(&HeaderMap::new()).is_err());
    }

    #[test]
    fn a_weak_or_shared_token_is_refused() {
        let mappe = tempfile::tempdir().unwrap();
        assert!(matches!(Brukere::les(&[bruker("kari", None)], mappe.path()), Err(Tilgangsfeil::Fil { .. })));
        std::fs::write(mappe.path().join("kari.token"), "kort").unwrap();
        assert!(matches!(Brukere::les(&[bruker("kari", None)], mappe.path()), Err(Tilgangsfeil::ForKort { .. })));
        for navn in ["kari", "ola"] {
            std::fs::write(mappe.path().join(format!("{navn}.token")), "k".repeat(40)).unwrap();
        }
        let begge = [bruker("kari", None), bruker("ola", None)];
        assert!(matches!(Brukere::les(&begge, mappe.path()), Err(Tilgangsfeil::Delt { .. })));
    }
}
