//! Time travel over random histories of a list: what comes back is what stood there then, byte for byte, and every seal in
//! the ledger is found again over exactly the version that it was made of.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop here")]

use bus::{Memory, Message};
use bytes::Bytes;
use elevliste::{
    Aktor, Egenskaper, Elevlinje, Elevliste, Godkjenning, Handling, Innsamling, Listenokkel, Rolle, Rundeversjon,
    Sending, Skolereferanse, Utfall,
};
use flow::{Clock, ManualClock};
use hendelse::{Emne, Hode, Tenant, Tenantnokkel, kod};
use identitet::Politikk;
use jiff::{SignedDuration, Timestamp};
use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng as _;
use runtime::{Listesak, Maalere, Mottakervalg, Omgivelse, Sammenheng, hent_ved, versjon_med_segl, versjoner};
use std::sync::Arc;
use uuid::Uuid;

const HISTORIER: u64 = 40;
const STEG: usize = 80;

struct Verden {
    om: Omgivelse,
    klokke: Arc<ManualClock>,
    rundt: Sammenheng,
    liste: Elevliste,
    rng: ChaCha8Rng,
}

/// How it was at a moment.
struct Sett {
    ved: Timestamp,
    innhold: Option<Bytes>,
    poster: usize,
    runde: Option<Innsamling>,
}

fn linje(nr: u128, klasse: &str) -> Elevlinje {
    Elevlinje {
        elev: Uuid::from_u128(nr),
        klasse: Some(klasse.into()),
        identitetsnummer: (!nr.is_multiple_of(3)).then(|| "05911099839".into()),
        fornavn: format!("F{nr}").into(),
        mellomnavn: None,
        etternavn: "Prøve".into(),
        avvik: vec![],
        opphav: None,
    }
}

impl Verden {
    async fn ny(fro: u64) -> Self {
        let bus = Memory::default();
        runtime::klargjor(&bus, 1).await.unwrap();
        let klokke = Arc::new(ManualClock::new("2026-11-01T08:00:00Z".parse().unwrap()));
        let clock: Arc<dyn Clock> = klokke.clone();
        let om = Omgivelse { bus: Arc::new(bus), clock, maalere: Maalere::default() };
        let tenant: Tenant = "voss".parse().unwrap();
        let nokkel: Listenokkel = "46.46503.2026-2027.1".parse().unwrap();
        let egenskaper = Egenskaper { erstattbar: fro.is_multiple_of(2), ..Egenskaper::default() };
        let valg = Mottakervalg { egenskaper, politikk: Politikk::VigoskoleSyntetisk, ..Default::default() };
        let rundt = Sammenheng {
            nokler: Arc::new([(tenant, Tenantnokkel::fra_hex(&"7a".repeat(32)).unwrap())].into_iter().collect()),
            mottakere: Arc::new([(nokkel.fylke, valg)].into()),
            ..Sammenheng::default()
        };
        let liste = Elevliste {
            skole: Skolereferanse {
                organisasjonsnummer: Some("974738368".into()),
                skolenr: nokkel.skolenr.clone(),
                navn: "Prøveskolen".into(),
                kommunenr: None,
            },
            nokkel,
            tenant: "voss".into(),
            linjer: (1..6).map(|nr| linje(nr, "10A")).collect(),
            avvik: vec![],
            skjermede: vec![],
        };
        Self { om, klokke, rundt, liste, rng: ChaCha8Rng::seed_from_u64(fro) }
    }

    /// Publishes a version of a list; none takes it away. Returns the bytes.
    async fn publiser(&self, nokkel: &Listenokkel, liste: Option<&Elevliste>) -> Option<Bytes> {
        let data = liste.map(|liste| kod(liste).unwrap());
        let hode = Hode {
            id: Uuid::now_v7(),
            kilde: "voss:liste".into(),
            typ: "liste.elevliste.endret".into(),
            tid: self.om.clock.now(),
            skjema: data.as_ref().map(|d| d.0),
            spor: None,
        };
        let payload = data.map(|d| Bytes::from(d.1));
        let subject = Emne::Liste(nokkel.clone()).to_string();
        let melding = Message { subject, headers: hode.hoder(), payload: payload.clone().unwrap_or_default() };
        self.om.bus.publish(vec![melding]).await.unwrap();
        payload
    }

    fn endre(&mut self) {
        let nr = self.rng.random_range(1..9_u128);
        match self.liste.linjer.iter().position(|l| l.elev == Uuid::from_u128(nr)) {
            Some(plass) if self.rng.random_bool(0.5) => drop(self.liste.linjer.remove(plass)),
            Some(plass) => self.liste.linjer[plass] = linje(nr, ["10A", "10B", "10C"][self.rng.random_range(0..3)]),
            None => self.liste.linjer.push(linje(nr, "10B")),
        }
        self.liste.linjer.sort_by(|a, b| (&a.klasse, a.elev).cmp(&(&b.klasse, b.elev)));
    }

    /// An act that could be written now.
    fn handling(&mut self, sak: &Listesak) -> Vec<Handling> {
        let bilde = self.rundt.bilde(sak, self.om.clock.now()).unwrap();
        let elev = Uuid::from_u128(self.rng.random_range(1..9));
        let segl = bilde.segl.clone();
        match self.rng.random_range(0..7) {
            0 => vec![Handling::Godkjent { segl }],
            1 => vec![Handling::HoldtTilbake { elev, grunn: "syk".into() }],
            2 => vec![Handling::Frigitt { elev }],
            3 => vec![Handling::FiktivtNummer { elev, nummer: Some("17851099980".into()), kilde: "brev".into() }],
            4 => vec![Handling::Tilbakekalt { grunn: "feil".into() }],
            _ => {
                let utfall = if self.rng.random_bool(0.6) { Utfall::Mottatt } else { Utfall::IkkeSendt };
                let svar = Handling::Svar {
                    segl,
                    utfall,
                    kvittering: None,
                    merknader: vec![],
                    forklaring: None,
                    etag: None,
                    bevis: None,
                };
                vec![bilde.intensjon("vigo", Sending::Liste, None), svar]
            }
        }
    }
}

