//! What a receiver's outcome is in the ledger, and how long it makes us wait.

use elevliste::{Handling, Utfall};
use flow::{Avslag, Outcome, SinkError};
use std::time::Duration;

/// The shortest wait after something that may be tried again, doubled each time it does not help.
const KORTESTE: Duration = Duration::from_secs(2);
/// The longest.
const LENGSTE: Duration = Duration::from_secs(600);
/// A receiver that cannot be reached.
const BORTE: Duration = Duration::from_secs(10);
/// A receiver that refuses our credentials: a person must act.
const NEKTET: Duration = Duration::from_secs(300);

/// The pause after `forsok` tries in a row that did not help.
pub(super) fn pause(forsok: u32) -> Duration {
    KORTESTE.saturating_mul(1 << forsok.min(9)).min(LENGSTE)
}

/// The entry for the answer to the intent with the seal, and the shortest pause before the next look where there is to be
/// one.
pub(super) fn svar(segl: &str, utfall: Result<Outcome, SinkError>) -> (Handling, Option<Duration>) {
    let post = |utfall, forklaring: Option<String>| Handling::Svar {
        segl: segl.to_owned(),
        utfall,
        kvittering: None,
        merknader: vec![],
        forklaring,
        etag: None,
        bevis: None,
    };
    let med = |utfall, svar: flow::Svar| Handling::Svar {
        segl: segl.to_owned(),
        utfall,
        kvittering: svar.id,
        merknader: svar.merknader,
        forklaring: None,
        etag: svar.etag,
        bevis: None,
    };
    match utfall {
        Ok(Outcome::Delivered(s)) if s.merknader.is_empty() => (med(Utfall::Mottatt, s), None),
        Ok(Outcome::Delivered(s)) => (med(Utfall::MottattMedAdvarsler, s), None),
        Ok(Outcome::Rejected(avslag)) => match avslag {
            Avslag::Linjer(s) => (med(Utfall::Avvist, s), None),
            Avslag::Stengt => (post(Utfall::Stengt, None), None),
            Avslag::UkjentSkole => (post(Utfall::UkjentSkole, None), None),
            Avslag::AlleredeLevert => (post(Utfall::AlleredeLevert, None), None),
            // Nothing was changed, but what the receiver has is not what the ledger says: it is read back.
            Avslag::EndretHosMottaker => {
                (post(Utfall::Uavklart, Some("the receiver's version is another".into())), None)
            }
            Avslag::UkjentSkolear => {
                (post(Utfall::AvvistUtenGrunn, Some("the receiver has not opened the school year".into())), None)
            }
            Avslag::Uforklart { kode } | Avslag::Ugyldig { kode } => (post(Utfall::AvvistUtenGrunn, Some(kode)), None),
        },
        Ok(Outcome::Later { wait, hint }) => (post(Utfall::IkkeSendt, Some(hint)), Some(wait)),
        Ok(Outcome::Unknown { hint }) => (post(Utfall::Uavklart, Some(hint)), None),
        Err(feil) => {
            let vent = match feil {
                SinkError::Denied { .. } => NEKTET,
                SinkError::Unreachable { .. } => BORTE,
            };
            tracing::warn!(error = %feil, "not delivered");
            (post(Utfall::IkkeSendt, Some(feil.to_string())), Some(vent))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_and_end() {
        let sekunder: Vec<_> = [0, 1, 2, 9, 40].map(|n| pause(n).as_secs()).into();
        assert_eq!(sekunder, [2, 4, 8, 600, 600]);
    }

    #[test]
    fn only_the_receivers_word_is_an_acceptance() {
        let utfall = |ut| match svar("s", ut) {
            (Handling::Svar { utfall, .. }, vent) => (utfall, vent.is_some()),
            annet => panic!("{annet:?}"),
        };
        let hint = || String::new();
        assert_eq!(utfall(Ok(Outcome::Unknown { hint: hint() })), (Utfall::Uavklart, false));
        assert_eq!(utfall(Ok(Outcome::Later { wait: Duration::ZERO, hint: hint() })), (Utfall::IkkeSendt, true));
        assert_eq!(utfall(Ok(Outcome::Rejected(Avslag::AlleredeLevert))), (Utfall::AlleredeLevert, false));
        assert_eq!(utfall(Ok(Outcome::Rejected(Avslag::EndretHosMottaker))), (Utfall::Uavklart, false));
        assert_eq!(utfall(Err(SinkError::Denied { system: "x", hint: hint() })), (Utfall::IkkeSendt, true));
    }
}
