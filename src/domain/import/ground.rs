//! What the records of an import stand on: the ids behind slugs, and what kinds noted for each other.
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use uuid::Uuid;

use crate::{
    access::{Audience, Scope},
    base::{Code, Id, Kind, Refusal, Result, refuse, slug},
};

/// A file a record brought, already kept in the document store.
#[derive(Clone, Debug)]
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

/// What the records of one import stand on.
#[derive(Clone, Debug, Default)]
pub struct Ground {
    ids: HashMap<(&'static str, String), Uuid>,
    new: HashSet<(&'static str, String)>,
    /// Notes a kind makes for itself: paths of themes.
    pub notes: HashMap<String, String>,
    /// Files of documents by the document's slug, or why there is none.
    pub files: Arc<HashMap<String, std::result::Result<KeptFile, String>>>,
    /// Audiences of things that are not public.
    narrow: HashMap<Uuid, Audience>,
}

impl Ground {
    /// Notes the id behind a slug; `is_new` where the import itself brings it.
    pub fn note(&mut self, kind: &'static str, slug: String, id: Uuid, is_new: bool) {
        if is_new {
            self.new.insert((kind, slug.clone()));
        }
        self.ids.insert((kind, slug), id);
    }

    /// Notes who may see a thing.
    pub fn note_audience(&mut self, id: Uuid, audience: &Audience) {
        if audience.is_public() {
            self.narrow.remove(&id);
        } else {
            self.narrow.insert(id, audience.clone());
        }
    }

    /// Who may see a thing that a slug led to.
    pub fn audience_of(&self, id: Uuid) -> Audience {
        self.narrow.get(&id).cloned().unwrap_or_else(Audience::public)
    }

    /// A new thing was refused: nothing can refer to it.
    pub fn forget(&mut self, kind: &'static str, slug: &str) {
        let key = (kind, slug.to_owned());
        if self.new.remove(&key) {
            self.ids.remove(&key);
        }
    }

    /// The id behind a slug, if there is one.
    pub fn find(&self, kind: &'static str, slug: &str) -> Option<Uuid> {
        self.ids.get(&(kind, slug.to_owned())).copied()
    }

    /// The id behind a slug that `field` names.
    pub fn id<K: Kind>(&self, slug: &str, field: &str) -> Result<Id<K>> {
        match self.find(K::NAME, slug) {
            Some(id) => Ok(Id::new(id)),
            None => refuse(
                Code::NotFound,
                field,
                format!("“{field}” names the {} “{slug}”, which is neither in the hub nor taken from this import.", K::NAME),
            ),
        }
    }

    /// The same where the field may be missing.
    pub fn maybe<K: Kind>(&self, slug: Option<&str>, field: &str) -> Result<Option<Id<K>>> {
        slug.map(|slug| self.id(slug, field)).transpose()
    }

    /// The ids behind a list of slugs, each once.
    pub fn list<K: Kind>(&self, slugs: &[String], field: &str) -> Result<Vec<Uuid>> {
        let mut ids = Vec::with_capacity(slugs.len());
        for slug in slugs {
            let id = self.id::<K>(slug, field)?.uuid();
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        Ok(ids)
    }

    /// The audience a record names: `public`, `programme:slug`, `pairing:slug`, `city:slug`, `person:slug`.
    pub fn audience(&self, text: &str) -> Result<Audience> {
        if text == "public" {
            return Ok(Audience::public());
        }
        let bad = || {
            Refusal::new(
                Code::BadInput,
                "audience",
                format!("“audience” is “{text}”; it is “public” or “programme:…”, “pairing:…”, “city:…”, “person:…” with a slug."),
            )
        };
        let (word, slug) = text.split_once(':').ok_or_else(bad)?;
        let (scope, kind) =
            [(Scope::Programme, "programme"), (Scope::Pairing, "pairing"), (Scope::City, "city"), (Scope::Person, "person")]
                .into_iter()
                .find(|(_, kind)| *kind == word)
                .ok_or_else(bad)?;
        match self.find(kind, slug) {
            Some(id) => Ok(Audience::of(scope, id)),
            None => refuse(
                Code::NotFound,
                "audience",
                format!("“audience” names the {kind} “{slug}”, which is neither in the hub nor taken from this import."),
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
