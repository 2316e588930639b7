//! One pupil explained: from what the source said, through rules and decisions, to the receipt.
//!
//! Everything is read by subject, so it costs the same however many pupils there are. Values are shown only to somebody
//! who is named in REVISJON first, and of whoever is protected only that people handle it.

mod felter;
mod hendelser;
mod liste;
mod mappe;
mod proveskudd;
mod versjon;

pub use proveskudd::proveskudd;

use crate::hovedbok::{self, SakFeil};
use crate::trinn::Omgivelse;
use crate::{Sammenheng, Stopp, revisjon, tidsreise};
use ::liste::forklaring::Forklaring;
use bus::Start;
use elevliste::{Handling, Innsendingspost, Listenokkel};
use hendelse::{Emne, Fintklasse, LISTE, Tenant, Tenantnokkel};
use mappe::{Arkiv, Mappe};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Whether the values of fields are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Innsyn<'a> {
    /// They are not.
    Skjult,
    /// They are, to this user; REVISJON says so first.
    Vist(&'a str),
}

/// Explains a pupil. None: none of the tenants of this process has one with this id.
pub async fn forklar(
    om: &Omgivelse,
    rundt: &Sammenheng,
    elev: Uuid,
    innsyn: Innsyn<'_>,
) -> Result<Option<Forklaring>, SakFeil> {
    let Some((tenant, nokkel)) = eier(om, rundt, elev).await? else { return Ok(None) };
    if let Innsyn::Vist(hvem) = innsyn {
        revisjon::elev_vist(om, tenant, elev, hvem).await?;
    }
    forklart(om, rundt, (tenant, nokkel), elev, innsyn != Innsyn::Skjult).await
}

/// The same of a tenant's pupil, for who has seen to REVISJON: `vis` says whether the values of fields are shown.
pub(crate) async fn forklart(
    om: &Omgivelse,
    rundt: &Sammenheng,
    (tenant, nokkel): (&Tenant, &Tenantnokkel),
    elev: Uuid,
    vis: bool,
) -> Result<Option<Forklaring>, SakFeil> {
    let mut arkiv = Arkiv::ny(om, tenant, nokkel);
    let Some((identitet, del_av)) = arkiv.identitet(elev).await? else { return Ok(None) };
    let mappe = arkiv.mappe(&identitet).await?;
    let manuelt = || Ok(Some(Forklaring::manuelt(elev, tenant.to_string())));
    if mappe.beskyttet {
        return manuelt();
    }
    let mut ut = Forklaring { del_av, handteres_manuelt: false, ..Forklaring::manuelt(elev, tenant.to_string()) };
    ut.hendelser = hendelser::av_mappe(&mappe);
    for nokkel in lister(om, &mappe).await? {
        let versjoner = tidsreise::versjoner(om, &nokkel).await?;
        let sist = versjoner.iter().rev().find_map(|v| v.liste.as_ref());
        let Some(sist) = sist.filter(|liste| liste.tenant == tenant.as_str()) else { continue };
        if sist.skjermede.iter().any(|e| mappe.elever.contains(e)) {
            return manuelt();
        }
        let sak = match hovedbok::hent(om, &nokkel).await {
            Err(SakFeil::Finnes(_)) => {
                let mut sak = hovedbok::Listesak::uten_liste(om, sist);
                (sak.poster, sak.sekvens) = hovedbok::bok(om, &nokkel).await?;
                sak
            }
            sak => sak?,
        };
        let har_statt = versjoner.iter().filter_map(|v| v.liste.as_ref()).flat_map(|liste| &liste.linjer);
        if har_statt.into_iter().any(|linje| mappe.elever.contains(&linje.elev)) || nevnt(&sak.poster, &mappe.elever) {
            let (del, klassens) = liste::forklar(&mut arkiv, rundt, &mappe, &sak, vis).await?;
            ut.hendelser.extend(hendelser::av_liste(&nokkel, &versjoner, &mappe.elever));
            ut.hendelser.extend(klassens);
            ut.lister.push(del);
        }
    }
    ut.hendelser.sort_by(|a, b| (a.tid, a.lag, &a.hvor).cmp(&(b.tid, b.lag, &b.hvor)));
    ut.hendelser.dedup();
    Ok(Some(ut))
}

/// The tenant that has the pupil, and its secret.
async fn eier<'a>(
    om: &Omgivelse,
    rundt: &'a Sammenheng,
    elev: Uuid,
) -> Result<Option<(&'a Tenant, &'a Tenantnokkel)>, Stopp> {
    let nokler: BTreeMap<_, _> = rundt.nokler.iter().collect();
    for (tenant, nokkel) in nokler {
        let emne = Emne::Fint { tenant: tenant.clone(), klasse: Fintklasse::Identitet, id: elev };
        if om.bus.last(hendelse::FINT, &emne.to_string()).await?.is_some() {
            return Ok(Some((tenant, nokkel)));
        }
    }
    Ok(None)
}

/// The lists that the pupil may be on, by the schools at which the pupil is or was. Where no school is known any more, the
/// tenant's lists are searched.
async fn lister(om: &Omgivelse, mappe: &Mappe) -> Result<BTreeSet<Listenokkel>, SakFeil> {
    let mut ut = BTreeSet::new();
    for gang in &mappe.skolegang {
        let skoler = gang.skole.versjoner.iter().filter_map(|v| v.verdi.as_ref());
        let numre: BTreeSet<String> = skoler.map(skolenr).collect();
        let forhold = gang.elevforhold.versjoner.iter().filter_map(|v| v.verdi.as_ref());
        let ar: BTreeSet<&str> = forhold.filter_map(|e| Some(e.skolear.as_ref()?.verdi())).collect();
        // The county is known to the rules of the list alone; there is one list of a school and year.
        let filtre: Vec<String> =
            numre.iter().flat_map(|nummer| ar.iter().map(move |ar| format!("liste.*.{nummer}.{ar}.*"))).collect();
        for filter in filtre {
            for record in hovedbok::alt(om, LISTE, filter, Start::LastPerSubject).await? {
                if let Ok(Emne::Liste(nokkel)) = record.subject.parse() {
                    ut.insert(nokkel);
                }
            }
        }
    }
    if ut.is_empty() {
        for (nokkel, sak) in hovedbok::hent_alle(om).await? {
            let star = sak.liste.linjer.iter().map(|l| &l.elev).chain(&sak.liste.skjermede);
            if sak.liste.tenant == mappe.tenant.as_str()
                && (star.into_iter().any(|e| mappe.elever.contains(e)) || nevnt(&sak.poster, &mappe.elever))
            {
                ut.insert(nokkel);
            }
        }
    }
    Ok(ut)
}

/// What a school's lists are named by: see the list rules.
fn skolenr(skole: &fint::Skole) -> String {
    let ukjent = || format!("ukjent-{}", skole.system_id.verdi().get(..8).unwrap_or_default());
    skole.vigonummer().map_or_else(ukjent, str::to_owned)
}

/// Whether a ledger names a pupil.
fn nevnt(poster: &[Innsendingspost], elever: &BTreeSet<Uuid>) -> bool {
    poster.iter().any(|post| match &post.handling {
        Handling::Intensjon { linjer, .. } => linjer.iter().any(|linje| elever.contains(&linje.elev)),
        Handling::HoldtTilbake { elev, .. }
        | Handling::RutetManuelt { elev, .. }
        | Handling::Frigitt { elev }
        | Handling::FiktivtNummer { elev, .. }
        | Handling::Ettermeldt { elev, .. } => elever.contains(elev),
        _ => false,
    })
}
