//! Search and completion in the graph: the index finds keys, the read door loads the things and checks again.
use std::{sync::Arc, time::Duration};

use async_graphql::{Context, Enum, Object, Result, SimpleObject};

use super::{explain::SearchScore, facets::SearchFacets, interpretation::SearchExplanation};
use crate::{
    access::rule,
    base::{Code, Fault, refuse},
    domain::{VisibleNode, entry_of, search_filter::SearchFilter},
    relay::{LanguageTag, Position, connection::PageInfo, context::Asking},
    search::{
        self, Cursor, Hit, Order, Page, Point, SearchIndex, SearchRequest, SearchResponse, SnippetField, SuggestRequest, SuggestionSource,
    },
    store::page,
};

/// Values of a facet that are told at the most; ten times as many of themes and goals, which are trees.
const FACET_VALUES: usize = 50;
/// How long `atLeast` waits for the index.
const PATIENCE: Duration = Duration::from_secs(5);

/// The order of hits. Equals are ordered by id, always the same way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum SearchOrder {
    /// The best match first.
    #[default]
    Relevance,
    /// The newest first.
    Newest,
    /// The oldest first.
    Oldest,
    /// The nearest to the centre of `filter.near` first.
    Distance,
}

/// One thing that was found.
pub struct SearchEdge {
    hit: Hit,
}

/// A piece of a text, marked or not.
#[derive(Clone, Debug, SimpleObject)]
pub struct SnippetFragment {
    /// The text in its original spelling.
    pub text: String,
    /// Whether it is what was sought.
    pub is_match: bool,
}

/// Where in a thing the words were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum SearchField {
    /// The title.
    Title,
    /// The summary.
    Summary,
    /// The text.
    Body,
    /// A name or alias.
    Name,
}

/// A piece of a found text around what was sought.
#[derive(Clone, Debug, SimpleObject)]
pub struct SearchSnippet {
    /// Where it was found.
    pub field: SearchField,
    /// The page it stands on, the first being 1; null where the text has no pages.
    pub page: Option<u32>,
    /// Joined together they are the piece.
    pub fragments: Vec<SnippetFragment>,
}

/// One thing that was found.
#[Object]
impl SearchEdge {
    /// The thing; null where it was hidden or withdrawn a moment ago.
    async fn node(&self, ctx: &Context<'_>) -> Result<Option<VisibleNode>> {
        load(ctx, &self.hit.key).await
    }

    /// Its place; give it to `after` or `before`.
    async fn cursor(&self) -> String {
        self.hit.cursor.to_string()
    }

    /// How well it matches. Not comparable between questions; 0 where no words were sought.
    async fn score(&self) -> f32 {
        self.hit.score
    }

    /// The language of the text that matched; null where only a name did, or no words were sought.
    async fn language(&self) -> Option<LanguageTag> {
        crate::base::Language::parse(self.hit.language.as_deref()?).map(LanguageTag)
    }

    /// Why it scored so: what each word gave. Null where no words were sought.
    async fn explanation(&self) -> Option<SearchScore> {
        self.hit.explanation.clone().map(SearchScore)
    }

    /// Pieces of the text around what was sought, in its original spelling.
    async fn snippets(&self) -> Vec<SearchSnippet> {
        pieces(&self.hit)
    }
}

/// Pieces of a hit's texts around what was sought.
pub(super) fn pieces(hit: &Hit) -> Vec<SearchSnippet> {
    let field = |field| match field {
        SnippetField::Title => SearchField::Title,
        SnippetField::Summary => SearchField::Summary,
        SnippetField::Body => SearchField::Body,
        SnippetField::Name => SearchField::Name,
    };
    let fragment = |f: &search::Fragment| SnippetFragment { text: f.text.clone(), is_match: f.is_match };
    hit.snippets
        .iter()
        .map(|s| SearchSnippet { field: field(s.field), page: s.page, fragments: s.fragments.iter().map(fragment).collect() })
        .collect()
}

pub(super) async fn load(ctx: &Context<'_>, key: &search::DocKey) -> Result<Option<VisibleNode>> {
    match entry_of(&key.kind) {
        Some(entry) => Ok(entry.node(ctx.scope(), key.id).await?.map(VisibleNode)),
        None => Ok(None),
    }
}

/// A page of hits and what is known about all of them.
pub struct SearchConnection {
    response: SearchResponse,
}

