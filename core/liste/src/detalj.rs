//! The detail of a deviation in words: a code or a pair of numbers says nothing to the one who has to correct it.

use crate::Tekst;
use elevliste::Avvik;

/// What the detail says. None where there is none, or where it adds nothing to the rule's own words.
pub fn detalj_tekst(avvik: &Avvik) -> Option<Tekst<String>> {
    let detalj = avvik.detalj.as_deref().filter(|detalj| !detalj.trim().is_empty())?;
    if let Some(tekst) = nummerets(detalj) {
        return Some(tekst.map(str::to_owned));
    }
    let (a, b) = detalj.split_once(", ").or_else(|| detalj.split_once('/')).unwrap_or((detalj, ""));
    let fyll = |tekst: Tekst| Some(tekst.map(|form| form.replace("{a}", a).replace("{b}", b)));
    let hele = |tekst: Tekst| Some(tekst.map(|form| form.replace("{a}", detalj)));
    match avvik.regel.as_str() {
        "EL-005" => hele(Tekst {
            nb: "Den andre skolen har nummer {a} i VIGO.",
            nn: "Den andre skulen har nummer {a} i VIGO.",
            en: "The other school has the number {a} in VIGO.",
        }),
        "EL-006" => hele(Tekst {
            nb: "Elever på tiende trinn er vanligvis født i {a}.",
            nn: "Elevar på tiande trinn er vanlegvis fødde i {a}.",
            en: "Tenth-graders are usually born in {a}.",
        }),
        "EL-022" => hele(Tekst {
            nb: "VIGO har organisasjonsnummeret på {a}.",
            nn: "VIGO har organisasjonsnummeret på {a}.",
            en: "VIGO has the organisation number on {a}.",
        }),
        "EL-023" => hele(Tekst {
            nb: "VIGO har disse skolenumrene: {a}.",
            nn: "VIGO har desse skulenumra: {a}.",
            en: "VIGO has these school numbers: {a}.",
        }),
        "EL-024" => hele(Tekst {
            nb: "I oppsettet står skolenummer {a}.",
            nn: "I oppsettet står skulenummer {a}.",
            en: "The settings have the school number {a}.",
        }),
        "EL-025" => fyll(Tekst {
            nb: "Skolesystemet har {a}, og VIGO har {b}.",
            nn: "Skulesystemet har {a}, og VIGO har {b}.",
            en: "The school system has {a}, and VIGO has {b}.",
        }),
        "EL-026" => hele(Tekst {
            nb: "Fylket har nummer {a}.",
            nn: "Fylket har nummer {a}.",
            en: "The county has the number {a}.",
        }),
        "EL-027" => {
            hele(Tekst { nb: "Skolenummeret er {a}.", nn: "Skulenummeret er {a}.", en: "The school number is {a}." })
        }
        "EL-040" | "EL-043" => fyll(Tekst {
            nb: "Navnet har {a} tegn, og det er plass til {b}.",
            nn: "Namnet har {a} teikn, og det er plass til {b}.",
            en: "The name has {a} characters, and there is room for {b}.",
        }),
        "EL-051" => hele(Tekst {
            nb: "Nummeret slutter på {a}.",
            nn: "Nummeret sluttar på {a}.",
            en: "The number ends in {a}.",
        }),
        "EL-060" => fyll(Tekst {
            nb: "I fjor var det {a}, i år er det {b}.",
            nn: "I fjor var det {a}, i år er det {b}.",
            en: "Last year there were {a}, this year there are {b}.",
        }),
        "EL-061" => fyll(Tekst {
            nb: "Vi ventet {a}, og listen har {b}.",
            nn: "Vi venta {a}, og lista har {b}.",
            en: "We expected {a}, and the list has {b}.",
        }),
        "EL-062" => hele(Tekst { nb: "Klassen heter {a}.", nn: "Klassen heiter {a}.", en: "The class is called {a}." }),
        "VI-999" => hele(Tekst { nb: "Koden er {a}.", nn: "Koden er {a}.", en: "The code is {a}." }),
        _ => None,
    }
}

