//! Who belongs on which list.

use crate::{Regelsett, tilstand::Tilstand};
use elevliste::{Listenokkel, Overforing};
use fint::{Periode, tillegg::Adressebeskyttelse};
use jiff::{Timestamp, tz::Offset};
use kodeverk::{Fylkesnummer, Skolear, Trinn};
use std::collections::BTreeSet;
use uuid::Uuid;

/// The state, seen with the eyes of a rule set.
#[derive(Clone, Copy)]
pub(crate) struct Utvalg<'a> {
    pub(crate) tilstand: &'a Tilstand,
    pub(crate) regelsett: &'a Regelsett,
}

/// What source and classes say of a pupil's grade.
pub(crate) struct Trinnene {
    klassens: BTreeSet<Trinn>,
    elevens: BTreeSet<Trinn>,
}

impl Utvalg<'_> {
    /// What a school's lists are named by: VIGO's number. A school that VIGO does not know has lists too, named by the first
    /// eight digits of its `systemId`, so that its pupils are seen and counted.
    pub(crate) fn skolenr(&self, skole: Uuid) -> Option<String> {
        let ukjent = || format!("ukjent-{}", &skole.to_string()[..8]);
        Some(self.tilstand.skoler.get(&skole)?.vigonummer.map_or_else(ukjent, |nummer| nummer.to_string()))
    }

    /// The list that the pupils of a school year at this school stand on. The county is the one that VIGO's number tells,
    /// else the tenant's, else `00`.
    pub(crate) fn listenokkel(&self, skole: Uuid, skolear: Skolear) -> Option<Listenokkel> {
        let nummerets = self.tilstand.skoler.get(&skole)?.vigonummer.map(|nummer| nummer.fylke());
        let fylke = nummerets.filter(|fylke| kodeverk::fylke(*fylke).is_some()).or(self.regelsett.fylke).or(nummerets);
        Some(Listenokkel {
            fylke: fylke.unwrap_or_else(ukjent_fylke),
            skolenr: self.skolenr(skole)?,
            skolear,
            overforing: Overforing::Elevliste,
        })
    }

    /// The list that an enrolment would be on, were it of the right grade.
    pub(crate) fn liste_for(&self, elevforhold: Uuid) -> Option<Listenokkel> {
        let forhold = self.tilstand.elevforhold.get(&elevforhold)?;
        self.listenokkel(forhold.skole?, forhold.skolear?)
    }

    /// The list that an enrolment is on.
    ///
    /// One that another has taken over from is not on a list: it ended before the other began, at whatever school.
    pub(crate) fn pa_liste(&self, elevforhold: Uuid) -> Option<Listenokkel> {
        let liste = self.kandidat(elevforhold)?;
        let slutt = self.tilstand.elevforhold[&elevforhold].periode.as_ref().and_then(|p| p.slutt);
        let avlost = slutt.is_some_and(|slutt| {
            self.tilstand.samme_person(elevforhold).into_iter().any(|annet| {
                self.starter_etter(annet, slutt) && self.kandidat(annet).is_some_and(|l| l.skolear == liste.skolear)
            })
        });
        (!avlost).then_some(liste)
    }

    /// Whether the pupil of an enrolment is protected: anything that is said of the same person, at whatever school, counts.
    pub(crate) fn er_skjermet(&self, elevforhold: Uuid) -> bool {
        let beskyttelse = |e: &Uuid| self.tilstand.tillegg.get(e).map(|tillegg| tillegg.beskyttelse);
        let samme = self.tilstand.samme_person(elevforhold);
        samme.iter().filter_map(beskyttelse).any(Adressebeskyttelse::er_beskyttet)
    }

    fn starter_etter(&self, elevforhold: Uuid, slutt: Timestamp) -> bool {
        let periode = self.tilstand.elevforhold.get(&elevforhold).and_then(|e| e.periode.as_ref());
        periode.is_some_and(|p| slutt < p.start)
    }

    fn kandidat(&self, elevforhold: Uuid) -> Option<Listenokkel> {
        let forhold = self.tilstand.elevforhold.get(&elevforhold)?;
        let i_aret = forhold.periode.as_ref().is_none_or(|p| i_skolearet(p, forhold.skolear));
        (i_aret && forhold.elev.is_some() && self.trinnene(elevforhold).sier(self.regelsett.trinn))
            .then(|| self.liste_for(elevforhold))?
    }

    /// The classes of an enrolment in its school year, without those that a later membership has replaced; each once.
    pub(crate) fn klasser(&self, elevforhold: Uuid) -> BTreeSet<Uuid> {
        let t = self.tilstand;
        let skolear = t.elevforhold.get(&elevforhold).and_then(|e| e.skolear);
        let i_aret = |klasse: &Uuid| {
            t.klasser.get(klasse).is_some_and(|k| k.skolear.is_none() || skolear.is_none() || k.skolear == skolear)
        };
        let medlemskap: Vec<_> = t
            .medlemskap_ved
            .ved(&elevforhold)
            .filter_map(|id| t.medlemskap.get(&id))
            .filter(|m| m.klasse.is_some_and(|k| i_aret(&k)))
            .collect();
        let avlost = |slutt: Timestamp| medlemskap.iter().filter_map(|m| m.periode.as_ref()).any(|p| slutt < p.start);
        medlemskap
            .iter()
            .filter(|m| !m.periode.as_ref().and_then(|p| p.slutt).is_some_and(avlost))
            .filter_map(|m| m.klasse)
            .collect()
    }

    /// Whether an enrolment has a membership of this school year in a class that does not exist.
    pub(crate) fn har_ukjent_klasse(&self, elevforhold: Uuid) -> bool {
        let t = self.tilstand;
        let skolear = t.elevforhold.get(&elevforhold).and_then(|e| e.skolear);
        let i_aret = |periode: Option<&Periode>| periode.is_none_or(|p| i_skolearet(p, skolear));
        let medlemskap = t.medlemskap_ved.ved(&elevforhold).filter_map(|id| t.medlemskap.get(&id));
        medlemskap.filter(|m| i_aret(m.periode.as_ref())).any(|m| m.klasse.is_none_or(|k| !t.klasser.contains_key(&k)))
    }

    pub(crate) fn trinnene(&self, elevforhold: Uuid) -> Trinnene {
        let t = self.tilstand;
        Trinnene {
            klassens: self.klasser(elevforhold).iter().filter_map(|k| t.klasser[k].trinn).collect(),
            elevens: t
                .tillegg
                .get(&elevforhold)
                .into_iter()
                .flat_map(|tillegg| tillegg.trinn.iter().copied())
                .collect(),
        }
    }
}

impl Trinnene {
    /// Whether either says this grade.
    fn sier(&self, trinn: Trinn) -> bool {
        self.klassens.contains(&trinn) || self.elevens.contains(&trinn)
    }

    /// Whether both say something, and not the same.
    pub(crate) fn er_uenige(&self) -> bool {
        !self.klassens.is_empty() && !self.elevens.is_empty() && self.klassens != self.elevens
    }
}

/// `00`: the lists of schools of which nothing is known.
fn ukjent_fylke() -> Fylkesnummer {
    "00".parse().expect("two digits are a county number")
}

/// Whether a period touches the school year. FINT puts dates at noon UTC, so whole days compare.
fn i_skolearet(periode: &Periode, skolear: Option<Skolear>) -> bool {
    let Some(ar) = skolear else { return true };
    let dag = |t: Timestamp| Offset::UTC.to_datetime(t).date();
    dag(periode.start) <= ar.siste_dag() && periode.slutt.is_none_or(|slutt| ar.forste_dag() <= dag(slutt))
}
