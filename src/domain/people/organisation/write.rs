//! Writing organisations: the people of their city, or the officers of the programme that keeps them.
use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};

use super::{
    Organisation, Row, life,
    row::{Alias, Level, OrganisationKind},
};
use crate::{
    access::{Act, Audience, Scope},
    base::{Code, Id, Kind, Language, Moment, Result as Done, id, refuse},
    domain::{city::City, programme::Programme, sharing},
    kernel::{
        Living, life as lives,
        text::{self, PartsInput, TranslateCommand, TranslateInput, Written},
    },
    payload,
    relay::{LanguageTag, context::Asking},
    store::{Command, Json, Tx},
};

/// Another name of an organisation.
#[derive(Clone, Debug, InputObject)]
pub struct OrganisationAliasInput {
    /// The name.
    pub name: String,
    /// Its language.
    pub language: Option<LanguageTag>,
    /// Who uses it.
    pub source: Option<String>,
}

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
    /// The organisation.
    pub id: ID,
    /// The version the change starts from; a stale one is `CONFLICT`.
    pub expected_version: Option<i32>,
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
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
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

fn aliases(list: &[OrganisationAliasInput]) -> Json<Vec<Alias>> {
    let alias = |a: &OrganisationAliasInput| Alias {
        name: a.name.trim().to_owned(),
        language: a.language.clone().map(|tag| tag.0),
        source: a.source.clone(),
    };
    Json(list.iter().map(alias).collect())
}

/// Everyone, or those it is shared with.
async fn audience(tx: &Tx<'_>, row: &Row, with: Option<&ID>) -> Done<Audience> {
    match (with.map(|with| id::split(with)), row.city, row.programme) {
        (None, ..) => Ok(Audience::public()),
        (Some(Some((Programme::NAME, id))), _, Some(programme)) if id == programme.uuid() => Ok(Audience::of(Scope::Programme, id)),
        (Some(_), Some(city), _) => sharing::draft_of(tx, city, with, "input.shareWith").await,
        (Some(_), None, _) => refuse(Code::TooWide, "input.shareWith", "Share it with the programme that keeps it, or with everyone."),
    }
}

struct Create {
    input: CreateOrganisationInput,
    city: Option<Id<City>>,
    programme: Option<Id<Programme>>,
}

impl Create {
    fn read(input: CreateOrganisationInput) -> Done<Self> {
        Ok(Self {
            city: input.city.as_ref().map(|id| Id::parse(id, "input.city")).transpose()?,
            programme: input.programme.as_ref().map(|id| Id::parse(id, "input.programme")).transpose()?,
            input,
        })
    }
}

impl Command for Create {
    type Output = Id<Organisation>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Organisation>> {
        let input = &self.input;
        let id: Id<Organisation> = tx.id();
        let language = input.language.clone().map(|tag| tag.0).or_else(|| Language::parse("en"));
        let mut row = Row {
            id,
            slug: String::new(),
            version: 0,
            audience: Audience::public(),
            created_at: Moment(0),
            updated_at: Moment(0),
            name: input.name.trim().to_owned(),
            folded: String::new(),
            names: String::new(),
            organisation_kind: input.organisation_kind,
            level: input.level,
            country: input.country.as_ref().map(|code| code.to_ascii_uppercase()),
            city: self.city,
            programme: self.programme,
            website: input.website.clone(),
            aliases: aliases(&input.aliases),
            description: None,
            language: language.ok_or_else(|| crate::base::Fault::new("“en” is a language"))?,
            languages: Json(Vec::new()),
            text_version: 0,
        };
        tx.may(Act::WriteOrGovern, &row.owners())?;
        row.slug = tx.slug::<Row>(input.slug.as_deref(), &input.name, id).await?;
        row.audience = audience(tx, &row, input.share_with.as_ref()).await?;
        let original = input.text.fields();
        if !original.is_empty() {
            text::refuse::<Organisation>(tx, &original)?;
            let saved = text::save_original(tx, id.uuid(), &row.language.clone(), original.clone(), &[]).await?;
            Organisation::keep(&mut row, saved, &original);
        }
        Ok(tx.create(row.derived(), &[]).await?.id)
    }
}

struct Update {
    input: UpdateOrganisationInput,
    id: Id<Organisation>,
}

impl Update {
    fn read(input: UpdateOrganisationInput) -> Done<Self> {
        Ok(Self { id: Id::parse(&input.id, "input.id")?, input })
    }
}

impl Command for Update {
    type Output = Id<Organisation>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Organisation>> {
        let input = &self.input;
        let before = lives::begin(tx, &life::UPDATE, self.id, input.expected_version).await?;
        let mut after = before.clone();
        if let Some(name) = &input.name {
            after.name = name.trim().to_owned();
        }
        if let Some(slug) = &input.slug {
            after.slug = tx.new_slug::<Row>(slug, before.id, "input.slug").await?;
        }
        after.organisation_kind = input.organisation_kind.unwrap_or(before.organisation_kind);
        if !input.level.is_undefined() {
            after.level = input.level.as_opt_ref().flatten().copied();
        }
        if !input.country.is_undefined() {
            after.country = input.country.as_opt_ref().flatten().map(|code| code.to_ascii_uppercase());
        }
        if !input.website.is_undefined() {
            after.website = input.website.as_opt_ref().flatten().cloned();
        }
        if let Some(list) = &input.aliases {
            after.aliases = aliases(list);
        }
        if !input.share_with.is_undefined() {
            after.audience = audience(tx, &before, input.share_with.as_opt_ref().flatten()).await?;
        }
        if let Some(revision) = text::revise::<Organisation>(tx, &after, &input.text).await? {
            revision.save::<Organisation>(tx, &mut after).await?;
        }
        tx.change(&before, after.derived(), &[]).await?;
        Ok(self.id)
    }
}

/// The organisations' part of the mutation root.
#[derive(Default)]
pub struct Mutation;

#[Object(name = "OrganisationMutation")]
impl Mutation {
    /// Adds an organisation. For representatives of its city, officers of a programme the city takes part in or that keeps it, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, TOO_WIDE, KEY_REUSED.
    async fn create_organisation(&self, ctx: &Context<'_>, input: CreateOrganisationInput) -> Result<CreateOrganisationPayload> {
        let done = ctx.submit("createOrganisation", input.idempotency_key.clone(), input, Create::read).await;
        CreateOrganisationPayload::of(ctx, done).await
    }

    /// Changes an organisation; what is left out stays as it is. For those who may add it.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, TOO_WIDE, KEY_REUSED.
    async fn update_organisation(&self, ctx: &Context<'_>, input: UpdateOrganisationInput) -> Result<UpdateOrganisationPayload> {
        let done = ctx.submit("updateOrganisation", input.idempotency_key.clone(), input, Update::read).await;
        UpdateOrganisationPayload::of(ctx, done).await
    }

    /// Adds or replaces a translation. For those who may change it.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, KEY_REUSED.
    async fn translate_organisation(&self, ctx: &Context<'_>, input: TranslateInput<Organisation>) -> Result<TranslateOrganisationPayload> {
        let read = |input| TranslateCommand::read(input, &life::TRANSLATE);
        let done = ctx.submit("translateOrganisation", input.idempotency_key.clone(), input, read).await;
        TranslateOrganisationPayload::of(ctx, done).await
    }
}
