//! Reading connections of an SQLite file that step statements in the calling thread.
//!
//! sqlx gives each SQLite connection a thread, sends every row through a channel and copies every value once more; for
//! the many short reads of a graph that costs more than SQLite itself. Reads by key or by index take microseconds, less
//! than handing them to another thread. Writing stays with sqlx, where one connection on its own thread is right.
use std::{path::PathBuf, sync::Arc, time::Duration};

use parking_lot::Mutex;
use rusqlite::{Connection, OpenFlags, types::ValueRef};
use sea_orm::{DbErr, RuntimeErr, Statement, Value};
use uuid::Uuid;

use super::row::{Row, Stored};

/// Connections kept open when nobody uses them.
const IDLE: usize = 4;
/// Prepared statements a connection keeps.
const STATEMENTS: usize = 128;

/// Reading connections, opened when needed.
pub(super) struct SqliteReaders {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl SqliteReaders {
    pub(super) const fn new(path: PathBuf) -> Self {
        Self { path, idle: Mutex::new(Vec::new()) }
    }

    /// Runs one reading statement.
    pub(super) fn fetch(&self, statement: &Statement) -> Result<Vec<Row>, DbErr> {
        self.read(statement).map_err(told)
    }

    /// A connection of its own that goes on seeing what it sees now.
    pub(super) fn moment(&self) -> Result<SqliteMoment, DbErr> {
        let begun = self.open().and_then(|connection| {
            // The first read of a transaction fixes what it sees.
            connection.execute_batch("BEGIN; SELECT seq FROM log_head;")?;
            Ok(connection)
        });
        begun.map(|connection| SqliteMoment(Mutex::new(connection))).map_err(told)
    }

    /// Closes what is open.
    pub(super) fn close(&self) {
        self.idle.lock().clear();
    }

    fn open(&self) -> rusqlite::Result<Connection> {
        let connection = Connection::open_with_flags(&self.path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        connection.busy_timeout(Duration::from_secs(10))?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        connection.execute_batch(
            "PRAGMA query_only = ON; PRAGMA cache_size = -4000; PRAGMA mmap_size = 268435456; PRAGMA temp_store = MEMORY;",
        )?;
        Ok(connection)
    }

    fn read(&self, statement: &Statement) -> rusqlite::Result<Vec<Row>> {
        let idle = self.idle.lock().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => self.open()?,
        };
        let rows = step(&connection, statement);
        let mut idle = self.idle.lock();
        if idle.len() < IDLE {
            idle.push(connection);
        }
        rows
    }
}

/// A reading connection in a transaction that ends when this is dropped.
pub(super) struct SqliteMoment(Mutex<Connection>);

impl SqliteMoment {
    /// Runs one reading statement.
    pub(super) fn fetch(&self, statement: &Statement) -> Result<Vec<Row>, DbErr> {
        step(&self.0.lock(), statement).map_err(told)
    }
}

fn told(cause: rusqlite::Error) -> DbErr {
    DbErr::Query(RuntimeErr::Internal(cause.to_string()))
}

fn step(connection: &Connection, statement: &Statement) -> rusqlite::Result<Vec<Row>> {
    let mut prepared = connection.prepare_cached(&statement.sql)?;
    let columns: Arc<[String]> = prepared.column_names().into_iter().map(str::to_owned).collect();
    if let Some(values) = &statement.values {
        for (index, value) in values.0.iter().enumerate() {
            bind(&mut prepared, index + 1, value)?;
        }
    }
    let mut rows = prepared.raw_query();
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut values = Vec::with_capacity(columns.len());
        for index in 0..columns.len() {
            values.push(match row.get_ref(index)? {
                ValueRef::Null => Stored::Null,
                ValueRef::Integer(number) => Stored::Integer(number),
                ValueRef::Real(real) => Stored::Real(real),
                ValueRef::Text(text) => Stored::Text(std::str::from_utf8(text)?.to_owned()),
                ValueRef::Blob(bytes) => Uuid::from_slice(bytes).map_or_else(|_| Stored::Blob(bytes.to_vec()), Stored::Uuid),
            });
        }
        found.push(Row { columns: columns.clone(), values });
    }
    Ok(found)
}

fn bind(statement: &mut rusqlite::CachedStatement<'_>, index: usize, value: &Value) -> rusqlite::Result<()> {
    match value {
        Value::Bool(Some(truth)) => statement.raw_bind_parameter(index, truth),
        Value::Int(Some(number)) => statement.raw_bind_parameter(index, number),
        Value::Unsigned(Some(number)) => statement.raw_bind_parameter(index, number),
        Value::BigInt(Some(number)) => statement.raw_bind_parameter(index, number),
        Value::BigUnsigned(Some(number)) => statement.raw_bind_parameter(index, i64::try_from(*number).unwrap_or(i64::MAX)),
        Value::Double(Some(real)) => statement.raw_bind_parameter(index, real),
        Value::String(Some(text)) => statement.raw_bind_parameter(index, text.as_str()),
        Value::Bytes(Some(bytes)) => statement.raw_bind_parameter(index, bytes.as_slice()),
        Value::Uuid(Some(uuid)) => statement.raw_bind_parameter(index, uuid.as_bytes().as_slice()),
        _ => statement.raw_bind_parameter(index, rusqlite::types::Null),
    }
}
