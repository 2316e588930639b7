//! Every text for people is there in bokmål, nynorsk and English, and says the same in each.
#![allow(clippy::unwrap_used, reason = "all of it is a test")]

use elevliste::{Avvik, Eier, Niva, Skolestatus};
use identitet::{Formatfeil, Grunn, Ugyldig};
use liste::*;
use std::collections::BTreeSet;

const STATUSER: [Skolestatus; 9] = [
    Skolestatus::Samles,
    Skolestatus::Avvik,
    Skolestatus::Klar,
    Skolestatus::Godkjent,
    Skolestatus::Sendes,
    Skolestatus::Mottatt,
    Skolestatus::Avvist,
    Skolestatus::Uavklart,
    Skolestatus::Stengt,
];

fn plasseringer() -> [Plassering; 5] {
    let grunn = String::new;
    [
        Plassering::Sendt,
        Plassering::Holdt { grunn: grunn() },
        Plassering::Manuelt { grunn: grunn() },
        Plassering::Avvik,
        Plassering::Klar,
    ]
}

/// Every fixed text, and where it is from.
fn alle() -> Vec<(String, Tekst)> {
    let mut alle = Vec::new();
    for regel in regler() {
        let deler = [("tittel", regel.tittel), ("hva", regel.hva), ("rett", regel.rett), ("videre", regel.videre)];
        alle.extend(deler.map(|(del, tekst)| (format!("{} {del}", regel.id), tekst)));
    }
    alle.extend(STATUSER.map(|status| (format!("{status:?}"), status_tekst(status))));
    alle.extend(plasseringer().iter().map(|p| (format!("{p:?}"), plassering_tekst(p))));
    alle.extend(Handlingsfeil::ALLE.map(|feil| (feil.kode().to_owned(), feil.tekst())));
    let oppgaver = [Oppgave::FinnUtOmMottatt, Oppgave::BekreftAtDetErVar, Oppgave::AnnenHarLevert];
    alle.extend(oppgaver.map(|oppgave| (format!("{oppgave:?}"), oppgave_tekst(oppgave))));
    alle.extend([Alvor::Stopper, Alvor::Sjekkes, Alvor::TilOrientering].map(|a| (format!("{a:?}"), alvor_tekst(a))));
    alle.extend([Eier::Skole, Eier::Kommune, Eier::Leverandor, Eier::Fylke].map(|e| (format!("{e:?}"), eier_tekst(e))));
    alle.extend(stier().iter().map(|sti| (format!("{:?} {:?}", sti.system, sti.felt), sti.sti)));
    for system in Skolesystem::ALLE {
        alle.push((format!("{system:?}"), system.navn()));
        for regel in regler() {
            let sted = rettested(system, &regel.brudd(None), &Egnestier::default());
            alle.push((format!("{system:?} {} hvordan", regel.id), sted.hvordan));
            alle.push((format!("{system:?} {} etterpå", regel.id), sted.etterpa));
        }
    }
    alle
}

fn ord(tekst: &str) -> Vec<String> {
    tekst.split(|c: char| !c.is_alphanumeric()).filter(|ord| !ord.is_empty()).map(str::to_lowercase).collect()
}

#[test]
fn every_text_is_there_in_three_languages_and_none_is_in_the_wrong_one() {
    const NORSK: [&str; 14] = [
        "ikke", "ikkje", "og", "eller", "er", "på", "til", "som", "eleven", "listen", "lista", "skolen", "skulen",
        "det",
    ];
    const BOKMAL: [&str; 9] = ["ikke", "noe", "fra", "listen", "skolen", "hvorfor", "bare", "hvis", "skolesystemet"];
    const ENGELSK: [&str; 9] = ["the", "list", "school", "pupil", "number", "receiver", "is", "not", "error"];
    // The same word, or a name.
    let like: BTreeSet<&str> = ["Klassen og eleven har ulikt trinn"].into();
    for (hva, Tekst { nb, nn, en }) in alle() {
        for form in [nb, nn, en] {
            assert!(!form.is_empty() && form.trim() == form && !form.contains("  "), "{hva}: «{form}»");
            assert!(!form.contains(['\n', '{', '[', '_', '`']), "{hva}: «{form}»");
            assert!(!holder_nummer(form), "{hva}: «{form}»");
            assert!(!["EL-", "VI-", "KA-", "ID-"].iter().any(|kode| form.contains(kode)), "{hva}: a code in «{form}»");
        }
        let sti = nb.contains(" → ");
        let navn = Skolesystem::ALLE.iter().any(|system| system.navn().nb == nb);
        assert!(sti || navn || nb != en, "{hva}: English is missing");
        let setninger = ord(nb).len() > 5;
        assert!(sti || navn || !setninger || nb != nn || like.contains(nb), "{hva}: nynorsk is missing");
        assert_eq!((nb.ends_with('.'), nb.ends_with('.')), (nn.ends_with('.'), en.ends_with('.')), "{hva}");
        let (pa_nb, pa_nn, pa_en) = (ord(nb), ord(nn), ord(en));
        assert!(sti || !pa_en.iter().any(|o| NORSK.contains(&o.as_str())), "{hva}: «{en}»");
        assert!(!pa_nn.iter().any(|o| BOKMAL.contains(&o.as_str())), "{hva}: «{nn}»");
        assert!(!pa_nb.iter().chain(&pa_nn).any(|o| ENGELSK.contains(&o.as_str())), "{hva}: «{nb}» «{nn}»");
        let tall = |ord: &[String]| -> Vec<String> {
            ord.iter().filter(|o| o.chars().all(|c| c.is_ascii_digit())).cloned().collect()
        };
        assert_eq!((tall(&pa_nb), tall(&pa_nb)), (tall(&pa_nn), tall(&pa_en)), "{hva}: other numbers");
    }
}

