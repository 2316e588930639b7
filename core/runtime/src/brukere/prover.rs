use super::*;
use crate::adgang::{Adgang, Adgangsrolle, Identitet, Omfang, Skolevalg};
use crate::{Maalere, Omgivelse, klargjor};
use bus::{Bus, Memory, Start};
use flow::ManualClock;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

const UTSTEDER: &str = "https://innlogging.example";

struct Scene {
    bok: Brukerbok,
    klokke: Arc<ManualClock>,
    bus: Arc<Memory>,
    om: Omgivelse,
}

fn eier() -> Eier {
    "tenant.voss".parse().unwrap()
}

fn oppdrag(rolle: Adgangsrolle, omfang: Omfang) -> Oppdrag {
    Oppdrag { rolle, omfang, pa_vegne_av: None, bare_lese: false }
}

fn tenant(navn: &str) -> Omfang {
    Omfang::Tenanter(BTreeSet::from([navn.parse().unwrap()]))
}

fn skole(tenant: &str) -> Omfang {
    let organisasjonsnummer = "312701103".to_owned();
    Omfang::Skoler(BTreeSet::from([Skolevalg { tenant: tenant.parse().unwrap(), organisasjonsnummer, skolenr: None }]))
}

fn adgang(rolle: Adgangsrolle, omfang: Omfang) -> Adgang {
    let hvem = Arc::new(Identitet { id: "abc".into(), navn: "Liv Li".into() });
    Adgang { hvem, rolle, omfang, pa_vegne_av: None, bare_lese: false }
}

fn ny(epost: &str, oppdrag: Vec<Oppdrag>) -> Nybruker {
    Nybruker { navn: "Kari Nes".into(), epost: Some(epost.into()), oppdrag, sprak: None, varsles: true }
}

async fn scene(faste: Vec<(Eier, Bruker)>) -> Scene {
    let bus = Arc::new(Memory::default());
    klargjor(bus.as_ref(), 1).await.unwrap();
    let klokke = Arc::new(ManualClock::new("2026-11-21T08:00:00Z".parse().unwrap()));
    let om = Omgivelse { bus: bus.clone(), clock: klokke.clone(), maalere: Maalere::default() };
    let eiere = ["tenant.voss", "tenant.bergen", "fylke.46"].map(|e| e.parse().unwrap());
    Scene { bok: Brukerbok::ny(om.clone(), eiere, faste), klokke, bus, om }
}

#[tokio::test]
async fn an_invited_person_is_linked_once_and_known_by_the_link_after_that() {
    let s = scene(vec![]).await;
    let leder = adgang(Adgangsrolle::Kommune, tenant("voss"));
    let (kari, _) = s
        .bok
        .inviter(&leder, &eier(), ny(" Kari@Voss.example", vec![oppdrag(Adgangsrolle::Skole, skole("voss"))]))
        .await
        .unwrap();
    assert!(!format!("{kari:?}").contains("voss.example"));
    assert!(s.bok.finn(UTSTEDER, "k1", None, None).await.unwrap().is_empty());
    assert!(s.bok.finn(UTSTEDER, "k1", Some("ola@voss.example"), None).await.unwrap().is_empty());
    let funnet = s.bok.finn(UTSTEDER, "k1", Some("KARI@voss.example"), None).await.unwrap();
    assert_eq!((funnet.len(), funnet[0].1.id), (1, kari.id));
    // The address is not enough for somebody else any more, and the link needs no address.
    assert!(s.bok.finn(UTSTEDER, "k2", Some("kari@voss.example"), None).await.unwrap().is_empty());
    assert!(s.bok.finn("https://annen.example", "k1", Some("kari@voss.example"), None).await.unwrap().is_empty());
    assert_eq!(s.bok.finn(UTSTEDER, "k1", None, None).await.unwrap().len(), 1);
    s.bok.fjern(&leder, &eier(), kari.id).await.unwrap();
    assert!(s.bok.finn(UTSTEDER, "k1", None, None).await.unwrap().is_empty());
    let mut leser = s.bus.read(hendelse::REVISJON, &["revisjon.>".into()], Start::After(0)).await.unwrap();
    let poster = leser.next(10, Duration::from_millis(50)).await.unwrap();
    assert_eq!(poster.len(), 3);
    assert!(poster.iter().all(|p| !String::from_utf8_lossy(&p.payload).contains("voss.example")));
}

