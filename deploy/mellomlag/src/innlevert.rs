//! The operator's API joined with the adapter that knows packages and keyed-in pupils.

use adapter_csv::tastet::{Problem, Tastetelev, Tastetendring, Tastetkilde, Tastetskole, tilbake};
use adapter_csv::{BuildError, Config, Csvkilde, Modus};
use adapter_operator::{Elevbok, Feltfeil, Innlagt, Innlevert, Pakkeavslag, Pakkeleser};
use bytes::Bytes;
use flow::Source;
use hendelse::Kildeobjekt;
use identitet::Skjermet;
use kodeverk::Skolear;
use runtime::Levering;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// Opens packages by one configuration.
pub struct Pakker(pub Config);

struct Pakke {
    kilde: Arc<Csvkilde>,
    slag: Vec<Levering>,
}

impl Pakkeleser for Pakker {
    fn apne(&self, bytes: Bytes) -> Result<Box<dyn Innlevert>, Pakkeavslag> {
        match self.0.clone().build(bytes) {
            Ok(kilde) => {
                let alt = kilde.rapport().filer.iter().any(|fil| fil.modus == Modus::Bulk);
                let slag = alt.then_some(Levering::Helt).into_iter();
                let slag = slag.chain(kilde.har_endringer().then_some(Levering::Endringer)).collect();
                Ok(Box::new(Pakke { kilde: Arc::new(kilde), slag }))
            }
            Err(BuildError::Pakke(feil)) => {
                let f = feil.forklaring();
                Err(Pakkeavslag { felt: f.kode.to_owned(), hva: format!("{} {}", f.tekst_nb, f.hva_gjore_nb) })
            }
            Err(BuildError::Config(problemer)) => {
                Err(Pakkeavslag { felt: "oppsett".to_owned(), hva: flow::Problem::list(&problemer) })
            }
        }
    }
}

impl Innlevert for Pakke {
    fn source(&self) -> Arc<dyn Source> {
        self.kilde.clone()
    }

    fn slag(&self) -> &[Levering] {
        &self.slag
    }

    fn rapport(&self) -> serde_json::Value {
        serde_json::to_value(self.kilde.rapport()).expect("a report is texts and numbers")
    }
}

/// The pupils of one school, keyed in.
pub struct Bok {
    /// The source's name.
    pub navn: String,
    /// The school.
    pub skole: Tastetskole,
}

/// A pupil as the API takes one: as it is shown, with or without what the API itself decides.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kropp {
    #[serde(default)]
    #[expect(dead_code, reason = "a pupil may be sent back as it was shown; the id in the address counts")]
    id: Option<Uuid>,
    #[serde(default)]
    #[expect(dead_code, reason = "a pupil may be sent back as it was shown; the school year is that of today")]
    skolear: Option<Skolear>,
    identitetsnummer: Option<Skjermet<String>>,
    fornavn: Skjermet<String>,
    mellomnavn: Option<Skjermet<String>>,
    etternavn: Skjermet<String>,
    klasse: String,
    trinn: String,
}

impl Kropp {
    /// The parser's own words may quote what was written, so they are not passed on.
    fn les(json: &[u8]) -> Result<Self, Vec<Feltfeil>> {
        const FORM: &str = "send et JSON-objekt med fornavn, etternavn, klasse og trinn, og gjerne identitetsnummer og mellomnavn, \
             alle som tekst i anførselstegn";
        serde_json::from_slice(json).map_err(|_| vec![Feltfeil { felt: "kropp".to_owned(), hva: FORM.to_owned() }])
    }
}

/// A pupil as the API shows one.
#[derive(Serialize)]
struct Vist {
    #[serde(flatten)]
    elev: Tastetelev,
    skolear: Skolear,
}

impl Bok {
    /// The pupils of a school that the configuration names.
    pub fn av(skole: &adapter_operator::Tastetskole) -> Self {
        Self {
            navn: skole.navn.clone(),
            skole: Tastetskole {
                organisasjonsnummer: skole.organisasjonsnummer.clone(),
                navn: skole.skole.clone(),
                vigo_id: skole.vigo_id.clone(),
            },
        }
    }
}

/// The pupils, in each school year that they were keyed in for, the oldest first.
fn elever(holdt: &[Kildeobjekt]) -> impl Iterator<Item = (Skolear, Tastetelev)> {
    tilbake(holdt).into_iter().flat_map(|tastet| tastet.elever.into_iter().map(move |elev| (tastet.skolear, elev)))
}

impl Elevbok for Bok {
    fn skole(&self) -> (&str, Option<&str>) {
        (&self.skole.organisasjonsnummer, self.skole.vigo_id.as_deref())
    }

    fn vis(&self, holdt: &[Kildeobjekt]) -> Vec<serde_json::Value> {
        let siste: BTreeMap<Uuid, Vist> =
            elever(holdt).map(|(skolear, elev)| (elev.id, Vist { elev, skolear })).collect();
        siste.into_values().map(|elev| serde_json::to_value(elev).expect("a pupil is texts")).collect()
    }

    fn finnes(&self, id: Uuid, holdt: &[Kildeobjekt]) -> bool {
        elever(holdt).any(|(_, elev)| elev.id == id)
    }

    fn lagre(&self, id: Uuid, skolear: Skolear, json: &[u8]) -> Result<Innlagt, Vec<Feltfeil>> {
        let Kropp { identitetsnummer, fornavn, mellomnavn, etternavn, klasse, trinn, .. } = Kropp::les(json)?;
        let elev = Tastetelev { id, identitetsnummer, fornavn, mellomnavn, etternavn, klasse, trinn };
        let (hindrer, merknader): (Vec<_>, Vec<_>) = elev.check().into_iter().partition(Problem::hindrer);
        if !hindrer.is_empty() {
            let hva = |p: &Problem| format!("{} {}", p.kode.tekst_nb(), p.kode.hva_gjore_nb());
            return Err(hindrer.into_iter().map(|p| Feltfeil { hva: hva(&p), felt: p.felt }).collect());
        }
        let merknader = merknader.iter().map(|p| serde_json::to_value(p).expect("a remark is texts")).collect();
        let endring = Tastetendring::Lagret { skole: self.skole.clone(), skolear, elev: Box::new(elev) };
        Ok(Innlagt { source: Arc::new(Tastetkilde::endringer(self.navn.clone(), &[endring])), merknader })
    }

    fn fjern(&self, id: Uuid, holdt: &[Kildeobjekt]) -> Option<Arc<dyn Source>> {
        let i_alle_ar: Vec<_> = elever(holdt)
            .filter(|(_, elev)| elev.id == id)
            .map(|(skolear, elev)| Tastetendring::Fjernet { skole: self.skole.clone(), skolear, elev: Box::new(elev) })
            .collect();
        let funnet = !i_alle_ar.is_empty();
        funnet.then(|| Arc::new(Tastetkilde::endringer(self.navn.clone(), &i_alle_ar)) as Arc<dyn Source>)
    }
}
