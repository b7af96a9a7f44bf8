//! Documents: parsed once, counted for every request, kept for the next one.
//!
//! Invariant: nothing is handed to the engine that was not counted, because the engine walks every spread fragment.
//! Invariant: the cache is bounded by bytes and keyed by the whole text, so no two documents can be confused.

use std::sync::{Arc, OnceLock};

use async_graphql::{
    Variables,
    parser::{
        self, parse_query,
        types::{DocumentOperations, ExecutableDocument, OperationDefinition},
    },
};
use quick_cache::{Weighter, sync::Cache};

use super::{
    code::{Code, Refusal},
    cost, lexer,
    limits::{Limits, count, length},
    shape::Shape,
    tally::Tally,
    validation::Rules,
};

/// A parsed document.
pub struct Document {
    /// As the engine wants it.
    pub parsed: ExecutableDocument,
    weight: u64,
    verdict: OnceLock<Result<(), Refusal>>,
}

impl Document {
    fn read(text: &str, limits: &Limits) -> Result<Self, Refusal> {
        let tokens = lexer::scan(text, limits)?;
        let parsed = parse_query(lexer::plain(text)).map_err(|error| refuse_parse(&error))?;
        // A parsed token takes about this much memory: measured on introspection and on lists of practices.
        let weight = count(text.len()).saturating_add(tokens.saturating_mul(200));
        Ok(Self { parsed, weight, verdict: OnceLock::new() })
    }

    /// The operation a request names, or the only one.
    pub fn operation(&self, name: Option<&str>) -> Result<&OperationDefinition, Refusal> {
        let unknown = |name: &str| {
            let name: String = name.chars().take(64).collect();
            Refusal::of_document(Code::BadRequest, format!("The document has no operation named `{name}`."))
        };
        match (&self.parsed.operations, name) {
            (DocumentOperations::Single(operation), None) => Ok(&operation.node),
            (DocumentOperations::Single(_), Some(name)) => Err(unknown(name)),
            (DocumentOperations::Multiple(operations), Some(name)) => {
                operations.get(name).map(|operation| &operation.node).ok_or_else(|| unknown(name))
            }
            (DocumentOperations::Multiple(operations), None) => match operations.values().next() {
                Some(only) if operations.len() == 1 => Ok(&only.node),
                _ => Err(Refusal::of_document(Code::BadRequest, "The document has several operations: say `operationName`.")),
            },
        }
    }

    /// Holds the document to the limits and the schema, whatever its variables will be; the verdict is kept with it.
    ///
    /// All operations are counted, because validation walks all of them.
    pub fn examine(&self, text: &str, rules: &Rules, shape: &Shape, limits: &Limits) -> Result<(), Refusal> {
        let verdict = self.verdict.get_or_init(|| {
            self.count(shape, limits)?;
            rules.check(&lexer::plain(text), &self.parsed)
        });
        verdict.clone()
    }

    fn count(&self, shape: &Shape, limits: &Limits) -> Result<(), Refusal> {
        hold("fragments", count(self.parsed.fragments.len()), limits.fragments)?;
        let none = Variables::default();
        let (mut fields, mut aliases, mut directives) = (0_u64, 0_u64, 0_u64);
        for (_, operation) in self.parsed.operations.iter() {
            let tally = cost::tally(&self.parsed, &operation.node, &none, shape, limits)?;
            hold("depth", tally.depth, limits.depth)?;
            fields = fields.saturating_add(tally.fields);
            aliases = aliases.saturating_add(tally.aliases);
            directives = directives.saturating_add(tally.directives);
        }
        hold("directives", directives, limits.directives)?;
        hold("aliases", aliases, limits.aliases)?;
        hold("fields", fields, limits.fields)
    }

    /// Counts one operation with its variables and holds it to the limits.
    pub fn check(&self, operation: &OperationDefinition, variables: &Variables, shape: &Shape, limits: &Limits) -> Result<Tally, Refusal> {
        let tally = cost::tally(&self.parsed, operation, variables, shape, limits)?;
        hold("variable_values", tally.variable_values, limits.variable_values)?;
        let roots = cost::root_fields(&self.parsed, &operation.selection_set.node, limits.root_fields);
        hold("root_fields", roots, limits.root_fields)?;
        Ok(tally)
    }
}

/// Refuses a value over its maximum.
pub fn hold(limit: &'static str, value: u64, maximum: u64) -> Result<(), Refusal> {
    if value > maximum { Err(Refusal::limit(limit, value, maximum)) } else { Ok(()) }
}

fn refuse_parse(error: &parser::Error) -> Refusal {
    // The parser quotes the line it fails on, which may be the whole document.
    let message: String = error.to_string().chars().take(500).collect();
    // What could be read and breaks a rule all the same.
    let is_read = matches!(
        error,
        parser::Error::MultipleOperations { .. } | parser::Error::OperationDuplicated { .. } | parser::Error::FragmentDuplicated { .. }
    );
    Refusal::of_document(if is_read { Code::ValidationFailed } else { Code::ParseFailed }, message).at(error.positions())
}

/// The documents of recent requests.
pub struct Documents {
    cache: Cache<Arc<str>, Arc<Document>, Bytes>,
}

#[derive(Clone)]
struct Bytes;

impl Weighter<Arc<str>, Arc<Document>> for Bytes {
    fn weight(&self, _: &Arc<str>, document: &Arc<Document>) -> u64 {
        document.weight
    }
}

impl Documents {
    /// An empty cache of the size the limits state.
    pub fn new(limits: &Limits) -> Self {
        let items = length(limits.document_cache_bytes / 16_384).max(16);
        Self { cache: Cache::with_weighter(items, limits.document_cache_bytes, Bytes) }
    }

    /// The document of a text; from the cache if it was there before.
    pub fn get(&self, text: &str, limits: &Limits) -> Result<Arc<Document>, Refusal> {
        if let Some(known) = self.cache.get(text) {
            return Ok(known);
        }
        let document = Arc::new(Document::read(text, limits)?);
        self.cache.insert(text.into(), document.clone());
        Ok(document)
    }
}
