//! Rules about one pupil, by what Folkeregisteret says. No text holds a value of the register's.

use super::{Regel, Tekst};
use elevliste::{Eier, Niva};

pub(super) const REGLER: &[Regel] = &[
    Regel {
        id: "EL-011",
        niva: Niva::Advarsel,
        eier: Eier::Skole,
        felt: Some("identitetsnummer"),
        tittel: Tekst { nb: "Skolesystemet har et gammelt nummer", nn: "Skulesystemet har eit gammalt nummer" },
        hva: Tekst {
            nb: "Eleven har fått et nytt fødselsnummer eller D-nummer i Folkeregisteret. Skolesystemet har fortsatt det gamle.",
            nn: "Eleven har fått eit nytt fødselsnummer eller D-nummer i Folkeregisteret. Skulesystemet har framleis det gamle.",
        },
        rett: Tekst {
            nb: "Hent eleven på nytt fra Folkeregisteret i skolesystemet, eller legg inn det nye nummeret.",
            nn: "Hent eleven på nytt frå Folkeregisteret i skulesystemet, eller legg inn det nye nummeret.",
        },
        videre: Tekst {
            nb: "Listen kan sendes. Eleven står på den med det nye nummeret.",
            nn: "Lista kan sendast. Eleven står på henne med det nye nummeret.",
        },
    },
    Regel {
        id: "EL-012",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("identitetsnummer"),
        tittel: Tekst { nb: "Folkeregisteret kjenner ikke nummeret", nn: "Folkeregisteret kjenner ikkje nummeret" },
        hva: Tekst {
            nb: "Nummeret har riktig form, men ingen i Folkeregisteret har det eller har hatt det.",
            nn: "Nummeret har rett form, men ingen i Folkeregisteret har det eller har hatt det.",
        },
        rett: Tekst {
            nb: "Kontroller fødselsnummeret på eleven i skolesystemet. Ofte er to sifre byttet om, eller ett siffer er feil.",
            nn: "Kontroller fødselsnummeret på eleven i skulesystemet. Ofte er to siffer bytte om, eller eitt siffer er feil.",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før nummeret er rettet, eller eleven er tatt ut til manuell behandling.",
            nn: "Lista kan ikkje sendast før nummeret er retta, eller eleven er teken ut til manuell handsaming.",
        },
    },
    Regel {
        id: "EL-013",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("identitetsnummer"),
        tittel: Tekst { nb: "Nummeret er ikke lenger i bruk", nn: "Nummeret er ikkje lenger i bruk" },
        hva: Tekst {
            nb: "Folkeregisteret har tatt nummeret ut av bruk, og vi finner ikke noe nytt i stedet.",
            nn: "Folkeregisteret har teke nummeret ut av bruk, og vi finn ikkje noko nytt i staden.",
        },
        rett: Tekst {
            nb: "Spør de foresatte hvilket nummer eleven har nå, og legg det inn i skolesystemet.",
            nn: "Spør dei føresette kva nummer eleven har no, og legg det inn i skulesystemet.",
        },
        videre: Tekst {
            nb: "Listen kan ikke sendes før eleven har et nummer i bruk eller er tatt ut til manuell behandling.",
            nn: "Lista kan ikkje sendast før eleven har eit nummer i bruk eller er teken ut til manuell handsaming.",
        },
    },
    Regel {
        id: "EL-014",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: None,
        tittel: Tekst { nb: "Ta kontakt før eleven meldes inn", nn: "Ta kontakt før eleven blir meld inn" },
        hva: Tekst {
            nb: "Folkeregisteret har eleven registrert som død eller savnet. Det kan være riktig, eller nummeret kan være en annens.",
            nn: "Folkeregisteret har eleven registrert som død eller sakna. Det kan vere rett, eller nummeret kan vere til ein annan.",
        },
        rett: Tekst {
            nb: "Rektor undersøker varsomt hva som har skjedd. Er nummeret feil, rettes det i skolesystemet; ellers avsluttes elevforholdet der.",
            nn: "Rektor undersøkjer varsamt kva som har hendt. Er nummeret feil, blir det retta i skulesystemet; elles blir elevforholdet avslutta der.",
        },
        videre: Tekst {
            nb: "Ingenting om eleven blir sendt herfra. Listen kan sendes når dette er avklart, eller eleven er holdt tilbake.",
            nn: "Ingenting om eleven blir sendt herifrå. Lista kan sendast når dette er avklart, eller eleven er halden tilbake.",
        },
    },
    Regel {
        id: "EL-015",
        niva: Niva::Advarsel,
        eier: Eier::Skole,
        felt: None,
        tittel: Tekst { nb: "Eleven er registrert som utflyttet", nn: "Eleven er registrert som utflytta" },
        hva: Tekst {
            nb: "Folkeregisteret har eleven registrert som flyttet ut av Norge.",
            nn: "Folkeregisteret har eleven registrert som flytta ut av Noreg.",
        },
        rett: Tekst {
            nb: "Går eleven fortsatt på skolen, er det ingenting å rette. Ellers avslutter dere elevforholdet i skolesystemet.",
            nn: "Går eleven framleis på skulen, er det ingenting å rette. Elles avsluttar de elevforholdet i skulesystemet.",
        },
        videre: Tekst {
            nb: "Listen kan sendes. Inntakskontoret vurderer retten til videregående opplæring.",
            nn: "Lista kan sendast. Inntakskontoret vurderer retten til vidaregåande opplæring.",
        },
    },
    Regel {
        id: "EL-016",
        niva: Niva::Advarsel,
        eier: Eier::Skole,
        felt: Some("navn"),
        tittel: Tekst { nb: "Navnet er et annet i Folkeregisteret", nn: "Namnet er eit anna i Folkeregisteret" },
        hva: Tekst {
            nb: "Skolesystemet og Folkeregisteret har ulikt navn på eleven. Skolen eier navnet i skolesystemet, Folkeregisteret eier navnet som gjelder.",
            nn: "Skulesystemet og Folkeregisteret har ulikt namn på eleven. Skulen eig namnet i skulesystemet, Folkeregisteret eig namnet som gjeld.",
        },
        rett: Tekst {
            nb: "Hent navnet på nytt fra Folkeregisteret i skolesystemet. Er navnet der en helt annens, kontrollerer dere fødselsnummeret.",
            nn: "Hent namnet på nytt frå Folkeregisteret i skulesystemet. Er namnet der til ein heilt annan, kontrollerer de fødselsnummeret.",
        },
        videre: Tekst {
            nb: "Listen kan sendes. Eleven står på den med navnet fra Folkeregisteret.",
            nn: "Lista kan sendast. Eleven står på henne med namnet frå Folkeregisteret.",
        },
    },
    Regel {
        id: "EL-017",
        niva: Niva::Feil,
        eier: Eier::Kommune,
        felt: Some("identitetsnummer"),
        tittel: Tekst { nb: "Venter på Folkeregisteret", nn: "Ventar på Folkeregisteret" },
        hva: Tekst {
            nb: "Folkeregisteret har ikke svart om eleven ennå. Før det vet vi ikke om eleven kan sendes automatisk.",
            nn: "Folkeregisteret har ikkje svart om eleven enno. Før det veit vi ikkje om eleven kan sendast automatisk.",
        },
        rett: Tekst {
            nb: "I skolesystemet er det ingenting å rette. Varer det mer enn en dag, undersøker kommunen tilgangen til Folkeregisteret.",
            nn: "I skulesystemet er det ingenting å rette. Varer det meir enn ein dag, undersøkjer kommunen tilgangen til Folkeregisteret.",
        },
        videre: Tekst {
            nb: "Vi spør av oss selv. Listen kan sendes når svaret er kommet, eller når eleven er holdt tilbake med en grunn.",
            nn: "Vi spør av oss sjølve. Lista kan sendast når svaret er kome, eller når eleven er halden tilbake med ein grunn.",
        },
    },
];
