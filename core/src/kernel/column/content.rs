//! What can stand in a column that people fill in: how inputs take it, and how records tell it.
use async_graphql::{
    InputType, Value,
    registry::{MetaInputValue, Registry},
};
use jiff::civil::Date;
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::{
    base::{Fault, Id, Kind, Language, Moment, Result, date::ImpreciseDate, text::is_blank},
    kernel::text::Use,
    relay::{DateTime, DateValue, ImpreciseDateInput, LanguageTag, field, scalars::input_fault},
    store::Json,
};

/// Something that a column holds one of, or a list of: how inputs take it and how records tell it.
pub trait Item: Clone + PartialEq + Send + Sync + 'static {
    /// As inputs take it.
    type Input: InputType;
    /// As records tell it.
    type Record: Serialize + DeserializeOwned;

    /// Reads an input's; `path` names it in a refusal.
    fn of_input(input: Self::Input, path: &str) -> Result<Self>;
    /// Reads a record's.
    fn of_record(record: Self::Record) -> Self;
    /// As records tell it.
    fn to_record(&self) -> Self::Record;
    /// Whether it says nothing, and is as good as missing where it may be missing.
    fn is_nothing(&self) -> bool {
        false
    }
    /// The thing with this id, where it is what names one.
    fn of_id(_: Uuid) -> Option<Self> {
        None
    }
}

/// What can stand in a column: an item that must be there, one that may be missing, or a list.
pub trait Content: Clone + PartialEq + Send + Sync + 'static {
    /// As records tell it.
    type Record: Serialize + DeserializeOwned;
    /// Whether there is always one.
    const IS_NEEDED: bool;
    /// Whether null forgets it.
    const IS_FORGOTTEN: bool;
    /// What it is in an input: of a new thing, where a list may be left out, or of a change.
    fn input(name: &str, said: &str, of: Use, is_needed: bool, registry: &mut Registry) -> MetaInputValue;
    /// What an input says, in one spelling, where it can be read.
    fn read_input(given: Value) -> Readable<Value>;
    /// Reads an input's, which can be read; `path` names it in a refusal.
    fn of_input(given: Value, path: &str) -> Result<Self>;
    /// Reads a record's.
    fn of_record(record: Self::Record) -> Self;
    /// As records tell it.
    fn to_record(&self) -> Self::Record;
    /// The thing with this id, where it is what names one.
    fn of_id(id: Uuid) -> Option<Self>;
}

/// An answer, or why an input can't be read.
pub type Readable<T> = std::result::Result<T, String>;

/// A value as an input has it that can be read: the same for all ways of saying the same.
pub(super) fn readable<I: InputType>(given: Value) -> Readable<Value> {
    I::parse(Some(given)).map(|input| input.to_value()).map_err(input_fault)
}

/// An input that can be read.
pub(super) fn parsed<I: InputType>(given: Value) -> Result<I> {
    Ok(I::parse(Some(given)).map_err(|error| Fault::new(input_fault(error)))?)
}

impl<T: Item> Content for T {
    type Record = T::Record;
    const IS_NEEDED: bool = true;
    const IS_FORGOTTEN: bool = false;

    fn input(name: &str, said: &str, of: Use, _: bool, registry: &mut Registry) -> MetaInputValue {
        match of {
            Use::Create | Use::Translate => field::input::<T::Input>(name, said, None, registry),
            Use::Update => field::input::<Option<T::Input>>(name, said, None, registry),
        }
    }

    fn read_input(given: Value) -> Readable<Value> {
        readable::<T::Input>(given)
    }

    fn of_input(given: Value, path: &str) -> Result<Self> {
        T::of_input(parsed(given)?, path)
    }

    fn of_record(record: Self::Record) -> Self {
        T::of_record(record)
    }

    fn to_record(&self) -> Self::Record {
        T::to_record(self)
    }

    fn of_id(id: Uuid) -> Option<Self> {
        T::of_id(id)
    }
}

impl<T: Item> Content for Option<T> {
    type Record = Option<T::Record>;
    const IS_NEEDED: bool = false;
    const IS_FORGOTTEN: bool = true;

    fn input(name: &str, said: &str, _: Use, _: bool, registry: &mut Registry) -> MetaInputValue {
        field::input::<Option<T::Input>>(name, said, None, registry)
    }

    fn read_input(given: Value) -> Readable<Value> {
        readable::<Option<T::Input>>(given)
    }

    fn of_input(given: Value, path: &str) -> Result<Self> {
        let item = parsed::<Option<T::Input>>(given)?.map(|input| T::of_input(input, path)).transpose()?;
        Ok(item.filter(|item| !item.is_nothing()))
    }

    fn of_record(record: Self::Record) -> Self {
        record.map(T::of_record).filter(|item| !item.is_nothing())
    }

    fn to_record(&self) -> Self::Record {
        self.as_ref().map(T::to_record)
    }

