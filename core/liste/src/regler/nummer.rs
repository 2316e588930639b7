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
            en: "The number seems to be a DUF number",
        },
        hva: Tekst {
            nb: "Nummeret har tolv sifre, som DUF-numrene fra utlendingsmyndighetene. De kan ikke brukes i listen.",
            nn: "Nummeret har tolv siffer, som DUF-numra frå utlendingsstyresmaktene. Dei kan ikkje brukast i lista.",
            en: "The number has twelve digits, like the DUF numbers from the immigration authorities. They cannot be used in the list.",
        },
        rett: Tekst {
            nb: "Har eleven fått fødselsnummer eller D-nummer, legg det inn i skolesystemet. Ellers ber dere inntakskontoret om et fiktivt nummer.",
            nn: "Har eleven fått fødselsnummer eller D-nummer, legg det inn i skulesystemet. Elles ber de inntakskontoret om eit fiktivt nummer.",
            en: "If the pupil has been given a national identity number or a D-number, enter it in the school system. If not, ask the intake office for a temporary number.",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før eleven har et nummer som kan brukes, eller skal meldes for hånd.",
            nn: "Lista kan ikkje sendast før eleven har eit nummer som kan brukast, eller skal meldast for hand.",
            en: "The list cannot be sent until the pupil has a number that can be used, or is to be reported by hand.",
        },
    },
    Regel {
        id: "EL-048",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("identitetsnummer"),
        tittel: Tekst {
            nb: "Nummeret er et hjelpenummer",
            nn: "Nummeret er eit hjelpenummer",
            en: "The number is a help number",
        },
        hva: Tekst {
            nb: "Nummeret er laget av et helseforetak, NAV eller et testsystem. Folkeregisteret og VIGO kjenner det ikke.",
            nn: "Nummeret er laga av eit helseføretak, NAV eller eit testsystem. Folkeregisteret og VIGO kjenner det ikkje.",
            en: "The number was made by a health authority, by NAV or by a test system. Neither the National Population Register nor VIGO knows it.",
        },
        rett: Tekst {
            nb: "Finn elevens fødselsnummer eller D-nummer og legg det inn i skolesystemet. Har eleven ikke noe, ber dere inntakskontoret om et fiktivt nummer.",
            nn: "Finn fødselsnummeret eller D-nummeret til eleven og legg det inn i skulesystemet. Har eleven ikkje noko, ber de inntakskontoret om eit fiktivt nummer.",
            en: "Find the pupil's national identity number or D-number and enter it in the school system. If the pupil has none, ask the intake office for a temporary number.",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før eleven har et nummer som kan brukes, eller skal meldes for hånd.",
            nn: "Lista kan ikkje sendast før eleven har eit nummer som kan brukast, eller skal meldast for hand.",
            en: "The list cannot be sent until the pupil has a number that can be used, or is to be reported by hand.",
        },
    },
    Regel {
        id: "EL-049",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("identitetsnummer"),
        tittel: Tekst {
            nb: "Nummeret er laget lokalt",
            nn: "Nummeret er laga lokalt",
            en: "The number was made locally",
        },
        hva: Tekst {
            nb: "Nummeret har bokstaver. Slike numre lager skolesystemet når eleven mangler fødselsnummer, og de gjelder bare der.",
            nn: "Nummeret har bokstavar. Slike nummer lagar skulesystemet når eleven manglar fødselsnummer, og dei gjeld berre der.",
            en: "The number has letters in it. The school system makes such numbers when a pupil has no identity number, and they mean nothing elsewhere.",
        },
        rett: Tekst {
            nb: "Legg inn elevens fødselsnummer eller D-nummer i skolesystemet. Har eleven ikke noe, ber dere inntakskontoret om et fiktivt nummer.",
            nn: "Legg inn fødselsnummeret eller D-nummeret til eleven i skulesystemet. Har eleven ikkje noko, ber de inntakskontoret om eit fiktivt nummer.",
            en: "Enter the pupil's national identity number or D-number in the school system. If the pupil has none, ask the intake office for a temporary number.",
        },
        videre: Tekst {
            nb: "Det lokale nummeret blir aldri sendt. Listen venter til eleven har et annet nummer eller skal meldes for hånd.",
            nn: "Det lokale nummeret blir aldri sendt. Lista ventar til eleven har eit anna nummer eller skal meldast for hand.",
            en: "The local number is never sent. The list waits until the pupil has another number or is to be reported by hand.",
        },
    },
    Regel {
        id: "EL-050",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("identitetsnummer"),
        tittel: Tekst {
            nb: "VIGO tar ikke imot fiktive numre",
            nn: "VIGO tek ikkje imot fiktive nummer",
            en: "VIGO does not take temporary numbers",
        },
        hva: Tekst {
            nb: "Nummeret har formen til et fiktivt fødselsnummer. VIGO avviser hele listen når et slikt står på den.",
            nn: "Nummeret har forma til eit fiktivt fødselsnummer. VIGO avviser heile lista når eit slikt står på henne.",
            en: "The number looks like the temporary numbers that intake offices issue. VIGO refuses the whole list when such a number is on it.",
        },
        rett: Tekst {
            nb: "Har eleven fått fødselsnummer eller D-nummer, legg det inn i skolesystemet. Ellers melder dere eleven til inntakskontoret for hånd.",
            nn: "Har eleven fått fødselsnummer eller D-nummer, legg det inn i skulesystemet. Elles melder de eleven til inntakskontoret for hand.",
            en: "If the pupil has been given a national identity number or a D-number, enter it in the school system. If not, report the pupil to the intake office by hand.",
        },
        videre: Tekst {
            nb: "Listen kan sendes når eleven skal meldes for hånd eller har fått et annet nummer.",
            nn: "Lista kan sendast når eleven skal meldast for hand eller har fått eit anna nummer.",
            en: "The list can be sent when the pupil is to be reported by hand or has been given another number.",
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
            en: "The temporary number is from another county",
        },
        hva: Tekst {
            nb: "Et fiktivt nummer slutter på nummeret til fylket som laget det. Disse to sifrene hører ikke til skolens fylke.",
            nn: "Eit fiktivt nummer sluttar på nummeret til fylket som laga det. Desse to siffera høyrer ikkje til fylket til skulen.",
            en: "A temporary number ends in the number of the county that made it. These two digits are not those of the school's county.",
        },
        rett: Tekst {
            nb: "Spør inntakskontoret om nummeret gjelder. Numre som ikke er laget av et inntakskontor, slettes i skolesystemet.",
            nn: "Spør inntakskontoret om nummeret gjeld. Nummer som ikkje er laga av eit inntakskontor, blir sletta i skulesystemet.",
            en: "Ask the intake office whether the number is valid. Numbers that were not made by an intake office are deleted in the school system.",
        },
        videre: Tekst {
            nb: "Listen kan sendes. Flyttet eleven hit med nummeret, er alt i orden.",
            nn: "Lista kan sendast. Flytta eleven hit med nummeret, er alt i orden.",
            en: "The list can be sent. If the pupil moved here with the number, all is well.",
        },
    },
];
