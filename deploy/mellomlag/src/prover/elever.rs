//! Pupils keyed in.

use super::pakke::nummer;
use super::sted::*;
use crate::innlevert::Bok;
use adapter_operator::Elevbok as _;
use bus::Message;
use elevliste::{Elevliste, Listenokkel};
use flow::{Cursor, Vannmerker};
use hendelse::{Emne, Hode, LISTE};
use serde_json::{Value, json};
use uuid::Uuid;

fn elever() -> String {
    format!("{FJELLSKOLEN}/elever")
}

fn elev(i: u16) -> Value {
    json!({"identitetsnummer": nummer(i), "fornavn": "Åse", "etternavn": "Kanarifugl", "klasse": "10A", "trinn": "10"})
}

async fn ny(sted: &Sted, elev: &Value) -> String {
    let svar = sted.json(OLA, "POST", &elever(), elev).await;
    assert_eq!((svar.status, &svar.json()["utfall"]), (201, &json!("lagret")), "{svar:?}");
    svar.json()["id"].as_str().unwrap().to_owned()
}

async fn vist(sted: &Sted) -> Value {
    sted.hent(OLA, &elever()).await.json()
}

#[tokio::test]
async fn a_pupil_is_keyed_in_shown_moved_and_removed() {
    let sted = Sted::nytt().await;
    assert_eq!(vist(&sted).await, json!([]));
    let id = ny(&sted, &elev(1)).await;
    let mut ventet = elev(1);
    ventet["id"] = json!(id);
    ventet["skolear"] = json!("2026-2027");
    assert_eq!(vist(&sted).await, json!([ventet]));
    let typer = ["org", "academicSession", "class", "user", "enrollment"];
    for typ in typer {
        assert_eq!(sted.holder("fjellskolen", typ).await.len(), 1, "{typ}");
    }

    // Sent back as it was shown, in another class: moved, and nothing twice.
    ventet["klasse"] = json!("10B");
    let sti = format!("{}/{id}", elever());
    assert_eq!(sted.json(OLA, "PUT", &sti, &ventet).await.status, 200);
    assert_eq!(vist(&sted).await, json!([ventet]));
    assert_eq!(sted.holder("fjellskolen", "enrollment").await.len(), 1);

    let svar = sted.send(sted.sporr(OLA, "DELETE", &sti)).await;
    assert_eq!((svar.status, &svar.json()["utfall"]), (200, &json!("fjernet")));
    assert_eq!(vist(&sted).await, json!([]));
    for typ in ["user", "enrollment"] {
        assert_eq!(sted.holder("fjellskolen", typ).await.len(), 0, "{typ}");
    }

    for (metode, id) in [("PUT", id.as_str()), ("DELETE", &id), ("PUT", "ingen-uuid"), ("DELETE", "ingen-uuid")] {
        let svar = sted.json(OLA, metode, &format!("{}/{id}", elever()), &elev(1)).await;
        assert_eq!((svar.status, svar.problem().as_str()), (404, "ukjent-elev"), "{metode} {id}");
    }
    assert_eq!(vist(&sted).await, json!([]), "who is unknown is not made by a change");
}

#[tokio::test]
async fn each_showing_stands_in_the_audit_stream() {
    let sted = Sted::nytt().await;
    let id = ny(&sted, &elev(1)).await;
    vist(&sted).await;
    let [_, post] = &sted.revisjon()[..] else { panic!("one keyed in and one showing") };
    assert_eq!(post.subject, "revisjon.voss");
    let mut data: Value = serde_json::from_slice(&post.payload).unwrap();
    assert_eq!(data.as_object_mut().unwrap().remove("kjede").unwrap()["lopenr"], 2);
    assert_eq!(data, json!({"kilde": "fjellskolen", "hvem": "ola"}));
    sted.send(sted.sporr(FJELL, "DELETE", &format!("{}/{id}", elever()))).await;
    let skrevet = sted.revidert("revisjon.levert");
    let typer: Vec<_> = skrevet.iter().map(|post| post["kjede"]["typ"].as_str().unwrap()).collect();
    assert_eq!(typer, ["revisjon.levert.elev", "revisjon.levert.fjernet"]);
    for (post, hvem) in skrevet.iter().zip([json!("ola"), json!({"id": "fjell", "navn": "fjell", "rolle": "skole"})]) {
        assert_eq!((&post["id"], &post["kilde"], &post["hvem"]), (&json!(id), &json!("fjellskolen"), &hvem));
    }
    // What must be put right is not kept, and is no act.
    sted.json(OLA, "POST", &elever(), &json!({"fornavn": "Åse"})).await;
    assert_eq!(sted.revidert("revisjon.levert").len(), 2);
}

