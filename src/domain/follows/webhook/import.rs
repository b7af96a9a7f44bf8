//! Importing webhooks. A webhook's secret is not written out: whoever reads an export could sign in the hub's name. Where it is new it has
//! another one, which its person is told when they ask for a new secret (`rotateWebhookSecret`); until then its receiver refuses it.
use futures_util::future::BoxFuture;
use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use super::{
    Row,
    row::{Reason, State},
    secret,
};
use crate::{
    base::{Fault, Id, Outbound, id},
    domain::{
        city::City,
        entry_of,
        event::{EventFilter, ExchangeEventType},
        person::Person,
        programme::Programme,
        saved_search::{self, SavedSearch},
        theme::Theme,
    },
    kernel::prelude::import::*,
};

/// Under which note the log's head stands; a slash is in no slug, so it is nobody else's note.
const HEAD: &str = "log/head";

/// A record of a webhook.
#[derive(Debug, Deserialize, Serialize)]
pub struct WebhookRecord {
    slug: String,
    person: String,
    name: String,
    url: String,
    /// Of which events it tells; of all where nothing is said.
    #[serde(default)]
    types: Vec<ExchangeEventType>,
    /// About these things, as `practice:slug`.
    #[serde(default)]
    subjects: Vec<String>,
    #[serde(default)]
    cities: Vec<String>,
    #[serde(default)]
    programmes: Vec<String>,
    #[serde(default)]
    themes: Vec<String>,
    /// Whether reference data is told, too; it is where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    include_reference: Option<bool>,
    /// Whether it tells nothing: what it told of is gone, or it named a list with nothing in it.
    of_nothing: Option<bool>,
    saved_search: Option<String>,
    query: String,
    state: Option<State>,
    ended_reason: Option<Reason>,
}

impl WebhookRecord {
    fn filter(&self, context: &ImportContext) -> Result<EventFilter> {
        fn ids<K: Kind>(slugs: &[String], field: &str, context: &ImportContext) -> Result<Option<Vec<Id<K>>>> {
            let found = context.list::<K>(slugs, field)?;
            Ok((!found.is_empty()).then(|| found.into_iter().map(Id::new).collect()))
        }
        let subject = |text: &String| {
            let found = text.split_once(':').and_then(|(kind, slug)| {
                let kind = entry_of(kind)?.kind();
                Some(id::join(kind, context.find(kind, slug)?))
            });
            match found {
                Some(id) => Ok(id),
                None => refuse(
                    Code::NotFound,
                    "subjects",
                    format!(
                        "“subjects” names “{text}”; it is a kind and a slug of the hub or of this import, as in “practice:rain-gardens”."
                    ),
                ),
            }
        };
        let cities = ids::<City>(&self.cities, "cities", context)?;
        Ok(EventFilter {
            types: self.types.clone(),
            subjects: self.subjects.iter().map(subject).collect::<Result<_>>()?,
            cities: if self.of_nothing == Some(true) { Some(Vec::new()) } else { cities },
            programmes: ids::<Programme>(&self.programmes, "programmes", context)?,
            themes: ids::<Theme>(&self.themes, "themes", context)?,
            include_reference: self.include_reference,
        })
    }
}

impl Importable for WebhookRecord {
    type Row = Row;

    fn ready<'t>(tx: &'t Tx<'_>, context: &'t mut ImportContext) -> BoxFuture<'t, Result<()>> {
        Box::pin(async move {
            context.set_note(HEAD.to_owned(), tx.log_head().await?.to_string());
            Ok(())
        })
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let person = context.id::<Person>(&self.person, "person")?;
        // Which networks may be reached is asked when it is sent.
        let every: Vec<IpNet> = ["0.0.0.0/0", "::/0"].iter().filter_map(|network| network.parse().ok()).collect();
        let url = Outbound { networks: every }.read(&self.url, "url")?;
        refuse_if(self.query.trim().is_empty(), Code::Required, "query", "“query” is empty; it makes what is sent.")?;
        let head = context.noted(HEAD).and_then(|head| head.parse().ok()).ok_or_else(|| Fault::new("the log's head was not noted"))?;
        let row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), Audience::of(Scope::Person, person.uuid()), {
            person,
            name: self.name.trim().to_owned(),
            url: url.into(),
            filter: Json(self.filter(context)?),
            saved_search: context.maybe::<SavedSearch>(self.saved_search.as_deref(), "saved_search")?,
            query: self.query.clone(),
            state: self.state.unwrap_or(State::Active),
            ended_reason: self.ended_reason,
            since: before.map_or(head, |row| row.since),
        });
        Ok(Prepared { row, links: Vec::new(), texts: None })
    }

    fn also<'t>(&'t self, row: &'t Row, is_new: bool, _: &'t ImportContext, tx: &'t mut Tx<'_>) -> BoxFuture<'t, Result<bool>> {
        Box::pin(async move {
            if let Some(search) = row.saved_search {
                saved_search::is_of(tx, search, row.person, "saved_search").await?;
            }
            if is_new {
                secret::make(tx, row.id).await?;
            }
            Ok(false)
        })
    }
}

impl Exportable for WebhookRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        // What is gone has no slug to be named by.
        fn slugs<K: Kind>(ids: Option<&Vec<Id<K>>>, context: &ExportContext) -> (Vec<String>, bool) {
            let found: Vec<String> = ids.into_iter().flatten().filter_map(|id| context.slug(*id).ok()).collect();
            let is_of_nothing = ids.is_some() && found.is_empty();
            (found, is_of_nothing)
        }
        let record = |row: Row| {
            let filter = &row.filter;
            let subjects: Vec<String> = filter
                .subjects
                .iter()
                .filter_map(|text| {
                    let (kind, id) = id::split(text)?;
                    Some(format!("{kind}:{}", context.name(id).ok()?))
                })
                .collect();
            let is_gone = subjects.is_empty() && !filter.subjects.is_empty();
            let (cities, no_city) = slugs(filter.cities.as_ref(), context);
            let (programmes, no_programme) = slugs(filter.programmes.as_ref(), context);
            let (themes, no_theme) = slugs(filter.themes.as_ref(), context);
            Ok(Self {
                person: context.slug(row.person)?,
                types: filter.types.clone(),
                subjects,
                cities,
                programmes,
                themes,
                include_reference: filter.include_reference,
                of_nothing: (is_gone || no_city || no_programme || no_theme).then_some(true),
                saved_search: context.maybe(row.saved_search)?,
                slug: row.slug,
                name: row.name,
                url: row.url,
                query: row.query,
                state: Some(row.state),
                ended_reason: row.ended_reason,
            })
        };
        rows.into_iter().map(record).collect()
    }
}
