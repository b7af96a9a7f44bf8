//! `GET /feeds/…`: what is new as Atom, seminars as iCalendar, for readers that know nothing of GraphQL.
//!
//! | path | what |
//! |---|---|
//! | `/feeds/{programme,city,theme}/{slug}.atom` | what changed last of what belongs to it; what was withdrawn is told as withdrawn |
//! | `/feeds/{programme,city,theme}/{slug}.ics` | its seminars, moved and cancelled ones with a higher SEQUENCE |
//! | `/feeds/search.atom?text=…&kind=…` | the newest hits of a search; a parameter may be given many times |
//! |   | themes, agendas and goals are no news: a search tells them where it asks by `kind` or `includeReference=true` |
//! | `/feeds/matches/{secret}.atom` | what answered a saved search, as far as its person may see it now |
//! | `/feeds/obligations/{secret}/{pairing,city}/{slug}.ics` | by when it owes something, as far as the secret's person may see it now |
//!
//! Whoever asks is the public: a feed's address is passed on, and a token changes nothing, but a wrong one is refused as everywhere. Only the last two are a
//! person's, who is known by the secret. An unchanged feed is not sent again (`ETag`, `If-None-Match`).
//!
//! Invariant: the same content gives the same bytes, so that the checksum is the tag.
mod atom;
mod calendar;
mod news;
mod zones;

use std::sync::Arc;

use async_graphql::ID;
use poem::{
    Endpoint, Request, Response,
    http::{Method, StatusCode, header},
};
use sha2::{Digest, Sha256};

use super::gate::{HubGate, credential};
use crate::{
    access::{Viewer, rule},
    base::{Error, Fault, Kind, Result},
    domain::{
        city::City,
        entry_of,
        obligation::{self, ObligationFilter},
        pairing::Pairing,
        person,
        programme::Programme,
        saved_search,
        seminar::{self, SeminarFilter},
        theme::Theme,
    },
    kernel::country::Country,
    relay::context::{NodeType, named},
    search::{self, DocKey, Filter, SearchIndex, SearchRequest, Warning},
    store::{Reader, Record},
};
use news::News;

/// The endpoint of `/feeds/*`.
pub struct FeedPages {
    gate: HubGate,
    public: Reader,
    hub: Reader,
    index: Arc<SearchIndex>,
    /// Where the hub is reached from outside, without a slash at the end.
    public_url: Arc<str>,
}

/// A feed that was asked for.
struct Page {
    media_type: &'static str,
    bytes: Vec<u8>,
    /// Whether it is one person's.
    is_private: bool,
}

/// What a feed of one thing is about.
#[derive(Clone, Copy)]
enum About {
    Programme,
    City,
    Theme,
}

const ATOM: &str = "application/atom+xml; charset=utf-8";
const CALENDAR: &str = "text/calendar; charset=utf-8";
/// Values a search's address may have in all.
const MOST_VALUES: usize = 100;

impl FeedPages {
    /// Feeds of this hub.
    pub fn new(gate: HubGate, index: Arc<SearchIndex>, public_url: &str) -> Self {
        let (public, hub) = (Reader::new(gate.db().clone(), Arc::new(Viewer::public())), Reader::hub(gate.db().clone()));
        Self { gate, public, hub, index, public_url: public_url.into() }
    }

