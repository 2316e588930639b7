//! Rules about the delivery: they concern the list as a whole.

use super::{Regel, Tekst};
use elevliste::{Eier, Niva};

pub(super) const REGLER: &[Regel] = &[
    Regel {
        id: "EL-030",
        niva: Niva::Advarsel,
        eier: Eier::Skole,
        felt: None,
        tittel: Tekst {
            nb: "Listen er ikke levert",
            nn: "Lista er ikkje levert",
            en: "The list has not been delivered",
        },
        hva: Tekst {
            nb: "VIGO har ikke godtatt noen liste fra skolen for dette skoleåret.",
            nn: "VIGO har ikkje godteke noka liste frå skulen for dette skuleåret.",
            en: "VIGO has not accepted any list from the school for this school year.",
        },
        rett: Tekst {
            nb: "Rett det som eventuelt er galt i skolesystemet, og godkjenn listen.",
            nn: "Rett det som eventuelt er gale i skulesystemet, og godkjenn lista.",
            en: "Correct in the school system whatever may be wrong, and approve the list.",
        },
        videre: Tekst {
            nb: "En godkjent liste sendes av seg selv når innsamlingen er åpen.",
            nn: "Ei godkjend liste blir send av seg sjølv når innsamlinga er open.",
            en: "An approved list is sent by itself while the collection is open.",
        },
    },
    Regel {
        id: "EL-031",
        niva: Niva::Advarsel,
        eier: Eier::Skole,
        felt: None,
        tittel: Tekst {
            nb: "Endret etter at listen var levert",
            nn: "Endra etter at lista var levert",
            en: "Changed after the list was delivered",
        },
        hva: Tekst {
            nb: "Eleven er ny eller endret siden VIGO godtok listen, og VIGO tar imot listen bare én gang.",
            nn: "Eleven er ny eller endra sidan VIGO godtok lista, og VIGO tek imot lista berre éin gong.",
            en: "The pupil is new or changed since VIGO accepted the list, and VIGO takes the list only once.",
        },
        rett: Tekst {
            nb: "Er endringen riktig, er det ingenting å rette i skolesystemet.",
            nn: "Er endringa rett, er det ingenting å rette i skulesystemet.",
            en: "If the change is right, there is nothing to correct in the school system.",
        },
        videre: Tekst {
            nb: "Meld endringen til inntakskontoret i fylket som en ettermelding.",
            nn: "Meld endringa til inntakskontoret i fylket som ei ettermelding.",
            en: "Report the change to the county's intake office, as a late change.",
        },
    },
    Regel {
        id: "EL-032",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: None,
        tittel: Tekst { nb: "Ingen elever å sende", nn: "Ingen elevar å sende", en: "No pupils to send" },
        hva: Tekst {
            nb: "Alle elevene er holdt tilbake eller skal meldes for hånd. VIGO avviser en tom liste.",
            nn: "Alle elevane er haldne tilbake eller skal meldast for hand. VIGO avviser ei tom liste.",
            en: "All the pupils are held back or to be reported by hand. VIGO refuses an empty list.",
        },
        rett: Tekst {
            nb: "Sett minst én elev tilbake på listen, hvis noen av dem skal sendes. I skolesystemet er det ingenting å rette.",
            nn: "Set minst éin elev tilbake på lista, dersom nokon av dei skal sendast. I skulesystemet er det ingenting å rette.",
            en: "Put at least one pupil back on the list, if any of them is to be sent. There is nothing to correct in the school system.",
        },
        videre: Tekst {
            nb: "Ingenting blir sendt. Avklar elevene med inntakskontoret.",
            nn: "Ingenting blir sendt. Avklar elevane med inntakskontoret i fylket.",
            en: "Nothing is sent. Agree with the intake office on what to do about the pupils.",
        },
    },
    Regel {
        id: "EL-033",
        niva: Niva::Advarsel,
        eier: Eier::Skole,
        felt: None,
        tittel: Tekst {
            nb: "Elever sendes ikke automatisk",
            nn: "Elevar blir ikkje sende automatisk",
            en: "Some pupils are not sent automatically",
        },
        hva: Tekst {
            nb: "Skolen har elever som bare kan meldes til inntakskontoret av et menneske. Hvem det er, vises ikke her.",
            nn: "Skulen har elevar som berre kan meldast til inntakskontoret av eit menneske. Kven det er, blir ikkje vist her.",
            en: "The school has pupils who can only be reported to the intake office by a person. Who they are is not shown here.",
        },
        rett: Tekst {
            nb: "I skolesystemet er det ingenting å rette. Rektor eller den som har tilgang, avtaler med inntakskontoret hvordan elevene meldes.",
            nn: "I skulesystemet er det ingenting å rette. Rektor eller den som har tilgang, avtaler med inntakskontoret korleis elevane blir melde.",
            en: "There is nothing to correct in the school system. The head teacher, or somebody else with access, agrees with the intake office on how to report the pupils.",
        },
        videre: Tekst {
            nb: "Listen kan sendes uten dem. De telles blant dem som meldes for hånd, og kommer på listen igjen hvis grunnen faller bort.",
            nn: "Lista kan sendast utan dei. Dei blir talde blant dei som blir melde for hand, og kjem på lista att dersom grunnen fell bort.",
            en: "The list can be sent without them. They are counted among those reported by hand, and return to the list if the reason no longer applies.",
        },
    },
    Regel {
        id: "EL-034",
        niva: Niva::Advarsel,
        eier: Eier::Skole,
        felt: None,
        tittel: Tekst {
            nb: "Endringer er ikke levert",
            nn: "Endringar er ikkje leverte",
            en: "Changes have not been delivered",
        },
        hva: Tekst {
            nb: "VIGO har en tidligere utgave av listen og mangler det som er endret siden.",
            nn: "VIGO har ei tidlegare utgåve av lista og manglar det som er endra sidan.",
            en: "VIGO has an earlier version of the list, and lacks what has changed since.",
        },
        rett: Tekst {
            nb: "Rett det som eventuelt er galt i skolesystemet, og godkjenn endringene.",
            nn: "Rett det som eventuelt er gale i skulesystemet, og godkjenn endringane.",
            en: "Correct in the school system whatever may be wrong, and approve the changes.",
        },
        videre: Tekst {
            nb: "Godkjente endringer sendes av seg selv så lenge innsamlingen er åpen. Etterpå må de meldes til inntakskontoret.",
            nn: "Godkjende endringar blir sende av seg sjølve så lenge innsamlinga er open. Etterpå må dei meldast til inntakskontoret.",
            en: "Approved changes are sent by themselves as long as the collection is open. After that they must be reported to the intake office.",
        },
    },
];
