//! People and organisations: accounts, roles and tokens; organisations and what they take part in.
pub mod involvement;
pub mod organisation;
pub mod person;
