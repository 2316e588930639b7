//! The HTTP conversation with the token endpoint: one grant in, one token or one failure out.

use crate::error::{BuildError, Failure};
use crate::refusal;
use crate::wire::{ErrorAnswer, TokenAnswer};
use flow::AccessToken;
use jiff::{SignedDuration, Timestamp, fmt::rfc2822};
use reqwest::header::{ACCEPT, DATE, HeaderMap, RETRY_AFTER};
use reqwest::{Response, StatusCode, redirect};
use secrecy::ExposeSecret as _;
use std::time::Duration;
use url::Url;

const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
/// A token is a few kilobytes; what is larger is not one.
const MAX_ANSWER: usize = 64 * 1024;
/// Longest life we believe in, in seconds: the longest that Digdir gives.
const MAX_LIFE: i64 = 7_200;
/// How far clocks may differ before grants are refused.
const MAX_SKEW: SignedDuration = SignedDuration::from_secs(10);
/// When the issuer asks to wait without saying how long, and the longest wait we obey.
const WAIT: Duration = Duration::from_secs(30);
const MAX_WAIT: Duration = Duration::from_secs(3_600);

#[derive(Debug)]
pub(crate) struct Client {
    http: reqwest::Client,
    token_url: Url,
    timeout: Duration,
}

impl Client {
    pub(crate) fn new(token_url: Url, timeout: Duration) -> Result<Self, BuildError> {
        let http = reqwest::Client::builder()
            .timeout(timeout)
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .user_agent(concat!("mellomlag/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(BuildError::Http)?;
        Ok(Self { http, token_url, timeout })
    }

    /// Exchanges a signed grant. `asked` is our time before the request: the token's life is counted from there, so
    /// that a slow answer shortens it and a wrong clock at the issuer does not matter.
    pub(crate) async fn exchange(&self, grant: &str, asked: Timestamp) -> Result<AccessToken, Failure> {
        let form = [("grant_type", GRANT_TYPE), ("assertion", grant)];
        let request = self.http.post(self.token_url.clone()).header(ACCEPT, "application/json").form(&form);
        let mut response = request.send().await.map_err(|e| self.no_answer(&e))?;
        let (status, skew) = (response.status(), skew(response.headers(), asked));
        let wait = retry_after(response.headers(), asked);
        let body = self.body(&mut response).await;
        match status {
            StatusCode::OK => token(&body?, asked),
            StatusCode::TOO_MANY_REQUESTS => Err(Failure::Throttled(wait.unwrap_or(WAIT))),
            s if s.is_server_error() => match wait {
                Some(wait) => Err(Failure::Throttled(wait)),
                None => Err(Failure::Unreachable(format!("it answered status {}", s.as_u16()))),
            },
            StatusCode::REQUEST_TIMEOUT => Err(Failure::Unreachable("it answered status 408".into())),
            s if s.is_client_error() => {
                let answer = body.ok().and_then(|bytes| serde_json::from_slice::<ErrorAnswer>(&bytes).ok());
                Err(Failure::Denied(refusal::hint(s.as_u16(), answer.as_ref()) + &skew))
            }
            s if s.is_redirection() => Err(Failure::Denied(format!(
                "it answered status {}, a redirect, which is never followed with a grant; correct token_url",
                s.as_u16()
            ))),
            s => {
                Err(Failure::Unreachable(format!("it answered status {}, which a token endpoint does not", s.as_u16())))
            }
        }
    }

    fn no_answer(&self, error: &reqwest::Error) -> Failure {
        Failure::Unreachable(if error.is_timeout() {
            format!("no answer within {} s", self.timeout.as_secs())
        } else if error.is_connect() {
            "no connection; check token_url, the network and the machine's trust in its certificate".into()
        } else {
            "the connection broke before the answer".into()
        })
    }

    async fn body(&self, response: &mut Response) -> Result<zeroize::Zeroizing<Vec<u8>>, Failure> {
        // Allocated once, so that no copy of the token stays behind in memory that is given back.
        let mut body = zeroize::Zeroizing::new(Vec::with_capacity(MAX_ANSWER));
        while let Some(chunk) = response.chunk().await.map_err(|e| self.no_answer(&e))? {
            if body.len() + chunk.len() > MAX_ANSWER {
                return Err(Failure::Unreachable(format!(
                    "its answer is larger than {MAX_ANSWER} bytes, so it is no token"
                )));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }
}

fn token(body: &[u8], asked: Timestamp) -> Result<AccessToken, Failure> {
    let odd = |what: &str| Failure::Unreachable(format!("it answered 200, but {what}; a proxy may stand in between"));
    // The parser's own text may quote what it read.
    let answer: TokenAnswer = serde_json::from_slice(body).map_err(|_| odd("not with a token in json"))?;
    if !answer.token_type.eq_ignore_ascii_case("Bearer") {
        return Err(odd("token_type is not Bearer"));
    }
    let text = answer.access_token.expose_secret();
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(odd("access_token is empty or holds characters that no header may"));
    }
    if answer.expires_in <= 0 {
        return Err(odd("expires_in says that the token has ended already"));
    }
    let life = SignedDuration::from_secs(answer.expires_in.min(MAX_LIFE));
    let expires = asked.checked_add(life).map_err(|_| odd("expires_in is beyond all time"))?;
    Ok(AccessToken { value: answer.access_token, expires })
}

/// A remark when the issuer's clock and ours differ too much: the grant is then refused for a reason that is hard to see.
fn skew(headers: &HeaderMap, asked: Timestamp) -> String {
    let Some(theirs) = date(headers, &DATE) else { return String::new() };
    let behind = theirs.duration_since(asked);
    if behind.abs() <= MAX_SKEW {
        return String::new();
    }
    let direction = if behind.is_negative() { "ahead of" } else { "behind" };
    format!("; this machine's clock is {} s {direction} the issuer's: set it right (ntp)", behind.abs().as_secs())
}

fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = match text.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => Duration::try_from(date(headers, &RETRY_AFTER)?.duration_since(now)).unwrap_or_default(),
    };
    Some(wait.min(MAX_WAIT))
}

fn date(headers: &HeaderMap, name: &reqwest::header::HeaderName) -> Option<Timestamp> {
    rfc2822::parse(headers.get(name)?.to_str().ok()?).ok().map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-21T08:00:00Z".parse().unwrap()
    }

