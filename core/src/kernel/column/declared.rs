//! How a column is declared: by its name, with what inputs say of it, and how it differs from what is usual.
use std::borrow::Cow;

use async_graphql::{
    InputType, Value,
    registry::{MetaInputValue, Registry},
};
use serde_json::Value as JsonValue;
use uuid::Uuid;

use super::{
    Column, ColumnValue, Content, Readable,
    content::{list_input, parsed, readable},
};
use crate::{
    base::{Result, text::camel},
    kernel::text::Use,
    store::{Json, Refusals, Saving},
};

/// A rule of a column: what it holds, its name, the limit, and where it refuses.
type Rule<V> = fn(&V, &str, usize, &mut Refusals) -> Result<()>;

/// A column of rows `R` that holds `V`.
pub struct ColumnDef<R, V> {
    name: &'static str,
    said: &'static str,
    said_of_change: Option<&'static str>,
    get: fn(&R) -> &V,
    get_mut: fn(&mut R) -> &mut V,
    is_created: bool,
    is_updated: bool,
    is_recorded: bool,
    is_needed: bool,
    taken: As<V>,
    rules: [Option<(Rule<V>, usize)>; 2],
}

/// How inputs take what a column holds.
struct As<V> {
    input: fn(&str, &str, Use, bool, &mut Registry) -> MetaInputValue,
    read_input: fn(Value) -> Readable<Value>,
    of_input: fn(Value, &str) -> Result<V>,
}

/// A column with what it says, as inputs do.
pub const fn column<R, V: Content>(
    name: &'static str,
    said: &'static str,
    get: fn(&R) -> &V,
    get_mut: fn(&mut R) -> &mut V,
) -> ColumnDef<R, V> {
    ColumnDef {
        name,
        said,
        said_of_change: None,
        get,
        get_mut,
        is_created: true,
        is_updated: true,
        is_recorded: true,
        is_needed: V::IS_NEEDED,
        taken: As { input: V::input, read_input: V::read_input, of_input: V::of_input },
        rules: [None; 2],
    }
}

impl<R, V> ColumnDef<R, V> {
    /// The same with a sentence of its own where it is changed.
    pub const fn changed(self, said: &'static str) -> Self {
        Self { said_of_change: Some(said), ..self }
    }

    /// The same, which is told when a thing is added, and stays.
    pub const fn fixed(self) -> Self {
        Self { is_updated: false, ..self }
    }

    /// The same, for records alone.
    pub const fn only_recorded(self) -> Self {
        Self { is_created: false, is_updated: false, ..self }
    }

    /// The same, which records have in another way: relations, say.
    pub const fn unrecorded(self) -> Self {
        Self { is_recorded: false, ..self }
    }

    /// The same, judged by this rule, too: two at the most.
    pub const fn rule(self, rule: Rule<V>, limit: usize) -> Self {
        let rules = match self.rules[0] {
            None => [Some((rule, limit)), None],
            first => {
                assert!(self.rules[1].is_none(), "a column has two rules at the most");
                [first, Some((rule, limit))]
            }
        };
        Self { rules, ..self }
    }
}

impl<R, T: 'static> ColumnDef<R, Json<Vec<T>>> {
    /// The same, whose items inputs take as these.
    pub const fn taken_as<I: InputType + Into<T>>(self) -> Self {
        let taken = As {
            input: list_input::<I>,
            read_input: readable::<Vec<I>>,
            of_input: |given, _| Ok(Json(parsed::<Vec<I>>(given)?.into_iter().map(I::into).collect())),
        };
        Self { taken, ..self }
    }

    /// A list that a new thing can't be without.
    pub const fn needed(self) -> Self {
        Self { is_needed: true, ..self }
    }
}

impl<R: 'static, V: Content> Column<R> for ColumnDef<R, V> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn is_taken(&self, of: Use) -> bool {
        match of {
            Use::Create => self.is_created,
            Use::Update => self.is_updated,
            Use::Translate => false,
        }
    }

    fn is_recorded(&self) -> bool {
        self.is_recorded
    }

    fn is_needed(&self) -> bool {
        self.is_needed
    }

    fn input(&self, of: Use, registry: &mut Registry) -> MetaInputValue {
        let said = match self.said_of_change.filter(|_| of == Use::Update) {
            Some(said) => Cow::Borrowed(said),
            None if of == Use::Update && V::IS_FORGOTTEN => Cow::Owned(format!("{}; null forgets it.", self.said.trim_end_matches('.'))),
            None => Cow::Borrowed(self.said),
        };
        (self.taken.input)(&camel(self.name), &said, of, self.is_needed, registry)
    }

    fn says(&self, of: Use, given: Option<&Value>) -> Readable<Option<Value>> {
        match given {
            None if self.is_needed && of == Use::Create => Err(format!("“{}” is missing.", camel(self.name))),
            None => Ok(None),
            // What a new thing may lack says nothing there; what can't be forgotten stays as it is.
            Some(Value::Null) if of == Use::Create && V::IS_FORGOTTEN => Ok(None),
            Some(Value::Null) if of == Use::Update => Ok(V::IS_FORGOTTEN.then_some(Value::Null)),
            Some(given) => {
                let said = (self.taken.read_input)(given.clone())?;
                let is_usual = of == Use::Create && !self.is_needed && said == Value::List(Vec::new());
                Ok((!is_usual).then_some(said))
            }
        }
    }

    fn put(&self, given: Value, row: &mut R, path: &str) -> Result<()> {
        *(self.get_mut)(row) = (self.taken.of_input)(given, path)?;
        Ok(())
    }

    fn read(&self, told: JsonValue) -> std::result::Result<ColumnValue, String> {
        serde_path_to_error::deserialize::<_, V::Record>(told).map(|record| Box::new(V::of_record(record)) as ColumnValue).map_err(
            |error| {
                let below = match error.path().to_string() {
                    path if path == "." => String::new(),
                    path if path.starts_with('[') => path,
                    path => format!(".{path}"),
                };
                format!("“{}{below}”: {}", self.name, error.inner())
            },
        )
    }

    fn name_thing(&self, id: Uuid, row: &mut R) {
        if let Some(named) = V::of_id(id) {
            *(self.get_mut)(row) = named;
        }
    }

    fn hold(&self, row: &R) -> ColumnValue {
        Box::new((self.get)(row).clone())
    }

    fn restore(&self, held: &ColumnValue, row: &mut R) {
        if let Some(value) = held.downcast_ref::<V>() {
            (self.get_mut)(row).clone_from(value);
        }
    }

    fn told(&self, held: &ColumnValue) -> serde_json::Result<JsonValue> {
        held.downcast_ref::<V>().map_or(Ok(JsonValue::Null), |value| serde_json::to_value(value.to_record()))
    }

    fn check(&self, saving: &Saving<'_, R>, refusals: &mut Refusals) -> Result<()> {
        let (now, was) = ((self.get)(saving.after), saving.before.map(self.get));
        if was == Some(now) {
            return Ok(());
        }
        self.rules.iter().flatten().try_for_each(|(rule, limit)| rule(now, self.name, *limit, refusals))
    }
}

