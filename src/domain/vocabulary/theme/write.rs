//! Writing themes: administrators.
use async_graphql::{ID, InputObject, MaybeUndefined};

use super::{Labels, Row, Theme, life};
use crate::{
    access::{Act, Audience, Owners},
    base::{Code, Id, Result as Done, refuse_if},
    kernel::life as lives,
    mutations, new_row, payload,
    relay::{LanguageTag, Target, put, refs},
    store::{Command, Json, Tx},
};

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
    /// The English name, 1 to 200 characters.
    pub name: String,
    /// Its names in other languages.
    #[graphql(default)]
    pub labels: Vec<LabelInput>,
    /// The theme above; a root where not given.
    pub parent: Option<ID>,
    /// Made of the name where not given.
    pub slug: Option<String>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

/// What `updateTheme` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateThemeInput {
    #[graphql(flatten)]
    pub target: Target<Theme>,
    /// The English name, 1 to 200 characters.
    pub name: Option<String>,
    /// Its names in other languages, all anew.
    pub labels: Option<Vec<LabelInput>>,
    /// The theme above; null makes it a root. What stands below it moves along.
    pub parent: MaybeUndefined<ID>,
    /// A new slug; the old one keeps working.
    pub slug: Option<String>,
}

payload!(
    /// What the mutations of themes answer.
    ThemePayload {
        /// The theme as it is now.
        theme: Theme
    }
);

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
        let parent = refs::given::<Theme>(self.parent.as_ref(), "input.parent")?;
        let id: Id<Theme> = tx.id();
        let slug = tx.slug::<Row>(self.slug.as_deref(), &self.name, id).await?;
        let path = path(tx, parent, &slug).await?;
        let row = new_row!(id, slug, Audience::public(), {
            name: self.name.trim().to_owned(),
            labels: labels(&self.labels)?,
            parent,
            path,
        });
        Ok(tx.create(row, &[]).await?.id)
    }
}

impl Command for UpdateThemeInput {
    type Output = Id<Theme>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Theme>> {
        let parent = refs::changed::<Theme>(&self.parent, "input.parent")?;
        let before = lives::begin(tx, &life::UPDATE, &self.target).await?;
        let mut after = before.clone();
        put(&mut after.name, self.name.as_ref().map(|name| name.trim().to_owned()));
        put(&mut after.labels, self.labels.as_deref().map(labels).transpose()?);
        after.slug = tx.changed_slug(&before, self.slug.as_ref()).await?;
        parent.update_to(&mut after.parent);
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
    create_theme(input: CreateThemeInput) -> ThemePayload = input.idempotency_key => input,
    /// Changes a theme, or moves it with all that stands below; what is left out stays as it is. For administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, KEY_REUSED.
    update_theme(input: UpdateThemeInput) -> ThemePayload = input.target.idempotency_key => input,
});
