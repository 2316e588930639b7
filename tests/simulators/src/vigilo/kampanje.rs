//! Random mixes of faults and changes, the same for the same seed: what a property test or a long run draws from.
//!
//! ```
//! use simulators::vigilo::Kampanje;
//! let kampanje = Kampanje::trekk(7, 20);
//! assert_eq!(kampanje, Kampanje::trekk(7, 20));
//! assert!(kampanje.steg.last().is_some_and(|siste| siste.feil.is_empty()));
//! ```

use rand::{Rng, RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use super::{Endring, Endringsfeil, Feil, Feilplan, Samling, Vigilo, Virkning, morgen, tilstand::Tilstand, uro};

/// A history to play: each step is one pull of the client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kampanje {
    /// The steps. The last one drawn is quiet: after it, what the client has is to be the truth.
    pub steg: Vec<Kampanjesteg>,
}

/// What happens before a pull, and what goes wrong during it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kampanjesteg {
    /// To the people.
    pub hendelse: Hendelse,
    /// To the service: instead of the faults of the step before.
    #[serde(default)]
    pub feil: Vec<Feilplan>,
}

/// Something that happens to the people between two pulls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Hendelse {
    /// Nothing.
    Ingen,
    /// An ordinary morning.
    Morgen {
        /// Decides the changes.
        seed: u64,
    },
    /// Moves, doubles, other ids and numbers, protection: at most so many pupils.
    Uro {
        /// Decides the changes.
        seed: u64,
        /// How many pupils.
        antall: usize,
    },
    /// [`Endring::Rydding`]
    Rydding,
    /// [`Endring::Omstart`]
    Omstart,
    /// [`Endring::Terminskifte`]
    Terminskifte,
    /// [`Endring::Rullering`]
    Rullering,
}

impl Hendelse {
    fn endringer(self, tilstand: &mut Tilstand) -> Vec<Endring> {
        match self {
            Self::Ingen => Vec::new(),
            Self::Morgen { seed } => morgen::morgen(tilstand, seed),
            Self::Uro { seed, antall } => uro::uro(tilstand, seed, antall),
            Self::Rydding => vec![Endring::Rydding],
            Self::Omstart => vec![Endring::Omstart],
            Self::Terminskifte => vec![Endring::Terminskifte],
            Self::Rullering => vec![Endring::Rullering],
        }
    }

    fn trekk(rng: &mut impl Rng) -> Self {
        let seed = rng.random();
        match rng.random_range(0..20) {
            0..6 => Self::Ingen,
            6..12 => Self::Morgen { seed },
            12..16 => Self::Uro { seed, antall: rng.random_range(1..6) },
            16 => Self::Rydding,
            17 | 18 => Self::Omstart,
            _ => Self::Terminskifte,
        }
    }
}

impl Kampanje {
    /// Draws `antall` steps and a quiet one after them. A new school year is not among them: it holds a client back
    /// until a person has looked, so a test places it where it wants it.
    pub fn trekk(seed: u64, antall: usize) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut steg: Vec<Kampanjesteg> = (0..antall)
            .map(|_| {
                let hendelse = Hendelse::trekk(&mut rng);
                let feil = rng.random_range(0..4);
                Kampanjesteg { hendelse, feil: Feilplan::trekk(rng.random(), feil) }
            })
            .collect();
        steg.push(Kampanjesteg { hendelse: Hendelse::Ingen, feil: Vec::new() });
        Self { steg }
    }
}

impl Kampanjesteg {
    /// The worst a client may come to in this step: [`Virkning::Rett`] when every fault can be survived.
    pub fn virkning(&self) -> Virkning {
        self.feil.iter().map(Feilplan::virkning).max().unwrap_or(Virkning::Rett)
    }
}

impl Feilplan {
    /// Draws `antall` faults with where and how often they strike; about one in four lasts until it is removed.
    pub fn trekk(seed: u64, antall: usize) -> Vec<Self> {
        const STEDER: [Samling; 5] =
            [Samling::Orgs, Samling::AcademicSessions, Samling::Classes, Samling::Users, Samling::Enrollments];
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let alle = Feil::alle();
        let mut en = || {
            let feil = alle[rng.random_range(0..alle.len())].clone();
            let mut plan = Self::from(feil);
            if rng.random_bool(0.7) {
                plan = plan.i(STEDER[rng.random_range(0..STEDER.len())]);
            }
            if rng.random_bool(0.5) {
                plan = plan.paa_side(rng.random_range(1..5));
            }
            // What happens to people happens once; a server does not lose three pupils for every page it serves.
            if matches!(plan.feil, Feil::Underveis { .. }) {
                plan = plan.ganger(1);
            } else if rng.random_bool(0.75) {
                plan = plan.ganger(rng.random_range(1..4));
            }
            plan
        };
        (0..antall).map(|_| en()).collect()
    }
}

impl Vigilo {
    /// Plays a step: lets what happens happen, and puts its faults in place of those there were.
    ///
    /// # Errors
    /// Never for a step that was drawn; the changes come from the state itself.
    pub fn spill(&self, steg: &Kampanjesteg) -> Result<Vec<Endring>, Endringsfeil> {
        self.indre.spill(steg)
    }
}

impl super::Indre {
    pub(super) fn spill(&self, steg: &Kampanjesteg) -> Result<Vec<Endring>, Endringsfeil> {
        self.feil().clear();
        let endringer = steg.hendelse.endringer(&mut self.tilstand());
        self.endre(&endringer)?;
        self.feil().extend(steg.feil.iter().cloned());
        Ok(endringer)
    }
}
