//! What a machine may find out, and what it leaves to people.
#![allow(clippy::unwrap_used, reason = "all of it is a test")]

mod felles;
#[path = "felles/hovedbok.rs"]
mod hovedbok;

use elevliste::{Avklaring, Egenskaper, Elevliste, Handling, Skolestatus, Utfall};
use hovedbok::*;
use liste::{Omstendigheter, Oppgave, Tilbakelest, avklar_svar, avklar_tilbakelest};
use uuid::Uuid;

const ENGANGS: Egenskaper =
    Egenskaper { erstattbar: false, tilbakelesing: false, idempotent: false, eneste_avsender: true };
const LESBAR: Egenskaper =
    Egenskaper { erstattbar: true, tilbakelesing: true, idempotent: true, eneste_avsender: false };

fn en() -> Elevliste {
    liste(vec![linje("a", "10A", &[]), linje("b", "10A", &[])])
}

fn annen() -> Elevliste {
    liste(vec![linje("a", "10B", &[]), linje("b", "10A", &[])])
}

fn person(bok: &mut Bok, segl: &str, mottatt: bool) {
    let (segl, grunn) = (segl.to_owned(), "sett på sidene".to_owned());
    let hvordan = Avklaring::Person;
    bok.post(Handling::Avklart { segl, mottatt, hvordan, grunn, kvittering: None, etag: None, bevis: None });
}

fn oppgave(bok: &Bok, mottaker: Egenskaper) -> (Skolestatus, Option<Oppgave>) {
    let bilde = bok.bilde_i(&en(), &Omstendigheter { mottaker, ..rundt() });
    (bilde.status, bilde.oppgave)
}

#[test]
fn already_delivered_is_ours_only_if_it_can_be_nothing_else() {
    // Nothing of ours can be it.
    let mut bok = Bok::default();
    bok.send(&en(), Utfall::AlleredeLevert, vec![]);
    assert_eq!(avklar_svar(&bok.0, &ENGANGS), None);
    assert_eq!(oppgave(&bok, ENGANGS), (Skolestatus::Uavklart, Some(Oppgave::AnnenHarLevert)));

    // One lost attempt, which somebody thought had not arrived, and the same list again.
    let mut bok = Bok::default();
    bok.send(&en(), Utfall::Uavklart, vec![]);
    let segl = bok.bilde(&en()).segl;
    assert_eq!(oppgave(&bok, ENGANGS).1, Some(Oppgave::FinnUtOmMottatt));
    assert_eq!(avklar_svar(&bok.0, &ENGANGS), None, "the receiver has said nothing");
    person(&mut bok, &segl, false);
    bok.send(&en(), Utfall::AlleredeLevert, vec![]);
    let delt = Egenskaper { eneste_avsender: false, ..ENGANGS };
    assert_eq!(avklar_svar(&bok.0, &delt), None, "somebody else may have delivered");
    assert_eq!(oppgave(&bok, delt), (Skolestatus::Uavklart, Some(Oppgave::BekreftAtDetErVar)));
    let avklart = avklar_svar(&bok.0, &ENGANGS).unwrap();
    let Handling::Avklart { mottatt: true, hvordan: Avklaring::Sammenlignet, segl: funnet, .. } = &avklart else {
        panic!("{avklart:?}")
    };
    assert_eq!(*funnet, segl);
    let bilde = Bok(bok.post(avklart).0.clone()).bilde(&en());
    assert_eq!((bilde.status, bilde.avstemming.sendt), (Skolestatus::Mottatt, 2));

    // Another list was lost: the receiver may have that one.
    let mut bok = Bok::default();
    bok.send(&annen(), Utfall::Uavklart, vec![]);
    let tapt = bok.bilde(&annen()).segl;
    person(&mut bok, &tapt, false);
    bok.send(&en(), Utfall::AlleredeLevert, vec![]);
    assert_eq!(avklar_svar(&bok.0, &ENGANGS), None);
    assert_eq!(oppgave(&bok, ENGANGS).1, Some(Oppgave::BekreftAtDetErVar));
    let bilde = bok.bilde(&en());
    assert_eq!(bilde.uavklarte, [segl, tapt.clone()], "a person may say which");
    person(&mut bok, &tapt, true);
    let bilde = bok.bilde(&en());
    assert_eq!(
        (bilde.status, bilde.mottatt.unwrap().segl, bilde.ettermeldinger.len()),
        (Skolestatus::Mottatt, tapt, 1)
    );
}

