//! What the records of kinds have in common, to be flattened into them: the things they name by slug, and their texts.
use std::{collections::BTreeMap, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, Visitor},
    ser::SerializeMap,
};
use uuid::Uuid;

use super::{ImportContext, Texts};
use crate::{
    base::{Code, Error, Id, Kind, Language, Refusal, Result, refuse, text::said},
    kernel::{
        Filled,
        export::{ExportContext, WrittenTexts},
        relation::{Kinds, Relates, Relation, Way},
        text::{self, Draft, PartsRecord, Written},
    },
    relay::NodeType,
    store::{Links, Record, Surface},
};

/// The slugs of the things that a kind's relations name.
pub struct NamedRecord<T> {
    slugs: BTreeMap<&'static str, Vec<String>>,
    of: PhantomData<fn() -> T>,
}

/// The relations that records name.
fn recorded<T: Relates>() -> impl Iterator<Item = &'static Relation<T::Row>> {
    T::RELATIONS.iter().copied().filter(|relation| relation.is_recorded)
}

impl<T: Relates> NamedRecord<T> {
    /// The slug under a name.
    pub fn slug(&self, name: &str) -> Option<&str> {
        self.slugs.get(name)?.first().map(String::as_str)
    }

    /// The slugs under a name.
    pub fn slugs(&self, name: &str) -> &[String] {
        self.slugs.get(name).map_or(&[], Vec::as_slice)
    }

    /// The id of the thing under a name, which must be there.
    pub fn id<K: Kind>(&self, name: &str, context: &ImportContext) -> Result<Id<K>> {
        match self.maybe(name, context)? {
            Some(id) => Ok(id),
            None => refuse(Code::Required, name, format!("“{name}” is missing; name the {} by its slug.", K::NAME)),
        }
    }

    /// The id of the thing under a name, if there is one.
    pub fn maybe<K: Kind>(&self, name: &str, context: &ImportContext) -> Result<Option<Id<K>>> {
        context.maybe(self.slug(name), name)
    }

    /// The ids behind the slugs under a name.
    pub fn ids<K: Kind>(&self, name: &str, context: &ImportContext) -> Result<Vec<Uuid>> {
        context.list::<K>(self.slugs(name), name)
    }

    /// All links the row owns.
    pub fn links(&self, context: &ImportContext) -> Result<Vec<Links>> {
        let joins = recorded::<T>().filter_map(|relation| match (&relation.way, relation.kinds) {
            (Way::Join(join), Kinds::One(kind)) => Some((relation.name, *join, kind)),
            _ => None,
        });
        joins.map(|(name, join, kind)| Ok(Links { join, to: context.list_of(kind, self.slugs(name), name)? })).collect()
    }

    /// Has the row's columns name what the record names.
    pub fn put(&self, row: &mut T::Row, context: &ImportContext) -> Result<()>
    where
        T: Filled,
    {
        for column in T::COLUMNS {
            let Some(relation) = recorded::<T>().find(|relation| relation.name == column.name()) else { continue };
            let (Way::Column(..), Kinds::One(kind)) = (&relation.way, relation.kinds) else { continue };
            match self.slug(relation.name) {
                Some(slug) => column.name_thing(context.id_of(kind, slug, relation.name)?, row),
                None if column.is_needed() => {
                    let message = format!("“{}” is missing; name the {kind} by its slug.", relation.name);
                    return refuse(Code::Required, relation.name, message);
                }
                None => {}
            }
        }
        Ok(())
    }

    /// The records of these rows, in their order.
    pub async fn of_all(rows: &[T::Row], context: &ExportContext) -> Result<Vec<Self>> {
        let mut records: Vec<Self> = rows.iter().map(|_| Self { slugs: BTreeMap::new(), of: PhantomData }).collect();
        for relation in recorded::<T>() {
            match relation.way {
                Way::Column(_, of) => {
                    for (record, row) in records.iter_mut().zip(rows) {
                        if let Some(id) = of(row) {
                            record.slugs.insert(relation.name, vec![context.name(id)?]);
                        }
                    }
                }
                Way::Join(join) => {
                    let mut links = context.links(join, rows).await?;
                    for (record, row) in records.iter_mut().zip(rows) {
                        record.slugs.extend(links.remove(&row.id().uuid()).map(|slugs| (relation.name, slugs)));
                    }
                }
                Way::About(..) | Way::Back(_) => {}
            }
        }
        Ok(records)
    }
}

impl<T> fmt::Debug for NamedRecord<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.slugs.fmt(f)
    }
}

impl<T: Relates> Serialize for NamedRecord<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for relation in recorded::<T>() {
            let slugs = self.slugs(relation.name);
            match relation.way {
                Way::Column(..) => map.serialize_entry(relation.name, &slugs.first())?,
                Way::Join(_) => map.serialize_entry(relation.name, slugs)?,
                Way::About(..) | Way::Back(_) => {}
            }
        }
        map.end()
    }
}

