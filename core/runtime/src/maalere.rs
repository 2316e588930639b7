//! Metrics, for Prometheus and for progress bars. Labels name tenants, sources and codes: never a person or a school's pupil.

use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge},
    registry::Registry,
};
use std::sync::Arc;

/// Labels of one part.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Del {
    /// Which loop: `kilde`, `fint`, `liste`, `levering`, …
    pub del: &'static str,
    /// Whose.
    pub tenant: String,
}

/// Labels of one kind of happening in one part.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Slag {
    /// Which loop.
    pub del: &'static str,
    /// Whose.
    pub tenant: String,
    /// Which kind: a stable code.
    pub slag: String,
}

/// All metrics. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Maalere {
    registry: Arc<Registry>,
    /// Messages written, by part.
    pub skrevet: Family<Del, Counter>,
    /// Messages read, by part.
    pub lest: Family<Del, Counter>,
    /// Messages expected in the reading that goes on.
    pub ventet: Family<Del, Gauge>,
    /// Sequence of the last message written, by part.
    pub sist_skrevet: Family<Del, Gauge>,
    /// Sequence in the input up to which a part has done everything, by part.
    pub behandlet: Family<Del, Gauge>,
    /// Complete snapshots, by source.
    pub snapshot: Family<Del, Counter>,
    /// Unix time of the last complete snapshot.
    pub sist_hel: Family<Del, Gauge>,
    /// Rounds given up, by cause.
    pub stopp: Family<Slag, Counter>,
    /// Tolerances used in reading, by code.
    pub funn: Family<Slag, Counter>,
    /// Deviations of the mapping, by rule, as counted when the step last compared everything.
    pub kartavvik: Family<Slag, Gauge>,
    /// Records in quarantine, by code.
    pub karantene: Family<Slag, Counter>,
    /// Outcomes of deliveries.
    pub utfall: Family<Slag, Counter>,
}

impl Default for Maalere {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("mellomlag");
        let skrevet = Family::default();
        let lest = Family::default();
        let ventet = Family::default();
        let sist_skrevet = Family::default();
        let behandlet = Family::default();
        let snapshot = Family::default();
        let sist_hel = Family::default();
        let stopp = Family::default();
        let funn = Family::default();
        let kartavvik = Family::default();
        let karantene = Family::default();
        let utfall = Family::default();
        registry.register("messages_written", "Messages written", skrevet.clone());
        registry.register("messages_read", "Messages and source rows read", lest.clone());
        registry.register("messages_expected", "Rows expected in the present reading", ventet.clone());
        registry.register("last_written_sequence", "Sequence of the last message written", sist_skrevet.clone());
        registry.register("input_sequence", "Sequence of the input that is accounted for", behandlet.clone());
        registry.register("snapshots", "Complete snapshots of a source", snapshot.clone());
        registry.register("last_snapshot_seconds", "Unix time of the last complete snapshot", sist_hel.clone());
        registry.register("rounds_given_up", "Rounds given up, by cause", stopp.clone());
        registry.register("source_findings", "Tolerances used in reading, by code", funn.clone());
        registry.register(
            "mapping_deviations",
            "Deviations of the mapping at the last full comparison",
            kartavvik.clone(),
        );
        registry.register("quarantined", "Records put in quarantine, by code", karantene.clone());
        registry.register("deliveries", "Deliveries, by outcome", utfall.clone());
        let registry = Arc::new(registry);
        Self {
            registry,
            skrevet,
            lest,
            ventet,
            sist_skrevet,
            behandlet,
            snapshot,
            sist_hel,
            stopp,
            funn,
            kartavvik,
            karantene,
            utfall,
        }
    }
}

impl Maalere {
    /// Adds one to a happening.
    pub fn tell(familie: &Family<Slag, Counter>, del: &'static str, tenant: &str, slag: impl Into<String>) {
        familie.get_or_create(&Slag { del, tenant: tenant.to_owned(), slag: slag.into() }).inc();
    }

    /// The counter of a part.
    pub fn av(familie: &Family<Del, Counter>, del: &'static str, tenant: &str) -> Counter {
        familie.get_or_create(&Del { del, tenant: tenant.to_owned() }).clone()
    }

    /// The gauge of a part.
    pub fn niva(familie: &Family<Del, Gauge>, del: &'static str, tenant: &str) -> Gauge {
        familie.get_or_create(&Del { del, tenant: tenant.to_owned() }).clone()
    }

    /// Sets a gauge to a stream's sequence.
    pub(crate) fn sett_sekvens(familie: &Family<Del, Gauge>, del: &'static str, tenant: &str, sekvens: u64) {
        Self::niva(familie, del, tenant).set(i64::try_from(sekvens).unwrap_or(i64::MAX));
    }

    /// Prometheus' text format (OpenMetrics).
    pub fn tekst(&self) -> String {
        let mut tekst = String::new();
        encode(&mut tekst, &self.registry).expect("a String takes every write");
        tekst
    }
}
