//! Who sees and does what, over lists, ledgers and rounds in memory.

use super::*;
use crate::revisjon::{Loggfilter, fylkets, logg, sjekk};
use crate::utsikt::prover::{ANNEN, BERGEN, NAVN, NUMMER, Sted, VOSS, elev, linje, n, t};
use crate::{Rundeendring, Runderedigering};
use elevliste::{Avklaring, Endringsslag, Godkjenning, Handling, Listenokkel, Rundenokkel, Skolestatus};
use hendelse::{REVISJON, Tenant};
use jiff::SignedDuration;
use std::collections::BTreeSet;
use std::sync::Arc;
use uuid::Uuid;

/// Protected, and once on the list like anybody else.
const SKJERMET: u128 = 0x5ec7e7;

fn skole(nokkel: &str, tenant: &str) -> Omfang {
    let organisasjonsnummer = format!("9{}000", n(nokkel).skolenr);
    Omfang::Skoler([Skolevalg { tenant: tenant.parse().unwrap(), organisasjonsnummer, skolenr: None }].into())
}

fn tenanter(tenant: &str) -> Omfang {
    Omfang::Tenanter([tenant.parse().unwrap()].into())
}

fn fylker(fylke: &str) -> Omfang {
    Omfang::Fylker([fylke.parse().unwrap()].into())
}

fn adgang(rolle: Adgangsrolle, omfang: Omfang) -> Adgang {
    let hvem = Arc::new(Identitet { id: format!("id-{}", rolle.as_str()), navn: format!("Prøve {}", rolle.as_str()) });
    Adgang { hvem, rolle, omfang, pa_vegne_av: None, bare_lese: false }
}

/// Somebody in each role to whom the list of Voss belongs.
fn voss(rolle: Adgangsrolle) -> Adgang {
    adgang(
        rolle,
        match rolle {
            Adgangsrolle::Skole => skole(VOSS, "voss"),
            Adgangsrolle::Fylke => fylker("46"),
            _ => tenanter("voss"),
        },
    )
}

/// Three schools of two municipalities; the first has been delivered, has changed since, and has a protected pupil.
async fn sted() -> Sted {
    let sted = Sted::nytt().await;
    sted.runde(|_| {}).await;
    sted.liste(VOSS, "voss", Some(vec![linje(1), linje(2), linje(SKJERMET)]), &[]).await;
    sted.lever(VOSS).await;
    sted.klokke.set(t("2026-11-03T09:00:00Z"));
    sted.liste(VOSS, "voss", Some(vec![linje(1), linje(3)]), &[SKJERMET]).await;
    sted.liste(ANNEN, "voss", Some(vec![linje(4)]), &[]).await;
    sted.liste(BERGEN, "bergen", Some(vec![linje(5)]), &[]).await;
    sted.til(VOSS, |s| s.is_some_and(|s| s.mottatt.is_some() && s.antall.kilde == 3)).await;
    for nokkel in [ANNEN, BERGEN] {
        sted.til(nokkel, |s| s.is_some_and(|s| s.stenger.is_some())).await;
    }
    sted
}

impl Sted {
    fn utsnitt(&self, adgang: Adgang) -> Utsnitt {
        Utsnitt::ny(&self.utsikt, adgang)
    }
}

