//! Fictitious numbers that people have entered: issued by the intake office, never made here.
//!
//! One stands in the line of its pupil only while the source has no number that the receiver takes. As soon as the source
//! gets one, the source wins.

use crate::{Mottakerregler, hovedbok::Hovedbok, linje, regler::brudd};
use elevliste::{Elevlinje, Elevliste, Innsendingspost};
use identitet::{Art, Politikk, Skjermet, klassifiser};
use std::{borrow::Cow, collections::HashMap};
use uuid::Uuid;

/// The list as it would be sent and shown: with the numbers that were entered for those who have no other.
pub fn effektiv<'a>(
    liste: &'a Elevliste,
    poster: &[Innsendingspost],
    politikk: Politikk,
    regler: &Mottakerregler,
) -> Cow<'a, Elevliste> {
    med_fiktive(liste, &Hovedbok::les(poster).fiktive, politikk, regler)
}

pub(crate) fn med_fiktive<'a>(
    liste: &'a Elevliste,
    fiktive: &HashMap<Uuid, &Skjermet<String>>,
    politikk: Politikk,
    regler: &Mottakerregler,
) -> Cow<'a, Elevliste> {
    let mangler = |linje: &Elevlinje| fiktive.contains_key(&linje.elev) && !er_brukbart(linje, politikk);
    if !liste.linjer.iter().any(mangler) {
        return Cow::Borrowed(liste);
    }
    let mut ut = liste.clone();
    for linje in ut.linjer.iter_mut().filter(|linje| mangler(linje)) {
        linje.identitetsnummer = Some(fiktive[&linje.elev].clone());
        linje.avvik.retain(|avvik| !linje::HINDRER.contains(&avvik.regel.as_str()));
        linje.avvik.extend(linje::nummerdom(fiktive[&linje.elev].vis(), politikk, regler));
    }
    // The source's own doubles are marked; a number that was entered may make a new one.
    let mut antall: HashMap<String, u32> = fiktive.values().map(|nummer| (nummer.vis().clone(), 0)).collect();
    for linje in &ut.linjer {
        if let Some(antall) = linje.identitetsnummer.as_ref().and_then(|nummer| antall.get_mut(nummer.vis())) {
            *antall += 1;
        }
    }
    for linje in &mut ut.linjer {
        let antall = linje.identitetsnummer.as_ref().and_then(|nummer| antall.get(nummer.vis()));
        let flere = antall.is_some_and(|antall| *antall > 1);
        if flere && !linje.avvik.iter().any(|avvik| avvik.regel == "EL-004") {
            linje.avvik.push(brudd("EL-004", None));
        }
        linje.avvik.sort_by(|a, b| (&a.regel, &a.detalj).cmp(&(&b.regel, &b.detalj)));
    }
    Cow::Owned(ut)
}

/// Whether the source has a number that the receiver takes.
pub(crate) fn er_brukbart(linje: &Elevlinje, politikk: Politikk) -> bool {
    linje.identitetsnummer.as_ref().is_some_and(|nummer| politikk.vurder(&klassifiser(nummer.vis())).er_godtatt())
}

/// Whether a number is of the kind that intake offices issue. One whose check digits fit by chance looks like a
/// D-number of their series: it was issued all the same.
pub(crate) fn er_fiktivt(nummer: &str) -> bool {
    let klasse = klassifiser(nummer);
    klasse.art() == Art::VigoFiktiv || klasse.ligner_fiktivt()
}
