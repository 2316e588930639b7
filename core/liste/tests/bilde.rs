//! The picture, life by life.
#![allow(clippy::unwrap_used, reason = "all of it is a test")]

mod felles;
#[path = "felles/hovedbok.rs"]
mod hovedbok;

use elevliste::{Niva, Skolestatus, Utfall};
use felles::{id, nokkel};
use hovedbok::*;
use liste::{Listebilde, Plassering, start};

fn to() -> elevliste::Elevliste {
    liste(vec![linje("a", "10A", &[]), linje("b", "10B", &["EL-003"])])
}

/// sendt, holdt, manuelt, avvik.
fn tall(bilde: &Listebilde) -> [u32; 4] {
    let a = &bilde.avstemming;
    assert!(a.gar_opp());
    [a.sendt, a.holdt, a.manuelt, a.avvik]
}

fn regler(bilde: &Listebilde, linje: usize) -> Vec<&str> {
    bilde.plasseringer[linje].avvik.iter().map(|a| a.regel.as_str()).collect()
}

#[test]
fn a_clean_list_is_approved_sent_and_received() {
    let (liste, mut bok) = (to(), Bok::default());
    let bilde = bok.bilde(&liste);
    assert_eq!((bilde.status, tall(&bilde)), (Skolestatus::Klar, [0, 0, 0, 2]));
    assert_eq!(bilde.plasseringer[1].plassering, Plassering::Klar);
    assert!(bilde.avvik.iter().any(|a| a.regel == "EL-030"), "the list is what they share: it is not delivered");
    assert_eq!(bok.godkjenn(&liste).bilde(&liste).status, Skolestatus::Godkjent);
    assert_eq!(bok.intensjon(&liste).bilde(&liste).status, Skolestatus::Sendes);
    let bilde = bok.svar(Utfall::MottattMedAdvarsler, vec![merknad(2, "MISSING_NAME", false)]).bilde(&liste);
    assert_eq!((bilde.status, tall(&bilde)), (Skolestatus::Mottatt, [2, 0, 0, 0]));
    assert_eq!(regler(&bilde, 1), ["EL-003", "VI-003"]);
    assert!(bilde.avvik.is_empty() && bilde.etter.er_tom());
}

#[test]
fn an_error_on_a_sendable_line_or_on_the_list_bars_approval() {
    let mut liste = liste(vec![linje("a", "10A", &[]), linje("b", "", &["EL-002"])]);
    let mut bok = Bok::default();
    let bilde = bok.godkjenn(&liste).bilde(&liste);
    assert_eq!((bilde.status, tall(&bilde)), (Skolestatus::Avvik, [0, 0, 0, 2]));
    assert_eq!(bilde.plasseringer[1].plassering, Plassering::Avvik);
    let bilde = bok.hold("b").bilde(&liste);
    assert_eq!((bilde.status, tall(&bilde)), (Skolestatus::Klar, [0, 1, 0, 1]));
    assert_eq!(bilde.plasseringer[1].plassering, Plassering::Holdt { grunn: "flytter".into() });
    let bilde = bok.manuelt("b").bilde(&liste);
    assert_eq!((bilde.status, tall(&bilde)), (Skolestatus::Klar, [0, 0, 1, 1]));
    assert_eq!(bok.frigi("b").bilde(&liste).status, Skolestatus::Avvik);
    liste.linjer.pop();
    liste.avvik = avvik(&["EL-020"]);
    assert_eq!(bok.godkjenn(&liste).bilde(&liste).status, Skolestatus::Avvik);
}