/// Everything that can be asked of a list, and what came of it: yes, not there, or not for this person.
async fn alt(utsnitt: &Utsnitt, nokkel: &Listenokkel) -> Vec<(Gjoremal, String, String)> {
    let (hans, grunn) = (elev(1), || "fordi".to_owned());
    let mut ut = vec![];
    let mut legg = |hva, svar: Result<String, Adgangsfeil>| {
        let (ord, vist) = match svar {
            Err(Adgangsfeil::Finnes) => ("nei", Adgangsfeil::Finnes.to_string()),
            Err(Adgangsfeil::MaIkke { .. }) => ("bare se", String::new()),
            Err(feil) => ("ja", feil.to_string()),
            Ok(vist) => ("ja", vist),
        };
        ut.push((hva, ord.to_owned(), vist));
    };
    use Gjoremal as G;
    legg(G::SeStatus, utsnitt.sammendrag(nokkel).map(|s| format!("{s:?}")).ok_or(Adgangsfeil::Finnes));
    legg(
        G::SeListe,
        utsnitt
            .liste(nokkel)
            .await
            .map(|s| format!("{s:?} {:?}", s.bilde.intensjon("v", elevliste::Sending::Liste, None))),
    );
    legg(G::SeMottatt, utsnitt.mottatt(nokkel).await.map(|s| format!("{s:?}")));
    legg(G::SeOverlevert, utsnitt.overlevert(nokkel).await.map(|s| format!("{s:?}")));
    legg(G::SeHistorikk, utsnitt.ved(nokkel, t("2026-11-03T08:30:00Z")).await.map(|s| format!("{s:?}")));
    legg(G::SeHistorikk, utsnitt.versjoner(nokkel).await.map(|s| format!("{s:?}")));
    legg(G::SeHistorikk, utsnitt.endret(nokkel, Siden::Forrige).await.map(|s| format!("{s:?}")));
    legg(G::SeKvittering, utsnitt.listekvittering(nokkel));
    legg(G::SeElevkvittering, utsnitt.elevkvittering(nokkel, hans).await);
    for handling in [
        Handling::Godkjent { segl: "x".into() },
        Handling::HoldtTilbake { elev: elev(77), grunn: grunn() },
        Handling::RutetManuelt { elev: elev(77), grunn: grunn() },
        Handling::Frigitt { elev: elev(77) },
        Handling::Tilbakekalt { grunn: grunn() },
        Handling::FiktivtNummer { elev: elev(77), nummer: None, kilde: grunn() },
        Handling::Avklart {
            segl: "x".into(),
            mottatt: true,
            hvordan: Avklaring::Person,
            grunn: grunn(),
            kvittering: None,
            etag: None,
            bevis: None,
        },
        Handling::Ettermeldt { id: elev(77), elev: hans, slag: Endringsslag::Ny, grunn: grunn() },
        Handling::EttermeldingBehandlet { id: elev(77), godtatt: true, grunn: grunn() },
    ] {
        let hva = Gjoremal::av(&handling).unwrap();
        legg(hva, utsnitt.utfor(nokkel, None, handling).await.map(|s| s.to_string()));
    }
    ut
}

fn ord(tillatelse: Tillatelse) -> &'static str {
    match tillatelse {
        Tillatelse::Ja => "ja",
        Tillatelse::BareSe => "bare se",
        Tillatelse::Nei => "nei",
    }
}