#[tokio::test]
async fn a_code_answers_an_invitation_once_within_two_weeks() {
    let s = scene(vec![]).await;
    let leder = adgang(Adgangsrolle::Kommune, tenant("voss"));
    let rolle = vec![oppdrag(Adgangsrolle::Kommune, tenant("voss"))];
    let (_, kode) = s.bok.inviter(&leder, &eier(), ny("a@voss.example", rolle.clone())).await.unwrap();
    let (_, sen) = s.bok.inviter(&leder, &eier(), ny("b@voss.example", rolle)).await.unwrap();
    assert!(s.bok.finn(UTSTEDER, "a", None, Some("feil")).await.unwrap().is_empty());
    assert_eq!(s.bok.finn(UTSTEDER, "a", None, Some(&kode)).await.unwrap().len(), 1);
    assert!(s.bok.finn(UTSTEDER, "c", None, Some(&kode)).await.unwrap().is_empty());
    let start: Timestamp = "2026-11-21T08:00:00Z".parse().unwrap();
    s.klokke.set(start + SignedDuration::from_hours(14 * 24));
    assert!(s.bok.finn(UTSTEDER, "b", Some("b@voss.example"), Some(&sen)).await.unwrap().is_empty());
}

#[tokio::test]
async fn with_another_address_the_old_person_is_out_and_the_new_one_is_invited() {
    let s = scene(vec![]).await;
    let leder = adgang(Adgangsrolle::Kommune, tenant("voss"));
    let rolle = || vec![oppdrag(Adgangsrolle::Skole, skole("voss"))];
    let (bruker, gammel) = s.bok.inviter(&leder, &eier(), ny("a@voss.example", rolle())).await.unwrap();
    assert_eq!(s.bok.finn(UTSTEDER, "a", Some("a@voss.example"), None).await.unwrap().len(), 1);
    // The same address, written otherwise, and another name: the same person.
    let samme = Nybruker { navn: "Kari Vik".into(), ..ny(" A@voss.example", rolle()) };
    let (endret, kode) = s.bok.endre(&leder, &eier(), bruker.id, samme).await.unwrap();
    assert!(kode.is_none() && endret.kobling.is_some() && endret.sist_inne.is_some());
    let (endret, kode) = s.bok.endre(&leder, &eier(), bruker.id, ny("b@voss.example", rolle())).await.unwrap();
    assert!(endret.kobling.is_none() && endret.sist_inne.is_none());
    for kode in [None, Some(gammel.as_str())] {
        assert!(s.bok.finn(UTSTEDER, "a", Some("a@voss.example"), kode).await.unwrap().is_empty());
    }
    let kode = kode.unwrap();
    assert_eq!(s.bok.finn(UTSTEDER, "b", None, Some(&kode)).await.unwrap().len(), 1);
    assert!(s.bok.finn(UTSTEDER, "a", Some("b@voss.example"), Some(&kode)).await.unwrap().is_empty(), "answered");
    // One that nobody had answered is not answered any more either.
    let (c, fersk) = s.bok.inviter(&leder, &eier(), ny("c@voss.example", rolle())).await.unwrap();
    s.bok.endre(&leder, &eier(), c.id, ny("d@voss.example", rolle())).await.unwrap();
    assert!(s.bok.finn(UTSTEDER, "c", Some("c@voss.example"), Some(&fersk)).await.unwrap().is_empty());
    assert_eq!(s.bok.finn(UTSTEDER, "d", Some("d@voss.example"), None).await.unwrap().len(), 1);
}

