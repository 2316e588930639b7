//! Schools of a round in numbers: who has delivered, who has not, and the sentence that says so. Pure.

use crate::sprak::Sprak;
use elevliste::{Innsamling, Listenokkel, Skolestatus};
use jiff::Timestamp;
use kodeverk::Vigoskole;
use runtime::utsikt::{Bokstand, Sammendrag};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A school of a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Skole {
    /// Its list; none where the round names a school that nobody knows anything of.
    pub(super) nokkel: Option<Listenokkel>,
    pub(super) skolenr: String,
    pub(super) navn: Option<String>,
    pub(super) kommunenr: Option<String>,
    pub(super) status: Skolestatus,
    /// When something of it was first received.
    pub(super) forst: Option<Timestamp>,
    /// Nobody has done anything with the list, or there is none.
    pub(super) ikke_begynt: bool,
    pub(super) elever: u32,
    pub(super) mottatt: u32,
    pub(super) ma_rettes: u32,
    /// The ledger cannot be trusted.
    pub(super) brutt: bool,
    /// Nothing has ever come from it.
    pub(super) ikke_koblet: bool,
}

impl Skole {
    pub(super) fn av(liste: &Sammendrag) -> Self {
        Self {
            nokkel: Some(liste.nokkel.clone()),
            skolenr: liste.skole.skolenr.clone(),
            navn: Some(liste.skole.navn.clone()).filter(|navn| !navn.is_empty()),
            kommunenr: liste.skole.kommunenr.clone(),
            status: liste.status,
            forst: liste.forst_mottatt,
            ikke_begynt: liste.forst_mottatt.is_none() && (liste.mangler || liste.sist_handling.is_none()),
            elever: liste.antall.kilde,
            mottatt: liste.mottatt_antall,
            ma_rettes: liste.ma_rettes,
            brutt: liste.bok != Bokstand::Hel,
            ikke_koblet: false,
        }
    }

    /// A school that the round names, and of which there is nothing.
    fn navngitt(skolenr: &str, over: bool) -> Self {
        Self {
            nokkel: None,
            skolenr: skolenr.to_owned(),
            navn: None,
            kommunenr: None,
            status: if over { Skolestatus::Stengt } else { Skolestatus::Samles },
            forst: None,
            ikke_begynt: true,
            elever: 0,
            mottatt: 0,
            ma_rettes: 0,
            brutt: false,
            ikke_koblet: true,
        }
    }

    /// The same with what VIGO knows of it.
    fn i_kodeverket(self, skole: Option<&Vigoskole>) -> Self {
        let Some(skole) = skole else { return self };
        Self { navn: skole.navn.clone(), kommunenr: skole.kommunenummer.map(|nr| nr.to_string()), ..self }
    }

    pub(super) const fn levert(&self) -> bool {
        self.forst.is_some()
    }

    /// Received once, and another since.
    pub(super) const fn endret(&self) -> bool {
        self.levert() && !matches!(self.status, Skolestatus::Mottatt | Skolestatus::Uavklart)
    }

    pub(super) const fn uavklart(&self) -> bool {
        matches!(self.status, Skolestatus::Uavklart)
    }
}

/// Which schools are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Utvalg {
    #[default]
    Alle,
    Mangler,
    IkkeBegynt,
    IkkeKoblet,
    Rettes,
    Levert,
    Endret,
    Uavklart,
}

impl Utvalg {
    /// All of them, with what stands in the address and the key of the name.
    pub(super) const ALLE: [(Self, &'static str, &'static str); 8] = [
        (Self::Alle, "alle", "fylke-utvalg-alle"),
        (Self::Mangler, "mangler", "fylke-utvalg-mangler"),
        (Self::IkkeBegynt, "ikke-begynt", "fylke-utvalg-ikke-begynt"),
        (Self::IkkeKoblet, "ikke-koblet", "fylke-ikke-koblet"),
        (Self::Rettes, "rettes", "fylke-utvalg-rettes"),
        (Self::Levert, "levert", "fylke-utvalg-levert"),
        (Self::Endret, "endret", "fylke-utvalg-endret"),
        (Self::Uavklart, "uavklart", "fylke-utvalg-uavklart"),
    ];