/// What is wrong with an identity number, by its code.
const fn nummerets(kode: &str) -> Option<Tekst> {
    Some(match kode.as_bytes() {
        b"ID-FORMAT/empty" => Tekst {
            nb: "Feltet har bare mellomrom.",
            nn: "Feltet har berre mellomrom.",
            en: "The field holds nothing but blanks.",
        },
        b"ID-FORMAT/masked" => Tekst {
            nb: "Noen av sifrene er skjult med stjerner.",
            nn: "Nokre av siffera er skjulte med stjerner.",
            en: "Some of the digits are hidden behind asterisks.",
        },
        b"ID-FORMAT/invisible" => Tekst {
            nb: "Nummeret har tegn som ikke vises. Skriv det inn på nytt med tastaturet.",
            nn: "Nummeret har teikn som ikkje blir viste. Skriv det inn på nytt med tastaturet.",
            en: "The number holds characters that cannot be seen. Type it again on the keyboard.",
        },
        b"ID-FORMAT/foreign_digits" => Tekst {
            nb: "Nummeret er skrevet med andre sifre enn 0 til 9. Skriv det inn på nytt med tastaturet.",
            nn: "Nummeret er skrive med andre siffer enn 0 til 9. Skriv det inn på nytt med tastaturet.",
            en: "The number is written with other digits than 0 to 9. Type it again on the keyboard.",
        },
        b"ID-FORMAT/blanks" => Tekst {
            nb: "Det er mellomrom i nummeret. Ta dem bort.",
            nn: "Det er mellomrom i nummeret. Ta dei bort.",
            en: "There are blanks in the number. Take them out.",
        },
        b"ID-FORMAT/spreadsheet" => Tekst {
            nb: "Et regneark har skrevet om nummeret.",
            nn: "Eit rekneark har skrive om nummeret.",
            en: "A spreadsheet has rewritten the number.",
        },
        b"ID-FORMAT/characters" => Tekst {
            nb: "Nummeret har tegn som ikke er sifre.",
            nn: "Nummeret har teikn som ikkje er siffer.",
            en: "The number holds characters that are not digits.",
        },
        b"ID-FORMAT/ten_digits" => Tekst {
            nb: "Nummeret har ti sifre. Som regel er en null først borte.",
            nn: "Nummeret har ti siffer. Som regel er ein null først borte.",
            en: "The number has ten digits. Usually a zero is missing at the front.",
        },
        b"ID-FORMAT/length" => Tekst {
            nb: "Nummeret har ikke elleve sifre.",
            nn: "Nummeret har ikkje elleve siffer.",
            en: "The number does not have eleven digits.",
        },
        b"ID-DATO" | b"ID-DATO-KONTROLLSIFFER" => Tekst {
            nb: "Fødselsdatoen i nummeret finnes ikke.",
            nn: "Fødselsdatoen i nummeret finst ikkje.",
            en: "The date of birth in the number does not exist.",
        },
        b"ID-KONTROLLSIFFER" => Tekst {
            nb: "Sifrene stemmer ikke med hverandre: ett av dem er feil, eller to er byttet om.",
            nn: "Siffera stemmer ikkje med kvarandre: eitt av dei er feil, eller to er bytte om.",
            en: "The digits do not fit together: one of them is wrong, or two are swapped.",
        },
        b"ID-SYNTETISK" => Tekst {
            nb: "Nummeret er laget for testing og hører ikke til noen person.",
            nn: "Nummeret er laga for testing og høyrer ikkje til nokon person.",
            en: "The number was made for testing and belongs to nobody.",
        },
        b"ID-EKTE" => Tekst {
            nb: "Nummeret kan være en virkelig persons, og her brukes bare testpersoner.",
            nn: "Nummeret kan vere til ein verkeleg person, og her blir berre testpersonar brukte.",
            en: "The number may be a real person's, and only test persons are used here.",
        },
        b"ID-NAV" => Tekst { nb: "NAV har laget nummeret.", nn: "NAV har laga nummeret.", en: "NAV made the number." },
        b"ID-HELSE" => Tekst {
            nb: "Et helseforetak har laget nummeret.",
            nn: "Eit helseføretak har laga nummeret.",
            en: "A health authority made the number.",
        },
        _ => return None,
    })
}
