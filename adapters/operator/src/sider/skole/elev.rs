//! One pupil of a list: what is wrong, what has been decided, and what can be.

use super::hode::Hode;
use super::vis::{self, Sakvist};
use crate::sider::besok::{Besok, Sendt, Svar, nokkel};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar, videre};
use askama::Template;
use axum::extract::Path;
use elevliste::{Elevlinje, Endringsslag, Ettermelding, Ettermeldingstilstand, Handling, Listenokkel};
use identitet::Skjermet;
use runtime::adgang::{Gjoremal, Sett};
use runtime::visning::{Plassering, Skolesystem, plassering_tekst};
use serde::Deserialize;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "skole/elev.html")]
struct Elevside {
    ramme: Ramme,
    hode: Hode,
    elev: Uuid,
    navn: String,
    klasse: Option<String>,
    /// Masked, or in full when it was asked for.
    nummer: Option<String>,
    helt: bool,
    plassering: &'static str,
    grunn: Option<String>,
    saker: Vec<Sakvist>,
    tatt_ut: bool,
    har_fiktivt: bool,
    ettermelding: Option<Ettermeldingvist>,
    kan_holde: bool,
    kan_fore_fiktivt: bool,
    kan_ettermelde: bool,
    kan_forklare: bool,
    ser_logg: bool,
    tenant: String,
    sekvens: u64,
}

struct Ettermeldingvist {
    id: Uuid,
    slag: &'static str,
    tilstand: &'static str,
    kan_meldes: bool,
}

impl Ettermeldingvist {
    fn av(melding: &Ettermelding) -> Self {
        let (slag, tilstand, kan_meldes) = super::etter::ord(melding);
        Self { id: melding.id, slag, tilstand, kan_meldes }
    }
}