/// A page of hits and what is known about all of them.
#[Object]
impl SearchConnection {
    /// The hits, best first.
    async fn edges(&self) -> Vec<SearchEdge> {
        self.response.hits.iter().map(|hit| SearchEdge { hit: hit.clone() }).collect()
    }

    /// The things alone; null where one was hidden or withdrawn a moment ago.
    async fn nodes(&self, ctx: &Context<'_>) -> Result<Vec<Option<VisibleNode>>> {
        futures_util::future::try_join_all(self.response.hits.iter().map(|hit| load(ctx, &hit.key))).await
    }

    /// Where this page lies in the whole.
    async fn page_info(&self) -> PageInfo {
        let cursor = |hit: &Hit| hit.cursor.to_string();
        PageInfo {
            has_previous_page: self.response.has_previous,
            has_next_page: self.response.has_next,
            start_cursor: self.response.hits.first().map(cursor),
            end_cursor: self.response.hits.last().map(cursor),
        }
    }

    /// How many hits there are in all, as far as the viewer may see them.
    async fn total_count(&self) -> u64 {
        self.response.total
    }

    /// How many hits have which value.
    async fn facets(&self) -> SearchFacets {
        SearchFacets(self.response.facets.clone().unwrap_or_default())
    }

    /// The question as it was perhaps meant, where it has words that nothing the viewer may see has. It was answered as if it had been asked so, but for words that are right in a
    /// language it may be in: what these may have been meant to be is offered here and not sought, see `SearchPart.offered`.
    async fn did_you_mean(&self) -> Option<&str> {
        self.response.did_you_mean.as_deref()
    }

    /// How the question was understood.
    async fn explanation(&self) -> SearchExplanation {
        SearchExplanation::of(&self.response.interpretation)
    }
}

/// What a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum SuggestionKind {
    /// The name of a thing: of a city, a theme …
    Name,
    /// The title of a thing.
    Title,
    /// A phrase that several things use, all of which the viewer may see.
    Phrase,
}

/// A completion of what is being typed.
pub struct Suggestion(search::Suggestion);

/// A completion of what is being typed.
#[Object]
impl Suggestion {
    /// What it is.
    async fn kind(&self) -> SuggestionKind {
        match self.0.source {
            SuggestionSource::Name(_) => SuggestionKind::Name,
            SuggestionSource::Title(_) => SuggestionKind::Title,
            SuggestionSource::Phrase => SuggestionKind::Phrase,
        }
    }

    /// A title, name or phrase, in its original spelling.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// The language of a title or phrase; null for names.
    async fn language(&self) -> Option<LanguageTag> {
        crate::base::Language::parse(self.0.language.as_deref()?).map(LanguageTag)
    }

    /// What bears it; null for phrases.
    async fn node(&self, ctx: &Context<'_>) -> Result<Option<VisibleNode>> {
        match &self.0.source {
            SuggestionSource::Name(key) | SuggestionSource::Title(key) => load(ctx, key).await,
            SuggestionSource::Phrase => Ok(None),
        }
    }
}

/// The index, in the schema's data.
#[derive(Clone)]
pub struct Index(pub Arc<SearchIndex>);

/// Search's part of the query root.
#[derive(Default)]
pub struct SearchQuery;

