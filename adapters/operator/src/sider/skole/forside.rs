//! The one screen: how the list stands, what must be corrected and where, and what happens next.

use super::etter::{Ettervist, ettermeldte};
use super::hode::{self, Hode};
use super::neste::{Neste, neste};
use super::vis::{self, Elevvist, Sakvist};
use crate::sider::besok::{Besok, Sendt, Svar, nokkel};
use crate::sider::feil::Feilslag;
use crate::sider::levende;
use crate::sider::ramme::{Ramme, svar, videre};
use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query};
use axum::response::Response;
use elevliste::{Endringsslag, Innsamling, Skolestatus};
use hendelse::Tenant;
use jiff::{SignedDuration, Timestamp};
use runtime::adgang::{Gjoremal, Omfang, Siden};
use runtime::utsikt::{Kildebilde, Sammendrag};
use runtime::visning::{Alvor, Skolesystem};
use runtime::{Kildestatus, Kildetilstand};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::Arc;

/// So long an answer is waited for after somebody has asked for a reading.
const HENTES: SignedDuration = SignedDuration::from_mins(2);
/// So long what was read takes to be a list.
const UNDERVEIS: SignedDuration = SignedDuration::from_secs(5);

#[derive(Template)]
#[template(path = "skole/velg.html")]
struct Velgside {
    ramme: Ramme,
    lister: Vec<Valg>,
    /// Of earlier school years.
    eldre: Vec<Valg>,
    /// Where a school that has no list yet begins.
    begynn: Vec<Begynn>,
}

/// Where the first of a list is given: an address, and the keys of what is said about it and of what it is called.
struct Begynn {
    adresse: String,
    hva: &'static str,
    knapp: &'static str,
}

struct Valg {
    adresse: String,
    tittel: String,
    setning: String,
    status: &'static str,
    farge: &'static str,
}

