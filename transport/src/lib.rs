//! The outermost shell: what stands between a socket and the graph.
//!
//! Reading order: [`gate`] (what is asked of the hub) → [`limits`] → `engine` (the way of one operation) → `http`,
//! `ws`, `sse` (the three transports) → `serve` (the process).
//!
//! | file | what it keeps |
//! |---|---|
//! | `code` | the closed list of error codes, refusals, the masking of faults |
//! | `gate` | who is this: [`Gate`], [`Admission`], [`Denied`] |
//! | `graph` | any schema behind one pointer |
//! | `contract` | what its SDL promises, read once |
//! | `limits` · `lexer` · `shape` · `introspection` · `tally` · `cost` · `variables` · `document` | what a request may ask, counted before execution |
//! | `validation` | whether a document fits the schema |
//! | `persisted` · `params` · `media` · `body` · `multipart` | what a request says |
//! | `reply` | what is answered |
//! | `compression` | answers in fewer bytes |
//! | `cors` | which pages of other origins may read the answers |
//! | `observe` · `meters` · `probes` · `explorer` | what operators and readers see |
//! | `drain` · `serve` | listening and stopping |
//!
//! Invariant: this crate contains no rule about cities and no SQL; it is compiled without knowing the schema, and tried
//! against a toy schema by `tests/hub/transport`.
//! Invariant: whatever can refuse an operation runs before its execution.

use hansa_core::{base, files, relay};

mod body;
pub mod code;
mod compression;
mod contract;
mod cors;
mod cost;
mod document;
mod drain;
mod engine;
mod explorer;
pub mod gate;
mod graph;
mod http;
mod introspection;
mod lexer;
pub mod limits;
mod media;
mod meters;
mod multipart;
mod observe;
mod params;
mod persisted;
mod probes;
mod reply;
mod response;
mod serve;
mod shape;
mod sse;
mod tally;
mod type_shape;
mod validation;
mod variables;
mod ws;

pub use crate::relay::upload::{Files, ReceivedFile, Upload, sweep};
pub use code::{Code, Refusal, mark, mask};
pub use compression::Compressed;
pub use contract::Contract;
pub use cors::{Origin, cors};
pub use drain::Drain;
pub use engine::Engine;
pub use gate::{Admission, Denied, Gate, RequestHead, Transport, bearer};
pub use graph::Graph;
pub use http::GraphqlEndpoint;
pub use limits::Limits;
pub use meters::Meters;
pub use observe::{Observed, RequestId};
pub use params::Params;
pub use probes::{Check, Readiness};
pub use serve::{Server, routes};
