//! Which cities an announcement calls new, as links of their own; the cohorts that sources of a programme speak of, and what they state of a call.
use super::{DatabaseTransaction, DbErr};

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    super::run(tx, SQL).await
}

const SQL: &str = "
ALTER TABLE programme ADD COLUMN cohorts TEXT NOT NULL DEFAULT '[]';
ALTER TABLE call ADD COLUMN stated TEXT NOT NULL DEFAULT '[]';
CREATE TABLE announcement_new_city (announcement {uuid} NOT NULL REFERENCES announcement (id), city {uuid} NOT NULL REFERENCES city (id), position {number} NOT NULL, PRIMARY KEY (announcement, city));
CREATE INDEX announcement_new_city_back ON announcement_new_city (city, announcement);
";
