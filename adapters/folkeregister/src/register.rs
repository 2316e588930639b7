//! The register as core sees it.

use crate::adresse::Adresse;
use crate::client::{Klient, Ressurs, Svar};
use crate::config::{Config, Modus};
use crate::error::{BuildError, System};
use crate::wire::Avvisning;
use crate::wire::bulk::{self, Utfall};
use crate::wire::feed::{self, Sidefeil};
use crate::wire::person::serie;
use async_trait::async_trait;
use flow::{Feedside, Finding, Personregister, Refused, RegisterError, TokenSource};
use folkeregister::Registerperson;
use identitet::{Serie, Skjermet};
use reqwest::header::HeaderValue;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

/// How many retired numbers are asked about alone for each bulk answer. There are a few in a year.
const FLEST_ALENE: usize = 50;

/// Folkeregisteret, as one tenant may see it.
pub struct Folkeregister {
    navn: String,
    system: System,
    modus: Modus,
    adresse: Adresse,
    klient: Klient,
    minne: Mutex<Minne>,
}

/// What is remembered between two looks at the end of the feed. Nothing is lost with it.
#[derive(Debug, Default)]
struct Minne {
    /// An **empty** page's place and tag. A page with events is never remembered: if its events could not be stored, it is
    /// asked for again, and "unchanged" would then mean that they are skipped.
    tom: Option<(i64, HeaderValue)>,
    /// The place at which the feed was seen to end before it.
    bak: Option<i64>,
}

impl Folkeregister {
    /// Of a checked configuration.
    pub(crate) fn new(config: &Config, tokens: Arc<dyn TokenSource>) -> Result<Self, BuildError> {
        let system = System(config.navn.clone());
        Ok(Self {
            navn: config.navn.clone(),
            modus: config.modus,
            adresse: Adresse::new(config),
            klient: Klient::new(config, system.clone(), tokens)?,
            system,
            minne: Mutex::default(),
        })
    }

    /// Whether the register can be used: asks for the newest sequence number, with a token, and gives it.
    pub async fn probe(&self) -> Result<i64, RegisterError> {
        self.siste().await
    }

    fn minne(&self) -> std::sync::MutexGuard<'_, Minne> {
        self.minne.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn uleselig(&self, ressurs: Ressurs, hint: impl Into<String>) -> RegisterError {
        self.system.malformed(ressurs.as_str(), hint).into()
    }

    fn for_gammelt(&self) -> RegisterError {
        RegisterError::ForGammelt { system: self.system.0.clone() }
    }

    /// An answer that has no meaning for this resource.
    fn uventet(&self, ressurs: Ressurs, svar: &Svar) -> RegisterError {
        let hint = match svar {
            Svar::Kropp { .. } | Svar::Uendret => "\"unchanged\", without having been asked".to_owned(),
            Svar::Mangler => "status 404; check base_url, and pakke or rolle".to_owned(),
            Svar::Forkastet(feil) => format!("status 400{feil}; the register does not understand the request"),
            Svar::IkkeGodtatt(feil) => format!("status 406{feil}; the register does not give json here"),
        };
        self.uleselig(ressurs, hint)
    }

    /// An empty page. The register does not say so when a feed has begun anew with lower numbers: then it is empty for ever.
    async fn tom_side(&self, mut side: Feedside, etag: Option<HeaderValue>) -> Result<Feedside, RegisterError> {
        let fra = side.neste;
        // A server behind another may lag, so the feed must be seen to end before us twice.
        let bak = self.siste().await?.saturating_add(1) < fra;
        let mut minne = self.minne();
        if bak && minne.bak == Some(fra) {
            *minne = Minne::default();
            return Err(self.for_gammelt());
        }
        minne.bak = bak.then_some(fra);
        minne.tom = etag.filter(|_| !bak).map(|etag| (fra, etag));
        if bak {
            side.findings.push(Finding { code: "feed-ends-before-the-place", samling: feed::SAMLING });
        }
        Ok(side)
    }