/// By this a form that is sent twice is told from one with another pupil's id.
#[tokio::test]
async fn who_is_keyed_in_stands_as_it_was_said() {
    let sted = Sted::nytt().await;
    let id = ny(&sted, &elev(1)).await.parse().unwrap();
    let bok = Bok::av(&sted.oppsett.operator.as_ref().unwrap().tastet[0]);
    let holdt = runtime::les_kilde(&sted.om, &"voss".parse().unwrap(), &"fjellskolen".parse().unwrap()).await.unwrap();
    for (elev, star) in [(elev(1), true), (elev(2), false)] {
        let json = elev.to_string();
        let Ok(innlagt) = bok.lagre(id, "2026-2027".parse().unwrap(), json.as_bytes()) else { panic!("{json}") };
        let side = innlagt.source.changes(&Vannmerker::new(), &Cursor::default()).await.unwrap().unwrap();
        assert_eq!(side.observed.iter().all(|sett| holdt.contains(&sett.objekt)), star);
    }
}

#[tokio::test]
async fn a_protected_pupil_is_neither_shown_changed_nor_removed() {
    let mut sted = Sted::nytt().await;
    sted.start();
    let [skjermet, annen] = [ny(&sted, &elev(1)).await, ny(&sted, &elev(2)).await];
    // The pupil by our name for it: a list has it.
    let lister = super::tilbake::til(&sted, KARI, "/api/v1/lister", |l| l["lister"][0]["antall"]["kilde"] == 2).await;
    let nokkel: Listenokkel = lister["lister"][0]["liste"].as_str().unwrap().parse().unwrap();
    let emne = Emne::Liste(nokkel.clone()).to_string();
    let record = sted.om.bus.last(LISTE, &emne).await.unwrap().unwrap();
    let skjema = Hode::les(|navn| record.header(navn)).unwrap().skjema.unwrap();
    let mut liste: Elevliste = hendelse::les(skjema, &record.payload).unwrap();
    let mut hans = None;
    for linje in &liste.linjer {
        let ider = runtime::kildeider(&sted.om, &"voss".parse().unwrap(), linje.elev).await.unwrap();
        hans = hans.or(ider.iter().any(|(_, id)| *id.vis() == skjermet).then_some(linje.elev));
    }
    // By another list of the same owner.
    liste.nokkel = Listenokkel { skolenr: "46999".into(), ..nokkel };
    (liste.skjermede, liste.linjer) = (vec![hans.unwrap()], vec![]);
    let (skjema, data) = hendelse::kod(&liste).unwrap();
    let hode = Hode {
        id: Uuid::now_v7(),
        kilde: "voss:liste".into(),
        typ: "liste.endret".into(),
        tid: sted.om.clock.now(),
        skjema: Some(skjema),
        spor: None,
    };
    let subject = Emne::Liste(liste.nokkel.clone()).to_string();
    sted.om.bus.publish(vec![Message { subject, headers: hode.hoder(), payload: data.into() }]).await.unwrap();
    for token in [OLA, FJELL] {
        let ider: Vec<_> =
            sted.hent(token, &elever()).await.json().as_array().unwrap().iter().map(|e| e["id"].clone()).collect();
        assert_eq!(ider, [json!(annen)]);
        for (metode, id) in [("PUT", &skjermet), ("DELETE", &skjermet)] {
            let svar = sted.json(token, metode, &format!("{}/{id}", elever()), &elev(1)).await;
            assert_eq!((svar.status, svar.problem().as_str()), (404, "ukjent-elev"), "{metode}");
        }
    }
    sted.stopp().await;
}

