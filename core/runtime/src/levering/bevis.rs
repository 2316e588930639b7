//! The receipt of an acceptance, made together with the entry that says so.

use crate::hovedbok::{Listesak, SakFeil};
use crate::trinn::Omgivelse;
use crate::{Sammenheng, tidsreise};
use elevliste::{Avklaring, Elevlinje, Elevliste, Handling, Innsendingspost, Linjeavtrykk, Utfall};
use liste::kvittering::{Grunnlag, Svar, utsted};

/// Puts the receipt into an entry that says that the receiver has a list, where this process signs receipts. Anything else
/// is left as it is. An acceptance is written with or without its receipt.
pub async fn med_bevis(
    om: &Omgivelse,
    rundt: &Sammenheng,
    sak: &Listesak,
    handling: Handling,
) -> Result<Handling, SakFeil> {
    let segl = match &handling {
        Handling::Svar { segl, utfall: Utfall::Mottatt | Utfall::MottattMedAdvarsler, .. }
        | Handling::Avklart { segl, mottatt: true, .. } => segl.clone(),
        _ => return Ok(handling),
    };
    if rundt.signerer.is_none() {
        return Ok(handling);
    }
    let Some(forseglet) = tidsreise::versjon_med_segl(om, rundt, sak, &segl).await? else {
        tracing::error!(liste = %sak.liste.nokkel, "no version of the list has the seal that was accepted; no receipt");
        return Ok(handling);
    };
    let liste = forseglet.versjon.liste.as_ref().unwrap_or(&sak.liste);
    Ok(legg_ved(om, rundt, sak, (liste, &forseglet.bilde.sendbare), handling))
}

/// The same, of lines that are at hand.
pub(super) fn legg_ved(
    om: &Omgivelse,
    rundt: &Sammenheng,
    sak: &Listesak,
    (liste, linjer): (&Elevliste, &[Elevlinje]),
    mut handling: Handling,
) -> Handling {
    let bevis = utstedt(om, rundt, sak, (liste, linjer), &handling);
    if let Handling::Svar { bevis: plass, .. } | Handling::Avklart { bevis: plass, .. } = &mut handling {
        *plass = bevis;
    }
    handling
}

fn utstedt(
    om: &Omgivelse,
    rundt: &Sammenheng,
    sak: &Listesak,
    (liste, linjer): (&Elevliste, &[Elevlinje]),
    handling: &Handling,
) -> Option<String> {
    let signerer = rundt.signerer.as_deref()?;
    let (segl, svar) = mottak(handling)?;
    let plass = sak.poster.iter().rposition(|p| intensjon(p).is_some_and(|(s, ..)| s == segl))?;
    let (_, mottaker, oppdatering, avtrykk) = intensjon(&sak.poster[plass])?;
    let godkjent = |p: &&Innsendingspost| matches!(&p.handling, Handling::Godkjent { segl: s } if s == segl);
    let grunnlag = Grunnlag {
        liste,
        linjer,
        avtrykk,
        segl,
        nokkel: rundt.nokkel(sak).ok()?,
        mottaker,
        oppdatering,
        godkjent_av: &sak.poster[..plass].iter().rev().find(godkjent)?.av,
        svar,
        tidspunkt: om.clock.now(),
    };
    utsted(&grunnlag, signerer)
        .inspect_err(|feil| tracing::error!(liste = %liste.nokkel, error = %feil, "no receipt was issued"))
        .ok()
}

/// The seal, and the receiver's word, of an entry that says that it has the list.
fn mottak(handling: &Handling) -> Option<(&str, Svar<'_>)> {
    let svar = |kvittering, merknader, avklart: Option<Avklaring>| Svar { kvittering, merknader, avklart };
    match handling {
        Handling::Svar {
            segl, utfall: Utfall::Mottatt | Utfall::MottattMedAdvarsler, kvittering, merknader, ..
        } => Some((segl, svar(kvittering.as_deref(), merknader, None))),
        Handling::Avklart { segl, mottatt: true, hvordan, kvittering, .. } => {
            Some((segl, svar(kvittering.as_deref(), &[], Some(*hvordan))))
        }
        _ => None,
    }
}

fn intensjon(post: &Innsendingspost) -> Option<(&str, &str, bool, &[Linjeavtrykk])> {
    match &post.handling {
        Handling::Intensjon { segl, mottaker, oppdatering, linjer, .. } => Some((segl, mottaker, *oppdatering, linjer)),
        _ => None,
    }
}
