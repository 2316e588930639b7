//! Acts that are refused, each once, and the words for it.
#![allow(clippy::unwrap_used, reason = "all of it is a test")]

mod felles;
#[path = "felles/hovedbok.rs"]
mod hovedbok;

use elevliste::{Aktor, Avklaring, Elevliste, Godkjenning, Handling, Innsamling, Rolle, Skolestatus, Utfall};
use felles::id;
use hovedbok::*;
use jiff::Timestamp;
use liste::{Handlingsfeil as F, Omstendigheter, Plassering, vurder};
use std::collections::BTreeSet;

const FIKTIVT: &str = "54051199146";

struct Sak {
    bok: Bok,
    liste: Elevliste,
    runde: Innsamling,
    na: Timestamp,
}

impl Sak {
    /// A clean list of a and b, and c without a number, who is routed by hand; the round is open.
    fn ny() -> Self {
        let tid = |t: &str| -> Timestamp { t.parse().unwrap() };
        let mut c = linje("c", "10A", &["EL-007"]);
        c.identitetsnummer = None;
        let mut sak = Self {
            bok: Bok::default(),
            liste: liste(vec![linje("a", "10A", &[]), linje("b", "10A", &[]), c]),
            runde: Innsamling::ny(
                "46".parse().unwrap(),
                "2026-2027".parse().unwrap(),
                (tid("2026-11-01T00:00:00Z"), tid("2026-12-01T00:00:00Z")),
                Godkjenning::Skole,
            ),
            na: tid("2026-11-15T00:00:00Z"),
        };
        sak.liste.skjermede.push(id("elev", "skjermet"));
        sak.bok.manuelt("c");
        sak
    }

    fn bilde(&self) -> liste::Listebilde {
        self.bok.bilde_i(&self.liste, &Omstendigheter { na: self.na, runde: Some(&self.runde), ..rundt() })
    }

    fn vurder(&self, av: &Aktor, handling: &Handling) -> Result<(), F> {
        vurder(&self.bilde(), &self.liste, handling, av, Some(&self.runde), self.na)
    }

    fn godkjenn(&self, av: &Aktor) -> Result<(), F> {
        self.vurder(av, &Handling::Godkjent { segl: self.bilde().segl })
    }

    fn send(mut self, utfall: Utfall) -> Self {
        self.bok.send(&self.liste, utfall, vec![]);
        self
    }
}

fn kari() -> Aktor {
    Aktor::person("kari")
}

fn skolen() -> Aktor {
    Aktor::med_rolle("kari", Rolle::Skole)
}

fn kommunen() -> Aktor {
    Aktor::med_rolle("ola", Rolle::Kommune)
}

fn fylket() -> Aktor {
    Aktor::med_rolle("liv", Rolle::Fylke)
}

fn hold(navn: &str, grunn: &str) -> Handling {
    Handling::HoldtTilbake { elev: id("elev", navn), grunn: grunn.into() }
}

fn fiktivt(navn: &str, nummer: Option<&str>) -> Handling {
    let nummer = nummer.map(|nummer| nummer.to_owned().into());
    Handling::FiktivtNummer { elev: id("elev", navn), nummer, kilde: "brev 12.11.".into() }
}

fn med_kvittering(segl: &str, mottatt: bool, nummer: &str) -> Handling {
    let (segl, grunn) = (segl.to_owned(), "ringt".to_owned());
    let kvittering = Some(nummer.to_owned());
    Handling::Avklart { segl, mottatt, hvordan: Avklaring::Person, grunn, kvittering, etag: None, bevis: None }
}

fn avklart(segl: &str, mottatt: bool, hvordan: Avklaring) -> Handling {
    let (segl, grunn) = (segl.to_owned(), "sett på sidene".to_owned());
    Handling::Avklart { segl, mottatt, hvordan, grunn, kvittering: None, etag: None, bevis: None }
}

/// Every refusal that the tests below have seen.
fn alle() -> BTreeSet<F> {
    let mut sett = BTreeSet::new();
    for (hva, fant, ventet) in godkjenninger().into_iter().chain(elever()).chain(utfallene()) {
        assert_eq!(fant, ventet.map_or(Ok(()), Err), "{hva}");
        sett.extend(ventet);
    }
    sett
}

