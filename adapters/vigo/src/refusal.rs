//! What the receiver's 403 means (and a 404 or 409 with its code, should it come to use them). It has one code for reasons that call for different acts, so the text is compared with
//! phrases, and VIGO's code base says whether the school is the reason.

use flow::{Avslag, Outcome};
use std::time::Duration;

/// Before a list is tried again when the code base does not answer: the receiver asks it too, and refuses without it.
const CODE_BASE_WAIT: Duration = Duration::from_secs(300);

/// What the text of a refusal says, as far as we know its phrases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phrase {
    /// There is an accepted list already.
    AlreadyDelivered,
    /// The window is not open.
    Closed,
    /// The school year does not exist there.
    UnknownYear,
    /// Anything else, such as an unknown school.
    Other,
}

impl Phrase {
    /// Norwegian in both forms, and English. The order matters: a text may name the year and the window in one.
    pub(crate) fn of(message: &str) -> Self {
        let text = message.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
        let submission = has(&["innsending", "submission"]);
        let year = has(&["skoleår", "school year", "schoolyear"]);
        let negative = has(&["ikke ", "ikkje ", "ukjent", "not ", "unknown"]);
        if submission && has(&["allerede", "allereie", "already"]) {
            Self::AlreadyDelivered
        } else if has(&[
            "vindu",
            "window",
            "stengt",
            "lukket",
            "lukka",
            "closed",
            "ikke åpen",
            "ikke åpent",
            "ikkje open",
            "not open",
        ]) {
            Self::Closed
        } else if year && negative {
            Self::UnknownYear
        } else {
            Self::Other
        }
    }
}

/// What the code base says of the school.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SchoolCheck {
    /// It is there, as a grunnskole.
    Known,
    /// It is not there, or is no grunnskole.
    Unknown,
    /// The code base did not answer.
    NoAnswer,
}

/// The reason for a refusal, from what its text says and what the code base says.
pub(crate) fn judge(phrase: Phrase, school: SchoolCheck, code: &str) -> Outcome {
    let avslag = match (school, phrase) {
        (SchoolCheck::Unknown, _) => Avslag::UkjentSkole,
        (_, Phrase::AlreadyDelivered) => Avslag::AlleredeLevert,
        (_, Phrase::Closed) => Avslag::Stengt,
        (_, Phrase::UnknownYear) => Avslag::UkjentSkolear,
        (SchoolCheck::Known, Phrase::Other) => Avslag::Uforklart { kode: code.to_owned() },
        (SchoolCheck::NoAnswer, Phrase::Other) => {
            let hint =
                "refused while VIGO's code base does not answer, which makes the receiver refuse every school".into();
            return Outcome::Later { wait: CODE_BASE_WAIT, hint };
        }
    };
    Outcome::Rejected(avslag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_told_apart() {
        for (message, phrase) in [
            ("Det finnes allerede en godkjent innsending for skolen", Phrase::AlreadyDelivered),
            ("Det finnes allerede en godkjent innsending for skoleåret 2026-2027", Phrase::AlreadyDelivered),
            ("DET FINST ALLEREIE EI GODKJEND INNSENDING", Phrase::AlreadyDelivered),
            ("An accepted submission already exists", Phrase::AlreadyDelivered),
            ("Innsendingsvinduet er ikke åpent", Phrase::Closed),
            ("Innsending for skoleåret 2026-2027 er stengt", Phrase::Closed),
            ("Submission window is closed", Phrase::Closed),
            ("Skoleåret 2026-2027 finnes ikke i systemet", Phrase::UnknownYear),
            ("School year not found", Phrase::UnknownYear),
            ("Fant ikke skole i VIGO kodeverk", Phrase::Other),
            ("Kunne ikke verifisere skolen", Phrase::Other),
            ("Skolen er allerede kjent", Phrase::Other),
            ("", Phrase::Other),
        ] {
            assert_eq!(Phrase::of(message), phrase, "{message}");
        }
    }

    #[test]
    fn the_code_base_outweighs_the_text() {
        let rejected = |phrase, school| match judge(phrase, school, "FORBIDDEN") {
            Outcome::Rejected(avslag) => avslag,
            other => panic!("{other:?}"),
        };
        let unexplained = Avslag::Uforklart { kode: "FORBIDDEN".into() };
        assert_eq!(rejected(Phrase::Other, SchoolCheck::Unknown), Avslag::UkjentSkole);
        assert_eq!(rejected(Phrase::AlreadyDelivered, SchoolCheck::Unknown), Avslag::UkjentSkole);
        assert_eq!(rejected(Phrase::AlreadyDelivered, SchoolCheck::Known), Avslag::AlleredeLevert);
        assert_eq!(rejected(Phrase::Closed, SchoolCheck::NoAnswer), Avslag::Stengt);
        assert_eq!(rejected(Phrase::UnknownYear, SchoolCheck::Known), Avslag::UkjentSkolear);
        assert_eq!(rejected(Phrase::Other, SchoolCheck::Known), unexplained);
    }

    #[test]
    fn without_the_code_base_an_unexplained_refusal_is_tried_later() {
        assert!(matches!(judge(Phrase::Other, SchoolCheck::NoAnswer, "FORBIDDEN"), Outcome::Later { .. }));
    }
}
