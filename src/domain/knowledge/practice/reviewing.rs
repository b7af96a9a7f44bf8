//! Review: where a practice is on its way through it, who may judge it, and what everyone is told. Where a programme of its city wants it, officers judge a practice before
//! it is published, in one step or two by two people.
use async_graphql::{Context, Enum, Object, Result};
use uuid::Uuid;

use super::{
    Row,
    review::{Finding, Review, Role},
    row::{NEVER, State},
};
use crate::{
    access::{Audience, Scope, Viewer, rule},
    base::{Id, Moment},
    domain::person::Person,
    relay::{DateTime, DateValue, Object, context::Asking},
};

/// Whom a step of review opens a practice for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(name = "ReviewOpens")]
pub enum Opens {
    /// The programme's officers and the representatives of its cities.
    Programme,
    /// Everyone, once it is published.
    Public,
}

/// Of how many parts of the words one may change before a practice is reviewed again.
const PARTS_THAT_MAY_CHANGE: i64 = 5;

impl Row {
    /// The last approval by the last step.
    fn approval(&self) -> Option<&Review> {
        self.reviews.iter().rev().find(|review| review.is_approval && review.step >= review.steps)
    }

    /// Whether more than a fifth of the words changed since it was approved by the last step.
    pub(super) fn needs_review(&self) -> bool {
        self.approval().is_some_and(|approval| self.words_changed * PARTS_THAT_MAY_CHANGE > approval.words)
    }

    /// Of two steps both judge the same text: where it changed much since the first, that is passed no more.
    pub(super) fn begin_review_anew(&mut self) {
        let passed = self.reviews.last().filter(|review| review.is_approval && self.review_step > 0);
        if passed.is_some_and(|passed| (self.words_changed - passed.words_changed) * PARTS_THAT_MAY_CHANGE > passed.words) {
            self.review_step = 0;
        }
    }

    /// Whether it may be published though practices are reviewed first: it is approved as it is, or was published before.
    pub(super) fn may_be_published_reviewed(&self) -> bool {
        self.state == State::Approved && !self.needs_review() || self.published_on.is_some()
    }

    /// It waits for no reviewer, and nobody reviews it.
    pub(super) fn end_review(&mut self) {
        (self.review_step, self.reviewer, self.submitted_at) = (0, None, NEVER);
    }

    /// Whether it waits for a reviewer or is being reviewed.
    pub(super) fn is_in_review(&self) -> bool {
        matches!(self.state, State::Submitted | State::InReview) || self.needs_review() && self.state == State::Published
    }

    /// Whether a viewer may review it: an officer of the programme it was handed in to, or an administrator, who speaks not for its city and did not do the step
    /// before.
    pub(super) fn may_be_reviewed_by(&self, viewer: &Viewer) -> bool {
        let is_officer = self.review_programme.is_some_and(|programme| viewer.programmes.contains(&programme.uuid()));
        let is_own = viewer.cities.contains(&self.city.uuid());
        viewer.person.is_some() && (is_officer || viewer.is_administrator) && !is_own && !self.did_step_before(viewer)
    }

    /// Whether a viewer judged the first of two steps, and this is the second.
    pub(super) fn did_step_before(&self, viewer: &Viewer) -> bool {
        let before = self.reviews.last().filter(|_| self.review_step > 0);
        before.is_some_and(|review| review.reviewer.is_some() && review.reviewer == viewer.person)
    }

    /// Whether a viewer reviews it now.
    pub(super) fn is_reviewer(&self, viewer: &Viewer) -> bool {
        self.reviewer.is_some_and(|reviewer| viewer.person == Some(reviewer.uuid()))
    }
}

/// Whether names of reviewers are told to a viewer: to the people of the programme.
fn is_told_names(viewer: &Viewer, programme: Option<Uuid>) -> bool {
    let key = programme.map(|programme| Audience::of(Scope::Programme, programme));
    key.is_some_and(|key| rule::admits(viewer, &key))
}

