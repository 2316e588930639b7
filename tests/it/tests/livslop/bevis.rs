//! Every acceptance has a receipt that anybody can check, however it was found out.

use crate::sted::{Dialekt, Sted, Verden, elev, elever, ord};
use elevliste::{Avklaring, Godkjenning, Handling, Skolestatus};
use liste::kvittering::{Nokkelring, Signerer, Utsteder, Verifisert};
use simulators::vigo::Feil;
use std::sync::Arc;

const NOKKEL: &str = include_str!("../../../../core/liste/tests/kvittering/privat.pem");

fn signerer() -> Signerer {
    let organisasjonsnummer = "974738368".parse().unwrap();
    Signerer::fra_pem(NOKKEL, Utsteder { leverandor: None, navn: "Eksempel kommune".into(), organisasjonsnummer })
        .unwrap()
}

async fn sted(verden: &Arc<Verden>, dialekt: Dialekt) -> Sted {
    let mut sted = Sted::ny(verden, dialekt, Godkjenning::Skole).await;
    sted.rundt.signerer = Some(Arc::new(signerer()));
    sted.skriv(&elever(2)).await;
    sted.godkjenn().await;
    sted
}

/// The receipts of the ledger, each of them checked.
async fn bevis(sted: &Sted) -> usize {
    let mut ring = Nokkelring::default();
    ring.legg_til(&signerer().offentlig_pem()).unwrap();
    let mut antall = 0;
    for post in sted.sak().await.poster {
        if let Handling::Svar { bevis: Some(bevis), .. } | Handling::Avklart { bevis: Some(bevis), .. } = post.handling
        {
            assert!(matches!(ring.verifiser(bevis.as_bytes()), Ok(Verifisert::Liste(_))), "{bevis}");
            antall += 1;
        }
    }
    antall
}

#[tokio::test]
async fn a_list_and_its_updates_have_one_receipt_each() {
    let verden = Verden::ny().await;
    let sted = sted(&verden, Dialekt::V1).await;
    verden.vigo.feil(Feil::MistetSvar.for_skole(sted.orgnr()).ganger(1));
    let prosess = sted.kjor();
    sted.vent_lenge("the read-back", |b| b.status == Skolestatus::Mottatt).await;
    assert_eq!((bevis(&sted).await, ord(&sted.sak().await).pop()), (1, Some("Tilbakelest:true".to_owned())));
    sted.ga(60);
    sted.skriv(&[elev(0, "10B"), elev(1, "10A")]).await;
    sted.godkjenn().await;
    sted.vent("the update", |b| b.status == Skolestatus::Mottatt && b.etter.er_tom()).await;
    prosess.stopp().await;
    assert_eq!(bevis(&sted).await, 2);
}

#[tokio::test]
async fn what_a_person_found_out_has_a_receipt_too() {
    let verden = Verden::ny().await;
    let sted = sted(&verden, Dialekt::Vigoskole).await;
    verden.vigo.feil(Feil::MistetSvar.for_skole(sted.orgnr()).ganger(1));
    let prosess = sted.kjor();
    sted.vent_pa(Skolestatus::Uavklart).await;
    assert_eq!(bevis(&sted).await, 0, "nobody has said that it was accepted");
    sted.gjor(|bilde| Handling::Avklart {
        segl: bilde.uavklarte[0].clone(),
        mottatt: true,
        hvordan: Avklaring::Person,
        grunn: "sett i VIGO".into(),
        kvittering: None,
        etag: None,
        bevis: None,
    })
    .await
    .unwrap();
    sted.vent_pa(Skolestatus::Mottatt).await;
    prosess.stopp().await;
    assert_eq!(bevis(&sted).await, 1);
}
