//! Programmes and cooperation: who invites whom, which cities take part and which are paired, which cities apply, and what a programme announces.
pub mod agreement;
pub mod announcement;
pub mod application;
pub mod assessment;
pub mod assignment;
pub mod call;
pub mod city;
pub mod contact_point;
pub mod obligation;
pub mod pairing;
pub mod programme;
pub mod sharing;
pub mod stated;