    pub(super) const fn har(self, skole: &Skole) -> bool {
        match self {
            Self::Alle => true,
            Self::Mangler => !skole.levert(),
            Self::IkkeBegynt => skole.ikke_begynt,
            Self::IkkeKoblet => skole.ikke_koblet,
            Self::Rettes => matches!(skole.status, Skolestatus::Avvik | Skolestatus::Avvist),
            Self::Levert => skole.levert(),
            Self::Endret => skole.endret(),
            Self::Uavklart => skole.uavklart(),
        }
    }
}

/// How many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tall {
    pub(super) alle: u32,
    pub(super) levert: u32,
    pub(super) ikke_begynt: u32,
    pub(super) uavklart: u32,
    pub(super) endret: u32,
    /// Pupils that were received.
    pub(super) elever: u32,
}

impl Tall {
    pub(super) fn av<'a>(skoler: impl IntoIterator<Item = &'a Skole>) -> Self {
        let mut tall = Self::default();
        for skole in skoler {
            tall.alle += 1;
            tall.levert += u32::from(skole.levert());
            tall.ikke_begynt += u32::from(skole.ikke_begynt);
            tall.uavklart += u32::from(skole.uavklart());
            tall.endret += u32::from(skole.endret());
            tall.elever += skole.mottatt;
        }
        tall
    }

    pub(super) const fn mangler(&self) -> u32 {
        self.alle - self.levert
    }

    /// «312 av 330 skoler har levert. 18 mangler, 5 av dem har ikke begynt.»
    pub(super) fn setning(&self, s: Sprak) -> String {
        let (alle, levert, mangler, ikke) = (self.alle, self.levert, self.mangler(), self.ikke_begynt);
        match (alle, mangler) {
            (0, _) => s.t("fylke-setning-ingen").to_string(),
            (_, 0) => s.t("fylke-setning-alle").n("alle", alle).to_string(),
            _ => {
                let levert = s.t("fylke-setning-levert").n("levert", levert).n("alle", alle);
                let rest = match ikke {
                    0 => s.t("fylke-setning-mangler").n("mangler", mangler),
                    _ => s.t("fylke-setning-ikke-begynt").n("mangler", mangler).n("ikke", ikke),
                };
                format!("{levert} {rest}")
            }
        }
    }
}

/// The schools of a round: those with a list, those that are waited for, those that it only names; and where it is for
/// all, those that only VIGO knows.
pub(super) fn skoler(
    lister: &[Arc<Sammendrag>],
    runde: &Innsamling,
    kodeverk: &[Vigoskole],
    na: Timestamp,
) -> Vec<Skole> {
    let mine = lister.iter().filter(|liste| runde.gjelder(&liste.nokkel));
    let mut ut: Vec<Skole> = mine.map(|liste| Skole::av(liste)).collect();
    let kjente: BTreeSet<&str> = lister
        .iter()
        .filter(|liste| liste.nokkel.runde() == runde.nokkel())
        .map(|liste| liste.nokkel.skolenr.as_str())
        .collect();
    let over = runde.stenger <= na;
    let ukjente = runde.skoler.iter().filter(|nr| !kjente.contains(nr.as_str()));
    ut.extend(ukjente.map(|nr| {
        let skole = kodeverk.iter().find(|skole| skole.nummer.as_str() == nr);
        Skole::navngitt(nr, over).i_kodeverket(skole)
    }));
    if runde.skoler.is_empty() {
        let orgnre: BTreeSet<&str> = lister.iter().filter_map(|l| l.skole.organisasjonsnummer.as_deref()).collect();
        let resten = kodeverk.iter().filter(|skole| {
            !kjente.contains(skole.nummer.as_str()) && !orgnre.contains(skole.organisasjonsnummer.to_string().as_str())
        });
        ut.extend(resten.map(|skole| Skole::navngitt(skole.nummer.as_str(), over).i_kodeverket(Some(skole))));
    }
    ut
}

