//! The layout of the index: which fields there are, how a [`SearchDoc`] becomes a stored document, and back.
//!
//! A field a language holds its stemmed words and their places, so that each language has its own frequencies and lengths; titles are there and once more in a
//! field of their own. One field has every word unstemmed: see `vocabulary_terms`; one has phrases: see `analysis::phrases`; one the names of values: see
//! `filter_name_terms`; one what each thing itself is called: see `own_name_terms`. There is no field of all words of all languages: a query is tried in every language, so it would find nothing more (and ranked nothing better,
//! measured). Values to filter by are columns; texts are stored for snippets and suggestions only.
//!
//! Invariant: [`LAYOUT`] is raised with every change of what is written: here, in `vocabulary_terms`, `filter_name_terms` and `own_name_terms`, in `analysis`, and in what things tell of themselves; an index of another layout is rebuilt.

use std::collections::HashMap;

use parking_lot::Mutex;
use tantivy::schema::{Field, IndexRecordOption, Schema, SchemaBuilder, TextFieldIndexing, TextOptions, Value};
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};
use tantivy::{TantivyDocument, Term};

use super::filter_name_terms;
use super::own_name_terms;
use super::vocabulary_terms::VocabularyTerms;
use crate::analysis::{Analyzer, EdgeNgrams, FoldedText, Phrases, PreanalyzedTerms, Slot};
use crate::contract::{Dimension, DocKey, SearchDoc, SearchText};

/// The version of everything that is written to disk.
pub const LAYOUT: u32 = 10;
pub const AUDIENCE: &str = "audience";
pub const ID_HIGH: &str = "id_high";
pub const ID_LOW: &str = "id_low";
pub const LATITUDE: &str = "latitude";
pub const LONGITUDE: &str = "longitude";
pub const DATE: &str = "date";
pub const WEIGHT: &str = "weight";

/// The schema with its fields at hand.
pub struct Fields {
    pub schema: Schema,
    key: Field,
    slots: Vec<Field>,
    pub edge_ngrams: Field,
    pub vocabulary: Field,
    pub phrases: Field,
    pub filter_names: Field,
    pub own_names: Field,
    dimensions: Vec<Field>,
    audience: Field,
    id_high: Field,
    id_low: Field,
    latitude: Field,
    longitude: Field,
    date: Field,
    weight: Field,
    stored: Stored,
    /// Kept with the schema, as they remember the stems of the words they met: texts repeat them, and the engine's own tokenizers forget with each segment.
    analyzers: Mutex<HashMap<Slot, Analyzer>>,
}

struct Stored {
    language: Field,
    is_original: Field,
    title: Field,
    summary: Field,
    body: Field,
    name: Field,
}

const EDGE_NGRAMS: &str = "beginnings";
const PREANALYZED: &str = "lines";

impl Fields {
    pub fn new() -> Fields {
        let mut schema = Schema::builder();
        let key = schema.add_text_field("key", indexed("raw", IndexRecordOption::Basic, false));
        let slots = Slot::all()
            .map(|slot| {
                // Phrases are looked for in the texts, which hold the titles, too.
                let option = if slot.is_title() { IndexRecordOption::WithFreqs } else { IndexRecordOption::WithFreqsAndPositions };
                schema.add_text_field(&slot.name(), indexed(PREANALYZED, option, true))
            })
            .collect();
        let vocabulary = schema.add_text_field("vocabulary", indexed(PREANALYZED, IndexRecordOption::Basic, false));
        let phrases = schema.add_text_field("phrases", indexed(PREANALYZED, IndexRecordOption::Basic, false));
        let filter_names = schema.add_text_field("named", indexed("raw", IndexRecordOption::Basic, false));
        let own_names = schema.add_text_field("own_names", indexed("raw", IndexRecordOption::Basic, false));
        let edge_ngrams = schema.add_text_field(EDGE_NGRAMS, indexed(EDGE_NGRAMS, IndexRecordOption::Basic, true));
        let column = |schema: &mut SchemaBuilder, name: &str| schema.add_text_field(name, TextOptions::default().set_fast("raw"));
        let dimensions = Dimension::ALL.iter().map(|dimension| column(&mut schema, dimension.column())).collect();
        let audience = column(&mut schema, AUDIENCE);
        let stored = Stored {
            language: schema.add_text_field("stored_language", tantivy::schema::STORED),
            is_original: schema.add_bool_field("stored_is_original", tantivy::schema::STORED),
            title: schema.add_text_field("stored_title", tantivy::schema::STORED),
            summary: schema.add_text_field("stored_summary", tantivy::schema::STORED),
            body: schema.add_text_field("stored_body", tantivy::schema::STORED),
            name: schema.add_text_field("stored_name", tantivy::schema::STORED),
        };
        let id_high = schema.add_u64_field(ID_HIGH, tantivy::schema::FAST);
        let id_low = schema.add_u64_field(ID_LOW, tantivy::schema::FAST);
        let latitude = schema.add_f64_field(LATITUDE, tantivy::schema::FAST);
        let longitude = schema.add_f64_field(LONGITUDE, tantivy::schema::FAST);
        let date = schema.add_i64_field(DATE, tantivy::schema::FAST);
        let weight = schema.add_f64_field(WEIGHT, tantivy::schema::FAST);
        Fields {
            schema: schema.build(),
            key,
            slots,
            edge_ngrams,
            vocabulary,
            phrases,
            filter_names,
            own_names,
            dimensions,
            audience,
            id_high,
            id_low,
            latitude,
            longitude,
            date,
            weight,
            stored,
            analyzers: Mutex::default(),
        }
    }

