//! The tables of follows and of how far people have read.
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// A mark of a person on a thing.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "followed")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub person: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: Uuid,
    pub kind: String,
    pub since: crate::base::Moment,
}

crate::plain_table!();

/// How far people have read.
pub mod read {
    use super::*;

    /// How far a person has read.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "read_upto")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub person: Uuid,
        pub seq: i64,
    }

    /// It hangs on its person.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
