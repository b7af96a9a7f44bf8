//! The shape of introspection, which is not part of an SDL: its fields, and how long its lists are on this schema.
//!
//! The estimates are averages, so that a query in circles through types and fields is priced as what it would answer.

use std::collections::HashMap;

use async_graphql::parser::types::{FieldDefinition, TypeKind};

use super::type_shape::{FieldShape, LIST, TypeShape};

/// How much of each sort the schema has: the yardstick for introspection.
#[derive(Default)]
pub struct Sizes {
    types: u64,
    fields: u64,
    arguments: u64,
    inputs: u64,
    values: u64,
}

impl Sizes {
    /// Counts one type.
    pub fn add(&mut self, kind: &TypeKind) {
        let count = super::limits::count;
        self.types += 1;
        match kind {
            TypeKind::Object(object) => self.add_fields(object.fields.iter().map(|field| &field.node)),
            TypeKind::Interface(interface) => self.add_fields(interface.fields.iter().map(|field| &field.node)),
            TypeKind::InputObject(input) => self.inputs += count(input.fields.len()),
            TypeKind::Enum(of) => self.values += count(of.values.len()),
            TypeKind::Union(_) | TypeKind::Scalar => {}
        }
    }

    fn add_fields<'a>(&mut self, fields: impl Iterator<Item = &'a FieldDefinition>) {
        for field in fields {
            self.fields += 1;
            self.arguments += super::limits::count(field.arguments.len());
        }
    }
}

/// Adds the types of introspection to those of the SDL.
pub fn add(types: &mut HashMap<String, TypeShape>, query: &str, sizes: &Sizes) {
    let one = |name: &str| FieldShape { type_name: name.into(), ..FieldShape::scalar() };
    let many = |name: &str, size: u64| FieldShape { size, is_list: true, ..one(name) };
    let kinds = sizes.types.max(1);
    let schema = [
        ("types", many("__Type", kinds + 20)),
        ("directives", many("__Directive", LIST)),
        ("queryType", one("__Type")),
        ("mutationType", one("__Type")),
        ("subscriptionType", one("__Type")),
    ];
    let of_type = [
        ("fields", many("__Field", sizes.fields.div_ceil(kinds) + 1)),
        ("inputFields", many("__InputValue", sizes.inputs.div_ceil(kinds) + 1)),
        ("enumValues", many("__EnumValue", sizes.values.div_ceil(kinds) + 1)),
        ("interfaces", many("__Type", 1)),
        ("possibleTypes", many("__Type", 2)),
        ("ofType", FieldShape { is_wrapper: true, ..one("__Type") }),
    ];
    let arguments = sizes.arguments.div_ceil(sizes.fields.max(1)) + 1;
    let field = [("args", many("__InputValue", arguments)), ("type", one("__Type"))];
    let directive = [("args", many("__InputValue", 1)), ("locations", many("String", 2))];
    let value = [("type", one("__Type"))];
    let named =
        |fields: Vec<(&str, FieldShape)>| TypeShape::Composite(fields.into_iter().map(|(name, field)| (name.into(), field)).collect());
    types.insert("__Schema".into(), named(schema.into()));
    types.insert("__Type".into(), named(of_type.into()));
    types.insert("__Field".into(), named(field.into()));
    types.insert("__Directive".into(), named(directive.into()));
    types.insert("__InputValue".into(), named(value.into()));
    if let Some(TypeShape::Composite(fields)) = types.get_mut(query) {
        for (name, target) in [("__schema", "__Schema"), ("__type", "__Type")] {
            fields.insert(name.into(), FieldShape { is_introspection: true, ..one(target) });
        }
    }
}
