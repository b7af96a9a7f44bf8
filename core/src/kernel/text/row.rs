//! The table of texts.
use std::collections::BTreeMap;

use sea_orm::{Condition, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    base::{Language, Moment},
    store::{Json, Part},
};

/// The named parts of a text: `title`, `summary`, `body` …
pub type Fields = BTreeMap<String, String>;

/// A text in one language.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "text")]
pub struct Model {
    /// Whose text it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: Uuid,
    /// In which language.
    #[sea_orm(primary_key, auto_increment = false)]
    pub language: Language,
    /// Whether the others translate it.
    pub is_original: bool,
    /// Counts its changes, from 1.
    pub version: i64,
    /// The version of the original it translates; the original's own version where it is the original.
    pub of_version: i64,
    /// The tool that translated it, where a machine did.
    pub tool: Option<String>,
    /// The text itself.
    pub fields: Json<Fields>,
    /// When it changed last.
    pub updated_at: Moment,
}

crate::plain_table!();

/// The name of a text among the parts of its subject.
pub fn part_name(language: &Language) -> String {
    format!("text/{language}")
}

impl Part for Model {
    fn subject(&self) -> Uuid {
        self.subject
    }
    fn part(&self) -> String {
        part_name(&self.language)
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn set_version(&mut self, version: i64) {
        self.version = version;
    }
    fn key(&self) -> Condition {
        Condition::all().add(Column::Subject.eq(self.subject)).add(Column::Language.eq(self.language.clone()))
    }
}

impl Model {
    /// One named part; none where it is missing or empty.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str).filter(|text| !text.is_empty())
    }
}

/// That a translation exists, kept in its subject's row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Its language.
    pub language: Language,
    /// The version of the original it translates.
    pub of_version: i64,
    /// The tool that translated it, where a machine did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tool: Option<String>,
}