    async fn answer(&self, request: &Request) -> Result<Response> {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            let mut refused = told(StatusCode::METHOD_NOT_ALLOWED, "Feeds are read with GET or HEAD.");
            refused.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static("GET, HEAD"));
            return Ok(refused);
        }
        let is_admitted = match credential(request) {
            Ok(credential) => self.gate.viewer(credential).await?.is_some(),
            Err(_) => false,
        };
        if !is_admitted {
            let mut refused = told(StatusCode::UNAUTHORIZED, "The credential is wrong, revoked or has expired. Feeds need none.");
            refused.headers_mut().insert(header::WWW_AUTHENTICATE, header::HeaderValue::from_static("Bearer"));
            return Ok(refused);
        }
        let path = request.uri().path();
        let Some(rest) = path.strip_prefix("/feeds/") else { return Ok(missing()) };
        let page = match rest.split_once('/') {
            Some(("programme", name)) => self.of::<Programme>(About::Programme, name, path).await?,
            Some(("city", name)) => self.of::<City>(About::City, name, path).await?,
            Some(("theme", name)) => self.of::<Theme>(About::Theme, name, path).await?,
            Some(("matches", name)) => self.matches(name, path).await?,
            Some(("obligations", rest)) => self.owed(rest).await?,
            None if rest == "search.atom" => match asked(request.uri().query().unwrap_or_default()) {
                Ok(asked) => match self.unknown(&asked.filter)? {
                    None => Some(self.search(asked, &request.uri().to_string()).await?),
                    Some(sentence) => return Ok(told(StatusCode::BAD_REQUEST, sentence)),
                },
                Err(sentence) => return Ok(told(StatusCode::BAD_REQUEST, sentence)),
            },
            _ => None,
        };
        Ok(page.map_or_else(missing, |page| send(request, page)))
    }

    /// The feed of one thing: of `lyon.atom`, say.
    async fn of<T: NodeType>(&self, about: About, name: &str, path: &str) -> Result<Option<Page>> {
        let Some((slug, format)) = name.rsplit_once('.') else { return Ok(None) };
        if !matches!(format, "atom" | "ics") {
            return Ok(None);
        }
        let Some(row) = named::<T>(&self.public, slug).await? else { return Ok(None) };
        if format == "ics" {
            let this = Some(vec![ID(row.id().to_string())]);
            let filter = match about {
                About::Programme => SeminarFilter { programmes: this, ..SeminarFilter::default() },
                About::City => SeminarFilter { cities: this, ..SeminarFilter::default() },
                About::Theme => SeminarFilter { themes: this, ..SeminarFilter::default() },
            };
            let seminars = seminar::dated(&self.public, &filter).await?;
            return Ok(Some(Page {
                media_type: CALENDAR,
                bytes: calendar::write(row.title(), &self.public_url, &seminars),
                is_private: false,
            }));
        }
        let this = vec![row.slug().to_owned()];
        let filter = match about {
            About::Programme => Filter { programmes: this, ..Filter::default() },
            About::City => Filter { cities: this, ..Filter::default() },
            About::Theme => Filter { themes: this, ..Filter::default() },
        };
        let news = News::of(&self.public, &self.index, "", filter, false).await?;
        let feed = atom::Feed { title: row.title(), id: row.id().to_string(), address: format!("{}{path}", self.public_url) };
        Ok(Some(Page { media_type: ATOM, bytes: atom::write(&feed, &self.public_url, &news.items)?, is_private: false }))
    }

    /// The matches of a saved search, as far as its person may see them, for whoever knows the secret.
    async fn matches(&self, name: &str, path: &str) -> Result<Option<Page>> {
        let Some(secret) = name.strip_suffix(".atom") else { return Ok(None) };
        let Some(kept) = saved_search::of_secret(&self.hub, secret).await? else { return Ok(None) };
        let Some(viewer) = person::viewers_of(&self.hub, &[kept.person.uuid()]).await?.remove(&kept.person.uuid()) else { return Ok(None) };
        let reader = Reader::new(self.gate.db().clone(), Arc::new(viewer));
        let matches = reader.log(&saved_search::matched::wanted(kept.id), 0, None, true, news::MOST as u64).await?;
        let keys: Vec<DocKey> = saved_search::matched::subjects(&reader, &matches).await?.into_iter().map(|(_, key)| key).collect();
        let news = News::about(&reader, &keys, |_| true).await?;
        let feed = atom::Feed { title: &kept.name, id: kept.id.to_string(), address: format!("{}{path}", self.public_url) };
        Ok(Some(Page { media_type: ATOM, bytes: atom::write(&feed, &self.public_url, &news.items)?, is_private: true }))
    }

    /// By when a pairing or city owes something, as far as the person of the secret may see it: of `{secret}/city/lyon.ics`, say.
    async fn owed(&self, rest: &str) -> Result<Option<Page>> {
        let mut parts = rest.split('/');
        let (Some(secret), Some(kind), Some(name), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Ok(None);
        };
        let Some(slug) = name.strip_suffix(".ics") else { return Ok(None) };
        let Some(person) = obligation::person_of_secret(&self.hub, secret).await? else { return Ok(None) };
        let Some(viewer) = person::viewers_of(&self.hub, &[person]).await?.remove(&person) else { return Ok(None) };
        let reader = Reader::new(self.gate.db().clone(), Arc::new(viewer));
        let (title, filter) = match kind {
            Pairing::NAME => {
                let Some(row) = named::<Pairing>(&reader, slug).await? else { return Ok(None) };
                let pairings = Some(vec![ID(row.id().to_string())]);
                (row.title().to_owned(), ObligationFilter { pairings, ..ObligationFilter::default() })
            }
            City::NAME => {
                let Some(row) = named::<City>(&reader, slug).await? else { return Ok(None) };
                let cities = Some(vec![ID(row.id().to_string())]);
                (row.title().to_owned(), ObligationFilter { cities, ..ObligationFilter::default() })
            }
            _ => return Ok(None),
        };
        let owed = obligation::dated(&reader, &filter).await?;
        Ok(Some(Page { media_type: CALENDAR, bytes: calendar::write_owed(&title, &self.public_url, &owed), is_private: true }))
    }

    /// What a filter names that is not there, in one sentence: a feed of it would be empty, and nobody would know why.
    fn unknown(&self, filter: &Filter) -> Result<Option<String>> {
        if let Some(code) = filter.countries.iter().find(|code| Country::of(code).is_none()) {
            return Ok(Some(Country::unknown(code)));
        }
        if let Some(kind) = filter.kinds.iter().find(|kind| entry_of(kind).is_none()) {
            return Ok(Some(format!("There is no kind “{kind}”.")));
        }
        // A year, a language or a country that nothing has yet may come; a thing has its address once it is there.
        let things = Filter {
            themes: filter.themes.clone(),
            goals: filter.goals.clone(),
            cities: filter.cities.clone(),
            programmes: filter.programmes.clone(),
            ..Filter::default()
        };
        let page = search::Page { first: Some(0), ..search::Page::default() };
        let request = SearchRequest { filter: things, page, allowed: rule::index(&Viewer::public()), ..SearchRequest::default() };
        let warnings = self.index.search(&request).map_err(Fault::new)?.interpretation.warnings;
        Ok(warnings.iter().find_map(|warning| match warning {
            Warning::UnknownFilter { field, value } => Some(format!("There is no {field} “{value}” here.")),
            _ => None,
        }))
    }

    async fn search(&self, asked: Asked, address: &str) -> Result<Page> {
        let Asked { text, filter, is_reference_told } = asked;
        let news = News::of(&self.public, &self.index, &text, filter, is_reference_told).await?;
        let title = if text.trim().is_empty() { "What is new".to_owned() } else { format!("Found: {}", text.trim()) };
        let address = format!("{}{address}", self.public_url);
        let id = format!("search:{}", hex::encode(&Sha256::digest(address.as_bytes())[..16]));
        let feed = atom::Feed { title: &title, id, address };
        Ok(Page { media_type: ATOM, bytes: atom::write(&feed, &self.public_url, &news.items)?, is_private: false })
    }
}

