//! Key-set paging after the Relay Cursor Connections specification: an item is found again by its sort key and
//! id, so an insert or delete elsewhere never repeats or skips one.
use sea_orm::{
    EntityTrait, QueryTrait, Select,
    sea_query::{Alias, Expr, ExprTrait, Order as Direction, OverStatement, Query, SelectStatement, WindowStatement},
};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::{Row, condition::among, join::Parent};
use crate::base::{
    Code, Result,
    cursor::{Cursor, Key},
    refuse, refuse_if,
};

/// Items of a page when nobody says how many.
pub const USUAL: u64 = 20;
/// Items of a page at the most.
pub const MOST: u64 = 100;

const KEY: &str = "page_key";
const ID: &str = "page_id";
const RANK: &str = "page_rank";
pub(super) const PARENT: &str = "page_parent";

/// What sort of value an order compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Times and counts.
    Number,
    /// Distances.
    Real,
    /// Folded names.
    Text,
}

/// A total order: a key and, for ties, the id, both in the same direction.
#[derive(Clone, Debug)]
pub struct Order {
    /// Short and stable: it stands in cursors.
    pub name: &'static str,
    /// The sort key; never null.
    pub key: Expr,
    /// Its type.
    pub sort: Sort,
    /// Whether the greatest comes first.
    pub descending: bool,
}

impl Order {
    /// By a column of the table, ascending.
    pub fn by(name: &'static str, column: impl sea_orm::ColumnTrait, sort: Sort) -> Self {
        Self { name, key: Expr::col(column.as_column_ref()), sort, descending: false }
    }

    /// The other way round.
    pub const fn falling(mut self) -> Self {
        self.descending = true;
        self
    }
}

/// Which part of a list: the four arguments of a Relay connection, checked.
#[derive(Clone, Debug, Default)]
pub struct Page {
    first: Option<u64>,
    after: Option<Cursor>,
    last: Option<u64>,
    before: Option<Cursor>,
}

impl Page {
    /// Checks the arguments; a refusal names the one that is wrong.
    pub fn new(first: Option<i32>, after: Option<&str>, last: Option<i32>, before: Option<&str>) -> Result<Self> {
        let size = |value: Option<i32>, name: &str| match value {
            None => Ok(None),
            Some(size) => match u64::try_from(size) {
                Ok(size) if size <= MOST => Ok(Some(size)),
                _ => refuse(Code::BadInput, name, format!("“{name}” is {size}; it may be 0 to {MOST}.")),
            },
        };
        let cursor = |value: Option<&str>, name: &str| match value {
            None => Ok(None),
            Some(text) => match Cursor::decode(text) {
                Some(cursor) => Ok(Some(cursor)),
                None => {
                    refuse(Code::BadInput, name, format!("“{name}” is not a cursor of this list; use endCursor or startCursor of a page."))
                }
            },
        };
        Ok(Self {
            first: size(first, "first")?,
            after: cursor(after, "after")?,
            last: size(last, "last")?,
            before: cursor(before, "before")?,
        })
    }

    /// The first `count` items.
    pub fn first(count: u64) -> Self {
        Self { first: Some(count), ..Self::default() }
    }

    /// How many items, and whether from the end.
    pub fn reach(&self) -> (u64, bool) {
        (self.size(), self.is_backward())
    }

    /// Cuts what was read by the specification's algorithm: one more than the page, from the side it is cut from. Answers
    /// the items in the list's order, and whether there are more behind and before.
    pub fn cut<T>(&self, mut items: Vec<T>, has_after: bool, has_before: bool) -> (Vec<T>, bool, bool) {
        let size = usize::try_from(self.size()).unwrap_or(usize::MAX);
        let more = items.len() > size;
        items.truncate(size);
        if self.is_backward() {
            items.reverse();
            return (items, has_before, more);
        }
        let last = self.last.map_or(usize::MAX, |last| usize::try_from(last).unwrap_or(usize::MAX));
        let skipped = items.len().saturating_sub(last);
        items.drain(..skipped);
        (items, more || has_before, has_after || skipped > 0)
    }

    /// Whether the page is cut from the end: `last` without `first`.
    const fn is_backward(&self) -> bool {
        self.first.is_none() && self.last.is_some()
    }

    fn size(&self) -> u64 {
        self.first.or(self.last).unwrap_or(USUAL)
    }
}

/// A list to read: which rows, in which order, which page of them.
#[derive(Clone)]
pub struct List<E: EntityTrait> {
    /// The rows, already cut to the viewer and filtered.
    pub select: Select<E>,
    /// Their order.
    pub order: Order,
    /// Which of them.
    pub page: Page,
}

/// A page that was read: the rows with their cursors, and whether there are more.
#[derive(Clone, Debug)]
pub struct Slice<M> {
    /// The rows in the list's order.
    pub items: Vec<(M, Cursor)>,
    /// More behind.
    pub has_next: bool,
    /// More before.
    pub has_previous: bool,
}

