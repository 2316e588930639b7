//! Languages, and the small words that every letter needs: dates, statuses, how many.

use elevliste::{Innsamling, Skolestatus, siste_minutt};
use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

/// The language of a letter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sprak {
    /// Bokmål.
    #[default]
    Nb,
    /// Nynorsk.
    Nn,
    /// English.
    En,
}

impl Sprak {
    /// Every language.
    pub const ALLE: [Self; 3] = [Self::Nb, Self::Nn, Self::En];

    /// The one of three texts that is in this language.
    pub(crate) const fn av<T: Copy>(self, tekster: [T; 3]) -> T {
        match self {
            Self::Nb => tekster[0],
            Self::Nn => tekster[1],
            Self::En => tekster[2],
        }
    }

    /// As mail programs and browsers know it.
    pub(crate) const fn kode(self) -> &'static str {
        self.av(["nb", "nn", "en"])
    }
}

/// «fredag 13. november».
pub(crate) fn dag(sprak: Sprak, dato: Date) -> String {
    let ukedag = match dato.weekday() {
        Weekday::Monday => ["mandag", "måndag", "Monday"],
        Weekday::Tuesday => ["tirsdag", "tysdag", "Tuesday"],
        Weekday::Wednesday => ["onsdag", "onsdag", "Wednesday"],
        Weekday::Thursday => ["torsdag", "torsdag", "Thursday"],
        Weekday::Friday => ["fredag", "fredag", "Friday"],
        Weekday::Saturday => ["lørdag", "laurdag", "Saturday"],
        Weekday::Sunday => ["søndag", "søndag", "Sunday"],
    };
    let norsk = [
        "januar",
        "februar",
        "mars",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "desember",
    ];
    let engelsk = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let maned = usize::try_from(dato.month()).expect("months are 1 to 12") - 1;
    let (ukedag, nr) = (sprak.av(ukedag), dato.day());
    match sprak {
        Sprak::En => format!("{ukedag} {nr} {}", engelsk[maned]),
        Sprak::Nb | Sprak::Nn => format!("{ukedag} {nr}. {}", norsk[maned]),
    }
}

/// «fredag 13. november kl. 23.59»: until when lists are taken.
pub(crate) fn frist(sprak: Sprak, runde: &Innsamling) -> String {
    let slutt = siste_minutt(runde.stenger);
    let (dag, time, minutt) = (dag(sprak, slutt.date()), slutt.hour(), slutt.minute());
    match sprak {
        Sprak::En => format!("{dag} at {time:02}:{minutt:02}"),
        Sprak::Nb | Sprak::Nn => format!("{dag} kl. {time:02}.{minutt:02}"),
    }
}

/// «2026/27».
pub(crate) fn skolear(runde: &Innsamling) -> String {
    let tekst = runde.skolear.to_string();
    match tekst.split_once('-') {
        Some((fra, til)) if til.len() == 4 => format!("{fra}/{}", &til[2..]),
        _ => tekst,
    }
}

/// Where a list stands, in a few words.
pub(crate) const fn status(sprak: Sprak, status: Skolestatus) -> &'static str {
    sprak.av(match status {
        Skolestatus::Samles => ["ingen liste ennå", "inga liste enno", "no list yet"],
        Skolestatus::Avvik => ["noe må rettes", "noko må rettast", "something must be corrected"],
        Skolestatus::Klar => ["venter på godkjenning", "ventar på godkjenning", "waiting for approval"],
        Skolestatus::Godkjent => ["godkjent, ikke sendt ennå", "godkjend, ikkje send enno", "approved, not sent yet"],
        Skolestatus::Sendes => ["på vei til VIGO", "på veg til VIGO", "on its way to VIGO"],
        Skolestatus::Mottatt => ["mottatt av VIGO", "motteken av VIGO", "received by VIGO"],
        Skolestatus::Avvist => ["avvist av VIGO", "avvist av VIGO", "refused by VIGO"],
        Skolestatus::Uavklart => {
            ["vi vet ikke om den kom fram", "vi veit ikkje om ho kom fram", "we do not know whether it arrived"]
        }
        Skolestatus::Stengt => [
            "ikke levert, og fristen er ute",
            "ikkje levert, og fristen er ute",
            "not delivered, and the deadline has passed",
        ],
    })
}

/// «i dag», «i morgen», «om 7 dager».
pub(crate) fn igjen(sprak: Sprak, dager: u32) -> String {
    match (dager, sprak) {
        (0, _) => sprak.av(["i dag", "i dag", "today"]).to_owned(),
        (1, _) => sprak.av(["i morgen", "i morgon", "tomorrow"]).to_owned(),
        (n, Sprak::Nb) => format!("om {n} dager"),
        (n, Sprak::Nn) => format!("om {n} dagar"),
        (n, Sprak::En) => format!("in {n} days"),
    }
}

/// Days from `fra` to `til`; 0 when it has passed.
pub(crate) fn dager_til(fra: Date, til: Date) -> u32 {
    fra.until(til).map_or(0, |spenn| u32::try_from(spenn.get_days()).unwrap_or(0))
}

/// The day before.
pub(crate) fn dagen_for(dato: Date) -> Date {
    dato.checked_sub(1.day()).unwrap_or(dato)
}

/// «112 elever».
pub(crate) fn elever(sprak: Sprak, antall: u32) -> String {
    match (antall, sprak) {
        (1, _) => sprak.av(["1 elev", "1 elev", "1 pupil"]).to_owned(),
        (n, Sprak::Nb) => format!("{n} elever"),
        (n, Sprak::Nn) => format!("{n} elevar"),
        (n, Sprak::En) => format!("{n} pupils"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use elevliste::Godkjenning;

    #[test]
    fn a_deadline_is_told_as_people_say_it() {
        let runde = |stenger: &str| {
            let vindu = ("2026-10-01T00:00:00+02".parse().unwrap(), stenger.parse().unwrap());
            Innsamling::ny("46".parse().unwrap(), "2026-2027".parse().unwrap(), vindu, Godkjenning::Skole)
        };
        let sagt = |stenger| Sprak::ALLE.map(|sprak| frist(sprak, &runde(stenger)));
        let ventet = ["fredag 13. november kl. 23.59", "fredag 13. november kl. 23.59", "Friday 13 November at 23:59"];
        assert_eq!(sagt("2026-11-13T23:59:59+01"), ventet);
        assert_eq!(sagt("2026-11-14T00:00:00+01"), ventet, "until midnight is until the last minute of the day");
        assert_eq!(sagt("2026-11-13T15:01:00+01")[0], "fredag 13. november kl. 15.00", "as it was entered");
        assert_eq!(skolear(&runde("2026-11-14T00:00:00+01")), "2026/27");
    }
}