impl Elevside {
    fn her(&self) -> String {
        format!("{}/elev/{}", self.hode.adresse, self.elev)
    }

    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

/// Who it is: a pupil who stands twice is shown once.
fn linje(sett: &Sett, elev: Uuid) -> Option<&Elevlinje> {
    sett.sak.liste.linjer.iter().find(|linje| linje.elev == elev)
}

async fn en(besok: &Besok, nokkel: &Listenokkel, elev: Uuid) -> Result<Sett, Feilslag> {
    let sett = besok.ut.utvalg(nokkel, move |linje, _| linje.elev == elev).await?;
    if linje(&sett, elev).is_none() {
        return Err(Feilslag::FinnesIkke);
    }
    Ok(sett)
}

/// `GET /skole/{liste}/elev/{elev}`.
pub(super) async fn vis(besok: Besok, Path((liste, elev)): Path<(String, Uuid)>) -> Svar {
    let nokkel = nokkel(&liste)?;
    let sett = en(&besok, &nokkel, elev).await?;
    side(&besok, &sett, elev, None)
}

#[derive(Deserialize)]
pub(super) struct Tomt {}

/// `POST /skole/{liste}/elev/{elev}/nummer`: the whole number, noted as shown.
pub(super) async fn nummer(Path((liste, elev)): Path<(String, Uuid)>, Sendt(besok, Tomt {}): Sendt<Tomt>) -> Svar {
    let nokkel = nokkel(&liste)?;
    let helt = besok.ut.nummer(&nokkel, elev).await?;
    let sett = en(&besok, &nokkel, elev).await?;
    side(&besok, &sett, elev, helt)
}

fn side(besok: &Besok, sett: &Sett, elev: Uuid, helt: Option<Skjermet<String>>) -> Svar {
    let (s, ut) = (besok.sprak, &besok.ut);
    let linje = linje(sett, elev).ok_or(Feilslag::FinnesIkke)?;
    let plassert =
        sett.bilde.plasseringer.iter().find(|p| sett.sak.liste.linjer.get(p.linje).is_some_and(|l| l.elev == elev));
    let plassering = plassert.map_or(&Plassering::Klar, |p| &p.plassering);
    let linjer = vis::ved_elev(&sett.sak.liste.linjer);
    let mine: Vec<String> =
        sett.sammendrag.saker.iter().filter(|sak| sak.elever.contains(&elev)).map(|sak| sak.anker()).collect();
    let saker = vis::saker(s, besok.sider(), &sett.sammendrag, &linjer);
    let saker = saker.into_iter().filter(|sak| mine.contains(&sak.anker));
    let melding = sett.bilde.ettermeldinger.iter().find(|melding| melding.elev == elev);
    let side = Elevside {
        ramme: besok.ramme(s.t("skole-elev-tittel")),
        hode: Hode::ny(besok, &sett.sammendrag),
        navn: vis::navn(linje),
        klasse: linje.klasse.clone(),
        helt: helt.is_some(),
        // A number that was entered here is shown when it is asked for.
        nummer: helt
            .or_else(|| linje.identitetsnummer.clone())
            .map(|n| n.vis().clone())
            .or_else(|| sett.bilde.fiktive.contains(&elev).then(|| s.t("skole-nummer-fiktivt").to_string())),
        plassering: s.av_tekst(plassering_tekst(plassering)),
        grunn: match plassering {
            Plassering::Holdt { grunn } | Plassering::Manuelt { grunn } => Some(grunn.clone()),
            _ => None,
        },
        saker: saker.collect(),
        tatt_ut: sett.bilde.tatt_ut.contains(&elev),
        har_fiktivt: sett.bilde.fiktive.contains(&elev),
        ettermelding: melding.map(Ettermeldingvist::av),
        kan_holde: ut.ma(Gjoremal::HoldeTilbake),
        kan_fore_fiktivt: ut.ma(Gjoremal::ForeFiktivt),
        kan_ettermelde: ut.ma(Gjoremal::Ettermelde),
        kan_forklare: ut.ma(Gjoremal::Forklar),
        ser_logg: ut.ma(Gjoremal::SeRevisjon),
        tenant: sett.sammendrag.tenant.clone(),
        sekvens: sett.sammendrag.sekvens,
        elev,
    };
    svar(&side)
}

/// What is decided about a pupil.
#[derive(Deserialize)]
pub(super) struct Valg {
    hva: Hva,
    #[serde(default)]
    grunn: String,
    #[serde(default)]
    nummer: String,
    #[serde(default)]
    melding: Option<Uuid>,
    #[serde(default)]
    sekvens: Option<u64>,
    /// The page that it was sent from, where that is the list's.
    #[serde(default)]
    fra: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Hva {
    Hold,
    Manuelt,
    Frigi,
    Fiktivt,
    Fiktivtbort,
    Ettermeld,
}

/// `POST /skole/{liste}/elev/{elev}`.
pub(super) async fn gjor(Path((liste, elev)): Path<(String, Uuid)>, Sendt(besok, valg): Sendt<Valg>) -> Svar {
    let nokkel = nokkel(&liste)?;
    let sett = match valg.hva {
        // Who has left stands on the list no more, and is reported all the same.
        Hva::Ettermeld => besok.ut.utvalg(&nokkel, move |linje, _| linje.elev == elev).await?,
        _ => en(&besok, &nokkel, elev).await?,
    };
    let videre_til = match valg.fra == "listen" || linje(&sett, elev).is_none() {
        true => format!("/skole/{nokkel}"),
        false => format!("/skole/{nokkel}/elev/{elev}"),
    };
    let grunn = valg.grunn.trim().to_owned();
    let handling = match valg.hva {
        Hva::Hold => Handling::HoldtTilbake { elev, grunn },
        Hva::Manuelt => Handling::RutetManuelt { elev, grunn },
        Hva::Frigi => Handling::Frigitt { elev },
        Hva::Fiktivt => {
            let siffer: String = valg.nummer.chars().filter(|c| !c.is_whitespace()).collect();
            Handling::FiktivtNummer { elev, nummer: Some(Skjermet::from(siffer)), kilde: grunn }
        }
        Hva::Fiktivtbort => Handling::FiktivtNummer { elev, nummer: None, kilde: grunn },
        Hva::Ettermeld => {
            let melding = sett.bilde.ettermeldinger.iter().find(|m| m.elev == elev && Some(m.id) == valg.melding);
            let Some(Ettermelding { id, slag, .. }) = melding.cloned() else { return Err(Feilslag::Samtidig) };
            Handling::Ettermeldt { id, elev, slag, grunn }
        }
    };
    // Sent twice, or from two windows: what is decided already is not decided again.
    if gjort(&sett, elev, &handling) {
        return Ok(videre(&videre_til));
    }
    besok.ut.utfor(&nokkel, valg.sekvens, handling).await?;
    Ok(videre(&videre_til))
}

/// `GET /skole/{liste}/elev/{elev}/tast`: where the pupil is keyed in.
pub(super) async fn tast(besok: Besok, Path((liste, elev)): Path<(String, Uuid)>) -> Svar {
    let nokkel = nokkel(&liste)?;
    let kort = besok.ut.sammendrag(&nokkel).ok_or(Feilslag::FinnesIkke)?;
    let (Skolesystem::Tastet, Some((_, kilde))) = vis::system(besok.sider(), &kort) else {
        return Err(Feilslag::FinnesIkke);
    };
    let id = besok.ut.kildeid(&nokkel, &kilde, elev).await?;
    let id: Uuid = id.and_then(|id| id.vis().parse().ok()).ok_or(Feilslag::FinnesIkke)?;
    Ok(videre(&format!("/skole/{nokkel}/tast/{id}")))
}

fn gjort(sett: &Sett, elev: Uuid, handling: &Handling) -> bool {
    let na =
        sett.bilde.plasseringer.iter().find(|p| sett.sak.liste.linjer.get(p.linje).is_some_and(|l| l.elev == elev));
    match (handling, na.map(|p| &p.plassering)) {
        (Handling::HoldtTilbake { grunn, .. }, Some(Plassering::Holdt { grunn: da })) => grunn == da,
        (Handling::RutetManuelt { grunn, .. }, Some(Plassering::Manuelt { grunn: da })) => grunn == da,
        (Handling::Frigitt { .. }, _) => !sett.bilde.tatt_ut.contains(&elev),
        (Handling::Ettermeldt { id, slag: Endringsslag::Ny | Endringsslag::Endret | Endringsslag::Borte, .. }, _) => {
            sett.bilde.ettermeldinger.iter().any(|m| m.id == *id && m.tilstand == Ettermeldingstilstand::Meldt)
        }
        _ => false,
    }
}
