//! The direction of folders: each looks left only, and so do the rooms inside those that have many.
use std::collections::{BTreeMap, BTreeSet};

use super::{
    crates,
    modules::{ModulePath, Modules, Use},
    root, sources,
};

/// The rooms of a crate, from left to right: left may not know right. A room is a folder or a file; the title page is to the right of all.
const ROOMS: [(&str, &[&str]); 3] = [
    ("core", &["base", "access", "files", "store", "relay", "kernel"]),
    ("", &["domain", "follow", "api", "config", "app", "demo", "doctor", "cli"]),
    (
        "search",
        &[
            "contract",
            "analysis",
            "lexicon",
            "index",
            "query",
            "matching",
            "collecting",
            "presenting",
            "answering",
            "percolator",
            "search_index",
        ],
    ),
];

/// The modules of a crate, by its folder; the hub's own has none.
fn modules(of: &str) -> Modules {
    let folder = root().join(of).join("src");
    let below = |path: std::path::PathBuf| Some(path.strip_prefix(&folder).ok()?.to_owned());
    Modules::read(sources().into_iter().filter_map(|(path, text)| Some((below(path)?, text))))
}

/// The room that a module is in.
fn room(module: &[String]) -> &str {
    module.first().map_or("", String::as_str)
}

#[test]
fn folders_look_left() {
    let mut wrong = Vec::new();
    for (of, rooms) in ROOMS {
        let modules = modules(of);
        let there: BTreeSet<&str> = modules.children(&[]).map(|child| room(child)).collect();
        let listed: BTreeSet<&str> = rooms.iter().copied().collect();
        assert_eq!(there, listed, "the rooms of {of}/src, left those that are there, right those that are listed");
        let place = |room: &str| rooms.iter().position(|other| *other == room).unwrap_or(rooms.len());
        for Use { from, to, written } in &modules.uses() {
            // What the crate itself has are macros, wherever they are defined, and its title page hands on what it likes.
            if !from.is_empty() && !to.is_empty() && place(room(to)) > place(room(from)) {
                wrong.push(format!("{} uses {written} of {}: move the shared part left or pass it in", from.join("/"), room(to)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What folders must not use of other crates, which the compiler would let them.
const CLOSED: [(&[&str], &[&str]); 2] = [
    // What is left of the graph neither searches nor reads documents.
    (&["core/src/base", "core/src/access", "core/src/files", "core/src/store"], &["search", "extract"]),
    // Kinds and what follows the log know of no request.
    (&["src/domain", "src/follow"], &["transport"]),
];

#[test]
fn folders_use_no_crate_that_is_to_their_right() {
    for (path, text) in sources() {
        for (folders, others) in CLOSED {
            let is_left = folders.iter().any(|folder| path.starts_with(root().join(folder)));
            for other in others {
                let uses = [format!("crate::{other}::"), format!("hansa_{other}::"), format!("\n    {other}::")]
                    .iter()
                    .any(|use_| text.contains(use_));
                assert!(!(is_left && uses), "{} uses {other}", path.display());
            }
        }
    }
}

#[test]
fn files_of_a_folder_use_each_other_in_no_circle() {
    let circles: Vec<String> = crates().iter().flat_map(|of| circles(&modules(of))).collect();
    assert!(circles.is_empty(), "{}", circles.join("\n"));
}

/// Circles of files in any folder, each as its uses.
fn circles(modules: &Modules) -> Vec<String> {
    let uses = modules.uses();
    let mut circles = Vec::new();
    for folder in modules.folders(&[]) {
        // The title page is one of the files of its folder.
        let is_file =
            |path: &ModulePath| path == folder || (path.len() == folder.len() + 1 && path.starts_with(folder) && !modules.is_folder(path));
        // A kind is named by its node's type, which whatever is of the kind may name.
        let names_kind = |to: &ModulePath| to.first().is_some_and(|room| room == "domain") && to.last().is_some_and(|file| file == "node");
        let mut graph: BTreeMap<&ModulePath, BTreeSet<&ModulePath>> = BTreeMap::new();
        for Use { from, to, .. } in uses.iter().filter(|one| is_file(&one.from) && is_file(&one.to) && !names_kind(&one.to)) {
            graph.entry(from).or_default().insert(to);
        }
        circles.extend(circle(&graph).map(|way| {
            let steps = way.windows(2).filter_map(|step| uses.iter().find(|one| [&one.from, &one.to] == step));
            steps.map(|step| format!("{} uses {}", step.from.join("/"), step.written)).collect::<Vec<_>>().join(", ")
        }));
    }
    circles
}

/// A circle of files, if there is one.
fn circle<'a>(graph: &BTreeMap<&'a ModulePath, BTreeSet<&'a ModulePath>>) -> Option<Vec<&'a ModulePath>> {
    fn walk<'a>(graph: &BTreeMap<&'a ModulePath, BTreeSet<&'a ModulePath>>, way: &mut Vec<&'a ModulePath>) -> bool {
        let Some(at) = way.last().copied() else { return false };
        graph.get(at).into_iter().flatten().any(|next| {
            let is_closed = way[0] == *next;
            let is_new = !way.contains(next);
            if is_closed || is_new {
                way.push(next);
                if is_closed || walk(graph, way) {
                    return true;
                }
                way.pop();
            }
            false
        })
    }
    graph.keys().find_map(|first| {
        let mut way = vec![*first];
        walk(graph, &mut way).then_some(way)
    })
}
