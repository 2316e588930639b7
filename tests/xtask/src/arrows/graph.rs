//! The workspace as a graph: what each crate names in its manifest, and the resolved tree below it.

use std::collections::{BTreeMap, VecDeque};
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

/// Our crates and everything below them.
#[derive(Debug, Default)]
pub struct Graph {
    /// The workspace's members.
    pub crates: Vec<Crate>,
    /// Every package of the resolved graph, by cargo's id.
    pub tree: BTreeMap<String, Node>,
}

/// One workspace member.
#[derive(Debug)]
pub struct Crate {
    /// Key into the tree.
    pub id: String,
    /// Folder relative to the workspace, with forward slashes.
    pub path: String,
    /// What its manifest names.
    pub uses: Vec<Use>,
}

/// One line of a manifest's dependencies.
#[derive(Debug)]
pub struct Use {
    /// What is used.
    pub target: Target,
    /// In which table it stands.
    pub kind: Kind,
}

/// What a manifest's line leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A folder of ours, relative to the workspace.
    Ours(String),
    /// Somebody else's package, under its real name.
    Theirs(String),
}

/// The table of a manifest that a dependency stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `[dependencies]`
    Normal,
    /// `[dev-dependencies]`
    Dev,
    /// `[build-dependencies]`
    Build,
}

/// A package of the resolved graph.
#[derive(Debug)]
pub struct Node {
    /// The package's name.
    pub name: String,
    /// Ids of its normal dependencies.
    pub normal: Vec<String>,
}

impl Graph {
    /// Reads what `cargo metadata --format-version 1` prints.
    pub fn from_metadata(json: &[u8]) -> Result<Self> {
        let metadata: Metadata = serde_json::from_slice(json).context("cargo metadata printed something unexpected")?;
        let root = Path::new(&metadata.workspace_root);
        let mut graph = Self::default();
        let mut names = BTreeMap::new();
        for package in metadata.packages {
            if metadata.workspace_members.contains(&package.id) {
                let folder = Path::new(&package.manifest_path).parent().context("a manifest lies in a folder")?;
                let uses = package.dependencies.into_iter().map(|dependency| dependency.into_use(root)).collect();
                graph.crates.push(Crate { id: package.id.clone(), path: relative(folder, root), uses });
            }
            names.insert(package.id, package.name);
        }
        for node in metadata.resolve.nodes {
            let name = names.get(&node.id).with_context(|| format!("{} is resolved but not described", node.id))?;
            let normal = node.deps.into_iter().filter(ResolvedDependency::is_normal).map(|d| d.pkg).collect();
            graph.tree.insert(node.id, Node { name: name.clone(), normal });
        }
        graph.crates.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(graph)
    }

    /// The shortest way from `id` to a package called `name` over normal dependencies, as names, both ends included.
    pub fn way_to(&self, id: &str, name: &str) -> Option<Vec<&str>> {
        let start = self.tree.get_key_value(id)?.0.as_str();
        let mut came_from = BTreeMap::from([(start, None)]);
        let mut queue = VecDeque::from([start]);
        while let Some(current) = queue.pop_front() {
            let node = self.tree.get(current)?;
            if node.name == name {
                let mut way: Vec<_> = std::iter::successors(Some(current), |step| came_from[step])
                    .map(|step| self.tree[step].name.as_str())
                    .collect();
                way.reverse();
                return Some(way);
            }
            for next in &node.normal {
                if !came_from.contains_key(next.as_str()) {
                    came_from.insert(next, Some(current));
                    queue.push_back(next);
                }
            }
        }
        None
    }
}

fn relative(folder: &Path, root: &Path) -> String {
    let folder = folder.strip_prefix(root).unwrap_or(folder);
    folder.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    workspace_members: Vec<String>,
    workspace_root: String,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    manifest_path: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    kind: Option<String>,
    path: Option<String>,
}

impl Dependency {
    fn into_use(self, root: &Path) -> Use {
        let target = match self.path {
            Some(path) => Target::Ours(relative(Path::new(&path), root)),
            None => Target::Theirs(self.name),
        };
        let kind = match self.kind.as_deref() {
            Some("dev") => Kind::Dev,
            Some("build") => Kind::Build,
            _ => Kind::Normal,
        };
        Use { target, kind }
    }
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<ResolvedNode>,
}

#[derive(Deserialize)]
struct ResolvedNode {
    id: String,
    deps: Vec<ResolvedDependency>,
}

#[derive(Deserialize)]
struct ResolvedDependency {
    pkg: String,
    dep_kinds: Vec<ResolvedKind>,
}

#[derive(Deserialize)]
struct ResolvedKind {
    kind: Option<String>,
}

impl ResolvedDependency {
    fn is_normal(&self) -> bool {
        self.dep_kinds.iter().any(|kind| kind.kind.is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const METADATA: &str = r#"{
        "workspace_root": "/w", "workspace_members": ["fint#1", "bus#1"],
        "packages": [
            {"id": "bus#1", "name": "bus", "manifest_path": "/w/core/bus/Cargo.toml", "dependencies": [
                {"name": "fint", "kind": null, "path": "/w/models/fint"},
                {"name": "tokio", "kind": "dev"}]},
            {"id": "fint#1", "name": "fint", "manifest_path": "/w/models/fint/Cargo.toml", "dependencies": [
                {"name": "serde", "kind": null, "rename": "s"}, {"name": "cc", "kind": "build"}]},
            {"id": "serde#1", "name": "serde", "manifest_path": "/r/serde/Cargo.toml", "dependencies": []},
            {"id": "tokio#1", "name": "tokio", "manifest_path": "/r/tokio/Cargo.toml", "dependencies": []}],
        "resolve": {"nodes": [
            {"id": "bus#1", "deps": [
                {"pkg": "fint#1", "dep_kinds": [{"kind": null}]}, {"pkg": "tokio#1", "dep_kinds": [{"kind": "dev"}]}]},
            {"id": "fint#1", "deps": [{"pkg": "serde#1", "dep_kinds": [{"kind": "build"}, {"kind": null}]}]},
            {"id": "serde#1", "deps": []}, {"id": "tokio#1", "deps": []}]}}"#;

    #[test]
    fn manifests_become_uses() {
        let graph = Graph::from_metadata(METADATA.as_bytes()).unwrap();
        let [bus, fint] = graph.crates.as_slice() else { panic!("two members: {:?}", graph.crates) };
        assert_eq!((bus.path.as_str(), fint.path.as_str()), ("core/bus", "models/fint"));
        assert_eq!(bus.uses[0].target, Target::Ours("models/fint".into()));
        assert_eq!(bus.uses[1].kind, Kind::Dev);
        assert_eq!(fint.uses[0].target, Target::Theirs("serde".into()));
        assert_eq!(fint.uses[1].kind, Kind::Build);
    }

    #[test]
    fn ways_follow_normal_dependencies_only() {
        let graph = Graph::from_metadata(METADATA.as_bytes()).unwrap();
        assert_eq!(graph.way_to("bus#1", "serde"), Some(vec!["bus", "fint", "serde"]));
        assert_eq!(graph.way_to("bus#1", "tokio"), None);
    }

    #[test]
    fn something_else_than_metadata_is_an_error() {
        assert!(Graph::from_metadata(b"{}").is_err());
    }
}
