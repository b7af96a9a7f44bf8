//! The columns of a kind as mutations take them, with what goes with them: to be flattened into their inputs.
use std::{borrow::Cow, fmt, marker::PhantomData};

use async_graphql::{InputObjectType, InputType, InputValueError, InputValueResult, Name, Value, indexmap::IndexMap, registry::Registry};

use super::Filled;
use crate::{
    base::{Id, Result, text::camel},
    kernel::{
        life::{self, Living, Move},
        text::{Create, Taken, Update},
    },
    relay::{Target, field},
    store::{Command, Record, Tx},
};

/// What an input says of a kind's columns: flattened into the inputs of mutations.
pub struct ColumnsInput<T, U> {
    given: Vec<(&'static str, Value)>,
    of: PhantomData<fn() -> (T, U)>,
}

impl<T: Filled, U: Taken> ColumnsInput<T, U> {
    /// Puts what was said into a row.
    pub fn put(&self, row: &mut T::Row) -> Result<()> {
        for column in T::COLUMNS.iter().filter(|column| column.is_taken(U::USE)) {
            if let Some((_, given)) = self.given.iter().find(|(name, _)| *name == column.name()) {
                column.put(given.clone(), row, &format!("input.{}", camel(column.name())))?;
            }
        }
        Ok(())
    }
}

impl<T, U> Clone for ColumnsInput<T, U> {
    fn clone(&self) -> Self {
        Self { given: self.given.clone(), of: PhantomData }
    }
}

impl<T, U> fmt::Debug for ColumnsInput<T, U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.given.fmt(f)
    }
}

impl<T: Filled, U: Taken> InputType for ColumnsInput<T, U> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Columns{:?}", T::type_name(), U::USE))
    }

    fn create_type_info(registry: &mut Registry) -> String {
        field::input_object::<Self>(registry, |registry| {
            let taken = T::COLUMNS.iter().filter(|column| column.is_taken(U::USE));
            taken.map(|column| column.input(U::USE, registry)).collect()
        })
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let Some(Value::Object(mut object)) = value else { return Err(InputValueError::expected_type(value.unwrap_or_default())) };
        let mut given = Vec::new();
        for column in T::COLUMNS.iter().filter(|column| column.is_taken(U::USE)) {
            let value = object.swap_remove(camel(column.name()).as_str());
            if let Some(said) = column.says(U::USE, value.as_ref()).map_err(InputValueError::custom)? {
                given.push((column.name(), said));
            }
        }
        Ok(Self { given, of: PhantomData })
    }

    fn to_value(&self) -> Value {
        let fields: IndexMap<Name, Value> = self.given.iter().map(|(name, value)| (Name::new(camel(name)), value.clone())).collect();
        Value::Object(fields)
    }

    fn as_raw_value(&self) -> Option<&Self::RawValueType> {
        Some(self)
    }
}

impl<T: Filled, U: Taken> InputObjectType for ColumnsInput<T, U> {}

/// A new thing: its columns, its slug, and the key that makes a retry harmless.
pub struct New<T> {
    /// What is filled in of it.
    pub columns: ColumnsInput<T, Create>,
    /// Its slug.
    pub slug: Option<String>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

/// A thing that changes: which, from which version on, its columns and its slug.
pub struct Change<T> {
    /// The thing.
    pub target: Target<T>,
    /// What is filled in of it.
    pub columns: ColumnsInput<T, Update>,
    /// A new slug.
    pub slug: Option<String>,
}

impl<T: Filled> New<T> {
    /// Puts what was filled in into a new row, and its slug, made of the title where none is given: the row's own, or this one.
    pub async fn fill(&self, tx: &Tx<'_>, row: &mut T::Row, title: Option<&str>) -> Result<()> {
        self.columns.put(row)?;
        let slug = tx.slug::<T::Row>(self.slug.as_deref(), title.unwrap_or(row.title()), row.id()).await?;
        row.set_slug(slug);
        Ok(())
    }
}

impl<T: Filled<Row: Living>> Change<T> {
    /// The row, locked until the transaction ends, where its viewer may do this to it and has seen this version of it; and what is made of it.
    pub async fn begin(&self, tx: &mut Tx<'_>, what: &Move<T::Row>) -> Result<(T::Row, T::Row)> {
        let before = life::begin(tx, what, &self.target).await?;
        let after = self.apply(tx, &before).await?;
        Ok((before, after))
    }

