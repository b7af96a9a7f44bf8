//! Deriving the obligations of pairings, and saving what differs.
use std::collections::{BTreeMap, HashMap};

use hansa_obligations as law;
use jiff::civil::Date;
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::{
    Obligation, Row,
    facts::Known,
    row::{self, CITIES, NEVER, ObligationKind, ObligationLight, ObligationState, Reached},
};
use crate::{
    access::{Audience, Owners},
    base::{Id, Moment, Result},
    domain::pairing::{self, Party, Promise, party_of},
    store::{Json, Links, Tx},
};

/// Derives the obligations of these pairings as they stand today, in one transaction with whatever changed them: however many there are, they are read by few
/// statements.
pub async fn derive(tx: &mut Tx<'_>, pairings: &[Uuid]) -> Result<()> {
    if pairings.is_empty() {
        return Ok(());
    }
    // What this transaction made is to be read, too.
    tx.insert_pending().await?;
    let promises = pairing::promises_of(tx, pairings).await?;
    let known = Known::of(tx, &promises).await?;
    let there = tx.every::<row::Entity>().filter(row::Column::Pairing.is_in(pairings.iter().copied()));
    let mut rows: HashMap<Uuid, Vec<Row>> = HashMap::new();
    let mut ids = Vec::new();
    for row in tx.all(there).await? {
        ids.push(row.id.uuid());
        rows.entry(row.pairing.uuid()).or_default().push(row);
    }
    tx.know(&CITIES, &ids).await?;
    let mut again: BTreeMap<Moment, Vec<Uuid>> = BTreeMap::new();
    for promise in &promises {
        let own = rows.remove(&promise.pairing.uuid()).unwrap_or_default();
        let next = Deriving { promise, known: &known, today: tx.now().day() }.save(own, tx).await?;
        again.entry(next).or_default().push(promise.pairing.uuid());
    }
    pairing::look_again(tx, again).await
}

/// One pairing on a day.
struct Deriving<'d> {
    promise: &'d Promise,
    known: &'d Known,
    today: Date,
}

