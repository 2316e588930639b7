//! A canary: whatever goes wrong, no name, number or id of the source comes out in a text.

use super::falsk::{Falsk, Kall, json_side, med_antall};
use super::lesing::les_alt;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use flow::{Kildeobjekt, Source};
use serde_json::{Value, json};
use std::io::Write;
use std::sync::{Arc, Mutex};
use tracing_subscriber::fmt::MakeWriter;

const KANARI: [&str; 4] = ["kanarifugl", "14821150036", "09861150000", "hysjhysj"];

#[derive(Clone, Default)]
struct Logg(Arc<Mutex<Vec<u8>>>);

impl Write for Logg {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Logg {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

fn rad(samling: &str, nr: usize) -> Value {
    let id =
        |hva: &str| json!({"href": "http://x/kanarifugl", "sourcedId": format!("kanarifugl-{hva}"), "type": "org"});
    let mut rad = json!({"sourcedId": format!("kanarifugl-{samling}-{nr}"), "status": "active",
        "dateLastModified": "2026-09-01T00:00:00Z", "user": id("users-1"), "class": id("classes-1"), "school": id("s"),
        "metadata": {"onedhub.groupType": "Class"}});
    match samling {
        "users" => {
            rad["givenName"] = json!("Kanarifugl");
            rad["familyName"] = json!("Kanarifugl");
            rad["identifier"] = json!("14821150036");
            rad["userIds"] = json!([{"type": "fnr", "identifier": "09861150000"}]);
            rad["roles"] = json!([{"role": "student", "org": id("s")}]);
        }
        "enrollments" => rad["role"] = json!("student"),
        _ => {
            rad["title"] = json!("10A");
            rad["name"] = json!("Skole");
            rad["type"] = json!("school");
        }
    }
    rad
}

/// The ways in which `users` goes wrong.
fn brudd(nr: usize, kall: &Kall) -> Response {
    let to = || vec![rad("users", 1), rad("users", 2)];
    let endret = |endre: fn(&mut Value)| {
        let mut rader = to();
        endre(&mut rader[0]);
        json_side("users", if kall.tall("offset") == 0 { &rader } else { &[] })
    };
    let tekst = json!({"users": to()}).to_string();
    match nr {
        0 => endret(|_| ()),
        1 => endret(|r| r["sourcedId"] = Value::Null),
        2 => endret(|r| r["status"] = json!("Kanarifugl")),
        3 => endret(|r| r["givenName"] = json!(["Kanarifugl"])),
        4 => endret(|r| r["roles"][0]["endDate"] = json!("Kanarifugl")),
        5 => endret(|r| r["roles"][0]["role"] = json!("kanarifugl")),
        6 => endret(|r| {
            r["sourcedId"] = json!("kanarifugl-users-2");
            r["familyName"] = json!("Kanarifuglen");
        }),
        7 => tekst[..tekst.len() - 9].to_owned().into_response(),
        8 => format!("{{\"users\":{tekst}}}").into_response(),
        9 => format!("<p>{tekst}</p>").into_response(),
        10 => json!({"imsx_codeMajor": "failure", "imsx_description": tekst}).to_string().into_response(),
        11 => med_antall("users", &to(), 3),
        12 => json_side("users", &to()),
        _ => {
            let kode = [400, 401, 403, 404, 405, 422, 429, 500, 503, 302, 999][nr - 13];
            let kode = StatusCode::from_u16(kode).unwrap();
            (kode, [("location", "http://127.0.0.1:9/kanarifugl"), ("retry-after", "kanarifugl")], tekst)
                .into_response()
        }
    }
}

#[tokio::test]
async fn no_error_and_no_log_line_holds_anything_personal() {
    let logg = Logg::default();
    let abonnent =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(logg.clone()).with_ansi(false);
    // For the whole process: what the tests beside this one write is looked through as well.
    tracing::subscriber::set_global_default(abonnent.finish()).unwrap();
    let mut tekster = Vec::new();
    let mut elever: Vec<Kildeobjekt> = Vec::new();
    for nr in 0..24 {
        let falsk = Falsk::start(move |kall| match kall.samling() {
            "users" => brudd(nr, kall),
            samling if kall.tall("offset") == 0 => json_side(samling, &[rad(samling, 1)]),
            samling => json_side(samling, &[]),
        })
        .await;
        let kilde = falsk.kilde("rollefilter = false");
        match les_alt(&kilde).await {
            Ok(lesing) => {
                tekster.push(format!("{:?} {:?} {:?}", lesing.refused, lesing.findings, lesing.observed));
                tekster.extend(lesing.cursors.into_iter().map(|c| c.0));
                elever.extend(lesing.observed.into_iter().map(|o| o.objekt).filter(|o| o.typenavn() == "user"));
            }
            Err(feil) => tekster.push(format!("{feil} {feil:?}")),
        }
    }
    assert_eq!(elever.len(), 7, "the texts are not of empty readings");
    for status in [200, 404, 500] {
        let falsk = Falsk::start(move |kall| {
            let kropp = json!({"user": rad("users", 9), "om": kall.sti}).to_string();
            (StatusCode::from_u16(status).unwrap(), kropp).into_response()
        })
        .await;
        let svar = falsk.kilde("").look_up(&elever[0]).await;
        assert!(svar.is_err());
        tekster.push(format!("{svar:?}"));
        assert!(falsk.kall()[0].sti.contains("kanarifugl"), "the id is in the address, where it has to be");
    }
    let logg = String::from_utf8(logg.0.lock().unwrap().clone()).unwrap();
    assert!(logg.contains("page read") && logg.contains("samling=\"users\""), "the log was written");
    tekster.extend(logg.lines().map(str::to_owned));
    for tekst in tekster {
        let smaa = tekst.to_lowercase();
        assert!(KANARI.iter().all(|k| !smaa.contains(k)), "{tekst}");
    }
}
