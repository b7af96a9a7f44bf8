//! The house inspects itself.
mod length;
mod modules;
mod rooms;

use std::{
    fs,
    path::{Path, PathBuf},
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "node_modules") {
                files(&path, ending, found);
            }
        } else if path.extension().is_some_and(|have| have == ending) {
            found.push(path);
        }
    }
}

/// The folders of crates that have one beside the hub's own.
const CRATES: [&str; 8] = ["explorer", "extract", "graphql", "matching", "migrations", "obligations", "search", "text"];

fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for folder in [""].into_iter().chain(CRATES) {
        files(&root().join(folder).join("src"), "rs", &mut found);
    }
    found.into_iter().map(|path| (path.clone(), fs::read_to_string(&path).expect("UTF-8"))).collect()
}

#[test]
fn a_kind_never_sees_another_kinds_row() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let Ok(below) = path.strip_prefix(root().join("src/domain")) else { continue };
        // A wing holds its kinds: `knowledge/practice/row.rs`.
        let own = below.iter().nth(1).unwrap_or_default().to_string_lossy().into_owned();
        for (at, _) in text.match_indices("domain::") {
            let rest: String = text[at + "domain::".len()..]
                .chars()
                .take_while(|letter| letter.is_alphanumeric() || *letter == '_' || *letter == ':')
                .collect();
            let mut parts = rest.split("::");
            if let (Some(kind), Some("row")) = (parts.next(), parts.next())
                && kind != own
            {
                wrong.push(format!("{} reaches into the rows of {kind}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_snapshot_is_an_orphan() {
    let mut snapshots = Vec::new();
    files(&root().join("tests/hub/ops"), "snap", &mut snapshots);
    for snapshot in snapshots {
        assert!(snapshot.with_extension("graphql").is_file(), "{} has no operation", snapshot.display());
    }
}

#[test]
fn nothing_is_allowed_silently() {
    for (path, text) in sources() {
        assert!(!text.contains("#[allow("), "{}: use #[expect(…, reason = \"…\")]", path.display());
        assert!(!text.contains("todo!(") && !text.contains("unimplemented!("), "{} has something left to do", path.display());
    }
}

#[test]
fn every_dependency_says_why() {
    let mut bare = Vec::new();
    for folder in [""].into_iter().chain(CRATES) {
        bare.extend(unexplained(&fs::read_to_string(root().join(folder).join("Cargo.toml")).expect("Cargo.toml")));
    }
    assert!(bare.is_empty(), "without a comment saying why: {}", bare.join(", "));
}

/// The dependencies of a manifest that no comment stands above; those of the workspace are explained there.
fn unexplained(manifest: &str) -> Vec<String> {
    let mut section = String::new();
    let mut explained = false;
    let mut bare = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line.to_owned();
            explained = false;
        } else if line.trim().is_empty() {
            explained = false;
        } else if line.starts_with('#') {
            explained = !line.starts_with("# ---");
        } else if section.contains("dependencies")
            && line.contains('=')
            && !explained
            && !line.contains(".workspace")
            && !line.contains("path =")
        {
            bare.push(line.split('=').next().unwrap_or_default().trim().to_owned());
        }
    }
    bare
}

#[test]
fn a_stored_enum_reads_the_same_from_both_databases() {
    // PostgreSQL's driver reads it as sea-orm names it, SQLite's rows as serde does.
    for (path, text) in sources() {
        for (at, _) in text.match_indices("#[sea_orm(rs_type = \"String\"") {
            let attributes: String = text[at..].chars().take(260).collect();
            let named = |of: &str| {
                attributes
                    .split(of)
                    .nth(1)
                    .and_then(|rest| rest.split("rename_all = \"").nth(1))
                    .and_then(|rest| rest.split('"').next())
                    .map(str::to_owned)
            };
            assert_eq!(named("sea_orm("), named("#[serde("), "{}: the two rename_all differ", path.display());
        }
    }
}

/// The folders of kinds, by name.
fn kinds() -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    for wing in fs::read_dir(root().join("src/domain")).expect("a folder").flatten().filter(|wing| wing.path().is_dir()) {
        for kind in fs::read_dir(wing.path()).expect("a folder").flatten().filter(|kind| kind.path().is_dir()) {
            found.push((kind.file_name().to_string_lossy().into_owned(), kind.path()));
        }
    }
    found
}

#[test]
fn a_kind_names_no_table_of_another_one() {
    let kinds = kinds();
    let mut wrong = Vec::new();
    for (path, text) in sources().iter().filter(|(path, _)| path.starts_with(root().join("src/domain"))) {
        let own = kinds.iter().find(|(_, folder)| path.starts_with(folder)).map(|(name, _)| name.as_str());
        // Rights are made of memberships and of what pairings and programmes they lead to, by one statement.
        if path.ends_with("person/viewer.rs") {
            continue;
        }
        for (kind, _) in kinds.iter().filter(|(kind, _)| Some(kind.as_str()) != own) {
            let alias = format!("Alias::new(\"{kind}\")");
            // A column that refers to a kind is called as the kind is.
            let columns = text.matches(&format!("::col({alias}")).count();
            if text.matches(&alias).count() > columns || text.contains(&format!("ids_where(\"{kind}\"")) {
                wrong.push(format!("{} names the table of {kind}: declare a relation, or ask {kind}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_kernel_names_no_kind() {
    let kinds = kinds();
    for (path, text) in sources().iter().filter(|(path, _)| path.starts_with(root().join("src/kernel"))) {
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (kind, _) in &kinds {
            assert!(!text.contains(&format!("domain::{kind}")), "{} names {kind}", path.display());
        }
    }
}

#[test]
fn a_part_of_a_text_is_named_in_one_place() {
    let mut places = Vec::new();
    for (path, text) in sources().iter().filter(|(path, _)| path.starts_with(root().join("src"))) {
        let own = text.split("#[cfg(test)]").next().unwrap_or_default();
        let count =
            own.lines().filter(|line| !line.trim_start().starts_with("//")).filter(|line| line.contains("transfer_conditions")).count();
        places.extend(std::iter::repeat_n(path.display().to_string(), count));
    }
    assert!(places.len() <= 3, "a part stands in {} places: {}", places.len(), places.join(", "));
}

#[test]
fn a_row_knows_neither_its_records_nor_its_events() {
    for (kind, folder) in kinds() {
        let Ok(row) = fs::read_to_string(folder.join("row.rs")) else { continue };
        for other in ["import", "event", "life", "node", "write", "search", "check"] {
            assert!(
                !row.contains(&format!("super::{other}")) && !row.contains(&format!("super::{{{other}")),
                "the row of {kind} knows its {other}"
            );
        }
    }
}
