//! The lists in memory against the streams that they are read from.

use super::*;
use crate::melding::Avsender;
use crate::{Maalere, hovedbok, runder};
use bus::{Memory, Message};
use elevliste::{
    Aktor, Elevlinje, Elevliste, Godkjenning, Handling, Innsamling, Innsendingspost, Rolle, Rundeversjon,
    Skolereferanse, Skolestatus, Utfall,
};
use flow::ManualClock;
use hendelse::{Emne, INNSENDING, Tenantnokkel, kod};
use identitet::Politikk;
use jiff::Timestamp;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A name and a number that must stand nowhere but where they are asked for.
pub(crate) const NAVN: &str = "Kanarifugl";
pub(crate) const NUMMER: &str = "05911099839";
pub(crate) const VOSS: &str = "46.46503.2026-2027.1";
pub(crate) const ANNEN: &str = "46.46505.2026-2027.1";
pub(crate) const BERGEN: &str = "46.46601.2026-2027.1";

pub(crate) fn t(tekst: &str) -> Timestamp {
    tekst.parse().unwrap()
}

pub(crate) fn n(tekst: &str) -> Listenokkel {
    tekst.parse().unwrap()
}

pub(crate) fn elev(nr: u128) -> Uuid {
    Uuid::from_u128(nr)
}

pub(crate) fn linje(nr: u128) -> Elevlinje {
    Elevlinje {
        elev: elev(nr),
        klasse: Some(if nr.is_multiple_of(2) { "10B" } else { "10A" }.into()),
        identitetsnummer: Some(NUMMER.into()),
        fornavn: format!("{NAVN}{nr}").into(),
        mellomnavn: None,
        etternavn: NAVN.into(),
        avvik: vec![],
        opphav: None,
    }
}

/// The bus, a clock that is set, and the lists in memory.
pub(crate) struct Sted {
    pub om: Omgivelse,
    pub bus: Memory,
    pub klokke: Arc<ManualClock>,
    pub rundt: Sammenheng,
    pub utsikt: Utsikt,
    pub stopp: CancellationToken,
}

impl Drop for Sted {
    fn drop(&mut self) {
        self.stopp.cancel();
    }
}

impl Sted {
    /// An empty place on the morning of 3 November, in the middle of the round.
    pub async fn nytt() -> Self {
        let bus = Memory::default();
        crate::klargjor(&bus, 1).await.unwrap();
        let klokke = Arc::new(ManualClock::new(t("2026-11-03T08:00:00Z")));
        let om = Omgivelse { bus: Arc::new(bus.clone()), clock: klokke.clone(), maalere: Maalere::default() };
        let nokkel = |b: &str| Tenantnokkel::fra_hex(&b.repeat(32)).unwrap();
        let nokler = [("voss".parse().unwrap(), nokkel("0a")), ("bergen".parse().unwrap(), nokkel("0b"))];
        let valg = crate::Mottakervalg { politikk: Politikk::VigoskoleSyntetisk, ..Default::default() };
        let rundt = Sammenheng {
            nokler: Arc::new(nokler.into_iter().collect()),
            mottakere: Arc::new([("46".parse().unwrap(), valg)].into()),
            ..Sammenheng::default()
        };
        let stopp = CancellationToken::new();
        let kilder = vec![("voss".parse().unwrap(), "vigilo".parse().unwrap())];
        let valg = Utsiktsvalg { kilder, ..Utsiktsvalg::default() };
        let utsikt = Utsikt::start(om.clone(), rundt.clone(), valg, stopp.clone());
        utsikt.til_klar().await;
        Self { om, bus, klokke, rundt, utsikt, stopp }
    }

