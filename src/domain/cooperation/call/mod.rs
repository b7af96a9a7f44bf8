//! A call of a programme: which cities may apply, when, and by which rules.
//!
//! Rules kept here:
//! - the numbers (18 months of cooperation, 12 until the plan …) belong to the call, not to the code; a change of them is a new version, every version is
//!   kept, and a pairing lives by the one it agreed to ([`versions`]);
//! - what counts how much when its applications are matched is its setting, too ([`weights`]), kept in versions alike, and so is by how many and by which criteria they are assessed ([`assessment_rules`]);
//! - it has two sides or more, or tells none; a city belongs to one ([`side`]);
//! - a day that a source tells only roughly (“late summer 2017”) stays as it was told, with the days it can be at the earliest and at the latest, is found
//!   by overlap and ordered by the earliest;
//! - what its officers waive for a city is kept with its reason, and read by them and that city alone ([`waive`]);
//! - on exact days it opens and closes by itself, each once ([`due`](mod@due)); where a day is not known exactly that is its officers' to do.
//!
//! Others may use [`Call`], [`rules_of`], [`Terms`], [`MatchWeights`], [`due`], [`advance`] and [`reopen`]. The row stays in this folder.
mod assessment_rules;
mod check;
mod decide;
mod due;
mod fields;
mod import;
mod life;
mod node;
mod read;
mod relations;
mod row;
mod rules;
mod search;
mod side;
mod terms;
mod version;
mod versions;
mod waive;
mod waiver;
mod weights;
mod write;

pub use assessment_rules::{AssessmentCriterion, AssessmentRules};
pub use decide::reopen;
pub use due::{advance, due};
pub use import::{note_rules, noted_rules};
pub use node::Call;
pub use read::{CallFilter, CallOrder};
pub use row::{RequiredDocument, State as CallState};
pub use rules::Rules;
pub use side::{CallSide, Side, side_of};
pub use terms::Terms;
pub use waiver::{WaivableRule, Waiver};
pub use weights::MatchWeights;
pub use write::Mutation;

use row::Model as Row;

crate::entry!(Call, docs: search::docs, record: import::CallRecord, events: life::EVENTS);
crate::record!(Call { title: name, events: life::events, check: check::check, paragraphs: ["description", "verbatim", "reason"] });

/// The rules of this version, which a pairing of this call lives by.
pub fn rules_of(call: &Call, version: Option<i64>) -> &Rules {
    call.0.rules_of(version)
}

/// How the applications to this call are assessed by this version, none where it is not kept; by the newest where none is named.
pub fn assessment_rules_of(call: &Call, version: Option<i64>) -> Option<&AssessmentRules> {
    call.0.assessment_rules_of(version)
}

/// The newest rules.
pub fn newest_rules(call: &Call) -> &Rules {
    &call.0.rules
}
