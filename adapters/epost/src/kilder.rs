//! What the owner of schools is told of its school systems: that a large change waits for a yes or a no, and that a system
//! has not been read for too long. Each is told once, and again only when it has been over in between.

use crate::brev::{Brev, Del, sett_opp};
use crate::fortell::Maate;
use crate::lop::{Lop, Videre};
use crate::minne::Minne;
use crate::mottaker::{Ansvar, Mottaker};
use crate::ord::Sprak;
use crate::stand::{Plass, digest};
use hendelse::{Kildenavn, Tenant};
use jiff::Timestamp;
use runtime::{Omgivelse, Stopp};
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::Instant;
use url::Url;

/// How often the sources are looked at.
const HVERT: Duration = Duration::from_secs(2);

/// What is the matter with a source. The one that a person must decide about comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Feil {
    Holdt,
    Stum,
}

/// Something that is the matter, and since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kildesak {
    pub hva: Feil,
    pub tenant: Tenant,
    pub kilde: Kildenavn,
    pub siden: Option<Timestamp>,
}

impl Kildesak {
    fn navn(&self) -> String {
        let hva = match self.hva {
            Feil::Holdt => "holdt",
            Feil::Stum => "stum",
        };
        format!("{}.{}.{hva}", self.tenant, self.kilde)
    }
}

/// What is the matter with these sources now.
async fn saker(om: &Omgivelse, kilder: &[(Tenant, Kildenavn)]) -> Result<Vec<Kildesak>, Stopp> {
    let na = om.clock.now();
    let mut ut = vec![];
    for (tenant, kilde) in kilder {
        let Some(status) = runtime::kildestatus(om, tenant, kilde).await? else { continue };
        let sak = |hva, siden| Kildesak { hva, tenant: tenant.clone(), kilde: kilde.clone(), siden };
        if status.hold.is_some() {
            let hold = runtime::holdt(om, tenant, kilde).await?.filter(|hold| hold.avgjorelse.is_none());
            ut.extend(hold.map(|hold| sak(Feil::Holdt, Some(hold.opprettet))));
        }
        if status.stum(na) {
            ut.push(sak(Feil::Stum, status.sist_lest));
        }
    }
    ut.sort_by(|a, b| (a.hva, &a.tenant, &a.kilde).cmp(&(b.hva, &b.tenant, &b.kilde)));
    Ok(ut)
}

impl Lop {
    /// Looks at the sources again when it is time.
    pub(crate) async fn se_pa_kilder(&self, minne: &mut Minne) -> Result<(), Stopp> {
        if minne.kilder_sett.is_none_or(|sett| sett.elapsed() >= HVERT) {
            minne.kildesaker = saker(&self.om, &self.kilder).await?;
            minne.kilder_sett = Some(Instant::now());
        }
        Ok(())
    }

    /// What is new about the sources that somebody owns.
    pub(crate) async fn om_kilder(
        &self,
        minne: &mut Minne,
        til: &Mottaker,
        plass: &mut Plass,
    ) -> Result<Videre, Stopp> {
        let eier = |tenant: &Tenant| til.ansvar.iter().any(|a| matches!(a, Ansvar::Kommune(t) if t == tenant.as_str()));
        let mine: Vec<Kildesak> = minne.kildesaker.iter().filter(|sak| eier(&sak.tenant)).cloned().collect();
        let na: BTreeSet<String> = mine.iter().map(Kildesak::navn).collect();
        if na == plass.stand.kilder {
            return Ok(Videre::Ja);
        }
        let nye: Vec<Kildesak> = mine.into_iter().filter(|sak| !plass.stand.kilder.contains(&sak.navn())).collect();
        if nye.is_empty() {
            plass.stand.kilder = na;
            return Ok(if plass.lagre(&self.om).await? { Videre::Ja } else { Videre::Mistet });
        }
        let navn = |sak: &Kildesak| format!("{}@{}", sak.navn(), sak.siden.unwrap_or(Timestamp::UNIX_EPOCH));
        let alle: Vec<String> = nye.iter().map(navn).collect();
        let mut deler = vec!["kilder", til.id.as_str()];
        deler.extend(alle.iter().map(String::as_str));
        let id = digest(&deler);
        let brev = kildebrev(&nye, til.sprak, &self.epost.adresse);
        self.send(minne, plass, til, Maate { brev: &brev, id: &id }, |stand| stand.kilder = na).await
    }
}

