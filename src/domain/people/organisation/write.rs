//! Writing organisations: the people of their city, or the officers of the programme that keeps them.
use async_graphql::{ID, InputObject, MaybeUndefined};

use super::{Organisation, Row, life};
use crate::{
    base::{Kind, id},
    domain::{programme::Programme, sharing},
    kernel::{Living, prelude::write::*},
};

/// What `createOrganisation` takes.
#[derive(Clone, Debug, InputObject)]
pub struct CreateOrganisationInput {
    #[graphql(flatten)]
    pub new: New<Organisation>,
    /// The language of what is told of it; English where not given.
    pub language: Option<LanguageTag>,
    /// What it tells.
    #[graphql(flatten)]
    pub text: PartsInput<Organisation, text::Create>,
    /// Who may see it: its city, a pairing or a programme of that city, or the programme that keeps it. Everyone where not given.
    pub share_with: Option<ID>,
}

/// What `updateOrganisation` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateOrganisationInput {
    #[graphql(flatten)]
    pub change: Change<Organisation>,
    /// What it tells.
    #[graphql(flatten)]
    pub text: PartsInput<Organisation, text::Update>,
    /// Who may see it: its city, a pairing or a programme of that city, or the programme that keeps it; null opens it to everyone.
    pub share_with: MaybeUndefined<ID>,
}

payload!(CreateOrganisationPayload { organisation: Organisation }, "What `createOrganisation` answers.", "The new organisation.");
payload!(UpdateOrganisationPayload { organisation: Organisation }, "What `updateOrganisation` answers.", "The organisation as it is now.");
payload!(
    TranslateOrganisationPayload { organisation: Organisation },
    "What `translateOrganisation` answers.",
    "The organisation as it is now."
);

/// Everyone, or those it is shared with.
async fn audience(tx: &Tx<'_>, row: &Row, with: Option<&ID>) -> Done<Audience> {
    match (with.map(|with| id::split(with)), row.city, row.programme) {
        (None, ..) => Ok(Audience::public()),
        (Some(Some((Programme::NAME, id))), _, Some(programme)) if id == programme.uuid() => Ok(Audience::of(Scope::Programme, id)),
        (Some(_), Some(city), _) => sharing::draft_of(tx, city, with, "input.shareWith").await,
        (Some(_), None, _) => refuse(Code::TooWide, "input.shareWith", "Share it with the programme that keeps it, or with everyone."),
    }
}

impl Command for CreateOrganisationInput {
    type Output = Id<Organisation>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Organisation>> {
        let mut row = new_row!(tx.id(), String::new(), Audience::public(), {
            language: self.language.clone().map_or_else(Language::english, |tag| tag.0),
        });
        self.new.columns.put(&mut row)?;
        let is_nobodys = row.city.is_none() && row.programme.is_none();
        refuse_if(is_nobodys, Code::Required, "input.programme", "Name the city it is in, or the programme that keeps it.")?;
        tx.may(Act::WriteOrGovern, &row.owners())?;
        self.new.fill(tx, &mut row, None).await?;
        row.audience = audience(tx, &row, self.share_with.as_ref()).await?;
        text::begin(tx, &mut row, &self.text).await?;
        Ok(tx.create(row.derived(), &[]).await?.id)
    }
}

impl Command for UpdateOrganisationInput {
    type Output = Id<Organisation>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Organisation>> {
        let (before, mut after) = self.change.begin(tx, &life::UPDATE).await?;
        if !self.share_with.is_undefined() {
            after.audience = audience(tx, &before, self.share_with.as_opt_ref().flatten()).await?;
        }
        text::change(tx, &mut after, &self.text).await?;
        tx.change(&before, after.derived(), &[]).await?;
        Ok(before.id)
    }
}

mutations!("OrganisationMutation" {
    /// Adds an organisation. For representatives of its city, officers of a programme the city takes part in or that keeps it, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, TOO_WIDE, KEY_REUSED.
    create_organisation(input: CreateOrganisationInput) -> CreateOrganisationPayload = input.new.idempotency_key => input,
    /// Changes an organisation; what is left out stays as it is. For those who may add it.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, TOO_WIDE, KEY_REUSED.
    update_organisation(input: UpdateOrganisationInput) -> UpdateOrganisationPayload = input.change.target.idempotency_key => input,
    /// Adds or replaces a translation. For those who may change it.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, KEY_REUSED.
    translate_organisation(input: TranslateInput<Organisation>) -> TranslateOrganisationPayload = input.target.idempotency_key => input.by(&life::TRANSLATE),
});
