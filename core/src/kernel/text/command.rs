//! Writing texts by mutations: a new original, a change of it, and translations, the same for every kind that has texts.
use std::{borrow::Cow, collections::HashMap, fmt};

use async_graphql::{InputObjectType, InputType, InputValueError, InputValueResult, Value, registry::Registry};
use uuid::Uuid;

use super::{
    Create, Draft, Fields, PartsInput, Row, Translate as OfTranslation, Update,
    part::{self, Written},
    save, save_original, translations_of,
};
use crate::{
    base::{
        Code, Error, Id, Refusal, Result, refuse_if,
        text::{is_blank, said},
    },
    kernel::life::{self, Living, Move},
    relay::{LanguageTag, NodeType, Target, field},
    store::{Command, Record, Tx, event::TRANSLATED},
};

/// Refuses a text of a mutation that lacks something or is too long.
pub fn refuse<T: Written>(tx: &Tx<'_>, fields: &Fields) -> Result<()> {
    refuse_any(part::check(T::PARTS, fields, tx.surface(), ""))
}

fn refuse_any(refusals: Vec<Refusal>) -> Result<()> {
    if refusals.is_empty() { Ok(()) } else { Err(Error::Refused(refusals)) }
}

/// Begins the texts of a new thing: checked, saved and noted in its row. A kind whose parts may all be missing may have no text.
pub async fn begin<T: Written>(tx: &mut Tx<'_>, row: &mut T::Row, input: &PartsInput<T, Create>) -> Result<()> {
    let original = input.fields();
    if original.is_empty() && !T::PARTS.iter().any(|part| part.is_required) {
        return Ok(());
    }
    refuse::<T>(tx, &original)?;
    let language = T::head(row).language.clone();
    let saved = save_original(tx, row.id().uuid(), &language, original.clone(), &[]).await?;
    T::keep(row, saved, &original);
    Ok(())
}

/// Changes a thing's original, where the input says anything of it.
pub async fn change<T: Written>(tx: &mut Tx<'_>, row: &mut T::Row, input: &PartsInput<T, Update>) -> Result<()> {
    match revise(tx, row, input).await? {
        Some(revision) => revision.save::<T>(tx, row).await,
        None => Ok(()),
    }
}

/// A change of an original that was checked and is not saved yet.
pub struct Revision {
    texts: Vec<Row>,
    fields: Fields,
}

/// What an input changes of a thing's original, checked; none where it says nothing of it.
pub async fn revise<T: Written>(tx: &Tx<'_>, row: &T::Row, input: &PartsInput<T, Update>) -> Result<Option<Revision>> {
    if input.is_empty() {
        return Ok(None);
    }
    let texts = translations_of(tx, row.id().uuid()).await?;
    let mut fields = original(&texts);
    input.change(&mut fields);
    refuse::<T>(tx, &fields)?;
    Ok(Some(Revision { texts, fields }))
}

impl Revision {
    /// Whether the original had this part.
    pub fn tells(&self, part: &str) -> bool {
        self.texts.iter().any(|text| text.is_original && text.field(part).is_some())
    }

    /// Whether it will have it.
    pub fn will_tell(&self, part: &str) -> bool {
        self.fields.get(part).is_some_and(|words| !is_blank(words))
    }

    /// How many words of the original it takes away or adds, whichever are more: a word that moves is neither.
    pub fn words_changed(&self) -> i64 {
        let counted = |fields: &Fields| {
            let mut counts: HashMap<String, i64> = HashMap::new();
            words(fields).for_each(|word| *counts.entry(word.to_owned()).or_default() += 1);
            counts
        };
        let (was, is) = (counted(&original(&self.texts)), counted(&self.fields));
        let more = |some: &HashMap<String, i64>, others: &HashMap<String, i64>| {
            some.iter().map(|(word, count)| (count - others.get(word).unwrap_or(&0)).max(0)).sum::<i64>()
        };
        more(&was, &is).max(more(&is, &was))
    }

    /// Saves it and notes it in the row.
    pub async fn save<T: Written>(self, tx: &mut Tx<'_>, row: &mut T::Row) -> Result<()> {
        let language = T::head(row).language.clone();
        let saved = save_original(tx, row.id().uuid(), &language, self.fields.clone(), &self.texts).await?;
        T::keep(row, saved, &self.fields);
        Ok(())
    }
}

/// How many words a thing's original has.
pub async fn word_count(tx: &Tx<'_>, subject: Uuid) -> Result<i64> {
    let texts = translations_of(tx, subject).await?;
    Ok(i64::try_from(words(&original(&texts)).count()).unwrap_or(i64::MAX))
}

