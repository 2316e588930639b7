//! Exports over a bus in memory: what stands in the ledger, and what in the file.
#![allow(clippy::unwrap_used, reason = "all of it is a test")]

use super::*;
use crate::kommandoer::{Kommando, Kommandolinje};
use bus::{Bus as _, Memory, Message};
use clap::Parser as _;
use elevliste::{Elevlinje, Skolereferanse};
use flow::ManualClock;
use hendelse::{Emne, Hode, INNSENDING, REVISJON, Tenant, Tenantnokkel, kod};
use runtime::Maalere;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;
use uuid::Uuid;

pub(crate) const LISTEN: &str = "46.46503.2026-2027.1";

fn valg(fil: &Path, grunn: &str, flere: &[&str]) -> Eksportvalg {
    let fil = fil.to_str().unwrap();
    let fast = ["mellomlag", "export", "--config", ".", "--vigo-file", fil, LISTEN, "--av", "kari", "--grunn", grunn];
    match Kommandolinje::try_parse_from(fast.iter().chain(flere)).unwrap().kommando {
        Kommando::Export(valg) => valg,
        annet => panic!("{annet:?}"),
    }
}

pub(crate) fn linje(nr: u128, fornavn: &str) -> Elevlinje {
    Elevlinje {
        elev: Uuid::from_u128(nr),
        klasse: Some("10A".into()),
        identitetsnummer: Some("05911099839".into()),
        fornavn: fornavn.into(),
        mellomnavn: None,
        etternavn: "Syntetisk".into(),
        avvik: vec![],
        opphav: None,
    }
}

pub(crate) struct Sted {
    pub(crate) om: Omgivelse,
    bus: Memory,
    pub(crate) rundt: Sammenheng,
    mappe: tempfile::TempDir,
}

impl Sted {
    pub(crate) async fn med(linjer: Vec<Elevlinje>) -> Self {
        let bus = Memory::default();
        runtime::klargjor(&bus, 1).await.unwrap();
        let klokke = Arc::new(ManualClock::new("2026-11-09T23:30:00Z".parse().unwrap()));
        let om = Omgivelse { bus: Arc::new(bus.clone()), clock: klokke, maalere: Maalere::default() };
        let tenant: Tenant = "bergen".parse().unwrap();
        let nokkel = Tenantnokkel::fra_hex(&"0b".repeat(32)).unwrap();
        let rundt = Sammenheng { nokler: Arc::new([(tenant, nokkel)].into()), ..Sammenheng::default() };
        let sted = Self { om, bus, rundt, mappe: tempfile::tempdir().unwrap() };
        sted.liste(linjer).await;
        sted
    }

    pub(crate) async fn liste(&self, linjer: Vec<Elevlinje>) {
        let liste = Elevliste {
            nokkel: LISTEN.parse().unwrap(),
            skole: Skolereferanse {
                organisasjonsnummer: Some("974738473".into()),
                skolenr: "46503".into(),
                navn: "Fjellsiden ungdomsskole".into(),
                kommunenr: None,
            },
            tenant: "bergen".into(),
            linjer,
            avvik: vec![],
            skjermede: vec![],
        };
        let (skjema, payload) = kod(&liste).unwrap();
        let (kilde, typ) = ("bergen:liste".to_owned(), "liste.endret".to_owned());
        let hode = Hode { id: Uuid::now_v7(), kilde, typ, tid: self.om.clock.now(), skjema: Some(skjema), spor: None };
        let subject = Emne::Liste(liste.nokkel).to_string();
        let melding = Message { subject, headers: hode.hoder(), payload: payload.into() };
        self.bus.publish(vec![melding]).await.unwrap();
    }

    pub(crate) fn fil(&self, navn: &str) -> std::path::PathBuf {
        self.mappe.path().join(navn)
    }

    async fn eksporter(&self, valg: &Eksportvalg) -> Result<u32, String> {
        eksporter(&self.om, &self.rundt, valg).await.map_err(|feil| format!("{feil:#}"))
    }

    pub(crate) fn revisjon(&self) -> Vec<bus::Record> {
        self.bus.log(REVISJON, "revisjon.>")
    }

    fn hovedbok(&self) -> usize {
        self.bus.log(INNSENDING, "innsending.>").len()
    }
}

#[tokio::test]
async fn a_file_is_made_once_and_stands_in_the_ledger() {
    let sted = Sted::med(vec![linje(1, "Ærlig")]).await;
    let fil = sted.fil("vigo.txt");
    assert_eq!(sted.eksporter(&valg(&fil, "VIGO er nede i dag", &[])).await, Ok(1));
    let bytes = std::fs::read(&fil).unwrap();
    let tekst: String = bytes.iter().map(|b| char::from(*b)).collect();
    let (hode, resten) = tekst.split_once("\r\n").unwrap();
    let segl = hode.strip_prefix("TOF;1.3.8.0;20261110;Mellomlag;46;46503;").unwrap().strip_suffix(';').unwrap();
    assert_eq!(resten, "$AV;46503;10A;05911099839;Ærlig Syntetisk;\r\nEOF;2;\r\n");
    assert_eq!(std::fs::metadata(&fil).unwrap().permissions().mode() & 0o777, 0o600);

    let sak = runtime::hent(&sted.om, &LISTEN.parse().unwrap()).await.unwrap();
    let ventet = Handling::Eksportert { segl: segl.to_owned(), antall: 1, grunn: "VIGO er nede i dag".to_owned() };
    assert_eq!((sak.poster.len(), &sak.poster[0].handling, sak.poster[0].av.id.as_str()), (1, &ventet, "kari"));

    let igjen = sted.eksporter(&valg(&fil, "VIGO er nede i dag", &[])).await.unwrap_err();
    assert!(igjen.contains("not overwritten"), "{igjen}");
    assert_eq!((sted.hovedbok(), std::fs::read(&fil).unwrap()), (1, bytes));
}

#[tokio::test]
async fn what_cannot_be_written_leaves_neither_file_nor_entry() {
    let sted = Sted::med(vec![linje(1, "Đuoddar")]).await;
    let (fil, grunn) = (sted.fil("vigo.txt"), "VIGO er nede i dag");
    let bokstav = sted.eksporter(&valg(&fil, grunn, &[])).await.unwrap_err();
    assert!(bokstav.contains("line 2, navn") && !bokstav.contains("uoddar"), "{bokstav}");
    let mappe = sted.eksporter(&valg(&sted.fil("mangler/vigo.txt"), grunn, &[])).await.unwrap_err();
    assert!(mappe.contains("does not exist"), "{mappe}");
    let segl = sted.eksporter(&valg(&fil, grunn, &["--segl", "gammelt"])).await.unwrap_err();
    assert!(segl.contains("has changed"), "{segl}");
    let uten_grunn = sted.eksporter(&valg(&fil, " ", &["--encoding", "utf-8"])).await;
    assert!(uten_grunn.is_err());
    assert!(!fil.exists() && sted.hovedbok() == 0);

    assert_eq!(sted.eksporter(&valg(&fil, grunn, &["--encoding", "utf-8"])).await, Ok(1));
    sted.liste(vec![]).await;
    let tom = sted.eksporter(&valg(&sted.fil("tom.txt"), grunn, &[])).await.unwrap_err();
    assert!(tom.contains("nobody"), "{tom}");
    assert_eq!(sted.hovedbok(), 1);
}
