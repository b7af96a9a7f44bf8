//! Life cycles, as data: each kind has one table of what may be done to its things, from which states, to which, by whom, and what
//! is told of it. The writer asks the table; so do `viewerCan`, the events and the tests.
mod action;
mod events;
mod step;

use std::fmt;

use async_graphql::Context;
use futures_util::future::BoxFuture;
use sea_orm::ActiveEnum;

use crate::{
    access::{Act, Owners, Viewer, rule},
    base::{Code, Id, Moment, Result, refuse, refuse_if, text::said},
    relay::Target,
    store::{EventType, Record, Tx, event::TRANSLATED},
};

pub use action::{Action, ViewerCan};
pub use step::{ReasonedStep, Step, StepInput, delete};

/// The longest reason, in characters.
pub const LONGEST_REASON: usize = 2_000;

/// A state things of a kind can be in.
pub trait State: Copy + PartialEq + Send + Sync + 'static {
    /// Every state.
    fn every() -> Vec<Self>;
    /// What it is called in a sentence: “in review”.
    fn word(self) -> String;
}

impl<S: ActiveEnum<Value = String> + sea_orm::Iterable + Copy + PartialEq + Send + Sync + 'static> State for S {
    fn every() -> Vec<Self> {
        Self::iter().collect()
    }

    fn word(self) -> String {
        self.to_value().to_lowercase().replace('_', " ")
    }
}

/// The state of things of kinds that have no states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Always;

impl State for Always {
    fn every() -> Vec<Self> {
        vec![Self]
    }

    fn word(self) -> String {
        "there".to_owned()
    }
}

/// What must hold of a row at a moment, and what is said where it does not.
pub type Condition<R> = (fn(&R, Moment) -> bool, &'static str);

/// Conditions of one move at the most; one more stops the build.
const MOST_CONDITIONS: usize = 3;

/// Something that may be done to a thing.
pub struct Move<R: Living> {
    /// What is done, a verb: `publish`; `PUBLISH` in the graph.
    pub act: &'static str,
    /// The same as having been done: “published”.
    pub done: &'static str,
    /// What it does, in a sentence for the graph.
    pub description: &'static str,
    /// The states in which it may be done.
    pub from: &'static [R::State],
    /// The state it leads to; none where it leaves the state as it is.
    pub to: Option<R::State>,
    /// What the rule asks of whoever does it.
    pub right: Act,
    /// What is told when a thing got into the state it leads to.
    pub event: Option<&'static EventType>,
    /// What must hold beside the state, and what is said where it does not: the first that does not.
    pub holds: [Option<Condition<R>>; MOST_CONDITIONS],
}

impl<R: Living> fmt::Debug for Move<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.act)
    }
}

/// A row whose kind has a table of moves.
pub trait Living: Record {
    /// The states.
    type State: State;
    /// What may be done, in the order in which it usually is.
    const MOVES: &'static [&'static Move<Self>];

    /// The state it is in.
    fn state(&self) -> Self::State;
    /// Brings it into another state; nothing where its kind has one alone.
    fn enter(&mut self, _: Self::State) {}
    /// Whose it is; nobody's where a person's alone, or only for administrators to write.
    fn owners(&self) -> Owners {
        Owners::default()
    }

    /// Why this viewer may not, where a kind knows better than what is said of rights in general.
    fn unpermitted(&self, _: &Viewer, _: Act) -> Option<&'static str> {
        None
    }

    /// Those of these acts, which rights and state allow, that something else forbids, of which the row does not tell; mostly none.
    fn forbidden<'c>(&'c self, _: &'c Context<'c>, _: &'c [&'static str]) -> BoxFuture<'c, Result<Vec<&'static str>>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    /// Whether this viewer's rights allow it: by the owners, unless the kind is one person's alone.
    fn permits(&self, viewer: &Viewer, right: Act) -> bool {
        rule::may(viewer, right, &self.owners())
    }
}