impl<E: EntityTrait> List<E> {
    /// A list, refused where a cursor belongs to another order.
    pub fn new(select: Select<E>, order: Order, page: Page) -> Result<Self> {
        for (cursor, name) in [(&page.after, "after"), (&page.before, "before")] {
            if let Some(cursor) = cursor {
                let right_type = matches!(
                    (&cursor.key, order.sort),
                    (Key::Number(_), Sort::Number | Sort::Real) | (Key::Real(_), Sort::Real) | (Key::Text(_), Sort::Text)
                );
                refuse_if(
                    cursor.order != order.name || !right_type,
                    Code::BadInput,
                    name,
                    format!("“{name}” is a cursor of another order; page on in the order it came from."),
                )?;
            }
        }
        Ok(Self { select, order, page })
    }

    fn id_column() -> Expr {
        Expr::col((E::default(), Alias::new("id")))
    }

    /// The select with key, id and the bounds the cursors set.
    fn bounded(&self) -> SelectStatement {
        let mut query = self.select.clone().into_query();
        query.expr_as(self.order.key.clone(), KEY).expr_as(Self::id_column(), ID);
        for (cursor, after) in [(&self.page.after, true), (&self.page.before, false)] {
            if let Some(cursor) = cursor {
                let here = Expr::tuple([self.order.key.clone(), Self::id_column()]);
                let key = match &cursor.key {
                    Key::Number(number) if self.order.sort == Sort::Real => Expr::value(*number as f64),
                    Key::Number(number) => Expr::value(*number),
                    Key::Real(real) => Expr::value(*real),
                    Key::Text(text) => Expr::value(text.clone()),
                };
                let there = Expr::tuple([key, Expr::value(cursor.id)]);
                query.and_where(if after == self.order.descending { here.lt(there) } else { here.gt(there) });
            }
        }
        query
    }

    fn direction(&self) -> Direction {
        if self.order.descending == self.page.is_backward() { Direction::Asc } else { Direction::Desc }
    }

    pub(super) fn statement(&self) -> SelectStatement {
        let mut query = self.bounded();
        query
            .order_by_expr(self.order.key.clone(), self.direction())
            .order_by_expr(Self::id_column(), self.direction())
            .limit(self.page.size() + 1);
        query
    }

    /// Joins a table by one of its columns; answers the other.
    fn joined(query: &mut SelectStatement, table: &'static str, by: &'static str, to: Expr, other: &'static str) -> Expr {
        let table = Alias::new(table);
        query.inner_join(table.clone(), Expr::col((table.clone(), Alias::new(by))).eq(to));
        Expr::col((table, Alias::new(other)))
    }

    fn with_parent(&self, mut query: SelectStatement, parent: Parent, ids: &[Uuid]) -> (SelectStatement, Expr) {
        let column = match parent {
            Parent::Column(name) => Expr::col((E::default(), Alias::new(name))),
            Parent::Right(join) => Self::joined(&mut query, join.table, join.right, Self::id_column(), join.left),
            Parent::Left(join) => Self::joined(&mut query, join.table, join.left, Self::id_column(), join.right),
            Parent::Through(column, join) => {
                let near = Expr::col((E::default(), Alias::new(column)));
                Self::joined(&mut query, join.table, join.left, near, join.right)
            }
        };
        query.and_where(among(column.clone(), ids));
        (query, column)
    }

    pub(super) fn statement_by_parent(&self, parent: Parent, ids: &[Uuid]) -> SelectStatement {
        let (mut query, column) = self.with_parent(self.bounded(), parent, ids);
        query.expr_as(column.clone(), PARENT);
        if ids.len() == 1 {
            query
                .order_by_expr(self.order.key.clone(), self.direction())
                .order_by_expr(Self::id_column(), self.direction())
                .limit(self.page.size() + 1);
            return query;
        }
        let mut window = WindowStatement::new();
        window.add_partition_by(column);
        window.order_by_expr(self.order.key.clone(), self.direction()).order_by_expr(Self::id_column(), self.direction());
        query.expr_window_as(Expr::cust("ROW_NUMBER()"), window, RANK);
        let ranked = Alias::new("ranked");
        let mut outer = Query::select();
        outer
            .column(sea_orm::sea_query::Asterisk)
            .from_subquery(query, ranked)
            .and_where(Expr::col(Alias::new(RANK)).lte(self.page.size() + 1))
            .order_by(Alias::new(RANK), Direction::Asc);
        outer
    }

    pub(super) fn count_by_parent(&self, parent: Parent, ids: &[Uuid]) -> SelectStatement {
        let (mut query, column) = self.with_parent(self.select.clone().into_query(), parent, ids);
        query
            .clear_selects()
            .clear_order_by()
            .expr_as(column.clone(), PARENT)
            .expr_as(Expr::cust("COUNT(*)"), "total")
            .add_group_by([column]);
        query
    }

    /// Cuts the rows of one page by the specification's algorithm.
    pub(super) fn slice<M: DeserializeOwned>(&self, rows: Vec<Row>) -> Result<Slice<M>> {
        let mut items = Vec::new();
        for row in rows {
            let key = match self.order.sort {
                Sort::Number => Key::Number(row.get(KEY)?),
                Sort::Real => Key::Real(row.get(KEY)?),
                Sort::Text => Key::Text(row.get(KEY)?),
            };
            let cursor = Cursor { order: self.order.name.to_owned(), key, id: row.get(ID)? };
            items.push((row.into_model()?, cursor));
        }
        let (items, has_next, has_previous) = self.page.cut(items, self.page.after.is_some(), self.page.before.is_some());
        Ok(Slice { items, has_next, has_previous })
    }
}
