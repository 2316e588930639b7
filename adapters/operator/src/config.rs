//! What a person writes to open the API, and what can be wrong with it.

use crate::innlogging::{self, Innloggingsoppsett, Innloggingsvalg, Invitert, Oktoppsett};
use crate::klient::Klient;
use crate::webhook::Webhookoppsett;
use flow::Problem;
use kodeverk::Fylkesnummer;
use runtime::adgang::{Adgangsrolle, Skolevalg};
use runtime::brukere::Eier;
use serde::Deserialize;
use std::net::SocketAddr;
use std::num::NonZeroU64;
use std::path::PathBuf;
use url::Url;

/// `operator.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where the API listens. Put a proxy with TLS before it; anything but this machine's own address is refused.
    pub listen: SocketAddr,
    /// Largest package that is taken, in bytes.
    #[serde(default = "maks_opplasting")]
    pub maks_opplasting_bytes: NonZeroU64,
    /// Who may use it.
    pub bruker: Vec<Bruker>,
    /// File with the secret that clients' tokens are signed with: 32 characters or more. The same for every process.
    pub tokennokkelfil: Option<PathBuf>,
    /// Systems that may use it.
    #[serde(default)]
    pub klient: Vec<Klient>,
    /// Where events are sent.
    #[serde(default)]
    pub webhook: Vec<Webhookoppsett>,
    /// Schools without a school system, whose pupils are keyed in.
    #[serde(default)]
    pub tastet: Vec<Tastetskole>,
    /// The address of the pages as browsers write it: `https://mellomlag.example`.
    pub offentlig_url: Option<Url>,
    /// How long somebody stays signed in.
    #[serde(default)]
    pub okt: Oktoppsett,
    /// Where people sign in.
    #[serde(default)]
    pub innlogging: Vec<Innloggingsoppsett>,
    /// Who may sign in from the first day, and invite others.
    #[serde(default)]
    pub invitert: Vec<Invitert>,
}

/// Someone who may use the API.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bruker {
    /// The name that stands in the audit trail.
    pub navn: String,
    /// File that holds the bearer token, and nothing else: 32 characters or more.
    pub tokenfil: PathBuf,
    /// The tenants whose sources may be seen. The roles `skole` and `fylke` are for others than tenants.
    #[serde(default)]
    pub tenanter: Vec<String>,
    /// Only these sources; all of the tenants' when it is left out.
    pub kilder: Option<Vec<String>>,
    /// What may be done.
    pub rett: Rett,
    /// As what the user works with lists, as people do who sign in; without it, lists are seen in numbers only.
    pub rolle: Option<Adgangsrolle>,
    /// The schools of the role `skole`.
    #[serde(default)]
    pub skoler: Vec<Skolevalg>,
    /// The counties of the role `fylke`.
    #[serde(default)]
    pub fylker: Vec<Fylkesnummer>,
}

impl Bruker {
    /// Everything that is wrong with the role: what it is for must be said, and no more than that.
    fn sjekk_rolle(&self) -> Option<(&'static str, &'static str)> {
        let (skoler, fylker) = (!self.skoler.is_empty(), !self.fylker.is_empty());
        match self.rolle {
            Some(_) if self.kilder.is_some() => {
                Some(("kilder", "a user with rolle sees all sources of its tenants; leave kilder out"))
            }
            Some(Adgangsrolle::Skole) if !skoler => Some(("skoler", "name the schools that the role skole is for")),
            Some(Adgangsrolle::Fylke) if !fylker => Some(("fylker", "name the counties that the role fylke is for")),
            Some(Adgangsrolle::Skole | Adgangsrolle::Fylke) if !self.tenanter.is_empty() => {
                Some(("tenanter", "the roles skole and fylke are for schools and counties; leave tenanter out"))
            }
            rolle if skoler && rolle != Some(Adgangsrolle::Skole) => {
                Some(("skoler", "only the role skole is for schools; leave it out"))
            }
            rolle if fylker && rolle != Some(Adgangsrolle::Fylke) => {
                Some(("fylker", "only the role fylke is for counties; leave it out"))
            }
            _ => None,
        }
    }
}

/// What a user may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rett {
    /// See how sources are doing. Nothing personal.
    Lese,
    /// Hand in packages, and see and change keyed-in pupils.
    Levere,
    /// Decide about mass changes, too.
    Avgjore,
}

/// A school without a school system.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tastetskole {
    /// Whose school it is.
    pub tenant: String,
    /// The source's name in subjects: lower case ASCII letters, digits and `-`.
    pub navn: String,
    /// The school's name.
    pub skole: String,
    /// Its organisation number, nine digits.
    pub organisasjonsnummer: String,
    /// VIGO's school number, where it is needed to tell schools with one organisation number apart.
    pub vigo_id: Option<String>,
}

