//! What the sinks predict is what the receiver answers: line, field, code and all, over a large made-up corpus.

#![allow(clippy::unwrap_used)] // The lint knows test functions, not their helpers.

mod support;

use adapter_vigo::{Config, Identitetsregler, VigoSink};
use elevliste::{Elevlinje, Endringsslag};
use flow::{Avslag, Forsendelse, Oppdatering, Outcome, Sink, Svar};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use simulators::generator::kontrollsifre;
use simulators::klokke::skolear_ved;
use simulators::maskinporten::{Maskinporten, MaskinportenConfig};
use simulators::vigo::{self, Vigo, VigoConfig, skolear_navn};
use std::collections::BTreeMap;
use support::{Tokens, config, config_v1, good_token};
use uuid::Uuid;

/// Lists for each dialect and each set of rules.
const LISTS: u32 = 1_500;

/// Made-up pupils with made-up faults.
struct Pupils(ChaCha8Rng);

impl Pupils {
    fn one_in(&mut self, n: u32) -> bool {
        self.0.random_range(0..n) == 0
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.0.random_range(0..from.len())]
    }

    /// Mostly a number that somebody takes; never one that a person has.
    fn number(&mut self) -> Option<String> {
        if self.one_in(30) {
            return [None, Some(String::new()), Some("0591109983".into()), Some("٠5911099839".into())]
                [self.0.random_range(0..4)]
            .clone();
        }
        loop {
            let day = match self.0.random_range(0..20) {
                0 => self.0.random_range(0..100),
                1..=5 => self.0.random_range(41..72),
                _ => self.0.random_range(1..32),
            };
            // Real months belong to fictitious numbers here, so that no living person's number is made.
            let (month, low) = match self.0.random_range(0..20) {
                0 => (self.0.random_range(13..100), 0),
                1..=3 if day > 40 => (self.0.random_range(1..13), 900),
                _ => (self.0.random_range(81..93), 0),
            };
            let ni =
                format!("{day:02}{month:02}{:02}{:03}", self.0.random_range(0..100), self.0.random_range(low..1000));
            let Some((k1, k2)) = kontrollsifre(&ni) else { continue };
            let k2 = if self.one_in(25) { (k2 + 1) % 10 } else { k2 };
            return Some(format!("{ni}{k1}{k2}"));
        }
    }

    /// A number after the rule of 2032: the first sum leaves something, the second comes out.
    fn number_of_2032(&mut self) -> String {
        loop {
            let ni = format!(
                "{:02}{:02}31{:03}",
                self.0.random_range(1..29),
                self.0.random_range(81..93),
                self.0.random_range(500..1000)
            );
            let digits: Vec<u32> = ni.chars().map(|c| c.to_digit(10).unwrap()).collect();
            let sum: u32 = digits.iter().zip([5, 4, 3, 2, 7, 6, 5, 4, 3]).map(|(d, w)| d * w).sum();
            let k1 = self.0.random_range(0..10);
            match (11 - (sum + 2 * k1) % 11) % 11 {
                10 => {}
                k2 => return format!("{ni}{k1}{k2}"),
            }
        }
    }

    fn line(&mut self, others: &[Elevlinje]) -> Elevlinje {
        let long = "Å".repeat(self.0.random_range(99..103));
        let classes = [
            "10A",
            "10B",
            "10 C",
            "Tiende trinn",
            "012345678901234567890123456789012345678Å",
            "0123456789012345678901234567890123456789Å",
        ];
        let rare = |text: &str, rng: &mut Self| {
            if rng.one_in(12) { rng.pick(&["", " ", "\u{a0}", &long]).to_owned() } else { text.to_owned() }
        };
        let fornavn = rare("Ærlig", self);
        let etternavn = rare("Ågotnes-Syntetisk", self);
        let number = match (others.last(), self.0.random_range(0..12)) {
            (Some(other), 0) => other.identitetsnummer.as_ref().map(|n| n.vis().clone()),
            (_, 1) => Some(self.number_of_2032()),
            _ => self.number(),
        };
        let at = if self.one_in(8) { 6 } else { 4 };
        Elevlinje {
            elev: match others.first() {
                Some(other) if self.one_in(40) => other.elev,
                _ => Uuid::from_u128(self.0.random()),
            },
            klasse: if self.one_in(40) {
                [None, Some(" ".into())][usize::from(self.one_in(2))].clone()
            } else {
                Some(self.pick(&classes[..at]).into())
            },
            identitetsnummer: number.map(Into::into),
            fornavn: fornavn.into(),
            mellomnavn: if self.one_in(3) { Some(rare("Đuoddar", self).into()) } else { None },
            etternavn: etternavn.into(),
            avvik: vec![],
            opphav: None,
        }
    }

    fn list(&mut self, skolear: &str) -> Forsendelse {
        let mut list = support::forsendelse(skolear);
        list.linjer.clear();
        for _ in 0..self.0.random_range(1..7) {
            let line = self.line(&list.linjer);
            list.linjer.push(line);
        }
        list.idempotens = Uuid::from_u128(self.0.random()).to_string();
        list
    }

    /// Some are gone, some are others, some are new.
    fn update(&mut self, list: &Forsendelse, etag: String) -> Forsendelse {
        let mut next = list.clone();
        let mut endringer = vec![];
        next.linjer.clear();
        for line in &list.linjer {
            match self.0.random_range(0..3) {
                0 => endringer.push((line.elev, Endringsslag::Borte)),
                1 => {
                    endringer.push((line.elev, Endringsslag::Endret));
                    let other = self.line(&next.linjer);
                    next.linjer.push(Elevlinje { elev: line.elev, ..other });
                }
                _ => next.linjer.push(line.clone()),
            }
        }
        let mut new = self.line(&next.linjer);
        new.elev = Uuid::from_u128(self.0.random());
        endringer.push((new.elev, Endringsslag::Ny));
        next.linjer.push(new);
        next.idempotens = Uuid::from_u128(self.0.random()).to_string();
        next.oppdatering = Some(Oppdatering { etag, endringer });
        next
    }
}

