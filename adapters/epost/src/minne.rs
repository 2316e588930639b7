//! What is known while this process has the post, and how it comes to have it.

use crate::kilder::Kildesak;
use crate::lop::{DEL, Lop};
use crate::skolebok::Skolebok;
use crate::stand::Plass;
use crate::utvalg::Hale;
use elevliste::{Innsamling, Listenokkel, Rundenokkel, oslo};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use runtime::{Abonnement, Omgivelse, Rundefeil, Stopp};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use tokio::time::Instant;

/// When nothing more has been told for so long, a moment is over: everything of it stands in one letter.
const STILLE: Duration = Duration::from_secs(1);
/// The longest that a moment lasts.
const LENGST: Duration = Duration::from_secs(30);
/// How long a process that says nothing more keeps the post: longer than a letter may take.
const HOLDES: SignedDuration = SignedDuration::from_secs(120);
/// When so little of it is left, it says so again.
const FORNYES: SignedDuration = SignedDuration::from_secs(60);
const PORSJON: usize = 500;

/// What is known while this process has the post.
pub(crate) struct Minne {
    pub sted: Abonnement,
    pub hale: Hale,
    /// Everything up to here has been read.
    pub lest: u64,
    pub plasser: BTreeMap<String, Plass>,
    pub skoler: Skolebok,
    dag: Date,
    /// Every list that there is, and whose it is.
    pub kjente: BTreeMap<Listenokkel, String>,
    pub runder: BTreeMap<Rundenokkel, Innsamling>,
    /// Those of the rounds that have opened.
    pub apnet: BTreeSet<Rundenokkel>,
    /// Counts the times that rounds or lists have changed, or a round has opened.
    pub generasjon: u64,
    /// What is the matter with school systems, and when they were looked at.
    pub kildesaker: Vec<Kildesak>,
    pub kilder_sett: Option<Instant>,
}

impl Minne {
    /// The server takes letters again.
    pub fn oppe(&mut self) {
        let stand = &mut self.sted.stand;
        (stand.forsok, stand.neste, stand.feilet_siden) = (0, None, None);
    }
}

impl Lop {
    /// The post, when it is this process that has it.
    pub async fn ta(&mut self) -> Result<Option<Minne>, Stopp> {
        if let Some(mut minne) = self.minne.take() {
            return Ok(self.forny(&mut minne).await?.then_some(minne));
        }
        let na = self.om.clock.now();
        let stand = Abonnement::stand(&self.om, DEL).await?;
        if let Some(stand) = &stand {
            let annen = stand.holder.is_some_and(|p| p != self.prosess) && stand.holdes_til.is_some_and(|t| t > na);
            if annen {
                return Ok(None);
            }
        }
        // Whoever is new is told what happens from now on.
        let ny = if stand.is_none() { runtime::siste_varsel(&self.om).await? } else { 0 };
        let Some(sted) = Abonnement::ta(&self.om, DEL, self.prosess, HOLDES, ny).await? else { return Ok(None) };
        let statuser = runtime::listestatuser(&self.om).await?;
        let lest = sted.stand.posisjon;
        Ok(Some(Minne {
            sted,
            hale: Hale::default(),
            lest,
            plasser: BTreeMap::new(),
            skoler: Skolebok::default(),
            dag: dag_og_time(na).0,
            kjente: statuser.lister.into_iter().map(|status| (status.nokkel, status.tenant)).collect(),
            runder: BTreeMap::new(),
            apnet: BTreeSet::new(),
            generasjon: 1,
            kildesaker: vec![],
            kilder_sett: None,
        }))
    }

    /// Says that it still has the post. False when it has not.
    pub async fn forny(&self, minne: &mut Minne) -> Result<bool, Stopp> {
        let snart = self.om.clock.now().checked_add(FORNYES).ok();
        if minne.sted.stand.holdes_til > snart {
            return Ok(true);
        }
        minne.sted.lagre(&self.om, HOLDES).await
    }

    /// Stores how it is doing. False when another has the post.
    pub async fn lagre(&self, minne: &mut Minne) -> Result<bool, Stopp> {
        minne.sted.lagre(&self.om, HOLDES).await
    }

    /// Lets another process have the post at once.
    pub async fn slipp(&mut self) -> Result<(), Stopp> {
        if let Some(mut minne) = self.minne.take() {
            minne.sted.lagre(&self.om, SignedDuration::ZERO).await?;
        }
        Ok(())
    }

    /// Reads until nothing more comes.
    pub async fn les_nytt(&self, minne: &mut Minne) -> Result<(), Stopp> {
        let begynt = tokio::time::Instant::now();
        let i_dag = dag_og_time(self.om.clock.now()).0;
        if minne.dag != i_dag {
            minne.dag = i_dag;
            minne.skoler.tom();
        }
        while begynt.elapsed() < LENGST && !self.stopp.is_cancelled() {
            let Some(side) = runtime::varsler(&self.om, minne.lest, PORSJON, STILLE, |_| true).await? else {
                tracing::warn!("the store is another than before; what stands in it is not told by e-mail");
                minne.lest = runtime::siste_varsel(&self.om).await?;
                return Ok(());
            };
            if side.neste == minne.lest {
                return Ok(());
            }
            minne.lest = side.neste;
            minne.generasjon += 1;
            for (plass, varsel) in side.varsler {
                minne.skoler.glem(&varsel.nokkel);
                minne.kjente.insert(varsel.nokkel.clone(), varsel.tenant.clone());
                minne.hale.legg_til(plass, varsel);
            }
        }
        Ok(())
    }
}

/// The day and the hour in Norway.
pub(crate) fn dag_og_time(na: Timestamp) -> (Date, i8) {
    let her = na.to_zoned(oslo());
    (her.date(), her.hour())
}

/// The rounds as they stand.
pub(crate) async fn runder(om: &Omgivelse) -> Result<BTreeMap<Rundenokkel, Innsamling>, Stopp> {
    match runtime::runder(om).await {
        Ok(saker) => Ok(saker.into_iter().map(|(nokkel, sak)| (nokkel, sak.runde().clone())).collect()),
        Err(Rundefeil::Stopp(stopp)) => Err(stopp),
        Err(feil) => Err(Stopp::Runde(Box::new(feil))),
    }
}
