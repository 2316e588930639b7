//! Properties over random FINT, random lists and random ledgers.
#![allow(clippy::unwrap_used, reason = "all of it is a test")]

mod felles;
#[path = "felles/hovedbok.rs"]
mod hovedbok;

use elevliste::{Elevliste, Godkjenning, Handling, Innsamling, Listenokkel, Niva, Sending, Skolestatus, Utfall};
use felles::*;
use fint::tillegg::{Adressebeskyttelse, Registermerknad};
use hendelse::{Fintobjekt, kod};
use hovedbok::{Bok, linje, liste, merknad, svar};
use identitet::Politikk;
use liste::{Listebygger, Plassering, Steg, neste};
use proptest::prelude::*;
use std::collections::BTreeMap;

const NUMRE: [&str; 4] = ["14851170031", "14851170112", "4891180093", "54051199146"];
const SKOLER: [&str; 3] = ["46505", "46506", "Nyskolen"];
const AR: [&str; 2] = ["2026-2027", "2025-2026"];
const KLASSER: [(&str, &str); 3] = [("10A", "10"), ("9A", "9"), ("8-10", "ukjent")];

const BESKYTTELSE: [Adressebeskyttelse; 5] = [
    Adressebeskyttelse::Ukjent,
    Adressebeskyttelse::Ugradert,
    Adressebeskyttelse::Klientadresse,
    Adressebeskyttelse::Fortrolig,
    Adressebeskyttelse::StrengtFortrolig,
];

fn merknader() -> impl Strategy<Value = Vec<Registermerknad>> {
    proptest::sample::subsequence(Registermerknad::ALLE.to_vec(), 0..3)
}

/// One or two resources, and whether they come or go.
fn hendelse() -> impl Strategy<Value = (Vec<Ressurs>, bool)> {
    let navn = |slag: &'static str, n: u8| (0..n).prop_map(move |n| format!("{slag}{n}"));
    let trinn = proptest::sample::subsequence(vec!["10", "9", "KG"], 0..2);
    let tid = proptest::option::of((0usize..3, 0usize..3).prop_map(|(fra, til)| {
        let dager = ["2026-08-17", "2026-10-02", "2027-01-08"];
        periode(dager[fra], Some(dager[til]).filter(|_| til > fra))
    }));
    let skolene = (0usize..3, any::<bool>(), any::<bool>()).prop_map(|(s, orgnr, annet_nr)| {
        let (nokkel, objekt) = skole(SKOLER[s], orgnr.then_some("974738368"));
        // A school may get another school's number, and two then share a list.
        let (_, annen) = skole(if annet_nr { "46507" } else { SKOLER[s] }, None);
        let (hendelse::Fintobjekt::Skole(mut a), hendelse::Fintobjekt::Skole(b)) = (objekt, annen) else {
            unreachable!()
        };
        if annet_nr {
            a.skolenummer = b.skolenummer;
        }
        vec![(nokkel, hendelse::Fintobjekt::Skole(a))]
    });
    let klassene = (0usize..3, 0usize..3, 0usize..2)
        .prop_map(|(s, k, ar)| vec![klasse(SKOLER[s], KLASSER[k].0, KLASSER[k].1, AR[ar])]);
    let elevene = (navn("u", 4), proptest::option::of(0usize..4), any::<bool>()).prop_map(|(e, nr, etternavn)| {
        elev(&e, nr.map(|n| NUMRE[n]), [Some("Prøve"), None, etternavn.then_some("Eksempel")]).to_vec()
    });
    let register = (proptest::sample::select(BESKYTTELSE.to_vec()), proptest::option::of(merknader()));
    let forhold = (navn("f", 5), navn("u", 4), 0usize..3, 0usize..2, trinn, tid.clone(), register).prop_map(
        |(f, e, s, ar, trinn, tid, (beskyttelse, merknader))| {
            let forhold = elevforhold(&f, &e, SKOLER[s], AR[ar], &trinn, tid);
            med_register(forhold, beskyttelse, merknader).to_vec()
        },
    );
    let medlem = (navn("f", 5), 0usize..3, 0usize..3, tid)
        .prop_map(|(f, s, k, tid)| vec![medlemskap(&f, SKOLER[s], KLASSER[k].0, tid)]);
    let ressurser = prop_oneof![2 => skolene, 2 => klassene, 3 => elevene, 4 => forhold, 3 => medlem];
    // Resources of a pair come one by one, as in a stream.
    (ressurser, prop::bool::weighted(0.8), any::<prop::sample::Index>())
        .prop_map(|(alle, inn, en)| if inn { (alle, true) } else { (vec![alle[en.index(alle.len())].clone()], false) })
}

