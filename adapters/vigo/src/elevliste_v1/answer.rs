//! What an answer to a write means: a pure function of the answer and of what was sent.
//!
//! The same rule as for `vigoskole`: delivered or refused only where the answer proves it, later only where nothing can
//! have been stored, unknown in all other cases. Here a digest proves that what was accepted is what was sent.

use super::body::{Body, is_etag};
use super::digest;
use super::wire::PROBLEMS;
use super::wire::answers::{self, FELT, KODER, Kvittering, Problem};
use crate::answer::{SYSTEM, is_id, later, unknown, wrong_address};
use crate::client::Reply;
use elevliste::Merknad;
use flow::{Avslag, Forsendelse, Outcome, SinkError, Svar};
use std::collections::BTreeMap;
use std::time::Duration;

/// When the receiver cannot verify the school, and does not say for how long.
const VERIFY_WAIT: Duration = Duration::from_secs(300);

pub(crate) fn read(reply: &Reply, sent: &Body, forsendelse: &Forsendelse) -> Result<Outcome, SinkError> {
    let status = reply.status.as_u16();
    let problem = problem(reply);
    let name = problem.as_ref().and_then(|problem| problem.kind.strip_prefix(PROBLEMS));
    let rejected = |avslag| Ok(Outcome::Rejected(avslag));
    match (status, name) {
        (200 | 201, _) => Ok(accepted(reply, sent, forsendelse)
            .unwrap_or_else(|why| unknown(format!("it answered status {status}, but {why}")))),
        (403, Some("utenfor-vindu")) => rejected(Avslag::Stengt),
        (403, _) => Err(denied(name)),
        (404, Some("ukjent-skole")) => rejected(Avslag::UkjentSkole),
        (404, Some("ukjent-skolear")) => rejected(Avslag::UkjentSkolear),
        (307 | 308 | 404 | 405, _) => Err(wrong_address(status)),
        (412, _) => rejected(Avslag::EndretHosMottaker),
        (422, Some("ugyldig-liste")) => rejected(lines(problem.as_ref(), forsendelse)),
        (400 | 422 | 428, Some(name @ ("ugyldig-foresporsel" | "nokkel-gjenbrukt" | "mangler-forutsetning"))) => {
            rejected(Avslag::Ugyldig { kode: name.to_owned() })
        }
        (425 | 429, _) => Ok(later(reply)),
        (503, Some("kan-ikke-verifisere-skole")) => {
            let hint = "it cannot verify the school now, and stored nothing".into();
            Ok(Outcome::Later { wait: reply.retry_after.unwrap_or(VERIFY_WAIT), hint })
        }
        // The service or a proxy may have given up waiting while the list was being stored.
        (400 | 402..=407 | 409..=499, _) => rejected(Avslag::Ugyldig { kode: format!("HTTP_{status}") }),
        _ => Ok(unknown(format!("it answered status {status}, which does not tell whether the list was stored"))),
    }
}

/// A problem of this contract, or anything else with a type.
pub(crate) fn problem(reply: &Reply) -> Option<Problem> {
    serde_json::from_slice(reply.body.as_deref().ok()?).ok()
}

/// We are refused, by the service with its own word or by somebody in between.
pub(crate) fn denied(name: Option<&str>) -> SinkError {
    let hint = match name {
        Some("ikke-tilgang") => {
            "it answered ikke-tilgang: the token's organisation or scope has no right to this school's list; ask the receiver"
        }
        _ => {
            "it answered status 403 without the service's own word: a gateway or firewall refuses us; ask the receiver to let us in"
        }
    };
    SinkError::Denied { system: SYSTEM, hint: hint.into() }
}