impl Deriving<'_> {
    /// Saves what differs; answers when it is to be looked at again, 0 for never.
    async fn save(&self, mut before: Vec<Row>, tx: &mut Tx<'_>) -> Result<Moment> {
        let (facts, rules) = (self.known.facts(self.promise), self.known.rules(self.promise));
        let mut owed = law::obligations(&facts, &rules, self.today);
        if self.promise.close.as_ref().is_some_and(|close| close.on.is_none()) {
            // When it ended is not known, and so not what was overdue by then.
            owed.retain(|one| matches!(one.state, law::State::Met | law::State::Waived));
        }
        for one in &owed {
            let what = one.key.to_string();
            let place = before.iter().position(|row| row.what == what);
            let row = place.map(|at| before.swap_remove(at));
            let (mut after, to) = self.row(one, &facts, row.as_ref(), tx.id());
            match row {
                Some(row) => {
                    // Its links follow the members.
                    let links = [Links { join: &CITIES, to }];
                    (after.slug, after.version) = (row.slug.clone(), row.version);
                    tx.change_judged(&row, after, &links).await?;
                }
                None => {
                    tx.create_judged(after, &[Links { join: &CITIES, to }])?;
                }
            }
        }
        for row in before.into_iter().filter(|row| row.state != ObligationState::Lapsed) {
            let sentence = self.lapsed(&row);
            let after =
                Row { state: ObligationState::Lapsed, light: ObligationLight::Grey, sentence, risks: Json(Vec::new()), ..row.clone() };
            tx.change_judged(&row, after, &[]).await?;
        }
        Ok(self.again(&facts, &rules))
    }

    /// Why something is owed no more.
    fn lapsed(&self, row: &Row) -> String {
        let has_left = |party: Party| self.promise.promisers.iter().all(|one| one.party != party || one.has_left);
        let why = if self.promise.close.is_some() {
            "the cooperation ended before it was overdue"
        } else if row.member.as_ref().is_some_and(|member| has_left(member.0)) {
            "its member left before it was overdue"
        } else {
            "the rules or the facts that it followed from have changed"
        };
        format!("{}. It is owed no more: {why}.", row.title)
    }

    /// When something changes next by the calendar alone.
    fn again(&self, facts: &law::Facts, rules: &[law::Accepted]) -> Moment {
        // What a member says of it may change no light, and yet ends.
        let risks = facts.risks.iter().filter_map(|risk| risk.until?.tomorrow().ok()).filter(|day| *day > self.today);
        let next = law::next_change(facts, rules, self.today).into_iter().chain(risks).min();
        let begins = next.and_then(|day| law::begins(day, &[]));
        begins.map_or(Moment(0), |begins| Moment(begins.as_microsecond()))
    }

    /// The row of something owed, with the cities it concerns.
    fn row(&self, owed: &law::Obligation, facts: &law::Facts, before: Option<&Row>, new: Id<Obligation>) -> (Row, Vec<Uuid>) {
        let promise = self.promise;
        let day = |day: Option<Date>| day.map(Json);
        let member = owed.key.member.as_deref().and_then(party_of);
        let is_current = |city: &Uuid| promise.cities.contains(city);
        let cities = match member {
            None => promise.cities.clone(),
            Some(party) => party.city().into_iter().filter(is_current).collect(),
        };
        let id = before.map_or(new, |row| row.id);
        // A signature is its own city's to speak of; that of an organisation, any member's.
        let own = if member.is_some_and(|party| party.city().is_some()) { cities.clone() } else { promise.cities.clone() };
        let audience = Audience::followed(promise.programme.uuid(), promise.pairing.uuid());
        let what = owed.key.to_string();
        let row = Row {
            pairing: promise.pairing,
            programme: promise.programme,
            title: title(owed, facts, &promise.name),
            kind: owed.key.kind.into(),
            number: owed.key.number.map(i64::from),
            member: member.map(Json),
            due_from: day(owed.due_from),
            due_by: day(owed.due_by),
            first_due_by: day(owed.first_due_by),
            met_on: day(owed.met_on),
            due_at: owed.due_by.map_or(NEVER, Moment::of_day),
            state: owed.state.into(),
            light: owed.light.into(),
            sentence: owed.sentence(facts),
            rules_version: owed.basis.version,
            waiver: promise
                .decisions
                .waivers
                .iter()
                .find(|one| owed.state == law::State::Waived && one.obligation == what && one.reinstated_on.is_none())
                .cloned()
                .map(Json),
            postponements: Json(promise.decisions.postponements.iter().filter(|one| one.obligation == what).cloned().collect()),
            risks: Json(
                promise
                    .decisions
                    .risks
                    .iter()
                    .filter(|one| one.obligation == what && owed.risks.iter().any(|risk| risk.member == one.member))
                    .cloned()
                    .collect(),
            ),
            milestones: Json(self.reached(owed, before)),
            owners: Json(Owners { cities: own, programmes: vec![promise.programme.uuid()] }),
            what,
            ..Row::blank(id, id.uuid().simple().to_string(), audience)
        };
        (row, cities)
    }

    /// What happened to it, with what was noted before: nothing happens twice, whatever the clock does.
    fn reached(&self, owed: &law::Obligation, before: Option<&Row>) -> Vec<Reached> {
        let mut reached = before.map(|row| row.milestones.0.clone()).unwrap_or_default();
        for one in law::milestones(owed) {
            note(&mut reached, one.kind, one.on, one.on >= self.promise.known_since);
        }
        if owed.state == law::State::Met && owed.met_on.is_none() {
            // On which day is not known, but that it was open before.
            note(&mut reached, law::MilestoneKind::Met, self.today, before.is_some_and(|row| row.state != ObligationState::Met));
        }
        reached
    }
}

fn note(reached: &mut Vec<Reached>, kind: law::MilestoneKind, on: Date, is_told: bool) {
    if reached.iter().all(|other| other.what != kind.name()) {
        reached.push(Reached { what: kind.name().to_owned(), on, is_told });
    }
}

/// What it is called in the log: “Austin – Lyon: report 3”.
fn title(owed: &law::Obligation, facts: &law::Facts, pairing: &str) -> String {
    let of = |key: &str| facts.members.iter().find(|member| member.key == key).map_or("a member", |member| member.name.as_str());
    let called = match ObligationKind::from(owed.key.kind) {
        ObligationKind::SignAgreement => format!("signature of {}", of(owed.key.member.as_deref().unwrap_or_default())),
        ObligationKind::NamePriority => "thematic priority".to_owned(),
        ObligationKind::DeliverPlan => "plan".to_owned(),
        ObligationKind::StartPilot => "pilot".to_owned(),
        ObligationKind::Report => format!("report {}", owed.key.number.unwrap_or_default()),
        ObligationKind::ReachMinimum => "minimum of cooperation".to_owned(),
        ObligationKind::EndOfSupport => "end of support".to_owned(),
    };
    format!("{pairing}: {called}")
}
