//! Each thing that can happen to a person: the feed names the number, and the look-up tells what is so now.

use crate::lesing::{navn, oppsett};
use flow::Personregister;
use folkeregister::{Graderingsnivaa, Identifikatorstatus, Personstatus};
use identitet::{Grunnlag, Skjermet, tenor_nummer};
use simulators::folkeregister::{Gradering, Handling, Ressurs};

fn nytt_navn(nummer: &str, fornavn: &str, etternavn: &str) -> Handling {
    Handling::NyttNavn { nummer: nummer.into(), fornavn: fornavn.into(), mellomnavn: None, etternavn: etternavn.into() }
}

fn to(en: &str, to: &str) -> Option<(String, String)> {
    Some((en.to_owned(), to.to_owned()))
}

#[tokio::test]
async fn a_name_is_changed_corrected_and_annulled() {
    let o = oppsett().await;
    let nr = o.nr(0);
    let forst = navn(&o.person(&nr).await);
    assert_eq!(o.skjer(&[nytt_navn(&nr, "Máret", "Golbmačiehka")]).await, std::slice::from_ref(&nr));
    assert_eq!(navn(&o.person(&nr).await), to("MÁRET", "GOLBMAČIEHKA"));
    let rettet = Handling::KorrigerNavn {
        nummer: nr.clone(),
        fornavn: "Maret".into(),
        mellomnavn: Some("Ánne".into()),
        etternavn: "Ø".into(),
    };
    assert_eq!(o.skjer(&[rettet]).await, std::slice::from_ref(&nr));
    let person = o.person(&nr).await;
    assert_eq!(navn(&person), to("MARET", "Ø"));
    assert_eq!(person.navn.unwrap().mellomnavn, Some("ÁNNE".into()));
    assert_eq!(o.skjer(&[Handling::AnnullerNavn { nummer: nr.clone() }]).await, std::slice::from_ref(&nr));
    assert_eq!(navn(&o.person(&nr).await), forst);
    o.skjer(&[nytt_navn(&nr, "Kari", "Nordmann*PIKE")]).await;
    assert_eq!(o.person(&nr).await.navn, None);
}

#[tokio::test]
async fn a_d_number_becomes_a_fodselsnummer_and_the_old_one_is_told_of_first() {
    let o = oppsett().await;
    let gammelt = o.dnr();
    assert_eq!(o.person(&gammelt).await.status, Personstatus::Midlertidig);
    let numre = o.skjer(&[Handling::NyttNummer { nummer: gammelt.clone(), nytt: None }]).await;
    let nytt = o.sim.gjeldende(&gammelt).unwrap();
    assert_eq!(numre, [gammelt.clone(), nytt.clone()]);
    for spurt in [&gammelt, &nytt] {
        let person = o.person(spurt).await;
        assert_eq!((person.nummer.vis(), person.gjeldende().unwrap().vis()), (spurt, &nytt));
        assert_eq!((person.identifikasjonsnummer.len(), person.status), (2, Personstatus::Bosatt));
        let gml = person.identifikasjonsnummer.iter().find(|n| n.foedsels_eller_d_nummer.vis() == &gammelt);
        assert_eq!(gml.unwrap().status, Identifikatorstatus::Opphoert);
    }
}

#[tokio::test]
async fn two_become_one_and_two_again() {
    let o = oppsett().await;
    let (en, to) = (o.nr(0), o.nr(1));
    let (navn_en, navn_to) = (navn(&o.person(&en).await), navn(&o.person(&to).await));
    assert_ne!(navn_en, navn_to);
    let slaa_sammen = Handling::SlaaSammen { gjeldende: en.clone(), dublett: to.clone() };
    assert_eq!(o.skjer(&[slaa_sammen]).await, [to.clone(), en.clone()]);
    let person = o.person(&to).await;
    assert_eq!((navn(&person), person.gjeldende().unwrap().vis()), (navn_en.clone(), &en));
    assert_eq!(o.skjer(&[Handling::Splitt { dublett: to.clone() }]).await, [en.clone(), to.clone()]);
    assert_eq!(navn(&o.person(&to).await), navn_to);
    let person = o.person(&en).await;
    assert_eq!((navn(&person), person.identifikasjonsnummer.len()), (navn_en, 1));
}

