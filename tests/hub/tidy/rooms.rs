//! The direction of folders: each looks left only, and so do the rooms inside those that have many.
use std::collections::{BTreeMap, BTreeSet};

use super::{
    modules::{ModulePath, Modules, Use, named},
    root, sources,
};

/// The rooms of a folder, from left to right: left may not know right. A room is a folder or a file; where something must be defined on the title page itself, that is
/// the room `mod`, else it is to the right of all.
const ROOMS: [(&str, &[&str]); 2] = [
    (
        "",
        &[
            "base",
            "access",
            "files",
            "store",
            "search",
            "extract",
            "relay",
            "kernel",
            "domain",
            "follow",
            "transport",
            "api",
            "config",
            "app",
            "demo",
            "doctor",
            "cli",
        ],
    ),
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

fn modules() -> Modules {
    let below = |path: std::path::PathBuf| path.strip_prefix(root().join("src")).expect("below src").to_owned();
    Modules::read(sources().into_iter().map(|(path, text)| (below(path), text)))
}

/// The room of a folder that a module is in.
fn room<'a>(folder: &[String], module: &'a [String]) -> Option<&'a str> {
    module.strip_prefix(folder).map(|below| below.first().map_or("mod", String::as_str))
}

#[test]
fn folders_look_left() {
    let modules = modules();
    let uses = modules.uses();
    let mut wrong = Vec::new();
    for (folder, rooms) in ROOMS {
        let folder = named(folder);
        let there: BTreeSet<&str> = modules.children(&folder).filter_map(|child| room(&folder, child)).collect();
        let listed: BTreeSet<&str> = rooms.iter().copied().filter(|room| *room != "mod").collect();
        assert_eq!(there, listed, "the rooms of src/{}, left those that are there, right those that are listed", folder.join("/"));
        let place = |room: &str| rooms.iter().position(|other| *other == room).unwrap_or(rooms.len());
        for Use { from, to, written } in &uses {
            if let (Some(own), Some(used)) = (room(&folder, from), room(&folder, to))
                && own != "mod"
                // What the crate itself has are macros, wherever they are defined.
                && !to.is_empty()
                && place(used) > place(own)
            {
                wrong.push(format!("{} uses {written} of {used}: move the shared part left or pass it in", from.join("/")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_of_a_folder_use_each_other_in_no_circle() {
    let modules = modules();
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
    assert!(circles.is_empty(), "{}", circles.join("\n"));
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