    fn headers(name: reqwest::header::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, value.parse().unwrap())])
    }

    #[test]
    fn the_life_is_counted_from_before_the_request_and_bounded() {
        let life = |seconds: i64| {
            let body =
                format!(r#"{{"access_token":"abc","token_type":"bearer","expires_in":{seconds},"scope":"anything"}}"#);
            token(body.as_bytes(), now()).map(|t| t.expires.duration_since(now()).as_secs())
        };
        assert_eq!(life(119), Ok(119));
        assert_eq!(life(i64::MAX), Ok(MAX_LIFE));
        assert!(matches!(life(0), Err(Failure::Unreachable(_))));
        assert!(matches!(life(-5), Err(Failure::Unreachable(_))));
    }

    #[test]
    fn what_is_no_token_is_not_taken_for_one() {
        for body in [
            "",
            "<html>",
            "[]",
            "{}",
            r#"{"access_token":"abc","token_type":"Bearer"}"#,
            r#"{"access_token":"","token_type":"Bearer","expires_in":9}"#,
            r#"{"access_token":"a b","token_type":"Bearer","expires_in":9}"#,
            r#"{"access_token":"a\r\nX: y","token_type":"Bearer","expires_in":9}"#,
            r#"{"access_token":"abc","token_type":"DPoP","expires_in":9}"#,
        ] {
            assert!(matches!(token(body.as_bytes(), now()), Err(Failure::Unreachable(_))), "{body}");
        }
    }

    #[test]
    fn a_wrong_clock_is_pointed_out() {
        let at = |date| skew(&headers(DATE, date), now());
        assert_eq!(at("Sat, 21 Nov 2026 08:00:09 GMT"), "");
        assert!(at("Sat, 21 Nov 2026 08:00:37 GMT").contains("37 s behind"));
        assert!(at("Sat, 21 Nov 2026 07:58:00 GMT").contains("120 s ahead of"));
        assert_eq!(at("yesterday"), "");
    }

    #[test]
    fn retry_after_is_seconds_or_a_date_and_bounded() {
        let at = |text| retry_after(&headers(RETRY_AFTER, text), now());
        assert_eq!(at("7"), Some(Duration::from_secs(7)));
        assert_eq!(at("Sat, 21 Nov 2026 08:01:00 GMT"), Some(Duration::from_secs(60)));
        assert_eq!(at("Sat, 21 Nov 2026 07:00:00 GMT"), Some(Duration::ZERO));
        assert_eq!(at("99999999"), Some(MAX_WAIT));
        assert_eq!(at("soon"), None);
    }
}
