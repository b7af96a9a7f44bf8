//! The SDL is the promise: it stands in `schema/`, and everything in it is described.
use std::path::Path;

use async_graphql::parser::{
    parse_schema,
    types::{TypeKind, TypeSystemDefinition},
};
use hansa::domain::KINDS;

#[test]
fn the_sdl_equals_the_file() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/schema.graphql");
    let sdl = hansa::api::sdl();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &sdl).expect("the SDL is written");
    }
    let file = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(file == sdl, "schema/schema.graphql is not what the hub serves: UPDATE=1 cargo test sdl");
}

#[test]
fn everything_in_the_sdl_is_described() {
    let document = parse_schema(hansa::api::sdl()).expect("the SDL is SDL");
    let mut bare = Vec::new();
    for definition in document.definitions {
        let TypeSystemDefinition::Type(definition) = definition else { continue };
        let name = definition.node.name.node.to_string();
        if definition.node.description.is_none() {
            bare.push(name.clone());
        }
        match definition.node.kind {
            TypeKind::Object(object) => fields(&name, object.fields, &mut bare),
            TypeKind::Interface(interface) => fields(&name, interface.fields, &mut bare),
            TypeKind::InputObject(input) => {
                bare.extend(
                    input
                        .fields
                        .iter()
                        .filter(|field| field.node.description.is_none())
                        .map(|field| format!("{name}.{}", field.node.name.node)),
                );
            }
            TypeKind::Enum(values) => {
                bare.extend(
                    values
                        .values
                        .iter()
                        .filter(|value| value.node.description.is_none())
                        .map(|value| format!("{name}.{}", value.node.value.node)),
                );
            }
            TypeKind::Scalar | TypeKind::Union(_) => {}
        }
    }
    assert!(bare.is_empty(), "without a description: {}", bare.join(", "));
}

fn fields(of: &str, fields: Vec<async_graphql::Positioned<async_graphql::parser::types::FieldDefinition>>, bare: &mut Vec<String>) {
    for field in fields {
        let name = format!("{of}.{}", field.node.name.node);
        if field.node.description.is_none() {
            bare.push(name.clone());
        }
        bare.extend(
            field
                .node
                .arguments
                .iter()
                .filter(|argument| argument.node.description.is_none())
                .map(|argument| format!("{name}({})", argument.node.name.node)),
        );
    }
}

#[test]
fn every_kind_has_a_face() {
    let sdl = hansa::api::sdl();
    for entry in KINDS.iter() {
        assert!(sdl.contains(&format!("type {} implements Node", entry.sdl_name())), "{} has no node type", entry.kind());
        let ops = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hub/ops").join(entry.kind());
        let has_any = std::fs::read_dir(&ops).is_ok_and(|mut entries| {
            entries.any(|entry| entry.is_ok_and(|entry| entry.path().extension().is_some_and(|e| e == "graphql")))
        });
        assert!(has_any, "no operation test in {}", ops.display());
    }
}
