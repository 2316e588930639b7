//! The transactional step: one JetStream atomic batch, guarded by the last sequence of one subject.
//!
//! async-nats has no call for it, so the headers are set by hand (NATS architecture decision 50). Two traps: an error
//! reply also carries `"seq": 0`, so the error is looked at first; and a retry after a lost answer is refused as fenced,
//! which tells the writer to read the stream again.

use super::{Nats, header_map};
use crate::{Batch, CommitError, Committed};
use async_nats::{HeaderMap, Request};
use bytes::Bytes;
use serde::Deserialize;
use uuid::Uuid;

const BATCH_ID: &str = "Nats-Batch-Id";
const BATCH_SEQUENCE: &str = "Nats-Batch-Sequence";
const BATCH_COMMIT: &str = "Nats-Batch-Commit";
const EXPECTED_LAST_SUBJECT_SEQUENCE: &str = "Nats-Expected-Last-Subject-Sequence";

/// NATS's code for "wrong last sequence", in and outside a cluster.
const WRONG_LAST_SEQUENCE: [u64; 2] = [10071, 10164];

#[derive(Deserialize)]
struct Reply {
    error: Option<ReplyError>,
    #[serde(default)]
    seq: u64,
}

#[derive(Deserialize)]
struct ReplyError {
    #[serde(default)]
    err_code: u64,
    #[serde(default)]
    description: String,
}

pub(super) async fn commit(bus: &Nats, stream: &str, batch: Batch) -> Result<Committed, CommitError> {
    let count = batch.messages.len() + 1;
    if count > Batch::MAX {
        return Err(CommitError::TooLarge { len: count });
    }
    let guard_subject = batch.guard.subject.clone();
    let unknown = || CommitError::Unknown { stream: stream.to_owned() };
    let id = Uuid::now_v7().simple().to_string();
    let mut reply = None;
    for (index, message) in batch.messages.into_iter().chain([batch.guard]).enumerate() {
        let mut headers = header_map(&message.headers);
        if index + 1 == count {
            headers.insert(EXPECTED_LAST_SUBJECT_SEQUENCE, batch.expect.0.to_string().as_str());
        }
        if count > 1 {
            headers.insert(BATCH_ID, id.as_str());
            headers.insert(BATCH_SEQUENCE, (index + 1).to_string().as_str());
        }
        if index + 1 == count {
            if count > 1 {
                headers.insert(BATCH_COMMIT, "1");
            }
            reply = Some(request(bus, message.subject, headers, message.payload).await.map_err(|()| unknown())?);
        } else {
            let sent = bus.client.publish_with_headers(message.subject, headers, message.payload).await;
            sent.map_err(|_| unknown())?;
        }
    }
    let reply: Reply = reply.and_then(|r| serde_json::from_slice(&r).ok()).ok_or_else(unknown)?;
    match reply.error {
        Some(error) if WRONG_LAST_SEQUENCE.contains(&error.err_code) => {
            Err(CommitError::Fenced { subject: guard_subject })
        }
        Some(error) => Err(CommitError::Refused {
            stream: stream.to_owned(),
            code: error.err_code,
            description: error.description,
        }),
        None => Ok(Committed { guard: reply.seq }),
    }
}

async fn request(bus: &Nats, subject: String, headers: HeaderMap, payload: Bytes) -> Result<Bytes, ()> {
    let request = Request::new().headers(headers).payload(payload).timeout(Some(bus.timeout));
    bus.client.send_request(subject, request).await.map(|m| m.payload).map_err(drop)
}
