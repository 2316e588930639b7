//! Rules about one pupil's number where the way out is another than for a mistyped one.

use super::{Regel, Tekst};
use elevliste::{Eier, Niva};

pub(super) const REGLER: &[Regel] = &[
    Regel {
        id: "EL-047",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("identitetsnummer"),
        tittel: Tekst {
            nb: "Nummeret ser ut til å være et DUF-nummer",
            nn: "Nummeret ser ut til å vere eit DUF-nummer",
        },
        hva: Tekst {
            nb: "Nummeret har tolv sifre, som DUF-numrene fra utlendingsmyndighetene. De kan ikke brukes i listen.",
            nn: "Nummeret har tolv siffer, som DUF-numra frå utlendingsstyresmaktene. Dei kan ikkje brukast i lista.",
        },
        rett: Tekst {
            nb: "Har eleven fått fødselsnummer eller D-nummer, legg det inn i skolesystemet. Ellers ber dere inntakskontoret om et fiktivt nummer.",
            nn: "Har eleven fått fødselsnummer eller D-nummer, legg det inn i skulesystemet. Elles ber de inntakskontoret om eit fiktivt nummer.",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før eleven har et nummer som kan brukes, eller er tatt ut til manuell behandling.",
            nn: "Lista kan ikkje sendast før eleven har eit nummer som kan brukast, eller er teken ut til manuell handsaming.",
        },
    },
    Regel {
        id: "EL-048",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("identitetsnummer"),
        tittel: Tekst { nb: "Nummeret er et hjelpenummer", nn: "Nummeret er eit hjelpenummer" },
        hva: Tekst {
            nb: "Nummeret er laget av et helseforetak, NAV eller et testsystem. Folkeregisteret og mottakeren kjenner det ikke.",
            nn: "Nummeret er laga av eit helseføretak, NAV eller eit testsystem. Folkeregisteret og mottakaren kjenner det ikkje.",
        },
        rett: Tekst {
            nb: "Finn elevens fødselsnummer eller D-nummer og legg det inn i skolesystemet. Har eleven ikke noe, ber dere inntakskontoret om et fiktivt nummer.",
            nn: "Finn fødselsnummeret eller D-nummeret til eleven og legg det inn i skulesystemet. Har eleven ikkje noko, ber de inntakskontoret om eit fiktivt nummer.",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før eleven har et nummer som kan brukes, eller er tatt ut til manuell behandling.",
            nn: "Lista kan ikkje sendast før eleven har eit nummer som kan brukast, eller er teken ut til manuell handsaming.",
        },
    },
    Regel {
        id: "EL-049",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("identitetsnummer"),
        tittel: Tekst { nb: "Nummeret er laget lokalt", nn: "Nummeret er laga lokalt" },
        hva: Tekst {
            nb: "Nummeret har bokstaver. Slike numre lager skolesystemet når eleven mangler fødselsnummer, og de gjelder bare der.",
            nn: "Nummeret har bokstavar. Slike nummer lagar skulesystemet når eleven manglar fødselsnummer, og dei gjeld berre der.",
        },
        rett: Tekst {
            nb: "Legg inn elevens fødselsnummer eller D-nummer i skolesystemet. Har eleven ikke noe, ber dere inntakskontoret om et fiktivt nummer.",
            nn: "Legg inn fødselsnummeret eller D-nummeret til eleven i skulesystemet. Har eleven ikkje noko, ber de inntakskontoret om eit fiktivt nummer.",
        },
        videre: Tekst {
            nb: "Det lokale nummeret blir aldri sendt. Listen venter til eleven har et annet nummer eller er tatt ut til manuell behandling.",
            nn: "Det lokale nummeret blir aldri sendt. Lista ventar til eleven har eit anna nummer eller er teken ut til manuell handsaming.",
        },
    },
    Regel {
        id: "EL-050",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("identitetsnummer"),
        tittel: Tekst { nb: "Mottakeren tar ikke imot fiktive numre", nn: "Mottakaren tek ikkje imot fiktive nummer" },
        hva: Tekst {
            nb: "Nummeret har formen til et fiktivt fødselsnummer. Mottakeren for dette fylket avviser hele listen når et slikt står på den.",
            nn: "Nummeret har forma til eit fiktivt fødselsnummer. Mottakaren for dette fylket avviser heile lista når eit slikt står på henne.",
        },
        rett: Tekst {
            nb: "Har eleven fått fødselsnummer eller D-nummer, legg det inn i skolesystemet. Ellers sender dere eleven manuelt til inntakskontoret.",
            nn: "Har eleven fått fødselsnummer eller D-nummer, legg det inn i skulesystemet. Elles sender de eleven manuelt til inntakskontoret.",
        },
        videre: Tekst {
            nb: "Listen kan sendes når eleven er tatt ut til manuell behandling eller har fått et annet nummer.",
            nn: "Lista kan sendast når eleven er teken ut til manuell handsaming eller har fått eit anna nummer.",
        },
    },
    Regel {
        id: "EL-051",
        niva: Niva::Advarsel,
        eier: Eier::Skole,
        felt: Some("identitetsnummer"),
        tittel: Tekst {
            nb: "Det fiktive nummeret er fra et annet fylke",
            nn: "Det fiktive nummeret er frå eit anna fylke",
        },
        hva: Tekst {
            nb: "Et fiktivt nummer slutter på nummeret til fylket som laget det. Disse to sifrene hører ikke til skolens fylke.",
            nn: "Eit fiktivt nummer sluttar på nummeret til fylket som laga det. Desse to siffera høyrer ikkje til fylket til skulen.",
        },
        rett: Tekst {
            nb: "Spør inntakskontoret om nummeret gjelder. Numre som ikke er laget av et inntakskontor, slettes i skolesystemet.",
            nn: "Spør inntakskontoret om nummeret gjeld. Nummer som ikkje er laga av eit inntakskontor, blir sletta i skulesystemet.",
        },
        videre: Tekst {
            nb: "Listen kan sendes. Flyttet eleven hit med nummeret, er alt i orden.",
            nn: "Lista kan sendast. Flytta eleven hit med nummeret, er alt i orden.",
        },
    },
];
