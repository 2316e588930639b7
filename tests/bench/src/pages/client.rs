//! Somebody with a browser, as far as a measurement needs one: cookies, and the way through sign-in.

use anyhow::{Context, Result, ensure};
use flate2::read::GzDecoder;
use reqwest::header::{ACCEPT_ENCODING, CONTENT_ENCODING, COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Client, Response, Url, redirect::Policy};
use std::collections::BTreeMap;
use std::io::Read;

/// A visitor who is signed in.
#[derive(Clone)]
pub struct Visitor {
    http: Client,
    base: Url,
    cookies: BTreeMap<String, String>,
}

/// What came back.
pub struct Answer {
    /// HTTP's status.
    pub status: u16,
    /// Over the wire.
    pub bytes: usize,
    /// What a browser sees.
    pub text: String,
}

impl Visitor {
    /// Signs in as one of the provider's people.
    pub async fn sign_in(base: &Url, provider: &str, person: &str) -> Result<Self> {
        let http = Client::builder().redirect(Policy::none()).build()?;
        let mut visitor = Self { http, base: base.clone(), cookies: BTreeMap::new() };
        let start = visitor.fetch(base.join(&format!("/logg-inn/{provider}"))?).await?;
        let authorize = location(&start, base)?;
        let question = authorize.query().context("the provider is asked something")?.to_owned();
        let form = [("foresporsel", question.as_str()), ("person", person)];
        let mut there = authorize.clone();
        there.set_query(None);
        let chosen = visitor.http.post(there).form(&form).send().await?;
        let back = visitor.fetch(location(&chosen, &authorize)?).await?;
        ensure!(back.status().is_redirection(), "{person} was not signed in: {}", back.status());
        Ok(visitor)
    }

    async fn fetch(&mut self, url: Url) -> Result<Response> {
        let answer = self.http.get(url).header(COOKIE, self.header()).send().await?;
        for cookie in answer.headers().get_all(SET_COOKIE) {
            let Some((name, rest)) = cookie.to_str()?.split_once('=') else { continue };
            let value = rest.split(';').next().unwrap_or_default();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        Ok(answer)
    }

    fn header(&self) -> String {
        let all: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        all.join("; ")
    }

    /// Fetches a page.
    pub async fn get(&self, path: &str) -> Result<Answer> {
        let ask = self.http.get(self.base.join(path)?).header(COOKIE, self.header());
        let answer = ask.header(ACCEPT_ENCODING, "gzip").send().await?;
        let (status, packed) = (answer.status().as_u16(), answer.headers().contains_key(CONTENT_ENCODING));
        let body = answer.bytes().await?;
        let mut text = String::new();
        if packed {
            GzDecoder::new(&body[..]).read_to_string(&mut text).context("the page is no gzip")?;
        } else {
            text = String::from_utf8_lossy(&body).into_owned();
        }
        Ok(Answer { status, bytes: body.len(), text })
    }
}

fn location(answer: &Response, base: &Url) -> Result<Url> {
    let place = answer.headers().get(LOCATION).with_context(|| format!("{} leads nowhere", answer.url().path()))?;
    Ok(base.join(place.to_str()?)?)
}
