//! The facets of a search: counts from the index, labels from the read door in the reader's language.
use std::collections::HashMap;

use async_graphql::{Context, Object, Result, SimpleObject};

use super::kind_names::kind_name;
use crate::{
    base::{Language, language_name},
    domain::{city, goal, programme, theme},
    kernel::{country::Country, label::Called},
    relay::context::Asking,
    search::{self, FacetValue},
};

/// How many hits have a value.
#[derive(Clone, Debug, SimpleObject)]
pub struct SearchFacetValue {
    /// The value, as the filter takes it: a slug, a code, a language tag, a year.
    pub value: String,
    /// The value for people, in the reader's best language where it has a name in it.
    pub label: String,
    /// How many hits have it.
    pub count: u64,
    /// The value right above it, in a tree: hits of this one are hits of that one, too. Null for roots, and for what is no tree.
    pub above: Option<String>,
}

/// How many hits have which value. Each facet ignores the filter on itself, so that alternatives stay in sight.
pub struct SearchFacets(pub search::Facets);

/// How many hits have which value. Each facet ignores the filter on itself, so that alternatives stay in sight.
#[Object]
impl SearchFacets {
    /// By kind.
    async fn kinds(&self, ctx: &Context<'_>) -> Vec<SearchFacetValue> {
        plain(&self.0.kinds, |kind| kind_name(kind, &ctx.scope().languages))
            .into_iter()
            .map(|value| SearchFacetValue { value: value.value.to_uppercase(), ..value })
            .collect()
    }

    /// By theme, each counted with everything below it.
    async fn themes(&self, ctx: &Context<'_>) -> Result<Vec<SearchFacetValue>> {
        let called = theme::called(ctx.reader(), &values(&self.0.themes), &ctx.scope().languages).await?;
        Ok(named(&self.0.themes, called))
    }

    /// By goal.
    async fn goals(&self, ctx: &Context<'_>) -> Result<Vec<SearchFacetValue>> {
        let called = goal::called(ctx.reader(), &values(&self.0.goals), &ctx.scope().languages).await?;
        Ok(named(&self.0.goals, called))
    }

    /// By country.
    async fn countries(&self, ctx: &Context<'_>) -> Vec<SearchFacetValue> {
        let languages = &ctx.scope().languages;
        plain(&self.0.countries, |code| Country::of(code).map_or_else(|| code.to_owned(), |country| country.name(languages).to_owned()))
    }

    /// By city.
    async fn cities(&self, ctx: &Context<'_>) -> Result<Vec<SearchFacetValue>> {
        Ok(named(&self.0.cities, city::called(ctx.reader(), &values(&self.0.cities)).await?))
    }

    /// By programme.
    async fn programmes(&self, ctx: &Context<'_>) -> Result<Vec<SearchFacetValue>> {
        let called = programme::called(ctx.reader(), &values(&self.0.programmes), &ctx.scope().languages).await?;
        Ok(named(&self.0.programmes, called))
    }

    /// By language.
    async fn languages(&self, ctx: &Context<'_>) -> Vec<SearchFacetValue> {
        let called = |tag: &str| Language::parse(tag).map_or_else(|| tag.to_owned(), |tag| language_name(&tag, &ctx.scope().languages));
        plain(&self.0.languages, called)
    }

    /// By year.
    async fn years(&self) -> Vec<SearchFacetValue> {
        plain(&self.0.years, str::to_owned)
    }
}

fn values(values: &[FacetValue]) -> Vec<&str> {
    values.iter().map(|value| value.value.as_str()).collect()
}

fn plain(values: &[FacetValue], label: impl Fn(&str) -> String) -> Vec<SearchFacetValue> {
    let told =
        |value: &FacetValue| SearchFacetValue { label: label(&value.value), value: value.value.clone(), count: value.count, above: None };
    values.iter().map(told).collect()
}

/// Values with what they are called; what the reader may not see is told by its value.
fn named(values: &[FacetValue], mut called: HashMap<String, Called>) -> Vec<SearchFacetValue> {
    let told = |value: &FacetValue| {
        let called = called.remove(&value.value).unwrap_or_else(|| Called { name: value.value.clone(), above: None });
        SearchFacetValue { value: value.value.clone(), label: called.name, count: value.count, above: called.above }
    };
    values.iter().map(told).collect()
}