    /// Publishes a version of a list; none takes it away.
    pub async fn liste(&self, nokkel: &str, tenant: &str, linjer: Option<Vec<Elevlinje>>, skjermede: &[u128]) {
        let nokkel = n(nokkel);
        let skole = Skolereferanse {
            organisasjonsnummer: Some(format!("9{}000", &nokkel.skolenr)),
            skolenr: nokkel.skolenr.clone(),
            navn: "Prøveskolen".into(),
            kommunenr: None,
        };
        let skjermede = skjermede.iter().map(|nr| elev(*nr)).collect();
        let liste = linjer.map(|linjer| {
            let (nokkel, tenant) = (nokkel.clone(), tenant.to_owned());
            Elevliste { nokkel, skole, tenant, linjer, avvik: vec![], skjermede }
        });
        let data = liste.map(|liste| kod(&liste).unwrap());
        let emne = Emne::Liste(nokkel);
        let melding = Avsender::ny(tenant, "liste").melding(&emne, "liste.endret", self.om.clock.now(), data, None);
        self.om.bus.publish(vec![melding]).await.unwrap();
    }

    pub async fn runde(&self, endre: impl FnOnce(&mut Innsamling)) {
        let vindu = (t("2026-11-01T00:00:00+01"), t("2026-11-14T00:00:00+01"));
        let mut runde = Innsamling::ny("46".parse().unwrap(), "2026-2027".parse().unwrap(), vindu, Godkjenning::Skole);
        endre(&mut runde);
        let sak = runder::rundesak(&self.om, runde.nokkel()).await.unwrap();
        let av = Aktor::med_rolle("liv", Rolle::Fylke);
        let versjon = Rundeversjon { runde, grunn: None };
        runder::skriv_runde(&self.om, sak.as_ref(), av, versjon).await.unwrap();
    }

    /// Writes in a ledger, whatever the rules say.
    pub async fn skriv(&self, nokkel: &str, handling: Handling) -> u64 {
        let mut sak = hovedbok::hent(&self.om, &n(nokkel)).await.unwrap();
        hovedbok::skriv(&self.om, &mut sak, Aktor::med_rolle("kari", Rolle::Skole), handling, None).await.unwrap();
        sak.sekvens
    }

    /// Approved, sent and accepted as it stands.
    pub async fn lever(&self, nokkel: &str) {
        let sak = hovedbok::hent(&self.om, &n(nokkel)).await.unwrap();
        let bilde = self.rundt.bilde(&sak, self.om.clock.now()).unwrap();
        let segl = bilde.segl.clone();
        self.skriv(nokkel, Handling::Godkjent { segl: segl.clone() }).await;
        self.skriv(nokkel, bilde.intensjon("vigo", elevliste::Sending::Liste, None)).await;
        let svar = Handling::Svar {
            segl,
            utfall: Utfall::Mottatt,
            kvittering: Some("k-1".into()),
            merknader: vec![],
            forklaring: None,
            etag: None,
            bevis: None,
        };
        self.skriv(nokkel, svar).await;
    }

    /// Waits for a state, not for a time.
    pub async fn til(&self, nokkel: &str, sant: impl Fn(Option<&Sammendrag>) -> bool + Send + Sync) {
        let nokkel = n(nokkel);
        let der = self
            .utsikt
            .vent(Duration::from_secs(60), |vist| sant(vist.lister.get(&nokkel).map(|o| &*o.sammendrag)))
            .await;
        assert!(der, "not there: {:?}", self.utsikt.oppslag(&nokkel).map(|o| o.sammendrag));
    }
}

