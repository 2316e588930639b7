//! The ledger: reading a list with everything that has been decided about it, and adding one act.

use crate::melding::{Avsender, hode};
use crate::runder::Rundefeil;
use crate::trinn::Omgivelse;
use crate::{Stopp, runder, strommer};
use bus::{Batch, CommitError, Expect, Record, Start};
use elevliste::{Aktor, Elevliste, Handling, Innsamling, Innsendingspost, Listenokkel, Skolereferanse};
use hendelse::{Bibliotek, Data, Emne, INNSENDING, LISTE, SkjemaFeil, Spor, Tenant, Tenantnokkel, kod};
use jiff::Timestamp;
use std::{collections::BTreeMap, collections::HashMap, collections::btree_map::Entry, sync::Arc, time::Duration};

/// The secrets of the tenants whose lists this process handles.
pub type Tenantnokler = Arc<HashMap<Tenant, Tenantnokkel>>;

/// A list as it stands, and its ledger.
#[derive(Debug, Clone)]
pub struct Listesak {
    /// The list.
    pub liste: Elevliste,
    /// What caused its present version.
    pub spor: Option<Spor>,
    /// When the present version came to stand.
    pub endret: Timestamp,
    /// The round that the list belongs to, as it stands.
    pub runde: Option<Innsamling>,
    /// When the round came to be what it is.
    pub runde_endret: Option<Timestamp>,
    /// Everything that was decided and answered.
    pub poster: Vec<Innsendingspost>,
    /// The last sequence of the ledger's subject: what the next act expects.
    pub sekvens: u64,
}

impl Listesak {
    /// What stands for a list that has a ledger and is gone: nobody on it. Whose it was is said by who wrote the ledger.
    fn borte(nokkel: &Listenokkel, post: &Record) -> Self {
        let hode = hode(post).ok();
        let tenant = hode.as_ref().and_then(|h| h.kilde.split(':').next()).unwrap_or_default().to_owned();
        let skole = Skolereferanse {
            organisasjonsnummer: None,
            skolenr: nokkel.skolenr.clone(),
            navn: String::new(),
            kommunenr: None,
        };
        let liste =
            Elevliste { nokkel: nokkel.clone(), skole, tenant, linjer: vec![], avvik: vec![], skjermede: vec![] };
        let endret = hode.map_or(Timestamp::UNIX_EPOCH, |h| h.tid);
        Self { liste, spor: None, endret, runde: None, runde_endret: None, poster: vec![], sekvens: 0 }
    }

    /// What stands for a list that should be there and is not: the same school, and nobody on it.
    pub(crate) fn uten_liste(om: &Omgivelse, ventet: &Elevliste) -> Self {
        let liste = Elevliste { linjer: vec![], avvik: vec![], skjermede: vec![], ..ventet.clone() };
        let endret = om.clock.now();
        Self { liste, spor: None, endret, runde: None, runde_endret: None, poster: vec![], sekvens: 0 }
    }
}

impl Listesak {
    /// Sets the round that the list belongs to, and since when it is what it is.
    pub(crate) fn sett_runde(&mut self, runde: Option<(Innsamling, Timestamp)>) {
        (self.runde, self.runde_endret) = runde.unzip();
    }
}

