//! Who may do what: a bearer token names a user, the user's tenants and sources, and what may be done.

use crate::config::{Bruker, Rett};
use crate::klient::Klient;
use crate::problem::Avslag;
use crate::rute::Tjeneste;
use axum::http::{HeaderMap, header::AUTHORIZATION};
use elevliste::Listenokkel;
use flow::Problem;
use hendelse::{Kildenavn, Tenant};
use runtime::adgang::{Adgang, Adgangsrolle, Gjoremal, Identitet, Omfang, Tillatelse};
use runtime::revisjon;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

/// Fewest characters of a token.
const MINST: usize = 32;
/// The way out.
const LAG: &str = "make one with `openssl rand -hex 32`";

/// A user who has shown a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Innlogget {
    pub(crate) navn: String,
    tenanter: BTreeSet<String>,
    kilder: Option<BTreeSet<String>>,
    rett: Rett,
    /// As whom lists are seen.
    adgang: Arc<Adgang>,
    /// Whether a role was given. Then everything is judged by it, and tenants and sources above say nothing.
    har_rolle: bool,
}

/// As whom somebody stands in the audit log. A user without a role is a name, and nothing more.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub(crate) enum Loggnavn {
    /// A person, or a user with a role.
    Person(revisjon::Hvem),
    /// A user without.
    Navn(String),
}

impl Loggnavn {
    /// What names the one for good.
    pub(crate) fn id(&self) -> &str {
        match self {
            Self::Person(hvem) => &hvem.id,
            Self::Navn(navn) => navn,
        }
    }
}

impl From<&Adgang> for Loggnavn {
    fn from(adgang: &Adgang) -> Self {
        Self::Person(adgang.into())
    }
}

impl Innlogget {
    fn ny(bruker: &Bruker) -> Self {
        let omfang = match bruker.rolle {
            Some(Adgangsrolle::Skole) => Omfang::Skoler(bruker.skoler.iter().cloned().collect()),
            Some(Adgangsrolle::Fylke) => Omfang::Fylker(bruker.fylker.iter().copied().collect()),
            _ => tenanter(&bruker.tenanter),
        };
        Self {
            adgang: Arc::new(adgang(&bruker.navn, bruker.rolle, omfang)),
            navn: bruker.navn.clone(),
            tenanter: bruker.tenanter.iter().cloned().collect(),
            kilder: bruker.kilder.as_ref().map(|k| k.iter().cloned().collect()),
            rett: bruker.rett,
            har_rolle: bruker.rolle.is_some(),
        }
    }

    /// A system, which may only read.
    pub(crate) fn klient(klient: &Klient) -> Self {
        Self {
            adgang: Arc::new(adgang(&klient.id, None, tenanter(&klient.tenanter))),
            navn: klient.id.clone(),
            tenanter: klient.tenanter.iter().cloned().collect(),
            kilder: klient.kilder.as_ref().map(|k| k.iter().cloned().collect()),
            rett: Rett::Lese,
            har_rolle: false,
        }
    }

    /// The role, of whoever has one.
    pub(crate) fn rolle(&self) -> Option<&Adgang> {
        self.har_rolle.then_some(&*self.adgang)
    }

    /// What the role says to this; whoever has none is asked for a right only.
    pub(crate) fn lov(&self, hva: Gjoremal) -> Tillatelse {
        self.rolle().map_or(Tillatelse::Ja, |adgang| adgang.ma(hva))
    }

    /// Whether a list can be within reach. What a school sees is not known by this alone: see
    /// [`Rekkevidde`](crate::rekkevidde::Rekkevidde).
    pub(crate) fn kan_se(&self, nokkel: &Listenokkel, tenant: &str) -> bool {
        let Some(adgang) = self.rolle() else { return self.tenanter.contains(tenant) };
        let innenfor = match &adgang.omfang {
            Omfang::Fylker(_) => adgang.ser_fylke(nokkel.fylke),
            _ => tenant.parse().is_ok_and(|tenant| adgang.ser_tenant(&tenant)),
        };
        innenfor && adgang.ma(Gjoremal::SeStatus) == Tillatelse::Ja
    }

    /// Whether it may be seen what is wrong with single pupils, without their names.
    pub(crate) fn ser_avvik(&self) -> bool {
        [Gjoremal::SeListe, Gjoremal::ForklarUten].into_iter().any(|hva| self.lov(hva) == Tillatelse::Ja)
    }

