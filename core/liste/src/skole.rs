//! What is wrong with a list as a whole: EL-020 to EL-027 about the school, EL-060 to EL-062 about how many pupils there are.

use crate::{regler::brudd, tilstand::Skole, utvalg::Utvalg};
use elevliste::{Avvik, Listenokkel};
use fint::tillegg::{Skolemerknad, Skoletillegg};
use std::collections::BTreeSet;
use uuid::Uuid;

/// What the rules about the school look at.
pub(crate) fn skoleavvik(utvalg: Utvalg<'_>, id: Uuid, skole: &Skole, liste: &Listenokkel) -> Vec<Avvik> {
    let tillegg = utvalg.tilstand.skoletillegg.get(&id);
    let mut avvik: Vec<_> = tillegg.iter().flat_map(|t| t.merknader.iter().map(|m| merknad(*m, t))).collect();
    let sagt = |avvik: &[Avvik], regler: &[&str]| avvik.iter().any(|a| regler.contains(&a.regel.as_str()));
    if skole.vigonummer.is_none() && !sagt(&avvik, &["EL-020", "EL-022", "EL-023", "EL-024", "EL-027"]) {
        avvik.push(brudd("EL-020", None));
    }
    if skole.orgnr.is_none() {
        avvik.push(brudd("EL-021", None));
    }
    if let Some(nummer) = skole.vigonummer.filter(|nr| nr.er_uspesifisert())
        && !sagt(&avvik, &["EL-027"])
    {
        avvik.push(brudd("EL-027", Some(nummer.as_str())));
    }
    let fylker = &utvalg.regelsett.fylker;
    if !fylker.is_empty() && !fylker.contains(&liste.fylke) {
        avvik.push(brudd("EL-026", Some(liste.fylke.as_str())));
    }
    avvik.sort_by(|a, b| a.regel.cmp(&b.regel));
    avvik
}

fn merknad(merknad: Skolemerknad, tillegg: &Skoletillegg) -> Avvik {
    let numre = tillegg.numre.join(", ");
    let valgt = tillegg.valgt.as_deref().unwrap_or_default();
    let kildens = tillegg.kildens.as_deref().unwrap_or_default();
    match merknad {
        Skolemerknad::UkjentOrgnr => brudd("EL-020", None),
        Skolemerknad::IkkeGrunnskole => brudd("EL-022", Some(&numre)),
        Skolemerknad::FlereGrunnskoler => brudd("EL-023", Some(&numre)),
        Skolemerknad::UkjentValg => brudd("EL-024", Some(valgt)),
        Skolemerknad::AnnetNummer => brudd("EL-025", Some(&format!("{kildens}, {numre}"))),
        Skolemerknad::Uspesifisert => {
            brudd("EL-027", Some(&numre).filter(|numre| !numre.is_empty()).map(|n| n.as_str()))
        }
    }
}

/// How many pupils there are, and what the number is compared with.
pub(crate) struct Antall<'a> {
    /// On the list, protected pupils among them.
    pub(crate) pa_listen: usize,
    /// On the school's list of the year before; 0 where nothing is known of it.
    pub(crate) i_fjor: usize,
    /// The enrolments whose pupils have a line.
    pub(crate) apne: &'a [Uuid],
}

/// EL-060 to EL-062.
pub(crate) fn antallsavvik(utvalg: Utvalg<'_>, skole: &Skole, liste: &Listenokkel, antall: &Antall<'_>) -> Vec<Avvik> {
    let avstander = &utvalg.regelsett.avstander;
    let (pa_listen, i_fjor) = (antall.pa_listen, antall.i_fjor);
    let mut avvik = Vec::new();
    if i_fjor > 0 && avstander.fjoraret.er_langt(pa_listen, i_fjor) {
        avvik.push(brudd("EL-060", Some(&format!("{i_fjor}, {pa_listen}"))));
    }
    let orgnr = skole.orgnr.as_deref().and_then(|nr| nr.parse().ok());
    if let Some(ventet) = orgnr.and_then(|nr| utvalg.regelsett.ventet.get(&nr)).map(|n| *n as usize)
        && avstander.ventet.er_langt(pa_listen, ventet)
    {
        avvik.push(brudd("EL-061", Some(&format!("{ventet}, {pa_listen}"))));
    }
    avvik.extend(tomme_klasser(utvalg, liste, antall.apne).map(|navn| brudd("EL-062", navn.as_deref())));
    avvik
}

/// The names of the classes of the list's grade and year that nobody with a line is in, in order; no name where it may not
/// be shown. A class with none but protected pupils is as empty as any other, so that it tells nothing of them.
fn tomme_klasser(
    utvalg: Utvalg<'_>,
    liste: &Listenokkel,
    apne: &[Uuid],
) -> impl Iterator<Item = Option<String>> + use<> {
    let t = utvalg.tilstand;
    let i_bruk: BTreeSet<Uuid> = apne.iter().flat_map(|e| utvalg.klasser(*e)).collect();
    let skoler: BTreeSet<Uuid> = apne.iter().filter_map(|e| t.elevforhold.get(e)?.skole).collect();
    let klasser = skoler.iter().flat_map(|skole| t.klasser_ved.ved(skole)).filter(|id| !i_bruk.contains(id));
    let tomme = klasser
        .filter_map(|id| t.klasser.get(&id))
        .filter(|klasse| klasse.trinn == Some(utvalg.regelsett.trinn) && klasse.skolear == Some(liste.skolear));
    let navn: BTreeSet<_> = tomme.map(|klasse| Some(klasse.navn.trim().to_owned()).filter(|n| kan_vises(n))).collect();
    navn.into_iter()
}

fn kan_vises(navn: &str) -> bool {
    !navn.is_empty() && !crate::holder_nummer(navn)
}
