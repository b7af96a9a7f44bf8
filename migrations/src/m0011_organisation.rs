//! Organisations, and what they take part in.
use super::{DatabaseTransaction, DbErr};

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    super::run(tx, &SQL.replace("{face}", super::m0002_graph::FACE)).await
}

const SQL: &str = "
CREATE TABLE organisation ({face}, name TEXT NOT NULL, folded TEXT NOT NULL, names TEXT NOT NULL, organisation_kind TEXT NOT NULL, level TEXT, country TEXT, city {uuid}, programme {uuid},
  website TEXT, aliases TEXT NOT NULL, description TEXT, language TEXT NOT NULL, languages TEXT NOT NULL, text_version {number} NOT NULL);
CREATE INDEX organisation_name ON organisation (folded, id);
CREATE INDEX organisation_city ON organisation (city);
CREATE TABLE involvement ({face}, organisation {uuid} NOT NULL REFERENCES organisation (id), name TEXT NOT NULL, about_kind TEXT NOT NULL, about {uuid} NOT NULL, phases TEXT NOT NULL,
  role TEXT, support TEXT NOT NULL, \"from\" TEXT, \"to\" TEXT, contact {uuid}, state TEXT NOT NULL, belongs TEXT NOT NULL, owners TEXT NOT NULL);
CREATE INDEX involvement_about ON involvement (about, name, id);
CREATE INDEX involvement_organisation ON involvement (organisation, name, id);
CREATE INDEX involvement_name ON involvement (name, id);
";
