//! What is told: the difference between two states of a list. Pure.
//!
//! A deviation that is gone was closed, one that is new was opened, and nothing else is told of it: opened minus closed is
//! what is open, whatever the states and however often somebody looks.

use elevliste::{
    ApentAvvik, Avvik, Handling, Innsendingspost, Listenokkel, Listestatus, Paminnelse, Skolestatus, Utfall, Varselslag,
};
use hendelse::Tenantnokkel;
use jiff::Timestamp;
use liste::{Listebilde, Plassering};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Where a list stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stilling {
    pub nokkel: Listenokkel,
    pub tenant: String,
    pub status: Skolestatus,
    /// Source, sent, held, by hand, deviation.
    pub antall: [u32; 5],
    pub apne: BTreeMap<Uuid, (Option<Uuid>, Avvik)>,
    pub kvittering: Option<String>,
}

impl Stilling {
    /// What a picture says. A pupil whom somebody has held back or routed by hand has no open deviation any more:
    /// somebody has decided. A protected pupil has no line, and so stands here in a number and nowhere else.
    pub fn av(bilde: &Listebilde, tenant: &str, poster: &[Innsendingspost], linjer: &[Uuid], n: &Tenantnokkel) -> Self {
        let mut apne = BTreeMap::new();
        let mut apne_en = |elev: Option<Uuid>, avvik: &Avvik| {
            apne.insert(id(n, &bilde.nokkel, elev, avvik), (elev, avvik.clone()));
        };
        bilde.avvik.iter().for_each(|avvik| apne_en(None, avvik));
        for linje in &bilde.plasseringer {
            if !matches!(linje.plassering, Plassering::Holdt { .. } | Plassering::Manuelt { .. }) {
                linje.avvik.iter().for_each(|avvik| apne_en(linjer.get(linje.linje).copied(), avvik));
            }
        }
        let a = &bilde.avstemming;
        Self {
            nokkel: bilde.nokkel.clone(),
            tenant: tenant.to_owned(),
            status: bilde.status,
            antall: [a.kilde, a.sendt, a.holdt, a.manuelt, a.avvik],
            apne,
            kvittering: mottatt(poster).flatten().map(str::to_owned),
        }
    }

    /// Of a school without a list. Its round is over, or it is still waited for; and what was accepted stays accepted.
    pub fn uten_liste(nokkel: &Listenokkel, tenant: String, poster: &[Innsendingspost], over: bool) -> Self {
        let levert = mottatt(poster);
        let status = match levert {
            Some(_) => Skolestatus::Mottatt,
            None if over => Skolestatus::Stengt,
            None => Skolestatus::Samles,
        };
        let (antall, apne, kvittering) = ([0; 5], BTreeMap::new(), levert.flatten().map(str::to_owned));
        Self { nokkel: nokkel.clone(), tenant, status, antall, apne, kvittering }
    }
}

/// The receiver's id of the last acceptance; none when nothing was accepted.
fn mottatt(poster: &[Innsendingspost]) -> Option<Option<&str>> {
    poster.iter().rev().find_map(|post| match &post.handling {
        Handling::Svar { utfall: Utfall::Mottatt | Utfall::MottattMedAdvarsler, kvittering, .. }
        | Handling::Avklart { mottatt: true, kvittering, .. } => Some(kvittering.as_deref()),
        _ => None,
    })
}

/// Names a deviation: what is wrong with whom, and not since when. Keyed, so it tells nothing by itself.
fn id(n: &Tenantnokkel, liste: &Listenokkel, elev: Option<Uuid>, avvik: &Avvik) -> Uuid {
    let elev = elev.map(|elev| elev.to_string()).unwrap_or_default();
    let (felt, detalj) = (avvik.felt.as_deref().unwrap_or_default(), avvik.detalj.as_deref().unwrap_or_default());
    n.uuid(&["avvik", &liste.to_string(), &elev, &avvik.regel, felt, detalj])
}

