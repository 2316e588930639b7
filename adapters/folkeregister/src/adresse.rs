//! Where the register lies. The path's shape is another for each package, and another again at Fiks.

use crate::config::{Config, Pakke, Profil};
use url::Url;

/// The parts of a person that a list needs. No address, now or later.
pub(crate) const DELER: [&str; 5] = ["identifikasjonsnummer", "status", "navn", "foedsel", "adressebeskyttelse"];

/// The address of every resource, and what the place in the feed belongs to.
#[derive(Debug)]
pub(crate) struct Adresse {
    rot: Url,
    feed: String,
}

impl Adresse {
    /// Of a checked configuration.
    pub(crate) fn new(config: &Config) -> Self {
        let rolle = config.rolle.as_deref().unwrap_or_default();
        let (sti, eier) = match (config.profil, config.pakke) {
            (Profil::Fiks, _) => (vec!["folkeregister", "api", "v1", rolle, "v1"], format!("rolle/{rolle}")),
            (_, Some(Pakke::OffentligUtenHjemmel)) => {
                (vec!["folkeregisteret", "api", "offentligutenhjemmel", "v1"], "offentligutenhjemmel".to_owned())
            }
            (_, Some(Pakke::OffentligMedHjemmel) | None) => {
                (vec!["folkeregisteret", "offentlig-med-hjemmel", "api", "v1"], "offentlig-med-hjemmel".to_owned())
            }
        };
        let vert = config.base_url.host_str().unwrap_or_default();
        let port = config.base_url.port().map(|port| format!(":{port}")).unwrap_or_default();
        Self { rot: under(&config.base_url, &sti), feed: format!("{vert}{port}/{eier}") }
    }

    /// Environment and package, or role.
    pub(crate) fn feed(&self) -> &str {
        &self.feed
    }

    /// The newest sequence number.
    pub(crate) fn siste(&self) -> Url {
        under(&self.rot, &["hendelser", "siste", "sekvensnummer"])
    }

    /// The page that begins at `fra`.
    pub(crate) fn hendelser(&self, fra: i64) -> Url {
        let mut url = under(&self.rot, &["hendelser", "feed"]);
        url.query_pairs_mut().append_pair("seq", &fra.to_string());
        url
    }

    /// Many people at once, in the order asked.
    pub(crate) fn bulkoppslag(&self) -> Url {
        let mut url = med_deler(under(&self.rot, &["personer", "bulkoppslag"]));
        url.query_pairs_mut().append_pair("somBestilt", "true");
        url
    }

    /// One person. The address holds the number: it is never shown.
    pub(crate) fn person(&self, nummer: &str) -> Url {
        med_deler(under(&self.rot, &["personer", nummer]))
    }
}

fn med_deler(mut url: Url) -> Url {
    for del in DELER {
        url.query_pairs_mut().append_pair("part", del);
    }
    url
}

fn under(base: &Url, ledd: &[&str]) -> Url {
    let mut url = base.clone();
    if let Ok(mut sti) = url.path_segments_mut() {
        sti.pop_if_empty().extend(ledd);
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    fn adresse(eksempel: &str) -> Adresse {
        Adresse::new(&Config::parse(eksempel).unwrap())
    }

    #[test]
    fn each_package_has_its_own_shape() {
        let skatteetaten = include_str!("../fixtures/skatteetaten.toml");
        let med = adresse(skatteetaten);
        assert_eq!(
            med.hendelser(41).as_str(),
            "https://folkeregisteret.api.skatteetaten.no/folkeregisteret/offentlig-med-hjemmel/api/v1/hendelser/feed?seq=41"
        );
        let uten = adresse(&skatteetaten.replace("offentlig_med_hjemmel", "offentlig_uten_hjemmel"));
        assert_eq!(
            uten.siste().as_str(),
            "https://folkeregisteret.api.skatteetaten.no/folkeregisteret/api/offentligutenhjemmel/v1/hendelser/siste/sekvensnummer"
        );
        assert_ne!(med.feed(), uten.feed());
        let fiks = adresse(include_str!("../fixtures/fiks.toml"));
        let rolle = "00000000-0000-4000-8000-000000000000";
        assert!(
            fiks.siste()
                .as_str()
                .starts_with(&format!("https://api.fiks.ks.no/folkeregister/api/v1/{rolle}/v1/hendelser/"))
        );
        assert_eq!(fiks.feed(), format!("api.fiks.ks.no/rolle/{rolle}"));
    }

    #[test]
    fn no_address_is_asked_for() {
        let adresse = adresse(include_str!("../fixtures/skatteetaten.toml"));
        for url in [adresse.bulkoppslag(), adresse.person("05820998865")] {
            let deler: Vec<_> = url.query_pairs().filter(|(k, _)| k == "part").map(|(_, v)| v.into_owned()).collect();
            assert_eq!(deler, DELER);
            assert!(!url.query().unwrap().contains("adresse="), "{url}");
            assert!(deler.iter().all(|del| !del.ends_with("adresse") && !del.contains("Bosted")));
        }
    }
}
