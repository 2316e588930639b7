//! The words for what a list and a pupil can be.

use crate::{Plassering, Tekst};
use elevliste::Skolestatus;

/// What a status means, in a few words.
pub const fn status_tekst(status: Skolestatus) -> Tekst {
    match status {
        Skolestatus::Samles => Tekst { nb: "Venter på data fra skolen", nn: "Ventar på data frå skulen" },
        Skolestatus::Avvik => Tekst { nb: "Noe må rettes", nn: "Noko må rettast" },
        Skolestatus::Klar => Tekst { nb: "Klar til å godkjennes", nn: "Klar til å godkjennast" },
        Skolestatus::Godkjent => Tekst { nb: "Godkjent, ikke sendt", nn: "Godkjend, ikkje send" },
        Skolestatus::Sendes => Tekst { nb: "Sendes nå", nn: "Blir send no" },
        Skolestatus::Mottatt => Tekst { nb: "Mottatt", nn: "Motteken" },
        Skolestatus::Avvist => Tekst { nb: "Avvist av mottakeren", nn: "Avvist av mottakaren" },
        Skolestatus::Uavklart => Tekst {
            nb: "Ukjent om listen kom fram. Må undersøkes",
            nn: "Ukjent om lista kom fram. Må undersøkjast",
        },
        Skolestatus::Stengt => Tekst { nb: "Innsamlingen er stengt", nn: "Innsamlinga er stengd" },
    }
}

/// Where a pupil is, in a few words.
pub const fn plassering_tekst(plassering: &Plassering) -> Tekst {
    match plassering {
        Plassering::Sendt => Tekst { nb: "Sendt og godtatt", nn: "Send og godteken" },
        Plassering::Holdt { .. } => Tekst { nb: "Holdt tilbake", nn: "Halden tilbake" },
        Plassering::Manuelt { .. } => Tekst { nb: "Behandles manuelt", nn: "Blir handsama manuelt" },
        Plassering::Avvik => Tekst { nb: "Har avvik", nn: "Har avvik" },
        Plassering::Klar => Tekst { nb: "Klar, ikke sendt", nn: "Klar, ikkje send" },
    }
}
