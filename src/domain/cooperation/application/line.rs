//! Challenges and strengths, line by line: a theme, the city's own words, and how much it matters.
use async_graphql::{Context, ID, InputObject, Object, Result};

use super::row::Line;
use crate::{
    base::{Code, Id, Result as Done},
    domain::theme::Theme,
    kernel::column::Item,
    relay::{self, LanguageTag, context::Asking},
    store::{Json, Refusals},
};

/// The longest line, in characters.
const LONGEST: usize = 2_000;

/// A challenge or a strength of a city, in its own words.
#[derive(Clone, Debug, InputObject)]
pub struct ApplicationLineInput {
    /// Its theme: what it is matched by, beside its words.
    pub theme: Option<ID>,
    /// The city's own words, 1 to 2,000 characters.
    pub text: String,
    /// Their language.
    pub language: LanguageTag,
    /// How much it matters: 1 to 3, the most important 3.
    #[graphql(default = 2)]
    pub importance: i32,
}

/// Records tell themes by their slugs, which the record of an application sees to.
impl Item for Line {
    type Input = ApplicationLineInput;
    type Record = Self;

    fn of_input(input: ApplicationLineInput, path: &str) -> Done<Self> {
        let theme = relay::refs::given::<Theme>(input.theme.as_ref(), &format!("{path}.theme"))?.map(Id::uuid);
        Ok(Self { theme, text: input.text.trim().to_owned(), language: input.language.0, importance: input.importance })
    }

    fn of_record(record: Self) -> Self {
        record
    }

    fn to_record(&self) -> Self {
        self.clone()
    }
}

/// Each says something, and matters 1 to 3.
pub(super) fn check(lines: &Json<Vec<Line>>, field: &str, most: usize, refusals: &mut Refusals) -> Done<()> {
    refusals.too_many(field, lines.len(), most);
    for (index, line) in lines.iter().enumerate() {
        refusals.named(&format!("{field}.{index}.text"), &line.text, LONGEST);
        let is_known = (1..=3).contains(&line.importance);
        refusals.refuse_if(
            !is_known,
            Code::BadInput,
            &format!("{field}.{index}.importance"),
            "What matters most is 3, what matters least 1.",
        );
    }
    Ok(())
}

/// A line in the graph.
pub struct ApplicationLine(pub(super) Line);

/// A challenge or a strength of a city, in its own words.
#[Object]
impl ApplicationLine {
    /// Its theme; null where none was told.
    async fn theme(&self, ctx: &Context<'_>) -> Result<Option<relay::Object<Theme>>> {
        match self.0.theme {
            Some(theme) => Ok(ctx.load(Id::new(theme)).await?),
            None => Ok(None),
        }
    }

    /// The city's own words.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// Their language.
    async fn language(&self) -> LanguageTag {
        LanguageTag(self.0.language.clone())
    }

    /// How much it matters: 1 to 3, the most important 3.
    async fn importance(&self) -> i32 {
        self.0.importance
    }
}
