//! Who reaches what, and what everybody is told who asks for something else.

use super::pakke::{hel, hel_ved};
use super::sted::*;
use super::tilbake::{til, uten_nummer};
use serde_json::{Value, json};

const ELEV: &str = "00000000-0000-4000-8000-000000000001";

/// Every route: method, path, and whether it takes more than reading.
fn ruter() -> Vec<(&'static str, String, bool)> {
    vec![
        ("GET", FRISKOLEN.to_owned(), false),
        ("GET", format!("{FRISKOLEN}/hold"), false),
        ("POST", format!("{FRISKOLEN}/hent"), true),
        ("POST", format!("{FRISKOLEN}/hold/avgjorelse"), true),
        ("PUT", format!("{FRISKOLEN}/oneroster-csv"), true),
        ("POST", format!("{FRISKOLEN}/oneroster-csv/kontroll"), true),
        ("GET", format!("{FJELLSKOLEN}/elever"), true),
        ("POST", format!("{FJELLSKOLEN}/elever"), true),
        ("PUT", format!("{FJELLSKOLEN}/elever/{ELEV}"), true),
        ("DELETE", format!("{FJELLSKOLEN}/elever/{ELEV}"), true),
    ]
}

#[tokio::test]
async fn nobody_comes_in_without_a_token_of_their_own() {
    let sted = Sted::nytt().await;
    for (metode, sti, _) in ruter().into_iter().chain([("GET", KILDER.to_owned(), false)]) {
        for token in ["", "feil-feil-feil-feil-feil-feil-feil", "kari"] {
            let svar = sted.send(sted.sporr(token, metode, &sti)).await;
            assert_eq!((svar.status, svar.problem().as_str()), (401, "ikke-innlogget"), "{metode} {sti}");
            assert_eq!(svar.hode("www-authenticate"), "Bearer");
        }
    }
}

#[tokio::test]
async fn what_is_not_ones_own_is_not_said_to_exist() {
    let sted = Sted::nytt().await;
    let ukjent = sted.hent(LIV, "/api/v1/kilder/voss/finnesikke").await;
    assert_eq!((ukjent.status, ukjent.problem().as_str()), (404, "ukjent-kilde"));
    for (metode, sti, _) in ruter() {
        let svar = sted.send(sted.sporr(LIV, metode, &sti)).await;
        assert_eq!((svar.status, &svar.tekst), (404, &ukjent.tekst), "{metode} {sti}");
    }
    // The right tenant, but not this source.
    assert_eq!(sted.hent(OLA, VIGILO).await.tekst, ukjent.tekst);
    assert_eq!(sted.hent(OLA, "/api/v1/kilder/UGYLDIG/%00").await.tekst, ukjent.tekst);
    assert_eq!(sted.hent(OLA, FRISKOLEN).await.status, 200);
}

#[tokio::test]
async fn whoever_may_only_read_is_told_which_right_is_lacking() {
    let sted = Sted::nytt().await;
    for (metode, sti, mer) in ruter() {
        let svar = sted.send(sted.sporr(PER, metode, &sti)).await;
        if mer {
            assert_eq!((svar.status, svar.problem().as_str()), (403, "ikke-rett"), "{metode} {sti}");
        } else {
            assert!(svar.status < 300, "{metode} {sti}: {svar:?}");
        }
    }
    let valg = json!({"digest": "", "godkjent": true, "hvorfor": "x"});
    let svar = sted.json(OLA, "POST", &format!("{FRISKOLEN}/hold/avgjorelse"), &valg).await;
    assert_eq!(svar.status, 403);
    assert!(svar.json()["detail"].as_str().unwrap().contains("«avgjore»"));
    assert!(sted.revisjon().is_empty(), "nothing was shown, and nothing decided");
}

