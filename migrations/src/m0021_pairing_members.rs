//! Members of pairings with their roles and days, thematic priorities, resources, and how a pairing ended.
use std::collections::BTreeMap;

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbErr, Statement,
    sea_query::{Alias, Expr, ExprTrait, Query},
};
use uuid::Uuid;

const SQL: &str = "
ALTER TABLE pairing ADD COLUMN members TEXT NOT NULL DEFAULT '[]';
ALTER TABLE pairing ADD COLUMN priorities TEXT NOT NULL DEFAULT '[]';
ALTER TABLE pairing ADD COLUMN resources TEXT NOT NULL DEFAULT '[]';
ALTER TABLE pairing ADD COLUMN state_reason TEXT;
ALTER TABLE pairing ADD COLUMN ended_on TEXT;
ALTER TABLE pairing ADD COLUMN signed_agreements {number} NOT NULL DEFAULT 0;
CREATE TABLE pairing_organisation (pairing {uuid} NOT NULL REFERENCES pairing (id) DEFERRABLE INITIALLY DEFERRED, organisation {uuid} NOT NULL REFERENCES organisation (id) DEFERRABLE INITIALLY DEFERRED, position {number} NOT NULL,
  PRIMARY KEY (pairing, organisation));
CREATE INDEX pairing_organisation_back ON pairing_organisation (organisation, pairing);
";

/// The pairings with the theme of now and, each on a line, the cities of now.
const CITIES: &str = "SELECT pairing.id, pairing.theme, pairing_city.city FROM pairing LEFT JOIN pairing_city ON pairing_city.pairing = pairing.id \
                      ORDER BY pairing.id, pairing_city.position";

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    super::run(tx, SQL).await?;
    let backend = tx.get_database_backend();
    let mut pairings: BTreeMap<Uuid, (Vec<String>, Option<Uuid>)> = BTreeMap::new();
    for row in tx.query_all_raw(Statement::from_string(backend, CITIES)).await? {
        let (members, theme) = pairings.entry(row.try_get("", "id")?).or_default();
        *theme = row.try_get("", "theme")?;
        let city: Option<Uuid> = row.try_get("", "city")?;
        // On which day they joined nobody has told.
        members.extend(city.map(|city| {
            format!(
                "{{\"party\":{{\"city\":\"{city}\"}},\"role\":\"PARTNER\",\"joined_on\":null,\"left_on\":null,\"left_reason\":null}}"
            )
        }));
    }
    for (pairing, (members, theme)) in pairings {
        let priorities = theme.map(|theme| format!("{{\"theme\":\"{theme}\",\"from\":null,\"why\":null}}")).unwrap_or_default();
        let query = Query::update()
            .table(Alias::new("pairing"))
            .value(Alias::new("members"), format!("[{}]", members.join(",")))
            .value(Alias::new("priorities"), format!("[{priorities}]"))
            .and_where(Expr::col(Alias::new("id")).eq(pairing))
            .to_owned();
        tx.execute_raw(backend.build(&query)).await?;
    }
    Ok(())
}
