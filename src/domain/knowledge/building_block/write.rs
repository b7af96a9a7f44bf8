//! Writing building blocks: whoever writes the practice they are part of.
use async_graphql::InputObject;

use super::{BuildingBlock, Row, life, row::State};
use crate::{
    domain::practice,
    kernel::{Living, prelude::write::*},
};

/// What `addBuildingBlock` takes.
#[derive(Clone, Debug, InputObject)]
pub struct AddBuildingBlockInput {
    /// The language of the texts.
    pub language: LanguageTag,
    #[graphql(flatten)]
    pub new: New<BuildingBlock>,
    /// What it tells.
    #[graphql(flatten)]
    pub text: PartsInput<BuildingBlock, text::Create>,
}

/// What `updateBuildingBlock` takes; what is left out stays as it is. Texts are those of the original; for others use `translateBuildingBlock`.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateBuildingBlockInput {
    #[graphql(flatten)]
    pub change: Change<BuildingBlock>,
    /// What it tells.
    #[graphql(flatten)]
    pub text: PartsInput<BuildingBlock, text::Update>,
}

/// What `withdrawBuildingBlock` takes.
#[derive(Clone, Debug, InputObject)]
pub struct WithdrawBuildingBlockInput {
    #[graphql(flatten)]
    pub target: Target<BuildingBlock>,
    /// Why, 1 to 2,000 characters; everyone who could read it reads that.
    pub reason: String,
}

payload!(
    BuildingBlockPayload { building_block: BuildingBlock },
    "What the mutations of building blocks answer.",
    "The building block as it is now."
);

impl Command for AddBuildingBlockInput {
    type Output = Id<BuildingBlock>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<BuildingBlock>> {
        let mut row = new_row!(tx.id(), String::new(), Audience::public(), {
            state: State::Active,
            language: self.language.0.clone(),
        });
        self.new.columns.put(&mut row)?;
        let home = practice::home(tx, row.practice, "input.practice").await?;
        (row.city, row.audience) = (home.city, home.audience);
        tx.may(Act::Write, &row.owners())?;
        self.new.fill(tx, &mut row, self.text.get("title")).await?;
        text::begin(tx, &mut row, &self.text).await?;
        Ok(tx.create(row.derived(), &[]).await?.id)
    }
}

impl Command for UpdateBuildingBlockInput {
    type Output = Id<BuildingBlock>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<BuildingBlock>> {
        let (before, mut after) = self.change.begin(tx, &life::UPDATE).await?;
        text::change(tx, &mut after, &self.text).await?;
        tx.change(&before, after.derived(), &[]).await?;
        Ok(before.id)
    }
}

mutations!("BuildingBlockMutation" {
    /// Adds a building block to a practice. Whoever sees the practice sees it. For those who write the practice.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, WRONG_STATE, KEY_REUSED.
    add_building_block(input: AddBuildingBlockInput) -> BuildingBlockPayload = input.new.idempotency_key => input,
    /// Changes a building block; what is left out stays as it is. For those who write its practice.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, WRONG_STATE, KEY_REUSED.
    update_building_block(input: UpdateBuildingBlockInput) -> BuildingBlockPayload = input.change.target.idempotency_key => input,
    /// Adds or replaces a translation. For those who write its practice.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    translate_building_block(input: TranslateInput<BuildingBlock>) -> BuildingBlockPayload = input.target.idempotency_key => input.by(&life::TRANSLATE),
    /// Takes a building block back. It stays as a tombstone with the reason; practices that point to it go on pointing to that. For those who write its practice.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    withdraw_building_block(input: WithdrawBuildingBlockInput) -> BuildingBlockPayload =
        input.target.idempotency_key => ReasonedStep { target: input.target, what: &life::WITHDRAW, reason: input.reason, column: |row| &mut row.withdrawn_reason },
});
