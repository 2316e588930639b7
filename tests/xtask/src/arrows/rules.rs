//! The rules: one function per kind of arrow, each answering with the rule that is broken.

use std::fmt;

use super::graph::{Crate, Graph, Kind, Target, Use};
use super::room::Room;

/// An arrow that breaks a rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Violation {
    /// The folder of the crate that must change.
    pub from: String,
    /// What it uses, and how.
    pub arrow: String,
    /// The rule that says no.
    pub rule: &'static str,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}\n    rule: {}", self.from, self.arrow, self.rule)
    }
}

/// Every arrow of the graph that breaks a rule.
pub fn violations(graph: &Graph) -> Vec<Violation> {
    graph.crates.iter().flat_map(|member| of_crate(graph, member)).collect()
}

fn of_crate(graph: &Graph, member: &Crate) -> Vec<Violation> {
    let violation = |arrow: String, rule| Violation { from: member.path.clone(), arrow, rule };
    let Some(room) = Room::at(&member.path) else {
        return vec![violation("lies where the map has no room".into(), ROOM)];
    };
    let mut found: Vec<_> =
        member.uses.iter().filter_map(|line| broken(room, line).map(|rule| violation(describe(line), rule))).collect();
    if room.is_pure()
        && let Some(way) = graph.way_to(&member.id, "tokio")
    {
        found.push(violation(way.join(" -> "), PURE));
    }
    found
}

fn describe(line: &Use) -> String {
    let (Target::Ours(what) | Target::Theirs(what)) = &line.target;
    match line.kind {
        Kind::Normal => format!("-> {what}"),
        Kind::Dev => format!("-> {what} (dev-dependency)"),
        Kind::Build => format!("-> {what} (build-dependency)"),
    }
}

const ROOM: &str =
    "every crate lies in a room of core/ARCHITECTURE.md; give a new room its place there and in the rules";
const PURE: &str = "models, core/mapping and core/liste are pure: no tokio in their tree";
const ADAPTERS: &str = "nothing but deploy/mellomlag and tests/* uses adapters";
const BUS: &str = "core/bus is used by core/runtime, deploy/mellomlag and tests/* only";
const BINARY: &str = "nothing but tests/* uses deploy/mellomlag";
const TESTS: &str =
    "only deploy/mellomlag and tests/* use tests/*; adapters may use tests/simulators in their own tests";
const MODELS: &str = "models use models only";
const PURE_CORE: &str = "core/mapping and core/liste use models only";
const FLOW: &str = "core/flow uses models only";
const BUS_USES: &str = "core/bus uses models only";
const RUNTIME: &str = "core/runtime uses core and models only";
const ADAPTER_USES: &str = "adapters use core/flow, core/runtime and models only";
const NATS: &str = "only core/bus knows async-nats";
const HTTP_CLIENT: &str = "only adapters speak HTTP; core decides and models are data";
const HTTP_SERVER: &str = "only adapters serve HTTP, and core/runtime its health and metrics";

/// The rule that this line of a manifest in `from` breaks.
fn broken(from: Room, line: &Use) -> Option<&'static str> {
    match &line.target {
        Target::Theirs(name) => theirs(from, name),
        Target::Ours(path) => match Room::at(path) {
            Some(to) => ours(from, to, line.kind),
            None => Some(ROOM),
        },
    }
}

fn ours(from: Room, to: Room, kind: Kind) -> Option<&'static str> {
    let in_its_tests = from == Room::Adapter && to == Room::Simulators && kind == Kind::Dev;
    match to {
        Room::Simulators | Room::Test => return (!from.sees_everything() && !in_its_tests).then_some(TESTS),
        Room::Adapter if !from.sees_everything() => return Some(ADAPTERS),
        Room::Binary if !matches!(from, Room::Simulators | Room::Test) => return Some(BINARY),
        Room::Bus if from != Room::Runtime && !from.sees_everything() => return Some(BUS),
        _ => {}
    }
    let (allowed, rule) = match from {
        Room::Model => (to == Room::Model, MODELS),
        Room::Flow => (to == Room::Model, FLOW),
        Room::Mapping | Room::Liste => (to == Room::Model, PURE_CORE),
        Room::Bus => (to == Room::Model, BUS_USES),
        Room::Runtime => (matches!(to, Room::Model | Room::Flow | Room::Mapping | Room::Liste | Room::Bus), RUNTIME),
        Room::Adapter => (matches!(to, Room::Model | Room::Flow | Room::Runtime), ADAPTER_USES),
        Room::Binary | Room::Simulators | Room::Test => return None,
    };
    (!allowed).then_some(rule)
}

fn theirs(from: Room, name: &str) -> Option<&'static str> {
    let (allowed, rule) = match name {
        "async-nats" => (from == Room::Bus, NATS),
        "reqwest" => (from == Room::Adapter || from.sees_everything(), HTTP_CLIENT),
        "axum" => (matches!(from, Room::Adapter | Room::Runtime) || from.sees_everything(), HTTP_SERVER),
        _ => return None,
    };
    (!allowed).then_some(rule)
}

#[cfg(test)]
mod tests;
