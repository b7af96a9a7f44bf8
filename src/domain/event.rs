//! What happens in the hub, as the graph names it, and which of it somebody wants: asked at once or kept.
use std::borrow::Cow;

use async_graphql::{
    ContextSelectionSet, ID, InputObject, InputType, InputValueError, InputValueResult, Name, OutputType, Positioned, ServerResult, Value,
    parser::types::Field,
    registry::{MetaType, MetaTypeId, Registry},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use super::{
    KINDS,
    city::City,
    entry_of, following,
    programme::{self, Programme},
    theme::Theme,
};
use crate::{
    base::{Code, Fault, Id, Kind, Result, id, refuse},
    kernel::Entry,
    relay::{Refs, field, refs},
    store::{EventType, Reader, event::TRANSLATED, log::Wanted},
};

/// What happened: one of the sorts of events that the kinds declare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExchangeEventType(&'static EventType);

/// Every sort of event there is.
pub fn event_types() -> impl Iterator<Item = &'static EventType> {
    let of_kinds = KINDS.iter().flat_map(|entry| entry.events().iter().copied());
    of_kinds.chain(following::EVENTS.iter().copied()).chain([&TRANSLATED])
}

/// The sort of event a word of the log stands for.
pub fn event_type(word: &str) -> Result<&'static EventType> {
    let found = event_types().find(|event| event.word == word);
    found.ok_or_else(|| Fault::new(format!("the log has no word “{word}”")).into())
}

/// The words of the log that tell no news.
pub fn reference_words() -> Vec<String> {
    event_types().filter(|event| event.is_reference).map(|event| event.word.to_owned()).collect()
}

/// The words of the log that are told to one person alone.
pub fn personal_words() -> Vec<String> {
    event_types().filter(|event| event.is_personal).map(|event| event.word.to_owned()).collect()
}

/// The words of the log that tell of the hub's own doing with things that are news themselves.
pub fn machinery_words() -> Vec<String> {
    let of_kinds = KINDS.iter().filter(|entry| !is_reference(*entry)).flat_map(|entry| entry.events().iter().copied());
    of_kinds.filter(|event| event.is_reference).map(|event| event.word.to_owned()).collect()
}

/// Whether nothing that happens to things of this kind is news: it is reference data.
pub fn is_reference(entry: &dyn Entry) -> bool {
    entry.events().iter().all(|event| event.is_reference)
}

impl ExchangeEventType {
    /// The event a word of the log stands for.
    pub fn of_word(word: &str) -> Result<Self> {
        Ok(Self(event_type(word)?))
    }

    /// Its name in the graph: `PRACTICE_PUBLISHED`.
    pub fn name(self) -> String {
        self.0.name()
    }
}

impl Serialize for ExchangeEventType {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.word)
    }
}

impl<'de> Deserialize<'de> for ExchangeEventType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        Self::of_word(&word).map_err(|error| serde::de::Error::custom(error.told()))
    }
}

fn register(registry: &mut Registry) -> String {
    registry.create_output_type::<ExchangeEventType, _>(MetaTypeId::Enum, |_| MetaType::Enum {
        name: "ExchangeEventType".to_owned(),
        description: Some("What happened.".to_owned()),
        enum_values: event_types().map(|event| (event.name(), field::enum_value(event.name(), event.description))).collect(),
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        rust_typename: Some(std::any::type_name::<ExchangeEventType>()),
        directive_invocations: Vec::new(),
        requires_scopes: Vec::new(),
    })
}

impl InputType for ExchangeEventType {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed("ExchangeEventType")
    }

    fn create_type_info(registry: &mut Registry) -> String {
        register(registry)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let given = match &value {
            Some(Value::Enum(name)) => name.as_str(),
            Some(Value::String(name)) => name,
            _ => return Err(InputValueError::expected_type(value.unwrap_or_default())),
        };
        match event_types().find(|event| event.name() == given) {
            Some(event) => Ok(Self(event)),
            None => Err(InputValueError::custom(format!("Enumeration type does not contain the value \"{given}\"."))),
        }
    }

    fn to_value(&self) -> Value {
        Value::Enum(Name::new(self.name()))
    }

    fn as_raw_value(&self) -> Option<&Self::RawValueType> {
        Some(self)
    }
}

impl OutputType for ExchangeEventType {
    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed("ExchangeEventType")
    }

    fn create_type_info(registry: &mut Registry) -> String {
        register(registry)
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(self.to_value())
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
    /// Whether what is no news is told, too: reference data (themes, agendas, goals, synonyms) and the hub's own doing (the text of a file was read, a mark was set on
    /// another device). Where nothing is said, streams and pages tell it only where `types` or `subjects` name what is wanted; a webhook tells it.
    pub include_reference: Option<bool>,
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
    /// Whether what is no news is told, too; it is where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub include_reference: Option<bool>,
}

impl ExchangeEventFilter {
    /// Refuses cities, programmes and themes that are not there, or that the reader's viewer may not see: nothing would ever come. What it is about may be gone.
    pub async fn refuse_unknown(&self, reader: &Reader, path: &str) -> Result<()> {
        refs::refuse_unknown::<City>(reader, self.cities.as_deref(), &format!("{path}.cities")).await?;
        refs::refuse_unknown::<Programme>(reader, self.programmes.as_deref(), &format!("{path}.programmes")).await?;
        refs::refuse_unknown::<Theme>(reader, self.themes.as_deref(), &format!("{path}.themes")).await
    }

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
            include_reference: self.include_reference,
        })
    }
}

impl EventFilter {
    /// The same for whoever follows the log to hear what is new: where nothing is said, reference data is told only to those who name what they want.
    pub fn of_news(self) -> Self {
        let is_named = !self.types.is_empty() || !self.subjects.is_empty();
        Self { include_reference: Some(self.include_reference.unwrap_or(is_named)), ..self }
    }

    /// Which entries of the log that means today: which cities take part in a programme, and what stands below a theme, is asked now.
    pub async fn wanted(&self, reader: &Reader) -> Result<Wanted> {
        fn uuids<K>(ids: &[Id<K>]) -> Vec<Uuid> {
            ids.iter().map(|id| id.uuid()).collect()
        }
        let mut wanted = Wanted {
            events: self.types.iter().map(|event| event.0.word.to_owned()).collect(),
            subjects: self.subjects.iter().filter_map(|text| Some(id::split(text)?.1)).collect(),
            no_events: if self.include_reference == Some(false) { reference_words() } else { Vec::new() },
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