#[tokio::test]
async fn what_is_shown_is_what_is_stored_after_any_acts() {
    for fro in 0..8 {
        let sted = Sted::nytt().await;
        let mut rng = ChaCha8Rng::seed_from_u64(fro);
        let mut trekk = |under: u64| rng.next_u64() % under;
        sted.runde(|_| {}).await;
        for steg in 0..40 {
            sted.klokke.set(sted.om.clock.now() + jiff::SignedDuration::from_secs(60));
            let nokkel = [VOSS, ANNEN, BERGEN][trekk(3) as usize];
            let tenant = if nokkel == BERGEN { "bergen" } else { "voss" };
            let finnes = hovedbok::hent(&sted.om, &n(nokkel)).await.is_ok();
            match trekk(6) {
                0 | 1 => {
                    let linjer = (1..=1 + u128::from(trekk(5))).map(linje).collect();
                    sted.liste(nokkel, tenant, Some(linjer), if trekk(3) == 0 { &[99] } else { &[] }).await;
                }
                2 if steg > 20 => sted.liste(nokkel, tenant, None, &[]).await,
                3 if finnes => {
                    let (elev, grunn) = (elev(u128::from(1 + trekk(4))), "flytter".to_owned());
                    sted.skriv(nokkel, Handling::HoldtTilbake { elev, grunn }).await;
                }
                4 if finnes => sted.lever(nokkel).await,
                5 => {
                    let stenger = sted.om.clock.now() + jiff::SignedDuration::from_secs(60 * trekk(40) as i64);
                    sted.runde(|runde| runde.stenger = stenger.max(runde.apner + jiff::SignedDuration::from_secs(1)))
                        .await;
                }
                _ => {}
            }
        }
        let alle = hovedbok::hent_alle(&sted.om).await.unwrap();
        for (nokkel, sak) in &alle {
            let na = sted.om.clock.now();
            let bilde = sted.rundt.bilde(sak, na).unwrap();
            // The streams are read beside each other: what stands is reached, and then it stays.
            let like = |o: &Oppslag| {
                (&o.sak.liste, &o.sak.poster, &o.sak.runde, o.sak.runde_endret)
                    == (&sak.liste, &sak.poster, &sak.runde, sak.runde_endret)
                    && (o.sammendrag.status, &o.sammendrag.antall, &o.sammendrag.segl, o.sammendrag.sekvens)
                        == (bilde.status, &bilde.avstemming, &bilde.segl, sak.sekvens)
            };
            let der = sted.utsikt.vent(Duration::from_secs(60), |vist| vist.lister.get(nokkel).is_some_and(like)).await;
            let vist = sted.utsikt.oppslag(nokkel).unwrap();
            assert!(der, "{fro} {nokkel}: {:?} is not {bilde:?}", vist.sammendrag);
            assert_eq!(vist.sammendrag.bok, Bokstand::Hel);
        }
        // Whoever starts now sees the same as who has followed.
        let ny = Utsikt::start(sted.om.clone(), sted.rundt.clone(), Utsiktsvalg::default(), sted.stopp.clone());
        ny.til_klar().await;
        let uten = |vist: &Vist| {
            let alle = vist.lister.values().map(|o| &o.sammendrag);
            alle.map(|s| (s.nokkel.clone(), s.status, s.antall.clone(), s.sekvens, s.mangler)).collect::<Vec<_>>()
        };
        let nytt = uten(&ny.vist());
        assert!(sted.utsikt.vent(Duration::from_secs(60), |vist| uten(vist) == nytt).await, "{fro}: {nytt:?}");
    }
}

#[tokio::test]
async fn time_alone_closes_a_list_and_a_gone_one_is_waited_for_or_remembered() {
    let sted = Sted::nytt().await;
    sted.runde(|runde| runde.skoler = vec!["46503".into(), "46505".into()]).await;
    sted.til(ANNEN, |s| s.is_some_and(|s| s.mangler && s.status == Skolestatus::Samles)).await;
    sted.liste(VOSS, "voss", Some(vec![linje(1), linje(2)]), &[]).await;
    sted.til(VOSS, |s| s.is_some_and(|s| s.status == Skolestatus::Klar && s.klare == 2)).await;
    sted.klokke.set(t("2026-11-14T00:00:00+01"));
    for nokkel in [VOSS, ANNEN] {
        sted.til(nokkel, |s| s.is_some_and(|s| s.status == Skolestatus::Stengt)).await;
    }
    sted.liste(VOSS, "voss", None, &[]).await;
    sted.til(VOSS, |s| s.is_some_and(|s| s.mangler && s.tenant == "voss" && s.skole.navn == "Prøveskolen")).await;
    sted.liste(BERGEN, "bergen", Some(vec![linje(3)]), &[]).await;
    sted.til(BERGEN, |s| s.is_some()).await;
    sted.liste(BERGEN, "bergen", None, &[]).await;
    sted.til(BERGEN, |s| s.is_none()).await;
    sted.liste(BERGEN, "bergen", Some(vec![linje(3)]), &[]).await;
    sted.lever(BERGEN).await;
    sted.liste(BERGEN, "bergen", None, &[]).await;
    sted.til(BERGEN, |s| s.is_some_and(|s| s.mangler && s.status == Skolestatus::Mottatt)).await;
}