type Tilfelle = (&'static str, Result<(), F>, Option<F>);

fn godkjenninger() -> Vec<Tilfelle> {
    let med = |f: &dyn Fn(&mut Sak)| {
        let mut sak = Sak::ny();
        f(&mut sak);
        sak
    };
    let ren = Sak::ny();
    let godkjent = med(&|s| _ = s.bok.godkjenn(&s.liste));
    let gammel = Handling::Godkjent { segl: ren.bilde().segl };
    let endret = med(&|s| s.liste.linjer[0].klasse = Some("10B".into()));
    let over = med(&|s| s.na = s.runde.stenger);
    let kommune = med(&|s| s.runde.godkjenning = Godkjenning::Kommune);
    let automatisk = med(&|s| (s.runde.godkjenning, s.runde.stille_timer) = (Godkjenning::Automatisk, 1));
    let urolig = med(&|s| {
        (s.runde.godkjenning, s.runde.stille_timer) = (Godkjenning::Automatisk, 1);
        s.bok.post_av(kari(), s.na, hold("a", "flytter"));
    });
    let policy = Aktor::policy("automatisk");
    let tilbake = |grunn: &str| Handling::Tilbakekalt { grunn: grunn.into() };
    vec![
        ("a clean list", ren.godkjenn(&kari()), None),
        ("twice", godkjent.godkjenn(&kari()), Some(F::AlleredeGodkjent)),
        ("an old seal", endret.vurder(&kari(), &gammel), Some(F::GammeltSegl)),
        ("with errors", med(&|s| _ = s.bok.frigi("c")).godkjenn(&kari()), Some(F::HarAvvik)),
        ("after the close", over.godkjenn(&kari()), Some(F::RundenErOver)),
        ("before the opening", med(&|s| s.na = Timestamp::UNIX_EPOCH).godkjenn(&kari()), None),
        ("the county", ren.godkjenn(&fylket()), Some(F::SkolenGodkjenner)),
        ("the policy in a school's round", ren.godkjenn(&policy), Some(F::SkolenGodkjenner)),
        ("the school in a municipality's round", kommune.godkjenn(&kari()), Some(F::KommunenGodkjenner)),
        ("the municipality in its round", kommune.godkjenn(&kommunen()), None),
        ("the policy in time", automatisk.godkjenn(&policy), None),
        ("the policy too soon", urolig.godkjenn(&policy), Some(F::BareMennesker)),
        ("on its way", med(&|s| _ = s.bok.godkjenn(&s.liste).intensjon(&s.liste)).godkjenn(&kari()), Some(F::Sendes)),
        ("unknown", Sak::ny().send(Utfall::Uavklart).godkjenn(&kari()), Some(F::Uavklart)),
        ("accepted", Sak::ny().send(Utfall::Mottatt).godkjenn(&kari()), Some(F::AlleredeMottatt)),
        ("refused, and looked at", Sak::ny().send(Utfall::UkjentSkole).godkjenn(&kari()), None),
        ("closed at the receiver, and looked at", Sak::ny().send(Utfall::Stengt).godkjenn(&kari()), None),
        ("taken back", godkjent.vurder(&kari(), &tilbake("vent")), None),
        ("nothing to take back", ren.vurder(&kari(), &tilbake("vent")), Some(F::IkkeGodkjent)),
        ("taken back by a machine", godkjent.vurder(&policy, &tilbake("vent")), Some(F::BareMennesker)),
    ]
}

fn elever() -> Vec<Tilfelle> {
    let ren = Sak::ny();
    let lang = "å".repeat(500);
    let mut fort = Sak::ny();
    fort.bok.post_av(fylket(), fort.na, fiktivt("c", Some(FIKTIVT)));
    let mut to = Sak::ny();
    to.liste.linjer[1].identitetsnummer = Some(FIKTIVT.into());
    let frigi = |navn: &str| Handling::Frigitt { elev: id("elev", navn) };
    let mut borte = Sak::ny();
    borte.liste.linjer.pop();
    let dnummer = "14851170031";
    vec![
        ("held back", ren.vurder(&kari(), &hold("a", &lang)), None),
        ("a stranger", ren.vurder(&kari(), &hold("x", "flytter")), Some(F::UkjentElev)),
        ("a protected pupil is a stranger", ren.vurder(&kari(), &hold("skjermet", "flytter")), Some(F::UkjentElev)),
        ("without a reason", ren.vurder(&kari(), &hold("a", " \n")), Some(F::TomGrunn)),
        ("a letter", ren.vurder(&kari(), &hold("a", &format!("{lang}å"))), Some(F::LangGrunn)),
        ("a number in it", ren.vurder(&kari(), &hold("a", "bror av 148511 70031")), Some(F::NummerIGrunn)),
        ("held back by a machine", ren.vurder(&Aktor::system("x"), &hold("a", "x")), Some(F::BareMennesker)),
        ("released", ren.vurder(&kari(), &frigi("c")), None),
        ("released though gone from the list", borte.vurder(&kari(), &frigi("c")), None),
        ("released, and not held", ren.vurder(&kari(), &frigi("a")), Some(F::IkkeTattUt)),
        ("released, and unknown", ren.vurder(&kari(), &frigi("x")), Some(F::UkjentElev)),
        ("a fictitious number", ren.vurder(&fylket(), &fiktivt("c", Some(FIKTIVT))), None),
        ("by the school", ren.vurder(&skolen(), &fiktivt("c", Some(FIKTIVT))), None),
        ("by the municipality", ren.vurder(&kommunen(), &fiktivt("c", Some(FIKTIVT))), None),
        ("by nobody in particular", ren.vurder(&kari(), &fiktivt("c", Some(FIKTIVT))), Some(F::FiktivtRolle)),
        ("by a machine", ren.vurder(&Aktor::system("x"), &fiktivt("c", Some(FIKTIVT))), Some(F::FiktivtRolle)),
        ("not fictitious", ren.vurder(&kommunen(), &fiktivt("c", Some(dnummer))), Some(F::IkkeFiktivt)),
        ("has a number", ren.vurder(&fylket(), &fiktivt("a", Some(FIKTIVT))), Some(F::HarNummer)),
        ("another has it", to.vurder(&fylket(), &fiktivt("c", Some(FIKTIVT))), Some(F::FiktivtBrukt)),
        (
            "the school's, of a kind that no office issues",
            ren.vurder(&skolen(), &fiktivt("c", Some(dnummer))),
            Some(F::IkkeFiktivt),
        ),
        ("the school's, and another has it", to.vurder(&skolen(), &fiktivt("c", Some(FIKTIVT))), Some(F::FiktivtBrukt)),
        ("of a protected pupil", ren.vurder(&skolen(), &fiktivt("skjermet", Some(FIKTIVT))), Some(F::UkjentElev)),
        ("taken back", fort.vurder(&fylket(), &fiktivt("c", None)), None),
        ("nothing to take back", ren.vurder(&fylket(), &fiktivt("c", None)), Some(F::UtenFiktivt)),
    ]
}

fn utfallene() -> Vec<Tilfelle> {
    let (ren, uvisst) = (Sak::ny(), Sak::ny().send(Utfall::Uavklart));
    let segl = uvisst.bilde().segl;
    let person = |segl: &str| avklart(segl, true, Avklaring::Person);
    let maskin = avklart(&segl, true, Avklaring::Tilbakelest);
    let mut levert = Sak::ny().send(Utfall::Mottatt);
    levert.liste.linjer[0].klasse = Some("10B".into());
    let melding = levert.bilde().ettermeldinger[0].clone();
    let meld = |navn: &str| {
        let (id, elev, slag) = (melding.id, id("elev", navn), melding.slag);
        Handling::Ettermeldt { id, elev, slag, grunn: "ringt".into() }
    };
    let behandle = |id| Handling::EttermeldingBehandlet { id, godtatt: true, grunn: "ok".into() };
    let mut meldt = Sak { bok: Bok(levert.bok.0.clone()), liste: levert.liste.clone(), ..Sak::ny() };
    meldt.bok.post(meld("a"));
    vec![
        ("resolved", uvisst.vurder(&kari(), &person(&segl)), None),
        ("resolved by the machine", uvisst.vurder(&Aktor::system("levering"), &maskin), None),
        ("in the machine's name", uvisst.vurder(&kari(), &maskin), Some(F::BareMaskinen)),
        ("with the receiver's number", uvisst.vurder(&kari(), &med_kvittering(&segl, true, "2026-000117")), None),
        (
            "with words for it",
            uvisst.vurder(&kari(), &med_kvittering(&segl, true, "vet ikke")),
            Some(F::Kvitteringsnummer),
        ),
        (
            "with a pupil's",
            uvisst.vurder(&kari(), &med_kvittering(&segl, true, "14851170031")),
            Some(F::Kvitteringsnummer),
        ),
        (
            "not there, with a number",
            uvisst.vurder(&kari(), &med_kvittering(&segl, false, "7")),
            Some(F::Kvitteringsnummer),
        ),
        ("another attempt", uvisst.vurder(&kari(), &person("x")), Some(F::AnnetForsok)),
        ("nothing unknown", ren.vurder(&kari(), &person(&segl)), Some(F::IngentingUavklart)),
        ("an answer by a person", ren.vurder(&kari(), &svar(&segl, Utfall::Mottatt, vec![])), Some(F::BareMaskinen)),
        ("told", levert.vurder(&kari(), &meld("a")), None),
        ("told of another pupil", levert.vurder(&kari(), &meld("b")), Some(F::UkjentEttermelding)),
        ("told twice", meldt.vurder(&kari(), &meld("a")), Some(F::AlleredeMeldt)),
        ("answered", meldt.vurder(&fylket(), &behandle(melding.id)), None),
        ("answered before it was told", levert.vurder(&fylket(), &behandle(melding.id)), Some(F::IkkeMeldt)),
        ("an unknown change", meldt.vurder(&fylket(), &behandle(id("x", "x"))), Some(F::UkjentEttermelding)),
    ]
}

#[test]
fn every_refusal_is_given_where_it_belongs() {
    assert_eq!(alle(), F::ALLE.into_iter().collect());
}

#[test]
fn every_refusal_has_a_code_and_words_of_its_own_in_both_forms() {
    let koder: BTreeSet<_> = F::ALLE.iter().map(|feil| feil.kode()).collect();
    let nb: BTreeSet<_> = F::ALLE.iter().map(|feil| feil.tekst().nb).collect();
    assert_eq!((koder.len(), nb.len()), (F::ALLE.len(), F::ALLE.len()));
    for feil in F::ALLE {
        let (tekst, engelsk) = (feil.tekst(), feil.to_string());
        assert!(tekst.nb.ends_with('.') && tekst.nn.ends_with('.') && tekst.nb != tekst.nn, "{feil:?}");
        assert!(tekst.nb.matches(['.', ':', ';']).count() >= 2, "{feil:?} says what, and the way out");
        assert!(engelsk.starts_with(char::is_lowercase) && !engelsk.ends_with('.'), "{engelsk}");
        for ord in ["ikke", "noe", "fra", "listen", "skolen", "hvorfor", "bare"] {
            let nynorsk: Vec<_> = tekst.nn.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase).collect();
            assert!(!nynorsk.iter().any(|o| o == ord), "{feil:?}: {ord}");
        }
    }
}

