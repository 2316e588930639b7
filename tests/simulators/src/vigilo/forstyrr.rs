//! The faults that come instead of an answer, or before it.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::{SignedDuration, Timestamp};

use super::{Feil, Feilform, Indre, hoder::http_dato, imsx::Avslag};
use crate::server::{html, venter};

/// The times of the requests of the last minute that were let through.
#[derive(Debug, Default)]
pub(super) struct Trafikk(Mutex<VecDeque<Timestamp>>);

impl Trafikk {
    /// Lets a request through, or says how long it is until the next one would be.
    fn slipp(&self, na: Timestamp, per_minutt: u32) -> Result<(), SignedDuration> {
        const MINUTT: SignedDuration = SignedDuration::from_mins(1);
        let mut tider = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while tider.front().is_some_and(|tid| na.duration_since(*tid) >= MINUTT) {
            tider.pop_front();
        }
        match tider.front() {
            Some(eldste) if tider.len() >= per_minutt as usize => Err(MINUTT - na.duration_since(*eldste)),
            _ => {
                tider.push_back(na);
                Ok(())
            }
        }
    }
}

/// The shape of refusals that the faults ask for.
pub(super) fn form(feil: &[Feil]) -> Feilform {
    let av = |feil: &Feil| if let Feil::Feilform { form } = feil { Some(*form) } else { None };
    feil.iter().find_map(av).unwrap_or_default()
}

impl Indre {
    /// Waits, or answers in place of the collection.
    pub(super) async fn forstyrr(&self, feil: &[Feil], hjelper: bool) -> Option<Response> {
        let form = form(feil);
        for feil in feil {
            match feil {
                Feil::Treg { millisekunder } => venter(*millisekunder).await,
                Feil::Omdirigering { til } => {
                    return Some((StatusCode::FOUND, [(header::LOCATION, til.clone())]).into_response());
                }
                Feil::Avvis401 => return Some(Avslag::Uautorisert("the token is not known").svar(form)),
                Feil::TokenUtloper => self.tokens.trekk_tilbake(),
                Feil::ForMange { vent_sekunder, html: true } => return Some(for_mange_html(*vent_sekunder)),
                Feil::ForMange { vent_sekunder, html: false } => {
                    return Some(Avslag::ForMange { vent: vent_sekunder.to_string() }.svar(form));
                }
                Feil::ForMangeDato { vent_sekunder } => {
                    let na = self.na();
                    let da = na.saturating_add(SignedDuration::from_secs(i64::from(*vent_sekunder))).unwrap_or(na);
                    return Some(Avslag::ForMange { vent: http_dato(da) }.svar(form));
                }
                Feil::Grense { per_minutt } => {
                    if let Err(vent) = self.trafikk.slipp(self.na(), *per_minutt) {
                        // Rounded up, so that who waits as told is let through.
                        let sekunder = u32::try_from(vent.as_secs() + 1).unwrap_or(60);
                        let mut svar = for_mange_html(sekunder);
                        const GRENSE: HeaderName = HeaderName::from_static("ratelimit-limit");
                        const IGJEN: HeaderName = HeaderName::from_static("ratelimit-remaining");
                        svar.headers_mut().insert(GRENSE, HeaderValue::from(*per_minutt));
                        svar.headers_mut().insert(IGJEN, HeaderValue::from(0));
                        return Some(svar);
                    }
                }
                Feil::Status { status } => {
                    let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                    let fra_mellomledd = matches!(status.as_u16(), 502..=504);
                    return Some(if fra_mellomledd { html(status) } else { Avslag::Serverfeil(status).svar(form) });
                }
                Feil::Html200 => return Some(html(StatusCode::OK)),
                Feil::HjelpereForbudt if hjelper => {
                    return Some(Avslag::Forbudt("helper endpoints are not open to this client").svar(form));
                }
                Feil::HjelpereMangler if hjelper => return Some(Avslag::Ukjent("no such path").svar(form)),
                _ => {}
            }
        }
        None
    }
}

fn for_mange_html(vent_sekunder: u32) -> Response {
    let mut svar = html(StatusCode::TOO_MANY_REQUESTS);
    svar.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(vent_sekunder));
    svar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_is_a_window_that_slides() {
        let trafikk = Trafikk::default();
        let start: Timestamp = "2026-11-02T07:00:00Z".parse().unwrap();
        let etter = |sekunder| start + SignedDuration::from_secs(sekunder);
        assert_eq!(trafikk.slipp(etter(0), 2), Ok(()));
        assert_eq!(trafikk.slipp(etter(20), 2), Ok(()));
        assert_eq!(trafikk.slipp(etter(30), 2), Err(SignedDuration::from_secs(30)));
        assert_eq!(trafikk.slipp(etter(60), 2), Ok(()));
        assert_eq!(trafikk.slipp(etter(61), 2), Err(SignedDuration::from_secs(19)));
    }
}
