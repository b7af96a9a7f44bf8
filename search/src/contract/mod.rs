//! What goes into the index and what comes out of it: documents, requests, responses, errors.
//!
//! Nothing here knows the engine but the error that it may give. Other folders see search through these types and [`SearchIndex`](super::SearchIndex) alone.
//!
//! Reading order: [`document`](SearchDoc) what is indexed, `dimension` what it is filtered and counted by, `geo` where it is, `order`, [`request`](SearchRequest) and
//! [`response`](SearchResponse), `cursor` how one page leads to the next, `error`.

mod cursor;
mod dimension;
mod document;
mod error;
mod geo;
mod order;
mod request;
mod response;

pub use cursor::Cursor;
pub use dimension::Dimension;
pub use document::{DocKey, PARTY, SearchDoc, SearchText};
pub use error::{Result, SearchError};
pub use geo::{Circle, Near, Point, is_sound, kilometres};
pub use order::Order;
pub use request::{Filter, Page, SearchRequest, SuggestRequest};
pub use response::{
    Clause, ClauseKind, Contribution, Explanation, FacetValue, Facets, Factors, FoundIn, Fragment, Hit, Interpretation, LanguageGuess,
    Reading, SearchResponse, Snippet, SnippetField, Suggestion, SuggestionSource, Warning,
};
