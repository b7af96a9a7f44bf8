//! Connections after the Relay specification, with `nodes` and `totalCount` beside `edges` and `pageInfo`.
use std::borrow::Cow;

use async_graphql::{Context, InputObject, Object, Result, SimpleObject, TypeName, resolver_utils::ContainerType};
use futures_util::future::BoxFuture;

use super::Object;
use crate::{base::cursor::Cursor, store::Page};

/// The four paging arguments, spread into a list field's arguments.
#[derive(Clone, Debug, Default, InputObject)]
pub struct PageArgs {
    /// At most this many items from the start; 0 to 100, 20 when neither this nor `last` is given.
    pub first: Option<i32>,
    /// Only items after this cursor.
    pub after: Option<String>,
    /// At most this many items from the end; 0 to 100.
    pub last: Option<i32>,
    /// Only items before this cursor.
    pub before: Option<String>,
}

impl PageArgs {
    /// Takes the four arguments of a field.
    pub const fn new(first: Option<i32>, after: Option<String>, last: Option<i32>, before: Option<String>) -> Self {
        Self { first, after, last, before }
    }

    /// The page they ask for.
    pub fn page(&self) -> crate::base::Result<Page> {
        Page::new(self.first, self.after.as_deref(), self.last, self.before.as_deref())
    }
}

/// Where a page of a list lies in the whole.
#[derive(Clone, Debug, SimpleObject)]
pub struct PageInfo {
    /// Whether there are items before this page.
    pub has_previous_page: bool,
    /// Whether there are items behind this page.
    pub has_next_page: bool,
    /// The cursor of the first item; null on an empty page.
    pub start_cursor: Option<String>,
    /// The cursor of the last item; null on an empty page.
    pub end_cursor: Option<String>,
}

/// Counts a whole list when asked.
pub type Count = Box<dyn Fn(&Context<'_>) -> BoxFuture<'static, crate::base::Result<u64>> + Send + Sync>;

/// A page of a list of `T`.
pub struct Connection<T> {
    pub(super) items: Vec<Edge<T>>,
    pub(super) has_previous: bool,
    pub(super) has_next: bool,
    pub(super) count: Count,
}

/// One item of a list.
pub struct Edge<T> {
    pub(super) node: T,
    pub(super) cursor: Cursor,
}

impl<T> Connection<T> {
    /// Whether the page has no items.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

impl<T: ContainerType> TypeName for Connection<T> {
    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Connection", T::type_name()))
    }
}

impl<T: ContainerType> TypeName for Edge<T> {
    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Edge", T::type_name()))
    }
}

/// A page of a list.
#[Object(name_type)]
impl<T: ContainerType> Connection<T> {
    /// The items with their cursors.
    async fn edges(&self) -> Vec<Object<&Edge<T>>> {
        self.items.iter().map(Object).collect()
    }

    /// The items alone.
    async fn nodes(&self) -> Vec<Object<&T>> {
        self.items.iter().map(|edge| Object(&edge.node)).collect()
    }

    /// Where this page lies in the whole.
    async fn page_info(&self) -> PageInfo {
        PageInfo {
            has_previous_page: self.has_previous,
            has_next_page: self.has_next,
            start_cursor: self.items.first().map(|edge| edge.cursor.encode()),
            end_cursor: self.items.last().map(|edge| edge.cursor.encode()),
        }
    }

    /// How many items the whole list has, as far as the viewer may see them.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<u64> {
        Ok((self.count)(ctx).await?)
    }
}

/// One item of a list.
#[Object(name_type)]
impl<T: ContainerType> Edge<T> {
    /// The item.
    async fn node(&self) -> Object<&T> {
        Object(&self.node)
    }

    /// Where it stands; give it to `after` or `before`.
    async fn cursor(&self) -> String {
        self.cursor.encode()
    }
}
