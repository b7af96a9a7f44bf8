//! Counts what a document asks for, without spreading its fragments.
//!
//! A fragment is counted once for each page size it is met under and remembered, so a chain in which each fragment
//! spreads the next one twice is counted in as many steps as it has links, whatever it would grow to.
//! Invariant: all sums saturate; nothing here allocates with what the document would become.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned, Value, Variables,
    parser::types::{Directive, ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet},
};
use async_graphql_value::Value as Literal;

use super::{
    code::{Code, Refusal},
    limits::{Limits, count},
    shape::Shape,
    tally::Tally,
    type_shape::{FieldShape, TypeShape},
};

/// Counts one operation; refuses a fragment that spreads itself and a list that is too long.
pub fn tally(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
    shape: &Shape,
    limits: &Limits,
) -> Result<Tally, Refusal> {
    let weights = variables.iter().map(|(name, value)| (name.as_str(), weight(value))).collect();
    let mut counter = Counter { document, operation, variables, weights, shape, limits, seen: HashMap::new() };
    let mut tally = Tally::default();
    counter.directives(&operation.directives, &mut tally)?;
    tally.add(counter.selection(&operation.selection_set.node, shape.root(operation.ty), None)?);
    Ok(tally)
}

/// The fields of an operation's root once every fragment is spread; exact up to one past `maximum`.
pub fn root_fields(document: &ExecutableDocument, set: &SelectionSet, maximum: u64) -> u64 {
    // Called after the tally, so there is no cycle; each step adds at least one field, so the walk ends soon after `maximum`.
    let mut found = 0_u64;
    for selection in &set.items {
        let rest = maximum.saturating_sub(found);
        found += match &selection.node {
            Selection::Field(_) => 1,
            Selection::InlineFragment(fragment) => root_fields(document, &fragment.node.selection_set.node, rest),
            Selection::FragmentSpread(spread) => {
                let fragment = document.fragments.get(&spread.node.fragment_name.node);
                fragment.map_or(0, |fragment| root_fields(document, &fragment.node.selection_set.node, rest))
            }
        };
        if found > maximum {
            break;
        }
    }
    found
}

struct Counter<'a> {
    document: &'a ExecutableDocument,
    operation: &'a OperationDefinition,
    variables: &'a Variables,
    weights: HashMap<&'a str, u64>,
    shape: &'a Shape,
    limits: &'a Limits,
    /// Fragments by name and page size; none while being counted.
    seen: HashMap<(&'a str, Option<u64>), Option<Tally>>,
}

