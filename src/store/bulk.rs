//! Inserting many rows with one statement.
//!
//! SQLite takes them as a list of values. PostgreSQL takes them as one JSON text, so that a table's statement is always the same, prepared once a connection
//! and planned once, however many rows it brings; with a list of values each number of rows would be another one.
use sea_orm::{
    ActiveModelTrait, ActiveValue, ConnectionTrait, DatabaseTransaction, DbBackend, EntityName, EntityTrait, IdenStatic, IntoActiveModel,
    Iterable, ModelTrait, Statement, Value,
    sea_query::{Alias, Expr, OnConflict, Query},
};

use crate::base::{Fault, Result};

/// Parameters of one statement; SQLite takes 32,766.
const PARAMETERS: usize = 30_000;
/// Bytes of one JSON text, about.
const TEXT: usize = 4 << 20;

/// New rows of one table.
#[derive(Debug)]
pub(super) struct Insert {
    pub table: &'static str,
    pub columns: Vec<&'static str>,
    /// Each as wide as `columns`.
    pub rows: Vec<Vec<Value>>,
    /// Whether a row that is there already stays as it is.
    pub keeps_earlier: bool,
}

impl Insert {
    /// Of a table with these columns; no rows yet.
    pub fn new(table: &'static str, columns: &[&'static str]) -> Self {
        Self { table, columns: columns.to_vec(), rows: Vec::new(), keeps_earlier: false }
    }

    /// Of the table of a model; no rows yet.
    pub fn of<M: ModelTrait>() -> Self {
        let columns = <M::Entity as EntityTrait>::Column::iter().map(|column| column.as_str()).collect();
        Self { table: M::Entity::default().table_name(), columns, rows: Vec::new(), keeps_earlier: false }
    }

    /// The values of a model's row, in the order of [`Insert::of`].
    pub fn row<M>(model: M) -> Vec<Value>
    where
        M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    {
        let mut row = model.into_active_model();
        <M::Entity as EntityTrait>::Column::iter()
            .map(|column| match row.take(column) {
                ActiveValue::Set(value) | ActiveValue::Unchanged(value) => value,
                // A model has them all.
                ActiveValue::NotSet => Value::String(None),
            })
            .collect()
    }

    /// Inserts the rows, in as few statements as can be.
    pub async fn run(self, tx: &DatabaseTransaction) -> Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        if tx.get_database_backend() == DbBackend::Postgres { self.run_json(tx).await } else { self.run_values(tx).await }
    }

    async fn run_values(self, tx: &DatabaseTransaction) -> Result<()> {
        let at_once = PARAMETERS / self.columns.len().max(1);
        let mut rows = self.rows.into_iter().peekable();
        while rows.peek().is_some() {
            let mut query = Query::insert();
            query.into_table(Alias::new(self.table)).columns(self.columns.iter().map(|column| Alias::new(*column)));
            for row in rows.by_ref().take(at_once) {
                query.values_panic(row.into_iter().map(Expr::value));
            }
            if self.keeps_earlier {
                query.on_conflict(OnConflict::new().do_nothing().to_owned());
            }
            tx.execute_raw(tx.get_database_backend().build(&query)).await?;
        }
        Ok(())
    }

    async fn run_json(self, tx: &DatabaseTransaction) -> Result<()> {
        let columns: Vec<String> = self.columns.iter().map(|column| format!("\"{column}\"")).collect();
        let (table, columns) = (self.table, columns.join(", "));
        let unless = if self.keeps_earlier { " ON CONFLICT DO NOTHING" } else { "" };
        // A row that is not there tells the columns' types; a cast to a type by the table's name would take “text” for the type text.
        let sql = format!(
            "INSERT INTO \"{table}\" ({columns}) SELECT {columns} \
             FROM json_populate_recordset((SELECT \"none\" FROM \"{table}\" AS \"none\" WHERE FALSE), $1::json){unless}"
        );
        let mut rows = self.rows.iter().peekable();
        while rows.peek().is_some() {
            let mut texts = Vec::new();
            let mut room = TEXT;
            while room > 0
                && let Some(row) = rows.next()
            {
                let fields: Result<Vec<String>> =
                    self.columns.iter().zip(row).map(|(column, value)| Ok(format!("\"{column}\":{}", json(value)?))).collect();
                let text = format!("{{{}}}", fields?.join(","));
                room = room.saturating_sub(text.len());
                texts.push(text);
            }
            let text = format!("[{}]", texts.join(","));
            tx.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, &sql, [text.into()])).await?;
        }
        Ok(())
    }
}

/// A value as PostgreSQL reads it out of JSON.
fn json(value: &Value) -> Result<String> {
    Ok(match value {
        Value::Bool(Some(truth)) => truth.to_string(),
        Value::Int(Some(number)) => number.to_string(),
        Value::BigInt(Some(number)) => number.to_string(),
        Value::Double(Some(real)) => serde_json::to_string(real)?,
        Value::String(Some(text)) => serde_json::to_string(text)?,
        Value::Bytes(Some(bytes)) => format!("\"\\\\x{}\"", hex::encode(bytes)),
        Value::Uuid(Some(uuid)) => format!("\"{uuid}\""),
        Value::Bool(None)
        | Value::Int(None)
        | Value::BigInt(None)
        | Value::Double(None)
        | Value::String(None)
        | Value::Bytes(None)
        | Value::Uuid(None) => "null".to_owned(),
        other => return Err(Fault::new(format!("values like {other:?} are not inserted")).into()),
    })
}
