//! The ids behind the slugs of an import: of what is in the hub, and new ones for what the import brings.
use std::collections::HashSet;

use parking_lot::Mutex;

use super::{ImportContext, Line, precheck::Prechecked};
use crate::{
    base::{Ambient, Result, text::with_article},
    kernel::{Entry, Kinds},
    store::Reader,
};

/// Finds the ids of what is in the hub, and gives new ones to what the import brings. What would take a slug from another thing is refused.
pub async fn resolve(
    kinds: Kinds,
    (reader, ambient): (&Reader, &dyn Ambient),
    context: &mut ImportContext,
    lines: &[Line],
    prechecked: &mut Prechecked,
) -> Result<()> {
    let mut candidates: Vec<&str> = prechecked.slugs.iter().map(String::as_str).collect();
    candidates.sort_unstable();
    for entry in kinds.iter() {
        for (id, slug, audience) in reader.at_slugs(entry.kind(), &candidates).await? {
            context.note(entry.kind(), slug, id, false);
            context.note_audience(id, &audience);
        }
    }
    for entry in kinds.iter() {
        let kind = entry.kind();
        let is_new = |line: &Line| line.kind == kind && context.find(kind, &line.slug).is_none();
        let brought: Vec<usize> = prechecked.open_places().filter(|place| is_new(&lines[*place])).collect();
        let taken = taken(reader, kind, brought.iter().map(|place| &lines[*place]).collect()).await?;
        for place in brought {
            let line = &lines[place];
            let wanted = [("slug", std::slice::from_ref(&line.slug)), ("old_slugs", &line.old_slugs)];
            let lost =
                wanted.into_iter().find_map(|(field, slugs)| Some((field, slugs.iter().find(|slug| taken.contains(slug.as_str()))?)));
            match lost {
                Some((field, slug)) => prechecked.refuse(
                    place,
                    format!(
                        "“{field}” has “{slug}”, which leads to {} that is there, be it by a former name; choose another.",
                        with_article(kind)
                    ),
                ),
                None => context.note(kind, line.slug.clone(), ambient.uuid(), true),
            }
        }
    }
    Ok(())
}

/// Which of the slugs that new lines of a kind bring are another thing's, or were.
async fn taken(reader: &Reader, kind: &'static str, lines: Vec<&Line>) -> Result<HashSet<String>> {
    let old: Vec<&str> = lines.iter().flat_map(|line| &line.old_slugs).map(String::as_str).collect();
    let all: Vec<&str> = lines.iter().map(|line| &*line.slug).chain(old.iter().copied()).collect();
    if all.is_empty() {
        return Ok(HashSet::new());
    }
    let mut taken: HashSet<String> = reader.renamed(kind, &all).await?.into_keys().collect();
    if !old.is_empty() {
        taken.extend(reader.at_slugs(kind, &old).await?.into_iter().map(|(_, slug, _)| slug));
    }
    Ok(taken)
}

/// Whether somebody else brought things that these lines were to bring, since the import began: they are changed then.
pub async fn came_meanwhile<'p>(
    reader: &Reader,
    context: &Mutex<ImportContext>,
    before: &ImportContext,
    lines: &[Line],
    parts: impl Iterator<Item = (&'static dyn Entry, &'p [usize])>,
) -> Result<bool> {
    let mut came = false;
    for (entry, places) in parts {
        let slugs: Vec<&str> = places.iter().map(|place| &*lines[*place].slug).collect();
        let found = reader.at_slugs(entry.kind(), &slugs).await?;
        let mut context = context.lock();
        context.remember(before, slugs.iter().map(|slug| (entry.kind(), *slug)));
        for (id, slug, audience) in found {
            came |= context.find(entry.kind(), &slug) != Some(id);
            context.note(entry.kind(), slug, id, false);
            context.note_audience(id, &audience);
        }
    }
    Ok(came)
}
