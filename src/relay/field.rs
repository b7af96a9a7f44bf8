//! Fields and inputs declared as data: what async-graphql's macros write for a method or a struct field, for those that a list declares.
use async_graphql::{
    Context, InputType, OutputType, ServerResult, Value,
    indexmap::IndexMap,
    registry::{Deprecation, MetaField, MetaInputValue, MetaType, MetaTypeId, Registry},
};

use crate::base::Result;

/// A field of the type `T`.
pub fn meta<T: OutputType>(name: &str, description: &str, registry: &mut Registry) -> MetaField {
    MetaField {
        name: name.to_owned(),
        description: Some(description.to_owned()),
        args: IndexMap::new(),
        ty: T::create_type_info(registry),
        deprecation: Deprecation::NoDeprecated,
        cache_control: Default::default(),
        external: false,
        requires: None,
        provides: None,
        visible: None,
        shareable: false,
        inaccessible: false,
        tags: Vec::new(),
        override_from: None,
        compute_complexity: None,
        directive_invocations: Vec::new(),
        requires_scopes: Vec::new(),
    }
}

/// An argument or an input's field of the type `T`.
pub fn input<T: InputType>(name: &str, description: &str, default: Option<&T>, registry: &mut Registry) -> MetaInputValue {
    MetaInputValue {
        name: name.to_owned(),
        description: Some(description.to_owned()),
        ty: T::create_type_info(registry),
        deprecation: Deprecation::NoDeprecated,
        default_value: default.map(|default| default.to_value().to_string()),
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        is_secret: false,
        directive_invocations: Vec::new(),
    }
}

/// Registers an object of these fields under the name of `T`: to be flattened into others, whose fields they become.
pub fn object<T: OutputType>(registry: &mut Registry, fields: impl Fn(&mut Registry) -> Vec<MetaField>) -> String {
    registry.create_output_type::<T, _>(MetaTypeId::Object, |registry| MetaType::Object {
        name: T::type_name().into_owned(),
        description: None,
        fields: fields(registry).into_iter().map(|field| (field.name.clone(), field)).collect(),
        cache_control: Default::default(),
        extends: false,
        shareable: false,
        resolvable: true,
        inaccessible: false,
        interface_object: false,
        tags: Vec::new(),
        keys: None,
        visible: None,
        is_subscription: false,
        rust_typename: Some(std::any::type_name::<T>()),
        directive_invocations: Vec::new(),
        requires_scopes: Vec::new(),
    })
}

/// Registers an input object of these fields under the name of `T`, to be flattened into others.
pub fn input_object<T: InputType>(registry: &mut Registry, fields: impl Fn(&mut Registry) -> Vec<MetaInputValue>) -> String {
    registry.create_input_type::<T, _>(MetaTypeId::InputObject, |registry| MetaType::InputObject {
        name: T::type_name().into_owned(),
        description: None,
        input_fields: fields(registry).into_iter().map(|field| (field.name.clone(), field)).collect(),
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        rust_typename: Some(std::any::type_name::<T>()),
        oneof: false,
        directive_invocations: Vec::new(),
    })
}

/// The answer of a field: its value as the query selects of it.
pub async fn answer<T: OutputType>(ctx: &Context<'_>, value: Result<T>) -> ServerResult<Option<Value>> {
    let value = value.map_err(|error| ctx.set_error_path(async_graphql::Error::from(error).into_server_error(ctx.item.pos)))?;
    value.resolve(&ctx.with_selection_set(&ctx.item.node.selection_set), ctx.item).await.map(Some)
}
