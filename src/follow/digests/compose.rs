//! What a digest says: one line a thing, the last that happened to it, in the words of the reader's language.
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fmt::Write as _,
};

use fluent_bundle::FluentValue;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::mail::Mail;
use crate::{
    base::{Moment, Result, id, text::escaped},
    domain::{
        KINDS,
        digest::{Due, Period, Words},
        event::event_type,
        following,
        person::Contact,
        saved_search::{self, matched},
    },
    search::DocKey,
    store::{Logged, Reader, Turn},
};

/// Things a digest tells at the most.
const MOST: usize = 50;
/// Entries that are looked through for them.
const LOOKED_THROUGH: u64 = 500;

/// A line of a digest.
struct Item {
    what: String,
    title: String,
    url: String,
}

/// What a digest says.
pub struct Composed {
    words: Words,
    subject: String,
    greeting: String,
    intro: String,
    items: Vec<Item>,
    more: Option<String>,
    why: String,
}

/// The message for what an event means for its subject.
const fn message(turn: Turn) -> &'static str {
    match turn {
        Turn::Added => "added",
        Turn::Changed => "changed",
        Turn::Translated => "translated",
        Turn::Published => "published",
        Turn::Withdrawn => "withdrawn",
        Turn::Opened => "opened",
        Turn::Paired => "paired",
        Turn::Scheduled => "scheduled",
        Turn::Moved => "moved",
        Turn::Cancelled => "cancelled",
        Turn::Placed => "placed",
        Turn::Held => "held",
        Turn::Documented => "documented",
    }
}

impl Composed {
    /// What a digest says to its person, read as them; none where there is nothing to say.
    pub async fn of(reader: &Reader, due: &Due, contact: &Contact, public_url: &str) -> Result<Option<Self>> {
        let wanted = following::wanted(reader, due.person()).await?;
        // What was read in the hub is not repeated.
        let after = due.after().max(following::read_upto(reader, due.person()).await?);
        let entries = reader.log(&wanted, after, Some(due.upto() + 1), true, LOOKED_THROUGH).await?;
        let words = Words::of(&contact.languages);
        let mut items = items(reader, &entries, words, public_url).await?;
        let count = items.len();
        if count == 0 {
            return Ok(None);
        }
        items.truncate(MOST);
        let host = host(public_url);
        let number = |count: usize| FluentValue::from(count);
        let intro = if due.period() == Period::Weekly { "intro-weekly" } else { "intro-daily" };
        Ok(Some(Self {
            subject: words.say("subject", &[("count", number(count))]),
            greeting: words.say("greeting", &[("name", contact.name.as_str().into())]),
            intro: words.say(intro, &[]),
            more: (count > MOST).then(|| words.say("more", &[("count", number(count - MOST))])),
            why: words.say("why", &[("host", host.into())]),
            items,
            words,
        }))
    }

    /// The mail itself.
    pub fn into_mail(self, due: &Due, contact: &Contact, public_url: &str, at: Moment) -> Mail {
        let unsubscribe = format!("{public_url}/unsubscribe/{}", due.secret());
        // The same digest is the same message, however often it is sent.
        let named = Sha256::digest(format!("{} {} {}", due.person(), due.after(), due.upto()));
        let bare_host = host(public_url).split(':').next().unwrap_or_default();
        Mail {
            name: contact.name.clone(),
            address: contact.email.clone(),
            language: self.words.language(),
            message_id: format!("<digest.{}@{bare_host}>", hex::encode(&named[..16])),
            at,
            text: self.text(&unsubscribe),
            html: self.html(&unsubscribe),
            subject: self.subject,
            unsubscribe,
        }
    }

    fn text(&self, unsubscribe: &str) -> String {
        let mut text = format!("{}\n\n{}\n\n", self.greeting, self.intro);
        for item in &self.items {
            // A title of several lines would look like several things.
            let title = item.title.split_whitespace().collect::<Vec<_>>().join(" ");
            let _ = writeln!(text, "* {}: {title}\n  {}\n", item.what, item.url);
        }
        if let Some(more) = &self.more {
            let _ = writeln!(text, "{more}\n");
        }
        let _ = write!(text, "-- \n{}\n{}: {unsubscribe}\n", self.why, self.words.say("unsubscribe", &[]));
        text
    }

