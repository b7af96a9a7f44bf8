//! The face of a person.
use async_graphql::{Context, ID, Object, Result};
use futures_util::future::try_join_all;

use super::{
    membership::{self, Membership, Role},
    row,
    token::{self, AccessToken},
};
use crate::{
    base::Kind,
    domain::{city::City, programme::Programme},
    relay::{AudienceView, DateTime, LanguageTag, NodeType, Object, context::Asking},
};

/// An account, with its roles.
pub struct Person(pub(super) row::Model);

impl Kind for Person {
    const NAME: &'static str = "person";
}

impl NodeType for Person {
    type Row = row::Model;
    fn of(row: Self::Row) -> Self {
        Self(row)
    }
}

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
    /// The global id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The readable name in addresses.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// Counts the saves; give it to `expectedVersion`.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// Who may see it.
    async fn audience(&self) -> AudienceView {
        (&self.0.audience).into()
    }

    /// The name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The address; null for others than the person and administrators.
    async fn email(&self, ctx: &Context<'_>) -> Option<&str> {
        self.is_open_to(ctx).then_some(&*self.0.email)
    }

    /// The languages the person reads, best first.
    async fn languages(&self) -> Vec<LanguageTag> {
        self.0.languages.iter().cloned().map(LanguageTag).collect()
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

    /// Whether the person takes part no longer.
    async fn has_left(&self) -> bool {
        self.0.state == row::State::Left
    }

    /// When the account was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When it changed last.
    async fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
    }
}
