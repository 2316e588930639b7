//! EL-003, EL-040 to EL-046: names of people and classes, as texts that are to be sent.

use crate::{Mottakerregler, regler::brudd, tilstand::Person};
use elevliste::Avvik;
use fint::Personnavn;
use identitet::{Art, Serie, Skjermet, klassifiser};

/// What is wrong with the name of a class. One that holds an identity number must not be shown or sent.
pub(super) fn klassenavn(navn: &str, mottaker: &Mottakerregler) -> Option<Avvik> {
    let lengde = navn.chars().count();
    if holder_nummer(navn) {
        Some(brudd(NUMMER_I_KLASSE, None))
    } else if navn.chars().any(er_usynlig) {
        Some(brudd("EL-041", None))
    } else if lengde > mottaker.klasse_maks {
        Some(brudd("EL-040", Some(&format!("{lengde}/{}", mottaker.klasse_maks))))
    } else {
        None
    }
}

/// An identity number stands where the class's name should.
pub(super) const NUMMER_I_KLASSE: &str = "EL-042";

/// What is wrong with a pupil's name.
pub(super) fn personnavn(person: Option<&Person>, mottaker: &Mottakerregler) -> Vec<Avvik> {
    let mut avvik = Vec::from_iter(mangler(person));
    let Some(person) = person else { return avvik };
    let hele = hele_navnet(&person.navn);
    let lengde = hele.chars().count();
    if lengde > mottaker.navn_maks {
        avvik.push(brudd("EL-043", Some(&format!("{lengde}/{}", mottaker.navn_maks))));
    }
    if hele.chars().any(er_usynlig) {
        avvik.push(brudd("EL-044", None));
    }
    if holder_nummer(&hele) {
        avvik.push(brudd("EL-045", None));
    } else if hele.chars().any(char::is_numeric) {
        avvik.push(brudd("EL-046", None));
    }
    avvik
}

/// EL-003.
fn mangler(person: Option<&Person>) -> Option<Avvik> {
    let mangler = |navn: Option<&Skjermet<String>>| navn.is_none_or(|n| n.vis().trim().is_empty());
    let felt = match (mangler(person.map(|p| &p.navn.fornavn)), mangler(person.map(|p| &p.navn.etternavn))) {
        (false, false) => return None,
        (true, false) => "fornavn",
        (false, true) => "etternavn",
        (true, true) => "navn",
    };
    Some(Avvik { felt: Some(felt.to_owned()), ..brudd("EL-003", None) })
}

/// The parts joined by blanks, as a receiver with one field for the name would have them.
fn hele_navnet(navn: &Personnavn) -> String {
    let deler = [Some(&navn.fornavn), navn.mellomnavn.as_ref(), Some(&navn.etternavn)];
    let deler: Vec<_> =
        deler.into_iter().flatten().map(|del| del.vis().as_str()).filter(|del| !del.is_empty()).collect();
    deler.join(" ")
}

/// Characters that no screen shows and that break files and comparisons: controls, line breaks among them, byte order and
/// direction marks, zero-width characters.
pub(crate) fn er_usynlig(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Whether a text holds what is, or was meant to be, an identity number: eleven digits, also when they are set apart by
/// blanks, points or hyphens; ten, where a zero before them makes it one; or one within a longer row of digits.
pub fn holder_nummer(tekst: &str) -> bool {
    rekker(tekst).iter().any(|rekke| match rekke.len() {
        0..10 => false,
        10 => er_registerets(&format!("0{rekke}")),
        11 => true,
        lengde => (0..=lengde - 11).any(|fra| er_nummer(&rekke[fra..fra + 11])),
    })
}

fn er_nummer(sifre: &str) -> bool {
    klassifiser(sifre).ugyldig().is_none()
}

/// Of a kind that stands in the register: of the many other kinds, a telephone number with a zero before it may be one.
fn er_registerets(sifre: &str) -> bool {
    matches!(klassifiser(sifre).art(), Art::Dato(_, Serie::Ekte | Serie::Tenor))
}

/// The rows of digits in a text, without the single separators inside them.
fn rekker(tekst: &str) -> Vec<String> {
    let (mut rekker, mut skille) = (vec![String::new()], 0);
    for c in tekst.chars() {
        match c.to_digit(10) {
            Some(_) => {
                if skille > 1 {
                    rekker.push(String::new());
                }
                rekker.last_mut().expect("there is always one").push(c);
                skille = 0;
            }
            None if c.is_whitespace() || matches!(c, '.' | '-' | '/' | '\u{2010}'..='\u{2015}') => skille += 1,
            None => skille = 2,
        }
    }
    rekker
}

#[cfg(test)]
mod tests {
    use super::holder_nummer;

    #[test]
    fn a_number_is_found_however_it_is_set() {
        let ja =
            ["14851170031", "Kari 14851170031", "148511 70031", "14.85.11-70031", "148511\u{a0}70031", "x14851170031y"];
        let ja_ogsa = ["00000000000", "4891180093", "nr 4891180093.", "9914851170031"];
        for tekst in ja.into_iter().chain(ja_ogsa) {
            assert!(holder_nummer(tekst), "{tekst}");
        }
        let nei = ["", "10A", "10A 2026-2027", "tlf. 55 55 55 55", "+47 55 55 55 55", "148511  70031", "148511A70031"];
        for tekst in nei {
            assert!(!holder_nummer(tekst), "{tekst}");
        }
    }
}
