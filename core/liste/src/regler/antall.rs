//! Rules about how many pupils there are: they concern the list as a whole.

use super::{Regel, Tekst};
use elevliste::{Eier, Niva};

pub(super) const REGLER: &[Regel] = &[
    Regel {
        id: "EL-060",
        niva: Niva::Advarsel,
        eier: Eier::Skole,
        felt: None,
        tittel: Tekst {
            nb: "Antallet elever er et helt annet enn i fjor",
            nn: "Talet på elevar er eit heilt anna enn i fjor",
            en: "Far more or far fewer pupils than last year",
        },
        hva: Tekst {
            nb: "Listen er mye lengre eller kortere enn skolens liste fra i fjor.",
            nn: "Lista er mykje lengre eller kortare enn lista til skulen frå i fjor.",
            en: "The list is much longer or shorter than the school's list from last year.",
        },
        rett: Tekst {
            nb: "Kontroller i skolesystemet at alle på tiende trinn er ført på riktig trinn og skole.",
            nn: "Kontroller i skulesystemet at alle på tiande trinn er førte på rett trinn og skule.",
            en: "Check in the school system that everybody in tenth grade is entered in the right grade and at the right school.",
        },
        videre: Tekst {
            nb: "Listen kan sendes. Er kullet virkelig så stort eller lite, er det ingenting å rette.",
            nn: "Lista kan sendast. Er kullet verkeleg så stort eller lite, er det ingenting å rette.",
            en: "The list can be sent. If the year group really is that large or small, there is nothing to correct.",
        },
    },
    Regel {
        id: "EL-061",
        niva: Niva::Advarsel,
        eier: Eier::Skole,
        felt: None,
        tittel: Tekst {
            nb: "Antallet elever er et annet enn ventet",
            nn: "Talet på elevar er eit anna enn venta",
            en: "Not the number of pupils we expected",
        },
        hva: Tekst {
            nb: "Skolen har oppgitt hvor mange elever den har på tiende trinn, og listen har et annet antall.",
            nn: "Skulen har oppgjeve kor mange elevar han har på tiande trinn, og lista har eit anna tal.",
            en: "The school has told us how many pupils it has in tenth grade, and the list has another number.",
        },
        rett: Tekst {
            nb: "Kontroller i skolesystemet hvem som mangler, eller ikke skulle vært der. Er skolens eget tall blitt et annet, ber dere kommunen om å få det rettet i oppsettet.",
            nn: "Kontroller i skulesystemet kven som manglar, eller ikkje skulle vore der. Er skulen sitt eige tal blitt eit anna, ber de kommunen om å få det retta i oppsettet.",
            en: "Check in the school system who is missing, or who should not be there. If the school's own number has changed, ask the municipality to have it updated in the settings.",
        },
        videre: Tekst {
            nb: "Listen kan sendes, men se over den først.",
            nn: "Lista kan sendast, men sjå over henne først.",
            en: "The list can be sent, but look through it first.",
        },
    },
    Regel {
        id: "EL-062",
        niva: Niva::Advarsel,
        eier: Eier::Skole,
        felt: Some("klasse"),
        tittel: Tekst { nb: "En klasse er uten elever", nn: "Ein klasse er utan elevar", en: "A class has no pupils" },
        hva: Tekst {
            nb: "Skolen har en klasse på tiende trinn som ingen av elevene på listen går i.",
            nn: "Skulen har ein klasse på tiande trinn som ingen av elevane på lista går i.",
            en: "The school has a class in tenth grade that none of the pupils on the list belong to.",
        },
        rett: Tekst {
            nb: "Er klassen i bruk, legger dere elevene i den i skolesystemet. Er den ikke i bruk, er det ingenting som haster.",
            nn: "Er klassen i bruk, legg de elevane i han i skulesystemet. Er han ikkje i bruk, er det ingenting som hastar.",
            en: "If the class is in use, put its pupils in it in the school system. If it is not in use, there is no hurry.",
        },
        videre: Tekst {
            nb: "Listen kan sendes uten klassen.",
            nn: "Lista kan sendast utan klassen.",
            en: "The list can be sent without the class.",
        },
    },
];
