//! `mellomlag receipt`: a receipt as a file, for whoever is to check it.

use crate::kjor::{les, omgivelse};
use crate::kobling;
use crate::kommandoer::Kvitteringsvalg;
use crate::nokkel::skriv;
use anyhow::Result;
use runtime::{Omgivelse, Sammenheng};

/// True when the file is written.
pub async fn kjor(valg: Kvitteringsvalg) -> Result<bool> {
    let oppsett = les(&valg.mappe.config)?;
    let (om, rundt) = (omgivelse(&oppsett).await?, kobling::rundt(&oppsett));
    let resultat = hent(&om, &rundt, &valg).await;
    om.bus.close().await;
    resultat?;
    println!("Kvitteringen er skrevet til {}.", valg.out.display());
    if valg.elev.is_some() {
        println!("Den har navn og fødselsnummer. Det står i revisjonssporet hvem som hentet den.");
    }
    Ok(true)
}

async fn hent(om: &Omgivelse, rundt: &Sammenheng, valg: &Kvitteringsvalg) -> Result<()> {
    let sak = runtime::hent(om, &valg.liste).await?;
    let fil = match (valg.elev, &valg.av) {
        (Some(elev), Some(av)) => runtime::elevkvittering(om, rundt, &sak, elev, av).await?,
        _ => runtime::listekvittering(&sak)?.to_owned(),
    };
    skriv(&valg.out, format!("{fil}\n").as_bytes(), 0o600)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "all of it is a test")]

    use super::*;
    use crate::eksport::tests::{LISTEN, Sted, linje};
    use crate::kommandoer::{Kommando, Kommandolinje};
    use clap::Parser as _;
    use elevliste::{Aktor, Handling, Sending, Utfall};
    use liste::kvittering::{Nokkelpar, Nokkelring, Signerer, Utsteder, Verifisert};
    use std::sync::Arc;

    fn valg(fil: &std::path::Path, flere: &[&str]) -> Kvitteringsvalg {
        let fast = ["mellomlag", "receipt", "--config", ".", LISTEN, "--out", fil.to_str().unwrap()];
        match Kommandolinje::try_parse_from(fast.iter().chain(flere)).unwrap().kommando {
            Kommando::Receipt(valg) => valg,
            annet => panic!("{annet:?}"),
        }
    }

    #[tokio::test]
    async fn receipts_are_handed_out_and_it_is_known_to_whom() {
        let mut sted = Sted::med(vec![linje(1, "Ærlig"), linje(2, "Runa")]).await;
        let utsteder = Utsteder {
            navn: "Bergen kommune".into(),
            organisasjonsnummer: "964338531".parse().unwrap(),
            leverandor: None,
        };
        let signerer = Signerer::fra_pem(&Nokkelpar::fra(&[5; 32]).privat, utsteder).unwrap();
        let mut ring = Nokkelring::default();
        ring.legg_til(&signerer.offentlig_pem()).unwrap();
        sted.rundt.signerer = Some(Arc::new(signerer));

        let liste = valg(&sted.fil("liste.json"), &[]);
        assert!(hent(&sted.om, &sted.rundt, &liste).await.unwrap_err().to_string().contains("no receipt"));
        let mut sak = runtime::hent(&sted.om, &LISTEN.parse().unwrap()).await.unwrap();
        let bilde = sted.rundt.bilde(&sak, sted.om.clock.now()).unwrap();
        let svar = Handling::Svar {
            segl: bilde.segl.clone(),
            utfall: Utfall::Mottatt,
            kvittering: Some("7".into()),
            merknader: vec![],
            forklaring: None,
            etag: None,
            bevis: None,
        };
        for handling in
            [Handling::Godkjent { segl: bilde.segl.clone() }, bilde.intensjon("vigo", Sending::Liste, None), svar]
        {
            let handling = runtime::med_bevis(&sted.om, &sted.rundt, &sak, handling).await.unwrap();
            runtime::skriv(&sted.om, &mut sak, Aktor::person("kari"), handling, None).await.unwrap();
        }
        // What happens later changes nothing about what was delivered.
        sted.liste(vec![linje(2, "Annen")]).await;

        hent(&sted.om, &sted.rundt, &liste).await.unwrap();
        let bevist = ring.verifiser(&std::fs::read(sted.fil("liste.json")).unwrap()).unwrap();
        assert_eq!((bevist.liste().antall, bevist.liste().godkjent_av.id.as_str()), (2, "kari"));
        assert!(sted.revisjon().is_empty());

        let elev = |nr: u128| uuid::Uuid::from_u128(nr).to_string();
        let runa = valg(&sted.fil("runa.json"), &["--elev", &elev(2), "--av", "ola"]);
        hent(&sted.om, &sted.rundt, &runa).await.unwrap();
        let Verifisert::Elev(bevist) = ring.verifiser(&std::fs::read(sted.fil("runa.json")).unwrap()).unwrap() else {
            panic!("a pupil's")
        };
        assert_eq!((bevist.linje, bevist.elev.fornavn.vis().as_str()), (2, "Runa"));
        assert_eq!(sted.revisjon().len(), 1);
        assert!(String::from_utf8_lossy(&sted.revisjon()[0].payload).contains("\"hvem\":\"ola\""));

        let ukjent = valg(&sted.fil("ukjent.json"), &["--elev", &elev(3), "--av", "ola"]);
        assert!(hent(&sted.om, &sted.rundt, &ukjent).await.is_err());
        assert!(hent(&sted.om, &sted.rundt, &runa).await.unwrap_err().to_string().contains("not overwritten"));
        assert!(!sted.fil("ukjent.json").exists());
        let uten_av = ["mellomlag", "receipt", "--config", ".", LISTEN, "--out", "x", "--elev", &elev(2)];
        assert!(Kommandolinje::try_parse_from(uten_av).is_err());
    }
}
