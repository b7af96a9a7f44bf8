//! Reviewing a practice.
use async_graphql::InputObject;

use super::super::{
    Practice, Row,
    life::{APPROVE, BEGIN_REVIEW, RELEASE_REVIEW, RETURN},
    review::{CRITERIA, Finding, Review, Role},
    row::State,
};
use crate::{
    base::text::is_blank,
    domain::{city, pairing, programme},
    kernel::{
        life::{self, LONGEST_REASON},
        prelude::write::*,
    },
};

/// What `beginPracticeReview` takes.
#[derive(Clone, Debug, InputObject)]
pub struct BeginPracticeReviewInput {
    #[graphql(flatten)]
    pub target: Target<Practice>,
}

/// What `releasePracticeReview` takes.
#[derive(Clone, Debug, InputObject)]
pub struct ReleasePracticeReviewInput {
    #[graphql(flatten)]
    pub target: Target<Practice>,
}

/// What `returnPractice` takes.
#[derive(Clone, Debug, InputObject)]
pub struct ReturnPracticeInput {
    #[graphql(flatten)]
    pub target: Target<Practice>,
    /// The version of the original that was judged (`textVersion`): refused where the text is another one by now.
    pub of_version: i64,
    /// Why, 1 to 2,000 characters; whoever may see the practice reads it.
    pub reason: String,
    /// What is said by the criteria, each once at the most.
    #[graphql(default)]
    pub findings: Vec<Finding>,
}

/// What `approvePractice` takes.
#[derive(Clone, Debug, InputObject)]
pub struct ApprovePracticeInput {
    #[graphql(flatten)]
    pub target: Target<Practice>,
    /// The version of the original that was judged (`textVersion`): refused where the text is another one by now.
    pub of_version: i64,
    /// A verdict by each of the criteria; whoever may see the practice reads them.
    pub findings: Vec<Finding>,
}

payload!(PracticeReviewPayload { practice: Practice }, "What the mutations of reviewers answer.", "The practice as it is now.");

impl Command for BeginPracticeReviewInput {
    type Output = Id<Practice>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Practice>> {
        let before: Row = life::begin(tx, &BEGIN_REVIEW, &self.target).await?;
        let reviewer = Some(Id::new(tx.viewer().account()?));
        let state = if before.state == State::Submitted { State::InReview } else { before.state };
        tx.change(&before, Row { reviewer, state, ..before.clone() }, &[]).await?;
        Ok(before.id)
    }
}

impl Command for ReleasePracticeReviewInput {
    type Output = Id<Practice>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Practice>> {
        let before: Row = life::begin(tx, &RELEASE_REVIEW, &self.target).await?;
        let state = if before.state == State::InReview { State::Submitted } else { before.state };
        tx.change(&before, Row { reviewer: None, state, ..before.clone() }, &[]).await?;
        Ok(before.id)
    }
}

/// Each criterion is judged once, with a sentence.
fn judged(findings: &[Finding]) -> Done<Vec<Finding>> {
    for (index, finding) in findings.iter().enumerate() {
        let at = |field: &str| format!("input.findings.{index}.{field}");
        let is_twice = findings[..index].iter().any(|other| other.criterion == finding.criterion);
        refuse_if(is_twice, Code::BadInput, at("criterion"), "This criterion is judged twice.")?;
        refuse_if(is_blank(&finding.sentence), Code::Required, at("sentence"), "Say why, in a sentence.")?;
        let is_long = finding.sentence.chars().count() > LONGEST_REASON;
        refuse_if(is_long, Code::TooLong, at("sentence"), "A sentence of a finding has at most 2,000 characters.")?;
    }
    Ok(findings.iter().map(|finding| Finding { sentence: finding.sentence.trim().to_owned(), ..finding.clone() }).collect())
}

