//! What entries of the log are called, and what stands in one.

use crate::brukerstell::{fylkesnavn, tenantnavn};
use crate::sider::besok::Besok;
use crate::sider::brukere::ord::gjoremal;
use crate::sider::ramme::rollenavn;
use crate::sider::skole::hode;
use crate::sprak::Sprak;
use elevliste::Listenokkel;
use hendelse::Tenant;
use runtime::adgang::{Adgangsrolle, Gjoremal, Omfang, TABELL};
use runtime::revisjon::{Loggpost, fylkets};
use runtime::utsikt::Sammendrag;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// An entry as it is shown.
pub(super) struct Rad {
    pub(super) sekvens: u64,
    pub(super) adresse: String,
    pub(super) nar: String,
    pub(super) hvem: String,
    pub(super) rolle: Option<&'static str>,
    pub(super) pa_vegne_av: Option<String>,
    pub(super) hva: String,
    pub(super) nektet: bool,
    /// The list's school, and its year.
    pub(super) liste: Option<String>,
    pub(super) antall: usize,
    /// The pupil, where there is one: what we call it, and its page.
    pub(super) elev: Option<(String, Option<String>)>,
}

/// The lists that this person sees, by name: that another one is out of reach is no refusal.
pub(super) type Lister = BTreeMap<Listenokkel, Arc<Sammendrag>>;

pub(super) fn lister(besok: &Besok) -> Lister {
    besok.ut.lister().into_iter().map(|liste| (liste.nokkel.clone(), liste)).collect()
}

/// What a log is called: whose it is.
pub(super) fn loggnavn(besok: &Besok, logg: &Tenant) -> String {
    if let Omfang::Fylker(fylker) = &besok.ut.adgang().omfang
        && let Some(fylke) = fylker.iter().find(|fylke| fylkets(**fylke) == *logg)
    {
        return fylkesnavn(besok.sprak, *fylke);
    }
    tenantnavn(&besok.ut, besok.sprak, logg)
}

pub(super) fn rad(besok: &Besok, logg: &Tenant, lister: &Lister, post: &Loggpost) -> Rad {
    let s = besok.sprak;
    let elever = post.elever();
    let elev = match &elever[..] {
        [en] => Some((kort(*en), elevside(besok, lister, post, *en))),
        _ => None,
    };
    Rad {
        sekvens: post.sekvens,
        adresse: format!("/innsyn/{logg}/{}", post.sekvens),
        nar: s.tid(post.tid).to_string(),
        hvem: post.hvem().map(|(_, navn)| navn.to_owned()).unwrap_or_default(),
        rolle: rolle(post).map(rollenavn),
        pa_vegne_av: hvem_felt(post, "pa_vegne_av").map(str::to_owned),
        hva: hva(s, post),
        nektet: er_nektet(post),
        liste: post.liste().map(|nokkel| listenavn(lister, &nokkel)),
        antall: elever.len(),
        elev,
    }
}

/// Enough of an id to tell pupils of a page apart.
pub(super) fn kort(elev: Uuid) -> String {
    elev.to_string().chars().take(8).collect()
}

/// The pupil's page, for those who may see the name there.
pub(super) fn elevside(besok: &Besok, lister: &Lister, post: &Loggpost, elev: Uuid) -> Option<String> {
    let nokkel = post.liste().filter(|nokkel| lister.contains_key(nokkel))?;
    besok.ut.ma(Gjoremal::SeListe).then(|| format!("/skole/{nokkel}/elev/{elev}"))
}

/// A list's school and school year; the key where the list is not this person's to see any more.
pub(super) fn listenavn(lister: &Lister, nokkel: &Listenokkel) -> String {
    let skolear = hode::skolear(&nokkel.skolear.to_string());
    match lister.get(nokkel) {
        Some(liste) => format!("{} {skolear}", liste.skole.navn),
        None => nokkel.to_string(),
    }
}

pub(super) fn er_nektet(post: &Loggpost) -> bool {
    post.typ.ends_with("nektet")
}

/// A field of who it was.
fn hvem_felt<'a>(post: &'a Loggpost, felt: &str) -> Option<&'a str> {
    post.data.get("hvem")?.get(felt)?.as_str()
}

fn rolle(post: &Loggpost) -> Option<Adgangsrolle> {
    let rolle = hvem_felt(post, "rolle")?;
    Adgangsrolle::ALLE.into_iter().find(|kjent| kjent.as_str() == rolle)
}

