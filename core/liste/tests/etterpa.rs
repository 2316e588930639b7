//! After acceptance: updates where the receiver takes them, reports to the intake office where it does not.
#![allow(clippy::unwrap_used, reason = "all of it is a test")]

mod felles;
#[path = "felles/hovedbok.rs"]
mod hovedbok;

use elevliste::{
    Egenskaper, Eier, Elevliste, Endringsslag, Ettermelding, Ettermeldingstilstand as Tilstand, Godkjenning, Handling,
    Innsamling, Sending, Skolestatus, Utfall,
};
use felles::id;
use hovedbok::*;
use jiff::Timestamp;
use liste::{Listebilde, Omstendigheter, Plassering, Steg, neste};

const ERSTATTBAR: Egenskaper =
    Egenskaper { erstattbar: true, tilbakelesing: true, idempotent: true, eneste_avsender: false };

fn runde() -> Innsamling {
    let tid = |t: &str| -> Timestamp { t.parse().unwrap() };
    Innsamling::ny(
        "46".parse().unwrap(),
        "2026-2027".parse().unwrap(),
        (tid("2026-11-01T00:00:00Z"), tid("2026-12-01T00:00:00Z")),
        Godkjenning::Skole,
    )
}

fn syn(bok: &Bok, liste: &Elevliste, na: &str) -> (Listebilde, Steg) {
    let (runde, na) = (runde(), na.parse().unwrap());
    let bilde = bok.bilde_i(liste, &Omstendigheter { na, runde: Some(&runde), mottaker: ERSTATTBAR, ..rundt() });
    let steg = neste(&bilde, Some(&runde), na);
    (bilde, steg)
}

const APEN: &str = "2026-11-15T00:00:00Z";
const STENGT: &str = "2026-12-01T00:00:00Z";

fn elever(klasser: &[(&str, &str)]) -> Elevliste {
    liste(klasser.iter().map(|(navn, klasse)| linje(navn, klasse, &[])).collect())
}

fn oppdater(bok: &mut Bok, liste: &Elevliste, utfall: Utfall) {
    let bilde = syn(bok, liste, APEN).0;
    bok.post(Handling::Godkjent { segl: bilde.segl.clone() });
    let nokkel = bilde.gjentas.clone().unwrap_or_else(|| format!("nokkel-{}", bok.0.len()));
    bok.post(bilde.intensjon("elevliste_v1", Sending::Oppdatering, Some(nokkel)));
    bok.svar(utfall, vec![]);
}

#[test]
fn a_change_after_acceptance_is_approved_and_sent_as_an_update() {
    let (foer, na) =
        (elever(&[("a", "10A"), ("b", "10A"), ("c", "10A")]), elever(&[("a", "10B"), ("b", "10A"), ("d", "10A")]));
    let mut bok = Bok::default();
    bok.send(&foer, Utfall::Mottatt, vec![]);
    let (bilde, steg) = syn(&bok, &foer, APEN);
    assert_eq!((bilde.status, steg, bilde.endringer.len()), (Skolestatus::Mottatt, Steg::Ingenting, 0));
    let forste = bilde.mottatt.unwrap();
    assert_eq!((forste.antall, forste.godkjenning), (3, Some(1)));

    let (bilde, steg) = syn(&bok, &na, APEN);
    assert_eq!((bilde.status, steg), (Skolestatus::Klar, Steg::Ingenting));
    let mut slag: Vec<_> = bilde.endringer.iter().map(|e| (e.elev, e.slag)).collect();
    slag.sort();
    let mut ventet = [("a", Endringsslag::Endret), ("c", Endringsslag::Borte), ("d", Endringsslag::Ny)]
        .map(|(e, s)| (id("elev", e), s));
    ventet.sort();
    assert_eq!(slag, ventet);
    assert_eq!(bilde.siden_godkjent.as_ref(), Some(&bilde.endringer), "the approved list is in the ledger");
    assert!(bilde.avvik.iter().any(|a| a.regel == "EL-034") && !bilde.avvik.iter().any(|a| a.regel == "EL-030"));
    assert_eq!((bilde.avstemming.sendt, bilde.avstemming.avvik, bilde.ettermeldinger.len()), (1, 2, 0));

    let segl = bilde.segl.clone();
    bok.post(Handling::Godkjent { segl: segl.clone() });
    assert_eq!(syn(&bok, &na, APEN).1, Steg::Send(Sending::Oppdatering));
    // A refused update leaves the accepted version standing.
    oppdater(&mut bok, &na, Utfall::Avvist);
    let (bilde, _) = syn(&bok, &na, APEN);
    assert_eq!(
        (bilde.status, bilde.mottatt.unwrap()),
        (Skolestatus::Avvist, forste),
        "the receipt is of what was taken"
    );
    // So does one that may have arrived; and nobody whom it would change is called accepted.
    oppdater(&mut bok, &na, Utfall::Uavklart);
    let (bilde, steg) = syn(&bok, &foer, APEN);
    assert_eq!((bilde.status, steg, bilde.avstemming.sendt), (Skolestatus::Uavklart, Steg::LesTilbake, 1));
    bok.svar(Utfall::Mottatt, vec![]);
    let (bilde, _) = syn(&bok, &na, APEN);
    let mottatt = bilde.mottatt.unwrap();
    assert_eq!((bilde.status, mottatt.segl, bilde.avstemming.sendt), (Skolestatus::Mottatt, segl, 3));
    let godkjent = mottatt.godkjenning.and_then(|nr| bok.0.iter().find(|post| post.lopenr == nr));
    assert!(matches!(&godkjent.unwrap().handling, Handling::Godkjent { .. }) && mottatt.godkjenning > Some(1));
}

