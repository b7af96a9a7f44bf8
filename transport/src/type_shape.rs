//! A type of the schema as the limits see it.
use std::collections::{HashMap, HashSet};

use async_graphql::parser::types::Type;

/// One named type.
pub enum TypeShape {
    /// An object or interface (a union is one without fields).
    Composite(HashMap<String, FieldShape>),
    /// An input object.
    Input(HashMap<String, InputShape>),
    /// An enumeration.
    Enum(HashSet<String>),
    /// A scalar, also a custom one.
    Scalar,
}

/// One field of a composite type.
pub struct FieldShape {
    /// The named type inside all lists.
    pub type_name: String,
    /// How long the list may be expected to be; one for what is no list.
    pub size: u64,
    /// Whether it is a list at all.
    pub is_list: bool,
    /// Whether it takes `first` or `last`.
    pub is_page: bool,
    /// The default of `first`, if the schema states one.
    pub default_page: Option<u64>,
    /// Arguments that are lists, such as `ids`: a list field answers one item for each.
    pub list_arguments: Vec<String>,
    /// Whether it opens introspection.
    pub is_introspection: bool,
    /// Whether it is `ofType`, which ends after a step or two whatever was asked.
    pub is_wrapper: bool,
}

/// One field of an input object.
pub struct InputShape {
    /// Its type.
    pub of: Type,
    /// Whether it may be left out although it is not nullable.
    pub has_default: bool,
}

/// The length assumed of a list that is no page: texts, themes, languages.
pub const LIST: u64 = 5;

impl TypeShape {
    /// A field, if this is a composite type that has it.
    pub fn field(&self, name: &str) -> Option<&FieldShape> {
        match self {
            TypeShape::Composite(fields) => fields.get(name),
            _ => None,
        }
    }
}

impl FieldShape {
    /// A field of one value.
    pub fn scalar() -> Self {
        Self {
            type_name: "String".into(),
            size: 1,
            is_list: false,
            is_page: false,
            default_page: None,
            list_arguments: vec![],
            is_introspection: false,
            is_wrapper: false,
        }
    }
}
