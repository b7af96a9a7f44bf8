//! Fields and inputs declared as data: what async-graphql's macros write for a method or a struct field, for those that a list declares.
use async_graphql::{
    Context, InputType, OutputType, ServerResult, Value,
    indexmap::IndexMap,
    registry::{Deprecation, MetaEnumValue, MetaField, MetaInputValue, MetaType, MetaTypeId, Registry},
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
    object_told::<T>(registry, None, fields)
}

/// Registers an object of these fields under the name of `T`.
pub fn object_told<T: OutputType>(
    registry: &mut Registry,
    description: Option<&str>,
    fields: impl Fn(&mut Registry) -> Vec<MetaField>,
) -> String {
    registry.create_output_type::<T, _>(MetaTypeId::Object, |registry| MetaType::Object {
        name: T::type_name().into_owned(),
        description: description.map(str::to_owned),
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
    input_object_told::<T>(registry, None, fields)
}

/// The sentence of a doc comment.
pub fn said(doc: &str) -> String {
    doc.lines().map(str::trim).collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// The fields of an object.
pub fn fields_of<T: OutputType>(registry: &mut Registry) -> Vec<MetaField> {
    match registry.create_fake_output_type::<T>() {
        MetaType::Object { fields, .. } => fields.into_values().collect(),
        _ => Vec::new(),
    }
}

/// The fields of an input object.
pub fn inputs_of<T: InputType>(registry: &mut Registry) -> Vec<MetaInputValue> {
    match registry.create_fake_input_type::<T>() {
        MetaType::InputObject { input_fields, .. } => input_fields.into_values().collect(),
        _ => Vec::new(),
    }
}

/// Registers an input object of these fields under the name of `T`.
pub fn input_object_told<T: InputType>(
    registry: &mut Registry,
    description: Option<&str>,
    fields: impl Fn(&mut Registry) -> Vec<MetaInputValue>,
) -> String {
    registry.create_input_type::<T, _>(MetaTypeId::InputObject, |registry| MetaType::InputObject {
        name: T::type_name().into_owned(),
        description: description.map(str::to_owned),
        input_fields: fields(registry).into_iter().map(|field| (field.name.clone(), field)).collect(),
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        rust_typename: Some(std::any::type_name::<T>()),
        oneof: false,
        directive_invocations: Vec::new(),
    })
}

/// A value of an enum.
pub fn enum_value(name: String, description: &str) -> MetaEnumValue {
    MetaEnumValue {
        name,
        description: Some(description.to_owned()),
        deprecation: Deprecation::NoDeprecated,
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        directive_invocations: Vec::new(),
    }
}

/// The answer of a field: its value as the query selects of it.
pub async fn answer<T: OutputType>(ctx: &Context<'_>, value: Result<T>) -> ServerResult<Option<Value>> {
    let value = value.map_err(|error| ctx.set_error_path(async_graphql::Error::from(error).into_server_error(ctx.item.pos)))?;
    value.resolve(&ctx.with_selection_set(&ctx.item.node.selection_set), ctx.item).await.map(Some)
}

/// Whether the graph's name of a field is that of a record's field: `startedOn` of `started_on`.
pub fn is_named(asked: &str, name: &str) -> bool {
    let mut letters = asked.bytes();
    let mut is_first = false;
    for letter in name.bytes() {
        if letter == b'_' {
            is_first = true;
        } else if letters.next() != Some(if is_first { letter.to_ascii_uppercase() } else { letter }) {
            return false;
        } else {
            is_first = false;
        }
    }
    letters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_graph_writes_the_names_of_records_without_underscores() {
        assert!(is_named("startedOn", "started_on") && is_named("title", "title"));
        assert!(!is_named("startedon", "started_on") && !is_named("started", "started_on") && !is_named("startedOnce", "started_on"));
    }
}
