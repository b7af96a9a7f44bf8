//! Handing a practice in for review.
use async_graphql::{ID, InputObject};

use super::super::{Practice, Row, life::SUBMIT};
use super::ready::{refuse_untold, reviewing};
use crate::{
    base::text::listed,
    domain::programme::{Programme, Reviewing},
    kernel::{life, prelude::write::*},
};

/// What `submitPractice` takes.
#[derive(Clone, Debug, InputObject)]
pub struct SubmitPracticeInput {
    #[graphql(flatten)]
    pub target: Target<Practice>,
    /// The programme that reviews it; the one that does where one alone of the city's programmes reviews practices.
    pub programme: Option<ID>,
}

payload!(SubmitPracticePayload { practice: Practice }, "What `submitPractice` answers.", "The practice as it is now.");

impl SubmitPracticeInput {
    fn chosen(&self, reviewing: &[Reviewing]) -> Done<Id<Programme>> {
        if let Some(programme) = refs::given::<Programme>(self.programme.as_ref(), "input.programme")? {
            let is_one = reviewing.iter().any(|other| other.id == programme);
            refuse_if(!is_one, Code::BadInput, "input.programme", "No programme of its city that reviews practices.")?;
            return Ok(programme);
        }
        match reviewing {
            [one] => Ok(one.id),
            several => {
                let names: Vec<&str> = several.iter().map(|other| other.name.as_str()).collect();
                refuse(Code::Required, "input.programme", format!("Say to which programme: {} review practices.", listed(&names)))
            }
        }
    }
}

/// Who sees a practice that was handed in: those who saw it, and the programme's officers.
fn shown(row: &Row, programme: Id<Programme>) -> Done<Audience> {
    match row.audience.parts() {
        (Scope::City, Some(city)) => Ok(Audience::handed_in(programme.uuid(), city)),
        (Scope::Pairing, Some(pairing)) => Ok(Audience::followed(programme.uuid(), pairing)),
        (Scope::Public, _) => Ok(row.audience.clone()),
        (Scope::Programme | Scope::Officers, Some(other)) if other == programme.uuid() => Ok(row.audience.clone()),
        _ => {
            refuse(Code::TooWide, "input.id", "It is shared with another programme; share it with the city alone first (`updatePractice`).")
        }
    }
}

impl Command for SubmitPracticeInput {
    type Output = Id<Practice>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Practice>> {
        let before: Row = life::begin_any_version(tx, &SUBMIT, self.target.id()?).await?;
        let reviewing = reviewing(tx, &before).await?;
        let unneeded = "No programme of its city reviews practices; publish it (`publishPractice`).";
        refuse_if(reviewing.is_empty(), Code::WrongState, "input.id", unneeded)?;
        tx.expect(&before, self.target.expected_version)?;
        let programme = self.chosen(&reviewing)?;
        refuse_untold(tx, &before).await?;
        let after = Row {
            audience: shown(&before, programme)?,
            review_programme: Some(programme),
            review_step: 0,
            reviewer: None,
            submitted_at: tx.now(),
            ..SUBMIT.applied(&before)
        };
        tx.change(&before, after.derived(), &[]).await?;
        Ok(before.id)
    }
}
