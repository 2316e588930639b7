//! The rules: plain functions from a source record, and what was looked up around it, to a FINT resource.

mod elev;
mod klasse;
mod skole;

pub(crate) use elev::{
    Elevforholdsted, Medlemskapssted, Registersvar, elev, elevforhold, klassemedlemskap, manglende_medlemskap, person,
    tillegg,
};
pub(crate) use klasse::{Klassested, klasse};
pub(crate) use skole::{skole, skoletillegg};

/// What a rule came to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mapped<T> {
    /// The resource; none where it must not exist.
    pub(crate) verdi: Option<T>,
    /// What was wrong with the source.
    pub(crate) avvik: Vec<Kartavvik>,
}

impl<T> Mapped<T> {
    pub(crate) const fn ren(verdi: T) -> Self {
        Self { verdi: Some(verdi), avvik: Vec::new() }
    }

    pub(crate) fn ingen(regel: &'static str, felt: &'static str) -> Self {
        Self { verdi: None, avvik: vec![Kartavvik { regel, felt }] }
    }

    fn avvik(&mut self, regel: &'static str, felt: &'static str) {
        self.avvik.push(Kartavvik { regel, felt });
    }

    pub(crate) fn map<U>(self, f: impl FnOnce(T) -> U) -> Mapped<U> {
        Mapped { verdi: self.verdi.map(f), avvik: self.avvik }
    }
}

/// Something in a source record that could not be carried over as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kartavvik {
    /// The rule's id, `KA-0xx`.
    pub regel: &'static str,
    /// The source's name of the field.
    pub felt: &'static str,
}

/// A rule, for the one who asks how something came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kartregel {
    /// Its id.
    pub id: &'static str,
    /// What it does, in a line.
    pub mening: &'static str,
    /// The same for those whose pupils it is about, in bokmål.
    pub nb: &'static str,
    /// In nynorsk.
    pub nn: &'static str,
    /// And in English.
    pub en: &'static str,
}

/// The rule with this id.
pub fn kartregel(id: &str) -> Option<&'static Kartregel> {
    REGLER.iter().find(|regel| regel.id == id)
}

macro_rules! regler {
    ($($id:literal $mening:literal nb $nb:literal nn $nn:literal en $en:literal)+) => {
        /// All rules of the mapping. The tens say what is made; ids that end in 0 make it, the others are deviations.
        pub const REGLER: &[Kartregel] = &[$(Kartregel { id: $id, mening: $mening, nb: $nb, nn: $nn, en: $en }),+];
    };
}

