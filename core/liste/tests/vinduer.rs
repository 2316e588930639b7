//! The edges of a window: the last second, nights when the clock is moved, and rounds that are shortened or opened again.
#![allow(clippy::unwrap_used, reason = "all of it is a test")]

mod felles;
#[path = "felles/hovedbok.rs"]
mod hovedbok;

use elevliste::{Aktor, Godkjenning, Innsamling, Sending, Skolestatus, Utfall};
use hovedbok::*;
use jiff::Timestamp;
use liste::{Listebilde, Omstendigheter, Steg, neste};

/// A moment by Norwegian clocks: what the county writes.
fn oslo(tekst: &str) -> Timestamp {
    let tid: jiff::civil::DateTime = tekst.parse().unwrap();
    tid.to_zoned(elevliste::oslo()).unwrap().timestamp()
}

fn tid(tekst: &str) -> Timestamp {
    tekst.parse().unwrap()
}

fn runde(apner: Timestamp, stenger: Timestamp, godkjenning: Godkjenning) -> Innsamling {
    Innsamling::ny("46".parse().unwrap(), "2026-2027".parse().unwrap(), (apner, stenger), godkjenning)
}

fn syn(bok: &Bok, runde: &Innsamling, na: Timestamp) -> Listebilde {
    syn_endret(bok, runde, na, None)
}

fn syn_endret(bok: &Bok, runde: &Innsamling, na: Timestamp, runde_endret: Option<Timestamp>) -> Listebilde {
    let rundt = Omstendigheter { na, runde: Some(runde), runde_endret, ..rundt() };
    bok.bilde_i(&liste(vec![linje("a", "10A", &[])]), &rundt)
}

fn godkjent() -> Bok {
    let mut bok = Bok::default();
    bok.godkjenn(&liste(vec![linje("a", "10A", &[])]));
    bok
}

fn steg(bok: &Bok, runde: &Innsamling, na: Timestamp) -> (Skolestatus, Steg) {
    let bilde = syn(bok, runde, na);
    (bilde.status, neste(&bilde, Some(runde), na))
}

#[test]
fn the_window_is_open_from_its_first_moment_to_its_last() {
    let (send, stengt) = (Steg::Send(Sending::Liste), Steg::Stengt);
    // Autumn 2026: the clock is put back in the night to 25 October. Spring 2027: forward in the night to 28 March.
    let tabell = [
        ("an ordinary last day", "2026-11-01T08:00:00", "2026-11-14T00:00:00", "2026-11-13T22:59:59Z", send),
        ("midnight ends it", "2026-11-01T08:00:00", "2026-11-14T00:00:00", "2026-11-13T23:00:00Z", stengt),
        ("a county that writes 23:59:59", "2026-11-01T08:00:00", "2026-11-13T23:59:59", "2026-11-13T22:59:58Z", send),
        ("has lost that second", "2026-11-01T08:00:00", "2026-11-13T23:59:59", "2026-11-13T22:59:59Z", stengt),
        ("summer time's last evening", "2026-10-01T08:00:00", "2026-10-25T00:00:00", "2026-10-24T21:59:59Z", send),
        ("ends two hours before UTC", "2026-10-01T08:00:00", "2026-10-25T00:00:00", "2026-10-24T22:00:00Z", stengt),
        ("the long day has 25 hours", "2026-10-01T08:00:00", "2026-10-26T00:00:00", "2026-10-25T22:59:59Z", send),
        ("and then it is over", "2026-10-01T08:00:00", "2026-10-26T00:00:00", "2026-10-25T23:00:00Z", stengt),
        ("the short day has 23 hours", "2027-03-01T08:00:00", "2027-03-29T00:00:00", "2027-03-28T21:59:59Z", send),
        ("and then it is over too", "2027-03-01T08:00:00", "2027-03-29T00:00:00", "2027-03-28T22:00:00Z", stengt),
        // 02:30 does not exist that night: the clock goes to 03:00, and the window opens at 03:30.
        ("a moment that does not exist", "2027-03-28T02:30:00", "2027-03-29T00:00:00", "2027-03-28T01:30:00Z", send),
    ];
    for (hva, apner, stenger, na, ventet) in tabell {
        let runde = runde(oslo(apner), oslo(stenger), Godkjenning::Skole);
        let (status, fant) = steg(&godkjent(), &runde, tid(na));
        assert_eq!(fant, ventet, "{hva}");
        assert_eq!(status == Skolestatus::Stengt, fant == Steg::Stengt, "{hva}");
    }
    let runde = runde(oslo("2027-03-28T02:30:00"), oslo("2027-03-29T00:00:00"), Godkjenning::Skole);
    assert_eq!(steg(&godkjent(), &runde, tid("2027-03-28T01:29:59Z")).1, Steg::VentTil(tid("2027-03-28T01:30:00Z")));
}

#[test]
fn a_round_that_is_shortened_stops_what_was_approved_and_one_that_is_opened_again_sends_it() {
    let [apner, na, stenger] = ["2026-11-01T07:00:00Z", "2026-11-10T12:00:00Z", "2026-11-14T23:00:00Z"].map(tid);
    let (bok, mut r) = (godkjent(), runde(apner, stenger, Godkjenning::Skole));
    assert_eq!(steg(&bok, &r, na).1, Steg::Send(Sending::Liste));
    r.stenger = na;
    assert_eq!(steg(&bok, &r, na), (Skolestatus::Stengt, Steg::Stengt));
    r.stenger = stenger;
    assert_eq!(steg(&bok, &r, na), (Skolestatus::Godkjent, Steg::Send(Sending::Liste)), "the approval stands");
    r.apner = stenger;
    r.stenger = tid("2026-11-20T23:00:00Z");
    assert_eq!(steg(&bok, &r, na), (Skolestatus::Godkjent, Steg::VentTil(stenger)), "the opening was put off");
    // What is refused or unclean is as closed as the rest, and comes back as what it was.
    let mut avvist = Bok::default();
    avvist.send(&liste(vec![linje("a", "10A", &[])]), Utfall::Avvist, vec![]);
    let mut over = runde(apner, na, Godkjenning::Skole);
    assert_eq!(syn(&avvist, &over, na).status, Skolestatus::Stengt);
    over.stenger = stenger;
    assert_eq!(syn(&avvist, &over, na).status, Skolestatus::Avvist);
}

