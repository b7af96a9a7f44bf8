//! Whether a document fits the schema, by the rules of the GraphQL specification (§5).
//!
//! The engine's own validation lets pass what the specification forbids: directives where none may stand, conflicting
//! fields, numbers beyond 32 bits. The rules here are held against graphql-js by `tests/clients/verdicts`.
//! Invariant: run after the limits, as it walks every spread fragment, and once for each text, as verdicts are kept.

use std::collections::BTreeSet;

use async_graphql::{
    Pos, Positioned,
    parser::types::{ExecutableDocument, OperationDefinition, OperationType, Selection, SelectionSet},
};
use bluejay_core::{
    AsIter,
    definition::{FieldDefinition, TypeDefinitionReference},
};
use bluejay_parser::{
    Error,
    ast::{Parse, definition, executable},
};
use bluejay_validator::executable::{
    Cache,
    document::{BuiltinRulesValidator, Error as Broken},
};

use super::code::{Code, Refusal};
use crate::base::meant;

/// What introspection has had since the specification of 2025 and the library's types lack.
const NEW_IN_INTROSPECTION: [(&str, &str); 3] =
    [("__Type", "isOneOf"), ("__InputValue", "isDeprecated"), ("__InputValue", "deprecationReason")];

/// The mistakes told of one document.
const MOST: usize = 50;

type Definitions<'a> = definition::DefinitionDocument<'a>;
type Resolved<'a> = definition::SchemaDefinition<'a>;

// Both borrow from the text before them.
self_cell::self_cell!(
    struct Text {
        owner: String,
        #[covariant]
        dependent: Definitions,
    }
);
self_cell::self_cell!(
    struct Schema {
        owner: Text,
        #[covariant]
        dependent: Resolved,
    }
);

/// The rules of one schema.
pub struct Rules(Schema);

impl Rules {
    /// Reads an SDL.
    pub fn read(sdl: &str) -> Result<Self, String> {
        let text = Text::try_new(sdl.to_owned(), |sdl| {
            definition::DefinitionDocument::parse(sdl).result.map_err(|errors| Error::into_graphql_errors(sdl, errors))
        });
        let schema = text.and_then(|text| {
            Schema::try_new(text, |text| {
                definition::SchemaDefinition::try_from(text.borrow_dependent())
                    .map_err(|errors| Error::into_graphql_errors(text.borrow_owner(), errors))
            })
        });
        let told =
            |errors: Vec<bluejay_parser::error::GraphQLError>| errors.first().map_or_else(String::new, |error| error.message.to_string());
        schema.map(Self).map_err(told)
    }

    /// Refuses a document that breaks a rule; the first mistakes are told.
    pub fn check(&self, text: &str, document: &ExecutableDocument) -> Result<(), Refusal> {
        let parsed = executable::ExecutableDocument::parse(text).result;
        let parsed = parsed.map_err(|errors| refuse(Code::ParseFailed, errors.into_iter().map(|error| told(text, error, None))))?;
        let schema = self.0.borrow_dependent();
        let cache = Cache::new(&parsed, schema);
        let broken = BuiltinRulesValidator::validate(&parsed, schema, &cache).filter(|error| !is_excused(error));
        let mut mistakes = broken.take(MOST).map(|error| {
            let meant = meant_field(&error);
            told(text, error.into(), meant)
        });
        match mistakes.next() {
            Some(first) => Err(refuse(Code::ValidationFailed, std::iter::once(first).chain(mistakes))),
            None => document.operations.iter().try_for_each(|(_, operation)| check_subscription(document, operation)),
        }
    }
}

type Mistake<'a> = Broken<'a, executable::ExecutableDocument<'a>, Resolved<'a>>;

/// What the library refuses and the specification does not.
fn is_excused(error: &Mistake<'_>) -> bool {
    match error {
        // Counts selections, not the keys they come to; see `check_subscription`.
        Broken::SubscriptionRootNotSingleField { .. } => true,
        Broken::FieldDoesNotExistOnType { field, r#type } => {
            NEW_IN_INTROSPECTION.contains(&(r#type.name(), field.name().as_ref()))
                && field.arguments().is_none()
                && field.selection_set().is_none()
        }
        _ => false,
    }
}

/// A subscription answers one event at a time, so it has one key at its root, and not that of introspection (§5.2.4.1).
fn check_subscription(document: &ExecutableDocument, operation: &Positioned<OperationDefinition>) -> Result<(), Refusal> {
    if operation.node.ty != OperationType::Subscription {
        return Ok(());
    }
    let mut keys = BTreeSet::new();
    collect_keys(document, &operation.node.selection_set.node, &mut keys);
    if keys.len() == 1 && keys.iter().all(|(_, field)| !field.starts_with("__")) {
        return Ok(());
    }
    let sentence = "A subscription must have exactly one field at its root, and none of introspection.";
    Err(Refusal::of_document(Code::ValidationFailed, sentence).at([operation.pos]))
}

/// The keys of a selection and the fields they are of. Fragments that spread themselves were refused before.
fn collect_keys<'a>(document: &'a ExecutableDocument, set: &'a SelectionSet, keys: &mut BTreeSet<(&'a str, &'a str)>) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => {
                keys.insert((&field.node.response_key().node, &field.node.name.node));
            }
            Selection::InlineFragment(fragment) => collect_keys(document, &fragment.node.selection_set.node, keys),
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                    collect_keys(document, &fragment.node.selection_set.node, keys);
                }
            }
        }
    }
}

/// The field that was perhaps meant by one that is not there.
fn meant_field(error: &Mistake<'_>) -> Option<String> {
    let Broken::FieldDoesNotExistOnType { field, r#type } = error else { return None };
    let fields = match r#type {
        TypeDefinitionReference::Object(_) | TypeDefinitionReference::Interface(_) => r#type.fields_definition()?,
        _ => return None,
    };
    meant(field.name().as_ref(), fields.iter().map(FieldDefinition::name)).map(ToOwned::to_owned)
}

/// The sentence and the place of a mistake.
fn told(text: &str, error: Error, meant: Option<String>) -> (String, Option<Pos>) {
    let mut sentence: String = error.message().chars().take(500).collect();
    sentence.push('.');
    if let Some(meant) = meant {
        sentence.push_str(&format!(" Did you mean `{meant}`?"));
    }
    let places = Error::into_graphql_errors(text, [error]);
    let place = places.first().and_then(|error| error.locations.first()).map(|place| Pos { line: place.line, column: place.col });
    (sentence, place)
}

fn refuse(code: Code, mistakes: impl Iterator<Item = (String, Option<Pos>)>) -> Refusal {
    let mut refusals = mistakes.map(|(sentence, place)| Refusal::of_document(code, sentence).at(place));
    let first = refusals.next().unwrap_or_else(|| Refusal::of_document(code, "The document can't be read."));
    refusals.fold(first, Refusal::and)
}
