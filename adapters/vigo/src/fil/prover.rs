//! The documented file, dirty files, and every file that we write read back.

use super::*;
use elevliste::Elevlinje;
use identitet::Skjermet;
use proptest::prelude::*;
use uuid::Uuid;

/// The one example that is known, with its pupils numbered: its numbers are invalid on purpose.
const EKSEMPEL: &str = "TOF;1.3.8.0;20231103;Vigilo;46;46503;;\r\n\
    $AV;46503;10E;98765432123;Petter Smart;\r\n\
    $AV;46503;10E;98765432124;Petra Smart;\r\n\
    $AV;46503;10F;98765432125;Åse Ærlig Ø'Syntetisk;\r\n\
    $AV;46503;10F;98765432126;Ola;\r\n\
    EOF;5;\r\n";

fn hode() -> Filhode {
    Filhode {
        versjon: Filhode::VERSJON.into(),
        dato: Some(jiff::civil::date(2023, 11, 3)),
        melding: "Vigilo".into(),
        fylke: "46".into(),
        skolenr: "46503".into(),
        avgiverid: String::new(),
    }
}

fn linje(nr: u128, klasse: &str, nummer: &str, navn: [&str; 3]) -> Elevlinje {
    Elevlinje {
        elev: Uuid::from_u128(nr),
        klasse: Some(klasse.into()),
        identitetsnummer: Some(nummer).filter(|n| !n.is_empty()).map(Into::into),
        fornavn: navn[0].into(),
        mellomnavn: Some(navn[1]).filter(|n| !n.is_empty()).map(Into::into),
        etternavn: navn[2].into(),
        avvik: vec![],
        opphav: None,
    }
}

fn elevene() -> Vec<Elevlinje> {
    vec![
        linje(1, "10E", "98765432123", ["Petter", "", "Smart"]),
        linje(2, "10E", "98765432124", ["Petra", "", "Smart"]),
        linje(3, "10F", "98765432125", ["Åse", "Ærlig", "Ø'Syntetisk"]),
        linje(4, "10F", "98765432126", ["Ola", "", ""]),
    ]
}

fn filelever(linjer: &[Elevlinje]) -> Vec<Filelev> {
    linjer.iter().map(|l| elev(l, "46503", Navnerekkefolge::FornavnForst)).collect()
}

fn latin1(tekst: &str) -> Vec<u8> {
    tekst.chars().map(|c| u8::try_from(c).unwrap()).collect()
}

const VENTET: Ventet<'_> = Ventet { fylke: Some("46"), skolenr: Some("46503") };

fn lest(fil: &[u8]) -> Lest {
    les(fil, &Filform::default(), &VENTET)
}

fn funn(fil: &str) -> Vec<(u32, Felt, Hva)> {
    let lest = lest(&latin1(fil));
    lest.problemer.iter().map(|p| (p.linje, p.felt, p.hva)).collect()
}

#[test]
fn the_documented_file_is_written_byte_for_byte() {
    let skrevet = skriv(&hode(), &filelever(&elevene()), &Filform::default()).unwrap();
    assert_eq!(skrevet, latin1(EKSEMPEL));
    let lest = lest(&skrevet);
    assert_eq!((lest.problemer.len(), lest.antall, lest.hode.unwrap()), (0, Some(5), hode()));
    assert_eq!(lest.elever.len(), 4);
    assert_eq!(lest.elever[2].navn.vis(), "Åse Ærlig Ø'Syntetisk");
}

#[test]
fn every_setting_says_what_it_says() {
    let form = |tegnsett, linjeskift, telling| Filform { tegnsett, linjeskift, telling, ..Filform::default() };
    let en = &filelever(&elevene()[2..3]);
    let fil = |f: Filform| skriv(&hode(), en, &f).unwrap();
    let lf = fil(form(Tegnsett::Utf8, Linjeskift::Lf, Telling::Elever));
    assert!(lf.ends_with("Åse Ærlig Ø'Syntetisk;\nEOF;1;\n".as_bytes()));
    assert!(fil(form(Tegnsett::Utf8Bom, Linjeskift::Lf, Telling::UtenTof)).starts_with(b"\xef\xbb\xbfTOF;"));
    assert!(fil(form(Tegnsett::Windows1252, Linjeskift::Lf, Telling::UtenTof)).ends_with(b"EOF;2;\n"));
    let etternavn = elev(&elevene()[2], "46503", Navnerekkefolge::EtternavnForst);
    assert_eq!(etternavn.navn.vis(), "Ø'Syntetisk Åse Ærlig");
    for tegnsett in [Tegnsett::Iso88591, Tegnsett::Windows1252, Tegnsett::Utf8, Tegnsett::Utf8Bom] {
        let fil = fil(form(tegnsett, Linjeskift::Lf, Telling::Elever));
        let gjettet = Tegnsett::gjett(&fil);
        assert!(gjettet == tegnsett || (tegnsett, gjettet) == (Tegnsett::Iso88591, Tegnsett::Windows1252));
    }
}

