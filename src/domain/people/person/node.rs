//! A person.
use async_graphql::{Context, Object, Result};
use futures_util::future::try_join_all;

use super::{
    membership::{self, Membership, Role},
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
    says &[("createdAt", "When the account was made.")]; {
        /// The name.
        "name": &str = |row| &row.name,
        /// The languages the person reads, best first.
        "languages": Vec<LanguageTag> = |row| row.languages.iter().cloned().map(LanguageTag).collect(),
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

/// An account, with its roles. Seen by its person and by administrators.
#[Object]
impl Person {
    #[graphql(flatten)]
    async fn fields(&self) -> NodeFields<'_, Self> {
        NodeFields(self)
    }

    /// The address; null for others than the person and administrators.
    async fn email(&self, ctx: &Context<'_>) -> Option<&str> {
        self.is_open_to(ctx).then_some(&*self.0.email)
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

    /// The tokens, the first made first; null for others than the person and administrators.
    async fn tokens(&self, ctx: &Context<'_>) -> Result<Option<Vec<Object<AccessToken>>>> {
        if self.is_open_to(ctx) { Ok(Some(token::of(ctx, self.0.id).await?)) } else { Ok(None) }
    }
}