fn digest(liste: &Elevliste) -> Vec<(Uuid, String)> {
    liste.linjer.iter().map(|l| (l.elev, format!("{:?}", l.klasse))).collect()
}

fn lest<'a>(linjer: &'a [(Uuid, String)], etag: &'a str) -> Option<Tilbakelest<'a>> {
    Some(Tilbakelest { id: Some("v1-7"), etag: Some(etag), linjer })
}

#[test]
fn what_is_read_back_decides_when_it_can() {
    let mut bok = Bok::default();
    bok.send(&en(), Utfall::Uavklart, vec![]);
    let (sendt, andre) = (digest(&en()), digest(&annen()));
    assert_eq!(oppgave(&bok, LESBAR), (Skolestatus::Uavklart, None), "the machine finds out");
    let mut omvendt = sendt.clone();
    omvendt.reverse();
    match avklar_tilbakelest(&bok.0, &LESBAR, &sendt, lest(&omvendt, "e1")).unwrap() {
        Handling::Avklart { mottatt: true, hvordan: Avklaring::Tilbakelest, kvittering, etag, .. } => {
            assert_eq!((kvittering.as_deref(), etag.as_deref()), (Some("v1-7"), Some("e1")));
        }
        annet => panic!("{annet:?}"),
    }
    let ingenting = avklar_tilbakelest(&bok.0, &LESBAR, &sendt, None);
    assert!(matches!(ingenting, Some(Handling::Avklart { mottatt: false, .. })), "{ingenting:?}");
    let uten_nokler = Egenskaper { idempotent: false, ..LESBAR };
    assert_eq!(avklar_tilbakelest(&bok.0, &uten_nokler, &sendt, None), None, "it may arrive yet");
    assert_eq!(oppgave(&bok, uten_nokler).1, Some(Oppgave::FinnUtOmMottatt));
    assert_eq!(avklar_tilbakelest(&bok.0, &LESBAR, &sendt[1..], lest(&sendt, "e1")), None, "half is not all");

    for annet in [&andre[..], &sendt[1..], &[]] {
        let svar = avklar_tilbakelest(&bok.0, &LESBAR, &sendt, lest(annet, "e1")).unwrap();
        let mut bok = Bok(bok.0.clone());
        bok.post(svar);
        assert_eq!(oppgave(&bok, LESBAR), (Skolestatus::Uavklart, Some(Oppgave::AnnenHarLevert)));
        assert!(!bok.bilde_i(&en(), &Omstendigheter { mottaker: LESBAR, ..rundt() }).leses, "once is enough");
    }
}

#[test]
fn of_an_update_the_version_before_is_told_by_its_tag() {
    let mut bok = Bok::default();
    bok.godkjenn(&en()).intensjon(&en());
    let segl = bok.bilde(&en()).segl;
    let mut svaret = svar(&segl, Utfall::Mottatt, vec![]);
    if let Handling::Svar { etag, .. } = &mut svaret {
        *etag = Some("e1".into());
    }
    bok.post(svaret).send(&annen(), Utfall::Uavklart, vec![]);
    let (foer, etter) = (digest(&en()), digest(&annen()));
    // Only what was to change need be known again.
    let endret: Vec<_> = etter.iter().filter(|l| !foer.contains(l)).cloned().collect();
    let spor = |har, etag| avklar_tilbakelest(&bok.0, &LESBAR, &endret, lest(har, etag));
    assert!(matches!(spor(&foer, "e1"), Some(Handling::Avklart { mottatt: false, .. })));
    assert!(matches!(spor(&etter, "e2"), Some(Handling::Avklart { mottatt: true, .. })));
    assert!(matches!(spor(&foer, "e2"), Some(Handling::Svar { utfall: Utfall::AlleredeLevert, .. })));
    let borte = avklar_tilbakelest(&bok.0, &LESBAR, &endret, None);
    assert!(matches!(borte, Some(Handling::Svar { utfall: Utfall::AlleredeLevert, .. })), "somebody has removed it");
    // Nobody is called accepted while something else is there.
    let mut bok = Bok(bok.0.clone());
    bok.post(borte.unwrap());
    assert_eq!(bok.bilde(&en()).avstemming.sendt, 0);
}
