//! The HTTP conversation. One call is one request: nothing is repeated, no redirect is followed, and the caller learns
//! whether a request that got no answer can have left this machine.

use crate::error::BuildError;
use jiff::{Timestamp, fmt::rfc2822};
use reqwest::header::{ACCEPT, CONTENT_TYPE, DATE, ETAG, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::{Method, Response, StatusCode, redirect};
use secrecy::{ExposeSecret as _, SecretString};
use std::time::Duration;
use url::Url;

/// Longest wait that a receiver can ask for.
const MAX_WAIT: Duration = Duration::from_secs(3_600);

/// What became of one request.
#[derive(Debug)]
pub(crate) enum Sent {
    /// No connection came about, so nobody has seen the request.
    Never(&'static str),
    /// It may have been seen; no answer came.
    Lost(&'static str),
    /// The answer.
    Answered(Reply),
}

/// A request, still without a token. Bodies hold pupils: it does not print.
#[derive(Clone)]
pub(crate) struct Request {
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Option<Vec<u8>>,
}

impl Request {
    /// Asks for an answer of the media type.
    pub(crate) fn get(url: Url, media_type: &'static str) -> Self {
        let headers = HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static(media_type))]);
        Self { method: Method::GET, url, headers, body: None }
    }

    /// Sends a body of the media type, and asks for an answer of the same.
    pub(crate) fn with_body(method: Method, url: Url, media_type: &'static str, body: Vec<u8>) -> Self {
        let mut request = Self { method, body: Some(body), ..Self::get(url, media_type) };
        request.headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        request
    }

    /// With this header as well, or instead of the one of that name.
    pub(crate) fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }
}

/// An answer, read within limits.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) retry_after: Option<Duration>,
    /// The tag of what was answered about, as it stands in the header.
    pub(crate) etag: Option<String>,
    /// Whether it says that it is a web page.
    pub(crate) html: bool,
    /// The body, or what stopped the reading of it.
    pub(crate) body: Result<Vec<u8>, &'static str>,
}

/// Bodies hold pupils: none is printed.
impl std::fmt::Debug for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reply").field("status", &self.status).field("html", &self.html).finish_non_exhaustive()
    }
}

/// Speaks to one system.
#[derive(Debug)]
pub(crate) struct Client {
    http: reqwest::Client,
    limit: usize,
}

impl Client {
    /// `limit` is the largest body that is read, in bytes. With `reuse` connections are kept: a kept connection may turn
    /// out to be dead when it is used, so a delivery, which must not be repeated, gets a new one each time.
    pub(crate) fn new(timeout: Duration, limit: usize, reuse: bool) -> Result<Self, BuildError> {
        let http = reqwest::Client::builder()
            .timeout(timeout)
            .connect_timeout((timeout / 2).min(Duration::from_secs(10)))
            .pool_max_idle_per_host(if reuse { usize::MAX } else { 0 })
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .user_agent(concat!("mellomlag/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(BuildError::Http)?;
        Ok(Self { http, limit })
    }

    /// Sends a request.
    pub(crate) async fn send(&self, request: Request, token: Option<&SecretString>) -> Sent {
        let Request { method, url, headers, body } = request;
        let mut request = self.http.request(method, url).headers(headers);
        if let Some(body) = body {
            request = request.body(body);
        }
        if let Some(token) = token {
            request = request.bearer_auth(token.expose_secret());
        }
        match request.send().await {
            Ok(response) => Sent::Answered(self.read(response).await),
            Err(error) if error.is_connect() => Sent::Never(why(&error)),
            Err(error) => Sent::Lost(why(&error)),
        }
    }

    /// Whether anybody answers at the address, whatever the answer.
    pub(crate) async fn reach(&self, url: Url) -> Result<(), &'static str> {
        match self.http.get(url).send().await {
            Ok(_) => Ok(()),
            Err(error) => Err(why(&error)),
        }
    }

    async fn read(&self, mut response: Response) -> Reply {
        let headers = response.headers();
        let content_type = headers.get(CONTENT_TYPE).map(|v| v.as_bytes().to_ascii_lowercase());
        Reply {
            status: response.status(),
            retry_after: retry_after(headers),
            etag: headers.get(ETAG).and_then(|v| v.to_str().ok()).map(str::to_owned),
            html: content_type.is_some_and(|v| v.starts_with(b"text/html")),
            body: self.body(&mut response).await,
        }
    }

    async fn body(&self, response: &mut Response) -> Result<Vec<u8>, &'static str> {
        let mut body = Vec::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if body.len() + chunk.len() > self.limit => {
                    return Err("the answer is larger than we read");
                }
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Ok(None) => return Ok(body),
                Err(error) => return Err(why(&error)),
            }
        }
    }
}

/// The address of `path` below a base address, whether that ends in a slash or not.
pub(crate) fn below(base: &Url, path: &[&str]) -> Url {
    let mut url = base.clone();
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(path);
    }
    url
}

// The library's own text names the address and can name more.
fn why(error: &reqwest::Error) -> &'static str {
    match (error.is_connect(), error.is_timeout()) {
        (true, true) => "no connection in time; check the address and the network",
        (true, false) => "no connection; check the address, the network and the machine's trust in its certificate",
        (false, true) => "no answer in time",
        (false, false) => "the connection broke before the whole answer had come",
    }
}

/// Seconds, or a date that is compared with the answer's own.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = match text.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => {
            let until = date(headers, &RETRY_AFTER)?;
            Duration::try_from(until.duration_since(date(headers, &DATE)?)).unwrap_or_default()
        }
    };
    Some(wait.min(MAX_WAIT))
}

fn date(headers: &HeaderMap, name: &HeaderName) -> Option<Timestamp> {
    rfc2822::parse(headers.get(name)?.to_str().ok()?).ok().map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_joined_with_one_slash() {
        for base in ["https://x.example", "https://x.example/"] {
            assert_eq!(below(&base.parse().unwrap(), &["api", "schools"]).as_str(), "https://x.example/api/schools");
        }
        let below_path = below(&"https://x.example/vigo/".parse().unwrap(), &["api"]);
        assert_eq!(below_path.as_str(), "https://x.example/vigo/api");
    }

    #[test]
    fn a_date_is_measured_by_the_answers_own_clock() {
        let headers = |retry: &str, date: Option<&str>| {
            let mut headers = HeaderMap::from_iter([(RETRY_AFTER, retry.parse().unwrap())]);
            headers.extend(date.map(|d| (DATE, d.parse().unwrap())));
            retry_after(&headers)
        };
        let (then, now) = ("Sat, 21 Nov 2026 08:01:00 GMT", "Sat, 21 Nov 2026 08:00:00 GMT");
        assert_eq!(headers("120", None), Some(Duration::from_secs(120)));
        assert_eq!(headers(then, Some(now)), Some(Duration::from_secs(60)));
        assert_eq!(headers(now, Some(then)), Some(Duration::ZERO));
        assert_eq!(headers(then, None), None);
        assert_eq!(headers("999999", None), Some(MAX_WAIT));
    }
}
