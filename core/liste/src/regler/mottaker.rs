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
        tittel: Tekst { nb: "VIGO avviste fødselsnummeret", nn: "VIGO avviste fødselsnummeret" },
        hva: Tekst {
            nb: "VIGO godtar ikke fødselsnummeret til eleven.",
            nn: "VIGO godtek ikkje fødselsnummeret til eleven.",
        },
        rett: Tekst {
            nb: "Kontroller nummeret mot Folkeregisteret og rett det i skolesystemet.",
            nn: "Kontroller nummeret mot Folkeregisteret og rett det i skulesystemet.",
        },
        videre: Tekst {
            nb: "Merknaden faller bort når eleven er rettet. Så kan listen godkjennes og sendes på nytt.",
            nn: "Merknaden fell bort når eleven er retta. Så kan lista godkjennast og sendast på nytt.",
        },
    },
    Regel {
        id: "VI-002",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("klasse"),
        tittel: Tekst { nb: "VIGO savner klassen", nn: "VIGO saknar klassen" },
        hva: Tekst { nb: "VIGO fant ingen klassekode på eleven.", nn: "VIGO fann ingen klassekode på eleven." },
        rett: Tekst {
            nb: "Legg eleven i en klasse med navn i skolesystemet.",
            nn: "Legg eleven i ein klasse med namn i skulesystemet.",
        },
        videre: Tekst {
            nb: "Merknaden faller bort når klassen er på plass. Så kan listen godkjennes og sendes på nytt.",
            nn: "Merknaden fell bort når klassen er på plass. Så kan lista godkjennast og sendast på nytt.",
        },
    },
    Regel {
        id: "VI-003",
        niva: Niva::Advarsel,
        eier: Eier::Skole,
        felt: Some("navn"),
        tittel: Tekst { nb: "VIGO savner navnet", nn: "VIGO saknar namnet" },
        hva: Tekst { nb: "VIGO fant ikke fullt navn på eleven.", nn: "VIGO fann ikkje fullt namn på eleven." },
        rett: Tekst { nb: "Fyll ut navnet i skolesystemet.", nn: "Fyll ut namnet i skulesystemet." },
        videre: Tekst {
            nb: "Er listen godtatt, melder dere navnet til inntakskontoret.",
            nn: "Er lista godteken, melder de namnet til inntakskontoret.",
        },
    },
    Regel {
        id: "VI-004",
        niva: Niva::Advarsel,
        eier: Eier::Skole,
        felt: Some("identitetsnummer"),
        tittel: Tekst { nb: "VIGO tar nummeret for fiktivt", nn: "VIGO tek nummeret for fiktivt" },
        hva: Tekst {
            nb: "VIGO har tatt imot eleven, men regner nummeret som fiktivt.",
            nn: "VIGO har teke imot eleven, men reknar nummeret som fiktivt.",
        },
        rett: Tekst {
            nb: "Legg inn fødselsnummeret eller D-nummeret i skolesystemet når eleven får det.",
            nn: "Legg inn fødselsnummeret eller D-nummeret i skulesystemet når eleven får det.",
        },
        videre: Tekst {
            nb: "Meld det nye nummeret til inntakskontoret når det foreligger.",
            nn: "Meld det nye nummeret til inntakskontoret når det ligg føre.",
        },
    },
    Regel {
        id: "VI-005",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("identitetsnummer"),
        tittel: Tekst { nb: "Mottakeren fant nummeret to ganger", nn: "Mottakaren fann nummeret to gonger" },
        hva: Tekst {
            nb: "To elever på listen har samme fødselsnummer.",
            nn: "To elevar på lista har same fødselsnummer.",
        },
        rett: Tekst {
            nb: "Finn de to elevene i skolesystemet, og rett nummeret på den som har fått feil.",
            nn: "Finn dei to elevane i skulesystemet, og rett nummeret på den som har fått feil.",
        },
        videre: Tekst {
            nb: "Merknaden faller bort når nummeret er rettet. Så kan listen godkjennes og sendes på nytt.",
            nn: "Merknaden fell bort når nummeret er retta. Så kan lista godkjennast og sendast på nytt.",
        },
    },
    Regel {
        id: "VI-006",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("klasse"),
        tittel: Tekst {
            nb: "Klassenavnet er for langt for mottakeren",
            nn: "Klassenamnet er for langt for mottakaren",
        },
        hva: Tekst {
            nb: "Mottakeren tar imot klassenavn på høyst 40 tegn.",
            nn: "Mottakaren tek imot klassenamn på høgst 40 teikn.",
        },
        rett: Tekst {
            nb: "Gi klassen et kortere navn i skolesystemet.",
            nn: "Gje klassen eit kortare namn i skulesystemet.",
        },
        videre: Tekst {
            nb: "Merknaden faller bort når navnet er kortere. Så kan listen godkjennes og sendes på nytt.",
            nn: "Merknaden fell bort når namnet er kortare. Så kan lista godkjennast og sendast på nytt.",
        },
    },
    Regel {
        id: "VI-007",
        niva: Niva::Feil,
        eier: Eier::Skole,
        felt: Some("navn"),
        tittel: Tekst { nb: "Navnet er for langt for mottakeren", nn: "Namnet er for langt for mottakaren" },
        hva: Tekst {
            nb: "Mottakeren tar imot navnedeler på høyst 100 tegn.",
            nn: "Mottakaren tek imot namnedelar på høgst 100 teikn.",
        },
        rett: Tekst {
            nb: "Kort ned navnet på eleven i skolesystemet.",
            nn: "Kort ned namnet på eleven i skulesystemet.",
        },
        videre: Tekst {
            nb: "Merknaden faller bort når navnet er kortere. Så kan listen godkjennes og sendes på nytt.",
            nn: "Merknaden fell bort når namnet er kortare. Så kan lista godkjennast og sendast på nytt.",
        },
    },
    Regel {
        id: "VI-999",
        niva: Niva::Feil,
        eier: Eier::Fylke,
        felt: None,
        tittel: Tekst { nb: "VIGO har en annen merknad", nn: "VIGO har ein annan merknad" },
        hva: Tekst {
            nb: "VIGO har merket eleven med en kode som Mellomlag ikke kjenner. Koden er oppgitt.",
            nn: "VIGO har merkt eleven med ein kode som Mellomlag ikkje kjenner. Koden er oppgitt.",
        },
        rett: Tekst {
            nb: "Spør inntakskontoret hva koden betyr, før noe rettes i skolesystemet.",
            nn: "Spør inntakskontoret kva koden tyder, før noko blir retta i skulesystemet.",
        },
        videre: Tekst {
            nb: "Er det en feil, kan listen ikke sendes med eleven slik den står nå.",
            nn: "Er det ein feil, kan lista ikkje sendast med eleven slik han står no.",
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