    fn html(&self, unsubscribe: &str) -> String {
        let items: String = self
            .items
            .iter()
            .map(|item| format!("<li>{}: <a href=\"{}\">{}</a></li>\n", escaped(&item.what), escaped(&item.url), escaped(&item.title)))
            .collect();
        let more = self.more.as_ref().map(|more| format!("<p>{}</p>\n", escaped(more))).unwrap_or_default();
        format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\"><title>{}</title></head>\n<body>\n<p>{}</p>\n<p>{}</p>\n<ul>\n{items}</ul>\n{more}<hr>\n<p>{} <a href=\"{}\">{}</a></p>\n</body>\n</html>\n",
            self.words.language(),
            escaped(&self.subject),
            escaped(&self.greeting),
            escaped(&self.intro),
            escaped(&self.why),
            escaped(unsubscribe),
            escaped(&self.words.say("unsubscribe", &[])),
        )
    }
}

/// `hub.example.org` of `https://hub.example.org/`.
fn host(public_url: &str) -> &str {
    public_url.split_once("://").map_or(public_url, |(_, rest)| rest.split('/').next().unwrap_or(rest))
}

/// One line a thing, the last that happened first. What was found for a search is told with the search's name.
async fn items(reader: &Reader, entries: &[Logged], words: Words, public_url: &str) -> Result<Vec<Item>> {
    let matches: Vec<Logged> = entries.iter().filter(|entry| matched::is_match(entry)).cloned().collect();
    let (mut found, mut titles, mut names) = (HashMap::new(), HashMap::new(), HashMap::new());
    if !matches.is_empty() {
        found = matched::subjects(reader, &matches).await?.into_iter().collect();
        titles = titles_of(reader, found.values()).await?;
        let searches: Vec<Uuid> = matches.iter().map(|entry| entry.subject).collect();
        let kept = saved_search::every_kept(reader, Some(&searches)).await?;
        names = kept.into_iter().map(|kept| (kept.id.uuid(), kept.name)).collect();
    }
    let (mut told, mut items) = (HashSet::new(), Vec::new());
    for entry in entries {
        let (what, key, title) = if matched::is_match(entry) {
            // What a match found may be hidden by now, or its search gone.
            let Some((key, name)) = found.get(&entry.seq).zip(names.get(&entry.subject)) else { continue };
            let Some(title) = titles.get(&key.id) else { continue };
            (words.say("matched", &[("search", name.as_str().into())]), key.clone(), title.clone())
        } else {
            let key = DocKey { kind: entry.kind.clone(), id: entry.subject };
            (words.say(message(event_type(&entry.event).map_or(Turn::Changed, |event| event.turn)), &[]), key, entry.summary.clone())
        };
        if told.insert((key.id, matched::is_match(entry).then_some(entry.subject))) {
            items.push(Item { what, title, url: url(&key, public_url) });
        }
    }
    Ok(items)
}

/// The titles of these things, as far as the reader's viewer sees them.
async fn titles_of(reader: &Reader, keys: impl Iterator<Item = &DocKey>) -> Result<HashMap<Uuid, String>> {
    let mut by_kind: BTreeMap<&str, Vec<Uuid>> = BTreeMap::new();
    for key in keys {
        by_kind.entry(&key.kind).or_default().push(key.id);
    }
    let mut titles = HashMap::new();
    for entry in KINDS.iter() {
        if let Some(ids) = by_kind.get(entry.kind()) {
            titles.extend(entry.docs(reader, ids).await?.into_iter().map(|doc| (doc.key.id, doc.title().to_owned())));
        }
    }
    Ok(titles)
}

/// Where a thing is read.
fn url(key: &DocKey, public_url: &str) -> String {
    let id = id::join(&key.kind, key.id);
    if key.kind == "document" {
        return format!("{public_url}/documents/{id}");
    }
    let query = format!("{{ node(id: \"{id}\") {{ id __typename }} }}");
    format!("{public_url}/graphql?query={}", percent_encoding::utf8_percent_encode(&query, percent_encoding::NON_ALPHANUMERIC))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_has_words() {
        for (event, expected) in [
            ("practicePublished", "published"),
            ("translationPublished", "translated"),
            ("pairingMatched", "paired"),
            ("seminarMoved", "moved"),
            ("seminarPlaceFound", "placed"),
            ("cityRevised", "changed"),
            ("documentTextExtracted", "changed"),
        ] {
            assert_eq!(message(event_type(event).expect("a sort of event").turn), expected);
        }
    }

    #[test]
    fn a_host_is_told_without_scheme_and_path() {
        assert_eq!(host("https://hub.example.org"), "hub.example.org");
        assert_eq!(host("http://127.0.0.1:8080/below"), "127.0.0.1:8080");
        assert_eq!(escaped("<a href=\"x\">&'"), "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
    }
}
