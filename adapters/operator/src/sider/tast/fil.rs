//! A file from the school system: first gone through, then handed in. It is never stored.
//!
//! Between the two the browser chooses the file again, and sends the sum of what was gone through: another file is gone
//! through first, too.

use super::rapport::Rapport;
use super::{Sted, hvem, sted};
use crate::innlogging::Opplasting;
use crate::pakker::{self, Apnet};
use crate::problem::Avslag;
use crate::sider::besok::{Besok, Svar};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar_med, videre};
use crate::sider::skole::hode::tittel;
use crate::tjener::{RUNDT, mib};
use crate::valgt::Delt;
use askama::Template;
use axum::body::Bytes;
use axum::extract::multipart::MultipartError;
use axum::extract::rejection::QueryRejection;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Query, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use flow::{Cursor, Progress, Source, Vannmerker};
use hendelse::Kildeobjekt;
use oneroster::Objekt;
use runtime::Stopp;
use runtime::adgang::{Adgangsrolle, Gjoremal};
use runtime::visning::Skolesystem;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

#[derive(Template)]
#[template(path = "tast/fil.html")]
struct Filside {
    ramme: Ramme,
    adresse: String,
    liste: String,
    kan: bool,
    maks_mib: u64,
    sagt: Sagt,
    /// Where somebody decides about what is held; none where this person does not.
    avgjores: Option<String>,
    rapport: Option<Rapport>,
    /// Of the file that was gone through.
    sum: Option<String>,
    /// What stands at the field.
    feil: Option<Feltfeil>,
}

/// What is wrong with the file that was chosen.
enum Feltfeil {
    /// None was.
    Ingen,
    /// Another than the one that was gone through.
    Annen,
    /// It is no package. The text is in bokmål.
    Pakke(String),
    /// Something of it belongs to other schools.
    Andres,
    /// It shows what a person has discarded.
    Forkastet,
}

#[derive(Deserialize, Default, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Sagt {
    #[default]
    Ingenting,
    Lagret,
    Holdt,
}

#[derive(Deserialize, Default)]
pub(super) struct Etter {
    #[serde(default)]
    levert: Sagt,
}

impl Filside {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }

    fn ny(besok: &Besok, sted: &Sted) -> Self {
        let s = besok.sprak;
        let mottak = &sted.mottak;
        Self {
            ramme: besok.ramme(s.t("tast-fil-tittel")),
            adresse: sted.adresse(),
            liste: tittel(s, &sted.liste),
            kan: sted.kan,
            maks_mib: mib(besok.delt.maks_opplasting),
            sagt: Sagt::Ingenting,
            avgjores: besok
                .ut
                .ma(Gjoremal::AvgjorHold)
                .then(|| format!("/kommune/kilder/{}/{}", mottak.tenant, mottak.navn)),
            rapport: None,
            sum: None,
            feil: None,
        }
    }

    fn svar(&self) -> Svar {
        let status = match &self.feil {
            None | Some(Feltfeil::Annen) => StatusCode::OK,
            Some(Feltfeil::Forkastet) => StatusCode::CONFLICT,
            Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        };
        svar_med(status, self)
    }
}

/// `GET /skole/{liste}/fil`.
pub(super) async fn vis(besok: Besok, Path(liste): Path<String>, etter: Result<Query<Etter>, QueryRejection>) -> Svar {
    let sted = sted(&besok, &liste, Skolesystem::Pakke)?;
    let sagt = etter.map(|Query(etter)| etter.levert).unwrap_or_default();
    Filside { sagt, ..Filside::ny(&besok, &sted) }.svar()
}

/// `POST /skole/{liste}/fil`.
pub(super) async fn send(
    Path(liste): Path<String>,
    State(delt): State<Delt>,
    Opplasting(okt): Opplasting,
    mut req: Request,
) -> Result<Response, Feilslag> {
    let sti = req.uri().path().to_owned();
    let besok = Besok::ny(okt, req.headers(), sti, &delt);
    let sted = sted(&besok, &liste, Skolesystem::Pakke)?;
    sted.krev()?;
    let maks = delt.maks_opplasting.saturating_add(RUNDT);
    DefaultBodyLimit::max(maks).apply(&mut req);
    let skjema = Multipart::from_request(req, &()).await.map_err(|_| Feilslag::Skjema)?;
    let Innsendt { sum, fil } = les(&besok, skjema).await?;
    let fil = fil.filter(|fil| !fil.is_empty());
    let side = Filside::ny(&besok, &sted);
    let Some(fil) = fil else { return Filside { feil: Some(Feltfeil::Ingen), ..side }.svar() };
    let denne = summen(&fil);
    let apnet = match pakker::apne(&sted.mottak.tjeneste, fil).await {
        Ok(apnet) => apnet,
        Err(avslag) => return Filside { feil: Some(pakkefeil(avslag)?), ..side }.svar(),
    };
    if !bare_egne(&besok, &sted, &apnet).await? {
        return Filside { feil: Some(Feltfeil::Andres), ..side }.svar();
    }
    if sum.as_ref() != Some(&denne) {
        let feil = sum.map(|_| Feltfeil::Annen);
        let rapport = Some(Rapport::av(apnet.pakke.rapport()));
        return Filside { feil, rapport, sum: Some(denne), ..side }.svar();
    }
    match pakker::ta_inn(&delt, &sted.mottak, &hvem(&besok), apnet).await {
        Ok(svar) => Ok(videre(&format!("{}/fil?levert={}", sted.adresse(), svar.utfall))),
        Err(avslag) => Filside { feil: Some(pakkefeil(avslag)?), ..side }.svar(),
    }
}

