//! What the records of an import stand on: the ids behind slugs, and what kinds noted for each other.
use std::{
    collections::{HashMap, HashSet},
    fmt::Display,
    sync::Arc,
};

use uuid::Uuid;

use crate::{
    access::{Audience, Scope},
    base::{Code, Id, Kind, Result, refuse, slug},
    kernel::Belonging,
    store::Record,
};

/// A file a record brought, already kept in the document store.
#[derive(Clone, Debug, Default)]
pub struct KeptFile {
    /// SHA-256 in hex.
    pub sha256: String,
    /// Bytes.
    pub size: i64,
    /// Found from the content.
    pub media_type: String,
    /// Its name.
    pub file_name: String,
}

/// What the records of one import stand on. Each transaction works on a copy; what it does not change is shared with the original.
#[derive(Clone, Debug, Default)]
pub struct ImportContext {
    ids: Arc<HashMap<&'static str, HashMap<String, Found>>>,
    /// Notes a kind makes for itself: paths of themes.
    notes: Arc<HashMap<String, String>>,
    /// Files of documents by the document's slug, or why there is none.
    pub files: Arc<HashMap<String, std::result::Result<KeptFile, String>>>,
    /// What things belong to that records are about, and whose they are.
    pub known: HashMap<Uuid, Belonging>,
    /// Audiences of things that are not public.
    narrow: Arc<HashMap<Uuid, Audience>>,
}

/// What a slug leads to.
#[derive(Clone, Copy, Debug)]
struct Found {
    id: Uuid,
    /// Whether the import itself brings it.
    is_new: bool,
}

/// Under which name a kind's importer notes what it knows of one thing; a slash is in no slug, so it is nobody else's.
pub fn note_of(kind: &str, thing: impl Display) -> String {
    format!("{kind}/{thing}")
}

impl ImportContext {
    /// Notes the id behind a slug; `is_new` where the import itself brings it.
    pub fn note(&mut self, kind: &'static str, slug: String, id: Uuid, is_new: bool) {
        Arc::make_mut(&mut self.ids).entry(kind).or_default().insert(slug, Found { id, is_new });
    }

    /// Notes who may see a thing.
    pub fn note_audience(&mut self, id: Uuid, audience: &Audience) {
        if !audience.is_public() {
            Arc::make_mut(&mut self.narrow).insert(id, audience.clone());
        } else if self.narrow.contains_key(&id) {
            Arc::make_mut(&mut self.narrow).remove(&id);
        }
    }

    /// Who may see a thing that a slug led to.
    pub fn audience_of(&self, id: Uuid) -> Audience {
        self.narrow.get(&id).cloned().unwrap_or_else(Audience::public)
    }

    /// What was noted under a name.
    pub fn noted(&self, name: &str) -> Option<&str> {
        self.notes.get(name).map(String::as_str)
    }

    /// Notes something under a name, instead of what stood there.
    pub fn set_note(&mut self, name: String, note: String) {
        if self.notes.get(&name) != Some(&note) {
            Arc::make_mut(&mut self.notes).insert(name, note);
        }
    }

    /// Notes something under a name where nothing stands there yet; answers what stands there.
    pub fn note_first(&mut self, name: String, note: String) -> &str {
        if !self.notes.contains_key(&name) {
            Arc::make_mut(&mut self.notes).insert(name.clone(), note);
        }
        &self.notes[&name]
    }

    /// A new thing was refused: nothing can refer to it.
    pub fn forget(&mut self, kind: &'static str, slug: &str) {
        if self.ids.get(kind).and_then(|ids| ids.get(slug)).is_some_and(|found| found.is_new)
            && let Some(ids) = Arc::make_mut(&mut self.ids).get_mut(kind)
        {
            ids.remove(slug);
        }
    }

    /// The id of a record's own thing: of the one that is there, or the one the import gave it.
    pub fn own_id<R: Record>(&self, before: Option<&R>, slug: &str) -> Id<R::Kind> {
        before.map_or_else(|| Id::new(self.find(R::Kind::NAME, slug).unwrap_or_default()), Record::id)
    }