#[test]
fn a_fictitious_number_stands_in_the_line_until_the_source_has_a_number() {
    let mut sak = Sak::ny();
    sak.bok.frigi("c");
    assert_eq!(sak.bilde().status, Skolestatus::Avvik);
    // Entered by somebody who may not: it does not count, whatever let it in.
    sak.bok.post_av(kari(), sak.na, fiktivt("c", Some(FIKTIVT)));
    assert_eq!((sak.bilde().status, sak.bilde().fiktive.len()), (Skolestatus::Avvik, 0));
    sak.bok.post_av(fylket(), sak.na, fiktivt("c", Some(FIKTIVT)));
    let bilde = sak.bilde();
    let regler: Vec<_> = bilde.plasseringer[2].avvik.iter().map(|a| a.regel.as_str()).collect();
    assert_eq!((bilde.status, regler), (Skolestatus::Klar, vec!["EL-008"]));
    assert_eq!(bilde.sendbare[2].identitetsnummer.as_ref().unwrap().vis(), FIKTIVT);
    assert!(!format!("{bilde:?}").contains(FIKTIVT));
    assert_eq!(bilde.plasseringer[2].plassering, Plassering::Klar);

    // Two pupils, one number: neither is sent.
    let mut dobbel = liste(sak.liste.linjer.clone());
    dobbel.linjer[1].identitetsnummer = None;
    dobbel.linjer[1].avvik = avvik(&["EL-007"]);
    let mut bok = Bok(sak.bok.0.clone());
    bok.post_av(fylket(), sak.na, fiktivt("b", Some(FIKTIVT)));
    let bilde = bok.bilde(&dobbel);
    assert!([1, 2].iter().all(|&i| bilde.plasseringer[i].avvik.iter().any(|a| a.regel == "EL-004")));
    assert_eq!(bilde.status, Skolestatus::Avvik);

    // The source gets a number: the source wins.
    sak.liste.linjer[2] = linje("c", "10A", &[]);
    let bilde = sak.bilde();
    assert_eq!((bilde.status, bilde.plasseringer[2].avvik.len()), (Skolestatus::Klar, 0));
    assert_ne!(bilde.sendbare[2].identitetsnummer.as_ref().unwrap().vis(), FIKTIVT);
}
