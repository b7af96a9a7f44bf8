//! Whether a pairing may be saved as it is.
use jiff::civil::Date;
use uuid::Uuid;

use super::{
    Row, decided,
    member::{self, CITIES},
    resource,
    row::BETWEEN_CITIES,
};
use crate::{
    base::Id,
    domain::{call, city},
    kernel::{life::LONGEST_REASON, prelude::check::*},
};

/// The longest name, in characters, of a pairing and of each of the cities it may be made of.
const LONGEST_NAME: usize = 200;
/// Cities of one pairing at the most.
const MOST_CITIES: usize = 50;
/// Members of one pairing at the most, with those who left.
const MOST_MEMBERS: usize = 500;
/// Thematic priorities of one pairing at the most, with those it had.
const MOST_PRIORITIES: usize = 100;

/// It joins two or more different cities, all of which take part in its programme; its call is one of that programme; its days are in order.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, tx: &Tx<'_>) -> Result<()> {
    let row = saving.after;
    if saving.sets(|row| row.name.clone()) {
        // Made of the names of many cities it is longer than anybody would type.
        let longest = if row.name.contains(BETWEEN_CITIES) { MOST_CITIES * LONGEST_NAME } else { LONGEST_NAME };
        refusals.named("name", &row.name, longest);
    }
    if saving.sets(|row| row.members.clone()) {
        check_members(saving, refusals, tx);
    }
    if let Some(cities) = saving.links(&CITIES) {
        tx.know(&city::PROGRAMMES, cities).await?;
        // Who is a member already stays one, whatever it takes part in today.
        let members = saving.before.map(|before| member::cities(&before.members)).unwrap_or_default();
        for city in cities.iter().filter(|city| !members.contains(city)) {
            let takes_part = city::programmes_of(tx, Id::new(*city)).await?.contains(&row.programme.uuid());
            let message = "This city does not take part in the programme; `addProgrammeCity` first.";
            refusals.refuse_if(!takes_part, Code::BadInput, &place(row, *city, refusals), message);
        }
    }
    if saving.sets(|row| row.resources.clone()) {
        let before = saving.before.map_or(&[][..], |before| &before.resources);
        resource::check(before, &row.resources, &row.members, refusals);
    }
    check_priorities(saving, refusals, tx);
    check_start(saving, refusals, tx.now().day());
    check_end(saving, refusals, tx);
    if saving.sets(Row::decisions) {
        decided::check(&saving.before.map(Row::decisions).unwrap_or_default(), &row.decisions(), refusals);
    }
    if saving.sets(|row| row.matched_on.clone()) {
        refusals.still_to_come("matched_on", row.matched_on.as_ref().map(|day| day.0), tx.now().day());
    }
    if saving.sets(|row| (row.call, row.programme, row.rules_version))
        && let Some(call) = row.call
        && let Some(terms) = call::Terms::of(tx, call).await?
    {
        refusals.refuse_if(terms.programme() != row.programme, Code::BadInput, "call", "This is a call of another programme.");
        let unknown = row.rules_version.filter(|version| !terms.has_version(*version));
        let message = format!("The call has no version {} of its rules.", unknown.unwrap_or_default());
        refusals.refuse_if(unknown.is_some(), Code::BadInput, "rules_version", message);
    }
    Ok(())
}

/// Where a city of now stands in what was sent: of a record that tells members, among these.
fn place(row: &Row, city: Uuid, refusals: &Refusals) -> String {
    let is_told = refusals.either("cities", "members") == "members" && !member::says_cities_alone(&row.members);
    let at = |list: &[Uuid]| list.iter().position(|other| *other == city).unwrap_or_default();
    match is_told {
        true => format!("members.{}.city", at(&row.members.iter().map(|member| member.party.id()).collect::<Vec<_>>())),
        false => format!("cities.{}", at(&member::cities(&row.members))),
    }
}

