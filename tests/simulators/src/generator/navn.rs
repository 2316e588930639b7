//! Names: common Norwegian, Sámi and immigrant ones, put together at random.

use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;

const JENTER: &[&str] = &[
    "Nora",
    "Emma",
    "Sofie",
    "Ingrid",
    "Åse",
    "Astrid",
    "Maja",
    "Frida",
    "Sigrid",
    "Tuva",
    "Selma",
    "Ylva",
    "Øydis",
    "Åshild",
    "Solveig",
    "Anne Marie",
    "Ida Sofie",
    "Hedda",
    "Live",
    "Borghild",
    "Máret",
    "Inga",
    "Elle",
    "Biret",
    "Ánne",
    "Sárá",
    "Rávdná",
    "Amina",
    "Fatima",
    "Zainab",
    "Hodan",
    "Leyla",
    "Aleksandra",
    "Zofia",
    "Oksana",
    "Mai",
    "Thi Lan",
    "Precious",
    "Selam",
    "Maryam",
    "Ronja",
    "Vilde",
    "Tiril",
    "Æsa",
    "Marie-Louise",
    "Kristin",
];
const GUTTER: &[&str] = &[
    "Jakob",
    "Emil",
    "Noah",
    "Oliver",
    "Håkon",
    "Bjørn",
    "Øystein",
    "Åsmund",
    "Sverre",
    "Magnus",
    "Torbjørn",
    "Eirik",
    "Lars Petter",
    "Jan Ole",
    "Sindre",
    "Vetle",
    "Ånund",
    "Tarjei",
    "Ravn",
    "Ole-Jakob",
    "Áilu",
    "Nils Ánte",
    "Juhán",
    "Máhtte",
    "Issát",
    "Biera",
    "Ahmed",
    "Mohammed",
    "Yusuf",
    "Abdi",
    "Omar",
    "Jakub",
    "Mateusz",
    "Bohdan",
    "Minh",
    "Samuel",
    "Filmon",
    "Ali",
    "Emmanuel",
    "Kasper",
    "Ludvik",
    "Sæmund",
    "Aksel",
    "Mikkel",
    "Jørgen",
    "Even",
];
const ETTERNAVN: &[&str] = &[
    "Hansen",
    "Johansen",
    "Olsen",
    "Larsen",
    "Bjørnstad",
    "Sæther",
    "Ødegård",
    "Åsen",
    "Øvrebø",
    "Nygård",
    "Fjellså",
    "Haugen",
    "Bakke",
    "Moen",
    "Strømme",
    "Vågen",
    "Kråkenes",
    "Træet",
    "Skår",
    "Myrvåg",
    "Lægreid",
    "Sørheim",
    "Lie",
    "Dahl-Hansen",
    "Nordås",
    "Hellesøy",
    "Sandvik",
    "Brekke",
    "Tveit",
    "Rødland",
    "Sara",
    "Eira",
    "Utsi",
    "Buljo",
    "Guttorm",
    "Somby",
    "Gáski",
    "Čuođđu",
    "Beŋskár",
    "Šuomma",
    "Hassan",
    "Mohamud",
    "Warsame",
    "Khan",
    "Nguyen",
    "Kowalski",
    "Wiśniewska",
    "Kovalenko",
    "Tesfay",
    "Al-Hadi",
    "Rahimi",
    "Okafor",
    "Yılmaz",
    "O'Brien",
    "De la Cruz",
];

/// A full name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Navn {
    /// Given name; may be double.
    pub fornavn: &'static str,
    /// Middle name, for one in five.
    pub mellomnavn: Option<&'static str>,
    /// Family name.
    pub etternavn: &'static str,
}

impl Navn {
    /// Draws a name.
    pub fn trekk(rng: &mut ChaCha8Rng, jente: bool) -> Self {
        let fornavn = en(rng, if jente { JENTER } else { GUTTER });
        let mellomnavn = rng.random_bool(0.2).then(|| en(rng, ETTERNAVN));
        Self { fornavn, mellomnavn, etternavn: en(rng, ETTERNAVN) }
    }
}

fn en(rng: &mut ChaCha8Rng, liste: &[&'static str]) -> &'static str {
    liste[rng.random_range(0..liste.len())]
}

const STED: &[&str] = &[
    "Ås",
    "Lia",
    "Fjellsiden",
    "Nes",
    "Dalen",
    "Vågen",
    "Bjørke",
    "Hauge",
    "Solbakken",
    "Øvre Strand",
    "Myra",
    "Sæter",
    "Kråkeberg",
    "Elvebakken",
    "Tangen",
    "Furu",
    "Øygard",
    "Granlia",
    "Sjøholt",
    "Hellemyr",
    "Tårn",
    "Storhaug",
];

/// An invented school name, the `n`th of the municipality.
pub(super) fn skolenavn(n: usize, ungdomsskole: bool) -> String {
    let sted = STED[n % STED.len()];
    let runde = match n / STED.len() {
        0 => String::new(),
        r => format!(" {}", r + 1),
    };
    let slag = if ungdomsskole { "ungdomsskole" } else { "skole" };
    format!("{sted}{runde} {slag}")
}
