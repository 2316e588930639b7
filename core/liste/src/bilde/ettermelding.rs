//! What no update can carry: changes for the intake office, one at a time.
//!
//! A change is named by what it leads to *and* by what it comes after, so that a pupil who changes, is reported, and changes
//! back, is a new change and not a forgotten one.

use crate::hovedbok::{Forsok, Hovedbok, ved_elev};
use crate::regler;
use elevliste::{Avvik, Eier, Elevliste, Endringsslag, Ettermelding, Ettermeldingstilstand};
use hendelse::Tenantnokkel;
use uuid::Uuid;

/// EL-031. Whoever must act now owns it: the school until the office has been told, then the office.
pub(super) fn avvik(tilstand: Ettermeldingstilstand) -> Avvik {
    let eier = if tilstand == Ettermeldingstilstand::Meldt { Eier::Fylke } else { Eier::Skole };
    Avvik { eier, ..regler::brudd("EL-031", None) }
}

/// What the intake office must be told of a pupil, or has been. `mot_mottaker` is how the pupil differs from what the
/// receiver has.
pub(super) fn ettermelding(
    (elev, na): (Uuid, &[&str]),
    mot_mottaker: Option<Endringsslag>,
    (liste, bok, nokkel): (&Elevliste, &Hovedbok<'_>, &Tenantnokkel),
) -> Option<Ettermelding> {
    let id = |slag: Endringsslag, etter: Option<Uuid>| {
        let etter = etter.map_or_else(|| sist_hos_mottaker(bok, elev), |melding| melding.to_string());
        let (liste, elev) = (liste.nokkel.to_string(), elev.to_string());
        let mut deler = vec!["ettermelding", &liste, &elev, slag.as_str(), &etter];
        deler.extend(na);
        nokkel.uuid(&deler)
    };
    let (slag, id) = match bok.meldinger.siste(elev) {
        Some(siste) if id(siste.slag, siste.etter) == siste.id => (siste.slag, siste.id),
        Some(siste) => {
            let slag = match (na.is_empty(), siste.slag) {
                (true, _) => Endringsslag::Borte,
                (false, Endringsslag::Borte) => Endringsslag::Ny,
                (false, _) => Endringsslag::Endret,
            };
            (slag, id(slag, Some(siste.id)))
        }
        None => mot_mottaker.map(|slag| (slag, id(slag, None)))?,
    };
    Some(Ettermelding { id, elev, slag, tilstand: bok.meldinger.tilstand(id) })
}

/// Names since when the receiver has had what it has of this pupil.
fn sist_hos_mottaker(bok: &Hovedbok<'_>, elev: Uuid) -> String {
    let hos = |forsok: &Forsok<'_>| -> Vec<String> {
        let linjer = ved_elev(forsok.tatt().filter(|linje| linje.elev == elev));
        linjer.into_values().flatten().map(str::to_owned).collect()
    };
    let godtatte = bok.forsokene().iter().enumerate().filter(|(_, forsok)| forsok.er_mottatt()).rev();
    let mut siden = None;
    for (nr, forsok) in godtatte {
        let linjer = hos(forsok);
        match &siden {
            Some((_, siste)) if *siste != linjer => break,
            _ => siden = Some((nr, linjer)),
        }
    }
    siden.map(|(nr, _)| nr.to_string()).unwrap_or_default()
}
