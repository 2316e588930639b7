//! Which of what was told concerns somebody: at once, and once a day. Pure.

use crate::Adressat;
use elevliste::{Eier, Listenokkel, Skolestatus, Varsel, Varselslag};
use jiff::civil::Date;
use runtime::adgang::{Adgangsrolle, Gjoremal, TABELL, Tillatelse};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What was told and not yet told on to everybody, list by list, with its place.
#[derive(Debug, Default)]
pub(crate) struct Hale(BTreeMap<Listenokkel, Vec<(u64, Varsel)>>);

impl Hale {
    pub(crate) fn legg_til(&mut self, plass: u64, varsel: Varsel) {
        self.0.entry(varsel.nokkel.clone()).or_default().push((plass, varsel));
    }

    /// Forgets what stands at or before `plass`.
    pub(crate) fn glem(&mut self, plass: u64) {
        self.0.retain(|_, varsler| {
            varsler.retain(|(p, _)| *p > plass);
            !varsler.is_empty()
        });
    }

    /// The lists of which something was told after `fra` and no later than `til`, with whose they were last.
    pub(crate) fn lister(&self, fra: u64, til: u64) -> impl Iterator<Item = (&Listenokkel, &str)> {
        self.0.iter().filter_map(move |(nokkel, varsler)| {
            let (_, siste) = varsler.iter().rfind(|(plass, _)| fra < *plass && *plass <= til)?;
            Some((nokkel, siste.tenant.as_str()))
        })
    }

    pub(crate) fn om(&self, nokkel: &Listenokkel, fra: u64, til: u64) -> impl Iterator<Item = &Varselslag> {
        let varsler = self.0.get(nokkel).into_iter().flatten();
        varsler.filter(move |(plass, _)| fra < *plass && *plass <= til).map(|(_, varsel)| &varsel.slag)
    }
}

/// What is told at once about a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Straks {
    /// Nobody knows whether it arrived.
    Uavklart,
    /// The round is over and it is not delivered.
    IkkeLevert(Date),
    /// The deadline is near and it is not delivered.
    Paminnelse(Date),
}

/// Whether the county may say what became of an attempt: then it is told that nobody knows.
const FYLKET_AVKLARER: bool =
    matches!(TABELL[Gjoremal::Avklare as usize].1[Adgangsrolle::Fylke as usize], Tillatelse::Ja);

/// What of this is told at once to somebody who is this to the list: the last word about each matter.
pub(crate) fn straks<'a>(varsler: impl Iterator<Item = &'a Varselslag>, adressat: Adressat) -> Vec<Straks> {
    let (mut uavklart, mut frister) = (false, None);
    for slag in varsler {
        match slag {
            Varselslag::Listestatus { til, .. } => uavklart = *til == Skolestatus::Uavklart,
            Varselslag::Paminnelse { frist, eier, .. } if paminnes(adressat, *eier) => {
                frister = Some(Straks::Paminnelse(*frist));
            }
            Varselslag::IkkeLevert { frist } => frister = Some(Straks::IkkeLevert(*frist)),
            _ => {}
        }
    }
    let uavklart = uavklart && (adressat != Adressat::Fylke || FYLKET_AVKLARER);
    uavklart.then_some(Straks::Uavklart).into_iter().chain(frister).collect()
}

/// The municipality has the school's reminders in copy.
const fn paminnes(adressat: Adressat, eier: Eier) -> bool {
    matches!(
        (adressat, eier),
        (Adressat::Skole | Adressat::Kommune, Eier::Skole)
            | (Adressat::Kommune, Eier::Kommune)
            | (Adressat::Fylke, Eier::Fylke)
    )
}

/// Whether it still is so, where the list stands so and its round has this last day and is closed or not: what is done
/// is not spoken of any more.
pub(crate) fn gjelder(sak: Straks, status: Skolestatus, runde: Option<(Date, bool)>) -> bool {
    let denne = |dag, er_stengt| runde == Some((dag, er_stengt)) && !levert(status);
    match sak {
        Straks::Uavklart => status == Skolestatus::Uavklart,
        Straks::IkkeLevert(dag) => denne(dag, true),
        Straks::Paminnelse(dag) => denne(dag, false),
    }
}

const fn levert(status: Skolestatus) -> bool {
    matches!(status, Skolestatus::Mottatt | Skolestatus::Sendes)
}

/// What is different about a list since the last time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Nytt {
    /// Its status has changed.
    pub status: bool,
    /// Deviations by rule: how many have opened and how many have closed.
    pub regler: BTreeMap<String, (u32, u32)>,
}

