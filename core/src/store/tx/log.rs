//! What a transaction tells the log and the history.
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use uuid::Uuid;

use super::{Record, Tx};
use crate::{
    access::{Audience, Scope},
    base::{Id, Kind, Result},
    store::{event::EventType, join::Links, log::Entry, pending::HistoryEntry},
};

impl Tx<'_> {
    /// Tells the log of a change to a part, as something that happened to its subject.
    pub fn log<R: Record>(&mut self, row: &R, events: Vec<&'static EventType>, mut tags: Vec<Uuid>) {
        tags.sort_unstable();
        tags.dedup();
        for event in events {
            self.log_between(row, event, row.audience().clone(), tags.clone());
        }
    }

    /// Tells one person something of a row; nobody else hears of it, whoever sees the row.
    pub fn log_to<R: Record, K: Kind>(&mut self, row: &R, event: &'static EventType, person: Id<K>) {
        self.log_between(row, event, Audience::of(Scope::Person, person.uuid()), vec![person.uuid()]);
    }

    /// Tells an audience of its own something of a row; nobody else hears of it, whoever sees the row.
    pub fn log_between<R: Record>(&mut self, row: &R, event: &'static EventType, audience: Audience, tags: Vec<Uuid>) {
        self.pending.log.push(Entry {
            event: event.word,
            kind: R::Kind::NAME,
            subject: row.id().uuid(),
            audience,
            actor: self.viewer.person,
            summary: row.title().to_owned(),
            tags,
        });
    }

    /// Tells a person's own devices of marks they set on things; nobody else hears of it.
    pub fn log_mark<K: Kind>(&mut self, event: &'static EventType, person: Id<K>) {
        self.pending.log.push(Entry {
            event: event.word,
            kind: K::NAME,
            subject: person.uuid(),
            audience: Audience::of(Scope::Person, person.uuid()),
            actor: Some(person.uuid()),
            summary: String::new(),
            tags: Vec::new(),
        });
    }

    /// What a row belongs to by its columns, by the links that are saved with it and by those that stay.
    pub(super) async fn tags_of<R: Record>(&self, row: &R, links: &[Links]) -> Result<Vec<Uuid>> {
        let mut tags = row.tags();
        tags.extend(links.iter().flat_map(|links| &links.to));
        for join in R::joins().into_iter().filter(|join| !links.iter().any(|links| links.join == *join)) {
            tags.extend(self.linked(join, row.id().uuid()).await?);
        }
        Ok(tags)
    }

    pub(super) fn record_history(&mut self, subject: Uuid, part: String, version: i64, before: Option<String>, after: Option<String>) {
        self.pending.history.push(HistoryEntry { subject, part, version, actor: self.viewer.person, before, after });
    }

    /// A replay can't reveal what is hidden today: earlier entries of a narrowed thing are narrowed with it.
    pub(super) async fn narrow_log(&mut self, subject: Uuid, audience: &Audience) -> Result<()> {
        let mut query = Query::update();
        query
            .table(Alias::new("log"))
            .value(Alias::new("audience"), audience.key())
            .and_where(Expr::col(Alias::new("subject")).eq(subject))
            // What was told to one person stays theirs alone.
            .and_where(Expr::col(Alias::new("audience")).not_like(format!("{}:%", Scope::Person.word())));
        self.run(self.backend().build(&query)).await
    }
}
