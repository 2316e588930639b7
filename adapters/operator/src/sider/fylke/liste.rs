//! A list as it was received, and the pupils who were handed over one by one. Nothing is done here.

use super::felles;
use crate::sider::besok::{Besok, Svar, nokkel};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar};
use crate::sider::skole::vis::saksnummer;
use crate::sprak::Sprak;
use askama::Template;
use axum::extract::Path;
use elevliste::{Elevlinje, Handling, Innsendingspost, Utfall};
use runtime::adgang::{Adgangsfeil, Gjoremal, Overlevert, Sett};
use runtime::utsikt::{Bokstand, Sammendrag};
use runtime::visning::{oppgave_tekst, status_tekst};

#[derive(Template)]
#[template(path = "fylke/liste.html")]
struct Listeside {
    ramme: Ramme,
    runde: String,
    skole: String,
    rundenavn: String,
    kommune: String,
    organisasjonsnummer: Option<String>,
    status: &'static str,
    farge: &'static str,
    /// What a person must do, or that the ledger is broken.
    merknad: Option<String>,
    /// Where it is said what became of an attempt: the list's page, its seal and its case number.
    avklares: Option<Avklares>,
    sekvens: u64,
    mottatt: Option<String>,
    endret: bool,
    kvittering: Option<String>,
    /// It was received, and can be shown.
    vises: bool,
    rader: Vec<Rad>,
    overlevert: Vec<Overleverttrad>,
    poster: Vec<Post>,
    etter: Option<String>,
}

struct Avklares {
    adresse: String,
    segl: String,
    sak: String,
}

struct Rad {
    navn: String,
    klasse: Option<String>,
    nummer: Option<String>,
}

struct Overleverttrad {
    elev: Option<Rad>,
    hva: Vec<String>,
}

struct Post {
    nar: String,
    hvem: String,
    hva: &'static str,
    merknad: Option<String>,
}

impl Listeside {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

fn rad(linje: &Elevlinje) -> Rad {
    Rad {
        navn: felles::navn(linje),
        klasse: linje.klasse.clone(),
        nummer: linje.identitetsnummer.as_ref().map(|nummer| nummer.vis().clone()),
    }
}

/// `GET /fylke/liste/{liste}`.
pub(super) async fn vis(besok: Besok, Path(liste): Path<String>) -> Svar {
    felles::inn(&besok)?;
    let nokkel = nokkel(&liste)?;
    let s = besok.sprak;
    let kort = besok.ut.sammendrag(&nokkel).ok_or(Feilslag::FinnesIkke)?;
    let sett = match kort.forst_mottatt {
        None => None,
        Some(_) => match besok.ut.mottatt(&nokkel).await {
            Ok(sett) => Some(sett),
            Err(Adgangsfeil::Finnes) => None,
            Err(feil) => return Err(feil.into()),
        },
    };
    let overlevert = besok.ut.overlevert(&nokkel).await?;
    let side = Listeside {
        ramme: besok.ramme(felles::skolenavn(&kort)),
        runde: nokkel.runde().to_string(),
        skole: felles::skolenavn(&kort),
        rundenavn: felles::rundenavn(s, nokkel.runde()),
        kommune: felles::kommunenavn(s, kort.skole.kommunenr.as_deref()),
        organisasjonsnummer: kort.skole.organisasjonsnummer.clone(),
        status: s.av_tekst(status_tekst(kort.status)),
        farge: felles::farge(kort.status),
        merknad: merknad(s, &kort),
        avklares: kort
            .uavklart
            .clone()
            .filter(|_| kort.oppgave.is_some() && besok.ut.ma(Gjoremal::Avklare))
            .map(|segl| Avklares { adresse: format!("/skole/{nokkel}"), sak: saksnummer(&segl), segl }),
        sekvens: kort.sekvens,
        mottatt: kort.mottatt.map(|nar| s.tid(nar).to_string()),
        endret: super::tall::Skole::av(&kort).endret(),
        kvittering: besok.ut.listekvittering(&nokkel).is_ok().then(|| format!("/fylke/kvitteringer/{nokkel}.json")),
        vises: sett.is_some(),
        rader: sett.as_ref().map(rader).unwrap_or_default(),
        poster: sett.as_ref().map(|sett| poster(s, sett)).unwrap_or_default(),
        overlevert: overlevert.iter().map(|o| overlevertrad(s, o)).collect(),
        etter: (kort.ettermeldinger_meldt > 0).then(|| format!("/fylke/ettermeldinger/{nokkel}")),
    };
    svar(&side)
}

fn merknad(s: Sprak, kort: &Sammendrag) -> Option<String> {
    if kort.bok != Bokstand::Hel {
        return Some(s.t("fylke-brutt").to_string());
    }
    kort.oppgave.map(|oppgave| s.av_tekst(oppgave_tekst(oppgave)).to_owned())
}

fn rader(sett: &Sett) -> Vec<Rad> {
    let mut ut: Vec<Rad> = sett.sak.liste.linjer.iter().map(rad).collect();
    ut.sort_by_cached_key(|rad| (rad.klasse.clone(), felles::alfabetisk(&rad.navn)));
    ut
}

fn overlevertrad(s: Sprak, overlevert: &Overlevert) -> Overleverttrad {
    let rutet = overlevert.rutet.as_ref().map(|grunn| s.t("fylke-overlevert-rutet").s("grunn", grunn).to_string());
    let melding = overlevert.ettermelding.as_ref().map(|_| s.t("fylke-overlevert-etter").to_string());
    let fiktivt = overlevert.fiktivt.as_ref().map(|f| s.t("fylke-overlevert-fiktivt").s("kilde", &f.kilde).to_string());
    Overleverttrad {
        elev: overlevert.linje.as_ref().map(rad),
        hva: [rutet, melding, fiktivt].into_iter().flatten().collect(),
    }
}

/// What was delivered when, the last first.
fn poster(s: Sprak, sett: &Sett) -> Vec<Post> {
    let vist = |post: &Innsendingspost| {
        let (hva, merknad) = hva(&post.handling)?;
        let nar = s.tid(post.tidspunkt).to_string();
        Some(Post { nar, hvem: felles::hvem(s, &post.av), hva, merknad: merknad.map(str::to_owned) })
    };
    sett.sak.poster.iter().rev().filter_map(vist).collect()
}

/// What an entry says to the county, as a key, and the number or the reason that stands in it.
const fn hva(handling: &Handling) -> Option<(&'static str, Option<&str>)> {
    Some(match handling {
        Handling::Godkjent { .. } => ("fylke-post-godkjent", None),
        Handling::Tilbakekalt { grunn } => ("fylke-post-tilbakekalt", Some(grunn.as_str())),
        Handling::Svar { utfall, kvittering, .. } => match utfall {
            Utfall::Mottatt | Utfall::MottattMedAdvarsler => match kvittering {
                Some(nummer) => ("fylke-post-mottatt", Some(nummer.as_str())),
                None => ("fylke-post-mottatt", None),
            },
            Utfall::Avvist | Utfall::AvvistUtenGrunn | Utfall::UkjentSkole | Utfall::Stengt => {
                ("fylke-post-avvist", None)
            }
            Utfall::AlleredeLevert => ("fylke-post-allerede", None),
            Utfall::Uavklart => ("fylke-post-uavklart", None),
            Utfall::IkkeSendt => return None,
        },
        Handling::Avklart { mottatt: true, grunn, .. } => ("fylke-post-avklart-ja", Some(grunn.as_str())),
        Handling::Avklart { grunn, .. } => ("fylke-post-avklart-nei", Some(grunn.as_str())),
        _ => return None,
    })
}