/// What of this is told once a day to somebody who is this to the list. What came and went again is not told.
pub(crate) fn nytt<'a>(varsler: impl Iterator<Item = &'a Varselslag>, adressat: Adressat) -> Nytt {
    let mut avvik: BTreeMap<Uuid, (&str, bool, bool)> = BTreeMap::new();
    let (mut forst, mut sist) = (None, None);
    for slag in varsler {
        let (apent, er_apnet) = match slag {
            Varselslag::AvvikApnet { avvik } => (avvik, true),
            Varselslag::AvvikLukket { avvik } => (avvik, false),
            Varselslag::Listestatus { fra, til } => {
                forst.get_or_insert(*fra);
                sist = Some(*til);
                continue;
            }
            Varselslag::Paminnelse { .. } | Varselslag::IkkeLevert { .. } => continue,
        };
        if retter(adressat, apent.avvik.eier) {
            avvik.entry(apent.id).or_insert((&apent.avvik.regel, er_apnet, er_apnet)).2 = er_apnet;
        }
    }
    let mut regler: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    // First and last the same: it was not so before, and is so now.
    for (regel, _, apent) in avvik.into_values().filter(|(_, forst, sist)| forst == sist) {
        let (apnet, lukket) = regler.entry(regel.to_owned()).or_default();
        *(if apent { apnet } else { lukket }) += 1;
    }
    Nytt { status: sist.is_some() && forst.flatten() != sist, regler }
}

/// Whose deviations somebody is told of.
const fn retter(adressat: Adressat, eier: Eier) -> bool {
    matches!(
        (adressat, eier),
        (Adressat::Skole, Eier::Skole)
            | (Adressat::Kommune, Eier::Kommune | Eier::Leverandor)
            | (Adressat::Fylke, Eier::Fylke)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use elevliste::{ApentAvvik, Avvik, Niva};

    fn avvik(id: u128, eier: Eier) -> ApentAvvik {
        let avvik = Avvik { regel: "EL-002".into(), niva: Niva::Feil, eier, felt: None, detalj: None };
        ApentAvvik { id: Uuid::from_u128(id), elev: None, avvik, apnet: jiff::Timestamp::UNIX_EPOCH }
    }

    #[test]
    fn what_came_and_went_between_two_letters_is_not_told() {
        let apnet = |id| Varselslag::AvvikApnet { avvik: avvik(id, Eier::Skole) };
        let lukket = |id| Varselslag::AvvikLukket { avvik: avvik(id, Eier::Skole) };
        let status = |fra, til| Varselslag::Listestatus { fra, til };
        let (feil, klar) = (Skolestatus::Avvik, Skolestatus::Klar);
        let alt = [apnet(1), lukket(1), lukket(2), apnet(2), apnet(3), apnet(4), lukket(4), apnet(4), lukket(5)];
        let ut = nytt(alt.iter(), Adressat::Skole);
        assert_eq!((ut.status, ut.regler), (false, [("EL-002".to_owned(), (2, 1))].into()));
        assert_eq!(nytt(alt.iter(), Adressat::Kommune), Nytt::default(), "the school puts them right");
        let frem_og_tilbake = [status(Some(feil), klar), status(Some(klar), feil)];
        assert!(!nytt(frem_og_tilbake.iter(), Adressat::Fylke).status);
        assert!(nytt(frem_og_tilbake[..1].iter(), Adressat::Fylke).status);
        assert!(nytt([status(None, feil)].iter(), Adressat::Skole).status);
    }

    #[test]
    fn each_is_reminded_of_his_own_and_the_municipality_of_its_schools_too() {
        let frist = "2026-11-13".parse().unwrap();
        let alt =
            [Eier::Skole, Eier::Kommune, Eier::Fylke].map(|eier| Varselslag::Paminnelse { frist, dager: 0, eier });
        let hvem = |n: usize| {
            let alle = [Adressat::Skole, Adressat::Kommune, Adressat::Fylke];
            alle.map(|adressat| !straks(alt[n..=n].iter(), adressat).is_empty())
        };
        assert_eq!([hvem(0), hvem(1), hvem(2)], [[true, true, false], [false, true, false], [false, false, true]]);
    }

    #[test]
    fn whoever_may_find_out_is_told_that_nobody_knows() {
        let ukjent = [Varselslag::Listestatus { fra: Some(Skolestatus::Sendes), til: Skolestatus::Uavklart }];
        for adressat in [Adressat::Skole, Adressat::Kommune, Adressat::Fylke] {
            assert_eq!(straks(ukjent.iter(), adressat), [Straks::Uavklart], "{adressat:?}");
        }
    }

    #[test]
    fn what_is_done_is_not_spoken_of() {
        let frist: Date = "2026-11-13".parse().unwrap();
        let sak = Straks::Paminnelse(frist);
        let (avvik, mottatt) = (Skolestatus::Avvik, Skolestatus::Mottatt);
        assert!(gjelder(sak, avvik, Some((frist, false))));
        assert!(!gjelder(sak, mottatt, Some((frist, false))));
        assert!(!gjelder(sak, avvik, Some((frist.tomorrow().unwrap(), false))), "the round was extended");
        assert!(!gjelder(sak, avvik, None), "the school is not in it any more");
        assert!(!gjelder(Straks::IkkeLevert(frist), Skolestatus::Stengt, Some((frist, false))), "it was opened again");
        assert!(!gjelder(Straks::Uavklart, mottatt, None));
    }
}
