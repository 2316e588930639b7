//! Lists as they were, and what has changed.

use super::revisjon::Visning;
use super::sett::masker_linje;
use super::{Adgangsfeil, Gjoremal, Sett, Utsnitt};
use crate::tidsreise::{self, Listeversjon};
use crate::utsikt::Sammendrag;
use elevliste::{Elevlinje, Elevliste, Endringsslag, Listenokkel};
use jiff::Timestamp;
use liste::{Elevforskjell, elevforskjeller};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use uuid::Uuid;

/// A version of a list, without anybody's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Versjon {
    /// When it came to stand.
    pub tid: Timestamp,
    /// How many pupils the source had; none where there was no list any more.
    pub antall: Option<usize>,
}

/// What a list is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Siden {
    /// The version before the one that stands.
    Forrige,
    /// The version that stood at this moment.
    Ved(Timestamp),
}

/// What has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endret {
    /// When the version came to stand that the list is compared with; none where there was no list then.
    pub fra: Option<Timestamp>,
    /// Pupil by pupil.
    pub elever: Vec<Elevforskjell>,
    /// The lines, as they are, of those who are new or changed. Their numbers are masked.
    pub na: Vec<Elevlinje>,
    /// The lines, as they were, of those who are gone. Their numbers are masked.
    pub borte: Vec<Elevlinje>,
}

/// A list beside the same school's of the year before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fjorar {
    /// The year before.
    pub fjor: Arc<Sammendrag>,
    /// Pupils then and now.
    pub antall: (u32, u32),
    /// Class by class: then, now.
    pub klasser: Vec<(String, Option<u32>, Option<u32>)>,
}

impl Utsnitt {
    /// A list as it was at a moment, without those who are protected now, were when they left it, or were then.
    pub async fn ved(&self, nokkel: &Listenokkel, ved: Timestamp) -> Result<Sett, Adgangsfeil> {
        let oppslag = self.oppslag(nokkel, Gjoremal::SeHistorikk)?;
        let sak = tidsreise::hent_ved(self.om(), nokkel, ved).await?.ok_or(Adgangsfeil::Finnes)?;
        // What belonged to somebody else then is not this person's now.
        if !self.adgang.ser_elevliste(&sak.liste) {
            return Err(Adgangsfeil::Finnes);
        }
        let bilde = self.rundt().bilde(&sak, ved)?;
        let skjermede = self.skjermede(&sak.liste).await?;
        let sett = Sett::av(oppslag.sammendrag.clone(), sak, bilde, &skjermede);
        self.vis(&oppslag.sammendrag, sett.elever(), Visning::Liste).await?;
        Ok(sett)
    }

    /// The versions of a list, the first one first.
    pub async fn versjoner(&self, nokkel: &Listenokkel) -> Result<Vec<Versjon>, Adgangsfeil> {
        self.oppslag(nokkel, Gjoremal::SeHistorikk)?;
        let versjoner = self.egne_versjoner(nokkel).await?;
        let antall = |versjon: &Listeversjon| versjon.liste.as_ref().map(Elevliste::antall);
        Ok(versjoner.iter().map(|versjon| Versjon { tid: versjon.tid, antall: antall(versjon) }).collect())
    }

    /// What has changed in a list since another version of it.
    pub async fn endret(&self, nokkel: &Listenokkel, siden: Siden) -> Result<Endret, Adgangsfeil> {
        let oppslag = self.oppslag(nokkel, Gjoremal::SeHistorikk)?;
        let versjoner = self.egne_versjoner(nokkel).await?;
        let da = match siden {
            Siden::Forrige => versjoner.iter().rev().nth(1),
            Siden::Ved(ved) => versjoner.iter().rev().find(|versjon| versjon.tid <= ved),
        };
        let tom = Elevliste { linjer: vec![], avvik: vec![], skjermede: vec![], ..oppslag.sak.liste.clone() };
        let da_liste = da.and_then(|versjon| versjon.liste.as_ref());
        let skjermede = self.skjermede(&oppslag.sak.liste).await?;
        let mut elever = elevforskjeller(da_liste.unwrap_or(&tom), &oppslag.sak.liste);
        elever.retain(|forskjell| !skjermede.contains(&forskjell.elev));
        let hvem = |borte: bool| -> BTreeSet<Uuid> {
            elever.iter().filter(|f| (f.slag == Endringsslag::Borte) == borte).map(|f| f.elev).collect()
        };
        let velg = |linjer: &[Elevlinje], hvem: BTreeSet<Uuid>| -> Vec<Elevlinje> {
            let mut linjer: Vec<_> = linjer.iter().filter(|linje| hvem.contains(&linje.elev)).cloned().collect();
            linjer.iter_mut().for_each(masker_linje);
            linjer
        };
        let na = velg(&oppslag.sak.liste.linjer, hvem(false));
        let borte = velg(da_liste.map_or(&[], |liste| &liste.linjer), hvem(true));
        let vist = na.iter().chain(&borte).map(|linje| linje.elev).collect();
        self.vis(&oppslag.sammendrag, vist, Visning::Liste).await?;
        Ok(Endret { fra: da.filter(|_| da_liste.is_some()).map(|versjon| versjon.tid), elever, na, borte })
    }

    /// The same school's list of the school year before, where there is one.
    pub fn fjoraret(&self, nokkel: &Listenokkel) -> Option<Fjorar> {
        let na = self.sammendrag(nokkel)?;
        let skolear = nokkel.skolear.forrige()?;
        let fjor = self.ser(&Listenokkel { skolear, ..nokkel.clone() })?;
        let mut klasser: BTreeMap<String, [Option<u32>; 2]> = BTreeMap::new();
        for (plass, liste) in [&fjor, &na].into_iter().enumerate() {
            for tall in &liste.per_klasse {
                klasser.entry(tall.klasse.clone().unwrap_or_default()).or_default()[plass] = Some(tall.antall);
            }
        }
        let antall = (fjor.antall.kilde, na.antall.kilde);
        let klasser = klasser.into_iter().map(|(klasse, [da, na])| (klasse, da, na)).collect();
        Some(Fjorar { fjor, antall, klasser })
    }

    /// The versions that are this person's to see: a list may have been another owner's once.
    async fn egne_versjoner(&self, nokkel: &Listenokkel) -> Result<Vec<Listeversjon>, Adgangsfeil> {
        let mut versjoner = tidsreise::versjoner(self.om(), nokkel).await?;
        versjoner.retain(|versjon| versjon.liste.as_ref().is_none_or(|liste| self.adgang.ser_elevliste(liste)));
        Ok(versjoner)
    }
}
