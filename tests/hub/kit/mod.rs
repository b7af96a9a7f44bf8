//! A real hub for each test: its own database, index and followers, in one process with the test.
//!
//! Every test runs on SQLite; where a PostgreSQL is at hand it runs there as well. `HANSA_TEST_POSTGRES` names one
//! (`postgres://user@host:port/database`); without it the usual local one is tried.
mod ambient;
mod backend;
mod bucket;
pub mod clients;
mod cluster;
mod hub;
pub mod listener;
pub mod matching;
pub mod people;
mod post_office;
mod program;
mod receiver;
mod wire;

pub use backend::{Backend, both, create, drop_database};
pub use bucket::Bucket;
pub use cluster::Cluster;
pub use hub::{Answer, TestHub, eventually, on_both};
pub use post_office::{Mail, PostOffice};
pub use program::Served;
pub use receiver::{Received, Receiver};
pub use wire::Wire;
