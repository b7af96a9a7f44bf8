//! Proposing an assignment.
use std::fmt;

use async_graphql::{Context, ID, InputObject};

use super::super::{
    Assignment, Row,
    outcome::Settings,
    pair::{self, AssignmentTieInput},
    row::State,
};
use super::reckoned::{Attempt, Reckoned, attempt, may_be_assigned, taken};
use crate::{
    access::rule,
    domain::call::{Call, Terms},
    kernel::prelude::write::*,
};

/// What `proposeAssignment` takes.
#[derive(Clone, Debug, InputObject)]
pub struct ProposeAssignmentInput {
    /// The call: open or closed, and not decided.
    pub call: ID,
    #[graphql(flatten)]
    pub new: New<Assignment>,
    /// Two of its sides, by their names; both of a call that has two where not given.
    pub sides: Option<Vec<String>>,
    /// The lowest score, 0 to 100, of pairs that are made, unless they must be.
    #[graphql(default)]
    pub minimum_score: i32,
    /// How many points each who has no partner takes off the value of the whole, 0 to 100,000: the more, the worse pairs are made for nobody to stay alone.
    #[graphql(default)]
    pub alone_cost: i32,
    /// Pairs that must be.
    #[graphql(default)]
    pub must: Vec<AssignmentTieInput>,
    /// Pairs that must not be.
    #[graphql(default)]
    pub must_not: Vec<AssignmentTieInput>,
}

/// A lowest score that an input tells.
pub fn score(told: i32) -> Done<u8> {
    match u8::try_from(told) {
        Ok(score @ 0..=100) => Ok(score),
        _ => refuse(Code::BadInput, "input.minimumScore", "Scores are 0 to 100."),
    }
}

/// A cost of staying alone that an input tells.
pub fn cost(told: i32) -> Done<u32> {
    match u32::try_from(told) {
        Ok(cost) => Ok(cost),
        Err(_) => refuse(Code::BadInput, "input.aloneCost", "Staying alone costs no less than nothing."),
    }
}

impl ProposeAssignmentInput {
    fn settings(&self, terms: &Terms) -> Done<Settings> {
        let own: Vec<&str> = terms.sides().iter().map(|side| side.name.as_str()).collect();
        let sides: Vec<&str> = self.sides.as_ref().map_or(own.clone(), |sides| sides.iter().map(String::as_str).collect());
        let &[left, right] = &sides[..] else {
            let has =
                if own.is_empty() { "The call tells no sides".to_owned() } else { format!("The call has the sides {}", own.join(", ")) };
            return refuse(Code::BadInput, "input.sides", format!("{has}; name two of them."));
        };
        if let Some(unknown) = sides.iter().find(|side| !own.contains(side)) {
            return refuse(Code::BadInput, "input.sides", format!("The call has no side “{unknown}”."));
        }
        refuse_if(left == right, Code::BadInput, "input.sides", "Name two different sides of the call.")?;
        Ok(Settings {
            left: left.to_owned(),
            right: right.to_owned(),
            minimum_score: score(self.minimum_score)?,
            alone_cost: cost(self.alone_cost)?,
            must: pair::read(&self.must, "input.must")?,
            must_not: pair::read(&self.must_not, "input.mustNot")?,
        })
    }

    async fn reckon(&self, ctx: &Context<'_>) -> Done<Option<Reckoned>> {
        let Some(call) = ctx.load(Id::<Call>::parse(&self.call, "input.call")?).await? else { return Ok(None) };
        let terms = Terms::of_node(&call.0);
        let is_allowed = rule::may(&ctx.viewer(), Act::Govern, &Owners::of_programmes([terms.programme().uuid()]));
        if !is_allowed || !may_be_assigned(terms.state()) {
            return Ok(None);
        }
        Ok(Some(Reckoned::of(ctx, &terms, self.settings(&terms)?, None, None).await?))
    }
}

/// An assignment that is proposed, with what was reckoned.
pub struct Propose {
    input: ProposeAssignmentInput,
    reckoned: Attempt,
}

/// What was asked for, which tells requests apart.
impl fmt::Debug for Propose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.input.fmt(f)
    }
}

impl Propose {
    pub async fn of(ctx: &Context<'_>, input: ProposeAssignmentInput) -> Done<Self> {
        Ok(Self { reckoned: attempt(input.reckon(ctx).await)?, input })
    }
}

impl Command for Propose {
    type Output = Id<Assignment>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Assignment>> {
        let call = Id::<Call>::parse(&self.input.call, "input.call")?;
        let Some(terms) = Terms::held(tx, call).await? else {
            return refuse(Code::NotFound, "input.call", format!("There is no call {call} that you can see."));
        };
        let programme = terms.programme();
        tx.may(Act::Govern, &Owners::of_programmes([programme.uuid()]))?;
        let message = "Applications are assigned while their call is open, or closed and not decided.";
        refuse_if(!may_be_assigned(terms.state()), Code::WrongState, "input.call", message)?;
        let mut row = new_row!(tx.id(), String::new(), Audience::of(Scope::Officers, programme.uuid()), {
            call,
            programme,
            name: terms.name().to_owned(),
            state: State::Draft,
        });
        taken(&self.reckoned)?.put(tx, &terms, &mut row).await?;
        self.input.new.fill(tx, &mut row, None).await?;
        Ok(tx.create(row, &[]).await?.id)
    }
}
