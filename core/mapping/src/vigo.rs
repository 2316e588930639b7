//! VIGO's schools, found by organisation number.

use crate::poster::Kildenr;
use fint::tillegg::Skolemerknad;
use hendelse::K;
use identitet::Organisasjonsnummer;
use kodeverk::{Skolenummer, Vigoskole, grunnskoler};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Which record of which source.
pub(crate) type Vigopost = (Kildenr, K);

/// Which VIGO number a school has, where its organisation number does not tell: what people have answered.
pub type Skolesvar = BTreeMap<Organisasjonsnummer, Skolenummer>;

#[derive(Debug, Default)]
pub(crate) struct Vigokode {
    skoler: HashMap<Vigopost, Vigoskole>,
    ved_orgnr: BTreeMap<Organisasjonsnummer, BTreeSet<Vigopost>>,
    numre: BTreeSet<(Skolenummer, Vigopost)>,
    valg: Skolesvar,
}

/// What the code base says of a school.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Oppslag {
    /// The school's number.
    pub(crate) nummer: Option<Skolenummer>,
    /// What there is to remark.
    pub(crate) merknader: Vec<Skolemerknad>,
    /// VIGO's numbers for the organisation.
    pub(crate) numre: BTreeSet<Skolenummer>,
    /// What people have answered.
    pub(crate) valgt: Option<Skolenummer>,
}

impl Vigokode {
    pub(crate) fn sett_valg(&mut self, valg: Skolesvar) {
        self.valg = valg;
    }

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

    /// VIGO's number for a school: what people have answered, if it is one of the organisation's grunnskoler; else the one
    /// grunnskole with its organisation number; where there is none or several, the number that the source itself gives, if
    /// VIGO has it.
    pub(crate) fn oppslag(&self, orgnr: Option<Organisasjonsnummer>, kildens: Option<Skolenummer>) -> Oppslag {
        let poster = orgnr.and_then(|nr| self.ved_orgnr.get(&nr)).into_iter().flatten();
        let treff: Vec<_> = poster.filter_map(|post| self.skoler.get(post)).collect();
        // Two receivers may share a code base, and a school then stands in it twice.
        let mulige: BTreeSet<_> = grunnskoler(treff.iter().copied()).iter().map(|skole| skole.nummer).collect();
        let valgt = orgnr.and_then(|nr| self.valg.get(&nr)).copied();
        let mut ut = Oppslag { valgt, numre: treff.iter().map(|skole| skole.nummer).collect(), ..Oppslag::default() };

        let eneste = mulige.first().copied().filter(|_| mulige.len() == 1);
        let fra_orgnr = valgt.filter(|nr| mulige.contains(nr)).or(eneste);
        let fra_kilden = kildens.filter(|nr| self.kjenner(*nr));
        ut.nummer = fra_orgnr.or(fra_kilden).filter(|nr| !nr.er_uspesifisert());

        if valgt.is_some_and(|nr| !mulige.contains(&nr)) {
            ut.merknader.push(Skolemerknad::UkjentValg);
        }
        if fra_orgnr.is_some() {
            if kildens.is_some_and(|nr| ut.nummer != Some(nr)) {
                ut.merknader.push(Skolemerknad::AnnetNummer);
            }
        } else if fra_kilden.is_some_and(|nr| nr.er_uspesifisert()) || ut.numre.iter().any(Skolenummer::er_uspesifisert)
        {
            ut.merknader.push(Skolemerknad::Uspesifisert);
        } else if mulige.len() > 1 {
            if !fra_kilden.is_some_and(|nr| mulige.contains(&nr)) {
                ut.merknader.push(Skolemerknad::FlereGrunnskoler);
            }
        } else if !treff.is_empty() {
            ut.merknader.push(Skolemerknad::IkkeGrunnskole);
        } else if orgnr.is_some() && ut.nummer.is_some() {
            // Without a number either, the missing number says it already.
            ut.merknader.push(Skolemerknad::UkjentOrgnr);
        }
        ut
    }

    fn kjenner(&self, nummer: Skolenummer) -> bool {
        let forste = (nummer, (Kildenr::MIN, K([0; 16])));
        self.numre.range(forste..).next().is_some_and(|(nr, _)| *nr == nummer)
    }
}