async fn lev(verden: &mut Verden) -> Vec<Sett> {
    let nokkel = verden.liste.nokkel.clone();
    let andre: Listenokkel = "46.46505.2026-2027.1".parse().unwrap();
    let (mut sett, mut innhold, mut poster, mut runde) = (Vec::new(), None, 0, None);
    let person = Aktor::med_rolle("kari", Rolle::Kommune);
    for _ in 0..STEG {
        let na = verden.om.clock.now() + SignedDuration::from_secs(verden.rng.random_range(1..5000));
        verden.klokke.set(na);
        match verden.rng.random_range(0..10) {
            0..4 => {
                verden.endre();
                innhold = verden.publiser(&nokkel, Some(&verden.liste)).await;
            }
            4 if verden.rng.random_bool(0.2) => innhold = verden.publiser(&nokkel, None).await,
            4 => {
                drop(verden.publiser(&andre, Some(&Elevliste { nokkel: andre.clone(), ..verden.liste.clone() })).await)
            }
            5 => {
                let dager = SignedDuration::from_hours(verden.rng.random_range(1..200));
                let vindu = (na - dager, na + dager);
                let ny = Innsamling::ny(nokkel.fylke, nokkel.skolear, vindu, Godkjenning::Skole);
                let rundene = runtime::runder(&verden.om).await.unwrap();
                let versjon = Rundeversjon { runde: ny.clone(), grunn: None };
                runtime::skriv_runde(&verden.om, rundene.get(&ny.nokkel()), person.clone(), versjon).await.unwrap();
                runde = Some(ny);
            }
            _ => {
                if let Ok(mut sak) = runtime::hent(&verden.om, &nokkel).await {
                    for handling in verden.handling(&sak) {
                        runtime::skriv(&verden.om, &mut sak, person.clone(), handling, None).await.unwrap();
                    }
                    poster = sak.poster.len();
                }
            }
        }
        sett.push(Sett { ved: na, innhold: innhold.clone(), poster, runde: runde.clone() });
    }
    sett
}

#[tokio::test]
async fn the_past_comes_back_as_it_was() {
    let mut segl_funnet = 0;
    for fro in 0..HISTORIER {
        let mut verden = Verden::ny(fro).await;
        let nokkel = verden.liste.nokkel.clone();
        assert!(hent_ved(&verden.om, &nokkel, Timestamp::MAX).await.unwrap().is_none());
        let sett = lev(&mut verden).await;
        let (bok, _) = bok(&verden, &nokkel).await;
        for da in &sett {
            for ved in [da.ved, da.ved + SignedDuration::from_millis(900)] {
                let sak = hent_ved(&verden.om, &nokkel, ved).await.unwrap();
                let bytes = sak.as_ref().map(|sak| Bytes::from(kod(&sak.liste).unwrap().1));
                assert_eq!(bytes, da.innhold, "seed {fro}, {ved}");
                let Some(sak) = sak else { continue };
                assert_eq!(sak.poster.as_slice(), &bok[..da.poster], "seed {fro}, {ved}");
                assert_eq!(sak.runde, da.runde, "seed {fro}, {ved}");
            }
        }
        let Some(sak) = hent_ved(&verden.om, &nokkel, Timestamp::MAX).await.unwrap() else { continue };
        for (plass, post) in bok.iter().enumerate() {
            let (Handling::Godkjent { segl } | Handling::Intensjon { segl, .. }) = &post.handling else { continue };
            let da = Listesak { poster: bok[..=plass].to_vec(), ..sak.clone() };
            let funnet = versjon_med_segl(&verden.om, &verden.rundt, &da, segl).await.unwrap().expect("a version");
            assert_eq!(&funnet.bilde.segl, segl, "seed {fro}");
            let stod = sett.iter().rfind(|s| s.ved <= post.tidspunkt).and_then(|s| s.innhold.clone()).unwrap();
            assert_eq!(funnet.versjon.post.payload, stod, "seed {fro}, entry {}", post.lopenr);
            if let Handling::Intensjon { linjer, .. } = &post.handling {
                assert_eq!(&linjer[..funnet.bilde.avtrykk.len()], funnet.bilde.avtrykk, "seed {fro}");
            }
            segl_funnet += 1;
        }
        assert!(versjon_med_segl(&verden.om, &verden.rundt, &sak, "ukjent").await.unwrap().is_none());
        let egne = versjoner(&verden.om, &nokkel).await.unwrap();
        assert!(egne.iter().all(|v| v.post.subject == Emne::Liste(nokkel.clone()).to_string()));
    }
    assert!(segl_funnet > 100, "{segl_funnet} seals");
}

async fn bok(verden: &Verden, nokkel: &Listenokkel) -> (Vec<elevliste::Innsendingspost>, u64) {
    // The list itself may be gone by now; its ledger is not. What is published to read it comes after all that is compared.
    verden.klokke.set(verden.om.clock.now() + SignedDuration::from_hours(1));
    verden.publiser(nokkel, Some(&verden.liste)).await;
    let sak = runtime::hent(&verden.om, nokkel).await.unwrap();
    (sak.poster, sak.sekvens)
}
