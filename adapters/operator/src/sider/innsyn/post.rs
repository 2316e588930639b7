//! One entry of the log, with everybody it is about.

use super::logg::loggen;
use super::ord::{self, Rad};
use crate::sider::besok::{Besok, Svar};
use crate::sider::feil::Feilslag;
use crate::sider::ramme::{Ramme, svar};
use askama::Template;
use axum::extract::Path;
use runtime::adgang::Gjoremal;
use runtime::revisjon::Loggfilter;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "innsyn/post.html")]
struct Postside {
    ramme: Ramme,
    rad: Rad,
    logg: String,
    /// Our ids, and the pages of those whose names may be seen.
    elever: Vec<(Uuid, Option<String>)>,
    /// The rest of what it says.
    data: String,
    typ: String,
}

impl Postside {
    const fn ramme(&self) -> &Ramme {
        &self.ramme
    }
}

/// `GET /innsyn/{logg}/{sekvens}`.
pub(super) async fn vis(besok: Besok, Path((logg, sekvens)): Path<(String, u64)>) -> Svar {
    if !besok.ut.ma(Gjoremal::SeRevisjon) {
        return Err(Feilslag::FinnesIkke);
    }
    let logg = loggen(&besok, &logg)?;
    let side = besok.ut.logg(&logg, &Loggfilter::default(), sekvens.checked_add(1), 1).await?;
    let post = side.poster.into_iter().find(|post| post.sekvens == sekvens).ok_or(Feilslag::FinnesIkke)?;
    let lister = ord::lister(&besok);
    let mut data = post.data.clone();
    data.remove("elever");
    let side = Postside {
        ramme: besok.ramme(besok.sprak.t("innsyn-post")),
        elever: post.elever().into_iter().map(|elev| (elev, ord::elevside(&besok, &lister, &post, elev))).collect(),
        rad: ord::rad(&besok, &logg, &lister, &post),
        logg: logg.to_string(),
        data: serde_json::to_string_pretty(&data).map_err(|_| Feilslag::Uventet)?,
        typ: post.typ,
    };
    svar(&side)
}
