//! What a row has to be for the store to save it with its history and its events.
use futures_util::future::BoxFuture;
use sea_orm::{EntityTrait, FromQueryResult, IntoActiveModel, ModelTrait};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use super::{
    Json, Tx,
    check::{Refusals, Saving},
    event::EventType,
    join::Join,
};
use crate::{
    access::{Audience, Visible},
    base::{Id, Kind, Language, Moment, Result},
};

/// A row of a kind: has an id, a version, an audience, a history, and makes facts.
pub trait Record:
    ModelTrait<Entity: Visible<Model = Self, ActiveModel: Send + Sync>>
    + FromQueryResult
    + DeserializeOwned
    + IntoActiveModel<<Self::Entity as EntityTrait>::ActiveModel>
    + Clone
    + PartialEq
    + Serialize
    + Send
    + Sync
    + 'static
{
    /// The kind.
    type Kind: Kind;
    /// The columns, and the fields of what they hold, that may have several lines; all others are single lines.
    const PARAGRAPHS: &'static [&'static str];
    /// A row that says nothing yet.
    fn empty(id: Id<Self::Kind>, slug: String, audience: Audience) -> Self;
    /// The same with what is derived from what it says.
    fn with_derived(self) -> Self {
        self
    }
    /// Its id.
    fn id(&self) -> Id<Self::Kind>;
    /// Counts its saves, from 1.
    fn version(&self) -> i64;
    /// Its slug.
    fn slug(&self) -> &str;
    /// Gives it another slug.
    fn set_slug(&mut self, slug: String);
    /// Who may see it.
    fn audience(&self) -> &Audience;
    /// Has others see it.
    fn set_audience(&mut self, audience: Audience);
    /// Notes a save: which it is, when the row was added, and when it is saved.
    fn saved(&mut self, version: i64, created_at: Moment, updated_at: Moment);
    /// Its title, for the log.
    fn title(&self) -> &str;
    /// When it was added.
    fn created_at(&self) -> Moment;
    /// When it changed last.
    fn updated_at(&self) -> Moment;
    /// What it belongs to, by its own columns, so that the log can be filtered.
    fn tags(&self) -> Vec<Uuid>;
    /// What happened between two saves. Asked only when something changed.
    fn events(before: Option<&Self>, after: &Self) -> Vec<&'static EventType>;
    /// Whether such a row may be saved; asked by [`Tx::create`] and [`Tx::change`], so that commands and imports obey one rule.
    fn check<'t>(_saving: &'t Saving<'t, Self>, _refusals: &'t mut Refusals, _tx: &'t Tx<'_>) -> BoxFuture<'t, Result<()>> {
        Box::pin(async { Ok(()) })
    }
    /// The things its columns name, which whoever saves it must see: the kind, the field, the id.
    fn references(&self) -> Vec<(&'static str, &'static str, Uuid)> {
        Vec::new()
    }
    /// The same for its links: the join, the kind on its right, the field.
    fn linked_kinds() -> Vec<(&'static Join, &'static str, &'static str)> {
        Vec::new()
    }
    /// The links that say what it belongs to: each save is told to those who want to hear of what is linked, moved or not.
    fn joins() -> Vec<&'static Join> {
        Vec::new()
    }
    /// Columns that only [`Tx::count`] moves: saving the row leaves them as they are, so that counting needs no new version.
    fn counters() -> Vec<<Self::Entity as EntityTrait>::Column> {
        Vec::new()
    }
    /// What a change of this row changes elsewhere: things that belong to it and may not be wider, say.
    fn ripple<'t>(_saving: &'t Saving<'t, Self>, _tx: &'t mut Tx<'_>) -> BoxFuture<'t, Result<()>> {
        Box::pin(async { Ok(()) })
    }
}