#[tokio::test]
async fn every_role_gets_what_the_table_says_and_a_forged_key_gets_what_a_made_up_one_gets() {
    let sted = sted().await;
    for rolle in Adgangsrolle::ALLE {
        let utsnitt = sted.utsnitt(voss(rolle));
        for (hva, svar, vist) in alt(&utsnitt, &n(VOSS)).await {
            assert_eq!(svar, ord(utsnitt.adgang().ma(hva)), "{} {hva}: {vist}", rolle.as_str());
            for hemmelig in [NAVN, NUMMER, &elev(SKJERMET).to_string()] {
                assert!(!vist.contains(hemmelig), "{} {hva} shows {hemmelig}: {vist}", rolle.as_str());
            }
        }
        // Reads and does nothing: the same, and no act.
        let leser = sted.utsnitt(Adgang { bare_lese: true, ..voss(rolle) });
        for (hva, svar, _) in alt(&leser, &n(VOSS)).await {
            let ventet = ord(utsnitt.adgang().ma(hva));
            assert_eq!(svar, if hva.er_handling() { "bare se" } else { ventet }, "{} {hva}", rolle.as_str());
        }
        let fremmed = sted.utsnitt(match rolle {
            Adgangsrolle::Fylke => adgang(rolle, fylker("03")),
            Adgangsrolle::Skole => adgang(rolle, skole(BERGEN, "voss")),
            _ => adgang(rolle, tenanter("bergen")),
        });
        let (ekte, oppdiktet) = (alt(&fremmed, &n(VOSS)).await, alt(&fremmed, &n("46.46999.2026-2027.1")).await);
        assert_eq!(ekte, oppdiktet, "{}", rolle.as_str());
        assert!(ekte.iter().all(|(_, svar, _)| svar == "nei"));
        assert!(fremmed.lister().iter().all(|liste| liste.nokkel == n(BERGEN)));
        let feil = adgang(rolle, if rolle == Adgangsrolle::Skole { tenanter("voss") } else { skole(VOSS, "voss") });
        assert!(sted.utsnitt(feil).lister().is_empty(), "a role for what it cannot be for sees nothing");
    }
    let mine = |adgang| sted.utsnitt(adgang).lister().iter().map(|l| l.nokkel.to_string()).collect::<Vec<_>>();
    assert_eq!(mine(voss(Adgangsrolle::Skole)), [VOSS]);
    assert_eq!(mine(voss(Adgangsrolle::Kommune)), [VOSS, ANNEN]);
    assert_eq!(mine(voss(Adgangsrolle::Fylke)), [VOSS, ANNEN, BERGEN]);
    // Nothing of it is in the log but who, which list, which pupils.
    for record in sted.bus.log(REVISJON, "revisjon.>") {
        let tekst = format!("{} {:?} {}", record.subject, record.headers, String::from_utf8_lossy(&record.payload));
        for hemmelig in [NAVN, NUMMER, &elev(SKJERMET).to_string()] {
            assert!(!tekst.contains(hemmelig), "{tekst}");
        }
    }
    for tenant in ["voss", "bergen"] {
        assert_eq!(sjekk(&sted.om, &tenant.parse().unwrap()).await.unwrap().brutt, None);
    }
}

#[tokio::test]
async fn a_county_sees_what_was_sent_and_a_school_what_stands() {
    let sted = sted().await;
    let navn = |sett: &Sett| sett.elever().into_iter().map(|e| e.as_u128()).collect::<Vec<_>>();
    let fylket = sted.utsnitt(voss(Adgangsrolle::Fylke));
    let mottatt = fylket.mottatt(&n(VOSS)).await.unwrap();
    assert_eq!(navn(&mottatt), [1, 2], "without the pupil who is protected by now");
    assert!(mottatt.sak.liste.linjer.iter().all(|l| l.identitetsnummer.as_ref().unwrap().vis() == "059110*****"));
    assert_eq!(fylket.nummer(&n(VOSS), elev(2)).await.unwrap().unwrap().vis(), NUMMER);
    for nr in [3, SKJERMET] {
        assert!(matches!(fylket.nummer(&n(VOSS), elev(nr)).await, Err(Adgangsfeil::Finnes)), "{nr}");
    }
    assert!(matches!(fylket.mottatt(&n(BERGEN)).await, Err(Adgangsfeil::Finnes)), "nothing was sent");
    let skolen = sted.utsnitt(voss(Adgangsrolle::Skole));
    assert_eq!(navn(&skolen.liste(&n(VOSS)).await.unwrap()), [1, 3]);
    let utvalg = skolen.utvalg(&n(VOSS), |linje, _| linje.elev == elev(3)).await.unwrap();
    assert_eq!((navn(&utvalg), utvalg.linjer().count(), utvalg.sammendrag.antall.kilde), (vec![3], 1, 3));
    assert!(utvalg.linje(elev(3)).is_some() && utvalg.linje(elev(1)).is_none());
    let endret = skolen.endret(&n(VOSS), Siden::Forrige).await.unwrap();
    let slag: Vec<_> = endret.elever.iter().map(|f| (f.elev.as_u128(), f.slag)).collect();
    assert_eq!(slag, [(2, Endringsslag::Borte), (3, Endringsslag::Ny)]);
    skolen
        .utfor(&n(VOSS), None, Handling::RutetManuelt { elev: elev(3), grunn: "hemmelig adresse".into() })
        .await
        .unwrap();
    let overlevert = fylket.overlevert(&n(VOSS)).await.unwrap();
    let vist: Vec<_> = overlevert.iter().map(|o| (o.elev.as_u128(), o.rutet.is_some(), o.linje.is_some())).collect();
    assert_eq!(vist, [(3, true, true)]);
}

