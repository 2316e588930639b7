//! What the office is told after a list was received, as work to be done: taken or refused, each with a reason.

use super::felles;
use crate::sider::besok::{Besok, Sendt, Svar, nokkel};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar, videre};
use askama::Template;
use axum::extract::Path;
use elevliste::{Endringsslag, Ettermelding, Ettermeldingstilstand, Handling, Listenokkel};
use runtime::adgang::{Adgangsfeil, Gjoremal, Overlevert};
use runtime::visning::Handlingsfeil;
use serde::Deserialize;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "fylke/ettermeldinger.html")]
struct Ettermeldinger {
    ramme: Ramme,
    venter: u32,
    /// Schools whose changes wait for the office.
    meldte: Vec<Skolelinje>,
    /// Schools that have not told of theirs.
    umeldte: Vec<Skolelinje>,
}

struct Skolelinje {
    adresse: String,
    skole: String,
    kommune: String,
    skolear: String,
    antall: u32,
}

impl Ettermeldinger {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

/// `GET /fylke/ettermeldinger`: in numbers, school by school.
pub(super) async fn alle(besok: Besok) -> Svar {
    felles::inn(&besok)?;
    let s = besok.sprak;
    let lister = besok.ut.lister();
    let linjer = |antall: fn(&runtime::utsikt::Sammendrag) -> u32| {
        let med = lister.iter().filter(|liste| antall(liste) > 0);
        let mut ut: Vec<Skolelinje> = med
            .map(|liste| Skolelinje {
                adresse: format!("/fylke/ettermeldinger/{}", liste.nokkel),
                skole: felles::skolenavn(liste),
                kommune: felles::kommunenavn(s, liste.skole.kommunenr.as_deref()),
                skolear: felles::skolear(liste.nokkel.skolear),
                antall: antall(liste),
            })
            .collect();
        ut.sort_by_cached_key(|linje| (felles::alfabetisk(&linje.kommune), felles::alfabetisk(&linje.skole)));
        ut
    };
    let meldte = linjer(|liste| liste.ettermeldinger_meldt);
    let side = Ettermeldinger {
        ramme: besok.ramme(s.t("fylke-etter-tittel")).levende("/levende"),
        venter: meldte.iter().map(|linje| linje.antall).sum(),
        meldte,
        umeldte: linjer(|liste| liste.ettermeldinger),
    };
    svar(&side)
}

#[derive(Template)]
#[template(path = "fylke/ettermelding.html")]
struct Skoleside {
    ramme: Ramme,
    adresse: String,
    liste: String,
    skole: String,
    venter: Vec<Melding>,
    ferdige: Vec<Melding>,
    umeldte: u32,
    kan_svare: bool,
    sekvens: u64,
}

struct Melding {
    id: Uuid,
    navn: Option<String>,
    klasse: Option<String>,
    slag: &'static str,
    tilstand: &'static str,
}

impl Skoleside {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

const fn slag(slag: Endringsslag) -> &'static str {
    match slag {
        Endringsslag::Ny => "fylke-etter-ny",
        Endringsslag::Endret => "fylke-etter-endret",
        Endringsslag::Borte => "fylke-etter-borte",
    }
}

const fn tilstand(tilstand: Ettermeldingstilstand) -> &'static str {
    match tilstand {
        Ettermeldingstilstand::Apen => "fylke-etter-apen",
        Ettermeldingstilstand::Meldt => "fylke-etter-venter",
        Ettermeldingstilstand::Godtatt => "fylke-etter-godtatt",
        Ettermeldingstilstand::Avvist => "fylke-etter-avvist",
    }
}

fn vist(overlevert: &Overlevert, melding: &Ettermelding) -> Melding {
    Melding {
        id: melding.id,
        navn: overlevert.linje.as_ref().map(felles::navn),
        klasse: overlevert.linje.as_ref().and_then(|linje| linje.klasse.clone()),
        slag: slag(melding.slag),
        tilstand: tilstand(melding.tilstand),
    }
}

/// `GET /fylke/ettermeldinger/{liste}`: one school's, by name.
pub(super) async fn vis(besok: Besok, Path(liste): Path<String>) -> Svar {
    felles::inn(&besok)?;
    let nokkel = nokkel(&liste)?;
    let kort = besok.ut.sammendrag(&nokkel).ok_or(Feilslag::FinnesIkke)?;
    let overlevert = besok.ut.overlevert(&nokkel).await?;
    let meldinger = overlevert.iter().filter_map(|o| Some((o, o.ettermelding.as_ref()?)));
    let (venter, ferdige): (Vec<_>, Vec<_>) = meldinger.partition(|(_, m)| m.tilstand == Ettermeldingstilstand::Meldt);
    let vist = |meldinger: Vec<(&Overlevert, &Ettermelding)>| meldinger.into_iter().map(|(o, m)| vist(o, m)).collect();
    let side = Skoleside {
        ramme: besok.ramme(besok.sprak.t("fylke-etter-tittel")),
        adresse: format!("/fylke/ettermeldinger/{nokkel}"),
        liste: format!("/fylke/liste/{nokkel}"),
        skole: felles::skolenavn(&kort),
        venter: vist(venter),
        ferdige: vist(ferdige),
        umeldte: kort.ettermeldinger,
        kan_svare: besok.ut.ma(Gjoremal::BehandleEttermelding),
        sekvens: kort.sekvens,
    };
    svar(&side)
}

#[derive(Deserialize)]
pub(super) struct Svaret {
    id: Uuid,
    svar: Janei,
    #[serde(default)]
    grunn: String,
    #[serde(default)]
    sekvens: Option<u64>,
}

#[derive(Deserialize, PartialEq, Eq, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Janei {
    Ja,
    Nei,
}

/// `POST /fylke/ettermeldinger/{liste}`: the office has taken a change, or has not.
pub(super) async fn svar_pa(Path(liste): Path<String>, Sendt(besok, svaret): Sendt<Svaret>) -> Svar {
    felles::inn(&besok)?;
    let nokkel = nokkel(&liste)?;
    let godtatt = svaret.svar == Janei::Ja;
    let grunn = svaret.grunn.trim().to_owned();
    let handling = Handling::EttermeldingBehandlet { id: svaret.id, godtatt, grunn };
    match besok.ut.utfor(&nokkel, svaret.sekvens, handling).await {
        Ok(_) => {}
        // Sent twice: what is answered so already is not answered again.
        Err(Adgangsfeil::Endret | Adgangsfeil::Lov(Handlingsfeil::IkkeMeldt))
            if svart(&besok, &nokkel, svaret.id, godtatt).await? => {}
        Err(feil) => return Err(feil.into()),
    }
    Ok(videre(&format!("/fylke/ettermeldinger/{nokkel}")))
}

async fn svart(besok: &Besok, nokkel: &Listenokkel, id: Uuid, godtatt: bool) -> Result<bool, Feilslag> {
    let ventet = if godtatt { Ettermeldingstilstand::Godtatt } else { Ettermeldingstilstand::Avvist };
    let overlevert = besok.ut.overlevert(nokkel).await?;
    Ok(overlevert.iter().filter_map(|o| o.ettermelding.as_ref()).any(|m| m.id == id && m.tilstand == ventet))
}
