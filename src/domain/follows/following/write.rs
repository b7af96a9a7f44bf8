//! Following, and saying how far one has read.
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use sea_orm::{Condition, QueryFilter, entity::prelude::*};

use super::{
    Followed, event,
    row::{self, read},
};
use crate::{
    base::{Kind, Moment, id},
    domain::{VisibleNode, city::City, entry_of, pairing::Pairing, person::Person, practice::Practice, programme::Programme, theme::Theme},
    kernel::{import::ImportContext, prelude::write::*},
    relay::{Outcome, Position, UserError},
};

/// Kinds that are followed.
const FOLLOWED: [&str; 5] = [City::NAME, Practice::NAME, Theme::NAME, Pairing::NAME, Programme::NAME];
/// Things a person may follow.
const MOST: usize = 500;

/// What `follow` takes.
#[derive(Clone, Debug, InputObject)]
pub struct FollowInput {
    /// A city, practice, theme, pairing or programme.
    pub id: ID,
}

/// What `unfollow` takes.
#[derive(Clone, Debug, InputObject)]
pub struct UnfollowInput {
    /// What is followed.
    pub id: ID,
}

/// What `follow` answers.
#[derive(SimpleObject)]
pub struct FollowPayload {
    /// What is followed now.
    pub followed: Option<VisibleNode>,
    /// Why it was refused; empty when it was done.
    pub errors: Vec<UserError>,
    /// The log's position after the change.
    pub position: Option<Position>,
}

/// What `unfollow` answers.
#[derive(SimpleObject)]
pub struct UnfollowPayload {
    /// The id of what is followed no longer.
    pub unfollowed_id: Option<ID>,
    /// Why it was refused; empty when it was done.
    pub errors: Vec<UserError>,
    /// The log's position after the change.
    pub position: Option<Position>,
}

/// What `markNotificationsRead` takes.
#[derive(Clone, Debug, InputObject)]
pub struct MarkNotificationsReadInput {
    /// The cursor of the last notification that was read; all up to it count as read.
    pub upto: Position,
}

/// What `markNotificationsRead` answers.
#[derive(SimpleObject)]
pub struct MarkNotificationsReadPayload {
    /// Up to where the viewer has read now.
    pub upto: Option<Position>,
    /// Why it was refused; empty when it was done.
    pub errors: Vec<UserError>,
    /// The log's position after the change.
    pub position: Option<Position>,
}

/// Sets or takes a mark.
#[derive(Debug)]
struct Mark {
    kind: &'static str,
    subject: Uuid,
    is_set: bool,
}

/// Moves on how far somebody has read.
#[derive(Debug)]
struct Upto(i64);

impl Mark {
    fn read(text: &ID, is_set: bool) -> crate::base::Result<Self> {
        let Some((prefix, subject)) = id::split(text) else {
            return refuse(Code::BadInput, "input.id", "This is not an id; take that of a city, practice, theme, pairing or programme.");
        };
        match FOLLOWED.into_iter().find(|kind| *kind == prefix) {
            Some(kind) => Ok(Self { kind, subject, is_set }),
            None => refuse(Code::BadInput, "input.id", "Cities, practices, themes, pairings and programmes are followed, nothing else."),
        }
    }
}

fn person(tx: &Tx<'_>) -> crate::base::Result<Uuid> {
    tx.may(Act::Join, &Owners::default())?;
    tx.viewer().account()
}

async fn is_seen(tx: &Tx<'_>, kind: &str, subject: Uuid) -> crate::base::Result<()> {
    let Some(entry) = entry_of(kind) else {
        return refuse(Code::NotFound, "input.id", "There is no such kind.");
    };
    match entry.is_seen(tx, subject).await? {
        true => Ok(()),
        false => refuse(Code::NotFound, "input.id", format!("There is no {kind} of this id that you can see.")),
    }
}

impl Command for Mark {
    type Output = ();

    async fn apply(&self, tx: &mut Tx<'_>) -> crate::base::Result<()> {
        let person = person(tx)?;
        let own = row::Column::Person.eq(person);
        let kept = tx.all(tx.every::<row::Entity>().filter(own.clone())).await?;
        let is_new = !kept.iter().any(|row| row.subject == self.subject);
        if !self.is_set {
            if !is_new {
                tx.log_mark(&event::CHANGED, Id::<Person>::new(person));
            }
            return tx.discard::<row::Entity>(Condition::all().add(own).add(row::Column::Subject.eq(self.subject))).await;
        }
        is_seen(tx, self.kind, self.subject).await?;
        refuse_if(
            is_new && kept.len() >= MOST,
            Code::TooLong,
            "input.id",
            "You follow 500 things already; unfollow one that you no longer need.",
        )?;
        begin_reading(tx, person).await?;
        if is_new {
            tx.log_mark(&event::CHANGED, Id::<Person>::new(person));
        }
        tx.derived(row::Model { person, subject: self.subject, kind: self.kind.to_owned(), since: tx.now() });
        Ok(())
    }
}

impl Command for Upto {
    type Output = i64;