#[test]
fn a_sentence_is_short_enough_to_be_read_once() {
    for (hva, tekst) in alle() {
        for form in [tekst.nb, tekst.nn, tekst.en] {
            for setning in form.split(['.', ';', ':']) {
                assert!(ord(setning).len() <= 26, "{hva}: «{setning}»");
            }
        }
    }
}

fn med(regel: &str, detalj: &str) -> Option<Tekst<String>> {
    detalj_tekst(&Avvik {
        regel: regel.to_owned(),
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: None,
        detalj: Some(detalj.to_owned()),
    })
}

#[test]
fn a_detail_is_said_in_words_that_hold_all_of_it() {
    for (regel, detalj, tall) in [
        ("EL-005", "46503", &["46503"][..]),
        ("EL-006", "2011", &["2011"]),
        ("EL-022", "46503", &["46503"]),
        ("EL-023", "46503, 46504", &["46503", "46504"]),
        ("EL-024", "46503", &["46503"]),
        ("EL-025", "12503, 46503", &["12503", "46503"]),
        ("EL-026", "46", &["46"]),
        ("EL-027", "46999", &["46999"]),
        ("EL-040", "52/40", &["52", "40"]),
        ("EL-043", "120/100", &["120", "100"]),
        ("EL-051", "03", &["03"]),
        ("EL-060", "112, 40", &["112", "40"]),
        ("EL-061", "112, 40", &["112", "40"]),
        ("EL-062", "10/B, C", &["10/B, C"]),
        ("VI-999", "NEW_CODE", &["NEW_CODE"]),
    ] {
        let Tekst { nb, nn, en } = med(regel, detalj).unwrap();
        for form in [&nb, &nn, &en] {
            assert!(
                tall.iter().all(|t| form.contains(t)) && form.ends_with('.') && !form.contains('{'),
                "{regel}: {form}"
            );
        }
        assert_ne!(nb, en, "{regel}");
    }
    assert_eq!((med("EL-022", ""), med("VI-001", "ID-SOMETHING")), (None, None));
}

#[test]
fn every_fault_of_a_number_is_said_in_words() {
    use Formatfeil::*;
    let form = [Tom, Maskert, UsynligTegn, FremmedeSifre, Mellomrom, Regneark, Tegn, TiSifre, Lengde];
    let grunner = [
        Grunn::Ugyldig(Ugyldig::Dato),
        Grunn::Ugyldig(Ugyldig::Kontrollsiffer),
        Grunn::Ugyldig(Ugyldig::DatoOgKontrollsiffer),
        Grunn::Syntetisk,
        Grunn::Ekte,
        Grunn::NavIntern,
        Grunn::Helse,
    ];
    let koder = form.map(|feil| format!("ID-FORMAT/{}", feil.as_str())).into_iter();
    for kode in koder.chain(grunner.map(|grunn| grunn.kode().to_owned())) {
        let Tekst { nb, nn, en } = med("EL-001", &kode).unwrap_or_else(|| panic!("{kode} has no words"));
        assert!(nb != nn && nb != en && [nb, nn, en].iter().all(|f| f.ends_with('.') && !f.contains("ID-")), "{kode}");
    }
}
