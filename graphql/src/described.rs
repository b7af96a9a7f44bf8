//! Arguments that nothing is said of are described as their types are: a mutation's `input` takes what its type says.
use async_graphql::registry::{MetaType, MetaTypeName, Registry};

/// Describes the arguments of a type's fields.
pub(crate) fn describe_arguments(registry: &mut Registry, type_name: &str) {
    let described = |registry: &Registry, of: &str| match registry.types.get(MetaTypeName::concrete_typename(of)) {
        Some(MetaType::InputObject { description, .. }) => description.clone(),
        _ => None,
    };
    let mut descriptions = Vec::new();
    if let Some(MetaType::Object { fields, .. }) = registry.types.get(type_name) {
        for argument in fields.values().flat_map(|field| field.args.values()).filter(|argument| argument.description.is_none()) {
            descriptions.push(described(registry, &argument.ty));
        }
    }
    if let Some(MetaType::Object { fields, .. }) = registry.types.get_mut(type_name) {
        let bare = fields.values_mut().flat_map(|field| field.args.values_mut()).filter(|argument| argument.description.is_none());
        bare.zip(descriptions).for_each(|(argument, description)| argument.description = description);
    }
}
