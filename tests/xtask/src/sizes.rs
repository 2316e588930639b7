//! A look at file sizes: small rooms are easier to find one's way in.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Above this, a file is a smell and is listed.
const SMELL: usize = 400;
/// Above this, a file is to be split.
const LIMIT: usize = 800;

/// The houses with code in them.
const HOUSES: [&str; 5] = ["models", "core", "adapters", "deploy", "tests"];

/// A Rust file with more lines than is good for its reader.
#[derive(Debug, PartialEq, Eq)]
struct Large {
    path: PathBuf,
    lines: usize,
}

/// Lists large files; `false` if one of them is too large.
pub fn look(root: &Path) -> Result<bool> {
    let mut large = Vec::new();
    for house in HOUSES {
        collect(&root.join(house), &mut large)?;
    }
    large.sort_by_key(|file| std::cmp::Reverse(file.lines));
    for file in &large {
        let path = file.path.strip_prefix(root).unwrap_or(&file.path).display();
        match file.lines {
            lines if lines > LIMIT => eprintln!("error: {path} has {lines} lines; more than {LIMIT} must be split"),
            lines => eprintln!("warning: {path} has {lines} lines; more than {SMELL} is a smell"),
        }
    }
    Ok(large.iter().all(|file| file.lines <= LIMIT))
}

fn collect(folder: &Path, large: &mut Vec<Large>) -> Result<()> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("cannot list {}", folder.display()))?;
        let (path, name) = (entry.path(), entry.file_name());
        let kind = entry.file_type().with_context(|| format!("cannot look at {}", path.display()))?;
        if kind.is_dir() && !skipped(&name.to_string_lossy()) {
            collect(&path, large)?;
        } else if kind.is_file() && path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            let lines = text.lines().count();
            if lines > SMELL {
                large.push(Large { path, lines });
            }
        }
    }
    Ok(())
}

/// Folders that hold no code of ours.
fn skipped(name: &str) -> bool {
    name.starts_with('.') || name == "target" || name == "node_modules"
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A workspace of empty houses with one file of so many lines, and a larger one where nothing is looked at.
    fn workspace(lines: usize) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for house in HOUSES {
            std::fs::create_dir(root.join(house)).unwrap();
        }
        std::fs::create_dir_all(root.join("tests/target")).unwrap();
        std::fs::write(root.join("tests/target/generated.rs"), "\n".repeat(LIMIT + 1)).unwrap();
        std::fs::write(root.join("core/data.json"), "\n".repeat(LIMIT + 1)).unwrap();
        std::fs::write(root.join("core/file.rs"), "\n".repeat(lines)).unwrap();
        folder
    }

    #[test]
    fn a_smell_is_listed_and_let_through_a_giant_is_not() {
        for (lines, listed, accepted) in
            [(SMELL, false, true), (SMELL + 1, true, true), (LIMIT, true, true), (LIMIT + 1, true, false)]
        {
            let folder = workspace(lines);
            let root = folder.path();
            let mut large = Vec::new();
            collect(root, &mut large).unwrap();
            let expected = Large { path: root.join("core/file.rs"), lines };
            assert_eq!(large, if listed { vec![expected] } else { vec![] });
            assert_eq!(look(root).unwrap(), accepted, "{lines} lines");
        }
    }
}
