//! A person.
use async_graphql::{Context, Object, Result};
use futures_util::future::try_join_all;

use super::{
    contact,
    membership::{self, Membership, Role},
    responsibility::{self, Responsibility},
    row,
    token::{self, AccessToken},
};
use crate::{
    domain::{city::City, programme::Programme},
    kernel::prelude::node::*,
};

node!(
    /// An account, with its roles.
    Person = "person", ViewerCan;
    says &[("createdAt", "When the account was made."), ("audience", "Who is told what happens to the account: its person. Members see it, too.")]; {
        /// The name.
        "name": &str = |row| &row.name,
        /// The languages the person reads, best first.
        "languages": Vec<LanguageTag> = |row| row.languages.iter().cloned().map(LanguageTag).collect(),
        /// Who sees the address beside the person and administrators.
        "contactVisibleTo": row::ContactVisibility = |row| row.contact_visible_to,
        /// Whether the person takes part no longer.
        "hasLeft": bool = |row| row.state == row::State::Left,
    }
);

impl Person {
    /// Whether the viewer is this person or an administrator.
    fn is_open_to(&self, ctx: &Context<'_>) -> bool {
        let viewer = ctx.viewer();
        viewer.is_administrator || viewer.person == Some(self.0.id.uuid())
    }
}

/// An account, with its roles. Seen by its person, by members of what the person is a member of (representatives of the own city, of partner cities and of the
/// programme's cities, officers of the programme, stakeholders of the pairing), by administrators, and by everyone where `contactVisibleTo` is `PUBLIC`.
#[Object]
impl Person {
    #[graphql(flatten)]
    async fn fields(&self) -> NodeFields<'_, Self> {
        NodeFields(self)
    }

    /// The address; null for those to whom the person does not show it (`contactVisibleTo`).
    async fn email(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        if self.is_open_to(ctx) { Ok(Some(self.0.email.clone())) } else { Ok(contact::address(ctx, &self.0).await?) }
    }

    /// The roles, each with what it is for; null for others than the person and administrators.
    async fn roles(&self, ctx: &Context<'_>) -> Result<Option<Vec<Object<Membership>>>> {
        if !self.is_open_to(ctx) {
            return Ok(None);
        }
        Ok(Some(membership::of(ctx, self.0.id).await?.into_iter().map(Membership).map(Object).collect()))
    }

    /// The cities the person speaks for.
    async fn cities(&self, ctx: &Context<'_>) -> Result<Vec<Object<City>>> {
        let rows = membership::of(ctx, self.0.id).await?;
        let cities = rows.into_iter().filter(|row| row.role == Role::CityRepresentative).filter_map(|row| row.city);
        Ok(try_join_all(cities.map(|city| ctx.load(city))).await?.into_iter().flatten().collect())
    }

    /// The programmes the person runs.
    async fn programmes(&self, ctx: &Context<'_>) -> Result<Vec<Object<Programme>>> {
        let rows = membership::of(ctx, self.0.id).await?;
        let programmes = rows.into_iter().filter(|row| row.role == Role::ProgrammeOfficer).filter_map(|row| row.programme);
        Ok(try_join_all(programmes.map(|programme| ctx.load(programme))).await?.into_iter().flatten().collect())
    }

    /// What the person has to do for others, to be handed on when they leave (`handOver`); null for those who may not hand it on.
    async fn responsibilities(&self, ctx: &Context<'_>) -> Result<Option<Vec<Object<Responsibility>>>> {
        let found = responsibility::of(ctx, self.0.id).await?;
        Ok(found.map(|found| found.into_iter().map(Object).collect()))
    }

    /// The tokens, the first made first; null for others than the person and administrators.
    async fn tokens(&self, ctx: &Context<'_>) -> Result<Option<Vec<Object<AccessToken>>>> {
        if self.is_open_to(ctx) { Ok(Some(token::of(ctx, self.0.id).await?)) } else { Ok(None) }
    }
}
