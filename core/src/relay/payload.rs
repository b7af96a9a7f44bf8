//! What mutations answer: the thing, the errors, the place in the log.
use async_graphql::{Context, SimpleObject};

use super::{Position, context::Asking, error_code::ErrorCode};
use crate::{
    base::{Error, Id, Kind, Refusal, Result},
    store::{Command, Done},
};

/// An expected refusal of a mutation.
#[derive(Clone, Debug, SimpleObject)]
pub struct UserError {
    /// The code, for programs.
    pub code: ErrorCode,
    /// What is wrong and how to mend it, for people, in English.
    pub message: String,
    /// Where in the arguments: `["input", "title"]`. Empty for the whole.
    pub path: Vec<String>,
}

impl From<Refusal> for UserError {
    fn from(refusal: Refusal) -> Self {
        let path = refusal.path.split('.').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        Self { code: refusal.code.into(), message: refusal.message, path }
    }
}

/// How a command went, as data: faults stay errors.
pub struct Outcome<T> {
    /// The command's answer.
    pub output: Option<T>,
    /// The refusals.
    pub errors: Vec<UserError>,
    /// The log's position after it.
    pub position: Option<Position>,
}

impl<T> Outcome<T> {
    /// Turns a writer's answer into data.
    pub fn of(done: Result<Done<T>>) -> Result<Self> {
        match done {
            Ok(done) => Ok(Self { output: Some(done.output), errors: Vec::new(), position: Some(Position(done.position)) }),
            Err(Error::Refused(refusals)) => {
                Ok(Self { output: None, errors: refusals.into_iter().map(Into::into).collect(), position: None })
            }
            Err(fault) => Err(fault),
        }
    }
}

/// Declares a kind's part of the mutation root: what each mutation says, takes and answers, the key that makes a retry harmless, and the command.
#[macro_export]
macro_rules! mutations {
    ($name:literal { $($(#[$said:meta])* $field:ident($input:ident: $of:ty) -> $payload:ty = $key:expr => $command:expr),* $(,)? }) => {
        /// The kind's part of the mutation root.
        #[derive(Default)]
        pub struct Mutation;

        #[async_graphql::Object(name = $name)]
        impl Mutation {
            $($(#[$said])*
            async fn $field(&self, ctx: &async_graphql::Context<'_>, $input: $of) -> async_graphql::Result<$payload> {
                <$payload as $crate::relay::Payload>::submit(ctx, $key.clone(), $command).await
            })*
        }
    };
}

/// What a mutation answers about a thing.
pub trait Payload: Sized + Send {
    /// The thing.
    type Node: Kind + Send + Sync;

    /// Fills the payload, reading the thing anew as the viewer sees it.
    fn answer(ctx: &Context<'_>, outcome: Outcome<Id<Self::Node>>) -> impl Future<Output = async_graphql::Result<Self>> + Send;

    /// The payload of how a command went.
    fn of(ctx: &Context<'_>, done: Result<Done<Id<Self::Node>>>) -> impl Future<Output = async_graphql::Result<Self>> + Send {
        async { Self::answer(ctx, Outcome::of(done)?).await }
    }

    /// Runs the command and fills the payload.
    fn submit<C: Command<Output = Id<Self::Node>> + std::fmt::Debug>(
        ctx: &Context<'_>,
        idempotency_key: Option<String>,
        command: C,
    ) -> impl Future<Output = async_graphql::Result<Self>> + Send {
        let done = ctx.submit(idempotency_key, command);
        async { Self::of(ctx, done.await).await }
    }
}

/// Declares a mutation's payload: the thing, the errors, the position; with what it answers, and what the thing is.
#[macro_export]
macro_rules! payload {
    ($name:ident { $field:ident: $node:ty }, $answers:tt, $told:tt) => {
        $crate::payload!(#[doc = $answers] $name { #[doc = $told] $field: $node });
    };
    ($name:ident deletes $node:ty, $answers:tt) => {
        $crate::payload!(#[doc = $answers] $name deletes $node);
    };
    ($(#[$meta:meta])* $name:ident { $(#[$field_meta:meta])* $field:ident: $node:ty }) => {
        $(#[$meta])*
        #[derive(async_graphql::SimpleObject)]
        pub struct $name {
            $(#[$field_meta])*
            pub $field: Option<$crate::relay::Object<$node>>,
            /// Why it was refused; empty when it was done.
            pub errors: Vec<$crate::relay::UserError>,
            /// The log's position after the change; give it to `atLeast` to search what was just written.
            pub position: Option<$crate::relay::Position>,
        }
        impl $crate::relay::Payload for $name {
            type Node = $node;
            async fn answer(
                ctx: &async_graphql::Context<'_>,
                outcome: $crate::relay::Outcome<$crate::base::Id<$node>>,
            ) -> async_graphql::Result<Self> {
                let $field = match outcome.output {
                    Some(id) => $crate::relay::Asking::load::<$node>(ctx, id).await?,
                    None => None,
                };
                Ok(Self { $field, errors: outcome.errors, position: outcome.position })
            }
        }
    };
    ($(#[$meta:meta])* $name:ident deletes $node:ty) => {
        $(#[$meta])*
        #[derive(async_graphql::SimpleObject)]
        pub struct $name {
            /// The id of what is gone.
            pub deleted_id: Option<async_graphql::ID>,
            /// Why it was refused; empty when it was done.
            pub errors: Vec<$crate::relay::UserError>,
            /// The log's position after the change.
            pub position: Option<$crate::relay::Position>,
        }
        impl $crate::relay::Payload for $name {
            type Node = $node;
            async fn answer(
                _: &async_graphql::Context<'_>,
                outcome: $crate::relay::Outcome<$crate::base::Id<$node>>,
            ) -> async_graphql::Result<Self> {
                let deleted_id = outcome.output.map(|id| async_graphql::ID(id.to_string()));
                Ok(Self { deleted_id, errors: outcome.errors, position: outcome.position })
            }
        }
    };
}
