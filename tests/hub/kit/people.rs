//! People of the demonstration, by slug; and what their cities hand in.
use serde_json::json;

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

/// An open call, with an application in each of several states: of each city its own people read it, those handed in the officers, too.
pub fn applications() -> String {
    let lines = [
        json!({ "kind": "call", "slug": "quinces", "programme": "iuc-north-america", "name": "Call for quinces", "state": "open", "rules": { "version": 1 },
            "assessment_rules": { "assessors": 2, "criteria": [{ "name": "Taste" }] } }),
        json!({ "kind": "application", "slug": "hamburg-quinces", "call": "quinces", "city": "hamburg", "challenges": [{ "text": "Saure Quitten", "language": "de" }] }),
        json!({ "kind": "application", "slug": "austin-quinces", "call": "quinces", "city": "austin", "state": "submitted" }),
        json!({ "kind": "application", "slug": "bologna-quinces", "call": "quinces", "city": "bologna", "state": "declined", "reason": "Too many medlars." }),
        json!({ "kind": "application", "slug": "lyon-quinces", "call": "quinces", "city": "lyon", "state": "reserve", "reserve_position": 1 }),
        json!({ "kind": "assignment", "slug": "quinces-assigned", "call": "quinces", "programme": "iuc-north-america", "name": "Call for quinces", "state": "draft", "left": "west", "right": "east",
            "weights_version": 1, "alone": [{ "application": "austin-quinces", "is_left": true, "sentence": "Austin stays alone." }] }),
        json!({ "kind": "assessment", "slug": "austin-quinces-assessed", "application": "austin-quinces", "assessor": "oona-officer", "state": "submitted", "verdicts": [{ "criterion": "Taste", "points": 4 }] }),
        json!({ "kind": "document", "slug": "austin-quince-plan", "title": "Plan for quinces", "about": "application:austin-quinces", "text": "A plan." }),
    ];
    lines.iter().map(|line| format!("{line}\n")).collect()
}
