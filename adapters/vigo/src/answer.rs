//! What an answer to a delivery means: a pure function of the answer and of what was sent.
//!
//! The rule behind every branch: say delivered or refused only where the answer proves it, later only where nothing can
//! have been stored, and unknown in all other cases. A list that is sent again by mistake is worse than one that a person
//! must ask about.

use crate::client::Reply;
use crate::refusal::Phrase;
use crate::wire::{ErrorAnswer, Submission};
use elevliste::Merknad;
use flow::{Avslag, Outcome, SinkError, Svar};
use identitet::Organisasjonsnummer;
use kodeverk::Skolear;
use std::time::Duration;

/// The name of this system in errors.
pub(crate) const SYSTEM: &str = "vigo";

/// When the receiver asks to wait without saying how long.
const WAIT: Duration = Duration::from_secs(60);

/// What an answer must be about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Expected {
    pub(crate) orgnr: Organisasjonsnummer,
    pub(crate) skolear: Skolear,
    pub(crate) lines: usize,
}

/// What an answer means. A 401 never comes here: the sink takes a new token.
#[derive(Debug)]
pub(crate) enum Meaning {
    /// It is clear.
    Outcome(Outcome),
    /// Refused for one of several reasons: what the text says, and the code.
    Refused(Phrase, String),
    /// The receiver cannot be used at all.
    Unusable(SinkError),
}

pub(crate) fn read(reply: &Reply, expected: &Expected) -> Meaning {
    let status = reply.status.as_u16();
    Meaning::Outcome(match status {
        200..=299 => accepted(reply, expected),
        400 => bad_request(reply, expected),
        403 | 404 | 409 => return refused(reply),
        307 | 308 | 405 => return Meaning::Unusable(wrong_address(status)),
        425 | 429 => later(reply),
        // Only the service itself says when to come back. A proxy that lost a request half-way answers 503 too.
        503 if reply.retry_after.is_some() => later(reply),
        // The service or a proxy may have given up waiting while the list was being stored.
        408 => unknown("it answered status 408, which does not tell whether the list was stored".into()),
        401..=499 => Outcome::Rejected(Avslag::Ugyldig { kode: format!("HTTP_{status}") }),
        _ => unknown(format!("it answered status {status}, which does not tell whether the list was stored")),
    })
}

fn accepted(reply: &Reply, expected: &Expected) -> Outcome {
    let status = reply.status.as_u16();
    let body = match &reply.body {
        Ok(body) => body,
        Err(why) => return unknown(format!("it answered status {status}, but {why}")),
    };
    // The parser's own text may quote what it read.
    let Ok(submission) = serde_json::from_slice::<Submission>(body) else {
        let what = if reply.html {
            "with a web page; a proxy may stand in between"
        } else {
            "with something else than its documented answer"
        };
        return unknown(format!("it answered status {status} {what}"));
    };
    let about = &submission.school.org_number;
    if about != expected.orgnr.as_str() {
        return unknown(format!("it accepted a list for another school than {}", expected.orgnr));
    }
    if submission.school_year != expected.skolear.to_string() {
        return unknown(format!("it accepted the list for another school year than {}", expected.skolear));
    }
    if !matches!(submission.status.as_str(), "ACCEPTED" | "ACCEPTED_WITH_WARNINGS") {
        return unknown(format!("it answered status {status}, but does not call the list accepted"));
    }
    match svar(&submission, expected.lines) {
        Some((svar, lines)) if lines == expected.lines => Outcome::Delivered(svar),
        _ => unknown(format!("it accepted a list whose lines are not the {} that were sent", expected.lines)),
    }
}

fn bad_request(reply: &Reply, expected: &Expected) -> Outcome {
    let answer = error_answer(reply);
    let code = code(answer.as_ref(), 400);
    let lines = answer.and_then(|answer| answer.submission).and_then(|submission| svar(&submission, expected.lines));
    Outcome::Rejected(match (code.as_str(), lines) {
        ("VALIDATION_ERROR", Some((svar, _))) if svar.merknader.iter().any(|m| m.feil) => Avslag::Linjer(svar),
        ("VALIDATION_ERROR", _) => Avslag::Uforklart { kode: code },
        _ => Avslag::Ugyldig { kode: code },
    })
}

