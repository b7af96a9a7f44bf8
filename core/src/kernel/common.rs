//! What every node tells: its id, slug, version, audience and times, and what its relations lead to.
use std::borrow::Cow;

use async_graphql::{
    Context, ContextSelectionSet, ID, OutputType, Positioned, ServerResult, Value,
    parser::types::Field,
    registry::{MetaField, Registry},
    resolver_utils::ContainerType,
};

use super::relation::{self, Relates};
use crate::{
    relay::{AudienceView, DateTime, field},
    store::Record,
};

/// A kind that tells what every node tells; declared by [`node!`](crate::node).
pub trait Common: Relates {
    /// Fields that say something else than usual, or, where the sentence is empty, are not there.
    const SAID: &'static [(&'static str, &'static str)] = &[];

    /// The fields of its sections: its texts, what the viewer may do.
    fn section_fields(registry: &mut Registry) -> Vec<MetaField>;

    /// The answer of a field of a section.
    fn resolve_section(&self, ctx: &Context<'_>) -> impl Future<Output = ServerResult<Option<Value>>> + Send;
}

/// The usual fields and what they say.
const USUAL: [(&str, &str); 6] = [
    ("id", "The global id."),
    ("slug", "The readable name in addresses."),
    ("version", "Counts the saves; give it to `expectedVersion`."),
    ("audience", "Who may see it."),
    ("createdAt", "When it was added."),
    ("updatedAt", "When it changed last."),
];

fn said<T: Common>(name: &str, usual: &'static str) -> &'static str {
    T::SAID.iter().find(|(field, _)| *field == name).map_or(usual, |(_, said)| said)
}

/// The fields every node has, those of its relations and of its sections: flattened into its type.
pub struct NodeFields<'r, T>(pub &'r T);

impl<T: Common> OutputType for NodeFields<'_, T> {
    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Fields", T::type_name()))
    }

    fn create_type_info(registry: &mut Registry) -> String {
        field::object::<Self>(registry, |registry| {
            let there = USUAL.iter().map(|(name, usual)| (*name, said::<T>(name, usual))).filter(|(_, said)| !said.is_empty());
            let mut fields: Vec<_> = there
                .map(|(name, said)| match name {
                    "id" => field::meta::<ID>(name, said, registry),
                    "slug" => field::meta::<String>(name, said, registry),
                    "version" => field::meta::<i64>(name, said, registry),
                    "audience" => field::meta::<AudienceView>(name, said, registry),
                    _ => field::meta::<DateTime>(name, said, registry),
                })
                .collect();
            fields.extend(relation::metas::<T>(registry));
            fields.extend(T::section_fields(registry));
            fields
        })
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        async_graphql::resolver_utils::resolve_container(ctx, self).await
    }
}

impl<T: Common> ContainerType for NodeFields<'_, T> {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        let row = self.0.row();
        match ctx.item.node.name.node.as_str() {
            "id" => Ok(Some(Value::String(row.id().to_string()))),
            "slug" => Ok(Some(Value::String(row.slug().to_owned()))),
            "version" => Ok(Some(Value::from(row.version()))),
            "audience" => field::answer(ctx, Ok(AudienceView::from(row.audience()))).await,
            "createdAt" => field::answer(ctx, Ok(DateTime(row.created_at()))).await,
            "updatedAt" => field::answer(ctx, Ok(DateTime(row.updated_at()))).await,
            _ => match relation::resolve(self.0, ctx).await? {
                Some(answer) => Ok(Some(answer)),
                None => self.0.resolve_section(ctx).await,
            },
        }
    }
}

/// Declares the graph's type of a kind whose declarations say all of its fields.
#[macro_export]
macro_rules! node_object {
    ($(#[doc = $told:expr])* $node:ident) => {
        impl async_graphql::resolver_utils::ContainerType for $node {
            async fn resolve_field(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::ServerResult<Option<async_graphql::Value>> {
                $crate::kernel::NodeFields(self).resolve_field(ctx).await
            }
        }
        impl async_graphql::OutputType for $node {
            fn type_name() -> std::borrow::Cow<'static, str> {
                std::borrow::Cow::Borrowed(stringify!($node))
            }
            fn create_type_info(registry: &mut async_graphql::registry::Registry) -> String {
                let told = $crate::relay::field::said(concat!($($told, "\n"),*));
                $crate::relay::field::object_told::<Self>(registry, Some(&told), |registry| {
                    $crate::relay::field::fields_of::<$crate::kernel::NodeFields<'static, Self>>(registry)
                })
            }
            async fn resolve(
                &self,
                ctx: &async_graphql::ContextSelectionSet<'_>,
                _: &async_graphql::Positioned<async_graphql::parser::types::Field>,
            ) -> async_graphql::ServerResult<async_graphql::Value> {
                async_graphql::resolver_utils::resolve_container(ctx, self).await
            }
        }
        impl async_graphql::ObjectType for $node {}
    };
}
