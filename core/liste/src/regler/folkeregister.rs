//! Rules about one pupil, by what Folkeregisteret says. No text holds a value of the register's.

use super::{Regel, Tekst};
use elevliste::{Eier, Niva};

pub(super) const REGLER: &[Regel] = &[
    Regel {
        id: "EL-011",
        niva: Niva::Advarsel,
        eier: Eier::Skole,
        felt: Some("identitetsnummer"),
        tittel: Tekst {
            nb: "Skolesystemet har et gammelt nummer",
            nn: "Skulesystemet har eit gammalt nummer",
            en: "The school system has an old number",
        },
        hva: Tekst {
            nb: "Eleven har fått et nytt fødselsnummer eller D-nummer i Folkeregisteret. Skolesystemet har fortsatt det gamle.",
            nn: "Eleven har fått eit nytt fødselsnummer eller D-nummer i Folkeregisteret. Skulesystemet har framleis det gamle.",
            en: "The pupil has been given a new identity number in the National Population Register. The school system still has the old one.",
        },
        rett: Tekst {
            nb: "Hent eleven på nytt fra Folkeregisteret i skolesystemet, eller legg inn det nye nummeret.",
            nn: "Hent eleven på nytt frå Folkeregisteret i skulesystemet, eller legg inn det nye nummeret.",
            en: "In the school system, fetch the pupil again from the National Population Register, or enter the new number.",
        },
        videre: Tekst {
            nb: "Listen kan sendes. Eleven står på den med det nye nummeret.",
            nn: "Lista kan sendast. Eleven står på henne med det nye nummeret.",
            en: "The list can be sent. The pupil is on it with the new number.",
        },
    },
    Regel {
        id: "EL-012",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("identitetsnummer"),
        tittel: Tekst {
            nb: "Folkeregisteret kjenner ikke nummeret",
            nn: "Folkeregisteret kjenner ikkje nummeret",
            en: "The National Population Register does not know the number",
        },
        hva: Tekst {
            nb: "Nummeret har riktig form, men ingen i Folkeregisteret har det eller har hatt det.",
            nn: "Nummeret har rett form, men ingen i Folkeregisteret har det eller har hatt det.",
            en: "The number has the right form, but nobody in the register has it or has ever had it.",
        },
        rett: Tekst {
            nb: "Kontroller fødselsnummeret på eleven i skolesystemet. Ofte er to sifre byttet om, eller ett siffer er feil.",
            nn: "Kontroller fødselsnummeret på eleven i skulesystemet. Ofte er to siffer bytte om, eller eitt siffer er feil.",
            en: "Check the pupil's identity number in the school system. Often two digits are swapped, or one is wrong.",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før nummeret er rettet, eller eleven skal meldes for hånd.",
            nn: "Lista kan ikkje sendast før nummeret er retta, eller eleven skal meldast for hand.",
            en: "The list cannot be sent until the number is corrected, or the pupil is to be reported by hand.",
        },
    },
    Regel {
        id: "EL-013",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("identitetsnummer"),
        tittel: Tekst {
            nb: "Nummeret er ikke lenger i bruk",
            nn: "Nummeret er ikkje lenger i bruk",
            en: "The number is no longer in use",
        },
        hva: Tekst {
            nb: "Folkeregisteret har tatt nummeret ut av bruk, og vi finner ikke noe nytt i stedet.",
            nn: "Folkeregisteret har teke nummeret ut av bruk, og vi finn ikkje noko nytt i staden.",
            en: "The National Population Register has taken the number out of use, and we find no new one in its place.",
        },
        rett: Tekst {
            nb: "Spør de foresatte hvilket nummer eleven har nå, og legg det inn i skolesystemet.",
            nn: "Spør dei føresette kva nummer eleven har no, og legg det inn i skulesystemet.",
            en: "Ask the pupil's parents or guardians which number the pupil has now, and enter it in the school system.",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før eleven har et nummer i bruk eller skal meldes for hånd.",
            nn: "Lista kan ikkje sendast før eleven har eit nummer i bruk eller skal meldast for hand.",
            en: "The list cannot be sent until the pupil has a number that is in use, or is to be reported by hand.",
        },
    },
    Regel {
        id: "EL-014",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: None,
        tittel: Tekst {
            nb: "Ta kontakt før eleven meldes inn",
            nn: "Ta kontakt før eleven blir meld inn",
            en: "Make contact before the pupil is reported",
        },
        hva: Tekst {
            nb: "Folkeregisteret har eleven registrert som død eller savnet. Det kan være riktig, eller nummeret kan være en annens.",
            nn: "Folkeregisteret har eleven registrert som død eller sakna. Det kan vere rett, eller nummeret kan vere til ein annan.",
            en: "The National Population Register has the pupil registered as dead or missing. It may be true, or the number may be somebody else's.",
        },
        rett: Tekst {
            nb: "Rektor undersøker varsomt hva som har skjedd. Er nummeret feil, rettes det i skolesystemet; ellers avsluttes elevforholdet der.",
            nn: "Rektor undersøkjer varsamt kva som har hendt. Er nummeret feil, blir det retta i skulesystemet; elles blir elevforholdet avslutta der.",
            en: "The head teacher finds out, with care, what has happened. If the number is wrong, correct it in the school system; if not, end the enrolment there.",
        },
        videre: Tekst {
            nb: "Ingenting om eleven blir sendt herfra. Listen kan sendes når dette er avklart, eller eleven er holdt tilbake.",
            nn: "Ingenting om eleven blir sendt herifrå. Lista kan sendast når dette er avklart, eller eleven er halden tilbake.",
            en: "Nothing about the pupil is sent from here. The list can be sent when this is settled, or the pupil is held back.",
        },
    },
    Regel {
        id: "EL-015",
        niva: Niva::Advarsel,
        eier: Eier::Skole,
        felt: None,
        tittel: Tekst {
            nb: "Eleven er registrert som utflyttet",
            nn: "Eleven er registrert som utflytta",
            en: "The pupil is registered as moved abroad",
        },
        hva: Tekst {
            nb: "Folkeregisteret har eleven registrert som flyttet ut av Norge.",
            nn: "Folkeregisteret har eleven registrert som flytta ut av Noreg.",
            en: "The National Population Register has the pupil registered as having moved out of Norway.",
        },
        rett: Tekst {
            nb: "Går eleven fortsatt på skolen, er det ingenting å rette. Ellers avslutter dere elevforholdet i skolesystemet.",
            nn: "Går eleven framleis på skulen, er det ingenting å rette. Elles avsluttar de elevforholdet i skulesystemet.",
            en: "If the pupil still attends the school, there is nothing to correct. If not, end the enrolment in the school system.",
        },
        videre: Tekst {
            nb: "Listen kan sendes. Inntakskontoret vurderer retten til videregående opplæring.",
            nn: "Lista kan sendast. Inntakskontoret vurderer retten til vidaregåande opplæring.",
            en: "The list can be sent. The intake office decides whether the pupil has a right to upper secondary education.",
        },
    },
    Regel {
        id: "EL-016",
        niva: Niva::Advarsel,
        eier: Eier::Skole,
        felt: Some("navn"),
        tittel: Tekst {
            nb: "Navnet er et annet i Folkeregisteret",
            nn: "Namnet er eit anna i Folkeregisteret",
            en: "The name differs from the National Population Register",
        },
        hva: Tekst {
            nb: "Skolesystemet og Folkeregisteret har ulikt navn på eleven. Det er navnet i Folkeregisteret som gjelder.",
            nn: "Skulesystemet og Folkeregisteret har ulikt namn på eleven. Det er namnet i Folkeregisteret som gjeld.",
            en: "The school system and the National Population Register have different names for the pupil. The name in the register is the one that counts.",
        },
        rett: Tekst {
            nb: "Hent navnet på nytt fra Folkeregisteret i skolesystemet. Er navnet der en helt annens, kontrollerer dere fødselsnummeret.",
            nn: "Hent namnet på nytt frå Folkeregisteret i skulesystemet. Er namnet der til ein heilt annan, kontrollerer de fødselsnummeret.",
            en: "In the school system, fetch the name again from the register. If the name there is somebody else's entirely, check the identity number.",
        },
        videre: Tekst {
            nb: "Listen kan sendes. Eleven står på den med navnet fra Folkeregisteret.",
            nn: "Lista kan sendast. Eleven står på henne med namnet frå Folkeregisteret.",
            en: "The list can be sent. The pupil is on it with the name from the National Population Register.",
        },
    },
    Regel {
        id: "EL-017",
        niva: Niva::Feil,
        eier: Eier::Kommune,
        felt: Some("identitetsnummer"),
        tittel: Tekst {
            nb: "Venter på Folkeregisteret",
            nn: "Ventar på Folkeregisteret",
            en: "Waiting for the National Population Register",
        },
        hva: Tekst {
            nb: "Folkeregisteret har ikke svart om eleven ennå. Før det vet vi ikke om eleven kan sendes automatisk.",
            nn: "Folkeregisteret har ikkje svart om eleven enno. Før det veit vi ikkje om eleven kan sendast automatisk.",
            en: "The National Population Register has not answered about the pupil yet. Until it does, we do not know whether the pupil can be sent automatically.",
        },
        rett: Tekst {
            nb: "I skolesystemet er det ingenting å rette. Varer det mer enn en dag, undersøker kommunen tilgangen til Folkeregisteret.",
            nn: "I skulesystemet er det ingenting å rette. Varer det meir enn ein dag, undersøkjer kommunen tilgangen til Folkeregisteret.",
            en: "There is nothing to correct in the school system. If it takes more than a day, the municipality checks its access to the register.",
        },
        videre: Tekst {
            nb: "Vi spør av oss selv. Listen kan sendes når svaret er kommet, eller når eleven er holdt tilbake med en grunn.",
            nn: "Vi spør av oss sjølve. Lista kan sendast når svaret er kome, eller når eleven er halden tilbake med ein grunn.",
            en: "We keep asking by ourselves. The list can be sent when the answer has come, or when the pupil is held back with a reason.",
        },
    },
];
