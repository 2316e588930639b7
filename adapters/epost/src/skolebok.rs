//! What the school of a list is called, and what number it has. Nothing else of a list gets past here.

use crate::straks::Skolelinje;
use elevliste::{Innsamling, Listenokkel, Listestatus, Niva};
use hendelse::Tenant;
use runtime::{Omgivelse, Stopp};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// A school.
#[derive(Debug)]
pub(crate) struct Skole {
    pub navn: String,
    pub orgnr: Option<String>,
}

/// The schools that have been asked about. Emptied once a day, so that a new name comes through.
#[derive(Debug, Default)]
pub(crate) struct Skolebok(HashMap<Listenokkel, Arc<Skole>>);

impl Skolebok {
    pub(crate) fn tom(&mut self) {
        self.0.clear();
    }

    /// Something was told of a list: it may have come, and its name with it.
    pub(crate) fn glem(&mut self, nokkel: &Listenokkel) {
        self.0.remove(nokkel);
    }

    /// The school of a list; of one without a list, what its number says.
    pub(crate) async fn av(&mut self, om: &Omgivelse, nokkel: &Listenokkel) -> Result<Arc<Skole>, Stopp> {
        if let Some(skole) = self.0.get(nokkel) {
            return Ok(skole.clone());
        }
        let i_kodeverket = nokkel.skolenr.parse().ok().and_then(kodeverk::vigoskole);
        let orgnr = i_kodeverket.map(|skole| skole.organisasjonsnummer.to_string());
        let skole = Arc::new(match runtime::uten_skjermede(om, &mut ingen(nokkel)).await? {
            Some(skole) => Skole { navn: skole.navn, orgnr: skole.organisasjonsnummer.or(orgnr) },
            None => Skole { navn: format!("VIGO {}", nokkel.skolenr), orgnr },
        });
        self.0.insert(nokkel.clone(), skole.clone());
        Ok(skole)
    }
}

/// A status of which only the key is used.
fn ingen(nokkel: &Listenokkel) -> Listestatus {
    Listestatus {
        nokkel: nokkel.clone(),
        tenant: Tenant::felles().to_string(),
        status: elevliste::Skolestatus::Samles,
        siden: jiff::Timestamp::UNIX_EPOCH,
        kilde: 0,
        sendt: 0,
        holdt: 0,
        manuelt: 0,
        avvik: 0,
        apne: vec![],
        paminnet: vec![],
        kvittering: None,
    }
}

/// A list as a letter names it. Pupils are counted, once each, whose deviations bar the list; who they are stays here.
pub(crate) fn linje(skole: &Skole, status: &Listestatus) -> Skolelinje {
    let feil = status.apne.iter().filter(|apent| apent.avvik.niva == Niva::Feil);
    let elever: BTreeSet<_> = feil.filter_map(|apent| apent.elev).collect();
    let avvik = u32::try_from(elever.len()).unwrap_or(u32::MAX);
    Skolelinje { skole: skole.navn.clone(), status: status.status, kilde: status.kilde, avvik }
}

/// What of a round is worth a letter: when it changes, it is told again.
pub(crate) fn innhold(runde: &Innsamling) -> String {
    let Innsamling { stenger, instruks, kontakt, .. } = runde;
    let kontakt = kontakt.as_ref().map(|k| (&k.navn, &k.epost, &k.telefon));
    let tekst = serde_json::to_string(&(stenger, instruks, kontakt));
    crate::stand::digest(&[&tekst.expect("texts and times always have a json form")])
}
