//! The members of a pairing choose a theme.
use async_graphql::{ID, InputObject, MaybeUndefined};

use super::super::{Pairing, Row, life, priority::Priority};
use crate::{
    base::text::said,
    domain::theme::Theme,
    kernel::{life as lives, prelude::write::*},
    relay::{DateValue, NodeType},
};

/// What `choosePairingPriority` takes.
#[derive(Clone, Debug, InputObject)]
pub struct ChoosePairingPriorityInput {
    #[graphql(flatten)]
    pub target: Target<Pairing>,
    /// The theme.
    pub theme: ID,
    /// The day from which they work on it; null where it is not known. Today where not given, or the day told already of the theme they have.
    pub from: MaybeUndefined<DateValue>,
    /// Why they chose it, up to 2,000 characters.
    pub why: Option<String>,
}

impl Command for ChoosePairingPriorityInput {
    type Output = Id<Pairing>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Pairing>> {
        let before = lives::begin(tx, &life::CHOOSE_PRIORITY, &self.target).await?;
        let theme = Id::<Theme>::parse(&self.theme, "input.theme")?;
        let _: <Theme as NodeType>::Row = tx.seen(theme, "input.theme").await?;
        let why = said(self.why.as_deref());
        let mut priorities = before.priorities.0.clone();
        let again = priorities.pop_if(|last| last.theme == Some(theme.uuid()));
        let from = match self.from {
            MaybeUndefined::Value(day) => Some(day.0),
            MaybeUndefined::Null => None,
            MaybeUndefined::Undefined => again.map_or_else(|| Some(tx.now().day()), |again| again.from),
        };
        priorities.push(Priority { theme: Some(theme.uuid()), from, why });
        tx.change(&before, Row { theme: Some(theme), priorities: Json(priorities), ..before.clone() }.derived(), &[]).await?;
        Ok(before.id)
    }
}
