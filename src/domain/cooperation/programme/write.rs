//! Writing programmes: administrators begin them, their officers change them.
use async_graphql::{ID, InputObject};

use super::{Programme, Row, life, row::THEMES};
use crate::{domain::theme::Theme, kernel::prelude::write::*};

/// What `createProgramme` takes.
#[derive(Clone, Debug, InputObject)]
pub struct CreateProgrammeInput {
    /// The language of the text.
    pub language: LanguageTag,
    /// What it tells.
    #[graphql(flatten)]
    pub text: PartsInput<Programme, text::Create>,
    /// The themes it works on.
    #[graphql(default)]
    pub themes: Vec<ID>,
    #[graphql(flatten)]
    pub new: New<Programme>,
}

/// What `updateProgramme` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateProgrammeInput {
    #[graphql(flatten)]
    pub change: Change<Programme>,
    /// What it tells.
    #[graphql(flatten)]
    pub text: PartsInput<Programme, text::Update>,
    /// The themes it works on, all anew.
    pub themes: Option<Vec<ID>>,
}

payload!(ProgrammePayload { programme: Programme }, "What the mutations of programmes answer.", "The programme as it is now.");

impl Command for CreateProgrammeInput {
    type Output = Id<Programme>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Programme>> {
        tx.may(Act::Administer, &Owners::default())?;
        let themes = refs::ids::<Theme>(&self.themes, "input.themes")?;
        let id: Id<Programme> = tx.id();
        let mut row = new_row!(id, String::new(), Audience::public(), {
            language: self.language.0.clone(),
        });
        self.new.fill(tx, &mut row, self.text.get("name")).await?;
        text::begin(tx, &mut row, &self.text).await?;
        Ok(tx.create(row, &[Links { join: &THEMES, to: themes }]).await?.id)
    }
}

impl Command for UpdateProgrammeInput {
    type Output = Id<Programme>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Programme>> {
        let themes = refs::given_ids::<Theme>(self.themes.as_ref(), "input.themes")?;
        let (before, mut after) = self.change.begin(tx, &life::UPDATE).await?;
        text::change(tx, &mut after, &self.text).await?;
        let links: Vec<Links> = Links::given(&THEMES, themes).into_iter().collect();
        tx.change(&before, after, &links).await?;
        Ok(before.id)
    }
}

mutations!("ProgrammeMutation" {
    /// Adds a programme. For administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, KEY_REUSED.
    create_programme(input: CreateProgrammeInput) -> ProgrammePayload = input.new.idempotency_key => input,
    /// Changes a programme; what is left out stays as it is. For its officers and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, KEY_REUSED.
    update_programme(input: UpdateProgrammeInput) -> ProgrammePayload = input.change.target.idempotency_key => input,
    /// Adds or replaces a translation. For its officers and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, KEY_REUSED.
    translate_programme(input: TranslateInput<Programme>) -> ProgrammePayload = input.target.idempotency_key => input.by(&life::TRANSLATE),
});