    /// Takes up again what was known of these things: they are tried once more.
    pub fn remember<'n>(&mut self, before: &Self, things: impl IntoIterator<Item = (&'static str, &'n str)>) {
        for (kind, slug) in things {
            if let Some(found) = before.ids.get(kind).and_then(|ids| ids.get(slug)) {
                self.note(kind, slug.to_owned(), found.id, found.is_new);
            }
        }
    }

    /// The id behind a slug, if there is one.
    pub fn find(&self, kind: &'static str, slug: &str) -> Option<Uuid> {
        Some(self.ids.get(kind)?.get(slug)?.id)
    }

    /// The id behind a slug that `field` names.
    pub fn id<K: Kind>(&self, slug: &str, field: &str) -> Result<Id<K>> {
        Ok(Id::new(self.id_of(K::NAME, slug, field)?))
    }

    /// The same of a kind that is named.
    pub fn id_of(&self, kind: &'static str, slug: &str, field: &str) -> Result<Uuid> {
        match self.find(kind, slug) {
            Some(id) => Ok(id),
            None => refuse(
                Code::NotFound,
                field,
                format!("“{field}” names the {kind} “{slug}”, which is neither in the hub nor taken from this import."),
            ),
        }
    }

    /// The same where the field may be missing.
    pub fn maybe<K: Kind>(&self, slug: Option<&str>, field: &str) -> Result<Option<Id<K>>> {
        slug.map(|slug| self.id(slug, field)).transpose()
    }

    /// The ids behind a list of slugs, each once.
    pub fn list<K: Kind>(&self, slugs: &[String], field: &str) -> Result<Vec<Uuid>> {
        self.list_of(K::NAME, slugs, field)
    }

    /// The same of a kind that is named.
    pub fn list_of(&self, kind: &'static str, slugs: &[String], field: &str) -> Result<Vec<Uuid>> {
        let mut ids = Vec::with_capacity(slugs.len());
        for slug in slugs {
            let id = self.id_of(kind, slug, field)?;
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        Ok(ids)
    }

    /// The audience a record names, everyone where it names none.
    pub fn audience_or_public(&self, text: Option<&String>) -> Result<Audience> {
        text.map_or_else(|| Ok(Audience::public()), |text| self.audience(text))
    }

    /// The audience a record names: `public`, `programme:slug`, `officers:slug`, `pairing:slug`, `city:slug`, `person:slug`; for the people of either
    /// `officers:slug+city:slug`, `officers:slug+pairing:slug`.
    pub fn audience(&self, text: &str) -> Result<Audience> {
        if text == "public" {
            return Ok(Audience::public());
        }
        match text.split_once('+') {
            Some((first, second)) => {
                Ok(self.party(first, text, &[Scope::Officers])?.and(&self.party(second, text, &[Scope::City, Scope::Pairing])?))
            }
            None => self.party(text, text, &[Scope::Programme, Scope::Officers, Scope::Pairing, Scope::City, Scope::Person]),
        }
    }

    /// The audience of one of these scopes that a part of the text names.
    fn party(&self, part: &str, text: &str, scopes: &[Scope]) -> Result<Audience> {
        let named =
            part.split_once(':').and_then(|(word, slug)| Some((Scope::of_word(word).filter(|scope| scopes.contains(scope))?, slug)));
        let Some((scope, slug)) = named else {
            let told = format!(
                "“audience” is “{text}”; it is “public” or “programme:…”, “officers:…”, “pairing:…”, “city:…”, “person:…” with a slug, or “officers:…+city:…”, “officers:…+pairing:…”."
            );
            return refuse(Code::BadInput, "audience", told);
        };
        match self.find(scope.kind(), slug) {
            Some(id) => Ok(Audience::of(scope, id)),
            None => refuse(
                Code::NotFound,
                "audience",
                format!("“audience” names the {} “{slug}”, which is neither in the hub nor taken from this import.", scope.kind()),
            ),
        }
    }

    /// Every string of a record that could be a slug.
    pub fn slugs_in(value: &serde_json::Value, found: &mut HashSet<String>) {
        match value {
            serde_json::Value::String(text) if text.len() <= slug::LONGEST + 10 => {
                let text = text.split_once(':').map_or(text.as_str(), |(_, slug)| slug);
                if slug::check(text, "").is_ok() {
                    found.insert(text.to_owned());
                }
            }
            serde_json::Value::Array(items) => items.iter().for_each(|item| Self::slugs_in(item, found)),
            serde_json::Value::Object(fields) => fields.values().for_each(|item| Self::slugs_in(item, found)),
            _ => {}
        }
    }
}