#[test]
fn a_receiver_that_says_closed_inside_our_window_is_tried_again_when_the_round_was_changed() {
    let [apner, na, stenger] = ["2026-11-01T07:00:00Z", "2026-11-10T12:00:00Z", "2026-11-14T23:00:00Z"].map(tid);
    let r = runde(apner, stenger, Godkjenning::Skole);
    let mut bok = Bok::default();
    bok.send(&liste(vec![linje("a", "10A", &[])]), Utfall::Stengt, vec![]);
    let da = bok.0.last().unwrap().tidspunkt;
    for (endret, ventet) in [
        (None, Skolestatus::Stengt),
        (Some(da), Skolestatus::Stengt),
        (Some(da + jiff::SignedDuration::from_secs(1)), Skolestatus::Godkjent),
    ] {
        assert_eq!(syn_endret(&bok, &r, na, endret).status, ventet);
    }
}

#[test]
fn the_policy_waits_for_quiet_hours_and_never_past_the_close() {
    let [apner, endret, stenger] = ["2026-10-24T00:00:00Z", "2026-10-24T23:00:00Z", "2026-11-14T23:00:00Z"].map(tid);
    let mut r = runde(apner, stenger, Godkjenning::Automatisk);
    r.stille_timer = 24;
    let liste = liste(vec![linje("a", "10A", &[])]);
    let syn = |bok: &Bok, r: &Innsamling, na| {
        let rundt = Omstendigheter { na, endret, runde: Some(r), ..rundt() };
        let bilde = bok.bilde_i(&liste, &rundt);
        (neste(&bilde, Some(r), na), bilde.godkjennes)
    };
    // Hours are hours: the night in which the clock is put back has one more.
    let da = tid("2026-10-25T23:00:00Z");
    let mut bok = Bok::default();
    assert_eq!(syn(&bok, &r, tid("2026-10-25T22:59:59Z")), (Steg::VentTil(da), Some(da)));
    assert_eq!(syn(&bok, &r, da), (Steg::Godkjenn, Some(da)));
    // A person acts: the hours begin anew.
    let rort = tid("2026-10-25T10:00:00Z");
    let elev = felles::id("elev", "a");
    bok.post_av(Aktor::person("kari"), rort, elevliste::Handling::Frigitt { elev });
    bok.post_av(Aktor::system("x"), da, elevliste::Handling::Frigitt { elev });
    assert_eq!(syn(&bok, &r, da).0, Steg::VentTil(tid("2026-10-26T10:00:00Z")), "what a machine writes is no unrest");
    r.stenger = tid("2026-10-26T08:00:00Z");
    assert_eq!(syn(&bok, &r, da).0, Steg::VentTil(r.stenger));
    assert_eq!(syn(&bok, &r, r.stenger), (Steg::Stengt, None));
    r.stenger = stenger;
    r.stille_timer = u32::MAX;
    assert_eq!(syn(&bok, &r, da).0, Steg::VentTil(stenger), "half a million years");
    r.stille_timer = 0;
    assert_eq!(syn(&bok, &r, da).0, Steg::Godkjenn);
    // What a person takes back, the policy leaves to people.
    bok.godkjenn(&liste).post(elevliste::Handling::Tilbakekalt { grunn: "vent litt".into() });
    assert_eq!(syn(&bok, &r, da), (Steg::Ingenting, None));
}

#[test]
fn an_approval_counts_by_the_round_as_it_is_now() {
    use elevliste::Rolle::{Fylke, Kommune, Leverandor, Skole};
    let person = |rolle| Aktor { rolle, ..Aktor::person("kari") };
    let tabell = [
        (person(None), [true, false, true]),
        (person(Some(Skole)), [true, false, true]),
        (person(Some(Kommune)), [true, true, true]),
        (person(Some(Leverandor)), [true, true, true]),
        (person(Some(Fylke)), [false, false, true]),
        (Aktor::policy("automatisk"), [false, false, true]),
        (Aktor::policy("annen"), [false, false, false]),
        (Aktor::system("levering"), [false, false, false]),
    ];
    let [apner, na, stenger] = ["2026-11-01T07:00:00Z", "2026-11-10T12:00:00Z", "2026-11-14T23:00:00Z"].map(tid);
    for (av, ventet) in tabell {
        for (godkjenning, teller) in
            [Godkjenning::Skole, Godkjenning::Kommune, Godkjenning::Automatisk].into_iter().zip(ventet)
        {
            let r = runde(apner, stenger, godkjenning);
            let segl = syn(&Bok::default(), &r, na).segl;
            let mut bok = Bok::default();
            bok.post_av(av.clone(), na, elevliste::Handling::Godkjent { segl });
            let status = if teller { Skolestatus::Godkjent } else { Skolestatus::Klar };
            assert_eq!(syn(&bok, &r, na).status, status, "{av:?} {godkjenning:?}");
        }
    }
}
