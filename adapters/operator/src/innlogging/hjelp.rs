//! Small things that protect: random values, hashes, comparison in constant time, cookies, local paths.

use axum::http::{HeaderMap, HeaderValue, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use url::Url;

/// 256 random bits.
pub(super) fn tilfeldig() -> [u8; 32] {
    rand::random()
}

/// 256 random bits as text.
pub(super) fn tilfeldig_tekst() -> String {
    kode(&tilfeldig())
}

pub(super) fn kode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(super) fn dekod(tekst: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(tekst).ok()
}

/// A hash of the parts, with each part's length, as a key of a bucket.
pub(super) fn sum(deler: &[&str]) -> String {
    let mut sum = Sha256::new();
    for del in deler {
        sum.update((del.len() as u64).to_be_bytes());
        sum.update(del.as_bytes());
    }
    sum.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

/// The challenge of PKCE.
pub(super) fn s256(verifier: &str) -> String {
    kode(&Sha256::digest(verifier.as_bytes()))
}

/// Whether two values are the same; the time says only whether they are as long.
pub(super) fn like(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |ulike, (a, b)| ulike | (a ^ b)) == 0
}

/// A cookie's name, and how it is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kapsel {
    navn: &'static str,
    sti: &'static str,
}

/// The session.
pub(super) const OKT: Kapsel = Kapsel { navn: "mellomlag", sti: "/" };
/// The browser that a sign-in was begun in.
pub(super) const FORSOK: Kapsel = Kapsel { navn: "mellomlag-inn", sti: "/" };
/// The ID token, for the logout at the service. It is kept by the browser alone, and sent to the logout alone.
pub(super) const HINT: Kapsel = Kapsel { navn: "mellomlag-hint", sti: "/logg-ut" };

impl Kapsel {
    fn fullt_navn(self, sikker: bool) -> String {
        match (sikker, self.sti) {
            (true, "/") => format!("__Host-{}", self.navn),
            (true, _) => format!("__Secure-{}", self.navn),
            (false, _) => self.navn.to_owned(),
        }
    }

    /// The value in a request.
    pub(super) fn les(self, hoder: &HeaderMap, sikker: bool) -> Option<String> {
        let navn = self.fullt_navn(sikker);
        let alle = hoder.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(';'));
        let mut treff = alle.filter_map(|par| par.trim().split_once('=')).filter(|(n, _)| *n == navn);
        treff.next().map(|(_, verdi)| verdi.to_owned())
    }

    /// What sets it, for so many seconds; without them for as long as the browser is open.
    pub(super) fn sett(self, verdi: &str, sekunder: Option<i64>, sikker: bool) -> HeaderValue {
        let alder = sekunder.map_or_else(String::new, |s| format!("; Max-Age={s}"));
        let trygg = if sikker { "; Secure" } else { "" };
        let navn = self.fullt_navn(sikker);
        let tekst = format!("{navn}={verdi}; Path={}; HttpOnly; SameSite=Lax{alder}{trygg}", self.sti);
        HeaderValue::from_str(&tekst).expect("names are fixed, and values are base64 or a compact JWT")
    }

    /// What takes it away.
    pub(super) fn fjern(self, sikker: bool) -> HeaderValue {
        self.sett("", Some(0), sikker)
    }
}

/// A place of our own to go back to: path and query. Nothing that a browser could read as another host.
pub(super) fn lokal(tekst: &str, base: &Url) -> Option<String> {
    let farlig = |c: char| c == '\\' || c.is_control() || c.is_whitespace();
    if tekst.len() > 2000 || !tekst.starts_with('/') || tekst.starts_with("//") || tekst.contains(farlig) {
        return None;
    }
    let url = base.join(tekst).ok().filter(|url| url.origin() == base.origin())?;
    let sti = url.path();
    if sti.starts_with("//") || sti.starts_with("/logg-") || sti == "/hvem" {
        return None;
    }
    Some(url.query().map_or_else(|| sti.to_owned(), |q| format!("{sti}?{q}")))
}

/// An address with parameters.
pub(super) fn med_par(sti: &str, par: &[(&str, &str)]) -> String {
    let par: Vec<_> = par.iter().filter(|(_, verdi)| !verdi.is_empty()).collect();
    if par.is_empty() {
        return sti.to_owned();
    }
    let mut ut = url::form_urlencoded::Serializer::new(String::new());
    ut.extend_pairs(par);
    format!("{sti}?{}", ut.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_places_are_gone_back_to() {
        let base = Url::parse("https://mellomlag.example").unwrap();
        for (inn, ut) in [
            ("/liste/46.46503?klasse=10A", Some("/liste/46.46503?klasse=10A")),
            ("/", Some("/")),
            ("/a/../b#x", Some("/b")),
            ("//ond.example", None),
            ("/\\ond.example", None),
            ("/\t/ond.example", None),
            ("\\\\ond.example", None),
            ("https://ond.example/", None),
            ("javascript:alert(1)", None),
            ("/.//ond.example", None),
            ("/x/..//ond.example", None),
            ("/a\r\nSet-Cookie: x", None),
            ("/logg-ut", None),
            ("ond", None),
            ("", None),
        ] {
            assert_eq!(lokal(inn, &base).as_deref(), ut, "{inn}");
        }
    }

    #[test]
    fn a_cookie_cannot_be_read_by_scripts_or_set_by_neighbours() {
        let sikker = OKT.sett("abc", None, true);
        assert_eq!(sikker, "__Host-mellomlag=abc; Path=/; HttpOnly; SameSite=Lax; Secure");
        let hoder = |tekst: &str| HeaderMap::from_iter([(header::COOKIE, tekst.parse().unwrap())]);
        assert_eq!(OKT.les(&hoder("a=b; __Host-mellomlag=abc"), true).as_deref(), Some("abc"));
        assert_eq!(OKT.les(&hoder("mellomlag=abc"), true), None);
        assert!(like(b"abc", b"abc") && !like(b"abc", b"abd") && !like(b"abc", b"ab"));
    }
}
