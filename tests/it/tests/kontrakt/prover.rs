//! Every source there is, each with a simulator or a document behind it and what is true there. A new source is one more
//! line in [`alle()`]; no check can be opted out of.

use crate::pakke;
use crate::sannhet::{Sannhet, Uten, av_objekter, av_vigilo, uten};
use crate::sted::Ur;
use adapter_csv::tastet::{Tastet, Tastetelev, Tastetkilde, Tastetskole, observasjoner};
use flow::Source;
use identitet::Skjermet;
use simulators::Klokke;
use simulators::generator::{Elev, Feilmengde, GeneratorConfig, Kommune};
use simulators::maskinporten::{Maskinporten, MaskinportenConfig};
use simulators::vigilo::{Dialekt, Skrivemate, Utgave, Vigilo, VigiloConfig, pilotfil};
use simulators::vigo::{Skoleoppforing, Vigo, VigoConfig};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;

type Bygg = Box<dyn Fn() -> Arc<dyn Source> + Send + Sync>;
type Fasit = Box<dyn Fn() -> Sannhet + Send + Sync>;

/// A source under test.
pub struct Prove {
    /// For messages.
    pub navn: &'static str,
    pub klokke: Klokke,
    /// A school system over HTTP, which can misbehave.
    pub vigilo: Option<Arc<Vigilo>>,
    /// What this source does not show.
    pub uten: Uten,
    bygg: Bygg,
    fasit: Fasit,
}

impl Prove {
    /// A source that knows nothing of those built before.
    pub fn ny_kilde(&self) -> Arc<dyn Source> {
        (self.bygg)()
    }

    /// What is true at the source now.
    pub fn fasit(&self) -> Sannhet {
        uten((self.fasit)(), self.uten)
    }

    /// The school system behind it.
    pub fn vigilo(&self) -> &Vigilo {
        self.vigilo.as_ref().expect("this source is read over http")
    }
}

/// How a school system is set up, and how we are configured for it.
#[derive(Clone, Copy)]
pub struct Oppsett {
    pub navn: &'static str,
    dialekt: Dialekt,
    utgave: Utgave,
    profil: &'static str,
    uten: Uten,
    /// A page size that lets twenty requests be a whole reading.
    pub stor_side: u32,
}

/// The sources that are read over HTTP.
pub const API: [Oppsett; 4] = [
    Oppsett {
        navn: "vigilo 1.2",
        dialekt: Dialekt::Vigilo,
        utgave: Utgave::V1p2,
        profil: "profil = \"vigilo\"",
        uten: &[],
        stor_side: 30,
    },
    Oppsett {
        navn: "generic 1.1",
        dialekt: Dialekt::Vigilo,
        utgave: Utgave::V1p1,
        profil: "profil = \"generic\"\nversjon = \"1.1\"",
        uten: &[],
        stor_side: 50,
    },
    Oppsett {
        navn: "fint_bridge",
        dialekt: Dialekt::FintBro,
        utgave: Utgave::V1p1,
        profil: "profil = \"fint_bridge\"",
        uten: &[("user", "grades")],
        stor_side: 50,
    },
    Oppsett {
        navn: "like ed-fi",
        dialekt: Dialekt::EdFi,
        utgave: Utgave::V1p2,
        profil: "profil = \"generic\"",
        uten: &[],
        stor_side: 500,
    },
];

/// A municipality with two small schools: large enough for pages, small enough for thousands of readings.
pub fn kommune(seed: u64) -> Kommune {
    let mut config = GeneratorConfig::liten(seed);
    let forste = &mut config.skoler[0];
    forste.per_trinn = 10;
    let mut andre = forste.clone();
    andre.navn = "Ytrevik ungdomsskole".into();
    andre.orgnr = "974557657".into();
    andre.skolenummer = Some("46506".into());
    andre.per_trinn = 5;
    config.skoler.push(andre);
    config.feil = Feilmengde::ingen();
    Kommune::generer(&config)
}

