//! VIGO's answers, through the adapter's public functions: its readers are its own, so the answer comes over loopback.

use super::Svar;
use adapter_vigo::{Config, Kodeverkskilde, VigoSink};
use async_trait::async_trait;
use elevliste::{Elevlinje, Skolereferanse};
use flow::{AccessToken, Cursor, Forsendelse, Sink, Source, TokenError, TokenSource};
use jiff::Timestamp;
use std::io;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use uuid::Uuid;

/// An answer to a delivered list, and to what the sink then asks the code base.
pub fn vigo_svar(data: &[u8]) {
    med_svar(data, async |vigo| drop(vigo.sink.deliver(&vigo.forsendelse).await));
}

/// A page of the code base.
pub fn vigo_kodeverk(data: &[u8]) {
    med_svar(data, async |vigo| drop(vigo.kilde.read(&Cursor::default()).await));
}

/// A VIGO on loopback that gives one answer to everything, and what talks to it.
struct Vigo {
    run: Runtime,
    svar: Arc<Mutex<Vec<u8>>>,
    sink: VigoSink,
    kilde: Kodeverkskilde,
    forsendelse: Forsendelse,
}

static VIGO: LazyLock<Mutex<Vigo>> = LazyLock::new(|| Mutex::new(Vigo::start()));

fn med_svar(data: &[u8], spor: impl AsyncFnOnce(&Vigo)) {
    let vigo = VIGO.lock().unwrap_or_else(PoisonError::into_inner);
    *vigo.svar.lock().unwrap_or_else(PoisonError::into_inner) = http(Svar::les(data));
    vigo.run.block_on(spor(&vigo));
}

/// The answer as it goes over the line. What could not be a header is left out: that is the HTTP library's to refuse.
fn http(svar: Svar<'_>) -> Vec<u8> {
    let status = if (200..600).contains(&svar.status) { svar.status } else { 500 };
    let slag = if svar.kropp.starts_with(b"<") { "text/html" } else { "application/ld+json" };
    let lengde = svar.kropp.len();
    let mut hode = format!("HTTP/1.1 {status} X\r\nContent-Type: {slag}\r\nContent-Length: {lengde}\r\n").into_bytes();
    for (navn, verdi) in [("Retry-After", svar.retry_after), ("Date", svar.dato)] {
        if !verdi.is_empty() && verdi.iter().all(|byte| (b' '..=b'~').contains(byte)) {
            hode.extend([navn.as_bytes(), b": ", verdi, b"\r\n"].concat());
        }
    }
    [&hode[..], b"Connection: close\r\n\r\n", svar.kropp].concat()
}

impl Vigo {
    fn start() -> Self {
        let run = Builder::new_current_thread().enable_all().build().expect("a thread can wait for sockets");
        let lytter = run.block_on(TcpListener::bind("127.0.0.1:0")).expect("loopback has a free port");
        let adresse = lytter.local_addr().expect("a bound socket has an address");
        let svar = Arc::new(Mutex::new(Vec::new()));
        run.spawn(tjen(lytter, Arc::clone(&svar)));
        let config = Config::parse(&format!(
            "navn = \"vigo\"\ndialekt = \"vigoskole\"\nbase_url = \"http://{adresse}/\"\nfylker = [\"46\"]\n\
             kodeverk_url = \"http://{adresse}/\"\nidentitetsregler = \"vigoskole_syntetisk\"\nmaskinporten = \"vigo\"\n\
             tidsgrense_sekunder = 5\n"
        ))
        .expect("the configuration is well-formed");
        Self {
            run,
            svar,
            sink: config.build_sink(Arc::new(Tokens)).expect("the configuration has no problems"),
            kilde: config.build_source().expect("the configuration has no problems"),
            forsendelse: forsendelse(),
        }
    }
}

async fn tjen(lytter: TcpListener, svar: Arc<Mutex<Vec<u8>>>) {
    while let Ok((strom, _)) = lytter.accept().await {
        let svar = svar.lock().unwrap_or_else(PoisonError::into_inner).clone();
        // A client that hangs up before it has read everything has made up its mind.
        let _ = besvar(strom, &svar).await;
    }
}

async fn besvar(mut strom: TcpStream, svar: &[u8]) -> io::Result<()> {
    let (mut mottatt, mut bit) = (Vec::new(), [0; 4096]);
    while !er_hel(&mottatt) {
        match strom.read(&mut bit).await? {
            0 => return Ok(()),
            antall => mottatt.extend_from_slice(&bit[..antall]),
        }
    }
    strom.write_all(svar).await?;
    strom.shutdown().await
}

/// Whether the whole request is there.
fn er_hel(mottatt: &[u8]) -> bool {
    let Some(hode) = mottatt.windows(4).position(|bytes| bytes == b"\r\n\r\n") else { return false };
    let tekst = String::from_utf8_lossy(&mottatt[..hode]).to_ascii_lowercase();
    let lengde = tekst.lines().find_map(|linje| linje.strip_prefix("content-length:")?.trim().parse().ok());
    mottatt.len() - hode - 4 >= lengde.unwrap_or(0)
}

struct Tokens;

#[async_trait]
impl TokenSource for Tokens {
    async fn token(&self) -> Result<AccessToken, TokenError> {
        Ok(AccessToken { value: "token".into(), expires: Timestamp::MAX })
    }

    async fn reject(&self, _: &AccessToken) {}
}

/// A list of two synthetic pupils, for a school that the code base has.
fn forsendelse() -> Forsendelse {
    let linje = |klasse: &str, nummer: &str, fornavn: &str| Elevlinje {
        elev: Uuid::nil(),
        klasse: Some(klasse.into()),
        identitetsnummer: Some(nummer.into()),
        fornavn: fornavn.into(),
        mellomnavn: None,
        etternavn: "Syntetisk".into(),
        avvik: vec![],
        opphav: None,
    };
    Forsendelse {
        skole: Skolereferanse {
            organisasjonsnummer: Some("974738368".into()),
            skolenr: "46505".into(),
            navn: "Litlevik ungdomsskole".into(),
            kommunenr: Some("4601".into()),
        },
        skolear: "2026-2027".parse().expect("a school year"),
        linjer: vec![linje("10A", "05911099839", "Ærlig"), linje("10B", "17851099980", "Runa")],
        segl: "segl".into(),
        idempotens: "segl".into(),
        oppdatering: None,
    }
}
