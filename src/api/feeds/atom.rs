//! Atom by RFC 4287; what was withdrawn by RFC 6721.
use std::{collections::BTreeMap, str::FromStr};

use atom_syndication::{
    Category, Entry, Feed as Written, FixedDateTime, Generator, Link, Person, Text,
    extension::{Extension, ExtensionMap},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::news::Item;
use crate::{
    base::{Fault, Moment, Result},
    domain::event::event_type,
    store::Turn,
};

/// The namespace of tombstones.
const TOMBSTONES: (&str, &str) = ("at", "http://purl.org/atompub/tombstones/1.0");
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
        entries: items.iter().filter(|item| !item.doc.is_withdrawn).map(|item| entry(item, public_url)).collect::<Result<_>>()?,
        namespaces: BTreeMap::from([(TOMBSTONES.0.to_owned(), TOMBSTONES.1.to_owned())]),
        extensions: ExtensionMap::from([(
            TOMBSTONES.0.to_owned(),
            BTreeMap::from([("deleted-entry".to_owned(), items.iter().filter(|item| item.doc.is_withdrawn).map(deleted).collect())]),
        )]),
        ..Written::default()
    };
    written.write_to(Vec::new()).map_err(|cause| Fault::new(cause).into())
}

fn entry(item: &Item, public_url: &str) -> Result<Entry> {
    let event = item.event.as_deref().unwrap_or_default();
    let title = match item.doc.title() {
        title if event_type(event).is_ok_and(|event| event.turn == Turn::Cancelled) => format!("Cancelled: {title}"),
        title => title.to_owned(),
    };
    let original = item.doc.texts.iter().find(|text| text.is_original).or(item.doc.texts.first());
    let told = original.map(|text| if text.summary.is_empty() { &text.body } else { &text.summary });
    let summary = match told {
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
    if item.doc.key.kind == "document" {
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

/// A tombstone: which entry is gone and since when. What was withdrawn is no longer told, but for its title, by which people know it.
fn deleted(item: &Item) -> Extension {
    let comment = Extension {
        name: format!("{}:comment", TOMBSTONES.0),
        value: Some(readable(&format!("Withdrawn: {}", item.doc.title()))),
        ..Extension::default()
    };
    Extension {
        name: format!("{}:deleted-entry", TOMBSTONES.0),
        attrs: BTreeMap::from([("ref".to_owned(), urn(&item.id)), ("when".to_owned(), item.updated.rfc3339())]),
        children: BTreeMap::from([("comment".to_owned(), vec![comment])]),
        ..Extension::default()
    }
}

fn urn(id: &str) -> String {
    format!("urn:hansa:{id}")
}

fn text(value: &str) -> Text {
    Text::plain(readable(value))
}

/// Without what XML 1.0 (2.2) has no place for, not even escaped, and what is no text.
fn readable(value: &str) -> String {
    let is_told = |letter: &char| !(letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}')) || matches!(letter, '\n' | '\t');
    value.chars().filter(is_told).collect()
}

fn link(rel: &str, href: String, media_type: &str) -> Link {
    Link { href, rel: rel.to_owned(), mime_type: Some(media_type.to_owned()), ..Link::default() }
}

fn time(at: Moment) -> Result<FixedDateTime> {
    FixedDateTime::from_str(&at.rfc3339()).map_err(|cause| Fault::new(cause).into())
}
