//! What people try that they should not, and what they are told.

use crate::sted::{Dialekt, Sted, Verden, elev, elever, fasit, ord};
use elevliste::{Aktor, Avvik, Eier, Elevlinje, Godkjenning, Handling, Niva, Rolle, Skolestatus};
use identitet::Skjermet;
use liste::Handlingsfeil;
use runtime::{Rundeendring, SakFeil, Utforfeil};

fn lov(resultat: Result<(), Utforfeil>) -> Handlingsfeil {
    match resultat {
        Err(Utforfeil::Lov(feil)) => feil,
        annet => panic!("{annet:?}"),
    }
}

fn godkjent(segl: &str) -> Handling {
    Handling::Godkjent { segl: segl.to_owned() }
}

#[tokio::test]
async fn an_approval_is_for_what_stands_now_and_once() {
    let verden = Verden::ny().await;
    let sted = Sted::ny(&verden, Dialekt::Vigoskole, Godkjenning::Skole).await;
    sted.skriv(&elever(2)).await;
    let gammelt = sted.bilde().await.segl;
    sted.godkjenn().await;
    assert_eq!(lov(sted.gjor(|b| godkjent(&b.segl)).await), Handlingsfeil::AlleredeGodkjent);
    sted.skriv(&[elev(0, "10B")]).await;
    assert_eq!(lov(sted.gjor(|_| godkjent(&gammelt)).await), Handlingsfeil::GammeltSegl);
    sted.endre_runde(Rundeendring::Steng).await;
    sted.ga(1);
    assert_eq!(lov(sted.gjor(|b| godkjent(&b.segl)).await), Handlingsfeil::RundenErOver);
    assert_eq!(ord(&sted.sak().await), ["godkjent"], "nothing of it was written");
    // Every refusal says what to do, in both languages.
    for feil in Handlingsfeil::ALLE {
        let tekst = feil.tekst();
        assert!(!feil.kode().is_empty() && tekst.nb.ends_with('.') && tekst.nn.ends_with('.'), "{feil:?}");
    }
}

/// Both have looked at the same list; both press the button.
#[tokio::test]
async fn of_two_at_once_one_is_told_to_look_again() {
    let verden = Verden::ny().await;
    let sted = Sted::ny(&verden, Dialekt::Vigoskole, Godkjenning::Skole).await;
    sted.skriv(&elever(3)).await;
    let (mut kari, mut ola) = (sted.sak().await, sted.sak().await);
    let segl = sted.se(&kari).segl;
    let (en, to) = tokio::join!(
        runtime::utfor(&sted.om, &sted.rundt, &mut kari, Aktor::person("kari"), godkjent(&segl)),
        runtime::utfor(
            &sted.om,
            &sted.rundt,
            &mut ola,
            Aktor::person("ola"),
            Handling::HoldtTilbake { elev: elever(3)[0].elev, grunn: "flytter".into() }
        ),
    );
    let endret = |r: &Result<(), Utforfeil>| matches!(r, Err(Utforfeil::Sak(SakFeil::Endret(_))));
    assert_eq!((en.is_ok() as u8 + to.is_ok() as u8, endret(&en) as u8 + endret(&to) as u8), (1, 1), "{en:?} {to:?}");
    assert_eq!(sted.sak().await.poster.len(), 1);
}

#[tokio::test]
async fn only_those_who_may_do_it() {
    let verden = Verden::ny().await;
    let sted = Sted::ny(&verden, Dialekt::Vigoskole, Godkjenning::Kommune).await;
    sted.skriv(&elever(2)).await;
    assert_eq!(lov(sted.gjor(|b| godkjent(&b.segl)).await), Handlingsfeil::KommunenGodkjenner);
    sted.gjor_som(Aktor::med_rolle("liv", Rolle::Kommune), |b| godkjent(&b.segl)).await.unwrap();
    let prosess = sted.kjor();
    sted.vent_pa(Skolestatus::Mottatt).await;
    assert_eq!(
        lov(sted.gjor_som(Aktor::med_rolle("liv", Rolle::Kommune), |b| godkjent(&b.segl)).await),
        Handlingsfeil::AlleredeMottatt
    );
    prosess.stopp().await;
}

/// The rules have changed between what a person saw and what would be sent: the list is another, and has an error now.
#[tokio::test]
async fn rules_that_change_after_the_approval_stop_the_list() {
    let verden = Verden::ny().await;
    let sted = Sted::ny(&verden, Dialekt::Vigoskole, Godkjenning::Skole).await;
    sted.skriv(&elever(2)).await;
    sted.godkjenn().await;
    let streng = Avvik {
        regel: "EL-002".into(),
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("klasse".into()),
        detalj: None,
    };
    let med = |avvik: Vec<Avvik>| vec![Elevlinje { avvik, ..elev(0, "10A") }, elev(1, "10A")];
    sted.skriv(&med(vec![streng])).await;
    let prosess = sted.kjor();
    // The lines are what they were, so the seal is too; an error bars it all the same.
    sted.vent_pa(Skolestatus::Avvik).await;
    assert_eq!(lov(sted.gjor(|b| godkjent(&b.segl)).await), Handlingsfeil::HarAvvik);
    prosess.stopp().await;
    assert!(sted.hos_vigo().is_none());
    sted.skriv(&med(vec![])).await;
    let prosess = sted.kjor();
    sted.vent_pa(Skolestatus::Mottatt).await;
    prosess.stopp().await;
}

#[tokio::test]
async fn a_fictitious_number_from_the_office_is_entered_by_the_school_and_sent() {
    let verden = Verden::ny().await;
    let sted = Sted::ny(&verden, Dialekt::Vigoskole, Godkjenning::Skole).await;
    let mangler = Avvik {
        regel: "EL-007".into(),
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("identitetsnummer".into()),
        detalj: None,
    };
    let uten = Elevlinje { identitetsnummer: None, avvik: vec![mangler], ..elev(0, "10A") };
    sted.skriv(&[uten.clone(), elev(1, "10A")]).await;
    assert_eq!(sted.status().await, Skolestatus::Avvik);
    let ekte = elev(3, "10A").identitetsnummer.unwrap();
    let fort = |nummer: &Skjermet<String>| Handling::FiktivtNummer {
        elev: uten.elev,
        nummer: Some(nummer.clone()),
        kilde: "brev fra inntakskontoret 2. november".into(),
    };
    let nummer: Skjermet<String> = "42059190061".into();
    let hvem_som_helst = Aktor::person("kari");
    assert_eq!(lov(sted.gjor_som(hvem_som_helst, |_| fort(&nummer)).await), Handlingsfeil::FiktivtRolle);
    assert_eq!(lov(sted.gjor(|_| fort(&ekte)).await), Handlingsfeil::IkkeFiktivt);
    sted.gjor(|_| fort(&nummer)).await.unwrap();
    assert_eq!(sted.status().await, Skolestatus::Klar);
    sted.godkjenn().await;
    let prosess = sted.kjor();
    sted.vent_pa(Skolestatus::Mottatt).await;
    prosess.stopp().await;
    let sendt = Elevlinje { identitetsnummer: Some(nummer), ..uten };
    assert_eq!(sted.hos_vigo(), fasit(&[sendt, elev(1, "10A")]));
}
