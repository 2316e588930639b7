//! The fold: lists, ledgers and rounds as they have been read, one entry for each list.

use super::rettelser::Rettelser;
use super::sammendrag::{Bokstand, Sammendrag, Stoff, sammendrag};
use crate::hovedbok::{self, Listesak, SakFeil};
use crate::melding::hode;
use crate::runder::Rundesak;
use crate::sammenheng::Sammenheng;
use crate::trinn::Omgivelse;
use crate::{Stopp, tidsreise};
use bus::Record;
use elevliste::{
    Elevliste, Innsamling, Innsamlingspost, Innsendingspost, Listenokkel, Listestatus, Rundenokkel, Skolereferanse,
};
use hendelse::{Emne, INNSAMLING, INNSENDING, LISTE, VARSEL};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A round as it was read.
#[derive(Debug, Clone)]
pub struct Rundebilde {
    /// The round and its history.
    pub sak: Rundesak,
    /// The first entry that does not fit the chain, where one does not.
    pub brutt: Option<i64>,
}

/// A list as it is shown.
#[derive(Clone)]
pub(crate) struct Oppslag {
    pub sak: Arc<Listesak>,
    pub sammendrag: Arc<Sammendrag>,
}

/// What was read of one list.
struct Stand {
    sak: Arc<Listesak>,
    liste_sekvens: u64,
    bok: Bokstand,
    liste_uleselig: bool,
    rettelser: Rettelser,
}

#[derive(Default)]
pub(super) struct Minne {
    saker: BTreeMap<Listenokkel, Stand>,
    pub runder: BTreeMap<Rundenokkel, Arc<Rundebilde>>,
    /// The round as every list of it holds it, and since when.
    gjeldende: BTreeMap<Rundenokkel, (Arc<Innsamling>, Timestamp)>,
    tider: BTreeMap<Listenokkel, Timestamp>,
}

/// What a record has touched.
#[derive(Default)]
pub(super) struct Rort {
    pub lister: BTreeSet<Listenokkel>,
    pub runder: BTreeSet<Rundenokkel>,
}

impl Minne {
    /// Takes a record.
    pub async fn ta(&mut self, om: &Omgivelse, record: &Record, rort: &mut Rort) -> Result<(), Stopp> {
        match record.subject.parse() {
            Ok(Emne::Liste(nokkel)) => {
                self.liste(om, &nokkel, record).await?;
                rort.lister.insert(nokkel);
            }
            Ok(Emne::Innsending(nokkel)) => {
                self.post(om, &nokkel, record).await?;
                rort.lister.insert(nokkel);
            }
            Ok(Emne::Status(nokkel)) => {
                let vist = self.status(om, &nokkel, record).await?;
                rort.lister.extend(vist.then_some(nokkel));
            }
            Ok(Emne::Innsamling(nokkel)) => {
                let navngitte = self.runde(om, nokkel, record).await?;
                rort.lister.extend(self.saker.keys().filter(|n| n.runde() == nokkel).cloned());
                rort.lister.extend(navngitte);
                rort.runder.insert(nokkel);
            }
            _ => {}
        }
        Ok(())
    }

    async fn liste(&mut self, om: &Omgivelse, nokkel: &Listenokkel, record: &Record) -> Result<(), Stopp> {
        let lest: Option<Elevliste> = match hovedbok::les(om, LISTE, record).await {
            Ok(lest) => lest,
            Err(feil) if feil.er_en_posts() => {
                tracing::error!(liste = %nokkel, error = %feil, "a list is shown as unreadable");
                let stand = self.stand(nokkel);
                stand.liste_uleselig = true;
                return Ok(());
            }
            Err(feil) => return Err(feil),
        };
        let ny = !self.saker.contains_key(nokkel);
        let hvem = match &lest {
            None if ny => siste_skole(om, nokkel).await?,
            _ => None,
        };
        let stand = self.stand(nokkel);
        stand.liste_uleselig = false;
        let sak = Arc::make_mut(&mut stand.sak);
        if let Some(liste) = lest {
            let ny = hovedbok::sak(record, liste);
            (sak.liste, sak.spor, sak.endret) = (ny.liste, ny.spor, ny.endret);
            stand.liste_sekvens = record.sequence;
        } else {
            let (skole, tenant) = hvem.unwrap_or_else(|| (sak.liste.skole.clone(), sak.liste.tenant.clone()));
            sak.liste = Elevliste { skole, tenant, ..tom(nokkel) };
            sak.endret = hode(record).map_or(sak.endret, |hode| hode.tid);
            stand.liste_sekvens = 0;
        }
        Ok(())
    }