async fn named(ctx: &Context<'_>, reviewer: Option<Uuid>, programme: Option<Uuid>) -> Result<Option<Object<Person>>> {
    match reviewer.filter(|_| is_told_names(&ctx.viewer(), programme)) {
        Some(reviewer) => Ok(ctx.load(Id::new(reviewer)).await?),
        None => Ok(None),
    }
}

/// A review in the graph.
pub struct PracticeReview {
    review: Review,
    text_version: i64,
}

impl PracticeReview {
    /// Those of a practice, the first first.
    pub(super) fn all(row: &Row) -> Vec<Object<Self>> {
        let review = |review: &Review| Self { review: review.clone(), text_version: row.text_version };
        row.reviews.iter().map(review).map(Object).collect()
    }
}

/// What a reviewer said of one version of a practice's text.
#[Object]
impl PracticeReview {
    /// Which step it was: 1 or 2.
    async fn step(&self) -> i64 {
        self.review.step
    }

    /// Whom this step opens the practice for.
    async fn opens(&self) -> Opens {
        if self.review.step >= self.review.steps { Opens::Public } else { Opens::Programme }
    }

    /// Whether it was approved; else it was returned.
    async fn is_approval(&self) -> bool {
        self.review.is_approval
    }

    /// What was said by each criterion.
    async fn findings(&self) -> &[Finding] {
        &self.review.findings
    }

    /// Why it was returned; null where it was approved.
    async fn reason(&self) -> Option<&str> {
        self.review.reason.as_deref()
    }

    /// The day.
    async fn reviewed_on(&self) -> DateValue {
        DateValue(self.review.on)
    }

    /// The version of the original that was judged.
    async fn of_version(&self) -> i64 {
        self.review.version
    }

    /// Whether the text is newer than this.
    async fn is_outdated(&self) -> bool {
        self.review.version < self.text_version
    }

    /// What the reviewer was.
    async fn role(&self) -> Role {
        self.review.role
    }

    /// Who it was, for the people of the programme; null for others, and where the account is gone.
    async fn reviewer(&self, ctx: &Context<'_>) -> Result<Option<Object<Person>>> {
        named(ctx, self.review.reviewer, self.review.programme).await
    }
}

/// Where a practice is on its way through review.
pub struct ReviewProgress(Row);

impl ReviewProgress {
    /// Of a practice that waits for review or is being reviewed.
    pub(super) fn of(row: &Row) -> Option<Object<Self>> {
        row.is_in_review().then(|| Object(Self(row.clone())))
    }
}

/// Where a practice is on its way through review.
#[Object(name = "PracticeReviewProgress")]
impl ReviewProgress {
    /// The steps that are passed.
    async fn passed_steps(&self) -> i64 {
        self.0.review_step
    }

    /// Since when this step waits; null where what is published was sent back and needs review still.
    async fn since(&self) -> Option<DateTime> {
        (self.0.submitted_at != NEVER).then_some(DateTime(self.0.submitted_at))
    }

    /// For how many whole days; null where `since` is.
    async fn waiting_days(&self, ctx: &Context<'_>) -> Option<i64> {
        (self.0.submitted_at != NEVER).then(|| (ctx.now().0 - self.0.submitted_at.0).max(0) / Moment::DAY)
    }

    /// Whether somebody reviews it now.
    async fn is_taken(&self) -> bool {
        self.0.reviewer.is_some()
    }

    /// Who reviews it, for the people of the programme; null for others, and where nobody does.
    async fn reviewer(&self, ctx: &Context<'_>) -> Result<Option<Object<Person>>> {
        named(ctx, self.0.reviewer.map(Id::uuid), self.0.review_programme.map(Id::uuid)).await
    }

    /// Whether the viewer reviews it.
    async fn is_mine(&self, ctx: &Context<'_>) -> bool {
        self.0.is_reviewer(&ctx.viewer())
    }
}
