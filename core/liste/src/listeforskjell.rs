//! How one version of a list differs from another: who is new, who is gone, and which fields are others.

use elevliste::{Elevlinje, Elevliste, Endringsslag};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A field of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Linjefelt {
    /// The class.
    Klasse,
    /// The identity number.
    Identitetsnummer,
    /// Given name.
    Fornavn,
    /// Middle name.
    Mellomnavn,
    /// Family name.
    Etternavn,
}

/// One pupil's part in the difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elevforskjell {
    /// The pupil.
    pub elev: Uuid,
    /// What happened to the line.
    pub slag: Endringsslag,
    /// The fields that are others, where it is the same pupil. Empty where only the number of the pupil's lines is another.
    pub felter: Vec<Linjefelt>,
}

/// How `na` differs from `da`, pupil by pupil. What our rules say of a line is no difference. A pupil who is protected in
/// one of them is in no difference.
pub fn elevforskjeller(da: &Elevliste, na: &Elevliste) -> Vec<Elevforskjell> {
    let skjermet: BTreeSet<Uuid> = da.skjermede.iter().chain(&na.skjermede).copied().collect();
    let (for_, etter) = (ved_elev(da), ved_elev(na));
    let alle: BTreeSet<Uuid> = for_.keys().chain(etter.keys()).copied().filter(|e| !skjermet.contains(e)).collect();
    alle.into_iter().filter_map(|elev| forskjell(elev, for_.get(&elev), etter.get(&elev))).collect()
}

fn ved_elev(liste: &Elevliste) -> BTreeMap<Uuid, Vec<&Elevlinje>> {
    let mut ut: BTreeMap<Uuid, Vec<&Elevlinje>> = BTreeMap::new();
    for linje in &liste.linjer {
        ut.entry(linje.elev).or_default().push(linje);
    }
    ut
}

fn forskjell(elev: Uuid, da: Option<&Vec<&Elevlinje>>, na: Option<&Vec<&Elevlinje>>) -> Option<Elevforskjell> {
    let (slag, felter) = match (da, na) {
        (None, Some(_)) => (Endringsslag::Ny, BTreeSet::new()),
        (Some(_), None) => (Endringsslag::Borte, BTreeSet::new()),
        (Some(da), Some(na)) => {
            let felter: BTreeSet<Linjefelt> = da.iter().zip(na).flat_map(|(da, na)| felter(da, na)).collect();
            if felter.is_empty() && da.len() == na.len() {
                return None;
            }
            (Endringsslag::Endret, felter)
        }
        (None, None) => return None,
    };
    Some(Elevforskjell { elev, slag, felter: felter.into_iter().collect() })
}

fn felter(da: &Elevlinje, na: &Elevlinje) -> Vec<Linjefelt> {
    let ulike = [
        (Linjefelt::Klasse, da.klasse != na.klasse),
        (Linjefelt::Identitetsnummer, da.identitetsnummer != na.identitetsnummer),
        (Linjefelt::Fornavn, da.fornavn != na.fornavn),
        (Linjefelt::Mellomnavn, da.mellomnavn != na.mellomnavn),
        (Linjefelt::Etternavn, da.etternavn != na.etternavn),
    ];
    ulike.into_iter().filter_map(|(felt, ulikt)| ulikt.then_some(felt)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use elevliste::Skolereferanse;

    fn linje(nr: u128, klasse: &str, fornavn: &str) -> Elevlinje {
        Elevlinje {
            elev: Uuid::from_u128(nr),
            klasse: Some(klasse.into()),
            identitetsnummer: None,
            fornavn: fornavn.into(),
            mellomnavn: None,
            etternavn: "Prøve".into(),
            avvik: vec![],
            opphav: None,
        }
    }

    fn liste(linjer: Vec<Elevlinje>, skjermede: &[u128]) -> Elevliste {
        let skolenr = "46503".to_owned();
        Elevliste {
            nokkel: "46.46503.2026-2027.1".parse().unwrap(),
            skole: Skolereferanse { organisasjonsnummer: None, skolenr, navn: "Prøveskolen".into(), kommunenr: None },
            tenant: "voss".into(),
            linjer,
            avvik: vec![],
            skjermede: skjermede.iter().map(|nr| Uuid::from_u128(*nr)).collect(),
        }
    }

    #[test]
    fn a_difference_names_pupils_and_fields_and_nobody_who_is_protected() {
        let da =
            liste(vec![linje(1, "10A", "A"), linje(2, "10A", "B"), linje(3, "10A", "C"), linje(4, "10A", "D")], &[5]);
        let na = liste(
            vec![
                linje(1, "10A", "A"),
                linje(2, "10B", "Bo"),
                linje(5, "10A", "E"),
                linje(6, "10A", "F"),
                linje(6, "10B", "F"),
            ],
            &[4],
        );
        let funn: Vec<_> =
            elevforskjeller(&da, &na).into_iter().map(|f| (f.elev.as_u128(), f.slag, f.felter)).collect();
        let endret = vec![Linjefelt::Klasse, Linjefelt::Fornavn];
        let ventet =
            vec![(2, Endringsslag::Endret, endret), (3, Endringsslag::Borte, vec![]), (6, Endringsslag::Ny, vec![])];
        assert_eq!(funn, ventet, "4 is protected now, 5 was then");
        assert_eq!(elevforskjeller(&da, &da), []);
        let en = liste(vec![linje(6, "10A", "F")], &[]);
        let to = liste(vec![linje(6, "10A", "F"), linje(6, "10B", "F")], &[]);
        assert_eq!(elevforskjeller(&en, &to).len(), 1, "a second line of the same pupil is a difference");
    }
}
