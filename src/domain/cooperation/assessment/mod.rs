//! An assessment: what one officer thinks of an application, by the criteria of its call.
//!
//! Rules kept here:
//! - an officer of the programme is asked ([`write`]); before they judge they declare whether they have an interest. Who has one, or speaks for the city that applies, does not
//!   assess;
//! - by how many and by which criteria is the call's setting; the assessments of one application keep to the version by which the first was asked for;
//! - verdicts are the assessor's own until all are in: as many as the call wants, and nobody still writing ([`panel`]). Then all of them are revealed at once to the officers, and
//!   nobody else is asked. An officer may reveal fewer, once nobody is writing any more;
//! - the score is reckoned from the verdicts, 0 to 100, and told with one decimal; officers decide, the score does not;
//! - the city that applies learns neither who assesses it nor what they say: it reads the reason of the decision. For the same reason assessments are not searched.
//!
//! Others may use [`Assessment`], [`AssessmentSummary`] and [`summary_of`]. The row stays in this folder.
mod check;
mod fields;
mod import;
mod life;
mod node;
mod panel;
mod read;
mod relations;
mod row;
mod score;
mod summary;
mod write;

pub use node::Assessment;
pub use read::{AssessmentFilter, AssessmentOrder};
pub use summary::{AssessmentSummary, summary_of};
pub use write::Mutation;

use row::Model as Row;

crate::entry!(Assessment, record: import::AssessmentRecord, events: life::EVENTS);
crate::record!(Assessment {
    title: name,
    events: life::events,
    check: check::check,
    paragraphs: ["comment", "interest", "withdrawn_reason"]
});
