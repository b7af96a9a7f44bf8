//! Writing frequently asked questions: the officers of the programme that is asked.
use async_graphql::{ID, InputObject, MaybeUndefined};

use super::{Faq, Row, life};
use crate::{
    domain::sharing,
    kernel::{Living, prelude::write::*},
};

/// What `createFaq` takes.
#[derive(Clone, Debug, InputObject)]
pub struct CreateFaqInput {
    /// The language of question and answer.
    pub language: LanguageTag,
    #[graphql(flatten)]
    pub new: New<Faq>,
    /// Question and answer.
    #[graphql(flatten)]
    pub text: PartsInput<Faq, text::Create>,
    /// Who may see it: the programme (its id). Everyone where not given.
    pub share_with: Option<ID>,
}

/// What `updateFaq` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateFaqInput {
    #[graphql(flatten)]
    pub change: Change<Faq>,
    /// Question and answer.
    #[graphql(flatten)]
    pub text: PartsInput<Faq, text::Update>,
    /// Who may see it: the programme (its id); null opens it to everyone.
    pub share_with: MaybeUndefined<ID>,
}

payload!(FaqPayload { faq: Faq }, "What the mutations of frequently asked questions answer.", "The question as it is now.");

impl Command for CreateFaqInput {
    type Output = Id<Faq>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Faq>> {
        let mut row = new_row!(tx.id(), String::new(), Audience::public(), {
            language: self.language.0.clone(),
        });
        self.new.columns.put(&mut row)?;
        tx.may(Act::Govern, &row.owners())?;
        row.audience = sharing::of_programme(row.programme, self.share_with.as_ref())?;
        self.new.fill(tx, &mut row, self.text.get("question")).await?;
        text::begin(tx, &mut row, &self.text).await?;
        Ok(tx.create(row.derived(), &[]).await?.id)
    }
}

impl Command for UpdateFaqInput {
    type Output = Id<Faq>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Faq>> {
        let (before, mut after) = self.change.begin(tx, &life::UPDATE).await?;
        if !self.share_with.is_undefined() {
            after.audience = sharing::of_programme(before.programme, self.share_with.as_opt_ref().flatten())?;
        }
        text::change(tx, &mut after, &self.text).await?;
        tx.change(&before, after.derived(), &[]).await?;
        Ok(before.id)
    }
}

mutations!("FaqMutation" {
    /// Answers a frequently asked question. For officers of the programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, TOO_WIDE, KEY_REUSED.
    create_faq(input: CreateFaqInput) -> FaqPayload = input.new.idempotency_key => input,
    /// Changes a frequently asked question; what is left out stays as it is. For officers of its programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, TOO_WIDE, KEY_REUSED.
    update_faq(input: UpdateFaqInput) -> FaqPayload = input.change.target.idempotency_key => input,
    /// Adds or replaces a translation. For officers of its programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, KEY_REUSED.
    translate_faq(input: TranslateInput<Faq>) -> FaqPayload = input.target.idempotency_key => input.by(&life::TRANSLATE),
});
