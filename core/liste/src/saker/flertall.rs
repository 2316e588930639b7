//! Titles for many pupils at once: «40 elever mangler klasse». One pupil has the rule's own title.

use crate::Tekst;

/// The title for many, with `{n}` for how many. None where the rule's own says it as well: it is about a class or a school.
pub(super) fn flertall(regel: &str) -> Option<Tekst> {
    let (_, tekst) = TITLER.iter().find(|(id, _)| *id == regel)?;
    let [nb, nn, en] = *tekst;
    Some(Tekst { nb, nn, en })
}

const TITLER: &[(&str, [&str; 3])] = &[
    (
        "EL-001",
        [
            "{n} fødselsnumre kan ikke brukes",
            "{n} fødselsnummer kan ikkje brukast",
            "{n} identity numbers cannot be used",
        ],
    ),
    ("EL-002", ["{n} elever mangler klasse", "{n} elevar manglar klasse", "{n} pupils have no class"]),
    ("EL-003", ["{n} navn er ikke fullstendige", "{n} namn er ikkje fullstendige", "{n} names are not complete"]),
    (
        "EL-004",
        [
            "{n} elever står to ganger på listen",
            "{n} elevar står to gonger på lista",
            "{n} pupils are on the list twice",
        ],
    ),
    (
        "EL-005",
        [
            "{n} elever er elever ved to skoler",
            "{n} elevar er elevar ved to skular",
            "{n} pupils are registered at two schools",
        ],
    ),
    (
        "EL-006",
        [
            "{n} elever har et uvanlig fødselsår for tiende trinn",
            "{n} elevar har eit uvanleg fødselsår for tiande trinn",
            "{n} pupils have an unusual year of birth for tenth grade",
        ],
    ),
    (
        "EL-007",
        ["{n} elever mangler fødselsnummer", "{n} elevar manglar fødselsnummer", "{n} pupils have no identity number"],
    ),
    (
        "EL-008",
        [
            "{n} numre ser ut til å være fiktive",
            "{n} nummer ser ut til å vere fiktive",
            "{n} numbers seem to be temporary ones",
        ],
    ),
    (
        "EL-009",
        [
            "{n} elever har et annet trinn enn klassen",
            "{n} elevar har eit anna trinn enn klassen",
            "{n} pupils are in another grade than their class",
        ],
    ),
    (
        "EL-010",
        ["{n} elever er i flere klasser", "{n} elevar er i fleire klassar", "{n} pupils are in several classes"],
    ),
    (
        "EL-011",
        [
            "{n} elever har et gammelt nummer i skolesystemet",
            "{n} elevar har eit gammalt nummer i skulesystemet",
            "{n} pupils have an old number in the school system",
        ],
    ),
    (
        "EL-012",
        [
            "Folkeregisteret kjenner ikke numrene til {n} elever",
            "Folkeregisteret kjenner ikkje numra til {n} elevar",
            "The National Population Register does not know the numbers of {n} pupils",
        ],
    ),
    (
        "EL-013",
        [
            "Numrene til {n} elever er ikke lenger i bruk",
            "Numra til {n} elevar er ikkje lenger i bruk",
            "The numbers of {n} pupils are no longer in use",
        ],
    ),
    (
        "EL-014",
        [
            "Ta kontakt før {n} elever meldes inn",
            "Ta kontakt før {n} elevar blir melde inn",
            "Make contact before {n} pupils are reported",
        ],
    ),
    (
        "EL-015",
        [
            "{n} elever er registrert som utflyttet",
            "{n} elevar er registrerte som utflytta",
            "{n} pupils are registered as moved abroad",
        ],
    ),
    (
        "EL-016",
        [
            "{n} elever har et annet navn i Folkeregisteret",
            "{n} elevar har eit anna namn i Folkeregisteret",
            "{n} pupils have another name in the National Population Register",
        ],
    ),
    (
        "EL-017",
        [
            "{n} elever venter på Folkeregisteret",
            "{n} elevar ventar på Folkeregisteret",
            "{n} pupils are waiting for the National Population Register",
        ],
    ),
    (
        "EL-018",
        [
            "{n} elever er i en klasse som ikke finnes ved skolen",
            "{n} elevar er i ein klasse som ikkje finst ved skulen",
            "{n} pupils are in a class that does not exist at the school",
        ],
    ),
    (
        "EL-031",
        [
            "{n} elever er endret etter at listen var levert",
            "{n} elevar er endra etter at lista var levert",
            "{n} pupils changed after the list was delivered",
        ],
    ),
    (
        "EL-033",
        [
            "{n} elever sendes ikke automatisk",
            "{n} elevar blir ikkje sende automatisk",
            "{n} pupils are not sent automatically",
        ],
    ),
    ("EL-043", ["{n} navn er for lange", "{n} namn er for lange", "{n} names are too long"]),
    ("EL-044", ["{n} navn har usynlige tegn", "{n} namn har usynlege teikn", "{n} names have invisible characters"]),
    (
        "EL-045",
        [
            "{n} navn har et fødselsnummer i seg",
            "{n} namn har eit fødselsnummer i seg",
            "{n} names hold an identity number",
        ],
    ),
    ("EL-046", ["{n} navn har tall i seg", "{n} namn har tal i seg", "{n} names have digits in them"]),
    (
        "EL-047",
        [
            "{n} numre ser ut til å være DUF-numre",
            "{n} nummer ser ut til å vere DUF-nummer",
            "{n} numbers seem to be DUF numbers",
        ],
    ),
    ("EL-048", ["{n} numre er hjelpenumre", "{n} nummer er hjelpenummer", "{n} numbers are help numbers"]),
    ("EL-049", ["{n} numre er laget lokalt", "{n} nummer er laga lokalt", "{n} numbers were made locally"]),
    (
        "EL-050",
        [
            "{n} elever har fiktive numre, og VIGO tar dem ikke imot",
            "{n} elevar har fiktive nummer, og VIGO tek dei ikkje imot",
            "{n} pupils have temporary numbers, and VIGO does not take them",
        ],
    ),
    (
        "EL-051",
        [
            "{n} fiktive numre er fra et annet fylke",
            "{n} fiktive nummer er frå eit anna fylke",
            "{n} temporary numbers are from another county",
        ],
    ),
    (
        "VI-001",
        ["VIGO avviste {n} fødselsnumre", "VIGO avviste {n} fødselsnummer", "VIGO refused {n} identity numbers"],
    ),
    (
        "VI-002",
        [
            "VIGO savner klassen til {n} elever",
            "VIGO saknar klassen til {n} elevar",
            "VIGO found no class for {n} pupils",
        ],
    ),
    (
        "VI-003",
        [
            "VIGO savner navnet til {n} elever",
            "VIGO saknar namnet til {n} elevar",
            "VIGO is missing the names of {n} pupils",
        ],
    ),
    (
        "VI-004",
        [
            "VIGO tar {n} numre for fiktive",
            "VIGO tek {n} nummer for fiktive",
            "VIGO takes {n} numbers for temporary ones",
        ],
    ),
    (
        "VI-005",
        [
            "VIGO fant {n} elever med et nummer som står to ganger",
            "VIGO fann {n} elevar med eit nummer som står to gonger",
            "VIGO found {n} pupils with a number that is there twice",
        ],
    ),
    ("VI-007", ["{n} navn er for lange for VIGO", "{n} namn er for lange for VIGO", "{n} names are too long for VIGO"]),
    (
        "VI-999",
        [
            "VIGO har en annen merknad til {n} elever",
            "VIGO har ein annan merknad til {n} elevar",
            "VIGO has another remark about {n} pupils",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Rettefelt, regel, regler, rettefelt};

    #[test]
    fn a_rule_about_pupils_has_a_title_for_many_and_a_rule_about_the_list_has_none() {
        for r in regler() {
            let listens = ["EL-030", "EL-032", "EL-034", "EL-060", "EL-061", "EL-062", "EL-024"].contains(&r.id)
                || matches!(rettefelt(r.id), Rettefelt::Klasse | Rettefelt::Skole);
            assert_eq!(flertall(r.id).is_none(), listens, "{}", r.id);
        }
        for (id, former) in TITLER {
            let egen = regel(id).expect("a title of a rule that there is").tittel;
            for (form, ene) in former.iter().zip([egen.nb, egen.nn, egen.en]) {
                assert!(form.matches("{n}").count() == 1 && form.matches(['{', '}']).count() == 2, "{form}");
                assert!(*form != ene && !form.ends_with('.'), "{form}");
            }
            assert!(former[0] != former[2], "{id}: English is missing");
            assert!(former[0] != former[1], "{id}: nynorsk is missing");
        }
    }
}
