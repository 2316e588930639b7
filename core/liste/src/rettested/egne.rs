//! A municipality's own words for where things stand in its school system.

use super::Rettefelt;
use std::collections::BTreeMap;

/// Longest path that is taken, in characters.
const MAKS_TEGN: usize = 120;

/// Paths of a municipality's own, by field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Egnestier(BTreeMap<Rettefelt, String>);

/// A path of its own that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Stifeil {
    /// No such field.
    #[error("there is no field «{0}»; use one of nummer, navn, medlemskap, klasse, trinn, elevforhold, dobbelt, skole")]
    UkjentFelt(String),
    /// Nothing to show.
    #[error("the path of «{0}» is empty; leave the field out to use ours")]
    Tom(String),
    /// More than a line.
    #[error("the path of «{0}» is longer than 120 characters; name the menu items only")]
    Lang(String),
    /// A line break, or something else that no screen shows.
    #[error("the path of «{0}» holds a character that cannot be seen; write it on one line")]
    Usynlig(String),
}

impl Egnestier {
    /// The table `felt -> sti` as it stands in the configuration, or all that is wrong with it.
    pub fn ny(tabell: &BTreeMap<String, String>) -> Result<Self, Vec<Stifeil>> {
        let (mut egne, mut feil) = (Self::default(), Vec::new());
        for (kode, sti) in tabell {
            let sti = sti.trim();
            match Rettefelt::av_kode(kode).filter(|felt| *felt != Rettefelt::Ingen) {
                None => feil.push(Stifeil::UkjentFelt(kode.clone())),
                Some(_) if sti.is_empty() => feil.push(Stifeil::Tom(kode.clone())),
                Some(_) if sti.chars().count() > MAKS_TEGN => feil.push(Stifeil::Lang(kode.clone())),
                Some(_) if sti.chars().any(crate::linje::er_usynlig) => feil.push(Stifeil::Usynlig(kode.clone())),
                Some(felt) => _ = egne.0.insert(felt, sti.to_owned()),
            }
        }
        if feil.is_empty() { Ok(egne) } else { Err(feil) }
    }

    pub(super) fn sti(&self, felt: Rettefelt) -> Option<&str> {
        self.0.get(&felt).map(String::as_str)
    }
}
