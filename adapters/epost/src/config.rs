//! E-mail as a person configures it: the section `[epost]` of `mellomlag.toml`.

use crate::mottaker::{Ansvar, Mottaker};
use crate::ord::Sprak;
use flow::Problem;
use hendelse::{Kildenavn, Tenant};
use identitet::{Organisasjonsnummer, Skjermet};
use kodeverk::{Fylkesnummer, Skolenummer};
use lettre::message::Mailbox;
use serde::Deserialize;
use std::net::IpAddr;
use std::path::PathBuf;
use url::Url;

/// How the way to the mail server is protected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kryptering {
    /// Plain first, and TLS before anything is said. A server that does not offer it is not used.
    #[default]
    Starttls,
    /// TLS from the first byte.
    Tls,
    /// None: on this machine only.
    Ingen,
}

/// Who is told though he has no user.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mottakeroppsett {
    /// Its name. Do not change it: how far it has come is kept by it.
    pub navn: String,
    /// Where letters go.
    pub epost: Skjermet<String>,
    /// `skole`, `kommune` or `fylke`.
    pub rolle: Rolle,
    /// The school's organisation number, for a school.
    pub skole: Option<Organisasjonsnummer>,
    /// VIGO's number of the school, where the organisation number has several.
    pub skolenr: Option<Skolenummer>,
    /// The owner of the schools, for a municipality; for a school it may be left out.
    pub tenant: Option<String>,
    /// The county, for a county.
    pub fylke: Option<Fylkesnummer>,
    /// `nb`, `nn` or `en`.
    #[serde(default)]
    pub sprak: Sprak,
}

/// As what somebody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rolle {
    /// A school.
    Skole,
    /// The owner of schools.
    Kommune,
    /// A county's intake office.
    Fylke,
}

/// `[epost]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The mail server.
    pub vert: String,
    /// Its port; the usual one for the protection when it is left out.
    pub port: Option<u16>,
    /// `starttls`, `tls` or `ingen`.
    #[serde(default)]
    pub kryptering: Kryptering,
    /// The user that the server knows us by.
    pub bruker: Option<String>,
    /// File with the user's password.
    pub passordfil: Option<PathBuf>,
    /// Authority of the server's certificate, PEM, where it is the organisation's own.
    pub rotsertifikat: Option<PathBuf>,
    /// Who the letters come from: `Mellomlag <ikke-svar@kommune.example>`.
    pub avsender: String,
    /// Where answers go.
    pub svar_til: Option<String>,
    /// Where the pages are, as people reach them.
    pub adresse: Url,
    /// The hour, Norwegian time, at which the daily letter goes.
    #[serde(default = "klokken")]
    pub klokken: i8,
    /// Who is told though he has no user.
    #[serde(default)]
    pub mottaker: Vec<Mottakeroppsett>,
}

const fn klokken() -> i8 {
    7
}

impl Config {
    /// Everything that is wrong. Opens nothing.
    pub fn check(&self) -> Vec<Problem> {
        let mut ut = Vec::new();
        let mut si = |felt: &str, hva: &str| ut.push(Problem::new(format!("epost.{felt}"), hva));
        if self.vert.trim().is_empty() || self.vert.contains(['/', ':', '@', ' ']) {
            si("vert", "write the mail server's name alone, and the port in `port`");
        }
        let her = self.vert.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
        if self.kryptering == Kryptering::Ingen && !her {
            si("kryptering", "write starttls or tls; plain is taken for 127.0.0.1 only");
        }
        if self.port == Some(0) {
            si("port", "write the server's port: 587 for starttls, 465 for tls");
        }
        if self.bruker.is_some() != self.passordfil.is_some() {
            si("passordfil", "bruker and passordfil belong together; write both, or neither");
        }
        if self.avsender.parse::<Mailbox>().is_err() {
            si("avsender", "write an address, such as Mellomlag <ikke-svar@kommune.example>");
        }
        if self.svar_til.as_ref().is_some_and(|adresse| adresse.parse::<Mailbox>().is_err()) {
            si("svar_til", "write an address, or leave it out");
        }
        let lokalt = self.adresse.host_str().is_some_and(|vert| vert == "localhost" || vert == "127.0.0.1");
        if self.adresse.scheme() != "https" && !(lokalt && self.adresse.scheme() == "http") {
            si("adresse", "write the https address at which people reach the pages");
        }
        if !self.adresse.username().is_empty() || self.adresse.password().is_some() || self.adresse.query().is_some() {
            si("adresse", "leave user, password and query out: the address stands in every letter");
        }
        if !(0..24).contains(&self.klokken) {
            si("klokken", "write an hour, 0 to 23");
        }
        for (i, mottaker) in self.mottaker.iter().enumerate() {
            let mut si = |felt: &str, hva: &str| si(&format!("mottaker[{i}].{felt}"), hva);
            if mottaker.navn.parse::<Kildenavn>().is_err() {
                si("navn", "use lower case letters a-z, digits and -, and a letter first");
            }
            if self.mottaker[..i].iter().any(|m| m.navn == mottaker.navn) {
                si("navn", "two have this name; give one of them another");
            }
            if mottaker.epost.vis().parse::<lettre::Address>().is_err() {
                si("epost", "write one address, without a name");
            }
            mottaker.sjekk(&mut si);
        }
        ut
    }
}

