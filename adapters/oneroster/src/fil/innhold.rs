//! What a file says, as a whole.

use crate::config::Skole;
use crate::profil::Profil;
use crate::source::skriv_innhold;
use crate::wire::{self, Uleselig, Utfall};
use flow::{Finding, Kildeobjekt, Observed, Refused};
use kodeverk::Skolear;
use oneroster::{AcademicSession, Kildeid, Objekt, Objekttype, Org, Status};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// One row of the file.
pub(super) struct Linje {
    pub(super) objekttype: Objekttype,
    /// Personal.
    pub(super) id: Option<String>,
    pub(super) observed: Option<Observed>,
    pub(super) refused: Option<Refused>,
    pub(super) findings: Vec<Finding>,
}

/// A file, read.
pub(crate) struct Innhold {
    /// Digest of the bytes.
    pub(super) avtrykk: String,
    /// Names of the kinds that the file is complete for.
    pub(super) samlinger: Vec<&'static str>,
    pub(super) linjer: Vec<Linje>,
    /// What was odd about the file itself.
    pub(super) findings: Vec<Finding>,
}

impl Innhold {
    pub(crate) fn les(
        kropp: &[u8],
        profil: &Profil,
        skoler: &BTreeMap<String, Skole>,
        skolear: Option<Skolear>,
    ) -> Result<Self, Uleselig> {
        let mut findings = Vec::new();
        let samlinger = wire::samlinger(kropp, &mut findings)?;
        let mut typer: BTreeSet<Objekttype> = samlinger.iter().map(|(objekttype, _)| *objekttype).collect();
        let mut linjer = Vec::new();
        for (objekttype, rader) in samlinger {
            linjer.extend(les_samling(profil, objekttype, &rader));
        }
        if typer.contains(&Objekttype::User) {
            typer.insert(Objekttype::Org);
            let orgs = orgs_i_referanser(&linjer, skoler);
            let plass = linjer.iter().take_while(|linje| linje.objekttype == Objekttype::Org).count();
            linjer.splice(plass..plass, orgs);
        }
        // A file with school years of its own says them itself.
        if typer.insert(Objekttype::AcademicSession) {
            let plass = linjer.iter().take_while(|linje| linje.objekttype == Objekttype::Org).count();
            linjer.splice(plass..plass, skolear.map(skolearet));
        }
        let avtrykk = Sha256::digest(kropp).iter().map(|b| format!("{b:02x}")).collect();
        let samlinger = Objekttype::ALLE.into_iter().filter(|o| typer.contains(o)).map(Objekttype::as_str).collect();
        Ok(Self { avtrykk, samlinger, linjer, findings })
    }
}

/// The school year of the configuration, as the source would have said it.
fn skolearet(skolear: Skolear) -> Linje {
    let id = format!("skolear-{skolear}");
    let sesjon = AcademicSession {
        sourced_id: Kildeid::new(id.clone()),
        title: skolear.to_string(),
        r#type: "schoolYear".to_owned(),
        start_date: Some(skolear.forste_dag()),
        end_date: skolear.siste_dag().tomorrow().ok(),
        school_year: Some(skolear.sluttar().to_string()),
    };
    let objekt = Kildeobjekt::Roster(Objekt::AcademicSession(sesjon));
    let observed = Some(Observed { status: Status::Active, modified: None, objekt });
    Linje { objekttype: Objekttype::AcademicSession, id: Some(id), observed, refused: None, findings: Vec::new() }
}

/// Reads the rows of a collection. The same row twice is one; an id with two contents is refused in all its rows, since
/// nothing says which of them is right.
fn les_samling(profil: &Profil, objekttype: Objekttype, rader: &[&RawValue]) -> Vec<Linje> {
    let samling = objekttype.samling();
    let mut linjer: Vec<Linje> = Vec::new();
    let mut forste: BTreeMap<String, usize> = BTreeMap::new();
    let mut i_strid: BTreeSet<String> = BTreeSet::new();
    let mut raa = Vec::new();
    for (nummer, raw) in (0..).zip(rader) {
        let mut findings = Vec::new();
        let rad = wire::les_rad(profil, objekttype, nummer, raw, &mut findings);
        let mut linje = Linje { objekttype, id: rad.id, observed: None, refused: None, findings };
        match rad.utfall {
            Utfall::Utenfor => linje.id = None,
            Utfall::Avvist(refused) => linje.refused = Some(refused),
            Utfall::Beholdt(observed) => match forste.entry(linje.id.clone().unwrap_or_default()) {
                Entry::Vacant(ledig) => {
                    ledig.insert(linjer.len());
                    linje.observed = Some(observed);
                }
                Entry::Occupied(sett) => {
                    let lik = linjer[*sett.get()].observed.as_ref().map(innhold) == Some(innhold(&observed));
                    if lik {
                        linje.findings.push(Finding { code: "duplicate-row", samling });
                        linje.id = None;
                    } else {
                        i_strid.insert(sett.key().clone());
                    }
                }
            },
        }
        linjer.push(linje);
        raa.push((nummer, *raw));
    }
    for (linje, (nummer, raw)) in linjer.iter_mut().zip(raa) {
        if linje.refused.is_none() && linje.id.as_ref().is_some_and(|id| i_strid.contains(id)) {
            let field = format!("{samling}[{nummer}].sourcedId");
            linje.observed = None;
            linje.refused = Some(Refused { samling, code: "conflicting-duplicate", field, raw: raw.get().into() });
        }
    }
    linjer
}

fn innhold(observed: &Observed) -> Vec<u8> {
    let mut bytes = Vec::new();
    skriv_innhold(observed, &mut bytes);
    bytes
}

/// Schools that the pupils name and that the file has no row for.
fn orgs_i_referanser(linjer: &[Linje], skoler: &BTreeMap<String, Skole>) -> Vec<Linje> {
    let kjente: BTreeSet<&str> =
        linjer.iter().filter(|linje| linje.objekttype == Objekttype::Org).filter_map(|l| l.id.as_deref()).collect();
    let mut nevnte = BTreeSet::new();
    for observed in linjer.iter().filter_map(|linje| linje.observed.as_ref()) {
        if let Kildeobjekt::Roster(Objekt::User(user)) = &observed.objekt {
            nevnte.extend(user.roles.iter().map(|rolle| rolle.org.vis().as_str()));
        }
    }
    nevnte.into_iter().filter(|id| !kjente.contains(id)).map(|id| org_i_referanse(id, skoler.get(id))).collect()
}

fn org_i_referanse(id: &str, skole: Option<&Skole>) -> Linje {
    let org = Org {
        sourced_id: id.into(),
        name: skole.and_then(|skole| skole.navn.clone()).unwrap_or_else(|| id.to_owned()),
        r#type: "school".into(),
        identifier: skole.and_then(|skole| skole.organisasjonsnummer.clone()),
        vigo_id: None,
        parent: None,
    };
    let samling = Objekttype::Org.samling();
    Linje {
        objekttype: Objekttype::Org,
        id: Some(id.to_owned()),
        observed: Some(Observed { status: Status::Active, modified: None, objekt: Objekt::Org(org).into() }),
        refused: None,
        findings: vec![Finding { code: "org-by-reference", samling }],
    }
}
