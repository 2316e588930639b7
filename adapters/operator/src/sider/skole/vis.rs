//! Deviations and pupils as they are shown: one card for each cause, whomever it concerns.

use crate::rute::Sider;
use crate::sprak::Sprak;
use elevliste::Elevlinje;
use hendelse::{Kildenavn, Tenant};
use runtime::utsikt::Sammendrag;
use runtime::visning::{Alvor, Sak, Skolesystem, detalj_tekst, eier_tekst, rettested};
use std::collections::BTreeMap;
use uuid::Uuid;

/// One cause of work.
pub(crate) struct Sakvist {
    pub(crate) anker: String,
    pub(crate) tittel: String,
    /// «Gjelder 40 elever»
    pub(crate) omfang: String,
    pub(crate) hva: String,
    pub(crate) detalj: Option<String>,
    /// The system that it is corrected in, and where in its menus.
    pub(crate) sti: Option<String>,
    /// The pupils are keyed in here: each is a click away.
    pub(crate) tastes: bool,
    /// Whether the way through the menus is our guess.
    pub(crate) antatt: bool,
    pub(crate) hvordan: &'static str,
    pub(crate) videre: &'static str,
    pub(crate) hvem: &'static str,
    pub(crate) farge: &'static str,
    pub(crate) alvor: Alvor,
    /// The rule's id: technical information.
    pub(crate) regel: String,
    pub(crate) elever: Vec<Elevvist>,
}

/// One pupil, in a row.
pub(crate) struct Elevvist {
    pub(crate) id: Uuid,
    pub(crate) navn: String,
    pub(crate) klasse: Option<String>,
}

impl Elevvist {
    pub(crate) fn av(linje: &Elevlinje) -> Self {
        Self { id: linje.elev, navn: navn(linje), klasse: linje.klasse.clone() }
    }
}

/// The pupil's name as a class list has it: family name last.
pub(crate) fn navn(linje: &Elevlinje) -> String {
    let deler = [Some(&linje.fornavn), linje.mellomnavn.as_ref(), Some(&linje.etternavn)];
    let deler: Vec<&str> = deler.into_iter().flatten().map(|del| del.vis().as_str()).collect();
    deler.join(" ")
}

/// What kind of school system a list comes from, and the source that it is handed in to where it is handed in.
pub(crate) fn system(sider: &Sider, liste: &Sammendrag) -> (Skolesystem, Option<(Tenant, Kildenavn)>) {
    let Ok(tenant) = liste.tenant.parse::<Tenant>() else { return (Skolesystem::OneRoster, None) };
    let orgnr = liste.skole.organisasjonsnummer.clone().unwrap_or_default();
    if let Some(navn) = sider.tastet.get(&(tenant.clone(), orgnr)) {
        return (Skolesystem::Tastet, Some((tenant, navn.clone())));
    }
    let hans = sider.skolesystemer.iter().filter(|((t, _), system)| *t == tenant && **system != Skolesystem::Tastet);
    // Where a tenant has a system that is read, and takes packages too, most schools are in the one that is read.
    let valgt = hans.min_by_key(|(_, system)| **system == Skolesystem::Pakke);
    valgt.map_or((Skolesystem::OneRoster, None), |(kilde, system)| (*system, Some(kilde.clone())))
}

/// The causes as they are shown, each with its pupils where their names are at hand.
pub(crate) fn saker(s: Sprak, sider: &Sider, liste: &Sammendrag, linjer: &BTreeMap<Uuid, &Elevlinje>) -> Vec<Sakvist> {
    let (system, kilde) = system(sider, liste);
    let ingen = Default::default();
    let egne = kilde.as_ref().and_then(|(tenant, _)| sider.egnestier.get(tenant)).unwrap_or(&ingen);
    liste.saker.iter().map(|sak| sakvist(s, sak, system, egne, linjer)).collect()
}

