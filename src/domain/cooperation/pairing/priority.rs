//! The thematic priority of a pairing and its history: which theme its members chose, from when, and why.
use async_graphql::{Context, Object, Result};
use jiff::civil::Date;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    base::{Code, Id, Result as Done, refuse, text::said},
    domain::theme::Theme,
    kernel::{export::ExportContext, import::ImportContext},
    relay::{DateValue, Object, context::Asking},
};

/// A theme that was chosen, or none from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Priority {
    pub theme: Option<Uuid>,
    /// None where not known: no day is invented.
    pub from: Option<Date>,
    pub why: Option<String>,
}

/// Notes the theme that a pairing has now, where the history does not end with it.
pub fn note(priorities: &mut Vec<Priority>, theme: Option<Uuid>) {
    if priorities.last().and_then(|last| last.theme) != theme {
        priorities.push(Priority { theme, from: None, why: None });
    }
}

/// A priority in the record of a pairing.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct PriorityRecord {
    theme: Option<String>,
    from: Option<Date>,
    why: Option<String>,
}

impl PriorityRecord {
    fn of(priority: &Priority, context: &ExportContext) -> Done<Self> {
        let theme = priority.theme.map(|theme| context.name(theme)).transpose()?;
        Ok(Self { theme, from: priority.from, why: priority.why.clone() })
    }

    /// The records of a history; none where the theme of now says it all.
    pub fn of_all(priorities: &[Priority], context: &ExportContext) -> Done<Option<Vec<Self>>> {
        let is_told = priorities.len() > 1 || priorities.iter().any(|one| one.from.is_some() || one.why.is_some());
        is_told.then(|| priorities.iter().map(|one| Self::of(one, context)).collect()).transpose()
    }
}

/// The history a record tells, with the theme of now.
pub fn recorded(
    told: Option<&[PriorityRecord]>,
    theme: Option<Id<Theme>>,
    context: &ImportContext,
) -> Done<(Vec<Priority>, Option<Id<Theme>>)> {
    let mut priorities = Vec::new();
    for (index, record) in told.unwrap_or_default().iter().enumerate() {
        let theme = context.maybe::<Theme>(record.theme.as_deref(), &format!("priorities.{index}.theme"))?.map(Id::uuid);
        let why = said(record.why.as_deref());
        priorities.push(Priority { theme, from: record.from, why });
    }
    let last = priorities.last().map(|last| last.theme);
    match (last, theme) {
        (Some(last), Some(theme)) if last != Some(theme.uuid()) => refuse(
            Code::BadInput,
            "priorities",
            "“priorities” ends with another theme than “theme”; leave out “theme”, or tell both alike.",
        ),
        (Some(last), _) => Ok((priorities, last.map(Id::new))),
        (None, theme) => Ok((priorities, theme)),
    }
}

/// A thematic priority of a pairing.
pub struct PairingPriority(pub Priority);

/// A theme that the members of a pairing chose to work on, and since when.
#[Object]
impl PairingPriority {
    /// The theme; null where they had none from then on.
    async fn theme(&self, ctx: &Context<'_>) -> Result<Option<Object<Theme>>> {
        match self.0.theme {
            Some(theme) => Ok(ctx.load(Id::new(theme)).await?),
            None => Ok(None),
        }
    }

    /// The day from which it was theirs; null where not known.
    async fn from(&self) -> Option<DateValue> {
        self.0.from.map(DateValue)
    }

    /// Why they chose it; null where not told.
    async fn why(&self) -> Option<&str> {
        self.0.why.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_is_noted_once_and_its_day_is_not_invented() {
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let mut priorities = Vec::new();
        note(&mut priorities, None);
        assert!(priorities.is_empty());
        for theme in [Some(one), Some(one), Some(other), None] {
            note(&mut priorities, theme);
        }
        assert_eq!(priorities.iter().map(|priority| priority.theme).collect::<Vec<_>>(), [Some(one), Some(other), None]);
        assert!(priorities.iter().all(|priority| priority.from.is_none()));
    }
}