/// What happened, in words. What this version does not know is said as it stands.
pub(super) fn hva(s: Sprak, post: &Loggpost) -> String {
    let nokkel = match post.typ.as_str() {
        "revisjon.vist.liste" => "innsyn-hva-liste",
        "revisjon.vist.nummer" => "innsyn-hva-nummer",
        "revisjon.vist.forklaring" => "innsyn-hva-forklaring",
        "revisjon.vist.kvittering" => "innsyn-hva-kvittering",
        "revisjon.elev.vist" => "innsyn-hva-elev",
        "revisjon.elever.vist" => "innsyn-hva-elever",
        "revisjon.nektet" => "innsyn-hva-nektet",
        "revisjon.runde.endret" => "innsyn-hva-runde",
        "revisjon.kilde.godkjent" => "innsyn-hva-kilde-godkjent",
        "revisjon.kilde.forkastet" => "innsyn-hva-kilde-forkastet",
        "revisjon.levert.elev" => "innsyn-hva-levert-elev",
        "revisjon.levert.fjernet" => "innsyn-hva-levert-fjernet",
        "revisjon.levert.pakke" => "innsyn-hva-levert-pakke",
        "revisjon.innlogging.inn" => "innsyn-hva-inn",
        "revisjon.innlogging.ut" => "innsyn-hva-ut",
        "revisjon.innlogging.nektet" => "innsyn-hva-inn-nektet",
        "revisjon.bruker.invitert" => "innsyn-hva-bruker-invitert",
        "revisjon.bruker.endret" => "innsyn-hva-bruker-endret",
        "revisjon.bruker.fjernet" => "innsyn-hva-bruker-fjernet",
        "revisjon.bruker.koblet" => "innsyn-hva-bruker-koblet",
        "revisjon.drift.pauset" => "innsyn-hva-pauset",
        "revisjon.drift.gjenopptatt" => "innsyn-hva-gjenopptatt",
        "revisjon.karantene.bestilt" => "innsyn-hva-karantene-bestilt",
        "revisjon.karantene.lukket" => "innsyn-hva-karantene-lukket",
        LASTET => "innsyn-hva-lastet",
        annet => return annet.to_owned(),
    };
    let hva = s.t(nokkel).to_string();
    match post.data.get("hva").and_then(Value::as_str).filter(|_| er_nektet(post)) {
        Some(spurt) => format!("{hva}: {}", gjoremalet(s, spurt)),
        None => hva,
    }
}

/// That somebody has taken a copy of the log.
pub(super) const LASTET: &str = "revisjon.logg.lastet";

fn gjoremalet(s: Sprak, navn: &str) -> String {
    let kjent = TABELL.iter().find(|(hva, _)| hva.to_string() == navn);
    kjent.map_or_else(|| navn.to_owned(), |(hva, _)| s.t(gjoremal(*hva)).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn post(typ: &str, data: Value) -> Loggpost {
        let Value::Object(data) = data else { panic!("an object") };
        Loggpost { sekvens: 1, typ: typ.into(), tid: jiff::Timestamp::UNIX_EPOCH, data }
    }

    #[test]
    fn a_refusal_says_in_words_what_was_asked_for() {
        let nektet =
            post("revisjon.nektet", json!({"hvem": {"id": "k", "navn": "Kari", "rolle": "skole"}, "hva": "se-liste"}));
        assert!(er_nektet(&nektet));
        let sagt = hva(Sprak::Bokmal, &nektet);
        assert!(!sagt.contains("se-liste") && sagt.contains(": "), "{sagt}");
        assert_eq!(rolle(&nektet), Some(Adgangsrolle::Skole));
        let ukjent = post("revisjon.nektet", json!({"hvem": "kari", "hva": "noe-nytt"}));
        assert!(hva(Sprak::Engelsk, &ukjent).ends_with("noe-nytt"));
        assert_eq!(rolle(&ukjent), None);
    }

    #[test]
    fn what_is_not_known_is_said_as_it_stands() {
        assert_eq!(hva(Sprak::Nynorsk, &post("revisjon.helt.nytt", json!({}))), "revisjon.helt.nytt");
        assert!(!er_nektet(&post("revisjon.vist.liste", json!({}))));
    }
}
