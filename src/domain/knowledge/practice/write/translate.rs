//! Translating a practice.
use async_graphql::{ID, InputObject};

use super::{
    super::{Practice, Row, row::State, text as parts},
    input::{fields, may_write},
};
use crate::{
    base::{Code, Error, Id, Result, refuse_if},
    kernel::text,
    payload,
    relay::LanguageTag,
    store::{Command, Json, Tx},
};

/// What `translatePractice` takes: a whole text in another language.
#[derive(Clone, Debug, InputObject)]
pub struct TranslatePracticeInput {
    /// The practice.
    pub id: ID,
    /// The version the change starts from; a stale one is `CONFLICT`.
    pub expected_version: Option<i32>,
    /// The language, another than the original's.
    pub language: LanguageTag,
    /// The version of the original that was translated; the present one where not given.
    pub of_version: Option<i32>,
    /// 1 to 300 characters.
    pub title: String,
    /// 1 to 3,000 characters.
    pub summary: String,
    /// What was done, in full.
    pub body: Option<String>,
    /// The challenge it answers.
    pub challenge: Option<String>,
    /// What it aims at.
    pub objectives: Option<String>,
    /// What came of it.
    pub results: Option<String>,
    /// What was hard.
    pub difficulties: Option<String>,
    /// What was learned.
    pub lessons: Option<String>,
    /// What another city needs for it.
    pub transfer_conditions: Option<String>,
    /// The business or financing model.
    pub financing: Option<String>,
    /// The legal basis.
    pub legal_basis: Option<String>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

payload!(
    /// What `translatePractice` answers.
    TranslatePracticePayload {
        /// The practice as it is now.
        practice: Practice
    }
);

/// The command.
pub struct Translate {
    input: TranslatePracticeInput,
    id: Id<Practice>,
}

impl Translate {
    /// Reads the ids of the input.
    pub fn read(input: TranslatePracticeInput) -> Result<Self> {
        Ok(Self { id: Id::parse(&input.id, "input.id")?, input })
    }

    fn fields(&self) -> text::Fields {
        let input = &self.input;
        fields(&[
            ("title", Some(&input.title)),
            ("summary", Some(&input.summary)),
            ("body", input.body.as_ref()),
            ("challenge", input.challenge.as_ref()),
            ("objectives", input.objectives.as_ref()),
            ("results", input.results.as_ref()),
            ("difficulties", input.difficulties.as_ref()),
            ("lessons", input.lessons.as_ref()),
            ("transfer_conditions", input.transfer_conditions.as_ref()),
            ("financing", input.financing.as_ref()),
            ("legal_basis", input.legal_basis.as_ref()),
        ])
    }
}

impl Command for Translate {
    type Output = Id<Practice>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Practice>> {
        let input = &self.input;
        let before: Row = tx.seen(self.id, "input.id").await?;
        may_write(tx, &before)?;
        tx.expect(&before, input.expected_version)?;
        refuse_if(before.state == State::Withdrawn, Code::WrongState, "input.id", "It was withdrawn; a tombstone does not change.")?;
        refuse_if(
            input.language.0 == before.language,
            Code::BadInput,
            "input.language",
            "This is the language of the original; use updatePractice.",
        )?;
        let of_version = input.of_version.map(i64::from);
        let beyond = of_version.is_some_and(|version| !(1..=before.text_version).contains(&version));
        refuse_if(beyond, Code::BadInput, "input.ofVersion", format!("The original has versions 1 to {}.", before.text_version))?;
        let fields = self.fields();
        let refusals = parts::check(&fields, "input.");
        if !refusals.is_empty() {
            return Err(Error::Refused(refusals));
        }
        let texts = text::translations_of(tx, self.id.uuid()).await?;
        let original = texts.iter().find(|text| text.is_original).map(|text| text.fields.0.clone()).unwrap_or_default();
        let draft = text::Draft { language: input.language.0.clone(), fields, of_version };
        let saved = text::save(tx, self.id.uuid(), &before.language, original, vec![draft], &texts, None).await?;
        let mut after = before.clone();
        after.languages = Json(saved.heads);
        // A translation that says the same in other words leaves the list of translations as it was; its save is a change all the same.
        tx.touch(&before, after, "translationPublished").await?;
        Ok(self.id)
    }
}
