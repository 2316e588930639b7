//! Two municipalities, each with a Vigilo of its own.

use super::omgivelser::Kilde;
use anyhow::Result;
use kodeverk::Skolear;
use simulators::generator::{Feilmengde, GeneratorConfig, Kommune};
use simulators::vigilo::{Vigilo, VigiloConfig};

/// Starts a Vigilo for Bergen and one for Voss.
pub async fn start(seed: u64, skolear: Skolear) -> Result<Vec<(String, Vigilo)>> {
    let mut ut = vec![];
    for (tenant, mut config) in [("bergen", GeneratorConfig::bergen(seed)), ("voss", GeneratorConfig::voss(seed))] {
        config.skolear = skolear.startar();
        if tenant == "voss" {
            // Few schools: flaws enough to be seen, and few enough to be put right in a morning.
            config.feil = Feilmengde {
                mangler_klasse: 1,
                mangler_nummer: 1,
                ugyldig_nummer: 1,
                mangler_fornavn: 1,
                ..Feilmengde::ingen()
            };
        }
        ut.push((tenant.to_owned(), Vigilo::start(VigiloConfig::ny(Kommune::generer(&config))).await?));
    }
    Ok(ut)
}

/// The source's configuration: read when the demo asks, not by the clock.
pub fn kilde(tenant: &str, vigilo: &Vigilo) -> Kilde {
    let toml = format!(
        "tenant = {tenant:?}\nnavn = \"vigilo\"\nkommunenummer = {:?}\nprofil = \"vigilo\"\nbase_url = {:?}\ntoken_url = {:?}\n\
         client_id = \"mellomlag\"\nclient_secret_file = \"vigilo.hemmelighet\"\nsidestorrelse = 1000\nmaks_per_sekund = 1000\nintervall_sekunder = 3600\n",
        vigilo.kommune().kommunenummer,
        vigilo.oneroster_url(),
        vigilo.token_url()
    );
    Kilde { tenant: tenant.to_owned(), toml }
}