#[tokio::test]
async fn death_emigration_and_a_number_that_is_nobodys() {
    let o = oppsett().await;
    let (doed, ute, feil) = (o.nr(0), o.nr(1), o.nr(2));
    o.skjer(&[
        Handling::Doed { nummer: doed.clone() },
        Handling::Utflyttet { nummer: ute.clone() },
        Handling::Opphor { nummer: feil.clone() },
    ])
    .await;
    let svar = o.slaa_opp(&[&feil, &doed, &ute]).await.unwrap();
    let status: Vec<_> = svar.into_iter().map(|p| p.unwrap().status).collect();
    assert_eq!(status, [Personstatus::Opphoert, Personstatus::Doed, Personstatus::Utflyttet]);
    let minst = o.person(&feil).await;
    assert_eq!((minst.funnet, minst.navn.is_none(), minst.gjeldende()), (true, true, None));
    o.skjer(&[Handling::AnnullerDoed { nummer: doed.clone() }]).await;
    assert_eq!(o.person(&doed).await.status, Personstatus::Bosatt);
}

#[tokio::test]
async fn protection_is_given_raised_and_lifted() {
    let o = oppsett().await;
    let nr = o.nr(0);
    for (gradering, ventet) in [
        (Some(Gradering::Klientadresse), Graderingsnivaa::Klientadresse),
        (Some(Gradering::Fortrolig), Graderingsnivaa::Fortrolig),
        (Some(Gradering::StrengtFortrolig), Graderingsnivaa::StrengtFortrolig),
        (None, Graderingsnivaa::Ugradert),
    ] {
        let nummer = nr.clone();
        let handling = match gradering {
            Some(gradering) => Handling::Beskytt { nummer, gradering },
            None => Handling::OpphevBeskyttelse { nummer },
        };
        assert_eq!(o.skjer(&[handling]).await, std::slice::from_ref(&nr));
        assert!(o.person(&nr).await.graderingsnivaa == ventet, "{gradering:?}");
    }
}

#[tokio::test]
async fn a_replay_and_an_unknown_event_name_people_like_any_other() {
    let o = oppsett().await;
    assert_eq!(o.skjer(&[Handling::Oppdatert { antall: 40 }]).await.len(), 40);
    let fra = o.sim.siste() + 1;
    o.sim.utfor(&[Handling::UkjentHendelse { nummer: o.nr(3) }]).unwrap();
    let side = o.side(fra).await;
    assert_eq!((side.hendelser.len(), side.findings.len()), (1, 1));
    assert_eq!(side.findings[0].code, "unknown-event-type");
}

