//! The receiver: the simulator over HTTP, through the real adapter wherever that sends at all.

use async_trait::async_trait;
use elevliste::Elevliste;
use flow::{AccessToken, Avslag, Forsendelse, Outcome, Sink, TokenError, TokenSource};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use simulators::klokke::skolear_ved;
use simulators::maskinporten::{Maskinporten, MaskinportenConfig};
use simulators::vigo::{Skoleoppforing, Vigo, VigoConfig, skolear_navn};
use std::collections::BTreeSet;
use std::sync::Arc;

/// One remark to a line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Merknad {
    pub linje: u64,
    pub felt: String,
    pub kode: String,
    pub feil: bool,
}

/// What the receiver says.
#[derive(Debug)]
pub enum Dom {
    /// It has looked at the lines.
    Linjer { mottatt: bool, merknader: BTreeSet<Merknad> },
    /// It does not take lists of the school.
    UkjentSkole,
}

pub struct Mottaker {
    _maskinporten: Maskinporten,
    vigo: Vigo,
    token: String,
    sink: Box<dyn Sink>,
    http: reqwest::Client,
    pub skolear: String,
}

struct Tokens(String);

#[async_trait]
impl TokenSource for Tokens {
    async fn token(&self) -> Result<AccessToken, TokenError> {
        Ok(AccessToken { value: self.0.as_str().into(), expires: Timestamp::now() + SignedDuration::from_hours(1) })
    }

    async fn reject(&self, _: &AccessToken) {}
}

impl Mottaker {
    pub async fn start() -> Self {
        let maskinporten = Maskinporten::start(MaskinportenConfig::default()).await.unwrap();
        let vigo = Vigo::start(VigoConfig::for_maskinporten(&maskinporten)).await.unwrap();
        let consumer = json!({"authority": "iso6523-actorid-upis", "ID": "0192:991825827"});
        let krav = json!({"scope": "novari:fakevigoskole", "consumer": consumer});
        let token = maskinporten.signer_token(&krav).unwrap();
        let config = adapter_vigo::Config::parse(&format!(
            "navn = \"vigo\"\ndialekt = \"vigoskole\"\nbase_url = {0:?}\nkodeverk_url = {0:?}\nfylker = [\"46\"]\n\
             identitetsregler = \"vigoskole_syntetisk\"\nmaskinporten = \"vigo\"\n",
            vigo.base_url()
        ));
        let sink = Box::new(config.unwrap().build_sink(Arc::new(Tokens(token.clone()))).unwrap());
        let skolear = skolear_navn(skolear_ved(vigo.klokke().na()));
        Self { _maskinporten: maskinporten, vigo, token, sink, http: reqwest::Client::new(), skolear }
    }

    /// Forgets every list, and knows these schools.
    pub fn tom(&self, skoler: Vec<Skoleoppforing>) {
        self.vigo.tom();
        self.vigo.registrer_skoler(skoler);
    }

    pub async fn doem(&self, liste: &Elevliste) -> Dom {
        let forsendelse = Forsendelse {
            skole: liste.skole.clone(),
            skolear: liste.nokkel.skolear,
            linjer: liste.linjer.clone(),
            segl: String::new(),
            idempotens: liste.nokkel.to_string(),
            oppdatering: None,
        };
        if adapter_vigo::lag(&forsendelse).is_err() {
            return self.doem_ufullstendig(liste).await;
        }
        let spadd = self.sink.forutsi(&forsendelse);
        let svar = self.sink.deliver(&forsendelse).await.unwrap();
        let dom = match &svar {
            Outcome::Delivered(svar) => Dom::Linjer { mottatt: true, merknader: merknader(svar) },
            Outcome::Rejected(Avslag::Linjer(svar)) => Dom::Linjer { mottatt: false, merknader: merknader(svar) },
            Outcome::Rejected(Avslag::UkjentSkole) => return Dom::UkjentSkole,
            annet => panic!("{}: {annet:?}", liste.nokkel),
        };
        let spadde = match &spadd {
            Outcome::Delivered(svar) | Outcome::Rejected(Avslag::Linjer(svar)) => merknader(svar),
            annet => panic!("the adapter foretells {annet:?}, and the receiver says {svar:?}"),
        };
        let Dom::Linjer { merknader, .. } = &dom else { unreachable!() };
        assert_eq!(&spadde, merknader, "the adapter foretells something else of {}", liste.nokkel);
        dom
    }

    /// A list that the adapter would not send: what the receiver would have said.
    async fn doem_ufullstendig(&self, liste: &Elevliste) -> Dom {
        let elev = |l: &elevliste::Elevlinje| {
            json!({
                "classCode": l.klasse,
                "personalIdentityNumber": l.identitetsnummer.as_ref().map(|n| n.vis()),
                "name": {"firstName": l.fornavn.vis(), "middleName": l.mellomnavn.as_ref().map(|n| n.vis()), "lastName": l.etternavn.vis()},
            })
        };
        let kropp = json!({
            "@context": {"vigoskole": "https://novari.no/ontology/vigoskole#"},
            "@type": "vigoskole:GraduatingStudentsSubmission",
            "school": {"orgNumber": liste.skole.organisasjonsnummer},
            "students": liste.linjer.iter().map(elev).collect::<Vec<_>>(),
        });
        let svar = self.http.post(self.vigo.innsending_url()).bearer_auth(&self.token);
        let svar = svar.header("content-type", "application/ld+json").header("accept", "application/ld+json");
        let svar = svar.body(kropp.to_string()).send().await.unwrap();
        let status = svar.status().as_u16();
        let innhold: Value = serde_json::from_str(&svar.text().await.unwrap()).unwrap();
        let innsending = if status == 201 { &innhold } else { &innhold["submission"] };
        let Some(linjer) = innsending["validationResults"].as_array() else {
            assert!(matches!(status, 400 | 403), "{status}");
            return Dom::UkjentSkole;
        };
        let tekst = |verdi: &Value| verdi.as_str().unwrap().to_owned();
        let merknader = linjer.iter().flat_map(|linje| {
            linje["messages"].as_array().unwrap().iter().map(move |m| Merknad {
                linje: linje["lineNumber"].as_u64().unwrap(),
                felt: tekst(&m["field"]),
                kode: tekst(&m["code"]),
                feil: m["severity"] == "ERROR",
            })
        });
        Dom::Linjer { mottatt: status == 201, merknader: merknader.collect() }
    }
}

fn merknader(svar: &flow::Svar) -> BTreeSet<Merknad> {
    let merknad = |m: &elevliste::Merknad| Merknad {
        linje: m.linje.into(),
        felt: m.felt.clone(),
        kode: m.kode.clone(),
        feil: m.feil,
    };
    svar.merknader.iter().map(merknad).collect()
}
