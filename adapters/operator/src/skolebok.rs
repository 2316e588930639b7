//! The schools that VIGO knows, as its code bases were last read: a county asks which of them nothing has come from.

use hendelse::{Kildenavn, Kildeobjekt, Tenant};
use kodeverk::{Fylkesnummer, Skoletype, Vigoskole};
use runtime::{Omgivelse, Stopp, les_kilde};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// So old it is read anew: a code base changes a few times a year.
const FERSK: Duration = Duration::from_secs(600);
/// The same of one in which nothing was found: it may be read for the first time just now.
const TOM: Duration = Duration::from_secs(10);

/// VIGO's schools, kept for a while. Cheap to clone.
#[derive(Clone, Default)]
pub struct Skolebok(Arc<Indre>);

#[derive(Default)]
struct Indre {
    kodeverk: Vec<Kildenavn>,
    sist: Mutex<Option<(Instant, Arc<[Vigoskole]>)>>,
    /// One reads at a time.
    leser: tokio::sync::Mutex<()>,
}

impl Skolebok {
    /// Of these code bases, which are everybody's.
    pub fn ny(kodeverk: Vec<Kildenavn>) -> Self {
        Self(Arc::new(Indre { kodeverk, ..Indre::default() }))
    }

    /// The schools of a county that send lists of tenth-graders. What cannot be read is not known: nobody is missed then.
    pub(crate) async fn grunnskoler(&self, om: &Omgivelse, fylke: Fylkesnummer) -> Vec<Vigoskole> {
        let alle = match self.sist() {
            Some((true, sist)) => sist,
            // What is old is shown while it is read anew for the next.
            Some((false, sist)) => {
                let (selv, om) = (self.clone(), om.clone());
                tokio::spawn(async move { selv.les(&om).await });
                sist
            }
            None => self.les(om).await,
        };
        grunnskoler(&alle, fylke)
    }

    /// What was read last, and whether it is fresh.
    fn sist(&self) -> Option<(bool, Arc<[Vigoskole]>)> {
        let sist = self.0.sist.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (nar, skoler) = sist?;
        let holder = if skoler.is_empty() { TOM } else { FERSK };
        Some((nar.elapsed() < holder, skoler))
    }

    async fn les(&self, om: &Omgivelse) -> Arc<[Vigoskole]> {
        let _alene = self.0.leser.lock().await;
        // Somebody may have read it while we waited.
        if let Some((true, sist)) = self.sist() {
            return sist;
        }
        let lest: Arc<[Vigoskole]> = match lest(om, &self.0.kodeverk).await {
            Ok(skoler) => skoler.into(),
            Err(error) => {
                tracing::warn!(%error, "which schools VIGO knows could not be read");
                Arc::default()
            }
        };
        *self.0.sist.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), lest.clone()));
        lest
    }
}

async fn lest(om: &Omgivelse, kodeverk: &[Kildenavn]) -> Result<Vec<Vigoskole>, Stopp> {
    let mut ut = vec![];
    for navn in kodeverk {
        let objekter = les_kilde(om, &Tenant::felles(), navn).await?;
        ut.extend(objekter.into_iter().filter_map(|objekt| match objekt {
            Kildeobjekt::Vigoskole(skole) => Some(skole),
            _ => None,
        }));
    }
    Ok(ut)
}

/// One for each organisation number: which of several a list is for, only the list can say.
fn grunnskoler(alle: &[Vigoskole], fylke: Fylkesnummer) -> Vec<Vigoskole> {
    let mut sett = BTreeSet::new();
    let ligger = |skole: &Vigoskole| skole.fylkesnummer.or_else(|| skole.kommunenummer.map(|nr| nr.fylke()));
    let mine = alle.iter().filter(|skole| {
        skole.skoletype == Some(Skoletype::Grunnskole)
            && !skole.nummer.er_uspesifisert()
            && ligger(skole) == Some(fylke)
    });
    mine.filter(|skole| sett.insert(skole.organisasjonsnummer.to_string())).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_schools_of_the_county_that_send_lists_are_missed_and_each_once() {
        let skole = |nummer: &str, orgnr: &str, fylke: &str, skoletype: Option<Skoletype>| Vigoskole {
            nummer: nummer.parse().unwrap(),
            organisasjonsnummer: orgnr.parse().unwrap(),
            navn: None,
            kommunenummer: None,
            fylkesnummer: Some(fylke.parse().unwrap()),
            skoletype,
        };
        let g = || Some(Skoletype::Grunnskole);
        let alle = [
            skole("46503", "974564882", "46", g()),
            skole("46504", "974564882", "46", g()),
            skole("46505", "974738368", "46", None),
            skole("46506", "974738368", "46", Some(Skoletype::Videregaende)),
            skole("11503", "974738368", "11", g()),
        ];
        let funnet = grunnskoler(&alle, "46".parse().unwrap());
        assert_eq!(funnet.iter().map(|s| s.nummer.as_str()).collect::<Vec<_>>(), ["46503"]);
    }
}