/// Declares the life of a kind's rows: the state they are in, the moves, and who may make them: their owners, or whoever a rule of the
/// kind's own lets.
#[macro_export]
macro_rules! living {
    (Row in $state:ty = |$row:ident| $now:expr, [$($what:ident),*]
        $(, enters: |$entering:ident, $next:ident| $entered:expr)? $(, owners: |$owned:ident| $owners:expr)? $(, permits: |$asked:ident, $viewer:ident, $right:pat_param| $permits:expr)? $(, unpermitted: $unpermitted:path)? $(, forbidden: $forbidden:path)? $(,)?) => {
        impl $crate::kernel::Living for Row {
            type State = $state;
            const MOVES: &'static [&'static $crate::kernel::Move<Self>] = &[$(&$what),*];
            fn state(&self) -> $state {
                let $row = self;
                $now
            }
            $(fn enter(&mut self, state: $state) {
                let ($entering, $next) = (self, state);
                $entered;
            })?
            $(fn owners(&self) -> $crate::access::Owners {
                let $owned = self;
                $owners
            })?
            $(fn permits(&self, viewer: &$crate::access::Viewer, right: $crate::access::Act) -> bool {
                let ($asked, $viewer, $right) = (self, viewer, right);
                $permits
            })?
            $(fn unpermitted(&self, viewer: &$crate::access::Viewer, right: $crate::access::Act) -> Option<&'static str> {
                $unpermitted(self, viewer, right)
            })?
            $(fn forbidden<'c>(
                &'c self,
                ctx: &'c async_graphql::Context<'c>,
                open: &'c [&'static str],
            ) -> futures_util::future::BoxFuture<'c, $crate::base::Result<Vec<&'static str>>> {
                Box::pin($forbidden(self, ctx, open))
            })?
        }
    };
}

impl<R: Living> Move<R> {
    /// A move that leaves the state as it is.
    pub const fn keeps(act: &'static str, done: &'static str, from: &'static [R::State], right: Act, description: &'static str) -> Self {
        Self { act, done, description, from, to: None, right, event: None, holds: [None; MOST_CONDITIONS] }
    }

    /// A move to another state, told as an event.
    pub const fn to(
        act: &'static str,
        done: &'static str,
        from: &'static [R::State],
        to: R::State,
        right: Act,
        event: &'static EventType,
        description: &'static str,
    ) -> Self {
        Self { act, done, description, from, to: Some(to), right, event: Some(event), holds: [None; MOST_CONDITIONS] }
    }

    /// The same where something must hold beside the state, and beside what must hold already.
    pub const fn only_where(mut self, holds: fn(&R, Moment) -> bool, else_said: &'static str) -> Self {
        let mut at = 0;
        while self.holds[at].is_some() {
            at += 1;
        }
        self.holds[at] = Some((holds, else_said));
        self
    }

    /// What is said of the first condition that does not hold.
    fn unmet(&self, row: &R, now: Moment) -> Option<&'static str> {
        self.holds.iter().flatten().find(|(holds, _)| !holds(row, now)).map(|(_, said)| *said)
    }

    /// The row once this was done to it: in the state it leads to.
    pub fn applied(&self, row: &R) -> R {
        let mut after = row.clone();
        self.to.into_iter().for_each(|state| after.enter(state));
        after
    }

    /// Whether the viewer may do this to the row now.
    fn is_open(&self, viewer: &Viewer, row: &R, now: Moment) -> bool {
        self.from.contains(&row.state()) && self.unmet(row, now).is_none() && row.permits(viewer, self.right)
    }

    /// Refuses where the state does not allow it, and says what would be allowed.
    fn allows(&self, row: &R, now: Moment, path: String) -> Result<()> {
        let state = row.state();
        if !self.from.contains(&state) {
            let mut allowed: Vec<&str> = R::MOVES.iter().filter(|other| other.from.contains(&state)).map(|other| other.done).collect();
            allowed.dedup();
            let allowed = match allowed.split_last() {
                None => "nothing can be done with it".to_owned(),
                Some((last, [])) => format!("it can only be {last}"),
                Some((last, others)) => format!("it can be {} or {last}", others.join(", ")),
            };
            return refuse(Code::WrongState, path, format!("It is {}; {allowed}.", state.word()));
        }
        match self.unmet(row, now) {
            Some(said) => refuse(Code::WrongState, path, said),
            None => Ok(()),
        }
    }
}

