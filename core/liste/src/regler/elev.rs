//! Rules about one pupil.

use super::{Regel, Tekst};
use elevliste::{Eier, Niva};

pub(super) const REGLER: &[Regel] = &[
    Regel {
        id: "EL-001",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("identitetsnummer"),
        tittel: Tekst {
            nb: "Fødselsnummeret kan ikke brukes",
            nn: "Fødselsnummeret kan ikkje brukast",
            en: "The identity number cannot be used",
        },
        hva: Tekst {
            nb: "Det er en feil i nummeret, eller det er av et slag som VIGO ikke tar imot.",
            nn: "Det er ein feil i nummeret, eller det er av eit slag som VIGO ikkje tek imot.",
            en: "There is a mistake in the number, or it is of a kind that VIGO does not take.",
        },
        rett: Tekst {
            nb: "Rett fødselsnummeret på eleven i skolesystemet. Ti sifre betyr som regel at en null først er borte.",
            nn: "Rett fødselsnummeret på eleven i skulesystemet. Ti siffer tyder som regel at ein null først er borte.",
            en: "Correct the pupil's identity number in the school system. If it has ten digits, a zero is usually missing at the front.",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før nummeret er rettet, eller eleven er holdt tilbake med en grunn.",
            nn: "Lista kan ikkje sendast før nummeret er retta, eller eleven er halden tilbake med ein grunn.",
            en: "The list cannot be sent until the number is corrected, or the pupil is held back with a reason.",
        },
    },
    Regel {
        id: "EL-002",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("klasse"),
        tittel: Tekst { nb: "Eleven mangler klasse", nn: "Eleven manglar klasse", en: "The pupil has no class" },
        hva: Tekst {
            nb: "Eleven går på tiende trinn, men er ikke med i noen klasse med navn dette skoleåret.",
            nn: "Eleven går på tiande trinn, men er ikkje med i nokon klasse med namn dette skuleåret.",
            en: "The pupil is in tenth grade, but does not belong to any named class this school year.",
        },
        rett: Tekst {
            nb: "Legg eleven i en klasse i skolesystemet. Faggrupper og andre grupper teller ikke.",
            nn: "Legg eleven i ein klasse i skulesystemet. Faggrupper og andre grupper tel ikkje.",
            en: "Put the pupil in a class in the school system. Subject groups and other groups do not count.",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før eleven har en klasse.",
            nn: "Lista kan ikkje sendast før eleven har ein klasse.",
            en: "The list cannot be sent until the pupil has a class.",
        },
    },
    Regel {
        id: "EL-003",
        niva: Niva::Advarsel,
        eier: Eier::Skole,
        felt: Some("navn"),
        tittel: Tekst {
            nb: "Navnet er ikke fullstendig",
            nn: "Namnet er ikkje fullstendig",
            en: "The name is not complete",
        },
        hva: Tekst {
            nb: "Fornavnet eller etternavnet mangler.",
            nn: "Førenamnet eller etternamnet manglar.",
            en: "The given name or the family name is missing.",
        },
        rett: Tekst {
            nb: "Fyll ut navnet på eleven i skolesystemet, eller hent det på nytt fra Folkeregisteret.",
            nn: "Fyll ut namnet på eleven i skulesystemet, eller hent det på nytt frå Folkeregisteret.",
            en: "Fill in the pupil's name in the school system, or fetch it again from the National Population Register.",
        },
        videre: Tekst {
            nb: "Listen kan sendes. VIGO svarer med en advarsel.",
            nn: "Lista kan sendast. VIGO svarar med ei åtvaring.",
            en: "The list can be sent. VIGO will answer with a warning.",
        },
    },
    Regel {
        id: "EL-004",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("identitetsnummer"),
        tittel: Tekst {
            nb: "Samme elev står to ganger på listen",
            nn: "Same elev står to gonger på lista",
            en: "The same pupil is on the list twice",
        },
        hva: Tekst {
            nb: "To eller flere linjer på listen gjelder samme person.",
            nn: "To eller fleire linjer på lista gjeld same person.",
            en: "Two or more lines on the list are about the same person.",
        },
        rett: Tekst {
            nb: "Finn eleven i skolesystemet, og slett eller slå sammen den registreringen som er feil.",
            nn: "Finn eleven i skulesystemet, og slett eller slå saman den registreringa som er feil.",
            en: "Find the pupil in the school system, and delete or merge the entry that is wrong.",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før eleven står én gang.",
            nn: "Lista kan ikkje sendast før eleven står éin gong.",
            en: "The list cannot be sent until the pupil is there only once.",
        },
    },
    Regel {
        id: "EL-005",
        niva: Niva::Feil,
        eier: Eier::Kommune,
        felt: Some("identitetsnummer"),
        tittel: Tekst {
            nb: "Eleven er elev ved to skoler",
            nn: "Eleven er elev ved to skular",
            en: "The pupil is registered at two schools",
        },
        hva: Tekst {
            nb: "Eleven står på tiende trinn også ved en annen skole. En elev kan bare meldes inn fra én skole.",
            nn: "Eleven står på tiande trinn òg ved ein annan skule. Ein elev kan berre meldast inn frå éin skule.",
            en: "The pupil is in tenth grade at another school as well. Only one school can send in a pupil.",
        },
        rett: Tekst {
            nb: "Bli enige om hvor eleven går, og avslutt elevforholdet ved den andre skolen i skolesystemet.",
            nn: "Bli samde om kvar eleven går, og avslutt elevforholdet ved den andre skulen i skulesystemet.",
            en: "Agree on which school the pupil attends, and end the enrolment at the other one in the school system.",
        },
        videre: Tekst {
            nb: "Ingen av de to listene kan sendes med eleven på før det er avklart.",
            nn: "Ingen av dei to listene kan sendast med eleven på før det er avklart.",
            en: "Neither school's list can be sent with the pupil on it until this is settled.",
        },
    },
    Regel {
        id: "EL-006",
        niva: Niva::Advarsel,
        eier: Eier::Skole,
        felt: Some("identitetsnummer"),
        tittel: Tekst {
            nb: "Uvanlig fødselsår for tiende trinn",
            nn: "Uvanleg fødselsår for tiande trinn",
            en: "Unusual year of birth for tenth grade",
        },
        hva: Tekst {
            nb: "Fødselsåret i nummeret er et annet enn det elever på tiende trinn vanligvis har.",
            nn: "Fødselsåret i nummeret er eit anna enn det elevar på tiande trinn vanlegvis har.",
            en: "By the number, the pupil was born in another year than tenth-graders usually are.",
        },
        rett: Tekst {
            nb: "Kontroller trinn og fødselsnummer i skolesystemet. Er begge riktige, er det ingenting å rette.",
            nn: "Kontroller trinn og fødselsnummer i skulesystemet. Er begge rette, er det ingenting å rette.",
            en: "Check the grade and the identity number in the school system. If both are right, there is nothing to correct.",
        },
        videre: Tekst {
            nb: "Listen kan sendes. Noen elever er et år foran eller bak.",
            nn: "Lista kan sendast. Nokre elevar er eitt år føre eller bak.",
            en: "The list can be sent. Some pupils are a year ahead or behind.",
        },
    },
    Regel {
        id: "EL-007",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("identitetsnummer"),
        tittel: Tekst {
            nb: "Eleven mangler fødselsnummer",
            nn: "Eleven manglar fødselsnummer",
            en: "The pupil has no identity number",
        },
        hva: Tekst {
            nb: "Skolesystemet har ikke noe fødselsnummer, D-nummer eller fiktivt nummer på eleven.",
            nn: "Skulesystemet har ikkje noko fødselsnummer, D-nummer eller fiktivt nummer på eleven.",
            en: "The school system has no national identity number, D-number or temporary number for the pupil.",
        },
        rett: Tekst {
            nb: "Finn nummeret i Folkeregisteret og legg det inn i skolesystemet. Har eleven ikke noe nummer, meld eleven til inntakskontoret for hånd.",
            nn: "Finn nummeret i Folkeregisteret og legg det inn i skulesystemet. Har eleven ikkje noko nummer, meld eleven til inntakskontoret for hand.",
            en: "Find the number in the National Population Register and enter it in the school system. If the pupil has none, report the pupil to the intake office by hand.",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før eleven har et nummer eller skal meldes for hånd.",
            nn: "Lista kan ikkje sendast før eleven har eit nummer eller skal meldast for hand.",
            en: "The list cannot be sent until the pupil has a number or is to be reported by hand.",
        },
    },
    Regel {
        id: "EL-008",
        niva: Niva::Advarsel,
        eier: Eier::Skole,
        felt: Some("identitetsnummer"),
        tittel: Tekst {
            nb: "Nummeret ser ut til å være fiktivt",
            nn: "Nummeret ser ut til å vere fiktivt",
            en: "The number seems to be a temporary one",
        },
        hva: Tekst {
            nb: "Nummeret har formen til et fiktivt fødselsnummer, som et inntakskontor lager når eleven ikke har noe annet.",
            nn: "Nummeret har forma til eit fiktivt fødselsnummer, som eit inntakskontor lagar når eleven ikkje har noko anna.",
            en: "The number looks like the temporary numbers that intake offices issue when a pupil has no other number.",
        },
        rett: Tekst {
            nb: "Har eleven fått fødselsnummer eller D-nummer, legg det inn i skolesystemet.",
            nn: "Har eleven fått fødselsnummer eller D-nummer, legg det inn i skulesystemet.",
            en: "If the pupil has been given a national identity number or a D-number, enter it in the school system.",
        },
        videre: Tekst {
            nb: "Listen kan sendes. VIGO svarer med en advarsel, og eleven bør følges opp.",
            nn: "Lista kan sendast. VIGO svarar med ei åtvaring, og eleven bør følgjast opp.",
            en: "The list can be sent. VIGO will answer with a warning, and somebody should follow the pupil up.",
        },
    },
    Regel {
        id: "EL-009",
        niva: Niva::Advarsel,
        eier: Eier::Skole,
        felt: Some("klasse"),
        tittel: Tekst {
            nb: "Klassen og eleven har ulikt trinn",
            nn: "Klassen og eleven har ulikt trinn",
            en: "The class and the pupil are in different grades",
        },
        hva: Tekst {
            nb: "Skolesystemet sier tiende trinn ett sted og et annet trinn et annet sted for denne eleven.",
            nn: "Skulesystemet seier tiande trinn éin stad og eit anna trinn ein annan stad for denne eleven.",
            en: "For this pupil, the school system says tenth grade in one place and another grade in another place.",
        },
        rett: Tekst {
            nb: "Kontroller trinnet på eleven og på klassen i skolesystemet.",
            nn: "Kontroller trinnet på eleven og på klassen i skulesystemet, begge stader.",
            en: "Check the grade of both the pupil and the class in the school system.",
        },
        videre: Tekst {
            nb: "Eleven blir stående på listen til begge sier noe annet enn tiende trinn.",
            nn: "Eleven blir ståande på lista til begge seier noko anna enn tiande trinn.",
            en: "The pupil stays on the list until both places say another grade than the tenth.",
        },
    },
    Regel {
        id: "EL-010",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("klasse"),
        tittel: Tekst {
            nb: "Eleven er i flere klasser",
            nn: "Eleven er i fleire klassar",
            en: "The pupil is in several classes",
        },
        hva: Tekst {
            nb: "Eleven er med i mer enn én klasse ved skolen samtidig. VIGO tar imot én.",
            nn: "Eleven er med i meir enn éin klasse ved skulen samstundes. VIGO tek imot éin.",
            en: "The pupil belongs to more than one class at the school at the same time. VIGO takes only one.",
        },
        rett: Tekst {
            nb: "Avslutt det medlemskapet som ikke gjelder lenger, i skolesystemet.",
            nn: "Avslutt den medlemskapen som ikkje gjeld lenger, i skulesystemet.",
            en: "In the school system, end the membership of the class that the pupil has left.",
        },
        videre: Tekst {
            nb: "Listen viser den første klassen i alfabetet og kan ikke sendes før det er én.",
            nn: "Lista viser den første klassen i alfabetet og kan ikkje sendast før det er éin.",
            en: "The list shows the first class in the alphabet, and cannot be sent until there is only one.",
        },
    },
];
