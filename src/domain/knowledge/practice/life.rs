//! What may be done to a practice, and what is told of it.
use async_graphql::Context;

use super::{
    Practice, Row,
    row::State::{self, Approved, Draft, InReview, Published, Returned, Submitted, Withdrawn},
};
use crate::{
    access::{Viewer, rule},
    base::Result,
    domain::{city, programme::Programme},
    kernel::prelude::life::*,
    relay::context::Asking,
};

events!(
    DRAFTED = "practiceDrafted" Added "A practice was begun as a draft.",
    SUBMITTED = "practiceSubmitted" Added "A practice was handed in.",
    REVIEW_BEGUN = "practiceReviewBegun" Changed "Somebody began to review a practice.",
    REVIEW_RELEASED = "practiceReviewReleased" Changed "Somebody reviews a practice no longer, and it waits for another.",
    STEP_PASSED = "practiceStepPassed" Changed "A practice passed a step of review, and another one follows.",
    RETURNED = "practiceReturned" Changed "A practice was sent back.",
    APPROVED = "practiceApproved" Changed "A practice was approved.",
    REVIEW_DUE = "practiceReviewDue" Changed "So much of a practice changed since it was approved that it is to be reviewed again.",
    PUBLISHED = "practicePublished" Published "A practice was published.",
    REVISED = "practiceRevised" Changed "A practice changed.",
    WITHDRAWN = "practiceWithdrawn" Withdrawn "A practice was withdrawn.",
    PARTNERS_SOUGHT = "partnersSought" Changed "A city seeks partner cities for a practice, or told otherwise for how many and until when.",
    PARTNERS_SOUGHT_NO_MORE = "partnersSoughtNoMore" Changed "A city seeks no more partner cities for a practice.",
);

/// Every state but the last: a tombstone does not change.
const STANDING: &[State] = &[Draft, Submitted, InReview, Returned, Approved, Published];

pub static UPDATE: Move<Row> = Move::keeps("update", "changed", STANDING, Act::Write, "Change what it says and is linked to.");
pub static TRANSLATE: Move<Row> = Move::keeps("translate", "translated", STANDING, Act::Write, "Add or replace a translation.");
pub static SUBMIT: Move<Row> = Move::to(
    "submit",
    "handed in",
    &[Draft, Returned, Approved],
    Submitted,
    Act::Write,
    &SUBMITTED,
    "Hand it in for review to a programme that wants it: `submitPractice`.",
)
.only_where(|row, _| row.state != Approved || row.needs_review(), "It is approved; publish it (`publishPractice`).");
/// For officers of the programme: see `permits`.
const REVIEW: Act = Act::Govern;
/// For its reviewer: see `permits`.
const JUDGE: Act = Act::Join;
pub static BEGIN_REVIEW: Move<Row> =
    Move::<Row>::keeps("begin_review", "taken for review", &[Submitted, Published], REVIEW, "Begin to review it: `beginPracticeReview`.")
        .only_where(|row, _| row.is_in_review(), "It was reviewed as it is.")
        .only_where(|row, _| row.reviewer.is_none(), "Somebody reviews it already.");
pub static RELEASE_REVIEW: Move<Row> = Move::<Row>::keeps(
    "release_review",
    "given back",
    &[InReview, Published],
    REVIEW,
    "Have somebody else review it: `releasePracticeReview`.",
)
.only_where(|row, _| row.reviewer.is_some(), "Nobody reviews it.");
pub static APPROVE: Move<Row> = Move::<Row>::keeps(
    "approve",
    "approved",
    &[InReview, Published],
    JUDGE,
    "Approve it, with a verdict by each criterion: `approvePractice`.",
)
.only_where(|row, _| row.reviewer.is_some(), "Nobody reviews it.");
pub static RETURN: Move<Row> =
    Move::<Row>::keeps("return", "returned", &[InReview, Published], JUDGE, "Send it back, with a reason: `returnPractice`.")
        .only_where(|row, _| row.reviewer.is_some(), "Nobody reviews it.");
pub static PUBLISH: Move<Row> = Move::to(
    "publish",
    "published",
    STANDING,
    Published,
    Act::WriteOrGovern,
    &PUBLISHED,
    "Publish it: everyone sees it from then on. Where a programme of its city reviews practices it is approved before.",
)
.only_where(|row, _| row.state != Published || !row.audience.is_public(), "It is published already.");
pub static WITHDRAW: Move<Row> =
    Move::to("withdraw", "withdrawn", STANDING, Withdrawn, Act::Write, &WITHDRAWN, "Take it back; a tombstone with the reason remains.");

