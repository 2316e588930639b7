//! A canary: whatever goes wrong, no name, number, address or level of protection comes out in a text, and no address
//! in anything at all.

use crate::falsk::Falsk;
use crate::lesing::oppsett;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use flow::Personregister;
use serde_json::{Value, json};
use simulators::folkeregister::{Feil, Gradering, Handling};
use std::io::Write;
use std::sync::{Arc, Mutex};
use tracing_subscriber::fmt::MakeWriter;

const NR: &str = "14821150036";
const KANARI: [&str; 5] = ["kanarifugl", NR, "09861150000", "løyndvegen", "fortrolig"];

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

fn person() -> Value {
    json!({
        "identifikasjonsnummer": [{"foedselsEllerDNummer": NR, "erGjeldende": true, "status": "iBruk", "identifikatortype": "foedselsnummer"}],
        "status": [{"status": "bosatt", "erGjeldende": true}],
        "navn": [{"fornavn": "KANARIFUGL", "etternavn": "KANARIFUGL", "erGjeldende": true}],
        "adressebeskyttelse": [{"graderingsnivaa": "fortrolig", "erGjeldende": true}],
        "bostedsadresse": [{"erGjeldende": true, "vegadresse": {"adressenavn": "Løyndvegen"}}],
    })
}

/// The ways in which an answer goes wrong.
fn brudd(nr: usize, sti: &str) -> Response {
    let mut en = person();
    let mut innslag = json!({"sekvensnummer": 7, "hendelse": {"folkeregisteridentifikator": NR,
        "hendelsetype": "endringIAdressebeskyttelse", "ajourholdstidspunkt": "2026-02-24T09:46:34+01:00"}});
    match nr {
        1 => en["status"] = json!("Kanarifugl"),
        2 => en = json!("Kanarifugl i Løyndvegen"),
        3 => en = json!({"bostedsadresse": en["bostedsadresse"]}),
        4 => en["identifikasjonsnummer"][0]["foedselsEllerDNummer"] = json!(["09861150000"]),
        5 => en["navn"] = json!([en["navn"][0], {"fornavn": "Kanarifugl 2", "erGjeldende": true}]),
        6 => en["adressebeskyttelse"] = json!("Kanarifugl"),
        7 => innslag["hendelse"]["folkeregisteridentifikator"] = json!("kanarifugl"),
        8 => innslag["hendelse"]["ajourholdstidspunkt"] = json!("kanarifugl"),
        9 => innslag["hendelse"]["hendelsetype"] = json!("kanarifugl"),
        10 => innslag["sekvensnummer"] = json!("kanarifugl"),
        _ => {}
    }
    let ett = match nr {
        11 => json!({"foedselsEllerDNummer": NR, "feilmelding": {"feilmelding": "Kanarifugl i Løyndvegen"}}),
        12 => json!({"foedselsEllerDNummer": "09861150000", "folkeregisterperson": en}),
        13 => json!({"foedselsEllerDNummer": NR, "feilmelding": {"feilmelding": format!("{NR} er utgått")}}),
        _ => json!({"foedselsEllerDNummer": NR, "folkeregisterperson": en}),
    };
    let tekst = if sti.ends_with("bulkoppslag") {
        json!({"oppslag": [ett]}).to_string()
    } else if sti.ends_with("feed") {
        json!([innslag]).to_string()
    } else if sti.ends_with("sekvensnummer") {
        "7".to_owned()
    } else {
        en.to_string()
    };
    match nr {
        0..14 => tekst.into_response(),
        14 => tekst[..tekst.len() - 1].to_owned().into_response(),
        15 => format!("<p>{NR} {tekst}</p>").into_response(),
        _ => {
            let kode = [400, 401, 403, 404, 406, 409, 429, 500, 503, 302, 999][nr - 16];
            let hoder = [("location", "http://127.0.0.1:9/kanarifugl"), ("retry-after", "kanarifugl")];
            let kropp = json!({"kode": NR, "melding": tekst}).to_string();
            (StatusCode::from_u16(kode).unwrap(), hoder, kropp).into_response()
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
    let (mut tekster, mut lest, mut adresser) = (Vec::new(), 0, Vec::new());
    for nr in 0..27 {
        let falsk = Falsk::start(move |sti| brudd(nr, sti)).await;
        let register = falsk.register();
        match register.hendelser(7).await {
            Ok(side) => tekster.push(format!("{side:?}")),
            Err(feil) => tekster.push(format!("{feil} {feil:?}")),
        }
        match register.personer(&[NR.into()]).await {
            Ok(svar) => {
                tekster.push(format!("{svar:?}"));
                lest += svar.iter().flatten().count();
                adresser.extend(svar.iter().flatten().map(|p| serde_json::to_string(p).unwrap()));
                // A message of the register's is kept for a person to read, whatever it says; nr 11 is one.
                let raw = svar.into_iter().filter_map(Result::err).filter(|_| nr != 11).map(|refused| refused.raw);
                adresser.extend(raw.map(|raw| String::from_utf8(raw).unwrap()));
            }
            Err(feil) => tekster.push(format!("{feil} {feil:?}")),
        }
    }
    assert!(lest >= 6 && adresser.len() > lest, "the texts are of people and refusals: {lest}");
    let logg = String::from_utf8(logg.0.lock().unwrap().clone()).unwrap();
    assert!(logg.contains("page of the feed read") && logg.contains("people looked up"), "the log was written");
    tekster.extend(logg.lines().map(str::to_owned));
    for tekst in tekster {
        let smaa = tekst.to_lowercase();
        assert!(KANARI.iter().all(|k| !smaa.contains(k)), "{tekst}");
    }
    for verdi in adresser {
        assert!(!verdi.to_lowercase().contains("løyndvegen"), "{verdi}");
    }
}

#[tokio::test]
async fn addresses_that_are_sent_unasked_reach_nothing() {
    let o = oppsett().await;
    o.sim
        .utfor(&[
            Handling::Beskytt { nummer: o.nr(0), gradering: Gradering::Fortrolig },
            Handling::Flytt { nummer: o.nr(1) },
        ])
        .unwrap();
    o.sim.feil(Feil::AlleDeler);
    let (beskyttet, vanlig) = (o.person(&o.nr(0)).await, o.person(&o.nr(1)).await);
    o.sim.feil(Feil::UtenStatus);
    let avvist = o.slaa_opp(&[&o.nr(1)]).await.unwrap().remove(0).unwrap_err();
    let tekster = [serde_json::to_string(&beskyttet).unwrap(), serde_json::to_string(&vanlig).unwrap()];
    for tekst in tekster.into_iter().chain([String::from_utf8(avvist.raw).unwrap()]) {
        assert!(tekst.contains("avn"), "it is a person: {tekst}");
        for ord in ["LØYNDVEGEN", "GØYMESTAD", "5998", "4601", "adressenavn", "bostedsadresse"] {
            assert!(!tekst.contains(ord), "{ord} in {tekst}");
        }
    }
}
