//! Translating a seminar.
use async_graphql::{ID, InputObject};

use super::{
    super::{Seminar, text as parts},
    input::to_change,
};
use crate::{
    base::{Code, Error, Id, Result, refuse_if},
    kernel::text,
    payload,
    relay::LanguageTag,
    store::{Command, Json, Tx},
};

/// What `translateSeminar` takes: a whole text in another language.
#[derive(Clone, Debug, InputObject)]
pub struct TranslateSeminarInput {
    /// The seminar.
    pub id: ID,
    /// The version the change starts from; a stale one is `CONFLICT`.
    pub expected_version: Option<i32>,
    /// The language, another than the original's.
    pub language: LanguageTag,
    /// The version of the original that was translated; the present one where not given.
    pub of_version: Option<i32>,
    /// 1 to 300 characters.
    pub title: String,
    /// What will happen there, up to 20,000 characters.
    pub description: Option<String>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

payload!(
    /// What `translateSeminar` answers.
    TranslateSeminarPayload {
        /// The seminar as it is now.
        seminar: Seminar
    }
);

/// The command.
pub struct Translate {
    input: TranslateSeminarInput,
    id: Id<Seminar>,
}

impl Translate {
    /// Reads the ids of the input.
    pub fn read(input: TranslateSeminarInput) -> Result<Self> {
        Ok(Self { id: Id::parse(&input.id, "input.id")?, input })
    }
}

impl Command for Translate {
    type Output = Id<Seminar>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Seminar>> {
        let input = &self.input;
        let before = to_change(tx, self.id, input.expected_version).await?;
        refuse_if(
            input.language.0 == before.language,
            Code::BadInput,
            "input.language",
            "This is the language of the original; use updateSeminar.",
        )?;
        let of_version = input.of_version.map(i64::from);
        let beyond = of_version.is_some_and(|version| !(1..=before.text_version).contains(&version));
        refuse_if(beyond, Code::BadInput, "input.ofVersion", format!("The original has versions 1 to {}.", before.text_version))?;
        let fields = parts::fields(&input.title, input.description.as_deref());
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
        tx.touch(&before, after, "translationPublished").await?;
        Ok(self.id)
    }
}
