//! The streams and buckets of Mellomlag.

use bus::{BucketSpec, Bus, BusError, StreamSpec};
use bytes::Bytes;
use hendelse::publiserte;
use hendelse::{Bibliotek, FINT, Fingeravtrykk, INNSAMLING, INNSENDING, KARANTENE, KILDE, LISTE, REVISJON, VARSEL};
use std::time::Duration;

/// Bucket of what all roles share: `skjema.<fingerprint>` holds the schema with that fingerprint.
pub const CONFIG: &str = "config";
/// Bucket of who does what just now: a value not set again within a minute is gone.
pub const LEASE: &str = "lease";

/// Bucket of those who are sent what is told: how far each has come.
pub const ABONNEMENT: &str = "abonnement";

/// Bucket of the sources: `status.<tenant>.<source>` says how one is doing, `hold.<tenant>.<source>` what waits for a
/// person.
pub const KILDER: &str = "kilde";

/// Bucket of the people who may sign in: `<tenant or county>` holds them, with what each is to whom.
pub const BRUKERE: &str = "brukere";

/// Bucket of sessions, by a hash of what the browser holds. Nothing in it lives longer than a session may.
pub const OKTER: &str = "okter";

/// Bucket of what operators steer and look into: `pause.…`, `forsok.…`.
pub const DRIFT: &str = "drift";

/// The longest that a session may live.
pub const LENGSTE_OKT: Duration = Duration::from_secs(12 * 3600);

/// Versions that KILDE and FINT keep of each subject: the last always, and a little history to explain it with.
const HISTORIKK: i64 = 8;

/// What the streams must be like, with `replicas` copies (1 on one machine, 3 on a cluster).
pub fn strommer(replicas: usize) -> [StreamSpec; 8] {
    let strom = |name, subjects, keep_per_subject| StreamSpec { name, subjects, keep_per_subject, replicas };
    [
        strom(KILDE, &["kilde.>"], HISTORIKK),
        strom(FINT, &["fint.>"], HISTORIKK),
        strom(LISTE, &["liste.>"], 0),
        strom(INNSENDING, &["innsending.>"], 0),
        strom(KARANTENE, &["karantene.>"], 1),
        strom(INNSAMLING, &["innsamling.>"], 0),
        strom(VARSEL, &["status.>", "varsel.>"], 0),
        strom(REVISJON, &["revisjon.>"], 0),
    ]
}

/// The buckets, for `replicas` servers.
pub fn botter(replicas: usize) -> [BucketSpec; 7] {
    let botte = |name, max_age| BucketSpec { name, max_age, replicas };
    [
        botte(CONFIG, None),
        botte(KILDER, None),
        botte(ABONNEMENT, None),
        botte(BRUKERE, None),
        botte(OKTER, Some(LENGSTE_OKT)),
        botte(DRIFT, None),
        botte(LEASE, Some(Duration::from_secs(60))),
    ]
}

/// Creates or checks streams and buckets, and publishes this version's schemas for older programs to read by.
pub async fn klargjor(bus: &dyn Bus, replicas: usize) -> Result<(), BusError> {
    bus.ensure(&strommer(replicas), &botter(replicas)).await?;
    for (avtrykk, tekst) in publiserte() {
        let key = format!("skjema.{avtrykk}");
        if bus.get(CONFIG, &key).await?.is_none() {
            bus.put(CONFIG, &key, Bytes::from_static(tekst.as_bytes())).await?;
        }
    }
    Ok(())
}

/// Fetches the schema of a newer program. False when nobody has published it.
pub async fn hent_skjema(bus: &dyn Bus, bibliotek: &mut Bibliotek, avtrykk: Fingeravtrykk) -> Result<bool, BusError> {
    let funnet = bus.get(CONFIG, &format!("skjema.{avtrykk}")).await?;
    let Some(tekst) = funnet.and_then(|b| String::from_utf8(b.to_vec()).ok()) else { return Ok(false) };
    bibliotek.legg_til(avtrykk, tekst);
    Ok(true)
}
