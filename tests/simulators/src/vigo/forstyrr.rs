//! Faults as they act on a request, whatever the dialect: what happens instead of an answer, and to an answer.

use std::io;

use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::stream;

use super::{Feil, Indre, feil, laas, tilgang::Nektet};
use crate::server::{Forbindelse, html, venter};

/// Answers are built in memory and are small.
const MAKS_SVAR: usize = 16 * 1024 * 1024;

/// The faults that strike this request and let it be judged; an answer where they do not.
pub(super) fn foran(indre: &Indre, forbindelse: &Forbindelse, orgnr: Option<&str>) -> Result<Vec<Feil>, Box<Response>> {
    let feil = feil::treff(&mut laas(&indre.feil), orgnr, |_| true);
    for feil in &feil {
        match feil {
            Feil::Status { status } => {
                let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                return Err(html(status).into());
            }
            Feil::Html200 => return Err(html(StatusCode::OK).into()),
            Feil::Avvis401 => return Err(Nektet::Token("the signature is not valid").into_response().into()),
            Feil::MistetForesporsel => {
                forbindelse.kutt();
                return Err(StatusCode::OK.into_response().into());
            }
            Feil::LukketVindu
            | Feil::MistetSvar
            | Feil::HalvtSvar
            | Feil::TregtSvar { .. }
            | Feil::KodeverkNede
            | Feil::ForMangeKall { .. }
            | Feil::IkkeTilgang
            | Feil::EndretUtenfra => {}
        }
    }
    Ok(feil)
}

/// The answer as the faults let it through, after the request has had its effect.
pub(super) async fn bak(feil: &[Feil], forbindelse: &Forbindelse, mut svar: Response) -> Response {
    for feil in feil {
        match feil {
            Feil::MistetSvar => forbindelse.kutt(),
            Feil::TregtSvar { millisekunder } => venter(*millisekunder).await,
            Feil::HalvtSvar => svar = halvt(svar).await,
            _ => {}
        }
    }
    svar
}

/// Promises the whole, and breaks off half-way.
async fn halvt(svar: Response) -> Response {
    let (mut hode, kropp) = svar.into_parts();
    let hel = axum::body::to_bytes(kropp, MAKS_SVAR).await.unwrap_or_default();
    hode.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(hel.len()));
    let forste = hel.slice(..hel.len() / 2);
    let biter = stream::unfold(Some(forste), |rest| async move {
        match rest {
            Some(forste) if !forste.is_empty() => Some((Ok(forste), Some(Bytes::new()))),
            Some(_) => {
                // What is written reaches the client only when the server has to wait for more.
                venter(20).await;
                Some((Err(io::Error::new(io::ErrorKind::ConnectionAborted, "cut by the simulator")), None))
            }
            None => None,
        }
    });
    Response::from_parts(hode, Body::from_stream(biter))
}
