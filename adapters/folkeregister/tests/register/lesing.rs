//! What the tests share: a register with pupils in it, and an adapter that reads it.

use adapter_folkeregister::{Config, Folkeregister};
use async_trait::async_trait;
use flow::{AccessToken, Feedside, Personregister, Refused, RegisterError, TokenError, TokenSource};
use folkeregister::Registerperson;
use identitet::{Grunnlag, tenor_nummer};
use jiff::{SignedDuration, Timestamp};
use simulators::folkeregister::{Folkeregister as Sim, FolkeregisterConfig, Handling};
use simulators::generator::liten;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Gives a new token each time one was refused.
#[derive(Default)]
pub struct Tokens {
    pub avvist: AtomicU64,
}

#[async_trait]
impl TokenSource for Tokens {
    async fn token(&self) -> Result<AccessToken, TokenError> {
        let value = format!("token-{}", self.avvist.load(Ordering::SeqCst)).into();
        Ok(AccessToken { value, expires: Timestamp::now() + SignedDuration::from_secs(100) })
    }

    async fn reject(&self, _: &AccessToken) {
        self.avvist.fetch_add(1, Ordering::SeqCst);
    }
}

/// A configuration for Skatteetaten's shape, with more lines at its end.
pub fn config(base_url: &str, resten: &str) -> Config {
    Config::parse(&format!(
        "tenant = \"t\"\nprofil = \"skatteetaten\"\nmodus = \"test\"\nbase_url = \"{base_url}\"\nmaskinporten = \"m\"\n\
         pakke = \"offentlig_med_hjemmel\"\n{resten}"
    ))
    .unwrap()
}

/// An adapter with tokens that can be counted.
pub fn adapter(config: Config) -> (Folkeregister, Arc<Tokens>) {
    let tokens = Arc::new(Tokens::default());
    (config.build(tokens.clone()).unwrap(), tokens)
}

/// A register with the pupils of one school, and an adapter.
pub struct Oppsett {
    pub sim: Sim,
    pub register: Folkeregister,
    pub tokens: Arc<Tokens>,
    /// Numbers of pupils.
    pub numre: Vec<String>,
}

/// The pupils of one school, and one more who has a D-number; the same each time.
pub async fn fylt(config: FolkeregisterConfig) -> Sim {
    let sim = Sim::start(config.med_kommune(liten(7))).await.unwrap();
    let dnr = (500..600).find_map(|individ| tenor_nummer(Grunnlag::Dnr, 2011, 5, 17, individ)).unwrap();
    let registrer = Handling::Registrer {
        nummer: dnr.verdi().vis().clone(),
        fornavn: "Ny".into(),
        etternavn: "Her".into(),
        foedselsdato: "2011-05-17".parse().unwrap(),
    };
    sim.utfor(&[registrer]).unwrap();
    sim
}

/// The same people, and an adapter.
pub async fn oppsett() -> Oppsett {
    let sim = fylt(FolkeregisterConfig::ny()).await;
    let (register, tokens) = adapter(config(&sim.base_url(), ""));
    let mut numre = sim.numre();
    // D-numbers first.
    numre.sort_by_key(|n| (n.as_bytes()[0] < b'4', n.clone()));
    Oppsett { sim, register, tokens, numre }
}

impl Oppsett {
    /// A number: the first ones are D-numbers, the last one is not.
    pub fn nr(&self, plass: usize) -> String {
        self.numre[self.numre.len() - 1 - plass].clone()
    }

    pub fn dnr(&self) -> String {
        assert!(self.numre[0].as_bytes()[0] >= b'4', "the municipality has a pupil with a D-number");
        self.numre[0].clone()
    }

    /// Lets something happen; the events that tell of it, as the adapter reads them.
    pub async fn skjer(&self, handlinger: &[Handling]) -> Vec<String> {
        let fra = self.sim.siste() + 1;
        self.sim.utfor(handlinger).unwrap();
        let mut numre = Vec::new();
        let mut plass = fra;
        loop {
            let side = self.side(plass).await;
            assert_eq!(side.refused.len(), 0);
            numre.extend(side.hendelser.into_iter().map(|h| h.nummer.inn()));
            plass = side.neste;
            if side.innhentet {
                return numre;
            }
        }
    }

    pub async fn side(&self, fra: i64) -> Feedside {
        self.register.hendelser(fra).await.unwrap()
    }

    pub async fn slaa_opp(&self, numre: &[&str]) -> Result<Vec<Result<Registerperson, Refused>>, RegisterError> {
        let numre: Vec<_> = numre.iter().map(|n| (*n).into()).collect();
        let svar = self.register.personer(&numre).await?;
        assert_eq!(svar.len(), numre.len());
        for (nummer, svar) in numre.iter().zip(&svar) {
            assert!(
                svar.as_ref().is_err() || svar.as_ref().is_ok_and(|person| &person.nummer == nummer),
                "on another number"
            );
        }
        Ok(svar)
    }

    pub async fn person(&self, nummer: &str) -> Registerperson {
        self.slaa_opp(&[nummer]).await.unwrap().remove(0).unwrap()
    }

    /// The refusal's code.
    pub async fn avvist(&self, nummer: &str) -> &'static str {
        self.slaa_opp(&[nummer]).await.unwrap().remove(0).unwrap_err().code
    }
}

/// The given name and the family name.
pub fn navn(person: &Registerperson) -> Option<(String, String)> {
    let navn = person.navn.as_ref()?;
    let del = |del: &Option<identitet::Skjermet<String>>| del.as_ref().map_or(String::new(), |d| d.vis().clone());
    Some((del(&navn.fornavn), del(&navn.etternavn)))
}
