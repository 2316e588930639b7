//! Pupils who were handed to the intake office one by one, whatever has become of the list.

use super::lister::uten_opphav;
use super::revisjon::Visning;
use super::sett::masker_linje;
use super::{Adgangsfeil, Gjoremal, Utsnitt};
use crate::utsikt::Oppslag;
use elevliste::{Aktor, Elevlinje, Ettermelding, Ettermeldingstilstand, Handling, Innsendingspost, Listenokkel};
use jiff::Timestamp;
use liste::{Linjefelt, elevforskjeller};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A pupil who was handed to the intake office, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlevert {
    /// The pupil.
    pub elev: Uuid,
    /// The pupil's line: as it stands, or as it was accepted where there is none any more. Its number is masked.
    pub linje: Option<Elevlinje>,
    /// Routed by hand, and why.
    pub rutet: Option<String>,
    /// A change that the office was told.
    pub ettermelding: Option<Ettermelding>,
    /// A fictitious number of the office's.
    pub fiktivt: Option<Fiktivt>,
}

/// Where a fictitious number is known from. The number itself is [`Utsnitt::nummer`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fiktivt {
    /// The office's letter, or what else was said.
    pub kilde: String,
    /// Who entered it.
    pub av: Aktor,
    /// When.
    pub nar: Timestamp,
}

/// A change after acceptance, and whom it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ettermeldt {
    /// The change.
    pub melding: Ettermelding,
    /// The pupil's line: as it stands, or as it was accepted where there is none any more. Its number is masked.
    pub linje: Option<Elevlinje>,
    /// The fields that are others than in what the receiver has.
    pub felter: Vec<Linjefelt>,
}

impl Utsnitt {
    /// The pupils of a list who were handed to the intake office one by one. That they were shown stands in the audit log
    /// before it is given out.
    pub async fn overlevert(&self, nokkel: &Listenokkel) -> Result<Vec<Overlevert>, Adgangsfeil> {
        let oppslag = self.oppslag(nokkel, Gjoremal::SeOverlevert)?;
        let mut ut = self.til_kontoret(&oppslag).await?;
        ut.iter_mut().filter_map(|o| o.linje.as_mut()).for_each(masker_linje);
        self.vis(&oppslag.sammendrag, ut.iter().map(|o| o.elev).collect(), Visning::Liste).await?;
        Ok(ut)
    }

    /// The changes after acceptance that the intake office must be told, or was told and has not taken: also of who has left,
    /// and has no line any more. That they were shown stands in the audit log before it is given out.
    pub async fn ettermeldinger(&self, nokkel: &Listenokkel) -> Result<Vec<Ettermeldt>, Adgangsfeil> {
        let oppslag = self.oppslag(nokkel, Gjoremal::SeListe)?;
        let sak = &oppslag.sak;
        let skjermede = self.skjermede(&sak.liste).await?;
        let (na, da) = (self.gjeldende(sak), self.mottatt_sak(&oppslag).await?);
        let forskjeller = da.as_ref().map(|da| elevforskjeller(&da.sak.liste, &na)).unwrap_or_default();
        let da = da.iter().flat_map(|da| da.sak.liste.linjer.iter().filter(|l| !da.skjermede.contains(&l.elev)));
        let linjer: Vec<&Elevlinje> = na.linjer.iter().chain(da).collect();
        let mut meldinger = self.rundt().bilde(sak, self.na())?.ettermeldinger;
        meldinger.retain(|m| m.tilstand != Ettermeldingstilstand::Godtatt && !skjermede.contains(&m.elev));
        let med_elev = |melding: Ettermelding| {
            let mut linje = linjer.iter().find(|l| l.elev == melding.elev).map(|linje| uten_opphav((*linje).clone()));
            linje.iter_mut().for_each(masker_linje);
            let felter = forskjeller.iter().find(|f| f.elev == melding.elev).map(|f| f.felter.clone());
            Ettermeldt { melding, linje, felter: felter.unwrap_or_default() }
        };
        let ut: Vec<_> = meldinger.into_iter().map(med_elev).collect();
        self.vis(&oppslag.sammendrag, ut.iter().map(|e| e.melding.elev).collect(), Visning::Liste).await?;
        Ok(ut)
    }

