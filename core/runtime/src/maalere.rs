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

/// Labels of one source.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Kildemerke {
    /// Whose.
    pub tenant: String,
    /// Its name.
    pub kilde: String,
}

/// Labels of one receiver.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Mottakermerke {
    /// Its name.
    pub mottaker: String,
}

/// Labels of one alarm of one source.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Alarmmerke {
    /// Whose.
    pub tenant: String,
    /// Its name.
    pub kilde: String,
    /// `stum`: not read whole in time; `avvist`: our credentials are refused; `holdt`: a person must decide.
    pub reason: &'static str,
}

/// Labels of one webhook.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Webhookmerke {
    /// Whose.
    pub tenant: String,
    /// Its name.
    pub webhook: String,
}

/// A gauge per source.
pub(crate) type Kildefamilie = Family<Kildemerke, Gauge>;

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
    /// Place in a person register's feed.
    pub register_sted: Family<Kildemerke, Gauge>,
    /// Unix time of the newest update that a person register has shown.
    pub register_hendelse: Family<Kildemerke, Gauge>,
    /// Unix time of a person register's last answer.
    pub register_kontakt: Family<Kildemerke, Gauge>,
    /// 1 while a person should look at a person register, by reason: `stale`, `unreachable`, `unreadable`, `denied`,
    /// `respooled` or `too_old`.
    pub register_alarm: Family<Alarmmerke, Gauge>,
    /// Outcomes of deliveries.
    pub utfall: Family<Slag, Counter>,
    /// Deliveries whose answer is waited for, by receiver.
    pub pa_vei: Family<Mottakermerke, Gauge>,
    /// Lists of which nobody knows whether they arrived, by receiver: of those that this process looks after.
    pub uavklarte: Family<Mottakermerke, Gauge>,
    /// Unix time of the last complete snapshot, by source; 0 before the first.
    pub kilde_sist_hel: Family<Kildemerke, Gauge>,
    /// Unix time at which a source last brought something new.
    pub kilde_sist_endring: Family<Kildemerke, Gauge>,
    /// Unix time at which a source is to be read next.
    pub kilde_ventet: Family<Kildemerke, Gauge>,
    /// 1 while an alarm of a source rings.
    pub kildealarm: Family<Alarmmerke, Gauge>,
    /// Tries in a row that a webhook has failed.
    pub webhook_feil: Family<Webhookmerke, Gauge>,
    /// 1 while a webhook is paused until a person has seen to it.
    pub webhook_pauset: Family<Webhookmerke, Gauge>,
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
        let register_sted = Family::default();
        let register_hendelse = Family::default();
        let register_kontakt = Family::default();
        let register_alarm = Family::default();
        let utfall = Family::default();
        let pa_vei = Family::default();
        let uavklarte = Family::default();
        let kilde_sist_hel = Family::default();
        let kilde_sist_endring = Family::default();
        let kilde_ventet = Family::default();
        let kildealarm = Family::default();
        let webhook_feil = Family::<Webhookmerke, Gauge>::default();
        let webhook_pauset = Family::<Webhookmerke, Gauge>::default();
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
        registry.register("register_position", "Place in a person register's feed", register_sted.clone());
        registry.register(
            "register_last_event_seconds",
            "Unix time of the newest update of a person register",
            register_hendelse.clone(),
        );
        registry.register(
            "register_last_contact_seconds",
            "Unix time of a person register's last answer",
            register_kontakt.clone(),
        );
        registry.register("register_alarm", "1 while a person register needs a person", register_alarm.clone());
        registry.register("deliveries", "Deliveries, by outcome", utfall.clone());
        registry.register("deliveries_in_flight", "Deliveries whose answer is waited for", pa_vei.clone());
        registry.register("uncertain_lists", "Lists of which nobody knows whether they arrived", uavklarte.clone());
        let mut tid = |navn, hva, familie: &Kildefamilie| registry.register(navn, hva, familie.clone());
        tid("source_last_snapshot_seconds", "Unix time of a source's last complete snapshot", &kilde_sist_hel);
        tid("source_last_change_seconds", "Unix time of the last change that a source brought", &kilde_sist_endring);
        tid("source_expected_next_seconds", "Unix time at which a source is read next", &kilde_ventet);
        registry.register("source_alarm", "1 while an alarm of a source rings", kildealarm.clone());
        registry.register("webhook_failures", "Tries in a row that a webhook has failed", webhook_feil.clone());
        registry.register("webhook_paused", "1 while a webhook waits for a person", webhook_pauset.clone());
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
            register_sted,
            register_hendelse,
            register_kontakt,
            register_alarm,
            utfall,
            pa_vei,
            uavklarte,
            kilde_sist_hel,
            kilde_sist_endring,
            kilde_ventet,
            kildealarm,
            webhook_feil,
            webhook_pauset,
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

    /// Deliveries to a receiver whose answer is waited for.
    pub fn pa_vei(&self, mottaker: &str) -> Gauge {
        self.pa_vei.get_or_create(&Mottakermerke { mottaker: mottaker.to_owned() }).clone()
    }

    /// Lists of which nobody knows whether a receiver has them.
    pub fn uavklarte(&self, mottaker: &str) -> Gauge {
        self.uavklarte.get_or_create(&Mottakermerke { mottaker: mottaker.to_owned() }).clone()
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
