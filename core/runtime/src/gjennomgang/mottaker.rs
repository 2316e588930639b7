//! What was sent, and what the receiver has of it.

use super::{Grunnlag, Spurt};
use crate::hovedbok::{Listesak, SakFeil};
use crate::tidsreise;
use crate::trinn::Omgivelse;
use elevliste::Handling;
use flow::Sink;
use liste::Mengde;
use std::collections::{BTreeSet, HashMap};

pub(super) struct Mottatt {
    pub sendt: Option<Mengde>,
    pub sendt_hos_mottaker: Option<Mengde>,
    pub mottaker: Option<Mengde>,
    pub spurt: Spurt,
}

pub(super) async fn les(om: &Omgivelse, grunnlag: &Grunnlag, sak: &Listesak) -> Result<Mottatt, SakFeil> {
    let godtatt = liste::godtatt(&sak.poster);
    let mut ut = Mottatt {
        sendt: godtatt.as_ref().map(|g| g.linjer.iter().collect()),
        sendt_hos_mottaker: None,
        mottaker: None,
        spurt: Spurt::KanIkkeSporres,
    };
    let fylke = sak.liste.nokkel.fylke;
    let Some(sink) = grunnlag.mottakere.get(&fylke).filter(|sink| sink.egenskaper().tilbakelesing) else {
        return Ok(ut);
    };
    let innhold = match sink.les(&sak.liste.skole, sak.liste.nokkel.skolear).await {
        Ok(innhold) => innhold,
        Err(feil) => {
            tracing::warn!(liste = %sak.liste.nokkel, error = %feil, "the receiver could not be asked");
            ut.spurt = Spurt::SvarteIkke;
            return Ok(ut);
        }
    };
    ut.spurt = Spurt::Svarte;
    ut.mottaker = Some(innhold.map(|i| i.linjer.into_iter().collect()).unwrap_or_default());
    let Some(godtatt) = godtatt else {
        ut.sendt_hos_mottaker = Some(Mengde::default());
        return Ok(ut);
    };
    // The ledger has fingerprints only; the lines that they are of stand in a version of the list.
    let digester = digester(om, grunnlag, sak, godtatt.segl, &**sink).await?;
    let linjer: Option<Vec<_>> =
        godtatt.linjer.iter().map(|linje| Some((linje.elev, digester.get(linje.avtrykk.as_str())?.clone()))).collect();
    match linjer {
        Some(linjer) => ut.sendt_hos_mottaker = Some(linjer.into_iter().collect()),
        None => (ut.spurt, ut.mottaker) = (Spurt::UtenGrunnlag, None),
    }
    Ok(ut)
}

/// The receiver's digest of every line that the ledger has sealed, by our fingerprint of the line.
async fn digester(
    om: &Omgivelse,
    grunnlag: &Grunnlag,
    sak: &Listesak,
    segl: &str,
    sink: &dyn Sink,
) -> Result<HashMap<String, String>, SakFeil> {
    // An update may keep lines of earlier versions: pupils that are held back stay as they were accepted.
    let tidligere = sak.poster.iter().rev().filter_map(|post| match &post.handling {
        Handling::Intensjon { segl, .. } => Some(segl.as_str()),
        _ => None,
    });
    let mut ut = HashMap::new();
    for segl in std::iter::once(segl).chain(tidligere).collect::<BTreeSet<_>>() {
        let Some(forseglet) = tidsreise::versjon_med_segl(om, &grunnlag.rundt, sak, segl).await? else { continue };
        let bilde = forseglet.bilde;
        for (linje, avtrykk) in bilde.sendbare.iter().zip(&bilde.avtrykk) {
            if let Some(digest) = sink.linjeavtrykk(linje) {
                ut.entry(avtrykk.avtrykk.clone()).or_insert(digest);
            }
        }
    }
    Ok(ut)
}