#[test]
fn the_same_list_once_more_has_another_key_and_a_repetition_has_the_same() {
    let (en, to) = (elever(&[("a", "10A")]), elever(&[("a", "10B")]));
    let mut bok = Bok::default();
    let forste = Some("forste".to_owned());
    let send = |bok: &mut Bok, utfall| {
        let intensjon = bok.godkjenn(&en).bilde(&en).intensjon("elevliste_v1", Sending::Liste, forste.clone());
        bok.post(intensjon).svar(utfall, vec![]);
    };
    send(&mut bok, Utfall::IkkeSendt);
    assert_eq!(bok.bilde(&en).gjentas, forste);
    send(&mut bok, Utfall::Mottatt);
    oppdater(&mut bok, &to, Utfall::Mottatt);
    let (bilde, _) = syn(&bok, &en, APEN);
    assert_eq!(bilde.endringer.len(), 1);
    assert_ne!(bilde.gjentas, forste);
    assert_eq!(bilde.gjentas, None);
}

#[test]
fn what_was_accepted_about_a_pupil_who_is_taken_out_or_protected_is_kept() {
    let foer = elever(&[("a", "10A"), ("b", "10A"), ("c", "10A"), ("d", "10A")]);
    let mut na = elever(&[("a", "10B"), ("b", "10B"), ("d", "10B")]);
    na.skjermede.push(id("elev", "c"));
    let mut bok = Bok::default();
    bok.send(&foer, Utfall::Mottatt, vec![]).hold("b").manuelt("d");
    let (bilde, _) = syn(&bok, &na, APEN);
    assert_eq!(bilde.endringer.iter().map(|e| e.elev).collect::<Vec<_>>(), [id("elev", "a")]);
    let Handling::Intensjon { linjer, .. } = bilde.intensjon("x", Sending::Oppdatering, None) else { unreachable!() };
    let da = avtrykk(&foer.linjer);
    assert_eq!(linjer[0], avtrykk(&na.linjer)[0], "what is sent stands first");
    assert_eq!(linjer[1..], da[1..], "and then what the receiver keeps");
    let a = &bilde.avstemming;
    assert_eq!((a.sendt, a.holdt, a.manuelt, a.avvik), (0, 1, 2, 1));
    assert!(!format!("{bilde:?}").contains(&id("elev", "c").to_string()), "not said who is protected");
    // A pupil who is taken out and then gone is for the office: no update touches the pupil.
    na.linjer.retain(|linje| linje.elev != id("elev", "b"));
    let (bilde, _) = syn(&bok, &na, APEN);
    let meldt: Vec<_> = bilde.ettermeldinger.iter().map(|m| (m.elev, m.slag)).collect();
    assert_eq!(meldt, [(id("elev", "b"), Endringsslag::Borte)]);
}

fn en(bilde: &Listebilde) -> &Ettermelding {
    let [melding] = bilde.ettermeldinger.as_slice() else { panic!("{:?}", bilde.ettermeldinger) };
    melding
}

fn meld(bok: &mut Bok, melding: &Ettermelding) {
    let (id, elev, slag) = (melding.id, melding.elev, melding.slag);
    bok.post(Handling::Ettermeldt { id, elev, slag, grunn: "ringt".into() });
}

