//! The bus against a real nats-server: what Mellomlag promises rests on these.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop here")]

use bus::local::LocalServer;
use bus::{
    Batch, BucketSpec, Bus, BusError, CommitError, Expect, Message, Nats, NatsConfig, QueueSpec, Start, StreamSpec,
};
use bytes::Bytes;
use std::collections::BTreeMap;
use std::time::Duration;

const STREAM: StreamSpec = StreamSpec { name: "T", subjects: &["t.>"], keep_per_subject: 4, replicas: 1 };
const WAIT: Duration = Duration::from_secs(10);

async fn server() -> (LocalServer, tempfile::TempDir) {
    let binary = LocalServer::find().await.unwrap();
    let dir = tempfile::tempdir().unwrap();
    (LocalServer::start(&binary, dir.path()).await.unwrap(), dir)
}

async fn connect(server: &LocalServer) -> Nats {
    let config = NatsConfig { timeout: Duration::from_secs(3), ..NatsConfig::local(&server.url()) };
    Nats::connect(&config).await.unwrap()
}

fn message(subject: &str, payload: &str) -> Message {
    Message {
        subject: subject.into(),
        headers: vec![("ce-specversion", "1.0".into())],
        payload: Bytes::from(payload.to_owned()),
    }
}

fn batch(expect: u64, position: &str, messages: Vec<Message>) -> Batch {
    Batch { guard: message("t._pos", position), expect: Expect(expect), messages }
}

async fn all(bus: &Nats, start: Start) -> Vec<(u64, String, String)> {
    let mut reader = bus.read("T", &["t.>".into()], start).await.unwrap();
    let mut left = reader.pending_at_start();
    let mut out = vec![];
    while left > 0 {
        for record in reader.next(100, WAIT).await.unwrap() {
            left = record.pending;
            out.push((record.sequence, record.subject, String::from_utf8(record.payload.to_vec()).unwrap()));
        }
    }
    out
}

#[tokio::test]
async fn a_batch_is_stored_whole_and_only_by_the_first_writer() {
    let (server, _dir) = server().await;
    let bus = connect(&server).await;
    bus.ensure(&[STREAM], &[]).await.unwrap();

    let first = bus.commit("T", batch(0, "1", vec![message("t.a", "a1"), message("t.b", "b1")])).await.unwrap();
    assert_eq!(first.guard, 3, "the guard is the last of its batch");

    // A zombie that saw nothing of it: refused whole, although the error reply looks like an acknowledgement.
    let late = bus.commit("T", batch(0, "1", vec![message("t.a", "zombie"), message("t.c", "zombie")])).await;
    assert!(matches!(late, Err(CommitError::Fenced { .. })), "{late:?}");
    // The same without company: an ordinary message with a guard.
    let late = bus.commit("T", batch(0, "1", vec![])).await;
    assert!(matches!(late, Err(CommitError::Fenced { .. })), "{late:?}");

    let second = bus.commit("T", batch(first.guard, "2", vec![message("t.a", "a2")])).await.unwrap();
    let alone = bus.commit("T", batch(second.guard, "3", vec![])).await.unwrap();
    assert_eq!((second.guard, alone.guard), (5, 6));

    let texts = |rows: Vec<(u64, String, String)>| rows.into_iter().map(|(_, _, p)| p).collect::<Vec<_>>();
    assert_eq!(texts(all(&bus, Start::After(0)).await), ["a1", "b1", "1", "a2", "2", "3"]);
    assert_eq!(texts(all(&bus, Start::LastPerSubject).await), ["b1", "a2", "3"]);
    assert_eq!(texts(all(&bus, Start::After(5)).await), ["3"]);

    let last = bus.last("T", "t.a").await.unwrap().unwrap();
    assert_eq!((last.sequence, &last.payload[..], last.header("ce-specversion")), (4, &b"a2"[..], Some("1.0")));
    assert!(last.header("Nats-Batch-Id").is_some(), "it really was a batch");
    assert!(bus.last("T", "t.nothing").await.unwrap().is_none());
}