/// With the service's own code it is about the list; without, somebody in between refuses us or nobody takes lists.
fn refused(reply: &Reply) -> Meaning {
    let status = reply.status.as_u16();
    match error_answer(reply) {
        Some(answer) if answer.error_code.is_some() => {
            Meaning::Refused(Phrase::of(answer.message.as_deref().unwrap_or_default()), code(Some(&answer), status))
        }
        _ if status == 403 => {
            let hint = "it answered status 403 without the service's own code: a gateway or firewall refuses us; ask the receiver to let us in";
            Meaning::Unusable(SinkError::Denied { system: SYSTEM, hint: hint.into() })
        }
        _ if status == 404 => Meaning::Unusable(wrong_address(status)),
        _ => Meaning::Outcome(Outcome::Rejected(Avslag::Ugyldig { kode: format!("HTTP_{status}") })),
    }
}

pub(crate) fn wrong_address(status: u16) -> SinkError {
    let hint = format!("it answered status {status}: nothing takes lists at this address; correct base_url");
    SinkError::Denied { system: SYSTEM, hint }
}

pub(crate) fn later(reply: &Reply) -> Outcome {
    let hint = format!("it answered status {} and asks us to come back later", reply.status.as_u16());
    Outcome::Later { wait: reply.retry_after.unwrap_or(WAIT), hint }
}

fn error_answer(reply: &Reply) -> Option<ErrorAnswer> {
    serde_json::from_slice(reply.body.as_deref().ok()?).ok()
}

/// Id and remarks, and how many different lines the answer speaks of. `None` when it speaks of lines that were not sent.
fn svar(submission: &Submission, sent: usize) -> Option<(Svar, usize)> {
    let mut lines: Vec<u32> = submission.validation_results.iter().map(|result| result.line_number).collect();
    lines.sort_unstable();
    if lines.iter().any(|nr| *nr == 0 || *nr as usize > sent) || lines.windows(2).any(|pair| pair[0] == pair[1]) {
        return None;
    }
    let mut merknader: Vec<_> = submission
        .validation_results
        .iter()
        .flat_map(|result| {
            result.messages.iter().map(|message| Merknad {
                linje: result.line_number,
                felt: message.field.as_deref().map_or_else(String::new, |field| clean(field, is_field)),
                kode: clean(&message.code, is_code),
                feil: !matches!(message.severity.as_deref(), Some("WARNING" | "INFO")),
            })
        })
        .collect();
    merknader.sort_by_key(|merknad| merknad.linje);
    let id = submission.submission_id.clone().filter(|id| is_id(id));
    Some((Svar { id, merknader, etag: None }, lines.len()))
}

fn code(answer: Option<&ErrorAnswer>, status: u16) -> String {
    match answer.and_then(|answer| answer.error_code.as_deref()) {
        Some(code) => clean(code, is_code),
        None => format!("HTTP_{status}"),
    }
}

pub(crate) fn unknown(hint: String) -> Outcome {
    Outcome::Unknown { hint }
}

/// A name of the receiver's, if it looks like one. Anything else could be a person's.
fn clean(text: &str, is_name: fn(&str) -> bool) -> String {
    if is_name(text) { text.to_owned() } else { "UNREADABLE".to_owned() }
}

fn is_code(text: &str) -> bool {
    // One word in capitals could be a name: only those that HTTP has.
    const WORDS: [&str; 3] = ["FORBIDDEN", "CONFLICT", "UNAUTHORIZED"];
    let spelled = (3..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
    spelled && (text.contains('_') || WORDS.contains(&text))
}

fn is_field(text: &str) -> bool {
    let word = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_lowercase()) && word.bytes().all(|b| b.is_ascii_alphabetic())
    };
    text.len() <= 64 && text.split('.').all(word)
}

pub(crate) fn is_id(text: &str) -> bool {
    text.len() == 36 && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
}

#[cfg(test)]
mod tests;