#[test]
fn what_cannot_be_written_is_refused_and_nobody_is_named() {
    let feil =
        |elever: &[Filelev], tegnsett| skriv(&hode(), elever, &Filform { tegnsett, ..Filform::default() }).unwrap_err();
    let mut elever = filelever(&elevene());
    elever[1].navn = Skjermet::from("Đuoddar Smart");
    for tegnsett in [Tegnsett::Iso88591, Tegnsett::Windows1252] {
        assert_eq!(feil(&elever, tegnsett), [Skriveproblem::Bokstav { linje: 3, felt: Felt::Navn, tegnsett }]);
        let tekst = feil(&elever, tegnsett)[0].to_string();
        assert!(tekst.contains("line 3, navn") && !tekst.contains("Smart") && !tekst.contains('Đ'), "{tekst}");
    }
    assert!(skriv(&hode(), &elever, &Filform { tegnsett: Tegnsett::Utf8, ..Filform::default() }).is_ok());
    elever[1].navn = Skjermet::from("Šárá");
    assert_eq!(feil(&elever, Tegnsett::Iso88591).len(), 1);
    assert!(skriv(&hode(), &elever, &Filform { tegnsett: Tegnsett::Windows1252, ..Filform::default() }).is_ok());

    let tomme = filelever(&[linje(1, " ", "", ["", "", ""])]);
    let mangler = |felt| Skriveproblem::Mangler { linje: 2, felt };
    assert_eq!(feil(&tomme, Tegnsett::Utf8), [mangler(Felt::Klasse), mangler(Felt::Nummer)]);
    let rare = filelever(&[linje(1, "10\nE", "98765432123", ["Petter;", "", &"x".repeat(101)])]);
    let skille = |felt| Skriveproblem::Skilletegn { linje: 2, felt };
    assert_eq!(feil(&rare, Tegnsett::Utf8), [skille(Felt::Klasse), skille(Felt::Navn)]);
    let lange = filelever(&[linje(1, &"K".repeat(41), "98765432123", ["", "", &"x".repeat(101)])]);
    let lang = |felt| Skriveproblem::ForLang { linje: 2, felt };
    assert_eq!(feil(&lange, Tegnsett::Utf8), [lang(Felt::Klasse), lang(Felt::Navn)]);
    let skole = [Filelev { skolenr: "ukjent-1".into(), ..filelever(&elevene())[0].clone() }];
    assert_eq!(feil(&skole, Tegnsett::Utf8)[0], mangler(Felt::Skolenr));
}

#[test]
fn a_dirty_file_gives_every_problem_with_its_line_and_field() {
    let fil = "TOF;1.3.8.0;20231399;Vigilo;31;31503;;\n\
        $AV;31503;10E;98765432123;Petter Smart;\n\
        $AV;46503;;9876543212;Petra Smart;\n\
        \n\
        $AV;46503;10F;98765432123;Ola;\n\
        $AV;46503;10F;98765432125;Åse;Ærlig;\n\
        $EL;98765432125;\n\
        $AV;46503;10F;98765432126;Ola\n\
        $AV;46503;10F;98765432127;O\tla;\n\
        EOF;4;\n\
        $AV;46503;10F;98765432128;Ola;\n";
    use Felt::{Antall, Dato, Fylke, Klasse, Linje, Navn, Nummer, Skolenr};
    assert_eq!(
        funn(fil),
        [
            (1, Dato, Hva::Form),
            (1, Fylke, Hva::FeilFylke),
            (1, Skolenr, Hva::FremmedSkole),
            (2, Skolenr, Hva::FremmedSkole),
            (3, Klasse, Hva::Tomt),
            (3, Nummer, Hva::Form),
            (4, Linje, Hva::TomLinje),
            (5, Nummer, Hva::Dobbelt { linje: 2 }),
            (6, Linje, Hva::Felter),
            (7, Linje, Hva::UkjentLinje),
            (8, Linje, Hva::UtenSemikolon),
            (9, Navn, Hva::Tegn),
            (10, Antall, Hva::FeilAntall { ventet: 9 }),
            (11, Linje, Hva::Etter),
        ]
    );
    let lest = lest(&latin1(fil));
    assert_eq!(lest.elever.iter().map(|e| e.linje).collect::<Vec<_>>(), [2, 3, 5, 8]);
    let vist = format!("{lest:?}") + &lest.problemer.iter().map(|p| p.hva.tekst()).collect::<String>();
    assert!(!["9876543212", "Smart", "Ola"].iter().any(|ord| vist.contains(ord)), "{vist}");
}