/// An acceptance of exactly what was sent, or why it is not.
fn accepted(reply: &Reply, sent: &Body, forsendelse: &Forsendelse) -> Result<Outcome, String> {
    let body = reply.body.as_deref().map_err(|why| (*why).to_owned())?;
    // The parser's own text may quote what it read.
    let receipt: Kvittering = serde_json::from_slice(body).map_err(|_| {
        let what = if reply.html { "with a web page; a proxy may stand in between" } else { "not with a receipt" };
        what.to_owned()
    })?;
    if Some(&receipt.organisasjonsnummer) != forsendelse.skole.organisasjonsnummer.as_ref() {
        return Err("the receipt is for another school".into());
    }
    if receipt.skolear != forsendelse.skolear.to_string() {
        return Err(format!("the receipt is for another school year than {}", forsendelse.skolear));
    }
    if !matches!(receipt.status.as_str(), "mottatt" | "mottatt-med-advarsler") {
        return Err("the receipt does not call the list accepted".into());
    }
    if !fits(&receipt, sent) {
        return Err("the receipt is for something else than what was sent".into());
    }
    // Without a tag the list can never be updated: reading it back gives one.
    let etag = reply.etag.clone().filter(|etag| is_etag(etag)).ok_or("it has no strong ETag")?;
    match remarks(&receipt.merknader, forsendelse) {
        Some(merknader) if !merknader.iter().any(|merknad| merknad.feil) => {
            let id = Some(receipt.kvittering_id).filter(|id| is_id(id));
            Ok(Outcome::Delivered(Svar { id, merknader, etag: Some(etag) }))
        }
        _ => Err("its remarks do not fit an accepted list".into()),
    }
}

/// Whether a receipt is for what was sent, pupil by pupil.
fn fits(receipt: &Kvittering, sent: &Body) -> bool {
    match sent {
        Body::List(list) => {
            let pupils: Vec<_> = list.elever.iter().map(|e| (e.elev_ref.to_string(), digest::of_pupil(e))).collect();
            let whole = digest::of_list(pupils.iter().map(|(elev, avtrykk)| (elev.as_str(), avtrykk.as_str())));
            receipt.antall as usize == pupils.len() && receipt.listeavtrykk == whole && receipt.endringer.is_empty()
        }
        Body::Changes(changes, _) => {
            let one = |endring: &super::wire::Endring, receipt: &answers::Endringskvittering| {
                let (elev_ref, handling, elev) = endring.about();
                receipt.elev_ref == elev_ref.to_string()
                    && receipt.handling == handling
                    && receipt.avtrykk == elev.map(digest::of_pupil)
            };
            receipt.endringer.len() == changes.endringer.len()
                && changes.endringer.iter().zip(&receipt.endringer).all(|(endring, receipt)| one(endring, receipt))
        }
    }
}

/// Lines that are refused; unexplained if the remarks do not say which.
fn lines(problem: Option<&Problem>, forsendelse: &Forsendelse) -> Avslag {
    match problem.and_then(|problem| remarks(&problem.merknader, forsendelse)) {
        Some(merknader) if merknader.iter().any(|merknad| merknad.feil) => {
            Avslag::Linjer(Svar { id: None, merknader, etag: None })
        }
        _ => Avslag::Uforklart { kode: "ugyldig-liste".into() },
    }
}

/// The remarks by line. `None` where one is on somebody who has no line, or on the list as a whole.
fn remarks(answered: &[answers::Merknad], forsendelse: &Forsendelse) -> Option<Vec<Merknad>> {
    let lines: BTreeMap<String, u32> =
        forsendelse.linjer.iter().zip(1..).map(|(linje, nr)| (linje.elev.to_string(), nr)).collect();
    let remark = |merknad: &answers::Merknad| {
        Some(Merknad {
            linje: *lines.get(merknad.elev_ref.as_ref()?)?,
            felt: if FELT.contains(&merknad.felt.as_str()) { merknad.felt.clone() } else { UNREADABLE.into() },
            kode: if is_code(&merknad.kode) { merknad.kode.clone() } else { UNREADABLE.into() },
            feil: merknad.alvor != "advarsel",
        })
    };
    let mut merknader: Vec<_> = answered.iter().map(remark).collect::<Option<_>>()?;
    merknader.sort_by_key(|merknad| merknad.linje);
    Some(merknader)
}

const UNREADABLE: &str = "UNREADABLE";

/// A code that begins as those of version 1 do. Anything else could be a person's name.
fn is_code(kode: &str) -> bool {
    let first = |kode: &str| kode.split('-').next().map(str::to_owned);
    kode.len() <= 40
        && kode.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
        && KODER.iter().any(|known| first(known) == first(kode))
}

#[cfg(test)]
mod tests;
