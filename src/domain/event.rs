//! What happens in the hub, as the graph names it, and which of it somebody wants: asked at once or kept.
use async_graphql::{Enum, ID, InputObject};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    city::City,
    entry_of,
    programme::{self, Programme},
    theme::Theme,
};
use crate::{
    base::{Code, Id, Kind, Result, id, refuse},
    relay::Refs,
    store::{Reader, log::Wanted},
};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ExchangeEventType {
    /// A theme was added to the tree.
    ThemeAdded,
    /// A theme changed.
    ThemeRevised,
    /// An agenda was added.
    AgendaAdded,
    /// An agenda changed.
    AgendaRevised,
    /// A goal was added.
    GoalAdded,
    /// A goal changed.
    GoalRevised,
    /// A programme was added.
    ProgrammeAdded,
    /// A programme changed.
    ProgrammeRevised,
    /// A call was added that is not open.
    CallAdded,
    /// A call opened.
    CallOpened,
    /// A call changed.
    CallRevised,
    /// A city was added.
    CityAdded,
    /// A city changed.
    CityRevised,
    /// Cities were matched.
    PairingMatched,
    /// A pairing became active.
    PairingActivated,
    /// A pairing changed.
    PairingRevised,
    /// A practice was begun as a draft.
    PracticeDrafted,
    /// A practice was handed in.
    PracticeSubmitted,
    /// A practice was sent back.
    PracticeReturned,
    /// A practice was published.
    PracticePublished,
    /// A practice changed.
    PracticeRevised,
    /// A practice was withdrawn.
    PracticeWithdrawn,
    /// A translation was added or changed.
    TranslationPublished,
    /// A seminar was scheduled.
    SeminarScheduled,
    /// A seminar got another time or place.
    SeminarMoved,
    /// A seminar was cancelled.
    SeminarCancelled,
    /// A seminar took place.
    SeminarHeld,
    /// A seminar's documents are there.
    SeminarDocumented,
    /// A seminar changed otherwise.
    SeminarRevised,
    /// A document was begun as a draft.
    DocumentDrafted,
    /// A document was published.
    DocumentPublished,
    /// A document got a new file or was replaced.
    DocumentSuperseded,
    /// A document changed otherwise.
    DocumentRevised,
    /// A document was withdrawn.
    DocumentWithdrawn,
    /// The text of a document's file can be searched now.
    DocumentTextExtracted,
    /// An announcement was published.
    AnnouncementPublished,
    /// An announcement was corrected.
    AnnouncementCorrected,
    /// A person joined.
    MemberJoined,
    /// A person left.
    MemberLeft,
    /// A person's account or roles changed.
    PersonRevised,
    /// A person follows something, or no longer. Told to that person alone, as is what follows.
    FollowsChanged,
    /// A person said up to where notifications were read.
    NotificationsRead,
    /// A search was saved.
    SearchSaved,
    /// A saved search changed.
    SearchRevised,
    /// A saved search was deleted.
    SearchDeleted,
    /// Something answers a saved search.
    SearchMatched,
    /// A synonym was added: search heeds it from then on, as it does what follows.
    SynonymAdded,
    /// A synonym changed.
    SynonymRevised,
    /// A synonym was deleted.
    SynonymDeleted,
    /// A webhook was made.
    WebhookCreated,
    /// A webhook changed, or was asked to send something again.
    WebhookRevised,
    /// A webhook was asked for a test: this event is what it sends.
    WebhookTested,
    /// The hub ended a webhook; its `endedReason` tells why.
    WebhookEnded,
    /// A webhook was deleted.
    WebhookDeleted,
}

impl ExchangeEventType {
    /// The event a word of the log stands for.
    pub fn of_word(word: &str) -> Result<Self> {
        Ok(serde_json::from_value(serde_json::Value::String(word.to_owned()))?)
    }

    /// The word the log has for it.
    fn word(self) -> Result<String> {
        Ok(serde_json::to_value(self)?.as_str().unwrap_or_default().to_owned())
    }