#[test]
fn any_change_of_what_is_sent_breaks_the_seal_and_nothing_else_does() {
    let (liste, mut bok) = (to(), Bok::default());
    bok.godkjenn(&liste);
    let status = |f: &dyn Fn(&mut elevliste::Elevliste)| {
        let mut ny = liste.clone();
        f(&mut ny);
        bok.bilde(&ny).status
    };
    assert_eq!(status(&|_| {}), Skolestatus::Godkjent);
    assert_eq!(status(&|l| l.linjer[0].avvik = avvik(&["EL-006"])), Skolestatus::Godkjent, "a remark is not sent");
    assert_eq!(status(&|l| l.skole.navn = "Nytt navn".into()), Skolestatus::Godkjent, "nor is the name");
    assert_eq!(status(&|l| l.linjer[0].klasse = Some("10C".into())), Skolestatus::Klar);
    assert_eq!(status(&|l| l.linjer[0].identitetsnummer = Some("14851170112".into())), Skolestatus::Klar);
    assert_eq!(status(&|l| l.linjer[0].fornavn = "A".into()), Skolestatus::Klar);
    assert_eq!(status(&|l| l.linjer[0].mellomnavn = Some("".into())), Skolestatus::Klar, "empty is not absent");
    assert_eq!(status(&|l| l.linjer[0].etternavn = "A".into()), Skolestatus::Klar);
    assert_eq!(status(&|l| _ = l.linjer.pop()), Skolestatus::Klar);
    assert_eq!(status(&|l| l.linjer.swap(0, 1)), Skolestatus::Klar);
    assert_eq!(status(&|l| l.skole.organisasjonsnummer = None), Skolestatus::Klar);
    assert_eq!(status(&|l| l.nokkel.skolear = "2025-2026".parse().unwrap()), Skolestatus::Klar);
    let mut holdt = Bok(bok.0.clone());
    assert_eq!(holdt.hold("b").bilde(&liste).status, Skolestatus::Klar);
    assert_eq!(holdt.frigi("b").bilde(&liste).status, Skolestatus::Godkjent);
}

#[test]
fn a_field_does_not_run_into_the_next() {
    let (mut a, mut b) = (linje("a", "10A", &[]), linje("a", "10A", &[]));
    (a.fornavn, a.etternavn) = ("Ab".into(), "c".into());
    (b.fornavn, b.etternavn) = ("A".into(), "bc".into());
    let uten_klasse = linje("a", "", &[]);
    let mut tom_klasse = linje("a", "", &[]);
    tom_klasse.klasse = Some(String::new());
    let avtrykk = avtrykk(&[a, b, uten_klasse, tom_klasse]);
    assert!(avtrykk.iter().enumerate().all(|(i, x)| avtrykk[..i].iter().all(|y| x.avtrykk != y.avtrykk)));
}

#[test]
fn the_fingerprint_and_the_seal_are_what_they_were() {
    // Both are in ledgers that cannot be rebuilt: a change here breaks every approval there is.
    let bilde = Bok::default().bilde(&to());
    assert_eq!(bilde.avtrykk[0].avtrykk, "4a57896568f6bac983a84ce38d50a627");
    assert_eq!(bilde.segl, "90778e818d5fb5c91729ce7fde3565ffd7df6cbc9d42d4a5933574545596659a");
    assert_ne!(bilde.segl, liste::segl(&to(), &[]));
}

#[test]
fn a_refused_list_stays_refused_until_it_changes_or_somebody_approves_again() {
    let (liste, mut bok) = (to(), Bok::default());
    let bilde = bok.send(&liste, Utfall::Avvist, vec![merknad(1, "INVALID_IDENTITY_NUMBER", true)]).bilde(&liste);
    assert_eq!((bilde.status, tall(&bilde)), (Skolestatus::Avvist, [0, 0, 0, 2]));
    assert_eq!((regler(&bilde, 0), bilde.plasseringer[0].plassering.clone()), (vec!["VI-001"], Plassering::Avvik));
    assert_eq!(bilde.plasseringer[1].plassering, Plassering::Klar);
    assert_eq!(bok.godkjenn(&liste).bilde(&liste).status, Skolestatus::Avvist, "the remark is still in force");

    // Another pupil changes: the list is another, but the remark stands.
    let mut endret = liste.clone();
    endret.linjer[1].klasse = Some("10C".into());
    assert_eq!(bok.bilde(&endret).status, Skolestatus::Avvik);
    // The pupil is corrected: the remark falls.
    endret.linjer[0].identitetsnummer = Some("14851170112".into());
    let bilde = bok.bilde(&endret);
    assert_eq!((bilde.status, regler(&bilde, 0)), (Skolestatus::Klar, vec![]));
    // Or the pupil is held back.
    assert_eq!(bok.hold("a").bilde(&liste).status, Skolestatus::Klar);

    for utfall in [Utfall::UkjentSkole, Utfall::AvvistUtenGrunn] {
        let mut bok = Bok::default();
        assert_eq!(bok.send(&liste, utfall, vec![]).bilde(&liste).status, Skolestatus::Avvist);
        assert_eq!(bok.godkjenn(&liste).bilde(&liste).status, Skolestatus::Godkjent, "somebody has put it right");
    }
}

