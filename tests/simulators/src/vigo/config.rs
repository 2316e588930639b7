//! How a VIGO is set up.

use std::collections::BTreeSet;

use super::{Identitetsregler, Skoleoppforing, Vindu, Vinduer, skolear_navn};
use crate::{Klokke, generator::Kommune, klokke::skolear_ved, maskinporten::Maskinporten};

/// Everything a VIGO needs to start.
#[derive(Clone, Debug)]
pub struct VigoConfig {
    /// Port on 127.0.0.1; 0 picks a free one.
    pub port: u16,
    /// The issuer that tokens must come from, letter by letter.
    pub utsteder: String,
    /// Where the issuer's keys are.
    pub jwks_url: String,
    /// The scope that a token must have.
    pub scope: String,
    /// The scope that a token must have for `elevliste_v1`.
    pub scope_elevliste: String,
    /// When set, a token with another audience is refused; the published stand-in does not look at it.
    pub publikum: Option<String>,
    /// Which identity numbers are taken.
    pub regler: Identitetsregler,
    /// Schools beside those built in.
    pub skoler: Vec<Skoleoppforing>,
    /// School years that exist from the start (`2026-2027`); empty means the one the clock shows.
    pub skolear: BTreeSet<String>,
    /// The window of counties without their own; open by default.
    pub vindu: Vindu,
    /// The clock.
    pub klokke: Klokke,
}

impl VigoConfig {
    /// Trusts the issuer `utsteder` whose keys are at `jwks_url`; synthetic numbers are taken.
    pub fn ny(utsteder: impl Into<String>, jwks_url: impl Into<String>) -> Self {
        Self {
            port: 0,
            utsteder: utsteder.into(),
            jwks_url: jwks_url.into(),
            scope: "novari:fakevigoskole".into(),
            scope_elevliste: "novari:elevliste".into(),
            publikum: None,
            regler: Identitetsregler::MedSyntetiske,
            skoler: Vec::new(),
            skolear: BTreeSet::new(),
            vindu: Vindu::apent(),
            klokke: Klokke::ekte(),
        }
    }

    /// Trusts a Maskinporten that runs in the same process, and shares its clock.
    pub fn for_maskinporten(maskinporten: &Maskinporten) -> Self {
        let config = Self::ny(maskinporten.utsteder(), maskinporten.jwks_url());
        Self { klokke: maskinporten.klokke().clone(), ..config }
    }

    /// Adds the schools of a generated municipality that have tenth grade.
    #[must_use]
    pub fn med_kommune(mut self, kommune: &Kommune) -> Self {
        self.skoler.extend(Skoleoppforing::fra_kommune(kommune));
        self
    }

    pub(super) fn start_vinduer(&self) -> Vinduer {
        let mut skolear = self.skolear.clone();
        if skolear.is_empty() {
            skolear.insert(skolear_navn(skolear_ved(self.klokke.na())));
        }
        Vinduer::ny(skolear, self.vindu)
    }
}
