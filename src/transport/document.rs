//! Documents: parsed once, counted for every request, kept for the next one.
//!
//! Invariant: nothing is handed to the engine that was not counted, because the engine walks every spread fragment.
//! Invariant: the cache is bounded by bytes and keyed by the whole text, so no two documents can be confused.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use async_graphql::{
    Variables,
    parser::{
        self, parse_query,
        types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType},
    },
};
use quick_cache::{Weighter, sync::Cache};

use super::{
    code::{Code, Refusal},
    cost, lexer,
    limits::{Limits, count, length},
    shape::Shape,
    tally::Tally,
};

/// A parsed document.
pub struct Document {
    /// As the engine wants it.
    pub parsed: ExecutableDocument,
    weight: u64,
    proven: AtomicBool,
}

impl Document {
    fn read(text: &str, limits: &Limits) -> Result<Self, Refusal> {
        let tokens = lexer::scan(text, limits)?;
        let parsed = parse_query(text).map_err(|error| refuse_parse(&error))?;
        // A parsed token takes about this much memory: measured on introspection and on lists of practices.
        let weight = count(text.len()).saturating_add(tokens.saturating_mul(200));
        Ok(Self { parsed, weight, proven: AtomicBool::new(false) })
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

    /// Counts the whole document and holds it to the limits; answers the tally of `operation`.
    ///
    /// All operations are counted, because validation walks all of them.
    pub fn check(&self, operation: &OperationDefinition, variables: &Variables, shape: &Shape, limits: &Limits) -> Result<Tally, Refusal> {
        hold("fragments", count(self.parsed.fragments.len()), limits.fragments)?;
        let none = Variables::default();
        let (mut own, mut fields, mut aliases, mut directives) = (Tally::default(), 0_u64, 0_u64, 0_u64);
        for (_, each) in self.parsed.operations.iter() {
            let is_own = std::ptr::eq(&each.node, operation);
            let tally = cost::tally(&self.parsed, &each.node, if is_own { variables } else { &none }, shape, limits)?;
            hold("depth", tally.depth, limits.depth)?;
            fields = fields.saturating_add(tally.fields);
            aliases = aliases.saturating_add(tally.aliases);
            directives = directives.saturating_add(tally.directives);
            if is_own {
                own = tally;
            }
        }
        hold("directives", directives, limits.directives)?;
        hold("aliases", aliases, limits.aliases)?;
        hold("fields", fields, limits.fields)?;
        hold("variable_values", own.variable_values, limits.variable_values)?;
        let roots = cost::root_fields(&self.parsed, &operation.selection_set.node, limits.root_fields);
        hold("root_fields", roots, limits.root_fields)?;
        // A rule of the GraphQL specification that the engine does not hold: it would mix the two streams.
        if operation.ty == OperationType::Subscription && roots > 1 {
            let sentence = "A subscription must have exactly one field at its root.";
            return Err(Refusal::of_document(Code::ValidationFailed, sentence));
        }
        Ok(own)
    }

    /// Whether the schema's validation has passed this text before.
    pub fn is_proven(&self) -> bool {
        self.proven.load(Ordering::Relaxed)
    }

    /// Remembers that validation has passed this text.
    pub fn prove(&self) {
        self.proven.store(true, Ordering::Relaxed);
    }
}

/// Refuses a value over its maximum.
pub fn hold(limit: &'static str, value: u64, maximum: u64) -> Result<(), Refusal> {
    if value > maximum { Err(Refusal::limit(limit, value, maximum)) } else { Ok(()) }
}

fn refuse_parse(error: &parser::Error) -> Refusal {
    // The parser quotes the line it fails on, which may be the whole document.
    let message: String = error.to_string().chars().take(500).collect();
    Refusal::of_document(Code::ParseFailed, message).at(error.positions())
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
