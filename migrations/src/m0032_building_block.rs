//! Building blocks of practices, and which practices use those of others.
use super::{DatabaseTransaction, DbErr};

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    super::run(tx, &SQL.replace("{face}", super::m0002_graph::FACE)).await
}

const SQL: &str = "
CREATE TABLE building_block ({face}, practice {uuid} NOT NULL REFERENCES practice (id), city {uuid} NOT NULL REFERENCES city (id), title TEXT NOT NULL, folded TEXT NOT NULL,
  categories TEXT NOT NULL, position {number}, state TEXT NOT NULL, withdrawn_reason TEXT, language TEXT NOT NULL, languages TEXT NOT NULL, text_version {number} NOT NULL);
CREATE INDEX building_block_practice ON building_block (practice, id);
CREATE INDEX building_block_city ON building_block (city, id);
CREATE INDEX building_block_title ON building_block (folded, id);
CREATE TABLE practice_building_block (practice {uuid} NOT NULL REFERENCES practice (id), building_block {uuid} NOT NULL REFERENCES building_block (id), position {number} NOT NULL,
  PRIMARY KEY (practice, building_block));
CREATE INDEX practice_building_block_back ON practice_building_block (building_block, practice);
";
