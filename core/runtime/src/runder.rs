//! The rounds: read as they stand, changed by one chained entry at a time.
//!
//! What stands in the configuration is carried over at start, once for each version of it: a person who has extended a
//! round since is not overruled by a restart, and an edited configuration is a change like any other. So the last word
//! holds, whoever had it; who is to have the last word every time leaves the round out of the configuration.

mod endring;
mod ord;
mod redigering;

pub use endring::{Endringsfeil, Rundeendring};
pub use redigering::Runderedigering;

use crate::hovedbok::les;
use crate::melding::Avsender;
use crate::trinn::Omgivelse;
use crate::{Stopp, hovedbok};
use bus::{Batch, CommitError, Expect, Start};
use elevliste::{Aktor, Innsamling, Innsamlingspost, Listenokkel, Rundenokkel, Rundeversjon};
use hendelse::{Emne, INNSAMLING, kod};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// A round and how it came to be what it is.
#[derive(Debug, Clone)]
pub struct Rundesak {
    /// Every version, the present one last. Never empty.
    pub poster: Vec<Innsamlingspost>,
    /// The last sequence of its subject: what the next version expects.
    pub sekvens: u64,
}

/// Why a round could not be read or changed.
#[derive(Debug, thiserror::Error)]
pub enum Rundefeil {
    /// The chain of versions is broken: somebody has tampered with the store, or it is damaged.
    #[error("the history of round {nokkel} is broken at entry {post}: a person must look at it")]
    Brutt {
        /// Which round.
        nokkel: Rundenokkel,
        /// First entry that does not fit.
        post: i64,
    },
    /// Somebody else changed the round at the same time.
    #[error("round {0} changed while it was being changed; look at it again")]
    Endret(Rundenokkel),
    /// The round closes before it opens.
    #[error("the round closes before it opens; correct one of the two moments")]
    Tidspunkt,
    /// No such round.
    #[error("there is no round {0}; `mellomlag round show` names those that exist")]
    Finnes(Rundenokkel),
    /// The round cannot be changed so.
    #[error(transparent)]
    Endring(#[from] Endringsfeil),
    /// The bus or the data.
    #[error(transparent)]
    Stopp(#[from] Stopp),
}

impl Rundesak {
    /// The round as it stands.
    pub fn runde(&self) -> &Innsamling {
        &self.sist().handling.runde
    }

    /// When it came to be what it is.
    pub fn endret(&self) -> Timestamp {
        self.sist().tidspunkt
    }

    fn sist(&self) -> &Innsamlingspost {
        self.poster.last().expect("a round that was read has at least one version")
    }
}

/// Every round, with its history.
pub async fn runder(om: &Omgivelse) -> Result<BTreeMap<Rundenokkel, Rundesak>, Rundefeil> {
    les_runder(om, "innsamling.>".to_owned()).await
}

/// One round, with its history.
pub async fn rundesak(om: &Omgivelse, nokkel: Rundenokkel) -> Result<Option<Rundesak>, Rundefeil> {
    Ok(les_runder(om, Emne::Innsamling(nokkel).to_string()).await?.remove(&nokkel))
}

async fn les_runder(om: &Omgivelse, filter: String) -> Result<BTreeMap<Rundenokkel, Rundesak>, Rundefeil> {
    let mut saker: BTreeMap<Rundenokkel, Rundesak> = BTreeMap::new();
    for record in hovedbok::alt(om, INNSAMLING, filter, Start::After(0)).await? {
        let Ok(Emne::Innsamling(nokkel)) = record.subject.parse() else { continue };
        let Some(post) = les(om, INNSAMLING, &record).await? else { continue };
        let sak = saker.entry(nokkel).or_insert(Rundesak { poster: vec![], sekvens: 0 });
        sak.sekvens = record.sequence;
        sak.poster.push(post);
    }
    for (nokkel, sak) in &saker {
        Innsamlingspost::sjekk_kjede(&sak.poster).map_err(|post| Rundefeil::Brutt { nokkel: *nokkel, post })?;
    }
    Ok(saker)
}

/// The round that a list belongs to, as it stands now, and since when.
pub async fn runde(om: &Omgivelse, nokkel: &Listenokkel) -> Result<Option<(Innsamling, Timestamp)>, Stopp> {
    let emne = Emne::Innsamling(nokkel.runde()).to_string();
    let Some(record) = om.bus.last(INNSAMLING, &emne).await? else { return Ok(None) };
    let post: Option<Innsamlingspost> = les(om, INNSAMLING, &record).await?;
    Ok(post.map(|p| (p.handling.runde, p.tidspunkt)).filter(|(runde, _)| runde.gjelder(nokkel)))
}

/// Makes `versjon` the round that stands, after the versions of `sak` (none for a round that is new). Returns its sequence.
pub async fn skriv_runde(
    om: &Omgivelse,
    sak: Option<&Rundesak>,
    av: Aktor,
    versjon: Rundeversjon,
) -> Result<u64, Rundefeil> {
    if versjon.runde.stenger <= versjon.runde.apner {
        return Err(Rundefeil::Tidspunkt);
    }
    let nokkel = versjon.runde.nokkel();
    let na = om.clock.now();
    let post = Innsamlingspost::etter(sak.and_then(|s| s.poster.last()), na, av, versjon);
    let data = kod(&post).map_err(Stopp::from)?;
    let avsender = Avsender::ny("felles", "innsamling");
    let guard = avsender.melding(&Emne::Innsamling(nokkel), "innsamling.runde", na, Some(data), None);
    let batch = Batch { guard, expect: Expect(sak.map_or(0, |s| s.sekvens)), messages: vec![] };
    match om.bus.commit(INNSAMLING, batch).await {
        Ok(lagret) => Ok(lagret.guard),
        Err(CommitError::Fenced { .. }) => Err(Rundefeil::Endret(nokkel)),
        Err(feil) => Err(Stopp::from(feil).into()),
    }
}

/// Changes a round as a person wants it, and gives it as it stands then. Refused with [`Rundefeil::Endret`] when somebody
/// else changed it at the same time: whoever decides must look at it again.
pub async fn endre_runde(
    om: &Omgivelse,
    nokkel: Rundenokkel,
    av: Aktor,
    grunn: &str,
    endring: Rundeendring,
) -> Result<Innsamling, Rundefeil> {
    endring::lov(&av, grunn)?;
    let sak = rundesak(om, nokkel).await?.ok_or(Rundefeil::Finnes(nokkel))?;
    let runde = endring.bruk(sak.runde(), om.clock.now())?;
    ny_versjon(om, Some(&sak), av, grunn, &runde).await?;
    Ok(runde)
}

/// Makes `runde` what stands after `sak`, as a person wants it. Returns its sequence.
pub(crate) async fn ny_versjon(
    om: &Omgivelse,
    sak: Option<&Rundesak>,
    av: Aktor,
    grunn: &str,
    runde: &Innsamling,
) -> Result<u64, Rundefeil> {
    endring::lov(&av, grunn)?;
    let versjon = Rundeversjon { runde: runde.clone(), grunn: Some(grunn.trim().to_owned()) };
    skriv_runde(om, sak, av, versjon).await
}

/// Carries over the rounds of the configuration that have not been carried over as they are now.
pub async fn overfor_runder(om: &Omgivelse, oppsett: &[Innsamling]) -> Result<(), Rundefeil> {
    let saker = runder(om).await?;
    for onsket in oppsett {
        let sak = saker.get(&onsket.nokkel());
        let sist = sak.and_then(|s| s.poster.iter().rev().find(|p| Rundeversjon::er_oppsett(&p.av)));
        if sist.is_some_and(|post| post.handling.runde == *onsket) {
            continue;
        }
        let versjon = Rundeversjon { runde: onsket.clone(), grunn: None };
        match skriv_runde(om, sak, Aktor::system(Rundeversjon::OPPSETT), versjon).await {
            // Another process started with the same configuration at the same time.
            Ok(_) | Err(Rundefeil::Endret(_)) => {}
            Err(feil) => return Err(feil),
        }
    }
    Ok(())
}

/// For loops that cannot go on without the rounds: a broken history stops them, loudly, again and again.
pub(crate) fn stopp(feil: Rundefeil) -> Stopp {
    match feil {
        Rundefeil::Stopp(stopp) => stopp,
        feil => Stopp::Runde(Box::new(feil)),
    }
}
