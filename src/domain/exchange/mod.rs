//! Exchanges: where cities meet.
pub mod seminar;