impl Oppsett {
    /// A server of its own.
    pub async fn start(&self, seed: u64, side: u32) -> Prove {
        let klokke = crate::sted::klokke();
        let mut config = VigiloConfig::dialekt(kommune(seed), self.dialekt);
        config.klokke = klokke.clone();
        config.utgave = self.utgave;
        let vigilo = Arc::new(Vigilo::start(config).await.unwrap());
        let mappe = tempfile::Builder::new().prefix("mellomlag-kontrakt-").tempdir().unwrap();
        let hemmelighet = mappe.path().join("hemmelighet");
        std::fs::write(&hemmelighet, "hemmelig").unwrap();
        let toml = format!(
            "tenant = \"litlevik\"\nnavn = \"kilden\"\nkommunenummer = \"4601\"\n{}\nbase_url = {:?}\ntoken_url = {:?}\n\
             client_id = \"mellomlag\"\nclient_secret_file = {hemmelighet:?}\nsidestorrelse = {side}\n\
             maks_per_sekund = 100000\nmaks_bytes = 3000000\nrevisjonshode = \"x-perm-rev\"\n",
            self.profil,
            vigilo.oneroster_url(),
            vigilo.token_url(),
        );
        let config = adapter_oneroster::Config::parse(&toml).unwrap();
        let ur = klokke.clone();
        let fasit = vigilo.clone();
        Prove {
            navn: self.navn,
            klokke,
            vigilo: Some(vigilo),
            uten: self.uten,
            bygg: Box::new(move || {
                // The folder with the secret lives as long as anybody can build a source.
                assert!(mappe.path().exists());
                Arc::new(config.clone().build(Arc::new(Ur(ur.clone()))).unwrap())
            }),
            fasit: Box::new(move || av_vigilo(&fasit)),
        }
    }
}

/// Every source. Those that do not change have small pages too.
pub async fn alle() -> Vec<Prove> {
    let mut alle = vec![];
    for oppsett in API {
        alle.push(oppsett.start(3, 9).await);
    }
    alle.push(pilot());
    for versjon in ["1.1", "1.2"] {
        alle.push(csv(versjon).await);
    }
    alle.push(tastet());
    alle.push(kodeverk().await);
    alle
}

fn pilot() -> Prove {
    let kommune = kommune(4);
    let mappe = TempDir::new().unwrap();
    let fil: PathBuf = mappe.path().join("pilot.json");
    std::fs::write(&fil, pilotfil(&kommune, Skrivemate::Identfier).to_string()).unwrap();
    let toml = format!(
        "tenant = \"litlevik\"\nnavn = \"kilden\"\nkommunenummer = \"4601\"\nskolear = \"2026-2027\"\nfil = {fil:?}\n\
         sidestorrelse = 7\n"
    );
    let config = adapter_oneroster::Config::parse(&toml).unwrap();
    let klokke = crate::sted::klokke();
    let ur = klokke.clone();
    Prove {
        navn: "pilot file",
        klokke,
        vigilo: None,
        uten: &[("org", "name"), ("org", "type"), ("org", "identifier"), ("org", "parent")],
        bygg: Box::new(move || {
            assert!(mappe.path().exists());
            Arc::new(config.clone().build(Arc::new(Ur(ur.clone()))).unwrap())
        }),
        fasit: Box::new(move || av_pilot(&kommune)),
    }
}

/// The file has pupils, and names their schools; the school year is the configuration's.
fn av_pilot(kommune: &Kommune) -> Sannhet {
    let mut ut: Sannhet = kommune.elever.iter().map(|e| (("user", e.id.to_string()), elevrad(e))).collect();
    for elev in &kommune.elever {
        ut.insert(("org", elev.skole.to_string()), BTreeMap::new());
    }
    let ar = [
        ("title", "2026-2027"),
        ("type", "schoolYear"),
        ("startDate", "2026-08-01"),
        ("endDate", "2027-08-01"),
        ("schoolYear", "2027"),
    ];
    let ar = ar.map(|(felt, verdi)| (felt, verdi.to_owned())).into();
    ut.insert(("academicSession", "skolear-2026-2027".to_owned()), ar);
    ut
}

fn elevrad(elev: &Elev) -> BTreeMap<&'static str, String> {
    [
        ("givenName", elev.fornavn.to_string()),
        ("middleName", elev.mellomnavn.as_deref().unwrap_or_default().to_owned()),
        ("familyName", elev.etternavn.to_string()),
        ("identifier", elev.nummer.clone().unwrap_or_default()),
        ("orgs", elev.skole.to_string()),
        ("grades", elev.trinn.to_string()),
    ]
    .into()
}

