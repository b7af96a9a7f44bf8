//! Publishing a practice.
use async_graphql::{ID, InputObject};

use super::super::{Practice, Row, row::State};
use crate::{
    access::{Act, Audience, Owners},
    base::{Code, Id, Result, refuse_if},
    domain::city,
    kernel::text,
    payload,
    store::{Command, Json, Tx},
};

/// What `publishPractice` takes.
#[derive(Clone, Debug, InputObject)]
pub struct PublishPracticeInput {
    /// The practice.
    pub id: ID,
    /// The version the change starts from; a stale one is `CONFLICT`.
    pub expected_version: Option<i32>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

payload!(
    /// What `publishPractice` answers.
    PublishPracticePayload {
        /// The published practice.
        practice: Practice
    }
);

/// The command.
pub struct Publish {
    input: PublishPracticeInput,
    id: Id<Practice>,
}

impl Publish {
    /// Reads the ids of the input.
    pub fn read(input: PublishPracticeInput) -> Result<Self> {
        Ok(Self { id: Id::parse(&input.id, "input.id")?, input })
    }
}

impl Command for Publish {
    type Output = Id<Practice>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Practice>> {
        let before: Row = tx.seen(self.id, "input.id").await?;
        let programmes = city::programmes_of(tx, before.city).await?;
        tx.may(Act::Write, &Owners { cities: vec![before.city.uuid()], programmes })?;
        tx.expect(&before, self.input.expected_version)?;
        let is_done = before.state == State::Published && before.audience.is_public();
        refuse_if(is_done, Code::WrongState, "input.id", "It is published already.")?;
        refuse_if(before.state == State::Withdrawn, Code::WrongState, "input.id", "It was withdrawn; publish a successor instead.")?;
        let texts = text::translations_of(tx, self.id.uuid()).await?;
        let tells = texts.iter().any(|text| text.is_original && text.field("difficulties").is_some());
        refuse_if(
            !tells,
            Code::Required,
            "input.id",
            "Say what was hard: “difficulties” of the original is empty, and others learn most from it.",
        )?;
        let mut after = before.clone();
        after.state = State::Published;
        after.audience = Audience::public();
        if before.published_on.is_none() {
            after.published_on = Some(Json(tx.now().day()));
            after.published_at = tx.now();
        }
        tx.change(&before, after.derived(), &[]).await?;
        Ok(self.id)
    }
}
