//! What the receiver says that it has. An answer that contradicts itself is no answer.

use super::answer::{denied, problem};
use super::body::is_etag;
use super::digest;
use super::wire::PROBLEMS;
use super::wire::answers::Mottattliste;
use crate::answer::{SYSTEM, is_id};
use crate::client::Reply;
use flow::{Mottattinnhold, SinkError};
use identitet::Organisasjonsnummer;
use kodeverk::Skolear;
use uuid::Uuid;

pub(crate) fn read(
    reply: &Reply,
    orgnr: Organisasjonsnummer,
    skolear: Skolear,
) -> Result<Option<Mottattinnhold>, SinkError> {
    let status = reply.status.as_u16();
    let problem = problem(reply);
    let name = problem.as_ref().and_then(|problem| problem.kind.strip_prefix(PROBLEMS));
    match (status, name) {
        (200, _) => content(reply, orgnr, skolear)
            .map(Some)
            .ok_or_else(|| no_answer("it answered status 200, but not with what it has of this school".into())),
        // Only the service's own word says that there is nothing: a proxy answers 404 too.
        (404, Some("ingen-liste")) => Ok(None),
        (403, _) => Err(denied(name)),
        _ => Err(no_answer(format!("it answered status {status} when asked what it has"))),
    }
}

fn content(reply: &Reply, orgnr: Organisasjonsnummer, skolear: Skolear) -> Option<Mottattinnhold> {
    let list: Mottattliste = serde_json::from_slice(reply.body.as_deref().ok()?).ok()?;
    let pupils = || list.elever.iter().map(|e| (e.elev_ref.as_str(), e.avtrykk.as_str()));
    let consistent = list.organisasjonsnummer == orgnr.as_str()
        && list.skolear == skolear.to_string()
        && list.antall as usize == list.elever.len()
        && list.listeavtrykk == digest::of_list(pupils())
        && is_etag(&list.etag)
        && reply.etag.as_ref() == Some(&list.etag);
    let linjer: Vec<(Uuid, String)> =
        pupils().map(|(elev, avtrykk)| Some((elev.parse().ok()?, avtrykk.to_owned()))).collect::<Option<_>>()?;
    let id = Some(list.kvittering_id.clone()).filter(|id| is_id(id));
    consistent.then(|| Mottattinnhold { id, etag: Some(list.etag.clone()), linjer })
}

/// It could not be learned. Nothing was changed by asking.
pub(crate) fn no_answer(hint: String) -> SinkError {
    SinkError::Unreachable { system: SYSTEM, hint }
}
