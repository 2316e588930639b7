//! Eksempel kommune: ten schools, each with something of its own to see. What is wrong there is wrong in the same place each
//! time, so that it can be told of beforehand.
//!
//! The number of the municipality is a real one, since VIGO's and the national code lists must know it. Schools, their
//! numbers and people are made up.

use super::fil::oppdiktet;
use super::omgivelser::Kilde;
use anyhow::{Context, Result};
use kodeverk::Skolear;
use simulators::generator::{Elev, Feilmengde, GeneratorConfig, Kommune, SkoleOppsett};
use simulators::vigilo::{Vigilo, VigiloConfig};
use simulators::vigo::Skoleoppforing;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The owner's name in configuration and addresses.
pub const TENANT: &str = "eksempel";
/// The owner of the school that hands in packages: a private school, and so an owner of its own.
pub const FRISKOLEN: &str = "friskolen";
/// Its county: Rogaland, which the demo's other municipalities are not in.
pub const FYLKE: &str = "11";
const KOMMUNENUMMER: &str = "1103";
/// Where the private school lies: what a municipality is missing is told to its only owner of schools.
const NABOKOMMUNE: &str = "1108";
/// Schools get organisation numbers of Tenor's series from here on; they belong to nobody.
const ORGNR_FRA: u32 = 31_800_000;
/// Where in the walk of identity numbers its people begin: behind those of the other municipalities.
const NUMMER_FRA: u32 = 60_000;

/// How a school's pupils come to Mellomlag.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Vei {
    /// From Vigilo.
    Vigilo,
    /// Keyed in.
    Tastet,
    /// In packages that somebody hands in.
    Pakker,
}

/// A school of the demo.
pub struct Demoskole {
    /// Its short name: in addresses, in the name of its source, and of its secretary.
    pub kort: &'static str,
    /// Its name.
    pub navn: &'static str,
    /// Tenth-graders.
    pub elever: u16,
    /// How they come.
    pub vei: Vei,
}

const fn skole(kort: &'static str, navn: &'static str, elever: u16, vei: Vei) -> Demoskole {
    Demoskole { kort, navn, elever, vei }
}

/// The schools. The first is the one that a newcomer meets.
pub const SKOLER: [Demoskole; 10] = [
    skole("eksempel", "Eksempel ungdomsskole", 112, Vei::Vigilo),
    skole("granly", "Granly ungdomsskole", 24, Vei::Vigilo),
    skole("havblikk", "Havblikk ungdomsskole", 60, Vei::Vigilo),
    skole("furulia", "Furulia ungdomsskole", 48, Vei::Vigilo),
    skole("solbakken", "Solbakken ungdomsskole", 36, Vei::Vigilo),
    skole("lillevik", "Lillevik skole", 12, Vei::Vigilo),
    skole("nordvag", "Nordvåg ungdomsskole", 30, Vei::Vigilo),
    skole("elvebakken", "Elvebakken ungdomsskole", 28, Vei::Vigilo),
    skole("fjordskolen", "Fjordskolen", 12, Vei::Tastet),
    skole("friskolen", "Friskolen", 15, Vei::Pakker),
];

impl Demoskole {
    /// The organisation number.
    pub fn organisasjonsnummer(&self) -> Result<String> {
        let nr = SKOLER.iter().position(|s| s.kort == self.kort).unwrap_or_default();
        oppdiktet(ORGNR_FRA, nr).context("the demo has more schools than numbers")
    }

    /// Whose school it is.
    pub fn tenant(&self) -> &'static str {
        if self.vei == Vei::Pakker { FRISKOLEN } else { TENANT }
    }

    /// VIGO's number.
    pub fn skolenr(&self) -> String {
        let nr = SKOLER.iter().position(|s| s.kort == self.kort).unwrap_or_default();
        format!("{FYLKE}{}", 500 + nr)
    }
}

/// The municipality, with its Vigilo running.
pub struct Eksempel {
    /// Its Vigilo.
    pub vigilo: Vigilo,
    /// All its people as they are in truth, those of schools without Vigilo too: what Folkeregisteret knows.
    pub sannhet: Kommune,
    /// Whose address nobody may know.
    pub skjermet: String,
}

/// Starts it.
pub async fn start(seed: u64, skolear: Skolear) -> Result<Eksempel> {
    let sannhet = Kommune::generer(&oppsett(seed, skolear)?);
    let mut kommune = sannhet.clone();
    let bare_vigilo = |id: &Uuid| {
        let navn = sannhet.skoler.iter().find(|s| s.id == *id).map(|s| s.navn.as_str());
        SKOLER.iter().any(|s| Some(s.navn) == navn && s.vei == Vei::Vigilo)
    };
    kommune.skoler.retain(|s| bare_vigilo(&s.id));
    kommune.klasser.retain(|k| bare_vigilo(&k.skole));
    kommune.elever.retain(|e| bare_vigilo(&e.skole));
    kommune.laerere.retain(|l| bare_vigilo(&l.skole));
    plant(&mut kommune);
    let elvebakken = ved(&sannhet, "Elvebakken ungdomsskole");
    let skjermet = elvebakken.get(4).and_then(|e| e.nummer.clone()).context("the school has a fifth pupil")?;
    let mut config = VigiloConfig::ny(kommune);
    config.fasit = fasit(&sannhet, &config.kommune);
    Ok(Eksempel { vigilo: Vigilo::start(config).await?, sannhet, skjermet })
}

