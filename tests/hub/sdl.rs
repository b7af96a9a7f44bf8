//! The SDL is the promise: it stands in `schema/`, and everything in it is described.
use std::{collections::BTreeSet, path::Path};

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

/// Ways that lead to one side only, and why.
const ONE_WAY: [(&str, &str, &str); 0] = [];

/// Lists that can't be narrowed to what their things are linked to, and why.
const UNFILTERED: [(&str, &str, &str); 3] = [
    ("Assessment", "Person", "`assessors` does"),
    ("Involvement", "Person", "`Person.involvements` tells a person's"),
    ("Seminar", "Person", "`Person.seminarsProposed` tells a person's"),
];

#[test]
fn every_link_between_kinds_has_its_way_back() {
    let document = parse_schema(hansa::api::sdl()).expect("the SDL is SDL");
    let kinds: BTreeSet<String> = KINDS.iter().map(|entry| entry.sdl_name().to_string()).collect();
    let (mut links, mut back) = (BTreeSet::new(), BTreeSet::new());
    for definition in document.definitions {
        let TypeSystemDefinition::Type(definition) = definition else { continue };
        let from = definition.node.name.node.to_string();
        let TypeKind::Object(object) = definition.node.kind else { continue };
        for field in object.fields.iter().filter(|_| kinds.contains(&from)) {
            let to = field.node.ty.node.to_string();
            let to = to.trim_matches(|letter| matches!(letter, '[' | ']' | '!'));
            let to = to.strip_suffix("Connection").unwrap_or(to);
            if kinds.contains(to) && to != from {
                links.insert((from.clone(), to.to_owned()));
            }
            // What is about any of several kinds leads back to each.
            if field.node.name.node == "about" {
                back.insert(from.clone());
            }
        }
    }
    assert!(links.len() > 20, "{links:?}");
    let is_known = |from: &str, to: &str| ONE_WAY.iter().any(|(one, other, _)| (*one, *other) == (from, to));
    let lost: Vec<_> = links
        .iter()
        .filter(|(from, to)| !links.contains(&(to.clone(), from.clone())) && !back.contains(to) && !is_known(from, to))
        .map(|(from, to)| format!("{from} leads to {to}, and nothing back"))
        .collect();
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// What a list of the kind `name` is called in a filter.
fn plural(name: &str) -> String {
    let name = format!("{}{}", name[..1].to_lowercase(), &name[1..]);
    name.strip_suffix('y').map_or_else(|| format!("{name}s"), |stem| format!("{stem}ies"))
}

#[test]
fn every_list_can_be_narrowed_to_what_its_things_are_linked_to() {
    let document = parse_schema(hansa::api::sdl()).expect("the SDL is SDL");
    let kinds: BTreeSet<String> = KINDS.iter().map(|entry| entry.sdl_name().to_string()).collect();
    let (mut links, mut filters, mut filtered) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for definition in document.definitions {
        let TypeSystemDefinition::Type(definition) = definition else { continue };
        let name = definition.node.name.node.to_string();
        match definition.node.kind {
            // What a thing names itself: one, or a short list; what hangs on it has pages of its own.
            TypeKind::Object(object) if kinds.contains(&name) => links.extend(object.fields.iter().filter_map(|field| {
                let to = field.node.ty.node.to_string();
                let to = to.trim_matches(|letter| matches!(letter, '[' | ']' | '!')).to_owned();
                (kinds.contains(&to) && to != name).then(|| (name.clone(), to))
            })),
            TypeKind::InputObject(input) => {
                let Some(of) = name.strip_suffix("Filter") else { continue };
                filters.insert(of.to_owned());
                filtered.extend(input.fields.iter().map(|field| (of.to_owned(), field.node.name.node.to_string())));
            }
            _ => {}
        }
    }
    assert!(links.len() > 20 && filters.len() > 10, "{links:?} {filters:?}");
    let is_known = |from: &str, to: &str| UNFILTERED.iter().any(|(one, other, _)| (*one, *other) == (from, to));
    let lost: Vec<_> = links
        .iter()
        .filter(|(from, to)| filters.contains(from) && !filtered.contains(&(from.clone(), plural(to))) && !is_known(from, to))
        .map(|(from, to)| format!("{from}Filter has no “{}”", plural(to)))
        .collect();
    assert!(lost.is_empty(), "{}", lost.join("\n"));
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
