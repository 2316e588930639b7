//! A client as a person writes it.

use flow::Problem;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// A system that may use the API.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Klient {
    /// Its `client_id`.
    pub id: String,
    /// File that holds its `client_secret`, and nothing else: 32 characters or more.
    pub hemmelighetfil: PathBuf,
    /// The tenants whose lists it may see. `felles`: schools that no tenant has.
    pub tenanter: Vec<String>,
    /// Only the pupils' ids of these sources; of all of the tenants' when it is left out.
    pub kilder: Option<Vec<String>>,
}

impl Klient {
    /// Everything that is wrong with the clients. Opens nothing.
    pub(crate) fn sjekk(klienter: &[Self], tokennokkelfil: Option<&Path>) -> Vec<Problem> {
        let mut ut = Vec::new();
        if !klienter.is_empty() && tokennokkelfil.is_none() {
            let hva = "name the file with the secret that tokens are signed with; make one with `openssl rand -hex 32`";
            ut.push(Problem::new("tokennokkelfil", hva));
        }
        for (i, klient) in klienter.iter().enumerate() {
            let felt = |navn: &str| format!("klient[{i}].{navn}");
            let tegn = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b'.');
            if klient.id.is_empty() || klient.id.len() > 80 || !klient.id.bytes().all(tegn) {
                ut.push(Problem::new(felt("id"), "use 1 to 80 letters a-z, digits, and . - _"));
            }
            if klienter[..i].iter().any(|k| k.id == klient.id) {
                ut.push(Problem::new(felt("id"), "two clients have this id; give one of them another"));
            }
            if klient.tenanter.is_empty() {
                ut.push(Problem::new(felt("tenanter"), "name at least one tenant, or remove the client"));
            }
            if klient.kilder.as_ref().is_some_and(Vec::is_empty) {
                ut.push(Problem::new(felt("kilder"), "name the sources, or leave it out for all of the tenants'"));
            }
        }
        ut
    }
}
