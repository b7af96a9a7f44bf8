//! Writing organisations: the people of their city, or the officers of the programme that keeps them.
use async_graphql::{ID, InputObject, MaybeUndefined};

use super::{
    Organisation, Row, life,
    node::OrganisationAliasInput,
    row::{Level, OrganisationKind},
};
use crate::{
    access::{Act, Audience, Scope},
    base::{Code, Id, Kind, Language, Result as Done, id, refuse},
    domain::{programme::Programme, sharing},
    kernel::{
        Living, alias, life as lives,
        text::{self, PartsInput, TranslateInput},
    },
    mutations, new_row, payload,
    relay::{LanguageTag, Target, put, refs},
    store::{Command, Json, Tx},
};

/// What `createOrganisation` takes.
#[derive(Clone, Debug, InputObject)]
pub struct CreateOrganisationInput {
    /// The official name, 1 to 300 characters.
    pub name: String,
    /// What sort of organisation it is.
    pub organisation_kind: OrganisationKind,
    /// Made of the name where not given.
    pub slug: Option<String>,
    /// How far it reaches.
    pub level: Option<Level>,
    /// The city it is in, whose people keep it.
    pub city: Option<ID>,
    /// The programme whose officers keep it; needed where it is in no city.
    pub programme: Option<ID>,
    /// ISO 3166-1 two-letter code.
    pub country: Option<String>,
    /// Its web site: an address that begins with `https://` or `http://`.
    pub website: Option<String>,
    /// Its other names, at most 50.
    #[graphql(default)]
    pub aliases: Vec<OrganisationAliasInput>,
    /// The language of what is told of it; English where not given.
    pub language: Option<LanguageTag>,
    /// What it tells.
    #[graphql(flatten)]
    pub text: PartsInput<Organisation, text::Create>,
    /// Who may see it: its city, a pairing or a programme of that city, or the programme that keeps it. Everyone where not given.
    pub share_with: Option<ID>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

/// What `updateOrganisation` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateOrganisationInput {
    #[graphql(flatten)]
    pub target: Target<Organisation>,
    /// The official name.
    pub name: Option<String>,
    /// A new slug; the old one keeps working.
    pub slug: Option<String>,
    /// What sort of organisation it is.
    pub organisation_kind: Option<OrganisationKind>,
    /// How far it reaches; null where not known.
    pub level: MaybeUndefined<Level>,
    /// ISO 3166-1 two-letter code; null forgets it.
    pub country: MaybeUndefined<String>,
    /// Its web site; null forgets it.
    pub website: MaybeUndefined<String>,
    /// Its other names, all anew.
    pub aliases: Option<Vec<OrganisationAliasInput>>,
    /// What it tells.
    #[graphql(flatten)]
    pub text: PartsInput<Organisation, text::Update>,
    /// Who may see it: its city, a pairing or a programme of that city, or the programme that keeps it; null opens it to everyone.
    pub share_with: MaybeUndefined<ID>,
}

payload!(
    /// What `createOrganisation` answers.
    CreateOrganisationPayload {
        /// The new organisation.
        organisation: Organisation
    }
);
payload!(
    /// What `updateOrganisation` answers.
    UpdateOrganisationPayload {
        /// The organisation as it is now.
        organisation: Organisation
    }
);
payload!(
    /// What `translateOrganisation` answers.
    TranslateOrganisationPayload {
        /// The organisation as it is now.
        organisation: Organisation
    }
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
        let id: Id<Organisation> = tx.id();
        let mut row = new_row!(id, String::new(), Audience::public(), {
            name: self.name.trim().to_owned(),
            folded: String::new(),
            names: String::new(),
            organisation_kind: self.organisation_kind,
            level: self.level,
            country: self.country.as_ref().map(|code| code.to_ascii_uppercase()),
            city: refs::given(self.city.as_ref(), "input.city")?,
            programme: refs::given(self.programme.as_ref(), "input.programme")?,
            website: self.website.clone(),
            aliases: alias::read(&self.aliases),
            description: None,
            language: self.language.clone().map_or_else(Language::english, |tag| tag.0),
            languages: Json(Vec::new()),
            text_version: 0,
        });
        tx.may(Act::WriteOrGovern, &row.owners())?;
        row.slug = tx.slug::<Row>(self.slug.as_deref(), &self.name, id).await?;
        row.audience = audience(tx, &row, self.share_with.as_ref()).await?;
        text::begin(tx, &mut row, &self.text).await?;
        Ok(tx.create(row.derived(), &[]).await?.id)
    }
}

impl Command for UpdateOrganisationInput {
    type Output = Id<Organisation>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Organisation>> {
        let before = lives::begin(tx, &life::UPDATE, &self.target).await?;
        let mut after = before.clone();
        put(&mut after.name, self.name.as_ref().map(|name| name.trim().to_owned()));
        after.slug = tx.changed_slug(&before, self.slug.as_ref()).await?;
        put(&mut after.organisation_kind, self.organisation_kind);
        self.level.update_to(&mut after.level);
        self.country.clone().map_value(|code| code.to_ascii_uppercase()).update_to(&mut after.country);
        self.website.clone().update_to(&mut after.website);
        put(&mut after.aliases, self.aliases.as_deref().map(alias::read));
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
    create_organisation(input: CreateOrganisationInput) -> CreateOrganisationPayload = input.idempotency_key => input,
    /// Changes an organisation; what is left out stays as it is. For those who may add it.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, TOO_WIDE, KEY_REUSED.
    update_organisation(input: UpdateOrganisationInput) -> UpdateOrganisationPayload = input.target.idempotency_key => input,
    /// Adds or replaces a translation. For those who may change it.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, KEY_REUSED.
    translate_organisation(input: TranslateInput<Organisation>) -> TranslateOrganisationPayload = input.target.idempotency_key => input.by(&life::TRANSLATE),
});
