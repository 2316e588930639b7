//! Two processes that read one source, and one of them at the worst moment.

use crate::{Scene, les, liv};
use async_trait::async_trait;
use bus::{
    Batch, BucketSpec, Bus, BusError, CommitError, Committed, Entry, Expect, Memory, Message, Queue, QueueSpec, Reader,
    Record, Start, StreamSpec, StreamState,
};
use bytes::Bytes;
use flow::Terskler;
use oneroster::Objekt;
use runtime::{Kilde, Kildelop, Omgivelse};
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};

/// A bus on which another process reads the source just before we read for the `naar`-th time.
struct Forstyrret {
    bus: Memory,
    naar: AtomicI32,
    om: Omgivelse,
    kilde: Kilde,
}

impl Forstyrret {
    async fn forstyrr(&self) {
        if self.naar.fetch_sub(1, Ordering::Relaxed) == 0 {
            let mut annen = Kildelop::last(self.om.clone(), self.kilde.clone()).await.unwrap();
            annen.snapshot().await.unwrap();
        }
    }
}

#[async_trait]
impl Bus for Forstyrret {
    async fn ensure(&self, streams: &[StreamSpec], buckets: &[BucketSpec]) -> Result<(), BusError> {
        self.bus.ensure(streams, buckets).await
    }

    async fn commit(&self, stream: &str, batch: Batch) -> Result<Committed, CommitError> {
        self.bus.commit(stream, batch).await
    }

    async fn publish(&self, messages: Vec<Message>) -> Result<(), BusError> {
        self.bus.publish(messages).await
    }

    async fn last(&self, stream: &str, subject: &str) -> Result<Option<Record>, BusError> {
        self.forstyrr().await;
        self.bus.last(stream, subject).await
    }

    async fn state(&self, stream: &str) -> Result<StreamState, BusError> {
        self.bus.state(stream).await
    }

    async fn read(&self, stream: &str, filters: &[String], start: Start) -> Result<Box<dyn Reader>, BusError> {
        self.forstyrr().await;
        self.bus.read(stream, filters, start).await
    }

    async fn queue(&self, stream: &str, spec: &QueueSpec) -> Result<Box<dyn Queue>, BusError> {
        self.bus.queue(stream, spec).await
    }

    async fn get(&self, bucket: &str, key: &str) -> Result<Option<Bytes>, BusError> {
        self.bus.get(bucket, key).await
    }

    async fn entry(&self, bucket: &str, key: &str) -> Result<Option<Entry>, BusError> {
        self.bus.entry(bucket, key).await
    }

    async fn put_if(&self, bucket: &str, key: &str, value: Bytes, expect: Expect) -> Result<bool, BusError> {
        self.bus.put_if(bucket, key, value, expect).await
    }

    async fn put(&self, bucket: &str, key: &str, value: Bytes) -> Result<(), BusError> {
        self.bus.put(bucket, key, value).await
    }

    fn healthy(&self) -> bool {
        true
    }

    async fn close(&self) {}
}

async fn skole() -> Scene {
    let scene = Scene::ny(Terskler::default()).await;
    let mut t = scene.falsk.tilstand();
    t.ny_dag("2026-11-21T08:00:00Z".parse().unwrap(), 7);
    t.legg(liv::skolear(2027));
    t.legg(liv::org("s1", "Eksempel skole"));
    t.legg(liv::klasse("s1-10a", "s1", 10));
    (0..5).for_each(|nummer| liv::kommer(&mut t, nummer, "s1"));
    drop(t);
    scene
}

/// The pupil's name in the school system.
fn heter(scene: &Scene, navn: &str) {
    scene.ga(900);
    let mut t = scene.falsk.tilstand();
    t.na = scene.om.clock.now();
    t.legg(Objekt::User(liv::elev(1, "s1", 10, navn)).into());
}

/// Reads as the loop does: who finds that somebody else was first reads the state again.
async fn til_slutt(scene: &Scene, mut lop: Kildelop) -> bool {
    match lop.snapshot().await {
        Ok(_) => false,
        Err(feil) => {
            assert!(feil.avlost(), "{feil}");
            les(scene, &mut scene.lop().await).await.unwrap();
            true
        }
    }
}

#[tokio::test]
async fn who_writes_while_the_state_is_read_is_never_passed_over() {
    for naar in 0..4 {
        let scene = skole().await;
        les(&scene, &mut scene.lop().await).await.unwrap();
        heter(&scene, "Feil");
        let bus = Forstyrret {
            bus: scene.bus.clone(),
            naar: AtomicI32::new(naar),
            om: scene.om.clone(),
            kilde: scene.kilde.clone(),
        };
        // The other process publishes the wrong name while this one reads what KILDE holds; then it is put right.
        let lop =
            Kildelop::last(Omgivelse { bus: Arc::new(bus), ..scene.om.clone() }, scene.kilde.clone()).await.unwrap();
        heter(&scene, "Ny");
        til_slutt(&scene, lop).await;
        assert_eq!(scene.innhold().await, scene.falsk.sannhet(), "interrupted at {naar}");
    }
}

#[tokio::test]
async fn a_process_that_finds_nothing_to_do_sees_that_another_has_written() {
    let scene = skole().await;
    let mut var = scene.lop().await;
    les(&scene, &mut var).await.unwrap();
    heter(&scene, "Feil");
    les(&scene, &mut scene.lop().await).await.unwrap();
    // The other process is gone, and the source shows again what we last saw of it.
    heter(&scene, "Ny");
    assert!(til_slutt(&scene, var).await, "our memory says that all is well, and it is old");
    assert_eq!(scene.innhold().await, scene.falsk.sannhet());
}
