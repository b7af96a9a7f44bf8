//! Conditions in the form in which the databases plan them well.
use sea_orm::{
    ActiveEnum, ColumnTrait,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

/// `column IN (ids)`, or `column = id` for one.
///
/// A list is filled up with its last id to the next power of two: so lists of all lengths share a few statements, and the
/// databases find those prepared.
pub fn among(column: impl ExprTrait, ids: &[Uuid]) -> Expr {
    match ids {
        [id] => column.eq(*id),
        [.., last] => column.is_in(ids.iter().chain(std::iter::repeat(last)).take(ids.len().next_power_of_two()).copied()),
        [] => column.is_in(std::iter::empty::<Uuid>()),
    }
}

/// `column <> 'value'`, with the value written out: a plan that does not know it takes what differs from it for rare.
pub fn differs<C: ColumnTrait>(column: C, value: impl ActiveEnum<Value = String>) -> Expr {
    ExprTrait::ne(Expr::col(column.as_column_ref()), Expr::Constant(value.into_value().into()))
}