/// What a search's feed is asked for.
#[derive(Default)]
struct Asked {
    text: String,
    filter: Filter,
    is_reference_told: bool,
}

/// Reads a search's address.
fn asked(query: &str) -> std::result::Result<Asked, &'static str> {
    const NAMES: &str = "A search feed takes text, kind, theme, goal, country, city, programme, language and year, each but text many times, and includeReference.";
    let (mut asked, mut count) = (Asked::default(), 0);
    let filter = &mut asked.filter;
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = value.replace('+', " ");
        let Ok(value) = percent_encoding::percent_decode_str(&value).decode_utf8() else { return Err("A value is not UTF-8.") };
        let value = value.into_owned();
        count += 1;
        if count > MOST_VALUES {
            return Err("These are too many values; 100 are allowed.");
        }
        match name {
            "text" => asked.text = value,
            "includeReference" => asked.is_reference_told = value.parse().map_err(|_| "“includeReference” is true or false.")?,
            "kind" => filter.kinds.push(value.to_lowercase()),
            "theme" => filter.themes.push(value),
            "goal" => filter.goals.push(value),
            "country" => filter.countries.push(value.to_uppercase()),
            "city" => filter.cities.push(value),
            "programme" => filter.programmes.push(value),
            "language" => filter.languages.push(value),
            "year" => filter.years.push(value.parse().map_err(|_| "“year” is a number.")?),
            _ => return Err(NAMES),
        }
    }
    Ok(asked)
}

fn send(request: &Request, page: Page) -> Response {
    let tag = format!("\"{}\"", hex::encode(&Sha256::digest(&page.bytes)[..16]));
    let asked = request.headers().get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let is_known = asked.flat_map(|tags| tags.split(',')).map(str::trim).any(|told| told == "*" || told.trim_start_matches("W/") == tag);
    let response = Response::builder()
        .header(header::ETAG, tag)
        .header(header::CACHE_CONTROL, if page.is_private { "private, no-cache" } else { "public, max-age=60" })
        .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .header("x-content-type-options", "nosniff");
    if is_known {
        return response.status(StatusCode::NOT_MODIFIED).finish();
    }
    let response = response.content_type(page.media_type).header(header::CONTENT_LENGTH, page.bytes.len());
    if *request.method() == Method::HEAD { response.finish() } else { response.body(page.bytes) }
}

fn missing() -> Response {
    told(
        StatusCode::NOT_FOUND,
        "There is no such feed. There are /feeds/city/{slug}.atom and .ics, the same for programmes and themes, and /feeds/search.atom?text=….",
    )
}

fn told(status: StatusCode, sentence: impl Into<String>) -> Response {
    Response::builder()
        .status(status)
        .header(header::CACHE_CONTROL, "no-store")
        .content_type("text/plain; charset=utf-8")
        .body(sentence.into())
}

impl Endpoint for FeedPages {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        Ok(self.answer(&request).await.unwrap_or_else(|error| match error {
            Error::Refused(_) => missing(),
            fault @ Error::Fault(_) => {
                tracing::error!(cause = fault.told(), "a feed could not be written");
                told(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on our side; it was noted.")
            }
        }))
    }
}
