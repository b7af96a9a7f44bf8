//! The merged roots, and the schema built of them.
use std::{
    any::TypeId,
    sync::{Arc, LazyLock},
};

use async_graphql::{Executed, Executor, Request, Response, Root, Schema, SchemaBuilder, ValidationMode};
use futures_util::{StreamExt, stream::BoxStream};

use super::{events, matches, notifications, search, subscriptions::Subscriptions};
use crate::{
    domain,
    kernel::RootFields,
    relay::{Hub, Scope, dispatch},
    root,
    transport::Contract,
};

root!(
    /// The query root.
    QueryRoot = "Query" [
        domain::node::Query,
        RootFields<domain::theme::Theme>,
        RootFields<domain::agenda::Agenda>,
        RootFields<domain::goal::Goal>,
        RootFields<domain::programme::Programme>,
        RootFields<domain::call::Call>,
        RootFields<domain::application::Application>,
        RootFields<domain::assessment::Assessment>,
        RootFields<domain::assignment::Assignment>,
        RootFields<domain::city::City>,
        RootFields<domain::contact_point::ContactPoint>,
        RootFields<domain::practice::Practice>,
        RootFields<domain::building_block::BuildingBlock>,
        RootFields<domain::interest::Interest>,
        RootFields<domain::adoption::Adoption>,
        domain::adoption::Query,
        RootFields<domain::document::Document>,
        RootFields<domain::faq::Faq>,
        RootFields<domain::announcement::Announcement>,
        RootFields<domain::pairing::Pairing>,
        RootFields<domain::agreement::Agreement>,
        RootFields<domain::obligation::Obligation>,
        domain::obligation::Query,
        RootFields<domain::seminar::Seminar>,
        RootFields<domain::organisation::Organisation>,
        RootFields<domain::involvement::Involvement>,
        RootFields<domain::person::Person>,
        domain::person::Query,
        RootFields<domain::saved_search::SavedSearch>,
        RootFields<domain::synonym::Synonym>,
        RootFields<domain::webhook::Webhook>,
        domain::digest::Query,
        search::SearchQuery,
        events::EventQuery,
        matches::MatchQuery,
        notifications::NotificationQuery,
    ]
);

root!(
    /// The mutation root.
    MutationRoot = "Mutation" [
        domain::theme::Mutation,
        domain::goal::Mutation,
        domain::programme::Mutation,
        domain::call::Mutation,
        domain::application::Mutation,
        domain::assessment::Mutation,
        domain::assignment::Mutation,
        domain::announcement::Mutation,
        domain::city::Mutation,
        domain::contact_point::Mutation,
        domain::practice::Mutation,
        domain::building_block::Mutation,
        domain::interest::Mutation,
        domain::adoption::Mutation,
        domain::document::Mutation,
        domain::faq::Mutation,
        domain::pairing::Mutation,
        domain::agreement::Mutation,
        domain::obligation::Mutation,
        domain::obligation::CalendarMutation,
        domain::seminar::Mutation,
        domain::organisation::Mutation,
        domain::involvement::Mutation,
        domain::person::Mutation,
        domain::saved_search::Mutation,
        domain::synonym::Mutation,
        domain::webhook::Mutation,
        domain::following::Mutation,
        domain::digest::Mutation,
    ]
);

type Merged = Schema<Root<QueryRoot>, Root<MutationRoot>, Subscriptions>;

/// A schema whose operations load in batches.
#[derive(Clone)]
pub struct Driven(Executed<Merged>);

fn scope(request: &Request) -> Option<Scope> {
    request.data.get(&TypeId::of::<Scope>()).and_then(|scope| scope.downcast_ref::<Scope>()).cloned()
}

impl Executor for Driven {
    async fn execute(&self, request: Request) -> Response {
        match scope(&request) {
            Some(scope) => dispatch::drive(scope.loaders, self.0.execute(request)).await,
            None => self.0.execute(request).await,
        }
    }

    fn execute_stream(&self, request: Request, session_data: Option<Arc<async_graphql::Data>>) -> BoxStream<'static, Response> {
        let scope = scope(&request);
        let stream = Executor::execute_stream(&self.0, request, session_data);
        match scope {
            Some(scope) => dispatch::drive_stream(scope.loaders, stream).boxed(),
            None => stream,
        }
    }
}

/// Builds the schema over a running hub. What is asked of it was validated by the transport.
pub fn build(hub: &Hub, index: &search::Index, feeds: &events::Feeds) -> Driven {
    let schema = builder().data(hub.clone()).data(index.clone()).data(index.0.clone()).data(feeds.clone());
    let schema = schema.data(domain::application::Pools::default());
    Driven(Executed(schema.validation_mode(ValidationMode::Fast).finish()))
}

fn builder() -> SchemaBuilder<Root<QueryRoot>, Root<MutationRoot>, Subscriptions> {
    Schema::build(Root(QueryRoot), Root(MutationRoot), Subscriptions)
}

/// What the SDL promises, read once however many hubs run in a process.
pub fn contract() -> Result<Arc<Contract>, String> {
    static READ: LazyLock<Result<Arc<Contract>, String>> = LazyLock::new(|| Contract::read(sdl()));
    READ.clone()
}

/// The SDL, sorted, as `schema/schema.graphql` has it.
pub fn sdl() -> String {
    let options = async_graphql::SDLExportOptions::new().sorted_fields().sorted_arguments().sorted_enum_items().include_specified_by();
    let sdl = builder().finish().sdl_with_options(options);
    format!("{}\n", sdl.trim_end())
}
