//! Which lists are within a caller's reach, for the routes that read what was told of them.
//!
//! Whoever has a role sees what the role sees on the pages; a system and a user without one, the lists of their tenants in
//! numbers.

use crate::tilgang::Innlogget;
use elevliste::{Listenokkel, Listestatus, Skolereferanse};
use runtime::adgang::Omfang;
use runtime::{Omgivelse, Stopp};
use std::collections::HashMap;

/// A caller's reach. It asks about each list's school once.
pub(crate) struct Rekkevidde<'a> {
    om: &'a Omgivelse,
    hvem: &'a Innlogget,
    skoler: HashMap<Listenokkel, Skolereferanse>,
}

impl<'a> Rekkevidde<'a> {
    pub(crate) fn ny(om: &'a Omgivelse, hvem: &'a Innlogget) -> Self {
        Self { om, hvem, skoler: HashMap::new() }
    }

    /// Whether a list is within reach.
    pub(crate) async fn ser(&mut self, nokkel: &Listenokkel, tenant: &str) -> Result<bool, Stopp> {
        if !self.hvem.kan_se(nokkel, tenant) {
            return Ok(false);
        }
        let Some(adgang) = self.hvem.rolle() else { return Ok(true) };
        if !matches!(adgang.omfang, Omfang::Skoler(_)) {
            return Ok(true);
        }
        if !self.skoler.contains_key(nokkel) {
            let skole = runtime::listens_skole(self.om, nokkel).await?;
            self.skoler.insert(nokkel.clone(), skole.unwrap_or_else(|| uten_navn(nokkel)));
        }
        Ok(adgang.ser(nokkel, &self.skoler[nokkel], tenant))
    }

    /// Those of the lists that are.
    pub(crate) async fn av(&mut self, alle: Vec<Listestatus>) -> Result<Vec<Listestatus>, Stopp> {
        let mut ut = Vec::with_capacity(alle.len());
        for status in alle {
            if self.ser(&status.nokkel, &status.tenant).await? {
                ut.push(status);
            }
        }
        Ok(ut)
    }
}

/// A school of which nothing but VIGO's number is known.
fn uten_navn(nokkel: &Listenokkel) -> Skolereferanse {
    let skolenr = nokkel.skolenr.clone();
    Skolereferanse { organisasjonsnummer: None, skolenr, navn: String::new(), kommunenr: None }
}
