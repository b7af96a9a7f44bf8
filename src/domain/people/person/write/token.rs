//! Making and revoking tokens.
use async_graphql::{Context, ID, InputObject, SimpleObject};
use sea_orm::{QueryFilter, entity::prelude::*};

use super::super::{
    Person, Row, life,
    row::{self, State},
    token::{self, AccessToken, Made},
};
use crate::{
    access::Viewer,
    base::{Fault, Moment},
    kernel::prelude::write::*,
    relay::{DateTime, Object, Outcome, Position, UserError},
    store::{Done, Record, Request, Writer},
};

/// What `createToken` takes.
#[derive(Clone, Debug, InputObject)]
pub struct CreateTokenInput {
    /// Whose token it is.
    pub person: ID,
    /// When it ends by itself, in the future; never where not given.
    pub expires_at: Option<DateTime>,
    /// Makes a retry harmless: there is one token, whose secret is the one that was told last.
    pub idempotency_key: Option<String>,
}

/// What `createToken` answers.
#[derive(SimpleObject)]
pub struct CreateTokenPayload {
    /// The secret, `hansa_…`: keep it now, it is not told again.
    pub secret: Option<String>,
    /// The token without its secret.
    pub token: Option<Object<AccessToken>>,
    /// Why it was refused; empty when it was done.
    pub errors: Vec<UserError>,
    /// The log's position after the change.
    pub position: Option<Position>,
}

/// What `revokeToken` takes.
#[derive(Clone, Debug, InputObject)]
pub struct RevokeTokenInput {
    /// The token.
    pub id: ID,
}

/// What `revokeToken` answers.
#[derive(SimpleObject)]
pub struct RevokeTokenPayload {
    /// The token as it is now.
    pub token: Option<Object<AccessToken>>,
    /// Why it was refused; empty when it was done.
    pub errors: Vec<UserError>,
    /// The log's position after the change.
    pub position: Option<Position>,
}

impl CreateTokenPayload {
    pub(super) async fn of(ctx: &Context<'_>, done: Result<Done<Made>>) -> async_graphql::Result<Self> {
        let mut outcome = Outcome::of(done)?;
        let (secret, token) = match outcome.output {
            // Secrets are kept nowhere, so a retry is told another one: the one that got lost ends.
            Some(Made { secret: None, token, .. }) => {
                let renewed = Outcome::of(ctx.submit(None, RenewToken(token)).await)?;
                outcome.errors.extend(renewed.errors);
                (renewed.output.and_then(|made| made.secret), token::one(ctx, token).await?)
            }
            Some(made) => (made.secret, token::one(ctx, made.token).await?),
            None => (None, None),
        };
        Ok(Self { secret, token, errors: outcome.errors, position: outcome.position })
    }
}

impl RevokeTokenPayload {
    pub(super) async fn of(ctx: &Context<'_>, done: Result<Done<Id<AccessToken>>>) -> async_graphql::Result<Self> {
        let outcome = Outcome::of(done)?;
        let token = match outcome.output {
            Some(id) => token::one(ctx, id).await?,
            None => None,
        };
        Ok(Self { token, errors: outcome.errors, position: outcome.position })
    }
}

/// How the command line or a client names a person.
#[derive(Clone, Debug)]
pub enum Who {
    /// By id.
    Id(Id<Person>),
    /// By slug, or by address where there is an @ in it.
    Named(String),
}

impl Who {
    async fn find(&self, tx: &Tx<'_>) -> Result<Row> {
        let text = match self {
            Self::Id(id) => return tx.seen(*id, "input.person").await,
            Self::Named(text) => text,
        };
        let people = tx.rows::<row::Entity>();
        let wanted = if text.contains('@') {
            people.filter(row::Column::Email.eq(row::one_spelling(text)))
        } else {
            people.filter(row::Column::Slug.eq(text.as_str()))
        };
        match tx.first(wanted).await? {
            Some(person) => Ok(person),
            None => refuse(Code::NotFound, "person", format!("There is no person “{text}”.")),
        }
    }
}

