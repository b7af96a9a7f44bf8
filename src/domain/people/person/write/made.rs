//! What mutations answer that make accounts.

/// Declares what a mutation answers that may have made an account: it says what the person is to be told.
macro_rules! made {
    ($name:ident, $answers:literal, $told:literal) => {
        #[doc = $answers]
        #[derive(async_graphql::SimpleObject)]
        pub struct $name {
            #[doc = $told]
            pub person: Option<$crate::relay::Object<$crate::domain::person::Person>>,
            /// What the person is to be told: who sees their address, and how they change that. Null where it was refused.
            pub notice: Option<&'static str>,
            /// Why it was refused; empty when it was done.
            pub errors: Vec<$crate::relay::UserError>,
            /// The log's position after the change.
            pub position: Option<$crate::relay::Position>,
        }
        impl $crate::relay::Payload for $name {
            type Node = $crate::domain::person::Person;
            async fn answer(
                ctx: &async_graphql::Context<'_>,
                outcome: $crate::relay::Outcome<$crate::base::Id<Self::Node>>,
            ) -> async_graphql::Result<Self> {
                let (person, notice) = match outcome.output {
                    Some(id) => ($crate::relay::Asking::load(ctx, id).await?, Some($crate::domain::person::TOLD)),
                    None => (None, None),
                };
                Ok(Self { person, notice, errors: outcome.errors, position: outcome.position })
            }
        }
    };
}

pub(super) use made;