/// The letter about these. The gravest gives the subject.
fn kildebrev(saker: &[Kildesak], sprak: Sprak, adresse: &Url) -> Brev {
    let mut deler = vec![];
    for sak in saker {
        if saker.len() > 1 {
            deler.push(Del::Overskrift(emne(sprak, sak)));
        }
        deler.push(Del::Avsnitt(hva(sprak, sak.hva).to_owned()));
    }
    sett_opp(sprak, saker.first().map(|sak| emne(sprak, sak)).unwrap_or_default(), &deler, adresse)
}

fn emne(sprak: Sprak, sak: &Kildesak) -> String {
    let kilde = &sak.kilde;
    match (sak.hva, sprak) {
        (Feil::Holdt, Sprak::Nb) => format!("En stor endring i {kilde} venter på dere"),
        (Feil::Holdt, Sprak::Nn) => format!("Ei stor endring i {kilde} ventar på dykk"),
        (Feil::Holdt, Sprak::En) => format!("A large change in {kilde} is waiting for you"),
        (Feil::Stum, Sprak::Nb) => format!("Vi får ikke kontakt med {kilde}"),
        (Feil::Stum, Sprak::Nn) => format!("Vi får ikkje kontakt med {kilde}"),
        (Feil::Stum, Sprak::En) => format!("We have no contact with {kilde}"),
    }
}

const fn hva(sprak: Sprak, hva: Feil) -> &'static str {
    sprak.av(match hva {
        Feil::Holdt => [
            "Skolesystemet viser så mange endringer på én gang at en av dere må si om de stemmer. Til da gjelder det vi \
             hadde fra før, og listene blir ikke oppdatert. Logg inn, se på endringen, og godkjenn eller forkast den.",
            "Skulesystemet viser så mange endringar på éin gong at ein av dykk må seie om dei stemmer. Til då gjeld det vi \
             hadde frå før, og listene blir ikkje oppdaterte. Logg inn, sjå på endringa, og godkjenn eller forkast ho.",
            "The school system shows so many changes at once that one of you must say whether they are right. Until then \
             what we had is in force, and the lists are not updated. Sign in, look at the change, and approve or discard it.",
        ],
        Feil::Stum => [
            "Vi har ikke fått lest skolesystemet innen fristen, og listene kan være gamle. Logg inn for å se hva som er \
             galt, og spør leverandøren om systemet er nede.",
            "Vi har ikkje fått lese skulesystemet innan fristen, og listene kan vere gamle. Logg inn for å sjå kva som er \
             gale, og spør leverandøren om systemet er nede.",
            "We have not been able to read the school system in time, and the lists may be old. Sign in to see what is \
             wrong, and ask the supplier whether the system is down.",
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_tells_everything_of_a_moment_and_the_decision_first() {
        let adresse = "https://mellomlag.example/".parse().unwrap();
        let sak =
            |hva| Kildesak { hva, tenant: "voss".parse().unwrap(), kilde: "vigilo".parse().unwrap(), siden: None };
        let en = kildebrev(&[sak(Feil::Stum)], Sprak::Nb, &adresse);
        assert_eq!(en.emne, "Vi får ikke kontakt med vigilo");
        let begge = kildebrev(&[sak(Feil::Holdt), sak(Feil::Stum)], Sprak::Nn, &adresse);
        assert_eq!(begge.emne, "Ei stor endring i vigilo ventar på dykk");
        assert!(begge.tekst.contains("godkjenn eller forkast") && begge.tekst.contains("Vi får ikkje kontakt"));
    }
}