#[tokio::test]
async fn an_act_is_seen_at_once_a_stale_page_does_nothing_and_a_supplier_no_more_than_whom_it_acts_for() {
    let sted = sted().await;
    let skolen = sted.utsnitt(voss(Adgangsrolle::Skole));
    let for_ = skolen.sammendrag(&n(VOSS)).unwrap();
    let hold = |nr| Handling::HoldtTilbake { elev: elev(nr), grunn: "flytter".into() };
    let sekvens = skolen.utfor(&n(VOSS), Some(for_.sekvens), hold(1)).await.unwrap();
    let etter = skolen.sammendrag(&n(VOSS)).unwrap();
    assert_eq!(
        (etter.sekvens, skolen.liste(&n(VOSS)).await.unwrap().bilde.tatt_ut.contains(&elev(1))),
        (sekvens, true)
    );
    let gammel = skolen.utfor(&n(VOSS), Some(for_.sekvens), hold(3)).await;
    assert!(matches!(gammel, Err(Adgangsfeil::Endret)), "{gammel:?}");
    let ukjent = skolen.utfor(&n(VOSS), None, hold(SKJERMET)).await.unwrap_err();
    assert_eq!(ukjent.to_string(), skolen.utfor(&n(VOSS), None, hold(12345)).await.unwrap_err().to_string());
    sted.runde(|runde| runde.godkjenning = Godkjenning::Kommune).await;
    sted.til(ANNEN, |s| s.is_some_and(|s| s.runde.as_ref().is_some_and(|r| r.godkjenning == Godkjenning::Kommune)))
        .await;
    let segl = sted.utsnitt(voss(Adgangsrolle::Kommune)).sammendrag(&n(ANNEN)).unwrap().segl.clone();
    let pa_vegne_av = |adgang| Adgang { pa_vegne_av: Some("Leverandøren AS".into()), ..adgang };
    let godkjenn = || Handling::Godkjent { segl: segl.clone() };
    let for_skolen = sted.utsnitt(pa_vegne_av(adgang(Adgangsrolle::Skole, skole(ANNEN, "voss"))));
    let svar = for_skolen.utfor(&n(ANNEN), None, godkjenn()).await;
    assert!(matches!(svar, Err(Adgangsfeil::Lov(liste::Handlingsfeil::KommunenGodkjenner))), "{svar:?}");
    let for_kommunen = sted.utsnitt(pa_vegne_av(voss(Adgangsrolle::Kommune)));
    for_kommunen.utfor(&n(ANNEN), None, godkjenn()).await.unwrap();
    assert_eq!(for_kommunen.sammendrag(&n(ANNEN)).unwrap().status, Skolestatus::Godkjent);
    let poster = for_kommunen.liste(&n(ANNEN)).await.unwrap().sak.poster;
    assert_eq!(poster[0].av.rolle, Some(elevliste::Rolle::Leverandor));
    assert_eq!(poster[0].av.id, "Prøve kommune [id-kommu]");
}

