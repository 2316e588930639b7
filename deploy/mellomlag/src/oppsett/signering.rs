//! Who signs receipts, and with what.

use super::leser::Leser;
use identitet::Organisasjonsnummer;
use liste::kvittering::{Signerer, Utsteder};
use serde::Deserialize;
use std::path::PathBuf;
use std::sync::Arc;
use zeroize::Zeroizing;

/// `[signering]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signering {
    /// File with the private key: Ed25519, PEM.
    pub nokkelfil: PathBuf,
    /// Who signs: the organisation's name, as it stands in receipts.
    pub navn: String,
    /// Its organisation number.
    pub organisasjonsnummer: Organisasjonsnummer,
    /// The supplier's organisation number, where one delivers on its behalf.
    pub leverandor: Option<Organisasjonsnummer>,
}

impl Leser {
    /// The signer, where there is to be one.
    pub(super) fn signerer(&mut self, oppsett: Option<&Signering>) -> Option<Arc<Signerer>> {
        const FIL: &str = "mellomlag.toml";
        let oppsett = oppsett?;
        let navn = oppsett.navn.trim();
        if navn.is_empty() || navn.chars().any(char::is_control) {
            self.si(FIL, "signering.navn", "write the organisation's name: it stands in every receipt");
        }
        let utsteder = Utsteder {
            leverandor: oppsett.leverandor,
            navn: navn.to_owned(),
            organisasjonsnummer: oppsett.organisasjonsnummer,
        };
        let signerer = match std::fs::read_to_string(self.mappe.join(&oppsett.nokkelfil)).map(Zeroizing::new) {
            Ok(pem) => Signerer::fra_pem(&pem, utsteder).map_err(|e| e.to_string()),
            Err(feil) => Err(format!("cannot be read ({}); make it with `mellomlag keygen`", feil.kind())),
        };
        signerer.map_err(|hva| self.si(FIL, "signering.nokkelfil", hva)).ok().map(Arc::new)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "all of it is a test")]

    use super::*;

    fn les(mappe: &std::path::Path, toml: &str) -> (Option<Arc<Signerer>>, Vec<String>) {
        let mut leser = Leser { mappe: mappe.to_owned(), feil: vec![] };
        let signerer = leser.signerer(Some(&toml::from_str(toml).unwrap()));
        (signerer, leser.feil.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_key_is_read_and_everything_wrong_is_said() {
        let mappe = tempfile::tempdir().unwrap();
        let par = liste::kvittering::Nokkelpar::fra(&[9; 32]);
        std::fs::write(mappe.path().join("privat.pem"), par.privat.as_bytes()).unwrap();
        std::fs::write(mappe.path().join("offentlig.pem"), &par.offentlig).unwrap();
        let toml = |fil: &str, navn: &str| {
            format!("nokkelfil = {fil:?}\nnavn = {navn:?}\norganisasjonsnummer = \"964338531\"")
        };
        let (signerer, feil) = les(mappe.path(), &toml("privat.pem", "Bergen kommune"));
        assert_eq!((signerer.unwrap().kid(), feil), (par.kid, vec![]));
        for (fil, navn, felter) in [
            ("mangler.pem", " ", &["signering.navn", "signering.nokkelfil"][..]),
            ("offentlig.pem", "Bergen", &["signering.nokkelfil"]),
            ("privat.pem", "Ber\ngen", &["signering.navn"]),
        ] {
            let (_, feil) = les(mappe.path(), &toml(fil, navn));
            assert_eq!(feil.len(), felter.len(), "{feil:?}");
            assert!(feil.iter().zip(felter).all(|(f, felt)| f.contains(felt)), "{feil:?}");
        }
        assert!(toml::from_str::<Signering>(&toml("x", "y").replace("531", "532")).is_err());
    }
}