#[tokio::test]
async fn what_must_be_put_right_is_named_by_field_and_never_by_value() {
    let sted = Sted::nytt().await;
    let galt = json!({
        "identitetsnummer": "123", "fornavn": " ", "etternavn": "Kanari\u{200b}fugl", "klasse": "", "trinn": "VG7"
    });
    let svar = sted.json(OLA, "POST", &elever(), &galt).await;
    assert_eq!((svar.status, svar.problem().as_str()), (422, "feil-i-felt"));
    assert_eq!(svar.felt(), ["fornavn", "etternavn", "klasse", "trinn"]);
    for felt in svar.json()["felt"].as_array().unwrap() {
        assert!(felt["hva"].as_str().unwrap().len() > 20, "{felt}");
    }
    // A field that is not known, a type that is not text: the parser's own words would quote them.
    let mut ukjent = elev(1);
    ukjent["Kanarifugl"] = json!("Kanarifugl");
    let mut tall = elev(1);
    tall["identitetsnummer"] = json!(12345);
    for galt in [&ukjent, &tall] {
        let kropp = sted.json(OLA, "POST", &elever(), galt).await;
        assert_eq!((kropp.status, kropp.felt()), (422, vec!["kropp".to_owned()]));
        assert!(!kropp.tekst.contains("Kanari") && !kropp.tekst.contains("12345"), "{kropp:?}");
    }
    assert!(!svar.tekst.contains("Kanari") && !svar.tekst.contains("VG7") && !svar.tekst.contains("123"), "{svar:?}");
    assert_eq!(sted.skrevet("fjellskolen"), 0);
    let svar = sted.send(sted.sporr(OLA, "POST", &elever()).body(vec![b' '; 70_000])).await;
    assert_eq!((svar.status, svar.problem().as_str()), (413, "for-stor"));
}

#[tokio::test]
async fn an_odd_number_is_remarked_on_and_kept() {
    let sted = Sted::nytt().await;
    let mut uten_null = elev(1);
    let nummer = (0..200).map(nummer).find(|n| n.starts_with('0')).unwrap();
    uten_null["identitetsnummer"] = json!(nummer.trim_start_matches('0'));
    let svar = sted.json(OLA, "POST", &elever(), &uten_null).await;
    assert_eq!((svar.status, &svar.json()["merknader"][0]["kode"]), (201, &json!("lost-zeros")), "{svar:?}");
    assert!(!svar.tekst.contains(nummer.trim_start_matches('0')), "{svar:?}");
    assert_eq!(sted.holder("fjellskolen", "user").await.len(), 1);
}

/// A pupil of last year who is not keyed in again is shown as of last year; one who is, once, and is removed from both.
#[tokio::test]
async fn a_new_school_year_asks_for_each_pupil_again() {
    let sted = Sted::nytt().await;
    let id = ny(&sted, &elev(1)).await;
    ny(&sted, &elev(2)).await;
    sted.klokke.set("2027-08-20T08:00:00Z".parse().unwrap());
    let sti = format!("{}/{id}", elever());
    assert_eq!(sted.json(OLA, "PUT", &sti, &elev(1)).await.status, 200);
    let ar = |vist: Value| {
        let mut ar: Vec<_> =
            vist.as_array().unwrap().iter().map(|e| e["skolear"].as_str().unwrap().to_owned()).collect();
        ar.sort();
        ar
    };
    assert_eq!(ar(vist(&sted).await), ["2026-2027", "2027-2028"]);
    assert_eq!(sted.send(sted.sporr(OLA, "DELETE", &sti)).await.status, 200);
    assert_eq!(ar(vist(&sted).await), ["2026-2027"]);
    assert_eq!(sted.holder("fjellskolen", "enrollment").await.len(), 1);
}

#[tokio::test]
async fn pupils_are_keyed_in_only_where_there_is_no_system() {
    let sted = Sted::nytt().await;
    for sti in [VIGILO, FRISKOLEN] {
        for (metode, hale) in [("GET", ""), ("POST", ""), ("PUT", "/x"), ("DELETE", "/x")] {
            let svar = sted.json(KARI, metode, &format!("{sti}/elever{hale}"), &elev(1)).await;
            assert_eq!((svar.status, svar.problem().as_str()), (409, "feil-slag"), "{metode} {sti}");
        }
    }
    assert!(sted.revisjon().is_empty());
}
