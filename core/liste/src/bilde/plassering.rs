//! Where each pupil is.

use super::{ettermelding, har_feil};
use crate::hovedbok::{Forsok, Hovedbok, Valg};
use crate::regler;
use elevliste::{
    Avstemmingslinje, Avvik, Elevliste, Ettermelding, Ettermeldingstilstand, Linjeavtrykk, Niva, Skolestatus, Utfall,
};
use std::collections::HashMap;
use uuid::Uuid;

/// Where a pupil is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plassering {
    /// The receiver has accepted the pupil as the line stands now.
    Sendt,
    /// Held back by somebody.
    Holdt {
        /// Why.
        grunn: String,
    },
    /// Routed to the intake office by hand, or the office has taken what changed after acceptance.
    Manuelt {
        /// Why.
        grunn: String,
    },
    /// Something about the pupil stands in the way, or came too late.
    Avvik,
    /// Nothing stands in the way; the list, or this change of it, is not delivered.
    Klar,
}

/// One line of the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linjebilde {
    /// Index in the list's lines, from 0.
    pub linje: usize,
    /// Where the pupil is.
    pub plassering: Plassering,
    /// Deviations by our rules, and the receiver's remarks as long as the line is what they were made about.
    pub avvik: Vec<Avvik>,
}

pub(super) fn plasser<'a>(
    liste: &Elevliste,
    avtrykk: &'a [Linjeavtrykk],
    bok: &Hovedbok<'a>,
    ettermeldinger: &[Ettermelding],
) -> Vec<Linjebilde> {
    let mut godtatt = sikkert_godtatte(bok);
    let merknader = bok.besvart().map(merknader).unwrap_or_default();
    let meldt: HashMap<Uuid, &Ettermelding> = ettermeldinger.iter().map(|melding| (melding.elev, melding)).collect();
    let mut plasser = |linje: usize| {
        let (innhold, avtrykk) = (&liste.linjer[linje], &avtrykk[linje]);
        let (elev, nokkel) = (avtrykk.elev, (avtrykk.elev, avtrykk.avtrykk.as_str()));
        let mut avvik = innhold.avvik.clone();
        avvik.extend(merknader.get(&nokkel).into_iter().flatten().cloned());
        let tatt = godtatt.get_mut(&nokkel).filter(|antall| **antall > 0).map(|antall| *antall -= 1).is_some();
        // The office has been told that the pupil is another than the receiver has.
        let sendt = tatt && bok.meldinger.siste(elev).is_none();
        let plassering = match (bok.valg.get(&elev), meldt.get(&elev)) {
            _ if sendt => Plassering::Sendt,
            (Some(Valg::Holdt(grunn)), _) => Plassering::Holdt { grunn: (*grunn).to_owned() },
            (Some(Valg::Manuelt(grunn)), _) => Plassering::Manuelt { grunn: (*grunn).to_owned() },
            (None, Some(melding)) if melding.tilstand == Ettermeldingstilstand::Godtatt => {
                Plassering::Manuelt { grunn: bok.meldinger.svar(melding.id).unwrap_or_default().to_owned() }
            }
            (None, Some(melding)) => {
                avvik.push(ettermelding::avvik(melding.tilstand));
                Plassering::Avvik
            }
            (None, None) if har_feil(&avvik) => Plassering::Avvik,
            (None, None) => Plassering::Klar,
        };
        Linjebilde { linje, plassering, avvik }
    };
    (0..avtrykk.len()).map(&mut plasser).collect()
}

type Linjenokkel<'a> = (Uuid, &'a str);

fn antall<'a>(linjer: impl IntoIterator<Item = &'a Linjeavtrykk>) -> HashMap<Linjenokkel<'a>, usize> {
    let mut antall = HashMap::new();
    for linje in linjer {
        *antall.entry((linje.elev, linje.avtrykk.as_str())).or_default() += 1;
    }
    antall
}

/// How often the receiver has each line for certain: accepted, and the same in any update that it may have taken since.
fn sikkert_godtatte<'a>(bok: &Hovedbok<'a>) -> HashMap<Linjenokkel<'a>, usize> {
    let mut godtatt = antall(bok.mottatt().into_iter().flat_map(Forsok::tatt));
    for forsok in bok.forsokene().iter().filter(|forsok| forsok.svar.is_none() || bok.er_uvisst(forsok)) {
        if forsok.utfall() == Some(&Utfall::AlleredeLevert) {
            return HashMap::new();
        }
        let kanskje = antall(forsok.linjer);
        for (nokkel, antall) in &mut godtatt {
            *antall = (*antall).min(kanskje.get(nokkel).copied().unwrap_or_default());
        }
    }
    godtatt
}

/// The receiver's remarks, by the line they were made about.
fn merknader<'a>(forsok: &Forsok<'a>) -> HashMap<Linjenokkel<'a>, Vec<Avvik>> {
    let mut ved: HashMap<_, Vec<Avvik>> = HashMap::new();
    for merknad in forsok.svar.map_or(&[][..], |s| s.merknader) {
        let plass = usize::try_from(merknad.linje).ok().and_then(|n| n.checked_sub(1));
        let Some(linje) = plass.and_then(|plass| forsok.linjer.get(plass)) else { continue };
        let mut avvik = regler::for_merknad(&merknad.kode).brudd(Some(&merknad.kode));
        avvik.niva = if merknad.feil { Niva::Feil } else { Niva::Advarsel };
        let avvikene = ved.entry((linje.elev, linje.avtrykk.as_str())).or_default();
        if !avvikene.contains(&avvik) {
            avvikene.push(avvik);
        }
    }
    ved
}

pub(super) fn avstemming(liste: &Elevliste, plasseringer: &[Linjebilde], status: Skolestatus) -> Avstemmingslinje {
    let skjermede = u32::try_from(liste.skjermede.len()).expect("a school has fewer than four billion pupils");
    let mut linje = Avstemmingslinje {
        skolenr: liste.nokkel.skolenr.clone(),
        kilde: skjermede,
        sendt: 0,
        holdt: 0,
        manuelt: skjermede,
        avvik: 0,
        status,
    };
    for plassert in plasseringer {
        linje.kilde += 1;
        *match plassert.plassering {
            Plassering::Sendt => &mut linje.sendt,
            Plassering::Holdt { .. } => &mut linje.holdt,
            Plassering::Manuelt { .. } => &mut linje.manuelt,
            Plassering::Avvik | Plassering::Klar => &mut linje.avvik,
        } += 1;
    }
    linje
}
