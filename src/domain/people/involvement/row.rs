//! The table of involvements.
use jiff::civil::Date;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Involvement;
use crate::{
    access::Owners,
    base::Result,
    domain::{
        about::{self, About, Change},
        organisation::Organisation,
        person::Person,
    },
    kernel::prelude::row::*,
    store::{Json, Tx},
};

column_enum!(
    /// When in the work it takes part.
    Phase as "InvolvementPhase" in "SCREAMING_SNAKE_CASE" {
        /// While it is planned.
        Planning,
        /// While it is rolled out.
        RollOut,
        /// While it is carried out.
        Implementation,
    }
);

column_enum!(
    /// What it gives.
    Support as "InvolvementSupport" in "SCREAMING_SNAKE_CASE" {
        /// Staff and procedures.
        Administrative,
        /// Money.
        Financial,
        /// Backing.
        Political,
        /// Knowledge and equipment.
        Technical,
        /// Anything else.
        Other,
    }
);

column_enum!(
    /// Where an involvement is in its life.
    State as "InvolvementState" in "snake_case" {
        /// Asked to take part.
        Invited,
        /// Takes part.
        Active,
        /// Takes part no longer.
        Left,
        /// Would not take part.
        Declined,
    }
);

table!(
    /// A row of involvements.
    "involvement" of Involvement {
        pub organisation: Id<Organisation>,
        /// The organisation's name when this was saved, for the log.
        pub name: String,
        pub about_kind: String,
        pub about: Uuid,
        pub phases: Json<Vec<Phase>>,
        pub role: Option<String>,
        pub support: Json<Vec<Support>>,
        pub from: Option<Json<Date>>,
        pub to: Option<Json<Date>>,
        pub contact: Option<Id<Person>>,
        pub state: State,
        /// What the thing it is about belonged to.
        pub belongs: Json<Vec<Uuid>>,
        /// Whose that thing is.
        pub owners: Json<Owners>,
    }
);

impl About for Model {
    fn following(&mut self) -> (&mut Audience, &mut Json<Owners>) {
        (&mut self.audience, &mut self.owners)
    }
}

/// They follow the thing they are about, and their organisation, whose name they tell: `column` names which of the two changed.
pub async fn follow(tx: &mut Tx<'_>, column: &'static str, change: &Change) -> Result<()> {
    about::rows_follow::<Model>(tx, column, change).await
}
