//! Headers: the count, the links to other pages, the revision and the date.

use std::sync::{Arc, atomic::Ordering};

use axum::{
    extract::State,
    http::{HeaderName, HeaderValue, header},
    response::Response,
};
use jiff::Timestamp;

use super::{Feil, Indre, sporring::Sporring};

const TOTAL: HeaderName = HeaderName::from_static("x-total-count");
const REVISJON: HeaderName = HeaderName::from_static("x-perm-rev");
const ANTALL: HeaderName = HeaderName::from_static("x-count");

/// What the headers of a page tell of.
pub(super) struct Sideinfo<'a> {
    /// The path that was asked for.
    pub(super) sti: &'a str,
    pub(super) sporring: &'a Sporring,
    /// Rows that pass the filter.
    pub(super) valgt: usize,
    /// Rows in the collection.
    pub(super) alle: usize,
    pub(super) revisjon: u64,
}

impl Indre {
    /// Puts on what the configuration and the faults ask for.
    pub(super) fn sett_hoder(&self, svar: &mut Response, side: &Sideinfo<'_>, feil: &[Feil]) {
        let hoder = svar.headers_mut();
        let har = |f: &Feil| feil.contains(f);
        let mut total = if har(&Feil::TotalForFilter) { side.alle } else { side.valgt };
        if har(&Feil::TotalVakler) && side.sporring.side_nr().is_multiple_of(2) {
            total += 1;
        }
        if self.config.med_total && !har(&Feil::UtenHoder) && !har(&Feil::UtenTotal) {
            hoder.insert(TOTAL, HeaderValue::from(total));
        }
        if self.config.med_link && !har(&Feil::UtenHoder) && !har(&Feil::UtenLink) {
            let av = |feil: &Feil| if let Feil::LinkTil { vert } = feil { Some(vert.clone()) } else { None };
            let vert = feil.iter().find_map(av).unwrap_or_else(|| self.base_url.clone());
            if let Ok(lenker) = HeaderValue::from_str(&lenker(&format!("{vert}{}", side.sti), side.sporring, total)) {
                hoder.insert(header::LINK, lenker);
            }
        }
        for feil in feil {
            if let Feil::Revisjonshode { skifter } = feil {
                let tillegg = if *skifter { self.kall.load(Ordering::Relaxed) } else { 0 };
                hoder.insert(REVISJON, HeaderValue::from(side.revisjon + tillegg));
                hoder.insert(ANTALL, HeaderValue::from(total));
            }
        }
    }
}

/// Every answer carries the time of the simulator's clock, not the machine's.
pub(super) async fn sett_dato(State(indre): State<Arc<Indre>>, mut svar: Response) -> Response {
    if let Ok(dato) = HeaderValue::from_str(&http_dato(indre.na())) {
        svar.headers_mut().insert(header::DATE, dato);
    }
    svar
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`
pub(super) fn http_dato(tid: Timestamp) -> String {
    tid.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// The `Link` header: `next`, `prev`, `first`, `last`.
fn lenker(url: &str, s: &Sporring, total: usize) -> String {
    let total = u32::try_from(total).unwrap_or(u32::MAX);
    let siste = total.saturating_sub(1) / s.limit * s.limit;
    let mut deler = vec![("first", 0)];
    if s.offset > 0 {
        deler.push(("prev", s.offset.saturating_sub(s.limit)));
    }
    if s.offset.saturating_add(s.limit) < total {
        deler.push(("next", s.offset + s.limit));
    }
    deler.push(("last", siste));
    let mut resten = String::new();
    if let Some(sortering) = &s.sortering {
        let retning = if sortering.synkende { "desc" } else { "asc" };
        resten.push_str(&format!("&sort={}&orderBy={retning}", sortering.felt));
    }
    if !s.filtertekst.is_empty() {
        resten.push_str("&filter=");
        resten.push_str(&prosent(&s.filtertekst));
    }
    if let Some(felter) = &s.felter {
        resten.push_str(&format!("&fields={}", felter.join(",")));
    }
    let lenke =
        |(rel, offset): (&str, u32)| format!("<{url}?limit={}&offset={offset}{resten}>; rel=\"{rel}\"", s.limit);
    deler.into_iter().map(lenke).collect::<Vec<_>>().join(", ")
}

fn prosent(tekst: &str) -> String {
    tekst
        .bytes()
        .map(|b| match b {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(b).to_string(),
            _ => format!("%{b:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_http_writes_them() {
        assert_eq!(http_dato("1994-11-06T08:49:37.5Z".parse().unwrap()), "Sun, 06 Nov 1994 08:49:37 GMT");
    }
}
