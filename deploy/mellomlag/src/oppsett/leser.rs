//! Reading the files of the folder, and what is wrong with each.

use super::{Feil, Hovedfil};
use elevliste::Innsamling;
use flow::Problem;
use hendelse::{Tenant, Tenantnokkel};
use jiff::{civil::DateTime, tz::TimeZone};
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

pub(super) struct Leser {
    pub(super) mappe: PathBuf,
    pub(super) feil: Vec<Feil>,
}

impl Leser {
    pub(super) fn si(&mut self, fil: &str, felt: impl Into<String>, hva: impl Into<String>) {
        self.feil.push(Feil { fil: fil.to_owned(), felt: felt.into(), hva: hva.into() });
    }

    pub(super) fn ta(&mut self, fil: &str, problemer: Vec<Problem>) {
        for Problem { field, message } in problemer {
            self.si(fil, field, message);
        }
    }

    pub(super) fn fil<T: DeserializeOwned>(&mut self, navn: &str) -> Option<T> {
        let tekst = match std::fs::read_to_string(self.mappe.join(navn)) {
            Ok(tekst) => tekst,
            Err(feil) => {
                self.si(navn, "", format!("cannot be read ({}); the folder is {}", feil.kind(), self.mappe.display()));
                return None;
            }
        };
        match toml::from_str(&tekst) {
            Ok(verdi) => Some(verdi),
            Err(feil) => {
                let linje = feil.span().map_or(0, |s| tekst[..s.start.min(tekst.len())].matches('\n').count() + 1);
                self.si(navn, format!("line {linje}"), feil.message().to_owned());
                None
            }
        }
    }

    pub(super) fn filer<T: DeserializeOwned>(&mut self, foran: &str) -> Vec<(String, T)> {
        let Ok(mappe) = std::fs::read_dir(&self.mappe) else { return vec![] };
        let navn: BTreeSet<String> = mappe
            .filter_map(|e| e.ok()?.file_name().into_string().ok())
            .filter(|n| n.starts_with(foran) && n.ends_with(".toml"))
            .collect();
        navn.into_iter().filter_map(|n| self.fil(&n).map(|verdi| (n, verdi))).collect()
    }

    pub(super) fn nokler(&mut self, hoved: &Hovedfil) -> BTreeMap<Tenant, Tenantnokkel> {
        const FIL: &str = "mellomlag.toml";
        let mut nokler = BTreeMap::new();
        for (i, oppsett) in hoved.tenant.iter().enumerate() {
            let tenant: Option<Tenant> = match oppsett.navn.parse() {
                Ok(t) if t == Tenant::felles() => {
                    self.si(FIL, format!("tenant[{i}].navn"), "`felles` is Mellomlag's own; choose another name");
                    None
                }
                Ok(tenant) => Some(tenant),
                Err(feil) => {
                    self.si(FIL, format!("tenant[{i}].navn"), feil.to_string());
                    None
                }
            };
            let felt = format!("tenant[{i}].nokkelfil");
            let nokkel = match std::fs::read_to_string(self.mappe.join(&oppsett.nokkelfil)) {
                Ok(tekst) => Tenantnokkel::fra_hex(&tekst).map_err(|e| e.to_string()),
                Err(feil) => Err(format!("cannot be read ({}); make it with `openssl rand -hex 32`", feil.kind())),
            };
            match (tenant, nokkel) {
                (_, Err(hva)) => self.si(FIL, felt, hva),
                (Some(tenant), Ok(nokkel)) => {
                    if nokler.insert(tenant, nokkel).is_some() {
                        self.si(FIL, format!("tenant[{i}].navn"), "the tenant is named twice; remove one");
                    }
                }
                (None, Ok(_)) => {}
            }
        }
        if hoved.tenant.is_empty() {
            self.si(FIL, "tenant", "name at least one [[tenant]] with navn and nokkelfil");
        }
        if hoved.nats.replicas != 1 && hoved.nats.replicas != 3 && hoved.nats.replicas != 5 {
            self.si(FIL, "nats.replicas", "write 1, or 3 or 5 on a cluster");
        }
        nokler
    }

    pub(super) fn runder(&mut self, hoved: &Hovedfil) -> Vec<Innsamling> {
        const FIL: &str = "mellomlag.toml";
        let oslo = TimeZone::get("Europe/Oslo").expect("the time zone database is part of the program");
        let mut ut: Vec<Innsamling> = vec![];
        for (i, runde) in hoved.innsamling.iter().enumerate() {
            let mut tid = |felt, t: DateTime| match t.to_zoned(oslo.clone()) {
                Ok(z) => Some(z.timestamp()),
                Err(_) => {
                    self.si(FIL, format!("innsamling[{i}].{felt}"), "there is no such time; write 2026-11-13T23:59:59");
                    None
                }
            };
            let (Some(apner), Some(stenger)) = (tid("apner", runde.apner), tid("stenger", runde.stenger)) else {
                continue;
            };
            if kodeverk::fylke(runde.fylke).is_none() {
                self.si(FIL, format!("innsamling[{i}].fylke"), "no county has this number");
            }
            if stenger <= apner {
                self.si(
                    FIL,
                    format!("innsamling[{i}].stenger"),
                    "the round closes before it opens; correct one of them",
                );
            }
            let ny = Innsamling {
                stille_timer: runde.stille_timer,
                instruks: runde.instruks.clone(),
                kontakt: runde.kontakt.clone(),
                skoler: runde.skoler.clone(),
                paminnelser: runde.paminnelser.clone(),
                ..Innsamling::ny(runde.fylke, runde.skolear, (apner, stenger), runde.godkjenning)
            };
            if ut.iter().any(|r| r.fylke == ny.fylke && r.skolear == ny.skolear) {
                self.si(FIL, format!("innsamling[{i}]"), "the county has two rounds for this school year; remove one");
            }
            ut.push(ny);
        }
        ut
    }

    /// Of names with their files and fields: those that were used before.
    pub(super) fn unike<'a>(&mut self, navn: impl Iterator<Item = (&'a str, String, String)>) {
        let mut sett: BTreeMap<String, &str> = BTreeMap::new();
        for (fil, felt, navn) in navn {
            if let Some(forste) = sett.get(&navn) {
                self.si(
                    fil,
                    felt,
                    format!("{navn} is used in {forste} too; write something else in one of the places"),
                );
            } else {
                sett.insert(navn, fil);
            }
        }
    }
}