    /// 406 has two meanings. The text tells, or else that the register gives its newest number as JSON, from after our place.
    async fn ikke_godtatt(&self, fra: i64, svar: Svar) -> RegisterError {
        let Svar::IkkeGodtatt(feil) = &svar else { return self.uventet(Ressurs::Feed, &svar) };
        if feil.om_sekvens() {
            return self.for_gammelt();
        }
        if feil.om_type() {
            return self.uventet(Ressurs::Feed, &svar);
        }
        match self.siste().await {
            Ok(siste) if fra <= siste => self.for_gammelt(),
            _ => self.uventet(Ressurs::Feed, &svar),
        }
    }

    /// Looks up numbers that are asked about once each.
    async fn bulk(
        &self,
        numre: &[&Skjermet<String>],
        funn: &mut Vec<&'static str>,
    ) -> Result<Vec<Result<Registerperson, Refused>>, RegisterError> {
        let kropp = bulk::foresporsel(numre);
        let svar = self.klient.send(Ressurs::Bulkoppslag, self.adresse.bulkoppslag(), &kropp).await?;
        let Svar::Kropp { kropp, .. } = svar else { return Err(self.uventet(Ressurs::Bulkoppslag, &svar)) };
        let utfall = bulk::svar(&kropp, numre, self.modus, funn)
            .map_err(|Sidefeil(hint)| self.uleselig(Ressurs::Bulkoppslag, hint))?;
        drop(kropp);
        let mut alene = 0;
        let mut svar = Vec::with_capacity(numre.len());
        for (nummer, utfall) in numre.iter().zip(utfall) {
            svar.push(match utfall {
                Utfall::Person(person) => Ok(person),
                Utfall::Ukjent => Ok(Registerperson::ukjent((*nummer).clone())),
                Utfall::Utgaatt(_) if alene < FLEST_ALENE => {
                    alene += 1;
                    self.alene(nummer, funn).await?
                }
                Utfall::Utgaatt(refused) | Utfall::Avvist(refused) => Err(refused),
            });
        }
        Ok(svar)
    }

    /// A look-up on a retired number, which finds the person that goes on.
    async fn alene(
        &self,
        nummer: &Skjermet<String>,
        funn: &mut Vec<&'static str>,
    ) -> Result<Result<Registerperson, Refused>, RegisterError> {
        let svar = self.klient.hent(Ressurs::Person, self.adresse.person(nummer.vis()), None).await?;
        let kropp = match svar {
            Svar::Kropp { kropp, .. } => kropp,
            // It was retired a moment ago, so it is not unknown.
            Svar::Mangler => return Ok(Err(avvist("retired-number", nummer))),
            andre => return Err(self.uventet(Ressurs::Person, &andre)),
        };
        match bulk::enkelt(&kropp, nummer, self.modus, funn) {
            Ok(Utfall::Person(person)) => Ok(Ok(person)),
            Ok(Utfall::Utgaatt(refused) | Utfall::Avvist(refused)) => Ok(Err(refused)),
            Ok(Utfall::Ukjent) => Ok(Err(avvist("retired-number", nummer))),
            Err(Sidefeil(hint)) => Err(self.uleselig(Ressurs::Person, hint)),
        }
    }
}

fn avvist(code: &'static str, nummer: &Skjermet<String>) -> Refused {
    bulk::avvist(Avvisning { code, sti: "foedselsEllerDNummer" }, nummer, None)
}

/// What a number is to this environment.
enum Nummer {
    /// It is asked about.
    Spor,
    /// The register gives out no such number, so it has none: it is not asked.
    KanIkkeFinnes,
    /// It belongs to the other kind of environment. A real number must never be sent to a test.
    FeilMiljo(&'static str),
}

fn vurder(modus: Modus, nummer: &str) -> Nummer {
    match (serie(nummer), modus) {
        (Some(Serie::Ekte), Modus::Produksjon) | (Some(Serie::Tenor), Modus::Test) => Nummer::Spor,
        (Some(Serie::Ekte), Modus::Test) => Nummer::FeilMiljo("real-number"),
        (Some(Serie::Tenor), Modus::Produksjon) => Nummer::FeilMiljo("synthetic-number"),
        _ => Nummer::KanIkkeFinnes,
    }
}

#[async_trait]
impl Personregister for Folkeregister {
    fn name(&self) -> &str {
        &self.navn
    }