    /// A line that the intake office has: accepted, or handed over. Not masked, and nobody has been told.
    pub(super) async fn kontorets_linje(
        &self,
        oppslag: &Oppslag,
        elev: Uuid,
    ) -> Result<Option<Elevlinje>, Adgangsfeil> {
        let overlevert = self.til_kontoret(oppslag).await?.into_iter().find_map(|o| o.linje.filter(|l| l.elev == elev));
        if overlevert.is_some() {
            return Ok(overlevert);
        }
        let mottatt = self.mottatt_sak(oppslag).await?.filter(|mottatt| !mottatt.skjermede.contains(&elev));
        Ok(mottatt.and_then(|mottatt| mottatt.sak.liste.linjer.into_iter().find(|linje| linje.elev == elev)))
    }

    async fn til_kontoret(&self, oppslag: &Oppslag) -> Result<Vec<Overlevert>, Adgangsfeil> {
        let sak = &oppslag.sak;
        let bilde = self.rundt().bilde(sak, self.na())?;
        let mut ut: BTreeMap<Uuid, Overlevert> = BTreeMap::new();
        let ny = |elev| Overlevert { elev, linje: None, rutet: None, ettermelding: None, fiktivt: None };
        for (elev, grunn) in rutede(&sak.poster) {
            ut.entry(elev).or_insert_with(|| ny(elev)).rutet = Some(grunn.to_owned());
        }
        for melding in bilde.ettermeldinger.iter().filter(|melding| melding.tilstand != Ettermeldingstilstand::Apen) {
            ut.entry(melding.elev).or_insert_with(|| ny(melding.elev)).ettermelding = Some(melding.clone());
        }
        for (elev, fiktivt) in fiktive(&sak.poster) {
            if bilde.fiktive.contains(&elev) {
                ut.entry(elev).or_insert_with(|| ny(elev)).fiktivt = Some(fiktivt);
            }
        }
        let skjermede = self.skjermede(&sak.liste).await?;
        ut.retain(|elev, _| !skjermede.contains(elev));
        for linje in self.gjeldende(sak).linjer {
            if let Some(overlevert) = ut.get_mut(&linje.elev) {
                overlevert.linje = Some(uten_opphav(linje));
            }
        }
        if ut.values().any(|o| o.linje.is_none())
            && let Some(mottatt) = self.mottatt_sak(oppslag).await?
        {
            for linje in mottatt.sak.liste.linjer.into_iter().filter(|l| !mottatt.skjermede.contains(&l.elev)) {
                if let Some(overlevert) = ut.get_mut(&linje.elev) {
                    overlevert.linje.get_or_insert(linje);
                }
            }
        }
        Ok(ut.into_values().collect())
    }
}

/// Who is routed by hand, and why.
fn rutede(poster: &[Innsendingspost]) -> BTreeMap<Uuid, &str> {
    let mut ut = BTreeMap::new();
    for post in poster {
        match &post.handling {
            Handling::RutetManuelt { elev, grunn } => _ = ut.insert(*elev, grunn.as_str()),
            Handling::HoldtTilbake { elev, .. } | Handling::Frigitt { elev } => _ = ut.remove(elev),
            _ => {}
        }
    }
    ut
}

/// The last word of each pupil's fictitious number.
fn fiktive(poster: &[Innsendingspost]) -> BTreeMap<Uuid, Fiktivt> {
    let mut ut = BTreeMap::new();
    for post in poster {
        if let Handling::FiktivtNummer { elev, nummer: Some(_), kilde } = &post.handling {
            ut.insert(*elev, Fiktivt { kilde: kilde.clone(), av: post.av.clone(), nar: post.tidspunkt });
        }
    }
    ut
}
