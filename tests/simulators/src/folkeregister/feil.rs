//! The ways in which the service can misbehave; each is told of by those who use it, or follows from its documentation.

use rand::{RngExt as _, SeedableRng as _, seq::SliceRandom as _};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ressurs {
    /// `hendelser/feed`
    Feed,
    /// `hendelser/siste/sekvensnummer`
    Siste,
    /// `personer/{nummer}`
    Person,
    /// `personer/bulkoppslag`
    Bulkoppslag,
}

impl Ressurs {
    /// All of them.
    pub const ALLE: [Self; 4] = [Self::Feed, Self::Siste, Self::Person, Self::Bulkoppslag];
}

/// The shapes of an error's body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Feilform {
    /// `kode` and `melding`
    #[default]
    Portal,
    /// `code` and `message`
    Kort,
    /// `feilkode` and `feilmelding`
    Lang,
    /// The firewall's web page.
    Html,
}

/// A fault. New ones are added here, and in the one place in `http.rs` or below where they act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Feil {
    /// The answer comes late.
    Treg {
        /// How late.
        millisekunder: u64,
    },
    /// 401, whatever the token.
    Avvis401,
    /// 429 with `Retry-After` in milliseconds.
    ForMange {
        /// The header's value.
        millisekunder: u32,
    },
    /// This status instead of an answer.
    Status {
        /// The HTTP status.
        status: u16,
        /// The shape of the body.
        #[serde(default)]
        form: Feilform,
    },
    /// 302 to another address.
    Omdirigering {
        /// The address.
        til: String,
    },
    /// 406 as for a place that has been deleted; without the text that says so, if `taus`.
    ForGammelt {
        /// No text.
        #[serde(default)]
        taus: bool,
    },
    /// Status 200 and a web page.
    Html200,
    /// Status 200, and JSON that stops in the middle.
    UgyldigJson,
    /// The connection breaks in the middle of the body.
    HalvtSvar,
    /// The feed stops at a number, as when the package is not brought up to date.
    StaarStille {
        /// The last number that is shown.
        siste: i64,
    },
    /// The first event of a page comes again at its end.
    Gjentatt,
    /// The events of a page are shuffled.
    Uordnet,
    /// The last event of a page names nobody.
    DaarligInnslag,
    /// The type stands under the name that it has in the event's document.
    Hendelsestype,
    /// The answers of a bulk look-up are shuffled, whatever was asked for.
    Stokket,
    /// The first answer of a bulk look-up comes twice.
    DobbeltSvar,
    /// The first answer of a bulk look-up is missing.
    ManglerPerson,
    /// The first answer of a bulk look-up is a message.
    Melding {
        /// Its text.
        tekst: String,
    },
    /// A bulk look-up answers a number that has been replaced with a message that it is retired.
    UtgaattSomMelding,
    /// Everything is sent, addresses too, whatever parts were asked for.
    AlleDeler,
    /// No person has a status.
    UtenStatus,
    /// No element says whether it is in force.
    UtenGjeldende,
    /// A status that nobody has heard of.
    UkjentStatus,
    /// A level of protection that nobody has heard of, on everyone.
    UkjentGradering,
    /// What is absent is null.
    NullFelter,
    /// `identitetsgrunnlag` says `unik`, and comes unasked.
    Unik,
}

/// A fault, and where and how often it strikes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feilplan {
    /// What happens.
    pub feil: Feil,
    /// Only for this resource.
    #[serde(default)]
    pub ressurs: Option<Ressurs>,
    /// Only this many times.
    #[serde(default)]
    pub ganger: Option<u32>,
    /// So many times in a thousand, drawn from the simulator's seed.
    #[serde(default)]
    pub promille: Option<u16>,
}

impl From<Feil> for Feilplan {
    fn from(feil: Feil) -> Self {
        Self { feil, ressurs: None, ganger: None, promille: None }
    }
}

impl Feil {
    /// Only for one resource.
    pub fn i(self, ressurs: Ressurs) -> Feilplan {
        Feilplan::from(self).i(ressurs)
    }

    /// Only so many times.
    pub fn ganger(self, ganger: u32) -> Feilplan {
        Feilplan::from(self).ganger(ganger)
    }
}

