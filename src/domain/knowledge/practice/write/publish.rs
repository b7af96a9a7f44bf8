//! Publishing a practice.
use async_graphql::{ID, InputObject};

use super::super::{Practice, life::PUBLISH, row::State};
use crate::{
    access::Audience,
    base::{Code, Id, Result, refuse_if},
    kernel::{life, text},
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
        let before = life::begin(tx, &PUBLISH, self.id, self.input.expected_version).await?;
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