    fn of_id(id: Uuid) -> Option<Self> {
        T::of_id(id).map(Some)
    }
}

impl<T: Item> Content for Json<Vec<T>> {
    type Record = Vec<T::Record>;
    const IS_NEEDED: bool = false;
    const IS_FORGOTTEN: bool = false;

    fn input(name: &str, said: &str, of: Use, is_needed: bool, registry: &mut Registry) -> MetaInputValue {
        list_input::<T::Input>(name, said, of, is_needed, registry)
    }

    fn read_input(given: Value) -> Readable<Value> {
        readable::<Vec<T::Input>>(given)
    }

    fn of_input(given: Value, path: &str) -> Result<Self> {
        let items = parsed::<Vec<T::Input>>(given)?.into_iter().enumerate();
        Ok(Self(items.map(|(index, input)| T::of_input(input, &format!("{path}.{index}"))).collect::<Result<_>>()?))
    }

    fn of_record(record: Self::Record) -> Self {
        Self(record.into_iter().map(T::of_record).collect())
    }

    fn to_record(&self) -> Self::Record {
        self.0.iter().map(T::to_record).collect()
    }

    fn of_id(_: Uuid) -> Option<Self> {
        None
    }
}

/// A list in an input.
pub(super) fn list_input<I: InputType>(name: &str, said: &str, of: Use, is_needed: bool, registry: &mut Registry) -> MetaInputValue {
    match of {
        Use::Create | Use::Translate if is_needed => field::input::<Vec<I>>(name, said, None, registry),
        Use::Create | Use::Translate => field::input(name, said, Some(&Vec::<I>::new()), registry),
        Use::Update => field::input::<Option<Vec<I>>>(name, said, None, registry),
    }
}

/// Declares how values stand in inputs and in records: as what they are where nothing else is said.
#[macro_export]
macro_rules! item {
    ($value:ty) => {
        $crate::item!($value, $value => |input| input);
    };
    ($value:ty, $input:ty => $of_input:expr) => {
        $crate::item!($value, $input => $of_input, $value => |record| record, |value| value.clone());
    };
    ($value:ty, $input:ty => $of_input:expr, $record:ty => $of_record:expr, $to_record:expr) => {
        impl $crate::kernel::column::Item for $value {
            type Input = $input;
            type Record = $record;
            fn of_input(input: $input, _: &str) -> $crate::base::Result<Self> {
                let of_input: fn($input) -> Self = $of_input;
                Ok(of_input(input))
            }
            fn of_record(record: $record) -> Self {
                let of_record: fn($record) -> Self = $of_record;
                of_record(record)
            }
            fn to_record(&self) -> $record {
                let to_record: fn(&Self) -> $record = $to_record;
                to_record(self)
            }
        }
    };
}

item!(bool);
item!(f64);
item!(i64);
/// What stands around it says nothing.
impl Item for String {
    type Input = Self;
    type Record = Self;

    fn of_input(input: Self, _: &str) -> Result<Self> {
        Ok(input.trim().to_owned())
    }

    fn of_record(record: Self) -> Self {
        record.trim().to_owned()
    }

    fn to_record(&self) -> Self {
        self.clone()
    }

    fn is_nothing(&self) -> bool {
        is_blank(self)
    }
}

item!(Moment, DateTime => |input| input.0);
item!(Language, LanguageTag => |input| input.0);
item!(Json<Date>, DateValue => |input| Json(input.0), Date => Json, |value| value.0);
item!(Json<ImpreciseDate>, ImpreciseDateInput => |input| Json(input.into()), ImpreciseDate => Json, |value| value.0.clone());

/// A thing that is named; records name it by its slug, as a relation.
impl<K: Kind> Item for Id<K> {
    type Input = async_graphql::ID;
    type Record = Self;

    fn of_input(input: async_graphql::ID, path: &str) -> Result<Self> {
        Ok(Self::parse(&input, path)?)
    }

    fn of_record(record: Self) -> Self {
        record
    }

    fn to_record(&self) -> Self {
        *self
    }

    fn of_id(id: Uuid) -> Option<Self> {
        Some(Self::new(id))
    }
}

/// Declares an enum that a column and records keep as a word, in the case that is named, and that the graph tells under the name that is given.
#[macro_export]
macro_rules! column_enum {
    ($(#[$meta:meta])* $name:ident as $graph:tt in $case:tt { $($(#[$said:meta])* $variant:ident),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumIter, DeriveActiveEnum, async_graphql::Enum)]
        #[sea_orm(rs_type = "String", db_type = "Text", rename_all = $case)]
        #[serde(rename_all = $case)]
        #[graphql(name = $graph)]
        pub enum $name {
            $($(#[$said])* $variant),*
        }
        /// The first.
        impl $crate::store::Blank for $name {
            fn blank() -> Self {
                [$(Self::$variant),*][0]
            }
        }
        $crate::item!($name);
    };
}
