//! Paths of trees: a thing's path is that of what it stands below and its own slug, each with a slash behind it, so
//! that a whole subtree is one prefix.
use sea_orm::{
    QueryFilter,
    sea_query::{Alias, Expr, ExprTrait},
};

use super::ImportContext;
use crate::{
    base::{Code, Kind, Result, refuse, refuse_if},
    store::{Record, Saving, Tx},
};

/// A row of a tree: its column `parent` names what it stands below.
pub trait Branch: Record {
    /// Its path.
    fn path(&self) -> &str;
    /// The same below what is above it now.
    fn below(&self, above: &Self) -> Self;
}

/// Notes the paths of all things of a kind.
pub async fn note_all<R: Branch>(tx: &Tx<'_>, context: &mut ImportContext) -> Result<()> {
    for row in tx.all(tx.every::<R::Entity>()).await? {
        note(context, R::Kind::NAME, row.slug(), row.path().to_owned());
    }
    Ok(())
}

/// When a thing moves, everything below it moves along.
pub async fn move_below<R: Branch>(saving: &Saving<'_, R>, tx: &mut Tx<'_>) -> Result<()> {
    if !saving.sets(|row| row.path().to_owned()) {
        return Ok(());
    }
    let below = tx.every::<R::Entity>().filter(Expr::col(Alias::new("parent")).eq(saving.after.id().uuid()));
    for row in tx.all(below).await? {
        tx.change(&row, row.below(saving.after), &[]).await?;
    }
    Ok(())
}

/// Notes the path a thing has in the database, unless this import already gave it another.
fn note(context: &mut ImportContext, kind: &str, slug: &str, path: String) {
    context.note_first(format!("{kind}:{slug}"), path);
}

/// The path of a record's thing, which is noted for what stands below it. Roots stand below `root`; `before` is the
/// path it has so far.
pub fn path(context: &mut ImportContext, kind: &str, root: &str, slug: &str, parent: Option<&str>, before: Option<&str>) -> Result<String> {
    let above = match parent {
        None => root.to_owned(),
        Some(parent) => match context.noted(&format!("{kind}:{parent}")) {
            Some(path) => path.to_owned(),
            None => {
                let message = format!("“parent” names the {kind} “{parent}”, which is not there, was refused, or stands below this one.");
                return refuse(Code::NotFound, "parent", message);
            }
        },
    };
    let parent = parent.unwrap_or_default();
    let elsewhere = format!("“parent” names the {kind} “{parent}”, which does not stand below “{}”.", root.trim_end_matches('/'));
    refuse_if(!above.starts_with(root), Code::BadInput, "parent", elsewhere)?;
    let path = format!("{above}{slug}/");
    let circle = before.is_some_and(|before| path != before && path.starts_with(before));
    let message = format!("“parent” names “{parent}”, which stands below this {kind}; a tree has no circles.");
    refuse_if(circle, Code::BadInput, "parent", message)?;
    context.set_note(format!("{kind}:{slug}"), path.clone());
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context() -> ImportContext {
        let mut context = ImportContext::default();
        note(&mut context, "goal", "sdg-11", "sdg/sdg-11/".to_owned());
        note(&mut context, "goal", "sdg-11-2", "sdg/sdg-11/sdg-11-2/".to_owned());
        context
    }

    #[test]
    fn a_path_is_the_path_above_and_the_slug() {
        assert_eq!(path(&mut context(), "goal", "sdg/", "sdg-12", None, None).unwrap(), "sdg/sdg-12/");
        assert_eq!(path(&mut context(), "goal", "sdg/", "sdg-11-b", Some("sdg-11"), None).unwrap(), "sdg/sdg-11/sdg-11-b/");
    }

    #[test]
    fn a_tree_has_no_circles_and_no_ends_in_the_air() {
        assert!(path(&mut context(), "goal", "sdg/", "sdg-11", Some("sdg-11-2"), Some("sdg/sdg-11/")).is_err());
        assert!(path(&mut context(), "goal", "sdg/", "sdg-11", Some("sdg-11"), Some("sdg/sdg-11/")).is_err());
        assert!(path(&mut context(), "goal", "sdg/", "sdg-99-1", Some("sdg-99"), None).is_err());
    }

    #[test]
    fn a_branch_stays_below_its_root() {
        assert!(path(&mut context(), "goal", "nua/", "nua-25", Some("sdg-11"), None).is_err());
    }

    #[test]
    fn what_moved_in_this_import_moves_what_stands_below() {
        let mut context = context();
        path(&mut context, "goal", "sdg/", "sdg-11", None, Some("sdg/sdg-11/")).unwrap();
        note(&mut context, "goal", "sdg-11", "old/".to_owned());
        assert_eq!(path(&mut context, "goal", "sdg/", "sdg-11-3", Some("sdg-11"), None).unwrap(), "sdg/sdg-11/sdg-11-3/");
    }
}