fn sakvist(
    s: Sprak,
    sak: &Sak,
    system: Skolesystem,
    egne: &runtime::visning::Egnestier,
    linjer: &BTreeMap<Uuid, &Elevlinje>,
) -> Sakvist {
    let (sted, regel) = (rettested(system, &sak.avvik, egne), sak.regeltekst());
    let tastes = system == Skolesystem::Tastet && sted.sti.is_some();
    Sakvist {
        anker: sak.anker(),
        tittel: s.av_tekst(sak.tittel()),
        omfang: s.av_tekst(sak.omfang()),
        hva: s.av_tekst(regel.hva).to_owned(),
        detalj: detalj_tekst(&sak.avvik).map(|t| s.av_tekst(t)),
        sti: sted.sti.map(|sti| stedet(s.av_tekst(sted.system), s.av_tekst(sti))),
        tastes,
        antatt: sted.antatt,
        hvordan: s.av_tekst(sted.hvordan),
        videre: s.av_tekst(sted.etterpa),
        hvem: s.av_tekst(eier_tekst(sted.hvem)),
        farge: match sak.alvor {
            Alvor::Stopper => "danger",
            Alvor::Sjekkes => "warning",
            Alvor::TilOrientering => "info",
        },
        alvor: sak.alvor,
        regel: sak.regel.clone(),
        elever: sak.elever.iter().filter_map(|elev| linjer.get(elev)).map(|linje| Elevvist::av(linje)).collect(),
    }
}

/// Whether a system is read by us. From the others something is given to us.
pub(crate) const fn hentes(system: Skolesystem) -> bool {
    !matches!(system, Skolesystem::Pakke | Skolesystem::Tastet)
}

/// What an attempt is called: the beginning of its seal, which the ledger has whole.
pub(crate) fn saksnummer(segl: &str) -> String {
    segl.chars().take(8).collect::<String>().to_uppercase()
}

/// System and path, the system named once.
fn stedet(system: &str, sti: String) -> String {
    if sti.starts_with(system) { sti } else { format!("{system}, {sti}") }
}

/// Lines by pupil: the first one of a pupil who stands twice.
pub(crate) fn ved_elev(linjer: &[Elevlinje]) -> BTreeMap<Uuid, &Elevlinje> {
    let mut ut = BTreeMap::new();
    for linje in linjer {
        ut.entry(linje.elev).or_insert(linje);
    }
    ut
}

/// What a source is called to people: the kind of system it is.
pub(crate) fn kildenavn(besok: &crate::sider::besok::Besok, tenant: &Tenant, kilde: &Kildenavn) -> String {
    let system = besok.sider().skolesystemer.get(&(tenant.clone(), kilde.clone()));
    system.map_or_else(|| kilde.to_string(), |system| besok.sprak.av_tekst(system.navn()).to_owned())
}

/// The name of somebody who has acted: the ledger has the beginning of an id behind it, to tell people of one name apart.
pub(crate) fn uten_id(hvem: &str) -> &str {
    match hvem.rsplit_once(" [") {
        Some((navn, id)) if id.len() == 9 && id.ends_with(']') => navn,
        _ => hvem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use runtime::visning::regel;

    #[test]
    fn the_way_to_a_keyed_in_pupil_is_named_as_our_own_pages_name_it() {
        const NOKLER: [&str; 8] = [
            "tast-tittel",
            "tast-elever",
            "tast-endre",
            "tast-fornavn",
            "tast-mellomnavn",
            "tast-etternavn",
            "tast-klasse",
            "tast-nummer",
        ];
        for s in [Sprak::Bokmal, Sprak::Nynorsk, Sprak::Engelsk] {
            let mut navn: Vec<String> = NOKLER.iter().map(|nokkel| s.t(nokkel).to_string()).collect();
            navn.extend([s.t("tast-fjern").to_string(), "Mellomlag".to_owned()]);
            for id in ["EL-001", "EL-002", "EL-003", "EL-004", "EL-005", "EL-009", "EL-020", "EL-040"] {
                let avvik = regel(id).unwrap().brudd(None);
                let Some(sti) = rettested(Skolesystem::Tastet, &avvik, &Default::default()).sti else {
                    assert_eq!(id, "EL-020", "the school's numbers are in no form of ours");
                    continue;
                };
                for ledd in s.av_tekst(sti).split(" → ").flat_map(|ledd| ledd.split(", ")) {
                    assert!(navn.iter().any(|navn| navn.starts_with(ledd)), "{id}: nothing here is called «{ledd}»");
                }
            }
        }
    }

    #[test]
    fn a_system_is_named_once() {
        let sti = |sti: &str| stedet("Vigilo", sti.to_owned());
        assert_eq!(sti("Vigilo → Elev"), "Vigilo → Elev");
        assert_eq!(sti("Oppvekstkontoret"), "Vigilo, Oppvekstkontoret");
    }
}