#[Object]
impl SearchQuery {
    /// Finds things by words, in every language they are written in. Never an error because of the words; without any, everything the filter admits is listed.
    /// Also understood are "exact phrases", -without, begin* and field:value, with the fields theme, goal, country, city, programme, lang, year and kind; a value is a
    /// slug, a code or a name in any language (of a language its tag, of a kind its English name), one with spaces stands in quotation marks, years may be 2016..2018. A word also finds its `synonyms`, which count a little
    /// less. Each year a hit is newer counts two thousandths more. Practices, cities and pairings count most, then seminars, documents, adoptions, building blocks, agreements, programmes, calls, applications, announcements and
    /// organisations (a fifth less), then themes, goals, agendas and involvements (two fifths less); what is called exactly as the question says counts half as much again.
    ///
    /// What people paste is no question of that sort: of more than a dozen words, unless half of them are values of fields, all are words, and what stands in quotation marks
    /// only counts more. Where nothing meets a shorter question of more than six words, its phrases, fields and minus signs weigh, too: `explanation.reading` tells.
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The words sought.")] text: String,
        #[graphql(desc = "What a hit must have.")] filter: Option<SearchFilter>,
        #[graphql(desc = "The order of hits.", default)] order_by: SearchOrder,
        #[graphql(desc = "At most this many from the start; 0 to 100, 20 when neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
        #[graphql(
            desc = "The reader's languages, best first: they decide which language a hit is told in when several match about as well."
        )]
        languages: Option<Vec<LanguageTag>>,
        #[graphql(
            desc = "Wait, for five seconds at the most, until the index has reached this place in the log: search what was just written."
        )]
        at_least: Option<Position>,
    ) -> Result<SearchConnection> {
        let index = ctx.data_unchecked::<Index>().0.clone();
        if let Some(position) = at_least {
            reached(&index, position.0).await?;
        }
        let filter = filter.unwrap_or_default();
        let near = filter.near;
        let order = match (order_by, near) {
            (SearchOrder::Relevance, _) => Order::Relevance,
            (SearchOrder::Newest, _) => Order::Newest,
            (SearchOrder::Oldest, _) => Order::Oldest,
            (SearchOrder::Distance, Some(near)) => Order::Nearest(Point { latitude: near.latitude, longitude: near.longitude }),
            (SearchOrder::Distance, None) => refuse(Code::Required, "filter.near", "DISTANCE needs “filter.near” to measure from.")?,
        };
        let looked = ctx.look_ahead();
        let languages = languages.map_or_else(
            || ctx.scope().languages.iter().map(ToString::to_string).collect(),
            |tags| tags.iter().map(|tag| tag.0.to_string()).collect(),
        );
        let request = SearchRequest {
            text,
            filter: filter.read(ctx.reader(), "filter").await?,
            order,
            page: cut(&order, first, after.as_deref(), last, before.as_deref())?,
            allowed: rule::index(&ctx.viewer()),
            languages,
            facets: looked.field("facets").exists().then_some(FACET_VALUES),
            snippets: looked.field("edges").field("snippets").exists(),
            explain: looked.field("edges").field("explanation").exists(),
            relax: true,
            among: Vec::new(),
        };
        let response = index.search(&request).map_err(|cause| crate::base::Error::from(Fault::new(cause)))?;
        Ok(SearchConnection { response })
    }

    /// Completes what someone is typing: names of cities, themes and other things, titles, and phrases of two or three words that several things use. Slips
    /// of the pen are put right.
    async fn suggest(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was typed so far.")] text: String,
        #[graphql(desc = "At most this many; 0 to 50.", default = 8)] first: i32,
    ) -> Result<Vec<Suggestion>> {
        let count = match usize::try_from(first) {
            Ok(count) if count <= 50 => count,
            _ => refuse(Code::BadInput, "first", format!("“first” is {first}; it may be 0 to 50."))?,
        };
        let request = SuggestRequest { text, count, allowed: rule::index(&ctx.viewer()), kinds: Vec::new() };
        let found = ctx.data_unchecked::<Index>().0.suggest(&request).map_err(|cause| crate::base::Error::from(Fault::new(cause)))?;
        Ok(found.into_iter().map(Suggestion).collect())
    }
}

/// The part of the hits the four arguments ask for.
fn cut(order: &Order, first: Option<i32>, after: Option<&str>, last: Option<i32>, before: Option<&str>) -> crate::base::Result<Page> {
    let size = |size: Option<i32>, name: &str| match size.map(u64::try_from) {
        None => Ok(None),
        Some(Ok(size)) if size <= page::MOST => Ok(Some(usize::try_from(size).unwrap_or(usize::MAX))),
        _ => refuse(Code::BadInput, name, format!("“{name}” may be 0 to {}.", page::MOST)),
    };
    let cursor = |text: Option<&str>, name: &str| match text {
        None => Ok(None),
        Some(text) => match Cursor::parse(text, order) {
            Some(cursor) => Ok(Some(cursor)),
            None => refuse(
                Code::BadInput,
                name,
                format!("“{name}” is not a cursor of a search in this order; take it from an edge or from pageInfo."),
            ),
        },
    };
    Ok(Page { first: size(first, "first")?, after: cursor(after, "after")?, last: size(last, "last")?, before: cursor(before, "before")? })
}

/// Waits, bounded, until the index has reached a position.
async fn reached(index: &SearchIndex, position: i64) -> crate::base::Result<()> {
    let begun = tokio::time::Instant::now();
    while index.position() < position {
        if begun.elapsed() > PATIENCE {
            return refuse(
                Code::WrongState,
                "atLeast",
                "The index has not reached this position yet; try again in a moment, or search without “atLeast”.",
            );
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    Ok(())
}