pub static SEEK_PARTNERS: Move<Row> = Move::keeps(
    "seek_partners",
    "said to seek partners",
    &[Published],
    Act::Write,
    "Say that the city seeks partner cities for it, for how many and until when.",
);
pub static STOP_SEEKING_PARTNERS: Move<Row> = Move::keeps(
    "stop_seeking_partners",
    "said to seek no more partners",
    &[Published],
    Act::Write,
    "Say that the city seeks no more partner cities for it; those that were accepted stay.",
)
.only_where(|row, _| row.seeks_places.is_some(), "It seeks no partners.");

pub static USE_BUILDING_BLOCKS: Move<Row> = Move::keeps(
    "use_building_blocks",
    "said to use building blocks of others",
    STANDING,
    Act::Write,
    "Say which building blocks of other practices it uses.",
);

living!(Row in State = |row| row.state, [UPDATE, TRANSLATE, SUBMIT, BEGIN_REVIEW, RELEASE_REVIEW, RETURN, APPROVE, PUBLISH, SEEK_PARTNERS, STOP_SEEKING_PARTNERS, USE_BUILDING_BLOCKS, WITHDRAW],
    enters: |row, state| row.state = state,
    owners: |row| Owners::of_cities([row.city.uuid()]),
    permits: |row, viewer, right| match right {
        REVIEW => row.may_be_reviewed_by(viewer),
        JUDGE => row.is_reviewer(viewer) && row.may_be_reviewed_by(viewer),
        right => rule::may(viewer, right, &row.owners()),
    },
    unpermitted: unpermitted,
    forbidden: forbidden,
);

/// Why somebody who might review does not.
fn unpermitted(row: &Row, viewer: &Viewer, right: Act) -> Option<&'static str> {
    match right {
        REVIEW | JUDGE if viewer.cities.contains(&row.city.uuid()) => Some("Nobody reviews what their own city hands in."),
        JUDGE if !row.is_reviewer(viewer) => {
            Some("Somebody else judges this, or nobody began to; ask `review`, and begin with `beginPracticeReview`.")
        }
        REVIEW | JUDGE if row.did_step_before(viewer) => Some("You judged the step before; this one is somebody else's."),
        REVIEW => Some("Officers of the programme that it was handed in to review it, and administrators."),
        _ => None,
    }
}

/// Whether a programme of its city reviews practices decides whether it is handed in or published.
async fn forbidden(row: &Row, ctx: &Context<'_>, open: &[&'static str]) -> Result<Vec<&'static str>> {
    if !open.contains(&SUBMIT.act) && !open.contains(&PUBLISH.act) {
        return Ok(Vec::new());
    }
    let programmes = ctx.joined::<Programme>(&city::PROGRAMMES, row.city.uuid()).await?;
    let is_reviewed = programmes.iter().any(|programme| programme.0.review_steps() > 0);
    Ok(match is_reviewed {
        false => vec![SUBMIT.act],
        true if row.may_be_published_reviewed() => Vec::new(),
        true => vec![PUBLISH.act],
    })
}

/// The events of one save.
pub(super) fn events(before: Option<&Row>, after: &Row) -> Vec<&'static EventType> {
    let is_translation = text::is_translation::<Practice>(before, after);
    let seeks = |row: &Row| (row.seeks_places, row.seeks_until.clone(), row.seeks_note.clone());
    if before.is_some_and(|before| before.state == after.state && seeks(before) != seeks(after)) {
        return vec![if after.seeks_places.is_some() { &PARTNERS_SOUGHT } else { &PARTNERS_SOUGHT_NO_MORE }];
    }
    if let Some(judged) = before.filter(|before| before.reviews.len() < after.reviews.len()).and(after.reviews.last()) {
        return vec![match (judged.is_approval, judged.step < judged.steps) {
            (false, _) => &RETURNED,
            (true, true) => &STEP_PASSED,
            (true, false) => &APPROVED,
        }];
    }
    if before.is_some_and(|before| before.reviewer.is_none() && after.reviewer.is_some()) {
        return vec![&REVIEW_BEGUN];
    }
    if before.is_some_and(|before| before.reviewer.is_some() && after.reviewer.is_none()) && after.is_in_review() {
        return vec![&REVIEW_RELEASED];
    }
    if before.is_some_and(|before| before.state == after.state && !before.is_review_due && after.is_review_due) {
        return vec![&REVISED, &REVIEW_DUE];
    }
    match (before.map(|before| before.state), after.state) {
        (Some(before), Submitted) if before != Submitted => vec![&SUBMITTED],
        // Told by a record.
        (Some(before), Returned) if before != Returned => vec![&RETURNED],
        (Some(before), Approved) if before != Approved => vec![&APPROVED],
        (None, state) if state != Published => vec![&DRAFTED],
        _ => life::events(before, after, &DRAFTED, &REVISED, is_translation),
    }
}
