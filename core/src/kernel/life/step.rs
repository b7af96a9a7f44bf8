//! Steps of a thing's life as commands: nothing changes but its state.
use std::{borrow::Cow, fmt};

use async_graphql::{InputObjectType, InputType, InputValueError, InputValueResult, Value, registry::Registry};

use super::{Living, Move, begin, reason};
use crate::{
    base::{Id, Result, text::with_article},
    relay::{NodeType, Target, field},
    store::{Command, EventType, Tx},
};

/// What a step of a thing's life takes: the thing alone.
pub struct StepInput<T> {
    /// The thing.
    pub target: Target<T>,
}

impl<T: NodeType> InputType for StepInput<T> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("{}StepInput", T::type_name()))
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let said = format!("What a step in the life of {} takes.", with_article(&T::NAME.replace('_', " ")));
        field::input_object_told::<Self>(registry, Some(&said), field::inputs_of::<Target<T>>)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        Ok(Self { target: InputType::parse(value).map_err(InputValueError::propagate)? })
    }

    fn to_value(&self) -> Value {
        self.target.to_value()
    }

    fn as_raw_value(&self) -> Option<&Self::RawValueType> {
        Some(self)
    }
}

impl<T: NodeType> InputObjectType for StepInput<T> {}

/// A step of a thing's life as a command: nothing changes but its state.
pub struct Step<R: Living>(pub Target<R::Kind>, pub &'static Move<R>);

impl<R: Living> fmt::Debug for Step<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (&self.0, self.1).fmt(f)
    }
}

impl<R: Living> Command for Step<R> {
    type Output = Id<R::Kind>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<R::Kind>> {
        let before = begin(tx, self.1, &self.0).await?;
        tx.change(&before, self.1.applied(&before), &[]).await?;
        Ok(before.id())
    }
}

/// The same with a reason that is kept and shown: where it stands in the row.
pub struct ReasonedStep<R: Living> {
    /// The thing.
    pub target: Target<R::Kind>,
    /// The step.
    pub what: &'static Move<R>,
    /// The reason, as it was told.
    pub reason: String,
    /// Where it stands.
    pub column: fn(&mut R) -> &mut Option<String>,
}

impl<R: Living> fmt::Debug for ReasonedStep<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (&self.target, self.what, &self.reason).fmt(f)
    }
}

impl<R: Living> Command for ReasonedStep<R> {
    type Output = Id<R::Kind>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<R::Kind>> {
        let before = begin(tx, self.what, &self.target).await?;
        let mut after = self.what.applied(&before);
        *(self.column)(&mut after) = Some(reason(&self.reason, self.what.done)?);
        tx.change(&before, after, &[]).await?;
        Ok(before.id())
    }
}

/// Takes a thing away for good.
pub async fn delete<R: Living>(
    tx: &mut Tx<'_>,
    what: &Move<R>,
    target: &Target<R::Kind>,
    event: &'static EventType,
) -> Result<Id<R::Kind>> {
    let row = begin(tx, what, target).await?;
    tx.remove(&row, event).await?;
    Ok(row.id())
}