regler! {
    "KA-010" "an org of the type school becomes a Skole"
        nb "En skole i skolesystemet blir en Skole i FINT, med nummeret som VIGO har på organisasjonsnummeret."
        nn "Ein skule i skulesystemet blir ein Skole i FINT, med nummeret som VIGO har på organisasjonsnummeret."
        en "A school in the school system becomes a Skole in FINT, with the number that VIGO has for its organisation number."
    "KA-011" "VIGO's code base has no single grunnskole with the org's number: skolenummer is filled with ukjent-<systemId>"
        nb "VIGO kjenner ikke én grunnskole med skolens organisasjonsnummer, så skolenummeret mangler."
        nn "VIGO kjenner ikkje éin grunnskule med organisasjonsnummeret til skulen, så skulenummeret manglar."
        en "VIGO has no single school with this organisation number, so the school number is missing."
    "KA-012" "the org has no valid organisation number: organisasjonsnummer is left out"
        nb "Skolen har ikke et gyldig organisasjonsnummer i skolesystemet, så det er utelatt."
        nn "Skulen har ikkje eit gyldig organisasjonsnummer i skulesystemet, så det er utelate."
        en "The school has no valid organisation number in the school system, so it is left out."
    "KA-013" "what there is to remark about a school's number in VIGO's code base becomes a Skoletillegg"
        nb "Det som er å bemerke om skolens nummer i VIGOs kodeverk, står ved siden av skolen."
        nn "Det som er å merke om nummeret til skulen i kodeverket til VIGO, står ved sida av skulen."
        en "What there is to remark about the school's number in VIGO's code base is kept beside the school."
    "KA-020" "a class at a school becomes a Klasse, named by its code"
        nb "En klasse ved en skole blir en Klasse i FINT og heter det samme som klassekoden."
        nn "Ein klasse ved ein skule blir ein Klasse i FINT og heiter det same som klassekoden."
        en "A class at a school becomes a Klasse in FINT, named by the class code."
    "KA-021" "the class has no single grade: trinn is the one that all its pupils share"
        nb "Klassen har ikke ett trinn, så trinnet er det som alle elevene i den har."
        nn "Klassen har ikkje eitt trinn, så trinnet er det som alle elevane i han har."
        en "The class has no single grade, so its grade is the one that all its pupils have."
    "KA-022" "neither the class nor its pupils have a single grade: trinn is filled with ukjent"
        nb "Verken klassen eller elevene i den har ett felles trinn, så trinnet er ukjent."
        nn "Verken klassen eller elevane i han har eitt felles trinn, så trinnet er ukjent."
        en "Neither the class nor its pupils share one grade, so the grade is unknown."
    "KA-023" "no term of the class tells the school year: skolear is the source's own, else that of the day it was seen"
        nb "Ingen termin sier hvilket skoleår klassen hører til, så det er skolesystemets eget eller året den ble sett."
        nn "Ingen termin seier kva skuleår klassen høyrer til, så det er skulesystemet sitt eige eller året han vart sett."
        en "No term tells which school year the class belongs to, so it is the school system's own, or the year it was seen."
    "KA-024" "the class is not at a school that the source has: there is no Klasse"
        nb "Klassen hører ikke til en skole som skolesystemet har, så den blir ingen Klasse."
        nn "Klassen høyrer ikkje til ein skule som skulesystemet har, så han blir ingen Klasse."
        en "The class does not belong to a school that the school system has, so it becomes no Klasse."
    "KA-030" "a user's role at a school becomes an Elevforhold"
        nb "At en bruker er elev ved en skole, blir et Elevforhold i FINT."
        nn "At ein brukar er elev ved ein skule, blir eit Elevforhold i FINT."
        en "That a user is a pupil at a school becomes an Elevforhold in FINT."
    "KA-031" "the role is not at a school that the source has: there is no Elevforhold"
        nb "Eleven er ikke ved en skole som skolesystemet har, så det blir ikke noe Elevforhold."
        nn "Eleven er ikkje ved ein skule som skulesystemet har, så det blir ikkje noko Elevforhold."
        en "The pupil is not at a school that the school system has, so there is no Elevforhold."
    "KA-032" "the user has no class that tells the school year: skolear is the source's own, else that of the day it was seen"
        nb "Ingen klasse sier hvilket skoleår elevforholdet gjelder, så det er skolesystemets eget eller året eleven ble sett."
        nn "Ingen klasse seier kva skuleår elevforholdet gjeld, så det er skulesystemet sitt eige eller året eleven vart sett."
        en "No class tells which school year this is about, so it is the school system's own, or the year the pupil was seen."
    "KA-033" "a period ends before it begins: its end is left out"
        nb "Perioden slutter før den begynner, så slutten er utelatt."
        nn "Perioden sluttar før han byrjar, så slutten er utelaten."
        en "The period ends before it begins, so its end is left out."
    "KA-035" "what the sources say of a pupil at a school and FINT cannot hold becomes an Elevtillegg"
        nb "Det FINT ikke har plass til om eleven ved skolen, står i et Elevtillegg."
        nn "Det FINT ikkje har plass til om eleven ved skulen, står i eit Elevtillegg."
        en "What FINT has no room for about the pupil at the school is kept in an Elevtillegg."
    "KA-040" "an enrollment becomes a Klassemedlemskap"
        nb "En innmelding i en klasse blir et Klassemedlemskap i FINT."
        nn "Ei innmelding i ein klasse blir ein Klassemedlemskap i FINT."
        en "An enrolment in a class becomes a Klassemedlemskap in FINT."
    "KA-041" "the enrollment's class does not exist, or is not at a school: there is no Klassemedlemskap"
        nb "Klassen i innmeldingen finnes ikke eller hører ikke til en skole, så det blir ikke noe Klassemedlemskap."
        nn "Klassen i innmeldinga finst ikkje eller høyrer ikkje til ein skule, så det blir ingen Klassemedlemskap."
        en "The enrolment's class does not exist, or belongs to no school, so there is no Klassemedlemskap."
    "KA-042" "the enrollment's user does not exist: there is no Klassemedlemskap"
        nb "Brukeren i innmeldingen finnes ikke, så det blir ikke noe Klassemedlemskap."
        nn "Brukaren i innmeldinga finst ikkje, så det blir ingen Klassemedlemskap."
        en "The enrolment's user does not exist, so there is no Klassemedlemskap."
    "KA-043" "the enrollment's user has no role at the class's school: there is no Klassemedlemskap"
        nb "Brukeren er ikke elev ved klassens skole, så det blir ikke noe Klassemedlemskap."
        nn "Brukaren er ikkje elev ved skulen til klassen, så det blir ingen Klassemedlemskap."
        en "The user is not a pupil at the class's school, so there is no Klassemedlemskap."
    "KA-050" "users that are one person become an Elev"
        nb "Brukere som er samme person, blir én Elev i FINT."
        nn "Brukarar som er same person, blir éin Elev i FINT."
        en "Users who are the same person become one Elev in FINT."
    "KA-060" "users that are one person become a Person, as the user that was changed last has it"
        nb "Brukere som er samme person, blir én Person i FINT, slik den sist endrede brukeren har det."
        nn "Brukarar som er same person, blir éin Person i FINT, slik den sist endra brukaren har det."
        en "Users who are the same person become one Person in FINT, as the user changed last has it."
    "KA-061" "the user has no identity number: fodselsnummer is filled with mangler-<Elev.systemId>"
        nb "Eleven har ikke noe identitetsnummer i skolesystemet."
        nn "Eleven har ikkje noko identitetsnummer i skulesystemet."
        en "The pupil has no identity number in the school system."
    "KA-062" "the identity number is of no valid kind: it stands as it is"
        nb "Identitetsnummeret er av ingen gyldig type og står som det er."
        nn "Identitetsnummeret er av ingen gyldig type og står som det er."
        en "The identity number is of no valid kind, and stands as it is."
    "KA-063" "the user lacks a given or a family name: it is the empty text"
        nb "Eleven mangler fornavn eller etternavn i skolesystemet, så det er tomt."
        nn "Eleven manglar førenamn eller etternamn i skulesystemet, så det er tomt."
        en "The pupil lacks a given name or a family name in the school system, so it is empty."
    "KA-064" "Folkeregisteret has replaced the school system's identity number: fodselsnummer is the one in force"
        nb "Folkeregisteret har et nyere nummer enn skolesystemet, og det gjelder."
        nn "Folkeregisteret har eit nyare nummer enn skulesystemet, og det gjeld."
        en "The national population register has a newer number than the school system, and that one counts."
    "KA-065" "Folkeregisteret has another name than the school system: navn is the register's"
        nb "Folkeregisteret har et annet navn enn skolesystemet, og registerets navn gjelder."
        nn "Folkeregisteret har eit anna namn enn skulesystemet, og namnet i registeret gjeld."
        en "The national population register has another name than the school system, and the register's name counts."
    "KA-070" "what has identified a pupil, and when, becomes an Identitetshistorikk"
        nb "Alt som har identifisert eleven, og når, står i identitetshistorikken."
        nn "Alt som har identifisert eleven, og når, står i identitetshistorikken."
        en "Everything that has identified the pupil, and when, is kept in the identity history."
}

