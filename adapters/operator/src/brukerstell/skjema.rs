//! The form about one person: what is ticked, and what that makes the person. Pure.

use runtime::adgang::{Adgangsrolle, Omfang, Skolevalg};
use runtime::brukere::{Bruker, Eier, Nybruker, Oppdrag};
use std::collections::{BTreeMap, BTreeSet};

/// The name of a school in a form: its organisation number, and VIGO's number where only one list of it is meant.
pub(crate) fn verdi(skole: &Skolevalg) -> String {
    match &skole.skolenr {
        Some(nummer) => format!("{}/{nummer}", skole.organisasjonsnummer),
        None => skole.organisasjonsnummer.clone(),
    }
}

/// The roles that an owner has to give.
pub(crate) const fn roller(eier: &Eier) -> &'static [Adgangsrolle] {
    match eier {
        Eier::Tenant(_) => &[Adgangsrolle::Skole, Adgangsrolle::Kommune, Adgangsrolle::Revisor],
        Eier::Fylke(_) => &[Adgangsrolle::Fylke, Adgangsrolle::Revisor],
    }
}

/// What stands in the form.
#[derive(Default, Debug, PartialEq, Eq)]
pub(crate) struct Skjema {
    pub(crate) navn: String,
    pub(crate) epost: String,
    /// Role by role: whether it only looks.
    pub(crate) roller: BTreeMap<Adgangsrolle, bool>,
    /// The schools that are ticked, by [`verdi`].
    pub(crate) skoler: BTreeSet<String>,
    pub(crate) sprak: Option<String>,
    pub(crate) varsles: bool,
    /// The person acts for the owner, and works for somebody else.
    pub(crate) leverandor: bool,
}

/// A field that must be filled in otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Feltfeil {
    Rolle,
    Skole,
}

impl Skjema {
    pub(crate) fn les(felter: &[(String, String)]) -> Self {
        let alle = |navn: &'static str| felter.iter().filter(move |(n, _)| n == navn).map(|(_, verdi)| verdi.as_str());
        let en = |navn: &'static str| alle(navn).next().unwrap_or_default().to_owned();
        let rolle = |navn: &str| Adgangsrolle::ALLE.into_iter().find(|rolle| rolle.as_str() == navn);
        let leser: BTreeSet<_> = alle("lese").filter_map(rolle).collect();
        Self {
            navn: en("navn"),
            epost: en("epost"),
            roller: alle("rolle").filter_map(rolle).map(|rolle| (rolle, leser.contains(&rolle))).collect(),
            skoler: alle("skole").map(str::to_owned).collect(),
            sprak: Some(en("sprak")).filter(|sprak| !sprak.is_empty()),
            varsles: alle("varsles").next().is_some(),
            leverandor: alle("leverandor").next().is_some(),
        }
    }

    /// As it stands of somebody who is there.
    pub(crate) fn av(bruker: &Bruker) -> Self {
        let skoler = bruker.oppdrag.iter().flat_map(|oppdrag| match &oppdrag.omfang {
            Omfang::Skoler(skoler) => skoler.iter().map(verdi).collect(),
            _ => vec![],
        });
        Self {
            navn: bruker.navn.clone(),
            epost: bruker.epost.as_ref().map(|epost| epost.vis().clone()).unwrap_or_default(),
            roller: bruker.oppdrag.iter().map(|oppdrag| (oppdrag.rolle, oppdrag.bare_lese)).collect(),
            skoler: skoler.collect(),
            sprak: bruker.sprak.clone(),
            varsles: bruker.varsles,
            leverandor: bruker.oppdrag.iter().any(|oppdrag| oppdrag.pa_vegne_av.is_some()),
        }
    }

