//! The one screen: how the list stands, what must be corrected and where, and what happens next.

use super::hode::{self, Hode};
use super::vis::{self, Elevvist, Sakvist};
use crate::sider::besok::{Besok, Sendt, Svar, nokkel};
use crate::sider::feil::Feilslag;
use crate::sider::levende;
use crate::sider::ramme::{Ramme, svar, videre};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use elevliste::{Endringsslag, Innsamling, Skolestatus};
use hendelse::Tenant;
use runtime::adgang::{Gjoremal, Omfang, Siden};
use runtime::utsikt::{Bokstand, Sammendrag};
use runtime::visning::{Alvor, Oppgave, Skolesystem, oppgave_tekst};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "skole/velg.html")]
struct Velgside {
    ramme: Ramme,
    lister: Vec<Valg>,
    /// Of earlier school years.
    eldre: Vec<Valg>,
    /// Where pupils are keyed in for a school that has no list yet.
    begynn: Vec<String>,
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

/// The schools of this person whose pupils are keyed in, and that have no list this year.
fn begynn(besok: &Besok, lister: &[Arc<Sammendrag>]) -> Vec<String> {
    if !besok.ut.ma(Gjoremal::Hente) {
        return vec![];
    }
    let har = |orgnr: &String| lister.iter().any(|l| l.skole.organisasjonsnummer.as_ref() == Some(orgnr));
    let Omfang::Skoler(mine) = &besok.okt.adgang.omfang else { return vec![] };
    let hans = |tenant: &Tenant, orgnr: &String| {
        mine.iter().any(|skole| skole.tenant == *tenant && skole.organisasjonsnummer == *orgnr)
    };
    let tastet = besok.sider().tastet.iter().filter(|((tenant, orgnr), _)| hans(tenant, orgnr) && !har(orgnr));
    tastet.map(|((tenant, _), kilde)| format!("/tast/{tenant}/{kilde}")).collect()
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
    /// Pupils are keyed in here, or a file is handed in.
    tastes: bool,
    lastes_opp: bool,
    instruks: Option<String>,
    kontakt: Option<Kontaktvist>,
    kan_godkjenne: bool,
    kan_tilbakekalle: bool,
    kan_avklare: bool,
    segl: String,
    sekvens: u64,
}

impl Forside {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

/// What the reader should do now, or wait for.
enum Neste {
    /// The ledger cannot be trusted.
    Brutt,
    /// There is no list yet.
    Samles,
    /// Something must be corrected.
    Rett,
    /// It can be approved.
    Godkjenn,
    /// Somebody else approves it.
    AndreGodkjenner(&'static str),
    /// It is approved and goes when the round opens, or any moment.
    Godkjent {
        apner: Option<String>,
    },
    Sendes,
    /// Nobody knows whether it arrived.
    Uavklart {
        oppgave: Option<String>,
    },
    Mottatt {
        nar: String,
        antall: u32,
    },
    Avvist,
    Stengt,
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

/// `GET /skole/{liste}`.
pub(super) async fn vis(besok: Besok, Path(liste): Path<String>) -> Svar {
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
    let (mut rettes, mut sjekkes, mut orientering) = (vec![], vec![], vec![]);
    for sak in vis::saker(s, besok.sider(), &kort, &linjer) {
        match sak.alvor {
            Alvor::Stopper => rettes.push(sak),
            Alvor::Sjekkes => sjekkes.push(sak),
            Alvor::TilOrientering => orientering.push(sak),
        }
    }
    let (system, _) = vis::system(besok.sider(), &kort);
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
        kilder: kilder(&besok, &kort),
        kan_hente: besok.ut.ma(Gjoremal::Hente),
        tastes: system == Skolesystem::Tastet && besok.ut.ma(Gjoremal::Hente),
        lastes_opp: system == Skolesystem::Pakke && besok.ut.ma(Gjoremal::Hente),
        instruks: kort.runde.as_ref().and_then(|runde| runde.instruks.clone()),
        kontakt: kort.runde.as_deref().and_then(kontakt),
        kan_godkjenne: besok.ut.ma(Gjoremal::Godkjenne),
        kan_tilbakekalle: kort.godkjent && kort.status == Skolestatus::Godkjent && besok.ut.ma(Gjoremal::Tilbakekalle),
        kan_avklare: kort.oppgave.is_some() && besok.ut.ma(Gjoremal::Avklare),
        segl: sett.as_ref().and_then(|sett| sett.bilde.uavklarte.first().cloned()).unwrap_or_default(),
        sekvens: kort.sekvens,
        rettes,
        sjekkes,
        orientering,
    };
    svar(&side)
}

fn neste(besok: &Besok, liste: &Sammendrag) -> Neste {
    let s = besok.sprak;
    if liste.bok != Bokstand::Hel {
        return Neste::Brutt;
    }
    match liste.status {
        Skolestatus::Samles => Neste::Samles,
        Skolestatus::Avvik => Neste::Rett,
        Skolestatus::Klar if besok.ut.ma(Gjoremal::Godkjenne) => Neste::Godkjenn,
        Skolestatus::Klar => Neste::AndreGodkjenner(match liste.runde.as_ref().map(|r| r.godkjenning) {
            Some(elevliste::Godkjenning::Kommune) => "skole-godkjennes-kommune",
            Some(elevliste::Godkjenning::Automatisk) => "skole-godkjennes-automatisk",
            _ => "skole-godkjennes-skole",
        }),
        Skolestatus::Godkjent => Neste::Godkjent {
            apner: liste.runde.as_ref().filter(|r| r.apner > besok.na()).map(|r| s.tid(r.apner).to_string()),
        },
        Skolestatus::Sendes => Neste::Sendes,
        Skolestatus::Uavklart => Neste::Uavklart {
            oppgave: liste.oppgave.map(|oppgave: Oppgave| s.av_tekst(oppgave_tekst(oppgave)).to_owned()),
        },
        Skolestatus::Mottatt => Neste::Mottatt {
            nar: liste.mottatt.map(|nar| s.tid(nar).to_string()).unwrap_or_default(),
            antall: liste.antall.sendt,
        },
        Skolestatus::Avvist => Neste::Avvist,
        Skolestatus::Stengt => Neste::Stengt,
    }
}

/// What has changed since an approval that counts no more: compared with the list as it was then.
pub(super) async fn siden_godkjent(besok: &Besok, liste: &Sammendrag) -> Result<Option<Lapset>, Feilslag> {
    let Some(da) = liste.sist_godkjent.as_ref().filter(|_| liste.siden_godkjent) else { return Ok(None) };
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

/// When each school system of the list was read, and what is in the way.
fn kilder(besok: &Besok, liste: &Sammendrag) -> Vec<Kildelinje> {
    let (s, na) = (besok.sprak, besok.na());
    let hans = besok.ut.kilder().into_iter().filter(|kilde| kilde.tenant.as_str() == liste.tenant);
    hans.filter(|kilde| besok.sider().skolesystemer.contains_key(&(kilde.tenant.clone(), kilde.kilde.clone())))
        .map(|kilde| {
            let status = &kilde.status;
            let stum = status.stum(na);
            let tekst = match status.sist_hel {
                Some(nar) if stum => s.t("skole-kilde-stum").s("nar", s.nar(nar, na)),
                Some(nar) => s.t("skole-kilde-hentet").s("nar", s.nar(nar, na)),
                None => s.t("skole-kilde-aldri"),
            };
            Kildelinje {
                navn: super::vis::kildenavn(besok, &kilde.tenant, &kilde.kilde),
                tekst: tekst.to_string(),
                feil: stum,
            }
        })
        .collect()
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
    for kilde in besok.ut.kilder() {
        if kilde.tenant.as_str() == kort.tenant {
            besok.ut.hent(&kilde.tenant, &kilde.kilde)?;
        }
    }
    Ok(videre(&format!("/skole/{nokkel}?hentes=1")))
}
