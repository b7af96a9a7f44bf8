//! Inserting many rows with one statement.
//!
//! SQLite takes them as a list of values. PostgreSQL takes them as one text a column, so that a table's statement is always the same, prepared once a connection
//! and planned once, however many rows it brings; with a list of values each number of rows would be another one. A text
//! goes over as it is, where JSON had each quotation mark of the past escaped twice.
use sea_orm::{
    ActiveModelTrait, ActiveValue, ConnectionTrait, DatabaseTransaction, DbBackend, EntityName, EntityTrait, IdenStatic, IntoActiveModel,
    Iterable, ModelTrait, Statement, Value,
    sea_query::{Alias, Expr, OnConflict, Query},
};

use crate::base::{Fault, Result};

/// Parameters of one statement; SQLite takes 32,766.
const PARAMETERS: usize = 30_000;
/// Bytes of one statement's texts, about.
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
        if tx.get_database_backend() == DbBackend::Postgres { self.run_columns(tx).await } else { self.run_values(tx).await }
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

    async fn run_columns(self, tx: &DatabaseTransaction) -> Result<()> {
        let Some(first) = self.rows.first() else { return Ok(()) };
        let names: Vec<String> = self.columns.iter().map(|column| format!("\"{column}\"")).collect();
        let read = names.iter().zip(first).map(|(name, value)| Ok(read(name, type_of(value)?)));
        let read = read.collect::<Result<Vec<String>>>()?.join(", ");
        let texts: Vec<String> = (1..=names.len()).map(|number| format!("string_to_array(${number}, E'\\x01')")).collect();
        let (table, columns, texts) = (self.table, names.join(", "), texts.join(", "));
        let unless = if self.keeps_earlier { " ON CONFLICT DO NOTHING" } else { "" };
        let sql = format!("INSERT INTO \"{table}\" ({columns}) SELECT {read} FROM unnest({texts}) AS \"told\" ({columns}){unless}");
        let mut rows = self.rows.into_iter().peekable();
        while rows.peek().is_some() {
            let mut texts = vec![String::new(); names.len()];
            let (mut room, mut is_first) = (TEXT, true);
            while room > 0
                && let Some(row) = rows.next()
            {
                for (text, value) in texts.iter_mut().zip(&row) {
                    if !is_first {
                        text.push(BETWEEN);
                    }
                    let from = text.len();
                    write(value, text)?;
                    room = room.saturating_sub(text.len() - from + 1);
                }
                is_first = false;
            }
            let values: Vec<Value> = texts.into_iter().map(Value::from).collect();
            tx.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, &sql, values)).await?;
        }
        Ok(())
    }
}

/// Stands between two values of a column.
const BETWEEN: char = '\u{1}';
/// Begins what stands for something else: `n` for null, `e` for a text with nothing in it, `1` for [`BETWEEN`], `2` for itself.
const MARK: char = '\u{2}';

/// The type of a value's column; none for texts.
fn type_of(value: &Value) -> Result<Option<&'static str>> {
    Ok(match value {
        Value::String(_) => None,
        Value::Bool(_) => Some("boolean"),
        Value::Int(_) => Some("integer"),
        Value::BigInt(_) => Some("bigint"),
        Value::Double(_) => Some("double precision"),
        Value::Bytes(_) => Some("bytea"),
        Value::Uuid(_) => Some("uuid"),
        other => return Err(Fault::new(format!("values like {other:?} are not inserted")).into()),
    })
}

/// How PostgreSQL reads a value out of its text.
fn read(name: &str, of: Option<&str>) -> String {
    match of {
        Some(of) => format!("NULLIF({name}, '')::{of}"),
        None => format!(
            "CASE WHEN strpos({name}, E'\\x02') = 0 THEN {name} WHEN {name} = E'\\x02n' THEN NULL WHEN {name} = E'\\x02e' THEN '' \
             ELSE replace(replace({name}, E'\\x021', E'\\x01'), E'\\x022', E'\\x02') END"
        ),
    }
}

/// Writes a value as [`read`] reads it.
fn write(value: &Value, text: &mut String) -> Result<()> {
    match value {
        Value::String(None) => text.extend([MARK, 'n']),
        Value::String(Some(words)) if words.is_empty() => text.extend([MARK, 'e']),
        Value::String(Some(words)) if words.contains([BETWEEN, MARK]) => {
            for letter in words.chars() {
                match letter {
                    BETWEEN => text.extend([MARK, '1']),
                    MARK => text.extend([MARK, '2']),
                    letter => text.push(letter),
                }
            }
        }
        Value::String(Some(words)) => text.push_str(words),
        Value::Bool(Some(truth)) => text.push_str(if *truth { "true" } else { "false" }),
        Value::Int(Some(number)) => text.push_str(&number.to_string()),
        Value::BigInt(Some(number)) => text.push_str(&number.to_string()),
        Value::Double(Some(real)) => text.push_str(&serde_json::to_string(real)?),
        Value::Bytes(Some(bytes)) => {
            text.push_str("\\x");
            text.push_str(&hex::encode(bytes));
        }
        Value::Uuid(Some(uuid)) => text.push_str(&uuid.to_string()),
        Value::Bool(None) | Value::Int(None) | Value::BigInt(None) | Value::Double(None) | Value::Bytes(None) | Value::Uuid(None) => {}
        other => return Err(Fault::new(format!("values like {other:?} are not inserted")).into()),
    }
    Ok(())
}