/// A row that belongs to a subject and has no audience of its own.
pub trait Part:
    ModelTrait<Entity: EntityTrait<Model = Self, ActiveModel: Send + Sync>>
    + FromQueryResult
    + DeserializeOwned
    + IntoActiveModel<<Self::Entity as EntityTrait>::ActiveModel>
    + Clone
    + PartialEq
    + Serialize
    + Send
    + Sync
    + 'static
{
    /// What it belongs to.
    fn subject(&self) -> Uuid;
    /// Names it among the parts of the subject, for the history: `text/en`.
    fn part(&self) -> String;
    /// Counts its saves, from 1.
    fn version(&self) -> i64;
    /// Notes a save.
    fn set_version(&mut self, version: i64);
    /// Finds it by its primary key.
    fn key(&self) -> sea_orm::Condition;
}

/// What a column holds before anything is put into it.
pub trait Blank {
    /// Nothing, none of them, or the usual.
    fn blank() -> Self;
}

macro_rules! blank_is_default {
    ($([$($generics:tt)*] $value:ty),* $(,)?) => {
        $(impl<$($generics)*> Blank for $value {
            fn blank() -> Self {
                Self::default()
            }
        })*
    };
}

blank_is_default!([] String, [] bool, [] i64, [] Uuid, [T] Option<T>, [T: Default] Json<T>);

impl Blank for Moment {
    fn blank() -> Self {
        Self(0)
    }
}

impl Blank for Language {
    fn blank() -> Self {
        Self::english()
    }
}

/// Nobody's: a fault where it is saved so.
impl<K: Kind> Blank for Id<K> {
    fn blank() -> Self {
        Self::new(Uuid::nil())
    }
}

/// Declares that rows with an id of their own are parts of what is named first, and under which name.
#[macro_export]
macro_rules! part {
    (of |$row:ident| $subject:expr, named |$part:ident| $name:expr) => {
        $crate::plain_table!();
        impl $crate::store::Part for Model {
            fn subject(&self) -> uuid::Uuid {
                let $row = self;
                $subject.uuid()
            }
            fn part(&self) -> String {
                let $part = self;
                $name
            }
            fn version(&self) -> i64 {
                self.version
            }
            fn set_version(&mut self, version: i64) {
                self.version = version;
            }
            fn key(&self) -> sea_orm::Condition {
                sea_orm::Condition::all().add(Column::Id.eq(self.id))
            }
        }
    };
}

/// Declares the table of a kind: the columns that every kind has, and its own.
#[macro_export]
macro_rules! table {
    ($(#[$doc:meta])* $table:literal of $kind:ident { $($(#[$told:meta])* pub $column:ident: $of:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
        #[sea_orm(table_name = $table)]
        pub struct Model {
            #[sea_orm(primary_key, auto_increment = false)]
            pub id: Id<$kind>,
            pub slug: String,
            pub version: i64,
            pub audience: Audience,
            pub created_at: Moment,
            pub updated_at: Moment,
            $($(#[$told])* pub $column: $of),*
        }
        impl Model {
            /// A row that says nothing yet; the version and the times are the store's business.
            pub(super) fn blank(id: Id<$kind>, slug: String, audience: Audience) -> Self {
                Self {
                    id,
                    slug,
                    version: 0,
                    audience,
                    created_at: Moment(0),
                    updated_at: Moment(0),
                    $($column: $crate::store::Blank::blank()),*
                }
            }
        }
        impl $crate::access::Visible for Entity {
            fn audience() -> Column {
                Column::Audience
            }
        }
        $crate::plain_table!();
    };
}

/// A new row of a kind: its id, slug and audience, and those of the kind's own columns that say something.
#[macro_export]
macro_rules! new_row {
    ($id:expr, $slug:expr, $audience:expr, { $($columns:tt)* }) => {
        Row { $($columns)* ..Row::blank($id, $slug, $audience) }
    };
}

/// Declares what sea-orm wants beside the model of any table.
#[macro_export]
macro_rules! plain_table {
    () => {
        impl ActiveModelBehavior for ActiveModel {}
        /// Links between kinds are [`crate::store::Join`]s; sea-orm's own relations are not used.
        #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
        pub enum Relation {}
    };
}
