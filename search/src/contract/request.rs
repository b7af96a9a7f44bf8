//! What can be asked of the index: a search, and the completion of what is being typed.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::cursor::Cursor;
use super::dimension::Dimension;
use super::document::{DocKey, SearchDoc};
use super::geo::{Circle, Near, is_sound};
use super::order::Order;

/// A query, with the viewer's audiences in it: what the viewer may not see is not searched, counted or weighed.
#[derive(Clone, Debug, Default)]
pub struct SearchRequest {
    /// The words sought. Without any, everything the filter admits is listed, newest first.
    pub text: String,
    pub filter: Filter,
    pub order: Order,
    pub page: Page,
    /// The audience keys of the viewer; `None` sees all.
    pub allowed: Option<Vec<String>>,
    /// The viewer's languages, best first. They decide which language a hit is told in when several match about as well.
    pub languages: Vec<String>,
    /// Count the values of each facet, and tell at most so many of each.
    pub facets: Option<usize>,
    /// Cut snippets out of the hits' texts.
    pub snippets: bool,
    /// Tell why each hit of the page scored as it did.
    pub explain: bool,
    /// Where nothing meets the query taken strictly, take it as [`Reading::Relaxed`](super::Reading), unless it is short.
    pub relax: bool,
    /// Only these documents, if any are named; scores stay those of the whole.
    pub among: Vec<DocKey>,
}

/// What a hit must have. Values of one field are alternatives; fields must all be met. An empty field asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    pub kinds: Vec<String>,
    pub themes: Vec<String>,
    pub goals: Vec<String>,
    pub countries: Vec<String>,
    pub cities: Vec<String>,
    pub programmes: Vec<String>,
    pub languages: Vec<String>,
    pub years: Vec<i64>,
    pub near: Option<Near>,
}

impl Filter {
    /// What is asked for of each dimension.
    pub(crate) fn by_dimension(&self) -> [(Dimension, Cow<'_, [String]>); 8] {
        let years: Vec<String> = self.years.iter().map(i64::to_string).collect();
        [
            (Dimension::Kind, (&self.kinds).into()),
            (Dimension::Theme, (&self.themes).into()),
            (Dimension::Goal, (&self.goals).into()),
            (Dimension::Country, (&self.countries).into()),
            (Dimension::City, (&self.cities).into()),
            (Dimension::Programme, (&self.programmes).into()),
            (Dimension::Language, (&self.languages).into()),
            (Dimension::Year, years.into()),
        ]
    }

    /// Whether a document meets it: what the index answers, without the index.
    pub fn admits(&self, doc: &SearchDoc) -> bool {
        fn any<'a>(wanted: &[String], mut have: impl Iterator<Item = &'a String>) -> bool {
            wanted.is_empty() || have.any(|value| wanted.contains(value))
        }
        any(&self.kinds, std::iter::once(&doc.key.kind))
            && any(&self.themes, doc.themes.iter())
            && any(&self.goals, doc.goals.iter())
            && any(&self.countries, doc.countries.iter())
            && any(&self.cities, doc.cities.iter())
            && any(&self.programmes, doc.programmes.iter())
            && any(&self.languages, doc.texts.iter().map(|text| &text.language))
            && (self.years.is_empty() || doc.year.is_some_and(|year| self.years.contains(&year)))
            && self.near.filter(is_sound).is_none_or(|near| doc.point.is_some_and(|point| Circle::new(near).holds(point)))
    }
}

/// Which part of the hits, by Relay's algorithm: those between the cursors, the first of these, the last of these. With
/// neither a first nor a last number the usual twenty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    pub first: Option<usize>,
    pub after: Option<Cursor>,
    pub last: Option<usize>,
    pub before: Option<Cursor>,
}

impl Page {
    /// Hits of a page when nobody says how many.
    const USUAL: usize = 20;

    /// Whether the page is cut from the end.
    pub(crate) const fn is_backward(&self) -> bool {
        self.first.is_none() && self.last.is_some()
    }

    /// How many hits are cut off the side it is cut from.
    pub(crate) fn count(&self) -> usize {
        self.first.or(self.last).unwrap_or(Page::USUAL)
    }
}

/// What is being typed.
#[derive(Clone, Debug)]
pub struct SuggestRequest {
    pub text: String,
    pub count: usize,
    /// The audience keys of the viewer; `None` sees all.
    pub allowed: Option<Vec<String>>,
    /// Only these kinds, if any are named.
    pub kinds: Vec<String>,
}