#[test]
fn a_file_that_is_no_such_file_is_said_to_be_none() {
    use Felt::Linje;
    assert_eq!(funn(""), [(0, Linje, Hva::UtenEof)]);
    assert_eq!(
        funn("<html>\n"),
        [
            (1, Linje, Hva::UtenTof),
            (1, Linje, Hva::UtenSemikolon),
            (1, Linje, Hva::UkjentLinje),
            (0, Linje, Hva::UtenEof)
        ]
    );
    assert_eq!(funn(&EKSEMPEL[..EKSEMPEL.len() - 8]), [(0, Linje, Hva::UtenEof)]);
    let bom = [b"\xef\xbb\xbf", EKSEMPEL.as_bytes()].concat();
    assert_eq!(lest(&bom).problemer[0], Filproblem { linje: 0, felt: Linje, hva: Hva::ErUtf8 });
    let utf8 = Filform { tegnsett: Tegnsett::Utf8, ..Filform::default() };
    assert!(les(&bom, &utf8, &VENTET).problemer.is_empty());
    let feil = les(&latin1(EKSEMPEL), &utf8, &VENTET);
    assert_eq!(feil.problemer, [Filproblem { linje: 4, felt: Felt::Navn, hva: Hva::Tegn }]);
    assert!(lest(&latin1(&EKSEMPEL.replace("\r\n", "\r"))).problemer.is_empty(), "line ends of old Macs");
    assert!(lest(&latin1(EKSEMPEL.trim_end())).problemer.is_empty(), "nothing after the last semicolon");
}

#[test]
fn a_file_has_limits() {
    assert_eq!(lest(&vec![b'x'; 16 * 1024 * 1024 + 1]).problemer[0].hva, Hva::ForStor);
    let mange = lest(&b"x\n".repeat(30_000));
    assert_eq!(mange.problemer[0].hva, Hva::ForMange);
    assert_eq!(mange.problemer.len(), 1000);
    assert!(mange.flere > 20_000 && !mange.er_ren());
}

#[test]
fn a_wrong_count_alone_is_a_warning() {
    let lest = lest(&latin1(&EKSEMPEL.replace("EOF;5;", "EOF;4;")));
    assert_eq!(lest.problemer[0].hva, Hva::FeilAntall { ventet: 5 });
    assert!(lest.er_ren());
    let elever = Filform { telling: Telling::Elever, ..Filform::default() };
    assert!(les(&latin1(&EKSEMPEL.replace("EOF;5;", "EOF;4;")), &elever, &VENTET).problemer.is_empty());
}

#[test]
fn a_comparison_names_lines_and_ids() {
    let fil = lest(&latin1(EKSEMPEL)).elever;
    let id = Uuid::from_u128;
    let liste = vec![
        linje(1, "10E", "98765432123", ["Smart", "", "Petter"]),
        linje(2, "10F", "98765432124", ["Petra", "", "Annen"]),
        linje(3, "10F", "98765432125", ["A\u{30a}se", "Ærlig", "Ø'Syntetisk"]),
        linje(5, "10F", "98765432129", ["Ny", "", "Elev"]),
        linje(6, "10F", "", ["Uten", "", "Nummer"]),
        linje(7, "10F", "98765432125", ["Dobbel", "", "Elev"]),
    ];
    let holdt = [linje(4, "10F", "98765432126", ["Ola", "", ""])];
    let mut med_dobbel = fil.clone();
    med_dobbel.push(Filelev { linje: 9, ..fil[0].clone() });
    med_dobbel.push(Filelev { linje: 10, nummer: Skjermet::from("98765432111"), ..fil[0].clone() });
    assert_eq!(
        sammenlign(&med_dobbel, &liste, &holdt, Navnerekkefolge::FornavnForst),
        Sammenligning {
            i_fil: 6,
            i_liste: 6,
            like: 2,
            kun_i_fil: vec![10],
            holdt: vec![Par { linje: 5, elev: id(4) }],
            kun_i_liste: vec![id(5), id(6)],
            klasse: vec![Par { linje: 3, elev: id(2) }],
            navn: vec![Par { linje: 3, elev: id(2) }],
            annen_rekkefolge: 1,
            dobbelt_i_fil: vec![9],
            dobbelt_i_liste: vec![id(7)],
        }
    );
    let like = sammenlign(&fil, &elevene(), &[], Navnerekkefolge::FornavnForst);
    assert_eq!((like.like, like.i_fil, like.i_liste), (4, 4, 4));
}

