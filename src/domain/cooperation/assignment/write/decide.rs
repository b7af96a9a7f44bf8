//! A call is decided by an assignment: pairings are made, and each city is told what became of it, all at once or not at all.
use std::collections::HashMap;

use async_graphql::{ID, InputObject};
use uuid::Uuid;

use super::super::{Assignment, Row, row::State};
use crate::{
    base::text::{is_blank, listed},
    domain::{
        application::{self, Application, Ruling, Waiting},
        call::Terms,
        pairing,
    },
    kernel::{
        Living,
        life::{LONGEST_REASON, State as _},
        prelude::write::*,
    },
};

/// A reason for one application.
#[derive(Clone, Debug, InputObject)]
pub struct ApplicationReasonInput {
    /// The application.
    pub application: ID,
    /// Why it was decided so, 1 to 2,000 characters; its city reads it and no other.
    pub reason: String,
}

/// By which assignment a call is decided, and what cities are told.
#[derive(Clone, Debug, Default, InputObject)]
pub struct AssignmentDecision {
    /// The assignment, a draft: its pairings are made, both cities of each are selected and matched, and all others of its two sides are put on the reserve list or
    /// declined; those that opted out of matching are decided on one by one before. Refused, with names, where an application or the weights changed since it was reckoned. Where not given every application was decided by hand.
    pub assignment: Option<ID>,
    /// The version of the assignment that was seen; another one is `CONFLICT`.
    pub assignment_version: Option<i32>,
    /// Applications without a partner that are put on the reserve list, in this order. The others without one are declined.
    #[graphql(default)]
    pub reserve: Vec<ID>,
    /// Why, for all without a partner who have no reason of their own in `reasons`: up to 2,000 characters.
    pub reason: Option<String>,
    /// Reasons for single applications.
    #[graphql(default)]
    pub reasons: Vec<ApplicationReasonInput>,
}

/// A reason that a city is to read.
fn told(reason: &str, path: &str) -> Done<String> {
    let reason = reason.trim();
    refuse_if(is_blank(reason), Code::Required, path, "Say why it was decided so.")?;
    refuse_if(reason.chars().count() > LONGEST_REASON, Code::TooLong, path, "A reason has at most 2,000 characters.")?;
    Ok(reason.to_owned())
}

impl AssignmentDecision {
    /// The assignment, where one is named.
    pub fn assignment(&self) -> Done<Option<Id<Assignment>>> {
        let found = refs::given::<Assignment>(self.assignment.as_ref(), "input.assignment")?;
        let is_told = !self.reserve.is_empty() || self.reason.is_some() || !self.reasons.is_empty() || self.assignment_version.is_some();
        let message = "Name the assignment that this is told of; without one each application was decided before.";
        refuse_if(found.is_none() && is_told, Code::Required, "input.assignment", message)?;
        Ok(found)
    }

    /// The places on the reserve list.
    fn places(&self, paired: &[Uuid], waiting: &[Waiting]) -> Done<HashMap<Uuid, i64>> {
        let mut places = HashMap::new();
        for (index, id) in self.reserve.iter().enumerate() {
            let path = format!("input.reserve.{index}");
            let id = Id::<Application>::parse(id, &path)?.uuid();
            let is_alone = !paired.contains(&id) && waiting.iter().any(|one| one.id().uuid() == id);
            refuse_if(!is_alone, Code::BadInput, &path, "It is none of those without a partner.")?;
            let place = i64::try_from(places.len()).unwrap_or_default() + 1;
            refuse_if(places.insert(id, place).is_some(), Code::BadInput, &path, "It is named twice; an application has one place.")?;
        }
        Ok(places)
    }

    /// What each application's city is told, where it is told something of its own.
    fn own_reasons(&self, part: &[Uuid]) -> Done<HashMap<Uuid, String>> {
        let mut reasons = HashMap::new();
        for (index, told_of) in self.reasons.iter().enumerate() {
            let path = format!("input.reasons.{index}");
            let id = Id::<Application>::parse(&told_of.application, &format!("{path}.application"))?.uuid();
            refuse_if(!part.contains(&id), Code::BadInput, format!("{path}.application"), "It is none of this assignment.")?;
            reasons.insert(id, told(&told_of.reason, &format!("{path}.reason"))?);
        }
        Ok(reasons)
    }

