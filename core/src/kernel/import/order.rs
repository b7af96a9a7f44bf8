//! In which order the lines of an import are saved, and which of them together.
use std::collections::HashMap;

use super::{Line, Verdict};
use crate::kernel::{Entry, Kinds};

/// Records of one transaction, unless all or nothing was asked for.
const CHUNK: usize = 500;

/// The places of lines of one kind.
pub type Part = (&'static dyn Entry, Vec<usize>);

/// A chunk of one kind in two.
pub fn halves(chunk: &[Part]) -> Vec<Vec<Part>> {
    let mut halves = Vec::new();
    for (entry, places) in chunk {
        let (first, second) = places.split_at(places.len() / 2);
        halves.extend([first, second].into_iter().filter(|half| !half.is_empty()).map(|half| vec![(*entry, half.to_vec())]));
    }
    halves
}

/// Sorts the lines by kind, in the registry's order, and within a kind so that what others name comes first.
pub fn sort(kinds: Kinds, lines: &[Line], verdicts: &[Option<Verdict>], in_one: bool) -> Vec<Vec<Part>> {
    let mut chunks: Vec<Vec<Part>> = Vec::new();
    for entry in kinds.iter() {
        let mut places: Vec<usize> =
            (0..lines.len()).filter(|place| verdicts[*place].is_none() && lines[*place].kind == entry.kind()).collect();
        if places.is_empty() {
            continue;
        }
        parents_first(lines, &mut places);
        if in_one {
            match chunks.first_mut() {
                Some(chunk) => chunk.push((entry, places)),
                None => chunks.push(vec![(entry, places)]),
            }
        } else {
            chunks.extend(places.chunks(CHUNK).map(|some| vec![(entry, some.to_vec())]));
        }
    }
    chunks
}

#[derive(serde::Deserialize)]
struct Parented {
    parent: Option<String>,
}

/// The slug of what a record stands below, where it says so.
pub fn parent_of(line: &Line) -> Option<String> {
    serde_json::from_str::<Parented>(line.record.as_ref().ok()?.get()).ok()?.parent
}

/// Orders lines so that a record comes after the one its `parent` names.
fn parents_first(lines: &[Line], places: &mut [usize]) {
    let parents: HashMap<&str, String> = places
        .iter()
        .filter_map(|place| {
            let parent = parent_of(&lines[*place])?;
            Some((lines[*place].slug.as_str(), parent))
        })
        .collect();
    if parents.is_empty() {
        return;
    }
    places.sort_by_key(|place| {
        let mut slug = lines[*place].slug.as_str();
        let mut depth = 0;
        while let Some(parent) = parents.get(slug) {
            depth += 1;
            slug = parent;
            // A circle has no first one; the kind itself refuses it.
            if depth > 64 {
                break;
            }
        }
        depth
    });
}