    async fn apply(&self, tx: &mut Tx<'_>) -> crate::base::Result<i64> {
        let person = person(tx)?;
        refuse_if(
            self.0 > tx.log_head().await?,
            Code::BadInput,
            "input.upto",
            "The log has not come so far; take the cursor of a notification.",
        )?;
        let of_person = Condition::all().add(read::Column::Person.eq(person));
        let before = tx.first(tx.every::<read::Entity>().filter(of_person.clone())).await?;
        // What was read stays read, whichever device says so last.
        let seq = before.as_ref().map_or(self.0, |before| std::cmp::max(before.seq, self.0));
        if before.is_none_or(|before| before.seq < seq) {
            tx.log_mark(&event::READ, Id::<Person>::new(person));
        }
        tx.discard::<read::Entity>(of_person).await?;
        tx.derived(read::Model { person, seq });
        Ok(seq)
    }
}

/// What a record names as followed: `city:hamburg`.
pub fn named(text: &str, context: &ImportContext) -> crate::base::Result<Followed> {
    let found = text.split_once(':').and_then(|(word, slug)| {
        let kind = FOLLOWED.into_iter().find(|kind| *kind == word)?;
        Some(Followed { kind: kind.to_owned(), id: context.find(kind, slug)? })
    });
    match found {
        Some(followed) => Ok(followed),
        None => refuse(
            Code::NotFound,
            "follows",
            format!("“follows” names “{text}”, which is no city, practice, theme, pairing or programme of the hub or of this import."),
        ),
    }
}

/// Makes these the things a person follows; answers whether they were others before.
pub async fn settle(tx: &mut Tx<'_>, person: Id<Person>, follows: &[Followed]) -> crate::base::Result<bool> {
    let own = Condition::all().add(row::Column::Person.eq(person.uuid()));
    let before: Vec<Uuid> = tx.all(tx.every::<row::Entity>().filter(own.clone())).await?.into_iter().map(|row| row.subject).collect();
    if before.len() == follows.len() && follows.iter().all(|followed| before.contains(&followed.id)) {
        return Ok(false);
    }
    tx.discard::<row::Entity>(own).await?;
    // In their order, though they all begin now.
    for (place, followed) in (0..).zip(follows) {
        let since = Moment(tx.now().0 + place);
        tx.derived(row::Model { person: person.uuid(), subject: followed.id, kind: followed.kind.clone(), since });
    }
    begin_reading(tx, person.uuid()).await?;
    tx.log_mark(&event::CHANGED, person);
    Ok(true)
}

/// What was before somebody first followed something counts as read.
async fn begin_reading(tx: &mut Tx<'_>, person: Uuid) -> crate::base::Result<()> {
    let has_read = tx.first(tx.every::<read::Entity>().filter(read::Column::Person.eq(person))).await?.is_some();
    if !has_read {
        let seq = tx.log_head().await?;
        tx.derived(read::Model { person, seq });
    }
    Ok(())
}

/// The follows' part of the mutation root.
#[derive(Default)]
pub struct Mutation;

#[Object(name = "FollowingMutation")]
impl Mutation {
    /// Follows a city, practice, theme, pairing or programme; doing so twice changes nothing. For everyone with an account.
    /// Errors: UNAUTHENTICATED, BAD_INPUT, NOT_FOUND, TOO_LONG.
    async fn follow(&self, ctx: &Context<'_>, input: FollowInput) -> Result<FollowPayload> {
        let mark = Mark::read(&input.id, true);
        let named = mark.as_ref().ok().map(|mark| (mark.kind, mark.subject));
        let outcome = Outcome::of(ctx.attempt(None, mark).await)?;
        let entry = named.and_then(|(kind, id)| Some((entry_of(kind)?, id)));
        let followed = match (entry, outcome.output) {
            (Some((entry, id)), Some(())) => entry.node(ctx.scope(), id).await?.map(VisibleNode),
            _ => None,
        };
        Ok(FollowPayload { followed, errors: outcome.errors, position: outcome.position })
    }

    /// Follows something no longer; doing so twice changes nothing. For everyone with an account.
    /// Errors: UNAUTHENTICATED, BAD_INPUT.
    async fn unfollow(&self, ctx: &Context<'_>, input: UnfollowInput) -> Result<UnfollowPayload> {
        let outcome = Outcome::of(ctx.attempt(None, Mark::read(&input.id, false)).await)?;
        Ok(UnfollowPayload { unfollowed_id: outcome.output.map(|()| input.id), errors: outcome.errors, position: outcome.position })
    }

    /// Says up to where the viewer's notifications were read; it never goes back. For everyone with an account.
    /// Errors: UNAUTHENTICATED, BAD_INPUT.
    async fn mark_notifications_read(&self, ctx: &Context<'_>, input: MarkNotificationsReadInput) -> Result<MarkNotificationsReadPayload> {
        let outcome = Outcome::of(ctx.submit(None, Upto(input.upto.0)).await)?;
        Ok(MarkNotificationsReadPayload { upto: outcome.output.map(Position), errors: outcome.errors, position: outcome.position })
    }
}
