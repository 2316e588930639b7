//! What every page tells the browser not to do.

use crate::rute::Operator;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;

/// Nothing from anybody else, nothing inline, nobody's frame. Forms go to us, and on to where people are signed out.
fn csp(utlogging: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
         form-action 'self'{utlogging}; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
    )
}

/// Sets the headers of pages.
pub(crate) async fn hoder(State(operator): State<Arc<Operator>>, req: Request, neste: Next) -> Response {
    let mut svar = neste.run(req).await;
    let utlogging: String = operator.sider.iter().flat_map(|s| &s.tilbydere).map(|t| format!(" {t}")).collect();
    let hoder = svar.headers_mut();
    // An answer that has a policy of its own, such as the frame that a provider signs people out in, keeps it.
    if !hoder.contains_key(header::CONTENT_SECURITY_POLICY) {
        let verdi = HeaderValue::from_str(&csp(&utlogging)).expect("origins are ASCII");
        hoder.insert(header::CONTENT_SECURITY_POLICY, verdi);
    }
    for (navn, verdi) in [
        ("referrer-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=()"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("strict-transport-security", "max-age=31536000"),
    ] {
        hoder.entry(HeaderName::from_static(navn)).or_insert(HeaderValue::from_static(verdi));
    }
    svar
}