/// Two cities or more are joined, each member once; whoever left did so after joining, and for a reason that can be read.
fn check_members(saving: &Saving<'_, Row>, refusals: &mut Refusals, tx: &Tx<'_>) {
    let (row, today) = (saving.after, tx.now().day());
    let told = if refusals.either("cities", "members") == "cities" || member::says_cities_alone(&row.members) {
        format!("“{}” names fewer than two different cities; a pairing joins two or more.", refusals.name("cities"))
    } else {
        "“members” has fewer than two cities that are members now and more than observers; a pairing joins two or more.".to_owned()
    };
    refusals.refuse_if(member::joined(&row.members) < 2, Code::BadInput, refusals.either("cities", "members"), told);
    let cities = member::cities(&row.members).len();
    refusals.refuse_if(cities > MOST_CITIES, Code::TooLong, "cities", format!("A pairing has at most {MOST_CITIES} cities."));
    refusals.too_many("members", row.members.len(), MOST_MEMBERS);
    for (index, member) in row.members.iter().enumerate() {
        let is_twice = member.is_current() && row.members[..index].iter().any(|other| other.is_current() && other.party == member.party);
        let place = format!("members.{index}");
        refusals.refuse_if(is_twice, Code::BadInput, refusals.either("member", &place), "It is a member already.");
        if saving.before.is_some_and(|before| before.members.contains(member)) {
            continue;
        }
        let at = |field: &str| refusals.either(field, &format!("members.{index}.{field}")).to_owned();
        let (joined_on, left_on, left_reason) = (at("joined_on"), at("left_on"), refusals.either("reason", &at("left_reason")).to_owned());
        refusals.still_to_come(&joined_on, member.joined_on, today);
        refusals.still_to_come(&left_on, member.left_on, today);
        let is_crossed = member.joined_on.zip(member.left_on).is_some_and(|(joined, left)| left < joined);
        refusals.refuse_if(is_crossed, Code::BadInput, &left_on, "It left before it joined.");
        refusals.too_long(&left_reason, member.left_reason.as_deref(), LONGEST_REASON);
    }
}

/// Of the thematic priorities each comes after the one before it.
fn check_priorities(saving: &Saving<'_, Row>, refusals: &mut Refusals, tx: &Tx<'_>) {
    if !saving.sets(|row| row.priorities.clone()) {
        return;
    }
    let (priorities, today) = (&saving.after.priorities, tx.now().day());
    refusals.too_many("priorities", priorities.len(), MOST_PRIORITIES);
    let mut latest: Option<Date> = None;
    for (index, priority) in priorities.iter().enumerate() {
        let (from, why) = (format!("priorities.{index}.from"), format!("priorities.{index}.why"));
        let (from, why) = (refusals.either("from", &from).to_owned(), refusals.either("why", &why).to_owned());
        let is_new = saving.before.is_none_or(|before| !before.priorities.contains(priority));
        let is_crossed = latest.zip(priority.from).is_some_and(|(earlier, later)| later < earlier);
        refusals.refuse_if(
            is_crossed && is_new,
            Code::BadInput,
            &from,
            "It lies before the day from which the theme before it was chosen.",
        );
        if is_new {
            refusals.still_to_come(&from, priority.from, today);
            refusals.too_long(&why, priority.why.as_deref(), LONGEST_REASON);
        }
        latest = priority.from.or(latest);
    }
}

/// The first year in which a cooperation can have begun here, and how many years ahead one may be told.
const FIRST_YEAR: i16 = 1990;
const MOST_YEARS_AHEAD: i16 = 10;

/// It begins in a year of which somebody may know.
fn check_start(saving: &Saving<'_, Row>, refusals: &mut Refusals, today: Date) {
    let last = today.year() + MOST_YEARS_AHEAD;
    let is_far = saving.after.started_on.as_ref().is_some_and(|day| !(FIRST_YEAR..=last).contains(&day.0.year()));
    let message = format!(
        "A cooperation begins between {FIRST_YEAR} and {last}; tell the year with four digits, or leave it out where it is not known."
    );
    refusals.refuse_if(is_far && saving.sets(|row| row.started_on.clone()), Code::BadInput, "started_on", message);
}

/// Only what is over has a last day, which is not before the first and not still to come.
fn check_end(saving: &Saving<'_, Row>, refusals: &mut Refusals, tx: &Tx<'_>) {
    let row = saving.after;
    if saving.sets(|row| (row.state, row.ended_on.clone())) {
        let is_early = row.ended_on.is_some() && !row.is_over();
        let message = format!("“{}” is told of a pairing that was completed or ended.", refusals.name("ended_on"));
        refusals.refuse_if(is_early, Code::BadInput, "ended_on", message);
        refusals.still_to_come("ended_on", row.ended_on.as_ref().map(|day| day.0), tx.now().day());
    }
    refusals.days(saving, ("started_on", |row| row.started_on.as_deref()), ("ended_on", |row| row.ended_on.as_deref()));
}