    /// What is made of a row.
    pub async fn apply(&self, tx: &mut Tx<'_>, before: &T::Row) -> Result<T::Row> {
        let mut after = before.clone();
        self.columns.put(&mut after)?;
        after.set_slug(tx.changed_slug(before, self.slug.as_ref()).await?);
        Ok(after)
    }
}

/// A change of what is filled in, and of nothing else, as a command.
pub struct Edit<T: Filled<Row: Living>>(pub Change<T>, pub &'static Move<T::Row>);

impl<T: Filled<Row: Living>> fmt::Debug for Edit<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (&self.0, self.1).fmt(f)
    }
}

impl<T: Filled<Row: Living>> Command for Edit<T> {
    type Output = Id<T>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<T>> {
        let (before, after) = self.0.begin(tx, self.1).await?;
        tx.change(&before, after, &[]).await?;
        Ok(before.id())
    }
}

impl<T> Clone for New<T> {
    fn clone(&self) -> Self {
        Self { columns: self.columns.clone(), slug: self.slug.clone(), idempotency_key: self.idempotency_key.clone() }
    }
}

impl<T> Clone for Change<T> {
    fn clone(&self) -> Self {
        Self { target: self.target.clone(), columns: self.columns.clone(), slug: self.slug.clone() }
    }
}

impl<T> fmt::Debug for New<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (&self.columns, &self.slug).fmt(f)
    }
}

impl<T> fmt::Debug for Change<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (&self.target, &self.columns, &self.slug).fmt(f)
    }
}

/// The value of an input object's field.
fn given<I: InputType>(value: Option<&Value>, name: &str) -> InputValueResult<I> {
    let given = match value {
        Some(Value::Object(object)) => object.get(name).cloned(),
        _ => None,
    };
    I::parse(given)
}

impl<T: Filled> InputType for New<T> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("{}New", T::type_name()))
    }

    fn create_type_info(registry: &mut Registry) -> String {
        field::input_object::<Self>(registry, |registry| {
            let mut fields = field::inputs_of::<ColumnsInput<T, Create>>(registry);
            fields.push(field::input::<Option<String>>("slug", T::SLUG, None, registry));
            fields.push(field::input::<Option<String>>("idempotencyKey", "Makes a retry harmless.", None, registry));
            fields
        })
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        Ok(Self {
            slug: given(value.as_ref(), "slug").map_err(InputValueError::propagate)?,
            idempotency_key: given(value.as_ref(), "idempotencyKey").map_err(InputValueError::propagate)?,
            columns: InputType::parse(value).map_err(InputValueError::propagate)?,
        })
    }

    fn to_value(&self) -> Value {
        self.columns.to_value()
    }

    fn as_raw_value(&self) -> Option<&Self::RawValueType> {
        Some(self)
    }
}

impl<T: Filled> InputObjectType for New<T> {}

impl<T: Filled> InputType for Change<T> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Change", T::type_name()))
    }

    fn create_type_info(registry: &mut Registry) -> String {
        field::input_object::<Self>(registry, |registry| {
            let mut fields = field::inputs_of::<Target<T>>(registry);
            fields.extend(field::inputs_of::<ColumnsInput<T, Update>>(registry));
            fields.push(field::input::<Option<String>>("slug", "A new slug; the old one keeps working.", None, registry));
            fields
        })
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        Ok(Self {
            slug: given(value.as_ref(), "slug").map_err(InputValueError::propagate)?,
            target: InputType::parse(value.clone()).map_err(InputValueError::propagate)?,
            columns: InputType::parse(value).map_err(InputValueError::propagate)?,
        })
    }

    fn to_value(&self) -> Value {
        self.columns.to_value()
    }

    fn as_raw_value(&self) -> Option<&Self::RawValueType> {
        Some(self)
    }
}

impl<T: Filled> InputObjectType for Change<T> {}

/// What an update takes that changes what is filled in, and nothing else.
pub struct UpdateInput<T>(pub Change<T>);

impl<T: Filled> InputType for UpdateInput<T> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("Update{}Input", T::type_name()))
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let said = format!("What `update{}` takes; what is left out stays as it is.", T::type_name());
        field::input_object_told::<Self>(registry, Some(&said), field::inputs_of::<Change<T>>)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        Ok(Self(InputType::parse(value).map_err(InputValueError::propagate)?))
    }

    fn to_value(&self) -> Value {
        self.0.to_value()
    }

    fn as_raw_value(&self) -> Option<&Self::RawValueType> {
        Some(self)
    }
}

impl<T: Filled> InputObjectType for UpdateInput<T> {}