#[tokio::test]
async fn a_batch_holds_a_thousand_and_no_more() {
    let (server, _dir) = server().await;
    let bus = connect(&server).await;
    bus.ensure(&[STREAM], &[]).await.unwrap();
    let many = |n: usize| (0..n).map(|i| message(&format!("t.k{i}"), "x")).collect::<Vec<_>>();
    let full = bus.commit("T", batch(0, "1", many(Batch::MAX - 1))).await.unwrap();
    assert_eq!(full.guard, 1000);
    let over = bus.commit("T", batch(full.guard, "2", many(Batch::MAX))).await;
    assert!(matches!(over, Err(CommitError::TooLarge { len: 1001 })), "{over:?}");
    // A subject that the stream does not hold spoils the whole batch.
    let foreign = bus.commit("T", batch(full.guard, "2", vec![message("t.ok", "x"), message("elsewhere", "x")])).await;
    assert!(foreign.is_err());
    assert!(bus.last("T", "t.ok").await.unwrap().is_none(), "nothing of a refused batch is stored");
}

#[tokio::test]
async fn streams_are_created_once_and_never_changed() {
    let (server, _dir) = server().await;
    let bus = connect(&server).await;
    let bucket = BucketSpec { name: "lease", max_age: Some(Duration::from_secs(60)), replicas: 1 };
    bus.ensure(&[STREAM], std::slice::from_ref(&bucket)).await.unwrap();
    bus.ensure(&[STREAM], std::slice::from_ref(&bucket)).await.unwrap();
    let other = StreamSpec { keep_per_subject: 9, ..STREAM };
    let longer = BucketSpec { max_age: None, ..bucket };
    let error = bus.ensure(&[other], &[longer]).await.unwrap_err();
    let BusError::Differs(differences) = &error else { panic!("{error}") };
    let settings: Vec<_> = differences.iter().map(|d| (d.name.as_str(), d.setting, d.found.as_str())).collect();
    assert_eq!(settings, [("T", "max_msgs_per_subject", "4"), ("bucket lease", "max_age", "60s")]);
    bus.ensure(&[STREAM], &[]).await.unwrap();

    assert_eq!(bus.get("lease", "a").await.unwrap(), None);
    bus.put("lease", "a", Bytes::from_static(b"x")).await.unwrap();
    assert_eq!(bus.get("lease", "a").await.unwrap(), Some(Bytes::from_static(b"x")));
}

#[tokio::test]
async fn a_work_queue_gives_again_what_was_not_done() {
    let (server, _dir) = server().await;
    let bus = connect(&server).await;
    bus.ensure(&[STREAM], &[]).await.unwrap();
    bus.publish((0..600).map(|i| message(&format!("t.w{i}"), "x")).collect()).await.unwrap();
    assert_eq!(all(&bus, Start::After(0)).await.len(), 600, "every publish was acknowledged");
    let spec = QueueSpec {
        name: "w".into(),
        filters: vec!["t.w0".into(), "t.w1".into(), "t.w2".into()],
        ack_wait: Duration::from_secs(30),
        max_deliver: 3,
    };
    let mut queue = bus.queue("T", &spec).await.unwrap();
    let first = queue.next(WAIT).await.unwrap().unwrap();
    first.progress().await.unwrap();
    first.nak(Duration::ZERO).await.unwrap();
    let mut seen = BTreeMap::new();
    loop {
        let work = queue.next(WAIT).await.unwrap().unwrap();
        let subject = work.record().subject.clone();
        let tries = seen.entry(subject.clone()).or_insert(u32::from(subject == first.record().subject));
        *tries += 1;
        assert_eq!(work.last(), *tries >= 3, "{subject}");
        match (subject.as_str(), work.last()) {
            ("t.w0", false) => work.nak(Duration::ZERO).await.unwrap(),
            ("t.w0", true) => work.term("quarantined").await.unwrap(),
            _ => work.ack().await.unwrap(),
        }
        if seen.len() == 3 && seen["t.w0"] == 3 {
            break;
        }
    }
    assert!(queue.next(Duration::from_millis(50)).await.unwrap().is_none());
    // The queue is durable: what was done stays done for the next worker.
    drop(queue);
    let mut again = bus.queue("T", &spec).await.unwrap();
    assert!(again.next(Duration::from_millis(50)).await.unwrap().is_none());
}