#[tokio::test]
async fn a_showing_is_written_once_in_a_quarter_of_an_hour_and_a_refusal_too() {
    let sted = sted().await;
    let skolen = sted.utsnitt(voss(Adgangsrolle::Skole));
    let tenant: Tenant = "voss".parse().unwrap();
    let vist = async || {
        let filter = Loggfilter { typ: Some("revisjon.vist".into()), ..Loggfilter::default() };
        let side = logg(&sted.om, &tenant, &filter, None, 100).await.unwrap();
        side.poster.into_iter().map(|p| (p.typ.clone(), p.elever())).collect::<Vec<_>>()
    };
    skolen.utvalg(&n(VOSS), |l, _| l.elev == elev(1)).await.unwrap();
    skolen.liste(&n(VOSS)).await.unwrap();
    skolen.liste(&n(VOSS)).await.unwrap();
    let liste = "revisjon.vist.liste".to_owned();
    let en_gang = vec![(liste.clone(), vec![elev(3)]), (liste.clone(), vec![elev(1)])];
    assert_eq!(vist().await, en_gang, "each pupil once");
    skolen.nummer(&n(VOSS), elev(1)).await.unwrap();
    assert_eq!(vist().await[0], ("revisjon.vist.nummer".to_owned(), vec![elev(1)]));
    sted.klokke.set(sted.utsnitt(voss(Adgangsrolle::Skole)).na() + SignedDuration::from_mins(15));
    skolen.liste(&n(VOSS)).await.unwrap();
    assert_eq!(vist().await[0], (liste, vec![elev(1), elev(3)]));
    let fremmed = sted.utsnitt(adgang(Adgangsrolle::Kommune, tenanter("bergen")));
    for _ in 0..3 {
        assert!(fremmed.liste(&n(VOSS)).await.is_err());
    }
    let filter = Loggfilter { typ: Some("revisjon.nektet".into()), ..Loggfilter::default() };
    let frist = std::time::Instant::now() + std::time::Duration::from_secs(60);
    let nektet = loop {
        let side = logg(&sted.om, &tenant, &filter, None, 100).await.unwrap();
        if !side.poster.is_empty() {
            break side.poster;
        }
        assert!(std::time::Instant::now() < frist);
        tokio::task::yield_now().await;
    };
    assert_eq!((nektet[0].hvem(), nektet[0].liste()), (Some(("id-kommune", "Prøve kommune")), Some(n(VOSS))));
    let revisor = sted.utsnitt(voss(Adgangsrolle::Revisor));
    assert!(!revisor.logg(&tenant, &Loggfilter::default(), None, 10).await.unwrap().poster.is_empty());
    assert_eq!(revisor.sjekk_logg(&tenant).await.unwrap().brutt, None);
    for annen in [fremmed, skolen] {
        assert!(matches!(annen.logg(&tenant, &Loggfilter::default(), None, 10).await, Err(Adgangsfeil::Finnes)));
    }
}

#[tokio::test]
async fn the_county_changes_its_rounds_and_nobody_else_does() {
    let sted = sted().await;
    let nokkel: Rundenokkel = "46.2026-2027.1".parse().unwrap();
    let lengre = Rundeendring::Forleng(t("2026-11-20T00:00:00+01"));
    for rolle in Adgangsrolle::ALLE {
        let utsnitt = sted.utsnitt(voss(rolle));
        assert_eq!(utsnitt.runder().len(), 1);
        let svar = utsnitt.endre_runde(nokkel, None, "strømbrudd", lengre).await;
        assert_eq!(svar.is_ok(), rolle == Adgangsrolle::Fylke, "{svar:?}");
        assert!(svar.is_ok() || matches!(svar, Err(Adgangsfeil::MaIkke { hva: Gjoremal::EndreRunder })), "{svar:?}");
    }
    let annet = sted.utsnitt(adgang(Adgangsrolle::Fylke, fylker("03")));
    assert!(matches!(annet.endre_runde(nokkel, None, "fordi", lengre).await, Err(Adgangsfeil::Finnes)));
    let fylket = sted.utsnitt(voss(Adgangsrolle::Fylke));
    let runde = fylket.runde(nokkel).unwrap();
    assert_eq!((runde.sak.poster.len(), runde.sak.runde().stenger), (2, t("2026-11-20T00:00:00+01")), "seen at once");
    let instruks = |tekst: &str| Runderedigering { instruks: Some(Some(tekst.into())), ..Runderedigering::default() };
    let sett = Some(runde.sak.sekvens);
    fylket.rediger_runde(nokkel, sett, "tydeligere", instruks("Les nøye.")).await.unwrap();
    let gammel = fylket.rediger_runde(nokkel, sett, "tydeligere", instruks("Nei.")).await;
    assert!(matches!(gammel, Err(Adgangsfeil::Endret)), "{gammel:?}");
    assert!(matches!(fylket.rediger_runde(nokkel, None, " ", instruks("Ja.")).await, Err(Adgangsfeil::Grunn)));
    let na = fylket.runde(nokkel).unwrap();
    let neste = elevliste::Innsamling {
        skolear: "2027-2028".parse().unwrap(),
        apner: t("2027-11-01T00:00:00+01"),
        stenger: t("2027-11-14T00:00:00+01"),
        ..na.sak.runde().clone()
    };
    fylket.ny_runde(neste.clone(), "nytt skoleår").await.unwrap();
    assert!(matches!(fylket.ny_runde(neste, "igjen").await, Err(Adgangsfeil::FinnesAllerede)));
    assert_eq!(fylket.runder().len(), 2);
    let side = fylket.logg(&fylkets("46".parse().unwrap()), &Loggfilter::default(), None, 10).await.unwrap();
    let endringer = side.poster.iter().filter(|p| p.typ == "revisjon.runde.endret").count();
    assert_eq!(endringer, 3);
    let skolen = sted.utsnitt(voss(Adgangsrolle::Skole)).runde(nokkel).unwrap();
    assert_eq!((skolen.sak.poster.len(), skolen.sak.runde().instruks.as_deref()), (1, Some("Les nøye.")));
}