fn ta_imot(bygger: &mut Listebygger, (ressurser, inn): &(Vec<Ressurs>, bool)) {
    for (nokkel, objekt) in ressurser {
        bygger.motta(*nokkel, inn.then(|| objekt.clone()), None);
    }
}

fn alt(bygger: &Listebygger) -> BTreeMap<Listenokkel, Elevliste> {
    bygger.alle().into_iter().map(|n| (n.clone(), bygger.bygg(&n).unwrap().liste)).collect()
}

fn publiser(bygger: &mut Listebygger, lister: &mut BTreeMap<Listenokkel, Elevliste>) -> usize {
    let mut ulike = 0;
    for n in bygger.ta_berorte() {
        let ny = bygger.bygg(&n).map(|b| b.liste);
        ulike += usize::from(lister.get(&n) != ny.as_ref());
        match ny {
            Some(ny) => _ = lister.insert(n, ny),
            None => _ = lister.remove(&n),
        }
    }
    ulike
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn touched_lists_are_all_that_change_and_twice_is_once(hendelser in proptest::collection::vec(hendelse(), 1..60)) {
        let (mut bygger, mut lister) = (bygger(Politikk::VigoskoleSyntetisk), BTreeMap::new());
        for hendelse in &hendelser {
            ta_imot(&mut bygger, hendelse);
            publiser(&mut bygger, &mut lister);
            prop_assert_eq!(&alt(&bygger), &lister);
        }
        for liste in lister.values() {
            prop_assert!(liste.antall() > 0);
            prop_assert!(liste.linjer.is_sorted_by_key(|l| (l.klasse.clone(), l.elev)));
            prop_assert!(liste.linjer.iter().flat_map(|l| &l.avvik).all(|a| liste::regel(&a.regel).is_some()));
        }
    }

    #[test]
    fn the_order_of_arrival_does_not_matter(
        hendelser in proptest::collection::vec(hendelse(), 1..60),
        fro in proptest::collection::vec(any::<u32>(), 64),
    ) {
        // The last word on each resource, in order and shuffled.
        let mut siste = BTreeMap::new();
        for (ressurser, inn) in &hendelser {
            for (nokkel, objekt) in ressurser {
                siste.insert(*nokkel, inn.then(|| objekt.clone()));
            }
        }
        let mut stokket: Vec<_> = siste.iter().zip(fro.iter().cycle()).collect();
        stokket.sort_by_key(|((nokkel, _), fro)| (**fro, **nokkel));
        let (mut a, mut b, mut c) =
            (bygger(Politikk::Vigoskole), bygger(Politikk::Vigoskole), bygger(Politikk::Vigoskole));
        siste.iter().for_each(|(nokkel, objekt)| a.motta(*nokkel, objekt.clone(), None));
        stokket.iter().for_each(|((nokkel, objekt), _)| b.motta(**nokkel, (*objekt).clone(), None));
        hendelser.iter().for_each(|h| ta_imot(&mut c, h));
        prop_assert_eq!(alt(&a), alt(&b));
        prop_assert_eq!(alt(&a), alt(&c), "history does not matter either");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_protected_pupil_is_counted_and_nothing_else_is_told(hendelser in proptest::collection::vec(hendelse(), 1..60)) {
        // Each pupil has a number and a name of its own, and the same lists are made with nobody protected.
        let egne = |nokkel: &hendelse::Fintnokkel, objekt: &Fintobjekt| match objekt {
            Fintobjekt::Person(p) => {
                let mut person = p.clone();
                person.navn.fornavn = format!("Navn{}", nokkel.id.simple()).into();
                Fintobjekt::Person(person)
            }
            annet => annet.clone(),
        };
        let uten = |objekt: &Fintobjekt| match objekt {
            Fintobjekt::Tillegg(t) => {
                let mut tillegg = t.clone();
                tillegg.adressebeskyttelse = Adressebeskyttelse::Ugradert;
                Fintobjekt::Tillegg(tillegg)
            }
            annet => annet.clone(),
        };
        let (mut a, mut b) = (bygger(Politikk::VigoskoleSyntetisk), bygger(Politikk::VigoskoleSyntetisk));
        let mut siste = BTreeMap::new();
        for (ressurser, inn) in &hendelser {
            for (nokkel, objekt) in ressurser {
                siste.insert(*nokkel, inn.then(|| egne(nokkel, objekt)));
            }
        }
        for (nokkel, objekt) in &siste {
            a.motta(*nokkel, objekt.clone(), None);
            b.motta(*nokkel, objekt.as_ref().map(&uten), None);
        }
        let (skjermet, apent) = (alt(&a), alt(&b));
        prop_assert_eq!(skjermet.keys().collect::<Vec<_>>(), apent.keys().collect::<Vec<_>>());
        for (nokkel, liste) in &skjermet {
            let fulle = &apent[nokkel];
            prop_assert!(fulle.skjermede.is_empty());
            let borte: Vec<_> = fulle.linjer.iter().filter(|l| !liste.linjer.iter().any(|m| m.elev == l.elev)).collect();
            let elever: std::collections::BTreeSet<_> = borte.iter().map(|l| l.elev).collect();
            prop_assert_eq!(&elever.into_iter().collect::<Vec<_>>(), &liste.skjermede);
            prop_assert_eq!(liste.linjer.len() + borte.len(), fulle.linjer.len());
            let (_, data) = kod(liste).unwrap();
            let har = |verdi: &str| data.windows(verdi.len().max(1)).any(|d| d == verdi.as_bytes());
            for linje in borte {
                prop_assert!(!har(linje.fornavn.vis()) || linje.fornavn.vis().is_empty());
                // An invalid number may be another's by chance.
                let ogsa_andres = liste.linjer.iter().any(|l| l.identitetsnummer == linje.identitetsnummer);
                prop_assert!(ogsa_andres || !linje.identitetsnummer.as_ref().is_some_and(|nr| har(nr.vis())));
            }
            let bilde = Bok::default().bilde(liste);
            prop_assert!(bilde.avstemming.gar_opp());
            prop_assert_eq!(bilde.avstemming.kilde as usize, liste.antall());
            prop_assert_eq!(bilde.avstemming.manuelt as usize, liste.skjermede.len());
            let skrevet = format!("{:?} {:?}", liste, bilde);
            prop_assert!(liste.skjermede.iter().all(|elev| !skrevet.contains(&elev.to_string())));
        }
        prop_assert_eq!(a.registernumre(), b.registernumre());
    }
}

fn linjer() -> impl Strategy<Value = Vec<elevliste::Elevlinje>> {
    let regler = proptest::sample::subsequence(vec!["EL-002", "EL-003", "EL-006"], 0..2);
    let en = (0..4u8, 0..2u8, regler).prop_map(|(e, k, regler)| linje(&format!("u{e}"), &format!("10{k}"), &regler));
    proptest::collection::vec(en, 0..6)
}

fn utfall() -> impl Strategy<Value = Utfall> {
    proptest::sample::select(vec![
        Utfall::Mottatt,
        Utfall::MottattMedAdvarsler,
        Utfall::Avvist,
        Utfall::Stengt,
        Utfall::UkjentSkole,
        Utfall::AlleredeLevert,
        Utfall::AvvistUtenGrunn,
        Utfall::IkkeSendt,
        Utfall::Uavklart,
    ])
}

#[derive(Debug, Clone)]
enum Trekk {
    Liste(Vec<elevliste::Elevlinje>),
    Skjerm(u8),
    Godkjenn,
    Intensjon,
    Svar(Utfall, u32, bool),
    FremmedSvar(Utfall),
    Hold(u8),
    Manuelt(u8),
    Frigi(u8),
}

fn trekk() -> impl Strategy<Value = Trekk> {
    prop_oneof![
        linjer().prop_map(Trekk::Liste),
        (0..4u8).prop_map(Trekk::Skjerm),
        Just(Trekk::Godkjenn),
        Just(Trekk::Intensjon),
        (utfall(), 0..6u32, any::<bool>()).prop_map(|(u, l, f)| Trekk::Svar(u, l, f)),
        utfall().prop_map(Trekk::FremmedSvar),
        (0..4u8).prop_map(Trekk::Hold),
        (0..4u8).prop_map(Trekk::Manuelt),
        (0..4u8).prop_map(Trekk::Frigi),
    ]
}

fn runde() -> Innsamling {
    Innsamling::ny(
        "46".parse().unwrap(),
        "2026-2027".parse().unwrap(),
        ("2026-11-01T00:00:00Z".parse().unwrap(), "2026-12-01T00:00:00Z".parse().unwrap()),
        Godkjenning::Automatisk,
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn every_pupil_is_in_exactly_one_place(forste in linjer(), trekkene in proptest::collection::vec(trekk(), 0..25)) {
        let (mut na, mut bok) = (liste(forste), Bok::default());
        for trekk in trekkene {
            let noe_sendt = bok.0.iter().any(|p| matches!(p.handling, Handling::Intensjon { .. }));
            match trekk {
                Trekk::Liste(linjer) => na = liste(linjer),
                Trekk::Skjerm(e) => {
                    let elev = id("elev", &format!("u{e}"));
                    na.linjer.retain(|linje| linje.elev != elev);
                    na.skjermede.retain(|skjermet| *skjermet != elev);
                    na.skjermede.push(elev);
                }
                Trekk::Godkjenn => _ = bok.godkjenn(&na),
                Trekk::Intensjon => _ = bok.intensjon(&na),
                Trekk::Svar(utfall, linje, feil) if noe_sendt => _ = bok.svar(utfall, vec![merknad(linje, "X", feil)]),
                Trekk::Svar(utfall, ..) | Trekk::FremmedSvar(utfall) => _ = bok.post(svar("?", utfall, vec![])),
                Trekk::Hold(e) => _ = bok.hold(&format!("u{e}")),
                Trekk::Manuelt(e) => _ = bok.manuelt(&format!("u{e}")),
                Trekk::Frigi(e) => _ = bok.frigi(&format!("u{e}")),
            }
            let bilde = bok.bilde(&na);
            prop_assert_eq!(&bilde, &bok.bilde(&na));
            let a = &bilde.avstemming;
            prop_assert!(a.gar_opp());
            prop_assert_eq!(a.kilde as usize, na.antall());
            prop_assert!(a.manuelt as usize >= na.skjermede.len());
            prop_assert!(bilde.etter.borte.iter().all(|elev| !na.skjermede.contains(elev)));
            prop_assert_eq!(bilde.plasseringer.len(), na.linjer.len());
            prop_assert_eq!(a.status, bilde.status);
            prop_assert!(a.sendt == 0 || bilde.mottatt.is_some());
            prop_assert!(bilde.status != Skolestatus::Mottatt || bilde.mottatt.is_some());
            // Whoever counts as a deviation has one, or shares one with the list.
            for linje in &bilde.plasseringer {
                match linje.plassering {
                    Plassering::Avvik => prop_assert!(!linje.avvik.is_empty()),
                    Plassering::Klar => {
                        prop_assert!(bilde.avvik.iter().any(|a| ["EL-030", "EL-034"].contains(&a.regel.as_str())));
                    }
                    _ => {}
                }
            }
            // Nothing is sent without a valid seal, with an error in it, or after something that may have arrived.
            let steg = neste(&bilde, Some(&runde()), "2026-11-15T00:00:00Z".parse().unwrap());
            if steg == Steg::Send(Sending::Liste) {
                prop_assert_eq!(bilde.godkjent.as_ref(), Some(&bilde.segl));
                prop_assert!(!bilde.sendbare.is_empty());
                prop_assert!(bilde.sendbare.iter().flat_map(|l| &l.avvik).all(|a| a.niva != Niva::Feil));
                prop_assert!(liste::start(&bok.0).is_none());
            }
        }
    }
}
