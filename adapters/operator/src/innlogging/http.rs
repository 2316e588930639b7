//! How a sign-in service is spoken to: briefly, never somewhere else than asked for, and never without end.

use super::Avvist;
use reqwest::{Client, RequestBuilder, Response, StatusCode, redirect};
use serde::de::DeserializeOwned;
use std::time::Duration;

/// How long an answer is waited for.
const TIDSGRENSE: Duration = Duration::from_secs(10);
/// Largest answer, in bytes.
const MAKS: usize = 256 * 1024;

pub(super) fn klient(tidsgrense: Option<Duration>) -> Result<Client, reqwest::Error> {
    Client::builder()
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .timeout(tidsgrense.unwrap_or(TIDSGRENSE))
        .connect_timeout(Duration::from_secs(5))
        .user_agent(concat!("mellomlag/", env!("CARGO_PKG_VERSION")))
        .build()
}

/// Sends, and reads the JSON of the answer. An answer of 400 or 401 is a refusal; everything else is trouble.
pub(super) async fn json<T: DeserializeOwned>(spor: RequestBuilder) -> Result<T, Avvist> {
    // The error is not told: it may hold the address, and with it what was asked.
    let svar = spor.send().await.map_err(|_| Avvist::TilbyderNede)?;
    match svar.status() {
        StatusCode::OK => {}
        StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED => return Err(Avvist::TilbyderAvviste),
        _ => return Err(Avvist::TilbyderNede),
    }
    serde_json::from_slice(&kropp(svar).await?).map_err(|_| Avvist::TilbyderNede)
}

async fn kropp(mut svar: Response) -> Result<Vec<u8>, Avvist> {
    let mut ut = Vec::new();
    while let Some(bit) = svar.chunk().await.map_err(|_| Avvist::TilbyderNede)? {
        if ut.len() + bit.len() > MAKS {
            return Err(Avvist::TilbyderNede);
        }
        ut.extend_from_slice(&bit);
    }
    Ok(ut)
}
