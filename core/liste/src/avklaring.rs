//! Finding out what became of an attempt, as far as a machine can: by what the receiver has, or by the ledger.
//!
//! Nothing here guesses. Where it cannot be known, a person finds out.

use crate::hovedbok::{Forsok, Hovedbok, ved_elev};
use elevliste::{Avklaring, Egenskaper, Handling, Innsendingspost, Linjeavtrykk, Utfall};
use std::collections::BTreeMap;
use uuid::Uuid;

/// An attempt that must be found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UavklartForsok<'a> {
    /// Its seal.
    pub segl: &'a str,
    /// What the receiver has if it has accepted it.
    pub linjer: &'a [Linjeavtrykk],
    /// Whether it was an update.
    pub oppdatering: bool,
    /// What names it at the receiver.
    pub idempotens: Option<&'a str>,
}

/// What a receiver was found to have, in its own digests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tilbakelest<'a> {
    /// Its id of the last accepted submission.
    pub id: Option<&'a str>,
    /// Its tag of this version.
    pub etag: Option<&'a str>,
    /// Every pupil, and its digest of the pupil's line.
    pub linjer: &'a [(Uuid, String)],
}

/// The attempt of which nobody knows what it has come to.
pub fn uavklart_forsok(poster: &[Innsendingspost]) -> Option<UavklartForsok<'_>> {
    let bok = Hovedbok::les(poster);
    let forsok = bok.uvisst()?;
    Some(UavklartForsok {
        segl: forsok.segl,
        linjer: forsok.linjer,
        oppdatering: forsok.oppdatering,
        idempotens: forsok.idempotens,
    })
}

/// How often in a row this list was sent, and found not to have arrived when the receiver was asked.
pub fn ganger_borte(poster: &[Innsendingspost]) -> u32 {
    let mut ganger = 0;
    for post in poster.iter().rev() {
        match &post.handling {
            Handling::Avklart { mottatt: false, hvordan: Avklaring::Tilbakelest, .. } => ganger += 1,
            Handling::Intensjon { .. } | Handling::Svar { utfall: Utfall::Uavklart | Utfall::IkkeSendt, .. } => {}
            _ => break,
        }
    }
    ganger
}

/// What to write when the receiver has answered that it has a list already.
///
/// It is ours if exactly one earlier attempt of ours can be it, that attempt was the same list, and nobody else delivers.
pub fn avklar_svar(poster: &[Innsendingspost], mottaker: &Egenskaper) -> Option<Handling> {
    let bok = Hovedbok::les(poster);
    let forsok = bok.uvisst().filter(|f| f.utfall() == Some(&Utfall::AlleredeLevert) && !f.var_ukjent)?;
    let mut tvilsomme = bok.tvilsomme();
    let eneste = tvilsomme.next().filter(|f| f.segl == forsok.segl && f.linjer == forsok.linjer)?;
    if tvilsomme.next().is_some() || !mottaker.eneste_avsender {
        return None;
    }
    let grunn = "the receiver has a list; one earlier attempt of ours had an unknown outcome, and it was this list";
    Some(avklart(eneste, true, Avklaring::Sammenlignet, grunn, None))
}

/// What to write when the receiver has been asked what it has; none where that does not tell.
///
/// `sendt` is what the receiver would call the lines of the attempt, as they were sent. Those that the receiver had
/// before, and were not to be changed, may be left out of it: of them it is enough that they are there.
pub fn avklar_tilbakelest(
    poster: &[Innsendingspost],
    mottaker: &Egenskaper,
    sendt: &[(Uuid, String)],
    mottatt: Option<Tilbakelest<'_>>,
) -> Option<Handling> {
    let bok = Hovedbok::les(poster);
    let forsok = bok.uvisst().filter(|f| f.utfall() == Some(&Utfall::Uavklart))?;
    let etag_da = bok.mottatt().and_then(|f| f.svar?.etag);
    let ikke = |grunn| {
        // A request that is still under way may arrive yet: only its key makes that harmless.
        mottaker.idempotent.then(|| avklart(forsok, false, Avklaring::Tilbakelest, grunn, mottatt))
    };
    let Some(har) = mottatt else {
        return match bok.mottatt() {
            None => ikke("the receiver was asked, and has no list"),
            Some(_) => Some(noe_annet(forsok)),
        };
    };
    if etag_da.is_some() && har.etag == etag_da {
        return ikke("the receiver was asked, and has the version before");
    }
    if !dekker(forsok, bok.mottatt(), sendt) {
        return None;
    }
    if er_sendt(forsok, sendt, har.linjer) {
        let grunn = "the receiver was asked, and has what was sent";
        return Some(avklart(forsok, true, Avklaring::Tilbakelest, grunn, mottatt));
    }
    Some(noe_annet(forsok))
}

/// Whether every line that was to change anything is among `sendt`.
fn dekker(forsok: &Forsok<'_>, forrige: Option<&Forsok<'_>>, sendt: &[(Uuid, String)]) -> bool {
    let forrige = forrige.map(|f| ved_elev(f.tatt())).unwrap_or_default();
    let sendt = antall(sendt.iter().map(|(elev, _)| elev));
    let na = ved_elev(forsok.linjer);
    let skulle = na.iter().filter(|(elev, linjer)| forrige.get(elev) != Some(linjer));
    skulle.into_iter().all(|(elev, linjer)| sendt.get(elev) == Some(&linjer.len()))
}

/// Whether the receiver has the pupils of the attempt, and the lines of `sendt`.
fn er_sendt(forsok: &Forsok<'_>, sendt: &[(Uuid, String)], har: &[(Uuid, String)]) -> bool {
    let hos = antall(har);
    antall(har.iter().map(|(elev, _)| elev)) == antall(forsok.linjer.iter().map(|linje| &linje.elev))
        && antall(sendt).into_iter().all(|(linje, antall)| hos.get(linje).is_some_and(|hos| *hos >= antall))
}

fn antall<T: Ord>(ting: impl IntoIterator<Item = T>) -> BTreeMap<T, usize> {
    let mut antall = BTreeMap::new();
    for t in ting {
        *antall.entry(t).or_default() += 1;
    }
    antall
}

/// The receiver has something that this attempt did not send: a fact for the ledger, and a task for a person.
fn noe_annet(forsok: &Forsok<'_>) -> Handling {
    Handling::Svar {
        segl: forsok.segl.to_owned(),
        utfall: Utfall::AlleredeLevert,
        kvittering: None,
        merknader: Vec::new(),
        forklaring: Some("the receiver was asked, and has something else than what was sent".to_owned()),
        etag: None,
        bevis: None,
    }
}

fn avklart(
    forsok: &Forsok<'_>,
    mottatt: bool,
    hvordan: Avklaring,
    grunn: &str,
    har: Option<Tilbakelest<'_>>,
) -> Handling {
    let har = har.filter(|_| mottatt);
    Handling::Avklart {
        segl: forsok.segl.to_owned(),
        mottatt,
        hvordan,
        grunn: grunn.to_owned(),
        kvittering: har.and_then(|har| har.id).map(str::to_owned),
        etag: har.and_then(|har| har.etag).map(str::to_owned),
        bevis: None,
    }
}