/// Why a list could not be read or an act not be added.
#[derive(Debug, thiserror::Error)]
pub enum SakFeil {
    /// No such list.
    #[error("there is no list {0}; `mellomlag list show` names those that exist")]
    Finnes(Listenokkel),
    /// The list belongs to a tenant whose key this process does not have.
    #[error("list {nokkel} belongs to {tenant}, which is not in this configuration")]
    Fremmed {
        /// Which list.
        nokkel: Listenokkel,
        /// Whose.
        tenant: String,
    },
    /// The ledger's chain is broken: somebody has tampered with the store, or it is damaged.
    #[error("the ledger of {nokkel} is broken at entry {post}: nothing is sent before a person has looked at it")]
    Brutt {
        /// Which list.
        nokkel: Listenokkel,
        /// First entry that does not fit.
        post: i64,
    },
    /// Something else acted on the list at the same time.
    #[error("list {0} changed while it was being handled; look at it again")]
    Endret(Listenokkel),
    /// The round cannot be read.
    #[error(transparent)]
    Runde(Rundefeil),
    /// The bus or the data.
    #[error(transparent)]
    Stopp(#[from] Stopp),
}

impl From<Rundefeil> for SakFeil {
    fn from(feil: Rundefeil) -> Self {
        match feil {
            Rundefeil::Stopp(stopp) => Self::Stopp(stopp),
            feil => Self::Runde(feil),
        }
    }
}

/// Reads one record of LISTE or INNSENDING, also one that a newer program wrote.
pub(crate) async fn les<T: Data>(om: &Omgivelse, stream: &'static str, record: &Record) -> Result<Option<T>, Stopp> {
    let hode = hode(record).map_err(|feil| Stopp::Fremmed { stream, sekvens: record.sequence, feil })?;
    let Some(skjema) = hode.skjema else { return Ok(None) };
    let mut bibliotek = Bibliotek::default();
    loop {
        match bibliotek.les(skjema, &record.payload) {
            Err(SkjemaFeil::Ukjent(f)) if strommer::hent_skjema(&*om.bus, &mut bibliotek, f).await? => {}
            Err(SkjemaFeil::Ukjent(f)) => return Err(Stopp::UkjentSkjema(f)),
            lest => return Ok(Some(lest?)),
        }
    }
}

/// Everything that stands on a subject filter, in order.
pub(crate) async fn alt(om: &Omgivelse, stream: &str, filter: String, start: Start) -> Result<Vec<Record>, Stopp> {
    let mut reader = om.bus.read(stream, &[filter], start).await?;
    let mut igjen = reader.pending_at_start();
    let mut ut = Vec::new();
    while igjen > 0 {
        for record in reader.next(500, Duration::from_secs(10)).await? {
            igjen = record.pending;
            ut.push(record);
        }
    }
    Ok(ut)
}

/// A list as a record holds it, with nothing of its ledger yet.
pub(crate) fn sak(record: &Record, liste: Elevliste) -> Listesak {
    let hode = hode(record).ok();
    let endret = hode.as_ref().map_or(Timestamp::UNIX_EPOCH, |h| h.tid);
    Listesak {
        liste,
        spor: hode.and_then(|h| h.spor),
        endret,
        runde: None,
        runde_endret: None,
        poster: vec![],
        sekvens: 0,
    }
}

/// Reads a list and its ledger.
pub async fn hent(om: &Omgivelse, nokkel: &Listenokkel) -> Result<Listesak, SakFeil> {
    let emne = Emne::Liste(nokkel.clone()).to_string();
    let record = om.bus.last(LISTE, &emne).await.map_err(Stopp::from)?;
    let record = record.ok_or_else(|| SakFeil::Finnes(nokkel.clone()))?;
    let liste: Elevliste = les(om, LISTE, &record).await?.ok_or_else(|| SakFeil::Finnes(nokkel.clone()))?;
    let mut sak = sak(&record, liste);
    sak.sett_runde(runder::runde(om, nokkel).await?);
    (sak.poster, sak.sekvens) = bok(om, nokkel).await?;
    Ok(sak)
}

/// The ledger of one list, and the last sequence of its subject.
pub(crate) async fn bok(om: &Omgivelse, nokkel: &Listenokkel) -> Result<(Vec<Innsendingspost>, u64), SakFeil> {
    let (mut poster, mut sekvens) = (Vec::new(), 0);
    for record in alt(om, INNSENDING, Emne::Innsending(nokkel.clone()).to_string(), Start::After(0)).await? {
        sekvens = record.sequence;
        poster.extend(les(om, INNSENDING, &record).await?);
    }
    Innsendingspost::sjekk_kjede(&poster).map_err(|post| SakFeil::Brutt { nokkel: nokkel.clone(), post })?;
    Ok((poster, sekvens))
}

/// Reads every list with its ledger.
pub async fn hent_alle(om: &Omgivelse) -> Result<BTreeMap<Listenokkel, Listesak>, SakFeil> {
    let saker = hent_ukontrollert(om, false).await?;
    for (nokkel, sak) in &saker {
        Innsendingspost::sjekk_kjede(&sak.poster).map_err(|post| SakFeil::Brutt { nokkel: nokkel.clone(), post })?;
    }
    Ok(saker)
}

/// The same without a look at the chains: for who has to say what is broken.
///
/// `med_uten_liste`: also ledgers whose list is gone from LISTE. They stand with a list of nobody.
pub(crate) async fn hent_ukontrollert(
    om: &Omgivelse,
    med_uten_liste: bool,
) -> Result<BTreeMap<Listenokkel, Listesak>, SakFeil> {
    let runder = runder::runder(om).await?;
    let mut saker = BTreeMap::new();
    for record in alt(om, LISTE, "liste.*.*.*.*".to_owned(), Start::LastPerSubject).await? {
        let Ok(Emne::Liste(nokkel)) = record.subject.parse() else { continue };
        if let Some(liste) = les(om, LISTE, &record).await? {
            let mut sak = sak(&record, liste);
            if let Some(runde) = runder.get(&nokkel.runde()).filter(|r| r.runde().gjelder(&nokkel)) {
                (sak.runde, sak.runde_endret) = (Some(runde.runde().clone()), Some(runde.endret()));
            }
            saker.insert(nokkel, sak);
        }
    }
    for record in alt(om, INNSENDING, "innsending.>".to_owned(), Start::After(0)).await? {
        let Ok(Emne::Innsending(nokkel)) = record.subject.parse() else { continue };
        let sak = match saker.entry(nokkel) {
            Entry::Occupied(sak) => sak.into_mut(),
            Entry::Vacant(ledig) if med_uten_liste => {
                let sak = Listesak::borte(ledig.key(), &record);
                ledig.insert(sak)
            }
            Entry::Vacant(_) => continue,
        };
        sak.sekvens = record.sequence;
        sak.poster.extend(les(om, INNSENDING, &record).await?);
    }
    Ok(saker)
}

/// Whether no other list of the same round is about the same organisation. A receiver that knows schools by organisation
/// number alone cannot tell two such lists apart, and so its answer cannot either.
pub(crate) async fn er_skolens_eneste(om: &Omgivelse, liste: &Elevliste) -> Result<bool, Stopp> {
    let n = &liste.nokkel;
    let filter = format!("liste.{}.*.{}.{}", n.fylke, n.skolear, n.overforing.nummer());
    for record in alt(om, LISTE, filter, Start::LastPerSubject).await? {
        let annen: Option<Elevliste> = les(om, LISTE, &record).await?;
        let samme = |annen: &Elevliste| annen.skole.organisasjonsnummer == liste.skole.organisasjonsnummer;
        if annen.is_some_and(|annen| annen.nokkel != *n && samme(&annen)) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Adds one act to the ledger of `sak`, which it keeps up to date. Refused when anybody else was first.
pub async fn skriv(
    om: &Omgivelse,
    sak: &mut Listesak,
    av: Aktor,
    handling: Handling,
    spor: Option<Spor>,
) -> Result<(), SakFeil> {
    let nokkel = sak.liste.nokkel.clone();
    let typ = format!("innsending.{}", handling.navn());
    let na = om.clock.now();
    let post = Innsendingspost::etter(sak.poster.last(), na, av, handling);
    let data = kod(&post).map_err(Stopp::from)?;
    let avsender = Avsender::ny(&sak.liste.tenant, "innsending");
    let guard = avsender.melding(&Emne::Innsending(nokkel.clone()), typ, na, Some(data), spor);
    let batch = Batch { guard, expect: Expect(sak.sekvens), messages: vec![] };
    match om.bus.commit(INNSENDING, batch).await {
        Ok(lagret) => {
            sak.sekvens = lagret.guard;
            sak.poster.push(post);
            Ok(())
        }
        Err(CommitError::Fenced { .. }) => Err(SakFeil::Endret(nokkel)),
        Err(feil) => Err(Stopp::from(feil).into()),
    }
}
