//! A real nats-server and the bus in memory, asked the same: what a simulation shows must hold for the server.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop here")]

use bus::local::LocalServer;
use bus::{
    Batch, BucketSpec, Bus, CommitError, Expect, Memory, Message, Nats, NatsConfig, QueueSpec, Start, StreamSpec,
    StreamState,
};
use bytes::Bytes;
use std::time::Duration;

const STREAM: StreamSpec = StreamSpec { name: "T", subjects: &["t.>"], keep_per_subject: 2, replicas: 1 };
const BUCKET: BucketSpec = BucketSpec { name: "b", max_age: None, replicas: 1 };
const WAIT: Duration = Duration::from_secs(10);
const SHORT: Duration = Duration::from_millis(50);

fn message(subject: &str, payload: &str) -> Message {
    Message { subject: subject.into(), headers: vec![("h", "x".into())], payload: Bytes::from(payload.to_owned()) }
}

fn batch(expect: u64, position: &str, messages: Vec<Message>) -> Batch {
    Batch { guard: message("t._pos", position), expect: Expect(expect), messages }
}

async fn all(bus: &dyn Bus, filter: &str, start: Start) -> Vec<String> {
    let mut reader = bus.read("T", &[filter.to_owned()], start).await.unwrap();
    let mut left = reader.pending_at_start();
    let mut out = vec![];
    while left > 0 {
        for record in reader.next(2, WAIT).await.unwrap() {
            left = record.pending;
            out.push(format!("{}={}", record.sequence, String::from_utf8(record.payload.to_vec()).unwrap()));
        }
    }
    out
}

async fn the_log(bus: &dyn Bus) {
    assert_eq!(bus.state("T").await.unwrap(), StreamState { first: 0, last: 0, count: 0 }, "nothing was ever written");
    assert!(bus.state("NONE").await.is_err());
    let first = bus.commit("T", batch(0, "1", vec![message("t.a", "a1"), message("t.b.c", "b1")])).await.unwrap();
    assert_eq!(first.guard, 3);
    let late = bus.commit("T", batch(0, "1", vec![message("t.a", "late")])).await;
    assert!(matches!(late, Err(CommitError::Fenced { .. })), "{late:?}");
    let foreign = bus.commit("T", batch(3, "2", vec![message("t.a", "x"), message("elsewhere", "x")])).await;
    assert!(foreign.is_err());
    let over = (0..Batch::MAX).map(|i| message(&format!("t.k{i}"), "x")).collect();
    assert!(matches!(bus.commit("T", batch(3, "2", over)).await, Err(CommitError::TooLarge { len: 1001 })));
    assert_eq!(all(bus, "t.>", Start::After(0)).await, ["1=a1", "2=b1", "3=1"], "nothing of a refused batch is stored");

    bus.publish(vec![message("t.a", "a2"), message("t.a", "a3")]).await.unwrap();
    assert_eq!(all(bus, "t.>", Start::After(0)).await, ["2=b1", "3=1", "4=a2", "5=a3"], "two of each are kept");
    assert_eq!(bus.state("T").await.unwrap(), StreamState { first: 2, last: 5, count: 4 });
    assert_eq!(all(bus, "t.>", Start::LastPerSubject).await, ["2=b1", "3=1", "5=a3"]);
    assert_eq!(all(bus, "t.*", Start::LastPerSubject).await, ["3=1", "5=a3"]);
    assert_eq!(all(bus, "t.*.c", Start::After(0)).await, ["2=b1"]);
    let last = bus.last("T", "t.a").await.unwrap().unwrap();
    assert_eq!((last.sequence, last.header("h")), (5, Some("x")));
    assert!(bus.last("T", "t.nothing").await.unwrap().is_none());

    let mut reader = bus.read("T", &["t.a".to_owned()], Start::LastPerSubject).await.unwrap();
    assert_eq!(reader.next(10, WAIT).await.unwrap().len(), 1);
    assert!(reader.next(10, SHORT).await.unwrap().is_empty());
    bus.publish(vec![message("t.b.c", "not asked for"), message("t.a", "a4")]).await.unwrap();
    assert_eq!(reader.next(10, WAIT).await.unwrap()[0].payload, "a4", "a reader goes on with what comes");
}

async fn the_keys(bus: &dyn Bus) {
    assert_eq!(bus.entry("b", "k").await.unwrap(), None);
    assert!(bus.put_if("b", "k", Bytes::from_static(b"1"), Expect::NOTHING).await.unwrap());
    assert!(!bus.put_if("b", "k", Bytes::from_static(b"2"), Expect::NOTHING).await.unwrap(), "it is there already");
    let seen = bus.entry("b", "k").await.unwrap().unwrap();
    assert_eq!(seen.value, "1");
    bus.put("b", "k", Bytes::from_static(b"3")).await.unwrap();
    assert!(!bus.put_if("b", "k", Bytes::from_static(b"4"), seen.revision).await.unwrap(), "somebody was first");
    assert_eq!(bus.get("b", "k").await.unwrap().unwrap(), "3");
    let seen = bus.entry("b", "k").await.unwrap().unwrap();
    assert!(bus.put_if("b", "k", Bytes::new(), seen.revision).await.unwrap());
    assert_eq!(bus.get("b", "k").await.unwrap().unwrap(), "");
}

async fn the_queue(bus: &dyn Bus) {
    bus.publish(vec![message("t.w.0", "x"), message("t.w.1", "x")]).await.unwrap();
    let filters = vec!["t.w.*".to_owned()];
    let spec = QueueSpec { name: "w".into(), filters, ack_wait: Duration::from_secs(30), max_deliver: 2 };
    let mut queue = bus.queue("T", &spec).await.unwrap();
    let mut given = vec![];
    while let Some(work) = queue.next(SHORT * 4).await.unwrap() {
        let subject = work.record().subject.clone();
        given.push((subject.clone(), work.last()));
        match (subject.as_str(), work.last()) {
            ("t.w.0", false) => work.nak(Duration::ZERO).await.unwrap(),
            ("t.w.0", true) => work.term("enough").await.unwrap(),
            _ => work.ack().await.unwrap(),
        }
    }
    given.sort();
    let expected = [("t.w.0", false), ("t.w.0", true), ("t.w.1", false)];
    assert!(given.iter().map(|(s, last)| (s.as_str(), *last)).eq(expected), "{given:?}");
    let mut again = bus.queue("T", &spec).await.unwrap();
    assert!(again.next(SHORT).await.unwrap().is_none(), "what was done stays done");
}

async fn same(bus: &dyn Bus) {
    bus.ensure(&[STREAM], &[BUCKET]).await.unwrap();
    the_log(bus).await;
    the_keys(bus).await;
    the_queue(bus).await;
}

#[tokio::test]
async fn in_memory() {
    same(&Memory::default()).await;
}

#[tokio::test]
async fn on_a_server() {
    let dir = tempfile::tempdir().unwrap();
    let server = LocalServer::start(&LocalServer::find().await.unwrap(), dir.path()).await.unwrap();
    same(&Nats::connect(&NatsConfig::local(&server.url())).await.unwrap()).await;
}
