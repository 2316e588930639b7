//! The paths, as data: system, field, the way there.
//!
//! Menu items stand as they do on the screen of the system, so they are the same in every language. What is marked as
//! assumed is our guess at a vendor's menus; columns of files and our own pages are known.

use super::{Rettefelt, Skolesystem};
use crate::Tekst;

/// One path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sti {
    /// In which system.
    pub system: Skolesystem,
    /// To what.
    pub felt: Rettefelt,
    /// The way there.
    pub sti: Tekst,
    /// Whether it is our assumption.
    pub antatt: bool,
}

/// All paths.
pub const fn stier() -> &'static [Sti] {
    STIER
}

/// A path through a vendor's menus: assumed, and with the vendor's own words.
const fn meny(system: Skolesystem, felt: Rettefelt, sti: &'static str) -> Sti {
    Sti { system, felt, sti: Tekst { nb: sti, nn: sti, en: sti }, antatt: true }
}

/// A path that has to be said in each language.
const fn ord(system: Skolesystem, felt: Rettefelt, antatt: bool, [nb, nn, en]: [&'static str; 3]) -> Sti {
    Sti { system, felt, sti: Tekst { nb, nn, en }, antatt }
}

const STIER: &[Sti] = {
    use Rettefelt::{Dobbelt, Elevforhold, Klasse, Medlemskap, Navn, Nummer, Skole, Trinn};
    use Skolesystem::{OneRoster, Pakke, Tastet, Vigilo, VismaFlyt};
    &[
        meny(Vigilo, Nummer, "Vigilo → Elev → Personalia → Fødselsnummer"),
        meny(Vigilo, Navn, "Vigilo → Elev → Personalia → Navn"),
        meny(Vigilo, Medlemskap, "Vigilo → Elev → Klasser og grupper"),
        meny(Vigilo, Klasse, "Vigilo → Klasser og grupper → Klassenavn"),
        meny(Vigilo, Trinn, "Vigilo → Elev → Skoleplassering → Trinn"),
        meny(Vigilo, Elevforhold, "Vigilo → Elev → Skoleplassering"),
        meny(Vigilo, Dobbelt, "Vigilo → Elev → Søk på navn"),
        meny(Vigilo, Skole, "Vigilo → Enhetskort"),
        meny(VismaFlyt, Nummer, "Visma Flyt Skole → Elev → Personopplysninger → Fødselsnummer"),
        meny(VismaFlyt, Navn, "Visma Flyt Skole → Elev → Personopplysninger → Navn"),
        meny(VismaFlyt, Medlemskap, "Visma Flyt Skole → Elev → Klasse og grupper"),
        meny(VismaFlyt, Klasse, "Visma Flyt Skole → Klasser og grupper → Navn"),
        meny(VismaFlyt, Trinn, "Visma Flyt Skole → Elev → Skolegang → Trinn"),
        meny(VismaFlyt, Elevforhold, "Visma Flyt Skole → Elev → Skolegang"),
        meny(VismaFlyt, Dobbelt, "Visma Flyt Skole → Elev → Søk på navn"),
        meny(VismaFlyt, Skole, "Visma Flyt Skole → Administrasjon → Skole"),
        ord(
            OneRoster,
            Nummer,
            true,
            [
                "Eleven → Personopplysninger → Fødselsnummer",
                "Eleven → Personopplysningar → Fødselsnummer",
                "The pupil → Personal details → Identity number",
            ],
        ),
        ord(
            OneRoster,
            Navn,
            true,
            [
                "Eleven → Personopplysninger → Navn",
                "Eleven → Personopplysningar → Namn",
                "The pupil → Personal details → Name",
            ],
        ),
        ord(OneRoster, Medlemskap, true, ["Eleven → Klasse", "Eleven → Klasse", "The pupil → Class"]),
        ord(OneRoster, Klasse, true, ["Klassen → Navn", "Klassen → Namn", "The class → Name"]),
        ord(
            OneRoster,
            Trinn,
            true,
            ["Eleven og klassen → Trinn", "Eleven og klassen → Trinn", "The pupil and the class → Grade"],
        ),
        ord(OneRoster, Elevforhold, true, ["Eleven → Skole", "Eleven → Skule", "The pupil → School"]),
        ord(OneRoster, Dobbelt, true, ["Elever → Søk på navn", "Elevar → Søk på namn", "Pupils → Search by name"]),
        ord(
            OneRoster,
            Skole,
            true,
            ["Skolen → Organisasjonsnummer", "Skulen → Organisasjonsnummer", "The school → Organisation number"],
        ),
        ord(
            Pakke,
            Nummer,
            false,
            [
                "Filen users.csv → kolonnen identifier",
                "Fila users.csv → kolonnen identifier",
                "The file users.csv → the column identifier",
            ],
        ),
        ord(
            Pakke,
            Navn,
            false,
            [
                "Filen users.csv → kolonnene givenName og familyName",
                "Fila users.csv → kolonnane givenName og familyName",
                "The file users.csv → the columns givenName and familyName",
            ],
        ),
        ord(
            Pakke,
            Medlemskap,
            false,
            [
                "Filen enrollments.csv → kolonnen classSourcedId",
                "Fila enrollments.csv → kolonnen classSourcedId",
                "The file enrollments.csv → the column classSourcedId",
            ],
        ),
        ord(
            Pakke,
            Klasse,
            false,
            [
                "Filen classes.csv → kolonnen classCode",
                "Fila classes.csv → kolonnen classCode",
                "The file classes.csv → the column classCode",
            ],
        ),
        ord(
            Pakke,
            Trinn,
            false,
            [
                "Filen users.csv → kolonnen grades",
                "Fila users.csv → kolonnen grades",
                "The file users.csv → the column grades",
            ],
        ),
        ord(
            Pakke,
            Elevforhold,
            false,
            [
                "Filen enrollments.csv → kolonnen schoolSourcedId",
                "Fila enrollments.csv → kolonnen schoolSourcedId",
                "The file enrollments.csv → the column schoolSourcedId",
            ],
        ),
        ord(
            Pakke,
            Dobbelt,
            false,
            [
                "Filen users.csv → kolonnen sourcedId",
                "Fila users.csv → kolonnen sourcedId",
                "The file users.csv → the column sourcedId",
            ],
        ),
        ord(
            Pakke,
            Skole,
            false,
            [
                "Filen orgs.csv → kolonnen identifier",
                "Fila orgs.csv → kolonnen identifier",
                "The file orgs.csv → the column identifier",
            ],
        ),
        ord(
            Tastet,
            Nummer,
            false,
            [
                "Mellomlag → Skriv inn elever → Endre → Fødselsnummer eller D-nummer",
                "Mellomlag → Skriv inn elevar → Endre → Fødselsnummer eller D-nummer",
                "Mellomlag → Enter pupils → Change → National identity number or D number",
            ],
        ),
        ord(
            Tastet,
            Navn,
            false,
            [
                "Mellomlag → Skriv inn elever → Endre → Fornavn, Mellomnavn, Etternavn",
                "Mellomlag → Skriv inn elevar → Endre → Førenamn, Mellomnamn, Etternamn",
                "Mellomlag → Enter pupils → Change → First name, Middle name, Last name",
            ],
        ),
        ord(
            Tastet,
            Medlemskap,
            false,
            [
                "Mellomlag → Skriv inn elever → Endre → Klasse",
                "Mellomlag → Skriv inn elevar → Endre → Klasse",
                "Mellomlag → Enter pupils → Change → Class",
            ],
        ),
        ord(
            Tastet,
            Klasse,
            false,
            [
                "Mellomlag → Skriv inn elever → Endre → Klasse",
                "Mellomlag → Skriv inn elevar → Endre → Klasse",
                "Mellomlag → Enter pupils → Change → Class",
            ],
        ),
        // There is no field for the grade: everybody who is keyed in is in the tenth.
        ord(
            Tastet,
            Trinn,
            false,
            [
                "Mellomlag → Skriv inn elever → Elevene som er skrevet inn",
                "Mellomlag → Skriv inn elevar → Elevane som er skrivne inn",
                "Mellomlag → Enter pupils → Pupils who have been entered",
            ],
        ),
        ord(
            Tastet,
            Elevforhold,
            false,
            [
                "Mellomlag → Skriv inn elever → Endre → Ta bort eleven",
                "Mellomlag → Skriv inn elevar → Endre → Ta bort eleven",
                "Mellomlag → Enter pupils → Change → Remove the pupil",
            ],
        ),
        ord(
            Tastet,
            Dobbelt,
            false,
            [
                "Mellomlag → Skriv inn elever → Endre → Ta bort eleven",
                "Mellomlag → Skriv inn elevar → Endre → Ta bort eleven",
                "Mellomlag → Enter pupils → Change → Remove the pupil",
            ],
        ),
    ]
};
