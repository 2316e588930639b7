//! The loop: one process at a time reads what was told, sees who is to be told, and sends.

use crate::config::Config;
use crate::minne::{Minne, dag_og_time, runder};
use crate::mottaker::{Mottaker, Mottakerregister};
use crate::sending::{Post, pause};
use crate::stand::{Plass, Stand, digest};
use elevliste::Innsamling;
use flow::Problem;
use hendelse::{Kildenavn, Tenant};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use runtime::{Maalere, Omgivelse, Stopp};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use url::Url;
use uuid::Uuid;

pub(crate) const DEL: &str = "epost";
/// How often the clock is looked at.
const SE_ETTER: Duration = Duration::from_millis(200);
/// An address that takes no letters is tried again after so long.
const AVVIST_I: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What does not change while the program runs. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Epost(pub(crate) Arc<Indre>);

#[derive(Debug)]
pub(crate) struct Indre {
    pub post: Post,
    pub adresse: Url,
    klokken: i8,
    faste: Vec<Mottaker>,
}

impl Epost {
    /// Reads the secrets, whose paths are meant from `mappe`. Returns everything that is wrong with them.
    pub fn les(config: &Config, mappe: &Path) -> Result<Self, Vec<Problem>> {
        let post = Post::ny(config, mappe)?;
        let faste = config.mottaker.iter().filter_map(|mottaker| mottaker.mottaker()).collect();
        Ok(Self(Arc::new(Indre { post, adresse: config.adresse.clone(), klokken: config.klokken, faste })))
    }

    /// Tells until `stopp`. A letter that is under way is finished first. Several processes may do this with the same
    /// configuration: one at a time sends.
    ///
    /// The owners of `kilder` are told what is the matter with them.
    pub async fn kjor(
        self,
        om: Omgivelse,
        register: Arc<dyn Mottakerregister>,
        kilder: Vec<(Tenant, Kildenavn)>,
        stopp: CancellationToken,
    ) {
        let (prosess, minne) = (Uuid::new_v4(), None);
        let mut lop = Lop { epost: self.0, om, register, kilder, prosess, minne, stopp: stopp.clone() };
        while !stopp.is_cancelled() {
            if let Err(feil) = lop.runde().await {
                Maalere::tell(&lop.om.maalere.stopp, DEL, "", feil.kode());
                tracing::warn!(error = %feil, "the e-mail starts again");
                lop.minne = None;
            }
            tokio::select! {
                () = stopp.cancelled() => {}
                () = tokio::time::sleep(SE_ETTER) => {}
            }
        }
        if let Err(feil) = lop.slipp().await {
            tracing::warn!(error = %feil, "the e-mail is not given to another process at once");
        }
    }
}

pub(crate) struct Lop {
    pub epost: Arc<Indre>,
    pub om: Omgivelse,
    register: Arc<dyn Mottakerregister>,
    pub kilder: Vec<(Tenant, Kildenavn)>,
    pub prosess: Uuid,
    pub minne: Option<Minne>,
    pub stopp: CancellationToken,
}

/// Whether to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Videre {
    Ja,
    /// Not with this recipient.
    Neste,
    /// The server takes nothing.
    Nede,
    /// Another process is at it.
    Mistet,
}