    /// What is decided on each of those that wait, with its reason.
    fn rulings(&self, row: &Row, waiting: Vec<Waiting>) -> Done<Vec<(Waiting, Ruling, Option<String>)>> {
        let paired = row.outcome.paired();
        let places = self.places(&paired, &waiting)?;
        let mut own = self.own_reasons(&waiting.iter().map(|one| one.id().uuid()).collect::<Vec<_>>())?;
        let all = self.reason.as_deref().map(|reason| told(reason, "input.reason")).transpose()?;
        let mut untold = Vec::new();
        let mut rulings = Vec::with_capacity(waiting.len());
        for one in waiting {
            let id = one.id().uuid();
            let ruling = match places.get(&id) {
                _ if paired.contains(&id) => Ruling::Matched,
                Some(place) => Ruling::Reserved(*place),
                None => Ruling::Declined,
            };
            let reason = own.remove(&id).or_else(|| all.clone().filter(|_| ruling != Ruling::Matched));
            if reason.is_none() && ruling != Ruling::Matched {
                untold.push(one.name().to_owned());
            }
            rulings.push((one, ruling, reason));
        }
        let message = format!("Say why {} have no partner: for all of them in “reason”, or for each in “reasons”.", listed(&untold));
        refuse_if(!untold.is_empty(), Code::Required, "input.reason", message)?;
        Ok(rulings)
    }
}

/// Decides on all applications of an assignment of this call, which the transaction holds.
pub async fn decide(tx: &mut Tx<'_>, terms: &Terms, assignment: Id<Assignment>, decision: &AssignmentDecision) -> Done<()> {
    let before: Row = tx.locked(assignment, "input.assignment").await?;
    let refuse_where = |condition: bool, code: Code, message: String| refuse_if(condition, code, "input.assignment", message);
    refuse_where(before.call != terms.id(), Code::BadInput, "It is an assignment of another call.".to_owned())?;
    refuse_where(before.state != State::Draft, Code::WrongState, format!("It is {}; a call is decided by a draft.", before.state.word()))?;
    let is_seen = decision.assignment_version.is_none_or(|version| i64::from(version) == before.version);
    let message = format!("It was changed in between: its version is {}; read it again and decide.", before.version);
    refuse_if(!is_seen, Code::Conflict, "input.assignmentVersion", message)?;
    refuse_where(!before.outcome.breaches.is_empty(), Code::WrongState, before.outcome.breaches.join(" "))?;
    let newest = terms.weights().version;
    let message = format!(
        "It was reckoned by version {} of the weights; the newest is {newest}. `updateAssignment` reckons anew.",
        before.weights_version
    );
    refuse_where(before.weights_version != newest, Code::Conflict, message)?;
    let waiting = application::waiting(tx, terms.id()).await?;
    refuse_stale(tx, &before, &waiting).await?;
    let rulings = decision.rulings(&before, waiting)?;
    let city = |id: Uuid| rulings.iter().find(|(one, ..)| one.id().uuid() == id).map(|(one, ..)| one.city().uuid());
    let pairs = before.outcome.pairs.iter().filter_map(|pair| Some((city(pair.tie.left)?, city(pair.tie.right)?)));
    let pairs: Vec<(Uuid, Uuid)> = pairs.collect();
    let pairings = pairing::bring_together(tx, terms, &pairs).await?;
    application::settle(tx, rulings).await?;
    let mut after = Row { decided_on: Some(Json(tx.now().day())), ..before.clone() };
    after.enter(State::Decided);
    for (pair, pairing) in after.outcome.0.pairs.iter_mut().zip(pairings) {
        pair.pairing = Some(pairing.uuid());
    }
    tx.change(&before, after, &[]).await?;
    Ok(())
}

/// Refuses, with names, an assignment that is not of what waits now; and a call in which others wait, too.
async fn refuse_stale(tx: &Tx<'_>, row: &Row, waiting: &[Waiting]) -> Done<()> {
    let (part, sides) = (row.outcome.applications(), [row.settings.left.as_str(), row.settings.right.as_str()]);
    let names =
        |such: &dyn Fn(&Waiting) -> bool| waiting.iter().filter(|one| such(one)).map(|one| one.name().to_owned()).collect::<Vec<_>>();
    let is_part = |one: &Waiting| part.contains(&one.id().uuid());
    let gone: Vec<Uuid> = part.iter().copied().filter(|id| waiting.iter().all(|one| one.id().uuid() != *id)).collect();
    let is_other_version = |one: &Waiting| row.versions.get(&one.id().uuid()).is_some_and(|version| *version != one.version());
    let changes = [
        (application::names(tx, &gone).await?, "taken back, or decided otherwise"),
        (names(&|one| is_part(one) && !one.is_sought(sides)), "kept out of matching"),
        (names(&|one| is_part(one) && one.is_sought(sides) && is_other_version(one)), "changed"),
        (names(&|one| !is_part(one) && one.is_sought(sides)), "handed in"),
    ];
    let told: Vec<String> =
        changes.iter().filter(|(names, _)| !names.is_empty()).map(|(names, what)| format!("{what}: {}", listed(names))).collect();
    let message = format!("Since it was reckoned applications were {}. `updateAssignment` reckons anew.", told.join("; "));
    refuse_if(!told.is_empty(), Code::Conflict, "input.assignment", message)?;
    let others = names(&|one| !is_part(one));
    let message = format!("Beside the assignment these wait for a decision: {}. Select, reserve or decline each first.", listed(&others));
    refuse_if(!others.is_empty(), Code::WrongState, "input.id", message)
}
