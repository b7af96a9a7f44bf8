//! Following, and saying how far one has read.
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use sea_orm::{Condition, QueryFilter, entity::prelude::*};

use super::row::{self, read};
use crate::{
    access::{Act, Owners},
    base::{Code, Kind, id, refuse, refuse_if},
    domain::{Node, city::City, pairing::Pairing, practice::Practice, programme::Programme, registry, theme::Theme},
    relay::{Outcome, Position, UserError, context::Asking},
    store::{Command, Tx},
};

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
    pub followed: Option<Node>,
    /// Why it was refused; empty when it was done.
    pub errors: Vec<UserError>,
}

/// What `unfollow` answers.
#[derive(SimpleObject)]
pub struct UnfollowPayload {
    /// The id of what is followed no longer.
    pub unfollowed_id: Option<ID>,
    /// Why it was refused; empty when it was done.
    pub errors: Vec<UserError>,
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
}

/// Sets or takes a mark.
struct Mark {
    kind: &'static str,
    subject: Uuid,
    is_set: bool,
}

/// Moves on how far somebody has read.
struct Upto(i64);

impl Mark {
    fn read(text: &ID, is_set: bool) -> crate::base::Result<Self> {
        let followed = [City::NAME, Practice::NAME, Theme::NAME, Pairing::NAME, Programme::NAME];
        let Some((prefix, subject)) = id::split(text) else {
            return refuse(Code::BadInput, "input.id", "This is not an id; take that of a city, practice, theme, pairing or programme.");
        };
        match followed.into_iter().find(|kind| *kind == prefix) {
            Some(kind) => Ok(Self { kind, subject, is_set }),
            None => refuse(Code::BadInput, "input.id", "Cities, practices, themes, pairings and programmes are followed, nothing else."),
        }
    }
}

fn person(tx: &Tx<'_>) -> crate::base::Result<Uuid> {
    tx.may(Act::Join, &Owners::default())?;
    match tx.viewer().person {
        Some(person) => Ok(person),
        None => refuse(Code::Unauthenticated, "", "This needs an account: send “Authorization: Bearer hansa_…”."),
    }
}

async fn is_seen(tx: &Tx<'_>, kind: &str, subject: Uuid) -> crate::base::Result<()> {
    let Some(entry) = registry().iter().find(|entry| entry.kind() == kind) else {
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
        if !self.is_set {
            return tx.discard::<row::Entity>(Condition::all().add(own).add(row::Column::Subject.eq(self.subject))).await;
        }
        is_seen(tx, self.kind, self.subject).await?;
        let kept = tx.all(tx.every::<row::Entity>().filter(own)).await?;
        let is_new = !kept.iter().any(|row| row.subject == self.subject);
        refuse_if(
            is_new && kept.len() >= MOST,
            Code::TooLong,
            "input.id",
            "You follow 500 things already; unfollow one that you no longer need.",
        )?;
        let has_read = tx.first(tx.every::<read::Entity>().filter(read::Column::Person.eq(person))).await?.is_some();
        if !has_read {
            let seq = tx.log_head().await?;
            tx.derived(read::Model { person, seq });
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
        let seq = before.map_or(self.0, |before| std::cmp::max(before.seq, self.0));
        tx.discard::<read::Entity>(of_person).await?;
        tx.derived(read::Model { person, seq });
        Ok(seq)
    }
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
        let outcome = Outcome::of(ctx.attempt(mark, None, String::new()).await)?;
        let entry = named.and_then(|(kind, id)| Some((registry().iter().find(|entry| entry.kind() == kind)?, id)));
        let followed = match (entry, outcome.output) {
            (Some((entry, id)), Some(())) => entry.node(ctx.scope(), id).await?,
            _ => None,
        };
        Ok(FollowPayload { followed, errors: outcome.errors })
    }

    /// Follows something no longer; doing so twice changes nothing. For everyone with an account.
    /// Errors: UNAUTHENTICATED, BAD_INPUT.
    async fn unfollow(&self, ctx: &Context<'_>, input: UnfollowInput) -> Result<UnfollowPayload> {
        let outcome = Outcome::of(ctx.attempt(Mark::read(&input.id, false), None, String::new()).await)?;
        Ok(UnfollowPayload { unfollowed_id: outcome.output.map(|()| input.id), errors: outcome.errors })
    }

    /// Says up to where the viewer's notifications were read; it never goes back. For everyone with an account.
    /// Errors: UNAUTHENTICATED, BAD_INPUT.
    async fn mark_notifications_read(&self, ctx: &Context<'_>, input: MarkNotificationsReadInput) -> Result<MarkNotificationsReadPayload> {
        let outcome = Outcome::of(ctx.attempt(Ok(Upto(input.upto.0)), None, String::new()).await)?;
        Ok(MarkNotificationsReadPayload { upto: outcome.output.map(Position), errors: outcome.errors })
    }
}