    /// Its name in the graph: `PRACTICE_PUBLISHED`.
    pub fn name(self) -> String {
        match async_graphql::resolver_utils::enum_value(self) {
            async_graphql::Value::Enum(name) => name.to_string(),
            other => other.to_string(),
        }
    }
}

/// Which events. A list means any of; fields together mean all of.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ExchangeEventFilter {
    /// Of these types.
    pub types: Option<Vec<ExchangeEventType>>,
    /// About these things, by id.
    pub subjects: Option<Vec<ID>>,
    /// About something of these cities, by id.
    pub cities: Option<Vec<ID>>,
    /// About something of these programmes or of a city that takes part in them, by id. Which cities do is asked when a stream begins.
    pub programmes: Option<Vec<ID>>,
    /// About something under these themes, by id.
    pub themes: Option<Vec<ID>>,
}

/// The same with its ids read, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventFilter {
    /// Of these types.
    pub types: Vec<ExchangeEventType>,
    /// About these things: ids of any kind.
    pub subjects: Vec<String>,
    /// About something of these cities; none where none were named. An empty list is not the same: nothing is of no city.
    pub cities: Option<Vec<Id<City>>>,
    /// About something of these programmes.
    pub programmes: Option<Vec<Id<Programme>>>,
    /// About something under these themes.
    pub themes: Option<Vec<Id<Theme>>>,
}

impl ExchangeEventFilter {
    /// Reads the ids; a refusal names the one that is wrong, below `path`.
    pub fn read(self, path: &str) -> Result<EventFilter> {
        for subject in self.subjects.iter().flatten() {
            if id::split(subject).is_none_or(|(kind, _)| entry_of(kind).is_none()) {
                return refuse(
                    Code::BadInput,
                    format!("{path}.subjects"),
                    format!("“{}” is not an id of a thing in this graph.", subject.as_str()),
                );
            }
        }
        for (name, is_empty) in [("types", self.types.as_ref().map(Vec::is_empty)), ("subjects", self.subjects.as_ref().map(Vec::is_empty))]
        {
            if is_empty == Some(true) {
                return refuse(Code::BadInput, format!("{path}.{name}"), format!("“{name}” is empty; leave it out to get everything."));
            }
        }
        fn ids<K: Kind>(list: Option<Vec<ID>>, path: &str) -> Result<Option<Vec<Id<K>>>> {
            list.map(|list| list.iter().map(|text| Ok(Id::parse(text, path)?)).collect()).transpose()
        }
        Ok(EventFilter {
            types: self.types.unwrap_or_default(),
            subjects: self.subjects.unwrap_or_default().into_iter().map(|id| id.to_string()).collect(),
            cities: ids(self.cities, &format!("{path}.cities"))?,
            programmes: ids(self.programmes, &format!("{path}.programmes"))?,
            themes: ids(self.themes, &format!("{path}.themes"))?,
        })
    }
}

impl EventFilter {
    /// Which entries of the log that means today: which cities take part in a programme, and what stands below a theme, is asked now.
    pub async fn wanted(&self, reader: &Reader) -> Result<Wanted> {
        fn uuids<K>(ids: &[Id<K>]) -> Vec<Uuid> {
            ids.iter().map(|id| id.uuid()).collect()
        }
        let mut wanted = Wanted {
            events: self.types.iter().map(|event| event.word()).collect::<Result<_>>()?,
            subjects: self.subjects.iter().filter_map(|text| Some(id::split(text)?.1)).collect(),
            ..Wanted::default()
        };
        if let Some(cities) = &self.cities {
            wanted.tagged.push(uuids(cities));
        }
        if let Some(programmes) = &self.programmes {
            wanted.tagged.push(programme::reach(reader, uuids(programmes)).await?);
        }
        if let Some(themes) = &self.themes {
            wanted.tagged.push(Refs::below::<Theme>(reader, &uuids(themes)).await?);
        }
        Ok(wanted)
    }
}
