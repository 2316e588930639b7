//! Where lists stand, told to those who correct them: the school system, the school, the municipality, the county.
//!
//! The step follows LISTE, INNSENDING and INNSAMLING, and the clock. For every list that was touched it compares the
//! picture with the last status on `status.<list>`, and commits the new one together with the events that lead to it, in
//! one batch guarded by the status' sequence. So the events are exactly the difference between two states: a crash, a
//! restart or a second worker finds nothing more to tell.

mod abonnement;
mod endring;
mod frist;
mod hjem;
mod lesing;
#[cfg(test)]
mod prover;
mod vurder;

pub use abonnement::{Abonnement, Abonnementsstand};
pub use lesing::{
    Statuser, Varselside, kildeider, listens_skole, listestatus, listestatuser, siste_varsel, skjermede_hos,
    uten_skjermede, varsler,
};

use crate::runder;
use crate::sammenheng::Sammenheng;
use crate::trinn::Omgivelse;
use crate::{Maalere, Stopp, hovedbok};
use bus::{Reader, Record, Start};
use elevliste::{Innsamling, Listenokkel, Rundenokkel};
use hendelse::{Emne, INNSAMLING, INNSENDING, Kildenavn, LISTE, Tenant, VARSEL};
use jiff::Timestamp;
use kodeverk::Kommunenummer;
use std::collections::{BTreeMap, BTreeSet};
use std::{sync::Arc, time::Duration};
use tokio_util::sync::CancellationToken;

const DEL: &str = "varsel";
/// How often the clock is looked at. It may be set while we wait, so nothing is waited for longer.
const SE_PA_KLOKKEN: Duration = Duration::from_secs(1);
/// Records that are taken at once.
const PORSJON: usize = 500;

/// What the step must know that is not in the streams.
#[derive(Clone, Default)]
pub struct Varsling {
    /// Whose the schools of a municipality are, where exactly one tenant is the municipality.
    pub kommuner: BTreeMap<Kommunenummer, Tenant>,
    /// The code bases that know which municipality a school lies in.
    pub kodeverk: Vec<Kildenavn>,
}

/// The parts of a plan that the step works with.
pub(crate) struct Oppdrag {
    pub runder: Arc<[Innsamling]>,
    pub rundt: Sammenheng,
    pub varsling: Varsling,
}

/// Tells until `stopp`.
pub(crate) async fn kjor(om: Omgivelse, oppdrag: Oppdrag, stopp: CancellationToken) {
    while !stopp.is_cancelled() {
        let resultat = tokio::select! {
            () = stopp.cancelled() => return,
            resultat = folg(&om, &oppdrag) => resultat,
        };
        if let Err(feil) = resultat {
            Maalere::tell(&om.maalere.stopp, DEL, "", feil.kode());
            tracing::warn!(error = %feil, "the status of lists starts again");
            tokio::select! {
                () = stopp.cancelled() => return,
                () = tokio::time::sleep(Duration::from_secs(1)) => {}
            }
        }
    }
}

/// The lists that are known, and when time alone may change something about each.
#[derive(Default)]
struct Kjente(BTreeMap<Listenokkel, Option<Timestamp>>);

impl Kjente {
    /// The lists that a record may have changed.
    fn rort(&self, record: &Record, runder: &BTreeMap<Rundenokkel, Vec<String>>) -> BTreeSet<Listenokkel> {
        match record.subject.parse() {
            Ok(Emne::Liste(nokkel) | Emne::Innsending(nokkel) | Emne::Status(nokkel)) => [nokkel].into(),
            Ok(Emne::Innsamling(runde)) => {
                let navngitte = runder.get(&runde).into_iter().flatten().cloned();
                let Rundenokkel { fylke, skolear, overforing } = runde;
                let navngitte = navngitte.map(|skolenr| Listenokkel { fylke, skolenr, skolear, overforing });
                self.0.keys().filter(|nokkel| nokkel.runde() == runde).cloned().chain(navngitte).collect()
            }
            _ => BTreeSet::new(),
        }
    }

    fn forfalte(&self, na: Timestamp) -> impl Iterator<Item = Listenokkel> {
        self.0.iter().filter(move |(_, nar)| nar.is_some_and(|nar| nar <= na)).map(|(nokkel, _)| nokkel.clone())
    }
}

async fn folg(om: &Omgivelse, oppdrag: &Oppdrag) -> Result<(), Stopp> {
    runder::overfor_runder(om, &oppdrag.runder).await.map_err(runder::stopp)?;
    let apne = async |stream, filter: &str| om.bus.read(stream, &[filter.to_owned()], Start::LastPerSubject).await;
    let mut lister = apne(LISTE, "liste.*.*.*.*").await?;
    let mut poster = apne(INNSENDING, "innsending.>").await?;
    let mut rundene = apne(INNSAMLING, "innsamling.>").await?;
    let mut hjem = hjem::Hjem::ny(om, &oppdrag.varsling);
    let mut kjente = Kjente::default();
    // Everything once: also what was told about a list that is not there any more.
    let mut records = hovedbok::alt(om, VARSEL, "status.>".to_owned(), Start::LastPerSubject).await?;
    for reader in [&mut lister, &mut poster, &mut rundene] {
        records.extend(hittil(&mut **reader).await?);
    }
    loop {
        let navngitte = navngitte(om, &records).await?;
        let mut rort: BTreeSet<_> = records.iter().flat_map(|r| kjente.rort(r, &navngitte)).collect();
        rort.extend(kjente.forfalte(om.clock.now()));
        for nokkel in rort {
            let nar = vurder::vurder(om, &oppdrag.rundt, &mut hjem, &nokkel).await?;
            kjente.0.insert(nokkel, nar);
        }
        records = tokio::select! {
            l = lister.next(PORSJON, SE_PA_KLOKKEN) => l?,
            p = poster.next(PORSJON, SE_PA_KLOKKEN) => p?,
            r = rundene.next(PORSJON, SE_PA_KLOKKEN) => r?,
        };
    }
}

/// What was there when the reader was opened.
async fn hittil(reader: &mut dyn Reader) -> Result<Vec<Record>, Stopp> {
    let (mut igjen, mut ut) = (reader.pending_at_start(), Vec::new());
    while igjen > 0 {
        for record in reader.next(PORSJON, Duration::from_secs(10)).await? {
            igjen = record.pending;
            ut.push(record);
        }
    }
    Ok(ut)
}

/// The schools that the rounds among the records name. One that is not named any more is known from before.
async fn navngitte(om: &Omgivelse, records: &[Record]) -> Result<BTreeMap<Rundenokkel, Vec<String>>, Stopp> {
    let mut ut: BTreeMap<Rundenokkel, Vec<String>> = BTreeMap::new();
    for record in records {
        let Ok(Emne::Innsamling(nokkel)) = record.subject.parse() else { continue };
        let post: Option<elevliste::Innsamlingspost> = hovedbok::les(om, INNSAMLING, record).await?;
        ut.entry(nokkel).or_default().extend(post.into_iter().flat_map(|p| p.handling.runde.skoler));
    }
    Ok(ut)
}