impl<'de, T: Relates> Deserialize<'de> for NamedRecord<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Slugs<T>(PhantomData<fn() -> T>);
        impl<'de, T: Relates> Visitor<'de> for Slugs<T> {
            type Value = BTreeMap<&'static str, Vec<String>>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a record")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let wrong = |name: &str, cause: A::Error| serde::de::Error::custom(format!("{name}: {cause}"));
                let mut slugs = BTreeMap::new();
                while let Some(name) = map.next_key::<String>()? {
                    match recorded::<T>().find(|relation| relation.name == name).map(|relation| (relation.name, &relation.way)) {
                        Some((name, Way::Column(..))) => {
                            let slug: Option<String> = map.next_value().map_err(|cause| wrong(name, cause))?;
                            slugs.extend(slug.map(|slug| (name, vec![slug])));
                        }
                        Some((name, Way::Join(_))) => drop(slugs.insert(name, map.next_value().map_err(|cause| wrong(name, cause))?)),
                        _ => drop(map.next_value::<serde::de::IgnoredAny>()?),
                    }
                }
                Ok(slugs)
            }
        }
        Ok(Self { slugs: deserializer.deserialize_map(Slugs::<T>(PhantomData))?, of: PhantomData })
    }
}

/// A translation, as a record has it.
#[derive(Deserialize, Serialize)]
#[serde(bound = "T: Written")]
pub struct TranslationRecord<T> {
    language: Language,
    of_version: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tool: Option<String>,
    #[serde(flatten)]
    text: PartsRecord<T>,
}

/// The original and its translations, as a record has them.
#[derive(Deserialize, Serialize)]
#[serde(bound = "T: Written")]
pub struct TextsRecord<T> {
    /// The language of the original.
    #[serde(default, deserialize_with = "language")]
    pub language: Option<Language>,
    #[serde(default, deserialize_with = "text_version")]
    text_version: Option<i64>,
    #[serde(default = "Vec::new", deserialize_with = "translations")]
    translations: Vec<TranslationRecord<T>>,
    /// The original.
    #[serde(flatten)]
    pub text: PartsRecord<T>,
}

/// What is flattened into a record has no path of its own: its fields are named where they can't be read.
fn named<'de, D: Deserializer<'de>, V: Deserialize<'de>>(deserializer: D, name: &str) -> Result<V, D::Error> {
    V::deserialize(deserializer).map_err(|cause| serde::de::Error::custom(format!("{name}: {cause}")))
}

fn language<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Language>, D::Error> {
    named(deserializer, "language")
}

fn text_version<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    named(deserializer, "text_version")
}

fn translations<'de, D: Deserializer<'de>, T: Written>(deserializer: D) -> Result<Vec<TranslationRecord<T>>, D::Error> {
    named(deserializer, "translations")
}

impl<T: Written> TextsRecord<T> {
    /// The texts to save, checked. The language is `other` where the record tells none, and refused where there is no other.
    pub fn prepare(&self, other: Option<&str>) -> Result<Texts<T::Row>> {
        let language = self.language.clone().or_else(|| Language::parse(other?));
        let Some(language) = language else {
            return refuse(Code::Required, "language", "“language” is missing; tell the language of the texts.");
        };
        let mut refusals: Vec<Refusal> = text::check(T::PARTS, &self.text.fields, Surface::Record, "");
        for (index, translation) in self.translations.iter().enumerate() {
            let place = format!("translations.{}", translation.language);
            let is_twice = self.translations[..index].iter().any(|earlier| earlier.language == translation.language);
            let wrong = if translation.language == language { Some("is the language of the original itself") } else { None };
            if let Some(wrong) = wrong.or(is_twice.then_some("stands there twice")) {
                let message = format!("“{place}”: “{}” {wrong}; a translation is into another language, once.", translation.language);
                refusals.push(Refusal::new(Code::BadInput, place, message));
                continue;
            }
            refusals.extend(text::check_tool(translation.tool.as_deref(), Surface::Record, &format!("{place}.")));
            refusals.extend(text::check_translation(T::PARTS, &translation.text.fields, Surface::Record, &format!("{place}.")));
        }
        if !refusals.is_empty() {
            return Err(Error::Refused(refusals));
        }
        let translations = self.translations.iter().map(|translation| Draft {
            language: translation.language.clone(),
            fields: translation.text.fields.clone(),
            of_version: translation.of_version,
            tool: said(translation.tool.as_deref()),
        });
        Ok(Texts {
            language,
            original: self.text.fields.clone(),
            translations: translations.collect(),
            version: self.text_version,
            head: T::head,
            keep: T::keep,
        })
    }

    /// The same, and puts into the row what it keeps of the original.
    pub fn put(&self, row: &mut T::Row, other: Option<&str>) -> Result<Option<Texts<T::Row>>> {
        let texts = self.prepare(other)?;
        T::fill(row, texts.language.clone(), &texts.original);
        Ok(Some(texts))
    }

    /// What a row's texts are as a record.
    pub fn of(row: &<T as NodeType>::Row, texts: &WrittenTexts) -> Self {
        let (id, head) = (row.id().uuid(), T::head(row));
        let translation = |text: &text::Row| TranslationRecord {
            language: text.language.clone(),
            of_version: Some(text.of_version),
            tool: text.tool.clone(),
            text: PartsRecord::of(text.fields.0.clone()),
        };
        Self {
            language: Some(head.language.clone()),
            text_version: Some(head.version),
            translations: texts.translations(id).into_iter().map(translation).collect(),
            text: PartsRecord::of(texts.original(id)),
        }
    }
}
