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
        },
        hva: Tekst {
            nb: "Listen er mye lengre eller kortere enn skolens liste fra i fjor. Tallene er fjorårets og årets.",
            nn: "Lista er mykje lengre eller kortare enn lista til skulen frå i fjor. Tala er for fjoråret og for i år.",
        },
        rett: Tekst {
            nb: "Kontroller i skolesystemet at alle på tiende trinn er ført på riktig trinn og skole.",
            nn: "Kontroller i skulesystemet at alle på tiande trinn er førte på rett trinn og skule.",
        },
        videre: Tekst {
            nb: "Listen kan sendes. Er kullet virkelig så stort eller lite, er det ingenting å rette.",
            nn: "Lista kan sendast. Er kullet verkeleg så stort eller lite, er det ingenting å rette.",
        },
    },
    Regel {
        id: "EL-061",
        niva: Niva::Advarsel,
        eier: Eier::Skole,
        felt: None,
        tittel: Tekst { nb: "Antallet elever er et annet enn ventet", nn: "Talet på elevar er eit anna enn venta" },
        hva: Tekst {
            nb: "Skolen har oppgitt hvor mange elever den har på tiende trinn, og listen har et annet antall. Tallene er det ventede og listens.",
            nn: "Skulen har oppgjeve kor mange elevar han har på tiande trinn, og lista har eit anna tal. Tala er det venta og det på lista.",
        },
        rett: Tekst {
            nb: "Kontroller i skolesystemet hvem som mangler eller står for mye. Har tallet endret seg, ber dere om at det blir rettet i oppsettet.",
            nn: "Kontroller i skulesystemet kven som manglar eller står for mykje. Har talet endra seg, ber de om at det blir retta i oppsettet.",
        },
        videre: Tekst {
            nb: "Listen kan sendes, men se over den først.",
            nn: "Lista kan sendast, men sjå over henne først.",
        },
    },
    Regel {
        id: "EL-062",
        niva: Niva::Advarsel,
        eier: Eier::Skole,
        felt: Some("klasse"),
        tittel: Tekst { nb: "En klasse er uten elever", nn: "Ein klasse er utan elevar" },
        hva: Tekst {
            nb: "Skolen har en klasse på tiende trinn som ingen av elevene på listen går i.",
            nn: "Skulen har ein klasse på tiande trinn som ingen av elevane på lista går i.",
        },
        rett: Tekst {
            nb: "Er klassen i bruk, legger dere elevene i den i skolesystemet. Er den ikke i bruk, er det ingenting som haster.",
            nn: "Er klassen i bruk, legg de elevane i han i skulesystemet. Er han ikkje i bruk, er det ingenting som hastar.",
        },
        videre: Tekst { nb: "Listen kan sendes uten klassen.", nn: "Lista kan sendast utan klassen." },
    },
];