/// The row a command is about, locked until the transaction ends, where its viewer may do this to it and has seen this version of it.
pub async fn begin<R: Living>(tx: &Tx<'_>, what: &Move<R>, target: &Target<R::Kind>) -> Result<R> {
    let row = begin_any_version(tx, what, target.id()?).await?;
    tx.expect(&row, target.expected_version)?;
    Ok(row)
}

/// The same whatever version of it was seen.
pub async fn begin_any_version<R: Living>(tx: &Tx<'_>, what: &Move<R>, id: Id<R::Kind>) -> Result<R> {
    let row: R = tx.locked(id, "input.id").await?;
    permits(tx, &row, what.right)?;
    what.allows(&row, tx.now(), "input.id".to_owned())?;
    Ok(row)
}

/// Refuses where the viewer's rights do not allow it.
fn permits<R: Living>(tx: &Tx<'_>, row: &R, right: Act) -> Result<()> {
    if row.permits(tx.viewer(), right) {
        return Ok(());
    }
    tx.viewer().account()?;
    if let Some(told) = row.unpermitted(tx.viewer(), right) {
        return refuse(Code::Forbidden, "input.id", told);
    }
    tx.may(right, &row.owners())?;
    refuse(Code::Forbidden, "input.id", "It is another person's, or another city's; this is theirs to do.")
}

/// Whether a move of the table leads from the row's state to another one; refused where none does.
pub fn may_get_to<R: Living>(tx: &Tx<'_>, row: &R, state: R::State, path: &str) -> Result<()> {
    if row.state() == state {
        return Ok(());
    }
    match R::MOVES.iter().find(|what| what.to == Some(state)) {
        Some(what) => what.allows(row, tx.now(), path.to_owned()),
        None => refuse(Code::WrongState, path, format!("Nothing makes it {}.", state.word())),
    }
}

/// Whether the row's state allows this; asked where rights are decided by something else than the row.
pub fn allows<R: Living>(tx: &Tx<'_>, what: &Move<R>, row: &R) -> Result<()> {
    what.allows(row, tx.now(), "input.id".to_owned())
}

/// Whether a thing that got into this last state keeps from a viewer what it said: it is told to those alone who write for it.
pub fn keeps_from<R: Living>(row: &R, last: R::State, viewer: &Viewer) -> bool {
    row.state() == last && !rule::may(viewer, Act::Write, &row.owners())
}

/// A reason that is kept and shown, trimmed; `done` is what it is the reason of: “withdrawn”.
pub fn reason(told: &str, done: &str) -> Result<String> {
    match reason_if_told(Some(told))? {
        Some(reason) => Ok(reason),
        None => refuse(Code::Required, "input.reason", format!("Say why it is {done}.")),
    }
}

/// The same where none need be told: none where nothing is said.
pub fn reason_if_told(told: Option<&str>) -> Result<Option<String>> {
    let reason = said(told);
    let is_long = reason.as_ref().is_some_and(|reason| reason.chars().count() > LONGEST_REASON);
    refuse_if(is_long, Code::TooLong, "input.reason", "A reason has at most 2,000 characters.")?;
    Ok(reason)
}

/// The event of a state that was reached; none where no move leads to it.
pub fn reached<R: Living>(state: R::State) -> Option<&'static EventType> {
    R::MOVES.iter().find(|other| other.to == Some(state)).and_then(|found| found.event)
}

/// The events of one save, by the table: a new thing, another state, a translation, or else another change.
pub fn events<R: Living>(
    before: Option<&R>,
    after: &R,
    begun: &'static EventType,
    revised: &'static EventType,
    is_translation: bool,
) -> Vec<&'static EventType> {
    vec![match before {
        None => reached::<R>(after.state()).unwrap_or(begun),
        Some(before) if before.state() != after.state() => reached::<R>(after.state()).unwrap_or(revised),
        Some(_) if is_translation => &TRANSLATED,
        // Also where it was hidden from some: those who still see it are told of a revision.
        Some(_) => revised,
    }]
}