#[tokio::test]
async fn pages_gaps_and_the_end_of_the_feed() {
    let o = oppsett().await;
    let fra = o.sim.siste() + 1;
    let nr = o.nr(0);
    let flytt = || Handling::Flytt { nummer: nr.clone() };
    o.sim.utfor(&[flytt(), Handling::Hull { antall: 70 }, Handling::Stoey { antall: 2_500 }, flytt()]).unwrap();
    assert_eq!(o.register.siste().await.unwrap(), o.sim.siste());
    let (mut plass, mut sider, mut sett) = (fra, 0, Vec::new());
    loop {
        let side = o.side(plass).await;
        assert_eq!(side.neste, side.hendelser.last().map_or(plass, |h| h.sekvens + 1));
        plass = side.neste;
        if side.innhentet {
            break;
        }
        sider += 1;
        sett.extend(side.hendelser);
    }
    assert_eq!((sider, sett.len(), plass), (3, 2_502, o.sim.siste() + 1));
    assert!(sett.iter().all(|h| h.ajourhold.is_some()) && plass > i64::from(u32::MAX));
    assert_eq!(sett.iter().filter(|h| h.nummer.vis() == &nr).count(), 2);
    // Again, and nothing else comes: the same page is safe to read, and "unchanged" is believed of the empty end alone.
    let igjen = o.side(fra).await;
    assert_eq!(igjen.hendelser, sett[..1_000]);
    assert_eq!(o.side(fra).await.hendelser.len(), 1_000);
    for _ in 0..2 {
        assert!(o.side(plass).await.innhentet);
    }
    let siste_kall = o.sim.kall(Ressurs::Siste);
    assert!(o.side(plass).await.innhentet);
    assert_eq!(o.sim.kall(Ressurs::Siste), siste_kall, "unchanged costs one request");
    o.sim.utfor(&[flytt()]).unwrap();
    assert_eq!(o.side(plass).await.hendelser.len(), 1);
}

#[tokio::test]
async fn deleted_events_and_a_feed_that_begins_anew_ask_for_a_new_place() {
    let o = oppsett().await;
    let fra = o.sim.siste() + 1;
    o.sim.utfor(&[Handling::Stoey { antall: 100 }, Handling::SlettEldre { foer: fra + 50 }]).unwrap();
    let feil = o.register.hendelser(fra).await.unwrap_err();
    assert!(matches!(feil, flow::RegisterError::ForGammelt { .. }), "{feil}");
    let side = o.side(fra + 50).await;
    assert!(!side.innhentet);
    o.sim.utfor(&[Handling::BegynnPaaNytt { forste: 10 }, Handling::Stoey { antall: 20 }]).unwrap();
    // Once could be a server that lags behind.
    let forst = o.side(side.neste).await;
    assert_eq!((forst.innhentet, forst.findings[0].code), (true, "feed-ends-before-the-place"));
    let feil = o.register.hendelser(side.neste).await.unwrap_err();
    assert!(matches!(feil, flow::RegisterError::ForGammelt { .. }), "{feil}");
}

#[tokio::test]
async fn many_are_looked_up_at_once_and_each_gets_its_own_answer() {
    let o = oppsett().await;
    let ukjent = (500..600).find_map(|individ| tenor_nummer(Grunnlag::Fnr, 2001, 5, 17, individ)).unwrap();
    let mut numre: Vec<Skjermet<String>> = o.numre.iter().cloned().map(Skjermet::new).collect();
    numre.extend(numre.clone());
    numre.push(ukjent.verdi().clone());
    // Numbers that the register never gives out, and real ones in a test environment, are not sent at all.
    numre.extend(["05820998860", "ikke et nummer", "02013299997"].map(Into::into));
    assert!(numre.len() < o.register.maks_oppslag());
    let svar = o.register.personer(&numre).await.unwrap();
    assert_eq!((svar.len(), o.sim.kall(Ressurs::Bulkoppslag)), (numre.len(), 1));
    let kjente = 2 * o.numre.len();
    for (nummer, svar) in numre.iter().zip(&svar).take(kjente) {
        let person = svar.as_ref().unwrap();
        assert_eq!((&person.nummer, person.funnet), (nummer, true));
    }
    for svar in &svar[kjente..kjente + 3] {
        assert!(!svar.as_ref().unwrap().funnet);
    }
    assert_eq!(svar[kjente + 3].as_ref().unwrap_err().code, "real-number");
}

#[tokio::test]
async fn nobody_is_asked_about_when_there_is_nobody_to_ask_about() {
    let o = oppsett().await;
    assert_eq!(o.slaa_opp(&[]).await.unwrap().len(), 0);
    assert!(!o.person("00000000000").await.funnet);
    assert_eq!(o.sim.kall(Ressurs::Bulkoppslag), 0);
}
