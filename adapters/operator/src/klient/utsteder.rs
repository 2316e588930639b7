//! Issues tokens and checks them.

use super::Klient;
use crate::innlogging::Fartsgrense;
use crate::tilgang::{Innlogget, sum, token};
use axum::http::HeaderMap;
use flow::Problem;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use uuid::Uuid;

/// Who issues, and for whom.
const UTSTEDER: &str = "mellomlag";
const MOTTAKER: &str = "mellomlag-api";
/// What kind of token it is (RFC 9068): a token made for something else is none of ours.
const SLAG: &str = "at+jwt";
/// How long a token lives.
pub(super) const LEVETID: SignedDuration = SignedDuration::from_mins(10);
/// How much the clocks of two processes may differ, in seconds.
const SLARK: i64 = 10;

#[derive(Serialize, Deserialize)]
struct Pastander {
    iss: String,
    aud: String,
    sub: String,
    iat: i64,
    exp: i64,
    jti: Uuid,
}

struct Indre {
    signer: EncodingKey,
    kjenn_igjen: DecodingKey,
    klienter: HashMap<String, ([u8; 32], Innlogget)>,
    fart: Fartsgrense,
}

/// Every system that may use the API, and the secret that their tokens are signed with.
#[derive(Clone, Default)]
pub struct Klienter(Option<Arc<Indre>>);

impl std::fmt::Debug for Klienter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Klienter").field(&self.0.as_ref().map_or(0, |k| k.klienter.len())).finish()
    }
}

impl Klienter {
    /// Reads the secrets, whose paths are meant from `mappe`. Returns everything that is wrong with them.
    pub fn les(klienter: &[Klient], tokennokkelfil: Option<&Path>, mappe: &Path) -> Result<Self, Vec<Problem>> {
        let Some(fil) = tokennokkelfil.filter(|_| !klienter.is_empty()) else { return Ok(Self::default()) };
        let mut problemer = Vec::new();
        let nokkel = token(&mappe.join(fil)).map_err(|hva| problemer.push(Problem::new("tokennokkelfil", hva)));
        let mut kart = HashMap::new();
        for (i, klient) in klienter.iter().enumerate() {
            match token(&mappe.join(&klient.hemmelighetfil)) {
                Ok(hemmelighet) => {
                    kart.insert(klient.id.clone(), (sum(&hemmelighet), Innlogget::klient(klient)));
                }
                Err(hva) => problemer.push(Problem::new(format!("klient[{i}].hemmelighetfil"), hva)),
            }
        }
        match nokkel {
            Ok(nokkel) if problemer.is_empty() => Ok(Self(Some(Arc::new(Indre {
                signer: EncodingKey::from_secret(nokkel.as_bytes()),
                kjenn_igjen: DecodingKey::from_secret(nokkel.as_bytes()),
                klienter: kart,
                fart: Fartsgrense::default(),
            })))),
            _ => Err(problemer),
        }
    }

    /// Whether whoever asks for a token may: a secret is not found by trying.
    pub(super) fn er_innenfor(&self, hoder: &HeaderMap, na: Timestamp) -> bool {
        self.0.as_ref().is_none_or(|indre| indre.fart.er_innenfor(hoder, na))
    }

    /// A token for the client that has this id and secret. What is compared are hashes, all of each: the time that it
    /// takes says nothing of the secret, nor of whether there is such a client.
    pub(super) fn utsted(&self, id: &str, hemmelighet: &str, na: Timestamp) -> Option<String> {
        let indre = self.0.as_ref()?;
        let vist = sum(hemmelighet);
        let ventet = indre.klienter.get(id).map_or([0; 32], |(sum, _)| *sum);
        let ulike = vist.iter().zip(ventet).fold(0, |ulike, (a, b)| ulike | (a ^ b));
        if ulike != 0 || !indre.klienter.contains_key(id) {
            return None;
        }
        let iat = na.as_second();
        let pastander = Pastander {
            iss: UTSTEDER.into(),
            aud: MOTTAKER.into(),
            sub: id.to_owned(),
            iat,
            exp: iat + LEVETID.as_secs(),
            jti: Uuid::new_v4(),
        };
        let hode = Header { typ: Some(SLAG.into()), ..Header::new(Algorithm::HS256) };
        encode(&hode, &pastander, &indre.signer).ok()
    }

