//! People of the demonstration, by slug.

pub const ADMINISTRATOR: &str = "ada-admin";
/// An officer of the first programme.
pub const OFFICER: &str = "oona-officer";
/// A representative of Hamburg.
pub const HAMBURG: &str = "jens-hamburg";
/// Another one.
pub const HAMBURG_TOO: &str = "wiebke-hamburg";
/// A representative of Austin.
pub const AUSTIN: &str = "dale-austin";
/// A stakeholder of the pairing of Guadalajara and Hamburg.
pub const STAKEHOLDER: &str = "tomas-stakeholder";
/// Somebody with an account and no role.
pub const READER: &str = "robin-reader";
/// A representative of Bologna, Austin's partner.
pub const BOLOGNA: &str = "carla-bologna";
/// A representative of Lyon.
pub const LYON: &str = "solene-lyon";
