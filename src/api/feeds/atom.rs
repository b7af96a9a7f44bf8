//! Atom by RFC 4287.
use std::str::FromStr;

use atom_syndication::{Category, Entry, Feed as Written, FixedDateTime, Generator, Link, Person, Text};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::news::Item;
use crate::{
    base::{Fault, Moment, Result},
    domain::event::event_type,
    store::Turn,
};

/// Letters of a summary at the most.
const LONGEST: usize = 2_000;

/// A feed's own data.
pub struct Feed<'a> {
    pub title: &'a str,
    /// Names it for ever, whatever its address.
    pub id: String,
    /// Where it is read.
    pub address: String,
}

/// Writes a feed.
pub fn write(feed: &Feed<'_>, public_url: &str, items: &[Item]) -> Result<Vec<u8>> {
    // An empty feed is as old as can be, so that it reads the same each time.
    let updated = items.iter().map(|item| item.updated).max().unwrap_or_default();
    let written = Written {
        title: text(feed.title),
        id: urn(&feed.id),
        updated: time(updated)?,
        authors: vec![Person { name: "Hansa".to_owned(), uri: Some(public_url.to_owned()), ..Person::default() }],
        generator: Some(Generator {
            value: "Hansa".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            ..Generator::default()
        }),
        links: vec![link("self", feed.address.clone(), "application/atom+xml")],
        entries: items.iter().map(|item| entry(item, public_url)).collect::<Result<_>>()?,
        ..Written::default()
    };
    written.write_to(Vec::new()).map_err(|cause| Fault::new(cause).into())
}

fn entry(item: &Item, public_url: &str) -> Result<Entry> {
    let event = item.event.as_deref().unwrap_or_default();
    let title = match item.doc.title() {
        title if item.doc.is_withdrawn => format!("Withdrawn: {title}"),
        title if event_type(event).is_ok_and(|event| event.turn == Turn::Cancelled) => format!("Cancelled: {title}"),
        title => title.to_owned(),
    };
    let original = item.doc.texts.iter().find(|text| text.is_original).or(item.doc.texts.first());
    let told = original.map(|text| if text.summary.is_empty() { &text.body } else { &text.summary });
    // What was withdrawn is no longer told, only that it was.
    let summary = match told {
        _ if item.doc.is_withdrawn => "This was withdrawn.".to_owned(),
        Some(told) if told.chars().count() > LONGEST => format!("{}…", told.chars().take(LONGEST).collect::<String>()),
        Some(told) => told.clone(),
        None => String::new(),
    };
    let category = |term: &str| Category { term: term.to_owned(), ..Category::default() };
    let mut categories = vec![category(&item.doc.key.kind)];
    categories.extend((!event.is_empty()).then(|| category(event)));
    categories
        .extend(item.doc.themes.iter().map(|theme| Category { scheme: Some(format!("{public_url}/feeds/theme")), ..category(theme) }));
    let query = format!("{{ node(id: \"{}\") {{ id __typename }} }}", item.id);
    let mut links = vec![link(
        "alternate",
        format!("{public_url}/graphql?query={}", utf8_percent_encode(&query, NON_ALPHANUMERIC)),
        "application/json",
    )];
    if item.doc.key.kind == "document" && !item.doc.is_withdrawn {
        links.push(Link { rel: "enclosure".to_owned(), href: format!("{public_url}/documents/{}", item.id), ..Link::default() });
    }
    Ok(Entry {
        title: Text { lang: original.map(|text| text.language.clone()), ..text(&title) },
        id: urn(&item.id),
        updated: time(item.updated)?,
        categories,
        links,
        summary: Some(text(&summary)),
        ..Entry::default()
    })
}

fn urn(id: &str) -> String {
    format!("urn:hansa:{id}")
}

fn text(value: &str) -> Text {
    // What XML 1.0 (2.2) has no place for, not even escaped, and what is no text.
    let is_told = |letter: &char| !(letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}')) || matches!(letter, '\n' | '\t');
    Text::plain(value.chars().filter(is_told).collect::<String>())
}

fn link(rel: &str, href: String, media_type: &str) -> Link {
    Link { href, rel: rel.to_owned(), mime_type: Some(media_type.to_owned()), ..Link::default() }
}

fn time(at: Moment) -> Result<FixedDateTime> {
    FixedDateTime::from_str(&at.rfc3339()).map_err(|cause| Fault::new(cause).into())
}
