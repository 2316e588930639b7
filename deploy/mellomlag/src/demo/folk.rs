//! Who can sign in to the demo. None of them exists, and their names say what they do.
//!
//! The first of the municipality and of the county stand in the configuration; everybody else is invited by them, as in life.

use super::eksempel::{FRISKOLEN, SKOLER, TENANT};
use anyhow::{Context, Result};
use hendelse::Tenant;
use runtime::Omgivelse;
use runtime::adgang::{Adgang, Adgangsrolle, Identitet, Omfang, Skolevalg};
use runtime::brukere::{Bruker, Brukerbok, Eier, Nybruker, Oppdrag};
use serde::Serialize;
use simulators::oidc::Person;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

/// The level of sign-in that the demo asks for.
pub const NIVA: &str = "liksom-hoyt";
const LAVT: &str = "liksom-lavt";

/// How somebody gets in.
enum Inngang {
    /// Stands in the configuration, for the tenant or the county.
    Fast(Adgangsrolle, &'static str),
    /// Is invited by the owner.
    Invitert(&'static str, Vec<Oppdrag>),
    /// Does not get in.
    Ingen,
}

/// Somebody who can be chosen.
pub struct Folk {
    sub: String,
    navn: String,
    beskrivelse: String,
    niva: &'static str,
    inngang: Inngang,
}

/// What is told of somebody in the demo's JSON.
#[derive(Serialize)]
pub struct Vist {
    sub: String,
    navn: String,
    beskrivelse: String,
}

impl Folk {
    fn ny(sub: impl Into<String>, navn: impl Into<String>, beskrivelse: impl Into<String>, inngang: Inngang) -> Self {
        Self { sub: sub.into(), navn: navn.into(), beskrivelse: beskrivelse.into(), niva: NIVA, inngang }
    }

    fn epost(&self) -> String {
        format!("{}@demo.example", self.sub)
    }

    /// As the sign-in service knows him.
    pub fn person(&self) -> Person {
        Person {
            sub: self.sub.clone(),
            navn: self.navn.clone(),
            beskrivelse: self.beskrivelse.clone(),
            epost: Some(self.epost()),
            acr: self.niva.to_owned(),
            amr: vec!["liksom".to_owned()],
            ..Person::default()
        }
    }

    /// As the demo tells of him.
    pub fn vist(&self) -> Vist {
        Vist { sub: self.sub.clone(), navn: self.navn.clone(), beskrivelse: self.beskrivelse.clone() }
    }
}

/// Everybody, for these owners of data.
pub fn alle(tenanter: &[String]) -> Result<Vec<Folk>> {
    let eksempel: Tenant = TENANT.parse()?;
    let pa_skole = |nr: usize| -> Result<Oppdrag> {
        let organisasjonsnummer = SKOLER[nr].organisasjonsnummer()?;
        let tenant = SKOLER[nr].tenant().parse()?;
        let skole = Skolevalg { tenant, organisasjonsnummer, skolenr: None };
        Ok(oppdrag(Adgangsrolle::Skole, Omfang::Skoler(BTreeSet::from([skole]))))
    };
    let i_kommunen = |rolle| oppdrag(rolle, Omfang::Tenanter(BTreeSet::from([eksempel.clone()])));
    let leverandor = Oppdrag { pa_vegne_av: Some(SKOLER[0].navn.to_owned()), ..pa_skole(0)? };
    let to_roller = vec![pa_skole(0)?, i_kommunen(Adgangsrolle::Kommune)];
    let mut ut = vec![
        Folk::ny(
            "sekretar",
            "Solveig Sekretær",
            "Sekretær ved Eksempel ungdomsskole",
            Inngang::Invitert(TENANT, vec![pa_skole(0)?]),
        ),
        Folk::ny(
            "rektor",
            "Ragnar Rektor",
            "Rektor ved Granly ungdomsskole",
            Inngang::Invitert(TENANT, vec![pa_skole(1)?]),
        ),
        Folk::ny(
            "kommune",
            "Kari Kommune",
            "Administrator i Eksempel kommune",
            Inngang::Fast(Adgangsrolle::Kommune, "tenant = \"eksempel\""),
        ),
        Folk::ny(
            "inntak",
            "Ingrid Inntak",
            "Inntakskontoret i fylket",
            Inngang::Fast(Adgangsrolle::Fylke, "fylke = \"11\""),
        ),
        Folk::ny(
            "integrator",
            "Ivar Integrator",
            "Drifter koblingene for Eksempel kommune",
            Inngang::Fast(Adgangsrolle::Integrator, "tenant = \"eksempel\""),
        ),
        Folk::ny(
            "revisor",
            "Reidun Revisor",
            "Revisor i Eksempel kommune",
            Inngang::Invitert(TENANT, vec![i_kommunen(Adgangsrolle::Revisor)]),
        ),
        Folk::ny(
            "leverandor",
            "Lars Leverandør",
            "Leverandør, på vegne av Eksempel ungdomsskole",
            Inngang::Invitert(TENANT, vec![leverandor]),
        ),
        Folk::ny(
            "to-roller",
            "Tora Toroller",
            "Både sekretær og administrator i Eksempel",
            Inngang::Invitert(TENANT, to_roller),
        ),
    ];
    if tenanter.iter().any(|t| t == "bergen") {
        let bergen = Inngang::Fast(Adgangsrolle::Kommune, "tenant = \"bergen\"");
        ut.push(Folk::ny("kommune-bergen", "Bjarte Bergen", "Administrator i Bergen", bergen));
    }
    for (nr, skole) in SKOLER.iter().enumerate().skip(1) {
        let (sub, hva) = (format!("sekretar-{}", skole.kort), format!("Sekretær ved {}", skole.navn));
        ut.push(Folk::ny(
            sub,
            format!("Sekretær {}", nr + 1),
            hva,
            Inngang::Invitert(skole.tenant(), vec![pa_skole(nr)?]),
        ));
    }
    ut.push(Folk::ny("ikke-invitert", "Unni Uinvitert", "Er ikke invitert av noen", Inngang::Ingen));
    let lavt = Folk::ny("lavt-niva", "Lavrans Lavtnivå", "Logger inn på for lavt sikkerhetsnivå", Inngang::Ingen);
    ut.push(Folk { niva: LAVT, ..lavt });
    Ok(ut)
}

const fn oppdrag(rolle: Adgangsrolle, omfang: Omfang) -> Oppdrag {
    Oppdrag { rolle, omfang, pa_vegne_av: None, bare_lese: false }
}

/// Those who stand in `operator.toml`.
pub fn faste(folk: &[Folk]) -> Result<String> {
    let mut ut = String::new();
    for en in folk {
        if let Inngang::Fast(rolle, hos) = &en.inngang {
            let (navn, epost, rolle) = (&en.navn, en.epost(), rolle.as_str());
            write!(ut, "\n[[invitert]]\nnavn = {navn:?}\nepost = {epost:?}\nrolle = {rolle:?}\n{hos}\n")?;
        }
    }
    Ok(ut)
}

/// Lets the owners invite the others.
pub async fn inviter(folk: &[Folk], om: &Omgivelse, faste: Vec<(Eier, Bruker)>) -> Result<()> {
    let tenanter: BTreeSet<Tenant> = BTreeSet::from([TENANT.parse()?, FRISKOLEN.parse()?]);
    let bok = Brukerbok::ny(om.clone(), tenanter.iter().cloned().map(Eier::Tenant), faste);
    let hvem = Adgang {
        hvem: Arc::new(Identitet { id: "demo".to_owned(), navn: "Kari Kommune".to_owned() }),
        rolle: Adgangsrolle::Kommune,
        omfang: Omfang::Tenanter(tenanter),
        pa_vegne_av: None,
        bare_lese: false,
    };
    for en in folk {
        if let Inngang::Invitert(tenant, oppdrag) = &en.inngang {
            let ny = Nybruker {
                navn: en.navn.clone(),
                epost: Some(en.epost().into()),
                oppdrag: oppdrag.clone(),
                sprak: None,
                varsles: true,
            };
            let eier = Eier::Tenant(tenant.parse()?);
            bok.inviter(&hvem, &eier, ny).await.with_context(|| format!("{} cannot be invited", en.sub))?;
        }
    }
    Ok(())
}