/// Refuses a verdict of another text than there is now.
fn refuse_unread(row: &Row, of_version: i64) -> Done<()> {
    let told = format!("Its text is of version {} now; read it anew, and judge that.", row.text_version);
    refuse_if(of_version != row.text_version, Code::Conflict, "input.ofVersion", told)
}

/// Who sees it once it passed the first of two steps: the people of the programme; where it is shared with a pairing whose cities are not all of the programme, the
/// pairing and the officers as before.
async fn opened(tx: &Tx<'_>, row: &Row) -> Done<Audience> {
    let Some(programme) = row.review_programme else { return Ok(row.audience.clone()) };
    if let Some((Scope::Pairing, pairing)) = row.audience.second() {
        let members = pairing::members(tx, Id::new(pairing)).await?;
        tx.know(&city::PROGRAMMES, &members).await?;
        for member in members {
            if !city::programmes_of(tx, Id::new(member)).await?.contains(&programme.uuid()) {
                return Ok(row.audience.clone());
            }
        }
    }
    Ok(Audience::of(Scope::Programme, programme.uuid()))
}

/// A review of the text as it is now, by whoever asks.
async fn review(tx: &Tx<'_>, row: &Row, is_approval: bool, findings: Vec<Finding>, reason: Option<String>) -> Done<Review> {
    let programmes: Vec<_> = row.review_programme.into_iter().map(Id::uuid).collect();
    // A programme that wants no review any more has what was handed in judged once.
    let steps = programme::reviewing(tx, &programmes).await?.first().map_or(1, |programme| programme.steps);
    let is_officer = programmes.iter().any(|programme| tx.viewer().programmes.contains(programme));
    Ok(Review {
        step: row.review_step + 1,
        steps: steps.max(row.review_step + 1),
        version: row.text_version,
        words: text::word_count(tx, row.id.uuid()).await?,
        words_changed: row.words_changed,
        programme: row.review_programme.map(Id::uuid),
        is_approval,
        findings,
        reason,
        on: tx.now().day(),
        reviewer: tx.viewer().person,
        role: if is_officer { Role::ProgrammeOfficer } else { Role::Administrator },
    })
}

impl Command for ReturnPracticeInput {
    type Output = Id<Practice>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Practice>> {
        let before: Row = life::begin(tx, &RETURN, &self.target).await?;
        refuse_unread(&before, self.of_version)?;
        let reason = life::reason(&self.reason, "returned")?;
        let review = review(tx, &before, false, judged(&self.findings)?, Some(reason)).await?;
        let state = if before.state == State::InReview { State::Returned } else { before.state };
        let mut after = Row { state, ..before.clone() };
        after.end_review();
        after.reviews.0.push(review);
        tx.change(&before, after.derived(), &[]).await?;
        Ok(before.id)
    }
}

impl Command for ApprovePracticeInput {
    type Output = Id<Practice>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Practice>> {
        let before: Row = life::begin(tx, &APPROVE, &self.target).await?;
        refuse_unread(&before, self.of_version)?;
        let findings = judged(&self.findings)?;
        let missing = CRITERIA.into_iter().find(|criterion| findings.iter().all(|finding| finding.criterion != *criterion));
        refuse_if(
            missing.is_some(),
            Code::Required,
            "input.findings",
            "Judge by each of the criteria: relevance, evidence, transferability, clarity.",
        )?;
        let review = review(tx, &before, true, findings, None).await?;
        let is_last = review.step >= review.steps;
        let mut after = Row { reviewer: None, ..before.clone() };
        after.reviews.0.push(review);
        if is_last {
            after.end_review();
            after.words_changed = 0;
        } else {
            (after.review_step, after.submitted_at) = (before.review_step + 1, tx.now());
        }
        match (before.state, is_last) {
            (State::InReview, true) => after.state = State::Approved,
            (State::InReview, false) => {
                after.state = State::Submitted;
                after.audience = opened(tx, &before).await?;
            }
            // What is published stays so.
            _ => {}
        }
        tx.change(&before, after.derived(), &[]).await?;
        Ok(before.id)
    }
}
