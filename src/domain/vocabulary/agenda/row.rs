//! The table of agendas.
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Agenda;
use crate::{
    kernel::{label::Labels, prelude::row::*},
    labelled,
    store::Json,
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

labelled!(300);
