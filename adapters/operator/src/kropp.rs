//! The body of a request, within its limit.

use crate::problem::Avslag;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::IntoResponse;

/// A body, whole. One that is too large, or breaks off, is a problem like any other.
pub(crate) struct Kropp(pub(crate) Bytes);

impl<S: Send + Sync> FromRequest<S> for Kropp {
    type Rejection = Avslag;

    async fn from_request(req: Request, delt: &S) -> Result<Self, Avslag> {
        let feil = match Bytes::from_request(req, delt).await {
            Ok(bytes) => return Ok(Self(bytes)),
            Err(feil) => feil.into_response().status(),
        };
        Err(if feil == StatusCode::PAYLOAD_TOO_LARGE { Avslag::for_stor() } else { Avslag::avbrutt() })
    }
}
