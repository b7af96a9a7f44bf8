//! Who asks, and what they may do.
use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};
use futures_util::future::try_join_all;

use super::Person;
use crate::{
    access::{self, Act, Audience, Owners, rule},
    base::Id,
    domain::{city::City, programme::Programme},
    relay::{AudienceView, Object, context::Asking},
};

/// Who asks.
pub struct Viewer(Arc<access::Viewer>);

/// Who asks, and what they may do. Without a credential it is the public.
#[Object]
impl Viewer {
    /// The account; null for the public.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Object<Person>>> {
        match self.0.person {
            Some(person) => Ok(ctx.load(Id::new(person)).await?),
            None => Ok(None),
        }
    }

    /// Whether the viewer runs the hub: sees everything and may do everything.
    async fn is_administrator(&self) -> bool {
        self.0.is_administrator
    }

    /// The cities the viewer speaks for.
    async fn cities(&self, ctx: &Context<'_>) -> Result<Vec<Object<City>>> {
        let cities = self.0.cities.iter().map(|city| ctx.load::<City>(Id::new(*city)));
        Ok(try_join_all(cities).await?.into_iter().flatten().collect())
    }

    /// The programmes the viewer runs.
    async fn programmes(&self, ctx: &Context<'_>) -> Result<Vec<Object<Programme>>> {
        let programmes = self.0.programmes.iter().map(|programme| ctx.load::<Programme>(Id::new(*programme)));
        Ok(try_join_all(programmes).await?.into_iter().flatten().collect())
    }

    /// The audiences the viewer belongs to: they see what carries one of them. Null for administrators, who see everything.
    async fn audiences(&self) -> Option<Vec<AudienceView>> {
        let keys = rule::index(&self.0)?;
        Some(keys.into_iter().map(|key| (&Audience::from_key(key)).into()).collect())
    }

    /// Whether the viewer may create and change practices, seminars and documents of this city.
    async fn can_write_for(&self, #[graphql(desc = "The city, by id.")] city: ID) -> Result<bool> {
        let city = Id::<City>::parse(&city, "city").map_err(crate::base::Error::from)?;
        Ok(rule::may(&self.0, Act::Write, &Owners::of_cities([city.uuid()])))
    }

    /// Whether the viewer may create and change cities and pairings of this programme.
    async fn can_govern(&self, #[graphql(desc = "The programme, by id.")] programme: ID) -> Result<bool> {
        let programme = Id::<Programme>::parse(&programme, "programme").map_err(crate::base::Error::from)?;
        Ok(rule::may(&self.0, Act::Govern, &Owners::of_programmes([programme.uuid()])))
    }

    /// Whether the viewer may register for seminars: everyone with an account.
    async fn can_register(&self) -> bool {
        self.0.person.is_some()
    }

    /// Whether the viewer may create accounts and tokens of others.
    async fn can_administer(&self) -> bool {
        rule::may(&self.0, Act::Administer, &Owners::default())
    }
}

/// The viewer's part of the query root.
#[derive(Default)]
pub struct Query;

#[Object(name = "ViewerQuery")]
impl Query {
    /// Who asks, and what they may do.
    async fn viewer(&self, ctx: &Context<'_>) -> Object<Viewer> {
        Object(Viewer(ctx.viewer()))
    }
}