    /// The client that a token is for, while it lives.
    pub(crate) fn finn(&self, token: &str, na: Timestamp) -> Option<Innlogget> {
        let indre = self.0.as_ref()?;
        let mut regler = Validation::new(Algorithm::HS256);
        regler.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        regler.set_issuer(&[UTSTEDER]);
        regler.set_audience(&[MOTTAKER]);
        // Time comes from our clock, below.
        regler.validate_exp = false;
        let lest = decode::<Pastander>(token, &indre.kjenn_igjen, &regler).ok()?;
        let Pastander { sub, iat, exp, .. } = lest.claims;
        let na = na.as_second();
        let lever = na < exp.saturating_add(SLARK) && iat <= na.saturating_add(SLARK);
        let vart = lest.header.typ.as_deref() == Some(SLAG);
        indre.klienter.get(&sub).filter(|_| lever && vart).map(|(_, hvem)| hvem.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const HEMMELIG: &str = "vigilo-vigilo-vigilo-vigilo-vigilo";

    fn na() -> Timestamp {
        "2026-11-21T08:00:00Z".parse().unwrap()
    }

    fn klienter(nokkel: char) -> Klienter {
        let mappe = tempfile::tempdir().unwrap();
        std::fs::write(mappe.path().join("k"), HEMMELIG).unwrap();
        std::fs::write(mappe.path().join("n"), nokkel.to_string().repeat(64)).unwrap();
        let klient =
            Klient { id: "vigilo".into(), hemmelighetfil: "k".into(), tenanter: vec!["voss".into()], kilder: None };
        Klienter::les(&[klient], Some(Path::new("n")), mappe.path()).unwrap()
    }

    #[test]
    fn a_token_is_good_for_ten_minutes_at_any_process_with_the_same_configuration() {
        let token = klienter('a').utsted("vigilo", HEMMELIG, na()).unwrap();
        let (annen, fremmed) = (klienter('a'), klienter('b'));
        let etter = |s| na() + SignedDuration::from_secs(s);
        for (sekunder, gjelder) in [(-11, false), (-10, true), (0, true), (600, true), (609, true), (610, false)] {
            assert_eq!(annen.finn(&token, etter(sekunder)).is_some(), gjelder, "{sekunder}");
        }
        assert_eq!(annen.finn(&token, na()).unwrap().navn, "vigilo");
        assert!(fremmed.finn(&token, na()).is_none() && Klienter::default().finn(&token, na()).is_none());
        assert!(annen.utsted("vigilo", "feil", na()).is_none() && annen.utsted("ukjent", HEMMELIG, na()).is_none());
        assert!(annen.utsted("ukjent", "", na()).is_none());
    }

    #[test]
    fn what_is_signed_for_something_else_is_no_token_of_ours() {
        let klienter = klienter('a');
        let iat = na().as_second();
        let rett =
            json!({"iss": UTSTEDER, "aud": MOTTAKER, "sub": "vigilo", "iat": iat, "exp": iat + 60, "jti": Uuid::nil()});
        let med = |felt: &str, verdi: Value| {
            let mut pastander = rett.clone();
            pastander[felt] = verdi;
            pastander
        };
        let signert = |slag: Option<&str>, alg: Algorithm, pastander: &Value| {
            let hode = Header { typ: slag.map(str::to_owned), ..Header::new(alg) };
            encode(&hode, pastander, &EncodingKey::from_secret("a".repeat(64).as_bytes())).unwrap()
        };
        let ventet = [
            (signert(Some(SLAG), Algorithm::HS256, &rett), true),
            (signert(Some("JWT"), Algorithm::HS256, &rett), false),
            (signert(None, Algorithm::HS256, &rett), false),
            (signert(Some(SLAG), Algorithm::HS512, &rett), false),
            (signert(Some(SLAG), Algorithm::HS256, &med("iss", json!("andre"))), false),
            (signert(Some(SLAG), Algorithm::HS256, &med("aud", json!("andre"))), false),
            (signert(Some(SLAG), Algorithm::HS256, &med("sub", json!("ukjent"))), false),
            (signert(Some(SLAG), Algorithm::HS256, &med("exp", json!(null))), false),
        ];
        for (i, (token, gjelder)) in ventet.into_iter().enumerate() {
            assert_eq!(klienter.finn(&token, na()).is_some(), gjelder, "{i}");
        }
        // Unsigned, by the oldest trick there is.
        let mut deler: Vec<_> = signert(Some(SLAG), Algorithm::HS256, &rett).split('.').map(str::to_owned).collect();
        deler[0] = "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0".into();
        deler[2].clear();
        assert!(klienter.finn(&deler.join("."), na()).is_none());
    }
}