#[test]
fn an_unknown_outcome_stays_unknown_until_a_person_has_found_out() {
    let liste = to();
    for utfall in [Utfall::Uavklart, Utfall::AlleredeLevert] {
        let mut bok = Bok::default();
        assert_eq!(bok.send(&liste, utfall.clone(), vec![]).bilde(&liste).status, Skolestatus::Uavklart);
        assert_eq!(bok.godkjenn(&liste).bilde(&liste).status, Skolestatus::Uavklart, "approval is not knowledge");
        let mut endret = liste.clone();
        endret.linjer.pop();
        assert_eq!(bok.bilde(&endret).status, Skolestatus::Uavklart);
        let mut ikke = Bok(bok.0.clone());
        // Where somebody else's list stands, another try is for somebody who wants it, and not for the old approval.
        let etter = if utfall == Utfall::Uavklart { Skolestatus::Godkjent } else { Skolestatus::Avvist };
        assert_eq!(ikke.svar(Utfall::IkkeSendt, vec![]).bilde(&liste).status, etter);
        assert_eq!(ikke.godkjenn(&liste).bilde(&liste).status, Skolestatus::Godkjent);
        assert_eq!(bok.svar(Utfall::Mottatt, vec![]).bilde(&liste).status, Skolestatus::Mottatt);
    }
}

#[test]
fn a_stop_between_request_and_answer_becomes_unknown_once() {
    let (liste, mut bok) = (to(), Bok::default());
    assert_eq!(start(&bok.godkjenn(&liste).0), None);
    let svar = start(&bok.intensjon(&liste).0).unwrap();
    assert_eq!(bok.post(svar).bilde(&liste).status, Skolestatus::Uavklart);
    assert_eq!(start(&bok.0), None);
}

#[test]
fn a_closed_window_stays_closed_until_somebody_approves_again() {
    let (liste, mut bok) = (to(), Bok::default());
    assert_eq!(bok.send(&liste, Utfall::Stengt, vec![]).bilde(&liste).status, Skolestatus::Stengt);
    let mut endret = liste.clone();
    endret.linjer.pop();
    assert_eq!(bok.bilde(&endret).status, Skolestatus::Stengt);
    assert_eq!(bok.godkjenn(&endret).bilde(&endret).status, Skolestatus::Godkjent);
    assert_eq!(bok.bilde(&liste).status, Skolestatus::Stengt, "it was not this list that was approved");
}

#[test]
fn what_was_certainly_not_sent_is_still_approved() {
    let (liste, mut bok) = (to(), Bok::default());
    assert_eq!(bok.send(&liste, Utfall::IkkeSendt, vec![]).bilde(&liste).status, Skolestatus::Godkjent);
    assert_eq!(bok.intensjon(&liste).bilde(&liste).status, Skolestatus::Sendes, "the same seal again");
    assert_eq!(bok.svar(Utfall::Mottatt, vec![]).bilde(&liste).status, Skolestatus::Mottatt);
}

#[test]
fn after_acceptance_changes_are_shown_and_counted() {
    let foer = liste(["a", "b", "c", "d"].map(|n| linje(n, "10A", &[])).to_vec());
    let mut bok = Bok::default();
    bok.hold("d").send(&foer, Utfall::Mottatt, vec![]);
    bok.hold("a").manuelt("ny manuell");
    let na = liste(vec![
        linje("a", "10A", &[]),          // held after it was sent, and unchanged
        linje("b", "10B", &[]),          // changed class
        linje("d", "10A", &[]),          // held all the time
        linje("ny", "10A", &[]),         // new
        linje("ny manuell", "10A", &[]), // new, and taken care of
    ]);
    let bilde = bok.bilde(&na);
    assert_eq!((bilde.status, tall(&bilde)), (Skolestatus::Mottatt, [1, 1, 1, 2]));
    assert_eq!(bilde.plasseringer[0].plassering, Plassering::Sendt);
    assert_eq!((regler(&bilde, 1), regler(&bilde, 3)), (vec!["EL-031"], vec!["EL-031"]));
    assert_eq!(bilde.etter.nye, [id("elev", "ny")]);
    assert_eq!(bilde.etter.endret, [id("elev", "b")]);
    assert_eq!(bilde.etter.borte, [id("elev", "c")]);
}

