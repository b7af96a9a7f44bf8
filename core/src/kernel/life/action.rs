//! What a viewer may do to a thing now, in the graph.
use std::borrow::Cow;

use async_graphql::{
    Context, ContextSelectionSet, Name, OutputType, Positioned, ServerResult, Value,
    parser::types::Field,
    registry::{MetaType, MetaTypeId, Registry},
    resolver_utils::ContainerType,
};

use super::Living;
use crate::relay::{NodeType, context::Asking, field};

/// What the viewer may do to a thing now: an enum of the kind's own acts.
pub struct Action<T>(&'static str, std::marker::PhantomData<fn() -> T>);

/// The name of an act in the graph.
fn graph_name(act: &str) -> String {
    act.to_ascii_uppercase()
}

impl<T: NodeType<Row: Living>> OutputType for Action<T> {
    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Action", T::type_name()))
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_output_type::<Self, _>(MetaTypeId::Enum, |_| MetaType::Enum {
            name: Self::type_name().into_owned(),
            description: Some("What can be done to it.".to_owned()),
            enum_values: <T::Row as Living>::MOVES
                .iter()
                .map(|what| {
                    let value = field::enum_value(graph_name(what.act), what.description);
                    (value.name.clone(), value)
                })
                .collect(),
            visible: None,
            inaccessible: false,
            tags: Vec::new(),
            rust_typename: Some(std::any::type_name::<Self>()),
            directive_invocations: Vec::new(),
            requires_scopes: Vec::new(),
        })
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(Value::Enum(Name::new(graph_name(self.0))))
    }
}

/// The field `viewerCan`: flattened into the node's type.
pub struct ViewerCan<'r, T>(pub &'r T);

impl<T: NodeType<Row: Living>> OutputType for ViewerCan<'_, T> {
    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("{}ViewerCan", T::type_name()))
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let said =
            "What you may do to it now, by your rights and its state; what is not listed is refused with `FORBIDDEN` or `WRONG_STATE`.";
        field::object::<Self>(registry, |registry| vec![field::meta::<Vec<Action<T>>>("viewerCan", said, registry)])
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        async_graphql::resolver_utils::resolve_container(ctx, self).await
    }
}

impl<T: NodeType<Row: Living>> ContainerType for ViewerCan<'_, T> {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        if ctx.item.node.name.node != "viewerCan" {
            return Ok(None);
        }
        let (viewer, now, row) = (ctx.viewer(), ctx.now(), self.0.row());
        let mut open: Vec<&'static str> =
            <T::Row as Living>::MOVES.iter().filter(|what| what.is_open(&viewer, row, now)).map(|what| what.act).collect();
        open.dedup();
        let actions = row.forbidden(ctx, &open).await.map(|forbidden| {
            let allowed = open.iter().filter(|act| !forbidden.contains(act));
            allowed.map(|act| Action(act, std::marker::PhantomData)).collect::<Vec<Action<T>>>()
        });
        field::answer(ctx, actions).await
    }
}
