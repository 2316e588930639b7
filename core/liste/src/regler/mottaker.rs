//! The receiver's remarks, one rule for each of VIGO's codes and one for the codes we do not know.

use super::{Regel, Tekst, regel};
use crate::Mottakerregler;
use elevliste::{Eier, Niva};

/// The rule for a code of a receiver; `VI-999` for a code that is not known.
pub fn for_merknad(kode: &str) -> &'static Regel {
    let speil = Mottakerregler::ALLE.iter().find_map(|mottaker| mottaker.merknad(kode));
    regel(speil.map_or("VI-999", |speil| speil.regel)).expect("the table below has every id; a test reads them all")
}

pub(super) const REGLER: &[Regel] = &[
    Regel {
        id: "VI-001",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("identitetsnummer"),
        tittel: Tekst {
            nb: "VIGO avviste fødselsnummeret",
            nn: "VIGO avviste fødselsnummeret",
            en: "VIGO refused the identity number",
        },
        hva: Tekst {
            nb: "VIGO godtar ikke fødselsnummeret til eleven.",
            nn: "VIGO godtek ikkje fødselsnummeret til eleven.",
            en: "VIGO does not accept the pupil's identity number.",
        },
        rett: Tekst {
            nb: "Kontroller nummeret mot Folkeregisteret og rett det i skolesystemet.",
            nn: "Kontroller nummeret mot Folkeregisteret og rett det i skulesystemet.",
            en: "Check the number against the National Population Register, and correct it in the school system.",
        },
        videre: Tekst {
            nb: "Merknaden faller bort når eleven er rettet. Så kan listen godkjennes og sendes på nytt.",
            nn: "Merknaden fell bort når eleven er retta. Så kan lista godkjennast og sendast på nytt.",
            en: "The remark goes away when the pupil is corrected. Then the list can be approved and sent again.",
        },
    },
    Regel {
        id: "VI-002",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("klasse"),
        tittel: Tekst { nb: "VIGO savner klassen", nn: "VIGO saknar klassen", en: "VIGO found no class" },
        hva: Tekst {
            nb: "VIGO fant ingen klasse på eleven.",
            nn: "VIGO fann ingen klasse på eleven.",
            en: "VIGO found no class for the pupil.",
        },
        rett: Tekst {
            nb: "Legg eleven i en klasse med navn i skolesystemet.",
            nn: "Legg eleven i ein klasse med namn i skulesystemet.",
            en: "Put the pupil in a class that has a name in the school system.",
        },
        videre: Tekst {
            nb: "Merknaden faller bort når klassen er på plass. Så kan listen godkjennes og sendes på nytt.",
            nn: "Merknaden fell bort når klassen er på plass. Så kan lista godkjennast og sendast på nytt.",
            en: "The remark goes away when the class is in place. Then the list can be approved and sent again.",
        },
    },
    Regel {
        id: "VI-003",
        niva: Niva::Advarsel,
        eier: Eier::Skole,
        felt: Some("navn"),
        tittel: Tekst { nb: "VIGO savner navnet", nn: "VIGO saknar namnet", en: "VIGO is missing the name" },
        hva: Tekst {
            nb: "VIGO fant ikke fullt navn på eleven.",
            nn: "VIGO fann ikkje fullt namn på eleven.",
            en: "VIGO did not find a full name for the pupil.",
        },
        rett: Tekst {
            nb: "Fyll ut navnet i skolesystemet.",
            nn: "Fyll ut namnet i skulesystemet.",
            en: "Fill in the name in the school system.",
        },
        videre: Tekst {
            nb: "Er listen godtatt, melder dere navnet til inntakskontoret.",
            nn: "Er lista godteken, melder de namnet til inntakskontoret.",
            en: "If the list has been accepted, report the name to the intake office.",
        },
    },
    Regel {
        id: "VI-004",
        niva: Niva::Advarsel,
        eier: Eier::Skole,
        felt: Some("identitetsnummer"),
        tittel: Tekst {
            nb: "VIGO tar nummeret for fiktivt",
            nn: "VIGO tek nummeret for fiktivt",
            en: "VIGO takes the number for a temporary one",
        },
        hva: Tekst {
            nb: "VIGO har tatt imot eleven, men regner nummeret som fiktivt.",
            nn: "VIGO har teke imot eleven, men reknar nummeret som fiktivt.",
            en: "VIGO has accepted the pupil, but regards the number as temporary.",
        },
        rett: Tekst {
            nb: "Legg inn fødselsnummeret eller D-nummeret i skolesystemet når eleven får det.",
            nn: "Legg inn fødselsnummeret eller D-nummeret i skulesystemet når eleven får det.",
            en: "Enter the national identity number or D-number in the school system when the pupil gets one.",
        },
        videre: Tekst {
            nb: "Meld det nye nummeret til inntakskontoret når dere har fått det.",
            nn: "Meld det nye nummeret til inntakskontoret når de har fått det.",
            en: "Report the new number to the intake office when you have it.",
        },
    },
    Regel {
        id: "VI-005",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("identitetsnummer"),
        tittel: Tekst {
            nb: "VIGO fant nummeret to ganger",
            nn: "VIGO fann nummeret to gonger",
            en: "VIGO found the number twice",
        },
        hva: Tekst {
            nb: "To elever på listen har samme fødselsnummer.",
            nn: "To elevar på lista har same fødselsnummer.",
            en: "Two pupils on the list have the same identity number.",
        },
        rett: Tekst {
            nb: "Finn de to elevene i skolesystemet, og rett nummeret på den som har fått feil.",
            nn: "Finn dei to elevane i skulesystemet, og rett nummeret på den som har fått feil.",
            en: "Find the two pupils in the school system, and correct the number of the one who has the wrong one.",
        },
        videre: Tekst {
            nb: "Merknaden faller bort når nummeret er rettet. Så kan listen godkjennes og sendes på nytt.",
            nn: "Merknaden fell bort når nummeret er retta. Så kan lista godkjennast og sendast på nytt.",
            en: "The remark goes away when the number is corrected. Then the list can be approved and sent again.",
        },
    },
    Regel {
        id: "VI-006",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("klasse"),
        tittel: Tekst {
            nb: "Klassenavnet er for langt for VIGO",
            nn: "Klassenamnet er for langt for VIGO",
            en: "The class name is too long for VIGO",
        },
        hva: Tekst {
            nb: "VIGO tar imot klassenavn på høyst 40 tegn.",
            nn: "VIGO tek imot klassenamn på høgst 40 teikn.",
            en: "VIGO takes class names of at most 40 characters.",
        },
        rett: Tekst {
            nb: "Gi klassen et kortere navn i skolesystemet.",
            nn: "Gi klassen eit kortare namn i skulesystemet.",
            en: "Give the class a shorter name in the school system.",
        },
        videre: Tekst {
            nb: "Merknaden faller bort når navnet er kortere. Så kan listen godkjennes og sendes på nytt.",
            nn: "Merknaden fell bort når namnet er kortare. Så kan lista godkjennast og sendast på nytt.",
            en: "The remark goes away when the name is shorter. Then the list can be approved and sent again.",
        },
    },
    Regel {
        id: "VI-007",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("navn"),
        tittel: Tekst {
            nb: "Navnet er for langt for VIGO",
            nn: "Namnet er for langt for VIGO",
            en: "The name is too long for VIGO",
        },
        hva: Tekst {
            nb: "VIGO tar imot navnedeler på høyst 100 tegn.",
            nn: "VIGO tek imot namnedelar på høgst 100 teikn.",
            en: "VIGO takes parts of names of at most 100 characters.",
        },
        rett: Tekst {
            nb: "Kort ned navnet på eleven i skolesystemet.",
            nn: "Kort ned namnet på eleven i skulesystemet.",
            en: "Shorten the pupil's name in the school system.",
        },
        videre: Tekst {
            nb: "Merknaden faller bort når navnet er kortere. Så kan listen godkjennes og sendes på nytt.",
            nn: "Merknaden fell bort når namnet er kortare. Så kan lista godkjennast og sendast på nytt.",
            en: "The remark goes away when the name is shorter. Then the list can be approved and sent again.",
        },
    },
    Regel {
        id: "VI-999",
        niva: Niva::Feil,
        eier: Eier::Fylke,
        felt: None,
        tittel: Tekst {
            nb: "VIGO har en annen merknad",
            nn: "VIGO har ein annan merknad",
            en: "VIGO has another remark",
        },
        hva: Tekst {
            nb: "VIGO har merket eleven med en kode som vi ikke kjenner.",
            nn: "VIGO har merkt eleven med ein kode som vi ikkje kjenner.",
            en: "VIGO has marked the pupil with a code that we do not know.",
        },
        rett: Tekst {
            nb: "Spør inntakskontoret hva koden betyr, før noe rettes i skolesystemet.",
            nn: "Spør inntakskontoret kva koden tyder, før noko blir retta i skulesystemet.",
            en: "Ask the intake office what the code means before anything is corrected in the school system.",
        },
        videre: Tekst {
            nb: "Er det en feil, kan listen ikke sendes med eleven slik den står nå.",
            nn: "Er det ein feil, kan lista ikkje sendast med eleven slik han står no.",
            en: "If it is an error, the list cannot be sent with the pupil as it stands now.",
        },
    },
];

#[cfg(test)]
mod tests {
    use super::for_merknad;

    #[test]
    fn known_codes_have_their_rule_and_unknown_ones_share_one() {
        assert_eq!(for_merknad("MISSING_CLASS_CODE").id, "VI-002");
        assert_eq!(for_merknad("SOMETHING_NEW").id, "VI-999");
    }
}