#[tokio::test]
async fn only_what_somebody_sees_is_told() {
    let sted = sted().await;
    let mut mine = sted.utsnitt(voss(Adgangsrolle::Skole)).endringer();
    sted.liste(BERGEN, "bergen", Some(vec![linje(5), linje(6)]), &[]).await;
    sted.til(BERGEN, |s| s.is_some_and(|s| s.antall.kilde == 2)).await;
    sted.liste(VOSS, "voss", Some(vec![linje(1)]), &[]).await;
    assert_eq!(mine.neste().await, Some(Endring::Liste(n(VOSS))));
    // A list that comes to somebody else is told to both.
    sted.liste(VOSS, "bergen", Some(vec![linje(1)]), &[]).await;
    assert_eq!(mine.neste().await, Some(Endring::Liste(n(VOSS))));
    let kilder = |rolle| sted.utsnitt(voss(rolle)).kilder().len();
    sted.utsikt.se_pa(&"voss".parse().unwrap(), &"vigilo".parse().unwrap()).await.unwrap();
    assert_eq!(Adgangsrolle::ALLE.map(kilder), [1, 1, 0, 1, 0]);
    let ingen: BTreeSet<Uuid> = BTreeSet::new();
    assert_eq!(sted.utsikt.skjermede(), ingen, "the new owner's list has nobody protected");
}

