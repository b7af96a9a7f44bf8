//! Beginning a practice.
use async_graphql::{ID, InputObject};

use super::super::{
    Practice, Row,
    row::{self, State},
};
use crate::{
    domain::{city::City, goal::Goal, pairing::Pairing, sharing, theme::Theme},
    kernel::prelude::write::*,
};

/// What `createPractice` takes.
#[derive(Clone, Debug, InputObject)]
pub struct CreatePracticeInput {
    /// The city that did it.
    pub city: ID,
    /// The language of the texts.
    pub language: LanguageTag,
    /// What it tells.
    #[graphql(flatten)]
    pub text: PartsInput<Practice, text::Create>,
    /// Its themes, the most fitting first.
    #[graphql(default)]
    pub themes: Vec<ID>,
    /// The goals of the agendas it serves.
    #[graphql(default)]
    pub goals: Vec<ID>,
    /// The pairing it comes from.
    pub pairing: Option<ID>,
    #[graphql(flatten)]
    pub new: New<Practice>,
    /// Who may see the draft, beside the city itself: a pairing of the city or a programme it takes part in. Only the city where not given.
    pub share_with: Option<ID>,
}

payload!(CreatePracticePayload { practice: Practice }, "What `createPractice` answers.", "The draft.");

impl Command for CreatePracticeInput {
    type Output = Id<Practice>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Practice>> {
        let city = Id::<City>::parse(&self.city, "input.city")?;
        let pairing = refs::given::<Pairing>(self.pairing.as_ref(), "input.pairing")?;
        let themes = refs::ids::<Theme>(&self.themes, "input.themes")?;
        let goals = refs::ids::<Goal>(&self.goals, "input.goals")?;
        tx.may(Act::Write, &Owners::of_cities([city.uuid()]))?;
        let audience = sharing::draft_of(tx, city, self.share_with.as_ref(), "input.shareWith").await?;
        let id: Id<Practice> = tx.id();
        let mut row = new_row!(id, String::new(), audience, {
            city,
            pairing,
            state: State::Draft,
            language: self.language.0.clone(),
            published_at: tx.now(),
            submitted_at: row::NEVER,
        });
        self.new.fill(tx, &mut row, self.text.get("title")).await?;
        text::begin(tx, &mut row, &self.text).await?;
        let links = [Links { join: &row::THEMES, to: themes }, Links { join: &row::GOALS, to: goals }];
        Ok(tx.create(row.derived(), &links).await?.id)
    }
}
