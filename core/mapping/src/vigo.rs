//! VIGO's schools, found by organisation number.

use crate::poster::Kildenr;
use hendelse::K;
use identitet::Organisasjonsnummer;
use kodeverk::{Skolenummer, Skolevalg, Vigoskole, velg_grunnskole};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Which record of which source.
pub(crate) type Vigopost = (Kildenr, K);

#[derive(Debug, Default)]
pub(crate) struct Vigokode {
    skoler: HashMap<Vigopost, Vigoskole>,
    ved_orgnr: BTreeMap<Organisasjonsnummer, BTreeSet<Vigopost>>,
    numre: BTreeSet<(Skolenummer, Vigopost)>,
}

impl Vigokode {
    /// Takes in a school, or takes it out. Returns the school that stood there.
    pub(crate) fn sett(&mut self, post: Vigopost, ny: Option<Vigoskole>) -> Option<Vigoskole> {
        let gammel = self.skoler.remove(&post);
        if let Some(skole) = &gammel {
            if let Some(poster) = self.ved_orgnr.get_mut(&skole.organisasjonsnummer) {
                poster.remove(&post);
            }
            self.numre.remove(&(skole.nummer, post));
        }
        if let Some(skole) = ny {
            self.ved_orgnr.entry(skole.organisasjonsnummer).or_default().insert(post);
            self.numre.insert((skole.nummer, post));
            self.skoler.insert(post, skole);
        }
        gammel
    }

    /// VIGO's number for a school: the one grunnskole with its organisation number; where there is none or several, the
    /// number that the source itself gives, if VIGO has it.
    pub(crate) fn skolenummer(
        &self,
        orgnr: Option<Organisasjonsnummer>,
        kildens: Option<Skolenummer>,
    ) -> Option<Skolenummer> {
        let poster = orgnr.and_then(|nr| self.ved_orgnr.get(&nr)).into_iter().flatten();
        match velg_grunnskole(poster.filter_map(|post| self.skoler.get(post))) {
            Skolevalg::En(skole) => Some(skole.nummer),
            Skolevalg::Ingen | Skolevalg::Flere(_) => kildens.filter(|nr| self.kjenner(*nr)),
        }
    }

    fn kjenner(&self, nummer: Skolenummer) -> bool {
        let forste = (nummer, (Kildenr::MIN, K([0; 16])));
        self.numre.range(forste..).next().is_some_and(|(nr, _)| *nr == nummer)
    }
}
