//! How a column is declared: by its name, with what inputs say of it, and how it differs from what is usual.
use std::borrow::Cow;

use async_graphql::{
    InputType, Value,
    registry::{MetaInputValue, Registry},
};
use serde_json::Value as Told;

use super::{
    Column, Content, Held, Readable,
    content::{list_input, parsed, readable},
};
use crate::{
    base::{
        Result,
        text::{camel, is_blank},
    },
    kernel::text::Use,
    store::{Json, Refusals, Saving},
};

/// A rule of a column: what it holds, its name, the limit, and where it refuses.
type Rule<V> = fn(&V, &str, usize, &mut Refusals) -> Result<()>;

/// A column of rows `R` that holds `V`.
pub struct Of<R, V> {
    name: &'static str,
    asked: Option<&'static str>,
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
    try_input: fn(Value) -> Readable<()>,
    of_input: fn(Value, &str) -> Result<V>,
}

/// A column with what it says, as inputs do.
pub const fn column<R, V: Content>(name: &'static str, said: &'static str, get: fn(&R) -> &V, get_mut: fn(&mut R) -> &mut V) -> Of<R, V> {
    Of {
        name,
        asked: None,
        said,
        said_of_change: None,
        get,
        get_mut,
        is_created: true,
        is_updated: true,
        is_recorded: true,
        is_needed: V::IS_NEEDED,
        taken: As { input: V::input, try_input: V::try_input, of_input: V::of_input },
        rules: [None; 2],
    }
}

impl<R, V> Of<R, V> {
    /// The same, which inputs call otherwise than records.
    pub const fn called(self, asked: &'static str) -> Self {
        Self { asked: Some(asked), ..self }
    }

    /// The same with a sentence of its own where it is changed.
    pub const fn changed(self, said: &'static str) -> Self {
        Self { said_of_change: Some(said), ..self }
    }

    /// The same, which is told when a thing is added, and stays.
    pub const fn fixed(self) -> Self {
        Self { is_updated: false, ..self }
    }

    /// The same, of which new things know nothing.
    pub const fn later(self) -> Self {
        Self { is_created: false, ..self }
    }

    /// The same, for records alone.
    pub const fn only_recorded(self) -> Self {
        Self { is_created: false, is_updated: false, ..self }
    }

    /// The same, which records have in another way: relations, say.
    pub const fn unrecorded(self) -> Self {
        Self { is_recorded: false, ..self }
    }

    /// The same, judged by this rule, too.
    pub const fn rule(self, rule: Rule<V>, limit: usize) -> Self {
        Self { rules: [Some((rule, limit)), self.rules[0]], ..self }
    }
}

impl<R> Of<R, Option<String>> {
    /// The same, of which inputs that say nothing worth keeping keep nothing.
    pub const fn worth_keeping(mut self) -> Self {
        self.taken.of_input = |given, path| Ok(<Option<String> as Content>::of_input(given, path)?.filter(|text| !is_blank(text)));
        self
    }
}

impl<R, T: 'static> Of<R, Json<Vec<T>>> {
    /// The same, whose items inputs take as these.
    pub const fn taken_as<I: InputType + Into<T>>(self) -> Self {
        let taken = As {
            input: list_input::<I>,
            try_input: readable::<Vec<I>>,
            of_input: |given, _| Ok(Json(parsed::<Vec<I>>(given)?.into_iter().map(I::into).collect())),
        };
        Self { taken, ..self }
    }

    /// A list that a new thing can't be without.
    pub const fn needed(self) -> Self {
        Self { is_needed: true, ..self }
    }
}

impl<R: 'static, V: Content> Column<R> for Of<R, V> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn asked(&self) -> Cow<'static, str> {
        self.asked.map_or_else(|| Cow::Owned(camel(self.name)), Cow::Borrowed)
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
        (self.taken.input)(&self.asked(), &said, of, self.is_needed, registry)
    }

    fn says(&self, of: Use, given: Option<&Value>) -> Readable<bool> {
        match given {
            None if self.is_needed && of == Use::Create => Err(format!("“{}” is missing.", self.asked())),
            None => Ok(false),
            // What can't be forgotten stays as it is: null says nothing of it.
            Some(Value::Null) if of == Use::Update || !self.is_needed => Ok(V::IS_FORGOTTEN && of == Use::Update),
            Some(given) => (self.taken.try_input)(given.clone()).map(|()| true),
        }
    }

    fn put(&self, given: Value, row: &mut R, path: &str) -> Result<()> {
        *(self.get_mut)(row) = (self.taken.of_input)(given, path)?;
        Ok(())
    }

    fn read(&self, told: Told) -> std::result::Result<Held, String> {
        serde_path_to_error::deserialize::<_, V::Record>(told).map(|record| Box::new(V::of_record(record)) as Held).map_err(|error| {
            let below = match error.path().to_string() {
                path if path == "." => String::new(),
                path if path.starts_with('[') => path,
                path => format!(".{path}"),
            };
            format!("“{}{below}”: {}", self.name, error.inner())
        })
    }

    fn hold(&self, row: &R) -> Held {
        Box::new((self.get)(row).clone())
    }

    fn restore(&self, held: &Held, row: &mut R) {
        if let Some(value) = held.downcast_ref::<V>() {
            (self.get_mut)(row).clone_from(value);
        }
    }

    fn told(&self, held: &Held) -> serde_json::Result<Told> {
        held.downcast_ref::<V>().map_or(Ok(Told::Null), |value| serde_json::to_value(value.to_record()))
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
