//! Exchanges: where cities meet, and where one asks another to learn together.
pub mod interest;
pub mod seminar;
