//! Time travel: a list, its ledger and its round as they were known at a moment.
//!
//! LISTE keeps every version of a list, so nothing is worked out anew: what comes back is what was stored then, byte for
//! byte. Only the one list's subjects are read, however many others there are.

use crate::hovedbok::{Listesak, SakFeil, alt, bok, les, sak};
use crate::melding::hode;
use crate::runder::Rundefeil;
use crate::trinn::Omgivelse;
use crate::{Sammenheng, Stopp};
use bus::{Record, Start};
use elevliste::{Elevliste, Handling, Innsamling, Innsamlingspost, Innsendingspost, Listenokkel};
use hendelse::{Emne, INNSAMLING, LISTE};
use jiff::Timestamp;
use liste::Listebilde;

/// One version of a list as it stands in LISTE.
#[derive(Debug, Clone)]
pub struct Listeversjon {
    /// The list; none where this version says that there is no list any more.
    pub liste: Option<Elevliste>,
    /// When it came to stand.
    pub tid: Timestamp,
    /// The record as it is stored: its sequence, and the very bytes.
    pub post: Record,
}

/// What a seal was made over.
#[derive(Debug, Clone)]
pub struct Forseglet {
    /// The version of the list.
    pub versjon: Listeversjon,
    /// The list as it was seen when the seal was used. What is sealed is its `sendbare`.
    pub bilde: Listebilde,
}

/// Every version of a list, the first one first. Empty where there never was such a list.
pub async fn versjoner(om: &Omgivelse, nokkel: &Listenokkel) -> Result<Vec<Listeversjon>, Stopp> {
    let mut ut = Vec::new();
    for post in alt(om, LISTE, Emne::Liste(nokkel.clone()).to_string(), Start::After(0)).await? {
        let liste = les(om, LISTE, &post).await?;
        ut.push(Listeversjon { liste, tid: tid(&post)?, post });
    }
    Ok(ut)
}

/// A list with its ledger and its round as they were at `ved`; none if there was no such list then.
///
/// What was written at that very moment is in. No act can be added to what comes back: the past is only looked at.
pub async fn hent_ved(om: &Omgivelse, nokkel: &Listenokkel, ved: Timestamp) -> Result<Option<Listesak>, SakFeil> {
    let poster =
        alt(om, LISTE, Emne::Liste(nokkel.clone()).to_string(), Start::After(0)).await.map_err(SakFeil::from)?;
    let mut da = None;
    for post in poster {
        if tid(&post)? <= ved {
            da = Some(post);
        }
    }
    let Some(post) = da else { return Ok(None) };
    let Some(liste) = les(om, LISTE, &post).await? else { return Ok(None) };
    let (mut poster, _) = bok(om, nokkel).await?;
    poster.truncate(frem_til(&poster, ved));
    let mut sak = Listesak { poster, sekvens: u64::MAX, ..sak(&post, liste) };
    sak.sett_runde(runde_ved(om, nokkel, ved).await?);
    Ok(Some(sak))
}

/// The round of a list as it was at `ved`, and since when.
pub async fn runde_ved(
    om: &Omgivelse,
    nokkel: &Listenokkel,
    ved: Timestamp,
) -> Result<Option<(Innsamling, Timestamp)>, Rundefeil> {
    let runde = nokkel.runde();
    let mut poster: Vec<Innsamlingspost> = Vec::new();
    for post in alt(om, INNSAMLING, Emne::Innsamling(runde).to_string(), Start::After(0)).await? {
        poster.extend(les(om, INNSAMLING, &post).await?);
    }
    Innsamlingspost::sjekk_kjede(&poster).map_err(|post| Rundefeil::Brutt { nokkel: runde, post })?;
    let da = poster.into_iter().rev().find(|post| post.tidspunkt <= ved);
    Ok(da.map(|post| (post.handling.runde, post.tidspunkt)).filter(|(runde, _)| runde.gjelder(nokkel)))
}

/// The version of a list that a seal in its ledger was made over, and the picture it was made of: the last act that used
/// the seal counts. None where the ledger of `sak` does not name it, or no version has it.
pub async fn versjon_med_segl(
    om: &Omgivelse,
    sammenheng: &Sammenheng,
    sak: &Listesak,
    segl: &str,
) -> Result<Option<Forseglet>, SakFeil> {
    let Some(plass) = sak.poster.iter().rposition(|post| forsegler(&post.handling, segl)) else { return Ok(None) };
    let ved = sak.poster[plass].tidspunkt;
    let nokkel = &sak.liste.nokkel;
    let runde = runde_ved(om, nokkel, ved).await?;
    let (da, senere): (Vec<_>, Vec<_>) = versjoner(om, nokkel).await?.into_iter().partition(|v| v.tid <= ved);
    // The list may have changed between being seen and being sealed; and the clocks of two machines may differ a little.
    for versjon in da.into_iter().rev().chain(senere) {
        let Some(liste) = versjon.liste.clone() else { continue };
        let mut sett = Listesak { poster: sak.poster[..plass].to_vec(), endret: versjon.tid, liste, ..sak.clone() };
        sett.sett_runde(runde.clone());
        let bilde = sammenheng.bilde(&sett, ved)?;
        if bilde.segl == segl {
            return Ok(Some(Forseglet { versjon, bilde }));
        }
    }
    Ok(None)
}

/// Whether this act was done upon a list with this seal.
fn forsegler(handling: &Handling, ventet: &str) -> bool {
    matches!(
        handling,
        Handling::Godkjent { segl } | Handling::Intensjon { segl, .. } | Handling::Eksportert { segl, .. } if segl == ventet
    )
}

/// How many of the entries had been written at `ved`. A ledger is a chain: what is before a known entry is known.
fn frem_til(poster: &[Innsendingspost], ved: Timestamp) -> usize {
    poster.iter().rposition(|post| post.tidspunkt <= ved).map_or(0, |siste| siste + 1)
}

fn tid(post: &Record) -> Result<Timestamp, Stopp> {
    let hode = hode(post).map_err(|feil| Stopp::Fremmed { stream: LISTE, sekvens: post.sequence, feil })?;
    Ok(hode.tid)
}
