//! One trace from a change in the school system to VIGO's receipt. A process of its own: the subscriber is everybody's.
#![expect(clippy::unwrap_used, reason = "tests")]

#[path = "it/scene.rs"]
#[expect(dead_code, reason = "the other tests use the rest")]
mod scene;

use anyhow::Result;
use axum::{Router, body::Bytes, extract::State, routing::post};
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message as _;
use runtime::Telemetri;
use scene::{Scene, Valg};
use simulators::generator::{Feilmengde, GeneratorConfig, Nummerserie};
use simulators::vigilo::Endring;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

type Mottatt = Arc<Mutex<Vec<Span>>>;

/// A receiver of OTLP over HTTP, as small as can be.
async fn mottaker(mottatt: Mottatt) -> Result<String> {
    let ta_imot = |State(mottatt): State<Mottatt>, kropp: Bytes| async move {
        let innhold = ExportTraceServiceRequest::decode(kropp).unwrap();
        let spenn = innhold.resource_spans.into_iter().flat_map(|r| r.scope_spans).flat_map(|s| s.spans);
        mottatt.lock().unwrap().extend(spenn);
    };
    let rute = Router::new().route("/v1/traces", post(ta_imot)).with_state(mottatt);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/v1/traces", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, rute).await });
    Ok(url)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_correction_can_be_followed_to_the_receipt() -> Result<()> {
    let mottatt = Mottatt::default();
    let url = mottaker(mottatt.clone()).await?;
    let telemetri = Telemetri { filter: Some("error".into()), otlp: Some(url), ..Telemetri::default() };
    let vakt = tokio::task::spawn_blocking(move || telemetri.start("it")).await??;

    let mut kommune = GeneratorConfig::liten(7);
    kommune.feil = Feilmengde { ugyldig_nummer: 1, ..Feilmengde::ingen() };
    let scene = Scene::ny(Valg { kommune, ..Valg::default() }).await?;
    let kjoring = scene.kjor().await?;
    kjoring.ro(1).await?;
    assert!(scene.hos_vigo().is_empty());
    let elev = scene.vigilo.kommune().plantet[0].elev;
    let nummer = Nummerserie::ny(99, 70_000).fodselsnummer(scene.skolear.startar() - 15);
    scene.vigilo.endre(&[Endring::RettetNummer { elev, nummer }])?;
    kjoring.les_igjen().await?;
    assert_eq!(scene.hos_vigo().len(), scene.tiende().len());
    kjoring.stopp().await;
    tokio::task::spawn_blocking(move || vakt.avslutt()).await?;

    let spenn = mottatt.lock().unwrap().clone();
    let lever: Vec<_> = spenn.iter().filter(|s| s.name == "vigo.lever").collect();
    assert_eq!(lever.len(), 1, "one delivery");
    let navn: BTreeSet<_> = spenn.iter().filter(|s| s.trace_id == lever[0].trace_id).map(|s| s.name.as_str()).collect();
    for ventet in ["kilde.snapshot", "fint", "liste", "liste.godkjenn", "vigo.lever"] {
        assert!(navn.contains(ventet), "{ventet} is not in the trace: {navn:?}");
    }
    let snapshots = spenn.iter().filter(|s| s.name == "kilde.snapshot");
    let traces: BTreeSet<_> = snapshots.map(|s| s.trace_id.clone()).collect();
    assert!(traces.len() > 1, "the reading that brought the correction is a trace of its own");
    Ok(())
}
