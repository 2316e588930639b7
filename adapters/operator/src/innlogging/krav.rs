//! What claims say that somebody is.

use super::config::{Innloggingsoppsett, Tilgangsregel};
use super::jwt::Krav;
use identitet::Organisasjonsnummer;
use runtime::adgang::{Adgangsrolle, Omfang, Skolevalg};
use runtime::brukere::Oppdrag;
use serde_json::Value;
use std::collections::BTreeSet;

/// What the rules of a service give somebody with these claims.
pub(super) fn oppdrag(oppsett: &Innloggingsoppsett, krav: &Krav) -> Vec<Oppdrag> {
    if oppsett.tilgang.is_empty() {
        return Vec::new();
    }
    let standard = oppsett.profil.standard();
    let orgnr: BTreeSet<String> =
        verdier(krav, oppsett.orgnr_krav.as_deref(), standard.orgnr_krav).iter().filter_map(|v| orgnr(v)).collect();
    let roller = verdier(krav, oppsett.rolle_krav.as_deref(), standard.rolle_krav);
    let mut ut = Vec::new();
    for regel in &oppsett.tilgang {
        if let Some(nytt) = av(regel, &orgnr, &roller).filter(|nytt| !ut.contains(nytt)) {
            ut.push(nytt);
        }
    }
    ut
}

fn av(regel: &Tilgangsregel, orgnr: &BTreeSet<String>, roller: &BTreeSet<String>) -> Option<Oppdrag> {
    let org = regel.organisasjonsnummer.as_ref().is_none_or(|o| orgnr.contains(o));
    let rolle = regel.har.as_ref().is_none_or(|r| roller.contains(r));
    let omfang = match regel.rolle {
        Adgangsrolle::Skole => {
            let gjelder = |nr: &&String| regel.organisasjonsnummer.as_ref().is_none_or(|o| o == *nr);
            let skole = |tenant: &hendelse::Tenant, nr: &String| Skolevalg {
                tenant: tenant.clone(),
                organisasjonsnummer: nr.clone(),
                skolenr: None,
            };
            let per = |tenant| orgnr.iter().filter(gjelder).map(move |nr| skole(tenant, nr));
            let skoler: BTreeSet<_> = regel.tenanter.iter().flat_map(per).collect();
            (!skoler.is_empty()).then_some(Omfang::Skoler(skoler))?
        }
        _ if !regel.tenanter.is_empty() => Omfang::Tenanter(regel.tenanter.clone()),
        _ => Omfang::Fylker(regel.fylker.clone()),
    };
    let (pa_vegne_av, bare_lese) = (regel.pa_vegne_av.clone(), regel.bare_lese);
    (org && rolle).then_some(Oppdrag { rolle: regel.rolle, omfang, pa_vegne_av, bare_lese })
}

/// The texts at the places: those of the configuration, or of the profile.
fn verdier(krav: &Krav, satt: Option<&[String]>, standard: &[&str]) -> BTreeSet<String> {
    let mut ut = BTreeSet::new();
    match satt {
        Some(steder) => steder.iter().for_each(|sted| samle(krav, sted, &mut ut)),
        None => standard.iter().for_each(|sted| samle(krav, sted, &mut ut)),
    }
    ut
}

fn samle(krav: &Krav, sted: &str, ut: &mut BTreeSet<String>) {
    let deler: Vec<String> =
        sted.trim_start_matches('/').split('/').map(|d| d.replace("~1", "/").replace("~0", "~")).collect();
    let Some((forste, resten)) = deler.split_first() else { return };
    if let Some(verdi) = krav.get(forste) {
        ned(verdi, resten, ut);
    }
}

fn ned(verdi: &Value, deler: &[String], ut: &mut BTreeSet<String>) {
    match (deler.split_first(), verdi) {
        (None, Value::String(tekst)) => {
            ut.insert(tekst.clone());
        }
        (Some((del, resten)), Value::Array(liste)) if del == "*" => liste.iter().for_each(|v| ned(v, resten, ut)),
        // One of something is often written without a list.
        (Some((del, resten)), annet) if del == "*" => ned(annet, resten, ut),
        (Some((del, resten)), Value::Object(felter)) => {
            if let Some(verdi) = felter.get(del) {
                ned(verdi, resten, ut);
            }
        }
        _ => {}
    }
}

/// The organisation number of `0192:974767880`, `NO974767880` or `974767880`.
fn orgnr(tekst: &str) -> Option<String> {
    let bart = tekst.rsplit(':').next()?.trim_start_matches("NO");
    bart.parse::<Organisasjonsnummer>().ok().map(|_| bart.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn oppsett(profil: &str, tilgang: &str) -> Innloggingsoppsett {
        toml::from_str(&format!(
            "navn = 'a'\nvisningsnavn = 'A'\nprofil = '{profil}'\nutsteder = 'https://a.example'\nklient_id = 'k'\n{tilgang}"
        ))
        .unwrap()
    }

    fn gitt(oppsett: &Innloggingsoppsett, krav: Value) -> Vec<(Adgangsrolle, Omfang)> {
        oppdrag(oppsett, krav.as_object().unwrap()).into_iter().map(|o| (o.rolle, o.omfang)).collect()
    }

    #[test]
    fn the_organisations_of_ansattporten_give_schools_and_owners() {
        let oppsett = oppsett(
            "ansattporten",
            "[[tilgang]]\nrolle = 'skole'\ntenanter = ['voss']\nhar = 'urn:altinn:resource:mellomlag-skole'\n\
             [[tilgang]]\nrolle = 'kommune'\ntenanter = ['voss']\norganisasjonsnummer = '974767880'",
        );
        let krav = |orgnr: &str, ressurs: &str| {
            json!({"authorization_details": [{"type": "ansattporten:altinn:resource", "resource": ressurs,
                "reportees": [{"ID": format!("0192:{orgnr}"), "Name": "Eksempel"}]}]})
        };
        let skole = gitt(&oppsett, krav("312701103", "urn:altinn:resource:mellomlag-skole"));
        let [(Adgangsrolle::Skole, Omfang::Skoler(skoler))] = skole.as_slice() else { panic!("{skole:?}") };
        assert_eq!(skoler.first().unwrap().organisasjonsnummer, "312701103");
        let kommune = gitt(&oppsett, krav("974767880", "urn:altinn:resource:annet"));
        assert_eq!(kommune.iter().map(|(rolle, _)| *rolle).collect::<Vec<_>>(), [Adgangsrolle::Kommune]);
        assert!(gitt(&oppsett, krav("312701103", "urn:altinn:resource:annet")).is_empty());
        assert!(gitt(&oppsett, krav("123", "urn:altinn:resource:mellomlag-skole")).is_empty());
        assert!(gitt(&oppsett, json!({})).is_empty());
    }

    #[test]
    fn the_roles_of_entra_give_what_the_rules_say_and_nothing_else() {
        let oppsett = oppsett("entra", "[[tilgang]]\nrolle = 'fylke'\nfylker = ['46']\nhar = 'inntak'");
        assert_eq!(gitt(&oppsett, json!({"roles": ["annet", "inntak"]}))[0].0, Adgangsrolle::Fylke);
        for krav in [json!({"roles": ["annet"]}), json!({"inntak": true}), json!({"roles": {"inntak": "inntak"}})] {
            assert!(gitt(&oppsett, krav).is_empty());
        }
    }
}
