//! What VIGO has, compared with what the ledger says it has.

use super::Scene;
use anyhow::Result;
use elevliste::{Elevlinje, Handling, Utfall};
use hendelse::Tenant;
use identitet::Skjermet;
use simulators::vigo::Linje;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Every disagreement, in words without personal data. Empty when VIGO has exactly what was sent.
pub async fn sammenlign(scene: &Scene) -> Result<Vec<String>> {
    let vigo = &scene.omgivelser.vigo;
    let mut uenig = vec![];
    let mut kjente = BTreeSet::new();
    for (nokkel, sak) in runtime::hent_alle(&scene.om).await? {
        let tenant: Tenant = sak.liste.tenant.parse()?;
        let secret = &scene.rundt.nokler[&tenant];
        let skolear = nokkel.skolear.to_string();
        let mottatt = sak.poster.iter().enumerate().find(|(_, p)| {
            matches!(&p.handling, Handling::Svar { utfall: Utfall::Mottatt | Utfall::MottattMedAdvarsler, .. })
        });
        let sendt = mottatt.and_then(|(i, _)| {
            sak.poster[..i].iter().rev().find_map(|p| match &p.handling {
                Handling::Intensjon { linjer, .. } => {
                    Some(linjer.iter().map(|l| l.avtrykk.clone()).collect::<Vec<_>>())
                }
                _ => None,
            })
        });
        let hos_vigo = sak.liste.skole.organisasjonsnummer.as_deref().and_then(|orgnr| {
            kjente.insert(orgnr.to_owned());
            vigo.godkjent(orgnr, &skolear)
        });
        let hos_vigo: Option<Vec<String>> =
            hos_vigo.map(|i| i.lines.iter().map(|l| liste::avtrykk(&linje(l), secret).avtrykk).collect());
        if sendt != hos_vigo {
            let antall = |l: &Option<Vec<String>>| {
                l.as_ref().map_or("ingen liste".to_owned(), |l| format!("{} elever", l.len()))
            };
            uenig.push(format!("{nokkel}: hovedboken har {}, VIGO har {}", antall(&sendt), antall(&hos_vigo)));
        }
    }
    for innsending in vigo.innsendinger().iter().filter(|i| i.er_godkjent()) {
        if !kjente.contains(&innsending.school.org_nr) {
            uenig.push(format!("VIGO har en liste for skole {} som ingen her kjenner", innsending.school.number));
        }
    }
    Ok(uenig)
}

/// A line as VIGO has it, in our form; whose it is, VIGO does not know.
fn linje(l: &Linje) -> Elevlinje {
    let tekst = |t: &Option<String>| Skjermet::new(t.clone().unwrap_or_default());
    Elevlinje {
        elev: Uuid::nil(),
        klasse: Some(l.class_code.clone()),
        identitetsnummer: Some(Skjermet::new(l.personal_identity_number.clone())),
        fornavn: tekst(&l.name.first_name),
        mellomnavn: l.name.middle_name.clone().filter(|n| !n.is_empty()).map(Skjermet::new),
        etternavn: tekst(&l.name.last_name),
        avvik: vec![],
        opphav: None,
    }
}
