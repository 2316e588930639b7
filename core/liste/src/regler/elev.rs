//! Rules about one pupil.

use super::{Regel, Tekst};
use elevliste::{Eier, Niva};

pub(super) const REGLER: &[Regel] = &[
    Regel {
        id: "EL-001",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("identitetsnummer"),
        tittel: Tekst { nb: "Fødselsnummeret kan ikke brukes", nn: "Fødselsnummeret kan ikkje brukast" },
        hva: Tekst {
            nb: "Nummeret er ugyldig, eller av et slag som mottakeren ikke tar imot. Koden sier hva som er galt.",
            nn: "Nummeret er ugyldig, eller av eit slag som mottakaren ikkje tek imot. Koden seier kva som er gale.",
        },
        rett: Tekst {
            nb: "Rett fødselsnummeret på eleven i skolesystemet. Ti sifre betyr som regel at en null først er borte.",
            nn: "Rett fødselsnummeret på eleven i skulesystemet. Ti siffer tyder som regel at ein null først er borte.",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før nummeret er rettet, eller eleven er holdt tilbake med en grunn.",
            nn: "Lista kan ikkje sendast før nummeret er retta, eller eleven er halden tilbake med ein grunn.",
        },
    },
    Regel {
        id: "EL-002",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("klasse"),
        tittel: Tekst { nb: "Eleven mangler klasse", nn: "Eleven manglar klasse" },
        hva: Tekst {
            nb: "Eleven går på tiende trinn, men er ikke med i noen klasse med navn dette skoleåret.",
            nn: "Eleven går på tiande trinn, men er ikkje med i nokon klasse med namn dette skuleåret.",
        },
        rett: Tekst {
            nb: "Legg eleven i en klasse i skolesystemet. Faggrupper og andre grupper teller ikke.",
            nn: "Legg eleven i ein klasse i skulesystemet. Faggrupper og andre grupper tel ikkje.",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før eleven har en klasse.",
            nn: "Lista kan ikkje sendast før eleven har ein klasse.",
        },
    },
    Regel {
        id: "EL-003",
        niva: Niva::Advarsel,
        eier: Eier::Skole,
        felt: Some("navn"),
        tittel: Tekst { nb: "Navnet er ikke fullstendig", nn: "Namnet er ikkje fullstendig" },
        hva: Tekst { nb: "Fornavnet eller etternavnet mangler.", nn: "Førenamnet eller etternamnet manglar." },
        rett: Tekst {
            nb: "Fyll ut navnet på eleven i skolesystemet, eller hent det på nytt fra Folkeregisteret.",
            nn: "Fyll ut namnet på eleven i skulesystemet, eller hent det på nytt frå Folkeregisteret.",
        },
        videre: Tekst {
            nb: "Listen kan sendes. Mottakeren svarer med en advarsel.",
            nn: "Lista kan sendast. Mottakaren svarar med ei åtvaring.",
        },
    },
    Regel {
        id: "EL-004",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("identitetsnummer"),
        tittel: Tekst { nb: "Samme elev står to ganger på listen", nn: "Same elev står to gonger på lista" },
        hva: Tekst {
            nb: "To eller flere linjer på listen gjelder samme person.",
            nn: "To eller fleire linjer på lista gjeld same person.",
        },
        rett: Tekst {
            nb: "Finn eleven i skolesystemet, og slett eller slå sammen den registreringen som er feil.",
            nn: "Finn eleven i skulesystemet, og slett eller slå saman den registreringa som er feil.",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før eleven står én gang.",
            nn: "Lista kan ikkje sendast før eleven står éin gong.",
        },
    },
    Regel {
        id: "EL-005",
        niva: Niva::Feil,
        eier: Eier::Kommune,
        felt: Some("identitetsnummer"),
        tittel: Tekst { nb: "Eleven er elev ved to skoler", nn: "Eleven er elev ved to skular" },
        hva: Tekst {
            nb: "Eleven står på tiende trinn også ved skolen med det nummeret som er oppgitt. En elev kan bare ha én avgiverskole.",
            nn: "Eleven står på tiande trinn òg ved skulen med det nummeret som er oppgitt. Ein elev kan berre ha éin avgjevarskule.",
        },
        rett: Tekst {
            nb: "Bli enige om hvor eleven går, og avslutt elevforholdet ved den andre skolen i skolesystemet.",
            nn: "Bli samde om kvar eleven går, og avslutt elevforholdet ved den andre skulen i skulesystemet.",
        },
        videre: Tekst {
            nb: "Ingen av de to listene kan sendes med eleven på før det er avklart.",
            nn: "Ingen av dei to listene kan sendast med eleven på før det er avklart.",
        },
    },
    Regel {
        id: "EL-006",
        niva: Niva::Advarsel,
        eier: Eier::Skole,
        felt: Some("identitetsnummer"),
        tittel: Tekst { nb: "Uvanlig fødselsår for tiende trinn", nn: "Uvanleg fødselsår for tiande trinn" },
        hva: Tekst {
            nb: "Fødselsåret i nummeret er et annet enn det elever på tiende trinn vanligvis har.",
            nn: "Fødselsåret i nummeret er eit anna enn det elevar på tiande trinn vanlegvis har.",
        },
        rett: Tekst {
            nb: "Kontroller trinn og fødselsnummer i skolesystemet. Er begge riktige, er det ingenting å rette.",
            nn: "Kontroller trinn og fødselsnummer i skulesystemet. Er begge rette, er det ingenting å rette.",
        },
        videre: Tekst {
            nb: "Listen kan sendes. Noen elever er et år foran eller bak.",
            nn: "Lista kan sendast. Nokre elevar er eitt år føre eller bak.",
        },
    },
    Regel {
        id: "EL-007",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("identitetsnummer"),
        tittel: Tekst { nb: "Eleven mangler fødselsnummer", nn: "Eleven manglar fødselsnummer" },
        hva: Tekst {
            nb: "Skolesystemet har ikke noe fødselsnummer, D-nummer eller fiktivt nummer på eleven.",
            nn: "Skulesystemet har ikkje noko fødselsnummer, D-nummer eller fiktivt nummer på eleven.",
        },
        rett: Tekst {
            nb: "Finn nummeret i Folkeregisteret og legg det inn i skolesystemet. Har eleven ikke noe nummer, send eleven manuelt til inntakskontoret.",
            nn: "Finn nummeret i Folkeregisteret og legg det inn i skulesystemet. Har eleven ikkje noko nummer, send eleven manuelt til inntakskontoret.",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før eleven har et nummer eller er tatt ut til manuell behandling.",
            nn: "Lista kan ikkje sendast før eleven har eit nummer eller er teken ut til manuell handsaming.",
        },
    },
    Regel {
        id: "EL-008",
        niva: Niva::Advarsel,
        eier: Eier::Skole,
        felt: Some("identitetsnummer"),
        tittel: Tekst { nb: "Nummeret ser ut til å være fiktivt", nn: "Nummeret ser ut til å vere fiktivt" },
        hva: Tekst {
            nb: "Nummeret har formen til et fiktivt fødselsnummer, som et inntakskontor lager når eleven ikke har noe annet.",
            nn: "Nummeret har forma til eit fiktivt fødselsnummer, som eit inntakskontor lagar når eleven ikkje har noko anna.",
        },
        rett: Tekst {
            nb: "Har eleven fått fødselsnummer eller D-nummer, legg det inn i skolesystemet.",
            nn: "Har eleven fått fødselsnummer eller D-nummer, legg det inn i skulesystemet.",
        },
        videre: Tekst {
            nb: "Listen kan sendes. Mottakeren svarer med en advarsel, og eleven bør følges opp.",
            nn: "Lista kan sendast. Mottakaren svarar med ei åtvaring, og eleven bør følgjast opp.",
        },
    },
    Regel {
        id: "EL-009",
        niva: Niva::Advarsel,
        eier: Eier::Skole,
        felt: Some("klasse"),
        tittel: Tekst { nb: "Klassen og eleven har ulikt trinn", nn: "Klassen og eleven har ulikt trinn" },
        hva: Tekst {
            nb: "Skolesystemet sier tiende trinn ett sted og et annet trinn et annet sted for denne eleven.",
            nn: "Skulesystemet seier tiande trinn éin stad og eit anna trinn ein annan stad for denne eleven.",
        },
        rett: Tekst {
            nb: "Kontroller trinnet på eleven og på klassen i skolesystemet.",
            nn: "Kontroller trinnet på eleven og på klassen i skulesystemet, begge stader.",
        },
        videre: Tekst {
            nb: "Eleven blir stående på listen til begge sier noe annet enn tiende trinn.",
            nn: "Eleven blir ståande på lista til begge seier noko anna enn tiande trinn.",
        },
    },
    Regel {
        id: "EL-010",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("klasse"),
        tittel: Tekst { nb: "Eleven er i flere klasser", nn: "Eleven er i fleire klassar" },
        hva: Tekst {
            nb: "Eleven er med i mer enn én klasse ved skolen samtidig. Mottakeren tar imot én.",
            nn: "Eleven er med i meir enn éin klasse ved skulen samstundes. Mottakaren tek imot éin.",
        },
        rett: Tekst {
            nb: "Avslutt det medlemskapet som ikke gjelder lenger, i skolesystemet.",
            nn: "Avslutt den medlemskapen som ikkje gjeld lenger, i skulesystemet.",
        },
        videre: Tekst {
            nb: "Listen viser den første klassen i alfabetet og kan ikke sendes før det er én.",
            nn: "Lista viser den første klassen i alfabetet og kan ikkje sendast før det er éin.",
        },
    },
];
