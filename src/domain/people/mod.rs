//! People: accounts, roles and tokens.
pub mod person;
