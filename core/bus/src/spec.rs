//! What streams and buckets must be like.

use async_nats::jetstream::stream::{Config, RetentionPolicy, StorageType};
use std::{fmt, time::Duration};

/// A stream that Mellomlag needs.
#[derive(Debug, Clone)]
pub struct StreamSpec {
    /// Name.
    pub name: &'static str,
    /// Subjects.
    pub subjects: &'static [&'static str],
    /// How many messages of a subject are kept; 0 keeps all. The last of each subject always stays.
    pub keep_per_subject: i64,
    /// Copies: 1, or 3 on a cluster.
    pub replicas: usize,
}

/// A bucket that Mellomlag needs.
#[derive(Debug, Clone)]
pub struct BucketSpec {
    /// Name.
    pub name: &'static str,
    /// How long a value lives without being set again; none keeps it.
    pub max_age: Option<Duration>,
    /// Copies.
    pub replicas: usize,
}

/// One setting that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Stream or bucket.
    pub name: String,
    /// Which setting.
    pub setting: &'static str,
    /// What this version needs.
    pub needed: String,
    /// What is there.
    pub found: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} has {} = {} where {} is needed", self.name, self.setting, self.found, self.needed)
    }
}

impl StreamSpec {
    pub(crate) fn config(&self) -> Config {
        Config {
            name: self.name.into(),
            subjects: self.subjects.iter().map(ToString::to_string).collect(),
            max_messages_per_subject: if self.keep_per_subject == 0 { -1 } else { self.keep_per_subject },
            retention: RetentionPolicy::Limits,
            storage: StorageType::File,
            num_replicas: self.replicas,
            allow_direct: true,
            allow_atomic_publish: true,
            ..Config::default()
        }
    }

    /// What differs between what is needed and what is there.
    pub(crate) fn compare(&self, found: &Config) -> Vec<Difference> {
        let needed = self.config();
        let mut out = Vec::new();
        let mut differs = |setting, needed: String, found: String| {
            if needed != found {
                out.push(Difference { name: self.name.into(), setting, needed, found });
            }
        };
        let keep = |n: i64| if n <= 0 { "all".to_owned() } else { n.to_string() };
        differs("subjects", format!("{:?}", needed.subjects), format!("{:?}", found.subjects));
        differs("max_msgs_per_subject", keep(needed.max_messages_per_subject), keep(found.max_messages_per_subject));
        differs("max_msgs", keep(needed.max_messages), keep(found.max_messages));
        differs("max_bytes", keep(needed.max_bytes), keep(found.max_bytes));
        differs("max_age", format!("{:?}", needed.max_age), format!("{:?}", found.max_age));
        differs("retention", format!("{:?}", needed.retention), format!("{:?}", found.retention));
        differs("storage", format!("{:?}", needed.storage), format!("{:?}", found.storage));
        differs("num_replicas", needed.num_replicas.to_string(), found.num_replicas.to_string());
        differs("allow_direct", needed.allow_direct.to_string(), found.allow_direct.to_string());
        differs("allow_atomic", needed.allow_atomic_publish.to_string(), found.allow_atomic_publish.to_string());
        differs(
            "compression",
            "none".into(),
            match found.compression {
                None | Some(async_nats::jetstream::stream::Compression::None) => "none".into(),
                Some(_) => "s2".into(),
            },
        );
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_that_forgets_is_reported() {
        let spec = StreamSpec { name: "KILDE", subjects: &["kilde.>"], keep_per_subject: 8, replicas: 1 };
        assert_eq!(spec.compare(&spec.config()), vec![]);
        let found = Config { max_age: Duration::from_secs(60), allow_atomic_publish: false, ..spec.config() };
        let settings: Vec<_> = spec.compare(&found).into_iter().map(|d| d.setting).collect();
        assert_eq!(settings, ["max_age", "allow_atomic"]);
    }
}
