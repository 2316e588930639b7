//! What VIGO answers, in each of its meanings, as the list stands afterwards.

use crate::sted::{Dialekt, Sted, Verden, elever, fasit, ord};
use axum::{Json, Router, http::StatusCode, response::IntoResponse as _, routing::post};
use elevliste::{Avklaring, Godkjenning, Handling, Skolestatus};
use liste::Oppgave;
use simulators::vigo::{Feil, Vindu};
use std::sync::Arc;

async fn levert(sted: &Sted) {
    sted.skriv(&elever(2)).await;
    sted.godkjenn().await;
}

#[tokio::test]
async fn an_approved_list_is_delivered_once_and_lies_still() {
    let verden = Verden::ny().await;
    let sted = Sted::ny(&verden, Dialekt::Vigoskole, Godkjenning::Skole).await;
    levert(&sted).await;
    let prosess = sted.kjor();
    sted.vent_pa(Skolestatus::Mottatt).await;
    prosess.stopp().await;
    // Nothing is left to do for a process that starts again, however late.
    let prosess = sted.kjor();
    sted.ga(86_400);
    sted.skriv(&elever(3)).await;
    let bilde = sted.vent("the change after acceptance", |b| b.etter.nye.len() == 1).await;
    assert_eq!((bilde.status, bilde.ettermeldinger.len()), (Skolestatus::Mottatt, 1));
    prosess.stopp().await;
    assert_eq!(ord(&sted.sak().await), ["godkjent", "intensjon", "Mottatt"]);
    assert_eq!((sted.hos_vigo(), sted.effekter()), (fasit(&elever(2)), 1));
}

#[tokio::test]
async fn each_meaning_of_a_403_is_told_apart() {
    let verden = Verden::ny().await;
    let skolear = verden.skolear.to_string();
    // Closed: the county's round is open, and VIGO is not. A new approval is another try.
    let stengt = Sted::ny(&verden, Dialekt::Vigoskole, Godkjenning::Skole).await;
    verden.vigo.feil(Feil::LukketVindu.for_skole(stengt.orgnr()).ganger(1));
    levert(&stengt).await;
    let prosess = stengt.kjor();
    stengt.vent_pa(Skolestatus::Stengt).await;
    stengt.godkjenn().await;
    stengt.vent_pa(Skolestatus::Mottatt).await;
    prosess.stopp().await;
    assert_eq!(ord(&stengt.sak().await), ["godkjent", "intensjon", "Stengt", "godkjent", "intensjon", "Mottatt"]);

    // A code base that does not answer makes VIGO refuse every school: that is no reason, and it is tried again.
    let nede = Sted::ny(&verden, Dialekt::Vigoskole, Godkjenning::Skole).await;
    verden.vigo.feil(Feil::KodeverkNede.ganger(2));
    levert(&nede).await;
    let prosess = nede.kjor();
    nede.vent_lenge("another try", |b| b.status == Skolestatus::Mottatt).await;
    prosess.stopp().await;
    assert_eq!(ord(&nede.sak().await), ["godkjent", "intensjon", "IkkeSendt", "intensjon", "Mottatt"]);
    verden.vigo.fjern_feil();

    // Delivered already, and not by us.
    let levert_for = Sted::ny(&verden, Dialekt::Vigoskole, Godkjenning::Skole).await;
    let mut annen = Sted::ny(&verden, Dialekt::Vigoskole, Godkjenning::Skole).await;
    annen.skole = levert_for.skole.clone();
    levert(&annen).await;
    let prosess = annen.kjor();
    annen.vent_pa(Skolestatus::Mottatt).await;
    prosess.stopp().await;
    levert_for.skriv(&elever(3)).await;
    levert_for.godkjenn().await;
    let prosess = levert_for.kjor();
    let bilde = levert_for.vent_pa(Skolestatus::Uavklart).await;
    assert_eq!(bilde.oppgave, Some(Oppgave::AnnenHarLevert));
    assert_eq!(bilde.avstemming.sendt, 0, "what somebody else has delivered is not called ours");
    prosess.stopp().await;
    assert_eq!(ord(&levert_for.sak().await), ["godkjent", "intensjon", "AlleredeLevert"]);

    // A school year that is not there yet.
    let uten_ar = Sted::ny(&verden, Dialekt::Vigoskole, Godkjenning::Skole).await;
    verden.vigo.slett_skolear(&skolear);
    levert(&uten_ar).await;
    let prosess = uten_ar.kjor();
    uten_ar.vent_pa(Skolestatus::Avvist).await;
    verden.vigo.opprett_skolear(&skolear);
    prosess.stopp().await;
    assert_eq!(ord(&uten_ar.sak().await), ["godkjent", "intensjon", "AvvistUtenGrunn"]);
}

