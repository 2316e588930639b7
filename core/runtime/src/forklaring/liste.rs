//! The pupil on one list: the line that was sent or stands, what is wrong with it, and what was done.

use super::felter::{Grunnlag, merk_endrede};
use super::hendelser;
use super::mappe::{Arkiv, Mappe};
use crate::hovedbok::{Listesak, SakFeil};
use crate::{Sammenheng, tidsreise};
use elevliste::{Avvik, Elevlinje, Handling, Innsendingspost, Skolereferanse, Utfall};
use jiff::Timestamp;
use liste::forklaring::{Gjelder, Hendelse, Listedel, Plassert, Regelspor, handlinger};
use liste::{Plassering, effektiv, plassering_tekst, regel};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A line as it was sent and accepted.
struct Sendt {
    linje: Elevlinje,
    skole: Skolereferanse,
    nar: Timestamp,
    /// How much of the ledger there was.
    plass: usize,
    gjelder: Gjelder,
}

/// The pupil on a list, and what has changed about the class.
pub(super) async fn forklar(
    arkiv: &mut Arkiv<'_>,
    rundt: &Sammenheng,
    mappe: &Mappe,
    sak: &Listesak,
    vis: bool,
) -> Result<(Listedel, Vec<Hendelse>), SakFeil> {
    let na = arkiv.om.clock.now();
    let bilde = rundt.bilde(sak, na)?;
    let nokkel = &sak.liste.nokkel;
    let mottaker = rundt.mottaker(nokkel.fylke);
    let gjeldende = effektiv(&sak.liste, &sak.poster, mottaker.politikk, &mottaker.regler);
    let plass = gjeldende.linjer.iter().position(|linje| mappe.elever.contains(&linje.elev));
    let linje_na = plass.map(|plass| gjeldende.linjer[plass].clone());
    let sett = plass.and_then(|plass| bilde.plasseringer.iter().find(|p| p.linje == plass));
    let sendt = sendt(arkiv, rundt, sak, &mappe.elever).await?;

    let kilder: BTreeSet<_> = mappe.brukere.iter().map(|bruker| bruker.kilde.clone()).collect();
    let forklart = match (&sendt, &linje_na) {
        (Some(sendt), _) => Some((&sendt.linje, &sendt.skole, sendt.nar, sendt.plass)),
        (None, Some(linje)) => Some((linje, &sak.liste.skole, na, sak.poster.len())),
        (None, None) => None,
    };
    let (mut felter, mut klassens) = (vec![], vec![]);
    if let Some((linje, skole, ved, plass)) = forklart {
        let klassegang = match &linje.opphav {
            Some(opphav) => arkiv.klassegang(opphav, &kilder).await?,
            None => Default::default(),
        };
        klassens = hendelser::av_klasse(&klassegang);
        let vigoskoler = arkiv.vigoskole(&skole.skolenr).await?;
        let poster = &sak.poster[..plass];
        let grunnlag = Grunnlag { mappe, klassegang: &klassegang, vigoskoler: &vigoskoler, poster, ved, vis };
        felter = grunnlag.felter(linje, skole);
    }
    if let Some(sendt) = &sendt {
        merk_endrede(&mut felter, &sendt.linje, linje_na.as_ref());
    }
    let ettermeldinger = bilde.ettermeldinger.iter().filter(|melding| mappe.elever.contains(&melding.elev));
    let del = Listedel {
        liste: nokkel.clone(),
        skole: sak.liste.skole.navn.clone(),
        status: bilde.status,
        plassering: sett.map(|sett| plassert(&sett.plassering)),
        gjelder: match (sendt, linje_na) {
            (Some(sendt), _) => sendt.gjelder,
            (None, Some(_)) => Gjelder::Na,
            (None, None) => Gjelder::Ingen,
        },
        felter,
        regler: sett.iter().flat_map(|sett| &sett.avvik).map(regelspor).collect(),
        handlinger: handlinger(&sak.poster, &mappe.elever),
        ettermeldinger: ettermeldinger.cloned().collect(),
    };
    Ok((del, klassens))
}

/// The pupil's line in the newest accepted version that it was really sent in.
async fn sendt(
    arkiv: &Arkiv<'_>,
    rundt: &Sammenheng,
    sak: &Listesak,
    elever: &BTreeSet<Uuid>,
) -> Result<Option<Sendt>, SakFeil> {
    for (plass, segl, kvittering) in godtatte(&sak.poster, elever).into_iter().rev() {
        // The seal as it was used there: the ledger is looked at up to the attempt.
        let da = Listesak { poster: sak.poster[..=plass].to_vec(), ..sak.clone() };
        let Some(forseglet) = tidsreise::versjon_med_segl(arkiv.om, rundt, &da, segl).await? else { continue };
        let linje = forseglet.bilde.sendbare.iter().find(|linje| elever.contains(&linje.elev));
        let (Some(linje), Some(liste)) = (linje, &forseglet.versjon.liste) else { continue };
        let nar = sak.poster[plass].tidspunkt;
        return Ok(Some(Sendt {
            linje: linje.clone(),
            skole: liste.skole.clone(),
            nar,
            plass,
            gjelder: Gjelder::Sendt { nar, segl: segl.to_owned(), kvittering },
        }));
    }
    Ok(None)
}

/// The accepted attempts that hold the pupil: place in the ledger, seal, and the receiver's id.
fn godtatte<'a>(poster: &'a [Innsendingspost], elever: &BTreeSet<Uuid>) -> Vec<(usize, &'a str, Option<String>)> {
    let mut ut: Vec<(usize, &str, Option<String>)> = Vec::new();
    let mut forsok: Vec<(usize, &str, bool)> = Vec::new();
    for (plass, post) in poster.iter().enumerate() {
        let (segl, kvittering) = match &post.handling {
            Handling::Intensjon { segl, linjer, .. } => {
                forsok.push((plass, segl, linjer.iter().any(|linje| elever.contains(&linje.elev))));
                continue;
            }
            Handling::Svar { segl, utfall: Utfall::Mottatt | Utfall::MottattMedAdvarsler, kvittering, .. }
            | Handling::Avklart { segl, mottatt: true, kvittering, .. } => (segl, kvittering),
            _ => continue,
        };
        if let Some((plass, segl, true)) = forsok.iter().rev().find(|(_, s, _)| s == segl).copied() {
            ut.push((plass, segl, kvittering.clone()));
        }
    }
    ut
}

fn plassert(plassering: &Plassering) -> Plassert {
    let tekst = plassering_tekst(plassering);
    let grunn = match plassering {
        Plassering::Holdt { grunn } | Plassering::Manuelt { grunn } => Some(grunn.clone()),
        _ => None,
    };
    let [nb, nn, en] = [tekst.nb, tekst.nn, tekst.en].map(str::to_owned);
    Plassert { plassering: plassering.clone(), nb, nn, en, grunn }
}

fn regelspor(avvik: &Avvik) -> Regelspor {
    let (tittel, hva) = regel(&avvik.regel).map_or((UKJENT, UKJENT), |regel| (regel.tittel, regel.hva));
    Regelspor {
        id: avvik.regel.clone(),
        niva: avvik.niva,
        detalj: avvik.detalj.clone(),
        nb: [tittel.nb, hva.nb],
        nn: [tittel.nn, hva.nn],
        en: [tittel.en, hva.en],
    }
}

/// Of a rule that a newer program knows.
const UKJENT: liste::Tekst = liste::Tekst {
    nb: "Denne versjonen kjenner ikke regelen",
    nn: "Denne versjonen kjenner ikkje regelen",
    en: "This version does not know the rule",
};