/// Makes a token for somebody.
#[derive(Debug)]
pub struct CreateToken {
    /// Whose it is.
    pub who: Who,
    /// When it ends by itself.
    pub expires_at: Option<Moment>,
}

impl CreateToken {
    /// Reads the ids of the input.
    pub(super) fn read(input: &CreateTokenInput) -> Result<Self> {
        Ok(Self { who: Who::Id(Id::parse(&input.person, "input.person")?), expires_at: input.expires_at.map(|at| at.0) })
    }
}

/// Whether the viewer may deal with this person's tokens: their own, or anyone's for administrators.
fn is_own(tx: &Tx<'_>, person: Id<Person>) -> bool {
    tx.viewer().is_administrator || tx.viewer().person == Some(person.uuid())
}

impl Command for CreateToken {
    type Output = Made;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Made> {
        if !tx.viewer().is_administrator {
            tx.may(Act::Join, &Owners::default())?;
        }
        let person = self.who.find(tx).await?;
        // Colleagues and partners see the account, too.
        if !is_own(tx, person.id) {
            tx.may(Act::Administer, &Owners::default())?;
        }
        refuse_if(person.state == State::Left, Code::WrongState, "input.person", "This person has left; a token would be worth nothing.")?;
        let is_past = self.expires_at.is_some_and(|at| at <= tx.now());
        refuse_if(is_past, Code::BadInput, "input.expiresAt", "A token ends in the future.")?;
        token::create_token(tx, person.id, self.expires_at).await
    }
}

/// Gives a token a new secret, for whoever asked for it and did not hear the first.
#[derive(Debug)]
struct RenewToken(Id<AccessToken>);

impl Command for RenewToken {
    type Output = Made;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Made> {
        let found = token::find(tx, self.0).await?.filter(|token| is_own(tx, token.person));
        let Some(token) = found else {
            return refuse(Code::NotFound, "input", format!("There is no token {} that you can see.", self.0));
        };
        refuse_if(
            token.revoked_at.is_some(),
            Code::WrongState,
            "input.idempotencyKey",
            "The token that was made with this key was revoked.",
        )?;
        let secret = token::renew(tx, &token).await?;
        // Streams that were opened with the first secret hear of it by this event.
        let person: Row = tx.seen(token.person, "input").await?;
        tx.log(&person, vec![&life::REVISED], person.tags());
        Ok(Made { secret: Some(secret), token: token.id, person: token.person })
    }
}

/// Ends a token.
#[derive(Debug)]
pub struct RevokeToken {
    id: Id<AccessToken>,
}

impl RevokeToken {
    /// The token with this id, as the command line names it.
    pub fn named(id: &str) -> Result<Self> {
        Ok(Self { id: Id::parse(id, "input.id")? })
    }

    /// Reads the id of the input.
    pub(super) fn read(input: &RevokeTokenInput) -> Result<Self> {
        Self::named(&input.id)
    }
}

impl Command for RevokeToken {
    type Output = Id<AccessToken>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<AccessToken>> {
        if !tx.viewer().is_administrator {
            tx.may(Act::Join, &Owners::default())?;
        }
        let found = token::find(tx, self.id).await?.filter(|token| is_own(tx, token.person));
        let Some(token) = found else {
            return refuse(Code::NotFound, "input.id", format!("There is no token {} that you can see.", self.id));
        };
        if token::revoke(tx, &token).await? {
            // Streams that were opened with it hear of it by this event.
            let person: Row = tx.seen(token.person, "input.id").await?;
            tx.log(&person, vec![&life::REVISED], person.tags());
        }
        Ok(self.id)
    }
}

/// A token that does not end for the person with this slug or address, made by the hub itself: for the command line and the
/// demonstration.
pub async fn token_for(writer: &Writer, named: &str) -> Result<String> {
    let command = CreateToken { who: Who::Named(named.to_owned()), expires_at: None };
    let made = writer.run(Request::by(std::sync::Arc::new(Viewer::hub())), command).await?.output;
    Ok(made.secret.ok_or_else(|| Fault::new("a new token has no secret"))?)
}