/// What can be predicted of an answer: its id and tag cannot.
fn predictable(outcome: Outcome) -> Outcome {
    let bare = |svar: Svar| Svar { id: None, etag: None, ..svar };
    match outcome {
        Outcome::Delivered(svar) => Outcome::Delivered(bare(svar)),
        Outcome::Rejected(Avslag::Linjer(svar)) => Outcome::Rejected(Avslag::Linjer(bare(svar))),
        other => other,
    }
}

/// How often each kind of answer came, so that a corpus without faults is noticed.
#[derive(Default)]
struct Seen(BTreeMap<String, u32>);

impl Seen {
    fn note(&mut self, outcome: &Outcome) {
        let svar = match outcome {
            Outcome::Delivered(svar) => {
                self.count(if svar.merknader.is_empty() { "taken" } else { "taken with remarks" });
                svar
            }
            Outcome::Rejected(Avslag::Linjer(svar)) => {
                self.count("refused");
                svar
            }
            Outcome::Rejected(Avslag::Ugyldig { kode }) if kode.starts_with("NOT_SENT:") => {
                return self.count("not sent");
            }
            other => panic!("not an answer about the content: {other:?}"),
        };
        for merknad in &svar.merknader {
            self.count(&format!("{} {}", merknad.felt, merknad.kode));
        }
    }

    fn count(&mut self, what: &str) {
        *self.0.entry(what.to_owned()).or_default() += 1;
    }

    fn assert_all(&self, kinds: &[&str]) {
        for kind in ["taken", "taken with remarks", "refused", "not sent"].iter().chain(kinds) {
            assert!(self.0.get(*kind).is_some_and(|times| *times >= 10), "too few of {kind}: {:?}", self.0);
        }
    }
}

struct World {
    _maskinporten: Maskinporten,
    vigo: Vigo,
    sink: VigoSink,
    skolear: String,
}

impl World {
    async fn new(rules: Identitetsregler, dialect: fn(&Vigo) -> Config) -> Self {
        let maskinporten = Maskinporten::start(MaskinportenConfig::default()).await.unwrap();
        let mut receiver = VigoConfig::for_maskinporten(&maskinporten);
        receiver.regler = match rules {
            Identitetsregler::Vigoskole => vigo::Identitetsregler::SomNovari,
            Identitetsregler::VigoskoleSyntetisk => vigo::Identitetsregler::MedSyntetiske,
        };
        let vigo = Vigo::start(receiver).await.unwrap();
        let mut config = dialect(&vigo);
        config.identitetsregler = rules;
        let sink = config.build_sink(Tokens::new([good_token(&maskinporten)])).unwrap();
        let skolear = skolear_navn(skolear_ved(vigo.klokke().na()));
        Self { _maskinporten: maskinporten, vigo, sink, skolear }
    }

    /// Delivers what was predicted, and compares.
    async fn compare(&self, list: &Forsendelse, seen: &mut Seen) -> Outcome {
        let predicted = self.sink.forutsi(list);
        let answered = self.sink.deliver(list).await.unwrap();
        assert_eq!(predicted, predictable(answered.clone()));
        seen.note(&answered);
        answered
    }
}

const RULES: [Identitetsregler; 2] = [Identitetsregler::Vigoskole, Identitetsregler::VigoskoleSyntetisk];

#[tokio::test]
async fn vigoskole_answers_as_predicted() {
    let mut seen = Seen::default();
    for (rules, seed) in RULES.into_iter().zip(1..) {
        let world = World::new(rules, |vigo| config(&vigo.base_url(), &vigo.kodeverk_url())).await;
        let mut pupils = Pupils(ChaCha8Rng::seed_from_u64(seed));
        for _ in 0..LISTS {
            world.compare(&pupils.list(&world.skolear), &mut seen).await;
            world.vigo.tom();
        }
    }
    seen.assert_all(&[
        "personalIdentityNumber INVALID_IDENTITY_NUMBER",
        "personalIdentityNumber SYNTHETIC_IDENTITY_NUMBER",
        "name MISSING_NAME",
    ]);
}

#[tokio::test]
async fn elevliste_v1_answers_as_predicted() {
    let (mut seen, mut updates) = (Seen::default(), Seen::default());
    for (rules, seed) in RULES.into_iter().zip(3..) {
        let world = World::new(rules, config_v1).await;
        let mut pupils = Pupils(ChaCha8Rng::seed_from_u64(seed));
        for _ in 0..LISTS {
            let list = pupils.list(&world.skolear);
            if let Outcome::Delivered(svar) = world.compare(&list, &mut seen).await {
                world.compare(&pupils.update(&list, svar.etag.unwrap()), &mut updates).await;
            }
            world.vigo.tom();
        }
    }
    let remarks = [
        "identitetsnummer ugyldig-nummer",
        "identitetsnummer fiktivt-nummer",
        "identitetsnummer duplikat-nummer",
        "klassekode for-lang-klassekode",
        "navn.fornavn mangler-navn",
        "navn.mellomnavn for-langt-navn",
        "navn.etternavn for-langt-navn",
    ];
    seen.assert_all(&remarks);
    updates.assert_all(&remarks[..2]);
}
