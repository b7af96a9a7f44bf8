//! What the limits need to know of the schema: which fields are lists or pages, and what inputs look like.
//!
//! Read once at start from the SDL, so it can't differ from what clients are promised. What an
//! SDL does not say of introspection is in `introspection.rs`.

use std::collections::HashMap;

use async_graphql::parser::{
    self, parse_schema,
    types::{FieldDefinition, InputValueDefinition, OperationType, Type, TypeDefinition, TypeKind, TypeSystemDefinition},
};

use super::{
    introspection::{self, Sizes},
    type_shape::{FieldShape, InputShape, LIST, TypeShape},
};

/// The schema as the limits see it.
pub struct Shape {
    types: HashMap<String, TypeShape>,
    roots: [Option<String>; 3],
}

impl Shape {
    /// Reads an SDL.
    pub fn read(sdl: &str) -> Result<Self, parser::Error> {
        let mut shape = Self { types: HashMap::new(), roots: [Some("Query".into()), Some("Mutation".into()), Some("Subscription".into())] };
        let mut sizes = Sizes::default();
        for definition in parse_schema(sdl)?.definitions {
            match definition {
                TypeSystemDefinition::Schema(schema) => {
                    let schema = schema.node;
                    shape.roots = [schema.query, schema.mutation, schema.subscription].map(|root| root.map(|name| name.node.to_string()));
                }
                TypeSystemDefinition::Type(definition) => {
                    sizes.add(&definition.node.kind);
                    let (name, of) = read_type(definition.node);
                    shape.types.insert(name, of);
                }
                TypeSystemDefinition::Directive(_) => {}
            }
        }
        for name in ["Int", "Float", "String", "Boolean", "ID"] {
            shape.types.insert(name.into(), TypeShape::Scalar);
        }
        let query = shape.roots[0].clone().unwrap_or_default();
        introspection::add(&mut shape.types, &query, &sizes);
        Ok(shape)
    }

    /// A named type.
    pub fn named(&self, name: &str) -> Option<&TypeShape> {
        self.types.get(name)
    }

    /// The root type of an operation.
    pub fn root(&self, operation: OperationType) -> Option<&TypeShape> {
        let root = match operation {
            OperationType::Query => &self.roots[0],
            OperationType::Mutation => &self.roots[1],
            OperationType::Subscription => &self.roots[2],
        };
        root.as_deref().and_then(|name| self.named(name))
    }
}

fn read_field(definition: FieldDefinition) -> FieldShape {
    let of = &definition.ty.node;
    let is_page = definition.arguments.iter().any(|argument| matches!(argument.node.name.node.as_str(), "first" | "last"));
    let default_page = definition.arguments.iter().find(|argument| argument.node.name.node == "first").and_then(default_number);
    let list_arguments = definition.arguments.iter().filter(|argument| lists(&argument.node.ty.node) > 0);
    let depth = lists(of);
    FieldShape {
        type_name: name_of(of).into(),
        size: if depth == 0 { 1 } else { LIST.saturating_pow(depth) },
        is_list: depth > 0,
        is_page,
        default_page,
        list_arguments: list_arguments.map(|argument| argument.node.name.node.to_string()).collect(),
        is_introspection: false,
        is_wrapper: false,
    }
}

fn read_type(definition: TypeDefinition) -> (String, TypeShape) {
    let fields = |fields: Vec<parser::Positioned<FieldDefinition>>| {
        TypeShape::Composite(fields.into_iter().map(|field| (field.node.name.node.to_string(), read_field(field.node))).collect())
    };
    let of = match definition.kind {
        TypeKind::Scalar => TypeShape::Scalar,
        TypeKind::Object(object) => fields(object.fields),
        TypeKind::Interface(interface) => fields(interface.fields),
        TypeKind::Union(_) => TypeShape::Composite(HashMap::new()),
        TypeKind::Enum(of) => TypeShape::Enum(of.values.into_iter().map(|value| value.node.value.node.to_string()).collect()),
        TypeKind::InputObject(input) => TypeShape::Input(input.fields.into_iter().map(|field| read_input(field.node)).collect()),
    };
    (definition.name.node.to_string(), of)
}

fn read_input(definition: InputValueDefinition) -> (String, InputShape) {
    let has_default = definition.default_value.is_some();
    (definition.name.node.to_string(), InputShape { of: definition.ty.node, has_default })
}

fn default_number(argument: &parser::Positioned<InputValueDefinition>) -> Option<u64> {
    match &argument.node.default_value.as_ref()?.node {
        async_graphql::Value::Number(number) => number.as_u64(),
        _ => None,
    }
}

fn lists(of: &Type) -> u32 {
    match &of.base {
        parser::types::BaseType::Named(_) => 0,
        parser::types::BaseType::List(inner) => 1 + lists(inner),
    }
}

fn name_of(of: &Type) -> &str {
    match &of.base {
        parser::types::BaseType::Named(name) => name,
        parser::types::BaseType::List(inner) => name_of(inner),
    }
}