#[tokio::test]
async fn a_closed_vigo_is_tried_again_when_the_county_changes_the_round() {
    let verden = Verden::ny().await;
    let sted = Sted::ny(&verden, Dialekt::Vigoskole, Godkjenning::Skole).await;
    verden.vigo.sett_vindu(None, Vindu::stengt());
    levert(&sted).await;
    let prosess = sted.kjor();
    sted.vent_pa(Skolestatus::Stengt).await;
    verden.vigo.sett_vindu(None, Vindu::apent());
    sted.ga(60);
    sted.endre_runde(runtime::Rundeendring::Forleng(sted.om(900 * 3600))).await;
    sted.vent_pa(Skolestatus::Mottatt).await;
    prosess.stopp().await;
    assert_eq!(ord(&sted.sak().await), ["godkjent", "intensjon", "Stengt", "intensjon", "Mottatt"]);
}

/// The answer says that a list was accepted: another school's.
#[tokio::test]
async fn an_answer_about_another_school_is_no_acceptance() {
    let verden = Verden::ny().await;
    let mut sted = Sted::ny(&verden, Dialekt::Vigoskole, Godkjenning::Skole).await;
    let svar = serde_json::json!({
        "submissionId": "67e55044-10b1-426f-9247-bb680e5fe0c8", "schoolYear": verden.skolear.to_string(),
        "status": "ACCEPTED", "school": {"orgNumber": "974738368"}, "validationResults": [],
    });
    let rute = Router::new().route(
        "/api/submissions/graduating-students",
        post(move || {
            let svar = Json(svar.clone());
            async move { (StatusCode::CREATED, svar).into_response() }
        }),
    );
    let lytter = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let adresse = format!("http://{}", lytter.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(lytter, rute).await });
    let mut config = verden.config(Dialekt::Vigoskole, true);
    config.base_url = adresse.parse().unwrap();
    sted.sink = Arc::new(config.build_sink(verden.tokens()).unwrap());
    levert(&sted).await;
    let prosess = sted.kjor();
    let bilde = sted.vent_pa(Skolestatus::Uavklart).await;
    assert_eq!((bilde.oppgave, bilde.avstemming.sendt), (Some(Oppgave::FinnUtOmMottatt), 0));
    prosess.stopp().await;
}

#[tokio::test]
async fn answers_that_come_too_late_or_not_at_all_leave_a_task_and_a_person_ends_it() {
    let verden = Verden::ny().await;
    for (feil, kom_fram) in [
        (Feil::MistetSvar, true),
        (Feil::HalvtSvar, true),
        (Feil::TregtSvar { millisekunder: 1_500 }, true),
        (Feil::MistetForesporsel, false),
        (Feil::Status { status: 504 }, false),
    ] {
        let sted = Sted::ny(&verden, Dialekt::Vigoskole, Godkjenning::Skole).await;
        verden.vigo.feil(feil.clone().for_skole(sted.orgnr()).ganger(1));
        levert(&sted).await;
        let prosess = sted.kjor();
        let bilde = sted.vent_pa(Skolestatus::Uavklart).await;
        assert_eq!((bilde.oppgave, bilde.uavklarte.len()), (Some(Oppgave::FinnUtOmMottatt), 1), "{feil:?}");
        // Neither time nor a new version makes it go again.
        sted.ga(86_400);
        sted.skriv(&elever(3)).await;
        sted.skriv(&elever(2)).await;
        assert_eq!(sted.hos_vigo().is_some(), kom_fram, "{feil:?}");
        assert_eq!(ord(&sted.sak().await), ["godkjent", "intensjon", "Uavklart"], "{feil:?}");
        let maalt = sted.om.maalere.tekst();
        assert!(maalt.contains("mellomlag_uncertain_lists{mottaker=\"vigo\"} 1"), "{maalt}");
        let segl = bilde.uavklarte[0].clone();
        let avklart = |mottatt| Handling::Avklart {
            segl: segl.clone(),
            mottatt,
            hvordan: Avklaring::Person,
            grunn: "sett i VIGO".into(),
            kvittering: None,
            etag: None,
            bevis: None,
        };
        sted.gjor(|_| avklart(kom_fram)).await.unwrap();
        sted.vent_pa(Skolestatus::Mottatt).await;
        prosess.stopp().await;
        assert_eq!((sted.hos_vigo(), sted.effekter()), (fasit(&elever(2)), 1), "{feil:?}");
        let siste = if kom_fram { vec!["Person:true"] } else { vec!["Person:false", "intensjon", "Mottatt"] };
        assert_eq!(ord(&sted.sak().await)[3..], siste, "{feil:?}");
        assert!(sted.om.maalere.tekst().contains("mellomlag_uncertain_lists{mottaker=\"vigo\"} 0"));
    }
}
