//! A saved search.
use async_graphql::{Context, Object, SimpleObject};

use super::row;
use crate::{
    kernel::prelude::node::*,
    search::{Contradiction, contradictions},
};

node!(
    /// A question a person keeps.
    SavedSearch = "saved_search", ViewerCan;
    says &[("slug", ""), ("audience", "Who may see it: its person."), ("createdAt", "When it was saved.")]; {
        /// What its person calls it.
        "name": &str = |row| &row.name,
        /// The words sought; empty for everything the filter admits.
        "text": &str = |row| &row.text,
        /// The languages hits are told in, best first.
        "languages": Vec<LanguageTag> = |row| row.languages.iter().cloned().map(LanguageTag).collect(),
    }
);

/// What a hit of a saved search must have, by slugs and codes. A list means any of; an empty one asks for nothing.
#[derive(Clone, Debug, SimpleObject)]
pub struct SavedSearchFilter {
    /// Of these kinds, as `practice`.
    pub kinds: Vec<String>,
    /// Under these themes or anything below them.
    pub themes: Vec<String>,
    /// Serving these goals or anything below them.
    pub goals: Vec<String>,
    /// In these countries.
    pub countries: Vec<String>,
    /// Of these cities.
    pub cities: Vec<String>,
    /// Of these programmes.
    pub programmes: Vec<String>,
    /// With a text in these languages.
    pub languages: Vec<String>,
    /// Of these years.
    pub years: Vec<i64>,
    /// The radius around a place in kilometres; null where there is none.
    pub kilometres: Option<f64>,
}

/// A question a person keeps, to be told of what answers it from then on. Seen by its person.
#[Object]
impl SavedSearch {
    #[graphql(flatten)]
    async fn fields(&self) -> NodeFields<'_, Self> {
        NodeFields(self)
    }

    /// What a hit must have.
    async fn filter(&self) -> SavedSearchFilter {
        let filter = self.0.filter.0.clone();
        SavedSearchFilter {
            kinds: filter.kinds,
            themes: filter.themes,
            goals: filter.goals,
            countries: filter.countries,
            cities: filter.cities,
            programmes: filter.programmes,
            languages: filter.languages,
            years: filter.years,
            kilometres: filter.near.map(|near| near.kilometres),
        }
    }

    /// Why it can never find anything, in sentences; empty where it may one day.
    async fn warnings(&self) -> Vec<String> {
        contradictions(&self.0.text, &self.0.filter.0).iter().map(sentence).collect()
    }

    /// Its matches as an Atom feed. Whoever knows the address reads what its person may see; do not pass it on.
    async fn feed_url(&self, ctx: &Context<'_>) -> String {
        format!("{}/feeds/matches/{}.atom", ctx.hub().public_url, self.0.secret)
    }
}

fn sentence(why: &Contradiction) -> String {
    match why {
        Contradiction::NoWord => "There is no word in it, so nothing will ever match.".to_owned(),
        Contradiction::NoSuchValue { field, value } => format!("There is no {field} “{value}”, so nothing will ever match."),
        Contradiction::NoCommonValue { field } => {
            format!("Its words and its filter ask for a different {field}, so nothing will ever match.")
        }
        Contradiction::AllExcluded => "All that it seeks is excluded, so nothing will ever match.".to_owned(),
    }
}
