//! Writing themes: administrators.
use async_graphql::InputObject;

use super::{Row, Theme, life};
use crate::kernel::{label::Labels, prelude::write::*};

/// A name in one language.
#[derive(Clone, Debug, InputObject)]
pub struct LabelInput {
    /// The language.
    pub language: LanguageTag,
    /// The name.
    pub label: String,
}

/// What `createTheme` takes.
#[derive(Clone, Debug, InputObject)]
pub struct CreateThemeInput {
    #[graphql(flatten)]
    pub new: New<Theme>,
    /// Its names in other languages.
    #[graphql(default)]
    pub labels: Vec<LabelInput>,
}

/// What `updateTheme` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateThemeInput {
    #[graphql(flatten)]
    pub change: Change<Theme>,
    /// Its names in other languages, all anew.
    pub labels: Option<Vec<LabelInput>>,
}

payload!(ThemePayload { theme: Theme }, "What the mutations of themes answer.", "The theme as it is now.");

fn labels(list: &[LabelInput]) -> Done<Json<Labels>> {
    let mut labels = Labels::new();
    for (index, label) in list.iter().enumerate() {
        let earlier = labels.insert(label.language.0.to_string(), label.label.trim().to_owned());
        let path = format!("input.labels.{index}.language");
        refuse_if(earlier.is_some(), Code::BadInput, path, "There is a name in this language already; give one of them.")?;
    }
    Ok(Json(labels))
}

/// The path of a theme below another one.
async fn path(tx: &Tx<'_>, parent: Option<Id<Theme>>, slug: &str) -> Done<String> {
    match parent {
        None => Ok(format!("{slug}/")),
        Some(parent) => {
            // Held, so that it moves nowhere meanwhile.
            let above: Row = tx.locked(parent, "input.parent").await?;
            Ok(format!("{}{slug}/", above.path))
        }
    }
}

impl Command for CreateThemeInput {
    type Output = Id<Theme>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Theme>> {
        tx.may(Act::Administer, &Owners::default())?;
        let id: Id<Theme> = tx.id();
        let mut row = new_row!(id, String::new(), Audience::public(), {
            labels: labels(&self.labels)?,
        });
        self.new.fill(tx, &mut row, None).await?;
        row.path = path(tx, row.parent, &row.slug).await?;
        Ok(tx.create(row, &[]).await?.id)
    }
}

impl Command for UpdateThemeInput {
    type Output = Id<Theme>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Theme>> {
        let (before, mut after) = self.change.begin(tx, &life::UPDATE).await?;
        put(&mut after.labels, self.labels.as_deref().map(labels).transpose()?);
        if after.parent != before.parent || after.slug != before.slug {
            after.path = path(tx, after.parent, &after.slug).await?;
            let is_circle = after.parent == Some(before.id) || after.path.starts_with(&before.path) && after.path != before.path;
            let message = "This theme stands below the one that is moved; a tree has no circles.";
            refuse_if(is_circle, Code::BadInput, "input.parent", message)?;
        }
        tx.change(&before, after, &[]).await?;
        Ok(before.id)
    }
}

mutations!("ThemeMutation" {
    /// Adds a theme to the tree. For administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, KEY_REUSED.
    create_theme(input: CreateThemeInput) -> ThemePayload = input.new.idempotency_key => input,
    /// Changes a theme, or moves it with all that stands below; what is left out stays as it is. For administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, KEY_REUSED.
    update_theme(input: UpdateThemeInput) -> ThemePayload = input.change.target.idempotency_key => input,
});