/// What was sent.
struct Innsendt {
    /// Of the file that was gone through before.
    sum: Option<String>,
    fil: Option<Bytes>,
}

/// Reads the form. Nothing but the token is looked at before the token is.
async fn les(besok: &Besok, mut skjema: Multipart) -> Result<Innsendt, Feilslag> {
    let feil = |feil: MultipartError| lesefeil(&feil, besok.delt.maks_opplasting);
    let (mut ut, mut sjekket) = (Innsendt { sum: None, fil: None }, false);
    while let Some(felt) = skjema.next_field().await.map_err(feil)? {
        match felt.name() {
            Some("csrf") => {
                let token = felt.text().await.map_err(feil)?;
                besok.okt.sjekk_csrf(&token).map_err(|_| Feilslag::Skjema)?;
                sjekket = true;
            }
            _ if !sjekket => return Err(Feilslag::Skjema),
            Some("sum") => ut.sum = Some(felt.text().await.map_err(feil)?).filter(|sum| !sum.is_empty()),
            Some("fil") => ut.fil = Some(felt.bytes().await.map_err(feil)?),
            _ => return Err(Feilslag::Skjema),
        }
    }
    if sjekket { Ok(ut) } else { Err(Feilslag::Skjema) }
}

fn lesefeil(feil: &MultipartError, maks: usize) -> Feilslag {
    match feil.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Feilslag::ForStor(mib(maks)),
        _ => Feilslag::Skjema,
    }
}

/// What the service says against a package, at the field; what it says against anything else is a page of its own.
fn pakkefeil(avslag: Avslag) -> Result<Feltfeil, Feilslag> {
    if avslag.kode() == "forkastet" {
        return Ok(Feltfeil::Forkastet);
    }
    let hva = avslag.feltfeil().first().map(|felt| felt.hva.clone());
    hva.map(Feltfeil::Pakke).ok_or_else(|| avslag.into())
}

/// Whether a school gives us only what is its own: a source may hold several, and whoever sees to one of them changes no
/// other. A municipality has all of the source.
async fn bare_egne(besok: &Besok, sted: &Sted, apnet: &Apnet) -> Result<bool, Feilslag> {
    if besok.rolle() != Adgangsrolle::Skole {
        return Ok(true);
    }
    let (om, mottak) = (&besok.delt.om, &sted.mottak);
    let egne: BTreeSet<String> =
        besok.ut.lister().iter().filter_map(|liste| liste.skole.organisasjonsnummer.clone()).collect();
    let holdt = runtime::les_kilde(om, &mottak.tenant, &mottak.navn).await.map_err(Avslag::from)?;
    let sendt = alt(&*apnet.pakke.source()).await.map_err(Avslag::from)?;
    Ok(skoler(holdt.iter().chain(&sendt)).all(|orgnr| orgnr.is_some_and(|orgnr| egne.contains(orgnr))))
}

/// What is in a package, as everything there is and as changes.
async fn alt(source: &dyn Source) -> Result<Vec<Kildeobjekt>, Stopp> {
    let (mut ut, mut etter) = (Vec::new(), Cursor::default());
    for endringer in [false, true] {
        loop {
            let side = match endringer {
                false => Some(source.read(&etter).await?),
                true => source.changes(&Vannmerker::new(), &etter).await?,
            };
            let Some(side) = side else { break };
            ut.extend(side.observed.into_iter().map(|sett| sett.objekt));
            etter = side.next;
            if let Progress::Complete(_) = side.progress {
                break;
            }
        }
        etter = Cursor::default();
    }
    Ok(ut)
}

/// The schools' organisation numbers; none of one that has none.
fn skoler<'a>(objekter: impl Iterator<Item = &'a Kildeobjekt>) -> impl Iterator<Item = Option<&'a String>> {
    objekter.filter_map(|objekt| match objekt {
        Kildeobjekt::Roster(Objekt::Org(org)) if org.r#type == "school" => Some(org.identifier.as_ref()),
        _ => None,
    })
}

fn summen(fil: &[u8]) -> String {
    Sha256::digest(fil)[..16].iter().map(|b| format!("{b:02x}")).collect()
}