#[cfg(test)]
pub(super) fn eksempel(skolenr: &str, status: Skolestatus, forst: Option<&str>) -> Skole {
    let forst = forst.map(|tid| tid.parse().unwrap());
    Skole {
        nokkel: format!("46.{skolenr}.2026-2027.1").parse().ok(),
        navn: Some(format!("Skole {skolenr}")),
        kommunenr: Some("4601".into()),
        status,
        forst,
        ikke_begynt: forst.is_none() && status == Skolestatus::Samles,
        elever: 20,
        mottatt: if forst.is_some() { 20 } else { 0 },
        ikke_koblet: false,
        ..Skole::navngitt(skolenr, false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Skolestatus as S;
    use elevliste::Godkjenning;

    const DA: Option<&str> = Some("2026-11-05T12:00:00Z");

    #[test]
    fn the_first_line_says_who_has_delivered_and_who_has_not_begun() {
        let mut skoler: Vec<Skole> = (0..312).map(|n| eksempel(&format!("{n:05}"), S::Mottatt, DA)).collect();
        skoler.extend((0..13).map(|n| eksempel(&format!("46{n:03}"), S::Avvik, None)));
        skoler.extend((0..5).map(|n| eksempel(&format!("47{n:03}"), S::Samles, None)));
        let sagt = |skoler: &[Skole], s| Tall::av(skoler).setning(s);
        let ventet = "312 av 330 skoler har levert. 18 mangler, 5 av dem har ikke begynt.";
        assert_eq!(sagt(&skoler, Sprak::Bokmal), ventet);
        assert_eq!(sagt(&skoler[..325], Sprak::Bokmal), "312 av 325 skoler har levert. 13 mangler.");
        assert_eq!(sagt(&skoler[..312], Sprak::Nynorsk), "Alle dei 312 skulane har levert.");
        assert_eq!(sagt(&skoler[..1], Sprak::Bokmal), "Skolen har levert.");
        assert_eq!(sagt(&[], Sprak::Engelsk), "We know of no schools in this collection yet.");
    }

    #[test]
    fn what_was_received_and_changed_is_delivered_and_what_nobody_knows_is_neither_changed_nor_forgotten() {
        let [endret, ukjent, ny] =
            [(S::Klar, DA), (S::Uavklart, DA), (S::Uavklart, None)].map(|(status, da)| eksempel("46503", status, da));
        assert!(Utvalg::Levert.har(&endret) && Utvalg::Endret.har(&endret) && !Utvalg::Mangler.har(&endret));
        assert!(Utvalg::Levert.har(&ukjent) && Utvalg::Uavklart.har(&ukjent) && !Utvalg::Endret.har(&ukjent));
        assert!(Utvalg::Mangler.har(&ny) && Utvalg::Uavklart.har(&ny) && !Utvalg::IkkeBegynt.har(&ny));
    }

    #[test]
    fn a_school_that_the_round_names_is_missed_though_nothing_is_known_of_it() {
        let tid = |t: &str| t.parse().unwrap();
        let vindu = (tid("2026-11-01T00:00:00+01"), tid("2026-11-14T00:00:00+01"));
        let mut runde = Innsamling::ny("46".parse().unwrap(), "2026-2027".parse().unwrap(), vindu, Godkjenning::Skole);
        runde.skoler = vec!["46503".into(), "46505".into()];
        let fant = skoler(&[], &runde, &[], tid("2026-11-05T12:00:00Z"));
        assert_eq!(
            fant.iter().map(|s| (s.skolenr.as_str(), s.status)).collect::<Vec<_>>(),
            [("46503", S::Samles), ("46505", S::Samles)]
        );
        assert_eq!(Tall::av(&fant), Tall { alle: 2, ikke_begynt: 2, ..Tall::default() });
        assert_eq!(skoler(&[], &runde, &[], vindu.1)[0].status, S::Stengt);
        // A round for all: who has never connected is missed too, by name.
        runde.skoler.clear();
        let vigo = Vigoskole {
            nummer: "46503".parse().unwrap(),
            organisasjonsnummer: "974564882".parse().unwrap(),
            navn: Some("Åsen skule".into()),
            kommunenummer: Some("4621".parse().unwrap()),
            fylkesnummer: None,
            skoletype: None,
        };
        let fant = skoler(&[], &runde, &[vigo], vindu.0);
        assert_eq!((fant[0].navn.as_deref(), fant[0].kommunenr.as_deref()), (Some("Åsen skule"), Some("4621")));
        assert!(fant[0].ikke_koblet && Utvalg::Mangler.har(&fant[0]) && Utvalg::IkkeKoblet.har(&fant[0]));
        assert_eq!(Tall::av(&fant).setning(Sprak::Bokmal), "0 av 1 skole har levert. 1 mangler og har ikke begynt.");
    }
}
