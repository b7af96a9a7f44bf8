//! The table of webhooks.
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Webhook;
use crate::{
    domain::{event::EventFilter, person::Person, saved_search::SavedSearch},
    kernel::prelude::row::*,
    store::Json,
};

column_enum!(
    /// Whether it sends.
    State as "WebhookState" in "snake_case" {
        /// It sends what happens.
        Active,
        /// Its person paused it: nothing is sent and nothing new is noted.
        Paused,
        /// The hub ended it; its person may make it active again.
        Ended,
    }
);

column_enum!(
    /// Why the hub ended a webhook.
    Reason as "WebhookEnd" in "snake_case" {
        /// The receiver answered 410 Gone: it wants nothing more.
        ReceiverGone,
        /// Its person has left.
        OwnerLeft,
        /// Its saved search was deleted.
        SearchDeleted,
    }
);

table!(
    /// A row of webhooks.
    "webhook" of Webhook {
        pub person: Id<Person>,
        pub name: String,
        /// Where it leads.
        pub url: String,
        pub filter: Json<EventFilter>,
        /// Set where it tells what answers a saved search, and nothing else.
        pub saved_search: Option<Id<SavedSearch>>,
        /// What its payload is made by.
        pub query: String,
        pub state: State,
        pub ended_reason: Option<Reason>,
        /// The log's head when it was made, or made active: what came before is had by a replay.
        pub since: i64,
    }
);
