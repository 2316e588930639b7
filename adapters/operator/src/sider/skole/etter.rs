//! What has changed since the receiver accepted the list, and no update can carry: the intake office is told, one by one.

use super::vis;
use crate::sider::besok::Besok;
use crate::sider::feil::Feilslag;
use elevliste::{Endringsslag, Ettermelding, Ettermeldingstilstand};
use runtime::adgang::{Ettermeldt, Gjoremal};
use runtime::utsikt::Sammendrag;
use uuid::Uuid;

/// A change after acceptance.
pub(super) struct Ettervist {
    pub(super) elev: Uuid,
    pub(super) id: Uuid,
    pub(super) navn: Option<String>,
    pub(super) klasse: Option<String>,
    /// The pupil has a page.
    pub(super) pa_lista: bool,
    pub(super) slag: &'static str,
    /// Which fields are others now.
    pub(super) felter: String,
    pub(super) tilstand: &'static str,
    pub(super) kan_meldes: bool,
}

/// A change after acceptance in words: what it is, how far it has come, and whether it may be reported now.
pub(super) const fn ord(melding: &Ettermelding) -> (&'static str, &'static str, bool) {
    let slag = match melding.slag {
        Endringsslag::Ny => "skole-etter-ny",
        Endringsslag::Endret => "skole-etter-endret",
        Endringsslag::Borte => "skole-etter-borte",
    };
    match melding.tilstand {
        Ettermeldingstilstand::Apen => (slag, "skole-etter-apen", true),
        Ettermeldingstilstand::Meldt => (slag, "skole-etter-meldt", false),
        Ettermeldingstilstand::Godtatt => (slag, "skole-etter-godtatt", false),
        Ettermeldingstilstand::Avvist => (slag, "skole-etter-avvist", true),
    }
}

/// What the intake office must be told: also of those who have left, and stand on the list no more.
pub(super) async fn ettermeldte(besok: &Besok, liste: &Sammendrag) -> Result<Vec<Ettervist>, Feilslag> {
    if liste.ettermeldinger + liste.ettermeldinger_meldt == 0 || !besok.ut.ma(Gjoremal::SeListe) {
        return Ok(vec![]);
    }
    let meldinger = besok.ut.ettermeldinger(&liste.nokkel).await?;
    let vist = meldinger.into_iter().map(|Ettermeldt { melding, linje, felter }| {
        let (slag, tilstand, kan_meldes) = ord(&melding);
        Ettervist {
            elev: melding.elev,
            id: melding.id,
            navn: linje.as_ref().map(vis::navn),
            klasse: linje.and_then(|linje| linje.klasse),
            pa_lista: melding.slag != Endringsslag::Borte,
            slag,
            felter: super::endringer::felter(besok, &felter),
            tilstand,
            kan_meldes,
        }
    });
    Ok(vist.collect())
}