#[tokio::test]
async fn who_was_protected_when_he_left_a_list_is_shown_nowhere_in_its_past() {
    let sted = sted().await;
    let grunn = "flytter".to_owned();
    sted.skriv(VOSS, Handling::HoldtTilbake { elev: elev(SKJERMET), grunn }).await;
    sted.klokke.set(t("2026-11-03T10:00:00Z"));
    sted.liste(VOSS, "voss", Some(vec![linje(1), linje(3)]), &[]).await;
    sted.til(VOSS, |s| s.is_some_and(|s| s.antall.kilde == 2)).await;
    assert!(sted.utsikt.skjermede().is_empty(), "no list says so now");
    let hemmelig = elev(SKJERMET).to_string();
    for borte in [false, true] {
        if borte {
            sted.liste(VOSS, "voss", None, &[]).await;
            sted.til(VOSS, |s| s.is_some_and(|s| s.mangler)).await;
        }
        for rolle in [Adgangsrolle::Skole, Adgangsrolle::Kommune, Adgangsrolle::Fylke] {
            let utsnitt = sted.utsnitt(voss(rolle));
            let mut alt = fmt_alle(&utsnitt).await;
            for ved in ["2026-11-03T08:30:00Z", "2026-11-03T09:30:00Z"] {
                alt += &format!("{:?}", utsnitt.ved(&n(VOSS), t(ved)).await);
                alt += &format!("{:?}", utsnitt.endret(&n(VOSS), Siden::Ved(t(ved))).await);
            }
            assert!(!alt.contains(&hemmelig), "{} {borte}: {alt}", rolle.as_str());
            for elev in [elev(SKJERMET), elev(12345)] {
                assert!(matches!(utsnitt.nummer(&n(VOSS), elev).await, Err(Adgangsfeil::Finnes)));
                assert!(matches!(utsnitt.forklar(&n(VOSS), elev).await, Err(Adgangsfeil::Finnes)));
            }
            let kvittering = utsnitt.elevkvittering(&n(VOSS), elev(SKJERMET)).await;
            assert!(matches!(kvittering, Err(Adgangsfeil::Finnes)), "{kvittering:?}");
        }
    }
    // Who is on the list again, like anybody else, is.
    sted.liste(VOSS, "voss", Some(vec![linje(1), linje(SKJERMET)]), &[]).await;
    sted.til(VOSS, |s| s.is_some_and(|s| s.antall.kilde == 2 && !s.mangler)).await;
    let skolen = sted.utsnitt(voss(Adgangsrolle::Skole));
    assert!(skolen.liste(&n(VOSS)).await.unwrap().elever().contains(&elev(SKJERMET)));
    assert!(skolen.ved(&n(VOSS), t("2026-11-03T08:30:00Z")).await.unwrap().elever().contains(&elev(SKJERMET)));
}

#[tokio::test]
async fn nothing_is_done_upon_a_broken_ledger_and_a_protected_pupil_is_nobody() {
    let sted = sted().await;
    let skolen = sted.utsnitt(voss(Adgangsrolle::Skole));
    for nr in [SKJERMET, 12345] {
        assert!(matches!(skolen.forklar(&n(VOSS), elev(nr)).await, Err(Adgangsfeil::Finnes)));
        assert!(matches!(skolen.nummer(&n(VOSS), elev(nr)).await, Err(Adgangsfeil::Finnes)));
    }
    let alt = fmt_alle(&skolen).await;
    assert!(!alt.contains(&elev(SKJERMET).to_string()), "{alt}");
    let av = elevliste::Aktor::person("ola");
    let falsk = elevliste::Innsendingspost::etter(None, skolen.na(), av, Handling::Frigitt { elev: elev(1) });
    let emne = hendelse::Emne::Innsending(n(VOSS));
    let data = Some(hendelse::kod(&falsk).unwrap());
    let avsender = crate::melding::Avsender::ny("voss", "innsending");
    let melding = avsender.melding(&emne, "innsending.frigitt", skolen.na(), data, None);
    sted.om.bus.publish(vec![melding]).await.unwrap();
    sted.til(VOSS, |s| s.is_some_and(|s| s.bok == crate::utsikt::Bokstand::Brutt(4))).await;
    assert_eq!(skolen.liste(&n(VOSS)).await.unwrap().sammendrag.bok, crate::utsikt::Bokstand::Brutt(4));
    let svar = skolen.utfor(&n(VOSS), None, Handling::Frigitt { elev: elev(1) }).await;
    assert!(matches!(svar, Err(Adgangsfeil::Brutt)), "{svar:?}");
}

/// Everything that comes out about a list, as a program would print it.
async fn fmt_alle(utsnitt: &Utsnitt) -> String {
    alt(utsnitt, &n(VOSS)).await.into_iter().map(|(_, _, vist)| vist).collect()
}

