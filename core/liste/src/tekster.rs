//! The words for what a list and a pupil can be.

use crate::{Oppgave, Plassering, Tekst};
use elevliste::{Eier, Skolestatus};

/// What a status means, in a few words.
pub const fn status_tekst(status: Skolestatus) -> Tekst {
    match status {
        Skolestatus::Samles => Tekst {
            nb: "Venter på data fra skolen",
            nn: "Ventar på data frå skulen",
            en: "Waiting for data from the school",
        },
        Skolestatus::Avvik => Tekst { nb: "Noe må rettes", nn: "Noko må rettast", en: "Something must be corrected" },
        Skolestatus::Klar => {
            Tekst { nb: "Klar til å godkjennes", nn: "Klar til å godkjennast", en: "Ready to be approved" }
        }
        Skolestatus::Godkjent => {
            Tekst { nb: "Godkjent, ikke sendt", nn: "Godkjend, ikkje send", en: "Approved, not sent" }
        }
        Skolestatus::Sendes => Tekst { nb: "Sendes nå", nn: "Blir send no", en: "Being sent now" },
        Skolestatus::Mottatt => Tekst { nb: "Mottatt", nn: "Motteken", en: "Received" },
        Skolestatus::Avvist => Tekst { nb: "Avvist av VIGO", nn: "Avvist av VIGO", en: "Refused by VIGO" },
        Skolestatus::Uavklart => Tekst {
            nb: "Ukjent om listen kom fram. Må undersøkes",
            nn: "Ukjent om lista kom fram. Må undersøkjast",
            en: "Nobody knows whether the list arrived. Must be looked into",
        },
        Skolestatus::Stengt => {
            Tekst { nb: "Innsamlingen er stengt", nn: "Innsamlinga er stengd", en: "The collection is closed" }
        }
    }
}

/// Where a pupil is, in a few words.
pub const fn plassering_tekst(plassering: &Plassering) -> Tekst {
    match plassering {
        Plassering::Sendt => Tekst { nb: "Sendt og godtatt", nn: "Send og godteken", en: "Sent and accepted" },
        Plassering::Holdt { .. } => Tekst { nb: "Holdt tilbake", nn: "Halden tilbake", en: "Held back" },
        Plassering::Manuelt { .. } => {
            Tekst { nb: "Meldes for hånd", nn: "Blir meld for hand", en: "Reported by hand" }
        }
        Plassering::Avvik => Tekst { nb: "Må følges opp", nn: "Må følgjast opp", en: "Needs attention" },
        Plassering::Klar => Tekst { nb: "Klar, ikke sendt", nn: "Klar, ikkje send", en: "Ready, not sent" },
    }
}

/// Who puts a deviation right.
pub const fn eier_tekst(eier: Eier) -> Tekst {
    match eier {
        Eier::Skole => Tekst { nb: "skolen", nn: "skulen", en: "the school" },
        Eier::Kommune => Tekst { nb: "kommunen", nn: "kommunen", en: "the municipality" },
        Eier::Leverandor => Tekst { nb: "leverandøren", nn: "leverandøren", en: "the supplier" },
        Eier::Fylke => Tekst { nb: "fylket", nn: "fylket", en: "the county" },
    }
}

/// What only a person can do: what is the matter, and how to go about it.
pub const fn oppgave_tekst(oppgave: Oppgave) -> Tekst {
    match oppgave {
        Oppgave::FinnUtOmMottatt => Tekst {
            nb: "Vi vet ikke om listen kom fram. Ikke send den på nytt. Se etter i VIGO om listen ligger der, og skriv inn her hva du fant.",
            nn: "Vi veit ikkje om lista kom fram. Ikkje send ho på nytt. Sjå etter i VIGO om lista ligg der, og skriv inn her kva du fann.",
            en: "We do not know whether the list arrived. Do not send it again. Look at VIGO's own pages to see whether the list is there, and enter here what you found.",
        },
        Oppgave::BekreftAtDetErVar => Tekst {
            nb: "VIGO har en liste fra skolen, og det kan være den vi sendte. Ikke send på nytt. Sammenlign med listen her, og skriv inn om det er den samme.",
            nn: "VIGO har ei liste frå skulen, og det kan vere den vi sende. Ikkje send på nytt. Samanlikn med lista her, og skriv inn om det er den same.",
            en: "VIGO has a list from the school, and it may be the one that we sent. Do not send it again. Compare it with the list here, and enter whether it is the same.",
        },
        Oppgave::AnnenHarLevert => Tekst {
            nb: "VIGO har en liste fra skolen som ikke er sendt herfra. Noen andre har levert. Ta kontakt med inntakskontoret, og bli enige om hvilken liste som gjelder.",
            nn: "VIGO har ei liste frå skulen som ikkje er send herifrå. Nokon andre har levert. Ta kontakt med inntakskontoret, og bli samde om kva liste som gjeld.",
            en: "VIGO has a list from the school that was not sent from here. Somebody else has delivered one. Contact the intake office, and agree on which list is the right one.",
        },
    }
}