impl Feilplan {
    /// Only for one resource.
    pub fn i(mut self, ressurs: Ressurs) -> Self {
        self.ressurs = Some(ressurs);
        self
    }

    /// Only so many times.
    pub fn ganger(mut self, ganger: u32) -> Self {
        self.ganger = Some(ganger);
        self
    }

    /// So many times in a thousand.
    pub fn promille(mut self, promille: u16) -> Self {
        self.promille = Some(promille);
        self
    }
}

/// The faults there are, and what chance says of them.
#[derive(Debug)]
pub(super) struct Feilliste {
    planer: Vec<Feilplan>,
    rng: ChaCha8Rng,
}

impl Feilliste {
    pub(super) fn ny(seed: u64) -> Self {
        Self { planer: Vec::new(), rng: ChaCha8Rng::seed_from_u64(seed) }
    }

    pub(super) fn legg_til(&mut self, plan: Feilplan) {
        self.planer.push(plan);
    }

    pub(super) fn tom(&mut self) {
        self.planer.clear();
    }

    pub(super) fn planer(&self) -> &[Feilplan] {
        &self.planer
    }

    /// The faults that strike a request, used up as they are taken.
    pub(super) fn treff(&mut self, ressurs: Ressurs) -> Vec<Feil> {
        let mut tatt = Vec::new();
        for plan in &mut self.planer {
            let treffer = plan.ressurs.is_none_or(|r| r == ressurs)
                && plan.ganger != Some(0)
                && plan.promille.is_none_or(|promille| self.rng.random_range(0..1_000) < promille);
            if treffer {
                plan.ganger = plan.ganger.map(|ganger| ganger - 1);
                tatt.push(plan.feil.clone());
            }
        }
        self.planer.retain(|plan| plan.ganger != Some(0));
        tatt
    }

    /// Shuffles, the same way for the same seed and history.
    pub(super) fn stokk<T>(&mut self, liste: &mut [T]) {
        liste.shuffle(&mut self.rng);
    }
}

/// Spoils the events of a page.
pub(super) fn forvansk_feed(rader: &mut Vec<Value>, feil: &[Feil], liste: &mut Feilliste) {
    for feil in feil {
        match (feil, rader.as_mut_slice()) {
            (Feil::Gjentatt, [forste, ..]) => {
                let forste = forste.clone();
                rader.push(forste);
            }
            (Feil::Uordnet, rader) => liste.stokk(rader),
            (Feil::DaarligInnslag, [.., siste]) => siste["hendelse"]["folkeregisteridentifikator"] = Value::Null,
            (Feil::Hendelsestype, rader) => {
                for hendelse in rader.iter_mut().filter_map(|rad| rad["hendelse"].as_object_mut()) {
                    if let Some(type_) = hendelse.remove("hendelsetype") {
                        hendelse.insert("hendelsestype".into(), type_);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Spoils a person.
pub(super) fn forvansk_person(person: &mut Value, feil: &[Feil]) {
    for feil in feil {
        match feil {
            Feil::UtenStatus => {
                person.as_object_mut().map(|person| person.remove("status"));
            }
            Feil::UtenGjeldende => {
                let elementer = person.as_object_mut().into_iter().flatten().filter_map(|(_, v)| v.as_array_mut());
                for element in elementer.flatten().filter_map(Value::as_object_mut) {
                    element.remove("erGjeldende");
                }
            }
            Feil::UkjentStatus => person["status"] = json!([{"status": "iBane", "erGjeldende": true}]),
            Feil::UkjentGradering => {
                person["adressebeskyttelse"] = json!([{"graderingsnivaa": "dobbelthemmelig", "erGjeldende": true}]);
            }
            Feil::NullFelter => {
                for egenskap in ["navn", "foedsel", "adressebeskyttelse", "doedsfall"] {
                    if person.get(egenskap).is_none() {
                        person[egenskap] = Value::Null;
                    }
                }
                for navn in person["navn"].as_array_mut().into_iter().flatten() {
                    if navn.get("mellomnavn").is_none() {
                        navn["mellomnavn"] = Value::Null;
                    }
                }
            }
            Feil::Unik => person["identitetsgrunnlag"] = json!([{"status": "unik", "erGjeldende": true}]),
            _ => {}
        }
    }
}
