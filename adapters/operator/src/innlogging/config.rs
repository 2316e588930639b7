//! What a person writes of sign-in, and what can be wrong with it.

use super::profil::Profil;
use flow::Problem;
use hendelse::Tenant;
use jiff::SignedDuration;
use kodeverk::Fylkesnummer;
use runtime::LENGSTE_OKT;
use runtime::adgang::{Adgangsrolle, Omfang};
use runtime::brukere::{Bruker, Eier, Oppdrag};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::PathBuf;
use url::Url;

/// A sign-in service.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Innloggingsoppsett {
    /// Its name in addresses: lower case ASCII letters, digits and `-`.
    pub navn: String,
    /// Its name on the page: `ID-porten`.
    pub visningsnavn: String,
    /// Which defaults it has.
    #[serde(default)]
    pub profil: Profil,
    /// The issuer, letter by letter as it writes itself.
    pub utsteder: String,
    /// What it calls Mellomlag.
    pub klient_id: String,
    /// File with the client's secret.
    pub hemmelighetfil: Option<PathBuf>,
    /// File with the client's private key (RSA, PEM), instead of a secret.
    pub privatnokkelfil: Option<PathBuf>,
    /// The key's id at the service.
    pub nokkel_id: Option<String>,
    /// What is asked for.
    pub scopes: Option<Vec<String>>,
    /// The levels that are asked for.
    pub acr_values: Option<Vec<String>>,
    /// The levels that are accepted; any where it is empty.
    pub acr_krav: Option<Vec<String>>,
    /// The means of which one must have been used; any where it is empty.
    #[serde(default)]
    pub amr_krav: Vec<String>,
    /// JSON that is sent as `authorization_details`: what Ansattporten shall ask the person about.
    pub authorization_details: Option<String>,
    /// Where organisation numbers stand in the claims.
    pub orgnr_krav: Option<Vec<String>>,
    /// Where roles and groups stand in the claims.
    pub rolle_krav: Option<Vec<String>>,
    /// What claims give, beside what the invited people have.
    #[serde(default)]
    pub tilgang: Vec<Tilgangsregel>,
}

/// What somebody is by his claims. Every condition that is set must hold.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tilgangsregel {
    /// One of the organisation numbers in the claims.
    pub organisasjonsnummer: Option<String>,
    /// One of the roles and groups in the claims.
    pub har: Option<String>,
    /// What the person is then.
    pub rolle: Adgangsrolle,
    /// For these owners. A school role: for the schools of these owners whose organisation number stands in the claims.
    #[serde(default)]
    pub tenanter: BTreeSet<Tenant>,
    /// For these counties.
    #[serde(default)]
    pub fylker: BTreeSet<Fylkesnummer>,
    /// Whom a supplier acts for.
    pub pa_vegne_av: Option<String>,
    /// Sees, and does nothing.
    #[serde(default)]
    pub bare_lese: bool,
}

/// Somebody who may sign in from the first day.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invitert {
    /// The name.
    pub navn: String,
    /// The address that the sign-in service vouches for.
    pub epost: identitet::Skjermet<String>,
    /// As what.
    pub rolle: Adgangsrolle,
    /// At this owner,
    pub tenant: Option<Tenant>,
    /// or at this county.
    pub fylke: Option<Fylkesnummer>,
}

impl std::fmt::Debug for Invitert {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Invitert").field("rolle", &self.rolle).finish_non_exhaustive()
    }
}

impl Invitert {
    /// The person, where the configuration is in order.
    pub(super) fn bruker(&self) -> Option<(Eier, Bruker)> {
        let (eier, omfang) = match (&self.tenant, self.fylke) {
            (Some(t), None) => (Eier::Tenant(t.clone()), Omfang::Tenanter(BTreeSet::from([t.clone()]))),
            (None, Some(f)) => (Eier::Fylke(f), Omfang::Fylker(BTreeSet::from([f]))),
            _ => return None,
        };
        let oppdrag = Oppdrag { rolle: self.rolle, omfang, pa_vegne_av: None, bare_lese: false };
        let bruker = Bruker::fast(&eier, &self.navn, self.epost.vis(), vec![oppdrag]);
        Some((eier, bruker))
    }
}

/// How long somebody stays signed in.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Oktoppsett {
    /// Minutes without use.
    pub ubrukt_minutter: u32,
    /// Hours in all.
    pub lengst_timer: u32,
}

impl Default for Oktoppsett {
    fn default() -> Self {
        Self { ubrukt_minutter: 30, lengst_timer: 8 }
    }
}

impl Oktoppsett {
    pub(super) fn ubrukt(self) -> SignedDuration {
        SignedDuration::from_mins(self.ubrukt_minutter.into())
    }