impl Velgside {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

/// `GET /skole`: the lists of this person's schools; the one there is, where there is one.
pub(super) async fn velg(besok: Besok) -> Svar {
    let alle = besok.ut.lister();
    let siste = alle.iter().map(|liste| liste.nokkel.skolear).max();
    let (na, eldre): (Vec<_>, Vec<_>) = alle.into_iter().partition(|liste| Some(liste.nokkel.skolear) == siste);
    let begynn = begynn(&besok, &na);
    if let ([en], [], []) = (&na[..], &eldre[..], &begynn[..]) {
        return Ok(videre(&format!("/skole/{}", en.nokkel)));
    }
    let s = besok.sprak;
    let valg = |lister: Vec<Arc<Sammendrag>>| {
        lister
            .iter()
            .map(|liste| Valg {
                adresse: format!("/skole/{}", liste.nokkel),
                tittel: hode::tittel(s, liste),
                setning: hode::setning(s, liste),
                status: s.av_tekst(runtime::visning::status_tekst(liste.status)),
                farge: hode::farge(liste.status),
            })
            .collect()
    };
    let ramme = besok.ramme(s.t("skole-velg")).levende("/levende");
    svar(&Velgside { ramme, lister: valg(na), eldre: valg(eldre), begynn })
}

/// The schools of this person that have no list this year, and that give us their pupils themselves: they key them in, or
/// hand in files.
fn begynn(besok: &Besok, lister: &[Arc<Sammendrag>]) -> Vec<Begynn> {
    if !besok.ut.ma(Gjoremal::Levere) {
        return vec![];
    }
    let har = |orgnr: &String| lister.iter().any(|l| l.skole.organisasjonsnummer.as_ref() == Some(orgnr));
    let Omfang::Skoler(mine) = &besok.okt.adgang.omfang else { return vec![] };
    let hans = |tenant: &Tenant, orgnr: &String| {
        mine.iter().any(|skole| skole.tenant == *tenant && skole.organisasjonsnummer == *orgnr)
    };
    let tastet = besok.sider().tastet.iter().filter(|((tenant, orgnr), _)| hans(tenant, orgnr) && !har(orgnr));
    let tastes = tastet.map(|((tenant, _), kilde)| Begynn {
        adresse: format!("/tast/{tenant}/{kilde}"),
        hva: "skole-begynn",
        knapp: "skole-tast-inn",
    });
    let uten = mine.iter().filter(|skole| {
        let tastes = besok.sider().tastet.contains_key(&(skole.tenant.clone(), skole.organisasjonsnummer.clone()));
        !tastes && !har(&skole.organisasjonsnummer)
    });
    let eiere: BTreeSet<&Tenant> = uten.map(|skole| &skole.tenant).collect();
    let pakker = besok
        .sider()
        .skolesystemer
        .iter()
        .filter(|((tenant, _), system)| **system == Skolesystem::Pakke && eiere.contains(tenant));
    let leveres = pakker.map(|((tenant, kilde), _)| Begynn {
        adresse: format!("/fil/{tenant}/{kilde}"),
        hva: "skole-begynn-fil",
        knapp: "skole-last-opp",
    });
    tastes.chain(leveres).collect()
}

#[derive(Template)]
#[template(path = "skole/forside.html")]
struct Forside {
    ramme: Ramme,
    hode: Hode,
    neste: Neste,
    /// What bars sending, and what should be looked at.
    rettes: Vec<Sakvist>,
    sjekkes: Vec<Sakvist>,
    orientering: Vec<Sakvist>,
    /// Corrected a short while ago: what, and when it was checked.
    rettet: Vec<Rettet>,
    /// How the list differs from the one that was approved.
    siden_godkjent: Option<Lapset>,
    kilder: Vec<Kildelinje>,
    kan_hente: bool,
    /// What has come of asking for a reading, where somebody just has.
    henting: Option<Henting<String>>,
    /// Pupils are keyed in here, or a file is handed in.
    tastes: bool,
    lastes_opp: bool,
    instruks: Option<String>,
    kontakt: Option<Kontaktvist>,
    kan_godkjenne: bool,
    kan_tilbakekalle: bool,
    kan_avklare: bool,
    /// What the intake office must be told, or has been told and has not taken.
    etter: Vec<Ettervist>,
    /// How many of them nobody has told it of, or it has refused.
    umeldte: usize,
    kan_ettermelde: bool,
    segl: String,
    sekvens: u64,
}

impl Forside {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

/// What has come of asking for a reading.
#[derive(Debug, PartialEq, Eq)]
enum Henting<T> {
    /// It is on its way.
    Na,
    /// Another process reads, when its time comes.
    Siden,
    /// It was read at this moment, and the list is as it was.
    Uendret(T),
}

struct Rettet {
    navn: Option<Elevvist>,
    hva: String,
    nar: String,
}

/// An approval that counts no more, and why.
pub(super) struct Lapset {
    pub(super) forrige: String,
    pub(super) endringer: Vec<Endret>,
}

/// What has happened to one pupil.
pub(super) struct Endret {
    pub(super) elev: Option<Elevvist>,
    pub(super) borte: Option<String>,
    pub(super) hva: &'static str,
}

struct Kildelinje {
    navn: String,
    tekst: String,
    feil: bool,
}

struct Kontaktvist {
    navn: String,
    epost: Option<String>,
    telefon: Option<String>,
}

#[derive(Deserialize, Default)]
pub(super) struct Etter {
    /// When somebody asked for a reading, in milliseconds; 0 where it is not done at once.
    hentes: Option<i64>,
}

/// `GET /skole/{liste}`.
pub(super) async fn vis(besok: Besok, Path(liste): Path<String>, etter: Result<Query<Etter>, QueryRejection>) -> Svar {
    let Etter { hentes } = etter.map(|Query(etter)| etter).unwrap_or_default();
    let nokkel = nokkel(&liste)?;
    let kort = besok.ut.sammendrag(&nokkel).ok_or(Feilslag::FinnesIkke)?;
    // Only those who need work are named, so only they are noted as shown.
    let arbeid: BTreeSet<_> = kort
        .saker
        .iter()
        .flat_map(|sak| sak.elever.iter().copied())
        .chain(kort.rettet.iter().map(|r| r.elev))
        .collect();
    let ser_navn = besok.ut.ma(Gjoremal::SeListe) && !kort.mangler;
    let sett = match ser_navn {
        true => Some(besok.ut.utvalg(&nokkel, |linje, _| arbeid.contains(&linje.elev)).await?),
        false => None,
    };
    let kort = sett.as_ref().map_or(kort, |sett| sett.sammendrag.clone());
    let s = besok.sprak;
    let linjer = sett.as_ref().map(|sett| vis::ved_elev(&sett.sak.liste.linjer)).unwrap_or_default();
    let etter = ettermeldte(&besok, &kort).await?;
    let (mut rettes, mut sjekkes, mut orientering) = (vec![], vec![], vec![]);
    // What the intake office must be told of stands in a place of its own.
    let saker = vis::saker(s, besok.sider(), &kort, &linjer).into_iter();
    for sak in saker.filter(|sak| etter.is_empty() || sak.regel != "EL-031") {
        match sak.alvor {
            Alvor::Stopper => rettes.push(sak),
            Alvor::Sjekkes => sjekkes.push(sak),
            Alvor::TilOrientering => orientering.push(sak),
        }
    }
    let (system, _) = vis::system(besok.sider(), &kort);
    let kilder = kilder(&besok, &kort);
    let henting = hentes.and_then(|bedt| {
        let status: Vec<_> = kilder.iter().filter(|(_, s)| vis::hentes(*s)).map(|(k, _)| &k.status).collect();
        henting((bedt, besok.na()), &status, kort.endret, !rettes.is_empty())
    });
    let henting = henting.map(|henting| match henting {
        Henting::Na => Henting::Na,
        Henting::Siden => Henting::Siden,
        Henting::Uendret(nar) => Henting::Uendret(s.nar(nar, besok.na()).to_string()),
    });
    let rettet = kort.rettet.iter().map(|r| Rettet {
        navn: linjer.get(&r.elev).map(|linje| Elevvist::av(linje)),
        hva: runtime::visning::regel(&r.regel).map(|regel| s.av_tekst(regel.tittel).to_owned()).unwrap_or_default(),
        nar: s.nar(r.nar, besok.na()).to_string(),
    });
    let side = Forside {
        ramme: besok.ramme(hode::tittel(s, &kort)).levende(format!("/levende/{nokkel}?sett={}", levende::merke(&kort))),
        hode: Hode::ny(&besok, &kort),
        neste: neste(&besok, &kort),
        rettet: rettet.collect(),
        siden_godkjent: siden_godkjent(&besok, &kort).await?,
        kan_hente: besok.ut.ma(Gjoremal::Hente) && kilder.iter().any(|(_, system)| vis::hentes(*system)),
        kilder: kilder.iter().map(|(kilde, system)| kildelinje(&besok, kilde, *system)).collect(),
        henting,
        tastes: system == Skolesystem::Tastet && besok.ut.ma(Gjoremal::Levere),
        lastes_opp: system == Skolesystem::Pakke && besok.ut.ma(Gjoremal::Levere),
        instruks: kort.runde.as_ref().and_then(|runde| runde.instruks.clone()),
        kontakt: kort.runde.as_deref().and_then(kontakt),
        kan_godkjenne: besok.ut.kan_godkjenne(&kort),
        kan_tilbakekalle: kort.godkjent
            && kort.status == Skolestatus::Godkjent
            && besok.ut.ma(Gjoremal::Tilbakekalle)
            && besok.ut.kan_godkjenne(&kort),
        kan_avklare: kort.oppgave.is_some() && besok.ut.ma(Gjoremal::Avklare),
        umeldte: match besok.ut.ma(Gjoremal::SeListe) {
            true => etter.iter().filter(|e| e.kan_meldes).count(),
            false => kort.ettermeldinger as usize,
        },
        kan_ettermelde: besok.ut.ma(Gjoremal::Ettermelde),
        etter,
        segl: kort.uavklart.clone().unwrap_or_default(),
        sekvens: kort.sekvens,
        rettes,
        sjekkes,
        orientering,
    };
    svar(&side)
}

/// What has changed since an approval that counts no more: compared with the list as it was then.
pub(super) async fn siden_godkjent(besok: &Besok, liste: &Sammendrag) -> Result<Option<Lapset>, Feilslag> {
    // What the receiver has is approved no more: what came later is for the intake office.
    let gjelder = liste.siden_godkjent && liste.status != Skolestatus::Mottatt;
    let Some(da) = liste.sist_godkjent.as_ref().filter(|_| gjelder) else { return Ok(None) };
    let s = besok.sprak;
    let forrige = s.t("skole-godkjenn-forrige").s("hvem", vis::uten_id(&da.hvem)).s("nar", s.tid(da.nar)).to_string();
    if !besok.ut.ma(Gjoremal::SeHistorikk) {
        return Ok(Some(Lapset { forrige, endringer: vec![] }));
    }
    let endret = besok.ut.endret(&liste.nokkel, Siden::Ved(da.nar)).await?;
    let linjer = vis::ved_elev(&endret.na);
    let na = endret.elever.iter().filter(|e| e.slag != Endringsslag::Borte).map(|e| Endret {
        elev: linjer.get(&e.elev).map(|linje| Elevvist::av(linje)),
        borte: None,
        hva: super::endringer::slag(e.slag),
    });
    let borte = endret.borte.iter().map(|linje| Endret {
        elev: None,
        borte: Some(vis::navn(linje)),
        hva: super::endringer::slag(Endringsslag::Borte),
    });
    Ok(Some(Lapset { forrige, endringer: na.chain(borte).collect() }))
}

/// The sources that the list comes from: those that are read, or the one that it is given to.
fn kilder(besok: &Besok, liste: &Sammendrag) -> Vec<(Arc<Kildebilde>, Skolesystem)> {
    let (system, egen) = vis::system(besok.sider(), liste);
    let hans = besok.ut.kilder().into_iter().filter(|kilde| kilde.tenant.as_str() == liste.tenant);
    hans.filter_map(|kilde| {
        let nokkel = (kilde.tenant.clone(), kilde.kilde.clone());
        let dens = *besok.sider().skolesystemer.get(&nokkel)?;
        let med = if vis::hentes(system) { vis::hentes(dens) } else { egen.as_ref() == Some(&nokkel) };
        med.then_some((kilde, dens))
    })
    .collect()
}

/// When a source was read or given something, and what is in the way.
fn kildelinje(besok: &Besok, kilde: &Kildebilde, system: Skolesystem) -> Kildelinje {
    let (s, na) = (besok.sprak, besok.na());
    let stum = kilde.status.stum(na);
    let tekst = match kilde.status.sist_hel {
        Some(nar) if stum => s.t("skole-kilde-stum").s("nar", s.nar(nar, na)),
        Some(nar) if vis::hentes(system) => s.t("skole-kilde-hentet").s("nar", s.nar(nar, na)),
        Some(nar) => s.t("skole-kilde-levert").s("nar", s.nar(nar, na)),
        None if vis::hentes(system) => s.t("skole-kilde-aldri"),
        None => s.t("skole-kilde-ikke-levert"),
    };
    Kildelinje { navn: vis::kildenavn(besok, &kilde.tenant, &kilde.kilde), tekst: tekst.to_string(), feil: stum }
}

/// What has come of asking for a reading at `bedt`, of sources that stand so and a list that last changed at `endret`.
/// Nothing is said when the change has come, when nothing is waited for, and of what was asked long ago.
fn henting(
    (bedt, na): (i64, Timestamp),
    kilder: &[&Kildestatus],
    endret: Timestamp,
    venter: bool,
) -> Option<Henting<Timestamp>> {
    if bedt == 0 {
        return Some(Henting::Siden);
    }
    let bedt = Timestamp::from_millisecond(bedt).ok().filter(|bedt| na.duration_since(*bedt) < HENTES)?;
    let lest = kilder.iter().map(|kilde| kilde.sist_forsok.filter(|lest| *lest >= bedt)).min().flatten();
    match lest {
        _ if endret >= bedt => None,
        Some(lest) if na.duration_since(lest) >= UNDERVEIS => {
            let hel = kilder.iter().filter_map(|kilde| kilde.sist_hel).max();
            let i_orden = kilder.iter().all(|kilde| kilde.tilstand == Kildetilstand::Ok);
            let nar = if i_orden { Some(lest) } else { hel };
            nar.filter(|_| venter).map(Henting::Uendret)
        }
        _ => Some(Henting::Na),
    }
}

fn kontakt(runde: &Innsamling) -> Option<Kontaktvist> {
    let kontakt = runde.kontakt.clone()?;
    Some(Kontaktvist { navn: kontakt.navn, epost: kontakt.epost, telefon: kontakt.telefon })
}

#[derive(Deserialize)]
pub(super) struct Tomt {}

/// `POST /skole/{liste}/hent`: reads the school system now.
pub(super) async fn hent(Path(liste): Path<String>, Sendt(besok, Tomt {}): Sendt<Tomt>) -> Result<Response, Feilslag> {
    let nokkel = nokkel(&liste)?;
    let kort = besok.ut.sammendrag(&nokkel).ok_or(Feilslag::FinnesIkke)?;
    let mut na = false;
    for (kilde, system) in kilder(&besok, &kort) {
        if vis::hentes(system) {
            na |= besok.ut.hent(&kilde.tenant, &kilde.kilde)?;
        }
    }
    let nar = if na { besok.na().as_millisecond() } else { 0 };
    Ok(videre(&format!("/skole/{nokkel}?hentes={nar}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_for_a_reading_is_told_what_came_of_it() {
        let t = |s: i64| Timestamp::from_second(s).unwrap();
        let status = |lest: i64| Kildestatus {
            tilstand: Kildetilstand::Ok,
            sist_forsok: Some(t(lest)),
            ..Kildestatus::default()
        };
        let (for_, etter) = (status(90), status(101));
        let svar =
            |na: i64, kilde: &Kildestatus, endret, venter| henting((100_000, t(na)), &[kilde], t(endret), venter);
        assert_eq!(svar(100, &for_, 50, true), Some(Henting::Na));
        assert_eq!(svar(103, &etter, 50, true), Some(Henting::Na), "what was read is not a list yet");
        assert_eq!(svar(110, &etter, 50, true), Some(Henting::Uendret(t(101))));
        assert_eq!(svar(110, &etter, 102, true), None, "it has come, and stands on the page");
        assert_eq!(svar(110, &etter, 50, false), None, "nothing is waited for");
        assert_eq!(svar(300, &for_, 50, true), None, "an old address");
        assert_eq!(henting((0, t(110)), &[&for_], t(50), true), Some(Henting::Siden));
    }
}