    async fn post(&mut self, om: &Omgivelse, nokkel: &Listenokkel, record: &Record) -> Result<(), Stopp> {
        let lest: Result<Option<Innsendingspost>, Stopp> = hovedbok::les(om, INNSENDING, record).await;
        let stand = self.stand(nokkel);
        let sak = Arc::make_mut(&mut stand.sak);
        if sak.sekvens >= record.sequence {
            return Ok(());
        }
        sak.sekvens = record.sequence;
        if sak.liste.tenant.is_empty()
            && let Ok(hode) = hode(record)
        {
            hode.kilde.split(':').next().unwrap_or_default().clone_into(&mut sak.liste.tenant);
        }
        match lest {
            Ok(Some(post)) => {
                let sist = sak.poster.last();
                let ventet = Innsendingspost::etter(sist, post.tidspunkt, post.av.clone(), post.handling.clone());
                if stand.bok == Bokstand::Hel && post != ventet {
                    tracing::error!(liste = %nokkel, post = ventet.lopenr, "the ledger of a list is broken");
                    stand.bok = Bokstand::Brutt(ventet.lopenr);
                }
                sak.poster.push(post);
            }
            Ok(None) => {}
            Err(feil) if feil.er_en_posts() => {
                tracing::error!(liste = %nokkel, error = %feil, "a ledger is shown as unreadable");
                stand.bok = Bokstand::Uleselig;
            }
            Err(feil) => return Err(feil),
        }
        Ok(())
    }

    /// A school that is waited for: the status says whose it is. True where that was not known.
    async fn status(&mut self, om: &Omgivelse, nokkel: &Listenokkel, record: &Record) -> Result<bool, Stopp> {
        if self.saker.get(nokkel).is_some_and(|s| s.liste_sekvens > 0 || !s.sak.liste.tenant.is_empty()) {
            return Ok(false);
        }
        let lest: Option<Listestatus> = match hovedbok::les(om, VARSEL, record).await {
            Ok(lest) => lest,
            Err(feil) if feil.er_en_posts() => None,
            Err(feil) => return Err(feil),
        };
        let Some(status) = lest else { return Ok(false) };
        Arc::make_mut(&mut self.stand(nokkel).sak).liste.tenant = status.tenant;
        Ok(true)
    }

    /// Takes a version of a round. Returns the lists of the schools that it names.
    async fn runde(&mut self, om: &Omgivelse, nokkel: Rundenokkel, record: &Record) -> Result<Vec<Listenokkel>, Stopp> {
        let lest: Option<Innsamlingspost> = match hovedbok::les(om, INNSAMLING, record).await {
            Ok(lest) => lest,
            Err(feil) if feil.er_en_posts() => {
                tracing::error!(runde = %nokkel, error = %feil, "a round is shown as it was before");
                // A round of which nothing could be read yet is broken at the first version that can.
                if let Some(bilde) = self.runder.get_mut(&nokkel) {
                    let bilde = Arc::make_mut(bilde);
                    let neste = bilde.sak.poster.last().map_or(1, |sist| sist.lopenr + 1);
                    bilde.brutt.get_or_insert(neste);
                    bilde.sak.sekvens = record.sequence;
                }
                return Ok(vec![]);
            }
            Err(feil) => return Err(feil),
        };
        let Some(post) = lest else { return Ok(vec![]) };
        let ny = || Arc::new(Rundebilde { sak: Rundesak { poster: vec![], sekvens: 0 }, brutt: None });
        let bilde = Arc::make_mut(self.runder.entry(nokkel).or_insert_with(ny));
        let sist = bilde.sak.poster.last();
        let ventet = Innsamlingspost::etter(sist, post.tidspunkt, post.av.clone(), post.handling.clone());
        if bilde.brutt.is_none() && post != ventet {
            tracing::error!(runde = %nokkel, post = ventet.lopenr, "the history of a round is broken");
            bilde.brutt = Some(ventet.lopenr);
        }
        let runde = Arc::new(post.handling.runde.clone());
        let Rundenokkel { fylke, skolear, overforing } = nokkel;
        let navngitt = |skolenr: &String| Listenokkel { fylke, skolenr: skolenr.clone(), skolear, overforing };
        let navngitte: Vec<_> = runde.skoler.iter().map(navngitt).collect();
        self.gjeldende.insert(nokkel, (runde, post.tidspunkt));
        bilde.sak.sekvens = record.sequence;
        bilde.sak.poster.push(post);
        for nokkel in &navngitte {
            self.stand(nokkel);
        }
        Ok(navngitte)
    }

