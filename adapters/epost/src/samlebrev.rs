//! The letter that goes once a day: what is different since the last one.

use crate::Adressat;
use crate::brev::{Brev, Del, sett_opp};
use crate::ord::{self, Sprak};
use crate::straks::{Skolelinje, punkter};
use elevliste::Skolestatus;
use std::collections::BTreeMap;
use url::Url;

/// What is different about one list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Endret {
    pub adressat: Adressat,
    pub skole: Skolelinje,
    /// Its status has changed.
    pub status: bool,
    /// Deviations by rule: how many have opened and how many have closed.
    pub regler: BTreeMap<String, (u32, u32)>,
}

impl Endret {
    /// Whether there is anything to tell.
    fn a_si(&self) -> bool {
        self.ny_status() || self.har_avvik()
    }

    /// What was told at once is not told again.
    fn ny_status(&self) -> bool {
        self.status && !matches!(self.skole.status, Skolestatus::Stengt | Skolestatus::Uavklart)
    }

    /// That a list is received is enough to say of it.
    fn har_avvik(&self) -> bool {
        !self.regler.is_empty() && self.skole.status != Skolestatus::Mottatt
    }
}

/// The letter; none when there is nothing to tell.
pub(crate) fn samlebrev(endret: &[Endret], sprak: Sprak, adresse: &Url) -> Option<Brev> {
    let endret: Vec<&Endret> = endret.iter().filter(|endret| endret.a_si()).collect();
    if endret.is_empty() {
        return None;
    }
    let (i_fylket, egne): (Vec<&Endret>, Vec<&Endret>) = endret.iter().partition(|e| e.adressat == Adressat::Fylke);
    let mut deler = vec![Del::Avsnitt(
        sprak
            .av([
                "Dette er nytt siden sist. Det dere har rukket å rette, er ikke med.",
                "Dette er nytt sidan sist. Det de har rokke å rette, er ikkje med.",
                "This is new since the last time. What was corrected in the meantime is left out.",
            ])
            .to_owned(),
    )];
    let statuser: Vec<Skolelinje> = egne.iter().filter(|e| e.ny_status()).map(|e| e.skole.clone()).collect();
    if !statuser.is_empty() {
        let tittel = ["Listene står slik nå", "Listene står slik no", "Where the lists stand now"];
        deler.extend([Del::Overskrift(sprak.av(tittel).to_owned()), Del::Punkter(punkter(sprak, &statuser))]);
    }
    let antall = i_fylket.iter().filter(|e| e.ny_status()).fold(BTreeMap::<_, u32>::new(), |mut antall, e| {
        *antall.entry(ord::status(sprak, e.skole.status)).or_default() += 1;
        antall
    });
    if !antall.is_empty() {
        let tittel = [
            "Lister i fylket som har ny status",
            "Lister i fylket som har ny status",
            "Lists of the county with a new status",
        ];
        let punkter = antall.into_iter().map(|(status, n)| format!("{status}: {n}")).collect();
        deler.extend([Del::Overskrift(sprak.av(tittel).to_owned()), Del::Punkter(punkter)]);
    }
    for e in endret.iter().filter(|e| e.har_avvik()).take(crate::straks::MAKS) {
        deler.push(Del::Overskrift(e.skole.linje(sprak)));
        deler.push(Del::Punkter(e.regler.iter().map(|(id, antall)| regellinje(sprak, id, *antall)).collect()));
    }
    Some(sett_opp(sprak, emne(sprak, &endret), &deler, adresse))
}

fn emne(sprak: Sprak, endret: &[&Endret]) -> String {
    match (endret, sprak) {
        ([en], Sprak::Nb) => format!("Nytt om elevlisten for {}", en.skole.skole),
        ([en], Sprak::Nn) => format!("Nytt om elevlista for {}", en.skole.skole),
        ([en], Sprak::En) => format!("News of the list of {}", en.skole.skole),
        (flere, Sprak::Nb) => format!("Nytt om {} elevlister", flere.len()),
        (flere, Sprak::Nn) => format!("Nytt om {} elevlister", flere.len()),
        (flere, Sprak::En) => format!("News of {} lists", flere.len()),
    }
}

fn regellinje(sprak: Sprak, id: &str, (apnet, lukket): (u32, u32)) -> String {
    let tittel = runtime::regel(id).map(|regel| sprak.av([regel.tittel.nb, regel.tittel.nn, regel.tittel.en]));
    let tittel =
        tittel.unwrap_or(sprak.av(["Merknad fra mottakeren", "Merknad frå mottakaren", "Remark by the receiver"]));
    let nye = (apnet > 0).then(|| {
        let ny = if apnet == 1 { "ny" } else { "nye" };
        format!("{apnet} {}", sprak.av([ny, ny, "new"]))
    });
    let rettet = (lukket > 0).then(|| format!("{lukket} {}", sprak.av(["rettet", "retta", "corrected"])));
    let antall: Vec<_> = nye.into_iter().chain(rettet).collect();
    format!("{tittel} ({id}): {}", antall.join(", "))
}
