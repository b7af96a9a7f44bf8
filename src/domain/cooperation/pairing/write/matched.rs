//! Pairings that are made and ended together, where a call is decided by an assignment and that is undone.
use std::collections::{BTreeSet, HashMap};

use uuid::Uuid;

use super::super::{Pairing, Row, member, row::State};
use super::pairing::called;
use crate::{
    base::text::listed,
    domain::{agreement, call::Terms, city, obligation},
    kernel::prelude::write::*,
};

/// Brings cities together two by two, by the newest rules of a call; in the order of the pairs.
pub async fn bring_together(tx: &mut Tx<'_>, terms: &Terms, pairs: &[(Uuid, Uuid)]) -> Done<Vec<Id<Pairing>>> {
    let cities: BTreeSet<Uuid> = pairs.iter().flat_map(|(one, other)| [*one, *other]).collect();
    let cities: Vec<Uuid> = cities.into_iter().collect();
    let names: HashMap<Uuid, String> =
        city::facts_of_all(tx, &cities).await?.into_iter().map(|facts| (facts.id.uuid(), facts.name)).collect();
    // Whoever is chosen takes part in the programme from then on.
    city::join(tx, &cities, terms.programme()).await?;
    let mut made = Vec::with_capacity(pairs.len());
    let mut slugs = BTreeSet::new();
    for (one, other) in pairs {
        let name = called([one, other].into_iter().filter_map(|city| names.get(city).cloned()));
        let id: Id<Pairing> = tx.id();
        let mut slug = tx.slug::<Row>(None, &name, id).await?;
        // What is made here is not there yet for whoever looks.
        if !slugs.insert(slug.clone()) {
            let told = id.to_string();
            slug = format!("{slug}-{}", &told[told.len() - 8..]);
        }
        let row = new_row!(id, slug, Audience::public(), {
            programme: terms.programme(),
            call: Some(terms.id()),
            name,
            state: State::Matched,
            matched_on: Some(Json(tx.now().day())),
            rules_version: Some(terms.rules().version),
            members: Json(member::of_cities(&[*one, *other])),
        });
        let links = member::links(&row.members);
        tx.create(row.derived(), &links).await?;
        made.push(id);
    }
    obligation::derive(tx, &made.iter().map(|pairing| pairing.uuid()).collect::<Vec<_>>()).await?;
    Ok(made)
}

/// Ends these pairings with a reason; refused, with their names, where one is no longer just matched: also one of which a member has signed something, or the
/// members chose a theme.
pub async fn end_matched(tx: &mut Tx<'_>, pairings: &[Uuid], reason: &str) -> Done<()> {
    let mut rows = tx.by_ids::<Row>(pairings).await?;
    rows.sort_by(|one, other| (&one.folded, one.id).cmp(&(&other.folded, other.id)));
    let signed = agreement::signed_of(tx, pairings).await?;
    let signed: BTreeSet<Uuid> = signed.iter().filter(|one| !one.has_ended).map(|one| one.pairing).collect();
    let has_moved = |row: &&Row| row.state != State::Matched || row.theme.is_some() || signed.contains(&row.id.uuid());
    let moved: Vec<&str> = rows.iter().filter(has_moved).map(|row| row.name.as_str()).collect();
    let message = format!(
        "Pairings that have gone on since (in another state, with a theme or a signature): {}. End what is to be ended by `updatePairing`.",
        listed(&moved)
    );
    refuse_if(!moved.is_empty(), Code::WrongState, "input.id", message)?;
    let today = tx.now().day();
    for before in rows {
        let after = Row { state: State::Ended, state_reason: Some(reason.to_owned()), ended_on: Some(Json(today)), ..before.clone() };
        tx.change(&before, after, &[]).await?;
    }
    Ok(())
}