#[tokio::test]
async fn a_broken_ledger_is_shown_as_broken() {
    let sted = Sted::nytt().await;
    sted.liste(VOSS, "voss", Some(vec![linje(1)]), &[]).await;
    let grunn = "flytter".to_owned();
    sted.skriv(VOSS, Handling::HoldtTilbake { elev: elev(1), grunn }).await;
    let na = sted.om.clock.now();
    let falsk = Innsendingspost::etter(None, na, Aktor::person("ola"), Handling::Frigitt { elev: elev(1) });
    let avsender = Avsender::ny("voss", "innsending");
    let data = Some(kod(&falsk).unwrap());
    let melding = avsender.melding(&Emne::Innsending(n(VOSS)), "innsending.frigitt", na, data, None);
    sted.om.bus.publish(vec![melding]).await.unwrap();
    sted.til(VOSS, |s| s.is_some_and(|s| s.bok == Bokstand::Brutt(2))).await;
    // What cannot be read at all hides nothing either, and nobody else.
    let (subject, payload) = (Emne::Innsending(n(VOSS)).to_string(), bytes::Bytes::from_static(b"?"));
    sted.om.bus.publish(vec![Message { subject, headers: vec![], payload }]).await.unwrap();
    sted.liste(ANNEN, "voss", Some(vec![linje(2)]), &[]).await;
    sted.til(VOSS, |s| s.is_some_and(|s| s.bok == Bokstand::Uleselig)).await;
    sted.til(ANNEN, |s| s.is_some_and(|s| s.bok == Bokstand::Hel)).await;
    assert_eq!(sted.bus.log(INNSENDING, "innsending.>").len(), 3);
}

#[tokio::test]
async fn a_round_that_cannot_be_read_is_shown_as_it_was_and_stops_nobody() {
    let sted = Sted::nytt().await;
    sted.runde(|_| {}).await;
    sted.liste(VOSS, "voss", Some(vec![linje(1)]), &[]).await;
    sted.til(VOSS, |s| s.is_some_and(|s| s.runde.is_some())).await;
    for emne in ["innsamling.46.2026-2027.1", "innsamling.46.2027-2028.1"] {
        let (subject, payload) = (emne.to_owned(), bytes::Bytes::from_static(b"?"));
        sted.om.bus.publish(vec![Message { subject, headers: vec![], payload }]).await.unwrap();
    }
    let brutt = |vist: &Vist| vist.runder.values().map(|r| (r.sak.poster.len(), r.brutt)).collect::<Vec<_>>();
    assert!(sted.utsikt.vent(Duration::from_secs(60), |vist| brutt(vist) == [(1, Some(2))]).await);
    sted.liste(VOSS, "voss", Some(vec![linje(1), linje(2)]), &[]).await;
    sted.til(VOSS, |s| s.is_some_and(|s| s.antall.kilde == 2 && s.runde.is_some())).await;
    let ny = Utsikt::start(sted.om.clone(), sted.rundt.clone(), Utsiktsvalg::default(), sted.stopp.clone());
    tokio::time::timeout(Duration::from_secs(60), ny.til_klar()).await.expect("it starts");
    assert_eq!(brutt(&ny.vist()), [(1, Some(2))]);
}