const fn maks_opplasting() -> NonZeroU64 {
    NonZeroU64::new(64 * 1024 * 1024).expect("64 MiB is not zero")
}

impl Config {
    /// Reads the text of a configuration file.
    pub fn parse(toml: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(toml)
    }

    /// How people sign in. None where no page is to be shown.
    pub fn innlogging(&self) -> Option<Innloggingsvalg> {
        let offentlig_url = self.offentlig_url.clone()?;
        Some(Innloggingsvalg { offentlig_url, okt: self.okt, tilbydere: self.innlogging.clone(), tidsgrense: None })
    }

    /// Those who may sign in from the first day.
    pub fn faste(&self) -> Vec<(Eier, runtime::brukere::Bruker)> {
        innlogging::faste(&self.invitert)
    }

    /// Everything that is wrong with the configuration. Opens nothing.
    pub fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if !self.listen.ip().is_loopback() {
            let message =
                "listen on 127.0.0.1 and let a proxy with TLS stand before it; tokens are not sent in the clear";
            problems.push(Problem::new("listen", message));
        }
        if self.bruker.is_empty() {
            problems
                .push(Problem::new("bruker", "name at least one [[bruker]] with navn, tokenfil, tenanter and rett"));
        }
        for (i, bruker) in self.bruker.iter().enumerate() {
            let felt = |navn: &str| format!("bruker[{i}].{navn}");
            if bruker.navn.trim().is_empty() {
                problems.push(Problem::new(felt("navn"), "write the name that shall stand in the audit trail"));
            }
            if self.bruker[..i].iter().any(|b| b.navn == bruker.navn) {
                problems.push(Problem::new(felt("navn"), "two users have this name; give one of them another"));
            }
            if bruker.kilder.as_ref().is_some_and(Vec::is_empty) {
                problems
                    .push(Problem::new(felt("kilder"), "name the sources, or leave it out for all of the tenants'"));
            }
            if let Some((navn, hva)) = bruker.sjekk_rolle() {
                problems.push(Problem::new(felt(navn), hva));
            }
            if bruker.tenanter.is_empty() && bruker.fylker.is_empty() && bruker.skoler.is_empty() {
                problems.push(Problem::new(felt("tenanter"), "name at least one tenant, or remove the user"));
            }
        }
        problems.extend(Klient::sjekk(&self.klient, self.tokennokkelfil.as_deref()));
        problems.extend(Webhookoppsett::sjekk(&self.webhook));
        let offentlig = self.offentlig_url.as_ref();
        problems.extend(innlogging::sjekk(offentlig, self.okt, &self.innlogging, &self.invitert));
        for (i, skole) in self.tastet.iter().enumerate() {
            let felt = |navn: &str| format!("tastet[{i}].{navn}");
            for (navn, verdi) in [("tenant", &skole.tenant), ("navn", &skole.navn)] {
                if verdi.parse::<hendelse::Kildenavn>().is_err() {
                    let message = "use lower case letters a-z, digits and -, and a letter first";
                    problems.push(Problem::new(felt(navn), message));
                }
            }
            if skole.organisasjonsnummer.parse::<identitet::Organisasjonsnummer>().is_err() {
                let message = "write the school's organisation number: nine digits in quotes, without spaces";
                problems.push(Problem::new(felt("organisasjonsnummer"), message));
            }
            if skole.vigo_id.as_ref().is_some_and(|id| id.len() != 5 || !id.bytes().all(|b| b.is_ascii_digit())) {
                problems.push(Problem::new(felt("vigo_id"), "write VIGO's school number: five digits in quotes"));
            }
            if skole.skole.trim().is_empty() {
                problems.push(Problem::new(felt("skole"), "write the school's name"));
            }
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_wrong_is_told_at_once() {
        let toml = r#"
            listen = "0.0.0.0:8090"
            [[bruker]]
            navn = "kari"
            tokenfil = "kari.token"
            tenanter = []
            kilder = []
            rett = "lese"
            [[bruker]]
            navn = "kari"
            tokenfil = "kari2.token"
            tenanter = ["voss"]
            rett = "lese"
            [[tastet]]
            tenant = "Voss"
            navn = "tastet"
            skole = "Eksempel ungdomsskole"
            organisasjonsnummer = "123"
            vigo_id = "3503"
        "#;
        let felt: Vec<_> = Config::parse(toml).unwrap().check().into_iter().map(|p| p.field).collect();
        assert_eq!(
            felt,
            [
                "listen",
                "bruker[0].kilder",
                "bruker[0].tenanter",
                "bruker[1].navn",
                "tastet[0].tenant",
                "tastet[0].organisasjonsnummer",
                "tastet[0].vigo_id"
            ]
        );
    }
}
