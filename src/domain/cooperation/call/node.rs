//! A call.
use super::row::{self, Rules, State};
use crate::{kernel::prelude::node::*, relay::ImpreciseDateView};

node!(
    /// A call of a programme for cities that want to cooperate.
    Call = "call", ViewerCan; {
        /// The name.
        "name": &str = |row| &row.name,
        /// What it asks for, in the programme's language.
        "description": Option<&str> = |row| row.description.as_deref(),
        /// Whom it invites, as the programme names its sides: `north-america`, `european-union`; null where it invites all.
        "side": Option<&str> = |row| row.side.as_deref(),
        /// Where it is in its life.
        "state": State = |row| row.state,
        /// When it opens; null where not known.
        "opens": Option<ImpreciseDateView> = |row| row.opens.as_deref().map(ImpreciseDateView::from),
        /// When it closes; null where not known.
        "closes": Option<ImpreciseDateView> = |row| row.closes.as_deref().map(ImpreciseDateView::from),
        /// The rules its pairings follow.
        "rules": Rules = |row| row.rules.0.clone(),
        /// Where the facts come from.
        "source": Option<&str> = |row| row.source.as_deref(),
    }
);

node_object!(
    /// A call of a programme for cities that want to cooperate.
    Call
);