impl Mottakeroppsett {
    fn sjekk(&self, si: &mut impl FnMut(&str, &str)) {
        if self.tenant.as_ref().is_some_and(|tenant| tenant.parse::<Tenant>().is_err()) {
            si("tenant", "write the name of a [[tenant]]");
        }
        match self.rolle {
            Rolle::Skole if self.skole.is_none() => si("skole", "write the school's organisation number"),
            Rolle::Kommune if self.tenant.is_none() => si("tenant", "write whose schools: the name of a [[tenant]]"),
            Rolle::Fylke if self.fylke.is_none() => si("fylke", "write the county's number, two digits"),
            _ => {}
        }
        let ledig = match self.rolle {
            Rolle::Skole => [None, None, self.fylke.map(|_| "fylke"), None],
            Rolle::Kommune => [
                self.skole.as_ref().map(|_| "skole"),
                self.skolenr.map(|_| "skolenr"),
                self.fylke.map(|_| "fylke"),
                None,
            ],
            Rolle::Fylke => [
                self.skole.as_ref().map(|_| "skole"),
                self.skolenr.map(|_| "skolenr"),
                None,
                self.tenant.as_ref().map(|_| "tenant"),
            ],
        };
        for felt in ledig.into_iter().flatten() {
            si(felt, "it says nothing for this rolle; leave it out");
        }
    }

    /// Whom it is; none when a mistake stands in it that `check` tells of.
    pub(crate) fn mottaker(&self) -> Option<Mottaker> {
        let ansvar = match self.rolle {
            Rolle::Skole => Ansvar::Skole {
                tenant: self.tenant.clone(),
                organisasjonsnummer: self.skole.as_ref()?.to_string(),
                skolenr: self.skolenr.map(|nr| nr.to_string()),
            },
            Rolle::Kommune => Ansvar::Kommune(self.tenant.clone()?),
            Rolle::Fylke => Ansvar::Fylke(self.fylke?),
        };
        let (id, epost) = (format!("oppsett-{}", self.navn), self.epost.clone());
        Some(Mottaker { id, epost, ansvar: vec![ansvar], sprak: self.sprak })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Fil {
        epost: Config,
    }

    /// What stands in the example is commented out there: whoever tries it has no mail server.
    #[test]
    fn the_example_can_be_used_as_it_stands() {
        let fil = include_str!("../../../deploy/eksempel/mellomlag.toml");
        let (_, epost) = fil.split_once("# [epost]").unwrap();
        let epost =
            format!("# [epost]{epost}").lines().map(|l| l.trim_start_matches("# ")).collect::<Vec<_>>().join("\n");
        let Fil { epost } = toml::from_str(&epost).unwrap();
        assert_eq!(epost.check(), vec![]);
        assert_eq!(epost.mottaker.iter().filter_map(Mottakeroppsett::mottaker).count(), 3);
    }

    #[test]
    fn everything_wrong_is_told_at_once_and_no_address_is() {
        let config: Config = toml::from_str(
            r#"
            vert = "smtp://post.example"
            kryptering = "ingen"
            bruker = "mellomlag"
            avsender = "Mellomlag"
            adresse = "http://mellomlag.example/"
            klokken = 24
            [[mottaker]]
            navn = "Rektor"
            epost = "hemmelig"
            rolle = "skole"
            fylke = "46"
            [[mottaker]]
            navn = "voss"
            epost = "skole@voss.example"
            rolle = "kommune"
            [[mottaker]]
            navn = "voss"
            epost = "inntak@vestland.example"
            rolle = "fylke"
            "#,
        )
        .unwrap();
        let problemer = config.check();
        let felt: Vec<_> = problemer.iter().map(|p| p.field.trim_start_matches("epost.")).collect();
        assert_eq!(felt[..6], ["vert", "kryptering", "passordfil", "avsender", "adresse", "klokken"]);
        let ventet = ["mottaker[0].navn", "mottaker[0].epost", "mottaker[0].skole", "mottaker[0].fylke"];
        assert_eq!(felt[6..10], ventet);
        assert_eq!(felt[10..], ["mottaker[1].tenant", "mottaker[2].navn", "mottaker[2].fylke"]);
        let alt = format!("{problemer:?} {config:?}");
        assert!(!alt.contains("hemmelig") && !alt.contains("@voss"), "{alt}");
    }
}