fn tekst() -> impl Strategy<Value = String> {
    "[A-ZÆØÅa-zæøåéü0-9' .-]{0,20}"
}

fn enhver_linje() -> impl Strategy<Value = Elevlinje> {
    ("[0-9A-ZÆØÅ]{1,6}", 0_u64..40, [tekst(), tekst(), tekst()]).prop_map(|(klasse, nr, navn)| {
        let nummer = format!("{:011}", 5_911_000_000 + nr);
        linje(nr.into(), &klasse, &nummer, [&navn[0], &navn[1], &navn[2]])
    })
}

fn enhver_form() -> impl Strategy<Value = Filform> {
    let tegnsett = vec![Tegnsett::Iso88591, Tegnsett::Windows1252, Tegnsett::Utf8, Tegnsett::Utf8Bom];
    let telling = vec![Telling::UtenEof, Telling::UtenTof, Telling::Elever];
    let linjeskift = vec![Linjeskift::Crlf, Linjeskift::Lf];
    let valg = (prop::sample::select(tegnsett), prop::sample::select(linjeskift), prop::sample::select(telling));
    valg.prop_map(|(tegnsett, linjeskift, telling)| Filform { tegnsett, linjeskift, telling, ..Filform::default() })
}

proptest! {
    #[test]
    fn what_is_written_reads_back(
        linjer in prop::collection::vec(enhver_linje(), 0..30),
        form in enhver_form(),
    ) {
        let mut elever = filelever(&linjer);
        let fil = skriv(&hode(), &elever, &form).unwrap();
        let lest = les(&fil, &form, &VENTET);
        prop_assert!(lest.problemer.iter().all(|p| matches!(p.hva, Hva::Dobbelt { .. })), "{:?}", lest.problemer);
        for (nr, elev) in (2..).zip(&mut elever) {
            elev.linje = nr;
        }
        prop_assert_eq!(&lest.elever, &elever);
        prop_assert_eq!(lest.hode.as_ref(), Some(&hode()));
        prop_assert_eq!(skriv(&hode(), &lest.elever, &form), Ok(fil));
    }

    #[test]
    fn every_pupil_of_a_comparison_is_in_one_place(
        fil in prop::collection::vec(enhver_linje(), 0..30),
        sendes in prop::collection::vec(enhver_linje(), 0..30),
        holdt in prop::collection::vec(enhver_linje(), 0..5),
    ) {
        let mut elever = filelever(&fil);
        for (nr, elev) in (2..).zip(&mut elever) {
            elev.linje = nr;
        }
        let s = sammenlign(&elever, &sendes, &holdt, Navnerekkefolge::FornavnForst);
        let i_begge = s.i_liste - s.kun_i_liste.len() - s.dobbelt_i_liste.len();
        prop_assert_eq!(s.i_fil, i_begge + s.kun_i_fil.len() + s.holdt.len() + s.dobbelt_i_fil.len());
        let ulike: std::collections::BTreeSet<u32> = s.klasse.iter().chain(&s.navn).map(|p| p.linje).collect();
        prop_assert_eq!(s.like, i_begge - ulike.len());
    }

    #[test]
    fn any_bytes_are_read_calmly(fil in prop::collection::vec(any::<u8>(), 0..400), form in enhver_form()) {
        let lest = les(&fil, &form, &VENTET);
        prop_assert!(lest.problemer.len() <= 1000);
        let _ = sammenlign(&lest.elever, &elevene(), &[], form.navn);
    }
}
