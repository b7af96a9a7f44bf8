//! The Node interface: every kind with an id of its own, and loading one by it.
use std::borrow::Cow;

use async_graphql::{
    Context, ContextSelectionSet, ID, Object, OutputType, Positioned, Result, ServerResult, Value,
    indexmap::IndexMap,
    parser::types::Field,
    registry::{MetaType, MetaTypeId, Registry},
};

use super::{KINDS, entry_of};
use crate::{
    base::{Code, id, refuse},
    relay::{AnyNode, context::Asking, field},
};

/// A node that the viewer may see, of whatever kind. In the SDL it is the interface.
pub struct VisibleNode(pub Box<dyn AnyNode>);

impl OutputType for VisibleNode {
    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed("Node")
    }

    fn introspection_type_name(&self) -> Cow<'static, str> {
        self.0.name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let id = field::meta::<ID>("id", "The global id: a TypeID such as `practice_01h…`. Stable for ever.", registry);
        registry.create_output_type::<Self, _>(MetaTypeId::Interface, |registry| {
            for entry in KINDS.iter() {
                entry.register(registry);
                registry.add_implements(entry.sdl_name(), "Node");
            }
            MetaType::Interface {
                name: "Node".to_owned(),
                description: Some("Anything with a global id.".to_owned()),
                fields: IndexMap::from([(id.name.clone(), id.clone())]),
                possible_types: KINDS.iter().map(|entry| entry.sdl_name().to_owned()).collect(),
                extends: false,
                keys: None,
                visible: None,
                inaccessible: false,
                tags: Vec::new(),
                rust_typename: Some(std::any::type_name::<Self>()),
                directive_invocations: Vec::new(),
                requires_scopes: Vec::new(),
            }
        })
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        self.0.resolve(ctx).await
    }
}

/// The nodes' part of the query root.
#[derive(Default)]
pub struct Query;

#[Object(name = "NodeQuery")]
impl Query {
    /// The thing with this id; null where there is none or the viewer may not see it.
    async fn node(&self, ctx: &Context<'_>, #[graphql(desc = "A global id.")] id: ID) -> Result<Option<VisibleNode>> {
        one(ctx, &id).await
    }

    /// The things with these ids, in the same order; null where there is none or the viewer may not see it.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most 100 global ids.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<VisibleNode>>> {
        if ids.len() > 100 {
            refuse(Code::TooLong, "ids", format!("“ids” has {} items; 100 are allowed.", ids.len()))?;
        }
        futures_util::future::try_join_all(ids.iter().map(|id| one(ctx, id))).await
    }
}

async fn one(ctx: &Context<'_>, text: &ID) -> Result<Option<VisibleNode>> {
    let Some((prefix, uuid)) = id::split(text) else { return Ok(None) };
    match entry_of(prefix) {
        Some(entry) => Ok(entry.node(ctx.scope(), uuid).await?.map(VisibleNode)),
        None => Ok(None),
    }
}