    pub(super) fn lengst(self) -> SignedDuration {
        SignedDuration::from_hours(self.lengst_timer.into())
    }

    fn sjekk(self, ut: &mut Vec<Problem>) {
        let lengst = u64::from(self.lengst_timer) * 3600;
        if lengst == 0 || lengst > LENGSTE_OKT.as_secs() {
            ut.push(Problem::new("okt.lengst_timer", "write 1 to 12 hours"));
        }
        let ubrukt = u64::from(self.ubrukt_minutter) * 60;
        if ubrukt == 0 || ubrukt > lengst {
            ut.push(Problem::new("okt.ubrukt_minutter", "write at least 1, and no more than lengst_timer in all"));
        }
    }
}

/// Everything that is wrong. Opens nothing.
pub(crate) fn sjekk(
    offentlig_url: Option<&Url>,
    okt: Oktoppsett,
    tilbydere: &[Innloggingsoppsett],
    inviterte: &[Invitert],
) -> Vec<Problem> {
    let mut ut = Vec::new();
    okt.sjekk(&mut ut);
    match offentlig_url {
        Some(url) => {
            Problem::check_url("offentlig_url", url, "", "", &mut ut);
            if url.path() != "/" {
                ut.push(Problem::new("offentlig_url", "write the address without a path"));
            }
        }
        None if !tilbydere.is_empty() => {
            ut.push(Problem::new("offentlig_url", "write the address that browsers use, with https"));
        }
        None => {}
    }
    for (i, tilbyder) in tilbydere.iter().enumerate() {
        let dobbel = tilbydere[..i].iter().any(|t| t.navn == tilbyder.navn || t.utsteder == tilbyder.utsteder);
        tilbyder.sjekk(&format!("innlogging[{i}]"), dobbel, &mut ut);
    }
    for (i, invitert) in inviterte.iter().enumerate() {
        if invitert.tenant.is_some() == invitert.fylke.is_some() || invitert.rolle == Adgangsrolle::Skole {
            let hva = "write either tenant or fylke; a school's people are invited by their municipality";
            ut.push(Problem::new(format!("invitert[{i}]"), hva));
        }
        if invitert.navn.trim().is_empty() || !invitert.epost.vis().contains('@') {
            ut.push(Problem::new(format!("invitert[{i}]"), "write navn and epost"));
        }
    }
    ut
}

impl Innloggingsoppsett {
    fn sjekk(&self, felt: &str, dobbel: bool, ut: &mut Vec<Problem>) {
        let mut si = |navn: &str, hva: &str| ut.push(Problem::new(format!("{felt}.{navn}"), hva));
        if self.navn.parse::<hendelse::Kildenavn>().is_err() || self.navn == "svar" {
            si("navn", "use lower case letters a-z, digits and -, and a letter first; not svar");
        }
        if dobbel {
            si("navn", "two services have this name or this issuer");
        }
        if self.visningsnavn.trim().is_empty() || self.klient_id.is_empty() {
            si("klient_id", "write visningsnavn and klient_id");
        }
        match (&self.hemmelighetfil, &self.privatnokkelfil) {
            (Some(_), None) => {}
            (None, Some(_)) if self.nokkel_id.is_some() => {}
            (None, Some(_)) => si("nokkel_id", "write the id that the key has at the service"),
            _ => si("hemmelighetfil", "write either hemmelighetfil or privatnokkelfil"),
        }
        if self.scopes.as_ref().is_some_and(|s| !s.iter().any(|s| s == "openid")) {
            si("scopes", "openid must be among them");
        }
        let json = |tekst: &String| serde_json::from_str::<Vec<serde_json::Value>>(tekst).is_err();
        if self.authorization_details.as_ref().is_some_and(json) {
            si("authorization_details", "write a JSON list");
        }
        for regel in &self.tilgang {
            let betinget = regel.organisasjonsnummer.is_some() || regel.har.is_some();
            if !betinget && regel.rolle != Adgangsrolle::Skole {
                si("tilgang", "set organisasjonsnummer or har: without them everybody would be let in");
            }
            if regel.tenanter.is_empty() == regel.fylker.is_empty() {
                si("tilgang", "name either tenanter or fylker");
            }
            if regel.rolle == Adgangsrolle::Skole && regel.tenanter.is_empty() {
                si("tilgang", "a school role needs tenanter");
            }
        }
        match Url::parse(&self.utsteder) {
            Ok(url) => Problem::check_url(&format!("{felt}.utsteder"), &url, "", "", ut),
            Err(_) => si("utsteder", "write the issuer's address"),
        }
    }
}