#[tokio::test]
async fn law_and_table_agree_on_who_approves_and_on_who_enters_a_fictitious_number() {
    use Godkjenning as P;
    let sted = sted().await;
    for (policy, ventet) in [(P::Skole, [true, true]), (P::Kommune, [false, true]), (P::Automatisk, [true, true])] {
        sted.runde(|runde| runde.godkjenning = policy).await;
        sted.til(VOSS, |s| s.is_some_and(|s| s.runde.as_ref().is_some_and(|r| r.godkjenning == policy))).await;
        for (plass, rolle) in Adgangsrolle::ALLE.into_iter().enumerate() {
            for pa_vegne_av in [None, Some("Leverandøren AS".to_owned())] {
                let utsnitt = sted.utsnitt(Adgang { pa_vegne_av, ..voss(rolle) });
                let kan = utsnitt.kan_godkjenne(&utsnitt.sammendrag(&n(VOSS)).unwrap());
                assert_eq!(kan, ventet.get(plass).copied().unwrap_or(false), "{policy:?} {}", rolle.as_str());
                let svar = utsnitt.utfor(&n(VOSS), None, Handling::Godkjent { segl: "x".into() }).await;
                let rollen = matches!(
                    svar,
                    Err(Adgangsfeil::MaIkke { .. }
                        | Adgangsfeil::Lov(
                            liste::Handlingsfeil::KommunenGodkjenner | liste::Handlingsfeil::SkolenGodkjenner
                        ))
                );
                assert_eq!(kan, !rollen, "{policy:?} {}: {svar:?}", rolle.as_str());
                let (nummer, kilde) = (Some("54051199146".into()), "brev 12.11.".to_owned());
                let fiktivt = Handling::FiktivtNummer { elev: elev(1), nummer, kilde };
                let svar = utsnitt.utfor(&n(VOSS), None, fiktivt).await;
                let ventet = match utsnitt.ma(Gjoremal::ForeFiktivt) {
                    true => matches!(svar, Err(Adgangsfeil::Lov(liste::Handlingsfeil::HarNummer))),
                    false => matches!(svar, Err(Adgangsfeil::MaIkke { .. })),
                };
                assert!(ventet, "{}: {svar:?}", rolle.as_str());
            }
        }
    }
    let bergen = sted.utsnitt(adgang(Adgangsrolle::Kommune, tenanter("bergen")));
    let voss = sted.utsnitt(voss(Adgangsrolle::Kommune)).sammendrag(&n(VOSS)).unwrap();
    assert!(!bergen.kan_godkjenne(&voss), "another's list");
}

#[tokio::test]
async fn a_pupil_who_has_left_is_among_those_that_the_office_must_be_told_of() {
    let sted = sted().await;
    let skolen = sted.utsnitt(voss(Adgangsrolle::Skole));
    let alle = skolen.ettermeldinger(&n(VOSS)).await.unwrap();
    let vist: Vec<_> = alle.iter().map(|e| (e.melding.elev.as_u128(), e.melding.slag, e.linje.is_some())).collect();
    assert_eq!(vist, [(2, Endringsslag::Borte, true), (3, Endringsslag::Ny, true)], "and nobody who is protected");
    assert!(!format!("{alle:?}").contains(NUMMER));
    let fylket = sted.utsnitt(voss(Adgangsrolle::Fylke));
    assert!(matches!(fylket.ettermeldinger(&n(VOSS)).await, Err(Adgangsfeil::Finnes)));
    let borte = &alle[0].melding;
    let (id, elev, slag, grunn) = (borte.id, borte.elev, borte.slag, "ringt".to_owned());
    skolen.utfor(&n(VOSS), None, Handling::Ettermeldt { id, elev, slag, grunn }).await.unwrap();
    let overlevert = fylket.overlevert(&n(VOSS)).await.unwrap();
    let vist: Vec<_> = overlevert.iter().map(|o| (o.elev.as_u128(), o.linje.is_some())).collect();
    assert_eq!(vist, [(2, true)], "the office is told, by name");
    let etter = skolen.sammendrag(&n(VOSS)).unwrap();
    assert_eq!((etter.ettermeldinger, etter.ettermeldinger_meldt, etter.mottatt_antall), (1, 1, 3));
}
