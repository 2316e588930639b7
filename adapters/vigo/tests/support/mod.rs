//! What the tests of this adapter share: a synthetic list, tokens, and where the log goes.

#![allow(dead_code)] // Each test file uses its own part.

use adapter_vigo::{Config, Dialekt, VigoSink};
use async_trait::async_trait;
use elevliste::{Elevlinje, Skolereferanse};
use flow::{AccessToken, Forsendelse, TokenError, TokenSource};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use simulators::maskinporten::Maskinporten;
use simulators::vigo::Vigo;
use std::io::Write;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use tracing_subscriber::fmt::MakeWriter;
use uuid::Uuid;

/// Synthetic numbers and invented names: what must never be seen outside a payload.
pub const SECRETS: [&str; 6] = ["05911099839", "17851099980", "Ærlig", "Ågotnes", "Runa", "O'Syntetisk"];

/// A school that VIGO's code base has as a grunnskole.
pub const ORGNR: &str = "974738368";

/// A list of two synthetic pupils.
pub fn forsendelse(skolear: &str) -> Forsendelse {
    let linje = |nr, klasse: &str, nummer: &str, fornavn: &str, etternavn: &str| Elevlinje {
        elev: Uuid::from_u128(nr),
        klasse: Some(klasse.into()),
        identitetsnummer: Some(nummer.into()),
        fornavn: fornavn.into(),
        mellomnavn: None,
        etternavn: etternavn.into(),
        avvik: vec![],
        opphav: None,
    };
    Forsendelse {
        skole: Skolereferanse {
            organisasjonsnummer: Some(ORGNR.into()),
            skolenr: "46505".into(),
            navn: "Fjellsiden ungdomsskole".into(),
            kommunenr: Some("4601".into()),
        },
        skolear: skolear.parse().unwrap(),
        linjer: vec![
            linje(1, "10B", SECRETS[0], SECRETS[2], SECRETS[3]),
            linje(2, "10A", SECRETS[1], SECRETS[4], SECRETS[5]),
        ],
        segl: "segl".into(),
        idempotens: "segl".into(),
        oppdatering: None,
    }
}

/// A configuration for a receiver and a code base on loopback.
pub fn config(base_url: &str, kodeverk_url: &str) -> Config {
    Config::parse(&format!(
        "navn = \"vigo\"\ndialekt = \"vigoskole\"\nbase_url = \"{base_url}\"\nkodeverk_url = \"{kodeverk_url}\"\n\
         fylker = [\"46\"]\nidentitetsregler = \"vigoskole_syntetisk\"\nmaskinporten = \"vigo\"\ntidsgrense_sekunder = 60"
    ))
    .unwrap()
}

/// The same in the dialect that we offer.
pub fn config_v1(vigo: &Vigo) -> Config {
    let mut config = config(&vigo.base_url(), &vigo.kodeverk_url());
    config.dialekt = Dialekt::ElevlisteV1;
    config
}

/// A token that the receiver takes for either dialect.
pub fn good_token(maskinporten: &Maskinporten) -> String {
    let consumer = json!({"authority": "iso6523-actorid-upis", "ID": "0192:991825827"});
    maskinporten.signer_token(&json!({"scope": "novari:fakevigoskole novari:elevliste", "consumer": consumer})).unwrap()
}

/// A sink that waits a second only for an answer.
pub fn impatient(base_url: &str, kodeverk_url: &str, tokens: &Arc<Tokens>) -> VigoSink {
    let mut config = config(base_url, kodeverk_url);
    config.tidsgrense_sekunder = NonZeroU32::MIN;
    config.build_sink(tokens.clone()).unwrap()
}

/// A sink with tokens that it can count.
pub fn sink(base_url: &str, kodeverk_url: &str, tokens: &Arc<Tokens>) -> VigoSink {
    config(base_url, kodeverk_url).build_sink(tokens.clone()).unwrap()
}

/// Gives one token after another; the last one again and again.
pub struct Tokens {
    values: Vec<String>,
    at: AtomicU64,
    pub asked: AtomicU64,
    pub rejected: AtomicU64,
}

impl Tokens {
    pub fn new(values: impl IntoIterator<Item = String>) -> Arc<Self> {
        let zero = || AtomicU64::new(0);
        Arc::new(Self { values: values.into_iter().collect(), at: zero(), asked: zero(), rejected: zero() })
    }
}

#[async_trait]
impl TokenSource for Tokens {
    async fn token(&self) -> Result<AccessToken, TokenError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let at = usize::try_from(self.at.load(Ordering::SeqCst)).unwrap();
        let Some(value) = self.values.get(at.min(self.values.len().saturating_sub(1))) else {
            return Err(TokenError::Denied { system: "maskinporten", hint: "MP-250: the scope is not granted".into() });
        };
        let expires = Timestamp::now() + SignedDuration::from_secs(100);
        Ok(AccessToken { value: value.as_str().into(), expires })
    }

    async fn reject(&self, token: &AccessToken) {
        let at = usize::try_from(self.at.load(Ordering::SeqCst)).unwrap();
        assert_eq!(secrecy::ExposeSecret::expose_secret(&token.value), self.values[at.min(self.values.len() - 1)]);
        self.at.fetch_add(1, Ordering::SeqCst);
        self.rejected.fetch_add(1, Ordering::SeqCst);
    }
}

/// Everything that is logged while the guard lives, on this thread.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    pub fn capture() -> (Self, tracing::subscriber::DefaultGuard) {
        let log = Self::default();
        // What another thread's test reaches first is only heard here if somebody listens everywhere.
        let everywhere = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(std::io::sink);
        let _set_by_an_earlier_one = tracing::subscriber::set_global_default(everywhere.finish());
        let subscriber =
            tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone()).finish();
        (log, tracing::subscriber::set_default(subscriber))
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Fails when a text holds anything of a pupil.
pub fn assert_nothing_personal(text: &str) {
    for secret in SECRETS {
        assert!(!text.contains(secret), "{secret} is in: {text}");
    }
}