    fn feed(&self) -> &str {
        self.adresse.feed()
    }

    async fn siste(&self) -> Result<i64, RegisterError> {
        let svar = self.klient.hent(Ressurs::Siste, self.adresse.siste(), None).await?;
        let Svar::Kropp { kropp, .. } = svar else { return Err(self.uventet(Ressurs::Siste, &svar)) };
        feed::siste(&kropp).map_err(|Sidefeil(hint)| self.uleselig(Ressurs::Siste, hint))
    }

    async fn hendelser(&self, fra: i64) -> Result<Feedside, RegisterError> {
        let kjent = self.minne().tom.as_ref().filter(|(plass, _)| *plass == fra).map(|(_, etag)| etag.clone());
        let spurt = kjent.is_some();
        let svar = self.klient.hent(Ressurs::Feed, self.adresse.hendelser(fra), kjent).await?;
        let (kropp, etag) = match svar {
            Svar::Kropp { kropp, etag } => (kropp, etag),
            Svar::Uendret if spurt => {
                let (hendelser, refused, findings) = Default::default();
                return Ok(Feedside { hendelser, refused, findings, neste: fra, innhentet: true });
            }
            Svar::IkkeGodtatt(_) => return Err(self.ikke_godtatt(fra, svar).await),
            andre => return Err(self.uventet(Ressurs::Feed, &andre)),
        };
        let side = feed::side(&kropp, fra).map_err(|Sidefeil(hint)| self.uleselig(Ressurs::Feed, hint))?;
        tracing::debug!(register = %self.navn, hendelser = side.hendelser.len(), "page of the feed read");
        if side.innhentet {
            return self.tom_side(side, etag).await;
        }
        *self.minne() = Minne::default();
        Ok(side)
    }

    fn maks_oppslag(&self) -> usize {
        bulk::FLEST
    }

    async fn personer(
        &self,
        numre: &[Skjermet<String>],
    ) -> Result<Vec<Result<Registerperson, Refused>>, RegisterError> {
        let mut sett = HashSet::new();
        let spurt: Vec<_> = numre
            .iter()
            .filter(|nummer| matches!(vurder(self.modus, nummer.vis()), Nummer::Spor) && sett.insert(nummer.vis()))
            .collect();
        let (mut funn, mut svar) = (Vec::new(), HashMap::new());
        for del in spurt.chunks(bulk::FLEST) {
            svar.extend(del.iter().map(|nummer| nummer.vis()).zip(self.bulk(del, &mut funn).await?));
        }
        si_fra(&self.navn, spurt.len(), &funn);
        Ok(numre
            .iter()
            .map(|nummer| match vurder(self.modus, nummer.vis()) {
                Nummer::Spor => match svar.get(nummer.vis()) {
                    Some(svar) => svar.clone(),
                    None => Err(avvist("missing-answer", nummer)),
                },
                Nummer::KanIkkeFinnes => Ok(Registerperson::ukjent(nummer.clone())),
                Nummer::FeilMiljo(code) => Err(avvist(code, nummer)),
            })
            .collect())
    }
}

/// One line for a whole look-up: how many of each oddity, never whose.
fn si_fra(register: &str, oppslag: usize, funn: &[&'static str]) {
    let mut antall: BTreeMap<&str, usize> = BTreeMap::new();
    for code in funn {
        *antall.entry(code).or_default() += 1;
    }
    if antall.is_empty() {
        tracing::debug!(register, oppslag, "people looked up");
    } else {
        tracing::info!(register, oppslag, funn = ?antall, "people looked up, with oddities");
    }
}
