//! Who may sign in, for those who look after them.

use super::{Utsyn, les, uendret};
use crate::brukerstell::{Brukerstell, Skjema};
use crate::config::Rett;
use crate::kropp::Kropp;
use crate::problem::Avslag;
use crate::sporring::merket;
use crate::sprak::Sprak;
use axum::Json;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use identitet::Skjermet;
use jiff::Timestamp;
use runtime::adgang::{Adgangsrolle, Gjoremal};
use runtime::brukere::Eier;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use uuid::Uuid;

/// An owner of schools, or a county, whose people can be seen.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Brukereier {
    /// `tenant.voss` or `fylke.46`.
    eier: String,
    /// Whether you may invite, change and remove.
    kan_endre: bool,
}

/// What a person is to be.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Brukervalg {
    /// The employee's name.
    navn: String,
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    epost: Option<Skjermet<String>>,
    roller: Vec<Rolle>,
    /// For the role `skole`: organisation numbers. `974738368/46503` where only one list of an organisation is meant.
    #[serde(default)]
    skoler: BTreeSet<String>,
    /// `nb`, `nn` or `en`.
    #[serde(default)]
    sprak: Option<String>,
    /// Whether the person is told by e-mail.
    #[serde(default)]
    varsles: bool,
    /// Acts for the owner, and works for somebody else.
    #[serde(default)]
    leverandor: bool,
}

/// A role.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Rolle {
    /// `skole`, `kommune` or `revisor` of an owner of schools; `fylke` or `revisor` of a county.
    #[schemars(with = "String")]
    rolle: Adgangsrolle,
    /// Sees, and does nothing.
    #[serde(default)]
    bare_lese: bool,
}

/// A person who may sign in.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Bruker {
    id: Uuid,
    /// As a change would send it.
    valg: Brukervalg,
    /// Whether the person stands in the configuration, and is changed there.
    fast: bool,
    /// Until when the invitation can be answered; null when it has been.
    invitasjon_utloper: Option<Timestamp>,
    opprettet: Timestamp,
    sist_inne: Option<Timestamp>,
}

/// A person who was invited or changed.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Brukersvar {
    bruker: Bruker,
    /// What answers the invitation. It is said this once, and not kept; null where there is no new invitation.
    kode: Option<String>,
}

impl From<Brukervalg> for Skjema {
    fn from(valg: Brukervalg) -> Self {
        let Brukervalg { navn, epost, roller, skoler, sprak, varsles, leverandor } = valg;
        let epost = epost.map(|epost| epost.vis().clone()).unwrap_or_default();
        let roller = roller.into_iter().map(|rolle| (rolle.rolle, rolle.bare_lese)).collect();
        Self { navn, epost, roller, skoler, sprak, varsles, leverandor }
    }
}

impl From<Skjema> for Brukervalg {
    fn from(skjema: Skjema) -> Self {
        let Skjema { navn, epost, roller, skoler, sprak, varsles, leverandor } = skjema;
        let epost = (!epost.is_empty()).then(|| epost.into());
        let roller = roller.into_iter().map(|(rolle, bare_lese)| Rolle { rolle, bare_lese }).collect();
        Self { navn, epost, roller, skoler, sprak, varsles, leverandor }
    }
}

fn vist(bruker: &runtime::brukere::Bruker) -> Bruker {
    Bruker {
        id: bruker.id,
        valg: Skjema::av(bruker).into(),
        fast: bruker.fast,
        invitasjon_utloper: bruker.invitasjon.as_ref().and_then(|invitasjon| invitasjon.utloper),
        opprettet: bruker.opprettet,
        sist_inne: bruker.sist_inne,
    }
}

const FORM: &str =
    "{\"navn\": \"…\", \"epost\": \"…\", \"roller\": [{\"rolle\": \"skole\"}], \"skoler\": [\"974738368\"], …}";

fn stell(utsyn: &Utsyn) -> Result<Brukerstell<'_>, Avslag> {
    Ok(Brukerstell::ny(&utsyn.ut, &utsyn.delt, Sprak::default())?)
}

/// An owner whose people this caller changes.
async fn min(utsyn: &Utsyn, eier: &str) -> Result<Eier, Avslag> {
    let eier = stell(utsyn)?.min(eier).await?;
    utsyn.krev(Rett::Avgjore)?;
    Ok(eier)
}

/// `GET /api/v1/brukere`: the owners whose people the caller may see.
pub(crate) async fn eiere(utsyn: Utsyn) -> Result<Json<Vec<Brukereier>>, Avslag> {
    let stell = stell(&utsyn)?;
    let kan_endre = stell.kan_endre();
    let eier = |eier: Eier| Brukereier { eier: eier.to_string(), kan_endre };
    Ok(Json(stell.eiere().into_iter().map(eier).collect()))
}

/// `GET /api/v1/brukere/{eier}`: everyone, by name.
pub(crate) async fn alle(utsyn: Utsyn, Path(eier): Path<String>) -> Result<Json<Vec<Bruker>>, Avslag> {
    let stell = stell(&utsyn)?;
    let eier = stell.eier(&eier, Gjoremal::SeBrukere).await?;
    Ok(Json(stell.alle(&eier).await?.iter().map(vist).collect()))
}

/// `POST /api/v1/brukere/{eier}`: invites somebody.
pub(crate) async fn inviter(
    utsyn: Utsyn,
    Path(eier): Path<String>,
    Kropp(json): Kropp,
) -> Result<(StatusCode, Json<Brukersvar>), Avslag> {
    let eier = min(&utsyn, &eier).await?;
    let valg: Brukervalg = les(&json, FORM)?;
    let (bruker, kode) = stell(&utsyn)?.inviter(&eier, &valg.into()).await?;
    Ok((StatusCode::CREATED, Json(Brukersvar { bruker: vist(&bruker), kode: Some(kode) })))
}

/// `GET /api/v1/brukere/{eier}/{id}`.
pub(crate) async fn en(
    utsyn: Utsyn,
    Path((eier, id)): Path<(String, String)>,
    hoder: HeaderMap,
) -> Result<Response, Avslag> {
    let stell = stell(&utsyn)?;
    let eier = stell.eier(&eier, Gjoremal::SeBrukere).await?;
    merket(&hoder, &vist(&stell.en(&eier, super::liste::id(&id)?).await?))
}

/// `PUT /api/v1/brukere/{eier}/{id}`.
pub(crate) async fn endre(
    utsyn: Utsyn,
    Path((eier, id)): Path<(String, String)>,
    hoder: HeaderMap,
    Kropp(json): Kropp,
) -> Result<Json<Brukersvar>, Avslag> {
    let eier = min(&utsyn, &eier).await?;
    let stell = stell(&utsyn)?;
    let har = stell.en(&eier, super::liste::id(&id)?).await?;
    uendret(&hoder, &vist(&har))?;
    let valg: Brukervalg = les(&json, FORM)?;
    let (bruker, kode) = stell.endre(&eier, &har, &valg.into()).await?;
    Ok(Json(Brukersvar { bruker: vist(&bruker), kode }))
}

/// `DELETE /api/v1/brukere/{eier}/{id}`.
pub(crate) async fn fjern(utsyn: Utsyn, Path((eier, id)): Path<(String, String)>) -> Result<StatusCode, Avslag> {
    let eier = min(&utsyn, &eier).await?;
    stell(&utsyn)?.fjern(&eier, super::liste::id(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