/// The words of a text, as spaces part them.
fn words(fields: &Fields) -> impl Iterator<Item = &str> {
    fields.values().flat_map(|text| text.split_whitespace())
}

/// The parts of the original among a thing's texts.
fn original(texts: &[Row]) -> Fields {
    texts.iter().find(|text| text.is_original).map(|text| text.fields.0.clone()).unwrap_or_default()
}

/// What a translating mutation takes: a whole text in another language.
pub struct TranslateInput<T> {
    /// The thing.
    pub target: Target<T>,
    language: LanguageTag,
    of_version: Option<i32>,
    tool: Option<String>,
    text: PartsInput<T, OfTranslation>,
}

impl<T> fmt::Debug for TranslateInput<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (&self.target, &self.language, self.of_version, &self.tool, &self.text).fmt(f)
    }
}

impl<T: Written> InputType for TranslateInput<T> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("Translate{}Input", T::type_name()))
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let said = format!("What `translate{}` takes: a whole text in another language.", T::type_name());
        field::input_object_told::<Self>(registry, Some(&said), |registry| {
            let version = "The version of the original that was translated; the present one where not given.";
            let tool = "The tool that translated it, where a machine did, 1 to 100 characters: readers are told, and what it says ranks below. A person where not given.";
            let mut fields = vec![
                field::input::<LanguageTag>("language", "The language, another than the original's.", None, registry),
                field::input::<Option<i32>>("ofVersion", version, None, registry),
                field::input::<Option<String>>("tool", tool, None, registry),
            ];
            fields.extend(field::inputs_of::<Target<T>>(registry));
            fields.extend(field::inputs_of::<PartsInput<T, OfTranslation>>(registry));
            fields
        })
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let Some(Value::Object(object)) = &value else { return Err(InputValueError::expected_type(value.unwrap_or_default())) };
        let given = |name: &str| object.get(name).cloned();
        Ok(Self {
            language: InputType::parse(given("language")).map_err(InputValueError::propagate)?,
            of_version: InputType::parse(given("ofVersion")).map_err(InputValueError::propagate)?,
            tool: InputType::parse(given("tool")).map_err(InputValueError::propagate)?,
            target: InputType::parse(value.clone()).map_err(InputValueError::propagate)?,
            text: InputType::parse(value).map_err(InputValueError::propagate)?,
        })
    }

    fn to_value(&self) -> Value {
        self.text.to_value()
    }

    fn as_raw_value(&self) -> Option<&Self::RawValueType> {
        Some(self)
    }
}

impl<T: Written> InputObjectType for TranslateInput<T> {}

/// Adds or replaces a translation: the move of the kind's table says who may, and when.
pub struct Translate<T: NodeType<Row: Living>> {
    input: TranslateInput<T>,
    what: &'static Move<T::Row>,
}

impl<T: NodeType<Row: Living>> TranslateInput<T> {
    /// The command, by this move.
    pub const fn by(self, what: &'static Move<T::Row>) -> Translate<T> {
        Translate { input: self, what }
    }
}

impl<T: NodeType<Row: Living>> fmt::Debug for Translate<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.input.fmt(f)
    }
}

impl<T: Written<Row: Living>> Command for Translate<T> {
    type Output = Id<T>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<T>> {
        let before: T::Row = life::begin(tx, self.what, &self.input.target).await?;
        let id = before.id();
        let (head, language) = (T::head(&before), &self.input.language.0);
        let same = format!("This is the language of the original; use update{}.", T::type_name());
        refuse_if(language == head.language, Code::BadInput, "input.language", same)?;
        let of_version = self.input.of_version.map(i64::from);
        let beyond = of_version.is_some_and(|version| !(1..=head.version).contains(&version));
        refuse_if(beyond, Code::BadInput, "input.ofVersion", format!("The original has versions 1 to {}.", head.version))?;
        let tool = self.input.tool.clone();
        refuse_any(part::check_tool(tool.as_deref(), tx.surface(), ""))?;
        let fields = self.input.text.fields();
        refuse_any(part::check_translation(T::PARTS, &fields, tx.surface(), ""))?;
        let texts = translations_of(tx, id.uuid()).await?;
        let original = original(&texts);
        let draft = Draft { language: language.clone(), fields, of_version, tool: said(tool.as_deref()) };
        let saved = save(tx, id.uuid(), head.language, original.clone(), vec![draft], &texts, None).await?;
        let mut after = before.clone();
        T::keep(&mut after, saved, &original);
        // A translation that says the same in other words leaves the list of translations as it was; its save is a change all the same.
        tx.touch(&before, after, &TRANSLATED).await?;
        Ok(id)
    }
}
