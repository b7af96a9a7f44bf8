//! The table of contact points.
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::ContactPoint;
use crate::{domain::programme::Programme, kernel::prelude::row::*};

table!(
    /// A row of contact points.
    "contact_point" of ContactPoint {
        pub programme: Id<Programme>,
        pub name: String,
        /// The name folded, for order and look-ups.
        pub folded: String,
        pub role: Option<String>,
        pub language: Option<Language>,
        pub email: Option<String>,
        pub address: Option<String>,
        pub verbatim: Option<String>,
        pub source: Option<String>,
    }
);

impl Model {
    /// Recomputes what is derived from the name.
    pub(super) fn derived(mut self) -> Self {
        self.folded = fold(&self.name);
        self
    }

    /// Whether it tells how to write to it.
    pub(super) fn is_known(&self) -> bool {
        self.email.is_some() || self.address.is_some()
    }
}
