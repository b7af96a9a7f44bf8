//! Reading connections to PostgreSQL.
//!
//! sqlx's pool asks each connection whether it still lives when it is given back: one more way to the server and back for
//! every statement. A reading statement may simply be asked again where its connection was cut, so these connections are
//! kept without asking. Writing stays with sqlx's pool.
use std::{str::FromStr, time::Duration};

use parking_lot::Mutex;
use sea_orm::{
    DbErr, RuntimeErr, Statement, Value,
    sqlx::{
        self, Arguments, Connection, Executor,
        postgres::{PgArguments, PgConnectOptions, PgConnection, PgRow},
    },
};
use tokio::sync::Semaphore;

use super::row::Row;

/// Connections at the most.
const CONNECTIONS: usize = 8;
/// How long a statement waits for one.
const PATIENCE: Duration = Duration::from_secs(10);
/// Prepared statements a connection keeps.
const STATEMENTS: usize = 512;

/// Reading connections, opened when needed.
pub(super) struct PostgresReaders {
    options: PgConnectOptions,
    idle: Mutex<Vec<PgConnection>>,
    turns: Semaphore,
}

impl PostgresReaders {
    /// Connections to the database at this URL; the first is opened at once.
    pub(super) async fn open(url: &str) -> Result<Self, DbErr> {
        // The hub reads by keys and in the order of an index, whatever the keys: planning each statement once is enough,
        // and compiling one takes longer than running it.
        let options = PgConnectOptions::from_str(url)
            .map_err(told)?
            .options([("plan_cache_mode", "force_generic_plan"), ("jit", "off")])
            .statement_cache_capacity(STATEMENTS);
        let readers = Self { options, idle: Mutex::default(), turns: Semaphore::new(CONNECTIONS) };
        let first = readers.connect().await?;
        readers.idle.lock().push(first);
        Ok(readers)
    }

    async fn connect(&self) -> Result<PgConnection, DbErr> {
        PgConnection::connect_with(&self.options).await.map_err(|cause| DbErr::Conn(RuntimeErr::SqlxError(cause.into())))
    }

    /// Runs one reading statement; where its connection was cut meanwhile, once more on a new one.
    pub(super) async fn fetch(&self, statement: Statement) -> Result<Vec<Row>, DbErr> {
        let _turn = tokio::time::timeout(PATIENCE, self.turns.acquire())
            .await
            .map_err(|_| DbErr::Conn(RuntimeErr::Internal("no connection was free".to_owned())))?;
        // A connection whose statement is given up half way is not given back.
        let idle = self.idle.lock().pop();
        if let Some(mut connection) = idle {
            match run(&mut connection, &statement).await {
                Err(sqlx::Error::Io(_) | sqlx::Error::Protocol(_)) => {}
                Err(sqlx::Error::Database(cause)) if cause.code().is_some_and(|code| code.starts_with("57P")) => {}
                found => return self.given_back(connection, found),
            }
        }
        let mut connection = self.connect().await?;
        let found = run(&mut connection, &statement).await;
        self.given_back(connection, found)
    }

    fn given_back(&self, connection: PgConnection, found: sqlx::Result<Vec<PgRow>>) -> Result<Vec<Row>, DbErr> {
        self.idle.lock().push(connection);
        Row::of_postgres(&found.map_err(told)?)
    }

    /// A connection of its own that goes on seeing what it sees now.
    pub(super) async fn moment(&self) -> Result<PostgresMoment, DbErr> {
        let mut connection = self.connect().await?;
        // The first read of such a transaction fixes what it sees.
        for statement in ["BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY", "SELECT seq FROM log_head"] {
            connection.execute(statement).await.map_err(told)?;
        }
        Ok(PostgresMoment(tokio::sync::Mutex::new(connection)))
    }

    /// Closes what is open.
    pub(super) async fn close(&self) -> Result<(), DbErr> {
        let idle = std::mem::take(&mut *self.idle.lock());
        for connection in idle {
            connection.close().await.map_err(told)?;
        }
        Ok(())
    }
}

/// A reading connection in a transaction that ends when this is dropped.
pub(super) struct PostgresMoment(tokio::sync::Mutex<PgConnection>);

impl PostgresMoment {
    /// Runs one reading statement.
    pub(super) async fn fetch(&self, statement: Statement) -> Result<Vec<Row>, DbErr> {
        Row::of_postgres(&run(&mut *self.0.lock().await, &statement).await.map_err(told)?)
    }
}

fn told(cause: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(cause.into()))
}

async fn run(connection: &mut PgConnection, statement: &Statement) -> sqlx::Result<Vec<PgRow>> {
    let mut values = statement.values.as_ref().map_or(&[][..], |values| &values.0);
    let mut text = std::borrow::Cow::Borrowed(statement.sql.as_ref());
    if let Some(limited) = limited(&text, values) {
        (text, values) = (limited.into(), &values[..values.len() - 1]);
    }
    let mut arguments = PgArguments::default();
    for value in values {
        add(&mut arguments, value).map_err(sqlx::Error::Encode)?;
    }
    sqlx::query_with(sqlx::AssertSqlSafe(text.into_owned()), arguments).fetch_all(connection).await
}

/// The statement with its last value, a limit, in its text: PostgreSQL plans by it.
fn limited(text: &str, values: &[Value]) -> Option<String> {
    let (Value::BigUnsigned(Some(limit)), count) = (values.last()?, values.len()) else { return None };
    let before = text.strip_suffix(&format!(" LIMIT ${count}"))?;
    Some(format!("{before} LIMIT {limit}"))
}

fn add(arguments: &mut PgArguments, value: &Value) -> Result<(), sqlx::error::BoxDynError> {
    match value {
        Value::Bool(truth) => arguments.add(truth),
        Value::Int(number) => arguments.add(number),
        Value::BigInt(number) => arguments.add(number),
        Value::BigUnsigned(number) => arguments.add(number.map(i64::try_from).transpose()?),
        Value::Double(real) => arguments.add(real),
        Value::String(text) => arguments.add(text.as_deref()),
        Value::Bytes(bytes) => arguments.add(bytes.as_deref()),
        Value::Uuid(uuid) => arguments.add(uuid),
        other => Err(format!("values like {other:?} are not bound").into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_at_the_end_stands_in_the_text() {
        let values = [Value::from("a"), Value::from(21_u64)];
        assert_eq!(limited("SELECT 1 WHERE x = $1 LIMIT $2", &values).unwrap(), "SELECT 1 WHERE x = $1 LIMIT 21");
        assert_eq!(limited("SELECT 1 WHERE x = $1 AND y < $2", &values), None);
        assert_eq!(limited("SELECT 1 LIMIT $1", &[]), None);
    }
}
