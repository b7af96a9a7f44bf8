//! What the hub is built on; it names no kind and knows of no programme, city or practice.
//!
//! | folder | what |
//! |---|---|
//! | [`base`] | ids, time, errors, languages, dates; no I/O |
//! | [`access`] | who may see and do what: pure functions |
//! | [`files`] | documents' bytes in a folder or a bucket, once per content |
//! | [`store`] | the only SQL kernel: reader, writer, the log, key-set paging |
//! | [`relay`] | GraphQL manners: connections, batched loading, payloads, scalars |
//! | [`kernel`] | what every kind is made of, as data with one reader each |
//!
//! Each looks left only: `base < access < files < store < relay < kernel`. The hub hands all of it on under the same names, the macros of declarations among it.
pub mod base;

pub mod access;

pub mod files;

pub mod store;

pub use hansa_search as search;

pub mod relay;

pub mod kernel;