/// What is told to whom, and the state that it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Endring {
    pub status: Listestatus,
    /// Each with the tenant that it is told to: a list may have come to another.
    pub varsler: Vec<(String, Varselslag)>,
    /// More is to be told than fits at once: the state is one on the way.
    pub mer: bool,
}

/// What has changed since `sist`; none when nothing has. Tells of at most `maks` deviations at once.
pub(super) fn endring(
    sist: Option<&Listestatus>,
    na: &Stilling,
    paminnet: &[Paminnelse],
    tid: Timestamp,
    maks: usize,
) -> Option<Endring> {
    let gamle: BTreeMap<Uuid, &ApentAvvik> = sist.iter().flat_map(|s| &s.apne).map(|a| (a.id, a)).collect();
    let star = |id: &Uuid| {
        let (gammel, (elev, avvik)) = (gamle.get(id)?, na.apne.get(id)?);
        (gammel.elev == *elev && gammel.avvik == *avvik).then_some(())
    };
    let lukkes: Vec<&ApentAvvik> = gamle.values().filter(|a| star(&a.id).is_none()).copied().collect();
    let apnes: Vec<ApentAvvik> = na
        .apne
        .iter()
        .filter(|(id, _)| star(id).is_none())
        .map(|(id, (elev, avvik))| ApentAvvik { id: *id, elev: *elev, avvik: avvik.clone(), apnet: tid })
        .collect();
    let mer = lukkes.len() + apnes.len() > maks;
    let na_lukkes = &lukkes[..lukkes.len().min(maks)];
    let na_apnes = &apnes[..apnes.len().min(maks - na_lukkes.len())];

    let mut status = if mer { pa_vei(sist, na, lukkes.len() <= maks, tid) } else { ferdig(sist, na, tid) };
    status.paminnet = paminnet.to_vec();
    let mut apne: BTreeMap<Uuid, ApentAvvik> = gamle.into_iter().map(|(id, a)| (id, a.clone())).collect();
    na_lukkes.iter().for_each(|a| drop(apne.remove(&a.id)));
    apne.extend(na_apnes.iter().map(|a| (a.id, a.clone())));
    status.apne = apne.into_values().collect();

    let fra = sist.map_or_else(|| na.tenant.clone(), |s| s.tenant.clone());
    let lukket = na_lukkes.iter().map(|a| (fra.clone(), Varselslag::AvvikLukket { avvik: (*a).clone() }));
    let apnet = na_apnes.iter().map(|a| (na.tenant.clone(), Varselslag::AvvikApnet { avvik: a.clone() }));
    let mut varsler: Vec<_> = lukket.chain(apnet).collect();
    let fra = sist.map(|s| s.status);
    if fra != Some(status.status) {
        varsler.push((status.tenant.clone(), Varselslag::Listestatus { fra, til: status.status }));
    }
    (sist != Some(&status)).then_some(Endring { status, varsler, mer })
}

fn ferdig(sist: Option<&Listestatus>, na: &Stilling, tid: Timestamp) -> Listestatus {
    let [kilde, sendt, holdt, manuelt, avvik] = na.antall;
    Listestatus {
        nokkel: na.nokkel.clone(),
        tenant: na.tenant.clone(),
        status: na.status,
        siden: sist.filter(|s| s.status == na.status).map_or(tid, |s| s.siden),
        kilde,
        sendt,
        holdt,
        manuelt,
        avvik,
        apne: vec![],
        paminnet: vec![],
        kvittering: na.kvittering.clone(),
    }
}

/// On the way nothing has changed but what has been told. What is open under a tenant's key is never shown to another.
fn pa_vei(sist: Option<&Listestatus>, na: &Stilling, alt_lukket: bool, tid: Timestamp) -> Listestatus {
    let ny = Stilling { status: Skolestatus::Samles, antall: [0; 5], kvittering: None, ..na.clone() };
    let mut status = sist.cloned().unwrap_or_else(|| ferdig(None, &ny, tid));
    if alt_lukket {
        status.tenant.clone_from(&na.tenant);
    }
    status
}