async fn csv(versjon: &'static str) -> Prove {
    let vigilo = Arc::new(Vigilo::start(VigiloConfig::ny(kommune(5))).await.unwrap());
    let bytes = pakke::hel(&vigilo, versjon);
    let config = pakke::config(7);
    Prove {
        navn: if versjon == "1.1" { "csv 1.1" } else { "csv 1.2" },
        klokke: crate::sted::klokke(),
        vigilo: None,
        uten: &[],
        bygg: Box::new(move || Arc::new(config.clone().build(bytes.clone()).unwrap())),
        fasit: Box::new(move || av_vigilo(&vigilo)),
    }
}

/// Pupils as a person would key them in.
pub fn tastede(kommune: &Kommune) -> Vec<Tastet> {
    let skole = |skole: &simulators::generator::Skole| Tastet {
        skole: Tastetskole {
            organisasjonsnummer: skole.orgnr.clone(),
            navn: skole.navn.clone(),
            vigo_id: skole.skolenummer.clone(),
        },
        skolear: "2026-2027".parse().unwrap(),
        elever: kommune.elever.iter().filter(|e| e.skole == skole.id).map(|e| tastet_elev(kommune, e)).collect(),
    };
    kommune.skoler.iter().map(skole).collect()
}

fn tastet_elev(kommune: &Kommune, elev: &Elev) -> Tastetelev {
    let klasse = kommune.klasser.iter().find(|k| Some(k.id) == elev.klasse);
    Tastetelev {
        id: elev.id,
        identitetsnummer: elev.nummer.as_deref().map(Skjermet::from),
        fornavn: (*elev.fornavn).into(),
        mellomnavn: elev.mellomnavn.as_deref().map(Skjermet::from),
        etternavn: (*elev.etternavn).into(),
        klasse: klasse.map(|k| k.kode.clone()).unwrap_or_default(),
        trinn: elev.trinn.to_string(),
    }
}

fn tastet() -> Prove {
    let kommune = kommune(6);
    let alle = tastede(&kommune);
    let fasit = alle.clone();
    Prove {
        navn: "keyed in",
        klokke: crate::sted::klokke(),
        vigilo: None,
        uten: &[],
        bygg: Box::new(move || Arc::new(Tastetkilde::hel("kilden", &alle))),
        fasit: Box::new(move || {
            let elever = kommune.elever.len();
            let objekter: Vec<_> = fasit.iter().flat_map(observasjoner).map(|o| o.objekt).collect();
            let sannhet = av_objekter(&objekter);
            assert_eq!(sannhet.keys().filter(|(typ, _)| *typ == "user").count(), elever);
            sannhet
        }),
    }
}

async fn kodeverk() -> Prove {
    let klokke = crate::sted::klokke();
    let maskinporten = MaskinportenConfig { klokke: klokke.clone(), ..MaskinportenConfig::default() };
    let maskinporten = Maskinporten::start(maskinporten).await.unwrap();
    let skoler: Vec<_> = Skoleoppforing::fra_kommune(&Kommune::generer(&GeneratorConfig::bergen(1)));
    let mut config = VigoConfig::for_maskinporten(&maskinporten);
    config.skoler.clone_from(&skoler);
    let vigo = Vigo::start(config).await.unwrap();
    let toml = format!(
        "navn = \"kilden\"\ndialekt = \"vigoskole\"\nbase_url = {0:?}\nkodeverk_url = {0:?}\nfylker = [\"46\"]\n\
         identitetsregler = \"vigoskole\"\nmaskinporten = \"vigo\"\nkodeverk_sidestorrelse = 11\n",
        vigo.base_url()
    );
    let config = adapter_vigo::Config::parse(&toml).unwrap();
    let skoler: Sannhet = skoler
        .into_iter()
        .map(|s| (("vigoskole", s.number.clone()), [("navn", s.name), ("nummer", s.number)].into()))
        .collect();
    Prove {
        navn: "vigo's code base",
        klokke,
        vigilo: None,
        uten: &[],
        bygg: Box::new(move || Arc::new(config.build_source().unwrap())),
        // Beside those built in: these must be there.
        fasit: Box::new(move || {
            assert!(vigo.base_url().starts_with("http"), "it runs while anybody reads it");
            skoler.clone()
        }),
    }
}
