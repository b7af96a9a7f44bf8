//! Whose a document is, by what it is about, so that what may be done to it is told from its own row.
use std::collections::BTreeMap;

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbErr, Statement,
    sea_query::{Alias, Expr, ExprTrait, Query},
};

/// For each kind that documents are about: the document, a city it is of, a programme it is of.
const OWNERS: [&str; 5] = [
    "SELECT document.id, practice.city AS city, NULL AS programme FROM document JOIN practice ON practice.id = document.about",
    "SELECT document.id, seminar.host AS city, seminar.programme AS programme FROM document JOIN seminar ON seminar.id = document.about",
    "SELECT document.id, pairing_city.city AS city, pairing.programme AS programme FROM document JOIN pairing ON pairing.id = document.about \
     LEFT JOIN pairing_city ON pairing_city.pairing = pairing.id",
    "SELECT document.id, city.id AS city, city_programme.programme AS programme FROM document JOIN city ON city.id = document.about \
     LEFT JOIN city_programme ON city_programme.city = city.id",
    "SELECT document.id, NULL AS city, programme.id AS programme FROM document JOIN programme ON programme.id = document.about",
];

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    super::run(tx, "ALTER TABLE document ADD COLUMN owners TEXT NOT NULL DEFAULT '{\"cities\":[],\"programmes\":[]}'").await?;
    let backend = tx.get_database_backend();
    let mut owners: BTreeMap<uuid::Uuid, [Vec<uuid::Uuid>; 2]> = BTreeMap::new();
    for sql in OWNERS {
        for row in tx.query_all_raw(Statement::from_string(backend, sql)).await? {
            let of = owners.entry(row.try_get("", "id")?).or_default();
            for (list, column) in of.iter_mut().zip(["city", "programme"]) {
                let id: Option<uuid::Uuid> = row.try_get("", column)?;
                list.extend(id.filter(|id| !list.contains(id)));
            }
        }
    }
    for (document, [cities, programmes]) in owners {
        let list = |ids: &[uuid::Uuid]| ids.iter().map(|id| format!("\"{id}\"")).collect::<Vec<_>>().join(",");
        let json = format!("{{\"cities\":[{}],\"programmes\":[{}]}}", list(&cities), list(&programmes));
        let query = Query::update()
            .table(Alias::new("document"))
            .value(Alias::new("owners"), json)
            .and_where(Expr::col(Alias::new("id")).eq(document))
            .to_owned();
        tx.execute_raw(backend.build(&query)).await?;
    }
    Ok(())
}