#[test]
fn a_protected_pupil_is_somebodys_business_and_breaks_the_seal() {
    let (foer, mut bok) = (to(), Bok::default());
    let skjermet = |navn: &str| {
        let mut na = foer.clone();
        na.linjer.retain(|linje| linje.elev != id("elev", navn));
        na.skjermede.push(id("elev", navn));
        na
    };
    assert_eq!(bok.godkjenn(&foer).bilde(&foer).status, Skolestatus::Godkjent);
    let na = skjermet("b");
    let bilde = bok.bilde(&na);
    assert_eq!((bilde.status, tall(&bilde)), (Skolestatus::Klar, [0, 0, 1, 1]));
    let antall = bilde.avvik.iter().find(|a| a.regel == "EL-033").and_then(|a| a.detalj.as_deref());
    assert_eq!((antall, bilde.plasseringer.len(), bilde.sendbare.len()), (Some("1"), 1, 1));
    // What somebody decided about the pupil does not bring it back, nor count it twice.
    assert_eq!(tall(&bok.hold("b").bilde(&na)), [0, 0, 1, 1]);
    bok.frigi("b");

    // Protected after the list was accepted: neither gone nor changed, and not said who.
    let bilde = bok.send(&foer, Utfall::Mottatt, vec![]).bilde(&na);
    assert_eq!((bilde.status, tall(&bilde)), (Skolestatus::Mottatt, [1, 0, 1, 0]));
    assert_eq!((bilde.etter.skjermet, bilde.etter.borte.len(), bilde.etter.er_tom()), (1, 0, false));
    assert!(!format!("{bilde:?}").contains(&id("elev", "b").to_string()));
    // Lifted again: the line is what was accepted.
    assert_eq!(tall(&bok.bilde(&foer)), [2, 0, 0, 0]);

    let mut bare = skjermet("b");
    bare.linjer.clear();
    let bilde = Bok::default().bilde(&bare);
    assert_eq!((bilde.status, tall(&bilde)), (Skolestatus::Avvik, [0, 0, 1, 0]), "there is nobody to send");
}

#[test]
fn an_acceptance_cannot_be_taken_back() {
    let (liste, mut bok) = (to(), Bok::default());
    bok.send(&liste, Utfall::Mottatt, vec![]).svar(Utfall::IkkeSendt, vec![]);
    assert_eq!(bok.bilde(&liste).status, Skolestatus::Mottatt);
}

#[test]
fn an_answer_to_something_else_answers_nothing() {
    let (liste, mut bok) = (to(), Bok::default());
    bok.post(svar("another seal", Utfall::Mottatt, vec![]));
    assert_eq!(bok.bilde(&liste).status, Skolestatus::Klar);
    bok.godkjenn(&liste).intensjon(&liste).post(svar("another seal", Utfall::Mottatt, vec![]));
    assert_eq!(bok.bilde(&liste).status, Skolestatus::Sendes);
}

#[test]
fn a_line_refused_in_an_accepted_list_is_not_sent() {
    let (liste, mut bok) = (to(), Bok::default());
    let bilde = bok.send(&liste, Utfall::MottattMedAdvarsler, vec![merknad(1, "NEW_CODE", true)]).bilde(&liste);
    assert_eq!(tall(&bilde), [1, 0, 0, 1]);
    assert_eq!(regler(&bilde, 0), ["VI-999", "EL-031"]);
    assert_eq!(bilde.plasseringer[0].avvik[0].detalj.as_deref(), Some("NEW_CODE"));
    assert_eq!(bilde.plasseringer[0].avvik[0].niva, Niva::Feil);
}

#[test]
fn remarks_about_lines_that_were_not_sent_are_ignored() {
    let (liste, mut bok) = (to(), Bok::default());
    let bilde = bok.send(&liste, Utfall::Avvist, vec![merknad(0, "X", true), merknad(3, "X", true)]).bilde(&liste);
    assert!(bilde.plasseringer.iter().all(|p| p.plassering == Plassering::Klar));
}

#[test]
fn with_nobody_to_send_there_is_nothing_to_approve() {
    let (liste, mut bok) = (to(), Bok::default());
    let bilde = bok.hold("a").manuelt("b").godkjenn(&liste).bilde(&liste);
    assert_eq!((bilde.status, tall(&bilde)), (Skolestatus::Avvik, [0, 1, 1, 0]));
    assert!(bilde.avvik.iter().any(|a| a.regel == "EL-032") && bilde.sendbare.is_empty());
}

#[test]
fn two_tenants_give_the_same_pupil_different_fingerprints() {
    let annen = hendelse::Tenantnokkel::fra_hex(&"0c".repeat(32)).unwrap();
    let linje = linje("a", "10A", &[]);
    assert_ne!(liste::avtrykk(&linje, &nokkel()).avtrykk, liste::avtrykk(&linje, &annen).avtrykk);
}