/// What a role may do is what the table says, whatever right the token has.
#[tokio::test]
async fn a_role_is_held_to_its_table_on_every_route() {
    let sted = Sted::nytt().await;
    let (ja, se, nei) = (None, Some((403, "ma-ikke")), Some((404, "ukjent-kilde")));
    // The routes in their order, for Fjellskolen where pupils are keyed in and for Friskolen.
    for (token, ventet) in [
        (FJELL, [ja, nei, ja, se, ja, ja, ja, ja, ja, ja]),
        (DAL, [ja, nei, ja, se, ja, ja, nei, nei, nei, nei]),
        (FYLKET, [nei; 10]),
        (DRIFT, [ja, ja, ja, se, se, se, nei, se, se, se]),
        (REVISOR, [nei; 10]),
    ] {
        for ((metode, sti, _), ventet) in ruter().into_iter().zip(ventet) {
            let svar = sted.send(sted.sporr(token, metode, &sti)).await;
            match ventet {
                Some((status, kode)) => {
                    assert_eq!((svar.status, svar.problem().as_str()), (status, kode), "{token:.5} {metode} {sti}");
                }
                None => assert!(
                    !matches!(svar.status, 401 | 403) && (svar.status != 404 || svar.problem() == "ukjent-elev"),
                    "{token:.5} {metode} {sti}: {svar:?}"
                ),
            }
        }
    }
    let kilder = async |token| {
        let alle = sted.hent(token, KILDER).await.json();
        alle.as_array().unwrap().iter().map(|k| k["kilde"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(kilder(FJELL).await, ["fjellskolen", "friskolen", "vigilo"]);
    assert_eq!(kilder(DAL).await, ["friskolen", "vigilo"], "where another school keys in is not its");
    assert!(kilder(FYLKET).await.is_empty() && kilder(REVISOR).await.is_empty());
}

#[tokio::test]
async fn a_school_replaces_no_other_schools_package_and_decides_about_no_mass_change() {
    let sted = Sted::nytt().await;
    let lever = async |token: &str, pakke: Vec<u8>| {
        sted.send(sted.sporr(token, "PUT", &format!("{FRISKOLEN}/oneroster-csv")).body(pakke)).await
    };
    assert_eq!(lever(FJELL, hel(&[1, 2, 3])).await.status, 200);
    for (token, pakke) in
        [(DAL, hel(&[1])), (DAL, hel_ved("312701103", 2026, &[1])), (FJELL, hel_ved("312701103", 2026, &[1]))]
    {
        let svar = lever(token, pakke).await;
        assert_eq!((svar.status, svar.problem().as_str()), (403, "andres-skoler"));
    }
    let skrevet = sted.revidert("revisjon.levert.pakke");
    assert_eq!(skrevet.len(), 1, "what is refused is not handed in");
    assert_eq!(skrevet[0]["hvem"]["rolle"], "skole");
    assert_eq!(lever(FJELL, hel(&[1])).await.status, 202);
    assert_eq!(sted.hent(FJELL, FRISKOLEN).await.json()["holdt"], false, "it does not see what is held");
    let digest = sted.hent(DRIFT, &format!("{FRISKOLEN}/hold")).await.json()["digest"].clone();
    let valg = json!({"digest": digest, "godkjent": true, "hvorfor": "flyttet"});
    for token in [FJELL, DAL, DRIFT] {
        let svar = sted.json(token, "POST", &format!("{FRISKOLEN}/hold/avgjorelse"), &valg).await;
        assert_eq!((svar.status, svar.problem().as_str()), (403, "ma-ikke"));
    }
}

#[tokio::test]
async fn a_role_reads_of_lists_what_is_its_own() {
    let mut sted = Sted::nytt().await;
    sted.start();
    uten_nummer(&sted).await;
    let lister = til(&sted, KARI, "/api/v1/lister", |l| l["lister"][0]["status"] == "Avvik").await;
    let liste = format!("/api/v1/lister/{}", lister["lister"][0]["liste"].as_str().unwrap());
    let avvik = |svar: &Value| svar["avvik"].as_array().unwrap().iter().filter(|a| !a["elev"].is_null()).count();
    let kildeider = |svar: &Value| {
        let alle = svar["avvik"].as_array().unwrap().iter().filter_map(|a| a["elev"]["kildeider"].as_array());
        alle.map(Vec::len).sum::<usize>()
    };
    for (token, ser, ser_avvik, ser_ider) in [
        (FJELL, true, true, true),
        (DRIFT, true, true, false),
        (FYLKET, true, false, false),
        (REVISOR, true, false, false),
        (DAL, false, false, false),
    ] {
        let alle = sted.hent(token, "/api/v1/lister").await.json();
        assert_eq!(alle["lister"].as_array().unwrap().len(), usize::from(ser), "{token:.5}");
        let apne = sted.hent(token, "/api/v1/avvik").await.json();
        assert_eq!((avvik(&apne) > 0, kildeider(&apne) > 0), (ser_avvik, ser_ider), "{token:.5}");
        let en = sted.hent(token, &liste).await;
        assert_eq!(en.status, if ser { 200 } else { 404 }, "{token:.5}");
        if ser {
            let en = en.json();
            assert_eq!((avvik(&en) > 0, kildeider(&en) > 0), (ser_avvik, ser_ider), "{token:.5}");
        }
        let hendelser = sted.hent(token, "/api/v1/hendelser").await.json();
        let typer: Vec<_> = hendelser["hendelser"].as_array().unwrap().iter().map(|h| h["type"].clone()).collect();
        assert_eq!(typer.contains(&json!("no.mellomlag.avvik.apnet")), ser_avvik, "{token:.5}");
        assert_eq!(typer.contains(&json!("no.mellomlag.liste.status")), ser, "{token:.5}");
    }
    sted.stopp().await;
}

#[tokio::test]
async fn rights_are_looked_at_before_anything_is_read() {
    let sted = Sted::nytt().await;
    let for_stor = vec![b'x'; MAKS + 1];
    let svar = sted.send(sted.sporr(PER, "PUT", &format!("{FRISKOLEN}/oneroster-csv")).body(for_stor)).await;
    assert_eq!(svar.status, 403);
}

#[tokio::test]
async fn whatever_is_asked_the_answer_is_a_problem_and_never_a_fault() {
    let sted = Sted::nytt().await;
    for (metode, sti, status, kode) in [
        ("GET", "/", 404, "ukjent-sti"),
        ("GET", "/api/v1", 404, "ukjent-sti"),
        ("GET", "/api/v1/kilder/voss", 404, "ukjent-sti"),
        ("GET", "/api/v1/kilder/voss/friskolen/elever/x/y", 404, "ukjent-sti"),
        ("GET", "/%ff%fe", 404, "ukjent-sti"),
        ("GET", "/api/v1/kilder/%ff/%fe", 404, "ukjent-kilde"),
        ("GET", "/api/v1/kilder/voss/%2e%2e%2f", 404, "ukjent-kilde"),
        ("DELETE", KILDER, 405, "feil-metode"),
        ("PUT", "/api/v1/kilder/voss/friskolen/hold", 405, "feil-metode"),
        ("GET", "/api/v1/kilder/voss/friskolen/oneroster-csv", 405, "feil-metode"),
        ("BREW", "/api/v1/kilder/voss/fjellskolen/elever", 405, "feil-metode"),
    ] {
        let svar = sted.send(sted.sporr(KARI, metode, sti)).await;
        assert_eq!((svar.status, svar.problem().as_str()), (status, kode), "{metode} {sti}");
        assert_eq!(svar.hode("allow").is_empty(), status != 405, "{metode} {sti}");
    }
    let dyp = "[".repeat(50_000);
    for kropp in ["", "null", "[]", "{", "\u{0}", "{\"fornavn\": 1}", &dyp] {
        for (metode, sti) in [
            ("POST", format!("{FJELLSKOLEN}/elever")),
            ("POST", format!("{FRISKOLEN}/hold/avgjorelse")),
            ("PUT", format!("{FRISKOLEN}/oneroster-csv")),
            ("POST", format!("{FRISKOLEN}/oneroster-csv/kontroll")),
        ] {
            let svar = sted.send(sted.sporr(KARI, metode, &sti).body(kropp.to_owned())).await;
            assert_eq!((svar.status, svar.problem().as_str()), (422, "feil-i-felt"), "{metode} {sti} {kropp:.20}");
        }
    }
}