#[test]
fn a_change_is_told_answered_and_counted() {
    let (foer, na) = (elever(&[("a", "10A"), ("b", "10A")]), elever(&[("a", "10B"), ("b", "10A")]));
    let mut bok = Bok::default();
    bok.send(&foer, Utfall::Mottatt, vec![]);
    let eier = |bilde: &Listebilde| bilde.plasseringer[0].avvik.iter().find(|a| a.regel == "EL-031").map(|a| a.eier);
    let bilde = bok.bilde(&na);
    let melding = en(&bilde).clone();
    assert_eq!(
        (melding.slag, melding.tilstand, eier(&bilde)),
        (Endringsslag::Endret, Tilstand::Apen, Some(Eier::Skole))
    );
    assert_eq!(bilde.status, Skolestatus::Mottatt);

    meld(&mut bok, &melding);
    let bilde = bok.bilde(&na);
    assert_eq!((en(&bilde).tilstand, eier(&bilde)), (Tilstand::Meldt, Some(Eier::Fylke)));
    for (godtatt, ventet, avvik) in [(false, Tilstand::Avvist, 1), (true, Tilstand::Godtatt, 0)] {
        bok.post(Handling::EttermeldingBehandlet { id: melding.id, godtatt, grunn: "tatt inn".into() });
        let bilde = bok.bilde(&na);
        assert_eq!((en(&bilde).id, en(&bilde).tilstand, bilde.avstemming.avvik), (melding.id, ventet, avvik));
        if !godtatt {
            meld(&mut bok, &melding);
        }
    }
}

#[test]
fn a_pupil_who_changes_back_after_the_office_was_told_is_a_new_change() {
    let (foer, na) = (elever(&[("a", "10A")]), elever(&[("a", "10B")]));
    let mut bok = Bok::default();
    bok.send(&foer, Utfall::Mottatt, vec![]);
    let forste = en(&bok.bilde(&na)).clone();
    assert!(bok.bilde(&foer).ettermeldinger.is_empty(), "nobody has been told anything");
    meld(&mut bok, &forste);
    bok.post(Handling::EttermeldingBehandlet { id: forste.id, godtatt: true, grunn: "ok".into() });
    assert_eq!(bok.bilde(&na).plasseringer[0].plassering, Plassering::Manuelt { grunn: "ok".into() });

    let bilde = bok.bilde(&foer);
    let tilbake = en(&bilde).clone();
    assert_eq!((tilbake.slag, tilbake.tilstand), (Endringsslag::Endret, Tilstand::Apen));
    assert_eq!((bilde.avstemming.sendt, bilde.avstemming.avvik), (0, 1), "the office has another than the receiver");
    meld(&mut bok, &tilbake);
    // And forth again: not the change that was dealt with.
    let igjen = en(&bok.bilde(&na)).clone();
    assert!(igjen.tilstand == Tilstand::Apen && ![forste.id, tilbake.id].contains(&igjen.id));
    // Gone, and here again.
    let borte = en(&bok.bilde(&elever(&[]))).clone();
    assert_eq!((borte.slag, borte.tilstand), (Endringsslag::Borte, Tilstand::Apen));
    meld(&mut bok, &borte);
    assert_eq!(en(&bok.bilde(&foer)).slag, Endringsslag::Ny);
}

#[test]
fn what_an_update_has_not_carried_when_the_window_closes_is_for_the_office() {
    let (foer, na) = (elever(&[("a", "10A")]), elever(&[("a", "10B")]));
    let mut bok = Bok::default();
    bok.send(&foer, Utfall::Mottatt, vec![]);
    let (bilde, steg) = syn(&bok, &na, STENGT);
    assert_eq!((bilde.status, steg, bilde.endringer.len()), (Skolestatus::Mottatt, Steg::Ingenting, 0));
    meld(&mut bok, en(&bilde));
    // The round is extended after all: the update goes, and what the office was told has come true at the receiver.
    let (bilde, _) = syn(&bok, &na, APEN);
    assert_eq!((bilde.status, bilde.ettermeldinger.len(), bilde.endringer.len()), (Skolestatus::Klar, 0, 1));
    // Not if the pupil has changed back: then no update tells the office.
    assert_eq!(en(&syn(&bok, &foer, APEN).0).tilstand, Tilstand::Apen);
    oppdater(&mut bok, &na, Utfall::Mottatt);
    assert!(syn(&bok, &na, STENGT).0.ettermeldinger.is_empty());
    assert_eq!(en(&syn(&bok, &foer, STENGT).0).tilstand, Tilstand::Apen);
}