#[tokio::test]
async fn a_server_that_dies_loses_nothing_and_is_found_again() {
    let (mut server, _dir) = server().await;
    let bus = connect(&server).await;
    bus.ensure(&[STREAM], &[]).await.unwrap();
    let mut expect = 0;
    for round in 0..20 {
        let messages = vec![message(&format!("t.r{round}"), "x"), message("t.last", &round.to_string())];
        if round % 7 == 3 {
            server.kill_and_restart().await.unwrap();
        }
        // A lost answer leaves one question: was it stored? The guard's subject tells.
        loop {
            match bus.commit("T", batch(expect, &round.to_string(), messages.clone())).await {
                Ok(done) => {
                    expect = done.guard;
                    break;
                }
                Err(CommitError::Unknown { .. } | CommitError::Fenced { .. }) => {
                    let Ok(Some(record)) = bus.last("T", "t._pos").await else { continue };
                    expect = record.sequence;
                    if record.payload == round.to_string() {
                        break;
                    }
                }
                Err(error) => panic!("{error}"),
            }
        }
    }
    let rows = all(&bus, Start::LastPerSubject).await;
    let rounds = rows.iter().filter(|(_, subject, _)| subject.starts_with("t.r")).count();
    assert_eq!(rounds, 20, "{rows:?}");
    bus.close().await;
}

#[tokio::test]
async fn nats_gone_is_a_clear_error() {
    let (mut server, _dir) = server().await;
    let bus = connect(&server).await;
    bus.ensure(&[STREAM], &[]).await.unwrap();
    server.kill().await.unwrap();
    let error = bus.commit("T", batch(0, "1", vec![message("t.a", "a")])).await.unwrap_err();
    assert!(matches!(error, CommitError::Unknown { .. }), "{error}");
    let error = bus.last("T", "t.a").await.unwrap_err().to_string();
    assert!(error.contains("NATS is out of reach") && error.contains("start nats-server"), "{error}");
    assert!(!bus.healthy());

    let config = NatsConfig { timeout: Duration::from_secs(1), ..NatsConfig::local(&server.url()) };
    let error = Nats::connect(&config).await.unwrap_err().to_string();
    assert!(error.contains(&server.url()), "{error}");
}

/// What a server says of itself is what the gate reads: this one says 2.9.10.
#[tokio::test]
async fn a_server_that_is_too_old_is_refused() {
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let info = r#"INFO {"server_id":"x","server_name":"x","version":"2.9.10","go":"x","host":"127.0.0.1","port":0,"headers":true,"max_payload":1048576,"proto":1,"client_id":1,"nonce":""}"#;
            socket.write_all(format!("{info}\r\n").as_bytes()).await.unwrap();
            let (read, mut write) = socket.split();
            let mut lines = BufReader::new(read).lines();
            while let Ok(Some(line)) = lines.next_line().await {
                if line == "PING" {
                    write.write_all(b"PONG\r\n").await.unwrap();
                }
            }
        }
    });
    let error = Nats::connect(&NatsConfig::local(&format!("nats://127.0.0.1:{port}"))).await.unwrap_err();
    let text = error.to_string();
    assert!(matches!(error, BusError::TooOld { .. }), "{text}");
    assert!(text.contains("2.9.10 is too old") && text.contains("2.14.0"), "{text}");
}
