//! Writing programmes: administrators begin them, their officers change them.
use async_graphql::{ID, InputObject, MaybeUndefined};

use super::{
    Programme, Row, life,
    row::{Stated, THEMES},
};
use crate::{
    access::{Act, Audience, Owners},
    base::{Id, Result as Done},
    domain::theme::Theme,
    kernel::{
        life as lives,
        text::{self, PartsInput, TranslateInput},
    },
    mutations, new_row, payload,
    relay::{DateValue, LanguageTag, Target, put, refs},
    store::{Command, Json, Links, Tx},
};

/// A figure that a source states of a programme.
#[derive(Clone, Debug, InputObject)]
pub struct StatedFigureInput {
    /// What is counted: “pairings”, “new US cities”.
    pub measure: String,
    /// The figure, not below zero.
    pub value: i64,
    /// Who states it, and where.
    pub source: String,
    /// The day it was said.
    pub said_on: Option<DateValue>,
    /// The source's own words.
    pub verbatim: Option<String>,
}

/// What `createProgramme` takes.
#[derive(Clone, Debug, InputObject)]
pub struct CreateProgrammeInput {
    /// The language of the text.
    pub language: LanguageTag,
    /// What it tells.
    #[graphql(flatten)]
    pub text: PartsInput<Programme, text::Create>,
    /// Made of the name where not given.
    pub slug: Option<String>,
    /// The themes it works on.
    #[graphql(default)]
    pub themes: Vec<ID>,
    /// Figures that sources state of it.
    #[graphql(default)]
    pub stated: Vec<StatedFigureInput>,
    /// Where the facts come from.
    pub source: Option<String>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

/// What `updateProgramme` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateProgrammeInput {
    #[graphql(flatten)]
    pub target: Target<Programme>,
    /// What it tells.
    #[graphql(flatten)]
    pub text: PartsInput<Programme, text::Update>,
    /// A new slug; the old one keeps working.
    pub slug: Option<String>,
    /// The themes it works on, all anew.
    pub themes: Option<Vec<ID>>,
    /// Figures that sources state of it, all anew.
    pub stated: Option<Vec<StatedFigureInput>>,
    /// Where the facts come from; null forgets it.
    pub source: MaybeUndefined<String>,
}

payload!(
    /// What the mutations of programmes answer.
    ProgrammePayload {
        /// The programme as it is now.
        programme: Programme
    }
);

fn stated(figures: &[StatedFigureInput]) -> Json<Vec<Stated>> {
    let figure = |figure: &StatedFigureInput| Stated {
        measure: figure.measure.trim().to_owned(),
        value: figure.value,
        source: figure.source.trim().to_owned(),
        said_on: figure.said_on.map(|day| day.0),
        verbatim: figure.verbatim.clone(),
    };
    Json(figures.iter().map(figure).collect())
}

impl Command for CreateProgrammeInput {
    type Output = Id<Programme>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Programme>> {
        tx.may(Act::Administer, &Owners::default())?;
        let themes = refs::ids::<Theme>(&self.themes, "input.themes")?;
        let id: Id<Programme> = tx.id();
        let name = self.text.fields().get("name").cloned().unwrap_or_default();
        let mut row = new_row!(id, tx.slug::<Row>(self.slug.as_deref(), &name, id).await?, Audience::public(), {
            name: String::new(),
            description: None,
            language: self.language.0.clone(),
            languages: Json(Vec::new()),
            text_version: 0,
            stated: stated(&self.stated),
            source: self.source.clone(),
        });
        text::begin(tx, &mut row, &self.text).await?;
        Ok(tx.create(row, &[Links { join: &THEMES, to: themes }]).await?.id)
    }
}

impl Command for UpdateProgrammeInput {
    type Output = Id<Programme>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Programme>> {
        let themes = refs::given_ids::<Theme>(self.themes.as_ref(), "input.themes")?;
        let before = lives::begin(tx, &life::UPDATE, &self.target).await?;
        let mut after = before.clone();
        after.slug = tx.changed_slug(&before, self.slug.as_ref()).await?;
        put(&mut after.stated, self.stated.as_deref().map(stated));
        self.source.clone().update_to(&mut after.source);
        text::change(tx, &mut after, &self.text).await?;
        let links: Vec<Links> = Links::given(&THEMES, themes).into_iter().collect();
        tx.change(&before, after, &links).await?;
        Ok(before.id)
    }
}

mutations!("ProgrammeMutation" {
    /// Adds a programme. For administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, KEY_REUSED.
    create_programme(input: CreateProgrammeInput) -> ProgrammePayload = input.idempotency_key => input,
    /// Changes a programme; what is left out stays as it is. For its officers and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, KEY_REUSED.
    update_programme(input: UpdateProgrammeInput) -> ProgrammePayload = input.target.idempotency_key => input,
    /// Adds or replaces a translation. For its officers and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, KEY_REUSED.
    translate_programme(input: TranslateInput<Programme>) -> ProgrammePayload = input.target.idempotency_key => input.by(&life::TRANSLATE),
});