#[cfg(test)]
mod tests {
    use super::REGLER;
    use std::collections::BTreeSet;

    #[test]
    fn ids_are_well_formed_and_stand_once() {
        let ider: BTreeSet<_> = REGLER.iter().map(|r| r.id).collect();
        assert_eq!(ider.len(), REGLER.len());
        assert!(
            ider.iter().all(|id| id.strip_prefix("KA-").is_some_and(|nr| nr.len() == 3 && nr.parse::<u16>().is_ok()))
        );
    }

    #[test]
    fn every_rule_is_said_in_all_languages() {
        for regel in REGLER {
            for tekst in [regel.nb, regel.nn, regel.en] {
                assert!(tekst.len() > 20 && tekst.ends_with('.') && !tekst.contains("  "), "{}: «{tekst}»", regel.id);
            }
            let ord = |tekst: &str, sokt: &[&str]| tekst.split(|c: char| !c.is_alphabetic()).any(|o| sokt.contains(&o));
            assert!(!ord(regel.nn, &["ikke", "skole", "skolen", "en", "et", "noe", "hvilket"]), "{}", regel.nn);
            assert!(!ord(regel.nb, &["ikkje", "skule", "skulen", "ein", "eit", "noko", "kva"]), "{}", regel.nb);
            assert!(!ord(regel.en, &["ikke", "ikkje", "og", "er", "som", "det"]), "{}", regel.en);
        }
    }

    #[test]
    fn every_deviation_that_a_rule_reports_is_in_the_table() {
        let kode = [include_str!("regler/skole.rs"), include_str!("regler/klasse.rs"), include_str!("regler/elev.rs")];
        let brukte: Vec<&str> = kode.iter().flat_map(|k| k.split("\"KA-").skip(1)).map(|k| &k[..3]).collect();
        assert!(brukte.len() > 10);
        for nr in brukte {
            assert!(REGLER.iter().any(|r| r.id.ends_with(nr)), "KA-{nr}");
        }
    }
}