    pub fn tokenizers() -> TokenizerManager {
        let tokenizers = TokenizerManager::default();
        tokenizers.register(PREANALYZED, TextAnalyzer::from(PreanalyzedTerms::default()));
        tokenizers.register(EDGE_NGRAMS, TextAnalyzer::from(EdgeNgrams::default()));
        tokenizers
    }

    pub fn slot(&self, slot: Slot) -> Field {
        self.slots[slot.index()]
    }

    /// The term that names a document, for replacing it.
    pub fn key_term(&self, key: &DocKey) -> Term {
        Term::from_field_text(self.key, &format!("{}/{}", key.kind, key.id))
    }

    pub fn document(&self, doc: &SearchDoc) -> TantivyDocument {
        let mut out = TantivyDocument::new();
        out.add_text(self.key, format!("{}/{}", doc.key.kind, doc.key.id));
        let (high, low) = doc.key.id.as_u64_pair();
        out.add_u64(self.id_high, high);
        out.add_u64(self.id_low, low);
        out.add_text(self.audience, &doc.audience);
        out.add_i64(self.date, doc.date);
        out.add_f64(self.weight, f64::from(doc.weight));
        if let Some(point) = doc.point.filter(|point| point.latitude.is_finite() && point.longitude.is_finite()) {
            out.add_f64(self.latitude, point.latitude);
            out.add_f64(self.longitude, point.longitude);
        }
        for (dimension, field) in Dimension::ALL.into_iter().zip(&self.dimensions) {
            for value in dimension.values(doc) {
                out.add_text(*field, value);
            }
        }
        let (mut words, mut phrases) = (VocabularyTerms::default(), Phrases::default());
        let analyze = |slot: Slot, text: &str, folded: &FoldedText| {
            self.analyzers.lock().entry(slot).or_insert_with(|| Analyzer::new(slot)).analyze(text, folded)
        };
        for text in &doc.texts {
            let slot = Slot::of(&text.language);
            let parts = [&text.title, &text.summary, &text.body];
            let folded = parts.map(|part| FoldedText::of(part));
            let [title, summary, body] = &folded;
            phrases.add(slot, title, summary, body);
            let terms = [0, 1, 2].map(|at| analyze(slot, parts[at], &folded[at]));
            if let Some(titles) = slot.title() {
                out.add_text(self.slot(titles), &terms[0]);
            }
            for (folded, terms) in folded.iter().zip(terms) {
                words.add(slot, folded);
                out.add_text(self.slot(slot), terms);
            }
            out.add_text(self.stored.language, &text.language);
            out.add_bool(self.stored.is_original, text.is_original);
            out.add_text(self.stored.title, &text.title);
            out.add_text(self.stored.summary, &text.summary);
            out.add_text(self.stored.body, &text.body);
            out.add_text(self.edge_ngrams, &text.title);
        }
        for name in &doc.names {
            let folded = FoldedText::of(name);
            out.add_text(self.slot(Slot::NAMES), analyze(Slot::NAMES, name, &folded));
            words.add(Slot::NAMES, &folded);
            out.add_text(self.stored.name, name);
            out.add_text(self.edge_ngrams, name);
        }
        for term in filter_name_terms::terms(doc) {
            out.add_text(self.filter_names, term);
        }
        for term in own_name_terms::terms(doc) {
            out.add_text(self.own_names, term);
        }
        out.add_text(self.vocabulary, words.into_lines());
        out.add_text(self.phrases, phrases.into_lines());
        out
    }

    /// The texts of a stored document, in the order in which they came.
    pub fn texts(&self, stored: &TantivyDocument) -> Vec<SearchText> {
        let texts = |field| stored.get_all(field).filter_map(|value| value.as_str().map(str::to_owned));
        texts(self.stored.language)
            .zip(stored.get_all(self.stored.is_original).map(|value| value.as_bool().unwrap_or_default()))
            .zip(texts(self.stored.title))
            .zip(texts(self.stored.summary))
            .zip(texts(self.stored.body))
            .map(|((((language, is_original), title), summary), body)| SearchText { language, is_original, title, summary, body })
            .collect()
    }

    /// The names and titles of a stored document, names first.
    pub fn names_and_titles(&self, stored: &TantivyDocument) -> Vec<(String, Option<String>)> {
        let texts = |field| stored.get_all(field).filter_map(|value| value.as_str().map(str::to_owned));
        let names = texts(self.stored.name).map(|name| (name, None));
        let titles = texts(self.stored.title).zip(texts(self.stored.language)).map(|(title, language)| (title, Some(language)));
        names.chain(titles).collect()
    }
}

fn indexed(tokenizer: &str, option: IndexRecordOption, has_lengths: bool) -> TextOptions {
    TextOptions::default()
        .set_indexing_options(TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option).set_fieldnorms(has_lengths))
}
