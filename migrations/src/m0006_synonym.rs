//! Synonyms that search heeds.
use super::{DatabaseTransaction, DbErr};

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    super::run(tx, &SQL.replace("{face}", super::m0002_graph::FACE)).await
}

const SQL: &str = "
CREATE TABLE synonym ({face}, language TEXT, terms TEXT NOT NULL, expansions TEXT NOT NULL);
";