fn oppsett(seed: u64, skolear: Skolear) -> Result<GeneratorConfig> {
    let orgnr = oppdiktet(ORGNR_FRA, SKOLER.len()).context("a number for the municipality")?;
    let mut config = GeneratorConfig::ny(seed, KOMMUNENUMMER, "Eksempel kommune", &orgnr, "eksempel.kommune.no");
    config.skolear = skolear.startar();
    config.nummer_fra = NUMMER_FRA;
    config.feil = Feilmengde::ingen();
    config.variasjon = 0;
    for skole in &SKOLER {
        config.skoler.push(SkoleOppsett {
            orgnr: skole.organisasjonsnummer()?,
            navn: skole.navn.to_owned(),
            skolenummer: Some(skole.skolenr()),
            trinn_fra: 10,
            trinn_til: 10,
            per_trinn: skole.elever,
        });
    }
    Ok(config)
}

/// The pupils of a school, in the order they were made.
pub fn ved<'a>(kommune: &'a Kommune, navn: &str) -> Vec<&'a Elev> {
    let id = kommune.skoler.iter().find(|s| s.navn == navn).map(|s| s.id);
    kommune.elever.iter().filter(|e| Some(e.skole) == id).collect()
}

/// What is wrong in Vigilo.
fn plant(kommune: &mut Kommune) {
    // Right in itself, and nobody's: Folkeregisteret does not know it.
    let ingens = kommune.nummerserie.fodselsnummer(kommune.skolear - 15);
    let mut endre = |skole: &str, nr: usize, hva: &dyn Fn(&mut Elev)| {
        let id = ved(kommune, skole).get(nr).map(|e| e.id);
        if let Some(elev) = kommune.elever.iter_mut().find(|e| Some(e.id) == id) {
            hva(elev);
        }
    };
    endre("Eksempel ungdomsskole", 10, &siste_siffer_feil);
    endre("Eksempel ungdomsskole", 40, &|e| e.nummer = Some(ingens.clone()));
    endre("Eksempel ungdomsskole", 80, &|e| e.klasse = None);
    for nr in 0..40 {
        endre("Furulia ungdomsskole", nr, &|e| e.klasse = None);
    }
    endre("Solbakken ungdomsskole", 5, &|e| e.nummer = None);
    endre("Nordvåg ungdomsskole", 3, &|e| e.fornavn = "".into());
    if let Some(elev) = ved(kommune, "Nordvåg ungdomsskole").get(7) {
        let dobbelt = Elev { id: Uuid::from_u128(elev.id.as_u128() ^ 1), grupper: Vec::new(), ..(*elev).clone() };
        kommune.elever.push(dobbelt);
    }
}

fn siste_siffer_feil(elev: &mut Elev) {
    let siste = elev.nummer.as_mut().and_then(String::pop).and_then(|s| s.to_digit(10));
    if let (Some(siste), Some(nummer)) = (siste, elev.nummer.as_mut()) {
        nummer.extend(char::from_digit((siste + 1) % 10, 10));
    }
}

/// The right numbers of those whose number is wrong or missing: what the stand-in for Vigilo suggests.
fn fasit(sannhet: &Kommune, kommune: &Kommune) -> BTreeMap<Uuid, String> {
    let sann = |id: Uuid| sannhet.elever.iter().find(|e| e.id == id).and_then(|e| e.nummer.clone());
    let feil = kommune.elever.iter().filter_map(|e| Some((e.id, sann(e.id)?, e.nummer.clone())));
    feil.filter(|(_, sann, har)| Some(sann) != har.as_ref()).map(|(id, sann, _)| (id, sann)).collect()
}

impl Eksempel {
    /// All its schools, as VIGO's code base names them.
    pub fn skoler(&self) -> Vec<Skoleoppforing> {
        let mut alle = Skoleoppforing::fra_kommune(&self.sannhet);
        for skole in SKOLER.iter().filter(|s| s.tenant() == FRISKOLEN) {
            for oppforing in alle.iter_mut().filter(|o| o.number == skole.skolenr()) {
                NABOKOMMUNE.clone_into(&mut oppforing.municipality_nr);
            }
        }
        alle
    }

    /// Vigilo's configuration as a source: looked at every other second, so that a row turns while somebody watches.
    pub fn kilde(&self) -> Kilde {
        let toml = format!(
            "tenant = {TENANT:?}\nnavn = \"vigilo\"\nkommunenummer = {KOMMUNENUMMER:?}\nprofil = \"vigilo\"\n\
             base_url = {:?}\ntoken_url = {:?}\nclient_id = \"mellomlag\"\nclient_secret_file = \"vigilo.hemmelighet\"\n\
             sidestorrelse = 1000\nmaks_per_sekund = 1000\nintervall_sekunder = 60\nendringer_sekunder = 2\n\
             overlapp_sekunder = 5\n",
            self.vigilo.oneroster_url(),
            self.vigilo.token_url()
        );
        Kilde { tenant: TENANT.to_owned(), toml }
    }

    /// The people of a school that Vigilo does not have, as they are to be keyed in.
    pub fn til_tasting(&self, skole: &Demoskole) -> Vec<serde_json::Value> {
        let klasse = |id: Option<Uuid>| self.sannhet.klasser.iter().find(|k| Some(k.id) == id).map(|k| &k.kode);
        let elever = ved(&self.sannhet, skole.navn).into_iter();
        elever
            .map(|e| {
                serde_json::json!({
                    "identitetsnummer": e.nummer, "fornavn": e.fornavn, "mellomnavn": e.mellomnavn,
                    "etternavn": e.etternavn, "klasse": klasse(e.klasse), "trinn": "10",
                })
            })
            .collect()
    }
}

/// The configuration of packages.
pub fn pakker(skole: &Demoskole) -> String {
    let (tenant, navn) = (skole.tenant(), skole.kort);
    format!("tenant = {tenant:?}\nnavn = {navn:?}\nkommunenummer = {NABOKOMMUNE:?}\n")
}
