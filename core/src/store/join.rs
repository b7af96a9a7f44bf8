//! Many-to-many links: a table with a left id, a right id and a position.
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Order, SelectStatement};
use uuid::Uuid;

use super::condition::among;

/// A join table.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Join {
    /// The table.
    pub table: &'static str,
    /// The column of the thing that owns the links.
    pub left: &'static str,
    /// The column of what it is linked to.
    pub right: &'static str,
}

/// How rows of a list hang on their parents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Parent {
    /// A column of the table itself.
    Column(&'static str),
    /// A join table in which the rows are on the right.
    Right(&'static Join),
    /// A join table in which the rows are on the left.
    Left(&'static Join),
    /// A join table that has on its left what this column of the rows names.
    Through(&'static str, &'static Join),
}

/// The links one thing shall have, in their order.
#[derive(Clone, Debug)]
pub struct Links {
    /// Where they stand.
    pub join: &'static Join,
    /// What the thing is linked to.
    pub to: Vec<Uuid>,
}

impl Links {
    /// Links that are given, if they are.
    pub fn given(join: &'static Join, to: Option<Vec<Uuid>>) -> Option<Self> {
        Some(Self { join, to: to? })
    }
}

impl Join {
    /// The links of these lefts as `l`, `r`, ordered by position.
    pub(super) fn select(&self, lefts: &[Uuid]) -> SelectStatement {
        let mut query = SelectStatement::new();
        query
            .expr_as(Expr::col(Alias::new(self.left)), "l")
            .expr_as(Expr::col(Alias::new(self.right)), "r")
            .from(Alias::new(self.table))
            .and_where(among(Expr::col(Alias::new(self.left)), lefts))
            .order_by(Alias::new("position"), Order::Asc);
        query
    }

    /// Selects the lefts linked to any of these rights, for `id IN (…)`.
    pub fn lefts_of(&self, rights: &[Uuid]) -> SelectStatement {
        let mut query = SelectStatement::new();
        query
            .column(Alias::new(self.left))
            .from(Alias::new(self.table))
            .and_where(Expr::col(Alias::new(self.right)).is_in(rights.iter().copied()));
        query
    }

    /// Selects the rights linked to any of these lefts, for `id IN (…)`.
    pub fn rights_of(&self, lefts: &[Uuid]) -> SelectStatement {
        let mut query = SelectStatement::new();
        query
            .column(Alias::new(self.right))
            .from(Alias::new(self.table))
            .and_where(Expr::col(Alias::new(self.left)).is_in(lefts.iter().copied()));
        query
    }

    /// Whether the right stands to one of the lefts a sub-select finds, for `id IN (…)`.
    pub fn rights_among(&self, lefts: SelectStatement) -> SelectStatement {
        let mut query = SelectStatement::new();
        query.column(Alias::new(self.right)).from(Alias::new(self.table)).and_where(Expr::col(Alias::new(self.left)).in_subquery(lefts));
        query
    }

    /// Whether the left stands to one of the rights a sub-select finds, for `id IN (…)`.
    pub fn lefts_among(&self, rights: SelectStatement) -> SelectStatement {
        let mut query = SelectStatement::new();
        query.column(Alias::new(self.left)).from(Alias::new(self.table)).and_where(Expr::col(Alias::new(self.right)).in_subquery(rights));
        query
    }
}
