//! The operator's API joined with the adapter that knows packages and keyed-in pupils.

use adapter_csv::rapport::Niva;
use adapter_csv::tastet::{Problem, Tastetelev, Tastetendring, Tastetkilde, Tastetskole, tilbake};
use adapter_csv::{BuildError, Config, Csvkilde, Modus};
use adapter_operator::{Elevbok, Feltproblem, Innlagt, Innlevert, Pakkeavslag, Pakkeleser};
use bytes::Bytes;
use flow::Source;
use hendelse::Kildeobjekt;
use kodeverk::Skolear;
use runtime::Levering;
use serde::Deserialize;
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

/// A pupil as the API takes one: as it is shown, with or without the id, which stands in the address.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kropp {
    #[serde(default)]
    #[expect(dead_code, reason = "a pupil may be sent back as it was shown; the id in the address counts")]
    id: Option<Uuid>,
    identitetsnummer: Option<identitet::Skjermet<String>>,
    fornavn: identitet::Skjermet<String>,
    mellomnavn: Option<identitet::Skjermet<String>>,
    etternavn: identitet::Skjermet<String>,
    klasse: String,
    trinn: String,
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

    fn kilde(&self, endring: Tastetendring) -> Arc<dyn Source> {
        Arc::new(Tastetkilde::endringer(self.navn.clone(), &[endring]))
    }
}

impl Elevbok for Bok {
    fn vis(&self, holdt: &[Kildeobjekt]) -> Vec<serde_json::Value> {
        let elever = tilbake(holdt).into_iter().flat_map(|tastet| tastet.elever);
        elever.map(|elev| serde_json::to_value(elev).expect("a pupil is texts")).collect()
    }

    fn lagre(&self, id: Uuid, skolear: Skolear, json: &[u8]) -> Result<Innlagt, Vec<Feltproblem>> {
        // The parser's own words may quote what was written.
        let form =
            "send et JSON-objekt med fornavn, etternavn, klasse og trinn, og gjerne identitetsnummer og mellomnavn";
        let k: Kropp = serde_json::from_slice(json)
            .map_err(|_| vec![Feltproblem { felt: "kropp".to_owned(), hva: form.to_owned() }])?;
        let Kropp { identitetsnummer, fornavn, mellomnavn, etternavn, klasse, trinn, .. } = k;
        let elev = Tastetelev { id, identitetsnummer, fornavn, mellomnavn, etternavn, klasse, trinn };
        let (hindrer, merknader): (Vec<_>, Vec<_>) = elev.check().into_iter().partition(Problem::hindrer);
        if !hindrer.is_empty() {
            let felt = |p: Problem| Feltproblem {
                felt: p.felt,
                hva: format!("{} {}", p.kode.tekst_nb(), p.kode.hva_gjore_nb()),
            };
            return Err(hindrer.into_iter().map(felt).collect());
        }
        debug_assert!(merknader.iter().all(|p| p.kode.niva() == Niva::Advarsel));
        let merknader = serde_json::to_value(&merknader).expect("a remark is texts");
        let source = self.kilde(Tastetendring::Lagret { skole: self.skole.clone(), skolear, elev: Box::new(elev) });
        Ok(Innlagt { source, merknader })
    }

    fn fjern(&self, id: Uuid, holdt: &[Kildeobjekt]) -> Option<Arc<dyn Source>> {
        let (skolear, elev) = tilbake(holdt).into_iter().find_map(|tastet| {
            let elev = tastet.elever.into_iter().find(|elev| elev.id == id)?;
            Some((tastet.skolear, elev))
        })?;
        Some(self.kilde(Tastetendring::Fjernet { skole: self.skole.clone(), skolear, elev: Box::new(elev) }))
    }
}
