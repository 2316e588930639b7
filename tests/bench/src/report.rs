//! The figures of one or more runs, for people and for machines.

use crate::pipeline::Flow;
use crate::raw::{Raw, WORKERS};
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

/// What one run gave.
pub struct Run {
    /// Pupils in the municipality.
    pub pupils: usize,
    /// The flow.
    pub flow: Flow,
    /// The raw rates.
    pub raw: Raw,
}

/// A figure: its key in JSON, its name, its decimals, and how it is found in a run.
struct Figure(&'static str, String, usize, fn(&Run) -> f64);

/// All runs so far.
#[derive(Default)]
pub struct Report(Vec<Run>);

const DEFINITION: &str = "The ratio is (messages written to KILDE, FINT and LISTE ÷ wall seconds from the start of the roles until the lists\n\
     have caught up) ÷ the raw rate, same run, machine, server and client, messages of the flow's mean size.\n\
     The flow stores in atomic batches, which the server takes faster than single messages: the ratio to publish and ack can\n\
     be above 1, and the one to atomic batches says what reading, mapping and lists cost.\n\
     Vigilo, VIGO and Maskinporten are simulated in this same process: their work is in its time and memory.";

impl Report {
    /// Takes in a run.
    pub fn add(&mut self, run: Run) {
        self.0.push(run);
    }

    fn median(&self, figure: &Figure) -> f64 {
        median(self.0.iter().map(figure.3).collect())
    }

    /// One object; every figure is the median over the runs.
    pub fn json(&self) -> Value {
        let mut out = Map::new();
        out.insert("profile".into(), json!(profile()));
        out.insert("runs".into(), json!(self.0.len()));
        for figure in sections().into_iter().flat_map(|(_, figures)| figures) {
            let scale = 10_f64.powi(i32::try_from(figure.2).unwrap_or_default());
            out.insert(figure.0.into(), json!((self.median(&figure) * scale).round() / scale));
        }
        Value::Object(out)
    }

    /// A table.
    pub fn text(&self) -> String {
        let mut out = format!(
            "profile {}{}, {} run(s){}\n",
            profile(),
            if cfg!(debug_assertions) { " (lightly optimised: measure in release)" } else { "" },
            self.0.len(),
            if self.0.len() > 1 { ", medians" } else { "" }
        );
        for (title, figures) in sections() {
            // Writing to a String cannot fail.
            let _ = write!(out, "\n{title}\n");
            for figure in figures {
                let _ = writeln!(out, "  {:<58}{:>14}", figure.1, number(self.median(&figure), figure.2));
            }
        }
        let _ = write!(out, "\n{DEFINITION}");
        out
    }
}

fn sections() -> Vec<(&'static str, Vec<Figure>)> {
    let figure = |key, name: &str, decimals, of| Figure(key, name.to_owned(), decimals, of);
    vec![
        (
            "OneRoster page → KILDE → FINT → list",
            vec![
                figure("pupils", "pupils", 0, |r| r.pupils as f64),
                figure("written_kilde", "messages to KILDE", 0, |r| r.flow.written[0] as f64),
                figure("written_fint", "messages to FINT", 0, |r| r.flow.written[1] as f64),
                figure("written_liste", "messages to LISTE", 0, |r| r.flow.written[2] as f64),
                figure("seconds", "wall seconds", 2, |r| r.flow.seconds),
                figure("events_per_second", "events/s", 0, |r| r.flow.rate()),
                figure("cpu_seconds", "processor seconds, this process with the simulators", 2, |r| r.flow.cpu),
                figure("nats_cpu_seconds", "processor seconds, nats-server", 2, |r| r.flow.nats_cpu),
                figure("peak_mib", "peak memory, MiB, this process with the simulators", 0, |r| r.flow.peak_mib),
            ],
        ),
        (
            "Mean message, used for the raw rates",
            vec![
                figure("message_subject", "bytes in the subject", 0, |r| r.flow.shape.subject as f64),
                figure("message_headers", "headers", 0, |r| r.flow.shape.headers as f64),
                figure("message_header_bytes", "bytes in the headers", 0, |r| r.flow.shape.header_bytes as f64),
                figure("message_payload", "bytes of data", 0, |r| r.flow.shape.payload as f64),
            ],
        ),
        (
            "Raw, messages/s",
            vec![
                figure("raw_messages", "messages in each measurement", 0, |r| r.raw.messages as f64),
                figure("raw_publish", "publish and ack, pipelined", 0, |r| r.raw.publish),
                figure("raw_batch", "atomic batches of 1,000", 0, |r| r.raw.batch),
                figure("raw_queue_one", "consume and ack, one worker", 0, |r| r.raw.queue_one),
                figure("raw_queue_many", &format!("consume and ack, {WORKERS} workers"), 0, |r| r.raw.queue_many),
                figure("raw_read", "ordered read, no ack", 0, |r| r.raw.read),
            ],
        ),
        (
            "Ratio of the flow's events/s",
            vec![
                figure("ratio_publish", "to publish and ack", 2, |r| r.flow.rate() / r.raw.publish),
                figure("ratio_consume", "to consume and ack, the faster of the two", 2, |r| {
                    r.flow.rate() / r.raw.queue()
                }),
                figure("ratio_batch", "to atomic batches", 2, |r| r.flow.rate() / r.raw.batch),
            ],
        ),
    ]
}

fn profile() -> &'static str {
    if cfg!(debug_assertions) { "dev" } else { "release" }
}

/// The middle value; of an even number, the mean of the two in the middle.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => values[n / 2],
        n => f64::midpoint(values[n / 2 - 1], values[n / 2]),
    }
}

/// With a comma between thousands.
fn number(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut out = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_do_not_follow_an_outlier() {
        assert_eq!(median(vec![3.0, 900.0, 1.0]), 3.0);
        assert_eq!(median(vec![4.0, 1.0, 2.0, 900.0]), 3.0);
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(number(1_234_567.0, 0), "1,234,567");
        assert_eq!(number(123.0, 0), "123");
        assert_eq!(number(1_234.567, 2), "1,234.57");
    }
}