impl Lop {
    async fn runde(&mut self) -> Result<(), Stopp> {
        let Some(mut minne) = self.ta().await? else { return Ok(()) };
        self.les_nytt(&mut minne).await?;
        let na = self.om.clock.now();
        if minne.sted.stand.neste.is_some_and(|neste| neste > na) {
            self.minne = Some(minne);
            return Ok(());
        }
        let runder = runder(&self.om).await?;
        let apnet = runder.values().filter(|runde| runde.apner <= na).map(Innsamling::nokkel).collect();
        if runder != minne.runder || apnet != minne.apnet {
            (minne.runder, minne.apnet, minne.generasjon) = (runder, apnet, minne.generasjon + 1);
        }
        self.se_pa_kilder(&mut minne).await?;
        let mottakere = self.mottakere().await?;
        for mottaker in &mottakere {
            self.plass(&mut minne, mottaker, na).await?;
        }
        // Who fails again and again is tried last, and keeps nobody else waiting.
        let mut rekke: Vec<&Mottaker> = mottakere.iter().collect();
        rekke.sort_by_key(|mottaker| minne.plasser.get(&mottaker.id).map_or(0, |plass| plass.stand.forsok));
        for mottaker in rekke {
            if self.stopp.is_cancelled() {
                break;
            }
            if !self.forny(&mut minne).await? {
                return Ok(());
            }
            match self.fortell(&mut minne, mottaker).await? {
                Videre::Ja | Videre::Neste => {}
                Videre::Nede => {
                    self.nede(&mut minne);
                    if self.lagre(&mut minne).await? {
                        self.minne = Some(minne);
                    }
                    return Ok(());
                }
                Videre::Mistet => return Ok(()),
            }
        }
        let ider: BTreeSet<&str> = mottakere.iter().map(|mottaker| mottaker.id.as_str()).collect();
        minne.plasser.retain(|id, _| ider.contains(id.as_str()));
        let igjen = minne.plasser.values().map(|plass| plass.stand.straks.min(plass.stand.samlet));
        minne.sted.stand.posisjon = igjen.min().unwrap_or(minne.lest);
        minne.hale.glem(minne.sted.stand.posisjon);
        if self.forny(&mut minne).await? {
            self.minne = Some(minne);
        }
        Ok(())
    }

    /// Everybody, each address once: who has a user is told as that.
    async fn mottakere(&self) -> Result<Vec<Mottaker>, Stopp> {
        let mut ut: Vec<Mottaker> = vec![];
        for ny in self.register.alle(&self.om).await?.into_iter().chain(self.epost.faste.iter().cloned()) {
            let lik = |a: &Mottaker| a.epost.vis().trim().eq_ignore_ascii_case(ny.epost.vis().trim());
            match ut.iter_mut().find(|mottaker| mottaker.id == ny.id || lik(mottaker)) {
                Some(kjent) => kjent.ansvar.extend(ny.ansvar),
                None => ut.push(ny),
            }
        }
        Ok(ut)
    }

    /// Finds a recipient's place; one that is new begins here.
    async fn plass(&self, minne: &mut Minne, mottaker: &Mottaker, na: Timestamp) -> Result<(), Stopp> {
        let avtrykk = digest(&[&mottaker.id, mottaker.epost.vis()])[..8].to_owned();
        if !minne.plasser.contains_key(&mottaker.id) {
            let (i_dag, time) = dag_og_time(na);
            let samlet_dag = Some(if time >= self.epost.klokken { i_dag } else { crate::ord::dagen_for(i_dag) });
            let (straks, avtrykk) = (minne.lest, avtrykk.clone());
            let ny = Stand { straks, samlet: straks, samlet_dag, avtrykk, ..Stand::default() };
            let mut plass = Plass::les(&self.om, &mottaker.id, ny).await?;
            if plass.er_ny() && !plass.lagre(&self.om).await? {
                return Err(Stopp::Uforstaelig { nokkel: format!("{DEL}.{}", mottaker.id) });
            }
            minne.plasser.insert(mottaker.id.clone(), plass);
        }
        let Some(plass) = minne.plasser.get_mut(&mottaker.id) else { return Ok(()) };
        if plass.stand.avtrykk != avtrykk {
            plass.stand.avtrykk = avtrykk;
            plass.stand.avvist = None;
            plass.frisk();
        }
        // What happens while nobody is there stands on the page.
        match plass.stand.avvist {
            Some(siden) if na.duration_since(siden) < AVVIST_I => {
                (plass.stand.straks, plass.stand.samlet, plass.stand.pa_vei) = (minne.lest, minne.lest, None);
            }
            _ => plass.stand.avvist = None,
        }
        Ok(())
    }

    fn nede(&self, minne: &mut Minne) {
        let (na, stand) = (self.om.clock.now(), &mut minne.sted.stand);
        stand.forsok += 1;
        stand.neste = na.checked_add(pause(stand.forsok)).ok();
        stand.feilet_siden.get_or_insert(na);
        tracing::warn!(forsok = stand.forsok, "the mail server takes no letters; they are sent later");
    }

    /// Whether today's letter is to go to somebody whose last was on `sist`.
    pub fn dagens(&self, sist: Option<Date>, na: Timestamp) -> Option<Date> {
        let (i_dag, time) = dag_og_time(na);
        (time >= self.epost.klokken && sist.is_none_or(|sist| sist < i_dag)).then_some(i_dag)
    }
}
