//! What stands at the top of every page about a list: which, how it stands in one sentence, the deadline, the tabs.

use crate::sider::besok::Besok;
use crate::sider::ramme::Menypunkt;
use crate::sprak::Sprak;
use elevliste::Skolestatus;
use runtime::adgang::Gjoremal;
use runtime::utsikt::Sammendrag;
use runtime::visning::{Overskrift, status_tekst};

/// The top of a page about a list.
pub(super) struct Hode {
    pub(super) adresse: String,
    /// «10. trinn 2026/27 – Eksempel ungdomsskole»
    pub(super) tittel: String,
    /// «112 elever: 109 klare, 3 må rettes.»
    pub(super) setning: String,
    /// «Frist fredag 13. november kl. 23.59 (4 dager igjen).»
    pub(super) frist: Option<String>,
    /// Where the list stands, in words and in a colour that says no more than the words.
    pub(super) status: &'static str,
    pub(super) farge: &'static str,
    pub(super) faner: Vec<Menypunkt>,
}

impl Hode {
    pub(super) fn ny(besok: &Besok, liste: &Sammendrag) -> Self {
        let s = besok.sprak;
        let adresse = format!("/skole/{}", liste.nokkel);
        let mut steder = vec![(String::new(), "skole-fane-rettes")];
        if besok.ut.ma(Gjoremal::SeListe) {
            steder.push(("/elever".to_owned(), "skole-fane-hele"));
            steder.push(("/endringer".to_owned(), "skole-fane-endringer"));
        }
        steder.push(("/kvittering".to_owned(), "skole-fane-kvittering"));
        let her = besok.sti.split('?').next().unwrap_or_default();
        let fane = |(ledd, navn): (String, &'static str)| {
            let til = format!("{adresse}{ledd}");
            Menypunkt { her: her == til, adresse: til, tekst: s.t(navn).to_string() }
        };
        Self {
            tittel: tittel(s, liste),
            setning: setning(s, liste),
            frist: liste.stenger.map(|stenger| {
                let frist = s.frist(stenger);
                s.t("skole-frist").s("frist", frist).s("igjen", s.igjen(stenger, besok.na())).to_string()
            }),
            status: s.av_tekst(status_tekst(liste.status)),
            farge: farge(liste.status),
            faner: steder.into_iter().map(fane).collect(),
            adresse,
        }
    }
}

/// «10. trinn 2026/27 – Eksempel ungdomsskole»
pub(crate) fn tittel(s: Sprak, liste: &Sammendrag) -> String {
    s.t("skole-tittel")
        .s("skolear", skolear(&liste.nokkel.skolear.to_string()))
        .s("skole", &liste.skole.navn)
        .to_string()
}

/// «2026/27» of `2026-2027`.
pub(crate) fn skolear(helt: &str) -> String {
    match helt.split_once('-') {
        Some((fra, til)) if til.len() == 4 => format!("{fra}/{}", &til[2..]),
        _ => helt.to_owned(),
    }
}

/// «112 elever: 109 klare, 3 må rettes.» What there is nothing of is not named.
pub(crate) fn setning(s: Sprak, liste: &Sammendrag) -> String {
    let Overskrift { elever, sendt, klare, ma_rettes, ma_meldes, holdt, manuelt, .. } = liste.overskrift;
    if liste.mangler {
        return s.t("skole-setning-mangler").to_string();
    }
    let deler = [
        (sendt, "skole-antall-sendt"),
        (klare, "skole-antall-klare"),
        (ma_rettes, "skole-antall-rettes"),
        (ma_meldes, "skole-antall-meldes"),
        (holdt, "skole-antall-holdt"),
        (manuelt, "skole-antall-manuelt"),
    ];
    let deler: Vec<String> =
        deler.iter().filter(|(n, _)| *n > 0).map(|(n, navn)| s.t(navn).n("antall", *n).to_string()).collect();
    let alle = s.t("skole-antall-elever").n("antall", elever).to_string();
    if deler.is_empty() { format!("{alle}.") } else { format!("{alle}: {}.", deler.join(", ")) }
}

/// The colour of a status. It never says anything alone.
pub(crate) const fn farge(status: Skolestatus) -> &'static str {
    match status {
        Skolestatus::Mottatt => "success",
        Skolestatus::Avvik | Skolestatus::Samles => "warning",
        Skolestatus::Avvist | Skolestatus::Uavklart | Skolestatus::Stengt => "danger",
        Skolestatus::Klar | Skolestatus::Godkjent | Skolestatus::Sendes => "info",
    }
}
