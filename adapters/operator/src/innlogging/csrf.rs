//! A form can only be sent from a page of ours: a token in it that belongs to the session, and what the browser says of
//! where it comes from.

use super::Avvist;
use super::hjelp::{dekod, kode, like, tilfeldig};
use axum::http::{HeaderMap, header};
use url::Url;

/// A token for one page. The secret is mixed with something new each time, so that what compression does to the page
/// says nothing of it.
pub(super) fn token(hemmelig: &[u8; 32]) -> String {
    let maske = tilfeldig();
    let mut ut = maske.to_vec();
    ut.extend(maske.iter().zip(hemmelig).map(|(m, h)| m ^ h));
    kode(&ut)
}

/// Whether a token was made with the secret.
pub(super) fn gjelder(token: &str, hemmelig: &[u8; 32]) -> bool {
    let Some(bytes) = dekod(token).filter(|b| b.len() == 64) else { return false };
    let (maske, blandet) = bytes.split_at(32);
    let vist: Vec<u8> = maske.iter().zip(blandet).map(|(m, b)| m ^ b).collect();
    like(&vist, hemmelig)
}

/// Refuses what the browser says comes from another site. Where it says nothing, the token stands alone.
pub(super) fn samme_side(hoder: &HeaderMap, base: &Url) -> Result<(), Avvist> {
    let verdi = |navn: &str| hoder.get(navn).map(|v| v.to_str().unwrap_or_default());
    if verdi("sec-fetch-site").is_some_and(|fra| fra != "same-origin") {
        return Err(Avvist::FremmedSide);
    }
    match verdi(header::ORIGIN.as_str()) {
        Some(fra) if fra != base.origin().ascii_serialization() => Err(Avvist::FremmedSide),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_new_on_each_page_and_good_for_its_session_only() {
        let (var, annen) = (tilfeldig(), tilfeldig());
        let (a, b) = (token(&var), token(&var));
        assert_ne!(a, b);
        assert!(gjelder(&a, &var) && gjelder(&b, &var) && !gjelder(&a, &annen));
        for galt in ["", "abc", &a[1..], &kode(&[0; 64]), &kode(&var)] {
            assert!(!gjelder(galt, &var), "{galt}");
        }
    }

    #[test]
    fn another_site_is_refused_by_what_the_browser_says() {
        let base = Url::parse("https://mellomlag.example").unwrap();
        let fra = |navn: &'static str, verdi: &'static str| {
            samme_side(&HeaderMap::from_iter([(navn.parse().unwrap(), verdi.parse().unwrap())]), &base).is_ok()
        };
        assert!(fra("sec-fetch-site", "same-origin") && fra("origin", "https://mellomlag.example"));
        for galt in ["cross-site", "same-site", "none", ""] {
            assert!(!fra("sec-fetch-site", galt), "{galt}");
        }
        for galt in ["null", "https://ond.example", "http://mellomlag.example", "https://mellomlag.example.ond.example"]
        {
            assert!(!fra("origin", galt), "{galt}");
        }
    }
}
