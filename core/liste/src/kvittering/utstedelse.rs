//! Making receipts: for a list when it is accepted, for a pupil whenever somebody asks.

use super::form::{
    ALG, ELEV, Elev, Elevkvittering, LISTE, Listekvittering, Mottakersvar, Skole, Utfallsord, VERSJON, avklaring,
    kanonisk,
};
use super::nokkel::Signerer;
use super::tre::{Tre, salt};
use super::verifisering::{Bevisfeil, les};
use crate::form;
use elevliste::{Aktor, Avklaring, Elevlinje, Elevliste, Linjeavtrykk, Merknad};
use hendelse::Tenantnokkel;
use jiff::Timestamp;
use uuid::Uuid;

/// What a receiver answered, or what was found out about it later.
#[derive(Debug, Clone, Copy)]
pub struct Svar<'a> {
    /// The receiver's id of the submission.
    pub kvittering: Option<&'a str>,
    /// The receiver's remarks. A receipt says how many they are.
    pub merknader: &'a [Merknad],
    /// None where the receiver answered the delivery; otherwise how it was found out that it has the list.
    pub avklart: Option<Avklaring>,
}

/// What a list receipt is issued for.
#[derive(Debug, Clone, Copy)]
pub struct Grunnlag<'a> {
    /// The list as it was sealed.
    pub liste: &'a Elevliste,
    /// The lines that would be sent then, in order: for an update the whole list too.
    pub linjer: &'a [Elevlinje],
    /// The fingerprints of the intent: of these lines, and then of those whom the receiver keeps as it has them.
    pub avtrykk: &'a [Linjeavtrykk],
    /// The seal of what was sent.
    pub segl: &'a str,
    /// The key of the tenant whose list it is.
    pub nokkel: &'a Tenantnokkel,
    /// The receiver.
    pub mottaker: &'a str,
    /// Whether only changes were sent.
    pub oppdatering: bool,
    /// Who approved what was sent.
    pub godkjent_av: &'a Aktor,
    /// What the receiver answered.
    pub svar: Svar<'a>,
    /// When it was accepted.
    pub tidspunkt: Timestamp,
}

/// Why no receipt is issued. Holds no personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Utstedelsesfeil {
    /// There is nobody on the list.
    #[error("a receipt is for at least one pupil")]
    Tom,
    /// The lines are not those that were sealed.
    #[error("the lines are not those that were sealed: a receipt for them would be false")]
    AnnetSegl,
}

/// Why no receipt can be made for a pupil. Holds no personal data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Elevbevisfeil {
    /// The list receipt cannot be read.
    #[error("the receipt of the list: {0}")]
    Bevis(#[from] Bevisfeil),
    /// The lines are not those that the list receipt is for.
    #[error("the lines are not those that the receipt of the list is for")]
    AndreLinjer,
    /// An update left the pupil as the receiver had him.
    #[error("the pupil was not part of this update: an earlier receipt is for the pupil")]
    Uendret,
    /// The pupil is not on the list.
    #[error("the pupil was not on the list that the receipt is for")]
    IkkePaListen,
}

/// Issues the receipt of a list: canonical JSON, to be kept and handed out as it is.
pub fn utsted(grunnlag: &Grunnlag<'_>, signerer: &Signerer) -> Result<String, Utstedelsesfeil> {
    let Grunnlag { liste, linjer, avtrykk, segl, nokkel, svar, .. } = *grunnlag;
    let antall = antall(avtrykk).filter(|antall| *antall > 0).ok_or(Utstedelsesfeil::Tom)?;
    let uendret = uendret(linjer, avtrykk, nokkel).ok_or(Utstedelsesfeil::AnnetSegl)?;
    if form::segl(liste, avtrykk) != segl {
        return Err(Utstedelsesfeil::AnnetSegl);
    }
    let (kid, utsteder) = signerer.hvem();
    let utfall = if svar.merknader.is_empty() { Utfallsord::Mottatt } else { Utfallsord::MottattMedAdvarsler };
    let mut kvittering = Listekvittering {
        alg: ALG.to_owned(),
        antall,
        godkjent_av: grunnlag.godkjent_av.into(),
        kid,
        liste: liste.nokkel.clone(),
        mottaker: grunnlag.mottaker.to_owned(),
        oppdatering: grunnlag.oppdatering,
        rot: Tre::over(linjer, uendret, nokkel, segl).rot(),
        segl: segl.to_owned(),
        signatur: None,
        skole: Skole {
            navn: liste.skole.navn.clone(),
            organisasjonsnummer: liste.skole.organisasjonsnummer.clone(),
            skolenr: liste.skole.skolenr.clone(),
        },
        slag: LISTE.to_owned(),
        svar: Mottakersvar {
            avklart: svar.avklart.map(|hvordan| avklaring(hvordan).to_owned()),
            kvittering: svar.kvittering.map(str::to_owned),
            merknader: u32::try_from(svar.merknader.len()).unwrap_or(u32::MAX),
            utfall,
        },
        tidspunkt: grunnlag.tidspunkt,
        utsteder: utsteder.clone(),
        versjon: VERSJON,
    };
    kvittering.signatur = Some(signerer.signer(&kanonisk(&kvittering)));
    Ok(tekst(&kvittering))
}

/// Makes the receipt of one pupil, from the list's receipt and what it is for: see [`Grunnlag`]. The content of a file.
///
/// # Errors
/// Where the pupil is not on the list, or the lines are not those that were sent.
pub fn for_elev(
    bevis: &str,
    (linjer, avtrykk): (&[Elevlinje], &[Linjeavtrykk]),
    nokkel: &Tenantnokkel,
    elev: Uuid,
) -> Result<String, Elevbevisfeil> {
    let liste: Listekvittering = les(bevis.as_bytes())?;
    let uendret = uendret(linjer, avtrykk, nokkel).ok_or(Elevbevisfeil::AndreLinjer)?;
    let tre = Tre::over(linjer, uendret, nokkel, &liste.segl);
    if antall(avtrykk) != Some(liste.antall) || tre.rot() != liste.rot {
        return Err(Elevbevisfeil::AndreLinjer);
    }
    let Some((plass, linje)) = (0..).zip(linjer).find(|(_, linje)| linje.elev == elev) else {
        let som_for = uendret.iter().any(|linje| linje.elev == elev);
        return Err(if som_for { Elevbevisfeil::Uendret } else { Elevbevisfeil::IkkePaListen });
    };
    Ok(tekst(&Elevkvittering {
        bevis: tre.bevis(plass),
        elev: Elev::from(linje),
        linje: u32::try_from(plass + 1).map_err(|_| Elevbevisfeil::AndreLinjer)?,
        salt: salt(nokkel, &liste.segl, elev),
        liste,
        slag: ELEV.to_owned(),
        versjon: VERSJON,
    }))
}

fn antall(avtrykk: &[Linjeavtrykk]) -> Option<u32> {
    u32::try_from(avtrykk.len()).ok()
}

/// The fingerprints after those of the lines. None where the first ones are not theirs.
fn uendret<'a>(linjer: &[Elevlinje], avtrykk: &'a [Linjeavtrykk], nokkel: &Tenantnokkel) -> Option<&'a [Linjeavtrykk]> {
    let (deres, uendret) = avtrykk.split_at_checked(linjer.len())?;
    linjer.iter().zip(deres).all(|(linje, deres)| form::avtrykk(linje, nokkel) == *deres).then_some(uendret)
}

fn tekst<T: serde::Serialize>(kvittering: &T) -> String {
    String::from_utf8(kanonisk(kvittering)).expect("JSON is UTF-8")
}