#[tokio::test]
async fn nobody_gives_more_than_he_has() {
    let s = scene(vec![]).await;
    let fylke = Omfang::Fylker(BTreeSet::from(["46".parse().unwrap()]));
    let leverandor = Adgang { pa_vegne_av: Some("Voss".into()), ..adgang(Adgangsrolle::Kommune, tenant("voss")) };
    let leser = Adgang { bare_lese: true, ..adgang(Adgangsrolle::Kommune, tenant("voss")) };
    let skolen = || oppdrag(Adgangsrolle::Skole, skole("voss"));
    let kommune = || adgang(Adgangsrolle::Kommune, tenant("voss"));
    let tilfeller = [
        (kommune(), skolen(), "ok"),
        (kommune(), oppdrag(Adgangsrolle::Skole, skole("bergen")), "for-mye"),
        (kommune(), oppdrag(Adgangsrolle::Kommune, tenant("bergen")), "for-mye"),
        (kommune(), oppdrag(Adgangsrolle::Integrator, tenant("voss")), "for-mye"),
        (kommune(), oppdrag(Adgangsrolle::Fylke, fylke.clone()), "for-mye"),
        (kommune(), oppdrag(Adgangsrolle::Skole, Omfang::Skoler(BTreeSet::new())), "for-mye"),
        (adgang(Adgangsrolle::Kommune, tenant("bergen")), skolen(), "ikke-lov"),
        (adgang(Adgangsrolle::Fylke, fylke), skolen(), "ikke-lov"),
        (adgang(Adgangsrolle::Skole, skole("voss")), skolen(), "ikke-lov"),
        (adgang(Adgangsrolle::Revisor, tenant("voss")), skolen(), "ikke-lov"),
        (adgang(Adgangsrolle::Integrator, tenant("voss")), skolen(), "ikke-lov"),
        (leverandor, skolen(), "ikke-lov"),
        (leser, skolen(), "ikke-lov"),
    ];
    for (i, (hvem, gis, ventet)) in tilfeller.into_iter().enumerate() {
        let svar = s.bok.inviter(&hvem, &eier(), ny(&format!("p{i}@voss.example"), vec![gis])).await;
        assert_eq!(svar.as_ref().map_or_else(Brukerfeil::kode, |_| "ok"), ventet, "{i}");
    }
    for (epost, ventet) in [("p0@voss.example", "finnes"), ("uten", "ugyldig"), ("a@b.no\r\nBcc: x", "ugyldig")] {
        let svar = s.bok.inviter(&kommune(), &eier(), ny(epost, vec![skolen()])).await;
        assert_eq!(svar.unwrap_err().kode(), ventet);
    }
    assert!(s.bok.synlige(&adgang(Adgangsrolle::Kommune, tenant("bergen")), &eier()).await.is_err());
    assert_eq!(s.bok.synlige(&kommune(), &eier()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn who_leaves_the_configuration_is_out() {
    let rolle = vec![oppdrag(Adgangsrolle::Kommune, tenant("voss")), oppdrag(Adgangsrolle::Integrator, tenant("voss"))];
    let forste = Bruker::fast(&eier(), "Liv Li", "liv@voss.example", rolle);
    let s = scene(vec![(eier(), forste.clone())]).await;
    assert_eq!(s.bok.finn(UTSTEDER, "l", Some("liv@voss.example"), None).await.unwrap().len(), 1);
    assert_eq!(s.bok.finn(UTSTEDER, "l", None, None).await.unwrap().len(), 1);
    let leder = adgang(Adgangsrolle::Kommune, tenant("voss"));
    assert_eq!(s.bok.fjern(&leder, &eier(), forste.id).await.unwrap_err().kode(), "fast-bruker");
    let uten = Brukerbok::ny(s.om.clone(), [eier()], vec![]);
    assert!(uten.finn(UTSTEDER, "l", Some("liv@voss.example"), None).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_school_is_told_before_the_municipality_and_others_are_not() {
    let s = scene(vec![]).await;
    let leder = adgang(Adgangsrolle::Kommune, tenant("voss"));
    let uten_varsel =
        Nybruker { varsles: false, ..ny("c@voss.example", vec![oppdrag(Adgangsrolle::Skole, skole("voss"))]) };
    for bruker in [
        ny("a@voss.example", vec![oppdrag(Adgangsrolle::Kommune, tenant("voss"))]),
        ny("b@voss.example", vec![oppdrag(Adgangsrolle::Skole, skole("voss"))]),
        uten_varsel,
    ] {
        s.bok.inviter(&leder, &eier(), bruker).await.unwrap();
    }
    let voss: hendelse::Tenant = "voss".parse().unwrap();
    let roller = |svar: Vec<(Adgangsrolle, Bruker)>| svar.into_iter().map(|(rolle, _)| rolle).collect::<Vec<_>>();
    let svar = s.bok.mottakere_for_skole(&voss, Some("312701103"), Some("46503")).await.unwrap();
    assert_eq!(roller(svar), [Adgangsrolle::Skole, Adgangsrolle::Kommune]);
    let annen = s.bok.mottakere_for_skole(&voss, Some("999999999"), None).await.unwrap();
    assert_eq!(roller(annen), [Adgangsrolle::Kommune]);
    // A school without an organisation number, as the list of users keeps it.
    let uten = Skolevalg { organisasjonsnummer: String::new(), skolenr: Some("46777".into()), tenant: voss.clone() };
    let uten = oppdrag(Adgangsrolle::Skole, Omfang::Skoler([uten].into()));
    s.bok.inviter(&leder, &eier(), ny("d@voss.example", vec![uten])).await.unwrap();
    for (org, nummer, antall) in [(None, "46777", 2), (Some("312701111"), "46777", 2), (None, "46778", 1)] {
        assert_eq!(
            s.bok.mottakere_for_skole(&voss, org, Some(nummer)).await.unwrap().len(),
            antall,
            "{org:?} {nummer}"
        );
    }
}