    /// Whether it may be seen what a source calls a pupil.
    pub(crate) fn ser_kildeider(&self, tenant: &Tenant, kilde: &Kildenavn) -> bool {
        self.ser(tenant, kilde) && self.lov(Gjoremal::SeListe) == Tillatelse::Ja
    }

    /// Whether a tenant's webhooks may be seen and set going: whoever runs the connections.
    pub(crate) fn driver(&self, tenant: &str) -> bool {
        match self.rolle() {
            None => self.tenanter.contains(tenant),
            Some(adgang) => {
                let hans = tenant.parse().is_ok_and(|tenant| adgang.ser_tenant(&tenant));
                hans && adgang.ma(Gjoremal::Drive) == Tillatelse::Ja
            }
        }
    }

    /// Whether a source may be seen at all. What may not be seen is not said to exist.
    fn ser(&self, tenant: &Tenant, kilde: &Kildenavn) -> bool {
        match self.rolle() {
            None => {
                let navn = |k: &BTreeSet<String>| k.contains(kilde.as_str());
                self.tenanter.contains(tenant.as_str()) && self.kilder.as_ref().is_none_or(navn)
            }
            Some(adgang) => adgang.ma(Gjoremal::SeKilder) == Tillatelse::Ja && adgang.ser_kilde(tenant, kilde),
        }
    }

    /// The same of a source that we have: where a school keys in its pupils is no other school's.
    pub(crate) fn ser_kilde(&self, tenant: &Tenant, kilde: &Kildenavn, tjeneste: &Tjeneste) -> bool {
        let hans = match (self.rolle().map(|adgang| &adgang.omfang), tjeneste) {
            (Some(Omfang::Skoler(mine)), Tjeneste::Tastet(bok)) => {
                let (org, skolenr) = bok.skole();
                // Where VIGO's number is not said, the organisation has one school.
                mine.iter().filter(|skole| skole.tenant == *tenant).any(|skole| match skolenr {
                    Some(_) => skole.er_nummer(Some(org), skolenr),
                    None => skole.organisasjonsnummer == org,
                })
            }
            _ => true,
        };
        hans && self.ser(tenant, kilde)
    }

    /// As whom this user stands in the audit log.
    pub(crate) fn loggnavn(&self) -> Loggnavn {
        self.rolle().map_or_else(|| Loggnavn::Navn(self.navn.clone()), Loggnavn::from)
    }

    /// As whom lists are seen, and what is done with them.
    pub(crate) fn adgang(&self) -> Adgang {
        (*self.adgang).clone()
    }

    /// Whether the user may do what takes `rett`.
    pub(crate) fn krev(&self, rett: Rett) -> Result<(), Avslag> {
        if self.rett >= rett { Ok(()) } else { Err(Avslag::ikke_rett(rett)) }
    }
}

/// Who has no role sees lists as those do who see no pupil, and does nothing with them.
fn adgang(navn: &str, rolle: Option<Adgangsrolle>, omfang: Omfang) -> Adgang {
    Adgang {
        hvem: Arc::new(Identitet { id: navn.to_owned(), navn: navn.to_owned() }),
        rolle: rolle.unwrap_or(Adgangsrolle::Integrator),
        omfang,
        pa_vegne_av: None,
        bare_lese: rolle.is_none(),
    }
}

/// Those of the tenants that can be one.
fn tenanter(navn: &[String]) -> Omfang {
    Omfang::Tenanter(navn.iter().filter_map(|tenant| tenant.parse().ok()).collect())
}

/// Everybody who may use the API, by the hash of their tokens.
#[derive(Clone, Default)]
pub struct Brukere(Arc<HashMap<[u8; 32], Innlogget>>);

impl std::fmt::Debug for Brukere {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Brukere").field(&self.0.len()).finish()
    }
}

impl Brukere {
    /// Reads the token files, whose paths are meant from `mappe`. Returns everything that is wrong with them.
    pub fn les(brukere: &[Bruker], mappe: &Path) -> Result<Self, Vec<Problem>> {
        let (mut kart, mut problemer) = (HashMap::new(), Vec::new());
        for (i, bruker) in brukere.iter().enumerate() {
            let ny = token(&mappe.join(&bruker.tokenfil)).map(|token| sum(&token)).and_then(|sum| {
                match kart.contains_key(&sum) {
                    true => Err(format!("it holds another user's token; {LAG}")),
                    false => Ok(kart.insert(sum, Innlogget::ny(bruker))),
                }
            });
            if let Err(hva) = ny {
                problemer.push(Problem::new(format!("bruker[{i}].tokenfil"), hva));
            }
        }
        if problemer.is_empty() { Ok(Self(Arc::new(kart))) } else { Err(problemer) }
    }

