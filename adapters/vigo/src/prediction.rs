//! What `vigoskole` will say of a list's content: its rules, mirrored. What nobody can know beforehand (the window, the
//! school year, what it has already) is not guessed at.

use crate::config::Identitetsregler;
use crate::error::VIGOSKOLE;
use crate::number::{Taken, taken};
use crate::payload::lag;
use elevliste::{Elevlinje, Merknad};
use flow::{Avslag, Forsendelse, Outcome, Svar};

pub(crate) fn predict(forsendelse: &Forsendelse, rules: Identitetsregler) -> Outcome {
    if let Err(error) = lag(forsendelse) {
        return Outcome::Rejected(Avslag::Ugyldig { kode: error.kode(&VIGOSKOLE) });
    }
    verdict(forsendelse.linjer.iter().zip(1..).flat_map(|(linje, nr)| remarks(linje, nr, rules)).collect())
}

/// A list with an error is refused; one without is taken.
pub(crate) fn verdict(merknader: Vec<Merknad>) -> Outcome {
    let refused = merknader.iter().any(|merknad| merknad.feil);
    let svar = Svar { id: None, merknader, etag: None };
    if refused { Outcome::Rejected(Avslag::Linjer(svar)) } else { Outcome::Delivered(svar) }
}

/// In the receiver's order. A missing class never gets there: such a line is not sent.
fn remarks(linje: &Elevlinje, nr: u32, rules: Identitetsregler) -> impl Iterator<Item = Merknad> {
    let remark = |felt: &str, kode: &str, feil| Merknad { linje: nr, felt: felt.into(), kode: kode.into(), feil };
    let number = linje.identitetsnummer.as_ref().map_or("", |nummer| nummer.vis().as_str());
    let number = match taken(number, rules) {
        Taken::Real => None,
        Taken::Fictitious => Some(remark("personalIdentityNumber", "SYNTHETIC_IDENTITY_NUMBER", false)),
        Taken::Invalid => Some(remark("personalIdentityNumber", "INVALID_IDENTITY_NUMBER", true)),
    };
    let nameless = [&linje.fornavn, &linje.etternavn].iter().any(|navn| navn.vis().trim().is_empty());
    number.into_iter().chain(nameless.then(|| remark("name", "MISSING_NAME", false)))
}