    fn stand(&mut self, nokkel: &Listenokkel) -> &mut Stand {
        self.saker.entry(nokkel.clone()).or_insert_with(|| Stand {
            sak: Arc::new(Listesak {
                liste: tom(nokkel),
                spor: None,
                endret: Timestamp::UNIX_EPOCH,
                runde: None,
                runde_endret: None,
                poster: vec![],
                sekvens: 0,
            }),
            liste_sekvens: 0,
            bok: Bokstand::Hel,
            liste_uleselig: false,
            rettelser: Rettelser::default(),
        })
    }

    /// The lists about which time has changed something.
    pub fn forfalte(&self, na: Timestamp) -> Vec<Listenokkel> {
        self.tider.iter().filter(|(_, tid)| **tid <= na).map(|(nokkel, _)| nokkel.clone()).collect()
    }

    /// When that is next.
    pub fn neste(&self) -> Option<Timestamp> {
        self.tider.values().min().copied()
    }

    /// A list as it is shown at `na`. None: there is nothing to show.
    pub fn oppslag(&mut self, rundt: &Sammenheng, nokkel: &Listenokkel, na: Timestamp) -> Option<Oppslag> {
        self.tider.remove(nokkel);
        let stand = self.saker.get_mut(nokkel)?;
        let gjeldende = self.gjeldende.get(&nokkel.runde()).filter(|(runde, _)| runde.gjelder(nokkel));
        let runde = gjeldende.map(|(runde, _)| runde.clone());
        let ny = gjeldende.map(|(runde, siden)| ((**runde).clone(), *siden)).unzip();
        if (&stand.sak.runde, &stand.sak.runde_endret) != (&ny.0, &ny.1) {
            let sak = Arc::make_mut(&mut stand.sak);
            (sak.runde, sak.runde_endret) = ny;
        }
        let ventet = runde.as_ref().is_some_and(|runde| runde.skoler.contains(&nokkel.skolenr));
        let finnes = stand.liste_sekvens > 0 || stand.liste_uleselig;
        if !finnes && !ventet && stand.sak.poster.is_empty() {
            return None;
        }
        let bok = if stand.liste_uleselig { Bokstand::Uleselig } else { stand.bok };
        let stoff = Stoff { sak: &stand.sak, runde, liste_sekvens: stand.liste_sekvens, bok };
        match sammendrag(rundt, stoff, na) {
            Ok((mut sammendrag, neste)) => {
                sammendrag.rettet = stand.rettelser.etter(&sammendrag.saker, &stand.sak.liste, na);
                self.tider.extend(neste.map(|tid| (nokkel.clone(), tid)));
                Some(Oppslag { sak: stand.sak.clone(), sammendrag: Arc::new(sammendrag) })
            }
            // Another process has the tenant's key, and shows the list.
            Err(SakFeil::Fremmed { .. }) => None,
            Err(feil) => {
                tracing::error!(liste = %nokkel, error = %feil, "a list is not shown");
                None
            }
        }
    }
}

fn tom(nokkel: &Listenokkel) -> Elevliste {
    let skolenr = nokkel.skolenr.clone();
    let skole = Skolereferanse { organisasjonsnummer: None, skolenr, navn: String::new(), kommunenr: None };
    let (nokkel, tenant) = (nokkel.clone(), String::new());
    Elevliste { nokkel, skole, tenant, linjer: vec![], avvik: vec![], skjermede: vec![] }
}

/// What the school of a list was called that is gone, and whose it was.
pub(crate) async fn siste_skole(
    om: &Omgivelse,
    nokkel: &Listenokkel,
) -> Result<Option<(Skolereferanse, String)>, Stopp> {
    let versjoner = match tidsreise::versjoner(om, nokkel).await {
        Err(feil) if feil.er_en_posts() => return Ok(None),
        versjoner => versjoner?,
    };
    let liste = versjoner.into_iter().rev().find_map(|versjon| versjon.liste);
    Ok(liste.map(|liste| (liste.skole, liste.tenant)))
}
