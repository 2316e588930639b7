//! Each rule on a small graph made by hand: one arrow that breaks it, and the arrows beside it that do not.

use super::*;
use crate::arrows::graph::Node;

/// A crate at `path` that uses one thing.
fn one(path: &str, target: &str, kind: Kind) -> Graph {
    let target = if target.contains('/') { Target::Ours(target.into()) } else { Target::Theirs(target.into()) };
    let member = Crate { id: path.into(), path: path.into(), uses: vec![Use { target, kind }] };
    Graph { crates: vec![member], ..Graph::default() }
}

fn rules(graph: &Graph) -> Vec<&'static str> {
    violations(graph).into_iter().map(|violation| violation.rule).collect()
}

fn refused(path: &str, target: &str, rule: &'static str) {
    for kind in [Kind::Normal, Kind::Dev, Kind::Build] {
        assert_eq!(rules(&one(path, target, kind)), [rule], "{path} -> {target} ({kind:?})");
    }
}

fn allowed(path: &str, target: &str) {
    for kind in [Kind::Normal, Kind::Dev, Kind::Build] {
        assert!(rules(&one(path, target, kind)).is_empty(), "{path} -> {target} ({kind:?})");
    }
}

#[test]
fn models_use_models_only() {
    allowed("models/fint", "models/identitet");
    allowed("models/fint", "serde");
    refused("models/fint", "core/flow", MODELS);
    refused("models/fint", "core/runtime", MODELS);
}

#[test]
fn the_pure_core_uses_models_only() {
    allowed("core/mapping", "models/fint");
    refused("core/mapping", "core/flow", PURE_CORE);
    refused("core/mapping", "core/liste", PURE_CORE);
    refused("core/liste", "core/runtime", PURE_CORE);
}

#[test]
fn the_contract_uses_models_only() {
    allowed("core/flow", "models/hendelse");
    refused("core/flow", "core/mapping", FLOW);
}

#[test]
fn the_bus_uses_models_only_and_is_used_by_the_runtime() {
    allowed("core/bus", "models/hendelse");
    refused("core/bus", "core/flow", BUS_USES);
    for from in ["core/runtime", "deploy/mellomlag", "tests/bench"] {
        allowed(from, "core/bus");
    }
    for from in ["models/fint", "core/flow", "core/mapping", "core/liste", "adapters/vigo"] {
        refused(from, "core/bus", BUS);
    }
}

#[test]
fn the_runtime_joins_core_and_models() {
    for to in ["models/fint", "core/flow", "core/mapping", "core/liste", "core/bus"] {
        allowed("core/runtime", to);
    }
    refused("core/runtime", "core/runtime", RUNTIME);
}

#[test]
fn adapters_use_the_contract_the_runtime_and_models() {
    for to in ["core/flow", "core/runtime", "models/oneroster"] {
        allowed("adapters/oneroster", to);
    }
    refused("adapters/oneroster", "core/mapping", ADAPTER_USES);
    refused("adapters/oneroster", "core/liste", ADAPTER_USES);
}

#[test]
fn nothing_uses_adapters_but_wiring_and_tests() {
    allowed("deploy/mellomlag", "adapters/vigo");
    allowed("tests/it", "adapters/vigo");
    allowed("tests/simulators", "adapters/vigo");
    for from in ["models/fint", "core/flow", "core/runtime", "adapters/oneroster"] {
        refused(from, "adapters/vigo", ADAPTERS);
    }
}

#[test]
fn nothing_uses_the_binary_but_tests() {
    allowed("tests/it", "deploy/mellomlag");
    refused("adapters/vigo", "deploy/mellomlag", BINARY);
    refused("core/runtime", "deploy/mellomlag", BINARY);
}

#[test]
fn adapters_meet_the_simulators_in_their_tests_only() {
    assert!(rules(&one("adapters/vigo", "tests/simulators", Kind::Dev)).is_empty());
    for kind in [Kind::Normal, Kind::Build] {
        assert_eq!(rules(&one("adapters/vigo", "tests/simulators", kind)), [TESTS]);
    }
    refused("adapters/vigo", "tests/it", TESTS);
    refused("core/runtime", "tests/simulators", TESTS);
    allowed("deploy/mellomlag", "tests/simulators");
}

#[test]
fn only_the_bus_knows_async_nats() {
    allowed("core/bus", "async-nats");
    for from in ["models/hendelse", "core/runtime", "adapters/vigo", "deploy/mellomlag", "tests/bench"] {
        refused(from, "async-nats", NATS);
    }
}

#[test]
fn core_and_models_speak_no_http() {
    for from in ["adapters/vigo", "deploy/mellomlag", "tests/simulators"] {
        allowed(from, "reqwest");
        allowed(from, "axum");
    }
    refused("core/flow", "reqwest", HTTP_CLIENT);
    refused("core/runtime", "reqwest", HTTP_CLIENT);
    refused("core/bus", "axum", HTTP_SERVER);
    allowed("core/runtime", "axum");
}

#[test]
fn no_runtime_in_the_tree_of_what_is_pure() {
    for (path, expected) in [
        ("models/fint", vec![PURE]),
        ("core/mapping", vec![PURE]),
        ("core/liste", vec![PURE]),
        ("core/flow", vec![]),
        ("adapters/vigo", vec![]),
    ] {
        let mut graph = one(path, "somebody", Kind::Normal);
        for (name, normal) in [(path, vec!["somebody"]), ("somebody", vec!["tokio"]), ("tokio", vec![])] {
            let normal = normal.into_iter().map(String::from).collect();
            graph.tree.insert(name.into(), Node { name: name.into(), normal });
        }
        assert_eq!(rules(&graph), expected, "{path}");
    }
}

#[test]
fn a_crate_without_a_room_is_named() {
    assert_eq!(rules(&one("core/new", "serde", Kind::Normal)), [ROOM]);
    assert_eq!(rules(&one("adapters/vigo", "vendor/new", Kind::Normal)), [ROOM]);
}

#[test]
fn a_violation_names_crate_arrow_and_rule() {
    let found = violations(&one("adapters/vigo", "core/bus", Kind::Dev));
    assert_eq!(found[0].to_string(), format!("adapters/vigo: -> core/bus (dev-dependency)\n    rule: {BUS}"));
}

#[test]
fn every_broken_arrow_is_found_not_only_the_first() {
    let mut graph = one("models/fint", "core/flow", Kind::Normal);
    graph.crates[0].uses.push(Use { target: Target::Theirs("async-nats".into()), kind: Kind::Normal });
    graph.crates.extend(one("adapters/vigo", "core/liste", Kind::Normal).crates);
    assert_eq!(rules(&graph), [MODELS, NATS, ADAPTER_USES]);
}
