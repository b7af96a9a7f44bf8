//! The table of agendas.
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Agenda;
use crate::{
    access::Audience,
    base::{Id, Moment},
    domain::theme::Labels,
    store::Json,
    table,
};

table!(
    /// A row of agendas.
    "agenda" of Agenda {
        pub name: String,
        pub description: Option<String>,
        pub labels: Json<Labels>,
        pub source: Option<String>,
    }
);