/// Declares the columns of a kind that people fill in: each by its name in the row, with what inputs say of it and how it differs from what is usual.
#[macro_export]
macro_rules! columns {
    ($kind:ident { $($column:ident: $said:literal $(. $how:ident $(::<$of:ty>)? ( $($with:expr),* ))*),* $(,)? } $(, slug: $slug:literal)?) => {
        impl $crate::kernel::column::Filled for $kind {
            const COLUMNS: $crate::kernel::column::Columns<Row> = &[
                $(&$crate::kernel::column::declared::column::<Row, _>(stringify!($column), $said, |row| &row.$column, |row| &mut row.$column)$(.$how$(::<$of>)?($($with),*))*),*
            ];
            $(const SLUG: &'static str = $slug;)?
        }
    };
}

#[cfg(test)]
mod tests {
    use async_graphql::value;
    use serde_json::json;

    use super::*;

    #[derive(Default)]
    struct Row {
        name: String,
        role: Option<String>,
        tags: Json<Vec<String>>,
    }

    static NAME: ColumnDef<Row, String> = column("name", "The name.", |row: &Row| &row.name, |row: &mut Row| &mut row.name).named(5);
    static ROLE: ColumnDef<Row, Option<String>> = column("role", "The role.", |row| &row.role, |row| &mut row.role);
    static TAGS: ColumnDef<Row, Json<Vec<String>>> = column("tags", "The tags.", |row| &row.tags, |row| &mut row.tags);

    fn row() -> Row {
        Row { name: "Ada".to_owned(), role: Some("chair".to_owned()), tags: Json(vec!["a".to_owned()]) }
    }

    #[test]
    fn a_new_thing_has_what_it_must_have_and_may_leave_out_the_rest() {
        assert!(NAME.says(Use::Create, None).is_err() && NAME.says(Use::Create, Some(&Value::Null)).is_err());
        assert_eq!([ROLE.says(Use::Create, None), ROLE.says(Use::Create, Some(&Value::Null))], [Ok(None), Ok(None)]);
        assert_eq!([TAGS.says(Use::Create, None), TAGS.says(Use::Create, Some(&value!([])))], [Ok(None), Ok(None)]);
        assert!(TAGS.says(Use::Create, Some(&Value::Null)).is_err());
    }

    #[test]
    fn a_change_leaves_what_it_does_not_tell_and_forgets_what_can_be_forgotten() {
        assert_eq!([NAME.says(Use::Update, None), NAME.says(Use::Update, Some(&Value::Null))], [Ok(None), Ok(None)]);
        assert_eq!([ROLE.says(Use::Update, None), ROLE.says(Use::Update, Some(&Value::Null))], [Ok(None), Ok(Some(Value::Null))]);
        assert_eq!(
            [TAGS.says(Use::Update, Some(&Value::Null)), TAGS.says(Use::Update, Some(&value!([])))],
            [Ok(None), Ok(Some(value!([])))]
        );
        // One item is a list of it, however it is said.
        assert_eq!(TAGS.says(Use::Update, Some(&value!("b"))), TAGS.says(Use::Update, Some(&value!(["b"]))));
    }

    #[test]
    fn what_stands_around_a_line_says_nothing_and_a_blank_one_is_none() {
        let mut changed = row();
        NAME.put(value!(" Bea "), &mut changed, "").unwrap();
        ROLE.put(value!(" "), &mut changed, "").unwrap();
        TAGS.put(value!([" b"]), &mut changed, "").unwrap();
        assert_eq!((changed.name.as_str(), changed.role, changed.tags.0), ("Bea", None, vec!["b".to_owned()]));
    }

    #[test]
    fn a_record_says_the_same_and_names_what_can_not_be_read() {
        let mut read = row();
        ROLE.restore(&ROLE.read(json!("")).unwrap(), &mut read);
        TAGS.restore(&TAGS.read(json!(["x "])).unwrap(), &mut read);
        assert_eq!((read.role, read.tags.0), (None, vec!["x".to_owned()]));
        assert_eq!(TAGS.read(json!(null)).err().as_deref(), Some("“tags”: invalid type: null, expected a sequence"));
        assert_eq!(TAGS.read(json!(["a", 5])).err().as_deref(), Some("“tags[1]”: invalid type: integer `5`, expected a string"));
        assert_eq!(TAGS.told(&TAGS.hold(&row())).unwrap(), json!(["a"]));
    }
}