    /// The user of a request. Tokens are looked up by their hash, so the time it takes says nothing of them.
    pub(crate) fn finn(&self, hoder: &HeaderMap) -> Result<Innlogget, Avslag> {
        bearer(hoder).and_then(|token| self.0.get(&sum(token))).cloned().ok_or_else(Avslag::ikke_innlogget)
    }
}

/// The bearer token of a request.
pub(crate) fn bearer(hoder: &HeaderMap) -> Option<&str> {
    let verdi = hoder.get(AUTHORIZATION).and_then(|v| v.to_str().ok())?;
    let (_, token) = verdi.split_once(' ').filter(|(slag, _)| slag.eq_ignore_ascii_case("bearer"))?;
    Some(token.trim())
}

/// The token or secret that a file holds.
pub(crate) fn token(fil: &Path) -> Result<String, String> {
    let token = std::fs::read_to_string(fil).map_err(|feil| format!("it cannot be read ({}); {LAG}", feil.kind()))?;
    match token.trim() {
        kort if kort.len() < MINST => Err(format!("it holds fewer than {MINST} characters; {LAG}")),
        token => Ok(token.to_owned()),
    }
}

pub(crate) fn sum(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bruker(navn: &str, kilder: Option<&[&str]>) -> Bruker {
        Bruker {
            navn: navn.into(),
            tokenfil: format!("{navn}.token").into(),
            tenanter: vec!["voss".into()],
            kilder: kilder.map(|k| k.iter().map(|k| (*k).to_owned()).collect()),
            rett: Rett::Levere,
            rolle: None,
            skoler: vec![],
            fylker: vec![],
        }
    }

    #[test]
    fn a_token_opens_its_own_sources_and_no_others() {
        let mappe = tempfile::tempdir().unwrap();
        std::fs::write(mappe.path().join("kari.token"), "k".repeat(40) + "\n").unwrap();
        let brukere = Brukere::les(&[bruker("kari", Some(&["tastet"]))], mappe.path()).unwrap();
        let hode = |verdi: &str| HeaderMap::from_iter([(AUTHORIZATION, verdi.parse().unwrap())]);
        let kari = brukere.finn(&hode(&format!("Bearer {}", "k".repeat(40)))).unwrap();
        let (voss, bergen) = ("voss".parse().unwrap(), "bergen".parse().unwrap());
        let (tastet, vigilo) = ("tastet".parse().unwrap(), "vigilo".parse().unwrap());
        assert!(kari.ser(&voss, &tastet) && !kari.ser(&voss, &vigilo) && !kari.ser(&bergen, &tastet));
        assert!(kari.krev(Rett::Lese).is_ok() && kari.krev(Rett::Levere).is_ok() && kari.krev(Rett::Avgjore).is_err());
        for galt in ["Bearer ", "Bearer k", "Basic abc", ""] {
            assert!(brukere.finn(&hode(galt)).is_err(), "{galt}");
        }
        assert!(brukere.finn(&HeaderMap::new()).is_err());
    }

    #[test]
    fn missing_weak_and_shared_tokens_are_told_at_once() {
        let mappe = tempfile::tempdir().unwrap();
        for (navn, token) in [("ola", "kort".to_owned()), ("per", "k".repeat(40)), ("liv", "k".repeat(40))] {
            std::fs::write(mappe.path().join(format!("{navn}.token")), token).unwrap();
        }
        let alle = ["kari", "ola", "per", "liv"].map(|navn| bruker(navn, None));
        let problemer = Brukere::les(&alle, mappe.path()).unwrap_err();
        let ventet = [(0, "cannot be read"), (1, "fewer than 32"), (3, "another user's token")];
        assert_eq!(problemer.len(), ventet.len());
        for (problem, (i, hva)) in problemer.iter().zip(ventet) {
            assert_eq!(problem.field, format!("bruker[{i}].tokenfil"));
            assert!(problem.message.contains(hva) && problem.message.contains("openssl"), "{}", problem.message);
            assert!(!problem.message.contains("kkkk"), "{}", problem.message);
        }
    }
}