    /// What it makes the person. Only schools among `kjente` can be chosen, and only roles that the owner has to give.
    pub(crate) fn ny(&self, eier: &Eier, kjente: &[Skolevalg], pa_vegne_av: &str) -> Result<Nybruker, Feltfeil> {
        if self.roller.is_empty() || self.roller.keys().any(|rolle| !roller(eier).contains(rolle)) {
            return Err(Feltfeil::Rolle);
        }
        let skoler: BTreeSet<Skolevalg> =
            kjente.iter().filter(|skole| self.skoler.contains(&verdi(skole))).cloned().collect();
        let ukjent = skoler.len() != self.skoler.len();
        if self.roller.contains_key(&Adgangsrolle::Skole) && (skoler.is_empty() || ukjent) {
            return Err(Feltfeil::Skole);
        }
        let oppdrag = |(rolle, bare_lese): (&Adgangsrolle, &bool)| Oppdrag {
            rolle: *rolle,
            omfang: match (rolle, eier) {
                (Adgangsrolle::Skole, _) => Omfang::Skoler(skoler.clone()),
                (_, Eier::Tenant(tenant)) => Omfang::Tenanter([tenant.clone()].into()),
                (_, Eier::Fylke(fylke)) => Omfang::Fylker([*fylke].into()),
            },
            pa_vegne_av: self.leverandor.then(|| pa_vegne_av.to_owned()),
            bare_lese: *bare_lese,
        };
        let oppdrag = self.roller.iter().map(oppdrag).collect();
        let epost = Some(self.epost.clone()).filter(|epost| !epost.trim().is_empty()).map(Into::into);
        Ok(Nybruker { navn: self.navn.clone(), epost, oppdrag, sprak: self.sprak.clone(), varsles: self.varsles })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn felter(felter: &[(&str, &str)]) -> Skjema {
        Skjema::les(&felter.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect::<Vec<_>>())
    }

    fn skole(org: &str, nummer: Option<&str>) -> Skolevalg {
        Skolevalg {
            tenant: "voss".parse().unwrap(),
            organisasjonsnummer: org.into(),
            skolenr: nummer.map(str::to_owned),
        }
    }

    fn voss() -> Eier {
        Eier::Tenant("voss".parse().unwrap())
    }

    #[test]
    fn what_is_ticked_is_what_the_person_becomes() {
        let kjente = [skole("974589451", None), skole("", Some("46503"))];
        let skjema = felter(&[
            ("navn", "Kari"),
            ("epost", " "),
            ("rolle", "skole"),
            ("rolle", "revisor"),
            ("lese", "skole"),
            ("skole", "/46503"),
            ("varsles", "ja"),
        ]);
        let ny = skjema.ny(&voss(), &kjente, "Voss kommune").unwrap();
        assert_eq!((ny.navn.as_str(), ny.epost.is_none(), ny.varsles), ("Kari", true, true));
        let [skolen, revisor] = &ny.oppdrag[..] else { panic!("two roles") };
        assert_eq!(skolen.omfang, Omfang::Skoler([kjente[1].clone()].into()));
        assert!(skolen.bare_lese && skolen.pa_vegne_av.is_none());
        assert_eq!(revisor.omfang, Omfang::Tenanter(["voss".parse().unwrap()].into()));
    }

    #[test]
    fn nobody_gets_a_role_or_a_school_that_is_not_there_to_give() {
        let kjente = [skole("974589451", None)];
        let feil = |par: &[(&str, &str)]| felter(par).ny(&voss(), &kjente, "Voss").unwrap_err();
        assert_eq!(feil(&[("navn", "Kari")]), Feltfeil::Rolle);
        assert_eq!(feil(&[("rolle", "fylke")]), Feltfeil::Rolle);
        assert_eq!(feil(&[("rolle", "integrator")]), Feltfeil::Rolle);
        assert_eq!(feil(&[("rolle", "skole")]), Feltfeil::Skole);
        assert_eq!(feil(&[("rolle", "skole"), ("skole", "999999999")]), Feltfeil::Skole);
        assert_eq!(feil(&[("rolle", "skole"), ("skole", "974589451"), ("skole", "999999999")]), Feltfeil::Skole);
    }

    #[test]
    fn a_form_that_is_saved_unchanged_changes_nothing() {
        let fylke = Eier::Fylke("46".parse().unwrap());
        let kjente = [skole("974589451", Some("46503")), skole("974589451", None)];
        let skjema = felter(&[("navn", "Ola"), ("rolle", "skole"), ("skole", "974589451/46503"), ("leverandor", "ja")]);
        let ny = skjema.ny(&voss(), &kjente, "Voss kommune").unwrap();
        assert_eq!(ny.oppdrag[0].omfang, Omfang::Skoler([kjente[0].clone()].into()));
        assert_eq!(ny.oppdrag[0].pa_vegne_av.as_deref(), Some("Voss kommune"));
        let bruker = Bruker { varsles: false, ..Bruker::fast(&fylke, "Ola", "o@x.no", ny.oppdrag.clone()) };
        let igjen = Skjema::av(&bruker).ny(&voss(), &kjente, "Voss kommune").unwrap();
        assert_eq!(igjen.oppdrag, ny.oppdrag);
    }
}
