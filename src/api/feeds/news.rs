//! What a feed tells: the things that changed last, from the log and the index.
use std::collections::{BTreeMap, HashMap};

use uuid::Uuid;

use crate::{
    access::rule,
    base::{AnyId, Fault, Moment, Result},
    domain::{
        KINDS, entry_of,
        event::{is_reference, machinery_words},
    },
    search::{DocKey, Filter, Order, Page, SearchDoc, SearchIndex, SearchRequest},
    store::{Logged, Reader, log::Wanted},
};

/// Things a feed tells at the most.
pub const MOST: usize = 50;
/// Events that are looked through for withdrawn things.
const LOOKED_THROUGH: u64 = 100;
/// Events after which a thing is told of as withdrawn.
const WITHDRAWN: [&str; 3] = ["practiceWithdrawn", "buildingBlockWithdrawn", "documentWithdrawn"];

/// A thing in a feed.
pub struct Item {
    /// Its id, as the graph has it.
    pub id: String,
    /// The thing as the index knows it.
    pub doc: SearchDoc,
    /// When it last changed.
    pub updated: Moment,
    /// What happened then; none where the log no longer tells.
    pub event: Option<String>,
}

/// The things of one feed, the last changed first.
pub struct News {
    pub items: Vec<Item>,
}

impl News {
    /// What a search finds, newest first, and what of it was withdrawn lately, as far as the reader's viewer may see it.
    /// Things of kinds that are reference data are left out, unless the filter names kinds or they are asked for.
    pub async fn of(reader: &Reader, index: &SearchIndex, text: &str, mut filter: Filter, is_reference_told: bool) -> Result<Self> {
        if filter.kinds.is_empty() && !is_reference_told {
            filter.kinds = KINDS.iter().filter(|entry| !is_reference(*entry)).map(|entry| entry.kind().to_owned()).collect();
        }
        let request = SearchRequest {
            text: text.to_owned(),
            filter: filter.clone(),
            order: Order::Newest,
            page: Page { first: Some(MOST), ..Page::default() },
            allowed: rule::index(&reader.viewer()),
            ..SearchRequest::default()
        };
        let mut keys: Vec<DocKey> = index.search(&request).map_err(Fault::new)?.hits.into_iter().map(|hit| hit.key).collect();
        let wanted = Wanted { events: WITHDRAWN.map(str::to_owned).to_vec(), ..Wanted::default() };
        for logged in reader.log(&wanted, 0, None, true, LOOKED_THROUGH).await? {
            let key = DocKey { kind: logged.kind, id: logged.subject };
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        let would_find = index.would_find(text, &filter, rule::index(&reader.viewer()).as_deref()).map_err(Fault::new)?;
        Self::about(reader, &keys, |doc| !doc.is_withdrawn || would_find(doc)).await
    }

    /// These things, where they are still wanted, with what happened to them last.
    pub async fn about(reader: &Reader, keys: &[DocKey], is_wanted: impl Fn(&SearchDoc) -> bool) -> Result<Self> {
        let mut by_kind: BTreeMap<&str, Vec<Uuid>> = BTreeMap::new();
        for key in keys {
            by_kind.entry(&key.kind).or_default().push(key.id);
        }
        let mut docs = Vec::new();
        for entry in KINDS.iter() {
            if let Some(ids) = by_kind.get(entry.kind()) {
                docs.extend(entry.docs(reader, ids).await?.into_iter().filter(&is_wanted));
            }
        }
        let last = last_events(reader, &docs).await?;
        let mut items: Vec<Item> = docs
            .into_iter()
            .filter_map(|doc| {
                let kind = entry_of(&doc.key.kind)?.kind();
                let last = last.get(&doc.key.id);
                Some(Item {
                    id: AnyId { kind, uuid: doc.key.id }.to_string(),
                    updated: last.map_or(Moment(doc.date), |logged| logged.at),
                    event: last.map(|logged| logged.event.clone()),
                    doc,
                })
            })
            .collect();
        items.sort_by(|a, b| b.updated.cmp(&a.updated).then_with(|| a.id.cmp(&b.id)));
        items.truncate(MOST);
        Ok(Self { items })
    }
}

/// The last event of each of these things that the reader's viewer may know of; that the text of a file was read is no change of it.
async fn last_events(reader: &Reader, docs: &[SearchDoc]) -> Result<HashMap<Uuid, Logged>> {
    if docs.is_empty() {
        return Ok(HashMap::new());
    }
    let subjects = docs.iter().map(|doc| doc.key.id).collect();
    let found = reader.last_logged(&Wanted { subjects, no_events: machinery_words(), ..Wanted::default() }).await?;
    Ok(found.into_iter().map(|logged| (logged.subject, logged)).collect())
}
