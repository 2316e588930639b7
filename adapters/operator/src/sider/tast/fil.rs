//! A file from the school system: first gone through, then handed in. It is never stored.
//!
//! Between the two the browser chooses the file again, and sends the sum of what was gone through: another file is gone
//! through first, too.
//!
//! A school hands in for its list. The first file of all, of which the list comes into being, has an address of its own.

use super::rapport::Rapport;
use super::{hvem, sted};
use crate::innlogging::Opplasting;
use crate::pakker;
use crate::problem::Avslag;
use crate::sider::besok::{Besok, Svar};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar_med, videre};
use crate::sider::skole::hode::tittel;
use crate::tjener::{RUNDT, mib};
use crate::valgt::{Delt, Mottak};
use askama::Template;
use axum::body::Bytes;
use axum::extract::multipart::MultipartError;
use axum::extract::rejection::QueryRejection;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Query, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use hendelse::{Kildenavn, Tenant};
use runtime::adgang::Gjoremal;
use runtime::visning::Skolesystem;
use serde::Deserialize;
use sha2::{Digest, Sha256};

#[derive(Template)]
#[template(path = "tast/fil.html")]
struct Filside {
    ramme: Ramme,
    adresse: String,
    /// Where the reader comes from, and what it is called.
    tilbake: (String, String),
    /// There is no list yet.
    forste: bool,
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

    fn ny(besok: &Besok, hit: &Hit) -> Self {
        let mottak = &hit.mottak;
        Self {
            ramme: besok.ramme(besok.sprak.t("tast-fil-tittel")),
            adresse: hit.adresse.clone(),
            tilbake: hit.tilbake.clone(),
            forste: hit.forste,
            kan: hit.kan,
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

/// Where a file goes, and the page that it is handed in at.
struct Hit {
    mottak: Mottak,
    adresse: String,
    tilbake: (String, String),
    forste: bool,
    /// Whether this person may hand in, and does not only look.
    kan: bool,
}

/// A file for a list.
fn til_listen(besok: &Besok, liste: &str) -> Result<Hit, Feilslag> {
    let sted = sted(besok, liste, Skolesystem::Pakke)?;
    let tilbake = (sted.adresse(), tittel(besok.sprak, &sted.liste));
    Ok(Hit { adresse: format!("{}/fil", sted.adresse()), tilbake, forste: false, kan: sted.kan, mottak: sted.mottak })
}

/// The first file of a school that has no list.
fn forste(besok: &Besok, tenant: &str, kilde: &str) -> Result<Hit, Feilslag> {
    let tenant: Tenant = tenant.parse().map_err(|_| Feilslag::FinnesIkke)?;
    let kilde: Kildenavn = kilde.parse().map_err(|_| Feilslag::FinnesIkke)?;
    let system = besok.sider().skolesystemer.get(&(tenant.clone(), kilde.clone()));
    let hans = besok.ut.adgang().ser_kilde(&tenant, &kilde) && besok.ut.ma(Gjoremal::SeListe);
    if system != Some(&Skolesystem::Pakke) || !hans {
        return Err(Feilslag::FinnesIkke);
    }
    let adresse = format!("/fil/{tenant}/{kilde}");
    let tilbake = ("/".to_owned(), besok.sprak.t("felles-hjem").to_string());
    let mottak = Mottak::av(&besok.delt, tenant, kilde).ok_or(Feilslag::FinnesIkke)?;
    Ok(Hit { mottak, adresse, tilbake, forste: true, kan: besok.ut.ma(Gjoremal::Levere) })
}

/// What was said before this page was shown.
type Sagtfor = Result<Query<Etter>, QueryRejection>;

/// `GET /skole/{liste}/fil`.
pub(super) async fn vis(besok: Besok, Path(liste): Path<String>, etter: Sagtfor) -> Svar {
    side(&besok, &til_listen(&besok, &liste)?, etter)
}

/// `GET /fil/{tenant}/{kilde}`.
pub(super) async fn vis_forste(besok: Besok, Path((tenant, kilde)): Path<(String, String)>, etter: Sagtfor) -> Svar {
    side(&besok, &forste(&besok, &tenant, &kilde)?, etter)
}

fn side(besok: &Besok, hit: &Hit, etter: Sagtfor) -> Svar {
    let sagt = etter.map(|Query(etter)| etter.levert).unwrap_or_default();
    Filside { sagt, ..Filside::ny(besok, hit) }.svar()
}

/// `POST /skole/{liste}/fil`.
pub(super) async fn send(
    Path(liste): Path<String>,
    State(delt): State<Delt>,
    Opplasting(okt): Opplasting,
    req: Request,
) -> Result<Response, Feilslag> {
    let besok = Besok::ny(okt, req.headers(), req.uri().path().to_owned(), &delt);
    let hit = til_listen(&besok, &liste)?;
    ta_imot(&besok, &hit, req).await
}

/// `POST /fil/{tenant}/{kilde}`.
pub(super) async fn send_forste(
    Path((tenant, kilde)): Path<(String, String)>,
    State(delt): State<Delt>,
    Opplasting(okt): Opplasting,
    req: Request,
) -> Result<Response, Feilslag> {
    let besok = Besok::ny(okt, req.headers(), req.uri().path().to_owned(), &delt);
    let hit = forste(&besok, &tenant, &kilde)?;
    ta_imot(&besok, &hit, req).await
}

async fn ta_imot(besok: &Besok, hit: &Hit, mut req: Request) -> Result<Response, Feilslag> {
    if !hit.kan {
        return Err(Feilslag::MaIkke);
    }
    let maks = besok.delt.maks_opplasting.saturating_add(RUNDT);
    DefaultBodyLimit::max(maks).apply(&mut req);
    let skjema = Multipart::from_request(req, &()).await.map_err(|_| Feilslag::Skjema)?;
    let Innsendt { sum, fil } = les(besok, skjema).await?;
    let fil = fil.filter(|fil| !fil.is_empty());
    let side = Filside::ny(besok, hit);
    let Some(fil) = fil else { return Filside { feil: Some(Feltfeil::Ingen), ..side }.svar() };
    let denne = summen(&fil);
    let apnet = match pakker::apne(&hit.mottak.tjeneste, fil).await {
        Ok(apnet) => apnet,
        Err(avslag) => return Filside { feil: Some(pakkefeil(avslag)?), ..side }.svar(),
    };
    if !pakker::bare_egne(&besok.delt.om, &hit.mottak, besok.ut.adgang(), &apnet).await? {
        return Filside { feil: Some(Feltfeil::Andres), ..side }.svar();
    }
    if sum.as_ref() != Some(&denne) {
        let feil = sum.map(|_| Feltfeil::Annen);
        let rapport = Some(Rapport::av(apnet.pakke.rapport()));
        return Filside { feil, rapport, sum: Some(denne), ..side }.svar();
    }
    match pakker::ta_inn(&besok.delt, &hit.mottak, &hvem(besok), apnet).await {
        Ok(svar) => Ok(videre(&format!("{}?levert={}", hit.adresse, svar.utfall))),
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

fn summen(fil: &[u8]) -> String {
    Sha256::digest(fil)[..16].iter().map(|b| format!("{b:02x}")).collect()
}