impl<'a> Counter<'a> {
    /// `page` is the size of the page whose `nodes` or `edges` this selection may name.
    fn selection(&mut self, set: &'a SelectionSet, of: Option<&'a TypeShape>, page: Option<u64>) -> Result<Tally, Refusal> {
        let mut tally = Tally::default();
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => tally.add(self.field(&field.node, of, page)?),
                Selection::InlineFragment(fragment) => {
                    tally.fields = tally.fields.saturating_add(1);
                    self.directives(&fragment.node.directives, &mut tally)?;
                    let on = fragment.node.type_condition.as_ref().map(|condition| condition.node.on.node.as_str());
                    let of = on.map_or(of, |name| self.shape.named(name));
                    tally.add(self.selection(&fragment.node.selection_set.node, of, page)?);
                }
                Selection::FragmentSpread(spread) => {
                    tally.fields = tally.fields.saturating_add(1);
                    self.directives(&spread.node.directives, &mut tally)?;
                    tally.add(self.fragment(&spread.node.fragment_name, page)?);
                }
            }
        }
        Ok(tally)
    }

    fn fragment(&mut self, name: &'a Positioned<Name>, page: Option<u64>) -> Result<Tally, Refusal> {
        let key = (name.node.as_str(), page);
        if let Some(known) = self.seen.get(&key) {
            let cycle = || Refusal::of_document(Code::ValidationFailed, format!("The fragment `{}` spreads itself.", name.node));
            return known.ok_or_else(|| cycle().at([name.pos]));
        }
        let Some(fragment) = self.document.fragments.get(&name.node) else {
            return Ok(Tally::default());
        };
        self.seen.insert(key, None);
        let of = self.shape.named(&fragment.node.type_condition.node.on.node);
        let mut tally = self.selection(&fragment.node.selection_set.node, of, page)?;
        self.directives(&fragment.node.directives, &mut tally)?;
        self.seen.insert(key, Some(tally));
        Ok(tally)
    }

    fn field(&mut self, field: &'a Field, of: Option<&'a TypeShape>, page: Option<u64>) -> Result<Tally, Refusal> {
        let shape = of.and_then(|of| of.field(&field.name.node));
        let (size, inner) = self.sizes(field, shape, page);
        let child = shape.and_then(|shape| self.shape.named(&shape.type_name));
        let mut tally = self.selection(&field.selection_set.node, child, inner)?;
        tally.depth = tally.depth.saturating_add(1);
        tally.fields = tally.fields.saturating_add(1);
        tally.aliases = tally.aliases.saturating_add(u64::from(field.alias.is_some()));
        tally.cost = tally.cost.saturating_add(1).saturating_mul(size);
        tally.introspection = tally.introspection.saturating_mul(size);
        if shape.is_some_and(|shape| shape.is_wrapper) {
            // A chain of them is mostly null from the second on: each is as likely to answer as not.
            tally.cost = tally.cost.div_ceil(2);
        }
        if shape.is_some_and(|shape| shape.is_introspection) {
            tally.introspection = tally.introspection.saturating_add(tally.cost);
            tally.cost = 1;
        }
        for (_, value) in &field.arguments {
            self.literal(&value.node, &mut tally)?;
        }
        self.directives(&field.directives, &mut tally)?;
        Ok(tally)
    }

    /// How many values the field answers, and the page its own `nodes` and `edges` are of.
    fn sizes(&self, field: &Field, shape: Option<&FieldShape>, page: Option<u64>) -> (u64, Option<u64>) {
        let Some(shape) = shape else { return (1, None) };
        if shape.is_page {
            let asked = self.number(field, "first").or_else(|| self.number(field, "last")).or(shape.default_page);
            let asked = asked.unwrap_or(self.limits.page_default).min(self.limits.page_maximum);
            return if shape.is_list { (asked, None) } else { (1, Some(asked)) };
        }
        if !shape.is_list {
            return (1, None);
        }
        if matches!(field.name.node.as_str(), "nodes" | "edges") && page.is_some() {
            return (page.unwrap_or(shape.size), None);
        }
        let asked = shape.list_arguments.iter().filter_map(|name| self.list(field, name)).max();
        (asked.unwrap_or(shape.size), None)
    }

    fn value<'f>(&'f self, field: &'f Field, name: &str) -> Option<Resolved<'f>> {
        match &field.get_argument(name)?.node {
            Literal::Variable(name) => match self.variables.get(name) {
                Some(value) => Some(Resolved::Given(value)),
                None => {
                    let mut definitions = self.operation.variable_definitions.iter();
                    let definition = definitions.find(|definition| definition.node.name.node == *name)?;
                    definition.node.default_value.as_ref().map(|value| Resolved::Given(&value.node))
                }
            },
            literal => Some(Resolved::Literal(literal)),
        }
    }

    fn number(&self, field: &Field, name: &str) -> Option<u64> {
        let number = match self.value(field, name)? {
            Resolved::Given(Value::Number(number)) | Resolved::Literal(Literal::Number(number)) => number,
            _ => return None,
        };
        Some(number.as_u64().unwrap_or(0))
    }

    fn list(&self, field: &Field, name: &str) -> Option<u64> {
        match self.value(field, name)? {
            Resolved::Given(Value::List(list)) => Some(count(list.len())),
            Resolved::Literal(Literal::List(list)) => Some(count(list.len())),
            _ => None,
        }
    }

    fn directives(&self, directives: &[Positioned<Directive>], tally: &mut Tally) -> Result<(), Refusal> {
        tally.directives = tally.directives.saturating_add(count(directives.len()));
        let arguments = directives.iter().flat_map(|directive| &directive.node.arguments);
        arguments.into_iter().try_for_each(|(_, value)| self.literal(&value.node, tally))
    }

    /// Lists within a literal, and the variables it names. The recursion is bounded by the limit on nesting.
    fn literal(&self, value: &Literal, tally: &mut Tally) -> Result<(), Refusal> {
        match value {
            Literal::List(list) => {
                check_list(list.len(), self.limits)?;
                list.iter().try_for_each(|item| self.literal(item, tally))
            }
            Literal::Object(object) => object.values().try_for_each(|item| self.literal(item, tally)),
            Literal::Variable(name) => {
                let weight = self.weights.get(name.as_str()).copied().unwrap_or(0);
                tally.variable_values = tally.variable_values.saturating_add(weight);
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

enum Resolved<'a> {
    Given(&'a Value),
    Literal(&'a Literal),
}

/// Refuses a list longer than the limit.
pub fn check_list(length: usize, limits: &Limits) -> Result<(), Refusal> {
    let length = count(length);
    if length > limits.list_size { Err(Refusal::limit("list_size", length, limits.list_size)) } else { Ok(()) }
}

/// How much work it is to copy a value once: execution does so at each place a variable is used.
pub fn weight(value: &Value) -> u64 {
    match value {
        Value::String(text) => 1 + count(text.len()) / 64,
        Value::List(list) => list.iter().fold(1, |sum, item| sum.saturating_add(weight(item))),
        Value::Object(object) => object.values().fold(1, |sum, item| sum.saturating_add(weight(item))),
        _ => 1,
    }
}
