//! The promises that concern lists, checked against the world itself and not against what the code says of it.

use super::mottaker::Innhold;
use super::verden::{Verden, innhold};
use elevliste::{Aktor, Ettermeldingstilstand, Godkjenning, Handling, Niva, Rolle, Sending, Skolestatus};
use identitet::Politikk;
use liste::{Listebilde, Plassering};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Nothing is sent outside the window, or without a valid approval of exactly what is sent, or about the wrong pupils.
pub fn for_sending(v: &Verden, bilde: &Listebilde, sending: Sending) {
    assert!(v.runde.apner <= v.na && v.na < v.runde.stenger, "outside the window");
    let siste = v.bok.0.iter().rev().find(|post| match &post.handling {
        Handling::Tilbakekalt { .. } => true,
        Handling::Godkjent { .. } => gjelder(v.runde.godkjenning, &post.av),
        _ => false,
    });
    let Some(Handling::Godkjent { segl }) = siste.map(|post| &post.handling) else { panic!("not approved") };
    assert_eq!(*segl, bilde.segl, "another list was approved");
    assert_eq!(v.sett[segl], v.blir(bilde), "what is sent is not what was seen");

    let rort: BTreeSet<Uuid> =
        bilde.sendbare.iter().map(|l| l.elev).chain(bilde.endringer.iter().map(|e| e.elev)).collect();
    assert!(rort.is_disjoint(&v.skjermede()), "a protected pupil is sent");
    assert!(rort.is_disjoint(&bilde.tatt_ut), "a pupil who is held back is sent");
    let usendt = |p: &&liste::Linjebilde| {
        p.plassering != Plassering::Sendt
            && !matches!(p.plassering, Plassering::Holdt { .. } | Plassering::Manuelt { .. })
    };
    let feil = bilde.plasseringer.iter().filter(usendt).flat_map(|p| &p.avvik).any(|a| a.niva == Niva::Feil);
    assert!(!feil, "an error is sent");
    match sending {
        Sending::Liste => assert!(bilde.mottatt.is_none(), "the receiver has it"),
        Sending::Oppdatering => assert!(v.mottaker.egenskaper.erstattbar && !bilde.endringer.is_empty()),
    }
}

fn gjelder(godkjenning: Godkjenning, av: &Aktor) -> bool {
    match (godkjenning, av.slag.as_str(), av.rolle) {
        (Godkjenning::Automatisk, "policy", _) => av.id == "automatisk",
        (Godkjenning::Automatisk, "person", _) => true,
        (Godkjenning::Skole, "person", rolle) => rolle != Some(Rolle::Fylke),
        (Godkjenning::Kommune, "person", rolle) => matches!(rolle, Some(Rolle::Kommune | Rolle::Leverandor)),
        _ => false,
    }
}

/// What holds at every moment.
pub fn holder(v: &Verden) {
    let bilde = v.bilde();
    let effektiv =
        liste::effektiv(&v.liste, &v.bok.0, Politikk::VigoskoleSyntetisk, &liste::Mottakerregler::VIGO).into_owned();
    let na: Innhold = effektiv.linjer.iter().map(|linje| (linje.elev, innhold(linje))).collect();
    let hos = v.mottaker.innhold();

    let a = &bilde.avstemming;
    assert!(a.gar_opp() && a.kilde as usize == v.kilde.len(), "somebody is nowhere, or twice");
    for p in &bilde.plasseringer {
        let elev = effektiv.linjer[p.linje].elev;
        match p.plassering {
            Plassering::Sendt => assert_eq!(hos.get(&elev), na.get(&elev), "called accepted, and is not"),
            Plassering::Avvik => assert!(!p.avvik.is_empty(), "a deviation without a rule"),
            Plassering::Klar => assert!(bilde.avvik.iter().any(|a| ["EL-030", "EL-034"].contains(&a.regel.as_str()))),
            Plassering::Holdt { .. } => assert!(bilde.tatt_ut.contains(&elev)),
            Plassering::Manuelt { .. } => {}
        }
    }

    let virkninger: BTreeSet<_> = v.mottaker.virkninger.iter().collect();
    assert_eq!(virkninger.len(), v.mottaker.virkninger.len(), "one attempt had two effects");
    assert!(v.mottaker.egenskaper.erstattbar || virkninger.len() <= 1, "a list was taken twice");
    let uvisst = matches!(bilde.status, Skolestatus::Sendes | Skolestatus::Uavklart);
    if let Some(mottatt) = bilde.mottatt.as_ref().filter(|_| !uvisst) {
        assert_eq!(v.sett[&mottatt.segl], hos, "the receiver does not have what the ledger says");
        ingen_endring_er_borte(v, &bilde, &na, &hos);
    }
}

/// Every change since acceptance is an update, or the office is to be told, or somebody has taken the pupil out.
fn ingen_endring_er_borte(v: &Verden, bilde: &Listebilde, na: &Innhold, hos: &Innhold) {
    let oppdaterbar = v.mottaker.egenskaper.erstattbar && v.na < v.runde.stenger;
    let skjermede = v.skjermede();
    let alle: BTreeSet<Uuid> = na.keys().chain(hos.keys()).chain(v.kontor.keys()).copied().collect();
    for elev in alle.difference(&skjermede) {
        let (na, da) = (na.get(elev), hos.get(elev));
        let fri = !bilde.tatt_ut.contains(elev);
        let i_oppdatering = bilde.endringer.iter().any(|endring| endring.elev == *elev);
        assert_eq!(i_oppdatering, oppdaterbar && fri && na != da, "an update that is missing, or too many");
        let fortalt = v.kontor.get(elev).and_then(|fortalt| fortalt.last());
        let kjent = fortalt.map_or(da, |(_, innhold)| innhold.as_ref());
        let melding = bilde.ettermeldinger.iter().find(|melding| melding.elev == *elev);
        let ufortalt = melding.is_some_and(|melding| {
            matches!(melding.tilstand, Ettermeldingstilstand::Apen | Ettermeldingstilstand::Avvist)
        });
        let skal = !i_oppdatering && (fri || na.is_none()) && na != kjent;
        assert_eq!(ufortalt, skal, "a change that the office does not hear of, or twice: {melding:?}");
    }
    assert!(bilde.ettermeldinger.iter().all(|melding| !skjermede.contains(&melding.elev)));
}
